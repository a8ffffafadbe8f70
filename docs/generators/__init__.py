"""The generators of the pages of docs/ that are made from the models, the shipped files and stored results.

``python -m docs.generators.NAME > docs/PAGE.md``, from the folder of the project, writes a page. They are no part of
the program: no wheel contains them.
"""
