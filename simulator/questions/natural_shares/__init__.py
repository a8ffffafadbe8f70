"""The question `natural_shares`: natural shares that give the published ratings."""
