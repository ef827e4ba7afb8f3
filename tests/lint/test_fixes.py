"""Fixes: each changes its finding in the text, and nothing else."""

import json
import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.cloudformation import as_template, template
from tests.support.fixes import (
    FilesRun,
    OneRound,
    as_manifest,
    configurations,
    faulty_requests,
    findings,
    fix_result,
    fixed_text,
    json_writings,
    name_lists,
    rejections,
    resource,
    with_edits,
    writings,
)

from acmrules.lint import check, fixes
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Edit, Fix
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.request import CertificateRequest
from acmrules.syntax.source import Source

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
    """Return the findings with a fix that is safe."""
    return [each for each in found if each.fix and each.fix.safe and is_safe(each)]


def is_safe(finding):
    """Return whether a fix can be applied and is safe."""
    try:
        return fixes.plan_fix(finding).safe
    except fixes.EditError:
        return False


DOTTED = """\
resource "aws_acm_certificate" "it" {
  domain_name               = "brightharbor.io"
  subject_alternative_names = ["a.brightharbor.io."]
  validation_option {
    domain_name       = "a.brightharbor.io."
    validation_domain = "brightharbor.io"
  }
}
"""
"""A name that is invalid before its fix, and has a validation option of its own."""


@given(files())
@example(("t.tf", DOTTED))
def test_no_safe_fix_is_left(file):
    """After all safe fixes nothing safe is found, and fixing again changes nothing."""
    name, text = file
    outcome = fix_result(text, name)
    after = outcome.texts.get(name, text)
    assert (outcome.rejected, outcome.deferred) == ((), ())
    assert not safe_fixes(findings(after, name))
    assert fix_result(after, name).texts == {}
    assert bool(outcome.applied) == (after != text) == bool(safe_fixes(findings(text, name)))


@given(files())
def test_unsafe_fixes_come_to_an_end(file):
    """Unsafe fixes end after a few rounds, and the file can still be read."""
    name, text = file
    run = FilesRun({name: text})
    outcome = fixes.apply_until_stable(run, unsafe=True)
    assert run.rounds < MANY
    assert outcome.deferred == ()
    left = {id(finding) for finding, _ in outcome.rejected}
    again = findings(outcome.texts.get(name, text), name)
    assert sum(each.fix is not None for each in again) == len(left)


@given(files())
def test_the_original_text_is_kept(file):
    """Each new text has the original text before all fixes, however many rounds there are."""
    name, text = file
    outcome = fix_result(text, name, unsafe=True)
    assert outcome.before == dict.fromkeys(outcome.texts, text)


@given(files())
def test_a_fix_leaves_the_rest(file):
    """Rewritten lines keep their comments, their number and their line ends."""
    name, text = file
    after = fixed_text(text, name, rules=REWRITING)
    assert COMMENT.findall(after) == COMMENT.findall(text)
    assert LINE_END.findall(after) == LINE_END.findall(text)


@given(files())
def test_line_ends_are_not_mixed(file):
    """Removed lines include their line end, and added ones have that of the others."""
    name, text = file
    after = fixed_text(text, name, unsafe=True)
    assert set(LINE_END.findall(after)) <= set(LINE_END.findall(text)) or "\n" not in text


@given(files())
def test_edits_do_not_overlap(file):
    """The edits of one plan do not overlap."""
    name, text = file
    for finding in findings(text, name):
        if finding.fix:
            try:
                edits = sorted(fixes.plan_fix(finding).edits, key=lambda edit: edit.start)
            except fixes.EditError:
                continue
            for before, edit in zip([None, *edits], edits, strict=False):
                assert before is None or before.end <= edit.start
                assert 0 <= edit.start <= edit.end <= len(text)


@given(files())
def test_a_fix_can_be_applied_alone(file):
    """A fix that is not rejected is applied alone as it is planned."""
    name, text = file
    for finding in findings(text, name):
        if finding.fix:
            outcome = fixes.apply_fixes(OneRound(text, [finding], name), unsafe=True)
            assert outcome.rejected or outcome.applied == (finding,)
            for after in outcome.texts.values():
                assert after == fixes.apply(text, fixes.plan_fix(finding).edits)


PARAMETER = """\
Parameters:
  Name: {Type: String, Default: WWW.a.io}  # the name
  Names: {Type: CommaDelimitedList, Default: 'B.a.io, c.a.io,c.a.io'}
Mappings: {A: {B: {Plain: D.a.io}}}
"""


