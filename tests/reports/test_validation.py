"""The report of `validation`, as text and as JSON."""

import json

import pytest
from tests.support.validation import template, zone

from acmrules.cli.main import CLEAN, main

SITE = template(
    """
    DomainName: brightharbor.io
    SubjectAlternativeNames: ['*.brightharbor.io', shop.lighthouse.io]
    ValidationMethod: DNS
    DomainValidationOptions: [{DomainName: brightharbor.io, HostedZoneId: !Ref Zone}]
    """,
    zone("brightharbor.io"),
)
MAIL = template("DomainName: brightharbor.io\nSubjectAlternativeNames: [www.brightharbor.io]")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run_validation(capsys):
    """Run the command, and return its exit code and output."""

    def run(*words, as_of="2026-11-23"):
        code = main(["validation", *words, "--as-of", as_of])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


DNS_TEXT = """\
site.yaml:2: Site
  validation  DNS: 3 names, 2 CNAMEs
  CNAME       _<token>.brightharbor.io, for brightharbor.io and *.brightharbor.io
              zone brightharbor.io (site.yaml:9, Zone)
              created by CloudFormation, if the zone is in the same account
  CNAME       _<token>.shop.lighthouse.io
              no hosted zone in these files
              create this record by hand; the stack waits
  deadline    72 hours after the request; after that, request a new one
  renewal     automatic while the certificate is in use and the records stay published
              every 153 to 198 days
              from 2027-03-15 at least every 100 days
              from 2029-03-15 at least every 47 days

1 certificate in 1 file; 2 CNAMEs, 1 to create by hand
"""

