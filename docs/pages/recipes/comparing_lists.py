"""What it takes to change the names of a certificate that is in use.

Run `python comparing_lists.py old.txt new.txt`.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import acmrules as acm


def steps(issued: Iterable[str], wanted: Iterable[str]) -> Iterator[str]:
    """Yield what changes, and which names need validation again."""
    change = acm.compare(
        acm.CertificateRequest.of(issued, validation_method="DNS"),
        acm.CertificateRequest.of(wanted, validation_method="DNS"),
    )
    yield str(change.verdict)
    for name in change.added:
        yield f"+ {name}"
    for name in change.removed:
        yield f"- {name}"
    for name in change.approve_again.by_new_record:
        yield f"publish a record for {name}"


if __name__ == "__main__":
    old, new = (Path(file).read_text(encoding="utf-8").split() for file in sys.argv[1:])
    print(*steps(old, new), sep="\n")
