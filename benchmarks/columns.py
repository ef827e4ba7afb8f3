"""What does it cost to examine a column of names, against certificates?

`python -m benchmarks.columns TOPIC` is a part that runs in an environment with pyarrow: `scalar`,
`peers` and `growth` print times; `memory ROWS` examines so many rows in batches.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.corpora import certificate_to_examine, hosts_to_examine
from benchmarks.measuring import Row, inside, listed, repeated, shown, started, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from benchmarks.measuring import Environments

ROWS = 100_000
CERTIFICATES = 100_000
SIZES = (10_000, 100_000, 1_000_000)
BATCH = 65_536
ROUNDS = 7
TIMES_FASTER = {"clean": 5, "dirty": 4}
TIMES_FASTER_THAN_PEERS = 12
LINEAR = 1.3
FLAT = 1.1
OF_PEERS = ("public_suffix", "base_domain_name", "covering_name")


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    if not environments.has("pyarrow"):
        yield Row("columns of names", "", "pyarrow not installed", "", holds=True)
        return
    yield _beside_the_loop(environments)
    yield _beside_peers(environments)
    yield _growth(environments)
    yield _memory(environments)


def _beside_the_loop(environments: Environments) -> Row:
    times = inside(environments.peers, "columns", "scalar")
    faster = {kind: times.ratio(f"loop {kind}", f"examine {kind}") for kind in TIMES_FASTER}
    return Row(
        f"`examine`, all columns, {ROWS:,} names, clean / 5 % dirty",
        " / ".join(f"{times} x" for times in TIMES_FASTER.values()) + " faster than a loop",
        f"{' / '.join(shown(times.median(f'examine {kind}')) for kind in faster)} a name; "
        + " / ".join(f"{ratio:.1f} x" for ratio in faster.values()),
        "the loop " + " / ".join(shown(times.median(f"loop {kind}")) for kind in faster),
        all(ratio >= TIMES_FASTER[kind] for kind, ratio in faster.items()),
    )


def _beside_peers(environments: Environments) -> Row:
    what = "suffix, base domain name and covering name alone"
    bar = f"{TIMES_FASTER_THAN_PEERS} x faster than tldextract and service-identity"
    absent = [name for name in ("tldextract", "service_identity") if not environments.has(name)]
    if absent:
        return Row(what, bar, "", listed({}, absent), holds=True)
    times = inside(environments.peers, "columns", "peers")
    faster = times.ratio("both", "examine")
    return Row(
        what,
        bar,
        f"{shown(times.median('examine'))} a name; {faster:.1f} x",
        listed({name: shown(times.median(name)) for name in ("both", "tldextract alone")}),
        faster >= TIMES_FASTER_THAN_PEERS,
    )


def _growth(environments: Environments) -> Row:
    times = inside(environments.peers, "columns", "growth")
    each = [times.median(str(size)) for size in SIZES]
    growth = times.ratio(str(SIZES[-1]), str(SIZES[0]))
    return Row(
        f"`examine`, {' / '.join(f'{size:,}' for size in SIZES)} names, all columns,"
        f" {CERTIFICATES:,} certificates",
        f"linear ({LINEAR} x)",
        f"{' / '.join(map(shown, each))} a name, {growth:.2f} x",
        "",
        growth <= LINEAR,
    )


def _memory(environments: Environments) -> Row:
    sizes = SIZES[1:]
    command = [environments.peers, "-m", "benchmarks.columns", "memory"]
    _, peaks = started({str(size): [*command, str(size)] for size in sizes}, rounds=1)
    growth = peaks[str(sizes[-1])] / peaks[str(sizes[0])]
    return Row(
        f"its peak memory, {' / '.join(f'{size:,}' for size in sizes)} names in batches",
        f"flat ({FLAT} x)",
        f"{' / '.join(f'{peaks[str(size)] / 1024:.0f} MiB' for size in sizes)}, {growth:.2f} x",
        "",
        growth <= FLAT,
    )


def certificates() -> dict[str, list[str]]:
    """Return the names of the certificates by their ARNs."""
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/"
    return {f"{arn}{i:032x}": certificate_to_examine(i) for i in range(CERTIFICATES)}


def batch(first: int, end: int, *, dirty: bool = False) -> pa.RecordBatch:
    """Return hosts by number as a column."""
    import pyarrow as pa

    hosts = hosts_to_examine(first, end, CERTIFICATES, dirty=dirty)
    return pa.RecordBatch.from_pydict({"name": hosts})


class Loop:
    """The columns of `examine` by the functions for one name.

    It leaves the linter out, which would take most of the time: of the rules, it only has those of
    faults.
    """

    def __init__(self, certificates: dict[str, list[str]]) -> None:
        from acmrules import CoverageIndex, default_suffixes, parse_name

        self._certificates = {}
        for certificate, names in certificates.items():
            for name in names:
                self._certificates.setdefault(parse_name(name), certificate)
        self._index = CoverageIndex(self._certificates)
        self._suffixes = default_suffixes()

    def rows(self, texts: list[str]) -> list[tuple[object, ...]]:
        """Return the rows of texts."""
        from acmrules.contacts import validation_contacts
        from acmrules.lint.rules.names import rule_of_fault
        from acmrules.name_errors import InvalidName
        from acmrules.names import WildcardDomainName, parse_name
        from acmrules.validation import validation_record

        made: list[tuple[object, ...]] = []
        suffixes, covering_of = self._suffixes, self._index.covering
        for text in texts:
            try:
                name = parse_name(text)
            except InvalidName as error:
                rules = [rule_of_fault(error.fault)]
                made.append((None, error.fault.name, *error.span, rules, *[None] * 7))
                continue
            plain = name.parent if isinstance(name, WildcardDomainName) else name
            base = suffixes.base_domain_name(plain)
            covering = covering_of(name)
            made.append(
                (
                    *(str(name), None, None, None, []),
                    base and str(base),
                    suffixes.public_suffix(plain),
                    suffixes.section(plain),
                    covering and str(covering),
                    covering and self._certificates[covering],
                    validation_record(plain),
                    [contact.address for contact in validation_contacts(name) if contact.mailed],
                )
            )
        return made


def _scalar() -> list[dict[str, float]]:
    from acmrules.arrow import CertificateNames, examine

    loop, names = Loop(certificates()), CertificateNames(certificates())
    candidates: dict[str, Callable[[], object]] = {}
    for kind in TIMES_FASTER:
        column = batch(0, ROWS, dirty=kind == "dirty")
        texts = column["name"].to_pylist()
        candidates[f"examine {kind}"] = lambda column=column: examine(column, certificates=names)
        candidates[f"loop {kind}"] = lambda texts=texts: loop.rows(texts)
    return repeated(candidates, items=ROWS, rounds=ROUNDS)


def _peers() -> list[dict[str, float]]:
    from tldextract import TLDExtract

    from acmrules.arrow import CertificateNames, examine

    extract = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
    patterns = _patterns(extract)
    names, column = CertificateNames(certificates()), batch(0, ROWS)
    texts = column["name"].to_pylist()
    candidates = {
        "examine": lambda: examine(column, columns=OF_PEERS, certificates=names),
        "both": lambda: _ask_both(extract, patterns, texts),
        "tldextract alone": lambda: [*map(extract, texts)],
    }
    return repeated(candidates, items=ROWS, rounds=ROUNDS)


def _patterns(extract: Callable[[str], object]) -> dict[str, list[object]]:
    """Return the patterns of certificates by base domain name, so that a host is asked of one."""
    from service_identity.hazmat import DNSPattern

    return {
        extract(names[0]).top_domain_under_public_suffix: [
            DNSPattern.from_bytes(name.encode()) for name in names
        ]
        for names in certificates().values()
    }


def _ask_both(
    extract: Callable[[str], object], patterns: dict[str, list[object]], hosts: list[str]
) -> list[tuple[str, str, bool]]:
    from service_identity import VerificationError
    from service_identity.hazmat import DNS_ID, verify_service_identity

    made = []
    for host in hosts:
        found = extract(host)
        base = found.top_domain_under_public_suffix
        try:
            covered = base in patterns and bool(
                verify_service_identity(patterns[base], [DNS_ID(host)], [])
            )
        except VerificationError:
            covered = False
        made.append((found.suffix, base, covered))
    return made


def _sizes() -> list[dict[str, float]]:
    from acmrules.arrow import CertificateNames, examine

    names = CertificateNames(certificates())
    candidates = {}
    for size in SIZES:
        column = batch(0, size)
        candidates[str(size)] = lambda column=column: examine(column, certificates=names)
    rounds = repeated(candidates, items=1, rounds=ROUNDS)
    return [{name: time / int(name) for name, time in times.items()} for times in rounds]


def _examine_in_batches(size: int) -> None:
    from acmrules.arrow import CertificateNames, examine

    names = CertificateNames(certificates())
    for first in range(0, size, BATCH):
        examine(batch(first, min(first + BATCH, size), dirty=True), certificates=names)


def main(topic: str, *arguments: str) -> None:
    """Measure a topic."""
    if topic == "memory":
        _examine_in_batches(int(arguments[0]))
    else:
        tell({"scalar": _scalar, "peers": _peers, "growth": _sizes}[topic]())


if __name__ == "__main__":
    main(*sys.argv[1:])
