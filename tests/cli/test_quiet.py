"""Less output: `--quiet`, `--min-severity` and `--exit-zero`."""

import json

import pytest
from tests.support.commands import GOOD, read, write

# An error, a warning, and two notes.
NAMES = "a_b.brightharbor.io\nA.brightharbor.io\n*.brightharbor.io\nx.example.com\n"
PEOPLE = ("text", "concise", "grouped")


@pytest.mark.parametrize("form", PEOPLE)
def test_a_quiet_run_prints_only_findings(form, run):
    """What it prints is the beginning of the whole output."""
    write("names.txt", NAMES)
    code, whole, _ = run("check", "names.txt", "--format", form)
    quiet = run("check", "names.txt", "--format", form, "-q")
    assert (quiet[0], quiet[2]) == (code, "")
    assert quiet[1].strip()
    assert whole.startswith(quiet[1])
    assert "certificate request" in whole.removeprefix(quiet[1])
    assert run("check", "names.txt", "--format", form, "-qq") == (code, "", "")


@pytest.mark.parametrize("form", PEOPLE)
def test_a_quiet_run_without_findings_prints_nothing(form, run):
    """The exit code is the answer, also for a run that checks nothing."""
    write("site.yaml", GOOD)
    write("other.yaml", "x: 1\n")
    assert run("check", "site.yaml", "-q", "--format", form) == (0, "", "")
    assert run("check", "other.yaml", "-q", "--format", form) == (0, "", "")
    assert "nothing was checked" in run("check", "other.yaml", "--format", form)[2]


@pytest.mark.parametrize("quiet", ["-q", "-qq"])
def test_a_quiet_run_that_checks_too_little_says_why(quiet, run):
    """Exit code 2 always has a reason."""
    write("site.yaml", GOOD)
    write("other.yaml", "x: 1\n")
    write("x.json", "{")
    write("infra/y.json", '{"DomainName": "a.io", "ValidationMethod": "DNS"')
    code, out, err = run("check", "other.yaml", quiet, "--fail-on-nothing")
    assert (code, out) == (2, "")
    assert err.startswith("acmrules: nothing was checked in 1 .yaml file\n")
    code, out, err = run("check", "site.yaml", "x.json", "infra", quiet, "--strict")
    assert (code, out) == (2, "")
    assert err.count("acmrules: warning: infra/y.json") == 1
    assert "acmrules: not checked: x.json: the file is JSON that ends" in err
    assert err.count("\n") == 2
    assert run("check", "site.yaml", "x.json", quiet) == (0, "", "")


def test_what_is_requested_is_printed_in_a_quiet_run(run):
    """`--statistics` and `--show-undecided` are requests."""
    write("names.txt", NAMES)
    assert "rule    count" in run("check", "names.txt", "-q", "--statistics")[1]
    assert " skipped ACM" in run("check", "names.txt", "-q", "--show-undecided")[1]


def test_a_low_terminal_does_not_make_a_quiet_run_longer(run, monkeypatch):
    """Statistics are there on request only."""
    write("names.txt", NAMES)
    monkeypatch.setenv("LINES", "1")
    assert "rule    count" not in run("check", "names.txt", "-q")[1]


def test_formats_for_programs_are_complete(run):
    """A quiet run prints the same, a silent one writes the same into a file."""
    write("names.txt", NAMES)
    whole = run("check", "names.txt", "--format", "json")[1]
    assert run("check", "names.txt", "--format", "json", "-q")[1] == whole
    assert run("check", "names.txt", "--format", "json=out", "-qq")[1:] == ("", "")
    assert read("out") == whole


def test_problems_with_inputs_are_always_printed(run):
    """A warning is printed in a quiet run, but not in a silent one."""
    write("infra/names.txt", NAMES)
    write("infra/broken.json", '{"DomainName": "a.io", "ValidationMethod": "DNS"')
    warned = run("check", "infra", "-q")
    assert warned[2].startswith("acmrules: warning: infra/broken.json")
    assert run("check", "infra", "-qq") == (warned[0], "", "")
    code, _, err = run("check", "infra/broken.json", "gone.json", "-qq")
    assert (code, err.count("\n")) == (2, 2)


def test_other_commands_print_their_answer_without_remarks(run):
    """A silent run has only an exit code."""
    write("site.yaml", GOOD)
    write("other.yaml", "x: 1\n")
    words = ("coverage", "site.yaml", "other.yaml")
    assert run(*words, "-q")[:2] == run(*words)[:2]
    assert run(*words, "-qq") == (0, "", "")
    assert run("baseline", "site.yaml", "-q") == (0, "", "")
    write("names.txt", NAMES)
    assert run("check", "names.txt", "-q", "--fix")[2] == ""


