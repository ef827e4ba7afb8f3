"""`aws_cloudfront_distribution`: aliases without a certificate, load balancers as origins."""

import pytest
from tests.support import terraform
from tests.support.terraform_plans import change, configured, held, plan, read_plan, state, to

from acmrules.readers.terraform.resources.distributions import may_be_checked
from acmrules.resources import BalancerOrigin
from acmrules.unresolved import Unknown, Unresolved

WEB = Unresolved((Unknown("${aws_lb.web.dns_name}"),))
HIDDEN = BalancerOrigin(WEB, True, False)
FORWARDED = "forwarded_values { query_string = true }"


def module(
    aliases="[]",
    viewer="cloudfront_default_certificate = true",
    name="aws_lb.web.dns_name",
    behavior=FORWARDED,
    rest="",
):
    """Return a module with a distribution in front of a load balancer."""
    return f"""
        resource "aws_lb" "web" {{}}
        variable "arn" {{ type = string }}
        variable "names" {{ default = [] }}
        resource "aws_cloudfront_distribution" "site" {{
          aliases = {aliases}
          viewer_certificate {{
            {viewer}
          }}
          origin {{
            domain_name = {name}
            origin_id   = "web"
            custom_origin_config {{
              origin_protocol_policy = "https-only"
            }}
          }}
          default_cache_behavior {{
            target_origin_id       = "web"
            viewer_protocol_policy = "https-only"
            {behavior}
          }}
        }}
        {rest}
    """


def distributions(*args, **kwargs):
    """Return the distribution in each variant."""
    return [
        variant.distribution
        for declaration in terraform.declarations(module(*args, **kwargs))
        for variant in declaration.variants
        if variant.distribution
    ]


def aliases(found):
    return sorted(
        (" ".join(map(str, each.aliases)), each.has_default_certificate) for each in found
    )


DEFAULT = "cloudfront_default_certificate = true"
BUCKET = '"shop.s3.amazonaws.com"'
BRANCH = 'acm_certificate_arn = var.arn == "" ? null : var.arn'


@pytest.mark.parametrize(
    ("listed", "viewer", "expected"),
    [
        ('["a.io", "b.io"]', DEFAULT, [("a.io b.io", True)]),
        ('["a.io"]', "", [("a.io", True)]),
        ('["a.io"]', "acm_certificate_arn = null", [("a.io", True)]),
        ('["a.io"]', DEFAULT + '\n acm_certificate_arn = ""', [("a.io", True)]),
        ('["a.io"]', "acm_certificate_arn = var.arn", []),
        ('["a.io"]', 'iam_certificate_id = "ASCA"', []),
        ("[]", DEFAULT, []),
        ('["a.io"]', BRANCH, [("", False), ("a.io", None)]),
        ('var.arn == "" ? [] : ["a.io"]', BRANCH, []),
        ("var.names", DEFAULT, [("${var.names}", True)]),
    ],
)
def test_aliases_count_without_a_certificate(listed, viewer, expected):
    """An empty default is to be supplied; conditions may exclude each other."""
    assert aliases(distributions(listed, viewer, BUCKET)) == expected


@pytest.mark.parametrize(
    ("name", "is_balancer"),
    [
        ("aws_lb.web.dns_name", True),
        ("data.aws_lb.web.dns_name", True),
        ("aws_elb.old.dns_name", True),
        ("aws_alb.web[0].dns_name", True),
        ('"web-1.eu-west-1.elb.amazonaws.com"', True),
        ("aws_lb.web.zone_id", False),
        ('"${aws_lb.web.dns_name}.brightharbor.io"', False),
        ("var.arn", False),
        ("aws_instance.web.public_dns", False),
    ],
)
def test_the_own_name_of_a_load_balancer(name, is_balancer):
    """It is an attribute of a resource or a data source, or a name of Elastic Load Balancing."""
    assert [len(each.origins) for each in distributions(name=name)] == [1] * is_balancer


def test_a_name_that_comes_through_a_local_value():
    """The expression may be elsewhere."""
    rest = "locals { web = aws_lb.web.dns_name }"
    [found] = distributions(name="local.web", rest=rest)
    assert found.origins == (HIDDEN,)


@pytest.mark.parametrize(
    ("behavior", "forwards"),
    [
        (FORWARDED, False),
        ('forwarded_values { headers = ["Host"] }', True),
        ('origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3"', True),
        ("origin_request_policy_id = aws_cloudfront_origin_request_policy.x.id", None),
        ("origin_request_policy_id = data.aws_cloudfront_origin_request_policy.x.id", None),
        (FORWARDED + '\n function_association { event_type = "viewer-request" }', None),
    ],
)
def test_the_host_header_is_forwarded(behavior, forwards):
    """Policies that the file does not decide are unknown."""
    [found] = distributions(behavior=behavior)
    assert [each.forwards_host for each in found.origins] == [forwards]


