"""A column of host names, read as CSV: the name as ACM stores it, or what is wrong with it.

Run `python column_of_hosts.py host < inventory.csv > checked.csv`; `host` is the column.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping

import acmrules as acm


def checked(rows: Iterable[Mapping[str, str]], column: str) -> Iterator[dict[str, str]]:
    """Yield the rows with the stored name, its base domain name, and its fault."""
    suffixes = acm.default_suffixes()
    for row in rows:
        stored, base, fault = "", "", ""
        try:
            name = acm.parse_name(row[column])
        except acm.InvalidName as error:
            fault = error.reason
        else:
            stored = str(name)
            plain = name if isinstance(name, acm.DomainName) else name.parent
            base = str(suffixes.base_domain_name(plain) or "")
        yield {**row, "stored": stored, "base_domain_name": base, "fault": fault}


def main(column: str) -> None:
    """Check a column of standard input, and write all columns to standard output."""
    reader = csv.DictReader(sys.stdin)
    columns = [*(reader.fieldnames or ()), "stored", "base_domain_name", "fault"]
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(checked(reader, column))


if __name__ == "__main__":
    main(sys.argv[1])
