"""The usual resources for validation are recognized without evaluating them."""

import pytest
from tests.support.rules import names_of
from tests.support.terraform import declarations
from tests.support.validation_files import (
    EACH,
    OPTIONS,
    block,
    certificate,
    each_record,
    record,
    wait,
)

from acmrules.readers.terraform.usual_validation import may_be_computed
from acmrules.unresolved import Unknown, Unresolved

ALL = "[for r in aws_route53_record.site : r.fqdn]"
OVERWRITES = "allow_overwrite = true"
NAMED = f"""{{
    for dvo in {OPTIONS} : dvo.domain_name => {{
      name  = dvo.resource_record_name
      value = dvo.resource_record_value
      type  = dvo.resource_record_type
    }}
  }}"""
FROM_NAMED = {"name": "each.value.name", "records": "[each.value.value]", "type": "each.value.type"}


WEB = block("aws_route53_record", "web", 'name = "www"', 'type = "A"', 'records = ["192.0.2.1"]')


def is_read(*texts):
    """Return whether the validation of the first certificate is read."""
    return declarations("\n".join(texts))[0].variants[0].dns_validation is not None


@pytest.mark.parametrize(
    "texts",
    [
        (each_record(OVERWRITES), wait(fqdns=ALL)),
        (each_record(OVERWRITES, type='"CNAME"'), wait()),
        (each_record(OVERWRITES, over=NAMED, **FROM_NAMED),),
        (each_record(),),
        (each_record(over=NAMED.replace("type ", "kind "), **FROM_NAMED | {"type": '"CNAME"'}),),
        (WEB, each_record()),
        ("",),
    ],
)
def test_usual_resources(texts):
    """They cannot be wrong, so nothing is evaluated."""
    assert not is_read(certificate("a.io", "b.io"), *texts)


@pytest.mark.parametrize(
    "text",
    [
        record(f"tolist({OPTIONS})[0]"),
        each_record(over=EACH.replace("=> o", '=> o if o.domain_name != "a.io"')),
        each_record(over=EACH.replace("o.domain_name", "o.resource_record_name")),
        each_record(over=NAMED, **FROM_NAMED | {"name": "each.value.value"}),
        each_record(name="each.key"),
        each_record(records="[each.value.resource_record_name]"),
        each_record(type='"TXT"'),
        each_record(kind="cloudflare_record", records=None),
        record(f"tolist({OPTIONS})[0]", kind="desec_rrset"),
        each_record(over=NAMED.replace("value = dvo", "other = dvo"), **FROM_NAMED),
        each_record(over=NAMED, **FROM_NAMED | {"type": "each.value.kind"}),
        WEB + record(f"tolist({OPTIONS})[0]"),
        wait(fqdns='[aws_route53_record.site["a.io"].fqdn]'),
        wait('timeouts {\n  create = "5m"\n}'),
    ],
)
def test_unusual_resources(text):
    """They are evaluated."""
    assert is_read(certificate("a.io", "b.io"), text)


def test_records_that_may_be_repeated_need_to_overwrite():
    """With a wildcard or a second certificate, the record may be created twice."""
    wildcard, other = certificate("a.io", "*.a.io"), certificate("b.io", label="other")
    assert is_read(wildcard, each_record())
    assert not is_read(wildcard, each_record(OVERWRITES))
    assert is_read(certificate("a.io"), other, each_record())


def value(reference, *more):
    """Return a partly known name that begins with a reference."""
    return Unresolved((Unknown(f"${{{reference}}}"), *more))


@pytest.mark.parametrize(
    ("name", "is_computed"),
    [
        (value("var.x"), False),
        (value("var.x", ".", Unknown("${local.y}")), False),
        (value("var.x", ".", Unknown("${random_id.y.hex}")), True),
        (value("module.m.name"), True),
        (names_of("${random_id.y.hex}"), False),
        ("a.io", False),
    ],
)
def test_names_that_resources_compute(name, is_computed):
    """A plan knows variables, locals, keys and data sources; it may not know other values."""
    assert may_be_computed(["b.io", name]) is is_computed
