"""String functions: what Terraform 1.11 prints, and no guess about unknown values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    PARTLY_KNOWN,
    assert_value,
    node,
    open_text,
    texts,
    value,
    written,
)


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


@pytest.mark.parametrize(
    ("call", "expected"),
    [
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
        ('base64encode("Hello é")', "SGVsbG8gw6k="),
        ('base64decode("SGVsbG8gw6k=")', "Hello é"),
        ('base64decode("SGVs\\nbG8=")', "Hello"),
        ('try(base64decode("SGVsbG8"), "bad")', "bad"),
        ('try(base64decode("/w=="), "bad")', "bad"),
        ('abspath("/a")', "/a"),
        ('pathexpand("a/b")', "a/b"),
        ("max(1, 5, 3)", 5),
        ("min(1, 5, 3)", 1),
        ("tostring(1.5)", "1.5"),
        ("tostring(true)", "true"),
        ('tonumber("12.5")', 12.5),
        ('tobool("true")', True),
        ('nonsensitive("a")', "a"),
        ('join("", [])', ""),
        ('split(".", "a.b.c")[1]', "b"),
        ('replace("abc", "", "x")', "xaxbxcx"),
        ('trimprefix("abc", "")', "abc"),
    ],
)
def test_known_values(call, expected):
    """On known values, a function returns what Terraform prints."""
    assert_value(call, expected)


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
        ('replace("ab", "/(a)/", "[$1$9$${x}$$]")', "[a$]b"),
        ("tostring(var.u)", "<var.u>"),
        ("tostring(null)", None),
        ("tonumber(null)", None),
        ("tobool(null)", None),
        ("tostring([])", "<tostring([])>"),
        ('tobool("x")', '<tobool("x")>'),
        ("lower()", "<lower()>"),
        ('lower("a", "b")', '<lower("a", "b")>'),
        ("lower([])", "<lower([])>"),
        ("lower(null)", "<lower(null)>"),
        ("max(var.u)", "<max(var.u)>"),
        ('max("x")', '<max("x")>'),
        ("max([])", "<max([])>"),
        ('max("1e999")', '<max("1e999")>'),
        ('max("1_0")', '<max("1_0")>'),
    ],
)
def test_unknown_values(call, expected):
    """Known parts and items are kept, and the rest is unknown, labeled with the call."""
    assert value(call, PARTLY_KNOWN) == expected


@pytest.mark.parametrize(
    "call",
    [
        'split("", join("", range(10000)))',
        'join("", [for i in range(3000) : "{for i in range(3000) : i}"])',
    ],
)
def test_size_limits(call):
    """A result above the size limit is unknown, with a label of limited length."""
    found = value(call)
    assert found.startswith(f"<{call.partition('(')[0]}(")
    assert len(found) < 200
