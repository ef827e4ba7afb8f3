"""The JSON Schema files of the package: current, valid, and as strict as the code.

Run this module as a program to write them.
"""

import contextlib
import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.support.reports import reports
from tests.support.schema_files import FOLDER, files, plain
from tests.support.schemas import refusal
from tests.test_cases import CASES, parts, run_command

from acmrules.errors import InvalidArgument
from acmrules.lint.rules import CATALOGUE
from acmrules.workspace.schemas import SCHEMAS, schema_text
from acmrules.workspace.settings import NAMES, SettingsError
from acmrules.workspace.settings_file import stated

ROOT = Path(__file__).parents[2]


@cache
def validator(name):
    """Return the validator of a schema."""
    return Draft202012Validator(
        json.loads(schema_text(name)), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def refused(name, data):
    """Return the messages of a schema."""
    return [error.message for error in validator(name).iter_errors(data)]


def test_the_files_are_current():
    """They are what `python tests/update.py schemas` writes."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")} == files()
    assert {f"{name}.json" for name in SCHEMAS} == {*files()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid(name):
    """Both validators accept it as a schema of draft 2020-12."""
    Draft202012Validator.check_schema(json.loads(schema_text(name)))
    assert refusal("check_jsonschema", "--check-metaschema", str(FOLDER / f"{name}.json")) == ""


def test_an_unknown_schema_is_refused():
    """The error suggests a name."""
    with pytest.raises(InvalidArgument, match="unknown schema `setting`; did you mean `settings`"):
        schema_text("setting")


class TestReports:
    """The schema of the report."""

    @given(reports())
    def test_any_report_is_valid(self, drawn):
        """Each member that the code writes is in the schema, with its type."""
        assert refused("report", drawn.to_dict()) == []

    @given(reports(), st.data())
    def test_each_member_is_required(self, drawn, data):
        """A report without one of its members is refused."""
        written = drawn.to_dict()
        written.pop(data.draw(st.sampled_from([*written])))
        assert refused("report", written)

    @pytest.mark.parametrize(
        "case", [case for case in CASES if parts(case)[1][0] == "check"], ids=lambda case: case.stem
    )
    def test_the_report_of_each_case_is_valid(self, case):
        """The command prints what the schema describes, with a forecast too."""
        _, words, texts, _ = parts(case)
        words = [word for word in words if not word.startswith("--show")]
        with contextlib.suppress(ValueError):
            at = words.index("--format")
            del words[at : at + 2]
        if not {"--diff", "--fix", "--statistics"}.isdisjoint(words):
            return
        printed = run_command([*words, "--format", "json"], texts)
        assert refused("report", json.loads(printed.rpartition("exit code")[0])) == []


def _blocks():
    """Yield each block of TOML in the pages, with its page."""
    for page in sorted([*(ROOT / "docs" / "pages").glob("*.md"), ROOT / "README.md"]):
        for text in re.findall(
            r"^```toml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            yield pytest.param(text, id=f"{page.stem}:{text.splitlines()[0][:30]}")


class TestSettings:
    """The schema of the settings."""

    @pytest.mark.parametrize("text", [*_blocks()])
    def test_the_settings_of_the_pages_are_valid(self, text):
        """Each block is a `pyproject.toml`, or the settings themselves."""
        data = plain(tomllib.loads(text))
        own = data.get("tool", {}).get("acmrules", data if {*data} <= {*NAMES} else {})
        assert refused("settings", own) == []

    def test_each_setting_is_in_the_schema(self):
        """In the order of the table of settings."""
        assert [*json.loads(schema_text("settings"))["properties"]] == [*NAMES]

    def test_each_rule_may_have_a_severity(self):
        """By id and by name."""
        words = {word: "off" for rule in CATALOGUE for word in (rule.id, rule.name)}
        assert refused("settings", {"severity": words}) == []
        assert refused("settings", {"severity": {"ACM999": "off"}})

    @given(st.data())
    def test_the_schema_refuses_what_the_reader_refuses(self, data):
        """Unknown keys, wrong types, and values of another form are refused by both."""
        settings = data.draw(_settings())
        assert bool(refused("settings", settings)) == _is_refused(settings)


def _is_refused(settings):
    try:
        stated(settings, "/srv")
    except SettingsError:
        return True
    return False


@cache
def _settings():
    """Draw settings, most of them with one mistake or none."""
    words = st.sampled_from(
        [
            *("DNS", "ACM101", "acm1", "ACM999", "error", "warning", "off", "note", "eu-west-1"),
            *(
                "eu-west",
                "111122223333",
                "1111",
                "2026-03-15",
                "2015-01-01x",
                "a.io",
                "EC_prime256v1",
            ),
            *("common-name-too-long", "charts/", "x y"),
        ]
    )
    scalars = words | st.booleans() | st.integers(-2, 120) | st.just(1.5)
    lists = st.lists(scalars, max_size=2) | st.lists(words, max_size=2)
    keys = st.sampled_from(
        [
            *("names", "certificates", "eu-west-1", "111122223333", "ACM101", "zones", "max-names"),
            *("validation-methods", "apart", "first", "required-tags", "terraform", "workspace"),
            *("Stage", "prod/", "wildcard-zones", "key-algorithms"),
        ]
    )
    values = st.recursive(
        scalars | lists, lambda each: st.dictionaries(keys, each, max_size=2), max_leaves=4
    )
    names = st.sampled_from([*NAMES]) | st.sampled_from(["selekt", "acmrules"])
    return st.dictionaries(names, values, max_size=2)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in files().items():
        (FOLDER / file).write_text(text, "utf-8")
