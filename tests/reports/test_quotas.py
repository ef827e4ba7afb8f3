"""The quotas that deployments use, as text."""

import pytest
from tests.support.calendar import AS_OF, DNS, lines
from tests.support.git import commit

from acmrules.cli.main import CLEAN, FOUND


@pytest.fixture
def report(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of=AS_OF: run("calendar", *words, *as_of)


class TestQuotas:
    """What the commits of a year use, and the exit code that says it is too much."""

    @pytest.fixture
    def team(self, tmp_path):
        """Make a repository of a year and more, with two edits of names in the last year."""
        commit(tmp_path, {"site.yaml": DNS}, "2025-01-01")
        commit(tmp_path, {"site.yaml": DNS.replace("www.", "www2.")}, "2026-01-01")
        commit(tmp_path, {"site.yaml": DNS}, "2026-02-01")
        return tmp_path

    @pytest.mark.usefixtures("team")
    def test_counted(self, report):
        """So many of so many."""
        assert lines(report(".", "--region", "eu-west-1")[1], "quotas of") == [
            "quotas of an account, used by each deployment of these files",
            "eu-west-1  certificates in these files             1  of 2,500 (default)  under 0.1%",
            "eu-west-1  requests from 2025-11-24 to 2026-11-23  2  of 5,000 (default)  under 0.1%",
            "2 commits touched these files in 365 days and made 2 new certificates",
        ]

    @pytest.mark.usefixtures("team")
    def test_since(self, report):
        """A revision tells since when; of few days no pace is report, of others a year's."""
        out = report(".", "--since", "HEAD~1", "--quota", "yearly-requests=1")
        assert out[0] == CLEAN
        counted, pace = (line.split("  ") for line in lines(out[1], "quotas of")[2:4])
        assert counted[-1].strip() == "100%"
        assert pace[1:] == [
            "requests in a year at this pace",
            *pace[2:-1],
            "111.6% would exceed it",
        ]
        assert "1 commit touched these files in 327 days and made 1 new certificate\n" in out[1]

    @pytest.mark.usefixtures("team")
    @pytest.mark.parametrize(("quota", "code"), [("1", FOUND), ("2", CLEAN)])
    def test_exceeded(self, report, quota, code):
        """More than the quota is the exit code 1."""
        found = report(".", "--quota", f"yearly-requests={quota}")
        assert found[0] == code
        assert ("200% EXCEEDED" in found[1]) is (code == FOUND)

    @pytest.mark.usefixtures("team")
    def test_settings(self, tmp_path, report):
        """Quotas and the account may be stated in settings."""
        (tmp_path / ".acmrules.toml").write_text(
            'account = "111122223333"\n[quotas.111122223333]\ncertificates = 4\n'
        )
        out = report("site.yaml")[1]
        assert "111122223333 Region not known  certificates in these files" in out
        assert "of 4                25%" in out

    def test_first_commit(self, tmp_path, report):
        """What the very first commit declares is no pace, and that is said."""
        commit(tmp_path, {"site.yaml": DNS}, "2026-10-01")
        out = report(".")[1]
        assert (
            "1 commit touched these files in 54 days and made 1 new certificate; 1 of them "
            "declared by the very first commit, and in no pace\n" in out
        )
        assert "at this pace" not in out

    def test_few_days(self, tmp_path, report):
        """Of a few days no pace is report, and that is said."""
        commit(tmp_path, {"site.yaml": DNS}, "2026-11-20")
        assert "; too few days for a pace\n" in report(".")[1]

    def test_unread_versions(self, tmp_path, report):
        """Versions that could not be read are counted."""
        commit(tmp_path, {"site.yaml": DNS.encode() + b"\xff"}, "2025-12-01")
        commit(tmp_path, {"site.yaml": DNS}, "2026-11-20")
        assert "; 2 versions of files could not be read\n" in report(".")[1]

    def test_no_repository(self, tmp_path, report):
        """Without git, that is said."""
        (tmp_path / "site.yaml").write_text(DNS)
        assert (
            "how many requests the edits of a year make is not known: git: fatal: not a git"
            in (report(".")[1])
        )
