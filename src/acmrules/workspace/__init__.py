"""Files, settings files, baselines, Git: everything that is read or written."""

CLEAN, FOUND, UNREADABLE, BUG, WAITING = range(5)
"""Exit codes: success; a problem found; wrong usage or unreadable input; a bug in acmrules; only
AWS has to act."""

INTERRUPTED = 130
"""The exit code of a run that the user interrupts, as shells have it: 128 and the signal."""
