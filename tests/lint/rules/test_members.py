"""ACM309 and ACM310: members that a request does not have, and those that it lacks."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import template
from tests.support.fixes import findings, fixed_text, rejections
from tests.support.members import (
    FORMATS,
    configuration,
    members_of,
    misspelled,
    report_on,
)
from tests.support.rules import check_rule, option, outcomes, part

from acmrules.lint.linter import Linter
from acmrules.lint.rule import Severity
from acmrules.readers import api
from acmrules.request import Tool, UnknownMember

HEAD = "apiVersion: acm.services.k8s.aws/v1alpha1\nkind: Certificate\nmetadata: {name: x}\n"
SPEC = f"{HEAD}spec:\n  domainName: a.io\n  "
FINDING = 4
"""The number of parts of a finding in such a report: rule, severity, message, help."""

ARGUMENTS = 'domain_name = "a.io"\nvalidation_method = "DNS"\n'


def unknown_members(text, name):
    """Return the findings of ACM309 in a file: severity, message and help."""
    lines = report_on(text, name)
    found = [line for line in lines if isinstance(line, tuple) and len(line) == FINDING]
    return [line[1:] for line in found if line[0] == "ACM309"]


def resource(body):
    """Return a configuration with one certificate."""
    return f'resource "aws_acm_certificate" "it" {{\n{ARGUMENTS}{body}\n}}\n'


@pytest.mark.parametrize(
    ("text", "name", "message", "help_"),
    [
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "KeyAlgoritm": "x"}',
            "r.json",
            "`KeyAlgoritm` is not a member of `RequestCertificate`; did you mean `KeyAlgorithm`?",
            "change it to `KeyAlgorithm`",
        ),
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "Export": "x"}',
            "r.json",
            "`Export` is not a member of `RequestCertificate`",
            "move it into `Options`",
        ),
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "Options": {"DomainName": "x"}}',
            "r.json",
            "`DomainName` is not a member of `Options`",
            "move it out of `Options`",
        ),
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "HostedZoneId": "x"}',
            "r.json",
            "`HostedZoneId` is not a member of `RequestCertificate`",
            "remove it: only CloudFormation creates validation records from a request",
        ),
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "domainName": "x"}',
            "r.json",
            "`domainName` is not a member of `RequestCertificate`",
            "use `DomainName`, which is set too",
        ),
        (
            template("DomainName: a.io\nSubjectAlternateNames: [b.io]"),
            "t.yaml",
            (
                "`SubjectAlternateNames` is not a property of "
                "`AWS::CertificateManager::Certificate`; did you mean `SubjectAlternativeNames`?"
            ),
            "change it to `SubjectAlternativeNames`",
        ),
        (
            template("DomainName: a.io\nDomainValidationOptions:\n- {HostedZoneID: x}"),
            "t.yaml",
            (
                "`HostedZoneID` is not a member of `DomainValidationOptions`; "
                "did you mean `HostedZoneId`?"
            ),
            "change it to `HostedZoneId`",
        ),
        (
            template("DomainName: a.io\nOptions: {Export: ENABLED}"),
            "t.yaml",
            "`Options` is not a property of `AWS::CertificateManager::Certificate`",
            "set the members of `Options` as properties",
        ),
        (
            template("DomainName: a.io").replace("Pro", "ValidationMethod: x\n    Pro"),
            "t.yaml",
            "`ValidationMethod` is not an attribute of a resource",
            "move it into `Properties`",
        ),
        (
            template("DomainName: a.io").replace("Properties", "Propertis"),
            "t.yaml",
            "`Propertis` is not an attribute of a resource; did you mean `Properties`?",
            "change it to `Properties`",
        ),
        (
            resource("subject_alternate_names = []"),
            "main.tf",
            (
                "`subject_alternate_names` is not an argument of `aws_acm_certificate`; "
                "did you mean `subject_alternative_names`?"
            ),
            "change it to `subject_alternative_names`",
        ),
        (
            resource("export = null"),
            "main.tf",
            "`export` is not an argument of `aws_acm_certificate`",
            "move it into `options`",
        ),
        (resource('arn = "x"'), "main.tf", "only the provider sets `arn`", "remove it"),
        (
            resource('timeouts {\n create = "1m"\n}'),
            "main.tf",
            "`timeouts` is not an argument of `aws_acm_certificate`",
            "set it for `aws_acm_certificate_validation`",
        ),
        (
            resource("lifecycle {\n create_before_destory = true\n}"),
            "main.tf",
            (
                "`create_before_destory` is not an argument of `lifecycle`; "
                "did you mean `create_before_destroy`?"
            ),
            "change it to `create_before_destroy`",
        ),
        (
            resource('dynamic "option" {\n for_each = [1]\n content {}\n}'),
            "main.tf",
            "`option` is not an argument of `aws_acm_certificate`; did you mean `options`?",
            "change it to `options`",
        ),
        (
            f"{SPEC}validationMethod: DNS\n",
            "k.yaml",
            "`validationMethod` is not a member of the `spec` of a `Certificate`",
            "remove it: the controller always uses DNS validation",
        ),
        (
            f"{SPEC}subjectAlternativeName: []\n",
            "k.yaml",
            (
                "`subjectAlternativeName` is not a member of the `spec` of a `Certificate`; "
                "did you mean `subjectAlternativeNames`?"
            ),
            "change it to `subjectAlternativeNames`",
        ),
        (
            f"{SPEC}tags: []\ndomainName: a.io\n",
            "k.yaml",
            "`domainName` is not a member of a `Certificate`",
            "move it into `spec`",
        ),
        (
            f"{HEAD}Spec: {{domainName: a.io}}\n",
            "k.yaml",
            "`Spec` is not a member of a `Certificate`; did you mean `spec`?",
            "change it to `spec`",
        ),
    ],
)
def test_an_unknown_member_is_an_error(text, name, message, help_):
    """The message says whose member it is not, and the help what to do about it."""
    assert unknown_members(text, name) == [(Severity.ERROR, message, help_)]


@pytest.mark.parametrize(
    ("text", "name", "structure"),
    [
        (
            '{"DomainName": "a.io", "ValidationMethod": "DNS", "Brand": "x"}',
            "r.json",
            "member of `RequestCertificate`",
        ),
        (
            template("DomainName: a.io\nBrand: x"),
            "t.yaml",
            "property of `AWS::CertificateManager::Certificate`",
        ),
        (resource('Brand = "x"'), "main.tf", "argument of `aws_acm_certificate`"),
        (f"{SPEC}Brand: null\n", "k.yaml", "member of the `spec` of a `Certificate`"),
    ],
)
def test_a_member_that_resembles_none_may_be_new(text, name, structure):
    """A member that no known one resembles is a warning."""
    ((severity, message, _),) = unknown_members(text, name)
    assert severity is Severity.WARNING
    assert message.startswith(f"`Brand` is not a known {structure}; it may be newer than 2026-")


@pytest.mark.parametrize("member", ["CertificateUsage", "RootHierarchyType"])
def test_a_member_that_only_the_api_has_may_come_to_the_other_tools(member):
    """It resembles another one, but it is not a misspelling."""
    for text, name in (
        (template(f"DomainName: a.io\n{member}: x"), "t.yaml"),
        (resource(f'{member} = "x"'), "main.tf"),
        (f"{SPEC}{member}: x\n", "k.yaml"),
    ):
        assert [severity for severity, _, _ in unknown_members(text, name)] == [Severity.WARNING]


@pytest.mark.parametrize("as_of", [date(2018, 1, 1), date(2026, 11, 18), date(2026, 11, 19)])
def test_a_member_before_its_time(as_of):
    """A member that ACM introduced later is known; the rule for its values reports the date."""
    declaration = api.requested({"DomainName": "a.io", "RootHierarchyType": "N2_AMAZON_MANAGED"})
    findings, _ = Linter(as_of=as_of).check(declaration)
    rules = {finding.rule.id for finding in findings}
    assert "ACM309" not in rules
    assert ("ACM311" in rules) is (as_of < date(2026, 11, 19))


EVERY_ATTRIBUTE = """\
Resources:
  It:
    Type: AWS::CertificateManager::Certificate
    Condition: Always
    Connectors: {}
    CreationPolicy: {}
    DeletionPolicy: Retain
    DependsOn: []
    IgnoreGlobals: "*"
    Metadata: {aws:cdk:path: x, Anything: x}
    UpdatePolicy: {}
    UpdateReplacePolicy: Retain
    Properties:
      DomainName: a.io
      Anything: !Ref AWS::NoValue
      Else: !If [Never, x, !Ref AWS::NoValue]
