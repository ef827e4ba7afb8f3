"""A forecast of the approvals by email that a certificate needs in each of the coming years.

    python email_approvals.py example.com '*.example.com'
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date

import acmrules as acm


def approvals(names: Iterable[str], years: Iterable[int]) -> Iterator[tuple[int, float | None]]:
    """Yield the most approvals in each year; `None` if ACM no longer validates by email then."""
    request = acm.CertificateRequest.of(names, validation_method=acm.ValidationMethod.EMAIL)
    for year in years:
        work = acm.yearly_workload(request, as_of=date(year, 12, 31))
        yield year, work.approvals.most if work.renewals.most else None


if __name__ == "__main__":
    this_year = date.today().year
    for year, number in approvals(sys.argv[1:], range(this_year, this_year + 4)):
        ends = "ACM no longer validates by email; use DNS"
        print(year, ends if number is None else f"up to {number:.0f} approvals")
