"""The settings files that apply to a path."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.settings import OPTION, lookup

from acmrules.workspace import resolver
from acmrules.workspace.settings import Settings, SettingsError


def region(path, options=None):
    return lookup(options).settings_of(path).parameters.region


PLACES = ("", "infra", "infra/prod")


FORMS = {
    ".acmrules.toml": 'region = "{}"\n',
    "pyproject.toml": '[tool.acmrules]\nregion = "{}"\n',
}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(PLACES), st.sampled_from([*FORMS])), st.integers(1, 9)
    ),
    st.booleans(),
)
def test_the_nearest_file_wins_and_options_win_over_all(tmp_path_factory, written, is_given):
    """Of two files in one folder, the dedicated one takes precedence."""
    root = tmp_path_factory.mktemp("checkout")
    (root / ".git").mkdir()
    (root / "infra" / "prod").mkdir(parents=True)
    for (place, name), number in written.items():
        (root / place / name).write_text(FORMS[name].format(f"eu-west-{number}"))
    for depth, place in enumerate(PLACES):
        near = [written.get((above, name)) for above in PLACES[depth::-1] for name in FORMS]
        number = next(filter(None, near), None)
        expected = "eu-north-1" if is_given else number and f"eu-west-{number}"
        assert region(str(root / place / "a.yaml"), OPTION if is_given else None) == expected


def test_the_search_ends_at_the_root_of_the_checkout(folder):
    """Settings files above the checkout do not apply."""
    (folder / ".acmrules.toml").write_text('region = "eu-west-1"')
    (folder / "infra" / ".git").write_text("gitdir: elsewhere")
    assert region("infra/prod/a.yaml") is None
    assert region("a.yaml") == region("-") == region(".") == "eu-west-1"


def test_other_projects_are_skipped(folder, monkeypatch):
    """A project file that does not mention acmrules is not parsed."""
    (folder / ".acmrules.toml").write_text('region = "eu-west-1"')
    (folder / "infra" / "pyproject.toml").write_text("[tool.ruff]\n")
    assert region("infra/a.yaml") == "eu-west-1"
    (folder / "infra" / "pyproject.toml").write_text(
        '[project]\nname = "acmrules"\n[tool]\nx = 1\n'
    )
    assert region("infra/a.yaml") == "eu-west-1"
    (folder / ".acmrules.toml").unlink()
    (folder / "infra" / "pyproject.toml").write_text("not TOML, not acmrules'")
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert region("infra/a.yaml") is None


def test_a_settings_file_that_is_a_pipe_is_ignored(folder):
    """A settings file that is a pipe without a writer does not block the lookup."""
    os.mkfifo(folder / ".acmrules.toml")
    assert region("a.yaml") is None


def test_each_folder_is_read_once(folder, monkeypatch):
    """Files share their settings if no nearer settings file differs."""
    found = lookup()
    first = found.settings_of("infra/a.yaml")
    monkeypatch.setattr(resolver.os.path, "exists", None)
    monkeypatch.setattr(resolver.files, "read_bytes", None)
    assert found.settings_of("infra/b.yaml") is first
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert found.settings_of("infra/prod/a.yaml") is first


def test_files_with_the_same_settings_share_their_mistakes(folder):
    """All files below a broken settings file raise the same error, so it is reported once."""
    (folder / ".acmrules.toml").write_text("x = 1")
    (folder / "infra" / "pyproject.toml").write_bytes(b"# tool.acmrules \xff")
    found = lookup()
    for path in ("a.yaml", "infra/a.yaml"):
        with pytest.raises(SettingsError) as one:
            found.settings_of(path)
        with pytest.raises(SettingsError) as other:
            found.settings_of(path)
        assert one.value is other.value


def test_unreadable_settings_are_reported(folder, monkeypatch):
    """Files with unreadable settings are not checked with the settings of a folder above."""
    Path("infra/.acmrules.toml").write_text('region = "eu-west-1"\n')

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    found = lookup()
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SettingsError) as wrong:
        found.settings_of("infra/a.yaml")
    assert [*map(str, wrong.value.mistakes)] == ["infra/.acmrules.toml: permission denied"]
    assert found.settings_of(str(folder / "a.yaml")).parameters.region is None


NAMED = {
    "conf/.acmrules.toml": 'region = "eu-west-1"\n',
    "conf/pyproject.toml": '[tool.acmrules]\nregion = "eu-west-1"\n',
    "conf/own.toml": 'region = "eu-west-1"\n',
    "conf/tools.toml": '[tool.acmrules]\nregion = "eu-west-1"\n',
}


@pytest.mark.parametrize("name", NAMED)
def test_a_named_settings_file_applies_to_every_path(folder, name):
    """It may have any name; the nearest settings files do not apply."""
    (folder / "conf").mkdir()
    (folder / name).write_text(NAMED[name])
    (folder / "infra" / ".acmrules.toml").write_text('region = "eu-west-2"')
    fixed = resolver.settings_in(name)
    assert lookup(fixed=fixed).settings_of("infra/a.yaml").parameters.region == "eu-west-1"
    assert lookup(OPTION, fixed=fixed).settings_of("a.yaml").parameters.region == "eu-north-1"


def test_paths_in_a_named_settings_file_are_relative_to_it(folder):
    """Globs match below its folder, and a baseline is next to it."""
    (folder / "infra" / "own.toml").write_text(
        'exclude = ["prod"]\nbaseline = "b.json"\n[region]\n"*.yaml" = "eu-west-1"\n'
    )
    finds = lookup(fixed=resolver.settings_in("infra/own.toml"))
    assert finds.settings_of("infra/prod/a.yaml").excluded
    assert not finds.settings_of("prod/a.yaml").excluded
    assert finds.settings_of("infra/a.yaml").parameters.region == "eu-west-1"
    assert finds.settings_of("a.yaml").parameters.region is None
    assert finds.settings_of("a.yaml").baseline == str(folder / "infra" / "b.json")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("pyproject.toml", "[tool.ruff]\n", "pyproject.toml: has no settings for acmrules"),
        ("pyproject.toml", 'region = "eu-west-1"', "pyproject.toml: has no settings for acmrules"),
        ("own.toml", "[tool.ruff]\n", "own.toml: has no settings for acmrules"),
        ("own.toml", "", "own.toml: has no settings for acmrules"),
        ("own.toml", "selekt = 1", "own.toml:1:1: unknown setting `selekt`"),
        ("own.toml", "=", "own.toml:1:1: is not TOML"),
        ("own.toml", "\0\xff", "own.toml"),
        ("infra", None, "infra: is not a regular file"),
        ("gone.toml", None, "gone.toml: no such file"),
    ],
)
def test_a_named_file_without_settings_is_an_error(folder, name, text, message):
    """The error has the file, and the position if there is one."""
    if text is not None:
        (folder / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        resolver.settings_in(name)
    assert str(caught.value.mistakes[0]).startswith(message)


def test_isolated_files_have_no_settings_and_no_baseline(folder):
    """Options still apply."""
    (folder / ".acmrules.toml").write_text('region = "eu-west-1"')
    (folder / ".acmrules-baseline.json").write_text("{}")
    found = lookup(OPTION, fixed=Settings({}), finds_baselines=False).settings_of("a.yaml")
    assert found.parameters.region == "eu-north-1"
    assert found.baseline is None
    assert {*found.stated} == {("region",)}