MAIL_TEXT = """\
mail.yaml:2: Site
  validation  EMAIL (the default): 2 names, 2 approvals
  email to    admin, administrator, hostmaster, postmaster, webmaster @brightharbor.io
              one of them approves brightharbor.io, www.brightharbor.io, each with its own link
  deadline    72 hours after the request; after that, request a new one
  renewal     by hand: 2 approvals each time
              every 153 to 198 days
              from 2027-03-15 at least every 100 days
              from 2028-03-15 no renewal with EMAIL; DNS validation needs 2 CNAMEs

1 certificate in 1 file
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"), [("site.yaml", SITE, DNS_TEXT), ("mail.yaml", MAIL, MAIL_TEXT)]
)
def test_text(here, run_validation, name, text, expected):
    """The whole text of a certificate with DNS and of one with email validation."""
    (here / name).write_text(text)
    assert run_validation(name) == (CLEAN, expected, "")


def block(run_validation, text, name="a.yaml", *, as_of="2026-11-23"):
    """Return the lines of the first certificate of a file, without their indentation."""
    with open(name, "w") as file:
        file.write(text)
    _, out, _ = run_validation(name, as_of=as_of)
    return [line.strip() for line in out.split("\n\n")[0].splitlines()]


OTHER_ZONE = zone("a.io", "Other")
GIVEN = "DomainName: w.a.io\nValidationMethod: DNS\nDomainValidationOptions:\n- {{DomainName: w.a.io, HostedZoneId: {}}}"  # noqa: E501  (one line of YAML each)
PLAIN = "DomainName: w.a.io\nValidationMethod: DNS"
TERRAFORM = """
resource "aws_acm_certificate" "site" {
  domain_name       = "w.a.io"
  validation_method = "DNS"
}
"""
RECORD = """
resource "aws_route53_record" "proof" {
  name    = one(aws_acm_certificate.site.domain_validation_options).resource_record_name
  zone_id = var.zone
}
"""
DONE = """
resource "aws_acm_certificate_validation" "done" {
  certificate_arn = aws_acm_certificate.site.arn
}
"""


OPEN = "Parameters: {D: {Type: String}}\n"
REF, SUB = zone("X").replace("'X'", "!Ref D"), zone("X", "Y").replace("'X'", "!Sub 'x.${D}'")
IMPORT = """
resource "aws_acm_certificate" "site" {
  private_key      = var.key
  certificate_body = var.body
}
"""
OUTPUT = 'output "x" { value = aws_acm_certificate.site.domain_validation_options }'


def caa(record):
    """Return a CAA record of the name as a resource."""
    return (
        "  Caa:\n    Type: AWS::Route53::RecordSet\n    Properties:\n"
        f"      {{Name: w.a.io, Type: CAA, ResourceRecords: ['{record}']}}\n"
    )


LINES = [
    (
        template(GIVEN.format("Z123")),
        "zone `Z123` (its name is not in these files)",
    ),
    (
        template(GIVEN.format("!Ref Zone"), zone("a.io") + zone("w.a.io", "Near")),
        "zone a.io (a.yaml:9, Zone)",
        "the zone w.a.io (a.yaml:12, Near) is more specific",
    ),
    (
        template(GIVEN.format("Z1") + "\n- {DomainName: '*.w.a.io', HostedZoneId: Z1}"),
        "more than one option creates it, and the second attempt fails",
    ),
    (
        template(PLAIN, zone("a.io") + OTHER_ZONE),
        "zone a.io (a.yaml:7, Zone)",
        "another zone of this name: a.yaml:10, Other; the domain is delegated to only one",
    ),
    (
        template(PLAIN, zone("w.a.io", more=", VPCs: [{VPCId: v}]")),
        "no hosted zone in these files",
        "the zone w.a.io (a.yaml:7, Zone) is private: ACM cannot see records in it",
    ),
    (
        OPEN + template(PLAIN, REF + zone("a.io", "Other")),
        "zone a.io (a.yaml:11, Other)",
        "or in a zone whose name is unknown, such as a.yaml:8, Zone",
    ),
    (OPEN + template(PLAIN, REF), "or in a zone whose name is unknown, such as a.yaml:8, Zone"),
    (
        OPEN + template(PLAIN, REF + SUB),
        "or in one of 2 zones whose name is unknown, such as a.yaml:8, Zone",
    ),
    (
        OPEN + template(PLAIN.replace("w.a.io", "!Ref D")),
        "no hosted zone in these files: `${D}` is not known",
    ),
    (
        OPEN + template(PLAIN + "\nDomainValidationOptions: [!Ref D]"),
        "it is unknown whether CloudFormation creates it",
    ),
    (
        OPEN.replace("String", "CommaDelimitedList")
        + template(PLAIN + "\nSubjectAlternativeNames: !Ref D"),
        "unknown     `${D}` may be any number of names: `${D}` is not known",
    ),
    (
        template(PLAIN + "\nSubjectAlternativeNames: ['w*.a.io']"),
        "blocked by  `w*.a.io` is not a valid domain name",
    ),
    (
        template("DomainName: a.io\nValidationMethod: HTTP"),
        "file at     http://a.io/.well-known/pki-validation/<token>.txt",
        "note        only CloudFront can request HTTP validation",
        (
            "renewal     automatic while CloudFront uses the certificate"
            " and the content stays in place"
        ),
    ),
    (
        template("DomainName: a.io\nCertificateAuthorityArn: arn:aws:acm-pca:x"),
        "validation  none: 1 name from a private CA",
        "renewal     automatic while the certificate is in use",
        "every 335 to 395 days",
    ),
    (
        template(PLAIN, caa('0 issue "amazon.com"')),
        "CAA         Amazon may issue for `w.a.io`: a CAA record allows Amazon (a.yaml:10, Caa)",
    ),
    (
        template(PLAIN, caa('0 issue "ca.org"')),
        (
            "blocked by  Amazon may not issue for `w.a.io`: the CAA records allow other CAs but"
            " not Amazon"
        ),
        (
            "CAA         Amazon may not issue for `w.a.io`: the CAA records allow other CAs but"
            " not Amazon (a.yaml:10, Caa)"
        ),
    ),
    (
        template(PLAIN, caa("nonsense")),
        (
            "CAA         unknown for `w.a.io`: `nonsense` is not a CAA record, such as"
            ' `0 issue "amazon.com"`'
        ),
    ),
    (
        "a.io\n",
        (
            "validation  unknown method (a list of names does not determine it): 1 name,"
            " 1 CNAME or 1 approval"
        ),
        "create this record by hand",
        "renewal     automatic with DNS, 1 approval each time with EMAIL",
    ),
    (
        TERRAFORM,
        "create this record by hand",
        "wait        no resource waits for the validation",
    ),
    (
        TERRAFORM + RECORD + DONE,
        "created by Terraform, unless `aws_route53_record.proof` leaves it out",
        "wait        `aws_acm_certificate_validation.done` waits for the validation",
    ),
    (
        TERRAFORM + OUTPUT,
        "passed on by `output block`: it is unknown whether Terraform creates it",
    ),
    (
        IMPORT,
        "validation  none: the certificate is imported",
        "renewal     by hand: ACM does not renew imported certificates",
        "at least every 200 days",
    ),
]


@pytest.mark.parametrize(("text", "lines"), [(text, lines) for text, *lines in LINES])
def test_lines(run_validation, text, lines):
    """Each case prints its lines."""
    name = "a.tf" if "resource" in text else "a.yaml" if "Resources" in text else "a.txt"
    found = block(run_validation, text, name)
    assert [line for line in lines if line not in found] == []


def test_one_approval_for_several_names(run_validation):
    """The report lists the names that another approval includes."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]")
    assert "this also approves x.a.io" in " ".join(block(run_validation, text, as_of="2019-01-01"))


