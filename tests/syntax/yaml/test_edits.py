"""Edits of YAML: quotes, dashes, brackets, comments and anchors."""

from textwrap import dedent, indent

import pytest
from tests.support.cloudformation import template
from tests.support.fixes import findings, fixed_text, rejections

from acmrules.lint import fixes


def fixed_template(properties, rest="", **settings):
    """Return the properties of a certificate after fixing, without the rest of their template."""
    lead, tail = template("", rest).split("\n\n", 1) if rest else (template("").rstrip("\n"), "")
    text = f"{lead}\n{indent(properties, '      ')}\n{tail}"
    after = fixed_text(text, **settings)
    assert after.startswith(lead)
    assert after.endswith(tail)
    return dedent(after[len(lead) : len(after) - len(tail)]).strip("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("DomainName: WWW.a.io  # c", "DomainName: www.a.io  # c"),
        ("DomainName: 'WWW.a.io'", "DomainName: 'www.a.io'"),
        ('DomainName: !!str   "WWW.a.io"', 'DomainName: !!str   "www.a.io"'),
        ("DomainName: &it WWW.a.io", "DomainName: &it www.a.io"),
        ('"DomainName":\n  WWW.a.io', '"DomainName":\n  www.a.io'),
        ("DomainName:\n  # c\n  WWW.a.io", "DomainName:\n  # c\n  www.a.io"),
        ("{DomainName: WWW.a.io , Tags: []}", "{DomainName: www.a.io , Tags: []}"),
        (r'DomainName: "\x57ww.a.io"', 'DomainName: "www.a.io"'),
        ("DomainName: b\u00fccher.io", "DomainName: xn--bcher-kva.io"),
        ("DomainName: http://*.a.io/", 'DomainName: "*.a.io"'),
        ("DomainName: a.io\nTags: [{Key: '1*1', Value: \"*\"}]",) * 2,
    ],
)
def test_texts_in_yaml(before, after):
    """A replaced string keeps its quotes, anchor and comment, and gets quotes if necessary."""
    assert fixed_template(before, rules=["ACM101", "ACM102"]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a.io  # once\n- b.io # twice\n# c", "- b.io # twice\n# c"),
        (
            "- b.io\n# of c\n- c.io  # c\n- b.io  # d\n\n# end",
            "- b.io\n# of c\n- c.io  # c\n\n# end",
        ),
        ("[b.io, b.io, c.io]", "[b.io, c.io]"),
        ("[b.io, c.io, b.io ]", "[b.io, c.io ]"),
        ("[a.io, b.io]", "[b.io]"),
        ("[\n  b.io, # b\n  c.io, # c\n  b.io # d\n]", "[\n  b.io, # b\n  c.io # c\n]"),
        ("[\n  b.io, # b\n  b.io, # d\n  c.io, # c\n]", "[\n  b.io, # b\n  c.io, # c\n]"),
        ("[b.io, # b\n  b.io, c.io]", "[b.io, # b\n   c.io]"),
        ("[a.io # b\n  , c.io]", "[ # b\n   c.io]"),
        ("- b.io\n- &b b.io\n- c.io", "- b.io\n- c.io"),
    ],
)
def test_items_leave_a_list_in_yaml(before, after):
    """A removed item takes only its line and its comment, or a comma, with it."""
    text = f"DomainName: a.io\nSubjectAlternativeNames:\n{indent(before, '  ')}"
    assert fixed_text(text, rules=["ACM304"]) == text[: -len(indent(before, "  "))] + indent(
        after, "  "
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- '*.b.io'  # b", "- '*.b.io'  # b\n- 'b.io'"),
        ("-   '*.b.io'\n-   c.io\n\n# end", "-   '*.b.io'\n-   c.io\n-   b.io\n\n# end"),
        ("['*.b.io' ]", "['*.b.io', 'b.io' ]"),
        ("['*.b.io','c.io',]", "['*.b.io','c.io', 'b.io',]"),
        ("['*.b.io','c.io']", "['*.b.io','c.io','b.io']"),
        ("[\n  c.io, # c\n  '*.b.io', # b\n]", "[\n  c.io, # c\n  '*.b.io', # b\n  'b.io',\n]"),
        ("[\n  c.io, # c\n  '*.b.io' # b\n]", "[\n  c.io, # c\n  '*.b.io', # b\n  'b.io'\n]"),
    ],
)
def test_items_come_to_a_list_in_yaml(before, after):
    """A new item has the layout of the last one: its line, its indentation, its quotes."""
    text = "DomainName: a.io\nSubjectAlternativeNames:\n"
    fixed = fixed_text(text + indent(before, "  "), rules=["ACM203"], unsafe=True)
    assert fixed == text + indent(after, "  ")


