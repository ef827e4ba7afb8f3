"""Whether CAA records allow ACM to issue a certificate, from the output of `dig`.

Run `dig +noall +answer CAA example.com CAA www.example.com | python caa_records.py
www.example.com`.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable

import acmrules as acm


def record_sets(answers: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of CAA records by name, from lines of `dig`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in answers:
        name, _, _, kind, value = line.split(maxsplit=4)
        if kind == "CAA":
            found[name].append(value.strip())
    return dict(found)


def obstacle(name: str, answers: Iterable[str]) -> str | None:
    """Return why ACM must not issue for a name, or `None` if it may."""
    verdict = acm.may_issue(name, record_sets(answers))
    return None if verdict.allowed else f"{verdict.found_at}: {verdict.reason.value}"


if __name__ == "__main__":
    sys.exit(obstacle(sys.argv[1], sys.stdin))
