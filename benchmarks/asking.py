"""What does it cost to ask DNS about many names, if each server responds after 20 ms?

`python -m benchmarks.asking ROUNDS` is the part that runs in an environment with dnspython.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.delaying import RESOLVER, TARGET
from benchmarks.measuring import ROOT, Row, inside, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

ROUNDS = 5
NAMES = 100
NAMES_EACH = 10
ZONES = 10
DELAY = 0.02
SECONDS = 60
LIMIT = 2
PORT = 5533
SECOND = 1e9


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    what = f"ask DNS about {NAMES} names, half of them without a record, 20 ms a response"
    if not environments.has("dns"):
        yield Row(what, "", "dnspython not installed", "", holds=True)
        return
    times = inside(environments.peers, "asking", ROUNDS)
    all_, own = times.median("all"), times.median("processor")
    queries = times.median("queries")
    yield Row(
        what,
        f"{LIMIT} s",
        f"{shown(all_ * SECOND)}, {times.ratio('all', 'one'):.1f} x one name;"
        f" {shown(own * SECOND)} of processor time",
        f"{queries:.0f} queries one after another {shown(queries * DELAY * SECOND)}",
        all_ <= LIMIT,
    )


def certificates(count: int) -> tuple[object, ...]:
    """Return certificates that wait for as many names; every second record is missing."""
    from acmrules.diagnosis import (
        CertificateDetail,
        CertificateStatus,
        CertificateType,
        DomainValidation,
        ResourceRecord,
        ValidationStatus,
    )
    from acmrules.names import parse_name
    from acmrules.request import ValidationMethod

    found = []
    for first in range(0, count, NAMES_EACH):
        validations = []
        for number in range(first, min(first + NAMES_EACH, count)):
            name = f"host{number}.zone{number % ZONES}.io"
            record = ResourceRecord(f"_{'xz'[number % 2]}.{name}", "CNAME", TARGET)
            validations.append(
                DomainValidation(
                    parse_name(name),
                    ValidationMethod.DNS,
                    ValidationStatus.PENDING_VALIDATION,
                    record,
                )
            )
        found.append(
            CertificateDetail(
                f"arn:aws:acm:eu-west-1:123456789012:certificate/{first}",
                type=CertificateType.AMAZON_ISSUED,
                status=CertificateStatus.PENDING_VALIDATION,
                validations=tuple(validations),
            )
        )
    return tuple(found)


async def asked(count: int) -> int:
    """Ask about as many names; return the number of answers."""
    from acmrules.diagnosis.answers import DnsAnswers
    from acmrules.network.dns.ask import ask_in_rounds
    from acmrules.network.dns.questions import Questions
    from acmrules.network.dns.resolver import Endpoint

    questions = Questions((Endpoint(RESOLVER, PORT),), SECONDS, port=PORT)
    return len((await ask_in_rounds(certificates(count), DnsAnswers(), questions)).answers)


def served(count: int) -> tuple[float, float, int]:
    """Return the seconds of asking, those of the processor, and the number of queries."""
    command = [sys.executable, "-m", "benchmarks.delaying", str(PORT), str(DELAY)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as server:
        server.stdout.readline()
        begin, begin_own = perf_counter(), process_time()
        asyncio.run(asked(count))
        seconds, own = perf_counter() - begin, process_time() - begin_own
        server.stdin.close()
        return seconds, own, int(server.stdout.readline())


def measured(rounds: int) -> list[dict[str, float]]:
    """Return the seconds, round by round."""
    served(1)  # Modules load once.
    times: list[dict[str, float]] = []
    for _ in range(rounds):
        one, _, _ = served(1)
        all_, own, queries = served(NAMES)
        times.append({"one": one, "all": all_, "processor": own, "queries": float(queries)})
    return times


if __name__ == "__main__":
    tell(measured(int(sys.argv[1])))
