"""What certificates take, in words and as data."""

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
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(capsys):
    """Run the command, and return its exit code and what it says."""

    def run(*words, as_of="2026-11-23"):
        code = main(["validation", *words, "--as-of", as_of])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


DNS_TEXT = """\
site.yaml:2: Site
  validated   by DNS: 3 names, 2 CNAMEs
  CNAME       _<token>.brightharbor.io, for brightharbor.io and *.brightharbor.io
              zone brightharbor.io (site.yaml:9, Zone), as given
              CloudFormation writes it, if the zone is in its account
  CNAME       _<token>.shop.lighthouse.io
              no zone in these files
              somebody has to write it; the stack waits for that
  within      72 hours of the request; then only a new one helps
  CAA         no record in these files
  renewal     automatic while the certificate is in use and the records stay published
              1.8 to 2.4 times a year, from 2027-03-15 at least 3.6, from 2029-03-15 at least 7.7

1 certificate in 1 file; 2 CNAMEs, 1 for somebody to write
"""

MAIL_TEXT = """\
mail.yaml:2: Site
  validated   by EMAIL (the default): 2 names, 2 approvals
  mail        admin, administrator, hostmaster, postmaster, webmaster @brightharbor.io
              whoever reads one of them approves brightharbor.io, www.brightharbor.io, each by a link of its own
  within      72 hours of the request; then only a new one helps
  CAA         no record in these files
  renewal     by hand: approval of every name, each time
              from 2026-11-23  1.8 to 2.4 times a year, 3.6 to 4.8 approvals by hand
              from 2027-03-15  at least 3.6 times a year, at least 7.3 approvals by hand
              from 2028-03-15  not at all by EMAIL, which is forbidden; by DNS it takes 2 CNAMEs

1 certificate in 1 file
"""  # noqa: E501  (as it is printed)


@pytest.mark.parametrize(
    ("name", "text", "expected"), [("site.yaml", SITE, DNS_TEXT), ("mail.yaml", MAIL, MAIL_TEXT)]
)
def test_text(here, told, name, text, expected):
    """What people read, from the first line to the last."""
    (here / name).write_text(text)
    assert told(name) == (CLEAN, expected, "")


def block(told, text, name="a.yaml", *, as_of="2026-11-23"):
    """Return the lines of the first certificate of a file, without the label's column."""
    with open(name, "w") as file:
        file.write(text)
    _, out, _ = told(name, as_of=as_of)
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
    """Return CAA records of the name as a resource."""
    return (
        "  Caa:\n    Type: AWS::Route53::RecordSet\n    Properties:\n"
        f"      {{Name: w.a.io, Type: CAA, ResourceRecords: ['{record}']}}\n"
    )


LINES = [
    (
        template(GIVEN.format("Z123")),
        "zone `Z123`, as given, whose name these files do not tell",
    ),
    (
        template(GIVEN.format("!Ref Zone"), zone("a.io") + zone("w.a.io", "Near")),
        "zone a.io (a.yaml:9, Zone), as given",
        "but the zone w.a.io (a.yaml:12, Near) is nearer to the name",
    ),
    (
        template(GIVEN.format("Z1") + "\n- {DomainName: '*.w.a.io', HostedZoneId: Z1}"),
        "more than one option asks for it; to create it a second time fails",
    ),
    (
        template(PLAIN, zone("a.io") + OTHER_ZONE),
        "zone a.io (a.yaml:7, Zone)",
        "a zone of this name is at a.yaml:10, Other too; one of them is delegated to",
    ),
    (
        template(PLAIN, zone("w.a.io", more=", VPCs: [{VPCId: v}]")),
        "no zone in these files",
        "the zone w.a.io (a.yaml:7, Zone) is private, and no help",
    ),
    (
        OPEN + template(PLAIN, REF + zone("a.io", "Other")),
        "zone a.io (a.yaml:11, Other)",
        "or in a zone whose name is not known, as a.yaml:8, Zone",
    ),
    (OPEN + template(PLAIN, REF), "or in a zone whose name is not known, as a.yaml:8, Zone"),
    (
        OPEN + template(PLAIN, REF + SUB),
        "or in one of 2 zones whose name is not known, as a.yaml:8, Zone",
    ),
    (
        OPEN + template(PLAIN.replace("w.a.io", "!Ref D")),
        "no zone in these files: `${D}` is not known",
    ),
    (
        OPEN + template(PLAIN + "\nDomainValidationOptions: [!Ref D]"),
        "whether CloudFormation writes it is not known",
    ),
    (
        OPEN.replace("String", "CommaDelimitedList")
        + template(PLAIN + "\nSubjectAlternativeNames: !Ref D"),
        "not known   `${D}` is any number of names: `${D}` is not known",
    ),
    (
        template(PLAIN + "\nSubjectAlternativeNames: ['w*.a.io']"),
        "in the way  `w*.a.io` is no name that ACM takes",
    ),
    (
        template("DomainName: a.io\nValidationMethod: HTTP"),
        "text at     http://a.io/.well-known/pki-validation/<token>.txt",
        "mind        only CloudFront can start HTTP validation",
        (
            "renewal     automatic while CloudFront uses the certificate"
            " and the content stays in place"
        ),
    ),
    (
        template("DomainName: a.io\nCertificateAuthorityArn: arn:aws:acm-pca:x"),
        "validated   not at all: a private CA is asked for 1 name",
        "renewal     automatic while the certificate is in use",
    ),
    (
        template(PLAIN, caa('0 issue "amazon.com"')),
        "CAA         Amazon may issue for `w.a.io`: a CAA record allows Amazon (a.yaml:10, Caa)",
    ),
    (
        template(PLAIN, caa('0 issue "ca.org"')),
        (
            "in the way  Amazon may not issue for `w.a.io`: the CAA records allow other CAs but"
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
            "CAA         not known for `w.a.io`: `nonsense` is not a CAA record, such as"
            ' `0 issue "amazon.com"`'
        ),
    ),
    (
        "a.io\n",
        (
            "validated   by a method that is not known (a list of names does not say the method):"
            " 1 name, 1 CNAME or 1 approval"
        ),
        "somebody has to write it",
    ),
    (TERRAFORM, "somebody has to write it", "no resource here waits for it"),
    (
        TERRAFORM + RECORD + DONE,
        "Terraform writes it, unless `aws_route53_record.proof` leaves it out",
        "`aws_acm_certificate_validation.done` waits for it",
    ),
    (
        TERRAFORM + OUTPUT,
        "`output block` hands it on; whether Terraform writes it is not known",
    ),
    (
        IMPORT,
        "validated   not at all: it is imported",
        "renewal     by hand: ACM does not renew imported certificates",
        "from 2026-11-23  at least 1.8 imports a year",
    ),
]


