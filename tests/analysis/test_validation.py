"""The steps until certificates are validated."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.validation import (
    DAY,
    DNS,
    MODULE,
    addresses,
    declaration,
    declarations,
    stems,
    template,
    validation_in,
    validations_in,
    validations_of,
    zone,
)

from acmrules.analysis.validation import CertificateKind, validations
from acmrules.model.inventory import take_inventory
from acmrules.request import Tool, ValidationMethod

# Laws


@given(declarations())
def test_a_record_for_each_name_without_its_star(listed):
    """There is one record for each distinct name without `*.`."""
    for one in validations_of(listed):
        assert {cname.stem for cname in one.cnames} == stems(*one.names)
        assert len(one.cnames) == len(stems(*one.names))
        assert {name for cname in one.cnames for name in cname.names} == {*one.names}


@given(declarations(), st.randoms())
def test_the_order_of_files_does_not_matter(listed, random):
    """The order of the files does not matter."""
    shuffled = [*listed]
    random.shuffle(shuffled)
    assert validations_of(listed) == validations_of(shuffled)


@given(declarations())
def test_a_shared_record_lists_its_certificates(listed):
    """Each record lists exactly the certificates that need it."""
    found = validations_of(listed)
    for one in found:
        for cname in one.cnames:
            assert [*cname.requested_by] == sorted(
                {each.title for each in found if cname.stem in stems(*each.names)}
            )
            assert cname.writers == 0


@given(declarations(), st.dates(date(2017, 11, 21), date(2040, 1, 1)))
def test_years_start_on_the_given_date(listed, day):
    """The years start on the given date, ascend, and differ."""
    for one in validations(take_inventory(listed), lambda _: day):
        starts = [year.start for year in one.years]
        assert starts[0] == day
        assert starts == sorted({*starts})
        steps_of_years = [(year.work, year.validity) for year in one.years]
        assert all(a != b for a, b in pairwise(steps_of_years))


# Records and zones


def test_cloudformation_writes_the_records_of_names_with_a_zone():
    """CloudFormation creates only records with a zone id."""
    one = validation_in(
        a_yaml=template(
            """
            DomainName: a.io
            SubjectAlternativeNames: ['*.a.io', b.io]
            ValidationMethod: DNS
            DomainValidationOptions: [{DomainName: '*.a.io', HostedZoneId: !Ref Zone}]
            """,
            zone("a.io."),
        )
    )
    first, second = one.cnames
    assert (first.record, [*map(str, first.names)]) == ("_<token>.a.io", ["a.io", "*.a.io"])
    assert (first.written, addresses([first.zone])) == (True, ["a.yaml Zone"])
    assert (second.written, second.zone, second.zones) == (False, None, ())
    assert one.left == (second,)


def test_a_zone_that_is_given_need_not_be_the_nearest():
    """The zone in the request is used, and a more specific one is listed."""
    options = "DomainValidationOptions: [{DomainName: w.a.io, HostedZoneId: !Ref Zone}]\n"
    rest = zone("a.io") + zone("w.a.io", "Nearer")
    one = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}{options}", rest))
    [cname] = one.cnames
    assert addresses([cname.zone]) == ["a.yaml Zone"]
    assert addresses(cname.zones) == ["a.yaml Nearer"]
    assert one.obstacles == ()


def test_a_zone_id_that_no_file_declares():
    """An unknown zone id has no zone."""
    options = "DomainValidationOptions: [{DomainName: w.a.io, HostedZoneId: Z123}]\n"
    one = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}{options}", zone("a.io")))
    [cname] = one.cnames
    assert (cname.given, cname.given_zone, cname.zone) == ("Z123", None, None)
    assert addresses(cname.zones) == ["a.yaml Zone"]


def test_variants_with_the_same_steps_are_one_validation():
    """Variants with the same steps are one validation."""
    head = "Parameters:\n  E: {Type: String}\nConditions:\n  P: !Equals [!Ref E, p]\n"
    body = f"DomainName: a.io\n{DNS}KeyAlgorithm: !If [P, RSA_2048, EC_prime256v1]\n"
    assert validation_in(a_yaml=head + template(body)).condition == ""
    body = f"DomainName: !If [P, a.io, b.io]\n{DNS}KeyAlgorithm: !If [P, RSA_2048, RSA_3072]\n"
    assert len(validations_in(a_yaml=head + template(body))) == 2


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ("", False),
        ("DomainValidationOptions: !Ref Given\n", None),
        ("DomainValidationOptions: [{DomainName: !Ref Given, HostedZoneId: Z1}]\n", None),
        ("DomainValidationOptions: [{DomainName: a.io, HostedZoneId: Z1}]\n", True),
        ("DomainValidationOptions: [{DomainName: a.io, ValidationDomain: a.io}]\n", False),
    ],
)
def test_whether_a_stack_creates_a_record_may_be_unknown(options, written):
    """An unknown option may be for any name."""
    text = "Parameters:\n  Given: {Type: String}\n" + template(f"DomainName: a.io\n{DNS}{options}")
    assert [cname.written for cname in validation_in(a_yaml=text).cnames] == [written]


@pytest.mark.parametrize(
    ("rest", "written", "records", "waiting"),
    [
        ("", False, (), ()),
        (
            """
            resource "aws_route53_zone" "main" { name = "a.io" }
            resource "aws_route53_record" "proof" {
              for_each = {
                for o in aws_acm_certificate.site.domain_validation_options : o.domain_name => o
              }
              zone_id = aws_route53_zone.main.zone_id
              name    = each.value.resource_record_name
              type    = "CNAME"
              records = [each.value.resource_record_value]
            }
            resource "aws_acm_certificate_validation" "done" {
              certificate_arn = aws_acm_certificate.site.arn
            }
            """,
            True,
            ("aws_route53_record.proof",),
            ("aws_acm_certificate_validation.done",),
        ),
        (
            """
            resource "aws_route53_record" "proof" {
              zone_id = var.zone
              name    = tolist(aws_acm_certificate.site.domain_validation_options)[0].name
              type    = "CNAME"
              records = ["x"]
            }
            """,
            None,
            ("aws_route53_record.proof",),
            (),
        ),
        (
            """
            output "options" { value = aws_acm_certificate.site[*].domain_validation_options }
            output "arn" { value = aws_acm_certificate.site.arn }
            """,
            None,
            ("output block",),
            (),
        ),
        ('output "arn" { value = aws_acm_certificate.site.arn }', False, (), ()),
    ],
)
def test_what_terraform_writes(rest, written, records, waiting):
    """Terraform creates what its records reference, and possibly what is passed on."""
    one = validation_in(main_tf=MODULE.format(rest))
    assert [cname.written for cname in one.cnames] == [written]
    assert (one.records, one.waiting) == (records, waiting)


def test_other_tools_create_no_records():
    """For API requests, all records are created by hand."""
    [cname] = validations_of([declaration(["a.io"])])[0].cnames
    assert cname.written is False


# Methods


@pytest.mark.parametrize(
    ("properties", "method", "assumed", "obstacles"),
    [
        ("", "EMAIL", "the default", ()),
        ("ValidationMethod: EMAIL", "EMAIL", "", ()),
        ("ValidationMethod: dns", None, "", ("unknown validation method `dns`",)),
        ("ValidationMethod: !Ref M", None, "`${M}` is unknown", ()),
    ],
)
def test_methods(properties, method, assumed, obstacles):
    """The method is set, the default of the tool, or unknown."""
    text = "Parameters:\n  M: {Type: String}\n" + template(f"DomainName: a.io\n{properties}")
    one = validation_in(a_yaml=text)
    assert one.method is (ValidationMethod(method) if method else None)
    assert (one.assumed, one.obstacles) == (assumed, obstacles)


def test_an_unknown_method_may_be_either():
    """An unknown method has the steps of DNS and email, if they are available."""
    names = "a.io\n*.a.io\n"
    one = validation_in(a_txt=names)
    assert (len(one.cnames), len(one.mails), one.approvals.most) == (1, 1, 2)
    assert one.assumed == "a list of names does not determine it"
    late = validation_in(date(2028, 3, 15), a_txt=names)
    assert (len(late.cnames), late.mails) == (1, ())


def test_terraform_has_no_default():
    """Without a method, Terraform rejects the resource."""
    one = validation_in(main_tf=MODULE.format("").replace("validation_method", "# "))
    assert one.obstacles == ("no validation method is set, and Terraform requires one",)
    assert (one.cnames, one.mails) == ((), ())


@pytest.mark.parametrize(
    ("day", "method", "obstacle"),
    [
        (date(2017, 1, 1), "DNS", "2017-01-01; it starts on 2017-11-21"),
        (date(2028, 3, 15), "EMAIL", "2028-03-15; it ends on 2028-03-15"),
        (date(2025, 4, 23), "HTTP", "2025-04-23; it starts on 2025-04-24"),
    ],
)
def test_a_method_may_be_unavailable_on_a_date(day, method, obstacle):
    """A method is rejected before its first date, and from its end."""
    one = validation_in(day, a_yaml=template(f"DomainName: a.io\nValidationMethod: {method}"))
    assert one.obstacles == (f"`{method}` validation is not available on {obstacle}",)
    assert (one.cnames, one.mails, one.urls) == ((), (), ())


def test_http():
    """HTTP validation has a file for each name, and supports no wildcards."""
    one = validations_of([declaration(["a.io", "*.b.io"], validation_method="HTTP")])[0]
    assert one.urls == ("http://a.io/.well-known/pki-validation/<token>.txt",)
    assert one.obstacles == ("`*.b.io` is a wildcard, which HTTP validation does not support",)
    assert one.remarks == ("only CloudFront can request HTTP validation",)
    assert validations_of([declaration(["*.b.io"], validation_method="HTTP")])[0].urls == ()


@pytest.mark.parametrize(
    ("authority", "kind", "missing"),
    [
        (
            "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a",
            CertificateKind.PRIVATE,
            (),
        ),
        ("!Ref Ca", CertificateKind.PRIVATE, ()),
        ("!If [P, !Ref Ca, !Ref AWS::NoValue]", None, ()),
    ],
)
def test_a_private_ca_validates_nothing(authority, kind, missing):
    """A certificate from a private CA needs no validation."""
    head = "Parameters:\n  Ca: {Type: String}\nConditions:\n  P: !Equals [!Ref Ca, a]\n"
    found = validations_in(
        a_yaml=head + template(f"DomainName: a.io\nCertificateAuthorityArn: {authority}")
    )
    assert [each.kind for each in found] == (
        [kind] if kind else [CertificateKind.PUBLIC, CertificateKind.PRIVATE]
    )
    private = found[-1]
    assert (private.cnames, private.mails, private.caa, private.open) == ((), (), (), missing)
    assert private.years[0].validity.days == 395


def test_whether_a_private_ca_issues_may_be_unknown():
    """A private CA that may be null leaves the method unknown."""
    one = validation_in(
        main_tf="""
        variable "ca" {}
        resource "aws_acm_certificate" "site" {
          domain_name               = "a.io"
          certificate_authority_arn = var.ca
        }
        """
    )
    assert (one.kind, one.method, one.obstacles) == (CertificateKind.PUBLIC, None, ())
    assert one.assumed == "`${var.ca}` is unknown"
    assert one.open == ("`${var.ca}` is unknown, so it is unclear whether a private CA issues it",)
    assert one.years[0].validity.days == 198


def test_imported_certificates():
    """An imported certificate has no validation, but new imports."""
    one = validation_in(
        main_tf="""
        resource "aws_acm_certificate" "site" {
          private_key      = var.key
          certificate_body = var.body
        }
        """
    )
    assert (one.kind, one.names, one.cnames) == (CertificateKind.IMPORTED, (), ())
    assert one.years[0].work.imports.least > 1


# Mail


def test_mailboxes():
    """Names with the same mailboxes are listed together."""
    one = validation_in(
        a_yaml=template(
            """
            DomainName: a.io
            SubjectAlternativeNames: ['*.a.io', www.a.io, x.a.io, y.a.io]
            DomainValidationOptions: [{DomainName: x.a.io, ValidationDomain: a.io}]
            """
        )
    )
    assert [(mail.domain, [*map(str, mail.names)]) for mail in one.mails] == [
        ("a.io", ["a.io", "*.a.io", "www.a.io", "x.a.io"]),
        ("y.a.io", ["y.a.io"]),
    ]
    assert one.mails[0].mailboxes == tuple(
        f"{name}@a.io"
        for name in ("admin", "administrator", "hostmaster", "postmaster", "webmaster")
    )
    assert (one.approvals.least, one.approvals.most) == (5, 5)


def test_one_approval_once_covered_the_names_below():
    """Until November 2020, an approval included the subdomains."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]\n")
    one = validation_in(date(2019, 1, 1), a_yaml=text)
    assert [[*map(str, mail.approved_with)] for mail in one.mails] == [[], ["x.a.io"]]
    assert (one.approvals.least, one.approvals.most) == (1, 1)


