"""What does a report on an account with many certificates cost, from its file to the page?"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.measuring import Row, inside, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

SIZES = (1_000, 4_000, 16_000)
BAR = 1.5


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    times = inside(environments.clean, "accounts")
    per_certificate = [times.median(str(size)) / size for size in SIZES]
    growth = max(per_certificate) / min(per_certificate)
    yield Row(
        "inventory of 1,000 / 4,000 / 16,000 certificates, from the file to the page",
        "linear (1.5 x), a certificate each",
        f"{' / '.join(map(shown, per_certificate))}, {growth:.2f} x",
        "",
        growth <= BAR,
    )


def main() -> None:
    """Report on accounts of each size in turn."""
    tell(repeated({str(size): partial(page, text_of(size)) for size in SIZES}, items=1, rounds=3))


def text_of(size: int) -> str:
    """Return an inventory file of so many certificates, the same in every run."""
    from tests.support import inventories

    return json.dumps(inventories.many(size))


def page(text: str) -> str:
    """Return the page about the certificates in the text of an inventory file."""
    from tests.support import inventories

    from acmrules.analysis.diagnoses import certificates_in
    from acmrules.analysis.inventory.report import inventory_report
    from acmrules.diagnosis import diagnose_all
    from acmrules.model.inventory import take_inventory
    from acmrules.readers import registry
    from acmrules.reports.inventory.html import render
    from acmrules.suffix_lists import default_suffixes
    from acmrules.syntax.source import Source

    found = take_inventory(registry.read(Source("account.json", text)))
    as_of = inventories.AS_OF
    known = diagnose_all(certificates_in(found), found.account.dns, as_of=as_of)
    return render(inventory_report(found.account, known, as_of, default_suffixes()))


if __name__ == "__main__":
    main()
