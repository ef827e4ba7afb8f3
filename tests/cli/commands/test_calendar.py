"""The command `calendar`: its output, exit codes and errors."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.git import commit

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, main

REQUEST = Path(__file__).parents[3] / "docs" / "examples" / "good" / "signing-request.csr"
AS_OF = ("--as-of", "2026-11-23")
SITE = """\
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: brightharbor.io}
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      SubjectAlternativeNames: ["*.brightharbor.io", www.brightharbor.io]
      ValidationMethod: EMAIL
"""
DNS = SITE.replace("EMAIL", "DNS")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(capsys):
    """Run the command, and return its exit code and output."""

    def run(*words, as_of=AS_OF):
        code = main(["calendar", *words, *as_of])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def lines(text, begin):
    """Return the lines from one with a certain start up to the next blank line."""
    found = text[text.index(begin) :].split("\n\n")[0]
    return found.rstrip("\n").split("\n")


class TestText:
    """The text."""

    def test_years(self, here, told):
        """The table of work has a line for each date."""
        (here / "site.yaml").write_text(SITE)
        code, out, err = told("site.yaml")
        assert (code, err) == (CLEAN, "")
        assert out.startswith("1 certificate (EMAIL), from 2026-11-23 to 2029-03-15\n")
        assert lines(out, "per year") == [
            "per year, under the rules of each date",
            "            valid for         renewals      approvals by hand  emails",
            "2026-11-23  198 days          1.8 to 2.4    5.5 to 7.2         27 to 36",
            "2027-03-15  at most 100 days  at least 3.6  at least 10        at least 54",
            "2028-03-15  at most 100 days  0             0                  0",
            "2029-03-15  at most 47 days   0             0                  0",
        ]
        assert lines(out, "certificates with manual work")[1:] == [
            (
                "                         names  method  2026-11-23             "
                "2027-03-15               2028-03-15  2029-03-15"
            ),
            (
                "site.yaml:5 Certificate  3      EMAIL   every 153 to 198 days  "
                "at least every 100 days  no renewal  no renewal"
            ),
        ]

    def test_turns(self, here, told):
        """The changes of each date have sources and the stopped certificates."""
        (here / "site.yaml").write_text(SITE)
        out = told("site.yaml")[1]
        assert lines(out, "2027-03-15  Maximum")[-8:-4] == [
            (
                "2028-03-15  The status of mail to constructed addresses (method 3.2.2.4.4): "
                "forbidden (was discouraged)"
            ),
            "            source: CA/Browser Forum TLS Baseline Requirements",
            "            1 certificate (EMAIL) can no longer be renewed",
            "            the last renewals expire by 2028-06-22",
        ]

    def test_after_the_end(self, here, told):
        """A certificate that is stopped on the first date has a reason."""
        (here / "site.yaml").write_text(SITE)
        _, out, _ = told("site.yaml", as_of=("--as-of", "2029-06-01"))
        assert lines(out, "2029-06-01  1 certificate") == [
            (
                "2029-06-01  1 certificate (EMAIL) can no longer be renewed: `EMAIL` validation "
                "is not available on 2029-06-01; it ends on 2028-03-15"
            ),
        ]
        assert "from 2029-06-01 to 2029-06-01" in out

    def test_moves(self, here, told):
        """A migration has records, zones, and the effect of the edit."""
        (here / "site.yaml").write_text(SITE)
        assert lines(told("site.yaml")[1], "move from email to DNS validation, as of") == [
            "move from email to DNS validation, as of 2026-11-23",
            "site.yaml:5 Certificate: 2 records instead of 3 approvals every 153 to 198 days",
            (
                "  in place by cloudformation: publish the records within 72 hours; "
                "`validation_method` changes from `EMAIL` to `DNS`; "
                "sources disagree on the effect"
            ),
            (
                "  _<token>.brightharbor.io      for brightharbor.io, *.brightharbor.io  "
                "zone brightharbor.io (site.yaml)"
            ),
            (
                "  _<token>.www.brightharbor.io  for www.brightharbor.io                 "
                "zone brightharbor.io (site.yaml)"
            ),
        ]

    @pytest.mark.parametrize(
        ("day", "pace", "by_api"),
        [
            ("2026-07-08", "every 153 to 198 days", ""),
            (
                "2026-11-23",
                "every 153 to 198 days",
                "; the API call `UpdateCertificateOptions` avoids that",
            ),
        ],
    )
    def test_new_certificates(self, here, told, day, pace, by_api):
        """Terraform replaces the certificate, and unknown names need more records."""
        (here / "main.tf").write_text(
            'variable "names" {}\nresource "aws_acm_certificate" "x" {\n  domain_name = "a.io"\n'
            '  subject_alternative_names = var.names\n  validation_method = "EMAIL"\n}\n'
        )
        out = told("main.tf", as_of=("--as-of", day))[1]
        assert lines(out, "move from email to DNS validation, as of")[1:] == [
            (
                "main.tf:2 aws_acm_certificate.x: 1 record, and those of unknown names, "
                f"instead of at least 1 approvals {pace}"
            ),
            (
                "  replaced by terraform, so update all consumers: "
                f"`validation_method` changes from `EMAIL` to `DNS`{by_api}"
            ),
            "  _<token>.a.io  for a.io  no hosted zone in these files",
        ]

    @pytest.mark.parametrize(
        ("edit", "words"),
        [
            (("name: brightharbor.io}", "x"), "zone brightharbor.io (site.yaml)"),
            (("Name: brightharbor.io}", "Name: other.io}"), "no hosted zone in these files"),
            (("Name: brightharbor.io}", "Name: !Ref X}"), "unknown zone"),
        ],
    )
    def test_zones(self, here, told, edit, words):
        """A record has its zone, if known."""
        (here / "site.yaml").write_text(SITE.replace(*edit))
        assert words in lines(told("site.yaml")[1], "move from email to DNS validation, as of")[-1]

    def test_by_themselves(self, here, told):
        """Certificates without manual work are only counted."""
        (here / "site.yaml").write_text(DNS)
        out = told("site.yaml")[1]
        assert (
            "\n1 certificate renews automatically while it is in use"
            " and the validation records stay published\n" in out
        )
        assert "manual work" not in out
        assert "move from email" not in out
        (here / "other.yaml").write_text(SITE)
        (here / "third.yaml").write_text(DNS)
        assert "\n2 more certificates renew automatically while they are" in told(".")[1]

    def test_imports(self, here, told):
        """Imported certificates need new imports."""
        (here / "main.tf").write_text(
            'resource "aws_acm_certificate" "old" {\n  certificate_body = file("a.pem")\n'
            '  private_key = file("a.key")\n}\n'
        )
        out = told("main.tf")[1]
        assert "imports by hand" in out
        assert "\nImported certificates are assumed to have the maximum validity" in out
        assert "main.tf:1 aws_acm_certificate.old         imported  at least every 200 days" in out
        assert "imported certificates in these files  1  of 2,500 (default)  under 0.1%" in out

    def test_until(self, here, told):
        """Dates after `--until` are left out."""
        (here / "site.yaml").write_text(SITE)
        out = told("site.yaml", "--until", "2027-03-14")[1]
        assert "to 2027-03-14\n" in out
        assert "2027-03-15" not in out
        assert "at most" not in out

    def test_no_certificate(self, here, told):
        """Without certificates, there is one line."""
        (here / "empty.yaml").write_text("")
        assert told("empty.yaml") == (CLEAN, "no certificate in these files\n", "")

    def test_private_only(self, here, told):
        """Certificates of private CAs count towards no quota."""
        (here / "main.tf").write_text(
            'resource "aws_acm_certificate" "x" {\n  domain_name = "a.io"\n'
            '  certificate_authority_arn = "arn:aws:acm-pca:eu-west-1:1:x/a"\n}\n'
        )
        assert "\nno certificate counts towards a quota\n" in told("main.tf")[1]


class TestQuotas:
    """The quota use by the commits of a year, and its exit code."""

    @pytest.fixture
    def team(self, here):
        """Create a repository with two edits of names in the last year."""
        commit(here, {"site.yaml": DNS}, "2025-01-01")
        commit(here, {"site.yaml": DNS.replace("www.", "www2.")}, "2026-01-01")
        commit(here, {"site.yaml": DNS}, "2026-02-01")
        return here

    @pytest.mark.usefixtures("team")
    def test_counted(self, told):
        """The quotas have used and total numbers."""
        assert lines(told(".", "--region", "eu-west-1")[1], "quota use") == [
            "quota use by each deployment of these files",
            "eu-west-1  certificates in these files             1  of 2,500 (default)  under 0.1%",
            "eu-west-1  requests from 2025-11-24 to 2026-11-23  2  of 5,000 (default)  under 0.1%",
            "2 commits in 365 days requested 2 new certificates",
        ]

    @pytest.mark.usefixtures("team")
    def test_since(self, told):
        """The period starts after a revision, and has an estimate per year."""
        out = told(".", "--since", "HEAD~1", "--quota", "yearly-requests=1")
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
    def test_exceeded(self, told, quota, code):
        """An exceeded quota has exit code 1."""
        found = told(".", "--quota", f"yearly-requests={quota}")
        assert found[0] == code
        assert ("200% EXCEEDED" in found[1]) is (code == FOUND)

    @pytest.mark.usefixtures("team")
    def test_settings(self, here, told):
        """Settings can have quotas and the account."""
        (here / ".acmrules.toml").write_text(
            'account = "111122223333"\n[quotas.111122223333]\ncertificates = 4\n'
        )
        out = told("site.yaml")[1]
        assert "111122223333 unknown Region  certificates in these files" in out
        assert "of 4                25%" in out

    def test_first_commit(self, here, told):
        """The estimate excludes the first commit."""
        commit(here, {"site.yaml": DNS}, "2026-10-01")
        out = told(".")[1]
        assert (
            "1 commit in 54 days requested 1 new certificate;"
            " the estimate per year excludes 1 of the first commit\n" in out
        )
        assert "at this pace" not in out

    def test_few_days(self, here, told):
        """A few days have no estimate."""
        commit(here, {"site.yaml": DNS}, "2026-11-20")
        assert "; too few days for an estimate per year\n" in told(".")[1]

    def test_unread_versions(self, here, told):
        """Versions that could not be read are counted."""
        commit(here, {"site.yaml": DNS.encode() + b"\xff"}, "2025-12-01")
        commit(here, {"site.yaml": DNS}, "2026-11-20")
        assert "; 2 file versions could not be read\n" in told(".")[1]

    def test_no_repository(self, here, told):
        """Without Git, the text says so."""
        (here / "site.yaml").write_text(DNS)
        assert "the number of requests per year is unknown: git: fatal: not a git" in (told(".")[1])


class TestData:
    """The JSON."""

    def test_whole(self, here, told):
        """The JSON has everything in the text, in exact numbers."""
        commit(here, {"site.yaml": SITE}, "2026-01-01")
        code, out, _ = told("site.yaml", "--format", "json", "--region", "eu-west-1")
        data = json.loads(out)
        assert code == CLEAN
        assert (data["version"], data["as_of"], data["until"]) == (1, "2026-11-23", "2029-03-15")
        assert data["certificates"] == [
            {
                "file": "site.yaml",
                "line": 5,
                "address": "Certificate",
                "tool": "cloudformation",
                "methods": ["EMAIL"],
                "regions": ["eu-west-1"],
                "names": {"least": 3, "most": 3},
            }
        ]
        assert [(d["day"], d["validity_days"], d["is_bound"]) for d in data["days"]] == [
            ("2026-11-23", 198, False),
            ("2027-03-15", 100, True),
            ("2028-03-15", 100, True),
            ("2029-03-15", 47, True),
        ]
        assert [day["stopped"] for day in data["days"]] == [[], [], [0], [0]]
        for day in data["days"]:
            assert [day["total"]] == day["certificates"]
            assert set(day["total"]) == {"renewals", "approvals", "mails", "imports", "exports"}
        assert data["days"][0]["total"]["approvals"]["least"] == pytest.approx(3 * 365 / 198)
        assert data["days"][1]["turns"][0]["url"].startswith("https://github.com/cabforum")
        [move] = data["moves"]
        assert (move["certificate"], move["verdict"]) == (0, "in place")
        assert (move["in_place"], move["complete"]) == (True, True)
        assert [record["zones"][0]["address"] for record in move["records"]] == ["Zone", "Zone"]
        quotas = data["quotas"]
        assert quotas["in_place"] == [
            {
                "account": None,
                "region": "eu-west-1",
                "quota": "certificates",
                "number": {"least": 1, "most": 1},
                "bound": 2500,
                "stated": False,
                "exceeded": False,
            }
        ]
        assert [use["quota"] for use in quotas["made"]] == ["yearly_requests"]
        assert quotas["yearly"] == []
        [made] = quotas["history"].pop("made")
        assert len(made.pop("commit")) == 40
        assert made == {
            "day": "2026-01-01",
            "file": "site.yaml",
            "address": "Certificate",
            "sure": True,
            "first": True,
        }
        assert quotas["history"] == {
            "from": "2026-01-01",
            "to": "2026-11-23",
            "days": 327,
            "commits": 1,
            "unread": 0,
        }
        assert quotas["unknown"] is None

    def test_nothing(self, here, told):
        """Without certificates or Git, the members are the same."""
        (here / "empty.yaml").write_text("")
        data = json.loads(told("empty.yaml", "--format", "json")[1])
        assert (data["certificates"], data["moves"]) == ([], [])
        assert data["quotas"]["history"] is None
        assert "git" in data["quotas"]["unknown"]


class TestUsage:
    """Usage errors and unreadable inputs have exit code 2."""

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("--until", "2026-11-22"), "is before 2026-11-23"),
            (("--until", "soon"), "is not a date"),
            (("--since", "nothing"), "option `--since`: there is no revision `nothing`"),
            (("--since", "--all"), "no revision"),
            (("--quota", "names"), "expected NAME=NUMBER"),
            (("--format", "sarif"), "unknown value"),
        ],
    )
    def test_options(self, here, told, words, why):
        """The message names the invalid option."""
        commit(here, {"site.yaml": SITE})
        code, out, err = told("site.yaml", *words)
        assert (code, out) == (UNREADABLE, "")
        assert why in err

    def test_before_acm(self, told):
        """A date before the launch of ACM is a usage error."""
        code, out, err = told("site.yaml", as_of=("--as-of", "2016-01-20"))
        assert (code, out) == (UNREADABLE, "")
        assert (
            err
            == "acmrules: option `--as-of`: 2016-01-20 is before 2016-01-21, when ACM launched\n"
        )

    def test_today(self, here, told):
        """The default date is today."""
        (here / "site.yaml").write_text(DNS)
        assert told("site.yaml", as_of=())[1].startswith("1 certificate (DNS), from 20")

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
    def test_unreadable(self, here, told, name, data):
        """Other files are reported in spite of an error."""
        if data is not None:
            (here / name).write_bytes(data)
        (here / "site.yaml").write_text(SITE)
        code, out, err = told(name, "site.yaml")
        assert code == UNREADABLE
        assert name in err
        assert "Traceback" not in err
        assert "site.yaml:5 Certificate" in out

    def test_control_characters(self, here, told):
        """Control characters in names and file names are escaped."""
        text = (
            SITE.replace("Certificate:", '"C\\u001b[2Jx":')
            .replace("www.", '"\\u0007.')
            .replace(".io]", '.io"]')
        )
        (here / "a\x1b[31m.yaml").write_text(text)
        code, out, err = told(".")
        assert code == CLEAN
        assert out.isprintable() or not any(c in out + err for c in "\x1b\x07")
        assert "C\\x1b[2Jx" in out

    def test_standard_input(self, told, monkeypatch):
        """Standard input has no commits."""
        import io
        import sys

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SITE.encode())))
        code, out, _ = told("-")
        assert code == CLEAN
        assert "unknown: standard input has none\n" in out

    def test_kinds_beside_each_other(self, here, told):
        """Signing requests and templates are in the same calendar."""
        (here / "site.yaml").write_text(SITE)
        code, out, _ = told(str(REQUEST), "site.yaml")
        assert code == CLEAN
        assert out.startswith("2 certificates")
        assert "move from email to DNS validation" in out

    def test_last_days(self, here, told):
        """The last possible date is allowed."""
        (here / "site.yaml").write_text(SITE)
        last = ("--as-of", str(date.max - timedelta(300)))
        assert told("site.yaml", "--until", str(date.max), as_of=last)[0] == CLEAN
        assert told("site.yaml", as_of=("--as-of", str(date.max)))[0] == CLEAN
