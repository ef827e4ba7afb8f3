"""Formats, JSON and patterns: what Terraform 1.11 prints, and no guess about unknown values."""

import pytest
from tests.support.terraform_expressions import (
    PARTLY_KNOWN,
    assert_value,
    value,
)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
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
        ('format("%d-%05d|%5s|%-5s|%.3f", 3, 42, "ab", "cd", 1.5)', "3-00042|   ab|cd   |1.500"),
        (
            'format("%q %t %v %x %X %o", "q\\"<", true, 5, 255, 255, 8)',
            '"q\\"\\u003c" true 5 ff FF 10',
        ),
    ],
)
def test_known_values(call, expected):
    """On known values, a function returns what Terraform prints."""
    assert_value(call, expected)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
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
        ("jsonencode([var.u])", "<jsonencode([var.u])>"),
        ('jsondecode("{")', '<jsondecode("{")>'),
    ],
)
def test_unknown_values(call, expected):
    """Known parts and items are kept, and the rest is unknown, labeled with the call."""
    assert value(call, PARTLY_KNOWN) == expected


@pytest.mark.parametrize("verb", ["%{}s", "%.{}s", "%[{}]s"])
def test_numbers_with_thousands_of_digits(verb):
    """Python converts no number of this length: the result is unknown, and no group has it."""
    number = "9" * 5000
    call = f'format("{verb.format(number)}", "y")'
    assert value(call, PARTLY_KNOWN).startswith("<format(")
    assert value(f'replace("a.io", "/(a)/", "b${number}")', PARTLY_KNOWN) == "b.io"


@pytest.mark.parametrize("pattern", ["(?:a|aa)" * 50, "(?:a|aa)" * 50 + "$", "a?" * 40, "a*" * 9])
@pytest.mark.parametrize("call", ['regex("{}", "{}")', 'replace("{}", "/{}/", "")'])
def test_patterns_that_take_too_many_steps_are_not_matched(monkeypatch, pattern, call):
    """A pattern with too many alternatives or repetitions is unknown and is not even compiled."""
    monkeypatch.setattr("acmrules.readers.terraform.eval.format.re.compile", None)
    parts = (pattern, "a" * 50 + "b") if call.startswith("regex") else ("a" * 50 + "b", pattern)
    assert value(call.format(*parts)).startswith("<")


@pytest.mark.parametrize("condition", ["true", "false"])
@pytest.mark.parametrize("between", ["", "x", "\\n", "${1}"])
def test_both_branches_of_a_directive(condition, between):
    """A directive has the branch that its condition chooses, also if the other is as long."""
    found = value(f'"{between}%{{ if {condition} }}a%{{ else }}b%{{ endif }}{between}"')
    expected = {"true": "a", "false": "b"}[condition]
    around = {"\\n": "\n", "${1}": "1"}.get(between, between)
    assert found == around + expected + around