def test_shared_endings(here, run_validation):
    """Certificates with the same deadline and renewal have these lines once, below them."""
    (here / "a.yaml").write_text(template(PLAIN))
    (here / "b.yaml").write_text(template(PLAIN.replace("w.a.io", "b.io")))
    _, out, _ = run_validation(".")
    assert out.count("  deadline    ") == out.count("  renewal     ") == 1
    assert "\n\nfor each of the 2 certificates above:\n  deadline    72 hours" in out


def test_shared_records(here, run_validation):
    """Equal blocks are printed once, and a record that several certificates need is listed."""
    for name in "abc":
        (here / f"{name}.yaml").write_text(template(PLAIN))
    _, out, _ = run_validation("a.yaml", "b.yaml", "c.yaml")
    assert out.startswith("a.yaml:2: Site\nb.yaml:2: Site\nc.yaml:2: Site\n  validation  DNS: 1")
    shared = "shared records: one is enough in each account\n  _<token>.w.a.io  "
    assert f"{shared}3 certificates, such as a.yaml:2: Site\n" in out
    assert out.endswith("3 certificates in 3 files; 1 CNAME, 1 to create by hand\n")
    _, out, _ = run_validation("a.yaml", "b.yaml")
    assert f"{shared}a.yaml:2: Site and b.yaml:2: Site\n" in out
    assert "second" not in out
    _, out, _ = run_validation(".", "--format", "json")
    assert json.loads(out)["shared_records"] == [
        {
            "name": "_<token>.w.a.io",
            "certificates": ["a.yaml:2: Site", "b.yaml:2: Site", "c.yaml:2: Site"],
            "writers": 0,
        }
    ]


def test_records_that_are_created_twice(here, run_validation):
    """Two modules that create one record are reported; two stacks may succeed."""
    whole = """
resource "aws_route53_record" "proof" {
  for_each = { for o in aws_acm_certificate.site.domain_validation_options : o.domain_name => o }
  zone_id  = "Z123"
  name     = each.value.resource_record_name
}
"""
    for name in "ab":
        (here / name).mkdir()
        (here / name / "main.tf").write_text(TERRAFORM + whole)
    _, out, _ = run_validation(".")
    assert out.count("; Terraform creates it 2 times, which fails\n") == 1
    for name in "ab":
        (here / name / "main.tf").unlink()
        (here / f"{name}.yaml").write_text(template(GIVEN.format("Z123")))
    _, out, _ = run_validation(".")
    assert "2 times" not in out
    assert out.count("one is enough") == 1


