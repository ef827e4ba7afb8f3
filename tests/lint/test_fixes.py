"""Fixing: what a finding offers is made in the text, and nothing else changes there."""

import json
import re
from textwrap import dedent, indent
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint import fixes, readers
from acmrules.lint.engine import Bench, check
from acmrules.lint.readers import hcl_edits, lines_edits
from acmrules.lint.readers.edits import Change
from acmrules.lint.readers.names import Lines
from acmrules.lint.readers.terraform import Configuration
from acmrules.lint.readers.terraform_values import Node
from acmrules.lint.rule import Edit, Fix
from acmrules.lint.source import Parameters, Source
from acmrules.request import CertificateRequest
from mending import (
    as_manifest,
    configurations,
    faulty_requests,
    findings,
    json_writings,
    mend,
    mended,
    name_lists,
    refusals,
    writings,
)
from reading import as_template, template

MANY = 30
"""More rounds than anything drawn here needs."""

REWRITING = ("ACM101", "ACM102", "ACM306", "ACM410", "ACM504")
COMMENT = re.compile(r"# .*")
LINE_END = re.compile(r"\r?\n")


def files():
    """Draw the names and texts of files in every format."""
    requests = faulty_requests()
    data = st.one_of(
        requests,
        requests.map(as_template),
        requests.map(as_manifest),
        st.lists(requests, min_size=1, max_size=2),
    )
    return (
        st.tuples(st.just("t.yaml"), data.flatmap(writings))
        | st.tuples(st.just("t.json"), data.flatmap(json_writings))
        | st.tuples(st.just("t.txt"), name_lists())
        | st.tuples(st.just("t.tf"), requests.flatmap(configurations))
    )


def safe_fixes(found):
    """Return the findings that have a fix that is safe where it has to be made."""
    return [each for each in found if each.fix and each.fix.safe and is_safe(each)]


def is_safe(finding):
    """Say whether a fix can be made, and is safe."""
    try:
        return fixes.plan(finding).safe
    except fixes.Refused:
        return False


@given(files())
def test_no_safe_fix_is_left(file):
    """Once everything safe is fixed, nothing safe is found; fixing again changes nothing."""
    name, text = file
    outcome = mend(text, name)
    after = outcome.texts.get(name, text)
    assert (outcome.refused, outcome.waiting) == ((), ())
    assert not safe_fixes(findings(after, name))
    assert mend(after, name).texts == {}
    assert bool(outcome.fixed) == (after != text) == bool(safe_fixes(findings(text, name)))


@given(files())
def test_unsafe_fixes_come_to_an_end(file):
    """With unsafe fixes too it takes a few rounds, and the file still reads."""
    name, text = file
    rounds = []

    def check(texts):
        rounds.append(texts)
        return findings(texts.get(name, text), name)

    outcome = fixes.repair(check, unsafe=True)
    assert len(rounds) < MANY
    assert outcome.waiting == ()
    left = {id(finding) for finding, _ in outcome.refused}
    again = findings(outcome.texts.get(name, text), name)
    assert sum(each.fix is not None for each in again) == len(left)


@given(files())
def test_a_new_text_leaves_the_rest(file):
    """Where texts are written anew, all comments stay, and so do the lines and how they end."""
    name, text = file
    after = mended(text, name, rules=REWRITING)
    assert COMMENT.findall(after) == COMMENT.findall(text)
    assert LINE_END.findall(after) == LINE_END.findall(text)


@given(files())
def test_line_ends_are_not_mixed(file):
    """What is taken out goes with its line's end, what is added has such an end as the others."""
    name, text = file
    after = mended(text, name, unsafe=True)
    assert set(LINE_END.findall(after)) <= set(LINE_END.findall(text)) or "\n" not in text


@given(files())
def test_edits_do_not_overlap(file):
    """The edits of one plan stand beside each other in the text."""
    name, text = file
    for finding in findings(text, name):
        if finding.fix:
            try:
                edits = sorted(fixes.plan(finding).edits, key=lambda edit: edit.start)
            except fixes.Refused:
                continue
            for before, edit in zip([None, *edits], edits, strict=False):
                assert before is None or before.end <= edit.start
                assert 0 <= edit.start <= edit.end <= len(text)


