"""The changes in Terraform plans and change sets."""

import json
from datetime import date

import pytest
from tests.support.change_sets import certificate, change_set, detail, distribution
from tests.support.terraform_plans import ARN, OTHER_ARN, change, plan

from acmrules.analysis.changes import ChangeKind
from acmrules.analysis.tool_plans import announced
from acmrules.changes import Verdict
from acmrules.readers import registry
from acmrules.syntax.source import InputError, Source

AS_OF = date(2026, 11, 1)
CHANGED, ADDED, REMOVED = ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED
NOTHING, IN_PLACE, UNDECIDED = Verdict.NO_CHANGE, Verdict.IN_PLACE, Verdict.UNDECIDED
REPLACEMENT = Verdict.REPLACEMENT
A = "aws_acm_certificate.a"


def changes_in(data):
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    source = Source("plan.json", text)
    return announced(source, registry.read(source), AS_OF)


def values(*names, **more):
    """Return the attributes of a certificate."""
    own = {"domain_name": names[0], "subject_alternative_names": [*names], "arn": ARN}
    return own | {"validation_method": "DNS"} | more


@pytest.mark.parametrize(
    ("actions", "before", "after", "expected"),
    [
        (("no-op",), values("a.io"), values("a.io"), []),
        (("read",), values("a.io"), values("a.io"), []),
        (("update",), values("a.io"), values("a.io", tags={"a": "b"}), [(CHANGED, IN_PLACE)]),
        (("delete", "create"), values("a.io"), values("b.io"), [(CHANGED, REPLACEMENT)]),
        (("create", "delete"), values("a.io"), values("a.io"), [(CHANGED, REPLACEMENT)]),
        (("create",), None, values("a.io"), [(ADDED, NOTHING)]),
        (("delete",), values("a.io"), None, [(REMOVED, NOTHING)]),
        (("forget",), values("a.io"), None, [(REMOVED, NOTHING)]),
        (("new-fangled",), values("a.io"), values("a.io"), [(CHANGED, UNDECIDED)]),
    ],
)
def test_actions(actions, before, after, expected):
    """The actions of a plan are verdicts, and unknown ones are undecided."""
    found = changes_in(plan(change(A, after, actions=actions, before=before)))
    assert [(each.kind, each.verdict) for each in found] == expected


def reasons(data):
    [each] = changes_in(data)
    return [reason.sentence for reason in each.change.reasons if reason.attribute == "announced"]


def test_reasons_of_a_plan():
    """The reason has the plan's cause of a replacement."""
    entry = change(A, values("a.io"), actions=("delete", "create"), before=values("b.io"))
    entry["change"]["replace_paths"] = [["domain_name"], ["options", 0, "export"]]
    entry["action_reason"] = "replace_because_cannot_update"
    assert reasons(plan(entry)) == [
        "action `delete, create` in the plan, forced by `domain_name`, `options.0.export`"
    ]
    del entry["change"]["replace_paths"]
    assert reasons(plan(entry)) == [
        "action `delete, create` in the plan, because of `replace because cannot update`"
    ]


def test_a_destroyed_certificate():
    """A destroyed certificate has its names and its location."""
    entry = change(A, None, actions=("delete",), before=values("a.io", "b.io"))
    [each] = changes_in(plan(change("aws_acm_certificate.b", values("c.io")), entry))[1:]
    assert [*map(str, each.change.removed)] == ["a.io", "b.io"]
    place = each.variant.location(())
    assert each.declaration.source.text[place.start : place.end] == A


def test_consumers_in_a_plan():
    """Consumers in the plan are listed, with their lost hosts."""
    site = {"aliases": ["a.io"], "viewer_certificate": [{"acm_certificate_arn": ARN}]}
    [each] = changes_in(
        plan(
            change(A, values("b.io"), actions=("delete", "create"), before=values("a.io")),
            change("aws_cloudfront_distribution.s", site, actions=("no-op",), before=site),
        )
    )
    assert [use.consumer.address for use in each.uses] == ["aws_cloudfront_distribution.s"]
    assert (
        "the new certificate does not cover `a.io`, which `aws_cloudfront_distribution.s` serves"
        in each.breaks
    )
    assert any("destroys the old certificate first" in line for line in each.breaks)


