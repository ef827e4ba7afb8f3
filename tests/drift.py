"""Compare what is committed here with the newest upstream releases, and with today's date.

    python tests/drift.py           # prints what has changed; exits with 1 if anything has
    python tests/drift.py --accept  # writes what is installed to tests/upstream.json

It installs nothing: install the newest `botocore`, `cfn-lint` and `PyYAML` first. A library that
is not installed is not compared. The tests read `tests/upstream.json` and the versions in
`tests/constraints.txt`, so that no upstream release can make one fail.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Data = dict[str, Any]

TESTS = Path(__file__).parent
UPSTREAM = TESTS / "upstream.json"
CONSTRAINTS = TESTS / "constraints.txt"
LONGEST = timedelta(days=180)

OPERATIONS = (
    "CreateAcmeDomainValidation",
    "CreateAcmeEndpoint",
    "CreateAcmeExternalAccountBinding",
    "DescribeCertificate",
    "ExportCertificate",
    "ImportCertificate",
    "RenewCertificate",
    "RequestCertificate",
    "UpdateCertificateOptions",
)
CERTIFICATE = "AWS::CertificateManager::Certificate"
PROSE = {"documentation", "description"}


def committed() -> dict[str, Data]:
    """Return the recorded data of the libraries, by library."""
    found: dict[str, Data] = json.loads(UPSTREAM.read_text("utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Print what has changed, or accept it; return the exit code."""
    installed = dict(_installed())
    if arguments == ["--accept"]:
        text = json.dumps(committed() | installed, indent=1, sort_keys=True)
        UPSTREAM.write_text(f"{text}\n", "utf-8")
        return 0
    today = datetime.now(tz=UTC).date()
    changes = [
        *(
            f"{library} {there['version']}: {change}"
            for library, there in installed.items()
            for change in differences(committed()[library], there)
        ),
        *old("public suffix list", list_day(CONSTRAINTS.read_text("utf-8")), today),
        *_old_facts(today),
    ]
    print(*changes or ["nothing has changed"], sep="\n")
    return 1 if changes else 0


def differences(before: Data, after: Data) -> Iterator[str]:
    """Yield the differences of two readings; the order of lists does not matter."""
    one, other = (set(_leaves({**data, "version": None})) for data in (before, after))
    yield from (f"- {leaf}" for leaf in sorted(one - other))
    yield from (f"+ {leaf}" for leaf in sorted(other - one))


def old(what: str, day: date, today: date) -> Iterator[str]:
    """Yield a line for a date that is too long ago."""
    if today - day > LONGEST:
        yield f"{what} of {day}: {(today - day).days} days old, more than {LONGEST.days}"


def list_day(constraints: str) -> date:
    """Return the day of the public suffix list that the constraints name."""
    [day] = re.findall(r"^publicsuffixlist==.*\.(\d{8})\b", constraints, re.MULTILINE)
    return date.fromisoformat(day)


def botocore() -> Data:
    """Return the operations of ACM, the shapes of those that we read, and its Regions."""
    loader = import_module("botocore.loaders").Loader()
    model = loader.load_service_model("acm", "service-2")
    # Older releases lack the newest operations.
    ends = (model["operations"][name] for name in OPERATIONS if name in model["operations"])
    names = {end[side]["shape"] for end in ends for side in ("input", "output") if side in end}
    return {
        "version": import_module("botocore").__version__,
        "operations": sorted(model["operations"]),
        "regions": _regions(loader.load_data("endpoints")["partitions"]),
        "shapes": {name: _bare(model["shapes"][name]) for name in _used(names, model["shapes"])},
    }


def cfn_lint() -> Data:
    """Return the types of ACM in CloudFormation, and the schema of a certificate."""
    manager = import_module("cfnlint.schema").PROVIDER_SCHEMA_MANAGER
    types = (str(name) for name in manager.get_resource_types("us-east-1"))
    return {
        "version": import_module("cfnlint.version").__version__,
        "types": sorted(name for name in types if name.startswith("AWS::CertificateManager::")),
        "schema": _bare(manager.get_resource_schema("us-east-1", CERTIFICATE).schema),
    }


def libyaml() -> Data:
    """Return the version of the parser in PyYAML, because tests quote its errors."""
    version = import_module("yaml._yaml").get_version_string()
    return {"version": version, "release": version}


LIBRARIES: dict[str, Callable[[], Data]] = {
    "botocore": botocore,
    "cfn-lint": cfn_lint,
    "libyaml": libyaml,
}


def _installed() -> Iterator[tuple[str, Data]]:
    for library, read in LIBRARIES.items():
        try:
            yield library, read()
        except ImportError:
            print(f"{library} is not installed: not compared")


def _old_facts(today: date) -> Iterator[str]:
    try:
        facts = import_module("acmrules.facts").all_facts()
    except ImportError:
        print("acmrules is not installed: the age of its facts is not known")
        return
    for day, count in sorted(Counter(fact.source.read for fact in facts).items()):
        yield from old(f"{count} facts", day, today)


def _leaves(data: object, path: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, path)
    else:
        yield f"{path}: {json.dumps(data)}"


def _bare(data: Any) -> Any:
    """Return a value without its prose."""
    if isinstance(data, list):
        return [_bare(item) for item in data]
    if isinstance(data, dict):
        return {
            key: _bare(value)
            for key, value in data.items()
            if not (key in PROSE and isinstance(value, str))
        }
    return data


def _used(names: Iterable[str], shapes: Data) -> Iterator[str]:
    """Yield the names of shapes and of their members, each once."""
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            yield name
            shape = shapes[name]
            parts = (*shape.get("members", {}).values(), shape.get("member"))
            todo += [part["shape"] for part in parts if part]


def _regions(partitions: list[Data]) -> dict[str, list[str]]:
    """Return the Regions with an endpoint of ACM, by partition."""
    return {
        partition["partition"]: sorted(
            region
            for region, endpoint in partition["services"]["acm"]["endpoints"].items()
            if region in partition["regions"] and not endpoint.get("deprecated")
        )
        for partition in partitions
        if "acm" in partition["services"]
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
