"""Plain lists of names."""

import pytest

from acmrules.lint.source import Unreadable
from acmrules.request import Malformed, Tool
from reading import at, only, positions, read, spelled

LIST = """\
# the shop
www.example.com   # first

  *.example.com
b\u00fccher.example
not a name
"""


def test_names():
    """The first line is the domain name, the others follow; comments and blanks do not count."""
    document = only(LIST, "names.txt", region="eu-west-1")
    assert document.tool is Tool.NAMES
    assert spelled(document) == [
        "www.example.com",
        "*.example.com",
        "b\u00fccher.example",
        "not a name",
    ]
    assert document.request.names[3] == Malformed("not a name")
    assert document.request.region == "eu-west-1"
    assert at(document, "names", 1) == "*.example.com"
    assert at(document) == "www.example.com"


def test_line_ends():
    """Line feeds and carriage returns with line feeds give the same lines and columns."""
    assert positions(read(LIST, "n.txt")) == positions(read(LIST.replace("\n", "\r\n"), "n.txt"))


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "[1, 2]", '{"a": 1}'])
def test_no_names(text):
    """An empty list is none, and what begins like JSON is something else."""
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
    """Standard input that begins like some other format is no list of names."""
    assert read(text, "-") == ()


@pytest.mark.parametrize("name", ["example.com", "example.com:443", "https://example.com", "a_b.c"])
def test_names_on_standard_input(name):
    """Standard input that begins with a name, however bad, is a list."""
    assert spelled(only(name, "-")) == [name]


def test_binary():
    """What holds a null character is no text."""
    with pytest.raises(Unreadable, match=r"names.txt: is binary"):
        read("example.com\0", "names.txt")


def test_prose():
    """A text of sentences is no list of names, however many names stand in it."""
    with pytest.raises(Unreadable, match=r"LICENSE.txt:2:4: is no list of names: a line has many"):
        read("example.com\n   Licensed under the Apache License\n", "LICENSE.txt")
