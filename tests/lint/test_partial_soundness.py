"""The two laws of partial knowledge, for a file with gaps and the same file with the gaps filled.

A finding about a partly known value remains whatever the gaps contain, and a rule that would find
something with some values in the gaps reports that it is undecided.
"""

from hypothesis import example, given
from tests.support.partial_files import REFERENCE, ZONE, declaration, files, filled
from tests.support.rules import RULES

from acmrules.errors import NameFault
from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.lint.rule import Problem
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.rules.names import rule_of_fault
from acmrules.request import Tool
from acmrules.unresolved import Malformed, Unknown, Unresolved

FAULTS = frozenset(map(rule_of_fault, NameFault))
"""The rules on the faults of a name: which one reports a name depends on its first fault."""

COMPARISONS = frozenset(rule.id for rule in CATALOGUE if "issued" in rule.needs)
"""The rules that report the reasons of one comparison with the issued certificate."""


class Result:
    """The findings, their causes and the skips of a draft, at the places of the file with gaps."""

    def __init__(self, draft, origins=None):
        self.declaration = declaration(draft)
        causes = {}
        linter = Linter(as_of=CHECKED, rules=[recording(rule, causes) for rule in CATALOGUE])
        findings, skips = linter.check(self.declaration)
        # Several items of the filled file may come from one place of the file with gaps.
        self.found = {}
        for each in findings:
            key = each.rule.id, place(each.path, origins)
            self.found.setdefault(key, set()).add(causes.get((each.rule.id, each.path)))
        self.skipped = {(s.rule.id, place(s.path, origins)) for s in skips}

    @property
    def has_malformed_names(self):
        """Whether a name or a host is malformed."""
        variant = self.declaration.variants[0]
        hosts = [host for consumer in variant.consumers for host in consumer.hosts]
        return any(isinstance(name, Malformed) for name in (*variant.request.names, *hosts))

    def rules_at(self, path):
        """Return the rules with a finding at a path."""
        return {rule for rule, where in self.found if where == path}

    def rules_with(self, causes):
        """Return the rules with a finding that has one of the causes."""
        return {
            rule
            for (rule, _), others in self.found.items()
            if causes & {str(other).lower() for other in others if other is not None}
        }


def recording(rule, causes):
    """Return the rule with a check that records the stated causes by rule and path."""

    def check(subject, context):
        prefix = ("consumers", context.consumers.index(subject)) if rule.on == "consumer" else ()
        for item in rule.check(subject, context):
            if isinstance(item, Problem) and item.cause is not None:
                causes[rule.id, prefix + item.path] = item.cause
            yield item

    return rule.__replace__(check=check)


def place(path, origins):
    """Return the path of what a value was filled into; the request is the top of every path."""
    whole = path if path[:1] in {("consumers",), ("zones",), ("caa",)} else ("request", *path)
    for depth in range(len(whole), 0, -1):
        if origins and whole[:depth] in origins:
            whole = origins[whole[:depth]] + whole[depth:]
            break
    return whole[1:] if whole[:1] == ("request",) else whole


def with_gaps_filled(cause, filling):
    """Return a cause as a string with the values of the gaps."""
    text = str(cause)
    for label, value in filling.items():
        text = text.replace(label, value if isinstance(value, str) else "")
    return text.lower()


def is_reported_otherwise(rule, path, causes, whole):
    """Return whether the finding of another rule or place replaces one in the filled file."""
    here = whole.rules_at(path)
    return bool(
        RULES[rule].yields_to & here
        or (RULES[rule].yields_to | {rule}) & whole.rules_with(causes)
        or (rule in FAULTS and FAULTS & here)
        or (rule in COMPARISONS and COMPARISONS & {other for other, _ in whole.found})
    )


def is_unreadable(rule, path, whole):
    """Return whether a filling made a name or a record malformed that the rule depends on."""
    undecided = (rule, path) in whole.skipped
    return (
        bool(FAULTS & whole.rules_at(path))
        or (undecided and (whole.has_malformed_names or rule == "ACM413"))
        # No rule reports a malformed host.
        or (whole.has_malformed_names and "hosts" in RULES[rule].reads)
    )


PLACEHOLDER = "ACM111"
"""Reports the placeholders in a file. A value that a caller passes is not in the file."""


