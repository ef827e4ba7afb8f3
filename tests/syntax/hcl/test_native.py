"""Terraform's native syntax: the content of a file, and its positions."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    Names,
    expression,
    identifiers,
    shown,
    value,
    values,
    written,
)

from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.syntax.hcl import ast, parse
from acmrules.syntax.hcl.native import MAX_DEPTH
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import NOT_RENDERED

PIECES = st.sampled_from(
    [
        *'{}[]()"=:,.?!<>~$%&|*+-/#\n\t \\',
        *("${", "%{", "<<E\n", "<<-E\n", "\nE\n", "/*", "*/", "//", "=>", "...", "\r\n"),
        *("a", "for", "in", "if", "endfor", "else", "endif", "1", "1.5", "é"),
    ]
)
SAMPLE = """\
# A comment { "
variable "domain" {
  default = "example.com" // another
}

locals {
  a = { b = [1, 2], "c" : x.y[0].z }
  /* "{ */ d = "${upper("x")}-${var.domain}"
}

resource "aws_acm_certificate" main {
  domain_name = <<-E
    a ${b["c"]} }
      d "
  E
  lifecycle { create_before_destroy = true }
  dynamic "option" {
    for_each = [for k, v in x : "${k}" if v != "}"]
    content {}
  }
  y = x ? -1 : !z
}
"""


def parsed(text):
    """Return a file with all its blocks parsed."""
    file = parse.parse(Source("main.tf", text))
    for block in file.blocks:
        assert block.body is block.body
    return file


def outcome(text):
    """Return the parsed file, or the error of an invalid one."""
    try:
        return parsed(text)
    except InputError as unreadable:
        return unreadable


def refused(text):
    """Return the position and the message of a syntax error."""
    with pytest.raises(InputError) as caught:
        parsed(text)
    position = caught.value.position
    return position.line, position.column, caught.value.fault


def locations(thing):
    """Yield the ranges of all nodes in a tree."""
    if isinstance(thing, list | tuple):
        for inner in thing:
            yield from locations(inner)
    elif isinstance(thing, dict):
        yield from locations(list(thing.values()))
    elif isinstance(thing, ast.Argument):
        yield thing.key
        yield from locations(thing.value)
    elif isinstance(thing, ast.Body):
        yield from locations(thing.attributes)
        yield from locations(thing.blocks)
    elif isinstance(thing, ast.Block):
        yield thing.start, thing.end
        yield from locations(thing.body)
    elif isinstance(thing, ast.Expression):
        yield thing.start, thing.end
        yield from locations([getattr(thing, slot) for slot in type(thing).__slots__])


@given(values)
@example("$${a}")
@example("%%{a}${")
def test_values(data):
    """An expression is parsed back to its value."""
    assert value(written(data)) == data


@given(identifiers, identifiers, st.dictionaries(identifiers, values), st.booleans())
def test_blocks(kind, label, arguments, quoted):
    """A block is parsed back with its labels, arguments and positions."""
    lines = "".join(f"  {name} = {written(data, '  ')}\n" for name, data in arguments.items())
    head = f'{kind} "{label}"' if quoted else f"{kind} {label}"
    text = f"# é\n{head} {{\n{lines}}}\n"
    (block,) = parsed(text).blocks
    assert (block.type, block.labels) == (kind, (label,))
    assert text[block.start : block.end] == head
    assert list(block.body.attributes) == list(arguments)
    for name, argument in block.body.attributes.items():
        start, end = argument.key
        assert text[start:end] == name
        assert value(written(arguments[name])) == arguments[name]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\\$%\r\n')))
def test_place_of_a_text(text):
    """The range of a string excludes its quotes and is counted in characters."""
    written_text = f'é = "😀"\na = "{text}"\n'
    literal = parsed(written_text).attributes["a"].value
    assert written_text[literal.start : literal.end] == literal.value == literal.written == text


@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
@example("a = ${b}")
@example("a = <<E\n${\nE\n")
def test_any_text(text):
    """Any text is parsed, or rejected at a position in it."""
    found = outcome(text)
    if isinstance(found, InputError):
        assert 1 <= found.position.line <= text.count("\n") + text.count("\r") + 1
        assert "\n" not in found.fault
    else:
        assert all(0 <= start <= end <= len(text) for start, end in locations(found))


@given(st.integers(0, len(SAMPLE) - 2))
def test_cut_off(end):
    """A truncated file is rejected unless the rest is complete."""
    found = outcome(SAMPLE[:end])
    if isinstance(found, InputError):
        assert found.fault.startswith("not valid HCL: ")
    else:
        types = [block.type for block in found.blocks]
        assert types == ["variable", "locals", "resource"][: len(types)]


@given(st.integers(0, len(SAMPLE)), PIECES)
def test_something_put_in(place, piece):
    """A file with an insertion is parsed, or rejected at a position in it."""
    found = outcome(SAMPLE[:place] + piece + SAMPLE[place:])
    assert isinstance(found, ast.File) or found.position is not None


def test_line_ends():
    """Files with CR LF have the same lines and columns."""
    one, other = SAMPLE, SAMPLE.replace("\n", "\r\n")
    sources = Source("main.tf", one), Source("main.tf", other)
    found = [
        [source.range(*place) for place in locations(parsed(source.text))] for source in sources
    ]
    assert found[0] == found[1]


def test_sample():
    """Braces in comments, strings and heredocs do not end a block."""
    blocks = parsed(SAMPLE).blocks
    assert [(block.type, block.labels) for block in blocks] == [
        ("variable", ("domain",)),
        ("locals", ()),
        ("resource", ("aws_acm_certificate", "main")),
    ]
    assert [inner.type for inner in blocks[2].body.blocks] == ["lifecycle", "dynamic"]


@pytest.mark.parametrize(
    ("text", "line", "column", "fault"),
    [
        ("a {\n  b = 1\n", 1, 1, "unterminated block"),
        ("a {\n  b {\n}\n", 1, 1, "unterminated block"),
        ("}", 1, 1, "expected an argument or a block, found `}`"),
        ("a {\n  = 1\n}\n", 2, 3, "expected an argument or a block, found `=`"),
        ("a {\n  b = \n}\n", 2, 7, "expected a value, found the end of the line"),
        ("a = ", 1, 5, "expected a value, found the end of the file"),
        ("a = 1 b = 2", 1, 7, "expected a newline, found `b`"),
        ("a {\n  b = 1; c = 2\n}", 2, 8, "expected a newline, found `;`"),
        ("a = 1\na = 2", 2, 1, "`a` is set twice"),
        ('a = "b\nc"', 1, 5, "unterminated string"),
        ('a = "\\q"', 1, 6, "`\\q` is not a valid escape sequence"),
        ('a = "\\Uffffffff"', 1, 6, "`\\Uffffffff` is not a valid escape sequence"),
        ("a = <<E\nb\n", 1, 5, "unterminated heredoc: no line with `E`"),
        ("a = <<E\nb\nE", 1, 5, "unterminated heredoc: no line with `E`"),
        ("a = <<", 1, 5, "expected a value, found `<`"),
        ("a {\n b = <<\n}\n", 2, 6, "expected a value, found `<`"),
        ("/* a", 1, 1, "unterminated comment"),
        ("a {\n/* a", 2, 1, "unterminated comment"),
        ("a = [1 2]", 1, 8, "expected `,` or `]`, found `2`"),
        ("a = f(1 2)", 1, 9, "expected `,` or `)`, found `2`"),
        ("a = (1", 1, 7, "expected `)`, found the end of the file"),
        ("a = b[1", 1, 8, "expected `]`, found the end of the file"),
        ("a = { b 1 }", 1, 9, "expected `=`, found `1`"),
        ("a = { b = 1 c = 2 }", 1, 13, "expected `,`, a newline or `}`, found `c`"),
        ("a = b ? c", 1, 10, "expected `:`, found the end of the file"),
        ("a = [for b in c d]", 1, 17, "expected `:`, found `d`"),
        ("a = {for b in c : d}", 1, 20, "expected `=>`, found `}`"),
        ('a = "${b"', 1, 9, 'expected `}`, found `"`'),
        ('a = "%{ for b }"', 1, 12, "expected a name and `in` after `for`"),
        ('a = "%{ endif }"', 1, 6, "`endif` without `if`"),
        ('a = "%{ if b }%{ endfor }"', 1, 15, "`endfor` without `for`"),
        ('a = "%{ if b }"', 1, 6, "`if` without `endif`"),
        (
            'a = "%{ if b }%{ else }%{ else }%{ endif }"',
            1,
            24,
            "second `else` of the same `if`",
        ),
        ("a 1", 1, 3, "expected `=`, `{` or a label, found `1`"),
        ("a = 'b'", 1, 5, "expected a value, found `'`"),
        ("\0", 1, 1, "expected an argument or a block, found `\\x00`"),
    ],
)
def test_refused(text, line, column, fault):
    """An invalid file is rejected in one sentence with a position."""
    assert refused(text) == (line, column, f"not valid HCL: {fault}")


@pytest.mark.parametrize(
    "text",
    ["a = {{ .Values.a }}\n", "{% if x %}\na = 1\n", "a {\n  b = {{ x }}\n}\n", "{{ x }}"],
)
def test_source_of_another_text(text):
    """An unrendered template is distinguished from a syntax error."""
    assert refused(text)[2] == NOT_RENDERED


@pytest.mark.parametrize("levels", [MAX_DEPTH + 2, 100_000])
@pytest.mark.parametrize(
    "text",
    [
        lambda n: "a = " + "[" * n + "]" * n,
        lambda n: "a = " + "(" * n + "1" + ")" * n,
        lambda n: "a = " + "{b=" * n + "1" + "}" * n,
        lambda n: "a = " + "f(" * n + ")" * n,
        lambda n: "a = b" + "[c" * n + "]" * n,
        lambda n: "a = b" + "[*]" * n,
        lambda n: "a {\n" * n + "}\n" * n,
        lambda n: "b {\n" + "a = " + '"${' * n + "1" + '}"' * n + "\n}",
        lambda n: "a = " + "!" * n + "b",
        lambda n: "a = " + "-" * n + "b",
        lambda n: "a = " + "b ? c : " * n + "d",
        lambda n: 'a = "' + "%{ if b }" * n + "%{ endif }" * n + '"',
        lambda n: 'a = "' + "%{ endif }" * n + "${" + "(" * n,
        lambda n: "a = " + "[for b in " * n + "c" + ": d]" * n,
    ],
)
def test_depth(text, levels):
    """Excessive nesting is rejected."""
    assert refused(text(levels))[2] == "is nested too deeply"


def test_size():
    """A long string is parsed in linear time."""
    name = "a" * 10_000_000
    assert parsed(f"{name} = 1").attributes[name].value.value == 1
    assert refused("[" * 10_000_000)[2].startswith("not valid HCL")
    assert refused("a = " + "[" * 10_000_000)[2] == "is nested too deeply"
    assert refused('a = "' + "$" * 10_000_000)[0:2] == (1, 5)
    assert refused("a {" + " " * 5_000_000)[0:2] == (1, 1)
    several = "a = <<E{0}\n${{b}}\nE{0}\n"
    blocks = "".join(f"b {{\n{several.format(index)}}}\n" for index in range(20_000))
    assert len(parsed(blocks).blocks) == 20_000


def test_values_without_end():
    """A file with too many values is rejected before it is parsed."""
    with pytest.raises(InputError) as caught:
        parse.parse(Source("main.tf", "a = [" + "1," * 500_001 + "]"))
    assert caught.value.fault == "contains more than 500,000 values"


def test_long_comments():
    """The search for the end of a comment is linear."""
    assert refused("a = " + "/* " * 1_000_000)[0:2] == (1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "1 2",
        "1 +",
        "",
        "a]",
    ],
)
def test_no_expression(text):
    """A string that is not exactly one expression is rejected."""
    with pytest.raises(InputError):
        expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "a /* 1 */ = /* 2 */ 1 /* 3 */ // 4",
        "a = ( # 1\n 1 /* 2 */\n)",
        "a = [ # 1\n 1, // 2\n /* 3 */ ][0]",
        "a = [ # 1\n for /**/x in [1] : x ][0]".replace("/**/", " "),
        'a = "${ 1 /* 2 */ }"',
        'a = tonumber("%{ /* 1 */ if true /* 2 */ }1%{ /* 3 */ endif }")',
        "a = { /* 1 */ b /* 2 */ = 1 /* 3 */ }.b # 4",
        "a = 3 - 2 // 1",
        "a = true /* 1 */ ? /* 2 */ 1 /* 3 */ : /* 4 */ 2",
        "a = max( # 1\n 1 # 2\n , 0)",
    ],
)
def test_comments(text):
    """Comments are allowed wherever spaces are."""
    assert evaluate(parsed(text).attributes["a"].value, Names()).value == 1


def test_comment_before_a_block():
    """Comments are allowed in the header of a block."""
    (block,) = parsed("a /* 1 */ b /* 2 */ { /* 3 */ }").blocks
    assert (block.type, block.labels) == ("a", ("b",))


def test_one_line():
    """A block may be on one line."""
    (block,) = parsed('a "b" { c = 1 }').blocks
    assert shown(block.body.attributes["c"].value.value) == 1


def test_an_invalid_body_has_the_same_error_each_time():
    """A body that cannot be parsed is not read from where the parser failed."""
    (block,) = parse.parse(Source("main.tf", 'a "b" {x\nc = 1\n}')).blocks
    faults = []
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            _ = block.body
        faults.append(str(caught.value))
    assert len(set(faults)) == 1
