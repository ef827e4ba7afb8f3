"""Files, settings files, baselines, Git: everything that is read or written."""

CLEAN, FOUND, UNREADABLE, BUG, WAITING = range(5)
"""Exit codes: success; a problem found; wrong usage or unreadable input; a bug in acmrules; only
AWS has to act."""
