"""Plain lists of names."""

import pytest
from tests.support.cloudformation import at, only, positions, read, spellings
from tests.support.fixes import fixed_text, rejections, with_edits

from acmrules.lint import fixes
from acmrules.lint.rule import Edit
from acmrules.readers import name_lists
from acmrules.readers.name_lists import Lines
from acmrules.request import Tool
from acmrules.syntax.edits import ValueEdit
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Malformed

LIST = """\
# the shop
www.example.com   # first

  *.example.com
b\u00fccher.example
not a name
"""


def test_names():
    """The first line is the primary name; comments and empty lines are ignored."""
    declaration = only(LIST, "names.txt", region="eu-west-1")
    assert declaration.tool is Tool.NAMES
    assert spellings(declaration) == [
        "www.example.com",
        "*.example.com",
        "b\u00fccher.example",
        "not a name",
    ]
    assert declaration.request.names[3] == Malformed("not a name")
    assert declaration.request.region == "eu-west-1"
    assert at(declaration, "names", 1) == "*.example.com"
    assert at(declaration) == "www.example.com"


def test_line_ends():
    """LF and CR LF result in the same lines and columns."""
    assert positions(read(LIST, "n.txt")) == positions(read(LIST.replace("\n", "\r\n"), "n.txt"))


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "[1, 2]", '{"a": 1}'])
def test_no_names(text):
    """An empty list, and text that begins like JSON, are not lists of names."""
    assert read(text, "names.txt") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n",
        "AWSTemplateFormatVersion: '2010-09-09'\n",
        "---\nkind: Certificate\n",
        'resource "aws_s3_bucket" "this" {\n}\n',
    ],
)
def test_other_formats_on_standard_input(text):
    """Standard input in another format is not a list of names."""
    assert read(text, "-") == ()


@pytest.mark.parametrize("name", ["example.com", "example.com:443", "https://example.com", "a_b.c"])
def test_names_on_standard_input(name):
    """Standard input that begins with a name is a list, even if the name is invalid."""
    assert spellings(only(name, "-")) == [name]


def test_binary():
    """A file with a null character is rejected as binary."""
    with pytest.raises(InputError, match=r"names.txt: is binary"):
        read("example.com\0", "names.txt")


def test_prose():
    """Prose is rejected, even if it contains names."""
    with pytest.raises(
        InputError, match=r"LICENSE.txt:2:4: is not a list of names: the line has more"
    ):
        read("example.com\n   Licensed under the Apache License\n", "LICENSE.txt")


def test_edited_names():
    """A name in a list is edited with its line."""
    text = "# shop\nA.io # first\n\n  *.b.io\r\na.io # again\n # end"
    assert (
        fixed_text(text, "t.txt", unsafe=True) == "# shop\na.io # first\n\n  *.b.io\r\nb.io\n # end"
    )
    assert fixed_text("*.a.io", "t.txt", unsafe=True) == "*.a.io\na.io"
    assert rejections("b.a.io\x0ba.io\nb.a.io", "t.txt") == {}


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        (
            "A.io",
            Edit(("validation_options", 0, "domain_name"), "b.io", insert=True),
            "such member",
        ),
        ("A.io", Edit(("tags",), "b.io"), "the value is not written in the file"),
    ],
)
def test_a_list_of_names_has_names_alone(text, edit, reason):
    """Other members of a request cannot be added to a list of names."""
    with pytest.raises(fixes.EditError, match=reason):
        fixes.plan_fix(with_edits(text, edit, name="t.txt"))
    lines = Lines(Source("t.txt", "a.io\x0bb.io"))
    for change in (ValueEdit((1,), {}, insert=True), ValueEdit((1,), None)):
        with pytest.raises(fixes.EditError):
            name_lists.edits(lines, change)
