"""Asks DNS servers everything that a diagnosis needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from acmrules.diagnosis.answers import DnsAnswer, DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.queries import next_queries
from acmrules.errors import MissingPackage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.network.dns.questions import Questions

MOST_ROUNDS = 100
"""After how many rounds to stop, whatever servers answer."""


def ask(
    certificates: Iterable[CertificateDetail],
    known: DnsAnswers,
    *,
    resolver: str | None = None,
    seconds: float = 10,
    step: Callable[[int, int], None] | None = None,
) -> DnsAnswers:
    """Return `known` with the answers of DNS servers to the questions about certificates.

    Authoritative servers are found by following the delegation from the top-level domain, whose
    servers the recursive resolver knows. `resolver` is one, `HOST:PORT`, by default that of the
    computer. What did not respond within the total of `seconds` has the status `NO_ANSWER`. The new
    answers are sorted. `step` is called with the number of answers, and of queries. Raises
    `InvalidArgument` if `resolver` has another form, `NoResolver` if it does not answer at all, and
    `MissingPackage` without dnspython.
    """
    try:
        import dns.message  # noqa: F401  (only whether it is installed)
    except ModuleNotFoundError:
        raise MissingPackage("dnspython", "dns") from None
    import asyncio

    from acmrules.network.dns.questions import Questions
    from acmrules.network.dns.resolver import endpoint_of, endpoints_of_system, located

    certificates = tuple(certificates)
    named = endpoint_of(resolver) if resolver else None
    if not next_queries(certificates, known):
        return known

    async def main() -> DnsAnswers:
        endpoints = await located(named) if named else endpoints_of_system()
        questions = Questions(endpoints, seconds)
        return await ask_in_rounds(certificates, known, questions, step)

    return asyncio.run(main())


async def ask_in_rounds(
    certificates: tuple[CertificateDetail, ...],
    known: DnsAnswers,
    questions: Questions,
    step: Callable[[int, int], None] | None = None,
) -> DnsAnswers:
    """Ask round by round, until no answer raises another question; raises `NoResolver`."""
    found: list[DnsAnswer] = []
    done = total = 0

    def count() -> None:
        nonlocal done
        done += 1
        if step:
            step(done, total)

    await questions.begin()
    for _ in range(MOST_ROUNDS):
        so_far = DnsAnswers(known.answers + tuple(found), known.zones)
        queries = next_queries(certificates, so_far)
        if not queries:
            break
        total += len(queries)
        found += await questions.answers(queries, count)
    return DnsAnswers(known.answers + tuple(sorted(found, key=_order)), known.zones)


def _order(answer: DnsAnswer) -> tuple[object, ...]:
    return answer.name, answer.type, answer.zone, answer.server, answer.checks_dnssec