def test_other_resources_are_skipped():
    """Other resources and deposed certificates have no verdict."""
    data = change(A, values("a.io"), actions=("update",), before=values("b.io"))
    data["mode"] = "data"
    left = change(A, None, actions=("delete",), before=values("b.io")) | {"deposed": "1234"}
    assert changes_in(plan(data, left)) == []


def test_imported_certificates():
    """An imported certificate has the verdict of the plan."""
    body = {"certificate_body": "-----BEGIN", "private_key": None}
    [each] = changes_in(plan(change(A, body, actions=("update",), before=body)))
    assert (each.verdict, each.change.added) == (IN_PLACE, ())


# Change sets

DOMAIN = {"DomainName": "a.io", "ValidationMethod": "DNS"}
MORE = DOMAIN | {"SubjectAlternativeNames": ["b.io"]}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (certificate("Modify", before=DOMAIN, after=MORE, replacement="True"), REPLACEMENT),
        (certificate("Modify", before=DOMAIN, after=MORE, replacement="False"), IN_PLACE),
        (certificate("Modify", before=DOMAIN, after=DOMAIN, replacement="Conditional"), UNDECIDED),
        (certificate("Modify", replacement="True"), REPLACEMENT),
        (certificate("Modify", replacement="Conditional"), UNDECIDED),
        (certificate("Modify"), UNDECIDED),
        (certificate("Dynamic", before=DOMAIN, after=DOMAIN), UNDECIDED),
    ],
)
def test_replacements(entry, expected):
    """The verdict of a change set applies, with and without property values."""
    [each] = changes_in(change_set(entry))
    assert (each.kind, each.verdict) == (CHANGED, expected)


def test_reasons_of_a_change_set():
    """The reason has the distinct properties in the change set."""
    details = [detail("x", "Tags"), detail("x", "Tags"), {"Target": {"Attribute": "Metadata"}}, 1]
    entry = certificate("Modify", replacement="False", details=details)
    assert reasons(change_set(entry)) == [
        "replacement `False` in the change set, for `Tags`, `Metadata`"
    ]
    assert reasons(change_set(certificate("Dynamic"))) == ["action `Dynamic` in the change set"]


def test_additions_and_removals_in_a_change_set():
    """Added and removed certificates are listed, and consumers are not."""
    found = changes_in(
        change_set(
            certificate("Add", "New", after=DOMAIN, arn=None),
            certificate("Import", "Old", after=MORE, arn=None),
            certificate("Remove", "Gone", before=DOMAIN, arn=OTHER_ARN),
            distribution(ARN, ARN),
        )
    )
    assert [(each.declaration.address, each.kind) for each in found] == [
        ("New", ADDED),
        ("Old", ADDED),
        ("Gone", REMOVED),
    ]


def test_drift_is_ignored():
    """Drift without changes is ignored."""
    assert changes_in(change_set(certificate("SyncWithActual", before=DOMAIN, after=DOMAIN))) == []


def test_a_change_set_without_values():
    """Without property values, a note says that the old request is unknown."""
    [each] = changes_in(change_set(certificate("Modify", replacement="True")))
    assert each.notes == ("the previous request is unknown",)


@pytest.mark.parametrize(
    "text", ["", "a: b", "[]", "{}", '{"format_version": "1.0"}', '{"Changes": []}']
)
def test_other_json(text):
    """Other JSON files have no changes."""
    assert changes_in(text) is None


def test_broken_plans():
    """A broken plan is an input error."""
    with pytest.raises(InputError, match="is JSON that ends after"):
        changes_in('{"Changes": [')
