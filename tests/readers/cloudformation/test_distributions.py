"""CloudFront distributions of templates: aliases without a certificate, balancers as origins."""

import json

import pytest
from tests.support.cloudformation import read as read_template

from acmrules.resources import BalancerOrigin
from acmrules.unresolved import Unknown, Unresolved

CACHED = {"CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}
ALL_VIEWER = {"OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3"}
DNS_NAME = {"Fn::GetAtt": ["Web", "DNSName"]}


def template(name=DNS_NAME, protocol="https-only", behavior=CACHED, certificate=None, **members):
    """Return a template with a distribution in front of a load balancer."""
    origin = {
        "Id": "web",
        "DomainName": name,
        "CustomOriginConfig": {"OriginProtocolPolicy": protocol},
    }
    configuration = {
        "Origins": [origin],
        "DefaultCacheBehavior": {"TargetOriginId": "web"} | behavior,
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True}
        if certificate is None
        else certificate,
    }
    resources = {
        "Web": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"},
        "Site": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {"DistributionConfig": configuration | members},
        },
    }
    declared = {name: {"Type": "String"} for name in ("Mode", "Policy")}
    declared["Names"] = {"Type": "CommaDelimitedList"}
    conditions = {"IsLive": {"Fn::Equals": [{"Ref": "Mode"}, "live"]}}
    conditions["HasCertificate"] = {"Fn::Equals": [{"Ref": "Policy"}, "acm"]}
    return json.dumps({"Parameters": declared, "Conditions": conditions, "Resources": resources})


def distributions(*args, **kwargs):
    """Return the distribution in each variant."""
    return [
        variant.distribution
        for declaration in read_template(template(*args, **kwargs))
        for variant in declaration.variants
        if variant.distribution
    ]


def aliases(found):
    return [(" ".join(map(str, each.aliases)), each.has_default_certificate) for each in found]


NO_ORIGIN = {"Origins": []}
ARN = "arn:aws:acm:us-east-1:210987654321:certificate/2f1c"


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (None, [("a.io b.io", True)]),
        ({}, [("a.io b.io", True)]),
        ({"AcmCertificateArn": {"Ref": "AWS::NoValue"}}, [("a.io b.io", True)]),
        ({"AcmCertificateArn": ARN}, []),
        ({"AcmCertificateArn": {"Ref": "Policy"}}, []),
        ({"IamCertificateId": "ASCA"}, []),
    ],
)
def test_aliases_count_without_a_certificate(certificate, expected):
    """A certificate of ACM or IAM, known or not, is another one than the default."""
    found = distributions(certificate=certificate, Aliases=["a.io", "b.io"], **NO_ORIGIN)
    assert aliases(found) == expected


def test_a_distribution_without_aliases_is_not_declared():
    """There is nothing to check."""
    assert read_template(template(**NO_ORIGIN)) == ()
    assert read_template(template(Aliases=[], **NO_ORIGIN)) == ()


def test_conditions_that_may_exclude_each_other_are_open():
    """The default certificate is unknown if another combination of conditions is correct."""
    certificate = {
        "Fn::If": [
            "HasCertificate",
            {"AcmCertificateArn": ARN},
            {"CloudFrontDefaultCertificate": True},
        ]
    }
    found = distributions(certificate=certificate, Aliases=["a.io"], **NO_ORIGIN)
    assert sorted(aliases(found)) == [("", False), ("a.io", None)]
    names = {"Fn::If": ["IsLive", ["a.io"], {"Ref": "AWS::NoValue"}]}
    found = distributions(Aliases=names, **NO_ORIGIN)
    assert sorted(aliases(found), key=str) == [("", True), ("a.io", None)]


def test_a_macro_may_add_a_certificate():
    """What a macro does is unknown; SAM does not change distributions."""
    data = json.loads(template(Aliases=["a.io"], **NO_ORIGIN))
    for macro, expected in (("AWS::Serverless-2016-10-31", True), ("Certify", None)):
        found = read_template(json.dumps(data | {"Transform": macro}))
        assert aliases([found[0].variants[0].distribution]) == [("a.io", expected)]


def test_an_unknown_number_of_aliases():
    """A parameter may be an empty list."""
    [found] = distributions(Aliases={"Ref": "Names"}, **NO_ORIGIN)
    assert [type(alias).__name__ for alias in found.aliases] == ["UnresolvedNames"]


WEB = Unresolved((Unknown("${Web.DNSName}"),))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (DNS_NAME, WEB),
        ("web-1.eu-west-1.elb.amazonaws.com", "web-1.eu-west-1.elb.amazonaws.com"),
        ("Web-1.elb.eu-west-1.amazonaws.com", "Web-1.elb.eu-west-1.amazonaws.com"),
        ("web-1.elb.cn-north-1.amazonaws.com.cn", "web-1.elb.cn-north-1.amazonaws.com.cn"),
        ({"Fn::GetAtt": ["Web", "CanonicalHostedZoneID"]}, None),
        ({"Ref": "Mode"}, None),
        ("elb.brightharbor.io", None),
        ("x.elb.brightharbor.io", None),
        ("shop.s3.amazonaws.com", None),
        (".elb.eu-west-1.amazonaws.com", None),
    ],
)
def test_the_own_name_of_a_load_balancer(name, expected):
    """It is a name under `elb.amazonaws.com`, or an attribute of a load balancer."""
    found = distributions(name)
    known = [BalancerOrigin(expected, True, False)] if expected else []
    assert [origin for each in found for origin in each.origins] == known


