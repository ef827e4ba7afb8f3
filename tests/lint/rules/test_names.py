"""ACM1xx on literal and on partly known names."""

from datetime import date

import pytest
from hypothesis import given
from tests.support.rules import RULES, judge, names_of, part, verdict
from tests.support.strategies import name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import Context, Problem
from acmrules.lint.rules import names as rules
from acmrules.names import parse_name
from acmrules.partial import refusal
from acmrules.request import CertificateRequest, ValidationOption
from acmrules.suffix_lists import default_suffixes
from acmrules.unresolved import Malformed

OF_FAULTS = ("ACM101", "ACM103", "ACM104", "ACM201", "ACM202")


def problems_of(rule, asked):
    """Return what a rule says of a request of one name."""
    error = refusal(asked.names[0])
    context = Context(
        as_of=CHECKED,
        suffixes=default_suffixes(),
        request=asked,
        refused={0: error} if error else {},
    )
    return [item for item in RULES[rule].check(asked, context) if isinstance(item, Problem)]


@given(name_texts())
def test_a_text_that_is_no_name_is_reported_by_one_rule_with_its_fault_and_span(text):
    """Whenever reading raises, exactly one of five rules reports the same fault and span."""
    problems = [
        (rule, item)
        for rule in OF_FAULTS
        for item in problems_of(rule, CertificateRequest.of(text))
    ]
    try:
        parse_name(text)
    except InvalidName as error:
        refused = error
    else:
        assert {rule for rule, _ in problems} <= {"ACM101", "ACM202"}
        return
    [(_, problem)] = problems
    assert (problem.path, problem.span) == (("names", 0), refused.span)
    assert refused.reason in problem.message


def test_every_fault_belongs_to_exactly_one_rule():
    """The five sets of faults share nothing and leave nothing out."""
    sets = (
        rules.MALFORMED,
        rules.RESERVED,
        rules.NUMERIC,
        rules.MISPLACED,
        rules.LEFT_OF_SUFFIX,
    )
    assert sorted(fault.name for faults in sets for fault in faults) == sorted(
        fault.name for fault in NameFault
    )


