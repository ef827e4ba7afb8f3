"""The records to create by hand, in every format."""

import json
from functools import cache

import botocore.session
import pytest
import yaml
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st
from tests.support.validation import (
    THREE_CERTIFICATES,
    declaration,
    declarations,
    missing_records,
    render_records,
    stems,
    template,
    validations_in,
    validations_of,
    zone,
)

from acmrules.cli.main import main
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.syntax.source import Source
from acmrules.writers import record_entries

NOTHING = "# There are no records to create.\n"


@cache
def change_batch():
    """Return the shape of the input in the API of Route 53."""
    model = botocore.session.Session().get_service_model("route53")
    return model.operation_model("ChangeResourceRecordSets").input_shape


@given(declarations())
def test_change_batches_are_read_back(listed):
    """The batches have each record to create once, in the shape of the API."""
    found = validations_of(listed)
    batches = json.loads(render_records(found, "changes"))
    assert [ParamValidator().validate(b, change_batch()).generate_report() for b in batches] == [
        "" for _ in batches
    ]
    ids = [(batch["HostedZoneId"], batch["ChangeBatch"]["Comment"]) for batch in batches]
    assert len({*ids}) == len(ids)
    read = [
        (change["ResourceRecordSet"]["Name"], batch["HostedZoneId"])
        for batch in batches
        for change in batch["ChangeBatch"]["Changes"]
    ]
    assert len({*read}) == len(read)
    assert {*read} == missing_records(found)


@given(declarations())
def test_templates_have_the_same_records(listed):
    """A template has a record set for each record to create."""
    found = validations_of(listed)
    text = render_records(found, "cloudformation")
    resources = yaml.load(text, _Loader)["Resources"]
    read = [
        (each["Properties"]["Name"], each["Properties"]["HostedZoneId"])
        for each in resources.values()
    ]
    parameters = yaml.load(text, _Loader).get("Parameters", {})
    known = {(name, "<zone id>" if id_ in parameters else id_) for name, id_ in read}
    assert known == missing_records(found)
    assert len(read) == len({*read})
    assert registry.read(Source("a.yaml", text), Parameters({})) == ()


class _Loader(yaml.SafeLoader):
    """Reads references as the names to which they refer."""


_Loader.add_constructor("!Ref", lambda loader, node: loader.construct_scalar(node))


@given(declarations(), st.sampled_from(["changes", "cloudformation", "terraform"]))
def test_every_known_record_is_written(listed, form):
    """Known records are written, and no message reports them as missing."""
    found = validations_of(listed)
    text = render_records(found, form)
    assert all(str(stem) in text for one in found for stem in stems(*one.names))
    assert [*record_entries.unwritable_records(found, form)] == []


@pytest.mark.parametrize(
    ("form", "text"), [("changes", "[]\n"), ("cloudformation", NOTHING), ("terraform", NOTHING)]
)
def test_nothing_left(form, text):
    """Without records, the output is empty."""
    assert render_records((), form) == text
    assert (
        render_records(validations_of([declaration(["a.io"], validation_method="EMAIL")]), form)
        == text
    )


TEMPLATE = template(
    """
    DomainName: brightharbor.io
    SubjectAlternativeNames: ['*.brightharbor.io', shop.lighthouse.co.uk]
    ValidationMethod: DNS
    """,
    zone("brightharbor.io"),
)

BATCHES = """\
[
  {
    "HostedZoneId": "<zone id>",
    "ChangeBatch": {
      "Comment": "validation by ACM, in the zone of lighthouse.co.uk",
      "Changes": [
        {
          "Action": "UPSERT",
          "ResourceRecordSet": {
            "Name": "_<token>.shop.lighthouse.co.uk.",
            "Type": "CNAME",
            "TTL": 300,
            "ResourceRecords": [
              {
                "Value": "_<value>.acm-validations.aws."
              }
            ]
          }
        }
      ]
    }
  },
  {
    "HostedZoneId": "<zone id>",
    "ChangeBatch": {
      "Comment": "validation by ACM, in brightharbor.io",
      "Changes": [
        {
          "Action": "UPSERT",
          "ResourceRecordSet": {
            "Name": "_<token>.brightharbor.io.",
            "Type": "CNAME",
            "TTL": 300,
            "ResourceRecords": [
              {
                "Value": "_<value>.acm-validations.aws."
              }
            ]
          }
        }
      ]
    }
  }
]
"""

