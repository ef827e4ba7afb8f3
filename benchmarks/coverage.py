"""What does it cost to ask whether a certificate covers a host?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.corpora import certificate_names, hosts_of
from benchmarks.measuring import Row, available, inside, listed, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measuring import Environments

SIZES = (1, 10, 100, 1_000)
BAR = 250
FLAT = 1.25
TIMES_FASTER = 100
PEERS = ("service-identity", "ssl.match_hostname")
QUERIES = 2_000


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    runs = {n: inside(environments.peers or environments.clean, "coverage", n) for n in SIZES}
    ours = {size: times.median("acmrules") for size, times in runs.items()}
    hundred = runs[100]
    faster = {peer: hundred.ratio(peer, "acmrules") for peer in PEERS if peer in hundred}
    yield Row(
        "`CoverageIndex` query, 1 to 1,000 names",
        f"250 ns, flat; at 100 names {TIMES_FASTER} x faster than peers",
        f"{' / '.join(f'{time:.0f}' for time in ours.values())} ns; "
        + ", ".join(f"{ratio:.0f} x" for ratio in faster.values()),
        listed(
            {peer: shown(hundred.median(peer)) for peer in faster},
            [peer for peer in PEERS if peer not in faster],
        ),
        max(ours.values()) <= BAR
        and max(ours.values()) <= FLAT * min(ours.values())
        and min(faster.values(), default=TIMES_FASTER) >= TIMES_FASTER,
    )


def main() -> None:
    """Measure at one size."""
    from acmrules import CoverageIndex, parse_name

    certificate = certificate_names(int(sys.argv[1]))
    texts = hosts_of(certificate, QUERIES)
    hosts = [parse_name(text) for text in texts]
    covers = CoverageIndex(certificate).covers
    candidates: dict[str, Callable[[], object]] = {
        "acmrules": lambda: [covers(host) for host in hosts],
    }
    if available("service_identity"):
        candidates["service-identity"] = lambda: _ask_service_identity(certificate, texts)
    if sys.version_info < (3, 12):
        candidates["ssl.match_hostname"] = lambda: _ask_ssl(certificate, texts)
    tell(repeated(candidates, items=QUERIES, rounds=15 if len(certificate) <= 100 else 5))


def _ask_service_identity(certificate: list[str], hosts: list[str]) -> None:
    """Ask with the patterns of the certificate extracted once."""
    from service_identity import VerificationError
    from service_identity.hazmat import DNS_ID, DNSPattern, verify_service_identity

    patterns = [DNSPattern.from_bytes(name.encode()) for name in certificate]
    for host in hosts:
        try:  # noqa: SIM105  (a context manager would be measured along)
            verify_service_identity(patterns, [DNS_ID(host)], [])
        except VerificationError:
            pass


def _ask_ssl(certificate: list[str], hosts: list[str]) -> None:
    import ssl
    import warnings

    given = {"subjectAltName": tuple(("DNS", name) for name in certificate)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for host in hosts:
            try:  # noqa: SIM105  (idem)
                ssl.match_hostname(given, host)
            except ssl.CertificateError:
                pass


if __name__ == "__main__":
    main()
