"""Reads files of each format as declarations. Pure, without rules or files."""
