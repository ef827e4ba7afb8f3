"""How Terraform resources validate a certificate: what they leave out, repeat or get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.validation_files import (
    EACH,
    FIRST,
    OPTIONS,
    block,
    certificate,
    checked,
    each_record,
    found_in,
    marked_in,
    record,
    undecided_in,
    wait,
)

NAMES = ("a.io", "*.a.io", "w.a.io", "b.io", "*.b.io")
THREE = certificate("a.io", "w.a.io", "b.io")
SHARED = certificate("a.io", "*.a.io")
OVERWRITES = "allow_overwrite = true"
ALL = "[for r in aws_route53_record.site : r.fqdn]"


def nth(index):
    """Return the option at an index."""
    return f"tolist({OPTIONS})[{index}]"


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    st.sets(st.integers(0, 4), min_size=1),
)
def test_records_by_index_leave_names_out_if_there_are_too_few(names, indexes):
    """A name and its wildcard need one record, and the order of options is unknown."""
    indexes = {index for index in indexes if index < len(names)} or {0}
    records = [record(nth(n), OVERWRITES, label=f"r{n}") for n in sorted(indexes)]
    needed = len({name.removeprefix("*.") for name in names})
    found = found_in(certificate(*names), *records)
    assert found == ({"ACM417 error"} if len(indexes) < needed else set())


@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True), st.sets(st.sampled_from(NAMES)))
def test_a_wait_needs_the_records_of_all_names(names, listed):
    """`validation_record_fqdns` may list any record of a name; without it, nothing is missing."""
    listed = [name for name in names if name in listed]
    fqdns = ", ".join(f'aws_route53_record.site["{name}"].fqdn' for name in listed)
    text = certificate(*names) + each_record(OVERWRITES) + wait(fqdns=f"[{fqdns}]")
    left = {n.removeprefix("*.") for n in names} - {n.removeprefix("*.") for n in listed}
    assert found_in(text) == ({"ACM418 error"} if left and listed else set())


def test_the_names_left_out_are_listed():
    """The message has the names if the record of each name is known."""
    over = EACH.replace("=> o }", '=> o if o.domain_name != "b.io" }')
    findings, _ = checked(THREE, each_record(over=over))
    (finding,) = findings
    assert finding.message == (
        "the validation record of `b.io` is not created;"
        " ACM does not issue the certificate without it"
    )
    assert found_in(THREE, each_record(over=over)) == {"ACM417 warning"}


def test_several_names_left_out_are_plural():
    """Several records are needed, and ACM does not issue the certificate without them."""
    over = EACH.replace("=> o }", '=> o if o.domain_name == "a.io" }')
    ((finding,), _) = checked(certificate("a.io", "b.io", "c.io"), each_record(over=over))
    assert finding.message == (
        "the validation records of `b.io`, `c.io` are not created;"
        " ACM does not issue the certificate without them"
    )


def test_a_deliberate_selection_is_an_error_if_the_wait_needs_the_record():
    """Then the apply certainly fails, and only the cause is reported."""
    over = EACH.replace("=> o }", '=> o if o.domain_name != "b.io" }')
    listed = "[for r in values(aws_route53_record.site) : r.fqdn]"
    two = '[aws_route53_record.site["a.io"].fqdn, aws_route53_record.site["w.a.io"].fqdn]'
    assert found_in(THREE, each_record(over=over), wait(fqdns=two)) == {"ACM417 error"}
    assert found_in(THREE, each_record(over=over), wait(fqdns=listed)) == {"ACM417 error"}


@pytest.mark.parametrize(
    "text",
    [
        f'output "options" {{ value = {OPTIONS} }}',
        'output "certificate" { value = aws_acm_certificate.site }',
        f'locals {{ options = {OPTIONS} }}\noutput "options" {{ value = local.options }}',
        f'module "dns" {{\n  source = "example/dns/any"\n  options = {OPTIONS}\n}}',
        block("unknown_record", "x", f"name = {nth(1)}.resource_record_name"),
    ],
)
def test_options_that_are_passed_on_may_be_validated_elsewhere(text):
    """Then it is undecided whether names are left out."""
    assert found_in(THREE, record(FIRST), text) == set()
    assert undecided_in(THREE, record(FIRST), text) == {"ACM417"}


def test_unknown_names_leave_the_number_of_records_open():
    """One record may be enough, or not; several names that differ certainly need more."""
    variables = 'variable "a" { type = string }\nvariable "b" { type = list(string) }\n'
    some = block(
        "aws_acm_certificate",
        "site",
        "domain_name = var.a",
        "subject_alternative_names = var.b",
        'validation_method = "DNS"',
    )
    assert found_in(variables, some, record(FIRST)) == set()
    assert undecided_in(variables, some, record(FIRST)) == {"ACM417"}
    both = certificate("a.${var.a}", "b.${var.a}")
    assert found_in(variables, both, record(FIRST)) == {"ACM417 error"}
    one = certificate("${var.a}", "*.${var.a}")
    assert found_in(variables, one, record(FIRST)) == undecided_in(variables, one, record(FIRST))


def test_the_record_of_another_certificate_counts():
    """All certificates of an account need the same record for a name."""
    other = certificate("b.io", "w.a.io", "a.io", label="other")
    options = "aws_acm_certificate.other.domain_validation_options"
    over = f"{{ for o in {options} : o.domain_name => o }}"
    texts = THREE, other, each_record(OVERWRITES, over=over), record(FIRST, OVERWRITES, label="x")
    assert found_in(*texts) == set()


def test_records_in_called_modules_are_evaluated():
    """The options are passed as an argument."""
    call = f'module "dns" {{\n  source = "./dns"\n  options = {OPTIONS}\n}}\n'
    inside = 'variable "options" {}\n' + record("tolist(var.options)[0]", OVERWRITES)
    files = {"dns/main.tf": inside}
    assert found_in(SHARED, call, **files) == set()
    assert undecided_in(THREE, call, **files) == {"ACM417"}


# One record twice


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), {"ACM408 error"}),
        (("allow_overwrite = false",), {"ACM408 error"}),
        (("allow_overwrite = null",), {"ACM408 error"}),
        ((OVERWRITES,), set()),
    ],
)
def test_a_name_and_its_wildcard_share_a_record(lines, expected):
    """Creating it for each of them fails without `allow_overwrite`."""
    assert found_in(SHARED, each_record(*lines)) == expected
    counted = "count = 2"
    assert found_in(SHARED, record(nth("count.index"), counted, *lines)) == expected
    two = [record(nth(n), *lines, label=f"r{n}") for n in (0, 1)]
    assert found_in(SHARED, *two) == expected


def test_whether_a_record_is_overwritten_may_be_unknown():
    """Then the rule is undecided."""
    variable = 'variable "o" { type = bool }\n'
    texts = variable, SHARED, each_record("allow_overwrite = var.o")
    assert found_in(*texts) == set()
    assert undecided_in(*texts) == {"ACM408"}


def test_only_one_of_two_records_may_overwrite():
    """It is unknown which one is created first."""
    two = record(nth(0), label="a") + record(nth(1), OVERWRITES, label="b")
    assert found_in(SHARED, two) == {"ACM408 warning"}


@pytest.mark.parametrize(
    "text",
    [
        each_record(
            over=EACH.replace("o.domain_name => o }", 'replace(o.domain_name, "*.", "") => o... }')
        ).replace("each.value.", "each.value[0]."),
        each_record(over=EACH.replace("=> o }", '=> o if !startswith(o.domain_name, "*.") }')),
        record(FIRST),
        record(nth(0), label="a") + record(nth(1), label="b", zone_id='"Z0PRIVATE0000000000"'),
    ],
)
def test_one_record_in_a_zone_is_right(text):
    """There are many ways to create it once."""
    assert found_in(SHARED, text) == set()


def test_two_certificates_of_one_provider_share_records():
    """Those of another provider may belong to another account."""
    options = "aws_acm_certificate.other.domain_validation_options"
    second = each_record(over=f"{{ for o in {options} : o.domain_name => o }}", label="other")
    other = certificate("a.io", label="other")
    elsewhere = certificate("a.io", label="other", provider="aws.other")
    mine = certificate("a.io")
    assert found_in(mine, other, each_record(), second) == {"ACM408 error"}
    assert found_in(mine, elsewhere, each_record(), second) == set()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('region = "us-east-1"', {"ACM408 error"}),
        ('region = "us-east-1"\n  default_tags {\n    tags = {}\n  }', {"ACM408 error"}),
        ('profile = "other"', set()),
        ("assume_role {\n    role_arn = var.role\n  }", set()),
    ],
)
def test_providers_of_two_regions_have_one_account(settings, expected):
    """Their certificates need the same record, unless the credentials differ."""
    provider = f'provider "aws" {{\n  alias = "other"\n  {settings}\n}}\n'
    options = "aws_acm_certificate.other.domain_validation_options"
    second = each_record(over=f"{{ for o in {options} : o.domain_name => o }}", label="other")
    other = certificate("a.io", label="other", provider="aws.other")
    assert found_in(provider, certificate("a.io"), other, each_record(), second) == expected


@pytest.mark.parametrize(
    ("passed", "expected"),
    [("", {"ACM408 error"}), ("{ aws = aws.other }", set()), ("{ aws = aws }", {"ACM408 error"})],
)
def test_a_module_has_the_account_that_its_call_passes(passed, expected):
    """Without `providers`, it is that of the caller."""
    provider = 'provider "aws" {\n  alias = "other"\n  profile = "other"\n}\n'
    given = f"  providers = {passed}\n" if passed else ""
    call = f'module "m" {{\n  source = "./m"\n{given}}}\n'
    inside = certificate("a.io") + each_record()
    texts = provider, call, certificate("a.io"), each_record()
    assert found_in(*texts, **{"m/main.tf": inside}) == expected


# Records that ACM cannot find


@pytest.mark.parametrize("kind", ["cloudflare_record", "cloudflare_dns_record"])
def test_proxied_records_are_hidden(kind):
    """The finding is at the value, which may be unknown."""
    cloudflare = {"kind": kind, "records": None, "content": "each.value.resource_record_value"}
    assert found_in(THREE, each_record(**cloudflare)) == set()
    assert found_in(THREE, each_record(**cloudflare, proxied="false")) == set()
    hidden = each_record(**cloudflare, proxied="true")
    assert found_in(THREE, hidden) == {"ACM420 error"}
    assert marked_in(THREE, hidden) == {"ACM420": "true"}
    variable = 'variable "p" { type = bool }\n'
    assert undecided_in(variable, THREE, each_record(**cloudflare, proxied="var.p")) == {"ACM420"}


@pytest.mark.parametrize("repeated", ["for_each = var.some", f"for_each = toset({OPTIONS})"])
def test_proxied_records_are_hidden_whatever_their_options_are(repeated):
    """It does not matter how many there are."""
    variable = 'variable "some" { type = map(any) }\n'
    value = f"{nth(0)}.resource_record_value"
    text = record(
        nth(0), repeated, kind="cloudflare_record", records=None, content=value, proxied="true"
    )
    assert "ACM420 error" in found_in(variable, certificate("a.io"), text)


TOKEN = "_" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("each.key", {"ACM420 error"}),
        ('"_acme-challenge.a.io"', {"ACM420 error"}),
        ('"www.${each.key}"', {"ACM420 error"}),
        (f'"{TOKEN}.a.io"', set()),
        (f'"{TOKEN}"', set()),
        ("each.value.resource_record_name", set()),
        ('trimsuffix(each.value.resource_record_name, ".")', set()),
        ("each.value.resource_record_value", {"ACM420 error"}),
    ],
)
def test_the_name_of_a_record_is_that_of_the_option(name, expected):
    """Another name is wrong unless it has the form of ACM's names."""
    one = certificate("a.io")
    assert found_in(one, each_record(name=name)) - {"ACM417 error"} == expected


