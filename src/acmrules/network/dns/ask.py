"""Asks DNS servers everything that a diagnosis needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail


def ask(
    certificates: Iterable[CertificateDetail],
    known: DnsAnswers,
    *,
    resolver: str | None = None,
    seconds: float = 10,
    step: Callable[[int, int], None] | None = None,
) -> DnsAnswers:
    """Return `known` with the answers of DNS servers to the questions about certificates.

    `resolver` is a recursive resolver, `HOST:PORT`, by default that of the computer. What did not
    respond within the total of `seconds` has the status `NO_ANSWER`. `step` is called with the
    number of answers, and of queries. Raises `InvalidArgument` if `resolver` has another form, and
    `MissingPackage` without dnspython.
    """
    _ = time.monotonic() + seconds
    raise NotImplementedError
