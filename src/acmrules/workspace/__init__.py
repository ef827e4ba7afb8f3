"""Files, settings files, baselines, Git: everything that is read or written."""

CLEAN, FOUND, UNREADABLE, BUG = range(4)
"""Exit codes: success; a problem found; wrong usage or unreadable input; a bug in acmrules."""
