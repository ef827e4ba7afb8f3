"""The template in a configuration of the Serverless Framework."""

import pytest

from acmrules.readers.serverless.template import FILE, StackTree, included
from acmrules.readers.serverless.variables import Variables
from acmrules.readers.substituted import Substituted
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY

TEXT = """\
custom:
  domain: brightharbor.io
  names: [a.brightharbor.io]
  options:
    - DomainName: ${self:custom.domain}
resources:
  - Parameters: {X: {Type: String}}
  - ${file(other.yml)}
  - Resources:
      Cert:
        Type: AWS::CertificateManager::Certificate
        Properties:
          DomainName: ${self:custom.domain}
          SubjectAlternativeNames: ${self:custom.names}
          DomainValidationOptions: ${self:custom.options}
          Tags: ${file(tags.yml)}
      Table:
        Type: AWS::DynamoDB::Table
        Properties: {TableName: "${self:custom.domain}"}
      Other: ${file(certificate.yml)}
"""
CERT = ("Resources", "Cert")


def stack_of(text, *, is_whole=False):
    """Return the tree of the template in a file."""
    (file,) = trees(Source("serverless.yml", text), texts=True)
    return StackTree(file, Variables(file.data, {}), is_whole=is_whole)


def text_at(tree, *pointer):
    """Return the text at a pointer of the template."""
    start, end = tree.place(pointer)
    return tree.source.text[start:end]


def test_the_parts_are_merged():
    """Sections may be in any item of the list."""
    data = stack_of(TEXT).data
    assert data["Parameters"] == {"X": {"Type": "String"}}
    assert list(data["Resources"]) == ["Cert", "Table", "Other"]
    name = data["Resources"]["Cert"]["Properties"]["DomainName"]
    assert (name.value, name.definition) == ("brightharbor.io", (FILE, "custom", "domain"))


def test_unknown_values_are_references_and_structures_are_plain():
    """So the reader of templates reads them like its own."""
    properties = stack_of(TEXT).data["Resources"]["Cert"]["Properties"]
    assert properties["Tags"] == {"Ref": "file(tags.yml)"}
    (option,) = properties["DomainValidationOptions"]
    assert isinstance(option, dict)
    assert isinstance(option["DomainName"], Substituted)


def test_other_resources_are_not_evaluated():
    """Their values do not matter."""
    table = stack_of(TEXT).data["Resources"]["Table"]
    assert table["Properties"] == {"TableName": "${self:custom.domain}"}


@pytest.mark.parametrize(
    ("pointer", "written"),
    [
        ((*CERT, "Properties", "DomainName"), "${self:custom.domain}"),
        ((*CERT, "Properties", "SubjectAlternativeNames", 0), "${self:custom.names}"),
        (
            (*CERT, "Properties", "DomainValidationOptions", 0, "DomainName"),
            "${self:custom.options}",
        ),
        ((*CERT, KEY), "Cert"),
        ((FILE, "custom", "domain"), "brightharbor.io"),
        (("Parameters", "X", "Type"), "String"),
    ],
)
def test_where_values_are(pointer, written):
    """A value that is not in the file is where its variable is."""
    assert text_at(stack_of(TEXT), *pointer) == written


def test_a_template_may_be_the_whole_file():
    """Then its pointers are those of the file."""
    text = (
        "Resources:\n  Cert:\n    Type: AWS::CertificateManager::Certificate\n"
        "    Properties: {DomainName: '${self:custom.x}'}\n"
    )
    tree = stack_of(text, is_whole=True)
    assert tree.data["Resources"]["Cert"]["Properties"] == {"DomainName": {"Ref": "self:custom.x"}}
    assert text_at(tree, *CERT, "Properties", "DomainName") == "${self:custom.x}"
    assert text_at(tree, *CERT, KEY) == "Cert"


def test_what_other_files_contain():
    """Whole parts and single resources may be included."""
    (file,) = trees(Source("serverless.yml", TEXT), texts=True)
    assert list(included(file.data["resources"])) == [
        "${file(other.yml)}",
        "${file(certificate.yml)}",
    ]
    assert list(included("${file(x.yml)}")) == ["${file(x.yml)}"]
    assert list(included(None)) == []


def test_each_resource_is_in_its_own_part():
    """Several items of the list may have the same section; the first one has its location."""
    part = "  - Resources:\n      %s: {Type: 'AWS::CertificateManager::Certificate', X: %s}\n"
    tree = stack_of("resources:\n" + part % ("A", "first") + part % ("B", "second"))
    assert text_at(tree, "Resources", "A", "X") == "first"
    assert text_at(tree, "Resources", "B", "X") == "second"
    assert tree.located(("Resources",)) == ("resources", 0, "Resources")
    assert tree.located(("Resources", "B", KEY)) == ("resources", 1, "Resources", "B", KEY)
    assert tree.located(("Resources", "C")) == ("resources", 0, "Resources")
    assert tree.located(("Other", "C")) == ("resources",)


def test_the_location_in_a_file_that_is_a_template():
    """What the template does not have is at its beginning."""
    tree = stack_of("Resources: {}\n", is_whole=True)
    assert tree.located(("Other",)) == ()


def test_sections_that_are_not_maps_are_kept():
    """The reader of templates reports them."""
    text = "resources:\n  - Description: a\n  - Description: b\n"
    assert stack_of(text).data == {"Description": "a"}
