"""What certificates take before they are issued: laws of records and zones, and tables."""

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
    """There are as many records as distinct names without `*.`, each for all that share it."""
    for one in validations_of(listed):
        assert {cname.stem for cname in one.cnames} == stems(*one.names)
        assert len(one.cnames) == len(stems(*one.names))
        assert {name for cname in one.cnames for name in cname.names} == {*one.names}


@given(declarations(), st.randoms())
def test_the_order_of_files_does_not_matter(listed, random):
    """The same files in another order take the same."""
    shuffled = [*listed]
    random.shuffle(shuffled)
    assert validations_of(listed) == validations_of(shuffled)


@given(declarations())
def test_certificates_that_share_a_record_know_of_each_other(listed):
    """Each record names all certificates that ask for it, and none but these."""
    found = validations_of(listed)
    for one in found:
        for cname in one.cnames:
            assert [*cname.asked_by] == sorted(
                {each.title for each in found if cname.stem in stems(*each.names)}
            )
            assert cname.writers == 0


@given(declarations(), st.dates(date(2017, 11, 21), date(2040, 1, 1)))
def test_years_begin_on_the_day_and_go_on(listed, day):
    """The years begin on the day that is asked for, ascend, and each says something else."""
    for one in validations(take_inventory(listed), lambda _: day):
        starts = [year.start for year in one.years]
        assert starts[0] == day
        assert starts == sorted({*starts})
        told_of = [(year.work, year.validity) for year in one.years]
        assert all(a != b for a, b in pairwise(told_of))


# Records and zones


def test_cloudformation_writes_the_records_of_names_with_a_zone():
    """A record with a zone id is written by the stack, the others are left to somebody."""
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
    """The zone given counts, and the nearer one is known."""
    options = "DomainValidationOptions: [{DomainName: w.a.io, HostedZoneId: !Ref Zone}]\n"
    rest = zone("a.io") + zone("w.a.io", "Nearer")
    one = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}{options}", rest))
    [cname] = one.cnames
    assert addresses([cname.zone]) == ["a.yaml Zone"]
    assert addresses(cname.zones) == ["a.yaml Nearer"]
    assert one.obstacles == ()


def test_a_zone_id_that_no_file_declares():
    """What is given stays what it is, and no zone is made up for it."""
    options = "DomainValidationOptions: [{DomainName: w.a.io, HostedZoneId: Z123}]\n"
    one = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}{options}", zone("a.io")))
    [cname] = one.cnames
    assert (cname.given, cname.given_zone, cname.zone) == ("Z123", None, None)
    assert addresses(cname.zones) == ["a.yaml Zone"]


def test_choices_that_take_the_same_are_told_once():
    """What no answer depends on is no choice; what stands behind several is told with the first."""
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
def test_whether_a_stack_writes_a_record_may_not_be_known(options, written):
    """An option of which nothing is known may be for any name."""
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
    """Terraform writes what a record says, may write what is handed on, and nothing else."""
    one = validation_in(main_tf=MODULE.format(rest))
    assert [cname.written for cname in one.cnames] == [written]
    assert (one.records, one.waiting) == (records, waiting)


def test_other_tools_write_nothing():
    """By the API, somebody writes every record."""
    [cname] = validations_of([declaration(["a.io"])])[0].cnames
    assert cname.written is False


# Methods


@pytest.mark.parametrize(
    ("properties", "method", "assumed", "obstacles"),
    [
        ("", "EMAIL", "the default", ()),
        ("ValidationMethod: EMAIL", "EMAIL", "", ()),
        ("ValidationMethod: dns", None, "", ("`dns` is no validation method",)),
        ("ValidationMethod: !Ref M", None, "`${M}` is not known", ()),
    ],
)
def test_methods(properties, method, assumed, obstacles):
    """The method is what the request states, or the default of its tool, or not known."""
    text = "Parameters:\n  M: {Type: String}\n" + template(f"DomainName: a.io\n{properties}")
    one = validation_in(a_yaml=text)
    assert one.method is (ValidationMethod(method) if method else None)
    assert (one.assumed, one.obstacles) == (assumed, obstacles)


def test_a_method_that_is_not_known_may_be_either():
    """Then the records of DNS and the mailboxes are both told; but not what is refused by then."""
    names = "a.io\n*.a.io\n"
    one = validation_in(a_txt=names)
    assert (len(one.cnames), len(one.mails), one.approvals.most) == (1, 1, 2)
    assert one.assumed == "a list of names does not say the method"
    late = validation_in(date(2028, 3, 15), a_txt=names)
    assert (len(late.cnames), late.mails) == (1, ())


def test_terraform_has_no_default():
    """Without a method, Terraform refuses the resource."""
    one = validation_in(main_tf=MODULE.format("").replace("validation_method", "# "))
    assert one.obstacles == ("no validation method is given, and Terraform wants one",)
    assert (one.cnames, one.mails) == ((), ())


