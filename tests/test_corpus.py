"""Real templates: what is read from them, and all their findings.

Run this module as a program to rewrite `corpus/findings.txt`, and read what changed.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers import registry
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = json.loads((CORPUS / "expected.json").read_text("utf-8"))
DAY = date(2026, 11, 23)


def declarations(path):
    """Return the declarations of a file, read as the command line does."""
    with (CORPUS / path).open(encoding="utf-8", newline="") as file:
        return registry.read(Source(path, file.read()))


def literal_names(certificate):
    """Return the names that a certificate of `expected.json` states literally."""
    sans = certificate["sans"] if isinstance(certificate["sans"], list) else []
    names = [certificate["domain_name"], *sans]
    return {name.lower() for name in names if name not in {None, "unresolved"}}


@pytest.mark.parametrize("path", EXPECTED)
def test_every_request_and_name_is_found(path):
    """The requests of a file are the expected ones, each with its literal names."""
    want = EXPECTED[path]
    if not want["well_formed"]:
        return
    requests = [d.request for d in declarations(path) if d.request is not None]
    assert len(requests) == want["certificate_requests"]
    requested = [c for c in want["certificates"] if c["mode"] not in {"import", "never created"}]
    for request, certificate in zip(requests, requested, strict=True):
        found = {str(name).lower() for name in request.names}
        assert literal_names(certificate) <= found
        known = [n for n in request.names if not isinstance(n, Unresolved | UnresolvedNames)]
        literal = literal_names(certificate)
        beyond = {str(name) for name in known if not isinstance(name, Malformed)} - literal
        assert not beyond or "unresolved" in json.dumps(certificate)


def finding_lines():
    """Return a line for each finding in all files, and for each file that cannot be read."""
    linter = Linter(as_of=DAY)
    for path in EXPECTED:
        try:
            report = check_declarations(declarations(path), linter)
        except InputError as error:
            yield str(error)
            continue
        for finding in report.findings:
            place = f"{path}:{finding.range.start.line}:{finding.range.start.column}"
            yield f"{place} {finding.severity} {finding.rule.id} {finding.message}"


def test_the_findings_are_the_reviewed_ones():
    """Each finding in the corpus was compared with its template; review new ones, too."""
    assert list(finding_lines()) == (CORPUS / "findings.txt").read_text("utf-8").splitlines()


if __name__ == "__main__":
    (CORPUS / "findings.txt").write_text("".join(f"{line}\n" for line in finding_lines()), "utf-8")
