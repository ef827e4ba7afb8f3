"""What does it cost to start, and to judge one file in a new process?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import write_configurations, write_templates
from benchmarks.measuring import ROOT, Row, listed, shown, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments, Rounds

ROUNDS = 42
SECOND = 1e9

PSL_HOST = "www.brightharbor.co.uk"
PSL_FIRST = {
    "acmrules": f"import acmrules; acmrules.default_suffixes().public_suffix({PSL_HOST!r})",
    "publicsuffixlist": "from publicsuffixlist import PublicSuffixList as L; "
    f"L().publicsuffix({PSL_HOST!r})",
    "publicsuffix2": f"import publicsuffix2; publicsuffix2.get_tld({PSL_HOST!r})",
    "tldextract": "from tldextract import TLDExtract as T; "
    f"T(cache_dir=None, suffix_list_urls=())({PSL_HOST!r})",
}
PSL_BAR = 0.005

PEERS_JUDGE = {
    "cfn-lint": ("tiny.yaml", "tiny.json", "large.yaml"),
    "checkov": ("tiny.yaml", "large.yaml", "50.tf", "1000.tf"),
}

PEAK = """\
import sys
from acmrules.cli.main import main
main(sys.argv[1:])
with open("/proc/self/status") as status:
    [peak] = (line.split()[1] for line in status if line.startswith("VmHWM"))
