"""Requests in the input format of `aws acm request-certificate`."""

import json
from enum import StrEnum
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import at, only, read, spellings
from tests.support.members import slip

from acmrules.lint.linter import Linter
from acmrules.readers import api, registry
from acmrules.readers.options import Parameters
from acmrules.request import KeyAlgorithm, RootHierarchyType, Tag, Tool, ValidationMethod
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import InputError, Position, Source
from acmrules.unresolved import Malformed, Unknown, Unresolved

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


@pytest.mark.parametrize(
    "data",
    [
        {"DomainName": "a.example.com", "ValidationMethod": "DNS", "X": 1},
        {"DomainName": "a.example.com", "KeyAlgorithm": "RSA_2048", "X": 1},
        {"DomainName": "a.example.com", "Options": {"Export": "ENABLED"}, "X": 1},
        {"DomainName": "a.example.com", "KeyAlgoritm": "RSA_2048"},
        {"DomainName": "a.example.com", "SubjectAlternateNames": []},
        {"DomainName": "a.example.com", "CertificateUsage": "CLIENT_AUTH_ONLY"},
        {"DomainName": "a.example.com", "RootHierarchyType": "N2_AMAZON_MANAGED"},
    ],
)
def test_other_members(data):
    """A mistake in one member does not make the request disappear."""
    assert spellings(only(json.dumps(data), "r.json"))[0] == "a.example.com"
    assert spellings(only(yaml.safe_dump(data), "r.yaml"))[0] == "a.example.com"


@pytest.mark.parametrize("data", [{"DomainNmae": "a.io", "ValidationMethod": "DNS"}])
def test_a_misspelled_domain_name(data):
    """The primary name is unknown, not missing."""
    assert only(json.dumps(data), "r.json").request.names == (
        Unresolved((Unknown("value of DomainNmae"),)),
    )


@pytest.mark.parametrize(
    "data",
    [
        # The input of OpenSearch, of API Gateway, and of a command that registers a domain.
        {"DomainName": "logs", "EngineVersion": "OpenSearch_2.3", "TagList": []},
        {"DomainName": "a.io", "DomainNameConfigurations": [], "Tags": {}},
        {"DomainName": "a.io", "DurationInYears": 1, "AutoRenew": True},
        # Parts of the output of `describe-certificate`.
        {"DomainName": "a.io", "ValidationMethod": "DNS", "ValidationStatus": "SUCCESS"},
        {"DomainName": "a.io", "ValidationMethod": "DNS", "ResourceRecord": {}},
        # Parameters of a template.
        {"DomainName": "a.io", "ValidationMethod": "DNS", "Bucket": "b", "Stack": "s"},
        {"domainName": "a.io"},
    ],
)
def test_objects_of_others(data):
    """In files of any kind, an object is a request only if ACM's members are typical of it."""
    assert read(json.dumps(data), "r.json") == ()


@pytest.mark.parametrize("name", ["DomainName", "domainName", "DomainNmae", "domain_name"])
def test_a_file_that_is_stated_to_contain_requests(name):
    """With `--kind api`, every object with a domain name is a request, even if it is misspelled."""
    for text in (json.dumps({name: "localhost", "X": 1}), f"{name}: localhost\nX: 1\n"):
        (declaration,) = registry.read(Source("r.yaml", text), kinds={"api"})
        found = {str(each) for each in declaration.request.unknown_members}
        assert found == {name, "X"} - {"DomainName"}


def test_a_description_is_no_request():
    """With `--kind api`, an object with the ARN of a certificate is still no request."""
    text = json.dumps({"CertificateArn": "arn", "DomainName": "a.io"})
    assert registry.read(Source("r.json", text), kinds={"api"}) == ()


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


# Requests of programs -----------------------------------------------------------------------------

NAMES = ["brightharbor.io", "WWW.brightharbor.io", "*.brightharbor.io", "a_b.io", "localhost", ""]
ARNS = ["arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/x", "arn:aws:acm"]
WRONG = st.sampled_from([5, True, None, [], {}, ["x"], {"x": "y"}])


def texts(*samples):
    """Draw strings, and rarely data of another type."""
    return st.integers(0, 19).flatmap(lambda n: WRONG if n == 7 else st.sampled_from(samples))


