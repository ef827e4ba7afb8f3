"""YAML as a tree with positions, and edits of it."""
