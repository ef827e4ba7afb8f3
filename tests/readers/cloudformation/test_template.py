"""The sections of a template, and the references in its expressions."""

import pytest

from acmrules.readers.cloudformation.template import (
    Parameter,
    Template,
    is_expression,
    mentions,
    placeholders,
    scalar,
)


def template_of(**sections):
    """Return a template with these sections."""
    return Template(sections, {}, None)


@pytest.mark.parametrize(
    ("declared", "parameter"),
    [
        ({"Type": "String"}, Parameter("P")),
        ({"Type": "String", "Default": "a"}, Parameter("P", "a")),
        ({"Type": "String", "Default": True}, Parameter("P", "true")),
        ({"Type": "String", "Default": ["a"]}, Parameter("P")),
        (
            {"Type": "String", "AllowedValues": ["a", False, {}]},
            Parameter("P", None, ("a", "false")),
        ),
        ({"Type": "String", "AllowedValues": "a"}, Parameter("P")),
        ({"Type": "CommaDelimitedList", "Default": "a,b"}, Parameter("P", "a,b", is_list=True)),
        ({"Type": "List<Number>"}, Parameter("P", is_list=True)),
        ({"Type": "AWS::Route53::HostedZone::Id"}, Parameter("P")),
        (
            {"Type": "AWS::SSM::Parameter::Value<List<String>>", "Default": "/a"},
            Parameter("P", "/a", is_list=True, is_from_store=True),
        ),
        ("String", Parameter("P")),
        ({}, Parameter("P")),
    ],
)
def test_parameters(declared, parameter):
    """A parameter has what it declares, without invalid parts."""
    assert template_of(Parameters={"P": declared}).parameters == {"P": parameter}


def test_sections():
    """A section that is missing or not a mapping is empty."""
    template = template_of(Parameters=[], Conditions=None, Mappings={"a": 1})
    assert template.parameters == template.conditions == template.resources == {}
    assert template.mappings == {"a": 1}


def test_resources():
    """Resources have a type and a pointer; a loop counts once."""
    resources = {
        "A": {"Type": "X"},
        "B": {"Type": ["X"]},
        "C": "X",
        "Fn::ForEach::Loop": ["Name", ["a", "b"], {"D${Name}": {"Type": "Y"}}],
        "Fn::ForEach::Empty": [],
        "Fn::ForEach::Odd": ["Name"],
        "E": [{"Type": "X"}],
    }
    found = template_of(Resources=resources).resources
    assert {name: resource.type for name, resource in found.items()} == {"A": "X", "D${Name}": "Y"}
    assert found["A"].pointer == ("Resources", "A")
    assert found["D${Name}"].pointer == ("Resources", "Fn::ForEach::Loop", 2, "D${Name}")
    assert found["A"].data == {"Type": "X"}
    assert found["A"].logical_id == "A"


@pytest.mark.parametrize(
    ("expression", "identity"),
    [
        ("Cert", "Cert"),
        ("Cert.Id", "Cert"),
        ("Cert.Arn", "Cert"),
        ("Zone.Id", "Zone"),
        ("Zone.NameServers", "Zone.NameServers"),
        ("Other.Id", "Other.Id"),
    ],
)
def test_identity(expression, identity):
    """Some attributes equal a reference to the resource."""
    types = {"Cert": "AWS::CertificateManager::Certificate", "Zone": "AWS::Route53::HostedZone"}
    resources = {name: {"Type": kind} for name, kind in types.items()}
    assert template_of(Resources=resources).identity(expression) == identity


@pytest.mark.parametrize(
    ("data", "text"),
    [("a", "a"), (True, "true"), (False, "false"), (None, None), ([], None), ({}, None)],
)
def test_scalar(data, text):
    """A scalar is a string in CloudFormation."""
    assert scalar(data) == text


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        ({"Ref": "A"}, True),
        ({"Fn::Foo": []}, True),
        ({"Condition": "A"}, False),
        ({"Ref": "A", "Fn::Foo": "B"}, False),
        ({}, False),
        ([{"Ref": "A"}], False),
        ("Ref", False),
    ],
)
def test_is_expression(data, is_one):
    """A mapping with a function as its only member is an expression."""
    assert is_expression(data) is is_one


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [("", "")]),
        ("a", [("a", "")]),
        ("${A}", [("", "A"), ("", "")]),
        ("a${ A }b${B.C}", [("a", "A"), ("b", "B.C"), ("", "")]),
        ("a${!B}c", [("a${", ""), ("B}c", "")]),
        ("${!A}${B}", [("${", ""), ("A}", "B"), ("", "")]),
        ("a${b", [("a${b", "")]),
        ("$A ${}", [("$A ", ""), ("", "")]),
    ],
)
def test_placeholders(text, pieces):
    """A string is split at its placeholders; one with an exclamation mark is literal."""
    assert list(placeholders(text)) == pieces


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("Ref", []),
        ({"Ref": "A"}, ["name A"]),
        ({"Ref": ["A"]}, []),
        ({"Fn::GetAtt": "A.B"}, ["name A"]),
        ({"Fn::GetAtt": ["A", {"Ref": "B"}]}, ["name A", "name B"]),
        ({"Fn::GetAtt": []}, []),
        ({"Fn::Sub": "${A}${B.C}${!D}"}, ["name A", "name B"]),
        ({"Fn::Sub": ["${A}${v}", {"v": {"Ref": "B"}}]}, ["name A", "name B"]),
        ({"Fn::Sub": ["${A}", "odd"]}, ["name A"]),
        ({"Fn::Sub": [["${A}"]]}, []),
        ({"x": [{"y": {"Ref": "A"}}, [{"Ref": "B"}]]}, ["name A", "name B"]),
        ({"Fn::If": ["A", {"Ref": "B"}, "c"]}, ["condition A", "name B"]),
        ({"Fn::If": []}, []),
    ],
)
def test_mentions(data, named):
    """References are found at every depth, except for variables of `Fn::Sub`."""
    assert sorted(f"{kind} {name}" for kind, name in mentions(data)) == named


def test_mentions_outside_of_branches():
    """References in branches can be left out."""
    data = [{"Fn::If": ["A", {"Ref": "B"}, "c"]}, {"Ref": "D"}]
    assert set(mentions(data, in_branches=False)) == {("condition", "A"), ("name", "D")}