def test_an_unknown_name_is_undecided():
    """It may have the form of ACM's names."""
    variable = 'variable "n" { type = string }\n'
    texts = variable, certificate("a.io"), each_record(name="var.n")
    assert found_in(*texts) == set()
    assert undecided_in(*texts) == {"ACM420"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"records": "[each.value.resource_record_name]"}, {"ACM420 error"}),
        ({"records": '["a.io"]'}, {"ACM420 error"}),
        ({"type": '"TXT"'}, {"ACM420 error"}),
        ({"type": '"CNAME"'}, set()),
    ],
)
def test_the_value_and_the_type_are_those_of_the_option(arguments, expected):
    """ACM compares the whole record."""
    assert found_in(certificate("a.io"), each_record(**arguments)) == expected


def test_a_record_must_not_mix_two_options():
    """A name and its wildcard have the same value, so mixing these is right."""
    mixed = record(nth(0), OVERWRITES, records=f"[{nth(1)}.resource_record_value]")
    assert found_in(SHARED, mixed) == set()
    over = EACH.replace("=> o }", "=> o }")
    swapped = each_record(
        over=over,
        records=f'[{{ for o in {OPTIONS} : o.domain_name => o }}["b.io"].resource_record_value]',
    )
    assert found_in(certificate("a.io", "b.io"), swapped) == {"ACM420 error"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("www.a.io", {"ACM420 warning"}), (f"{TOKEN}.a.io", set()), ("www.b.io", set())],
)
def test_literal_records_are_checked_by_their_form(name, expected):
    """The token of an account is always the same, so a literal record may be right."""
    literal = record(FIRST, name=f'"{name}"', type='"CNAME"', records='["_x.acm-validations.aws."]')
    assert found_in(certificate("a.io"), literal) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("each.value.resource_record_name", {"ACM420 warning"}),
        ('trimsuffix(each.value.resource_record_name, ".a.io.")', set()),
    ],
)
def test_some_services_add_the_name_of_the_zone(name, expected):
    """There, the name must be without it."""
    ovh = {"kind": "ovh_domain_zone_record", "name": None, "type": None, "records": None}
    ovh |= {"zone_id": None, "zone": '"a.io"', "subdomain": name, "fieldtype": '"CNAME"'}
    text = each_record(**ovh, target="each.value.resource_record_value")
    assert found_in(certificate("a.io"), text) == expected