def structures(**members):
    """Draw mappings with some of these members, and with a misspelled or a new one."""
    others = {slip(name): values for name, values in members.items()}
    return st.fixed_dictionaries({}, optional=members | others | {"NewMember": st.just("x")})


PARAMETERS = st.fixed_dictionaries(
    {"DomainName": texts(*NAMES)},
    optional={
        "SubjectAlternativeNames": st.lists(texts(*NAMES), max_size=3),
        "SubjectAlternateNames": st.lists(texts(*NAMES), max_size=2),
        "ValidationMethod": texts("DNS", "EMAIL", "HTTP", "dns"),
        "validationMethod": texts("DNS"),
        "DomainValidationOptions": st.lists(
            structures(DomainName=texts(*NAMES), ValidationDomain=texts(*NAMES)), max_size=2
        ),
        "Options": structures(
            Export=texts("ENABLED"), CertificateTransparencyLoggingPreference=texts("DISABLED")
        ),
        "Tags": st.lists(structures(Key=texts("Name", "a*"), Value=texts("x", "")), max_size=2),
        "KeyAlgorithm": texts("RSA_2048", "RSA_1024", "RSA-2048"),
        "CertificateAuthorityArn": texts(*ARNS),
        "IdempotencyToken": texts("a-b", "ab"),
        "ManagedBy": texts("CLOUDFRONT"),
        "CertificateUsage": texts("CLIENT_AUTH_ONLY"),
        "RootHierarchyType": texts("N2_AMAZON_MANAGED"),
        "HostedZoneId": texts("Z1"),
        "NewMember": texts("x"),
    },
)


def results(declare):
    """Return the results of all rules for a declaration, or the fault if there is none."""
    try:
        (declaration,) = declare()
    except InputError as error:
        return error.fault
    except TypeMismatchError as error:
        return error.fault
    findings, skips = Linter().check(declaration)
    found = [(f.rule, f.severity, f.message, f.path, f.value, f.label, f.help) for f in findings]
    return declaration.request, found, [(s.rule, s.reason, s.detail, s.path) for s in skips]


@given(PARAMETERS)
def test_parameters_are_checked_like_text(parameters):
    """The parameters of a call have the findings of a file with the same request."""
    own = results(lambda: [api.requested(parameters, "eu-west-1")])
    for text in (json.dumps(parameters), yaml.safe_dump(parameters, sort_keys=False)):
        source = Source("r.yaml", text)
        known = Parameters({}, "eu-west-1")
        other = results(lambda source=source, known=known: registry.read(source, known, {"api"}))
        assert other.endswith(own) if isinstance(other, str) else other == own


def test_parameters_of_other_classes():
    """Tuples and enumerations of strings are lists and strings."""

    class Method(StrEnum):
        DNS = "DNS"

    data = {
        "DomainName": "a.io",
        "SubjectAlternativeNames": ("b.io",),
        "ValidationMethod": Method.DNS,
    }
    request = api.requested(MappingProxyType(data)).request
    assert [str(name) for name in request.names] == ["a.io", "b.io"]
    assert request.validation_method is ValidationMethod.DNS


@pytest.mark.parametrize("parameters", [{}, {"CertificateArn": "arn"}, {"ValidationMethod": "DNS"}])
def test_parameters_without_a_name(parameters):
    """Parameters are a request, whatever they contain; without a name they are an error."""
    with pytest.raises(TypeMismatchError, match="has no `DomainName`"):
        api.requested(parameters)


@pytest.mark.parametrize("form", ["{0}\n{1}\n", "[{0}, {1}]", "[{1}, {0}]"])
def test_an_unclear_request_next_to_a_clear_one(form):
    """Next to a request, an object with a domain name does not disappear."""
    clear = '{"DomainName": "a.io", "ValidationMethod": "DNS"}'
    for unclear in ('{"DomainName": "b.io", "Foo": 1}', '{"domain_name": "b.io"}'):
        source = Source("r.json", form.format(clear, unclear))
        found = api.read(source, Parameters({}))
        assert len(found) == 2
        assert api.read(Source("r.json", unclear), Parameters({})) is None
    described = '{"CertificateArn": "arn", "DomainName": "b.io"}'
    assert len(api.read(Source("r.json", form.format(clear, described)), Parameters({}))) == 1
