"""Evaluation of expressions: values, origins, and unknown parts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    Names,
    expression,
    identifiers,
    node,
    open_text,
    shown,
    texts,
    value,
    values,
    written,
)

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.expressions import evaluate, evaluate_block
from acmrules.syntax.errors import ReadError
from acmrules.unresolved import Unknown

CONDITIONS = st.recursive(
    st.sampled_from(
        [
            "true",
            "false",
            "var.a",
            "var.b",
            'var.c == "x"',
            '"x" == var.c',
            'var.c != "x"',
            "var.n > 1",
            "var.n <= 1",
        ]
    ),
    lambda inner: (
        st.builds("!({})".format, inner)
        | st.builds("({}) && ({})".format, inner, inner)
        | st.builds("({}) || ({})".format, inner, inner)
    ),
    max_leaves=8,
)
ATOMS = ["var.a", "var.b", 'var.c == "x"', "var.n > 1"]


class Answers(Names):
    """A scope that gives the same answer to each condition every time."""

    def __init__(self, truths):
        super().__init__("")
        self.truths = truths

    def decide(self, label):
        """Return the configured answer."""
        return self.truths[label]


def truth_of(condition, truths):
    """Evaluate a condition independently."""
    for atom, answer in truths.items():
        condition = condition.replace(atom, str(answer))
    condition = condition.replace('"x" == var.c', str(truths['var.c == "x"']))
    condition = condition.replace('var.c != "x"', str(not truths['var.c == "x"']))
    condition = condition.replace("var.n <= 1", str(not truths["var.n > 1"]))
    for hcl, python in {
        "!(": "not (",
        "&&": "and",
        "||": "or",
        "true": "True",
        "false": "False",
    }.items():
        condition = condition.replace(hcl, python)
    return eval(condition)


@given(CONDITIONS, st.lists(st.booleans(), min_size=4, max_size=4))
def test_conditions(condition, answers):
    """Conditions are decided by their smallest parts, so that all results agree."""
    truths = dict(zip(ATOMS, answers, strict=True))
    found = evaluate(expression(f"{condition} ? 1 : 2"), Answers(truths))
    assert found.value == (1 if truth_of(condition, truths) else 2)


@given(CONDITIONS)
def test_condition_in_a_local(condition):
    """A condition in a local is the same condition as in place."""
    here = Names("", answers=[True] * 20)
    there = Names(f"locals {{\n  x = {condition}\n}}", answers=[True] * 20)
    one, other = (
        evaluate(expression(text), names)
        for text, names in ((f"{condition} ? 1 : 2", here), ("local.x ? 1 : 2", there))
    )
    assert one.value == other.value
    assert here.decided == there.decided


def equal(one, other):
    """Return whether two values have equal types and contents, at every depth."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    return one == other


@given(values, values)
@example([False], [0])
def test_equality(one, other):
    """Known values are equal if they are the same."""
    if type(one) is type(other) or one is None or other is None:
        assert value(f"{written(one)} == {written(other)}") is equal(one, other)
    assert value(f"{written(one)} != {written(one)}") is False


@given(texts, texts)
def test_templates(before, after):
    """A template keeps its known parts around an unknown one."""
    assert value(open_text(before, after)) == f"{before}<var.u>{after}"


@given(st.dictionaries(identifiers, values, min_size=1), st.data())
def test_references(declared, data):
    """A reference has the referenced value, located at the reference, and its literal as origin."""
    name = data.draw(st.sampled_from(sorted(declared)))
    text = "locals {\n" + "".join(f"  {n} = {written(v)}\n" for n, v in declared.items()) + "}\n"
    found = node(f" local.{name}", text)
    assert shown(found) == declared[name]
    assert (found.start, found.end) == (1, 7 + len(name))
    assert found.note == f"local `{name}`"
    literal = text[found.origin.start : found.origin.end]
    quotes = '"' * isinstance(declared[name], str)
    assert quotes + literal + quotes == written(declared[name])


