"""The settings of files: those of the folders above, below the command line options."""

import os
from datetime import date
from pathlib import Path

import pytest
from tests.support.settings import DAY, lookup

from acmrules.cli.commands import settings as commands_settings
from acmrules.limits import Quotas
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.names import DomainName
from acmrules.suffix_lists import default_suffixes
from acmrules.workspace import file_settings
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import Settings, SettingsError


def test_variables_files_are_relative_to_the_settings_file(folder):
    """Paths of variables files are relative to their settings file; a missing file is a mistake."""
    (folder / "infra" / "prod.tfvars").write_text('name = "a.io"\n')
    (folder / ".acmrules.toml").write_text('[var-files]\n"infra/prod/" = ["infra/prod.tfvars"]\n')
    found = lookup()
    [source] = found.settings_of("infra/prod/main.tf").parameters.variable_files
    assert source.text == 'name = "a.io"\n'
    assert found.settings_of("infra/main.tf").parameters.variable_files == ()
    (folder / "infra" / "prod.tfvars").unlink()
    assert found.settings_of("infra/prod/other.tf").parameters.variable_files == (source,)
    for _ in range(2):
        with pytest.raises(SettingsError, match=r"prod\.tfvars"):
            (found := lookup()).settings_of("infra/prod/main.tf")


def test_the_nearest_baseline_is_found_unless_one_is_set(folder):
    """A baseline is found in the same folders as settings."""
    (folder / file_settings.BASELINE).write_text("{}")
    assert lookup().settings_of("infra/a.yaml").baseline == str(folder / file_settings.BASELINE)
    (folder / "infra" / ".acmrules.toml").write_text('baseline = "known.json"')
    assert lookup().settings_of("infra/a.yaml").baseline == str(folder / "infra" / "known.json")
    assert lookup().settings_of("a.yaml").baseline == str(folder / file_settings.BASELINE)


def linter(folder, text, path="a.yaml"):
    (folder / ".acmrules.toml").write_text(text)
    return lookup().settings_of(path).linter


def test_rules_are_selected_ignored_or_off(folder):
    """A rule with its own severity remains in force, and `off` disables it."""
    every = linter(folder, "")
    assert [rule for rule, _ in every.in_force] + every.not_in_force == [
        rule for rule in CATALOGUE if rule.force.at(DAY)
    ] + every.not_in_force
    some = linter(folder, 'select = ["ACM3"]\nignore = ["ACM30"]\nseverity.ACM302 = "note"')
    assert {rule.id for rule, _ in some.in_force} == {
        rule.id for rule in CATALOGUE if rule.id.startswith("ACM3") and rule.id[4] != "0"
    }
    off = linter(folder, 'severity = {ACM301 = "off", ACM302 = "note"}')
    assert "ACM301" not in {rule.id for rule, _ in off.in_force}
    assert off.severities == {"ACM302": Severity.NOTE}


def test_quotas_are_those_of_the_account_and_the_region(folder):
    """Each quota has the most specific value: for account and Region, either one, or all."""
    text = """
    account = {"prod/" = "111122223333"}
    [quotas]
    names = 20
    certificates = 3000
    eu-west-1.names = 30
    [quotas.111122223333]
    names = 40
    eu-west-1.names = 50
    """
    dev, prod = linter(folder, text), linter(folder, text, "prod/a.yaml")
    assert dev.quotas == Quotas(names=20, certificates=3000)
    assert dev.regional_quotas == {"eu-west-1": Quotas(names=30, certificates=3000)}
    assert prod.quotas == Quotas(names=40, certificates=3000)
    assert prod.regional_quotas == {"eu-west-1": Quotas(names=50, certificates=3000)}
    other = linter(folder, "quotas.111122223333.eu-west-1.names = 50")
    assert (other.quotas, other.regional_quotas) == (None, {})


def test_date_bar_and_policy_have_defaults(folder):
    """The default date is today, and the default bar is an error."""
    text = 'as-of = 2027-01-01\nfail-on = "note"\npolicy.zones = ["brightharbor.io"]'
    (folder / ".acmrules.toml").write_text(text)
    found = lookup().settings_of("a.yaml")
    assert (found.linter.as_of, found.fail_on) == (date(2027, 1, 1), Severity.NOTE)
    assert found.linter.policy.zones == (DomainName("brightharbor.io"),)
    assert found.linter is found.linter
    plain = SettingsResolver(Settings({}), DAY, default_suffixes).settings_of(
        str(folder.parent / "a.yaml")
    )
    assert (plain.as_of, plain.fail_on, plain.baseline) == (DAY, Severity.ERROR, None)


@pytest.mark.usefixtures("folder")
def test_the_settings_of_a_path_say_whether_it_is_excluded():
    """Files and folders can be excluded, but standard input cannot."""
    Path("infra/.acmrules.toml").write_text('exclude = ["prod/", "*.tpl"]\n')
    found = lookup()
    excluded = ("infra/prod/a.yaml", "infra/prod", "infra/b.tpl")
    assert all(found.settings_of(path).excluded for path in excluded)
    assert not any(found.settings_of(path).excluded for path in ("infra/a.yaml", "infra", "b.tpl"))
    *rows, last = commands_settings.as_text(found.settings_of("infra/prod")).splitlines()
    assert rows[0].split() == ["exclude", "prod/,", "*.tpl", "infra/.acmrules.toml:1"]
    assert last == "the path is excluded: nothing in it is checked"
    assert last not in commands_settings.as_text(found.settings_of("infra"))
    assert commands_settings.as_data(found.settings_of("infra"))[0]["value"] == ["prod/", "*.tpl"]
    os.chdir("infra")
    Path(".acmrules.toml").write_text('exclude = ["*"]\n')
    assert not lookup().settings_of("-").excluded