TABLE = [
    # 101: characters, dots and labels, also where only a fragment is known
    ("ACM101", ["brightharbor.io"], set()),
    ("ACM101", ["brightharbor.io", ""], {"names 1: error"}),
    ("ACM101", [part("$X", ".brightharbor.io")], {"names 0: skipped"}),
    ("ACM101", [part("my_app.", "$X")], {"names 0: error"}),
    ("ACM101", [part("my_app-", "$X")], {"names 0: error"}),
    ("ACM101", [part("my-app-", "$X", ".io")], {"names 0: skipped"}),
    ("ACM101", [part("$X", ".")], {"names 0: error"}),
    ("ACM101", [part(".", "$X")], {"names 0: error"}),
    ("ACM101", [part("$X", "..io")], {"names 0: error"}),
    ("ACM101", [part("-app.", "$X")], {"names 0: error"}),
    ("ACM101", [part("$X", ".c")], {"names 0: error"}),
    ("ACM101", [part("$X", "." + "a" * 64 + ".io")], {"names 0: error"}),
    ("ACM101", [part("bücher.", "$X")], {"names 0: error"}),
    ("ACM101", ["brightharbor.io", names_of("$Others")], {"names 1: skipped"}),
    ("ACM101", [part("*.", "$X")], {"names 0: skipped"}),
    ("ACM101", [part("*.", "$X", ".12")], {"names 0: skipped"}),
    ("ACM101", [part("a.", "$X")], {"names 0: skipped"}),
    ("ACM101", [part("a" * 64, "$X", ".io")], {"names 0: error"}),
    ("ACM101", [part("a" * 63, "$X", ".io")], {"names 0: skipped"}),
    ("ACM101", [part("a b", "$X", ".io")], {"names 0: error"}),
    ("ACM101", [part("$X", "\u0301.io")], {"names 0: error"}),
    # 102: the case of what is literal
    ("ACM102", ["brightharbor.io"], set()),
    ("ACM102", ["API.brightharbor.io"], {"names 0: warning"}),
    ("ACM102", ["192.168.1.1A_"], set()),
    ("ACM102", ["BÜCHER.io"], set()),
    ("ACM102", [part("API.", "$X")], {"names 0: warning"}),
    ("ACM102", [part("api.", "$X")], {"names 0: skipped"}),
    ("ACM102", ["123.456.io"], set()),
    ("ACM102", [names_of("${Others}")], {"names 0: skipped"}),
    # 103, 104
    ("ACM103", [part("ab--cd.", "$X")], {"names 0: error"}),
    ("ACM103", [part("xn--a.", "$X")], {"names 0: error"}),
    ("ACM103", [part("ab--", "$X", ".io")], {"names 0: skipped"}),
    ("ACM104", [part("$X", ".12")], {"names 0: error"}),
    ("ACM104", [part("10.", "$X")], {"names 0: skipped"}),
    ("ACM104", [part("$X", ".\u0663")], {"names 0: skipped"}),
    ("ACM104", ["10.0.0.11"], {"names 0: error"}),
    ("ACM104", ["10.brightharbor.io"], set()),
    # 105: the end decides, whatever stands before it
    ("ACM105", ["*.build.corp"], {"names 0: error"}),
    ("ACM105", ["brightharbor.io", "x.localhost"], {"names 1: error"}),
    ("ACM105", [part("$X", ".internal")], {"names 0: error"}),
    ("ACM105", [part("$X", "internal")], {"names 0: skipped"}),
    ("ACM105", [part("$X", ".brightharbor.io")], set()),
    ("ACM105", [part("$X", ".arpa")], {"names 0: skipped"}),
    ("ACM105", [part("$X", ".notatld")], {"names 0: error"}),
    ("ACM105", ["xn--bcher-kva.xn--p1ai"], set()),
    ("ACM105", ["x.onion"], set()),
    ("ACM105", ["x.example"], set()),
    ("ACM105", ["a_b.local"], set()),
    # 106
    ("ACM106", ["brightharbor.co.uk", "co.uk"], {"names 1: warning"}),
    ("ACM106", ["github.io"], {"names 0: note"}),
    ("ACM106", ["*.brightharbor.io"], set()),
    ("ACM106", [part("$X", ".uk")], {"names 0: skipped"}),
    # 107
    ("ACM107", ["amazonaws.com"], {"names 0: error"}),
    ("ACM107", ["notamazonaws.com"], set()),
    ("ACM107", ["*.elasticbeanstalk.com"], {"names 0: error"}),
    ("ACM107", [part("$X", ".cloudfront.net")], {"names 0: error"}),
    ("ACM107", [part("$X", ".brightharbor.io")], set()),
    ("ACM107", [part("$X", ".com")], {"names 0: skipped"}),
    ("ACM107", [names_of("$X")], {"names 0: skipped"}),
    # 108
    ("ACM108", ["1.ip6.arpa"], {"names 0: error"}),
    ("ACM108", ["e164.arpa"], set()),
    ("ACM108", [part("$X", ".in-addr.arpa")], {"names 0: error"}),
    # 109
    ("ACM109", ["harbor.onion"], {"names 0: warning"}),
    ("ACM109", ["onion.io"], set()),
    # 110
    ("ACM110", ["example.net"], {"names 0: note"}),
    ("ACM110", ["notexample.com"], set()),
    ("ACM110", [part("$X", ".example.org")], {"names 0: note"}),
    ("ACM110", ["a.io", "a.example.com", "example.com", part("$X", ".test")], {"names 1: note"}),
]


@pytest.mark.parametrize(("rule", "names", "expected"), TABLE)
def test_names_are_judged_as_far_as_they_are_known(rule, names, expected):
    """Each row names the places found, with their severity, and those left undecided."""
    assert verdict(rule, *names) == expected


@pytest.mark.parametrize(
    ("rule", "name", "section"),
    [
        ("ACM106", "co.uk", "ICANN"),
        ("ACM106", "github.io", "private"),
        ("ACM202", "*.co.uk", "ICANN"),
        ("ACM202", "*.github.io", "private"),
    ],
)
def test_the_section_of_a_public_suffix_is_told(rule, name, section):
    """It decides how much the finding weighs."""
    [finding], _ = judge(rule, name)
    assert f"of the {section} section" in finding.message


@pytest.mark.parametrize("rule", ["ACM105", "ACM106", "ACM107", "ACM108", "ACM109", "ACM110"])
def test_a_private_ca_may_issue_for_any_name(rule):
    """What rests on the public CA is not asked of a private one."""
    names = ("co.uk", "x.internal", "x.amazonaws.com", "x.ip6.arpa", "x.onion", "example.com")
    assert verdict(rule, *names)
    assert verdict(rule, *names, certificate_authority_arn="arn:aws:acm-pca:x") == set()


