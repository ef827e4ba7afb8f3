"""The examples on the pages of the rules: files in each format, and what the command prints."""