@pytest.mark.parametrize(
    ("day", "method", "obstacle"),
    [
        (date(2017, 1, 1), "DNS", "2017-01-01; it starts on 2017-11-21"),
        (date(2028, 3, 15), "EMAIL", "2028-03-15; it ends on 2028-03-15"),
        (date(2025, 4, 23), "HTTP", "2025-04-23; it starts on 2025-04-24"),
    ],
)
def test_a_method_may_not_be_there_on_a_day(day, method, obstacle):
    """A method is refused before its first day, and from the day on which it is forbidden."""
    one = validation_in(day, a_yaml=template(f"DomainName: a.io\nValidationMethod: {method}"))
    assert one.obstacles == (f"`{method}` validation is not available on {obstacle}",)
    assert (one.cnames, one.mails, one.urls) == ((), (), ())


def test_http():
    """By HTTP, a text is served for each name; never for a wildcard, and only for CloudFront."""
    one = validations_of([declaration(["a.io", "*.b.io"], validation_method="HTTP")])[0]
    assert one.urls == ("http://a.io/.well-known/pki-validation/<token>.txt",)
    assert one.obstacles == ("`*.b.io` is a wildcard, which HTTP validation never serves",)
    assert one.remarks == ("only CloudFront can start HTTP validation",)
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
    """Where a private CA is asked, nobody has to do anything."""
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


def test_whether_a_private_ca_is_asked_may_be_open():
    """A variable of Terraform may be null: then the public CA is asked, by a method not known."""
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
    assert one.assumed == "`${var.ca}` is not known"
    assert one.open == ("`${var.ca}` is not known, so it is unclear whether a private CA is asked",)
    assert one.years[0].validity.days == 198


def test_imported_certificates():
    """An imported certificate is not validated; somebody imports it again."""
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
    """Names of one mail domain are approved from the same mailboxes, each by itself."""
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
    """Until November 2020, the approval of a name was that of the names below it."""
    text = template("DomainName: a.io\nSubjectAlternativeNames: [x.a.io]\n")
    one = validation_in(date(2019, 1, 1), a_yaml=text)
    assert [[*map(str, mail.approved_with)] for mail in one.mails] == [[], ["x.a.io"]]
    assert (one.approvals.least, one.approvals.most) == (1, 1)


@pytest.mark.parametrize(
    ("name", "option", "obstacles", "missing"),
    [
        ("a.io", "{DomainName: a.io, ValidationDomain: b.io}",
         ("validation domain `b.io` is not `a.io` or a superdomain of it",), ()),
        ("w.a.io", "{DomainName: other.io, ValidationDomain: other.io}", (), ()),
        ("w.a.io", "{DomainName: w.a.io, ValidationDomain: !Ref D}", (),
         ("`${D}` is not known, so it is unclear whether mail for `w.a.io` goes there",)),
        ("w.a.io", "!Ref D", (),
         ("`${D}` is not known, so it is unclear whether mail goes elsewhere",)),
        ("!Ref D", "{DomainName: !Ref D}", (),
         ("`${D}` is not known, so it is unclear whether anybody reads mail for it",)),
        ("!Ref D", "{DomainName: !Ref D, ValidationDomain: a.io}", (),
         ("`${D}` is not known, so it is unclear whether mail for `${D}` goes there",)),
    ],
)  # fmt: skip
def test_validation_domains(name, option, obstacles, missing):
    """A domain that does not fit is in the way; one that is not known is said not to be."""
    head = "Parameters:\n  D: {Type: String}\n"
    one = validation_in(
        a_yaml=head + template(f"DomainName: {name}\nDomainValidationOptions: [{option}]")
    )
    assert (one.obstacles, one.open) == (obstacles, missing)
    assert one.approvals.least == 1


# What is in the way


def test_names_that_are_none():
    """A text that is no name keeps the request from being made, and asks for no record."""
    one = validation_in(
        a_yaml=template(f"DomainName: a.io\nSubjectAlternativeNames: ['*b.io']\n{DNS}")
    )
    assert one.obstacles == ("`*b.io` is no name that ACM takes",)
    assert [cname.record for cname in one.cnames] == ["_<token>.a.io"]


@pytest.mark.parametrize(("octets", "count"), [(219, 0), (220, 1)])
def test_long_names(octets, count):
    """A name beyond 219 octets has no legal record, with or without its `*.`."""
    name = (("a" * 50 + ".") * 5)[: octets - 3].rstrip(".").ljust(octets - 3, "b") + ".io"
    [one] = validations_of([declaration([f"*.{name}"])])
    assert len(name) == octets
    assert len(one.obstacles) == count
    assert [cname.is_too_long for cname in one.cnames] == [bool(count)]


