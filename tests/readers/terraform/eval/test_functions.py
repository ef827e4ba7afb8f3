"""Terraform's functions: results of Terraform 1.11 for known values, and no guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    Names,
    expression,
    node,
    open_text,
    scalars,
    shown,
    texts,
    value,
    values,
    written,
)

from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.eval.functions import FUNCTIONS
from acmrules.unresolved import Unknown

MAYBE = values.map(written) | st.sampled_from(
    [
        "var.u",
        '"a${var.u}"',
        '"${var.u}b"',
        '["a", var.u]',
        "concat(var.u, [])",
        "{a = var.u}",
        "merge(var.u)",
    ]
)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(MAYBE, max_size=4))
def test_any_arguments(name, arguments):
    """A function returns a known or an unknown value for any arguments."""
    shown(node(f"{name}({', '.join(arguments)})"))


@given(st.sampled_from(["lower", "upper"]), texts, texts)
def test_fragments(name, before, after):
    """The known parts of a result are also in the result for the complete string."""
    whole = value(f"{name}({written(before + 'x' + after)})")
    part = value(f"{name}({open_text(before, after)})")
    if before or after:
        assert part.replace(f"<{name}(var.u)>", value(f'{name}("x")')) == whole
    else:
        assert part == f"<{name}(var.u)>"


@given(texts, texts.filter(bool), texts, st.text("ab.", max_size=3))
def test_definite_results(before, wanted, after, filling):
    """A definite result for a partly known string is correct for any completion of it."""
    full = before + filling + after
    for call in ("startswith", "endswith", "strcontains"):
        found = value(f"{call}({open_text(before, after)}, {written(wanted)})")
        if isinstance(found, bool):
            assert found is value(f"{call}({written(full)}, {written(wanted)})")


@given(texts, st.text("ab.*", min_size=1, max_size=3), st.text("ab.*", max_size=4), texts)
def test_definite_replacements(before, wanted, filling, after):
    """A replacement in a partly known string is definite only if no match can cross its parts."""
    made = node(f'replace({open_text(before, after)}, {written(wanted)}, "-")').value
    parts = getattr(made, "parts", ())
    if len(parts) > 1:
        whole = "".join(
            part if isinstance(part, str) else filling.replace(wanted, "-") for part in parts
        )
        assert whole == (before + filling + after).replace(wanted, "-")


@given(st.lists(scalars, max_size=6))
def test_sets(items):
    """A set has each item once, in a defined order."""
    found = value(f"toset({written(items)})")
    assert value(f"toset(reverse({written(items)}))") == found or None in items
    assert value(f"distinct({written(found)})") == found
    assert value(f"length(setunion({written(items)}, {written(items)}))") == len(found)


KNOWN = [
    ('lower("ABCß")', "abcß"),
    ('upper("abcß")', "ABCß"),
    ('trimprefix("helloworld", "hello")', "world"),
    ('trimsuffix("example.com.", ".")', "example.com"),
    ('trimspace("  a b\\n")', "a b"),
    ('trim("?!hello?!", "!?")', "hello"),
    ('replace("1 + 2 + 3", "+", "-")', "1 - 2 - 3"),
    ('replace("hello world", "/w.*d/", "everybody")', "hello everybody"),
    ('replace("a.b.c", "/^([a-z]+)\\\\./", "$1-")', "a-b.c"),
    ('replace("a.b", "/(\\\\w)\\\\.(\\\\w)/", "$${2}x$1y$$")', "bx$"),
    ('replace("*.example.com", "*.", "")', "example.com"),
    ('substr("hello world", 1, 4)', "ello"),
    ('substr("hello world", -5, -1)', "world"),
    ('substr("hi", 0, 10)', "hi"),
    ('startswith("hello", "he")', True),
    ('endswith("hello", "lo")', True),
    ('strcontains("hello", "ll")', True),
    ('join(", ", ["a", "b"])', "a, b"),
    ('join("-", ["a"], ["b", "c"])', "a-b-c"),
    ('join(",", [1, true, "x"])', "1,true,x"),
    ('split(",", "a,b,,c")', ["a", "b", "", "c"]),
    ('split("", "abc")', ["a", "b", "c"]),
    ('split(",", "")', [""]),
    ('format("%s.%s", "a", "b")', "a.b"),
    ('format("%v %v %v %v", [1, "a"], {a = 1}, 1.5, "s")', '[1,"a"] {"a":1} 1.5 s'),
    ('format("%[2]s %[1]s", "a", "b")', "b a"),
    ('format("%%")', "%"),
    ('format("%s", 12)', "12"),
    ('format("%+d % d", 1, 2)', "+1  2"),
    ('format("%.2s", "abc")', "ab"),
    ('format("%s", true)', "true"),
    ('formatlist("%s.%s", ["a", "b"], "c")', ["a.c", "b.c"]),
    ('formatlist("Hi %s", ["a", "b"])', ["Hi a", "Hi b"]),
    ('regex("[a-z]+", "53453453.345345aaabbbccc23454")', "aaabbbccc"),
    (
        'regex("(\\\\d\\\\d\\\\d\\\\d)-(\\\\d\\\\d)-(\\\\d\\\\d)", "2019-02-01")',
        ["2019", "02", "01"],
    ),
    (
        'regex("^(?:(?P<scheme>[^:/?#]+):)?(?://(?P<authority>[^/?#]*))?", "https://terraform.io/docs/")',
        {"authority": "terraform.io", "scheme": "https"},
    ),
    (
        'jsonencode({b = 1, a = "<&>", c = [true, null, 1.5]})',
        '{"a":"\\u003c\\u0026\\u003e","b":1,"c":[true,null,1.5]}',
    ),
    ('jsonencode("a\\u2028\\"/\\n\\t\\u0001")', '"a\\u2028\\"/\\n\\t\\u0001"'),
    (
        'jsondecode("{\\"a\\": [1, 2.5, null, {\\"b\\": \\"c\\"}]}")',
        {"a": [1, 2.5, None, {"b": "c"}]},
    ),
    ('base64encode("Hello é")', "SGVsbG8gw6k="),
    ("max(1, 5, 3)", 5),
    ("min(1, 5, 3)", 1),
    ("tostring(1.5)", "1.5"),
    ("tostring(true)", "true"),
    ('tonumber("12.5")', 12.5),
    ('tobool("true")', True),
    ('concat(["a"], ["b", "c"], [])', ["a", "b", "c"]),
    ('compact(["a", "", "b", null])', ["a", "b"]),
    ('flatten([["a", "b"], [], ["c", ["d"]]])', ["a", "b", "c", "d"]),
    ('distinct(["a", "b", "a", "c"])', ["a", "b", "c"]),
    ('distinct([1, "1", 1])', ["1"]),
    ('toset(["b", "a", "b"])', ["a", "b"]),
    ("toset([3, 1, 2])", [1, 2, 3]),
    ('sort(["b", "a", "C", "é"])', ["C", "a", "b", "é"]),
    ("sort([3, 10, 2])", ["10", "2", "3"]),
    ('reverse(["a", "b"])', ["b", "a"]),
    ('slice(["a", "b", "c", "d"], 1, 3)', ["b", "c"]),
    ('element(["a", "b", "c"], 4)', "b"),
    ('contains(["a", "b"], "b")', True),
    ('contains([1, 2], "1")', False),
    ('contains(["a"], "z")', False),
    ('one(["a"])', "a"),
    ("one([])", None),
    ('coalesce("", "b")', "b"),
    ("coalesce(null, 1, 2)", 1),
    ('coalescelist([], ["a"])', ["a"]),
    ("range(3)", [0, 1, 2]),
    ("range(1, 4)", [1, 2, 3]),
    ("range(1, 8, 2)", [1, 3, 5, 7]),
    ("range(4, 1)", [4, 3, 2]),
    ("range(5, 1, -2)", [5, 3]),
    ("range(0)", []),
    ("range(0, 1, 0.25)", [0, 0.25, 0.5, 0.75]),
    ('setunion(["a", "b"], ["c", "a"])', ["a", "b", "c"]),
    ('setsubtract(["a", "b"], ["b"])', ["a"]),
    ('setproduct(["a", "b"], ["c", "d"])', [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"]]),
    ("keys({b = 1, a = 2})", ["a", "b"]),
    ("values({b = 1, a = 2})", [2, 1]),
    ('lookup({a = "x"}, "a", "d")', "x"),
    ('lookup({a = "x"}, "z", "d")', "d"),
    ("merge({a = 1, b = 2}, {b = 3}, null)", {"a": 1, "b": 3}),
    ("merge()", {}),
    ('zipmap(["a", "b"], [1, 2])', {"a": 1, "b": 2}),
    ('length("hello")', 5),
    ("length([1, 2])", 2),
    ("length({a = 1})", 1),
    ("tomap({a = 1})", {"a": 1}),
    ('tolist(["a"])', ["a"]),
    ('try({}.a, "x")', "x"),
    ('try(["a"][3], ["b"][0])', "b"),
    ("can({}.a)", False),
    ('can("x")', True),
    ('nonsensitive(sensitive("a"))', "a"),
    ('element(["a", "b"], 1.0)', "b"),
    ('keys({for s in ["z", "a"] : s => 1})', ["a", "z"]),
    ('tolist(toset(["b", "a"]))[0]', "a"),
    ('lookup({a = null}, "a", "d")', None),
    ('coalesce("a", null)', "a"),
    ('join("", [])', ""),
    ('split(".", "a.b.c")[1]', "b"),
    ('replace("abc", "", "x")', "xaxbxcx"),
    ('trimprefix("abc", "")', "abc"),
    ('distinct([["a"], ["a"], ["b"]])', [["a"], ["b"]]),
    ('flatten(["a", ["b"]])', ["a", "b"]),
    ("values({for k, v in {x = 1} : k => [v]})", [[1]]),
    ('try(tonumber("x"), 3)', 3),
    ('can(tonumber("x"))', False),
    ('can(regex("^a", "b"))', False),
    ('can(regex("^a", "ab"))', True),
    ('try(null, "x")', None),
    ('format("%d-%05d|%5s|%-5s|%.3f", 3, 42, "ab", "cd", 1.5)', "3-00042|   ab|cd   |1.500"),
    ('format("%q %t %v %x %X %o", "q\\"<", true, 5, 255, 255, 8)', '"q\\"\\u003c" true 5 ff FF 10'),
]


@pytest.mark.parametrize(("call", "expected"), KNOWN)
def test_known(call, expected):
    """For known values, a function returns what Terraform prints."""
    found = value(call)
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


OPEN = 'locals {\n  open = concat(["a"], var.more, ["z"])\n  part = merge(var.u, { a = 1 })\n}\n'


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('trimprefix("a.${var.u}", "a.")', "<var.u>"),
        ('trimprefix("a.${var.u}", "b")', "a.<var.u>"),
        ('trimprefix("${var.u}", "b")', '<trimprefix(var.u, "b")>'),
        ('trimsuffix("${var.u}.", ".")', "<var.u>"),
        ('trimsuffix("${var.u}a", ".")', "<var.u>a"),
        ('trimsuffix(var.u, ".")', '<trimsuffix(var.u, ".")>'),
        ('trimspace(" a${var.u}b ")', "a<var.u>b"),
        ("trimspace(var.u)", "<trimspace(var.u)>"),
        ('trim("-a${var.u}b-", "-")', "a<var.u>b"),
        ('trim("-${var.u}b-", "-")', '<trim("-${var.u}b-", "-")>'),
        ('replace("a.${var.u}.b", ".", "-")', 'a-<replace(var.u, ".", "-")>-b'),
        ('replace("*.${var.u}", ".x", "-")', '<replace("*.${var.u}", ".x", "-")>'),
        ('replace("${var.u}x${var.v}", ".x.", "-")', '<replace("${var.u}x${var.v}", ".x.", "-")>'),
        ('replace("${var.u}.b", "b.", "-")', '<replace("${var.u}.b", "b.", "-")>'),
        ('replace("${var.u}.c", "b-", "-")', '<replace(var.u, "b-", "-")>.c'),
        ('replace("${var.u}.b", "", "-")', '<replace("${var.u}.b", "", "-")>'),
        ('replace("a.b", ".", var.u)', "a<var.u>b"),
        ('replace(var.u, "/a/", "b")', '<replace(var.u, "/a/", "b")>'),
        ('substr("abc${var.u}", 0, 2)', "ab"),
        ('substr("abc${var.u}", 1, 3)', '<substr("abc${var.u}", 1, 3)>'),
        ('substr("é", 0, 1)', '<substr("é", 0, 1)>'),
        ('strrev("abc")', '<strrev("abc")>'),
        ('length("é")', '<length("é")>'),
        ('startswith("ab${var.u}", "ab")', True),
        ('startswith("ab${var.u}", "ax")', False),
        ('startswith("ab${var.u}", "xyz")', False),
        ('startswith("ab${var.u}", "abc")', '<startswith("ab${var.u}", "abc")>'),
        ('endswith("${var.u}ab", "b")', True),
        ('endswith("${var.u}ab", "xyz")', False),
        ('endswith("${var.u}ab", "xab")', '<endswith("${var.u}ab", "xab")>'),
        ('strcontains("ab${var.u}", "b")', True),
        ('strcontains("ab${var.u}", "c")', '<strcontains("ab${var.u}", "c")>'),
        ('join(".", ["a", var.u, "b"])', "a.<var.u>.b"),
        ('join(var.u, ["a", "b"])', "a<var.u>b"),
        ('join(".", local.open)', '<join(".", ["a", var.more, "z"])>'),
        ('split(".", "a.b.c${var.u}.d")', ["a", "b", '<split(".", "a.b.c${var.u}.d")[2:]...>']),
        ('split(".", var.u)', '<split(".", var.u)>'),
        ('split("", "a${var.u}")', '<split("", "a${var.u}")>'),
        ('format("%s.%s", var.u, "x")', "<var.u>.x"),
        ('format("%v.%s", var.u, true)', "<var.u>.true"),
        ('format("%5s", var.u)', '<format("%5s", var.u)>'),
        ('format(var.u, "x")', '<format(var.u, "x")>'),
        ('format("%s")', '<format("%s")>'),
        ('format("x", "y")', '<format("x", "y")>'),
        ('format("%", "y")', '<format("%", "y")>'),
        ('format("%y", "y")', '<format("%y", "y")>'),
        ('format("%05s", "y")', '<format("%05s", "y")>'),
        ('format("%*s", 1, "y")', '<format("%*s", 1, "y")>'),
        ('format("%5000s", "y")', '<format("%5000s", "y")>'),
        ('format("%v", null)', "null"),
        ('format("%.1f", 1.55)', '<format("%.1f", 1.55)>'),
        ('formatlist("*.%s", ["a", var.u])', ["*.a", "*.<var.u>"]),
        ('formatlist("*.%s", local.open)', ["*.a", '<formatlist("*.%s", var.more)...>', "*.z"]),
        (
            'formatlist("%s%s", local.open, local.open)',
            '<formatlist("%s%s", ["a", var.more, "z"], ["a", var.more, "z"])>',
        ),
        ('formatlist("*.%s", var.u)', '<formatlist("*.%s", var.u)>'),
        ('formatlist("%s%s", ["a"], ["b", "c"])', '<formatlist("%s%s", ["a"], ["b", "c"])>'),
        ('formatlist("%s", "a")', '<formatlist("%s", "a")>'),
        ('regex("(a+)+b", "aaaa")', '<regex("(a+)+b", "aaaa")>'),
        ('regex("(?=a)", "a")', '<regex("(?=a)", "a")>'),
        ('regex("a$", "a\\n")', '<regex("a$", "a\\n")>'),
        ('regex("(", "a")', '<regex("(", "a")>'),
        ('regex("b", "a")', '<regex("b", "a")>'),
        ('regex("(?P<x>a)(a)", "aa")', '<regex("(?P<x>a)(a)", "aa")>'),
        (
            'regex("a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaa")',
            '<regex("a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaa")>',
        ),
        ('replace("ab", "/(a)/", "[$1$9$${x}$$]")', "[a$]b"),
        ("jsonencode([var.u])", "<jsonencode([var.u])>"),
        ('jsondecode("{")', '<jsondecode("{")>'),
        ("tostring(var.u)", "<var.u>"),
        ("tostring(null)", None),
        ("tonumber(null)", None),
        ("tobool(null)", None),
        ("tostring([])", "<tostring([])>"),
        ('tobool("x")', '<tobool("x")>'),
        ("concat(var.u, [])", ["<var.u...>"]),
        ("concat(1)", "<concat(1)>"),
        ('compact(["", var.u, "a${var.u}", null])', ["<var.u...>", "a<var.u>"]),
        ('compact(["${var.u}${var.v}"])', ["<var.uvar.v...>"]),
        ('flatten(["a", var.u, [local.open]])', ["a", "<var.u...>", "a", "<var.more...>", "z"]),
        ('distinct(["a", var.u, var.u, "a", {}, {}])', ["a", "<var.u>", {}]),
        ('toset(["b", var.u, "a"])', ["a", "b", "<var.u>"]),
        ("toset(var.u)", ["<var.u...>"]),
        ('setunion(["b"], var.u)', ["b", "<var.u...>"]),
        ('setsubtract(["b"], ["b", var.u])', '<setsubtract(["b"], ["b", var.u])>'),
        ("sort(local.open)", '<sort(["a", var.more, "z"])>'),
        ("reverse(local.open)", ["z", "<var.more...>", "a"]),
        ("slice(local.open, 0, 1)", ["a"]),
        ("slice(local.open, 0, 2)", '<slice(["a", var.more, "z"], 0, 2)>'),
        ('slice(["a"], 0, 2)', '<slice(["a"], 0, 2)>'),
        ("element(local.open, 0)", "a"),
        ("element(local.open, 1)", '<element(["a", var.more, "z"], 1)>'),
        ("element([], 0)", "<element([], 0)>"),
        ('contains(local.open, "z")', True),
        ('contains(local.open, "b")', '<contains(["a", var.more, "z"], "b")>'),
        ('contains(["a${var.u}"], "b")', False),
        ("length(local.open)", '<length(["a", var.more, "z"])>'),
        ("length(local.part)", "<length(merge(var.u, {a = 1}))>"),
        ('one(["a", "b"])', '<one(["a", "b"])>'),
        ('coalesce(var.u, "a")', '<coalesce(var.u, "a")>'),
        ('coalesce("", "a${var.u}", "b")', "a<var.u>"),
        ('coalesce("")', '<coalesce("")>'),
        ("coalescelist([], var.u)", "<coalescelist([], var.u)>"),
        ("coalescelist(null, [], local.open)", ["a", "<var.more...>", "z"]),
        ("coalescelist(concat(var.u))", "<coalescelist([var.u])>"),
        ("coalescelist([])", "<coalescelist([])>"),
        ("range(20000)", "<range(20000)>"),
        ("range(1, 2, 0)", "<range(1, 2, 0)>"),
        ("range(1, 2, -1)", "<range(1, 2, -1)>"),
        ("setproduct(var.u)", "<setproduct(var.u)>"),
        ("keys(var.u)", "<keys(var.u)>"),
        ("keys([])", "<keys([])>"),
        ('lookup(local.part, "a", 2)', 1),
        ('lookup(local.part, "b", 2)', '<lookup(merge(var.u, {a = 1}), "b", 2)>'),
        ('lookup({}, "b")', '<lookup({}, "b")>'),
        ("merge({ a = 1 }, var.u, { b = 2 }, null).b", 2),
        ("merge({ a = 1 }, var.u, { b = 2 }).a", "<merge({a = 1}, var.u, {b = 2}).a>"),
        ("merge(local.part, { b = 2 }).a", 1),
        ("merge([])", "<merge([])>"),
        ('zipmap(["a"], [])', '<zipmap(["a"], [])>'),
        ("tolist({})", "<tolist({})>"),
        ("tomap([])", "<tomap([])>"),
        ("lower()", "<lower()>"),
        ('lower("a", "b")', '<lower("a", "b")>'),
        ("lower([])", "<lower([])>"),
        ("lower(null)", "<lower(null)>"),
        ('file("a")', '<file("a")>'),
        ("provider::aws::arn_parse(var.u)", "<provider::aws::arn_parse(var.u)>"),
        ("core::max(1, 2)", 2),
        ("max(var.u)", "<max(var.u)>"),
        ('max("x")', '<max("x")>'),
        ("max([])", "<max([])>"),
        ('max("1e99")', '<max("1e99")>'),
        ('max("1_0")', '<max("1_0")>'),
        ("element([1], 1.5)", "<element([1], 1.5)>"),
    ],
)
def test_unknown(call, expected):
    """Known parts and items are kept, and the rest is unknown, labeled with the call."""
    assert value(call, OPEN) == expected


@pytest.mark.parametrize(
    "call",
    [
        "setproduct(range(200), range(200))",
        "distinct([for i in range(301) : [i]])",
        "setsubtract(range(300), range(1000, 1300))",
        "concat(range(6000), range(6000))",
        "flatten([range(6000), range(6000)])",
        'split("", join("", range(10000)))',
        'join("", [for i in range(3000) : "{for i in range(3000) : i}"])',
    ],
)
def test_size_limits(call):
    """A result above the size limit is unknown, with a label of limited length."""
    found = value(call)
    assert found.startswith(f"<{call.partition('(')[0]}(")
    assert len(found) < 200


@pytest.mark.parametrize(
    ("call", "written_value"),
    [
        ("element(local.names, 0)", "b.example"),
        ("sort(local.names)[0]", "a.example"),
        ('concat(["x"], local.names)[1]', "b.example"),
        ('lookup(local.by_name, "k")', "c.example"),
        ('coalesce("", local.names[1])', "a.example"),
        ("flatten([[local.names]])[1]", "a.example"),
        ("merge({}, local.by_name).k", "c.example"),
    ],
)
def test_origins(call, written_value):
    """A selected item is located at the call, with its definition as the origin."""
    declared = (
        'locals {\n  names = ["b.example", "a.example"]\n  by_name = { k = "c.example" }\n}\n'
    )
    found = node(call, declared)
    assert found.value == written_value
    assert (found.start, found.end) == (0, len(call))
    origin = found.origin
    assert origin.origin is None
    assert declared[origin.start : origin.end] == written_value
    assert found.note in {"local `names`", "local `by_name`"}


def test_nested_empty_lists():
    """Flattening nested empty lists ends."""
    declared = "locals {\n  a0 = []\n"
    for index in range(1, 40):
        declared += f"  a{index} = [local.a{index - 1}, local.a{index - 1}]\n"
    names = Remembered(f"{declared}}}\n")
    for call in ("flatten(local.a39)", "jsonencode(local.a39)", "local.a39 == local.a38"):
        found = evaluate(expression(call), names).value
        assert len(str(found)) < 200
        assert isinstance(found, Unknown | bool)


class Remembered(Names):
    """A scope that evaluates each local once."""

    def __init__(self, text):
        super().__init__(text)
        self.known = {}

    def local(self, name):
        """Return the value of a local."""
        if name not in self.known:
            self.known[name] = super().local(name)
        return self.known[name]


def test_work():
    """Long lists count as work, and a result that takes too much is unknown."""
    names = Names(work=5_000)
    found = evaluate(expression("[for i in range(4000) : length(range(4000))]"), names)
    assert shown(found).startswith("<[for i in range(4000)")
