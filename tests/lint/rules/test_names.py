"""ACM1xx on fully and on partly known names."""

from datetime import date

import pytest
from hypothesis import given
from tests.support.rules import RULES, check_rule, names_of, outcomes, part
from tests.support.strategies import name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import Context, Problem
from acmrules.lint.rules.names import RULE_OF_FAULT, rule_of_fault
from acmrules.names import parse_name
from acmrules.partial import refusal
from acmrules.request import CertificateRequest, ValidationOption
from acmrules.suffix_lists import default_suffixes
from acmrules.unresolved import Malformed


def problems_of(rule, request):
    """Return the problems that a rule finds in a request of one name."""
    error = refusal(request.names[0])
    context = Context(
        as_of=CHECKED,
        suffixes=default_suffixes(),
        request=request,
        refused={0: error} if error else {},
    )
    return [item for item in RULES[rule].check(request, context) if isinstance(item, Problem)]


@given(name_texts())
def test_a_text_that_is_no_name_is_reported_by_one_rule_with_its_fault_and_span(text):
    """If a name cannot be parsed, exactly one rule reports it, with the same reason and span."""
    problems = [
        (rule, item)
        for rule in sorted(set(map(rule_of_fault, NameFault)))
        for item in problems_of(rule, CertificateRequest.of([text]))
    ]
    try:
        parse_name(text)
    except InvalidName as raised:
        error = raised
    else:
        assert {rule for rule, _ in problems} <= {"ACM101", "ACM202"}
        return
    [(rule, problem)] = problems
    assert rule == rule_of_fault(error.fault)
    assert (problem.path, problem.span) == (("names", 0), error.span)
    assert error.reason in problem.message


def test_every_fault_belongs_to_exactly_one_rule():
    """The table names faults, and each fault has a rule of the catalogue."""
    assert RULE_OF_FAULT.keys() <= NameFault.__members__.keys()
    assert set(map(rule_of_fault, NameFault)) <= RULES.keys()


TABLE = [
    # 101: characters, dots and labels, also of partly known names
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
    # 102: the case of the literal parts
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
    # 105: only the end of the name matters
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
def test_the_known_part_of_a_name_is_checked(rule, names, expected):
    """Each row has the paths with a finding, with its severity, and the undecided paths."""
    assert outcomes(rule, *names) == expected


@pytest.mark.parametrize(
    ("rule", "name", "reason"),
    [
        ("ACM106", "co.uk", "you cannot prove control of it"),
        ("ACM106", "github.io", "only its owner can validate it"),
        ("ACM202", "*.co.uk", "CAs refuse that"),
        ("ACM202", "*.github.io", "only the owner of that public suffix can request it"),
    ],
)
def test_the_message_depends_on_the_section_of_a_public_suffix(rule, name, reason):
    """The owner of a suffix in the private section may request a certificate for it."""
    [finding], _ = check_rule(rule, name)
    assert finding.message.endswith(reason)


@pytest.mark.parametrize("rule", ["ACM105", "ACM106", "ACM107", "ACM108", "ACM109", "ACM110"])
def test_a_private_ca_may_issue_for_any_name(rule):
    """The rules on public CAs do not apply to a private CA."""
    names = ("co.uk", "x.internal", "x.amazonaws.com", "x.ip6.arpa", "x.onion", "example.com")
    assert outcomes(rule, *names)
    assert outcomes(rule, *names, certificate_authority_arn="arn:aws:acm-pca:x") == set()


def test_reverse_zones_are_allowed_until_the_rule_is_in_force():
    """On the day before, the rule is skipped as not in force."""
    day_before = date(2026, 3, 14)
    assert outcomes("ACM108", "1.ip6.arpa", as_of=day_before) == {": skipped"}
    assert outcomes("ACM108", "1.ip6.arpa", as_of=date(2026, 3, 15)) == {"names 0: error"}


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
    """The fix removes spaces, a scheme, a port, a path and a final dot, but repairs no label."""
    [finding], _ = check_rule("ACM101", text)
    if repaired is None:
        assert finding.fix is None
    else:
        assert finding.fix.safe
        assert [(e.path, e.value) for e in finding.fix.edits] == [(("names", 0), repaired)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (part("$X", "."), "`$X.` ends in a dot"),
        (part(".", "$X"), "`.$X` has an empty label"),
        (part("my_", "$X"), "`my_$X` contains an underscore"),
    ],
)
def test_the_fault_of_a_partly_known_name_is_reported(name, message):
    """The message shows the unknown value as it is written, and there is no fix."""
    [finding], _ = check_rule("ACM101", name)
    assert finding.message.startswith(message)
    assert finding.fix is None


@pytest.mark.parametrize(
    ("name", "help_of_case"),
    [
        ("", "set a domain name, or remove the entry"),
        ("ops@brightharbor.io", "request the domain name after the `@`"),
        (part("my_", "$X"), "replace the underscores, for example with hyphens"),
        ("localhost", "request the full domain name, such as `host.brightharbor.io`"),
        ("brightharbor.io.", "change it to `brightharbor.io`"),
        (".brightharbor.io", RULES["ACM101"].help),
    ],
)
def test_the_help_depends_on_the_fault(name, help_of_case):
    """If there is a fix, the help describes it; some faults have their own help."""
    [finding], _ = check_rule("ACM101", name)
    assert finding.help == help_of_case


