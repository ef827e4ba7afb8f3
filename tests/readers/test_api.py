"""Requests in the input format of `aws acm request-certificate`."""

import json

import pytest
from tests.support.cloudformation import at, only, read, spellings

from acmrules.request import KeyAlgorithm, RootHierarchyType, Tag, Tool, ValidationMethod
from acmrules.syntax.source import InputError, Position
from acmrules.unresolved import Malformed

SKELETON = """\
{
    "DomainName": "",
    "ValidationMethod": "HTTP",
    "SubjectAlternativeNames": [
        ""
    ],
    "IdempotencyToken": "",
    "DomainValidationOptions": [
        {
            "DomainName": "",
            "ValidationDomain": ""
        }
    ],
    "Options": {
        "CertificateTransparencyLoggingPreference": "DISABLED",
        "Export": "ENABLED"
    },
    "CertificateAuthorityArn": "",
    "Tags": [
        {
            "Key": "",
            "Value": ""
        }
    ],
    "KeyAlgorithm": "EC_prime256v1",
    "ManagedBy": "CLOUDFRONT",
    "RootHierarchyType": "N2_AMAZON_MANAGED",
    "CertificateUsage": ""
}
"""


def test_every_member():
    """Every member of the API is read, and an empty string becomes a malformed value."""
    request = only(SKELETON, "request.json", region="eu-west-1").request
    assert request.names == (Malformed(""), Malformed(""))
    assert request.validation_method is ValidationMethod.HTTP
    assert request.validation_options[0].validation_domain == Malformed("")
    assert request.key_algorithm is KeyAlgorithm.EC_PRIME256V1
    assert (request.certificate_authority_arn, request.idempotency_token) == ("", "")
    assert (request.export, request.transparency_logging) == ("ENABLED", "DISABLED")
    assert request.tags == (Tag("", ""),)
    assert (request.managed_by, request.region) == ("CLOUDFRONT", "eu-west-1")
    assert request.root_hierarchy is RootHierarchyType.N2_AMAZON_MANAGED
    assert request.certificate_usage == Malformed("")


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("names",), 4, 32),
        (("names", 1), 5, 10),
        (("validation_method",), 3, 26),
        (("validation_options",), 8, 32),
        (("validation_options", 0), 9, 9),
        (("validation_options", 0, "validation_domain"), 11, 34),
        (("transparency_logging",), 15, 54),
        (("export",), 16, 20),
        (("certificate_authority_arn",), 18, 33),
        (("tags", 0, "key"), 21, 21),
        (("key_algorithm",), 25, 22),
        (("managed_by",), 26, 19),
        (("root_hierarchy",), 27, 27),
        (("certificate_usage",), 28, 26),
        (("region",), 1, 1),
    ],
)
def test_places(path, line, column):
    """The position of each value is after its quote."""
    declaration = only(SKELETON, "request.json")
    place = declaration.variants[0].location(path)
    assert declaration.source.position(place.start) == Position(line, column)


def test_yaml():
    """Requests may be YAML in block style or in flow style."""
    block = """\
        # two names
        DomainName: www.example.com
        SubjectAlternativeNames: ['*.example.com']
    """
    assert spellings(only(block)) == ["www.example.com", "*.example.com"]
    assert spellings(only("{DomainName: www.example.com, ManagedBy: CLOUDFRONT}")) == [
        "www.example.com"
    ]
    assert spellings(only("---\n'DomainName' : www.example.com", "-")) == ["www.example.com"]
    assert only(block).tool is Tool.API


def test_several():
    """Each request in a JSON list or in JSON lines has its own address and positions."""
    one, other = {"DomainName": "a.example.com"}, {"DomainName": "b.example.com"}
    as_list = json.dumps([one, other])
    as_lines = f"{json.dumps(one)}\n{json.dumps(other)}\n"
    for text, name in ((as_list, "r.json"), (as_lines, "r.jsonl")):
        first, second = read(text, name)
        assert (first.address, second.address) == ("$[0]", "$[1]")
        assert at(first, "names", 0) == "a.example.com"
        assert at(second, "names", 0) == "b.example.com"
    assert only(as_lines.splitlines()[0], "-").address == "$"