def test_a_literal_from_elsewhere():
    """A fix of a definition is unsafe, and mentions what it changes."""
    for value, was, now, note in [
        ("!Ref Name", "WWW.a", "www.a", "default of parameter `Name`"),
        ("!FindInMap [A, B, Plain]", "D.a", "d.a", "`Plain` of `B` in mapping `A`"),
    ]:
        text = PARAMETER + template(f"DomainName: {value}")
        [planned] = [fixes.plan_fix(each) for each in findings(text) if each.fix]
        assert planned.safe is False
        assert planned.description.endswith(f"`, which changes the {note}")
        assert fixed_text(text) == text
        assert fixed_text(text, unsafe=True) == text.replace(was, now)
    text = PARAMETER + template("DomainName: x.io\nSubjectAlternativeNames: !Ref Names")
    assert fixed_text(text, unsafe=True) == text.replace(
        "'B.a.io, c.a.io,c.a.io'", "'b.a.io, c.a.io'"
    )


@pytest.mark.parametrize(
    ("properties", "rule", "reason"),
    [
        ("DomainName: !Sub '${Name}'", "ACM102", "the value is computed from others"),
        ("DomainName: |-\n  WWW.a.io", "ACM102", "the string is a block scalar"),
        ("DomainName: >-\n  WWW.a.io", "ACM102", "the string is a block scalar"),
        ("<<: {DomainName: WWW.a.io}", "ACM102", "the value comes from a merge key"),
        ("DomainName: '*.${X}.io'", "ACM203", None),
        ("DomainName: !Sub '*.b.${Plain}.io'", "ACM203", "the new value is unknown"),
        (
            "DomainName: a.io\nSubjectAlternativeNames: [&a a.io]\nTags: [{Key: x, Value: *a}]",
            "ACM304",
            "an alias elsewhere repeats the value",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: a.io",
            "ACM304",
            "the value is not an item of a literal list",
        ),
        (
            "DomainName: '*.a.io'\nSubjectAlternativeNames: b.io",
            "ACM203",
            "the list is not a literal list",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: !If [C, [a.io], [b.io]]",
            "ACM304",
            "the list would be empty",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: [!If [C, a.io, b.io]]",
            "ACM304",
            "the value is not an item of a literal list",
        ),
        (
            "DomainName: !If [C, a.io, b.io]\nSubjectAlternativeNames: [a.io, c.io]",
            "ACM304",
            "the value does not only apply when `C` is true",
        ),
        ("DomainName: '*.a.io'\nRegion: x", "ACM503", None),
    ],
)
def test_rejected_fixes(properties, rule, reason):
    """A fix that cannot be exact is rejected with a reason."""
    rest = "Conditions: {C: !Equals [!Ref Plain, x]}\n"
    text = PARAMETER.replace("  Names", "  Plain: {Type: String}\n  Names") + rest
    text += template(properties)
    assert rejections(text, rules=[rule]).get(rule) == reason
    assert fixed_text(text, rules=[rule], unsafe=True) == text or reason is None


def test_a_given_value_is_not_fixed():
    """A value from the command line is not part of the file."""
    text = PARAMETER + template("DomainName: !Ref Name")
    assert rejections(text, Name="X.a.io") == {
        "ACM102": "the value is the value given for parameter `Name`"
    }


def test_a_request_of_a_program_is_not_fixed():
    """A request without a source cannot be edited; a fix may be only an instruction."""
    [found] = [each for each in check(CertificateRequest.of(["WWW.a.io"])).findings if each.fix]
    for advice in (found, found.__replace__(fix=None), found.__replace__(fix=Fix("see to it"))):
        with pytest.raises(fixes.EditError):
            fixes.plan_fix(advice)


def test_a_region_that_is_given_is_not_fixed():
    """The Region of the command line is not part of the file."""
    declarations = registry.read(Source("t.txt", "a.io"), Parameters({}, "eu-west1"))
    report = check_declarations(declarations, Linter())
    run = OneRound("a.io", report.findings, "t.txt")
    assert [r for _, r in fixes.apply_fixes(run, unsafe=True).rejected] == [
        "the value is not written in the file"
    ]


def test_a_manifest():
    """A manifest is edited with the names of its controller."""
    text = "# c\n---\nx: y\n---\n" + yaml.safe_dump(as_manifest({"DomainName": "*.A.io"}))
    assert fixed_text(text, unsafe=True) == text.replace("A.io", "a.io") + (
        "  subjectAlternativeNames:\n    - 'a.io'\n"
    )


def test_bytes():
    """A byte order mark is kept, and none is added."""
    assert fixes.encoded("a\r\n", b"\xef\xbb\xbfb") == b"\xef\xbb\xbfa\r\n"
    assert fixes.encoded("\u00fc", b"") == b"\xc3\xbc"


# What seldom happens


