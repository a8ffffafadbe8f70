"""Does the model predict what happened? Figures of records beside those of runs that began before them.

`asked` sets up the runs of a set of fits, `predicted` makes the prediction of them, `judged` compares it with records,
`told` says what came of it, `kept` writes it; `sealed` keeps a prediction until there are records of its years.
"""