def test_a_quiet_comparison_has_no_summary(run):
    """Without a change, it prints nothing."""
    write("a.yaml", GOOD)
    write("b.yaml", GOOD.replace("ValidationMethod: DNS", "ValidationMethod: EMAIL"))
    assert run("compare", "a.yaml", "a.yaml", "-q") == (0, "", "")
    whole, quiet = run("compare", "a.yaml", "b.yaml"), run("compare", "a.yaml", "b.yaml", "-q")
    assert whole[1].startswith(quiet[1])
    assert whole[1].removeprefix(quiet[1]).strip().startswith("1 certificate: ")


@pytest.mark.parametrize("least", ["note", "warning", "error"])
@pytest.mark.parametrize("bar", ["note", "warning", "error"])
def test_findings_below_the_least_severity_are_counted(least, bar, run):
    """The exit code is that of all findings, and each format has the same ones."""
    write("names.txt", NAMES)
    words = ("check", "names.txt", "--fail-on", bar, "--format", "json")
    code, whole, _ = run(*words)
    shown = run(*words, "--min-severity", least)
    assert shown[0] == code == 1
    order = ["note", "warning", "error"]
    data, everything = json.loads(shown[1]), json.loads(whole)
    expected = [
        each
        for each in everything["findings"]
        if order.index(each["severity"]) >= order.index(least)
    ]
    assert data["findings"] == expected
    hidden = len(everything["findings"]) - len(expected)
    assert data["summary"]["hidden"] == hidden
    counts = sum(data["summary"][f"{severity}s"] for severity in order)
    assert counts == len(expected)


def test_a_run_with_hidden_findings_is_not_called_clean(run):
    """The summary says how many there are."""
    write("names.txt", "A.brightharbor.io\n")
    out = run("check", "names.txt", "--min-severity", "error")[1]
    assert "1 certificate request in 1 file: nothing to show\n" in out
    assert "1 finding hidden by --min-severity\n" in out
    assert "hidden" not in run("check", "names.txt", "--min-severity", "warning")[1]


def test_a_forecast_shows_hidden_findings(run):
    """A note of today may be an error later."""
    write("site.yaml", GOOD.replace("Method: DNS", "Method: EMAIL"))
    words = ("check", "site.yaml", "--until", "2029-04-01", "--min-severity", "error")
    out = run(*words, "--as-of", "2026-11-23")[1]
    assert "2028-03-15" in out


def test_findings_do_not_fail_a_run_with_exit_zero(run):
    """Other exit codes stay."""
    write("names.txt", NAMES)
    assert run("check", "names.txt", "--exit-zero")[:2] == (0, run("check", "names.txt")[1])
    assert run("check", "names.txt", "--exit-zero", "--diff")[0] == 0
    assert run("check", "names.txt", "gone.txt", "--exit-zero")[0] == 2
    assert run("check", "names.txt", "--exit-zero", "--region")[0] == 2
    write("other.yaml", "x: 1\n")
    assert run("check", "other.yaml", "--exit-zero", "--fail-on-nothing")[0] == 2


def test_bugs_keep_their_exit_code(run, monkeypatch):
    """A crash is never a success."""

    def broken(*_):
        raise RuntimeError("x")

    write("names.txt", NAMES)
    monkeypatch.setattr("acmrules.reports.findings.render", broken)
    assert run("check", "names.txt", "--exit-zero")[0] == 3


def test_other_commands_have_exit_zero(run):
    """Those that exit with 1 if they find a problem."""
    question = ("coverage", "a.brightharbor.io", "--", "b.brightharbor.io")
    assert run(*question)[0] == 1
    assert run("coverage", "--exit-zero", *question[1:])[0] == 0


def test_junit_has_the_result_of_the_run(run):
    """What does not fail the run is a passed test, whatever settings files say."""
    write("infra/names.txt", NAMES)
    write("strict/names.txt", NAMES)
    write("strict/.acmrules.toml", 'fail-on = "note"\n')
    failures = {}
    for folder in ("infra", "strict"):
        out = run("check", f"{folder}/names.txt", "--format", "junit")[1]
        failures[folder] = out.count("<failure ")
        assert out.count("<testcase ") == 4
    assert failures == {"infra": 1, "strict": 4}
    out = run("check", "strict/names.txt", "--format", "junit", "--fail-on", "warning")[1]
    assert out.count("<failure ") == 2


@pytest.mark.parametrize(
    ("limit", "failures"), [("impossible", 0), ("replacement", 1), ("in-place", 1)]
)
def test_junit_has_the_result_of_a_comparison(limit, failures, run):
    """The effects that fail the run are failures."""
    write("a.yaml", GOOD)
    write("b.yaml", GOOD.replace("io\n", "www.brightharbor.io\n", 1))
    code, out, _ = run("compare", "a.yaml", "b.yaml", "--format", "junit", "--fail-on", limit)
    assert (code, min(1, out.count("<failure "))) == (failures, failures)
