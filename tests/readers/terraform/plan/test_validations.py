"""How the resources of a plan validate its certificates."""

import pytest
from tests.support.terraform_plans import change, configured, plan, read_plan, to
from tests.support.validation_files import RULES

from acmrules.lint.linter import Linter
from acmrules.lint.rules import CATALOGUE

SITE = "aws_acm_certificate.site"
RECORD = "aws_route53_record.site"
CLOUDFLARE = "cloudflare_dns_record.site"
WAIT = "aws_acm_certificate_validation.site"
OPTIONS = to(f"{SITE}.domain_validation_options")
FROM_EACH = to("each.value.name", "each.value")
NEW = {"id": True}


def certificate(*names, known=False):
    """Return a change that creates a certificate."""
    after = {
        "domain_name": names[0],
        "subject_alternative_names": [*names],
        "validation_method": "DNS",
    }
    unknown = {} if known else {"id": True, "arn": True}
    return change(SITE, after, unknown=unknown)


def record(key="", address=RECORD, **after):
    """Return a change that creates a record; its name and its value are unknown."""
    values = {"type": "CNAME", "zone_id": "Z1"} | after
    content = "records" if address == RECORD else "content"
    unknown = {name: True for name in ("id", "name", content) if name not in after}
    return change(f"{address}[{key}]" if key else address, values, unknown=unknown)


def each(address=RECORD, **more):
    """Return the configuration of records over the options."""
    content = "records" if address == RECORD else "content"
    return configured(address, OPTIONS, **{"name": FROM_EACH, content: FROM_EACH} | more)


SINGLE = configured(RECORD, name=OPTIONS, records=OPTIONS)


def wait(*listed, **after):
    """Return a wait for the records of some addresses, and its configuration."""
    unknown = {"id": True, "certificate_arn": True, "validation_record_fqdns": True}
    expressions = {"certificate_arn": to(f"{SITE}.arn"), "validation_record_fqdns": to(*listed)}
    return change(WAIT, after, unknown=unknown), configured(WAIT, **expressions)


def found_in(*changes, resources=(), **more):
    """Return the ids and severities of the findings, and the undecided rules."""
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id in RULES])
    site = configured(SITE, domain_name={"constant_value": "a.io"})
    data = plan(*changes, resources=[site, *resources]) | more
    results = [linter.check(declaration) for declaration in read_plan(data)]
    found = {f"{finding.rule.id} {finding.severity}" for each, _ in results for finding in each}
    return found | {f"{skip.rule.id} skipped" for _, skips in results for skip in skips}


@pytest.mark.parametrize(
    ("names", "keys", "expected"),
    [
        (("a.io", "b.io"), ("a.io", "b.io"), set()),
        (("a.io", "b.io"), ("a.io",), {"ACM417 warning"}),
        (("a.io", "*.a.io"), ("a.io",), set()),
        (("a.io", "*.a.io"), ("a.io", "*.a.io"), {"ACM408 error"}),
    ],
)
def test_the_keys_of_records_are_names(names, keys, expected):
    """A record is missing for a name without a key, and repeated for a wildcard."""
    records = [record(f'"{key}"') for key in keys]
    assert found_in(certificate(*names), *records, resources=[each()]) == expected


@pytest.mark.parametrize(
    ("setting", "expected"), [(True, set()), (False, {"ACM408 error"}), (None, {"ACM408 error"})]
)
def test_a_plan_has_the_setting_of_its_records(setting, expected):
    """Without the argument, the plan has an unknown value, and the provider does not overwrite."""
    given = {} if setting is None else {"allow_overwrite": {"constant_value": setting}}
    records = [record(f'"{key}"', allow_overwrite=setting) for key in ("a.io", "*.a.io")]
    site = certificate("a.io", "*.a.io")
    assert found_in(site, *records, resources=[each(**given)]) == expected


def test_a_single_record_leaves_names_out():
    """The plan does not have the index of the option, but the number of records."""
    assert found_in(certificate("a.io"), record(), resources=[SINGLE]) == set()
    assert found_in(certificate("a.io", "*.a.io"), record(), resources=[SINGLE]) == set()
    two = certificate("a.io", "b.io")
    assert found_in(two, record(), resources=[SINGLE]) == {"ACM417 error"}


def test_options_that_are_passed_on_may_be_validated_elsewhere():
    """An output shows them to a person or to another configuration."""
    data = plan(certificate("a.io", "b.io"), record(), resources=[SINGLE])
    data["configuration"]["root_module"]["outputs"] = {"options": {"expression": OPTIONS}}
    assert found_in(*data["resource_changes"], configuration=data["configuration"]) == set()


def test_existing_certificates_may_have_other_records():
    """Only a new certificate certainly needs all of its records."""
    site = certificate("a.io", "b.io", known=True)
    assert found_in(site, record(), resources=[SINGLE]) == set()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"proxied": True}, {"ACM420 error"}),
        ({"proxied": False}, set()),
        ({"proxied": None}, set()),
        ({"name": "www.a.io"}, {"ACM420 error"}),
        ({"type": "TXT"}, {"ACM420 error"}),
    ],
)
def test_records_that_acm_cannot_find(after, expected):
    """A known name is a literal, because ACM chooses the right one during the apply."""
    records = record('"a.io"', CLOUDFLARE, **after)
    assert found_in(certificate("a.io"), records, resources=[each(CLOUDFLARE)]) == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([f'{RECORD}["a.io"].fqdn'], {"ACM418 error"}),
        ([f'{RECORD}["a.io"].fqdn', f'{RECORD}["b.io"].fqdn'], set()),
        ([RECORD], set()),
        ([f"{RECORD}.fqdn"], set()),
        ([], set()),
    ],
)
def test_a_wait_lists_all_records(listed, expected):
    """The number of references is that of the records, unless one of them is to several."""
    waits, configuration = wait(*listed)
    changes = certificate("a.io", "b.io"), record('"a.io"'), record('"b.io"'), waits
    assert found_in(*changes, resources=[each(), configuration]) == expected


@pytest.mark.parametrize(
    ("timeouts", "expected"),
    [
        ({"create": "5m"}, {"ACM418 note"}),
        ({"create": "5"}, {"ACM418 error"}),
        ({"create": "60m"}, set()),
        ({"create": None}, set()),
        (None, set()),
        ("5m", set()),
    ],
)
def test_timeouts(timeouts, expected):
    """A plan has the timeouts of the configuration."""
    waits, configuration = wait(timeouts=timeouts)
    changes = certificate("a.io"), record('"a.io"'), waits
    assert found_in(*changes, resources=[each(), configuration]) == expected
