"""The linter on top of the library: rules, readers, reports."""