@given(files())
def test_a_plan_can_be_made_alone(file):
    """Every fix that is planned can be made alone, and answers the finding or moves it."""
    name, text = file
    for finding in findings(text, name):
        if finding.fix:
            outcome = fixes.fix([finding], unsafe=True)
            assert outcome.refused or outcome.fixed == (finding,)
            for after in outcome.texts.values():
                assert after == fixes.apply(text, fixes.plan(finding).edits)


# Examples


def fixed_template(properties, rest="", **settings):
    """Return the properties of a certificate after fixing, cut out of their template."""
    lead, tail = template("", rest).split("\n\n", 1) if rest else (template("").rstrip("\n"), "")
    text = f"{lead}\n{indent(properties, '      ')}\n{tail}"
    after = mended(text, **settings)
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
    """A text keeps its quotes, its anchor and its comment; it gets quotes where it needs some."""
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
    """An item goes with its line and its comment, or with a comma, and nothing else goes."""
    text = f"DomainName: a.io\nSubjectAlternativeNames:\n{indent(before, '  ')}"
    assert mended(text, rules=["ACM304"]) == text[: -len(indent(before, "  "))] + indent(
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
    """A new item is written as the last one is: its line, its indentation, its quotes."""
    text = "DomainName: a.io\nSubjectAlternativeNames:\n"
    fixed = mended(text + indent(before, "  "), rules=["ACM203"], unsafe=True)
    assert fixed == text + indent(after, "  ")


def test_a_list_comes_and_goes_in_yaml():
    """The first item brings its list along, the last one takes it away."""
    text = "# c\nDomainName: '*.a.io' # d\nValidationMethod: DNS\n"
    listed = f"{text}SubjectAlternativeNames:\n  - a.io\n"
    assert mended(text, unsafe=True) == listed
    assert mended(listed.replace("- a.io", "- '*.a.io'")) == text
    flowing = "{DomainName: '*.a.io', ValidationMethod: DNS}"
    listed = "{DomainName: '*.a.io', ValidationMethod: DNS, SubjectAlternativeNames: [a.io]}"
    assert mended(flowing, unsafe=True) == listed
    assert mended(listed.replace("[a.io]", "['*.a.io']")) == flowing


def test_options_in_yaml():
    """An option comes and goes as a whole."""
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
    assert mended(text, unsafe=True) == given_domain
    assert mended("DomainName: shop.a.io\nValidationMethod: EMAIL", unsafe=True) == dedent("""\
        DomainName: shop.a.io
        ValidationMethod: EMAIL
        DomainValidationOptions:
          - DomainName: shop.a.io
            ValidationDomain: a.io""")
    assert mended("{DomainName: shop.a.io, ValidationMethod: EMAIL}", unsafe=True) == (
        "{DomainName: shop.a.io, ValidationMethod: EMAIL, DomainValidationOptions: "
        "[{DomainName: shop.a.io, ValidationDomain: a.io}]}"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"DomainName":"\\u0057.a.io"}', '{"DomainName":"w.a.io"}'),
        ('{"DomainName":"a.io","ValidationMethod" : "dns"}',) * 2,
        (
            '{"DomainName": "*.a.io",\r\n "Tags": []}\r\n',
            '{"DomainName": "*.a.io",\r\n "Tags": [], "SubjectAlternativeNames": ["a.io"]}\r\n',
        ),
        (
            '{\n  "DomainName":"*.a.io",\n  "Tags":[]\n}',
            '{\n  "DomainName":"*.a.io",\n  "Tags":[],\n  "SubjectAlternativeNames":["a.io"]\n}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": [\n  "b.io",\n  "a.io"\n]}',
            '{"DomainName": "a.io", "SubjectAlternativeNames": [\n  "b.io"\n]}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["b.io", "a.io", "a.io"]}',
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["b.io"]}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["a.io"], "Tags": []}',
            '{"DomainName": "a.io", "Tags": []}',
        ),
        (
            '{"DomainName": "A.io"}\n{"DomainName": "B.io"}\n',
            '{"DomainName": "a.io"}\n{"DomainName": "b.io"}\n',
        ),
    ],
)
def test_json(before, after):
    """JSON keeps its blanks and its lines; a comma goes with its item and comes with it."""
    rules = ["ACM102", "ACM203", "ACM304"]
    assert mended(before, "t.json", unsafe=True, rules=rules) == after


