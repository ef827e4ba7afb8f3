"""Options as settings, and operands as paths."""

import os
from datetime import UTC, date, datetime

import pytest
from tests.support.commands import write_all

from acmrules.cli import overrides
from acmrules.cli.options import CheckOptions, InputOptions
from acmrules.cli.parser import UsageError
from acmrules.cli.table import CompareOptions
from acmrules.errors import NoSuffixList
from acmrules.lint.rule import Severity
from acmrules.workspace.settings import ExcludePatterns, Setting


def test_no_option_overrides_nothing():
    """Settings files apply as they are."""
    assert overrides.settings(CheckOptions()) == {}
    assert overrides.settings(CompareOptions(git="HEAD", paths=("x",))) == {}


def test_every_option_overrides_its_setting(tmp_path, monkeypatch):
    """Each value has the option as its origin."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tfvars").write_text('a = "b"\n')
    found = overrides.settings(
        CheckOptions(
            exclude=("charts/",),
            select=("ACM1",),
            as_of=date(2027, 1, 1),
            region="eu-west-1",
            parameters=(("Name", "a.io"),),
            var_files=("a.tfvars",),
            quotas=(("names", 50),),
            baseline="b.json",
            fail_on=Severity.NOTE,
            fail_on_nothing=True,
            strict=True,
        )
    )
    assert found == {
        ("exclude",): Setting(ExcludePatterns(os.getcwd(), ("charts/",)), "--exclude"),
        ("select",): Setting(("ACM1",), "--select"),
        ("ignore",): Setting((), "--select"),
        ("as-of",): Setting(date(2027, 1, 1), "--as-of"),
        ("region",): Setting("eu-west-1", "--region"),
        ("parameters", "Name"): Setting("a.io", "--param"),
        ("var-files",): Setting(("a.tfvars",), "--var-file"),
        ("quotas", "names"): Setting(50, "--quota"),
        ("baseline",): Setting("b.json", "--baseline"),
        ("fail-on",): Setting(Severity.NOTE, "--fail-on"),
        ("fail-on-nothing",): Setting(True, "--fail-on-nothing"),
        ("strict",): Setting(True, "--strict"),
    }


def test_ignored_rules_are_ignored_even_if_selected():
    """`--ignore` is stronger than the empty one that `--select` implies."""
    found = overrides.settings(InputOptions(select=("ACM1",), ignore=("ACM101",)))
    assert found["ignore",] == Setting(("ACM101",), "--ignore")


def test_the_null_device_is_no_baseline():
    """It turns off the baseline of a settings file, too."""
    found = overrides.settings(CheckOptions(baseline=os.devnull))
    assert found["baseline",] == Setting(None, "--baseline")


def test_errors_are_reported_before_any_file_is_read():
    """A missing file of variables and a missing suffix list are errors of their options."""
    with pytest.raises(UsageError, match=r"option `--var-file`: no\.tfvars: no such file"):
        overrides.settings_resolver(InputOptions(var_files=("no.tfvars",)))
    with pytest.raises(NoSuffixList, match="nowhere"):
        overrides.settings_resolver(InputOptions(suffix_list="nowhere"))


def test_a_date_replaces_that_of_the_options():
    """A forecast checks the same files as of each date."""
    options = InputOptions(as_of=date(2026, 1, 1))
    assert overrides.settings_resolver(options).settings_of("a").as_of == date(2026, 1, 1)
    later = overrides.settings_resolver(options, date(2027, 1, 1))
    assert later.settings_of("a").as_of == date(2027, 1, 1)


def test_the_default_date_is_today():
    """It is the date of the local time zone."""
    assert overrides.date_or_today(date(2020, 1, 1)) == date(2020, 1, 1)
    before = datetime.now().astimezone().date()
    assert before <= overrides.date_or_today(None) <= datetime.now().astimezone().date()


def test_the_default_moment_is_now():
    """A date of an option is its first moment in UTC, and the clock is read in whole seconds."""
    assert overrides.moment_or_now(date(2020, 1, 1)) == datetime(2020, 1, 1, tzinfo=UTC)
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= overrides.moment_or_now(None) <= datetime.now(UTC)


def test_a_clock_before_acm_is_an_error(monkeypatch):
    """On a date before ACM launched, no rule applies, so every check would pass."""

    class Reset(date):
        @classmethod
        def today(cls):
            return cls(1970, 1, 1)

    monkeypatch.setattr("datetime.date", Reset)
    with pytest.raises(UsageError, match=r"the clock shows 1970-01-01, before ACM launched"):
        overrides.date_or_today(None)


@pytest.mark.parametrize(
    ("word", "is_path"),
    [
        ("a.io", False),
        ("infra/a.io", True),
        ("site.yaml", True),
        ("names.txt", True),
        ("-", True),
        ("here", True),
        ("nowhere", False),
        ("here.tf", True),
        ("nowhere.tf", False),
        ("here.io", False),
        (".", True),
    ],
)
def test_a_path_is_distinguished_from_a_name(word, is_path, tmp_path, monkeypatch):
    """An argument that could be a name is a path only if it exists."""
    monkeypatch.chdir(tmp_path)
    for name in ("here", "here.tf", "here.io"):
        (tmp_path / name).mkdir()
    assert overrides.is_path(word) is is_path


BAD = "a_b.brightharbor.io\n"


@pytest.mark.parametrize("command", ["check", "validation", "coverage", "calendar", "plan"])
def test_a_wrong_settings_file_is_reported_before_files_are_read(run, command):
    """All its mistakes are printed, whatever the command."""
    write_all({"a.txt": BAD, "own.toml": 'selekt = 1\nregion = "mars"\n'})
    code, out, err = run(command, "a.txt", "--config", "own.toml")
    assert (code, out) == (2, "")
    assert "own.toml:1:1: unknown setting `selekt`; did you mean `select`?" in err
    assert "own.toml:2:1: `region`" in err
    code, out, err = run(command, "a.txt", "--config", "gone.toml")
    assert (code, out, err) == (2, "", "acmrules: gone.toml: no such file or directory\n")


def test_a_settings_file_is_chosen_by_an_option(run):
    """It replaces the nearest one, or none applies, but not both."""
    write_all({"a.txt": BAD, "x/own.toml": 'ignore = ["ACM101"]\n'})
    assert run("check", "a.txt")[0] == 1
    assert run("check", "a.txt", "--config", "x/own.toml")[0] == 0
    write_all({".acmrules.toml": 'ignore = ["ACM101"]\n'})
    assert run("check", "a.txt")[0] == 0
    assert run("check", "a.txt", "--isolated")[0] == 1
    code, _, err = run("check", "a.txt", "--isolated", "--config", "x/own.toml")
    assert (code, err) == (2, "acmrules: use either `--config` or `--isolated`\n")


def test_an_isolated_run_uses_only_the_baseline_of_an_option(run):
    """The baseline next to the file is not used."""
    write_all({"a.txt": BAD})
    assert run("baseline", "a.txt")[0] == 0
    assert run("check", "a.txt")[0] == 0
    assert run("check", "a.txt", "--isolated")[0] == 1
    assert run("check", "a.txt", "--isolated", "--baseline", ".acmrules-baseline.json")[0] == 0


def test_the_output_never_replaces_the_settings_file(run):
    """The file is read, so it is no place for a report."""
    write_all({"a.txt": BAD, "own.toml": 'ignore = ["ACM101"]\n'})
    code, _, err = run("check", "a.txt", "--config", "own.toml", "-o", "own.toml")
    assert (code, "own.toml" in err) == (2, True)
