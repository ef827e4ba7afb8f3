"""What does it cost to read a text as a name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpora import names
from benchmarks.measuring import Row, available, inside, listed, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

BAR = 1_000
TIMES_FASTER_THAN_IDNA = 15


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    times = inside(environments.peers or environments.clean, "names")
    ours, faster = times.median("acmrules"), times.ratio("idna", "acmrules")
    peers = {name: shown(times.median(name)) for name in ("idna", "validators") if name in times}
    yield Row(
        "text to `DomainName`, plain ASCII",
        f"1.0 us; {TIMES_FASTER_THAN_IDNA} x faster than `idna.encode`",
        f"{shown(ours)}; {faster:.0f} x",
        listed(peers, () if "validators" in times else ("validators",)),
        ours <= BAR and faster >= TIMES_FASTER_THAN_IDNA,
    )


def main() -> None:
    """Measure."""
    import idna

    from acmrules import parse_name

    texts = names(10_000)
    candidates = {
        "acmrules": lambda: [parse_name(text) for text in texts],
        "idna": lambda: [idna.encode(text) for text in texts],
    }
    if available("validators"):
        from tests.support.schemas import domain

        candidates["validators"] = lambda: [domain(text) for text in texts]
    tell(repeated(candidates, items=len(texts)))


if __name__ == "__main__":
    main()