def test_names():
    """In a list of names a name has its line."""
    text = "# shop\nA.io # first\n\n  *.b.io\r\na.io # again\n # end"
    assert mended(text, "t.txt", unsafe=True) == "# shop\na.io # first\n\n  *.b.io\r\nb.io\n # end"
    assert mended("*.a.io", "t.txt", unsafe=True) == "*.a.io\na.io"
    assert refusals("b.a.io\x0ba.io\nb.a.io", "t.txt") == {}


PARAMETER = """\
Parameters:
  Name: {Type: String, Default: WWW.a.io}  # the name
  Names: {Type: CommaDelimitedList, Default: 'B.a.io, c.a.io,c.a.io'}
Mappings: {A: {B: {Plain: D.a.io}}}
"""


def test_a_literal_from_elsewhere():
    """A fix goes to the definition; it is unsafe there, and says what it changes."""
    for value, was, now, note in [
        ("!Ref Name", "WWW.a", "www.a", "default of parameter `Name`"),
        ("!FindInMap [A, B, Plain]", "D.a", "d.a", "`Plain` of `B` in mapping `A`"),
    ]:
        text = PARAMETER + template(f"DomainName: {value}")
        [planned] = [fixes.plan(each) for each in findings(text) if each.fix]
        assert planned.safe is False
        assert planned.description.endswith(f"`, which changes the {note}")
        assert mended(text) == text
        assert mended(text, unsafe=True) == text.replace(was, now)
    text = PARAMETER + template("DomainName: x.io\nSubjectAlternativeNames: !Ref Names")
    assert mended(text, unsafe=True) == text.replace("'B.a.io, c.a.io,c.a.io'", "'b.a.io, c.a.io'")


def test_an_anchor():
    """A fix of what aliases stand for is unsafe and says so, wherever the anchor stands."""
    text = template("DomainName: &it WWW.a.io\nTags: [{Key: a, Value: *it}]")
    [planned] = [fixes.plan(each) for each in findings(text) if each.fix]
    assert (planned.safe, planned.description) == (
        False,
        "write `www.a.io`, which changes the text that aliases stand for",
    )
    assert mended(text, unsafe=True) == text.replace("WWW", "www")
    text = template("DomainName: a.io\nSubjectAlternativeNames: &it [a.io, b.io, &c b.io]")
    assert mended(text) == text.replace("a.io, b.io, &c b.io", "b.io")
    shared = text.replace("Resources:", "Metadata: {X: *it}\nResources:")
    shared = shared.replace("*it}", "&it [a.io, b.io]}").replace("&it [a.io, b.io, &c b.io]", "*it")
    assert mended(shared) == shared
    assert mended(shared, unsafe=True) == shared.replace("[a.io, b.io]", "[b.io]")


