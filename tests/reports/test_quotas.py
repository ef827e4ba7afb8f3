"""The quotas that deployments use, as text."""

import pytest
from tests.support.calendar import AS_OF, DNS, lines
from tests.support.git import commit

from acmrules.cli.main import CLEAN, FOUND


@pytest.fixture
def report(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of=AS_OF: run("calendar", *words, *as_of)


TERRAFORM = (
    'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n  validation_method = "DNS"\n}\n'
)


class TestQuotas:
    """The quota use by the commits of a year, and its exit code."""

    @pytest.fixture
    def team(self, tmp_path):
        """Create a repository with two edits of names in the last year."""
        commit(tmp_path, {"site.yaml": DNS}, "2025-01-01")
        commit(tmp_path, {"site.yaml": DNS.replace("www.", "www2.")}, "2026-01-01")
        commit(tmp_path, {"site.yaml": DNS}, "2026-02-01")
        return tmp_path

    @pytest.mark.usefixtures("team")
    def test_counted(self, report):
        """The quotas have used and total numbers."""
        assert lines(report(".", "--region", "eu-west-1")[1], "quota use") == [
            "quota use by each deployment of these files",
            "eu-west-1  certificates in these files             1  of 2,500 (default)  under 0.1%",
            "eu-west-1  requests from 2025-11-24 to 2026-11-23  2  of 5,000 (default)  under 0.1%",
            "2 commits in 365 days requested 2 new certificates",
        ]

    @pytest.mark.usefixtures("team")
    def test_since(self, report):
        """The period starts after a revision, and has an estimate per year."""
        out = report(".", "--since", "HEAD~1", "--quota", "yearly-requests=1")
        assert out[0] == CLEAN
        counted, pace = (line.split("  ") for line in lines(out[1], "quota use")[2:4])
        assert counted[-1].strip() == "100%"
        assert pace[1:] == [
            "requests per year at this pace",
            *pace[2:-1],
            "111% would exceed it",
        ]
        assert "1 commit in 327 days requested 1 new certificate\n" in out[1]

    @pytest.mark.usefixtures("team")
    @pytest.mark.parametrize(("quota", "code"), [("1", FOUND), ("2", CLEAN)])
    def test_exceeded(self, report, quota, code):
        """An exceeded quota has exit code 1."""
        found = report(".", "--quota", f"yearly-requests={quota}")
        assert found[0] == code
        assert ("200% EXCEEDED" in found[1]) is (code == FOUND)

    @pytest.mark.usefixtures("team")
    def test_settings(self, tmp_path, report):
        """Settings can have quotas and the account."""
        (tmp_path / ".acmrules.toml").write_text(
            'account = "111122223333"\n[quotas.111122223333]\ncertificates = 4\n'
        )
        out = report("site.yaml")[1]
        assert "111122223333 unknown Region  certificates in these files" in out
        assert "of 4                25%" in out

    def test_first_commit(self, tmp_path, report):
        """The estimate excludes the first commit."""
        commit(tmp_path, {"site.yaml": DNS}, "2026-10-01")
        out = report(".")[1]
        assert (
            "1 commit in 54 days requested 1 new certificate;"
            " the estimate per year excludes 1 of the first commit\n" in out
        )
        assert "at this pace" not in out

    def test_few_days(self, tmp_path, report):
        """A short history has no estimate, and the text says so."""
        commit(tmp_path, {"site.yaml": DNS}, "2026-11-20")
        assert "; too few days for an estimate per year\n" in report(".")[1]

    def test_unread_versions(self, tmp_path, report):
        """Versions that could not be read are counted, and their certificates are not new."""
        commit(tmp_path, {"site.yaml": DNS.encode() + b"\xff"}, "2025-12-01")
        commit(tmp_path, {"site.yaml": DNS}, "2026-11-20")
        out = report(".")[1]
        assert " requested at least 0 new certificates; 2 file versions could not be read\n" in out

    def test_unread_versions_of_modules(self, tmp_path, report):
        """A certificate in a called module is not new if its file was unreadable before."""
        call = 'module "m" {\n  source = "./m"\n}\n'
        commit(tmp_path, {"main.tf": call, "m/a.tf": TERRAFORM + "{"}, "2025-12-01")
        commit(tmp_path, {"m/a.tf": TERRAFORM}, "2026-11-20")
        assert " requested at least 0 new certificates; " in report(".")[1]

    def test_no_repository(self, tmp_path, report):
        """Without Git, the text says so."""
        (tmp_path / "site.yaml").write_text(DNS)
        assert (
            "the number of requests per year is unknown: git: fatal: not a git" in (report(".")[1])
        )