def test_reverse_zones_are_allowed_until_the_forum_forbids_them():
    """The day before the rule begins it is skipped as not in force."""
    day = date(2026, 3, 14)
    assert verdict("ACM108", "1.ip6.arpa", as_of=day) == {": skipped"}
    assert verdict("ACM108", "1.ip6.arpa", as_of=date(2026, 3, 15)) == {"names 0: error"}


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("brightharbor.io.", "brightharbor.io"),
        (" brightharbor.io\t", "brightharbor.io"),
        ("https://brightharbor.io/path", "brightharbor.io"),
        ("brightharbor.io:443", "brightharbor.io"),
        ("BÜCHER.brightharbor.io", "xn--bcher-kva.brightharbor.io"),
        ("a_b.brightharbor.io", None),
        ("brightharbor.io:http", None),
        ("a b.io", None),
        ("localhost", None),
    ],
)
def test_a_wrapped_name_is_unwrapped_by_a_safe_fix(text, repaired):
    """Blanks, a scheme, a port, a path and a final dot come off; what is broken inside stays."""
    [finding], _ = judge("ACM101", text)
    if repaired is None:
        assert finding.fix is None
    else:
        assert finding.fix.safe
        assert [(e.path, e.value) for e in finding.fix.edits] == [(("names", 0), repaired)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (part("$X", "."), "`$X.` ends in a dot"),
        (part(".", "$X"), "`.$X` has an empty label"),
        (part("my_", "$X"), "`my_$X` contains an underscore"),
    ],
)
def test_a_fragment_is_told_with_its_fault(name, said):
    """The unknown part is shown as the file has it, and nothing is repaired."""
    [finding], _ = judge("ACM101", name)
    assert finding.message.startswith(said)
    assert finding.fix is None


def test_a_name_in_another_script_is_told_with_its_a_label_where_it_is_whole():
    """What a fragment becomes depends on the rest."""
    [whole], _ = judge("ACM101", "bücher.io")
    [fragment], _ = judge("ACM101", part("bücher.", "$X"))
    assert whole.message.endswith("ACM takes A-labels, here `xn--bcher-kva.io`")
    assert fragment.message.endswith("ACM takes A-labels")
    assert fragment.fix is None


def test_a_request_without_spellings_is_repaired_too():
    """Then the text of the malformed name is all there is."""
    bare = CertificateRequest((Malformed("a.io."),))
    [problem] = problems_of("ACM101", bare)
    assert [edit.value for edit in problem.fix.edits] == ["a.io"]


def test_a_name_is_rewritten_in_the_options_that_repeat_it():
    """A fix keeps the options in step with the names."""
    options = (
        part("$Option"),
        ValidationOption(parse_name("other.io")),
        ValidationOption(CertificateRequest.of("brightharbor.io.").names[0]),
    )
    [finding], _ = judge("ACM101", "brightharbor.io.", validation_options=options)
    assert [edit.path for edit in finding.fix.edits] == [
        ("names", 0),
        ("validation_options", 2, "domain_name"),
    ]


def test_an_upper_case_name_is_written_in_lower_case():
    """The fix of 102 is safe and changes nothing but the case."""
    [finding], _ = judge("ACM102", "API.brightharbor.io")
    assert (finding.fix.safe, finding.fix.edits[0].value) == (True, "api.brightharbor.io")


@pytest.mark.parametrize(
    ("rule", "written"), [("ACM102", "API.brightharbor.io"), ("ACM101", "bücher.brightharbor.io")]
)
def test_an_option_repeats_a_name_by_what_it_means(rule, written):
    """An option is compared as the name is, not as it is spelled."""
    options = (ValidationOption(parse_name(written)), ValidationOption(parse_name("b.io")))
    [finding], _ = judge(rule, written, validation_options=options)
    assert [(edit.path, edit.value) for edit in finding.fix.edits] == [
        (("names", 0), str(parse_name(written))),
        (("validation_options", 0, "domain_name"), str(parse_name(written))),
    ]


def test_the_list_that_knows_no_top_level_domain_is_named_by_its_day():
    """A name under a top-level domain too new for the list can be told from a wrong one."""
    [finding], _ = judge("ACM105", "brightharbor.notatld")
    assert "public suffix list of 20" in finding.message