@pytest.mark.parametrize(
    ("name", "option", "obstacles", "missing"),
    [
        ("a.io", "{DomainName: a.io, ValidationDomain: b.io}",
         ("validation domain `b.io` is neither `a.io` nor a parent domain of it",), ()),
        ("w.a.io", "{DomainName: other.io, ValidationDomain: other.io}", (), ()),
        ("w.a.io", "{DomainName: w.a.io, ValidationDomain: !Ref D}", (),
         ("`${D}` is unknown, so it is unclear whether messages for `w.a.io` go there",)),
        ("w.a.io", "!Ref D", (),
         ("`${D}` is unknown, so it is unclear whether it sets a validation domain",)),
        ("!Ref D", "{DomainName: !Ref D}", (),
         ("`${D}` is unknown, so it is unclear whether its domain has mailboxes",)),
        ("!Ref D", "{DomainName: !Ref D, ValidationDomain: a.io}", (),
         ("`${D}` is unknown, so it is unclear whether messages for `${D}` go there",)),
    ],
)  # fmt: skip
def test_validation_domains(name, option, obstacles, missing):
    """An invalid validation domain blocks the validation, and an unknown one is reported."""
    head = "Parameters:\n  D: {Type: String}\n"
    one = validation_in(
        a_yaml=head + template(f"DomainName: {name}\nDomainValidationOptions: [{option}]")
    )
    assert (one.obstacles, one.open) == (obstacles, missing)
    assert one.approvals.least == 1