@pytest.mark.parametrize(
    ("name", "forwards"),
    [
        ("Managed-AllViewer", True),
        ("Managed-AllViewerExceptHostHeader", False),
        ("ours", None),
    ],
)
def test_a_managed_policy_is_looked_up_by_its_name(name, forwards):
    """Only the names of AWS are known; a policy of the module is not looked up."""
    kind = "aws_cloudfront_origin_request_policy"
    rest = f'data "{kind}" "p" {{\n name = "{name}"\n }}\n'
    [found] = distributions(behavior=f"origin_request_policy_id = data.{kind}.p.id", rest=rest)
    assert [each.forwards_host for each in found.origins] == [forwards]
    rest = f'resource "{kind}" "p" {{\n name = "{name}"\n }}\n'
    [found] = distributions(behavior=f"origin_request_policy_id = {kind}.p.id", rest=rest)
    assert [each.forwards_host for each in found.origins] == [None]


def vpc_origin(protocol="https-only", reference="aws_cloudfront_vpc_origin.web.id", more=""):
    """Return the origins of a distribution with a VPC origin."""
    module = f"""
        resource "aws_cloudfront_vpc_origin" "web" {{
          {more}
          vpc_origin_endpoint_config {{
            origin_protocol_policy = "{protocol}"
          }}
        }}
        resource "aws_cloudfront_distribution" "site" {{
          origin {{
            domain_name = aws_lb.web.dns_name
            origin_id   = "web"
            vpc_origin_config {{
              vpc_origin_id = {reference}
            }}
          }}
          default_cache_behavior {{
            target_origin_id = "web"
            {FORWARDED}
          }}
          viewer_certificate {{
            cloudfront_default_certificate = true
          }}
        }}
    """
    found = terraform.declarations(module)
    return [each for d in found for v in d.variants for each in v.distribution.origins]


def test_a_vpc_origin_has_its_protocol_elsewhere():
    """The resource of the VPC origin sets the protocol; an id alone does not reveal it."""
    assert vpc_origin() == [HIDDEN.__replace__(in_vpc=True)]
    assert vpc_origin("http-only") == []
    assert vpc_origin(reference='"vo_1"') == []
    assert vpc_origin(reference="aws_cloudfront_vpc_origin.other.id") == []
    assert vpc_origin(reference="var.origin") == []
    indexed = "aws_cloudfront_vpc_origin.web[0].id"
    assert vpc_origin(reference=indexed, more="count = 1") == [HIDDEN.__replace__(in_vpc=True)]
    assert vpc_origin(reference=indexed, more="count = 2") == []


VALUES = {
    "aliases": ["a.io"],
    "viewer_certificate": [{"cloudfront_default_certificate": True, "acm_certificate_arn": ""}],
    "origin": [
        {
            "origin_id": "web",
            "domain_name": "web-1.eu-west-1.elb.amazonaws.com",
            "custom_origin_config": [{"origin_protocol_policy": "https-only"}],
        }
    ],
    "default_cache_behavior": [
        {
            "target_origin_id": "web",
            "viewer_protocol_policy": "https-only",
            "forwarded_values": [{"headers": [], "query_string": False}],
        }
    ],
}
SITE = "aws_cloudfront_distribution.site"


def test_a_state():
    """A state has all values."""
    [found] = read_plan(state(held(SITE, VALUES)))
    distribution = found.variants[0].distribution
    assert aliases([distribution]) == [("a.io", True)]
    assert distribution.origins == (
        BalancerOrigin("web-1.eu-west-1.elb.amazonaws.com", True, False),
    )
    correct = VALUES | {"aliases": [], "origin": []}
    assert read_plan(state(held(SITE, correct))) == ()


def test_a_plan_reveals_the_load_balancer():
    """The name is unknown before the load balancer exists, but its reference is not."""
    origin = {key: value for key, value in VALUES["origin"][0].items() if key != "domain_name"}
    after = VALUES | {"origin": [origin], "aliases": []}
    unknown = {"origin": [{"domain_name": True}]}
    expressions = {"domain_name": to("aws_lb.web.dns_name"), "origin_id": {"constant_value": "web"}}
    entry = configured(SITE, origin=[expressions])
    [found] = read_plan(plan(change(SITE, after, unknown=unknown), resources=[entry]))
    assert found.variants[0].distribution.origins == (HIDDEN,)
    expressions = {"domain_name": to("aws_instance.web.public_dns")}
    entry = configured(SITE, origin=[expressions])
    assert read_plan(plan(change(SITE, after, unknown=unknown), resources=[entry])) == ()


def test_most_files_are_not_evaluated():
    """The text shows that there is nothing to check."""
    assert not may_be_checked("acm_certificate_arn aliases")
    assert not may_be_checked("origin_protocol_policy")
    assert not may_be_checked("cloudfront_default_certificate")
    assert may_be_checked("aliases")
    assert may_be_checked("aliases acm_certificate_arn cloudfront_default_certificate")
    assert may_be_checked("origin_protocol_policy aws_lb.web.dns_name")