def test_a_fully_known_name_in_another_script_is_reported_with_its_a_label():
    """The A-label of a partly known name depends on the unknown value."""
    [whole], _ = check_rule("ACM101", "bücher.io")
    [partial], _ = check_rule("ACM101", part("bücher.", "$X"))
    message = "ACM accepts only ASCII names; write `bücher.io` as `xn--bcher-kva.io`"
    assert whole.message == message
    assert partial.message.endswith("`bücher.$X` has other characters")
    assert partial.help == "write the label as an A-label (`xn--…`)"
    assert partial.fix is None


def test_a_request_without_spellings_is_repaired_too():
    """Without a spelling, the fix uses the text of the malformed name."""
    bare = CertificateRequest((Malformed("a.io."),))
    [problem] = problems_of("ACM101", bare)
    assert [edit.value for edit in problem.fix.edits] == ["a.io"]


def test_a_name_is_rewritten_in_the_options_that_repeat_it():
    """The fix changes the options together with the name."""
    options = (
        part("$Option"),
        ValidationOption(parse_name("other.io")),
        ValidationOption(CertificateRequest.of(["brightharbor.io."]).names[0]),
    )
    [finding], _ = check_rule("ACM101", "brightharbor.io.", validation_options=options)
    assert [edit.path for edit in finding.fix.edits] == [
        ("names", 0),
        ("validation_options", 2, "domain_name"),
    ]


def test_an_uppercase_name_is_changed_to_lowercase():
    """The fix of 102 is safe and changes only the case."""
    [finding], _ = check_rule("ACM102", "API.brightharbor.io")
    assert (finding.fix.safe, finding.fix.edits[0].value) == (True, "api.brightharbor.io")


@pytest.mark.parametrize(
    ("rule", "written"), [("ACM102", "API.brightharbor.io"), ("ACM101", "bücher.brightharbor.io")]
)
def test_an_option_repeats_a_name_regardless_of_its_spelling(rule, written):
    """The fix compares the parsed name with the option, not its spelling."""
    options = (ValidationOption(parse_name(written)), ValidationOption(parse_name("b.io")))
    [finding], _ = check_rule(rule, written, validation_options=options)
    assert [(edit.path, edit.value) for edit in finding.fix.edits] == [
        (("names", 0), str(parse_name(written))),
        (("validation_options", 0, "domain_name"), str(parse_name(written))),
    ]


def test_the_message_about_an_unknown_top_level_domain_has_the_date_of_the_list():
    """The date shows whether the top-level domain may be newer than the list."""
    [finding], _ = check_rule("ACM105", "brightharbor.notatld")
    assert "(public suffix list of 20" in finding.message


def test_a_domain_that_is_not_public_is_not_called_a_top_level_domain():
    """`home.arpa` has two labels."""
    [domain], _ = check_rule("ACM105", "nas.home.arpa")
    [top_level], _ = check_rule("ACM105", "nas.local")
    assert domain.message.startswith("`.home.arpa` is not a public domain;")
    assert top_level.message.startswith("`.local` is not a public top-level domain;")


def test_documentation_names_are_reported_once():
    """One finding lists all of them."""
    [one], _ = check_rule("ACM110", "brightharbor.io", "www.example.com")
    [several], _ = check_rule("ACM110", "example.com", "www.example.com", "a.example.net")
    assert one.help == "replace `www.example.com` with a name of your own"
    assert several.path == ("names", 0)
    assert several.help == "replace these names with names of your own"
    assert several.message == (
        "`example.com`, `www.example.com`, `a.example.net` are reserved for documentation"
        " (`example.com`, `example.net`)"
    )


@pytest.mark.parametrize(
    ("name", "rule"),
    [("home.arpa", "ACM105"), ("s3.amazonaws.com", "ACM107"), ("in-addr.arpa", "ACM108")],
)
@pytest.mark.parametrize("prefix", ["", "*."])
def test_a_closed_public_suffix_is_reported_once(name, rule, prefix):
    """106 and 202 yield to the rule that explains why no CA issues for any name under it."""
    findings, _ = check_rule(f"ACM106 ACM202 {rule}", prefix + name)
    assert [finding.rule.id for finding in findings] == [rule]


def test_a_placeholder_in_full_width_letters_is_one():
    """A name that becomes `your-domain.com` breaks ACM111, however its letters are written."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in "your-domain.com")
    [finding], _ = check_rule("ACM111", wide)
    assert finding.message == "`your-domain.com` is a placeholder"


def test_an_unknown_name_that_ends_like_a_placeholder_is_not_internal():
    """A name such as `$X.shop.tbd` may be a placeholder, so ACM105 is undecided."""
    findings, skipped = check_rule("ACM105", part("$X", ".shop.tbd"))
    assert not findings
    assert skipped
