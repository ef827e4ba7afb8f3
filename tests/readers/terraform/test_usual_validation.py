"""The usual resources for validation are recognized without evaluating them."""

import pytest
from tests.support.terraform import declarations
from tests.support.validation_files import EACH, OPTIONS, certificate, each_record, record, wait

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
