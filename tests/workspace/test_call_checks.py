"""Checks of one call after the other: the same reports as for one call, with fewer look-ups."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acmrules import InvalidArgument, NotExpressible, lint
from acmrules.strategies import certificate_requests, invalid_requests
from acmrules.workspace import arguments
from acmrules.workspace.call_checks import CallChecks, state_of_settings
from acmrules.workspace.settings import SettingsError

DAY = date(2026, 11, 23)
OWN = Path(".acmrules.toml")
WRONG = {"DomainName": "localhost", "ValidationMethod": "DNS"}
RIGHT = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
REGIONS = ("eu-west-1", "us-east-1", "cn-north-1", None)
ONE = CallChecks({})


def check(checks, params=WRONG, region="eu-west-1", today=DAY):
    """Return the report of a request."""
    return checks.check(params, operation="RequestCertificate", region=region, today=today)


def rules(checks, params=WRONG, **where):
    """Return the ids of the rules that a request violates."""
    return [finding.rule.id for finding in check(checks, params, **where)]


@given(
    certificate_requests() | invalid_requests(),
    st.sampled_from(REGIONS),
    st.dates(date(2016, 1, 21), date(2030, 1, 1)),
)
def test_reports_are_those_of_single_checks(request, region, today):
    """However many calls were checked before, in whichever Regions and on whichever dates."""
    try:
        params = request.to_api()
    except NotExpressible:
        assume(False)
    expected = lint.check_params(params, region=region, today=today, settings={})
    assert check(ONE, params, region, today) == expected


@pytest.fixture
def look_ups(folder, monkeypatch):
    """Count the times that settings are looked up."""
    made = []
    resolver = arguments.resolver

    def counted(*given):
        made.append(given)
        return resolver(*given)

    monkeypatch.setattr(arguments, "resolver", counted)
    (folder / "infra" / ".git").mkdir()
    return made


def test_settings_are_looked_up_once_for_each_region(look_ups):
    """The files are read again only after a change."""
    OWN.write_text('ignore = ["ACM402"]')
    checks = CallChecks()
    for _ in range(3):
        for region in ("eu-west-1", "us-east-1"):
            check(checks, region=region)
    assert len(look_ups) == 2


@pytest.mark.parametrize("place", [".", "infra"])
def test_a_changed_file_applies_at_once(folder, monkeypatch, place):
    """A new file, new content, and no file, in the folder and above it."""
    monkeypatch.chdir(folder / place)
    checks = CallChecks()
    assert rules(checks) == ["ACM101"]
    settings = folder / "pyproject.toml"
    settings.write_text('[tool.acmrules]\nignore = ["ACM101"]')
    assert rules(checks) == []
    settings.write_text('[tool.acmrules]\nignore = ["ACM102"]\n')
    assert rules(checks) == ["ACM101"]
    settings.write_text('[tool.acmrules]\nignore = ["ACM1"]')
    assert rules(checks) == []
    settings.unlink()
    assert rules(checks) == ["ACM101"]


def test_another_working_folder_and_another_day_apply_at_once(folder, monkeypatch):
    """As for a command that starts there and then."""
    checks = CallChecks()
    OWN.write_text('ignore = ["ACM101"]')
    (folder / "infra" / OWN).write_text("")
    assert rules(checks) == []
    monkeypatch.chdir(folder / "infra")
    assert rules(checks) == ["ACM101"]
    assert check(checks).as_of == DAY
    assert check(checks, today=date(2027, 3, 15)).as_of == date(2027, 3, 15)


def test_a_named_file_is_found_from_every_folder(folder, monkeypatch):
    """Its path is that of the time when the checks were created."""
    named = folder / "own.toml"
    named.write_text('ignore = ["ACM101"]')
    checks = CallChecks("own.toml")
    monkeypatch.chdir(folder / "infra")
    assert rules(checks) == []
    named.write_text('ignore = ["ACM102"]')
    assert rules(checks) == ["ACM101"]
    named.unlink()
    with pytest.raises(SettingsError):
        rules(checks)


def test_a_mapping_is_that_of_the_creation():
    """A program may change it later."""
    settings = {"ignore": ["ACM101"], "policy": {"required-tags": []}}
    checks = CallChecks(settings)
    settings["ignore"].clear()
    settings["policy"]["required-tags"].append("Owner")
    assert rules(checks) == []


def test_wrong_settings_raise_until_they_are_right(folder):
    """No error is kept."""
    assert folder == Path.cwd()
    OWN.write_text("ignore = 5")
    checks = CallChecks()
    for _ in range(2):
        with pytest.raises(SettingsError):
            rules(checks)
    OWN.write_text("")
    assert rules(checks) == ["ACM101"]


def test_a_wrong_region_raises():
    """A string that cannot be a Region."""
    with pytest.raises(InvalidArgument, match="unknown Region `local`"):
        check(CallChecks({}), region="local")


def test_threads_share_checks():
    """Each thread has the reports that it would have alone."""
    checks = CallChecks({})
    calls = [(params, region) for params in (WRONG, RIGHT) for region in REGIONS] * 10
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(lambda call: check(checks, *call), calls)]
    assert found == [
        lint.check_params(params, region=region, today=DAY, settings={}) for params, region in calls
    ]


def test_each_thread_has_a_linter(folder):
    """A linter loads rules when it needs them, so two threads could load them twice."""
    assert folder == Path.cwd()
    checks = CallChecks()
    own = checks.settings_in(None, DAY)
    assert checks.settings_in(None, DAY) is own
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(checks.settings_in, None, DAY).result()
    assert other is not own


def test_globs_of_settings_apply_to_the_working_folder(folder, monkeypatch):
    """The same files determine other settings there."""
    OWN.write_text('region = { "infra/**" = "cn-north-1", "other/**" = "us-east-1" }')
    (folder / "other").mkdir()
    checks = CallChecks()
    for name, region in (("infra", "cn-north-1"), ("other", "us-east-1")):
        monkeypatch.chdir(folder / name)
        assert checks.settings_in(None, DAY).parameters.region == region


def test_the_state_has_all_files_up_to_the_checkout(folder):
    """A change above the checkout does not matter."""
    inner = folder / "infra" / "prod"
    before = state_of_settings(str(inner))
    (folder.parent / OWN).write_text("")
    assert state_of_settings(str(inner)) == before
    os.utime(folder)
    assert state_of_settings(str(inner)) == before
    (folder / OWN).write_text("")
    assert state_of_settings(str(inner)) != before
    (folder.parent / OWN).unlink()
