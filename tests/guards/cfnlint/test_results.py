"""The report about a template, with the values of parameters."""

import gc
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from cfnlint.decode import decode
from cfnlint.template import Template

from acmrules.guards.cfnlint.results import Options, results_of

TEXT = """\
Parameters:
  Host: {Type: String}
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: !Ref Host, ValidationMethod: EMAIL}
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Return a template in a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("site.yaml").write_text(TEXT)
    tree, _ = decode("site.yaml")
    return Template("site.yaml", tree)


def found(template, *sets, options=Options()):  # noqa: B008  (a value)
    """Return the messages about a template by id, with sets of parameters."""
    sets = [SimpleNamespace(parameters=values) for values in sets]
    template.context = SimpleNamespace(parameter_sets=sets)
    return [(each.rule, each.message) for each in results_of(template, options, {})]


def ids(*arguments, **options):
    return {rule for rule, _ in found(*arguments, **options)}


def test_the_values_of_parameters_apply(template):
    """Those of a parameter file or a deployment file, which cfn-lint has read."""
    assert "IACM003" in ids(template)
    given = ids(template, {"Host": "bright_harbor.io"})
    assert "EACM101" in given
    assert "IACM003" not in given


def test_each_set_of_parameters_is_checked(template):
    """What several sets have in common is one result."""
    both = found(template, {"Host": "a_b.brightharbor.io"}, {"Host": "localhost"})
    assert len({message for rule, message in both if rule == "EACM101"}) == 2
    assert len(both) == len(set(both))


@pytest.mark.parametrize(("value", "text"), [(5, "5"), (["a", "b"], "a,b")])
def test_a_value_of_another_type_is_text(template, value, text):
    """As the option `--param` has it."""
    assert any(f"`{text}`" in message for _, message in found(template, {"Host": value}))


@pytest.mark.parametrize(
    ("options", "said"),
    [(Options(settings="none.toml"), "none.toml"), (Options(region="mars-1"), "mars-1")],
)
def test_a_wrong_configuration_is_reported(template, options, said):
    """As an error about the guard."""
    ((rule, message),) = found(template, options=options)
    assert rule == "EACM001"
    assert said in message


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(template, is_enabled):
    """Also if the check fails."""
    was_enabled = gc.isenabled()
    (gc.enable if is_enabled else gc.disable)()
    try:
        found(template)
        assert found(template, options=Options(region="mars-1"))
        assert gc.isenabled() == is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()


def test_a_template_whose_file_does_not_exist_is_checked_as_text(template):
    """A program may pass a name of its own."""
    Path("site.yaml").unlink()
    assert "EACM101" in ids(template, {"Host": "bright_harbor.io"})


def test_a_file_that_cannot_be_read_is_reported(template):
    """Such as one that changed after cfn-lint read it."""
    Path("site.yaml").write_text("Resources: [")
    (result,) = results_of(template, Options(), {})
    assert result.rule == "EACM001"
    assert result.message.startswith("site.yaml:1:13: is not valid YAML")
    assert result.place == (1, 13, 1, 14)


def test_an_error_in_another_file_names_it_and_has_no_place_in_the_template(template):
    """Such as a baseline; its lines are not those of the template."""
    Path(".acmrules.toml").write_text('baseline = "known.json"')
    Path("known.json").write_text("{\n")
    (result,) = (each for each in results_of(template, Options(), {}) if each.rule == "EACM001")
    assert result.place is None
    assert re.search(r"known\.json:2:1: is not a baseline", result.message)