@pytest.mark.parametrize(
    ("properties", "rule", "reason"),
    [
        ("DomainName: !Sub '${Name}'", "ACM102", "the value is put together from others"),
        ("DomainName: |-\n  WWW.a.io", "ACM102", "the text is written as a block"),
        ("DomainName: >-\n  WWW.a.io", "ACM102", "the text is written as a block"),
        ("<<: {DomainName: WWW.a.io}", "ACM102", "the value is merged in from elsewhere"),
        ("DomainName: '*.${X}.io'", "ACM203", None),
        ("DomainName: !Sub '*.b.${Plain}.io'", "ACM203", "what to write is not known"),
        (
            "DomainName: a.io\nSubjectAlternativeNames: [&a a.io]\nTags: [{Key: x, Value: *a}]",
            "ACM304",
            "an alias elsewhere stands for what would be taken out",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: a.io",
            "ACM304",
            "it is no item of a list that is written out",
        ),
        (
            "DomainName: '*.a.io'\nSubjectAlternativeNames: b.io",
            "ACM203",
            "the list is not written out",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: !If [C, [a.io], [b.io]]",
            "ACM304",
            "the list would be empty",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: [!If [C, a.io, b.io]]",
            "ACM304",
            "it is no item of a list that is written out",
        ),
        (
            "DomainName: !If [C, a.io, b.io]\nSubjectAlternativeNames: [a.io, c.io]",
            "ACM304",
            "the text counts not only when `C` is true",
        ),
        ("DomainName: '*.a.io'\nRegion: x", "ACM503", None),
    ],
)
def test_refusals(properties, rule, reason):
    """What cannot be told exactly is not written, and the reason is given."""
    rest = "Conditions: {C: !Equals [!Ref Plain, x]}\n"
    text = PARAMETER.replace("  Names", "  Plain: {Type: String}\n  Names") + rest
    text += template(properties)
    assert refusals(text, rules=[rule]).get(rule) == reason
    assert mended(text, rules=[rule], unsafe=True) == text or reason is None


def test_a_given_value_is_not_fixed():
    """What the caller gives is no text of the file."""
    text = PARAMETER + template("DomainName: !Ref Name")
    assert refusals(text, Name="X.a.io") == {
        "ACM102": "the value is the value given for parameter `Name`"
    }


def test_a_request_of_a_program_is_not_fixed():
    """Where there is no text there is nothing to edit; a fix may also be advice alone."""
    [found] = [each for each in check(CertificateRequest.of("WWW.a.io")).findings if each.fix]
    for advice in (found, found.__replace__(fix=None), found.__replace__(fix=Fix("see to it"))):
        with pytest.raises(fixes.Refused):
            fixes.plan(advice)


def test_a_region_that_is_given_is_not_fixed():
    """The Region of the command line is not written in the file."""
    documents = readers.read(Source("t.txt", "a.io"), Parameters({}, "eu-west1"))
    report = Bench().report(documents)
    assert [r for _, r in fixes.fix(report.findings, unsafe=True).refused] == [
        "the value is not written in the file"
    ]


# Terraform


def resource(body, rest=""):
    """Return a configuration with one certificate."""
    return f'{rest}resource "aws_acm_certificate" "it" {{\n{indent(dedent(body), "  ")}}}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('domain_name = "WWW.a.io" # c\n', 'domain_name = "www.a.io" # c\n'),
        ('domain_name = "\\u0057.a.io"\n', 'domain_name = "w.a.io"\n'),
        (
            'domain_name = "a.io"\ntags = {\n  "a*" = "*" // c\n}\n',
            'domain_name = "a.io"\ntags = {\n  "a_" = "_" // c\n}\n',
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = ["b.io", "b.io",]\n',
            'domain_name = "a.io"\nsubject_alternative_names = ["b.io",]\n',
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = [\n  "b.io", # b\n  "b.io" # d\n]\n',
            'domain_name = "a.io"\nsubject_alternative_names = [\n  "b.io" # b\n]\n',
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = [\n  "b.io", # b\n]\n',
            'domain_name = "*.a.io"\nsubject_alternative_names = [\n  "b.io", # b\n  "a.io",\n]\n',
        ),
        (
            'domain_name = "*.a.io" # c\n\nlifecycle {}\n',
            'domain_name = "*.a.io" # c\nsubject_alternative_names = ["a.io"]\n\nlifecycle {}\n',
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = ["a.io", "b.a.io"]\n',
            'domain_name = "*.a.io"\nsubject_alternative_names = ["a.io"]\n',
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = concat(["b.a.io"], ["a.io"])\n',
            None,
        ),
        ('domain_name = upper("a.io")\n', None),
        ("domain_name = <<X\nWWW.a.io\nX\n", None),
    ],
)
def test_configurations(before, after):
    """Terraform's native spelling keeps its lines, its commas and its comments."""
    text = resource(before)
    fixed = mended(
        text, "main.tf", unsafe=True, rules=["ACM102", "ACM203", "ACM204", "ACM304", "ACM306"]
    )
    assert fixed == (text if after is None else resource(after))


