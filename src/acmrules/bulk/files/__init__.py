"""Files of names: their rows in pieces, and the files that are written."""
