"""Terraform's native syntax: what stands in a file, and where."""

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
from acmrules.syntax.hcl.native import DEEPEST
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
    """Return a file with the bodies of all its blocks read."""
    file = parse.parse(Source("main.tf", text))
    for block in file.blocks:
        assert block.body is block.body
    return file


def outcome(text):
    """Return the file that a text is, or why it is none."""
    try:
        return parsed(text)
    except InputError as unreadable:
        return unreadable


def refused(text):
    """Return where and why a text is refused."""
    with pytest.raises(InputError) as caught:
        parsed(text)
    position = caught.value.position
    return position.line, position.column, caught.value.fault


def locations(thing):
    """Yield the place of everything that stands in a thing."""
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
    """What is written as an expression is read back."""
    assert value(written(data)) == data


@given(identifiers, identifiers, st.dictionaries(identifiers, values), st.booleans())
def test_blocks(kind, label, arguments, quoted):
    """A block is read back with its labels and arguments, each where it stands."""
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
    """A text stands between its quotes, counted in characters."""
    written_text = f'é = "😀"\na = "{text}"\n'
    literal = parsed(written_text).attributes["a"].value
    assert written_text[literal.start : literal.end] == literal.value == literal.written == text


@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
@example("a = ${b}")
@example("a = <<E\n${\nE\n")
def test_any_text(text):
    """Any text is a file, or is refused at a place in it."""
    found = outcome(text)
    if isinstance(found, InputError):
        assert 1 <= found.position.line <= text.count("\n") + text.count("\r") + 1
        assert "\n" not in found.fault
    else:
        assert all(0 <= start <= end <= len(text) for start, end in locations(found))


@given(st.integers(0, len(SAMPLE) - 2))
def test_cut_off(end):
    """A text that was cut off is refused, unless what is left is whole."""
    found = outcome(SAMPLE[:end])
    if isinstance(found, InputError):
        assert found.fault.startswith("is not HCL: ")
    else:
        types = [block.type for block in found.blocks]
        assert types == ["variable", "locals", "resource"][: len(types)]


@given(st.integers(0, len(SAMPLE)), PIECES)
def test_something_put_in(place, piece):
    """Something put into a text is read, or refused at a place in it."""
    found = outcome(SAMPLE[:place] + piece + SAMPLE[place:])
    assert isinstance(found, ast.File) or found.position is not None


def test_line_ends():
    """Lines may end in CR LF: everything stands in the same lines and columns."""
    one, other = SAMPLE, SAMPLE.replace("\n", "\r\n")
    sources = Source("main.tf", one), Source("main.tf", other)
    found = [
        [source.range(*place) for place in locations(parsed(source.text))] for source in sources
    ]
    assert found[0] == found[1]