def test_two_fixes_of_one_value():
    """Two fixes of one value are applied once if they agree, and rejected otherwise."""
    option = "DomainValidationOptions: [{DomainName: !Ref Name, ValidationDomain: a.io}]"
    text = PARAMETER.replace("WWW.a.io", "w.a.io.")
    text += template(f"DomainName: !Ref Name\n{option}")
    assert fixed_text(text, unsafe=True, rules=["ACM101"]) == text.replace("w.a.io.", "w.a.io")
    edits = [Edit(("names", 0), "b.io"), Edit(("validation_options", 0, "domain_name"), "c.io")]
    with pytest.raises(fixes.EditError, match="several values share this text"):
        fixes.plan_fix(with_edits(text, *edits))


def test_a_fix_with_another_effect_is_rejected():
    """A fix that would change anything else is rejected, and the others are applied."""
    text = resource(
        'domain_name = "a.io"\nvalidation_method = "dns"\n'
        'subject_alternative_names = ["b.io", ("b.io"), "C.io"]\n'
    )
    assert rejections(text, "main.tf") == {"ACM304": "the edit would change other values too"}
    fixed = text.replace("dns", "DNS").replace("C.io", "c.io")
    assert fixed_text(text, "main.tf") == fixed
    one = text.replace("dns", "DNS").replace("C.io", "c.io")
    assert fixed_text(one, "main.tf") == one


@pytest.mark.parametrize(
    "lines",
    [
        "# {note}\n- SubjectAlternativeNames: [a.io]\n  DomainName: a.io\n",
        "# {note}\n# b\n-   SubjectAlternativeNames: [a.io]\n    DomainName: a.io\n",
        "- SubjectAlternativeNames: [a.io]\n  # {note}\n  DomainName: a.io\n",
    ],
)
def test_a_suppression_is_not_moved_to_another_member(lines):
    """The first member of an item is not removed if a suppression would move to the next one."""
    suppressed = lines.format(note="acmrules: ignore[ACM102]: so")
    assert rejections(suppressed) == {"ACM304": "the edit would move a suppression"}
    assert fixed_text(lines.format(note="so")).endswith(" DomainName: a.io\n")


def test_conflicting_fixes_are_applied_one_after_the_other():
    """Only one of two items is removed in a round if the list would be empty without both."""
    text = "DomainName: a.io\nSubjectAlternativeNames:\n  - a.io\n  - a.io\n"
    outcome = fixes.apply_fixes(FilesRun({"t.yaml": text}))
    assert (len(outcome.applied), len(outcome.deferred)) == (1, 1)
    assert fixed_text(text) == "DomainName: a.io\n"


def test_a_branch():
    """A value in a branch of a condition is fixed in that branch."""
    text = "Conditions: {C: !Equals [!Ref 'AWS::Region', x]}\n"
    text += template("DomainName: !If [C, WWW.a.io, b.io]")
    assert fixed_text(text) == text.replace("WWW", "www")


def test_a_list_of_a_parameter_is_not_emptied():
    """The last item of a comma-delimited default is not removed."""
    text = "Parameters: {P: {Type: CommaDelimitedList, Default: a.io}}\n"
    text += template("DomainName: a.io\nSubjectAlternativeNames: !Ref P")
    assert rejections(text) == {"ACM304": "the list would be empty"}


@pytest.mark.parametrize("is_json", [False, True])
def test_values_of_n2_and_acme(is_json):
    """Slips in the values of an N2 request and of ACME resources are fixed where they are."""
    request = {"DomainName": "a.io", "ValidationMethod": "DNS"}
    request |= {"RootHierarchyType": "n2-amazon-managed", "CertificateUsage": "client_auth_only"}
    scope = {"ExactDomain": "enabled", "Subdomains": "ENABLED"}
    dns = {"DomainScope": scope, "HostedZoneId": "/hostedzone/Z1"}
    validation = {"AcmeEndpointArn": "x", "DomainName": "A.io"}
    validation |= {"PrevalidationOptions": {"DnsPrevalidation": dns}}
    kind = "AWS::CertificateManager::AcmeDomainValidation"
    stack = {"Resources": {"V": {"Type": kind, "Properties": validation}}}
    for data, slips in (
        (request, {"n2-amazon-managed": "N2_AMAZON_MANAGED", "client_auth": "CLIENT_AUTH"}),
        (stack, {"A.io": "a.io", "/hostedzone/": "", "enabled": "ENABLED"}),
    ):
        text = json.dumps(data) if is_json else yaml.safe_dump(data)
        wanted = text
        for slip, correct in slips.items():
            wanted = wanted.replace(slip, correct)
        wanted = wanted.replace("CLIENT_AUTH_only", "CLIENT_AUTH_ONLY")
        assert fixed_text(text, "t.json" if is_json else "t.yaml") == wanted
