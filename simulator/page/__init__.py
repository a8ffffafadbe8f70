"""The page: `inspectsim serve`, a web page that answers questions for people who know no commands.

`app` puts it together; `kinds` says what can be asked; `run_store` keeps runs on disk, `line` says whose turn it is,
`slots` has them carried out by processes of their own (`work_process`). docs/architecture.md says where a new page
goes, docs/hosting.md how to run it for others.
"""
