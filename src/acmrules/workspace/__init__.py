"""Files, settings files, baselines, Git: everything that is read or written."""
