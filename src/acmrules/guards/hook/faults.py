"""The reason why a hook cannot check an operation."""

from __future__ import annotations


class HookFault(Exception):  # noqa: N818  (named after what it is)
    """One sentence about why an operation cannot be checked, without secrets.

    A fault that is `retried` may be gone when CloudFormation invokes the hook again.
    """

    def __init__(self, sentence: str, *, retried: bool = False) -> None:
        super().__init__(sentence)
        self.retried = retried
