"""The question `trace`: the life of one provider."""
