"""What `docs/generate.py` writes, one module for each topic; `pages` returns texts by path."""