def test_an_argument_goes_with_its_last_item():
    """A list of alternative names that would be empty is not written at all."""
    names = 'subject_alternative_names = ["b.a.io"] # c\n'
    body = 'domain_name = "*.a.io"\n{}validation_method = "DNS"\n'
    fixed = mended(resource(body.format(names)), "main.tf", unsafe=True, rules=["ACM204"])
    assert fixed == resource(body.format(""))


def test_options_in_a_configuration():
    """An option is a block: it comes behind all others, and goes with its lines."""
    text = resource("""\
        domain_name       = "shop.a.io"
        validation_method = "EMAIL"
        """)
    given_domain = text.replace(
        '"EMAIL"\n',
        '"EMAIL"\n\n  validation_option {\n'
        '    domain_name       = "shop.a.io"\n    validation_domain = "a.io"\n  }\n',
    )
    assert mended(text, "main.tf", unsafe=True) == given_domain
    other = given_domain.replace('= "shop.a.io"\n    v', '= "b.io" # b\n    v')
    assert mended(other, "main.tf", unsafe=True) == given_domain
    lists_too = other.replace(" b\n", " b\n    # c\n")
    block = lists_too[lists_too.index("  validation_o") : -2]
    both = lists_too.replace(block, block + given_domain[given_domain.index("  validation_o") : -2])
    assert mended(both, "main.tf", unsafe=True) == given_domain
    lived = text[:-2] + "  lifecycle {}\n}\n"
    assert mended(lived, "main.tf", unsafe=True) == (
        given_domain.replace("\n\n", "\n  lifecycle {}\n\n")
    )


def test_literals_of_a_configuration():
    """A fix goes to the default, the local or the argument that the value comes from."""
    declared = (
        'variable "v" {\n  default = "WWW.a.io"\n}\nlocals {\n  l = { x = ["WWW.a.io"] }\n}\n'
    )
    for value, count in [("var.v", 1), ("local.l.x[0]", 2), ('"${var.v}"', 1)]:
        text = resource(f"domain_name = {value}\n", declared)
        [planned] = [fixes.plan(each) for each in findings(text, "main.tf") if each.fix]
        assert planned.safe is False
        assert ", which changes the " in planned.description
        before, now = text.split("WWW")[:count], text.split("WWW")[count:]
        assert mended(text, "main.tf", unsafe=True) == "www".join(
            ["WWW".join(before), "WWW".join(now)]
        )
    text = resource('domain_name = "b.io"\nsubject_alternative_names = local.l.x\n', declared)
    assert mended(text, "main.tf") == text
    assert mended(text, "main.tf", unsafe=True) == text.replace('["WWW', '["www')
    text = resource('count = 2\ndomain_name = "WWW.a.io"\n')
    assert mended(text, "main.tf") == text
    assert mended(text, "main.tf", unsafe=True) == text.replace("WWW", "www")


def test_configurations_in_json():
    """The JSON spelling is edited as JSON."""
    text = json.dumps(
        {
            "resource": {
                "aws_acm_certificate": {"it": {"domain_name": "*.A.io", "tags": {"a*": "*"}}}
            }
        },
        indent=2,
    )
    assert refusals(text, "main.tf.json") == {"ACM306": "the value is put together from others"}
    assert mended(text, "main.tf.json", unsafe=True) == text.replace("A.io", "a.io").replace(
        '"*"\n        }', '"_"\n        },\n        "subject_alternative_names": ["a.io"]'
    )