def test_unknown_names_of_two_certificates_are_two(here, run_validation):
    """Unknown names of different files are different records."""
    for name in "ab":
        text = "Parameters: {D: {Type: String}}\n" + template(PLAIN.replace("w.a.io", "!Ref D"))
        (here / f"{name}.yaml").write_text(text)
    assert "2 CNAMEs, 2 to create by hand" in run_validation(".")[1]


def test_each_case_of_the_conditions_has_a_block(here, run_validation):
    """Variants with different steps have a block each, and count as one certificate."""
    head = """\
Parameters: {E: {Type: String}, F: {Type: String}}
Conditions: {P: !Equals [!Ref E, p], Q: !Equals [!Ref F, q]}
"""
    body = """\
DomainName: !If [P, a.io, b.io]
ValidationMethod: DNS
KeyAlgorithm: !If [Q, RSA_2048, EC_prime256v1]
"""
    (here / "a.yaml").write_text(head + template(body))
    _, out, _ = run_validation("a.yaml")
    titles = [line for line in out.splitlines() if line.startswith("a.yaml")]
    assert len(titles) == 2
    assert all(", and in 1 more case" in title for title in titles)
    assert out.splitlines()[-1].startswith("1 certificate in 1 file; 2 CNAMEs")


def test_json(here, run_validation):
    """The JSON has every member."""
    (here / "site.yaml").write_text(SITE)
    code, out, err = run_validation("site.yaml", "--format", "json")
    data = json.loads(out)
    assert (code, err) == (CLEAN, "")
    assert [*data] == ["version", "acmrules", "as_of", "certificates", "shared_records"]
    assert data["shared_records"] == []
    assert (data["version"], data["as_of"]) == (1, "2026-11-23")
    [one] = data["certificates"]
    first, second = one.pop("records")
    years = one.pop("years")
    assert one == {
        "file": "site.yaml",
        "line": 2,
        "address": "Site",
        "condition": "",
        "tool": "cloudformation",
        "kind": "public",
        "names": ["brightharbor.io", "*.brightharbor.io", "shop.lighthouse.io"],
        "method": "DNS",
        "assumed": "",
        "obstacles": [],
        "remarks": [],
        "not_known": [],
        "hours": 72,
        "mails": [],
        "approvals": {"least": 0, "most": 0},
        "urls": [],
        "validators": [],
        "caa": [{"names": [*one["names"]], "allowed": None, "reason": "", "sets": []}],
    }
    place = {"name": "brightharbor.io", "file": "site.yaml", "line": 9, "address": "Zone"}
    assert first == {
        "name": "_<token>.brightharbor.io",
        "type": "CNAME",
        "names": ["brightharbor.io", "*.brightharbor.io"],
        "zone": place,
        "zone_id": "${Zone}",
        "nearest_zones": [place],
        "perhaps_nearer": [],
        "private_zones": [],
        "written": True,
        "repeated": False,
    }
    assert (second["zone"], second["zone_id"], second["written"]) == (None, None, False)
    assert [(year["from"], year["validity_days"], year["is_bound"]) for year in years] == [
        ("2026-11-23", 198, False),
        ("2027-03-15", 100, True),
        ("2029-03-15", 47, True),
    ]
    assert years[1]["renewals"]["most"] is None


def test_json_of_mails(here, run_validation):
    """The JSON has the mailboxes, the approvals, and the end of the method."""
    (here / "mail.yaml").write_text(MAIL)
    [one] = json.loads(run_validation("mail.yaml", "--format", "json")[1])["certificates"]
    [mail] = one["mails"]
    assert (mail["domain"], len(mail["mailboxes"]), mail["approved_with"]) == (
        "brightharbor.io",
        5,
        [],
    )
    assert mail["names"] == ["brightharbor.io", "www.brightharbor.io"]
    assert one["approvals"] == {"least": 2, "most": 2}
    assert one["years"][-1]["refusal"].startswith("`EMAIL` validation is not available")
