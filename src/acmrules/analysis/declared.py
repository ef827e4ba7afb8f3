"""The certificates that files declare, apart from those that accounts show."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import Name
from acmrules.request import Tool
from acmrules.unresolved import ListedName
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.model.inventory import Inventory
    from acmrules.model.placed import Location

_NOT_DECLARING = frozenset({Tool.ACCOUNT, Tool.NAMES})


class Declared(Value):
    """A certificate that a file declares; `region` and `account` are `None` if unknown."""

    declaration: Declaration
    variants: tuple[Variant, ...]
    region: str | None = None
    account: str | None = None

    @property
    def address(self) -> str:
        """The address, empty if the file is a single request."""
        return self.declaration.address.strip("$")

    @property
    def arn(self) -> str:
        """The ARN, empty if the file does not contain it."""
        found = (each for each in self.declaration.exported_as if each.startswith("arn:"))
        return next(found, "")

    @property
    def names(self) -> tuple[ListedName, ...]:
        """The names under the first of its conditions."""
        return self.variants[0].names

    @property
    def has_known_names(self) -> bool:
        """Whether all names are known under one of its conditions."""
        return any(known_names(each) is not None for each in self.variants)

    @property
    def title(self) -> str:
        """The file, the line and the address of the certificate."""
        location = self.location()
        where = f"{location.file}:{location.line}" if location else ""
        return ": ".join(filter(None, (where, self.address)))

    def location(self) -> Location | None:
        """Return the location of the declaration."""
        return self.variants[0].location(())


def declared_certificates(
    inventory: Inventory, account_of: Callable[[str], str | None]
) -> tuple[Declared, ...]:
    """Return the certificates that files declare, apart from lists of names.

    `account_of` returns the account of a file, or `None` if it is unknown.
    """
    found = []
    for declaration in inventory.declarations:
        if declaration.tool in _NOT_DECLARING:
            continue
        variants = tuple(
            each
            for each in declaration.variants
            if each.request or (each.imported and each.imported.leaf)
        )
        if variants:
            found.append(_declared(declaration, variants, account_of(declaration.file)))
    return tuple(found)


def _declared(
    declaration: Declaration, variants: tuple[Variant, ...], account: str | None
) -> Declared:
    one = Declared(declaration, variants)
    parts = arn_of(one.arn)
    if parts.region:
        return one.__replace__(region=parts.region, account=parts.account)
    regions = {
        each.request.region if each.request else each.imported and each.imported.region
        for each in variants
    }
    region = regions.pop() if len(regions) == 1 else None
    return one.__replace__(region=region if isinstance(region, str) else None, account=account)


def known_names(variant: Variant) -> frozenset[str] | None:
    """Return the names of a variant, `None` if one of them is unknown."""
    names = variant.names
    known = frozenset(str(each) for each in names if isinstance(each, Name))
    return known if known and all(isinstance(each, Name) for each in names) else None