RECORD_SETS = """\
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  TheZoneOfLighthouseCoUk:
    Type: AWS::Route53::HostedZone::Id
Resources:
  ValidationOfShopLighthouseCoUk:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: !Ref TheZoneOfLighthouseCoUk
      Name: "_<token>.shop.lighthouse.co.uk."
      Type: CNAME
      TTL: 300
      ResourceRecords:
        - "_<value>.acm-validations.aws."
  ValidationOfBrightharborIo:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: brightharbor.io.
      Name: "_<token>.brightharbor.io."
      Type: CNAME
      TTL: 300
      ResourceRecords:
        - "_<value>.acm-validations.aws."
"""

RECORDS = """\
variable "zone_of_lighthouse_co_uk" {
  type = string
}

data "aws_route53_zone" "zone_brightharbor_io" {
  name = "brightharbor.io"
}

resource "aws_route53_record" "shop_lighthouse_co_uk_validation" {
  zone_id = var.zone_of_lighthouse_co_uk
  name    = "_<token>.shop.lighthouse.co.uk"
  type    = "CNAME"
  ttl     = 300
  records = ["_<value>.acm-validations.aws."]
}

resource "aws_route53_record" "brightharbor_io_validation" {
  zone_id = data.aws_route53_zone.zone_brightharbor_io.zone_id
  name    = "_<token>.brightharbor.io"
  type    = "CNAME"
  ttl     = 300
  records = ["_<value>.acm-validations.aws."]
}
"""


@pytest.mark.parametrize(
    ("form", "text"),
    [("changes", BATCHES), ("cloudformation", RECORD_SETS), ("terraform", RECORDS)],
)
def test_what_is_written(form, text):
    """The output has the records of a known zone and of an unknown one."""
    assert render_records(validations_in(a_yaml=TEMPLATE), form) == text


def test_zones_of_no_name():
    """A zone with an invalid name is unknown."""
    found = validations_in(a_yaml=template("DomainName: a.io\nValidationMethod: DNS", zone("io")))
    assert "HostedZoneId: !Ref TheZoneOfAIo" in render_records(found, "cloudformation")
    assert "var.zone_of_a_io" in render_records(found, "terraform")


def test_a_public_suffix_is_its_own_zone():
    """A name without a base domain name is its own zone."""
    found = validations_of([declaration(["co.uk"])])
    assert "the zone of co.uk" in render_records(found, "changes")


def findings(*paths, capsys):
    """Return the findings of `check`, without notes."""
    main(["check", *paths, "--format", "json", "--as-of", "2026-11-23"])
    return [
        (each["rule"], each["address"], each["path"])
        for each in json.loads(capsys.readouterr().out)["findings"]
        if each["severity"] != "note"
    ]


@pytest.mark.parametrize("form", ["cloudformation", "terraform"])
@pytest.mark.parametrize(("name", "text"), [("a.yaml", TEMPLATE), ("main.tf", THREE_CERTIFICATES)])
def test_written_records_cause_no_findings(tmp_path, monkeypatch, capsys, form, name, text):
    """The written records cause no findings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text)
    before = findings(".", capsys=capsys)
    main(["validation", name, "--format", form, "--as-of", "2026-11-23"])
    ending = "tf" if form == "terraform" else "yaml"
    (tmp_path / f"records.{ending}").write_text(capsys.readouterr().out)
    assert findings(".", capsys=capsys) == before
    main(["validation", ".", "--format", "json", "--as-of", "2026-11-23"])
    found = json.loads(capsys.readouterr().out)["certificates"]
    if name == "main.tf" and form == "terraform":
        assert {r["written"] for one in found for r in one["records"]} <= {True, None}
