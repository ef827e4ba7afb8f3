"""What does it cost to ask whether a certificate covers a host, and a folder what covers all?"""

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

CONSUMERS = (500, 2_000, 8_000)
EACH = 100
LINEAR = 1.5


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    times = inside(environments.peers or environments.clean, "coverage")
    ours = [times.median(f"acmrules {size}") for size in SIZES]
    growth = max(ours) / min(ours)
    faster = {peer: times.ratio(peer, "acmrules 100") for peer in PEERS if peer in times}
    yield Row(
        "`CoverageIndex` query, 1 to 1,000 names",
        f"250 ns, flat ({FLAT} x); at 100 names {TIMES_FASTER} x faster than peers",
        f"{' / '.join(f'{time:.0f}' for time in ours)} ns, {growth:.2f} x; "
        + ", ".join(f"{ratio:.0f} x" for ratio in faster.values()),
        listed(
            {peer: shown(times.median(peer)) for peer in faster},
            [peer for peer in PEERS if peer not in faster],
        ),
        max(ours) <= BAR
        and growth <= FLAT
        and min(faster.values(), default=TIMES_FASTER) >= TIMES_FASTER,
    )
    each = [times.median(f"across {count}") for count in CONSUMERS]
    yield Row(
        f"hosts of {' / '.join(map(str, CONSUMERS))} consumers across stacks, without reading",
        f"linear ({LINEAR} x), a consumer each",
        f"{' / '.join(f'{time / 1_000:.0f}' for time in each)} us, {each[-1] / each[0]:.2f} x",
        "",
        each[-1] <= LINEAR * each[0],
    )


def main() -> None:
    """Measure our index at every size, the peers at a hundred names; then whole folders."""
    folders = {f"across {count}": _folder(count) for count in CONSUMERS}
    across = repeated(folders, items=1, rounds=5)
    each = [
        {f"across {count}": times[f"across {count}"] / count for count in CONSUMERS}
        for times in across
    ]
    tell([*_index(), *each])


def _folder(consumers: int) -> Callable[[], object]:
    """Return what answers for a folder as it was read: a certificate to a hundred consumers."""
    import json

    from acmrules.analysis.coverage import coverage_of_files
    from acmrules.model.inventory import take_inventory
    from acmrules.readers import registry
    from acmrules.readers.options import Parameters, ReadScope
    from acmrules.syntax.source import Source

    declarations = []
    around = Parameters({}, scope=ReadScope.EVERYTHING)
    for number in range(consumers // EACH):
        name = f"certificate-{number}"
        names = {"DomainName": f"s{number}.brightharbor.io", "ValidationMethod": "DNS"}
        names["SubjectAlternativeNames"] = [f"*.s{number}.brightharbor.io"]
        certificate = {"Type": "AWS::CertificateManager::Certificate", "Properties": names}
        stack = {
            "Resources": {"Certificate": certificate},
            "Outputs": {"Arn": {"Value": {"Ref": "Certificate"}, "Export": {"Name": name}}},
        }
        declarations += registry.read(Source(f"{name}.json", json.dumps(stack)), around)
        for site in range(EACH):
            viewer = {"AcmCertificateArn": {"Fn::ImportValue": name}}
            aliases = [f"a{site}.s{number}.brightharbor.io", f"a.{site}.s{number}.brightharbor.io"]
            configuration = {"Aliases": aliases[: 2 if site % 10 == 0 else 1]}
            configuration["ViewerCertificate"] = viewer
            resource = {"Type": "AWS::CloudFront::Distribution"}
            resource["Properties"] = {"DistributionConfig": configuration}
            text = json.dumps({"Resources": {"Site": resource}})
            declarations += registry.read(Source(f"site-{number}-{site}.json", text), around)
    return lambda: coverage_of_files(take_inventory(declarations))


def _index() -> list[dict[str, float]]:
    from acmrules import CoverageIndex, parse_name

    candidates: dict[str, Callable[[], object]] = {}
    for size in SIZES:
        certificate = certificate_names(size)
        covers = CoverageIndex(certificate).covers
        hosts = [parse_name(text) for text in hosts_of(certificate, QUERIES)]
        candidates[f"acmrules {size}"] = lambda covers=covers, hosts=hosts: [*map(covers, hosts)]
    certificate = certificate_names(100)
    texts = hosts_of(certificate, QUERIES)
    if available("service_identity"):
        candidates["service-identity"] = lambda: _ask_service_identity(certificate, texts)
    if sys.version_info < (3, 12):
        candidates["ssl.match_hostname"] = lambda: _ask_ssl(certificate, texts)
    return repeated(candidates, items=QUERIES)


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
