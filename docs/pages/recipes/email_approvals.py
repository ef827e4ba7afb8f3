"""A forecast of the approvals by email that a certificate needs in each of the coming years.

Run `python email_approvals.py example.com '*.example.com'`.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date

import acmrules as acm


def approvals(names: Iterable[str], years: Iterable[int]) -> Iterator[tuple[int, acm.Interval]]:
    """Yield the approvals in each year, under the rules of its last day."""
    request = acm.CertificateRequest.of(names, validation_method=acm.ValidationMethod.EMAIL)
    for year in years:
        yield year, acm.yearly_workload(request, as_of=date(year, 12, 31)).approvals


def sentence(number: acm.Interval) -> str:
    """Return a number of approvals in words."""
    if number.most == 0:
        return "no approvals: ACM no longer renews by email, so move to DNS"
    if number.most is None:
        return f"{number.least:.0f} approvals or more"
    return f"{number.least:.0f} to {number.most:.0f} approvals"


if __name__ == "__main__":
    this_year = date.today().year
    for year, number in approvals(sys.argv[1:], range(this_year, this_year + 4)):
        print(f"{year}: {sentence(number)}")
