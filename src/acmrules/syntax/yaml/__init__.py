"""Parse and edit YAML."""
