"""What declarations of one file reveal about each other: HTTP versions, and names of zones."""

import json

import pytest
from tests.support import terraform
from tests.support.cloudformation import read
from tests.support.rules import ZONE
from tests.support.terraform_plans import held, read_plan, state

from acmrules.resources import OTHER_HTTP_VERSION

ARN = "arn:aws:acm:us-east-1:210987654320:certificate/2f1c"
OTHER_ARN = "arn:aws:acm:us-east-1:210987654320:certificate/9a7b"


def flagged(declarations):
    """Return the addresses of the distributions whose version differs."""
    return {
        consumer.address.rpartition(".")[2]
        for declaration in declarations
        for variant in declaration.variants
        for consumer in variant.consumers
        if OTHER_HTTP_VERSION in consumer.traits
    }


def template(*distributions, **conditions):
    """Return a template with distributions, as pairs of an ARN and a version."""
    resources = {}
    for index, (arn, version) in enumerate(distributions):
        viewer = {"AcmCertificateArn": arn}
        configuration = {"ViewerCertificate": viewer}
        configuration |= {} if version is None else {"HttpVersion": version}
        properties = {"DistributionConfig": configuration}
        resources[f"d{index}"] = {"Type": "AWS::CloudFront::Distribution", "Properties": properties}
    declared = {"Arn": {"Type": "String"}, "Mode": {"Type": "String"}}
    mentioned = {"Description": ":acm:", "Parameters": declared, "Resources": resources}
    return json.dumps(mentioned | conditions)


def module(*distributions):
    blocks = [
        f"""
        resource "aws_cloudfront_distribution" "d{index}" {{
          {"" if version is None else f'http_version = "{version}"'}
          viewer_certificate {{
            acm_certificate_arn = "{arn}"
          }}
        }}
        """
        for index, (arn, version) in enumerate(distributions)
    ]
    return "".join(blocks)


def states(*distributions):
    return state(
        *(
            held(
                f"aws_cloudfront_distribution.d{index}",
                {"http_version": version, "viewer_certificate": [{"acm_certificate_arn": arn}]},
            )
            for index, (arn, version) in enumerate(distributions)
        )
    )


VERSIONS = [
    ([(ARN, "http2"), (ARN, "http2")], set()),
    ([(ARN, "http2"), (ARN, "HTTP2")], set()),
    ([(ARN, "http2"), (ARN, "http3"), (ARN, "http2")], {"d1"}),
    ([(ARN, "http2"), (OTHER_ARN, "http3")], set()),
    ([(ARN, "http2")], set()),
]


@pytest.mark.parametrize(("distributions", "expected"), VERSIONS)
def test_distributions_with_one_arn_have_one_version(distributions, expected):
    """The first distribution with the certificate determines the version, in each format."""
    assert flagged(read(template(*distributions))) == expected
    assert flagged(terraform.declarations(module(*distributions))) == expected
    assert flagged(read_plan(states(*distributions))) == expected


def test_the_default_version_depends_on_the_tool():
    """CloudFormation has HTTP/1.1, Terraform HTTP/2."""
    distributions = [(ARN, "http2"), (ARN, None)]
    assert flagged(read(template(*distributions))) == {"d1"}
    assert flagged(terraform.declarations(module(*distributions))) == set()


def test_a_parameter_is_one_certificate():
    """A reference in a template has one value; an unknown version is not compared."""
    reference = {"Ref": "Arn"}
    assert flagged(read(template((reference, "http2"), (reference, "http3")))) == {"d1"}
    unknown = {"Ref": "Mode"}
    assert flagged(read(template((reference, "http2"), (reference, unknown)))) == set()
    branch = {"Fn::If": ["IsLive", ARN, OTHER_ARN]}
    conditions = {"IsLive": {"Fn::Equals": [{"Ref": "Mode"}, "live"]}}
    found = read(template((branch, "http2"), (branch, "http3"), Conditions=conditions))
    assert flagged(found) == set()


def requests(*zones):
    """Return the names of the zone records of certificates, as pairs of a name and a zone."""
    resources = {
        f"c{index}": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {
                "DomainName": name,
                "ValidationMethod": "DNS",
                "DomainValidationOptions": [{"DomainName": name, "HostedZoneId": zone}],
            },
        }
        for index, (name, zone) in enumerate(zones)
    }
    found = read(json.dumps({"Resources": resources}))
    return [[str(each.name) for each in d.variants[0].zone_records] for d in found]


def test_requests_with_one_zone_know_the_first_name():
    """The first request determines the domain of a zone."""
    assert requests(("a.io", ZONE), ("b.io", ZONE), ("c.io", "Z1")) == [[], ["a.io"], []]
    assert requests(("a.io", ZONE), ("b.io", "Z1")) == [[], []]
    assert requests(("a.io", {"Ref": "Zone"}), ("b.io", {"Ref": "Zone"})) == [[], []]


def test_equal_expressions_in_terraform_may_differ():
    """They may be those of several instances; without a certificate, there is nothing to share."""
    assert flagged(
        terraform.declarations(module(("${var.a}", "http2"), ("${var.a}", "http3")))
    ) == (set())
    default = json.loads(template((ARN, "http2"), (ARN, "http3")))
    for each in default["Resources"].values():
        configuration = each["Properties"]["DistributionConfig"]
        configuration["ViewerCertificate"] = {"CloudFrontDefaultCertificate": True}
    assert flagged(read(json.dumps(default))) == set()


def test_other_traits_are_not_versions():
    """Dedicated addresses cost extra, but may share a certificate."""
    data = json.loads(template((ARN, "http2"), (ARN, "http2")))
    [_, other] = data["Resources"].values()
    other["Properties"]["DistributionConfig"]["ViewerCertificate"]["SslSupportMethod"] = "vip"
    assert flagged(read(json.dumps(data))) == set()


@pytest.mark.parametrize(
    ("first", "second", "is_known"),
    [
        ("www.brightharbor.io", "api.brightharbor.io", False),
        ("brightharbor.io", "*.brightharbor.io", False),
        ("brightharbor.io", "notbrightharbor.io", True),
        ("x.brightharbor.io", "x.lighthouse.io", True),
        ("x.abcde.io", "y.abcde.io", False),
        ("x.abcd.io", "y.abcd.io", True),
        ("a.co.uk", "b.co.uk", True),
    ],
)
def test_names_of_one_domain_need_no_comparison(first, second, is_known):
    """A label of more than four characters is not part of a public suffix with two labels."""
    assert requests((first, ZONE), (second, ZONE)) == [[], [first] if is_known else []]


def test_the_names_of_one_request_are_compared_there():
    """Only another declaration has to know the name; an option without one reveals nothing."""
    options = [
        {"HostedZoneId": ZONE},
        *({"DomainName": name, "HostedZoneId": ZONE} for name in ("a.io", "b.io")),
    ]
    first = {"DomainName": "a.io", "SubjectAlternativeNames": ["b.io"]}
    first |= {"ValidationMethod": "DNS", "DomainValidationOptions": options}
    second = first | {"DomainName": "b.io", "DomainValidationOptions": options[2:]}
    kind = "AWS::CertificateManager::Certificate"
    resources = {
        f"c{index}": {"Type": kind, "Properties": each}
        for index, each in enumerate((first, second))
    }
    found = read(json.dumps({"Resources": resources}))
    known = [[str(each.name) for each in d.variants[0].zone_records] for d in found]
    assert known == [[], ["a.io"]]
