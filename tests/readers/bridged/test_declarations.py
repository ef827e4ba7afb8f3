"""Declarations of bridged resources are the same in each tool."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers import registry
from acmrules.readers.bridged.types import CROSSPLANE, PULUMI
from acmrules.readers.options import Parameters
from acmrules.strategies import names
from acmrules.syntax.source import Source

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
CONSUMERS = {
    "aws_lb_listener": {"protocol": "TLS", "certificateArn": ARN},
    "aws_lb_listener_certificate": {"listenerArn": "x", "certificateArn": ARN},
    "aws_api_gateway_domain_name": {"domainName": "a.io", "regionalCertificateArn": ARN},
    "aws_apigatewayv2_domain_name": {
        "domainName": "a.io",
        "domainNameConfiguration": {"certificateArn": ARN},
    },
    "aws_cloudfront_distribution": {
        "aliases": ["a.io"],
        "viewerCertificate": {"acmCertificateArn": ARN},
    },
    "aws_cognito_user_pool_domain": {"domain": "a.io", "certificateArn": ARN},
    "aws_elb": {"listeners": [{"sslCertificateId": ARN}]},
    "aws_opensearch_domain": {
        "domainEndpointOptions": {
            "customEndpoint": "a.io",
            "customEndpointCertificateArn": ARN,
        }
    },
    "aws_transfer_server": {"certificate": ARN},
}


def in_pulumi(kind, members):
    """Return a program with a resource of a type of Terraform."""
    written = next(key for key, value in PULUMI.items() if value == kind)
    resource = {"type": f"aws:{written.replace('/', ':')}", "properties": members}
    return json.dumps({"resources": {"it": resource}})


def in_crossplane(kind, members):
    """Return a manifest with a resource of a type of Terraform."""
    group, name = next(key for key, value in CROSSPLANE.items() if value == kind)
    if "listeners" in members:
        members = {"listener": members["listeners"]}
    head = {"apiVersion": f"{group}.aws.upbound.io/v1beta1", "kind": name}
    spec = {"forProvider": members}
    return json.dumps(head | {"metadata": {"name": "it"}, "spec": spec})


def read(text):
    """Return the only declaration in a file."""
    (declaration,) = registry.read(Source("x.json", text), Parameters({}, "eu-west-1"))
    return declaration


@pytest.mark.parametrize("kind", CONSUMERS)
def test_each_consumer_is_the_same_in_both_tools(kind):
    """Its service, certificate, hosts and Region come from the reader of Terraform."""
    one, other = (
        read(write(kind, CONSUMERS[kind])).variants[0].consumers
        for write in (in_pulumi, in_crossplane)
    )
    assert one == other
    assert [str(each.certificate) for each in one] == [ARN]


@given(st.lists(names(), min_size=1, max_size=5), st.sampled_from(["DNS", "EMAIL"]))
def test_each_request_is_the_same_in_both_tools(listed, method):
    """So the same rules apply."""
    first, *others = map(str, listed)
    members = {"domainName": first, "validationMethod": method}
    members["subjectAlternativeNames"] = others
    one, other = (
        read(write("aws_acm_certificate", members)).request for write in (in_pulumi, in_crossplane)
    )
    assert one == other
    assert [*map(str, one.names)] == [first, *others]


@pytest.mark.parametrize("write", [in_pulumi, in_crossplane])
def test_values_of_the_wrong_type_are_left_to_the_tool(write):
    """A consumer that the tool rejects is not read."""
    text = write("aws_cognito_user_pool_domain", {"domain": {}, "certificateArn": [ARN]})
    assert registry.read(Source("x.json", text)) == ()
