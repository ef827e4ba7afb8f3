"""ACM311 to ACM314: Amazon N2 certificates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import check_rule, outcomes, part

from acmrules.facts import acm
from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, CertificateUsage, KeyAlgorithm, Tool

AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
BEFORE, FIRST = date(2026, 11, 18), date(2026, 11, 19)
X = part("$X")
N2 = {"root_hierarchy": "N2_AMAZON_MANAGED"}
SFG2 = {"root_hierarchy": "N2_SFG2_AMAZON_MANAGED"}


def rules_of(as_of=None, **fields):
    """Return the ids of the errors in a request, by path."""
    variant = Variant(CertificateRequest.of(["a.io"], **fields), (), {})
    linter = Linter(as_of=as_of) if as_of else Linter()
    findings, _ = linter.check(Declaration(None, Tool.API, "", (variant,)))
    return {(each.rule.id, each.path[0]) for each in findings if str(each.severity) == "error"}


@given(
    st.sampled_from([None, "N2_AMAZON_MANAGED", "N2_SFG2_AMAZON_MANAGED"]),
    st.sampled_from([None, *(each.value for each in CertificateUsage)]),
    st.sampled_from([None, "DNS", "EMAIL", "HTTP"]),
    st.sampled_from([None, AUTHORITY]),
    st.sampled_from([None, *(each.value for each in KeyAlgorithm)]),
)
def test_a_request_has_errors_exactly_if_acm_rejects_it(hierarchy, usage, method, ca, algorithm):
    """The rules on N2 are those of the API, for every combination of members."""
    found = rules_of(
        root_hierarchy=hierarchy,
        certificate_usage=usage,
        validation_method=method,
        certificate_authority_arn=ca,
        key_algorithm=algorithm,
    )
    rejected = {("ACM312", "certificate_usage")} if usage and not hierarchy else set()
    if hierarchy:
        if usage == "CLIENT_AUTH_ONLY" and hierarchy not in acm.CLIENT_ONLY_HIERARCHIES.value:
            rejected.add(("ACM312", "certificate_usage"))
        if method not in acm.N2_VALIDATION_METHODS.value and not ca:
            rejected.add(("ACM313", "validation_method"))
        if ca:
            rejected.add(("ACM314", "root_hierarchy"))
        if not ca and (algorithm or "RSA_2048") not in acm.N2_ALGORITHMS.value:
            rejected.add(("ACM504", "key_algorithm"))
    of_n2 = (
        {"ACM311", "ACM312", "ACM313", "ACM314", "ACM504"}
        if hierarchy and not ca
        else {"ACM311", "ACM312", "ACM313", "ACM314"}
    )
    assert {each for each in found if each[0] in of_n2} == rejected


@pytest.mark.parametrize("field", ["root_hierarchy", "certificate_usage"])
def test_the_members_did_not_exist_before_their_day(field):
    """ACM311 reports each member before 2026-11-19, and nothing else does."""
    value = "N2_AMAZON_MANAGED" if field == "root_hierarchy" else "CLIENT_AUTH_ONLY"
    fields = {"validation_method": "DNS", field: value}
    assert rules_of(as_of=BEFORE, **fields) == {("ACM311", field)}


@pytest.mark.parametrize(
    ("fields", "replacement"),
    [
        ({"root_hierarchy": "n2-amazon-managed"}, "N2_AMAZON_MANAGED"),
        ({"root_hierarchy": "N2"}, None),
        ({"certificate_usage": "client_auth_only", **N2}, "CLIENT_AUTH_ONLY"),
        ({"certificate_usage": "SERVER_AUTH", **N2}, None),
    ],
)
def test_a_slip_in_a_value_is_fixed_if_the_meaning_is_certain(fields, replacement):
    """ACM311 fixes case and hyphens, and lists the values otherwise."""
    [finding], _ = check_rule("ACM311", "a.io", **fields)
    if replacement:
        assert finding.fix.safe
        assert [edit.value for edit in finding.fix.edits] == [replacement]
    else:
        assert finding.fix is None
        assert finding.help.startswith("use `")


@pytest.mark.parametrize(
    ("usage", "hierarchy", "remedy"),
    [
        (
            "CLIENT_AND_SERVER_AUTH",
            {},
            "set `RootHierarchyType` to `N2_AMAZON_MANAGED` or `N2_SFG2_AMAZON_MANAGED`",
        ),
        (
            "CLIENT_AUTH_ONLY",
            {},
            "set `RootHierarchyType` to `N2_AMAZON_MANAGED`",
        ),
        (
            "CLIENT_AUTH_ONLY",
            SFG2,
            "set `RootHierarchyType` to `N2_AMAZON_MANAGED`",
        ),
    ],
)
def test_the_help_names_the_hierarchies_that_fit(usage, hierarchy, remedy):
    """ACM312 suggests only hierarchies that allow the usage."""
    [finding], _ = check_rule("ACM312", "a.io", certificate_usage=usage, **hierarchy)
    assert finding.help == f"{remedy}, or remove `CertificateUsage`"


def test_a_misspelled_member_is_reported_once():
    """A wrong value is a problem of ACM311 alone, not also one of the rules that read it."""
    wrong = {"validation_method": "DNS", "root_hierarchy": "N2", "certificate_usage": "x"}
    assert rules_of(**wrong) == {("ACM311", "root_hierarchy"), ("ACM311", "certificate_usage")}
    assert rules_of(validation_method="dns", **N2) == {("ACM410", "validation_method")}


def test_an_unsuitable_method_is_one_finding():
    """ACM313 is reported instead of the rules on missing, email and HTTP methods."""
    for method in (None, "EMAIL", "HTTP"):
        variant = Variant(CertificateRequest.of(["a.io"], validation_method=method, **N2), (), {})
        findings, _ = Linter().check(Declaration(None, Tool.API, "", (variant,)))
        at_method = [each.rule.id for each in findings if each.path == ("validation_method",)]
        assert at_method == ["ACM313"]


def test_an_n2_certificate_is_not_logged():
    """ACM701 passes for N2, because ACM does not log these certificates."""
    opted_out = {"transparency_logging": "DISABLED", "validation_method": "DNS"}
    assert outcomes("ACM701", "a.io", **opted_out) == {"transparency_logging: warning"}
    assert outcomes("ACM701", "a.io", **opted_out, **N2) == set()


def test_n2_is_a_way_to_client_authentication():
    """ACM706 passes for N2, and names it as a way from the day on which it exists."""
    usages = {"extended_key_usages": ("serverAuth", "clientAuth")}
    assert outcomes("ACM706", "a.io", **usages, **N2) == set()
    [after], _ = check_rule("ACM706", "a.io", **usages)
    [before], _ = check_rule("ACM706", "a.io", **usages, as_of=BEFORE)
    assert "`RootHierarchyType`" in after.help
    assert "`RootHierarchyType`" not in before.help


UNKNOWN = [
    ("ACM311", {"root_hierarchy": part("N2_", "$X")}, {"root_hierarchy: skipped"}),
    ("ACM311", {"root_hierarchy": part("N3", "$X")}, {"root_hierarchy: error"}),
    ("ACM311", {"certificate_usage": part("SERVER", "$X")}, {"certificate_usage: error"}),
    ("ACM312", {"certificate_usage": X}, {"certificate_usage: skipped"}),
    ("ACM312", {"certificate_usage": "CLIENT_AND_SERVER_AUTH", "root_hierarchy": X}, set()),
    (
        "ACM312",
        {"certificate_usage": "CLIENT_AUTH_ONLY", "root_hierarchy": X},
        {"root_hierarchy: skipped"},
    ),
    (
        "ACM312",
        {"certificate_usage": "CLIENT_AUTH_ONLY", "root_hierarchy": part("N2_SFG2_", "$X")},
        {"certificate_usage: error"},
    ),
    ("ACM312", {"certificate_usage": "CLIENT_AUTH_ONLY", "root_hierarchy": "N2"}, set()),
    ("ACM313", {"validation_method": "DNS", "root_hierarchy": X}, {"root_hierarchy: skipped"}),
    ("ACM313", {"validation_method": X, **N2}, {"validation_method: skipped"}),
    ("ACM313", {"validation_method": part("D", "$X"), **N2}, {"validation_method: skipped"}),
    ("ACM313", {"validation_method": part("EM", "$X"), **N2}, {"validation_method: error"}),
    ("ACM313", {"validation_method": "CNAME", **N2}, set()),
    ("ACM314", {"root_hierarchy": X}, {"root_hierarchy: skipped"}),
    ("ACM314", {"certificate_authority_arn": X, **N2}, {"root_hierarchy: error"}),
]


@pytest.mark.parametrize(("rule", "fields", "expected"), UNKNOWN)
def test_the_known_parts_decide_if_they_can(rule, fields, expected):
    """A partly known value is an error if no value of the unknown part is right."""
    assert outcomes(rule, "a.io", **fields) == expected


def test_an_argument_of_terraform_may_be_null():
    """ACM312 and ACM314 are undecided if an unknown value may be absent."""
    terraform = {"tool": Tool.TERRAFORM}
    both = {"certificate_usage": "CLIENT_AND_SERVER_AUTH", "root_hierarchy": X}
    assert outcomes("ACM312", "a.io", **both, **terraform) == {"root_hierarchy: skipped"}
    private = {"certificate_authority_arn": X, **N2, **terraform}
    assert "root_hierarchy: skipped" in outcomes("ACM314", "a.io", **private)


@pytest.mark.parametrize("rule", ["ACM312", "ACM313", "ACM314"])
def test_the_rules_start_with_n2(rule):
    """The rules about combinations are in force from the day on which the members exist."""
    fields = {"certificate_usage": "CLIENT_AUTH_ONLY", **SFG2}
    if rule == "ACM314":
        fields["certificate_authority_arn"] = AUTHORITY
    assert outcomes(rule, "a.io", as_of=BEFORE, **fields) == {": skipped"}
    [at_start] = outcomes(rule, "a.io", as_of=FIRST, **fields)
    assert at_start.endswith(": error")