@given(values)
def test_loops_that_change_nothing(data):
    """A loop that copies a list or a map results in the same list or map."""
    if isinstance(data, list):
        assert value(f"[for x in {written(data)} : x]") == data
        assert value(f"{written(data)}[*]") == data
    if isinstance(data, dict):
        assert value(f"{{for k, v in {written(data)} : k => v}}") == data


EXAMPLES = [
    ('try({}.a, "x")', "x"),
    ('try(["a"][3], ["b"][0])', "b"),
    ("can({}.a)", False),
    ('can("x")', True),
    ("1 + 2 * 3 - 4 / 2", 5),
    ("7 % 3", 1),
    ("-7 % 3", -1),
    ("7.5 % 2", 1.5),
    ("10 / 4", 2.5),
    ("-(1 + 2)", -3),
    ("1 == 1.0", True),
    ('"1" == 1', False),
    ('"a" != "b"', True),
    ("true && !false || false", True),
    ("1 < 2 && 2 >= 2", True),
    ("{a = 1} == {a = 1}", True),
    ('["a"] == ["a"]', True),
    ('[1] == ["1"]', False),
    ("null == null", True),
    ('"x" == null', False),
    ('true ? "a" : "b"', "a"),
    ('"${1}${true}x"', "1truex"),
    ('"${1}"', 1),
    ('"${[1]}"', [1]),
    ('"a$b%c$$d"', "a$b%c$$d"),
    ('"$${x} %%{y} $$${x}"', "${x} %{y} $${x}"),
    ('"\\u00e9\\t\\"\\\\"', 'é\t"\\'),
    ('[for x in ["a", "b"] : upper(x) if x != "a"]', ["B"]),
    ('[for i, x in ["a", "b"] : "${i}${x}"]', ["0a", "1b"]),
    ("{for k, v in {a = 1, b = 2} : v => k}", {"1": "a", "2": "b"}),
    ('{for x in ["a", "b", "a"] : x => upper(x)...}', {"a": ["A", "A"], "b": ["B"]}),
    ("[for k, v in {b = 1, a = 2} : k]", ["a", "b"]),
    ('[for k, v in toset(["b", "a"]) : "${k}${v}"]', ["aa", "bb"]),
    ("[{a = 1}, {a = 2}][*].a", [1, 2]),
    ("[{a = [1]}, {a = [2]}][*].a[0]", [1, 2]),
    ("[{a = 1}].*.a", [1]),
    ("{a = 1}[*].a", [1]),
    ("null[*]", []),
    ("[[{a = 1}], [{a = 2}]][*][*].a", [[1], [2]]),
    ("[[1, 2], [3]][*][0]", [1, 3]),
    ("[{a = [1]}, {a = [2]}].*.a[0]", [1]),
    ('["a", "b"].1', "b"),
    ('{a = {b = 1}}.a["b"]', 1),
    ('{"x" = 1, (upper("y")) = 2, "${"z"}w" : 3}', {"Y": 2, "x": 1, "zw": 3}),
    ('"%{ if true }yes%{ else }no%{ endif }"', "yes"),
    ('"%{ if false }yes%{ endif }"', ""),
    ('"a %{ if true ~} b %{ endif ~} c"', "a b c"),
    ('"%{ for x in ["a", "b"] }${x},%{ endfor }"', "a,b,"),
    ('"%{ for i, x in ["a", "b"] ~} ${i}=${x} %{ endfor ~} z"', "0=a 1=b z"),
    ('"a ${~ "b" ~} c"', "abc"),
    ('" ${~ " b " ~} \\n c"', " b c"),
    ("-1", -1),
    ("!true", False),
    ("1e3", 1000),
    ("1.50", 1.5),
    ("100000000000000000000", 100000000000000000000),
    ('{for s in ["a.b", "c.d"] : s => split(".", s)[0]}', {"a.b": "a", "c.d": "c"}),
    ('[for v in {b = "x", a = "y"} : v]', ["y", "x"]),
    ('try(tonumber("x"), 3)', 3),
    ('can(tonumber("x"))', False),
    ('can(regex("^a", "b"))', False),
    ('can(regex("^a", "ab"))', True),
    ('try(null, "x")', None),
    ("<<E\n  a\n b ${1}\nE\n", "  a\n b 1\n"),
    ("<<-E\n    a\n      b ${1}\n\n    c\n    E\n", "a\n  b 1\n\nc\n"),
    (
        '<<-E\n    %{ for x in ["a", "b"] ~}\n    x ${x}\n    %{ endfor ~}\n    E\n',
        "    x a\n    x b\n",
    ),
    ("<<-E\n  %{ if true }\n  yes\n  %{ endif }\n  E\n", "\nyes\n\n"),
    ("<<E\na\\nb $${x} $\nE\n", "a\\nb ${x} $\n"),
    ('<<-E\n    ${"a"}\n  b\n  E\n', "  a\nb\n"),
    ("<<E\n${ 1\n}\nE\n", "1\n"),
    ("<<-E\n\ta\n\t\tb\n\tE\n", "a\n\tb\n"),
    ('<<E\n${"a" ~}\n\n   b\nE\n', "a\n   b\n"),
    ('<<E\na\n\n  ${~ "b"}\nE\n', "a\n\nb\n"),
    ("<<E\nE\n", ""),
    ("<<-E\n    a\n   \n    b\n  E\n", "a\n   \nb\n"),
    ("(\n1\n+\n2\n)", 3),
    ("[\n1,\n2, # c\n]", [1, 2]),
    ("{\na = 1, b = 2\n# x\nc : 3 // y\n}", {"a": 1, "b": 2, "c": 3}),
    ("{ a = 1 /* z */ }", {"a": 1}),
    ('join(\n",",\n["a"],\n)', "a"),
    ("(true\n? 1\n: 2)", 1),
    ("{a=1,}", {"a": 1}),
    ('[for x in\n["a"]:\nx]', ["a"]),
    ('["${<<E\nx\nE\n}"]', ["x\n"]),
    ("{ if = 1, in = 2 }", {"if": 1, "in": 2}),
    ("{ true = 1 }", {"true": 1}),
    ("{ null = 1 }", {"null": 1}),
    ("{ 1 = 2 }", {"1": 2}),
    ("{ 1.5 = 2 }", {"1.5": 2}),
    ('{ "a b" = 1 }', {"a b": 1}),
    ("{ a-b = 1 }", {"a-b": 1}),
    ('concat([["a"],["b"]]...)', ["a", "b"]),
    ("max([1,2]...)", 2),
    ('1 > 0 ? "a" : "b" == "b" ? "c" : "d"', "a"),
    ("- 1", -1),
    ("!!true", True),
    ('"${"a"}${"b"}"', "ab"),
    ('"${  "a"  }"', "a"),
    ("{ a = { b = [ { c = 1 } ] } }.a.b[0].c", 1),
    ('["a"] [0]', "a"),
    ("{a=1} . a", 1),
    ("10-5-2", 3),
    ("2*3%4", 2),
    ("-2 - -2", 0),
    ("!false == true", True),
    ("1 < 2 == true", True),
    ("true || false && false", True),
    ('"a" == "a" ? 1 : 2', 1),
    ('{"${"a"}" = 1}', {"a": 1}),
    ("{ (1) = 2 }", {"1": 2}),
    ("[1,2,3][1]", 2),
    ('"é${"ü"}"', "éü"),
    ("<<E\na\r\nb\r\nE\r\n", "a\r\nb\r\n"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_known(text, expected):
    """A static expression evaluates to what Terraform 1.11 prints."""
    found = value(text)
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


DECLARED = """\
variable "name" {
  default = "a.example"
}
variable "names" {
  default = ["a.example", "b.example"]
}
locals {
  names  = var.names
  map    = { "k" = { name = var.name, u = var.u } }
  open   = concat(["a"], var.more, ["z"])
  chosen = var.q ? "yes" : "no"
  part   = merge(var.u, { a = 1 })
  bad    = [1].x
}
resource "aws_acm_certificate" "main" {
  domain_name = "c.example"
}
data "aws_region" "here" {}
module "cert" {
  arn = "arn:x"
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("var.u", "<var.u>"),
        ("var.u.v", "<var.u.v>"),
        ("var.u[0].v", "<var.u[0].v>"),
        ('var.u["a"]', '<var.u["a"]>'),
        ("var", "<var>"),
        ("data.x", "<data.x>"),
        ("path.module", "<path.module>"),
        ("terraform.workspace", "<terraform.workspace>"),
        ("self.id", "<self.id>"),
        ("each.value", "<each.value>"),
        ("count.index", "<count.index>"),
        ("local.map.k.u", "<var.u>"),
        ("local.map.k.u.v", "<var.u.v>"),
        ("local.map.z", "<local.map.z>"),
        ('local.map["z"]', '<local.map["z"]>'),
        ("local.names[2]", "<local.names[2]>"),
        ("local.names[0.5]", "<local.names[0.5]>"),
        ("local.names[var.i]", "<local.names[var.i]>"),
        ("local.names.x", "<local.names.x>"),
        ("var.name[0]", "<var.name[0]>"),
        ("local.open[0]", "a"),
        ("local.open[1]", "<local.open[1]>"),
        ("local.open[5]", "<local.open[5]>"),
        ('"${aws_acm_certificate.main}x"', '<"${aws_acm_certificate.main}x">'),
        ("local.part.a", 1),
        ("local.part.b", "<merge(var.u, {a = 1}).b>"),
        ('local.part["b"].c', '<merge(var.u, {a = 1})["b"].c>'),
        ("[local.part.b].0", "<merge(var.u, {a = 1}).b>"),
        ("aws_acm_certificate.main.domain_name", "c.example"),
        ("aws_acm_certificate.main.arn", "<aws_acm_certificate.main.arn>"),
        ("[aws_acm_certificate.main][0].arn", "<aws_acm_certificate.main.arn>"),
        ("aws_acm_certificate.other[0].arn", "<aws_acm_certificate.other[0].arn>"),
        ("data.aws_region.here.name", "<data.aws_region.here.name>"),
        ("data.aws_region.there.name", "<data.aws_region.there.name>"),
        ("module.cert.arn", "arn:x"),
        ("module.cert.other", "<module.cert.other>"),
        ("module.other.arn", "<module.other.arn>"),
        ("(1 + 2).x", "<3.x>"),
        ("f(x).y", "<f(x).y>"),
        ("var.u[*].id", "<var.u[*].id>"),
        ("local.open[*]", ["a", "<var.more[*]...>", "z"]),
        ("var.u.*.id[0]", "<var.u[*].id[0]>"),
        ("aws_acm_certificate.main[*].arn", ["<aws_acm_certificate.main.arn>"]),
        ('"${var.u}"', "<var.u>"),
        ('"a${[1]}"', '<"a${[1]}">'),
        ('"a\\"${null}${var.u}"', '<"a\\"${null}${var.u}">'),
        ('"%{ if var.u == 1 }a%{ endif }"', "a"),
        ('"%{ for x in var.u }${x},%{ endfor }"', '<"${var.u[*]},">'),
        ('"%{ for x in ["a", var.u] }${x},%{ endfor }"', "a,<var.u>,"),
        ('"%{ for x in [[]] }${x}%{ endfor }"', '<"${[]}">'),
        ("[for x in var.u : x]", ["<var.u[*]...>"]),
        ('[for x in var.u : "*.${x}"]', ['<"*.${var.u[*]}"...>']),
        ("[for k, v in var.u : k]", ["<keys(var.u)[*]...>"]),
        ("[for x in local.open : upper(x)]", ["A", "<upper(var.more[*])...>", "Z"]),
        ('[for x in local.open : x if x != "a"]', ["<var.more[*]...>", "z"]),
        ('[for x in ["a", "b"] : x if var.u]', ['<"a"...>', '<"b"...>']),
        ('[for x in var.u : x == "a" ? 1 : 2]', ['<(var.u[*] == "a") ? 1 : 2...>']),
        ('[for x in ["a"] : [for x in ["b"] : x]]', [["b"]]),
        ("[for x in null : x]", ["<null[*]...>"]),
        ("[for k, v in local.part : k]", ["a", "<keys(merge(var.u, {a = 1}))[*]...>"]),
        ("{for k, v in var.u : k => v}", "<{for keys(var.u)[*] => var.u[*]}>"),
        ('{for x in ["a", var.u] : x => 1}.a', 1),
        ('{for x in ["a", var.u] : x => 1}.b', "<{for var.u => 1}.b>"),
        ('{for x in ["a", "b"] : x => 1 if x == "a"}', {"a": 1}),
        ("{ (var.u) = 1, a = 2 }.a", 2),
        ("{ (var.u) = 1, a = 2 }.b", "<{ (var.u) = 1, a = 2 }.b>"),
        ("{ ([]) = 1 }.b", "<{ ([]) = 1 }.b>"),
        ("false && var.u", False),
        ("var.u && false", False),
        ("true && var.u", "<var.u>"),
        ("var.u || true", True),
        ("var.u || false", "<var.u>"),
        ("var.u || var.v", "<var.u || var.v>"),
        ("!(var.u || var.v)", "<!(var.u || var.v)>"),
        ("!var.u", "<!var.u>"),
        ("-var.u", "<-var.u>"),
        ("var.u + 1", "<var.u + 1>"),
        ("var.u >= 1", "<!(var.u < 1)>"),
        ('"a" != var.u', '<!(var.u == "a")>'),
        ("var.u == var.u", True),
        ("var.u == var.v", "<var.u == var.v>"),
        ('"a${var.u}" == "b"', False),
        ('"a${var.u}" == "ab"', '<"a${var.u}" == "ab">'),
        ("[1, var.u] == [2, 1]", False),
        ("[1, var.u] == [1, 1]", "<[1, var.u] == [1, 1]>"),
        ("[1] == [1, 2]", False),
        ("local.open == []", '<["a", var.more, "z"] == []>'),
        ("local.part == {}", "<merge(var.u, {a = 1}) == {}>"),
        ("{a = 1} == {b = 1}", False),
        ('"" == null', False),
        ('1 == "1"', False),
        ("1 / 0", "<1 / 0>"),
        ("1 % 0", "<1 % 0>"),
        ('1 + "x"', '<1 + "x">'),
        ('1 + "2"', 3),
        ("!1", "<!1>"),
        ("1 ? 2 : 3", "<1 ? …>"),
        ('"true" ? 2 : 3', 2),
        ("var.u ? 1 : 1", 1),
        ("try(var.u, 1)", "<var.u>"),
        ("try(local.bad, 1)", "<[1].x>"),
        ("try([].x, {}.y)", "<try([].x, {}.y)>"),
        ("try([for x in null : x], [])", []),
        ("try(1 / 0, lower([]), 3)", 3),
        ('try(1 ? 2 : 3, "x${[]}", 4)', 4),
        ("can(var.u)", "<can(var.u)>"),
        ("can([].x)", False),
        ("uuid() == uuid()", "<(uuid() of main.tf:1:1) == (uuid() of main.tf:1:11)>"),
        ("max(local.open...)", '<max(["a", var.more, "z"]...)>'),
        ("max([1, 2]...)", 2),
    ],
)
def test_unknown(text, expected):
    """A value that is not static is unknown, labeled with the expression it depends on."""
    assert value(text, DECLARED, answers=[True]) == expected


@pytest.mark.parametrize(
    ("text", "literal", "note"),
    [
        ("var.name", "a.example", "default of variable `name`"),
        ("local.names[1]", "b.example", "default of variable `names`"),
        ("local.map.k.name", "a.example", "default of variable `name`"),
        ('local.map["k"].name', "a.example", "default of variable `name`"),
        ("aws_acm_certificate.main.domain_name", "c.example", ""),
        ('"x.${var.name}"', "a.example", "default of variable `name`"),
        ("lower(var.name)", "a.example", "default of variable `name`"),
        ("[for x in var.names : x][0]", "a.example", "default of variable `names`"),
    ],
)
def test_origins(text, literal, note):
    """A value defined elsewhere is located where it is used, with the literal as its origin."""
    found = node(text, DECLARED)
    origin = found.origin
    assert origin.origin is None
    assert DECLARED[origin.start : origin.end] == literal
    assert found.note == note


def test_locations():
    """A literal is located between its quotes, an item where it is written or referred to."""
    text = 'concat(["a", var.name], local.names)'
    found = node(text, DECLARED)
    assert [text[item.start : item.end] for item in found.value] == [
        "a",
        "var.name",
        "local.names",
        "local.names",
    ]
    assert [
        item.origin and DECLARED[item.origin.start : item.origin.end] for item in found.value
    ] == [
        None,
        "a.example",
        "a.example",
        "b.example",
    ]


def test_addresses():
    """Addresses are relative to the root module."""
    assert value("var.u.v", address="module.m.") == "<module.m.var.u.v>"
    assert value("f(var.u)", address="module.m.") == "<f(module.m.var.u)>"


def test_long_labels():
    """Long labels are shortened but stay distinct."""
    text = f'[for x in ["a", "b"] : f("{"x" * 300}", x)]'
    one, other = value(text)
    assert one != other
    assert one.startswith('<f("xxx')
    assert "… (main.tf:1:" in one
    assert len(one) < 200


def test_growing_strings():
    """A string above the maximum length is unknown."""
    declared = 'locals {\n  a0 = "aaaaaaaaaa"\n'
    for index in range(1, 8):
        use = f"${{local.a{index - 1}}}" * 10
        declared += f'  a{index} = "{use}"\n'
    assert value("length(local.a3)", declared + "}") == 10_000
    assert value("local.a4", declared + "}").startswith('<"')
    assert len(value("local.a5", declared + "}")) < 2_000
    loop = '"%{ for x in range(9000) }aaaaaaaaaa%{ endfor }"'
    assert value(loop) == f"<{loop[1:-1]}>"


def test_large_numbers():
    """A number above the maximum is unknown."""
    assert value(" * ".join(["1000000000"] * 20)).startswith("<")


def test_work():
    """Nested loops end when the work limit is reached."""
    text = "[for a in range(9999) : [for b in range(9999) : [for c in range(9999) : c]]]"
    names = Names(work=20_000)
    assert shown(evaluate(expression(text), names)) == f"<{text}>"
    assert shown(evaluate(expression("[1][0]"), names)) == "<[1][0]>"


def test_depth():
    """Excessive nesting raises `ReadError`, not `RecursionError`."""
    with pytest.raises(ReadError):
        node(" + ".join(["var.u"] * 5_000))


BLOCK = """\
resource "x" "y" {
  a = 1
  b = merge(var.u, {})
  one { n = "first" }
  dynamic "one" {
    for_each = ["p", "q"]
    content {
      n = one.value
      k = one.key
      dynamic "inner" {
        for_each = { z = 1 }
        iterator = it
        content { both = "${one.value}${it.key}${it.value}" }
      }
    }
  }
  one { n = "last" }
  dynamic "two" {
    for_each = var.u
    content { n = two.value }
  }
  dynamic "three" {
    for_each = toset(["t"])
    content { n = three.key }
  }
  dynamic "four" {
    for_each = var.u
  }
  dynamic "five" {
    for_each = merge(var.u, { k = 1 })
    content { n = five.key }
  }
}
"""


def test_blocks():
    """A body is a map, and blocks of a type are a list in order, including generated ones."""
    names = Names(BLOCK)
    (block,) = names.parsed.blocks
    found = evaluate_block(block, names)
    assert shown(found) == {
        "a": 1,
        "b": "<merge(var.u, {})>",
        "one": [
            {"n": "first"},
            {"n": "p", "k": 0, "inner": [{"both": "pz1"}]},
            {"n": "q", "k": 1, "inner": [{"both": "qz1"}]},
            {"n": "last"},
        ],
        "two": ["<var.u...>"],
        "three": [{"n": "t"}],
        "four": [],
        "five": [{"n": "k"}, "<merge(var.u, {k = 1})...>"],
    }
    assert BLOCK[slice(*found.key)] == 'resource "x" "y"'
    assert BLOCK[slice(*found.value["a"].key)] == "a"
    one = found.value["one"].value
    assert [BLOCK[slice(*each.key)] for each in one] == ["one", "content", "content", "one"]
    assert one[1].value["n"].origin.value == "p"


def test_only():
    """Only the requested arguments and blocks are evaluated."""
    names = Names(BLOCK)
    found = evaluate_block(names.parsed.blocks[0], names, {"a", "two"})
    assert list(found.value) == ["a", "two"]


def test_instance_names():
    """`each` and `count` are evaluated like other names."""
    declared = 'each {\n  key = "k"\n  value = { name = "v" }\n}\ncount {\n  index = 3\n}\n'
    assert value('"${each.key}.${each.value.name}${count.index}"', declared) == "k.v3"


def test_instances():
    """The instances of a resource are a list or a map."""

    class Instances(Names):
        def resource(self, kind, name):
            node = super().resource(kind, name)
            several = [node] if name == "listed" else {"k": node}
            return Node(several, node.source, node.start, node.end)

    declared = 'resource "r" "listed" {\n  a = 1\n}\nresource "r" "named" {\n  a = 1\n}\n'
    names = Instances(declared)
    for text, expected in [
        ("r.listed[0].a", 1),
        ("r.listed[*].a", [1]),
        ('r.named["k"].a', 1),
        ('r.named["z"].a', '<r.named["z"].a>'),
        ("[for k, v in r.named : v.a][0]", 1),
    ]:
        assert shown(evaluate(expression(text), names)) == expected


def test_unparsable_label():
    """A condition whose label cannot be parsed is decided as a whole."""

    class Odd(Names):
        def variable(self, name):
            source = self.parsed.source
            return Node(Unknown(f"{name} of …"), source, 0, 0)

    names = Odd("", answers=[False])
    assert evaluate(expression("var.a ? 1 : 2"), names).value == 2
    assert names.decided == ["a of …"]


@pytest.mark.parametrize(
    ("text", "answers", "value", "asked"),
    [
        ("{a = 1, b = 2}[var.k]", [True], 1, ['var.k == "a"']),
        ("{a = 1, b = 2}[var.k]", [False], 2, ['var.k == "a"']),
        ("lookup({a = 1, b = 2}, var.k)", [False], 2, ['var.k == "a"']),
        ("lookup({a = 1}, var.k, 3)", [False], 3, ['var.k == "a"']),
        ("try({a = 1}[var.k], 3)", [False], 3, ['var.k == "a"']),
        ("{a = 1}[terraform.workspace]", [True], 1, []),
    ],
)
def test_an_unknown_key_of_a_known_map_is_chosen(text, answers, value, asked):
    """Each key is a condition; it is one of the map unless there is a default."""
    names = Names("", answers=answers)
    assert evaluate(expression(text), names).value == value
    assert names.decided == asked


@pytest.mark.parametrize(
    "text", ["{a = 1}[each.key]", '{a = 1}["x${var.k}"]', "[1][var.k]", "var.m[var.k]"]
)
def test_other_keys_are_not_chosen(text):
    """A key has to be one value wherever it is written, and the map has to be known."""
    assert isinstance(evaluate(expression(text), Names("", answers=[True])).value, Unknown)
