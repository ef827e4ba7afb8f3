"""The command `calendar`: its output, exit codes and errors."""

import gc
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.calendar import AS_OF, DNS, SITE
from tests.support.git import commit

from acmrules.cli.main import CLEAN, UNREADABLE

REQUEST = Path(__file__).parents[3] / "docs" / "examples" / "good" / "signing-request.csr"


@pytest.fixture
def report(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of=AS_OF: run("calendar", *words, *as_of)


class TestUsage:
    """Usage errors and unreadable inputs have exit code 2."""

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("--until", "2026-11-22"), "is before 2026-11-23"),
            (("--until", "soon"), "is not a date"),
            (("--since", "nothing"), "option `--since`: there is no revision `nothing`"),
            (("--since", "--all"), "is not a valid revision"),
            (("--quota", "names"), "expected NAME=NUMBER"),
            (("--format", "sarif"), "unknown value"),
        ],
    )
    def test_options(self, tmp_path, report, words, why):
        """The message names the invalid option."""
        commit(tmp_path, {"site.yaml": SITE})
        code, out, err = report("site.yaml", *words)
        assert (code, out) == (UNREADABLE, "")
        assert why in err

    def test_before_acm(self, report):
        """A date before the launch of ACM is a usage error."""
        code, out, err = report("site.yaml", as_of=("--as-of", "2016-01-20"))
        assert (code, out) == (UNREADABLE, "")
        assert (
            err
            == "acmrules: option `--as-of`: 2016-01-20 is before 2016-01-21, when ACM launched\n"
        )

    def test_today(self, tmp_path, report):
        """The default date is today."""
        (tmp_path / "site.yaml").write_text(DNS)
        assert report("site.yaml", as_of=())[1].startswith("1 certificate (DNS), from 20")

    def test_the_syntax_trees_of_a_history_are_freed(self, tmp_path, report):
        """Every commit leaves reference cycles, so the collector runs from then on."""
        commit(tmp_path, {"site.yaml": DNS})
        gc.disable()
        try:
            report("site.yaml")
            assert gc.isenabled()
        finally:
            gc.enable()

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.yaml", SITE.encode() + b"\xff"),
            ("a.yaml", SITE.encode("utf-16")),
            ("a.json", b'{"Resources": {"AWS::CertificateManager::Certificate": ' + b"[" * 9_999),
            ("a.tf", b'resource "aws_acm_certificate" "x" {'),
            ("a.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            ("missing.yaml", None),
        ],
    )
    def test_unreadable(self, tmp_path, report, name, data):
        """Other files are reported in spite of an error."""
        if data is not None:
            (tmp_path / name).write_bytes(data)
        (tmp_path / "site.yaml").write_text(SITE)
        code, out, err = report(name, "site.yaml")
        assert code == UNREADABLE
        assert name in err
        assert "Traceback" not in err
        assert "site.yaml:5 Certificate" in out

    def test_control_characters(self, tmp_path, report):
        """Control characters in names and file names are escaped."""
        text = (
            SITE.replace("Certificate:", '"C\\u001b[2Jx":')
            .replace("www.", '"\\u0007.')
            .replace(".io]", '.io"]')
        )
        (tmp_path / "a\x1b[31m.yaml").write_text(text)
        code, out, err = report(".")
        assert code == CLEAN
        assert out.isprintable() or not any(c in out + err for c in "\x1b\x07")
        assert "C\\x1b[2Jx" in out

    def test_standard_input(self, report, monkeypatch):
        """Standard input has no commits."""
        import io
        import sys

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SITE.encode())))
        code, out, _ = report("-")
        assert code == CLEAN
        assert "unknown: standard input has no history\n" in out

    def test_different_kinds_of_files(self, tmp_path, report):
        """Signing requests and templates are in the same calendar."""
        (tmp_path / "site.yaml").write_text(SITE)
        code, out, _ = report(str(REQUEST), "site.yaml")
        assert code == CLEAN
        assert out.startswith("2 certificates")
        assert "move from email to DNS validation" in out

    def test_last_days(self, tmp_path, report):
        """The last possible date is allowed."""
        (tmp_path / "site.yaml").write_text(SITE)
        last = ("--as-of", str(date.max - timedelta(300)))
        assert report("site.yaml", "--until", str(date.max), as_of=last)[0] == CLEAN
        assert report("site.yaml", as_of=("--as-of", str(date.max)))[0] == CLEAN
