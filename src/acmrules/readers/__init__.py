"""A text in one format to declarations. No rule, no file system. Pure."""
