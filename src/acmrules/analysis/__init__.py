"""Questions about all files together: coverage, validation, changes, plans, the calendar. Pure."""
