"""Choosing names for many hosts: the fewest certificates, within the quota of the account.

Run `python choosing_names.py < hosts.txt`.
"""

import sys
from collections.abc import Iterable, Iterator

import acmrules as acm


def chosen(hosts: Iterable[str], names_per_certificate: int = 10) -> Iterator[str]:
    """Yield a line for each certificate, and one for each host that no certificate can serve."""
    planned = acm.plan(hosts, quotas=acm.Quotas(names=names_per_certificate))
    for number, certificate in enumerate(planned.certificates, 1):
        yield f"certificate {number} for {len(certificate.hosts)} hosts: {certificate.names}"
    for refused in planned.refused:
        yield f"{', '.join(map(str, refused.hosts))}: {refused.reason}"


if __name__ == "__main__":
    for line in chosen(sys.stdin.read().split()):
        print(line)
