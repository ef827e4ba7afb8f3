"""The lists of rules: those that are always loaded, and those that few certificates need."""

from datetime import date
from pathlib import Path

import pytest

from acmrules.facts.fact import CHECKED
from acmrules.lint import rules
from acmrules.lint.linter import Linter
from acmrules.lint.rule import NEEDS_OF_CONTEXT
from acmrules.lint.rules import ALWAYS, CATALOGUE, ON_DEMAND, load
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool


def test_each_rule_is_in_one_list():
    """What is not loaded always is loaded on demand."""
    listed = [*ALWAYS, *(each for module in ON_DEMAND for each in load(module))]
    assert sorted(listed, key=lambda each: each.id) == [*CATALOGUE]


def test_each_module_of_rules_is_in_one_list():
    """A module that no list has would never be checked."""
    listed = {*ON_DEMAND, *(each.check.__module__.rpartition(".")[2] for each in ALWAYS)}
    folder = Path(rules.__file__).parent
    declaring = {
        path.stem for path in folder.glob("*.py") if "\nRULES = " in path.read_text("utf-8")
    }
    assert declaring == listed


@pytest.mark.parametrize("module", ON_DEMAND)
def test_a_rule_on_demand_needs_something_of_its_module(module):
    """So without all of that, the module is not needed; and a need is a field of a value."""
    for each in load(module):
        assert each.needs & ON_DEMAND[module], each
        assert each.needs - ON_DEMAND[module] <= {need for rule in ALWAYS for need in rule.needs}
    known = {*NEEDS_OF_CONTEXT, *CertificateRequest._fields, "suppression"}
    assert known >= ON_DEMAND[module]


@pytest.mark.parametrize("module", ON_DEMAND)
def test_a_rule_on_demand_is_in_force_since_the_last_review(module):
    """A rule that is not in force is reported even if it is not needed."""
    for each in load(module):
        assert each.force.at(CHECKED) is not None
        assert all(era.value is not None for era in each.force if era.start > CHECKED)


@pytest.mark.parametrize("as_of", [CHECKED, date(2026, 1, 1)])
def test_all_rules_are_known_to_a_linter(as_of):
    """The rules in force include those that no certificate has needed yet."""
    linter = Linter(as_of=as_of)
    complete = Linter(as_of=as_of, rules=CATALOGUE)
    assert linter.in_force == complete.in_force
    assert linter.not_in_force == complete.not_in_force


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_the_rules_that_are_loaded_find_what_all_rules_find(rule):
    """Loading rules on demand leaves nothing out, whatever was checked before."""
    shared = Linter()
    for example in rule.examples:
        if rule.on == "suppression" or example.as_of is not None:
            continue
        policy = example.context.get("policy")
        context = {key: each for key, each in example.context.items() if key in Variant._fields}
        variant = Variant(None, (), {}).__replace__(request=example.request, **context)
        tool = example.context.get("tool", Tool.API)
        declaration = Declaration(None, tool, "", (variant,))
        everything = Linter(rules=CATALOGUE, policy=policy).check(declaration)
        assert Linter(policy=policy).check(declaration) == everything
        if policy is None:
            assert shared.check(declaration) == everything
        assert (rule in {each.rule for each in everything[0]}) or example.at is None
