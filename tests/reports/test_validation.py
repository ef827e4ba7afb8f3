"""What certificates take, in words and as data."""

import json

import pytest
from tests.support.validation import (
    DNS_SITE,
    MAIL_SITE,
    TERRAFORM_SITE,
    WITH_ZONE_ID,
    WITHOUT_OPTIONS,
    template,
    zone,
)

from acmrules.cli.main import CLEAN


@pytest.fixture
def validation(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of="2026-11-23": run("validation", *words, "--as-of", as_of)


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
    ("name", "text", "expected"),
    [("site.yaml", DNS_SITE, DNS_TEXT), ("mail.yaml", MAIL_SITE, MAIL_TEXT)],
)
def test_text(tmp_path, validation, name, text, expected):
    """What people read, from the first line to the last."""
    (tmp_path / name).write_text(text)
    assert validation(name) == (CLEAN, expected, "")


def block(validation, text, name="a.yaml", *, as_of="2026-11-23"):
    """Return the lines of the first certificate of a file, without the label's column."""
    with open(name, "w") as file:
        file.write(text)
    _, out, _ = validation(name, as_of=as_of)
    return [line.strip() for line in out.split("\n\n")[0].splitlines()]


OTHER_ZONE = zone("a.io", "Other")
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
        template(WITH_ZONE_ID.format("Z123")),
        "zone `Z123`, as given, whose name these files do not tell",
    ),
    (
        template(WITH_ZONE_ID.format("!Ref Zone"), zone("a.io") + zone("w.a.io", "Near")),
        "zone a.io (a.yaml:9, Zone), as given",
        "but the zone w.a.io (a.yaml:12, Near) is nearer to the name",
    ),
    (
        template(WITH_ZONE_ID.format("Z1") + "\n- {DomainName: '*.w.a.io', HostedZoneId: Z1}"),
        "more than one option asks for it; to create it a second time fails",
    ),
    (
        template(WITHOUT_OPTIONS, zone("a.io") + OTHER_ZONE),
        "zone a.io (a.yaml:7, Zone)",
        "a zone of this name is at a.yaml:10, Other too; one of them is delegated to",
    ),
    (
        template(WITHOUT_OPTIONS, zone("w.a.io", more=", VPCs: [{VPCId: v}]")),
        "no zone in these files",
        "the zone w.a.io (a.yaml:7, Zone) is private, and no help",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF + zone("a.io", "Other")),
        "zone a.io (a.yaml:11, Other)",
        "or in a zone whose name is not known, as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF),
        "or in a zone whose name is not known, as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF + SUB),
        "or in one of 2 zones whose name is not known, as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS.replace("w.a.io", "!Ref D")),
        "no zone in these files: `${D}` is not known",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS + "\nDomainValidationOptions: [!Ref D]"),
        "whether CloudFormation writes it is not known",
    ),
    (
        OPEN.replace("String", "CommaDelimitedList")
        + template(WITHOUT_OPTIONS + "\nSubjectAlternativeNames: !Ref D"),
        "not known   `${D}` is any number of names: `${D}` is not known",
    ),
    (
        template(WITHOUT_OPTIONS + "\nSubjectAlternativeNames: ['w*.a.io']"),
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
        template(WITHOUT_OPTIONS, caa('0 issue "amazon.com"')),
        "CAA         Amazon may issue for `w.a.io`: a CAA record allows Amazon (a.yaml:10, Caa)",
    ),
    (
        template(WITHOUT_OPTIONS, caa('0 issue "ca.org"')),
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
        template(WITHOUT_OPTIONS, caa("nonsense")),
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
    (TERRAFORM_SITE, "somebody has to write it", "no resource here waits for it"),
    (
        TERRAFORM_SITE + RECORD + DONE,
        "Terraform writes it, unless `aws_route53_record.proof` leaves it out",
        "`aws_acm_certificate_validation.done` waits for it",
    ),
    (
        TERRAFORM_SITE + OUTPUT,
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
def test_lines(validation, text, lines):
    """Each case has its lines."""
    name = "a.tf" if "resource" in text else "a.yaml" if "Resources" in text else "a.txt"
    found = block(validation, text, name)
    assert [line for line in lines if line not in found] == []


def test_one_approval_for_several_names(validation):
    """Where an approval brought others along, it is said."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]")
    assert "with them, x.a.io is approved too" in " ".join(
        block(validation, text, as_of="2019-01-01")
    )


def test_shared_records(tmp_path, validation):
    """Certificates that ask for one record name the first of the others, and how many more."""
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(template(WITHOUT_OPTIONS))
    _, out, _ = validation("a.yaml", "b.yaml", "c.yaml")
    assert "one record is enough, in one account, for b.yaml:2: Site and 1 more too\n" in out
    assert out.endswith("3 certificates in 3 files; 1 CNAME, 1 for somebody to write\n")
    _, out, _ = validation("a.yaml", "b.yaml")
    assert "one record is enough, in one account, for b.yaml:2: Site too\n" in out
    assert "second time" not in out
    _, out, _ = validation(".", "--format", "json")
    assert json.loads(out)["shared_records"] == [
        {
            "name": "_<token>.w.a.io",
            "certificates": ["a.yaml:2: Site", "b.yaml:2: Site", "c.yaml:2: Site"],
            "writers": 0,
        }
    ]


def test_records_that_are_created_twice(tmp_path, validation):
    """Two modules that create one record are told; of two stacks, nobody knows that it fails."""
    whole = """
resource "aws_route53_record" "proof" {
  for_each = { for o in aws_acm_certificate.site.domain_validation_options : o.domain_name => o }
  zone_id  = "Z123"
  name     = each.value.resource_record_name
}
"""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(TERRAFORM_SITE + whole)
    _, out, _ = validation(".")
    assert out.count("Terraform creates it for 2 of them; to create it twice fails\n") == 2
    for name in "ab":
        (tmp_path / name / "main.tf").unlink()
        (tmp_path / f"{name}.yaml").write_text(template(WITH_ZONE_ID.format("Z123")))
    _, out, _ = validation(".")
    assert "twice" not in out
    assert out.count("one record is enough") == 2


def test_unknown_names_of_two_certificates_are_two(tmp_path, validation):
    """What is not known is not the same in another file, so it is counted apart."""
    for name in "ab":
        text = "Parameters: {D: {Type: String}}\n" + template(
            WITHOUT_OPTIONS.replace("w.a.io", "!Ref D")
        )
        (tmp_path / f"{name}.yaml").write_text(text)
    assert "2 CNAMEs, 2 for somebody to write" in validation(".")[1]


def test_choices_are_told_apart(tmp_path, validation):
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
    (tmp_path / "a.yaml").write_text(head + template(body))
    _, out, _ = validation("a.yaml")
    titles = [line for line in out.splitlines() if line.startswith("a.yaml")]
    assert len(titles) == 2
    assert all(", and 1 more of its choices" in title for title in titles)
    assert out.splitlines()[-1].startswith("1 certificate in 1 file; 2 CNAMEs")


def test_json(tmp_path, validation):
    """All of it as data."""
    (tmp_path / "site.yaml").write_text(DNS_SITE)
    code, out, err = validation("site.yaml", "--format", "json")
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


def test_json_of_mails(tmp_path, validation):
    """The mailboxes, the approvals, and the end of the method as data."""
    (tmp_path / "mail.yaml").write_text(MAIL_SITE)
    [one] = json.loads(validation("mail.yaml", "--format", "json")[1])["certificates"]
    [mail] = one["mails"]
    assert (mail["domain"], len(mail["mailboxes"]), mail["approved_with"]) == (
        "brightharbor.io",
        5,
        [],
    )
    assert mail["names"] == ["brightharbor.io", "www.brightharbor.io"]
    assert one["approvals"] == {"least": 2, "most": 2}
    assert one["years"][-1]["refusal"].startswith("`EMAIL` validation is not available")
