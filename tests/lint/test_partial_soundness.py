"""Whatever the unknown things turn out to be: what was said holds, and nothing new is found.

A file with gaps is judged, then the file with the gaps filled.
"""

from hypothesis import example, given
from tests.support.partial_files import ZONE, declaration, files, filled

from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.request import Tool
from acmrules.unresolved import Malformed, Unknown, Unresolved

ONE_TEXT = {"ACM101", "ACM103", "ACM104", "ACM201", "ACM202"}
"""A text that is no name has one fault, which one of these tells: another filling, another rule."""

ONE_COMPARISON = {"ACM601", "ACM602", "ACM604"}
"""These tell one comparison with what was issued: names that replace a certificate are the one's
word, an attribute that does the other's, and what a replacement would meet comes on top."""

TAKEN_BY_NO_SERVICE = {"ACM501", "ACM502", "ACM505", "ACM507", "ACM508"}
"""They are silent where the service takes no ACM certificate at all: that is ACM506's word."""

ONCE = {"ACM110", "ACM416", "ACM503"}
"""What stands in several places is told at the first."""


class Judged:
    """What is said of a draft: findings and skips by rule, at the places of the file with gaps."""

    def __init__(self, draft, origins=None):
        self.declaration = declaration(draft)
        findings, skips = Linter(as_of=CHECKED).judge(self.declaration)
        self.found = {(f.rule.id, place(f.path, origins)) for f in findings}
        self.skipped = {(s.rule.id, place(s.path, origins)) for s in skips}

    @property
    def has_malformed_names(self):
        """Whether some text among names and hosts is no name."""
        variant = self.declaration.variants[0]
        hosts = [host for consumer in variant.consumers for host in consumer.hosts]
        return any(isinstance(name, Malformed) for name in (*variant.request.names, *hosts))


def place(path, origins):
    """Return the path of what a value was filled into; the request is the top of every path."""
    whole = path if path[:1] in {("consumers",), ("zones",), ("caa",)} else ("request", *path)
    for depth in range(len(whole), 0, -1):
        if origins and whole[:depth] in origins:
            whole = origins[whole[:depth]] + whole[depth:]
            break
    return whole[1:] if whole[:1] == ("request",) else whole


def told_by_another(rule, path, whole):
    """Say whether another rule, or the same one elsewhere, has the word with the gaps filled."""
    told = {other for other, where in whole.found if where == path}
    return bool(
        (rule in ONE_TEXT and told & ONE_TEXT)
        or (rule in ONE_COMPARISON and ONE_COMPARISON & {other for other, _ in whole.found})
        or (rule in TAKEN_BY_NO_SERVICE and "ACM506" in told)
        or (rule in ONCE and rule in {other for other, _ in whole.found})
        # Left of a public suffix, a wildcard has worse to fear than that its parent is not covered.
        or (rule == "ACM203" and "ACM202" in told)
    )


def made_unreadable(rule, path, whole):
    """Say whether a filling spoilt what the rule went by: a text that is no name, or no record."""
    no_name = any(other in ONE_TEXT and where == path for other, where in whole.found)
    undecided = (rule, path) in whole.skipped
    return (
        no_name
        or (undecided and (whole.has_malformed_names or rule == "ACM413"))
        or (
            # A host is no name of the request, and has no rule that says it is none.
            whole.has_malformed_names and path[:1] == ("consumers",) and path[2:3] == ("hosts",)
        )
    )


def is_open(rule, path, partial):
    """Say whether a rule said that it cannot decide what stands at a path.

    What a place has to do with others it may say at one of these: at an unknown name of the same
    list, at the unknown member of the same option or consumer, at a field of the request.
    """
    rules = next((several for several in (ONE_TEXT, ONE_COMPARISON) if rule in several), {rule})
    scope = 2 if path[:1] == ("consumers",) else 1
    return any(
        other in rules
        and (rule not in ONE_TEXT or where == path[: len(where)])
        and (len(where) == 1 or where[:scope] == path[:scope])
        for other, where in partial.skipped
    )


def with_option(method, zone):
    """Return a draft of Terraform that gives a validation domain."""
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


@given(files())
@example((with_option(GAP, ZONE), {"${X}": "DNS"}))
@example((with_option(GAP, ZONE), {"${X}": "EMAIL"}))
@example((with_option("DNS", GAP), {"${X}": ZONE}))
@example((with_option("DNS", GAP), {"${X}": None}))
def test_what_is_found_in_part_is_found_in_full(drawn):
    """No finding about what is partly known is a false alarm, whatever the gaps are filled with."""
    draft, filling = drawn
    draft_in_full, origins = filled(draft, filling)
    partial, whole = Judged(draft), Judged(draft_in_full, origins)
    for rule, path in partial.found - whole.found:
        assert told_by_another(rule, path, whole) or made_unreadable(rule, path, whole), (
            rule,
            path,
        )


@given(files())
@example((with_option(GAP, ZONE), {"${X}": "DNS"}))
@example((with_option("DNS", GAP), {"${X}": None}))
def test_what_is_not_found_in_part_is_not_found_in_full_or_was_left_open(drawn):
    """No rule is silent about what some filling makes it find: it says that it cannot decide."""
    draft, filling = drawn
    draft_in_full, origins = filled(draft, filling)
    partial, whole = Judged(draft), Judged(draft_in_full, origins)
    for rule, path in whole.found - partial.found:
        compared = rule in ONE_COMPARISON and {r for r, _ in partial.found} & ONE_COMPARISON
        assert compared or is_open(rule, path, partial), (rule, path)
