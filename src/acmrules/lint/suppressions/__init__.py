"""Suppressions that files contain: found, parsed, and applied to findings. Pure."""