# Waits


@pytest.mark.parametrize(
    ("timeout", "expected"),
    [
        ('"5m"', {"ACM418 note"}),
        ('"44m59s"', {"ACM418 note"}),
        ('"0.5h"', {"ACM418 note"}),
        ('"-1h"', {"ACM418 note"}),
        ('"0"', {"ACM418 note"}),
        ('"45m"', set()),
        ('"2h"', set()),
        ('"1h30m"', set()),
        ('"5 minutes"', {"ACM418 error"}),
        ('"90"', {"ACM418 error"}),
        ('"1d"', {"ACM418 error"}),
        ('""', {"ACM418 error"}),
    ],
)
def test_timeouts(timeout, expected):
    """A wait under 45 minutes may be too short, and Terraform rejects other units."""
    text = wait(f"timeouts {{\n  create = {timeout}\n}}")
    assert found_in(certificate("a.io"), each_record(OVERWRITES), text) == expected


def test_an_unknown_timeout_is_undecided():
    """It may be long enough."""
    variable = 'variable "t" { type = string }\n'
    text = wait("timeouts {\n  create = var.t\n}")
    assert undecided_in(variable, certificate("a.io"), each_record(OVERWRITES), text) == {"ACM418"}


def test_email_and_private_certificates_have_no_validation_records():
    """The rules do not apply."""
    email = THREE.replace('"DNS"', '"EMAIL"')
    assert found_in(email, record(FIRST)) == set()
    assert found_in(email, wait()) == set()


def test_a_wait_for_an_email_lists_no_records():
    """The provider rejects them."""
    email = THREE.replace('"DNS"', '"EMAIL"')
    assert found_in(email, wait(fqdns='["a.io"]')) == {"ACM418 error"}
    assert found_in(email, wait(fqdns="[]")) == set()