# What is in the way


def test_invalid_names():
    """An invalid name blocks the validation, and has no record."""
    one = validation_in(
        a_yaml=template(f"DomainName: a.io\nSubjectAlternativeNames: ['*b.io']\n{DNS}")
    )
    assert one.obstacles == ("`*b.io` is not a valid domain name",)
    assert [cname.record for cname in one.cnames] == ["_<token>.a.io"]


@pytest.mark.parametrize(("octets", "count"), [(219, 0), (220, 1)])
def test_long_names(octets, count):
    """A name of more than 219 characters has no valid record."""
    name = (("a" * 50 + ".") * 5)[: octets - 3].rstrip(".").ljust(octets - 3, "b") + ".io"
    [one] = validations_of([declaration([f"*.{name}"])])
    assert len(name) == octets
    assert len(one.obstacles) == count
    assert [cname.is_too_long for cname in one.cnames] == [bool(count)]


@pytest.mark.parametrize(
    ("rest", "obstacle"),
    [
        (zone("b.io"), "`a.io` is not in its hosted zone `b.io`"),
        (
            zone("a.io", more=", VPCs: [{VPCId: v}]"),
            "the hosted zone `a.io` of `a.io` is private",
        ),
    ],
)
def test_wrong_zones(rest, obstacle):
    """A wrong or private zone in the request blocks the validation."""
    options = "DomainValidationOptions: [{DomainName: a.io, HostedZoneId: !Ref Zone}]\n"
    one = validation_in(a_yaml=template(f"DomainName: a.io\n{DNS}{options}", rest))
    assert one.obstacles == (obstacle,)