def test_a_manifest():
    """A manifest is edited in the words of its controller."""
    text = "# c\n---\nx: y\n---\n" + yaml.safe_dump(as_manifest({"DomainName": "*.A.io"}))
    assert mended(text, unsafe=True) == text.replace("A.io", "a.io") + (
        "  subjectAlternativeNames:\n    - 'a.io'\n"
    )


def test_bytes():
    """A byte order mark stays, and none comes."""
    assert fixes.encoded("a\r\n", b"\xef\xbb\xbfb") == b"\xef\xbb\xbfa\r\n"
    assert fixes.encoded("\u00fc", b"") == b"\xc3\xbc"


# What seldom happens


def with_edits(text, *edits, name="t.yaml"):
    """Return a finding of a text that has a fix with other edits."""
    found = next(each for each in findings(text, name) if each.fix)
    return found.__replace__(fix=Fix("as it is", edits))


def test_two_meanings_of_one_text():
    """A text that is to be changed twice is changed once, if it is to the same."""
    option = "DomainValidationOptions: [{DomainName: !Ref Name, ValidationDomain: a.io}]"
    text = PARAMETER.replace("WWW.a.io", "w.a.io.")
    text += template(f"DomainName: !Ref Name\n{option}")
    assert mended(text, unsafe=True, rules=["ACM101"]) == text.replace("w.a.io.", "w.a.io")
    edits = [Edit(("names", 0), "b.io"), Edit(("validation_options", 0, "domain_name"), "c.io")]
    with pytest.raises(fixes.Refused, match="one text stands for several values"):
        fixes.plan(with_edits(text, *edits))


def test_what_would_not_read_as_meant():
    """Edits that would change anything else are not handed out; the others are, all the same."""
    text = resource(
        'domain_name = "a.io"\nvalidation_method = "dns"\n'
        'subject_alternative_names = ["b.io", ("b.io"), "C.io"]\n'
    )
    assert refusals(text, "main.tf") == {"ACM304": "the text would not read as meant"}
    fixed = text.replace("dns", "DNS").replace("C.io", "c.io")
    assert mended(text, "main.tf") == fixed
    one = text.replace("dns", "DNS").replace("C.io", "c.io")
    assert mended(one, "main.tf") == one


def test_what_fails_only_together_is_made_one_after_the_other():
    """Both items of a list may be taken out, but not at once: the list would stand for nothing."""
    text = "DomainName: a.io\nSubjectAlternativeNames:\n  - a.io\n  - a.io\n"
    outcome = fixes.fix(findings(text))
    assert (len(outcome.fixed), len(outcome.waiting)) == (1, 1)
    assert mended(text) == "DomainName: a.io\n"


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        (
            "A.io",
            Edit(("validation_options", 0, "domain_name"), "b.io", insert=True),
            "such member",
        ),
        ("A.io", Edit(("tags",), "b.io"), "the value is not written in the file"),
    ],
)
def test_a_list_of_names_has_names_alone(text, edit, reason):
    """What a list of names cannot hold is not written into it."""
    with pytest.raises(fixes.Refused, match=reason):
        fixes.plan(with_edits(text, edit, name="t.txt"))
    lines = Lines(Source("t.txt", "a.io\x0bb.io"))
    for change in (Change((1,), {}, insert=True), Change((1,), None)):
        with pytest.raises(fixes.Refused):
            lines_edits.written(lines, change)


def test_an_empty_list_is_filled():
    """A list without items gets its first one between its brackets."""
    text = "DomainName: '*.a.io'\nSubjectAlternativeNames: []\n"
    assert mended(text, unsafe=True) == text.replace("[]", "[a.io]")


def test_a_branch():
    """A text in the branch of a condition is changed there, though it is not always what counts."""
    text = "Conditions: {C: !Equals [!Ref 'AWS::Region', x]}\n"
    text += template("DomainName: !If [C, WWW.a.io, b.io]")
    assert mended(text) == text.replace("WWW", "www")


