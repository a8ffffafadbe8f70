"""The scenario: everything that is given for a run, validated, with its timeline and its number of replications."""
