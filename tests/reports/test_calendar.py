"""The calendar as text and as data."""

import json

import pytest
from tests.support import responses
from tests.support.calendar import AS_OF, DNS, SITE, lines
from tests.support.git import commit

from acmrules.cli.main import CLEAN


@pytest.fixture
def report(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of=AS_OF: run("calendar", *words, *as_of)


class TestText:
    """The text."""

    def test_years(self, tmp_path, report):
        """The table of work has a line for each date."""
        (tmp_path / "site.yaml").write_text(SITE)
        code, out, err = report("site.yaml")
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

    def test_n2_certificates(self, tmp_path, report):
        """N2 certificates have a column of their own, and the standard one only if needed."""
        wanted = {"DomainName": "a.io", "ValidationMethod": "DNS"}
        n2 = wanted | {"RootHierarchyType": "N2_SFG2_AMAZON_MANAGED"}
        (tmp_path / "n2.json").write_text(json.dumps(n2))
        assert lines(report("n2.json")[1], "per year")[1:4] == [
            "            N2_SFG2_AMAZON_MANAGED valid for  renewals",
            "2026-11-23  98 days                           at least 3.7",
            "2027-03-15  98 days                           at least 3.7",
        ]
        (tmp_path / "both.json").write_text(json.dumps([wanted, n2]))
        out = report("both.json", as_of=("--as-of", "2026-11-01"))[1]
        assert lines(out, "per year")[1:4] == [
            "            valid for         N2_SFG2_AMAZON_MANAGED valid for  renewals",
            "2026-11-01  198 days          not available                     3.6 to 4.8",
            "2026-11-19  198 days          98 days                           at least 5.5",
        ]
        data = json.loads(report("both.json", "--format", "json")[1])
        assert [each["root_hierarchies"] for each in data["certificates"]] == [
            [],
            ["N2_SFG2_AMAZON_MANAGED"],
        ]
        assert data["days"][0]["n2_validity_days"]["N2_SFG2_AMAZON_MANAGED"] == 98

    def test_turns(self, tmp_path, report):
        """The changes of each date have sources and the stopped certificates."""
        (tmp_path / "site.yaml").write_text(SITE)
        out = report("site.yaml")[1]
        assert lines(out, "2027-03-15  Maximum")[-8:-4] == [
            (
                "2028-03-15  The status of mail to constructed addresses (method 3.2.2.4.4): "
                "forbidden (was discouraged)"
            ),
            "            source: CA/Browser Forum TLS Baseline Requirements",
            "            1 certificate (EMAIL) can no longer be renewed",
            "            the last renewals expire by 2028-06-22",
        ]

    def test_after_the_end(self, tmp_path, report):
        """A certificate that is stopped on the first date has a reason."""
        (tmp_path / "site.yaml").write_text(SITE)
        _, out, _ = report("site.yaml", as_of=("--as-of", "2029-06-01"))
        assert lines(out, "2029-06-01  1 certificate") == [
            (
                "2029-06-01  1 certificate (EMAIL) can no longer be renewed: `EMAIL` validation "
                "is not available on 2029-06-01; it ends on 2028-03-15"
            ),
        ]
        assert "from 2029-06-01 to 2029-06-01" in out

    def test_moves(self, tmp_path, report):
        """A migration has records, zones, and the effect of the edit."""
        (tmp_path / "site.yaml").write_text(SITE)
        assert lines(report("site.yaml")[1], "move from email to DNS validation, as of") == [
            "move from email to DNS validation, as of 2026-11-23",
            "site.yaml:5 Certificate: 2 records instead of 3 approvals every 153 to 198 days",
            (
                "  in place by cloudformation: publish the records within 72 hours; "
                "`validation_method` changes from `EMAIL` to `DNS`"
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
    def test_new_certificates(self, tmp_path, report, day, pace, by_api):
        """Terraform replaces the certificate, and unknown names need more records."""
        (tmp_path / "main.tf").write_text(
            'variable "names" {}\nresource "aws_acm_certificate" "x" {\n  domain_name = "a.io"\n'
            '  subject_alternative_names = var.names\n  validation_method = "EMAIL"\n}\n'
        )
        out = report("main.tf", as_of=("--as-of", day))[1]
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
    def test_zones(self, tmp_path, report, edit, words):
        """A record has its zone, if known."""
        (tmp_path / "site.yaml").write_text(SITE.replace(*edit))
        assert (
            words in lines(report("site.yaml")[1], "move from email to DNS validation, as of")[-1]
        )

    def test_certificates_without_manual_work(self, tmp_path, report):
        """Certificates without manual work are only counted."""
        (tmp_path / "site.yaml").write_text(DNS)
        out = report("site.yaml")[1]
        assert (
            "\n1 certificate renews automatically while it is in use"
            " and the validation records stay published\n" in out
        )
        assert "manual work" not in out
        assert "move from email" not in out
        (tmp_path / "other.yaml").write_text(SITE)
        (tmp_path / "third.yaml").write_text(DNS)
        assert "\n2 more certificates renew automatically while they are" in report(".")[1]

    def test_imports(self, tmp_path, report):
        """Imported certificates need new imports."""
        (tmp_path / "main.tf").write_text(
            'resource "aws_acm_certificate" "old" {\n  certificate_body = file("a.pem")\n'
            '  private_key = file("a.key")\n}\n'
        )
        out = report("main.tf")[1]
        assert "imports by hand" in out
        assert "\nImported certificates are assumed to have the maximum validity" in out
        assert "main.tf:1 aws_acm_certificate.old         imported  at least every 200 days" in out
        assert "imported certificates in these files  1  of 2,500 (default)  under 0.1%" in out

    def test_until(self, tmp_path, report):
        """Dates after `--until` are left out."""
        (tmp_path / "site.yaml").write_text(SITE)
        out = report("site.yaml", "--until", "2027-03-14")[1]
        assert "to 2027-03-14\n" in out
        assert "2027-03-15" not in out
        assert "at most" not in out

    def test_no_certificate(self, tmp_path, report):
        """Without certificates, there is one line, and a named file has its reason."""
        (tmp_path / "empty.yaml").write_text("")
        why = "acmrules: empty.yaml: is empty\n"
        assert report("empty.yaml") == (CLEAN, "no certificate in these files\n", why)

    def test_private_only(self, tmp_path, report):
        """Certificates of private CAs count towards no quota."""
        (tmp_path / "main.tf").write_text(
            'resource "aws_acm_certificate" "x" {\n  domain_name = "a.io"\n'
            '  certificate_authority_arn = "arn:aws:acm-pca:eu-west-1:1:x/a"\n}\n'
        )
        assert "\nno certificate counts towards a quota\n" in report("main.tf")[1]


class TestData:
    """The JSON."""

    def test_whole(self, tmp_path, report):
        """The JSON has everything in the text, in exact numbers."""
        commit(tmp_path, {"site.yaml": SITE}, "2026-01-01")
        code, out, _ = report("site.yaml", "--format", "json", "--region", "eu-west-1")
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
                "root_hierarchies": [],
                "names": {"least": 3, "most": 3},
            }
        ]
        assert [(d["day"], d["validity_days"], d["is_bound"]) for d in data["days"]] == [
            ("2026-11-23", 198, False),
            ("2026-12-15", 198, False),
            ("2027-03-15", 100, True),
            ("2028-03-15", 100, True),
            ("2029-03-15", 47, True),
        ]
        assert [day["stopped"] for day in data["days"]] == [[], [], [], [0], [0]]
        for day in data["days"]:
            assert [day["total"]] == day["certificates"]
            assert set(day["total"]) == {"renewals", "approvals", "mails", "imports", "exports"}
        assert data["days"][0]["total"]["approvals"]["least"] == pytest.approx(3 * 365 / 198)
        assert data["days"][1]["turns"][0]["url"].startswith("https://github.com/cabforum")
        rows = report("site.yaml")[1].partition("\n\n")[2].partition("\n\n")[0].splitlines()[2:]
        assert [row.split()[0] for row in rows] == [
            "2026-11-23",
            "2027-03-15",
            "2028-03-15",
            "2029-03-15",
        ]
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

    def test_nothing(self, tmp_path, report):
        """Without certificates or Git, the members are the same."""
        (tmp_path / "empty.yaml").write_text("")
        data = json.loads(report("empty.yaml", "--format", "json")[1])
        assert (data["certificates"], data["moves"]) == ([], [])
        assert data["quotas"]["history"] is None
        assert "git" in data["quotas"]["unknown"]


def test_dates_on_which_you_need_not_act_are_limited(tmp_path, report):
    """Text has all those on which you do, and JSON has all."""
    found = [responses.description(f"h{number}.io", number=number) for number in range(30)]
    mailed = responses.description("mail.io", number=30, method="EMAIL")
    responses.write(tmp_path / "account.json", *found, mailed)
    out = report("account.json", "--until", "2028-01-01")[1]
    assert out.count("ACM begins to renew it") == 20
    assert out.count("act then") == 1
    assert "\n41 more dates on which you need not act; `--format json` lists them\n" in out
    out = report("account.json", "--until", "2028-01-01", "--format", "json")[1]
    assert len(json.loads(out)["dates"]) == 62
