"""All templates of an app are checked in one run, with the settings of the app."""

import json
import os
from datetime import date

import pytest
from tests.support import assemblies
from tests.support.assemblies import certificate, stack

from acmrules.guards.cdk.assembly import check_templates, of_app, with_nested
from acmrules.lint import SettingsError

NESTED = {"Inner": {"Resources": {"Deep": certificate("localhost")}}}
BAD = {"Resources": {"Cert": certificate("a_b.brightharbor.io")}}


@pytest.fixture
def app(tmp_path, monkeypatch):
    """Return the folder of an app, which is the current folder."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_templates_of_nested_stacks_follow_those_of_their_stacks(tmp_path):
    """The CDK does not pass them; each is checked once."""
    paths = assemblies.write(tmp_path, A=stack(nested=NESTED), B=stack(nested=NESTED), C=stack())
    inner = str(tmp_path / "Inner.nested.template.json")
    found = with_nested([paths["A"], paths["B"], paths["A"], paths["C"]])
    assert found == [paths["A"], inner, paths["B"], paths["C"]]
    assert with_nested(["no/such.template.json"]) == ["no/such.template.json"]


def test_a_template_of_an_older_run_is_not_checked(tmp_path):
    """A folder of an assembly keeps the templates of stacks that the app had earlier."""
    paths = assemblies.write(tmp_path, A=stack())
    (tmp_path / "Old.nested.template.json").write_text("{")
    assert with_nested([paths["A"]]) == [paths["A"]]


def app_with_stage(folder):
    """Write an app with a stage, and return the templates of both, by stack."""
    stage = assemblies.write(folder / "assembly-Prod", Site=stack(nested=NESTED), Other=stack())
    own = assemblies.write(folder, Certs=stack())
    manifest = folder / "manifest.json"
    data = json.loads(manifest.read_text())
    for number, name in enumerate(("assembly-Prod", "..", "", 5)):
        properties = {"directoryName": name}
        data["artifacts"][f"Stage{number}"] = {
            "type": "cdk:cloud-assembly",
            "properties": properties,
        }
    manifest.write_text(json.dumps(data))
    return own | stage


@pytest.mark.parametrize("name", ["Certs", "Site", "Other"])
def test_every_template_of_the_app_is_checked(tmp_path, monkeypatch, name):
    """The templates that the CDK passes are the first ones, whichever they are."""
    paths = app_with_stage(tmp_path)
    everything = {*paths.values(), str(tmp_path / "assembly-Prod" / "Inner.nested.template.json")}
    found = of_app([paths[name]])
    assert found[0] == paths[name]
    assert sorted(found) == sorted(everything)
    monkeypatch.chdir(tmp_path)
    relative = os.path.relpath(paths[name])
    assert of_app([relative])[0] == relative
    assert len(of_app([relative])) == len(everything)


@pytest.mark.parametrize("place", ["app/cdk.out", "elsewhere"])
def test_the_settings_of_the_app_apply_wherever_the_assembly_is(tmp_path, app, place):
    """Without the command line of the CDK, the assembly is in a temporary folder."""
    (app / ".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    paths = assemblies.write(tmp_path / place, A=stack(template=BAD))
    assert not check_templates(paths.values()).findings
    (app / ".acmrules.toml").write_text('fail-on = "nothing"\n')
    with pytest.raises(SettingsError):
        check_templates(paths.values())
    (app / ".acmrules.toml").unlink()
    assert [each.rule.id for each in check_templates(paths.values())] == ["ACM101"]


def test_the_nearest_settings_of_an_assembly_in_the_app_apply(app):
    """As for `acmrules check`."""
    (app / ".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    paths = assemblies.write(app / "part" / "cdk.out", A=stack(template=BAD))
    (app / "part" / ".acmrules.toml").write_text('fail-on = "note"\n')
    assert [each.rule.id for each in check_templates(paths.values())] == ["ACM101"]


def test_settings_and_a_date_can_be_passed(tmp_path, app):
    """They replace the settings file, and override the date."""
    (app / ".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    paths = assemblies.write(tmp_path, A=stack(template=BAD))
    report = check_templates(paths.values(), settings={}, as_of=date(2026, 1, 2))
    assert report.as_of == date(2026, 1, 2)
    assert [each.rule.id for each in report] == ["ACM101"]


def test_the_rules_of_today_apply(tmp_path, app):
    """A synthesis is about now."""
    assert check_templates([]).as_of == date.today()  # noqa: DTZ011  (that of the user)
    paths = assemblies.write(tmp_path / "cdk.out", A=stack(template=BAD))
    assert check_templates(paths.values(), today=date(2026, 2, 3)).as_of == date(2026, 2, 3)
    (app / ".acmrules.toml").write_text("as-of = 2026-01-02\n")
    assert check_templates(paths.values(), settings=".acmrules.toml").as_of == date(2026, 1, 2)