def caa(name, record, address="Caa"):
    """Return CAA records as a resource in a template."""
    return (
        f"  {address}:\n    Type: AWS::Route53::RecordSet\n"
        f"    Properties: {{Name: {name}, Type: CAA, ResourceRecords: ['{record}']}}\n"
    )


def caa_of(one):
    """Return the results for CAA records."""
    return [([*map(str, each.names)], each.allowed, addresses(each.sets)) for each in one.caa]


def test_caa_records_of_other_files_count():
    """The nearest set of a superdomain decides, in any file."""
    text = template(f"DomainName: w.a.io\nSubjectAlternativeNames: [b.io]\n{DNS}")
    one = validation_in(a_yaml=text, b_yaml="Resources:\n" + caa("a.io.", '0 issue "ca.org"'))
    assert caa_of(one) == [(["w.a.io"], False, ["b.yaml Caa"]), (["b.io"], None, [])]
    assert len(one.obstacles) == 1
    assert one.obstacles[0].startswith("Amazon may not issue for `w.a.io`: the CAA records allow")
    nearer = (
        "Resources:\n" + caa("w.a.io", '0 issue "amazon.com"') + caa("a.io", '0 issue ";"', "Other")
    )
    one = validation_in(a_yaml=text, b_yaml=nearer)
    assert caa_of(one)[0] == (["w.a.io"], True, ["b.yaml Caa"])
    assert one.obstacles == ()


