"""The command `lsp`: the language server for editors."""

from __future__ import annotations

from acmrules.cli.parser import CLEAN, FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import LspOptions


def lsp(options: LspOptions) -> int:
    """Serve an editor over standard input and output, until it ends the session."""
    del options
    try:
        import pygls  # noqa: F401  (only whether it is installed)
    except ModuleNotFoundError:
        install = "install it with `pip install 'acmrules[lsp]'`"
        raise UsageError(f"`acmrules lsp` needs the package `pygls`; {install}") from None
    from acmrules.guards.lsp.features import run

    return CLEAN if run() else FOUND