@pytest.mark.parametrize(
    ("rest", "obstacle"),
    [
        (zone("b.io"), "`a.io` is not in the zone `b.io` that is given for it"),
        (
            zone("a.io", more=", VPCs: [{VPCId: v}]"),
            "the zone `a.io` that is given for `a.io` is private",
        ),
    ],
)
def test_zones_that_do_not_do(rest, obstacle):
    """A zone that the name is not in, or that is private, is in the way where it is given."""
    options = "DomainValidationOptions: [{DomainName: a.io, HostedZoneId: !Ref Zone}]\n"
    one = validation_in(a_yaml=template(f"DomainName: a.io\n{DNS}{options}", rest))
    assert one.obstacles == (obstacle,)


def caa(name, record, address="Caa"):
    """Return CAA records as a resource of a template."""
    return (
        f"  {address}:\n    Type: AWS::Route53::RecordSet\n"
        f"    Properties: {{Name: {name}, Type: CAA, ResourceRecords: ['{record}']}}\n"
    )


def caa_of(one):
    """Return what CAA records say, in short."""
    return [([*map(str, each.names)], each.allowed, addresses(each.sets)) for each in one.caa]


def test_caa_records_of_other_files_count():
    """The nearest set upwards decides, in whatever file it is; no set says nothing."""
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


def test_caa_records_that_differ_decide_nothing():
    """Sets of one name in several files have to agree."""
    text = template(f"DomainName: a.io\n{DNS}")
    amazon = "Resources:\n" + caa("a.io", '0 issue "amazon.com"')
    others = "Resources:\n" + caa("a.io", '0 issue "ca.org"')
    one = validation_in(a_yaml=text, b_yaml=amazon, c_yaml=others)
    assert caa_of(one) == [(["a.io"], None, [])]
    assert "written more than once" in one.caa[0].text
    one = validation_in(a_yaml=text, b_yaml=amazon, c_yaml=amazon)
    assert caa_of(one) == [(["a.io"], True, ["b.yaml Caa", "c.yaml Caa"])]


def test_what_caa_records_say_may_not_be_known():
    """Unknown holders and values are said to be, with the file they are of."""
    head = "Parameters:\n  D: {Type: String}\n"
    text = head + template(f"DomainName: a.io\nSubjectAlternativeNames: [!Ref D]\n{DNS}")
    records = head + "Resources:\n" + caa("!Ref D", '0 issue "ca.org"')
    one = validation_in(a_yaml=text, b_yaml=records)
    assert [each.text for each in one.caa] == [
        "`${D} of b.yaml` is not known",
        "`${D}` is not known",
    ]
    value = "Resources:\n" + caa("a.io", "x").replace("['x']", "[!Sub '0 issue \"${D}\"']")
    one = validation_in(a_yaml=text, b_yaml=head + value)
    assert one.caa[0].text == "`${D} of b.yaml` is not known"


def test_any_number_of_names():
    """A list that is not known is said to be; there may be more records than are told."""
    head = "Parameters:\n  D: {Type: CommaDelimitedList}\n"
    one = validation_in(
        a_yaml=head + template(f"DomainName: a.io\nSubjectAlternativeNames: !Ref D\n{DNS}")
    )
    assert one.open == ("`${D}` is any number of names: `${D}` is not known",)
    assert len(one.cnames) == 1


def test_consumers_alone_take_nothing():
    """What is no certificate is not told."""
    assert validations_in(a_yaml=f"Resources:\n{zone('a.io')}") == ()


def test_requests_made_in_a_program():
    """A request without a file is told without a place."""
    made = declaration(["a.io"])
    [variant] = made.variants
    made = made.__replace__(source=None, variants=(variant.__replace__(locations={}),))
    [one] = validations_of([made])
    assert (one.title, one.line) == ("Site", None)


def test_years_by_mail_end_with_the_method():
    """By hand, there is work in each year until the method ends; then there is no more."""
    one = validation_in(a_yaml=template("DomainName: a.io\nSubjectAlternativeNames: [b.io]"))
    assert [(year.start, year.work.approvals.least > 0) for year in one.years] == [
        (DAY, True),
        (date(2027, 3, 15), True),
        (date(2028, 3, 15), False),
    ]
    assert [bool(year.refusal) for year in one.years] == [False, False, True]


def test_tools_are_told():
    """What a document was read as is kept."""
    assert validation_in(main_tf=MODULE.format("")).tool is Tool.TERRAFORM


def test_an_option_without_a_name_is_for_nobody():
    """What says neither for which name it is, nor what, changes nothing."""
    options = "DomainValidationOptions: [{HostedZoneId: Z1}]\n"
    one = validation_in(a_yaml=template(f"DomainName: a.io\n{DNS}{options}"))
    assert [cname.written for cname in one.cnames] == [False]
