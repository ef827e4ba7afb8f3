"""What the configuration of a plan reveals about its resources."""

import pytest
from tests.support.terraform_plans import ARN, change, configured, plan, to, unknown, variant_of

SITE = "aws_acm_certificate.site"
PLANNED = {"domain_name": "brightharbor.io", "subject_alternative_names": ["brightharbor.io"]}

PROVIDERS = {
    "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
    "aws.open": {"name": "aws", "expressions": {"region": to("var.region")}},
    "aws.bare": {"name": "aws"},
    "aws.odd": {"name": "aws", "expressions": {"region": {"constant_value": 7}}},
}


@pytest.mark.parametrize(
    ("provider", "after", "given_region", "region"),
    [
        ("aws", {}, None, "eu-west-1"),
        ("aws", {}, "us-east-2", "eu-west-1"),
        ("aws", {"region": "us-west-2"}, None, "us-west-2"),
        ("aws", {"arn": ARN}, None, "us-east-1"),
        ("aws.open", {}, None, unknown("var.region")),
        ("aws.open", {}, "us-east-2", "us-east-2"),
        ("aws.bare", {}, "us-east-2", "us-east-2"),
        ("aws.odd", {}, None, None),
        ("module.m:aws", {}, None, "eu-west-1"),
    ],
)
def test_regions(provider, after, given_region, region):
    """A Region is the resource's own, that of its ARN, its provider's, or the one passed."""
    resources = [configured(SITE, provider=provider)]
    data = plan(change(SITE, PLANNED | after), resources=resources, providers=PROVIDERS)
    assert variant_of(data, SITE, region=given_region).request.region == region


def test_unknown_regions():
    """A configured Region without a known value is unknown, but a computed one is not."""
    planned = {**PLANNED, "region": None}
    entry = change(SITE, planned, unknown={"region": True})
    filled_in = plan(entry, resources=[configured(SITE)])
    assert variant_of(filled_in, SITE).request.region == "eu-west-1"
    given_one = plan(entry, resources=[configured(SITE, region=to("local.region"))])
    assert variant_of(given_one, SITE).request.region == unknown(f"{SITE}.region")


LISTENER = "aws_lb_listener.https"


@pytest.mark.parametrize(
    ("keys", "references", "used"),
    [
        ([""], [f"{SITE}.arn"], SITE),
        (["[0]"], [f"{SITE}[0].arn"], f"{SITE}[0]"),
        (["[0]", "[1]"], [f"{SITE}[1].arn"], f"{SITE}[1]"),
        (["[0]", "[1]"], [f"{SITE}.arn"], None),
        ([""], [f"{SITE}.status"], None),
        ([""], [f"{SITE}.arn", "var.arn"], SITE),
        ([""], [f"{SITE}.arn", "local.arn"], None),
    ],
)
def test_an_unknown_value_comes_from_the_only_resource_that_it_may_come_from(
    keys, references, used
):
    """Its label is the attribute of that resource, or its own attribute."""
    certificates = [
        change(f"{SITE}{key}", PLANNED, unknown={"arn": True, "id": True}) for key in keys
    ]
    listener = change(LISTENER, {"protocol": "HTTPS"}, unknown={"certificate_arn": True})
    data = plan(
        *certificates,
        listener,
        resources=[configured(SITE), configured(LISTENER, certificate_arn=to(*references))],
    )
    users = [key for key in keys if variant_of(data, f"{SITE}{key}").consumers]
    assert users == ([used.removeprefix(SITE)] if used else [])
    if used is None:
        (consumer,) = variant_of(data, LISTENER).consumers
        assert consumer.certificate == unknown(f"{LISTENER}.certificate_arn")