print(int(peak) / 1024, file=sys.stderr)
"""
PEAK_BAR = 20

CHECKOV = ("--compact", "--quiet", "--skip-download", "--framework")
CSR = ROOT / "docs" / "examples" / "good" / "signing-request.csr"


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    with TemporaryDirectory() as folder:
        files = write_templates(Path(folder)) | write_configurations(Path(folder))
        files["request.csr"] = CSR
        commands, seldom, absent = _commands(environments, files)
        times, memory = started(commands, rounds=ROUNDS, seldom=seldom)
        peak = _peak(environments, files["tiny.yaml"])

    base = times.median("python -c pass")
    low, high = times.quartiles("python -c pass")
    milliseconds = f"{base * 1e3:.1f} ms ({low * 1e3:.1f} to {high * 1e3:.1f})"
    yield Row("`python -c pass`", "", milliseconds, "", holds=True)

    def line(what: str, ours: list[str], bars: list[float], peers: list[str]) -> Row:
        reached = [times.ratio(name, "python -c pass") for name in ours]
        faster = {
            peer: times.ratio(peer, name) for peer in peers for name in ours[:1] if peer in times
        }
        missing = sorted({peer.split()[0] for peer in peers} & absent)
        wanted = FASTER.get(what, {})
        return Row(
            what,
            " / ".join(f"{bar:g} x" for bar in bars)
            + "".join(f"; {n} x faster than {peer}" for peer, n in wanted.items()),
            " / ".join(f"{ratio:.2f} x" for ratio in reached)
            + "".join(
                f"; {ratio:.0f} x faster than {peer.split()[0]}" for peer, ratio in faster.items()
            )
            * bool(wanted),
            listed(
                {p: f"{shown(times.median(p) * SECOND)} ({_units(times, p)})" for p in faster},
                missing,
            ),
            all(ratio <= bar for ratio, bar in zip(reached, bars, strict=True))
            and all(ratio >= wanted.get(peer.split()[0], 0) for peer, ratio in faster.items()),
        )

    yield line(
        "`import acmrules`", ["import"], [1.5], ["tldextract import", "service-identity import"]
    )
    versions = ["cfn-lint --version", "checkov --version"]
    yield line("`acmrules --version`, usage error", ["--version", "usage"], [2.0, 2.0], versions)
    yield line("`check` one JSON request, cold", ["request.json"], [4.0], ["cfn-lint tiny.json"])
    tiny = ["cfn-lint tiny.yaml", "checkov tiny.yaml"]
    yield line(TINY, ["tiny.yaml"], [5.0], tiny)
    large = ["cfn-lint large.yaml", "checkov large.yaml"]
    yield line(LARGE, ["large.yaml", "large.json"], [8.0, 5.0], large)
    yield line(TERRAFORM, ["50.tf"], [4.5], ["checkov 50.tf"])
    yield line("1,000 lines of Terraform, cold", ["1000.tf"], [6.0], ["checkov 1000.tf"])
    yield line("`check` one CSR, cold", ["request.csr"], [8.0], [])
    yield line("`check` one Kubernetes manifest, cold", ["manifest.yaml"], [5.0], [])

    first = times.over("first acmrules", "python -c pass")
    others = {
        peer: shown(times.over(f"first {peer}", "peers' python") * SECOND)
        for peer in PSL_FIRST
        if peer != "acmrules" and f"first {peer}" in times
    }
    yield Row(
        "public suffix, first answer in a process",
        "5 ms over the bare interpreter",
        shown(first * SECOND),
        listed(others, [peer for peer in PSL_FIRST if peer in absent]),
        first <= PSL_BAR,
    )
    theirs = {peer: f"{memory[peer] / 1024:.0f} MiB" for peer in tiny if peer in memory}
    yield Row(
        "peak memory, one template",
        f"{PEAK_BAR} MiB",
        f"{peak:.1f} MiB",
        listed(theirs, sorted({"cfn-lint", "checkov"} & absent)),
        peak <= PEAK_BAR,
    )


TINY = "`check` one YAML template, cold"
LARGE = "300-resource template, cold, YAML / JSON"
TERRAFORM = "50 lines of Terraform, cold"
FASTER = {
    TERRAFORM: {"checkov": 50},
    TINY: {"cfn-lint": 25, "checkov": 50},
    LARGE: {"cfn-lint": 50, "checkov": 50},
}


def _commands(
    environments: Environments, files: dict[str, Path]
) -> tuple[dict[str, list[str | Path]], set[str], set[str]]:
    """Return the commands, those that are slow, and the peers that are not there."""
    python = environments.clean
    acmrules = python.parent / "acmrules"
    commands: dict[str, list[str | Path]] = {
        "python -c pass": [python, "-c", "pass"],
        "import": [python, "-c", "import acmrules"],
        "--version": [acmrules, "--version"],
        "usage": [acmrules, "chekc"],
        "first acmrules": [python, "-c", PSL_FIRST["acmrules"]],
    }
    for file in (
        *("request.json", "tiny.yaml", "large.yaml", "large.json"),
        *("50.tf", "1000.tf", "request.csr", "manifest.yaml"),
    ):
        commands[file] = [acmrules, "check", files[file]]
    absent = set()
    peers = environments.peers
    if peers:
        commands["peers' python"] = [peers, "-c", "pass"]
    for name, module in (("tldextract", "tldextract"), ("service-identity", "service_identity")):
        if environments.has(module):
            commands[f"{name} import"] = [peers, "-c", f"import {module}"]
        else:
            absent.add(name)
    for name, code in PSL_FIRST.items():
        if name != "acmrules" and environments.has(name):
            commands[f"first {name}"] = [peers, "-c", code]
        elif name != "acmrules":
            absent.add(name)
    slow: dict[str, list[str | Path]] = {}
    for name, options in (("cfn-lint", ()), ("checkov", CHECKOV)):
        program = environments.peer(name)
        if program is None:
            absent.add(name)
            continue
        slow[f"{name} --version"] = [program, "--version"]
        for file in PEERS_JUDGE[name]:
            framework = "terraform" if file.endswith(".tf") else "cloudformation"
            given = (*options, framework, "-f") if options else ()
            slow[f"{name} {file}"] = [program, *given, files[file]]
    return commands | slow, set(slow), absent


def _peak(environments: Environments, file: Path) -> float:
    """Return the peak memory of a run in MiB, as the process itself reads it."""
    import subprocess

    # Seen from outside, a small process seems to have the size of the one that started it.
    command = [environments.clean, "-c", PEAK, "check", file]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(run.stderr.split("\n")[-2])


def _units(times: Rounds, name: str) -> str:
    return f"{times.ratio(name, 'python -c pass'):.0f} x"
