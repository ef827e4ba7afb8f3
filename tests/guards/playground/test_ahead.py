"""The topic `dates`: when the findings change."""

from datetime import date, timedelta

import pytest
from tests.support.guards import cases, playground
from tests.support.playground import ask, parts

from acmrules.facts.fact import LAUNCH
from acmrules.guards.playground import ahead
from acmrules.guards.playground.ahead import LAST
from acmrules.lint.forecast import change_dates
from acmrules.lint.rules import CATALOGUE
from acmrules.workspace.given_files import GivenFiles
from acmrules.workspace.run import Stages

CASES = [case for case in cases.ALL if playground.takes(case)]
EMAIL = {"a.json": '{"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}'}


def severities(files, day):
    """Return the number of findings of each severity, as the page counts them."""
    summary = ask(files, asOf=str(day))["report"]["summary"]
    return {name: summary[name] for name in ("errors", "warnings", "notes")}


def test_a_change_is_one_sentence():
    """It has the rule, the place, the message and the source."""
    found = ask(EMAIL, "dates")["dates"]
    assert [each["date"] for each in found] == ["2016-01-21", "2026-03-15", "2028-03-15"]
    assert found[0]["changes"] == []
    [change] = found[-1]["changes"]
    assert change.startswith("ACM402 changes from warning to error at a.json:1:")
    assert change.endswith("(source: CA/Browser Forum TLS Baseline Requirements)")


def test_findings_begin_and_end():
    """DNS validation did not exist at first, and names in reverse zones were allowed."""
    found = ask({"a.json": EMAIL["a.json"].replace("EMAIL", "DNS")}, "dates")["dates"]
    assert found[0]["errors"] == 1
    assert found[1]["changes"][0].startswith("ACM410 ends, and was error at a.json")
    _, last = ask({"names.txt": "1.2.0.192.in-addr.arpa\n"}, "dates")["dates"]
    assert (last["date"], last["errors"]) == ("2026-03-15", 1)
    assert last["changes"][0].startswith("ACM108 begins as error at names.txt:1:1")


@pytest.mark.parametrize("case", CASES[::9], ids=repr)
def test_between_two_dates_nothing_changes(case):
    """The counts are those of `check` on each date, and on the day before the next one."""
    files = {**case.texts, cases.SETTINGS: case.settings}
    found = ask(files, "dates")["dates"]
    days = [date.fromisoformat(each["date"]) for each in found]
    assert days == sorted({*days})
    ends = [*(day - timedelta(days=1) for day in days[1:]), LAST]
    for each, first, last in zip(found, days, ends, strict=True):
        counts = {name: each[name] for name in ("errors", "warnings", "notes")}
        assert counts == severities(files, first) == severities(files, last)
        assert first == days[0] or each["changes"]


def test_only_dates_of_changes_are_checked(monkeypatch):
    """Each date costs a check, so there are few, and a file is read once."""
    checked, was_read = [], []
    lint, read = Stages.lint, GivenFiles.read

    def counted(self, *arguments):
        checked.append(1)
        return lint(self, *arguments)

    def noted(self, path):
        was_read.append(path)
        return read(self, path)

    monkeypatch.setattr(Stages, "lint", counted)
    monkeypatch.setattr(GivenFiles, "read", noted)
    ask(EMAIL, "dates")
    assert len(checked) == 1 + len(change_dates(CATALOGUE, LAUNCH, LAST))
    assert was_read == ["a.json"]


def test_a_long_answer_comes_in_parts(monkeypatch):
    """Each part checks at least one date, and together they are the whole answer."""
    whole = ask(EMAIL, "dates")
    monkeypatch.setattr(ahead, "PART_SECONDS", 0)
    found = [*parts(EMAIL, "dates")]
    assert len(found) == 2 + len(change_dates(CATALOGUE, LAUNCH, LAST))
    assert found[-1] == whole
    assert all(each["dates"] == [] for each in found[:-1])


def test_another_question_between_parts(monkeypatch):
    """A check does not begin the answer again, and other texts have an answer of their own."""
    other = {"a.json": EMAIL["a.json"].replace("EMAIL", "DNS")}
    whole, whole_of_other = ask(EMAIL, "dates"), ask(other, "dates")
    monkeypatch.setattr(ahead, "PART_SECONDS", 0)
    found = []
    for number, each in enumerate(parts(EMAIL, "dates")):
        found.append(each)
        if number == 3:
            assert ask(EMAIL)["findings"]
    assert len(found) == 2 + len(change_dates(CATALOGUE, LAUNCH, LAST))
    assert found[-1] == whole
    assert not next(parts(EMAIL, "dates"))["isComplete"]
    assert ask(other, "dates") == whole_of_other


def test_another_date_continues_the_answer(monkeypatch):
    """The answer is about all dates, so a question on another one continues it."""
    monkeypatch.setattr(ahead, "PART_SECONDS", 0)
    count = len([*parts(EMAIL, "dates")])
    assert not next(parts(EMAIL, "dates", asOf="2018-01-01"))["isComplete"]
    assert len([*parts(EMAIL, "dates", asOf="2029-01-01")]) == count - 1
