"""What the inspectorate knows, decides and can do."""