def test_a_member_behind_a_dash():
    """Where the first member of an item goes, the next one comes behind the dash."""
    text = "-   SubjectAlternativeNames: [a.io] # c\n    DomainName: a.io\n"
    assert mended(text) == "-   DomainName: a.io\n"
    alone = text.replace("    DomainName", "    # d\n    DomainName")
    assert refusals(alone) == {"ACM304": "it shares its line with something else"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DomainName: !!binary WWW.a.io", "no text is written there"),
        (
            "DomainName: a.io\nTags: [{Key: a\n  *, Value: x}]",
            "the text is written over several lines",
        ),
        (
            "'DomainName': '*.a.io'\u2028ValidationMethod: DNS\u2028",
            "the line goes on behind the last of the others",
        ),
    ],
)
def test_odd_yaml(text, reason):
    """What is written oddly is left as it is."""
    assert mended(text, unsafe=True) == text
    assert set(refusals(text).values()) == {reason}


def test_directives():
    """A document that depends on its directives is not edited."""
    text = "%TAG !e! tag:x,2000:\n---\nMetadata: !e!x {}\n" + template("DomainName: WWW.a.io")
    assert refusals(text) == {"ACM102": "the document depends on what stands before it"}


def test_a_list_of_a_parameter_is_not_emptied():
    """The last item stays in a list that stands in one text."""
    text = "Parameters: {P: {Type: CommaDelimitedList, Default: a.io}}\n"
    text += template("DomainName: a.io\nSubjectAlternativeNames: !Ref P")
    assert refusals(text) == {"ACM304": "the list would be empty"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("domain_name = <<-X\n  WWW.a.io\n  X\n", "no text in quotes is written there"),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = local.n\n',
            "the list is not written out",
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = concat(["b.io"], ["b.io"])\n',
            "the list would be empty",
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = [for x in ["b", "b"] : "${x}.io"]\n',
            "it is no item of a list that is written out",
        ),
        ('domain_name = join(".", ["WWW", "a.io"])\n', "no text in quotes is written there"),
        ("domain_name = var.given\n", "the value is given by the caller"),
        (
            'domain_name = "a.io"\n/* c */ validation_option {\n  domain_name = "b.io"\n}\n',
            "it shares its line with something else",
        ),
        (
            'domain_name = "b.a.io"\nvalidation_method = "EMAIL"\ntimeouts {\n  a = <<X\nx\nX\n}\n',
            "where the block ends is not evident",
        ),
    ],
)
def test_refusals_of_configurations(body, reason):
    """What a configuration does not say in so many words is not written."""
    declared = 'locals {\n  n = split(",", "b.io,c.io")\n}\nvariable "given" {}\n'
    text = resource(body, declared)
    assert set(refusals(text, "main.tf", given="WWW.a.io").values()) == {reason}


def test_one_line():
    """A block of one line has no room for another argument."""
    text = 'resource "aws_acm_certificate" "it" { domain_name = "*.a.io" }\n'
    assert refusals(text, "main.tf") == {"ACM203": "it shares its line with something else"}


def test_a_module_is_not_its_own():
    """What a module says counts for all who call it."""
    files = {
        "": Source("main.tf", 'module "m" {\n  source = "./m"\n}\n'),
        "m": Source("m/main.tf", resource('domain_name = "WWW.a.io"\n')),
    }
    configuration = Configuration(lambda folder: [files[folder]], Parameters({}))
    found = Bench().report(configuration.documents("")).findings
    [planned] = [fixes.plan(each) for each in found if each.fix]
    assert not planned.safe
    assert planned.description.endswith(", which changes the module, which others may call")
    assert fixes.fix(found).texts == {}
    assert set(fixes.fix(found, unsafe=True).texts) == {"m/main.tf"}


def test_a_value_that_stands_nowhere():
    """A value that was made of others has no text of its own."""
    source = Source("main.tf", resource('domain_name = "a.io"\n'))
    nodes = SimpleNamespace(node=lambda _: Node("a.io", source, 1, 2))
    with pytest.raises(fixes.Refused, match="put together"):
        hcl_edits.written(nodes, Change(("x",), "b.io"))
