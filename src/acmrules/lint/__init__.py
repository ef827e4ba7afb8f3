"""The linter on top of the library: rules, readers, reports.

`lint.check` judges requests made in a program; it loads when it is first used, since the command
line has answers that need none of it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.linter import check as check

__all__ = ["check"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from acmrules.lint import linter

    return getattr(linter, name)
