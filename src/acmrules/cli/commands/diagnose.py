"""The command `diagnose`: why certificates are pending, failing or about to expire."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import DiagnoseOptions


def diagnose(options: DiagnoseOptions) -> int:
    """Print the diagnosis of each certificate; the exit code says who has to act."""
    raise NotImplementedError
