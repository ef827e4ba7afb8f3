"""CloudFormation templates, and the names and locations that were read from them."""

from __future__ import annotations

import json
from functools import cache
from textwrap import dedent, indent

import yaml
from hypothesis import strategies as st
from tests.support.strategies import name_texts

from acmrules.placeholders import in_name
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.request import CertificateRequest, Tag, ValidationOption
from acmrules.strategies import names
from acmrules.syntax.source import Source
from acmrules.unresolved import read_name


def read(text, name="template.yaml", *, region=None, **values):
    """Return the declarations of a template; `values` are those of parameters."""
    return registry.read(Source(name, dedent(text)), Parameters(values, region))


def only(text, name="template.yaml", **known):
    """Return the only declaration of a template."""
    (declaration,) = read(text, name, **known)
    return declaration


def certificate(properties, rest="", **known):
    """Return the declaration of a certificate with these properties."""
    return only(template(properties, rest), **known)


def template(properties, rest=""):
    """Return a template with one certificate, and other sections after it."""
    head = """\
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties:
        """
    return dedent(head) + indent(dedent(properties).strip("\n"), "      ") + "\n" + rest


def spellings(declaration, variant=0):
    """Return the names of a request as they are written."""
    return list(declaration.variants[variant].request.spellings)


def branches(declaration):
    """Return the names by the condition under which they are requested."""
    return {variant.condition: list(variant.request.spellings) for variant in declaration.variants}


def at(declaration, *path, variant=0):
    """Return the text at a path."""
    place = declaration.variants[variant].location(path)
    return declaration.source.text[place.start : place.end]


def defined_at(declaration, *path, variant=0):
    """Return the text of the definition of a path, and its note."""
    place = declaration.variants[variant].location(path)
    definition = place.definition
    return declaration.source.text[definition.start : definition.end], place.note


def positions(declarations):
    """Return the range of each path of each variant."""
    return [
        (path, declaration.source.range(place.start, place.end))
        for declaration in declarations
        for variant in declaration.variants
        for path, place in variant.locations.items()
    ]


# What the laws are tried on ----------------------------------------------------------------------


@cache
def requests():
    """Draw API requests as members by name, with a few invalid values."""
    # YAML writes unprintable characters in its own way, and readers treat placeholders as unknown.
    bad = name_texts().filter(lambda text: text.isprintable() and in_name(text) == text)
    texts = names().map(str) | names().map(str) | bad
    options = st.fixed_dictionaries({"DomainName": texts, "ValidationDomain": texts})
    tags = st.fixed_dictionaries({"Key": st.text("aZ:*", min_size=1), "Value": st.text("b =-")})
    return st.fixed_dictionaries(
        {"DomainName": texts},
        optional={
            "SubjectAlternativeNames": st.lists(texts, max_size=4),
            "ValidationMethod": st.sampled_from(["DNS", "EMAIL", "dns"]),
            "DomainValidationOptions": st.lists(options, max_size=2),
            "KeyAlgorithm": st.sampled_from(["RSA_2048", "EC_prime256v1", "P-256"]),
            "CertificateAuthorityArn": st.just("arn:aws:acm-pca:eu-west-1:111122223333:x"),
            "Tags": st.lists(tags, max_size=2),
        },
    )


def request_of(members):
    """Return the request with these members."""
    optional = {
        "validation_method": members.get("ValidationMethod"),
        "key_algorithm": members.get("KeyAlgorithm"),
        "certificate_authority_arn": members.get("CertificateAuthorityArn"),
    }
    return CertificateRequest.of(
        [members["DomainName"], *members.get("SubjectAlternativeNames", ())],
        validation_options=tuple(
            ValidationOption(read_name(option["DomainName"]), read_name(option["ValidationDomain"]))
            for option in members.get("DomainValidationOptions", ())
        ),
        tags=tuple(Tag(tag["Key"], tag["Value"]) for tag in members.get("Tags", ())),
        **optional,
    )


def as_template(properties):
    """Return the data of a template with one certificate."""
    resource = {"Type": "AWS::CertificateManager::Certificate", "Properties": properties}
    return {"Resources": {"Certificate": resource}}


@cache
def renderings():
    """Draw spellings of data in JSON or YAML: the suffix, and the function that renders."""
    jsons = st.sampled_from([None, 1, 4]).map(
        lambda width: (".json", lambda data: json.dumps(data, indent=width, ensure_ascii=False))
    )
    yamls = st.builds(
        lambda flow, style: (".yaml", lambda data: _as_yaml(data, flow, style)),
        st.booleans(),
        st.sampled_from([None, "'", '"']),
    )
    return jsons | yamls


def _as_yaml(data, flow, style):
    # PyYAML writes these line breaks raw and single if it may, and then they are read as a space.
    breaks = set("\x85\u2028\u2029")
    return yaml.safe_dump(
        data,
        default_flow_style=flow,
        default_style=style,
        allow_unicode=breaks.isdisjoint(json.dumps(data, ensure_ascii=False)),
        width=10**6,
    )


