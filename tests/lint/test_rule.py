"""The laws of the catalogue: what every rule owes to its readers and users."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.requests import certificate_requests, contexts
from tests.support.rules import RULES

from acmrules.facts import all_facts
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Timeline
from acmrules.lint.linter import Linter
from acmrules.lint.rule import Context, Decided, Problem, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules import CATALOGUE
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Consumer
from acmrules.suffix_lists import default_suffixes
from acmrules.unresolved import Unresolved

EXAMPLES = [
    (rule, example) for rule in CATALOGUE for example in rule.examples if rule.on != "suppression"
]
DAYS = st.sampled_from([LAUNCH, date(2018, 1, 1), CHECKED, date(2029, 6, 1)])
BY_ARITHMETIC = {"ACM305", "ACM104", "ACM201"}
"""Rules that follow from a confirmed pattern or number although no source states them."""


def linter_and_declaration(example):
    """Return the linter of an example, and the example as a declaration."""
    fields = dict(example.context)
    linter = Linter(
        as_of=example.as_of or CHECKED,
        quotas=fields.pop("quotas", None),
        issued=fields.pop("issued", None),
        policy=fields.pop("policy", None),
    )
    tool = fields.pop("tool", Tool.API)
    variant = Variant(example.request, locations={}, **{"consumers": (), **fields})
    return linter, Declaration(None, tool, "", (variant,))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", ""))
def test_every_example_has_its_result(rule, example):
    """A failing example is reported at its path, and a passing one is not reported."""
    linter, declaration = linter_and_declaration(example)
    findings, _ = linter.check(declaration)
    found = {finding.path for finding in findings if finding.rule == rule}
    assert found == (set() if example.at is None else {example.at})


@pytest.mark.parametrize(
    ("rule", "example"),
    EXAMPLES,
    ids=lambda value: getattr(value, "id", ""),
)
def test_every_finding_has_help(rule, example):
    """The help is an instruction with its values filled in, without a full stop."""
    linter, declaration = linter_and_declaration(example)
    findings, _ = linter.check(declaration)
    for finding in findings:
        if finding.rule == rule:
            assert finding.help
            assert "{" not in finding.help
            assert not finding.help.endswith(".")
            assert not finding.help[0].isupper()


def test_every_rule_declares_its_help():
    """`explain` and the page of the rule include it."""
    assert all(rule.help for rule in CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_yields_to_other_rules_of_the_catalogue(rule):
    """The ids in `yields_to` exist, and a rule never yields to itself."""
    assert rule.yields_to <= RULES.keys() - {rule.id}


def test_ids_are_unique_and_sorted():
    """The catalogue is sorted by id."""
    ids = [rule.id for rule in CATALOGUE]
    assert ids == sorted(set(ids))
    assert len({rule.name for rule in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_has_a_title_and_examples(rule):
    """The title is one sentence under 80 characters, and there are examples of both kinds."""
    assert rule.title.endswith(".")
    assert rule.title[:-1].count(". ") == 0
    assert len(rule.title) < 80
    assert {example.at is None for example in rule.examples} == {True, False}
    assert rule.name == rule.name.lower()
    assert repr(rule) == f"<{rule.id} {rule.name}>"


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_rests_on_facts_that_are_cited(rule):
    """Every citation has an address and the day it was read, and every fact is in the list."""
    assert bool(rule.facts) is (rule.on != "suppression")
    assert set(rule.facts) <= set(all_facts())
    for era in rule.force:
        assert era.source.url.startswith("https://")
        assert era.source.read <= CHECKED
    assert rule.url.startswith("https://")


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_without_a_confirmed_fact_is_at_most_a_note(rule):
    """A rule may be more if it follows from a confirmed fact by arithmetic."""
    if rule.facts and not any(f.is_confirmed for f in rule.facts) and rule.id not in BY_ARITHMETIC:
        assert rule.force.at(CHECKED) is Severity.NOTE


class Spy:
    """A subject that records which of its fields are read."""

    def __init__(self, subject):
        self.subject, self.read = subject, set()

    def __getattr__(self, name):
        self.read.add(name)
        return getattr(self.subject, name)

    def known_names(self):
        """Read the names."""
        self.read.add("names")
        return self.subject.known_names()

    @property
    def is_private(self):
        """Read the ARN of the CA."""
        self.read.add("certificate_authority_arn")
        return self.subject.is_private


ALWAYS = {"spellings", "certificate_authority_arn", "__class__", "region", "names"}
"""What the engine itself reads, and what a rule on consumers may know of the request."""


@given(certificate_requests(), contexts(), DAYS)
def test_a_check_reads_only_its_declared_fields(request, surroundings, as_of):
    """The linter relies on `reads` to report a rule as undecided."""
    context = Context(as_of=as_of, suffixes=default_suffixes(), request=request, **surroundings)
    for each in CATALOGUE:
        # What needs the issued request compares every field with it.
        if each.on != "request" or each.force.at(as_of) is None or "issued" in each.needs:
            continue
        needed = [getattr(context, need, getattr(request, need, None)) for need in each.needs]
        if any(value in {None, ()} or isinstance(value, Unresolved) for value in needed):
            continue
        spy = Spy(request)
        list(each.check(spy, context))
        assert spy.read - ALWAYS <= each.reads, each


@given(certificate_requests(), contexts(), DAYS)
def test_no_check_raises_on_any_request(request, surroundings, as_of):
    """Every rule returns for every request, and no path has both a finding and a skip."""
    surroundings = dict(surroundings)
    tool, issued = surroundings.pop("tool"), surroundings.pop("issued")
    variant = Variant(request, locations={}, **surroundings)
    linter = Linter(as_of=as_of, issued=issued)
    findings, skips = linter.check(Declaration(None, tool, "", (variant,)))
    found = {(finding.rule.id, finding.path) for finding in findings}
    assert not found & {(skip.rule.id, skip.path) for skip in skips}
    for finding in findings:
        assert finding.message == finding.message.strip()
        assert not finding.message.endswith(".")
        assert finding.message[0] == "`" or not finding.message[0].isupper() or _is_proper(finding)
    backwards = Linter(as_of=as_of, issued=issued, rules=reversed(CATALOGUE))
    assert set(backwards.check(Declaration(None, tool, "", (variant,)))[0]) == set(findings)


def _is_proper(finding):
    """Return whether a message begins with a proper name."""
    proper = (
        "ACM ",
        "AWS's ",
        "App Mesh",
        "HTTP ",
        "Amazon ",
        "CloudFront",
        "VPC",
        "Verified",
        "Classic",
        "Cognito",
        "AppSync",
        "IoT",
    )
    services = ("Transfer", "Client", "Nitro", "Amplify", "App", "Lightsail", "EKS", "Elastic")
    return finding.message.startswith(proper + services + ("Global", "Network"))


@given(certificate_requests(), DAYS)
def test_severities_change_on_the_first_day_of_an_era_only(request, as_of):
    """The severity is the same on all days of an era."""
    del request
    for each in CATALOGUE:
        era = each.force.era(as_of)
        if era is not None:
            assert each.force.at(era.start) is era.value


def test_a_rule_is_declared_by_its_function():
    """Name, title, explanation and history are declared together."""
    fact = RULES["ACM301"].facts[0]

    @rule("ACM999", Severity.NOTE, facts=(fact,), reads={"names"}, examples=tuple)
    def an_offence(request, context):
        """Show the offence.

        What to do
        about it.
        """
        del request, context
        yield Decided(())

    assert (an_offence.id, an_offence.name, an_offence.title) == (
        "ACM999",
        "an-offence",
        "Show the offence.",
    )
    assert an_offence.explanation == "What to do\nabout it."
    assert isinstance(an_offence.force, Timeline)
    assert an_offence.force.eras[0].source == fact.source
    assert len({an_offence, an_offence}) == 1
    assert an_offence != "ACM999"


def test_an_example_splits_fields_by_request_and_context():
    """Fields of the context are those of the context; all others are fields of the request."""
    failing = fails("a.io", at=("names", 0), region="eu-west-1", tool=Tool.NAMES)
    assert failing.request == CertificateRequest.of(["a.io"], region="eu-west-1")
    assert failing.context == {"tool": Tool.NAMES}
    assert passes(consumers=(Consumer("alb", "x"),)).request is None


def test_severities_are_ordered_and_print_as_words():
    """An error is worse than a warning, and a warning is worse than a note."""
    assert Severity.ERROR > Severity.WARNING > Severity.NOTE
    assert list(map(str, Severity)) == ["note", "warning", "error"]


def test_problems_and_skips_survive_pickling():
    """Problems and skips can be sent between processes."""
    for item in (Problem(("names", 0), "x"), Undecided((), "y"), Decided(())):
        assert pickle.loads(pickle.dumps(item)) == item
