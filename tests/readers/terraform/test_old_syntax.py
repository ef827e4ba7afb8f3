"""Syntax that only Terraform before 0.12 accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fixes import fixed_text
from tests.support.terraform import configuration

BODY = """
resource "aws_acm_certificate" "site" {{
  domain_name       = "a.io"
  validation_method = "DNS"
  {}
}}
"""
REMARK = "has syntax of Terraform 0.11, which current versions reject"


def read(text):
    """Return the requests of a file, and its remarks without their sentence."""
    made = configuration({"main.tf": text})
    found = made.declarations("")
    assert made.unreadable == {}
    remarks = [str(each) for each in made.outdated()]
    assert all(REMARK in each for each in remarks)
    return [variant.request for each in found for variant in each.variants], [
        each.removesuffix(f": {REMARK}") for each in remarks
    ]


KEYS = st.text("aZ-:/*", min_size=1, max_size=5) | st.sampled_from(["Name", "kubernetes.io"])


@given(st.dictionaries(KEYS, st.text("aZ *", max_size=3), max_size=3), st.booleans())
def test_a_block_of_tags_is_a_map_of_tags(tags, are_bare):
    """`tags { }` is read like `tags = { }`, with a remark."""
    are_bare = are_bare and all(key.isalpha() for key in tags)
    quote = "" if are_bare else '"'
    lines = "".join(f'    {quote}{key}{quote} = "{value}"\n' for key, value in tags.items())
    old, remarks = read(BODY.format(f"tags {{\n{lines}  }}"))
    new, none = read(BODY.format(f"tags = {{\n{lines}  }}"))
    assert (old, none) == (new, [])
    assert remarks == ["main.tf:5:3"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('tags {\n "a.b" = "c"\n a.d = "e"\n}', 'tags = { "a.b" = "c", "a.d" = "e" }'),
        ('tags { a = "b", c = "d" }', 'tags = { a = "b", c = "d" }'),
        ('tags { a = "b" c = "d" }', 'tags = { a = "b", c = "d" }'),
        ('tags { a = "b" }\ntags { c = "d" }', 'tags = { a = "b", c = "d" }'),
        ('tags {\n "${upper("x")}" = "b"\n}', 'tags = {\n "${upper("x")}" = "b"\n}'),
        ('tags {\n 1 = "b"\n}', 'tags = {\n "1" = "b"\n}'),
        ('tags = { a = "%{b}" }', 'tags = { a = "%%{b}" }'),
        ('tags = { a = "${upper(\\"b\\")}" }', 'tags = { a = "${upper("b")}" }'),
    ],
)
def test_old_spellings(old, new):
    """An old spelling means the same as the new one, and has a remark."""
    found, remarks = read(BODY.format(old))
    expected, none = read(BODY.format(new))
    assert [str(each.tags) for each in found] == [str(each.tags) for each in expected]
    assert (len(remarks), none) == (1, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('variable "n" {\n default {\n "a" = "b.io"\n }\n}', 'lookup(var.n, "a")'),
        ('variable "n" { type = "map" default { a = "b.io" } }', 'var.n["a"]'),
        ('variable "n" {\n default {\n  a { b = "b.io" }\n }\n}', "var.n.a.b"),
        ("resource aws.x y {\n a = 1\n}", '"b.io"'),
        ('locals {\n n = "${list("b.io")}"\n}', "local.n[0]"),
        ('variable "n" {\n type = "map"\n default = {\n  a = "b.io"\n }\n}', "var.n.a"),
    ],
)
def test_old_declarations(old, new):
    """Old declarations of variables and old labels do not hide the rest of the file."""
    text = BODY.format(f'subject_alternative_names = ["${{{new}}}"]')
    [request], _ = read(text + old)
    assert [*map(str, request.names)] == ["a.io", "b.io"]


@pytest.mark.parametrize(
    ("count", "number"),
    [
        ("true", 1),
        ('"${true}"', 1),
        ("false", 0),
        ('"${var.n == true}"', 1),
        ('"${var.n}"', 1),
        ('"2"', 2),
    ],
)
def test_counts_that_are_booleans(count, number):
    """A boolean `count` never hides a certificate, unless it is `false` itself."""
    text = BODY.format(f"count = {count}") + 'variable "n" {\n default = "true"\n}\n'
    assert (
        len(read(text.replace('"true"', "false") if count == '"${var.n}"' else text)[0]) == number
    )


def test_quoted_names_in_a_variables_file():
    """A variables file may have quoted names."""
    text = BODY.format("subject_alternative_names = [var.n]") + 'variable "n" {}\n'
    made = configuration({"main.tf": text, "terraform.tfvars": '"n" = "b.io"\n'})
    [found] = made.declarations("")
    assert [*map(str, found.variants[0].request.names)] == ["a.io", "b.io"]
    assert [each.name for each in made.outdated()] == ["terraform.tfvars"]


def test_fixes_of_old_blocks():
    """A fix edits an old block like any other value."""
    text = BODY.format('tags {\n    "a*" = "b"\n  }')
    assert fixed_text(text, "main.tf", rules=["ACM306"]) == text.replace("a*", "a_")


def test_syntax_that_no_version_accepts():
    """A list without commas is still an error."""
    made = configuration({"main.tf": BODY.format('subject_alternative_names = ["b.io" "c.io"]')})
    assert made.declarations("") == ()
    assert [*made.unreadable] == ["main.tf"]
