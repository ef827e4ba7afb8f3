"""The exports of a template that do not depend on conditions."""

from acmrules.model.declaration import CROSS_REGION, IMPORT
from acmrules.readers.cloudformation.exports import exports
from acmrules.readers.cloudformation.intrinsics import Resolver
from acmrules.readers.cloudformation.template import Template
from acmrules.readers.conditions import ROOT
from acmrules.unresolved import Unknown, Unresolved


def exported(outputs, **sections):
    """Return the exports of a template as strings."""
    found = exports(Template({"Outputs": outputs, **sections}, {}, None))
    return [(name, str(value)) for name, value in found]


def test_an_export_is_known_by_its_import():
    """An export has the label of its import, and its name may be an expression."""
    outputs = {
        "Arn": {"Value": {"Ref": "Certificate"}, "Export": {"Name": "arn"}},
        "Name": {"Value": "x.io", "Export": {"Name": {"Fn::Sub": "${Stage}-name"}}},
    }
    parameters = {"Stage": {"Type": "String", "Default": "prod"}}
    assert exported(outputs, Parameters=parameters) == [
        (f"{IMPORT}arn", "${Certificate}"),
        (f"{IMPORT}prod-name", "x.io"),
    ]
    [(_, value)] = exports(Template({"Outputs": {"Arn": outputs["Arn"]}}, {}, None))
    assert value == Unresolved((Unknown("${Certificate}"),))


def test_what_depends_on_something_is_no_export():
    """Exports with unknown names or conditional values are left out."""
    name = {"Name": "n"}
    section = {"Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}}, "Parameters": {"P": {}}}
    choice = {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "B"}]}
    absent = {"Fn::If": ["C", {"Ref": "AWS::NoValue"}, {"Ref": "AWS::NoValue"}]}
    outputs = {
        "Stack": {"Value": "x", "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-x"}}},
        "Choice": {"Value": choice, "Export": name},
        "Chosen": {"Value": "x", "Export": {"Name": choice}},
        "Absent": {"Value": {"Ref": "AWS::NoValue"}, "Export": name},
        "Odd": {"Value": ["x"], "Export": name},
        "NoValue": {"Export": name},
        "NoName": {"Value": "x", "Export": {}},
        "NoExport": {"Value": "x"},
        "NoOutput": "x",
    }
    assert exported(outputs, **section) == []
    assert exported({"Absent": {"Value": absent, "Export": name}}, **section) == []
    assert exported("x") == []
    assert exports(Template({}, {}, None)) == []


def test_the_cdk_copies_values_to_other_regions():
    """A value that the CDK copies has the label of the parameter in which it is then."""
    properties = {"WriterProps": {"exports": {"/cdk/exports/Site/arn": {"Ref": "Certificate"}}}}
    writer = {"Type": "Custom::CrossRegionExportWriter", "Properties": properties}
    other = {"Type": "Custom::Other", "Properties": properties}
    odd = {"Type": "Custom::CrossRegionExportWriter", "Properties": {"WriterProps": []}}
    resources = {"Writer": writer, "Other": other, "Odd": odd}
    label = f"{CROSS_REGION}Site/arn}}}}"
    assert exported({}, Resources=resources) == [(label, "${Certificate}")]


def test_the_reader_of_the_cdk_has_the_copied_values():
    """Its attribute has the label of the parameter; those of other resources have their own."""
    resources = {
        "Reader": {"Type": "Custom::CrossRegionExportReader"},
        "Other": {"Type": "Custom::Other"},
    }
    template = Template({"Resources": resources}, {}, None)
    resolver = Resolver(template, ROOT)
    arn = "/cdk/exports/Site/arn"
    pairs = (("Reader", arn), ("Reader", "Other"), ("Other", arn), ("None", arn))
    attributes = [{"Fn::GetAtt": [*pair]} for pair in pairs]
    labels = [str(resolver.text(each, ())[0]) for each in attributes]
    assert labels == [
        f"{CROSS_REGION}Site/arn}}}}",
        "${Reader.Other}",
        f"${{Other.{arn}}}",
        f"${{None.{arn}}}",
    ]
