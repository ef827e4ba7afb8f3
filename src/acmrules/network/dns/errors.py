"""The error of asking DNS, which needs no dnspython to be caught."""

from __future__ import annotations

from acmrules.errors import AcmRulesError

_HELP = "name one with `--resolver HOST:PORT`, such as `--resolver 1.1.1.1:53`"


class NoResolver(AcmRulesError):  # noqa: N818  (named after what is missing)
    """The error if no recursive resolver answers; `fault` is what is wrong."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.fault}; {_HELP}"
