"""The command `inventory`: the certificates of an AWS account, and a report on them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import InventoryOptions


def inventory(options: InventoryOptions) -> int:
    """Print a report on the certificates of an account; the exit code is 1 if one needs you."""
    raise NotImplementedError
