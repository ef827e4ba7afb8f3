"""Texts as trees with positions, and edits of them. Knows nothing of ACM. Pure."""