def test_caa_records_of_one_name_must_agree():
    """Sets of one name in several files must agree."""
    text = template(f"DomainName: a.io\n{DNS}")
    amazon = "Resources:\n" + caa("a.io", '0 issue "amazon.com"')
    others = "Resources:\n" + caa("a.io", '0 issue "ca.org"')
    one = validation_in(a_yaml=text, b_yaml=amazon, c_yaml=others)
    assert caa_of(one) == [(["a.io"], None, [])]
    assert "contradict each other" in one.caa[0].text
    one = validation_in(a_yaml=text, b_yaml=amazon, c_yaml=amazon)
    assert caa_of(one) == [(["a.io"], True, ["b.yaml Caa", "c.yaml Caa"])]


def test_unknown_caa_records():
    """Unknown names and values of CAA records are reported with their file."""
    head = "Parameters:\n  D: {Type: String}\n"
    text = head + template(f"DomainName: a.io\nSubjectAlternativeNames: [!Ref D]\n{DNS}")
    records = head + "Resources:\n" + caa("!Ref D", '0 issue "ca.org"')
    one = validation_in(a_yaml=text, b_yaml=records)
    assert [each.text for each in one.caa] == [
        "`${D} of b.yaml` is unknown",
        "`${D}` is unknown",
    ]
    value = "Resources:\n" + caa("a.io", "x").replace("['x']", "[!Sub '0 issue \"${D}\"']")
    one = validation_in(a_yaml=text, b_yaml=head + value)
    assert one.caa[0].text == "`${D} of b.yaml` is unknown"


def test_an_unknown_list_of_names():
    """An unknown list of names is reported."""
    head = "Parameters:\n  D: {Type: CommaDelimitedList}\n"
    one = validation_in(
        a_yaml=head + template(f"DomainName: a.io\nSubjectAlternativeNames: !Ref D\n{DNS}")
    )
    assert one.open == ("`${D}` may be any number of names: `${D}` is unknown",)
    assert len(one.cnames) == 1


def test_consumers_alone_have_no_steps():
    """Declarations without a certificate have no steps."""
    assert validations_in(a_yaml=f"Resources:\n{zone('a.io')}") == ()


def test_requests_made_in_a_program():
    """A request without a file has no location."""
    made = declaration(["a.io"])
    [variant] = made.variants
    made = made.__replace__(source=None, variants=(variant.__replace__(locations={}),))
    [one] = validations_of([made])
    assert (one.title, one.line) == ("Site", None)


def test_years_by_mail_end_with_the_method():
    """Manual work ends with the method."""
    one = validation_in(a_yaml=template("DomainName: a.io\nSubjectAlternativeNames: [b.io]"))
    assert [(year.start, year.work.approvals.least > 0) for year in one.years] == [
        (DAY, True),
        (date(2027, 3, 15), True),
        (date(2028, 3, 15), False),
    ]
    assert [bool(year.refusal) for year in one.years] == [False, False, True]


def test_the_tool_of_the_declaration_is_kept():
    """A validation has the tool of its declaration."""
    assert validation_in(main_tf=MODULE.format("")).tool is Tool.TERRAFORM


@pytest.mark.parametrize(
    ("tool", "written"),
    [
        (Tool.API, False),
        (Tool.SERVERLESS, True),
        (Tool.PULUMI, None),
        (Tool.CROSSPLANE, None),
    ],
)
def test_whether_a_tool_creates_the_records(tool, written):
    """The plugin creates them, and records of some tools are not looked for."""
    [one] = validations_of([declaration(["a.io"], tool=tool)])
    assert [cname.written for cname in one.cnames] == [written]


def test_an_option_without_a_name_is_ignored():
    """An empty option changes nothing."""
    options = "DomainValidationOptions: [{HostedZoneId: Z1}]\n"
    one = validation_in(a_yaml=template(f"DomainName: a.io\n{DNS}{options}"))
    assert [cname.written for cname in one.cnames] == [False]
