"""What does it cost to read Terraform configurations, in a process that is already running?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import configuration, write_module
from benchmarks.measuring import Row, available, inside, listed, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measuring import Environments

BAR = 8_000_000
SIZES = (500, 2_000, 8_000)
LINEAR = 1.3
PEERS = {"python-hcl2": "hcl2", "tree-sitter": "tree_sitter_hcl"}


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    times = inside(environments.peers or environments.clean, "reading")
    ours = times.median("acmrules")
    theirs = {peer: shown(times.median(peer)) for peer in PEERS if peer in times}
    yield Row(
        "read 1,000 lines of Terraform",
        "8 ms",
        shown(ours),
        listed({f"{peer} (syntax alone)": time for peer, time in theirs.items()}),
        ours <= BAR,
    )
    each = {size: times.median(str(size)) for size in SIZES}
    growth = times.ratio(str(SIZES[-1]), str(SIZES[0]))
    yield Row(
        "check a Terraform module, time per resource of 500 / 2,000 / 8,000",
        f"flat ({LINEAR} x)",
        f"{' / '.join(map(shown, each.values()))}, {growth:.2f} x",
        "",
        growth <= LINEAR,
    )


def main() -> None:
    """Measure."""
    text = configuration(range(25))
    rounds = repeated({"acmrules": _read(text), **_peers(text)}, items=1)
    with TemporaryDirectory() as folder:
        judged = {size: _judge(Path(folder) / str(size), size) for size in SIZES}
        for _ in range(3):
            took = repeated({str(size): judged[size] for size in SIZES}, items=1, rounds=1)
            rounds.append({name: time / int(name) for name, time in took[0].items()})
    tell(rounds)


def _read(text: str) -> Callable[[], object]:
    from acmrules.readers import registry
    from acmrules.syntax.source import Source

    return lambda: registry.read(Source("main.tf", text))


def _judge(folder: Path, resources: int) -> Callable[[], object]:
    from datetime import date

    from acmrules.lint.pipeline import check_batches, report
    from acmrules.suffix_lists import default_suffixes
    from acmrules.workspace.discover import discover
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.load import Disk, Loader
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.settings import Settings

    write_module(folder, resources)
    day = date(2026, 11, 23)

    def judge() -> None:
        settings_of = SettingsResolver(Settings({}), day, default_suffixes).settings_of
        loader = Loader(settings_of, Disk(), Troubles())
        batches = loader.batches(discover([str(folder)]))
        report(check_batches(batches, settings_of, loader.troubles.guard), day)

    return judge


def _peers(text: str) -> dict[str, Callable[[], object]]:
    """Return what reads the syntax, and evaluates nothing."""
    found: dict[str, Callable[[], object]] = {}
    if available("hcl2"):
        import hcl2

        found["python-hcl2"] = lambda: hcl2.loads(text)
    if available("tree_sitter_hcl"):
        import tree_sitter
        import tree_sitter_hcl

        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
        found["tree-sitter"] = lambda: parser.parse(text.encode())
    return found


if __name__ == "__main__":
    main()