@pytest.mark.parametrize(("text", "lines"), [(text, lines) for text, *lines in LINES])
def test_lines(told, text, lines):
    """Each case has its lines."""
    name = "a.tf" if "resource" in text else "a.yaml" if "Resources" in text else "a.txt"
    found = block(told, text, name)
    assert [line for line in lines if line not in found] == []


def test_one_approval_for_several_names(told):
    """Where an approval brought others along, it is said."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]")
    assert "with them, x.a.io is approved too" in " ".join(block(told, text, as_of="2019-01-01"))


def test_shared_records(here, told):
    """Certificates that ask for one record name the first of the others, and how many more."""
    for name in "abc":
        (here / f"{name}.yaml").write_text(template(PLAIN))
    _, out, _ = told("a.yaml", "b.yaml", "c.yaml")
    assert "one record is enough, in one account, for b.yaml:2: Site and 1 more too\n" in out
    assert out.endswith("3 certificates in 3 files; 1 CNAME, 1 for somebody to write\n")
    _, out, _ = told("a.yaml", "b.yaml")
    assert "one record is enough, in one account, for b.yaml:2: Site too\n" in out
    assert "second time" not in out
    _, out, _ = told(".", "--format", "json")
    assert json.loads(out)["shared_records"] == [
        {
            "name": "_<token>.w.a.io",
            "certificates": ["a.yaml:2: Site", "b.yaml:2: Site", "c.yaml:2: Site"],
            "writers": 0,
        }
    ]


def test_records_that_are_created_twice(here, told):
    """Two modules that create one record are told; of two stacks, nobody knows that it fails."""
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
    _, out, _ = told(".")
    assert out.count("Terraform creates it for 2 of them; to create it twice fails\n") == 2
    for name in "ab":
        (here / name / "main.tf").unlink()
        (here / f"{name}.yaml").write_text(template(GIVEN.format("Z123")))
    _, out, _ = told(".")
    assert "twice" not in out
    assert out.count("one record is enough") == 2


def test_unknown_names_of_two_certificates_are_two(here, told):
    """What is not known is not the same in another file, so it is counted apart."""
    for name in "ab":
        text = "Parameters: {D: {Type: String}}\n" + template(PLAIN.replace("w.a.io", "!Ref D"))
        (here / f"{name}.yaml").write_text(text)
    assert "2 CNAMEs, 2 for somebody to write" in told(".")[1]


def test_choices_are_told_apart(here, told):
    """Each choice that takes something else has a block; a certificate is counted once."""
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
    _, out, _ = told("a.yaml")
    titles = [line for line in out.splitlines() if line.startswith("a.yaml")]
    assert len(titles) == 2
    assert all(", and 1 more of its choices" in title for title in titles)
    assert out.splitlines()[-1].startswith("1 certificate in 1 file; 2 CNAMEs")


def test_json(here, told):
    """All of it as data."""
    (here / "site.yaml").write_text(SITE)
    code, out, err = told("site.yaml", "--format", "json")
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


def test_json_of_mails(here, told):
    """The mailboxes, the approvals, and the end of the method as data."""
    (here / "mail.yaml").write_text(MAIL)
    [one] = json.loads(told("mail.yaml", "--format", "json")[1])["certificates"]
    [mail] = one["mails"]
    assert (mail["domain"], len(mail["mailboxes"]), mail["approved_with"]) == (
        "brightharbor.io",
        5,
        [],
    )
    assert mail["names"] == ["brightharbor.io", "www.brightharbor.io"]
    assert one["approvals"] == {"least": 2, "most": 2}
    assert one["years"][-1]["refusal"].startswith("`EMAIL` validation is not available")