@pytest.mark.parametrize(
    "data",
    [
        {"DomainName": "www.example.com", "TTL": 60},
        {"ValidationMethod": "DNS"},
        {"DomainName": "www.example.com", "Type": "AWS::Route53::HostedZone"},
        {
            "CertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/x",
            "DomainName": "www.example.com",
            "SubjectAlternativeNames": [],
            "DomainValidationOptions": [],
        },
        {"Certificate": {"DomainName": "www.example.com"}},
        ["DomainName"],
        "DomainName",
    ],
)
def test_no_request(data):
    """Other objects with a domain name, and descriptions of certificates, are not requests."""
    assert read(json.dumps(data), "other.json") == ()


def test_no_request_in_yaml():
    """A mapping with the domain name on a deeper level is not parsed."""
    assert read("Outputs:\n  DomainName: '\n") == ()
    assert read("# DomainName\n") == ()
    assert read("DomainNames:\n- www.example.com\n") == ()


def test_other_members():
    """With two members that only this API has, unknown members are allowed."""
    data = {"DomainName": "a.example.com", "ValidationMethod": "DNS", "X": 1}
    assert read(json.dumps(data), "r.json") == ()
    data["SubjectAlternativeNames"] = []
    assert spellings(only(json.dumps(data), "r.json")) == ["a.example.com"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"DomainName": 5}', "r.json:1:16: `DomainName` must be a string, not a number"),
        ('{"DomainName": null}', "r.json:1:16: `DomainName` must be a string, not null"),
        ('{"DomainName": true}', "r.json:1:16: `DomainName` must be a string, not a boolean"),
        (
            '{"DomainName": "a.b.c", "SubjectAlternativeNames": "x.y.z"}',
            "r.json:1:53: `SubjectAlternativeNames` must be a list of strings, not a string",
        ),
        (
            '{"DomainName": "a.b.c", "SubjectAlternativeNames": [["x.y.z"]]}',
            "r.json:1:53: `SubjectAlternativeNames.0` must be a string, not a list",
        ),
        (
            '{"DomainName": "a.b.c", "Tags": null}',
            "r.json:1:33: `Tags` must be a list, not null",
        ),
        (
            '{"DomainName": "a.b.c", "Tags": ["x"]}',
            "r.json:1:35: `Tags.0` must be a mapping, not a string",
        ),
        (
            '{"DomainName": "a.b.c", "Options": null}',
            "r.json:1:36: `Options` must not be null",
        ),
        (
            '{"ValidationMethod": "DNS", "SubjectAlternativeNames": []}',
            "r.json:1:1: has no `DomainName`",
        ),
        ('[{"DomainName": {}}]', "r.json:1:17: `0.DomainName` must be a string, not a mapping"),
        ('{"DomainName": "a.b.c"', "r.json:1:23: is JSON that ends after 22 bytes"),
    ],
)
def test_wrong_values(text, fault):
    """A value of the wrong type is reported with its position."""
    with pytest.raises(InputError) as caught:
        read(text, "r.json")
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    ("value", "kind"),
    [("1.5", "a number"), ("2024-01-01", "a number"), ("on", "a boolean"), ("~", "null")],
)
def test_wrong_values_in_yaml(value, kind):
    """A YAML scalar of another type is not a string unless it is quoted."""
    with pytest.raises(InputError, match=f"`DomainName` must be a string, not {kind}"):
        read(f"DomainName: {value}")
    assert spellings(only(f"DomainName: '{value}'")) == [value]
    assert spellings(only(f"DomainName: !!str {value}")) == [value]


def test_functions_mean_nothing():
    """In an API request, a function is an ordinary mapping."""
    with pytest.raises(InputError, match="`DomainName` must be a string, not a mapping"):
        read("DomainName: !Ref Name")
    with pytest.raises(InputError, match="has no `DomainName`"):
        read("SubjectAlternativeNames: []\nValidationMethod: DNS")
    text = '{"DomainName": "a.b.c", "DomainValidationOptions": [{"Ref": "X"}]}'
    assert only(text, "r.json").request.validation_options[0].domain_name is None
