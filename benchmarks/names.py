"""What does it cost to read a text as a name, and one that is not a name?"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.corpora import faulty_names, names
from benchmarks.measuring import Row, available, inside, listed, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

BAR = 1_000
BAR_OF_A_FAULT = 3_000
TIMES_FASTER_THAN_IDNA = 15


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
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
    for what, suffix in (("`parse_name` raises", ""), ("`name_fault` returns", " returned")):
        each = {fault: times.median(fault + suffix) for fault in faulty_names(1)}
        worst = max(each, key=each.__getitem__)
        relative = times.ratio(worst + suffix, "acmrules")
        yield Row(
            f"{what} a common fault, plain ASCII, median / worst of {len(each)} faults",
            "3.0 us each",
            f"{shown(median(each.values()))} / {shown(each[worst])} (`{worst}`), "
            f"{relative:.1f} x a valid name",
            f"a valid name {shown(ours)}",
            each[worst] <= BAR_OF_A_FAULT,
        )


def main() -> None:
    """Measure."""
    import idna

    from acmrules import InvalidName, name_fault, parse_name

    def attempt(text):
        try:
            return parse_name(text)
        except InvalidName as error:
            return error.fault

    texts = names(10_000)
    candidates = {
        "acmrules": lambda: [parse_name(text) for text in texts],
        "idna": lambda: [idna.encode(text) for text in texts],
    }
    if available("validators"):
        from tests.support.schemas import domain

        candidates["validators"] = lambda: [domain(text) for text in texts]
    for fault, faulty in faulty_names(10_000).items():
        candidates[fault] = lambda texts=faulty: [attempt(text) for text in texts]
        candidates[f"{fault} returned"] = lambda texts=faulty: [name_fault(text) for text in texts]
    tell(repeated(candidates, items=len(texts)))


if __name__ == "__main__":
    main()