Conditions:
  Always: !Equals [a, a]
  Never: !Equals [a, b]
"""

EVERY_ARGUMENT = """\
count = 1
provider = aws.x
depends_on = []
region = "eu-west-1"
early_renewal_duration = "P90D"
tags = { anything = "x" }
tags_all = {}
lifecycle {
  create_before_destroy = true
  prevent_destroy = true
  ignore_changes = [tags]
  replace_triggered_by = []
  enabled = true
  precondition {
    condition = true
    error_message = "x"
  }
  postcondition {}
  action_trigger {}
}
provisioner "local-exec" {
  anything = 1
}
connection {
  anything = 1
}
dynamic "validation_option" {
  for_each = []
  content {
    domain_name = "a.io"
    validation_domain = "a.io"
  }
}
dynamic "options" {
  for_each = []
  content {}
}
_ {
  count = 1
}
"""

IN_JSON = {
    "//": "a comment",
    "domain_name": "a.io",
    "validation_method": "DNS",
    "lifecycle": {"create_before_destroy": True, "//": "another"},
    "dynamic": {"options": {"for_each": [], "content": {}}},
    "options": {"//": "a third"},
    "count": 1,
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (EVERY_ATTRIBUTE, "t.yaml"),
        (resource(EVERY_ARGUMENT), "main.tf"),
        (json.dumps({"resource": {"aws_acm_certificate": {"it": IN_JSON}}}), "main.tf.json"),
        (f"{SPEC}tags: []\nstatus: {{anything: x}}\n", "k.yaml"),
        (f"{SPEC}$patch: replace\n  ${{KEY}}: x\n", "k.yaml"),
        (template("DomainName: a.io\nFn::Transform: {Name: AWS::Include}"), "t.yaml"),
        ("Transform: Own\n" + template("DomainName: a.io\nAnything: x"), "t.yaml"),
        ("Transform: [AWS::x, {Name: Own}]\n" + template("DomainName: a.io\nY: x"), "t.yaml"),
        (
            template("DomainName: a.io").replace("Pro", "Fn::Transform: {}\n    Pro"),
            "t.yaml",
        ),
    ],
)
def test_what_is_not_unknown(text, name):
    """Everything that a tool defines is known, and so is what is absent or may be rewritten."""
    assert report_on(text, name)[0] == 1
    assert unknown_members(text, name) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (
            template("DomainName: a.io\nFn::Transform: {Name: AWS::Include}"),
            "`value of Fn::Transform`",
        ),
        ("Transform: Own\n" + template("DomainName: a.io\nAnything: x"), "`Own`"),
    ],
)
def test_members_that_a_macro_may_replace_are_undecided(text, missing):
    """If a macro may add members or replace them, the report says that this is unknown."""
    assert ("ACM309", f"{missing} is unknown") in report_on(text, "t.yaml")


def test_a_macro_of_aws_replaces_nothing():
    """The transforms of AWS leave certificates as they are."""
    text = "Transform: [AWS::Serverless-2016-10-31]\n" + template("DomainName: a.io\nAnything: x")
    assert [severity for severity, _, _ in unknown_members(text, "t.yaml")] == [Severity.WARNING]


def test_a_member_that_a_condition_removes():
    """A member that exists in one branch of a condition is reported for this branch."""
    text = template(
        "DomainName: a.io\nAnything: !If [C, x, !Ref AWS::NoValue]", "Conditions:\n"
    ) + ("  C: !Equals [!Ref P, a]\nParameters:\n  P: {Type: String}\n")
    ((_, message, _),) = unknown_members(text, "t.yaml")
    assert message.endswith(", when `C` is true")


def test_the_other_rules_still_run():
    """A misspelled member has an unknown value; nothing is said about what it does not have."""
    data = {"DomainNmae": "a.io", "ValidationMethd": "DNS", "Tags": [{"Key": "a*"}]}
    lines = report_on(json.dumps(data | {"SubjectAlternativeNames": ["a_b.io"]}), "r.json")
    rules = {line[0] for line in lines if isinstance(line, tuple) and len(line) == FINDING}
    assert rules == {"ACM101", "ACM306", "ACM309", "ACM804", "ACM806"}
    assert ("ACM402", "`value of ValidationMethd` is unknown") in lines
    assert ("ACM301", "`value of DomainNmae` is unknown") in lines


# Fixes --------------------------------------------------------------------------------------------

RENAMED = [
    pytest.param(write, data, path, id=f"{kind}, {which}: {'.'.join(map(str, path))}")
    for kind, (write, requests) in FORMATS.items()
    if kind not in {"change set", "plan", "Ingress", "consumer"}
    for which, data in requests.items()
    for path in members_of(data)
]


@pytest.mark.parametrize(("write", "data", "path"), RENAMED)
def test_a_fix_renames_a_misspelled_member(write, data, path):
    """The safe fix restores the request, or it is not offered."""
    text, name = write(misspelled(data, path))
    fixed = fixed_text(text, name, rules=("ACM309",))
    assert report_on(fixed, name) in (report_on(*write(data)), report_on(text, name))


def test_most_misspelled_members_are_fixed():
    """The fix is offered for blocks that occur once, and for long names that resemble only one."""
    for write, data, path in (param.values for param in RENAMED):
        text, name = write(misspelled(data, path))
        is_repeated = write is configuration and path == ("validation_option",)
        is_ambiguous = path == ("hostedZoneIds",)
        if len(str(path[-1])) >= len("region") and not (is_repeated or is_ambiguous):
            assert fixed_text(text, name, rules=("ACM309",)) != text, path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{DomainName: a.io, ValidationMethd: DNS}\n",
            "{DomainName: a.io, ValidationMethod: DNS}\n",
        ),
        (
            "'DomainNmae': a.io\nValidationMethod: DNS # x\n",
            "'DomainName': a.io\nValidationMethod: DNS # x\n",
        ),
        # A key in an anchor is renamed for the aliases too, which is unsafe.
        (
            "- &a\n  DomainName: a.io\n  ValidationMethod: DNS\n  KeyAlgo: x\n- *a\n",
            "- &a\n  DomainName: a.io\n  ValidationMethod: DNS\n  KeyAlgo: x\n- *a\n",
        ),
        # Two members that mean the same cannot both have its name.
        (
            "DomainName: a.io\nValidationMethd: DNS\nvalidationMethod: DNS\nTags: []\n",
            "DomainName: a.io\nValidationMethd: DNS\nvalidationMethod: DNS\nTags: []\n",
        ),
        # The known member exists already.
        (
            "DomainName: a.io\nvalidation_method: DNS\nValidationMethod: DNS\n",
            "DomainName: a.io\nvalidation_method: DNS\nValidationMethod: DNS\n",
        ),
    ],
)
def test_fixes_in_yaml(text, expected):
    """Only the key changes, with its quotes, and only if it is certain what it means."""
    assert fixed_text(text, "r.yaml", rules=("ACM309",)) == expected


def test_a_member_within_a_misspelled_one():
    """The structure is renamed, and then its own unknown members are found and fixed."""
    options = "DomainValidationOption:\n  - DomainNam: a.io\n    ValidationDomain: a.io\n"
    text = f"DomainName: a.io\nValidationMethod: EMAIL\n{options}"
    expected = text.replace("Option:", "Options:").replace("DomainNam:", "DomainName:")
    assert fixed_text(text, "r.yaml", rules=("ACM309",)) == expected


def test_a_block_that_may_be_there_several_times():
    """A misspelled block is renamed next to a block of that name, which is still checked."""
    block = '{{\n  domain_name = "{}"\n  validation_domain = "a.io"\n}}\n'
    body = f"validation_option {block.format('bad_a.io')}validation_optoin {block.format('a.io')}"
    text = resource(body)
    found = {(each.rule.id, each.path) for each in findings(text, "main.tf")}
    assert ("ACM309", ("unknown_members", 0)) in found
    assert any(path[:2] == ("validation_options", 0) for _, path in found)
    expected = text.replace("optoin", "option")
    assert fixed_text(text, "main.tf", rules=("ACM309",)) == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "optionz {\n}\noptionz {\n}",
            "several blocks have this name",
        ),
        (
            'dynamic "optionz" {\n  for_each = []\n  content {}\n}',
            "the name of the block is computed",
        ),
    ],
)
def test_blocks_that_cannot_be_renamed(body, reason):
    """Only a single block with a name of its own is renamed."""
    assert rejections(resource(body), "main.tf", rules=("ACM309",)) == {"ACM309": reason}


# Missing members ----------------------------------------------------------------------------------

A = "a.io"


@pytest.mark.parametrize(
    ("tool", "method", "entry", "expected"),
    [
        (Tool.API, "EMAIL", option(A, A), set()),
        (Tool.API, "EMAIL", option(A), {"validation_options 0: error"}),
        (Tool.API, "DNS", option(A), {"validation_options 0: error"}),
        (Tool.TERRAFORM, "DNS", option(A), {"validation_options 0: error"}),
        (Tool.CLOUDFORMATION, "DNS", option(A), set()),
        (Tool.CLOUDFORMATION, "EMAIL", option(A), {"validation_options 0: error"}),
        (Tool.CLOUDFORMATION, None, option(A), {"validation_options 0: error"}),
        (Tool.CLOUDFORMATION, None, option(A, zone="Z1"), set()),
        (Tool.CLOUDFORMATION, "DNS", option(None, zone="Z1"), {"validation_options 0: error"}),
        (Tool.CLOUDFORMATION, part("$X"), option(A, zone="Z1"), set()),
        (Tool.CLOUDFORMATION, part("$X"), option(A), {"validation_method: skipped"}),
    ],
)
def test_a_validation_option_without_a_member(tool, method, entry, expected):
    """Clients require both names; CloudFormation needs the domain only for email."""
    fields = {"validation_method": method, "validation_options": (entry,), "tool": tool}
    assert outcomes("ACM310", A, **fields) == expected


def test_the_missing_member_has_the_name_of_the_tool():
    """The message uses the words of the file."""
    entry = {"validation_options": (option(A),), "validation_method": "EMAIL"}
    (finding,), _ = check_rule("ACM310", A, tool=Tool.TERRAFORM, **entry)
    assert finding.message == "an entry of `validation_option` has no `validation_domain`"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "t.yaml",
            "Resources: {C: {Type: AWS::CertificateManager::Certificate, Propertys: {Tags: []}}}",
        ),
        (
            "t.yaml",
            "apiVersion: acm.services.k8s.aws/v1alpha1\nkind: Certificate\nsepc: {tags: []}",
        ),
    ],
)
def test_a_request_in_a_misspelled_member_has_no_other_mistakes(name, text):
    """All of its members are unknown, so it is not known to be from a private CA either."""
    assert [finding.rule.id for finding in findings(text, name)] == ["ACM309"]


# Any member ---------------------------------------------------------------------------------------


@given(st.text(max_size=70), st.sampled_from(["", "Options", "Tags", "DomainValidationOptions"]))
def test_any_name_can_be_a_member(name, holder):
    """No name of a member raises an error, and each is at most one finding."""
    member = UnknownMember(name, holder, frozenset({"DomainName"}))
    findings, _ = check_rule("ACM309", A, unknown_members=(member,))
    assert len(findings) <= 1
    assert all("\n" not in finding.message for finding in findings)
