"""The Regions of certificates, and the Regions in which consumers need them."""

from pathlib import Path

import pytest
from tests.support.diagnoses import existing
from tests.support.region_rows import rows
from tests.support.rules import RULES, consumer, request

from acmrules.analysis.region_map import ANYWHERE, Placement, region_map
from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.request import Tool
from acmrules.resources import CertificateReference
from acmrules.syntax.source import Source

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "regions" / "main.tf"
OWN = CertificateReference("Certificate")
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"


def found(*consumers, region="us-east-1"):
    """Return the map of one certificate with consumers."""
    variant = Variant(request("brightharbor.io", region=region), consumers, {})
    declaration = Declaration(None, Tool.TERRAFORM, "Certificate", (variant,))
    return region_map(take_inventory([declaration]))


def used_by(service, **fields):
    """Return a consumer of the certificate, or of another one."""
    return consumer(service, **{"certificate": OWN, **fields})


def test_the_example_has_one_certificate_in_the_wrong_region():
    """Rows have the certificate, its Region, the consumer, and what it needs."""
    declarations = registry.read(Source("main.tf", EXAMPLE.read_text("utf-8")))
    shown = region_map(take_inventory(declarations))
    assert [*rows(shown)] == [
        (
            *("brightharbor.io", "us-east-1"),
            *("aws_cloudfront_distribution.site", "us-east-1", "in the right Region"),
        ),
        (
            *("api.brightharbor.io", "eu-west-1"),
            *("aws_lb_listener.api", "eu-west-1", "in the right Region"),
        ),
        (
            *("api.brightharbor.io", "eu-west-1"),
            *("aws_cloudfront_distribution.docs", "us-east-1", "in the wrong Region"),
        ),
    ]
    assert shown.regions == ["eu-west-1", "us-east-1"]
    report = check_declarations(declarations, Linter(as_of=CHECKED))
    wrong = [each for each in report.findings if each.rule is RULES["ACM501"]]
    assert len(wrong) == len(shown.with_placement(Placement.WRONG))


@pytest.mark.parametrize(
    ("fields", "region", "needs", "placement"),
    [
        ({"service": "cloudfront", "region": "eu-west-1"}, "us-east-1", "us-east-1", "RIGHT"),
        ({"service": "cloudfront", "region": "us-east-1"}, "eu-west-1", "us-east-1", "WRONG"),
        ({"service": "cloudfront"}, None, "us-east-1", "UNKNOWN"),
        ({"service": "alb", "region": "eu-west-1"}, "eu-west-1", "eu-west-1", "RIGHT"),
        ({"service": "alb", "region": "eu-west-1"}, "us-east-1", "eu-west-1", "WRONG"),
        ({"service": "alb"}, "us-east-1", "", "UNKNOWN"),
        ({"service": "lightsail", "region": "us-east-1"}, "us-east-1", "", "REFUSED"),
        ({"service": "nitro-enclaves"}, "mx-central-1", "", "REFUSED"),
        ({"service": "eks", "region": "eu-west-1"}, "us-east-1", ANYWHERE, "RIGHT"),
    ],
)
def test_what_a_service_needs(fields, region, needs, placement):
    """A service needs the certificate in one Region, in its own, in any, or not at all."""
    [each] = found(used_by(**fields), region=region).consumers
    assert (each.needs, each.placement) == (needs, Placement[placement])


def test_an_arn_shows_the_region_of_a_certificate():
    """A consumer with a literal ARN has a certificate that no file declares."""
    shown = found(used_by("alb", region="us-east-1", certificate=ARN))
    assert [(each.address, each.region) for each in shown.certificates] == [(ARN, "eu-west-1")]
    assert shown.consumers[0].placement is Placement.WRONG


def test_an_unused_certificate_has_a_row():
    """Its other cells are empty."""
    assert [*rows(found())] == [("brightharbor.io", "us-east-1", "", "", "")]


def test_a_declaration_without_a_certificate_has_no_row():
    """Nothing is known of a certificate that no file requests, imports or uses."""
    declaration = Declaration(None, Tool.TERRAFORM, "Certificate", (Variant(None, (), {}),))
    assert region_map(take_inventory([declaration])).certificates == ()


def test_the_root_of_a_file_is_not_an_address():
    """Only the path below it is one."""
    for address, expected in (("$", ""), ("$[1]", "[1]")):
        variant = Variant(request("brightharbor.io"), (), {})
        declaration = Declaration(None, Tool.API, address, (variant,))
        [certificate] = region_map(take_inventory([declaration])).certificates
        assert certificate.address == expected


def test_unknown_regions_come_last():
    """Regions are in alphabetical order; then any Region, then the unknown one."""
    consumers = (used_by("alb"), used_by("eks"), used_by("alb", region="eu-west-1"))
    assert found(*consumers).regions == ["eu-west-1", "us-east-1", ANYWHERE, ""]


def test_a_response_of_aws_shows_the_region_of_its_certificate():
    """If neither a request nor an import states a Region, that of the ARN applies."""
    variant = Variant(
        None, (used_by("alb", region="us-east-1"),), {}, existing=existing("brightharbor.io")
    )
    shown = region_map(take_inventory([Declaration(None, Tool.ACCOUNT, ARN, (variant,))]))
    assert [each.region for each in shown.certificates] == ["eu-west-1"]
    assert shown.consumers[0].placement is Placement.WRONG