def test_sample():
    """Comments, quotes and texts over lines do not end a block."""
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
        ("a {\n  b = 1\n", 1, 1, "the block that begins here has no end"),
        ("a {\n  b {\n}\n", 1, 1, "the block that begins here has no end"),
        ("}", 1, 1, "an argument or a block belongs here, not `}`"),
        ("a {\n  = 1\n}\n", 2, 3, "an argument or a block belongs here, not `=`"),
        ("a {\n  b = \n}\n", 2, 7, "a value belongs here, not a line's end"),
        ("a = ", 1, 5, "a value belongs here, not the end of the file"),
        ("a = 1 b = 2", 1, 7, "a new line belongs before `b`"),
        ("a {\n  b = 1, c = 2\n}", 2, 8, "a new line belongs before `,`"),
        ("a = 1\na = 2", 2, 1, "`a` is set twice"),
        ('a = "b\nc"', 1, 5, "the text that begins here has no end on its line"),
        ('a = "\\q"', 1, 6, "`\\q` is no escape of a text"),
        ('a = "\\Uffffffff"', 1, 6, "`\\Uffffffff` is no escape of a text"),
        ("a = <<E\nb\n", 1, 5, "the text that begins here has no `E` at its end"),
        ("a = <<E\nb\nE", 1, 5, "the text that begins here has no `E` at its end"),
        ("a = <<", 1, 5, "a value belongs here, not `<`"),
        ("a {\n b = <<\n}\n", 2, 6, "a value belongs here, not `<`"),
        ("/* a", 1, 1, "the comment that begins here has no end"),
        ("a {\n/* a", 2, 1, "the comment that begins here has no end"),
        ("a = [1 2]", 1, 8, "`,` or `]` belongs here, not `2`"),
        ("a = f(1 2)", 1, 9, "`,` or `)` belongs here, not `2`"),
        ("a = (1", 1, 7, "`)` belongs here, not the end of the file"),
        ("a = b[1", 1, 8, "`]` belongs here, not the end of the file"),
        ("a = { b 1 }", 1, 9, "`=` belongs here, not `1`"),
        ("a = { b = 1 c = 2 }", 1, 13, "`,`, a new line or `}` belongs here, not `c`"),
        ("a = b ? c", 1, 10, "`:` belongs here, not the end of the file"),
        ("a = [for b in c d]", 1, 17, "`:` belongs here, not `d`"),
        ("a = {for b in c : d}", 1, 20, "`=>` belongs here, not `}`"),
        ('a = "${b"', 1, 9, '`}` belongs here, not `"`'),
        ('a = "%{ b }"', 1, 9, "a directive belongs here, not `b`"),
        ('a = "%{ for b }"', 1, 12, "`for` needs a name and `in` after it"),
        ('a = "%{ endif }"', 1, 6, "`endif` has no `if` before it"),
        ('a = "%{ if b }%{ endfor }"', 1, 15, "`endfor` has no `for` before it"),
        ('a = "%{ if b }"', 1, 6, "`if` has no `endif` after it"),
        (
            'a = "%{ if b }%{ else }%{ else }%{ endif }"',
            1,
            24,
            "`else` stands here for the second time",
        ),
        ("a 1", 1, 3, "`=`, `{` or a label belongs here, not `1`"),
        ("a = 'b'", 1, 5, "a value belongs here, not `'`"),
        (f"a = {'1' * 101}", 1, 5, "the number is too long"),
        ("a = 1e999", 1, 5, "the number is too long"),
        ("\0", 1, 1, "an argument or a block belongs here, not `\\x00`"),
    ],
)
def test_refused(text, line, column, fault):
    """What is no configuration is refused, in one sentence with the place."""
    assert refused(text) == (line, column, f"is not HCL: {fault}")


@pytest.mark.parametrize(
    "text",
    ["a = {{ .Values.a }}\n", "{% if x %}\na = 1\n", "a {\n  b = {{ x }}\n}\n", "{{ x }}"],
)
def test_source_of_another_text(text):
    """A text that is to be rendered first is told from one that is wrong."""
    assert refused(text)[2] == NOT_RENDERED


@pytest.mark.parametrize("levels", [DEEPEST + 2, 100_000])
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
    """What is nested beyond all measure is refused."""
    assert refused(text(levels))[2] == "is nested too deeply"


def test_size():
    """A long text is read in one go, whatever it holds."""
    name = "a" * 10_000_000
    assert parsed(f"{name} = 1").attributes[name].value.value == 1
    assert refused("[" * 10_000_000)[2].startswith("is not HCL")
    assert refused("a = " + "[" * 10_000_000)[2] == "is nested too deeply"
    assert refused('a = "' + "$" * 10_000_000)[0:2] == (1, 5)
    assert refused("a {" + " " * 5_000_000)[0:2] == (1, 1)
    several = "a = <<E{0}\n${{b}}\nE{0}\n"
    blocks = "".join(f"b {{\n{several.format(index)}}}\n" for index in range(20_000))
    assert len(parsed(blocks).blocks) == 20_000


def test_values_without_end():
    """So many values as nobody writes are refused before they are read."""
    with pytest.raises(InputError) as caught:
        parse.parse(Source("main.tf", "a = [" + "1," * 500_001 + "]"))
    assert caught.value.fault == "holds more than 500,000 values"


def test_long_comments():
    """What looks for the end of a comment looks once."""
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
    """What is no expression as a whole is refused."""
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
    """Comments may stand wherever blanks may."""
    assert evaluate(parsed(text).attributes["a"].value, Names()).value == 1


def test_comment_before_a_block():
    """So they may in the head of a block."""
    (block,) = parsed("a /* 1 */ b /* 2 */ { /* 3 */ }").blocks
    assert (block.type, block.labels) == ("a", ("b",))


def test_one_line():
    """A block may stand in one line."""
    (block,) = parsed('a "b" { c = 1 }').blocks
    assert shown(block.body.attributes["c"].value.value) == 1