def is_open(rule, path, partial):
    """Return whether the rule is undecided at a path of the file with gaps.

    If the result depends on other values, the rule may be undecided at one of those instead: an
    unknown name of the same list, an unknown member of the same option or consumer, or a field of
    the request.
    """
    rules = next((several for several in (FAULTS, COMPARISONS) if rule in several), {rule})
    scope = 2 if path[:1] == ("consumers",) else 1
    return any(
        other in rules
        and (rule not in FAULTS or where == path[: len(where)])
        and (len(where) == 1 or where[:scope] == path[:scope])
        for other, where in partial.skipped
    )


def with_option(method, zone):
    """Return a Terraform draft with a validation domain."""
    option = {"domain_name": "a.io", "validation_domain": "a.io", "hosted_zone_id": zone}
    request = {
        "names": ["a.io"],
        "validation_method": method,
        "validation_options": [option],
        "key_algorithm": None,
        "tags": [],
    }
    draft = {"tool": Tool.TERRAFORM, "request": request, "consumers": [], "zones": [], "caa": []}
    return draft | {"all_consumers_known": False, "issued": None}


GAP = Unresolved((Unknown("${X}"),))


def with_certificate(*parts):
    """Return a draft with a distribution that uses the certificate of a partly known ARN."""
    distribution = {
        "service": "cloudfront",
        "certificate": Unresolved(parts),
        "hosts": [],
        "hosts_known": True,
        "region": None,
        "traits": frozenset(),
    }
    return with_option("DNS", ZONE) | {"consumers": [distribution]}


ELSEWHERE = with_certificate("arn:aws:acm:e", Unknown("${X}"), ":111122223333:certificate/2f1c")
"""The ARN of a certificate that is certainly not in us-east-1."""

NO_CERTIFICATE = with_certificate("arn:aws:acm-pca:e", Unknown("${X}"), ":certificate-authority/x")
"""The ARN of a private CA that is certainly not in us-east-1."""

IN_ITS_ZONE = with_option("DNS", REFERENCE) | {
    "zones": [{"name": GAP, "zone_id": REFERENCE, "private": False}]
}
IN_ITS_ZONE["request"]["validation_options"][0]["domain_name"] = GAP
"""A name and a zone with the same unknown value."""

UNREQUESTED = with_option("EMAIL", GAP)
UNREQUESTED["request"]["names"] = ["b.io"]
"""An option for a name that is not requested, with a zone that may be null."""


@given(files())
@example((with_option(GAP, ZONE), {"${X}": "DNS"}))
@example((with_option(GAP, ZONE), {"${X}": "EMAIL"}))
@example((with_option("DNS", GAP), {"${X}": ZONE}))
@example((ELSEWHERE, {"${X}": "Z"}))
@example((NO_CERTIFICATE, {"${X}": "x.io"}))
@example((with_option("DNS", GAP), {"${X}": None}))
def test_what_is_found_in_part_is_found_in_full(drawn):
    """A finding about a partly known value is correct, whatever the gaps contain."""
    draft, filling = drawn
    draft_in_full, origins = filled(draft, filling)
    partial, whole = Result(draft), Result(draft_in_full, origins)
    for (rule, path), causes in partial.found.items():
        in_full = {with_gaps_filled(cause, filling) for cause in causes if cause is not None}
        assert (
            (rule, path) in whole.found
            or is_reported_otherwise(rule, path, in_full, whole)
            or is_unreadable(rule, path, whole)
        ), (rule, path)


@given(files())
@example((with_option(GAP, ZONE), {"${X}": "DNS"}))
@example((with_option("DNS", GAP), {"${X}": None}))
@example((IN_ITS_ZONE, {"${X}": "*.brightharbor.io"}))
@example((UNREQUESTED, {"${X}": None}))
def test_what_is_not_found_in_part_is_not_found_in_full_or_was_left_open(drawn):
    """If a rule finds something in the filled file only, it was undecided in the file with gaps."""
    draft, filling = drawn
    draft_in_full, origins = filled(draft, filling)
    partial, whole = Result(draft), Result(draft_in_full, origins)
    for rule, path in whole.found.keys() - partial.found.keys():
        if rule == PLACEHOLDER:
            continue
        compared = rule in COMPARISONS and COMPARISONS & {other for other, _ in partial.found}
        assert compared or is_open(rule, path, partial), (rule, path)
