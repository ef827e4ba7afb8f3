"""What does it cost to examine a column of names, against certificates?

`python -m benchmarks.columns TOPIC` is a part that runs in an environment with pyarrow: `scalar`,
`peers` and `growth` print the processor time of all threads; `memory ROWS` examines so many rows.
"""

from __future__ import annotations

import sys
from time import process_time_ns
from typing import TYPE_CHECKING

from benchmarks.corpora import certificate_to_examine, hosts_to_examine
from benchmarks.measuring import Row, inside, listed, repeated, shown, started, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from acmrules.arrow import CertificateNames
    from benchmarks.measuring import Environments

ROWS = 100_000
CERTIFICATES = 100_000
SIZES = (10_000, 100_000, 1_000_000)
PIECE = 65_536  # rows that `bulk` examines at once
SPARK_BATCH = 10_000  # rows that Spark passes at once
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
    *smaller, largest = map(str, SIZES)
    growth = max(times.ratio(largest, size) for size in smaller)
    return Row(
        f"{_sizes(SIZES)} names, 5 % dirty, in batches of {PIECE:,}, all columns",
        f"linear ({LINEAR} x)",
        f"{' / '.join(shown(times.median(str(size))) for size in SIZES)} a name, {growth:.2f} x",
        "",
        growth <= LINEAR,
    )


def _memory(environments: Environments) -> Row:
    sizes = SIZES[1:]
    command = [environments.peers, "-m", "benchmarks.columns", "memory"]
    _, peaks = started({str(size): [*command, str(size)] for size in sizes}, rounds=1)
    small, large = (peaks[str(size)] / 1024 for size in sizes)
    return Row(
        f"peak memory, {_sizes(sizes)} names, 5 % dirty, in batches of {SPARK_BATCH:,}",
        f"flat ({FLAT} x)",
        f"{small:.0f} MiB / {large:.0f} MiB, {large / small:.2f} x",
        "",
        large <= FLAT * small,
    )


def _sizes(sizes: tuple[int, ...]) -> str:
    return " / ".join(f"{size:,}" for size in sizes)


def certificates() -> dict[str, list[str]]:
    """Return the names of the certificates by their ARNs."""
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/"
    return {f"{arn}{i:032x}": certificate_to_examine(i) for i in range(CERTIFICATES)}


def index() -> CertificateNames:
    """Return the certificates as `examine` takes them."""
    from acmrules.arrow import CertificateNames

    return CertificateNames(certificates())


def batch(first: int, end: int, *, dirty: bool = False) -> pa.RecordBatch:
    """Return hosts by number as a column."""
    import pyarrow as pa

    hosts = hosts_to_examine(first, end, CERTIFICATES, dirty=dirty)
    return pa.RecordBatch.from_pydict({"name": hosts})


def batches(size: int, at_once: int) -> Iterator[pa.RecordBatch]:
    """Yield a column of so many hosts, a twentieth of them dirty, in batches."""
    for first in range(0, size, at_once):
        yield batch(first, min(first + at_once, size), dirty=True)


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
    from acmrules.arrow import examine

    loop, names = Loop(certificates()), index()
    candidates: dict[str, Callable[[], object]] = {}
    for kind in TIMES_FASTER:
        column = batch(0, ROWS, dirty=kind == "dirty")
        texts = column["name"].to_pylist()
        candidates[f"examine {kind}"] = lambda column=column: examine(column, certificates=names)
        candidates[f"loop {kind}"] = lambda texts=texts: loop.rows(texts)
    return repeated(candidates, items=ROWS, rounds=ROUNDS, clock=process_time_ns)


def _peers() -> list[dict[str, float]]:
    from tldextract import TLDExtract

    from acmrules.arrow import examine

    extract = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
    patterns = _patterns(extract)
    names, column = index(), batch(0, ROWS)
    texts = column["name"].to_pylist()
    candidates = {
        "examine": lambda: examine(column, columns=OF_PEERS, certificates=names),
        "both": lambda: _ask_both(extract, patterns, texts),
        "tldextract alone": lambda: [*map(extract, texts)],
    }
    return repeated(candidates, items=ROWS, rounds=ROUNDS, clock=process_time_ns)


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


def _growing() -> list[dict[str, float]]:
    names, candidates = index(), {}
    for size in SIZES:
        column = [*batches(size, PIECE)]
        candidates[str(size)] = lambda column=column: _examine(column, names)
    rounds = repeated(candidates, items=1, rounds=ROUNDS, clock=process_time_ns)
    return [{name: time / int(name) for name, time in times.items()} for times in rounds]


def _examine(column: Iterable[pa.RecordBatch], names: CertificateNames) -> None:
    """Examine batches, and keep no result."""
    from acmrules.arrow import examine

    for rows_at_once in column:
        examine(rows_at_once, certificates=names)


def main(topic: str, *arguments: str) -> None:
    """Measure a topic."""
    if topic == "memory":
        _examine(batches(int(arguments[0]), SPARK_BATCH), index())
    else:
        tell({"scalar": _scalar, "peers": _peers, "growth": _growing}[topic]())


if __name__ == "__main__":
    main(*sys.argv[1:])
