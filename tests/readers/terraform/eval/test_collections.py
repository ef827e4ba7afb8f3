"""Collection functions: what Terraform 1.11 prints, and no guess about unknown values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    PARTLY_KNOWN,
    assert_value,
    node,
    texts,
    value,
    written,
)


@given(
    st.lists(st.none() | texts, max_size=6)
    | st.lists(st.none() | st.integers(-(10**9), 10**9), max_size=6)
    | st.lists(st.none() | st.booleans(), max_size=6)
)
def test_sets(items):
    """A set has each item once, in a defined order."""
    found = value(f"toset({written(items)})")
    assert value(f"toset(reverse({written(items)}))") == found or None in items
    assert value(f"distinct({written(found)})") == found
    assert value(f"length(setunion({written(items)}, {written(items)}))") == len(found)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
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
        ('element(["a", "b"], 1.0)', "b"),
        ('keys({for s in ["z", "a"] : s => 1})', ["a", "z"]),
        ('tolist(toset(["b", "a"]))[0]', "a"),
        ('lookup({a = null}, "a", "d")', None),
        ('coalesce("a", null)', "a"),
        ('distinct([["a"], ["a"], ["b"]])', [["a"], ["b"]]),
        ('flatten(["a", ["b"]])', ["a", "b"]),
        ("values({for k, v in {x = 1} : k => [v]})", [[1]]),
    ],
)
def test_known_values(call, expected):
    """On known values, a function returns what Terraform prints."""
    assert_value(call, expected)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('length("é")', '<length("é")>'),
        ("concat(var.u, [])", ["<var.u...>"]),
        ("concat(1)", "<concat(1)>"),
        ('compact(["", var.u, "a${var.u}", null])', ["<var.u...>", "a<var.u>"]),
        ('compact(["${var.u}${var.v}"])', ["<var.uvar.v...>"]),
        ('flatten(["a", var.u, [local.open]])', ["a", "<var.u...>", "a", "<var.more...>", "z"]),
        ('distinct(["a", var.u, var.u, "a"])', ["a", "<var.u...>"]),
        ('toset(["b", var.u, "a"])', ["a", "b", "<var.u...>"]),
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
        ("element([1], 1.5)", "<element([1], 1.5)>"),
    ],
)
def test_unknown_values(call, expected):
    """Known parts and items are kept, and the rest is unknown, labeled with the call."""
    assert value(call, PARTLY_KNOWN) == expected


@pytest.mark.parametrize(
    "call",
    [
        "setproduct(range(200), range(200))",
        "distinct([for i in range(301) : [i]])",
        "setsubtract(range(300), range(1000, 1300))",
        "concat(range(6000), range(6000))",
        "flatten([range(6000), range(6000)])",
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


@pytest.mark.parametrize(("count", "mark"), [(3, ""), (201, "...")])
def test_partly_known_items_of_a_set(count, mark):
    """Partly known items stay if they are distinct, and are open-ended in a long set."""
    items = [f'"{index}-${{var.u}}"' for index in range(100, 100 + count)]
    found = value(f"toset([{', '.join(items)}])")
    assert len(found) == count
    expected = '<"100-${var.u}"...>' if mark else "100-<var.u>"
    assert found[0] == expected
