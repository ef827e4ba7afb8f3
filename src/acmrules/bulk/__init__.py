"""Files of names, examined on all cores: read in pieces, resumed after an interruption."""
