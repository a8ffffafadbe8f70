"""The question `compare`: frameworks of inspection on the same providers."""
