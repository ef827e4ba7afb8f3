"""Rules, and the linter that runs them over declarations. Pure.

`lint.check` checks requests made in a program. It loads when it is first used, because the command
line does not need it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.api import check as check

__all__ = ["check"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from acmrules.lint import api

    return getattr(api, name)
