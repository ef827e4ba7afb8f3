"""What to ask DNS next, until nothing is open that an answer could settle."""

from __future__ import annotations

from collections.abc import Iterable

from acmrules.diagnosis.answers import DnsAnswers, DnsQuery
from acmrules.diagnosis.certificate import CertificateDetail


def next_queries(
    certificates: Iterable[CertificateDetail],  # noqa: ARG001  (not yet)
    answers: DnsAnswers,  # noqa: ARG001  (not yet)
) -> tuple[DnsQuery, ...]:
    """Return the queries that no answer is for yet and whose answer matters, each once.

    Ask them, add the answers, and call it again, until it returns nothing.
    """
    return ()