def test_a_partly_known_name_of_a_load_balancer():
    """The end of the name is enough."""
    for end in (".elb.amazonaws.com", ".elb.eu-west-1.amazonaws.com"):
        [found] = distributions({"Fn::Sub": f"${{Mode}}.${{AWS::Region}}{end}"})
        assert str(found.origins[0].domain_name).endswith(end)


@pytest.mark.parametrize(
    ("protocol", "viewer", "always"),
    [
        ("https-only", "allow-all", True),
        ("match-viewer", "redirect-to-https", True),
        ("match-viewer", "https-only", True),
        ("match-viewer", "allow-all", False),
        ("http-only", "https-only", None),
    ],
)
def test_the_protocol_of_the_origin(protocol, viewer, always):
    """With `match-viewer`, the protocol of the viewer decides."""
    behavior = CACHED | {"ViewerProtocolPolicy": viewer}
    found = distributions(protocol=protocol, behavior=behavior)
    assert [each.always for d in found for each in d.origins] == [always] * (always is not None)


FUNCTION = {"LambdaFunctionAssociations": [{"EventType": "origin-request"}]}


@pytest.mark.parametrize(
    ("behavior", "forwards"),
    [
        (CACHED, False),
        (CACHED | ALL_VIEWER, True),
        (CACHED | {"OriginRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac"}, False),
        (CACHED | {"OriginRequestPolicyId": {"Ref": "Policy"}}, None),
        ({"CachePolicyId": {"Ref": "Policy"}}, None),
        ({"ForwardedValues": {"QueryString": True}}, False),
        ({"ForwardedValues": {"Headers": ["Origin"]}}, False),
        ({"ForwardedValues": {"Headers": ["Origin", "HOST"]}}, True),
        ({"ForwardedValues": {"Headers": ["*"]}}, True),
        ({"ForwardedValues": {"Headers": [{"Ref": "Policy"}]}}, None),
        (CACHED | FUNCTION, None),
        (CACHED | {"FunctionAssociations": [{"EventType": "viewer-request"}]}, None),
    ],
)
def test_the_host_header_is_forwarded(behavior, forwards):
    """Headers, managed policies and edge functions decide; other policies are unknown."""
    [found] = distributions(behavior=behavior)
    assert [each.forwards_host for each in found.origins] == [forwards]


def test_all_viewers_may_have_to_use_https():
    """Each behavior may require it in its own way."""
    redirected = CACHED | {"ViewerProtocolPolicy": "redirect-to-https"}
    for policy, always in (("https-only", True), ("allow-all", False)):
        other = CACHED | {"TargetOriginId": "web", "ViewerProtocolPolicy": policy}
        fields = {"behavior": redirected, "CacheBehaviors": [other]}
        [found] = distributions(protocol="match-viewer", **fields)
        assert found.origins[0].always is always


def test_each_behavior_of_an_origin_counts():
    """One behavior without the header is enough; those of other origins do not matter."""
    other = {"TargetOriginId": "web", "PathPattern": "/api/*", **CACHED}
    [found] = distributions(behavior=CACHED | ALL_VIEWER, CacheBehaviors=[other])
    assert found.origins[0].forwards_host is False
    elsewhere = other | {"TargetOriginId": "bucket"}
    [found] = distributions(behavior=CACHED | ALL_VIEWER, CacheBehaviors=[elsewhere])
    assert found.origins[0].forwards_host is True
    assert distributions(behavior=CACHED | {"TargetOriginId": "group"}) == []


@pytest.mark.parametrize(
    ("reference", "in_vpc"),
    [
        ({"Ref": "Private"}, [True]),
        ({"Fn::GetAtt": ["Private", "Id"]}, [True]),
        ({"Ref": "Web"}, []),
        ({"Ref": "Policy"}, []),
        ("vo_1", []),
    ],
)
def test_a_vpc_origin_has_its_protocol_elsewhere(reference, in_vpc):
    """The resource of the VPC origin sets the protocol; an id alone does not reveal it."""
    data = json.loads(template())
    site = data["Resources"]["Site"]["Properties"]["DistributionConfig"]
    del site["Origins"][0]["CustomOriginConfig"]
    site["Origins"][0]["VpcOriginConfig"] = {"VpcOriginId": reference}
    endpoint = {"VpcOriginEndpointConfig": {"OriginProtocolPolicy": "https-only"}}
    private = {"Type": "AWS::CloudFront::VpcOrigin", "Properties": endpoint}
    data["Resources"]["Private"] = private
    found = read_template(json.dumps(data))
    origins = [each for d in found for v in d.variants for each in v.distribution.origins]
    assert [origin.in_vpc for origin in origins] == in_vpc


def test_an_invalid_distribution_is_left_to_other_tools():
    """A list where a mapping belongs is not read."""
    assert distributions(behavior=CACHED, DefaultCacheBehavior=[1]) == []
