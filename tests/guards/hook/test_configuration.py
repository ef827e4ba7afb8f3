"""The configuration of the hook by environment variables."""

import os

import pytest

from acmrules.guards.hook.configuration import HookConfiguration
from acmrules.guards.hook.faults import HookFault
from acmrules.lint import Severity


def test_without_variables_the_settings_decide():
    """An empty variable is like none, as the template of the example sets it."""
    empty = dict.fromkeys(("ACMRULES_CONFIG", "ACMRULES_FAIL_ON", "ACMRULES_ON_FAILURE"), "")
    for environ in ({}, empty):
        assert HookConfiguration.of(environ) == HookConfiguration(None, None, False)


def test_variables_set_the_severity_and_the_answer_to_faults():
    """Each has few words."""
    environ = {"ACMRULES_FAIL_ON": "warning", "ACMRULES_ON_FAILURE": "allow"}
    assert HookConfiguration.of(environ) == HookConfiguration(None, Severity.WARNING, True)
    assert not HookConfiguration.of({"ACMRULES_ON_FAILURE": "fail"}).allows_faults


def test_the_settings_are_in_the_package(tmp_path):
    """A variable names another file, relative to the package or absolute."""
    root = {"LAMBDA_TASK_ROOT": str(tmp_path)}
    assert HookConfiguration.of(root).settings is None
    (tmp_path / ".acmrules.toml").touch()
    assert HookConfiguration.of(root).settings == str(tmp_path / ".acmrules.toml")
    named = root | {"ACMRULES_CONFIG": "prod.toml"}
    assert HookConfiguration.of(named).settings == str(tmp_path / "prod.toml")
    other = os.path.join(os.sep, "opt", "acm.toml")
    assert HookConfiguration.of(root | {"ACMRULES_CONFIG": other}).settings == other


@pytest.mark.parametrize(
    ("name", "word", "message"),
    [
        (
            "ACMRULES_FAIL_ON",
            "warnin",
            "the environment variable `ACMRULES_FAIL_ON` is `warnin`; did you mean `warning`?",
        ),
        (
            "ACMRULES_ON_FAILURE",
            "x",
            "the environment variable `ACMRULES_ON_FAILURE` is `x`; use one of `fail`, `allow`",
        ),
    ],
)
def test_a_wrong_word_has_a_suggestion(name, word, message):
    """It is a fault, because a guess could allow what the user forbids."""
    with pytest.raises(HookFault) as caught:
        HookConfiguration.of({name: word})
    assert str(caught.value) == message
