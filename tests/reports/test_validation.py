"""The report of `validation`, as text and as JSON."""

import json

import pytest
from tests.support import responses
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
    ("name", "text", "expected"),
    [("site.yaml", DNS_SITE, DNS_TEXT), ("mail.yaml", MAIL_SITE, MAIL_TEXT)],
)
def test_text(tmp_path, validation, name, text, expected):
    """The whole text of a certificate with DNS and of one with email validation."""
    (tmp_path / name).write_text(text)
    assert validation(name) == (CLEAN, expected, "")


def block(validation, text, name="a.yaml", *, as_of="2026-11-23"):
    """Return the lines of the first certificate of a file, without their indentation."""
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
    """Return a CAA record of the name as a resource."""
    return (
        "  Caa:\n    Type: AWS::Route53::RecordSet\n    Properties:\n"
        f"      {{Name: w.a.io, Type: CAA, ResourceRecords: ['{record}']}}\n"
    )


LINES = [
    (
        template(WITH_ZONE_ID.format("Z123")),
        "zone `Z123` (its name is not in these files)",
    ),
    (
        template(WITH_ZONE_ID.format("!Ref Zone"), zone("a.io") + zone("w.a.io", "Near")),
        "zone a.io (a.yaml:9, Zone)",
        "the zone w.a.io (a.yaml:12, Near) is more specific",
    ),
    (
        template(WITH_ZONE_ID.format("Z1") + "\n- {DomainName: '*.w.a.io', HostedZoneId: Z1}"),
        "more than one option creates it, and the second attempt fails",
    ),
    (
        template(WITHOUT_OPTIONS, zone("a.io") + OTHER_ZONE),
        "zone a.io (a.yaml:7, Zone)",
        "another zone of this name: a.yaml:10, Other; the domain is delegated to only one",
    ),
    (
        template(WITHOUT_OPTIONS, zone("w.a.io", more=", VPCs: [{VPCId: v}]")),
        "no hosted zone in these files",
        "the zone w.a.io (a.yaml:7, Zone) is private: ACM cannot see records in it",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF + zone("a.io", "Other")),
        "zone a.io (a.yaml:11, Other)",
        "or in a zone whose name is unknown, such as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF),
        "or in a zone whose name is unknown, such as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS, REF + SUB),
        "or in one of 2 zones whose name is unknown, such as a.yaml:8, Zone",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS.replace("w.a.io", "!Ref D")),
        "no hosted zone in these files: `${D}` is unknown",
    ),
    (
        OPEN + template(WITHOUT_OPTIONS + "\nDomainValidationOptions: [!Ref D]"),
        "it is unknown whether CloudFormation creates it",
    ),
    (
        OPEN.replace("String", "CommaDelimitedList")
        + template(WITHOUT_OPTIONS + "\nSubjectAlternativeNames: !Ref D"),
        "unknown     `${D}` may be any number of names: `${D}` is unknown",
    ),
    (
        template(WITHOUT_OPTIONS + "\nSubjectAlternativeNames: ['w*.a.io']"),
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
        template(WITHOUT_OPTIONS, caa('0 issue "amazon.com"')),
        "CAA         Amazon may issue for `w.a.io`: a CAA record allows Amazon (a.yaml:10, Caa)",
    ),
    (
        template(WITHOUT_OPTIONS, caa('0 issue "ca.org"')),
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
        template(WITHOUT_OPTIONS, caa("nonsense")),
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
        TERRAFORM_SITE,
        "create this record by hand",
        "wait        no resource waits for the validation",
    ),
    (
        TERRAFORM_SITE + RECORD + DONE,
        "created by Terraform, unless `aws_route53_record.proof` leaves it out",
        "wait        `aws_acm_certificate_validation.done` waits for the validation",
    ),
    (
        TERRAFORM_SITE + OUTPUT,
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
def test_lines(validation, text, lines):
    """Each case prints its lines."""
    name = "a.tf" if "resource" in text else "a.yaml" if "Resources" in text else "a.txt"
    found = block(validation, text, name)
    assert [line for line in lines if line not in found] == []


def test_one_approval_for_several_names(validation):
    """The report lists the names that another approval includes."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]")
    assert "this also approves x.a.io" in " ".join(block(validation, text, as_of="2019-01-01"))


def test_shared_endings(tmp_path, validation):
    """Certificates with the same deadline and renewal have these lines once, below them."""
    (tmp_path / "a.yaml").write_text(template(WITHOUT_OPTIONS))
    (tmp_path / "b.yaml").write_text(template(WITHOUT_OPTIONS.replace("w.a.io", "b.io")))
    _, out, _ = validation(".")
    assert out.count("  deadline    ") == out.count("  renewal     ") == 1
    assert "\n\nfor each of the 2 certificates above:\n  deadline    72 hours" in out


def test_shared_records(tmp_path, validation):
    """Equal blocks are printed once, and a record that several certificates need is listed."""
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(template(WITHOUT_OPTIONS))
    _, out, _ = validation("a.yaml", "b.yaml", "c.yaml")
    assert out.startswith("a.yaml:2: Site\nb.yaml:2: Site\nc.yaml:2: Site\n  validation  DNS: 1")
    shared = "shared records: one is enough in each account\n  _<token>.w.a.io  "
    assert f"{shared}3 certificates, such as a.yaml:2: Site\n" in out
    assert out.endswith("3 certificates in 3 files; 1 CNAME, 1 to create by hand\n")
    _, out, _ = validation("a.yaml", "b.yaml")
    assert f"{shared}a.yaml:2: Site and b.yaml:2: Site\n" in out
    assert "second" not in out
    _, out, _ = validation(".", "--format", "json")
    assert json.loads(out)["shared_records"] == [
        {
            "name": "_<token>.w.a.io",
            "certificates": ["a.yaml:2: Site", "b.yaml:2: Site", "c.yaml:2: Site"],
            "writers": 0,
            "fails": False,
        }
    ]


def test_records_that_are_created_twice(tmp_path, validation):
    """Two modules that create one record are reported; two stacks may succeed."""
    whole = """
resource "aws_route53_record" "proof" {
  for_each = { for o in aws_acm_certificate.site.domain_validation_options : o.domain_name => o }
  zone_id  = "Z123"
  name     = each.value.resource_record_name
  records  = [each.value.resource_record_value]
}
"""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(TERRAFORM_SITE + whole)
    _, out, _ = validation(".")
    assert out.count("; Terraform creates it 2 times, which fails\n") == 1
    for name in "ab":
        (tmp_path / name / "main.tf").unlink()
        (tmp_path / f"{name}.yaml").write_text(template(WITH_ZONE_ID.format("Z123")))
    _, out, _ = validation(".")
    assert "2 times" not in out
    assert out.count("one is enough") == 1


def test_unknown_names_of_two_certificates_are_two(tmp_path, validation):
    """Unknown names of different files are different records."""
    for name in "ab":
        text = "Parameters: {D: {Type: String}}\n" + template(
            WITHOUT_OPTIONS.replace("w.a.io", "!Ref D")
        )
        (tmp_path / f"{name}.yaml").write_text(text)
    assert "2 CNAMEs, 2 to create by hand" in validation(".")[1]


def test_each_case_of_the_conditions_has_a_block(tmp_path, validation):
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
    (tmp_path / "a.yaml").write_text(head + template(body))
    _, out, _ = validation("a.yaml")
    titles = [line for line in out.splitlines() if line.startswith("a.yaml")]
    assert len(titles) == 2
    assert all(", and in 1 more case" in title for title in titles)
    assert out.splitlines()[-1].startswith("1 certificate in 1 file; 2 CNAMEs")


def test_json(tmp_path, validation):
    """The JSON has every member."""
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
        "arn": None,
        "status": None,
        "deadline": None,
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
        "services": [],
        "hidden_by": [],
        "value": None,
        "state": None,
        "state_reason": None,
        "remedy": None,
    }
    assert (second["zone"], second["zone_id"], second["written"]) == (None, None, False)
    assert [(year["from"], year["validity_days"], year["is_bound"]) for year in years] == [
        ("2026-11-23", 198, False),
        ("2027-03-15", 100, True),
        ("2029-03-15", 47, True),
    ]
    assert years[1]["renewals"]["most"] is None


def test_json_of_mails(tmp_path, validation):
    """The JSON has the mailboxes, the approvals, and the end of the method."""
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


PENDING_TEXT = """\
account.json:2: arn:aws:acm:eu-west-1:123456789012:certificate/00000001-0000-0000-0000-000000000000
  exists      PENDING_VALIDATION
  validation  DNS: 2 names, 2 CNAMEs
  CNAME       _brightharborio.brightharbor.io to _brightharborio.xyz.acm-validations.aws
              no hosted zone in these files
              done: ACM has validated it
  CNAME       _wwwbrightharborio.www.brightharbor.io to _wwwbrightharborio.xyz.acm-validations.aws
              no hosted zone in these files
"""


def pending(tmp_path, method="DNS"):
    """Write the description of a certificate that waits for one of its names."""
    names = ("brightharbor.io", "www.brightharbor.io")
    waiting = responses.validation(names[1], method, "PENDING_VALIDATION")
    options = [responses.validation(names[0], method), waiting]
    fields = {"Status": "PENDING_VALIDATION", "DomainValidationOptions": options}
    fields |= {"NotBefore": None, "NotAfter": None, "IssuedAt": None, "InUseBy": []}
    responses.write(tmp_path / "account.json", responses.description(*names, **fields))


def test_a_certificate_that_exists_shows_what_is_left(tmp_path, validation):
    """The records have their real names, and the deadline is a time."""
    pending(tmp_path)
    code, out, err = validation("account.json")
    assert (code, err) == (CLEAN, "")
    assert out.startswith(PENDING_TEXT)
    assert "unknown: the record `_wwwbrightharborio.www.brightharbor.io` was not looked up" in out
    assert "  deadline    2026-10-04 08:00 UTC; after that, request a new one\n" in out
    assert out.endswith("1 certificate in 1 file; 2 CNAMEs, 1 to create by hand\n")


def test_data_of_a_certificate_that_exists(tmp_path, validation):
    """The state of each record is a field of its own."""
    pending(tmp_path)
    [one] = json.loads(validation("account.json", "--format", "json")[1])["certificates"]
    assert (one["status"], one["deadline"]) == ("PENDING_VALIDATION", "2026-10-04T08:00:00+00:00")
    done, left = one["records"]
    assert (done["state"], left["state"]) == ("done", "unknown")
    assert left["name"] == "_wwwbrightharborio.www.brightharbor.io"
    assert left["value"] == "_wwwbrightharborio.xyz.acm-validations.aws"


@pytest.mark.parametrize("form", ["changes", "cloudformation", "terraform"])
def test_records_that_are_left_have_no_placeholders(tmp_path, validation, form):
    """A record that is in place is left out."""
    pending(tmp_path)
    code, out, err = validation("account.json", "--format", form)
    assert (code, err) == (CLEAN, "")
    assert "_wwwbrightharborio.www.brightharbor.io" in out
    assert "_wwwbrightharborio.xyz.acm-validations.aws." in out
    assert "_brightharborio.brightharbor.io" not in out
    assert not {"<token>", "<value>"} & {*out.replace('"', " ").split()}


def test_mails_are_approved_or_not(tmp_path, validation):
    """The text and the data say which names are."""
    pending(tmp_path, "EMAIL")
    out = validation("account.json")[1]
    assert "              approved: brightharbor.io\n" in out
    assert "              not approved: www.brightharbor.io\n" in out
    [one] = json.loads(validation("account.json", "--format", "json")[1])["certificates"]
    assert [mail["approved"] for mail in one["mails"]] == [["brightharbor.io"]]


def test_many_certificates_without_a_step_are_only_counted(tmp_path, validation):
    """ACM has validated their names; JSON has all of them."""
    found = [responses.description(f"h{number}.io", number=number) for number in range(10, 22)]
    responses.write(tmp_path / "few.json", *found[:10])
    assert validation("few.json")[1].count("done: ACM has validated it") == 10
    responses.write(tmp_path / "many.json", *found)
    pending(tmp_path)
    out = validation("many.json")[1]
    assert out.startswith("12 certificates need no step now; `--format json` lists them\n")
    out = validation("many.json", "account.json")[1]
    assert "\n\n12 more certificates need no step now; `--format json` lists them\n\n" in out
    assert len(json.loads(validation("many.json", "--format", "json")[1])["certificates"]) == 12


def test_a_declared_and_a_real_record_are_one(tmp_path, validation):
    """A pending certificate shows the record that a certificate with more names needs too."""
    pending(tmp_path)
    request = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
    more = request | {"SubjectAlternativeNames": ["new.brightharbor.io"]}
    (tmp_path / "request.json").write_text(json.dumps(more))
    out = validation("account.json", "request.json")[1]
    _, _, shared = out.partition("shared records: ")
    assert "  _wwwbrightharborio.www.brightharbor.io  " in shared
    assert "<token>" not in shared
    assert out.endswith("2 certificates in 2 files; 3 CNAMEs, 2 to create by hand\n")


def test_private_zones_do_not_matter_to_a_record_that_is_done(tmp_path, validation):
    """ACM has found it."""
    zones = [{"Id": "/hostedzone/Z", "Name": "brightharbor.io.", "Config": {"PrivateZone": True}}]
    listing = {"HostedZones": zones, "IsTruncated": False, "MaxItems": "100"}
    responses.write(tmp_path / "account.json", responses.description(), listing)
    assert "is private" not in validation("account.json")[1]
    pending(tmp_path)
    responses.write(tmp_path / "zones.json", listing)
    assert validation("account.json", "zones.json")[1].count("is private") == 1
