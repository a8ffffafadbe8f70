"""Which part of a framework makes the difference to another one: its clauses, in groups, and what each group brings."""
