"""Patterns of names in lowercase, valid and invalid ones, for the kernels of Arrow.

The kernels use RE2, so the time depends on the length of a string only.
"""

from __future__ import annotations

_INNER = "(?:[a-z0-9][a-z0-9-]|-[a-z0-9])[a-z0-9-]{0,58}"
"""The characters of a label from the third to the one before the last, without `--` at first."""

_BETWEEN = f"(?:[a-z0-9-]{{0,2}}|[a-z0-9-]{_INNER})"
"""What may be between the first character of a label and the last one."""

LABEL = f"[a-z0-9](?:{_BETWEEN}[a-z0-9])?"
"""A label of at most 63 characters that is not an A-label."""

LAST_LABEL = f"(?:[a-z]{_BETWEEN}[a-z0-9]|[0-9]{_BETWEEN}[a-z])"
"""A label of at least two characters with a letter at an end."""

NAME = rf"\A(?:\*\.)?(?:{LABEL}\.)+{LAST_LABEL}\z"
"""Canonical names of any length: all but those with A-labels, and a few others."""

_SIGNS = "[a-z0-9_-]"
UNDERSCORE = rf"\A(?:\*\.)?(?:{LABEL}\.)*[a-z0-9-]*_{_SIGNS}*(?:\.{_SIGNS}+)*\z"
"""Names whose first fault is an underscore; what follows its label may have any fault."""

TRAILING_DOT = rf"\A(?:\*\.)?(?:{_SIGNS}+\.)+\z"
"""Names of any labels with a final dot."""

IP_ADDRESS = r"\A[0-9]+(?:\.[0-9]+){3}\z"
"""Addresses of four numbers, whatever their size."""