def test_a_list_comes_and_goes_in_yaml():
    """The first item adds its list, and the removal of the last item removes the list."""
    text = "# c\nDomainName: '*.a.io' # d\nValidationMethod: DNS\n"
    listed = f"{text}SubjectAlternativeNames:\n  - a.io\n"
    assert fixed_text(text, unsafe=True) == listed
    assert fixed_text(listed.replace("- a.io", "- '*.a.io'")) == text
    flowing = "{DomainName: '*.a.io', ValidationMethod: DNS}"
    listed = "{DomainName: '*.a.io', ValidationMethod: DNS, SubjectAlternativeNames: [a.io]}"
    assert fixed_text(flowing, unsafe=True) == listed
    assert fixed_text(listed.replace("[a.io]", "['*.a.io']")) == flowing


def test_options_in_yaml():
    """An option is added or removed as a whole."""
    text = dedent("""\
        DomainName: shop.a.io
        ValidationMethod: EMAIL
        DomainValidationOptions:
          # of another certificate
          - DomainName: b.io   # b
            ValidationDomain: b.io
        Tags: []
        """)
    given_domain = text.replace("b.io   # b", "shop.a.io").replace(": b.io", ": a.io")
    assert fixed_text(text, unsafe=True) == given_domain
    assert fixed_text("DomainName: shop.a.io\nValidationMethod: EMAIL", unsafe=True) == dedent("""\
        DomainName: shop.a.io
        ValidationMethod: EMAIL
        DomainValidationOptions:
          - DomainName: shop.a.io
            ValidationDomain: a.io""")
    assert fixed_text("{DomainName: shop.a.io, ValidationMethod: EMAIL}", unsafe=True) == (
        "{DomainName: shop.a.io, ValidationMethod: EMAIL, DomainValidationOptions: "
        "[{DomainName: shop.a.io, ValidationDomain: a.io}]}"
    )


def test_an_anchor():
    """A fix of a value that aliases repeat is unsafe and mentions them."""
    text = template("DomainName: &it WWW.a.io\nTags: [{Key: a, Value: *it}]")
    [planned] = [fixes.plan_fix(each) for each in findings(text) if each.fix]
    assert (planned.safe, planned.description) == (
        False,
        "change it to `www.a.io`, which changes the text that aliases repeat",
    )
    assert fixed_text(text, unsafe=True) == text.replace("WWW", "www")
    text = template("DomainName: a.io\nSubjectAlternativeNames: &it [a.io, b.io, &c b.io]")
    assert fixed_text(text) == text.replace("a.io, b.io, &c b.io", "b.io")
    shared = text.replace("Resources:", "Metadata: {X: *it}\nResources:")
    shared = shared.replace("*it}", "&it [a.io, b.io]}").replace("&it [a.io, b.io, &c b.io]", "*it")
    assert fixed_text(shared) == shared
    assert fixed_text(shared, unsafe=True) == shared.replace("[a.io, b.io]", "[b.io]")


def test_an_empty_list_is_filled():
    """The first item of an empty list is added between its brackets."""
    text = "DomainName: '*.a.io'\nSubjectAlternativeNames: []\n"
    assert fixed_text(text, unsafe=True) == text.replace("[]", "[a.io]")


def test_a_member_behind_a_dash():
    """If the first member of an item is removed, the next one follows the dash."""
    text = "-   SubjectAlternativeNames: [a.io] # c\n    DomainName: a.io\n"
    assert fixed_text(text) == "-   DomainName: a.io\n"


def test_comments_behind_a_removed_first_member():
    """If the first member of an item is removed, comments stay above the next one."""
    text = dedent("""\
        - DomainValidationOptions:
            - {DomainName: b.io, ValidationDomain: b.io}

          # d
         # e
          DomainName: a.io
        """)
    after = "  # d\n # e\n- DomainName: a.io\n"
    for end in ("\n", "\r\n"):
        written = text.replace("\n", end)
        assert fixed_text(written, rules=["ACM405"], unsafe=True) == after.replace("\n", end)
    explicit = text.replace("DomainName: a.io", "? Tags\n  : []\n  DomainName: a.io")
    assert rejections(explicit, rules=["ACM405"]) == {
        "ACM405": "the value shares its line with another one"
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DomainName: !!binary WWW.a.io", "the value is not a string"),
        (
            "DomainName: a.io\nTags: [{Key: a\n  *, Value: x}]",
            "the string spans several lines",
        ),
        (
            "'DomainName': '*.a.io'\u2028ValidationMethod: DNS\u2028",
            "the line continues after the last item",
        ),
    ],
)
def test_odd_yaml(text, reason):
    """Values in unusual syntax are not edited."""
    assert fixed_text(text, unsafe=True) == text
    assert set(rejections(text).values()) == {reason}


def test_directives():
    """A document that depends on directives is not edited."""
    text = "%TAG !e! tag:x,2000:\n---\nMetadata: !e!x {}\n" + template("DomainName: WWW.a.io")
    assert rejections(text) == {"ACM102": "the document depends on the text before it"}
