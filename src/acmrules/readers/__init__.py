"""Read a text in one format into declarations. Pure, without rules or files."""
