"""Nested stacks about certificates."""

import json

import pytest

from acmrules.readers.cloudformation.nested_stacks import nested_stacks
from acmrules.syntax.source import Source


def listed(address, logical_id="Certificates", **parameters):
    """Return the nested stacks that are listed for a template with one."""
    properties = {"TemplateURL": address, "Parameters": parameters}
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": properties}
    bucket = {"Type": "AWS::S3::Bucket"}
    text = json.dumps({"Resources": {logical_id: stack, "Bucket": bucket}})
    return [(each.what, each.line) for each in nested_stacks(Source("t.json", text))]


@pytest.mark.parametrize(
    "address",
    [
        "https://s3.amazonaws.com/bucket/acm.yaml",
        {"Fn::Sub": "https://${Bucket}.s3.amazonaws.com/x.yaml"},
        {"Fn::Join": ["", ["https://", {"Ref": "Host"}]]},
    ],
)
def test_a_template_elsewhere_is_listed(address):
    """It is listed if its name, its address or a parameter is about certificates."""
    assert listed(address) == [("nested stack `Certificates`", 1)]
    assert listed(address, "Site", CertificateArn="x") == [("nested stack `Site`", 1)]
    by_address = isinstance(address, str)
    assert listed(address, "Site") == [("nested stack `Site`", 1)] * by_address
    assert listed("https://x/vpc.yaml", "Network") == []


@pytest.mark.parametrize("address", ["acm.yaml", "./stacks/acm.yaml", None, 1])
def test_a_local_template_is_not_listed(address):
    """It is one of the files that a walk reads, or the value is invalid."""
    assert listed(address) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"Resources": []}', "a: ["])
def test_other_texts_have_no_nested_stacks(text):
    """An invalid template is reported elsewhere."""
    assert list(nested_stacks(Source("t.yaml", text))) == []


def test_a_template_of_the_cdk_is_next_to_the_other():
    """Its address is that of the bucket to which the CDK uploads the file."""
    properties = {"TemplateURL": {"Fn::Join": ["", ["https://", {"Ref": "Bucket"}]]}}
    metadata = {"aws:asset:path": "Cert.nested.template.json"}
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": properties, "Metadata": metadata}
    source = Source("t.json", json.dumps({"Resources": {"CertNestedStack": stack}}))
    assert list(nested_stacks(source)) == []