_PARAMETERS = {
    "Plain": {"Type": "String"},
    "Given": {"Type": "String", "Default": "given.example.com"},
    "Blank": {"Type": "String", "Default": ""},
    "Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]},
    "Several": {"Type": "CommaDelimitedList", "Default": "a.example.com, b.example.com"},
    "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/name"},
}
_THINGS = (*_PARAMETERS, "Zone", "AWS::Region", "AWS::NoValue", "Nothing")
_LITERALS = (
    "a.example.com",
    "*.b.com",
    "",
    ".",
    "${Given}.c",
    "${!x}${Bucket.Arn}",
    "{{resolve:x}}",
)


@cache
def text_expressions():
    """Draw expressions of a template for a string, known or unknown."""

    def grow(inner):
        several = st.lists(inner, min_size=1, max_size=3) | st.just({"Ref": "Several"})
        index = st.sampled_from(["0", "1", {"Ref": "Plain"}])
        split = st.tuples(st.sampled_from([".", ","]), inner).map(list)
        arguments = {
            "Fn::If": st.tuples(st.sampled_from("AB"), inner, inner),
            "Fn::Join": st.tuples(st.sampled_from(["", "."]), several),
            "Fn::Select": st.tuples(index, several | split.map(lambda it: {"Fn::Split": it})),
            "Fn::FindInMap": st.sampled_from([("a", "b", "c"), ("a", {"Ref": "Stage"}, "c")]),
            "Fn::Sub": inner.map(lambda value: ("x${v}.${Plain}", {"v": value})),
            "Fn::GetAtt": st.just(("Bucket", "DomainName")),
            "Fn::ImportValue": inner.map(lambda value: value),
        }
        return st.one_of(
            st.builds(lambda name, made: {name: made}, st.just(name), argument)
            for name, argument in arguments.items()
        )

    one = [name for name in _THINGS if name != "Several"]
    references = st.sampled_from(one).map(lambda name: {"Ref": name})
    subs = st.sampled_from(_LITERALS).map(lambda text: {"Fn::Sub": text})
    return st.recursive(st.sampled_from(_LITERALS) | references | subs, grow, max_leaves=5)


@cache
def wild_expressions():
    """Draw arbitrary data: functions with wrong arguments, values of wrong types."""
    functions = ["Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::If", "Fn::Select", "Fn::Foo"]
    return st.recursive(
        st.sampled_from([*_LITERALS, "Certificate", 7]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*functions, "DomainName"]), inner, max_size=2)
        ),
        max_leaves=5,
    )


@cache
def templates():
    """Draw templates with expressions as values, most of them valid."""
    kinds = st.sampled_from([text_expressions()] * 29 + [wild_expressions()])
    values = kinds.flatmap(lambda kind: kind)
    several = st.lists(values, max_size=2)
    lists = st.one_of(several, several, several, values)
    conditions = st.tuples(_conditions(values, {"Condition": "B"}), _conditions(values, "?"))
    options = st.fixed_dictionaries({"DomainName": values}, optional={"HostedZoneId": values})
    tags = st.fixed_dictionaries({"Key": values, "Value": values})
    certificates = st.fixed_dictionaries(
        {"DomainName": values},
        optional={
            "SubjectAlternativeNames": lists,
            "DomainValidationOptions": st.lists(options, max_size=2),
            "ValidationMethod": values,
            "Tags": st.lists(tags, max_size=2),
        },
    )
    arns = st.just({"Ref": "Certificate"}) | values
    distributions = st.fixed_dictionaries(
        {"ViewerCertificate": st.fixed_dictionaries({"AcmCertificateArn": arns})},
        optional={"Aliases": lists},
    )
    return st.builds(_template, conditions, certificates, distributions, values)


def _conditions(values, other):
    equals = st.lists(values, min_size=2, max_size=2).map(lambda sides: {"Fn::Equals": sides})
    stage = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    return st.recursive(
        equals | st.sampled_from([stage, stage, other]),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=1).map(lambda one: {"Fn::Not": one})
            | st.lists(inner, min_size=2, max_size=2).map(lambda both: {"Fn::And": both})
            | st.lists(inner, min_size=2, max_size=2).map(lambda both: {"Fn::Or": both})
        ),
        max_leaves=3,
    )


def _template(conditions, properties, distribution, output):
    data = as_template(properties)
    data["Resources"] |= {
        "Site": {
            "Type": "AWS::CloudFront::Distribution",
            "Condition": "B",
            "Properties": {"DistributionConfig": distribution},
        },
        "Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": output}},
    }
    return {
        "Parameters": _PARAMETERS,
        "Mappings": {"a": {"b": {"c": "d.example.com"}}},
        "Conditions": dict(zip("AB", conditions, strict=True)),
        **data,
        "Outputs": {"Out": {"Value": output}},
    }
