"""The rules of acmrules as rules of cfn-lint, in its real runner."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import cfnlint.api
import cfnlint.rules
import pytest
from tests.repository.test_transcripts import run_page, sessions
from tests.support.guards.cases import ALL
from tests.support.guards.cfnlint import SEVERITIES, matches, takes, templates
from tests.support.installing import install

import acmrules.guards.cfnlint as guard
from acmrules import lint
from acmrules.guards.cfnlint import results
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.rules.names import RULES as RULES_OF_NAMES
from acmrules.request import Tool

OF_CLOUDFORMATION = [r for r in CATALOGUE if r.tools is None or Tool.CLOUDFORMATION in r.tools]
OWN = [each for each in vars(guard).values() if isinstance(each, type) and hasattr(each, "id")]
CLASSES = {each.id: each for each in OWN if each.id}

SITE = """\
Parameters:
  Host: {Type: String}
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor
      ValidationMethod: EMAIL
  Other:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: bright_harbor.io
      ValidationMethod: EMAIL
"""
UNKNOWN = SITE.replace("DomainName: brightharbor\n", "DomainName: !Ref Host\n")
EDGE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.brightharbor.io, ValidationMethod: EMAIL}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [www.brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Run in an empty checkout, whose settings files and variables are those of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    return tmp_path


def ids(text, *words, name="site.yaml"):
    """Return the ids that cfn-lint reports for a template, by line."""
    Path(name).write_text(text, "utf-8")
    return [(each.linenumber, each.rule.id) for each in sorted_matches(name, *words)]


def sorted_matches(*words):
    return sorted(matches(*words), key=lambda each: (each.linenumber, each.rule.id))


def rules_of(text, *words):
    """Return the distinct ids that cfn-lint reports for a template."""
    return {rule for _, rule in ids(text, *words)}


def test_each_rule_has_a_class_of_each_of_its_severities():
    """The id begins with the letter of the severity, and ends with the id of the rule."""
    for rule in OF_CLOUDFORMATION:
        for era in rule.force:
            letter = guard.letter_of(era.value)
            assert SEVERITIES[letter] == str(era.value)
            assert CLASSES[f"{letter}{rule.id}"].shortdesc == rule.title
    known = {rule.id for rule in OF_CLOUDFORMATION}
    assert {each[1:] for each in CLASSES if each[4:] >= "100"} == known


@pytest.mark.parametrize("each", CLASSES.values(), ids=CLASSES)
def test_a_class_has_what_cfn_lint_prints(each):
    """A title, a description, a source and tags; cfn-lint knows the severity of the letter."""
    rule = each()
    assert rule.severity in {"error", "warning", "informational"}
    assert all((rule.shortdesc, rule.description, rule.tags))
    assert rule.source_url.startswith("https://")
    assert str(rule) == f"{each.__name__}: {rule.shortdesc}"
    assert vars(guard)[each.__name__] is each


@pytest.mark.parametrize("each", CLASSES.values(), ids=CLASSES)
def test_rules_can_be_pickled(each):
    """Other processes can receive a rule, its class, and the matches of it."""
    assert pickle.loads(pickle.dumps(each)) is each
    assert pickle.loads(pickle.dumps(each())).id == each.id


def test_matches_can_be_pickled():
    """A process that checks templates can return what it finds."""
    Path("site.yaml").write_text(SITE)
    found = matches("site.yaml")
    assert pickle.loads(pickle.dumps(found)) == found != []


def test_each_finding_has_the_letter_of_its_severity():
    """The classes that a rule has are enough for the findings of all case files."""
    letters = {str(severity): guard.letter_of(severity) for severity in lint.Severity}
    seen = set()
    for case in ALL:
        for name in templates(case):
            report = lint.check_text(case.texts[name], name=name, settings={})
            seen |= {(letters[str(f.severity)], f.rule.id) for f in report}
    assert {f"{letter}{rule}" for letter, rule in seen} <= CLASSES.keys()
    assert len(seen) > 15


def test_a_template_is_checked_once(monkeypatch):
    """The rules of a run share one check of each template."""
    checked = []
    check = results.check_paths

    def count(paths, **options):
        checked.extend(paths)
        return check(paths, **options)

    monkeypatch.setattr(results, "check_paths", count)
    for name in ("a.yaml", "b.yaml"):
        Path(name).write_text(SITE)
    found = matches("a.yaml", "b.yaml")
    assert checked == ["a.yaml", "b.yaml"]
    assert {each.filename for each in found} == {"a.yaml", "b.yaml"}


def test_a_result_has_the_place_of_the_value_and_its_path():
    """Both ends of the place, and the path from the root of the template."""
    ids(SITE)
    (found,) = (each for each in matches("site.yaml") if each.linenumber == 12)
    assert (found.columnnumber, found.linenumberend, found.columnnumberend) == (25, 12, 26)
    assert found.path == ["Resources", "Other", "Properties", "DomainName"]


@pytest.mark.parametrize("words", [("-i", "EACM101"), ("-i", "EACM"), ("-i", "E", "W", "I")])
def test_ignored_checks_are_left_out(words):
    """By id or by its beginning, as all checks."""
    assert "EACM101" in rules_of(SITE)
    assert "EACM101" not in rules_of(SITE, *words)


def test_mandatory_checks_are_reported():
    """Although they are ignored."""
    assert rules_of(SITE, "-i", "E", "W", "I", "-m", "EACM101") == {"EACM101"}


def test_notes_are_reported_on_request():
    """cfn-lint reports ids that begin with `I` if the option `-c` names them."""
    Path("site.yaml").write_text(UNKNOWN)
    words = ["site.yaml", "-a", "acmrules.guards.cfnlint", "-i", "E", "W"]
    config = cfnlint.config.ConfigMixIn(words)
    assert [*cfnlint.runner.Runner(config).run()] == []
    assert "IACM003" in rules_of(UNKNOWN)


def test_the_metadata_of_a_resource_suppresses_its_findings():
    """And no others: the path of a finding begins with its resource."""
    metadata = "    Metadata: {cfn-lint: {config: {ignore_checks: [EACM101]}}}\n"
    text = SITE.replace("  Site:\n", f"  Site:\n{metadata}")
    assert [line for line, rule in ids(text) if rule == "EACM101"] == [13]


def test_the_metadata_of_a_template_suppresses_findings():
    """Those of all resources."""
    text = f"Metadata: {{cfn-lint: {{config: {{ignore_checks: [EACM101]}}}}}}\n{SITE}"
    assert "EACM101" not in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        SITE.replace("bright_harbor.io", "bright_harbor.io  # acmrules: ignore[ACM101]: old"),
        SITE.replace("Other:\n", "Other:\n    Metadata: {acmrules: {ignore: ['ACM101: old']}}\n"),
    ],
)
def test_suppressions_of_acmrules_apply(text):
    """In comments, and in the metadata of a resource."""
    assert [line for line, rule in ids(text) if rule == "EACM101"] == [7]


def test_settings_apply():
    """The nearest ones, as in the command: rules, severities and the date."""
    Path(".acmrules.toml").write_text('ignore = ["ACM101"]\nas-of = 2018-01-01')
    assert rules_of(SITE) == {"IACM402"}


def test_other_settings_can_be_named():
    """With the configuration of the rule `EACM001`."""
    Path("ci.toml").write_text('ignore = ["ACM101"]')
    assert "EACM101" not in rules_of(SITE, "-x", "EACM001:settings=ci.toml")
    assert "EACM101" in rules_of(SITE)


def test_a_baseline_applies():
    """What it records is not reported, and what no longer occurs is a note."""
    Path("site.yaml").write_text(SITE)
    command = [sys.executable, "-m", "acmrules", "baseline", "site.yaml"]
    subprocess.run(command, check=True, capture_output=True)
    assert rules_of(SITE) == set()
    assert rules_of(SITE.replace("bright_harbor", "brightharbor")) == {"IACM004"}


def test_a_severity_of_the_settings_has_a_class():
    """The settings of the working directory add the letters that they need."""
    Path(".acmrules.toml").write_text('[severity]\nACM101 = "note"\nemail-validation = "off"')
    assert guard._configured() == {"ACM101": "I"}
    (rule,) = (each for each in RULES_OF_NAMES if each.id == "ACM101")
    assert guard._letters(rule, guard._configured()) == "EI"


def test_a_severity_without_a_class_has_the_nearest_one():
    """A finding is reported in any case, if other settings apply to its file."""
    Path(".acmrules.toml").write_text('[severity]\nACM101 = "note"')
    assert {rule for _, rule in ids(SITE) if rule.endswith("101")} == {"EACM101"}


def test_wrong_settings_of_the_working_directory_are_no_obstacle():
    """The rules are loaded, and each template reports what is wrong."""
    Path(".acmrules.toml").write_text("severity = 5")
    assert guard._configured() == {}
    found = matches("site.yaml") if ids(SITE) else []
    assert {each.rule.id for each in found} == {"EACM001"}
    assert "severity" in found[0].message


@pytest.mark.parametrize(
    ("words", "named", "found"),
    [
        (("-r", "eu-west-1"), {}, True),
        (("-r", "us-east-1"), {}, False),
        (("-r", "eu-west-1", "us-west-2"), {}, False),
        ((), {}, False),
        (("-r", "us-east-1", "-x", "EACM001:region=eu-west-1"), {}, True),
    ],
)
def test_the_region_is_the_only_one_of_cfn_lint(words, named, found, monkeypatch):
    """The certificate of a distribution must be in `us-east-1`."""
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert ("EACM501" in rules_of(EDGE, *words)) == found


def test_the_region_of_the_settings_wins():
    """Over the Region of cfn-lint, which is also that of its own checks."""
    Path(".acmrules.toml").write_text('region = "us-east-1"')
    assert "EACM501" not in rules_of(EDGE, "-r", "eu-west-1")


def test_the_default_region_is_not_a_known_one(monkeypatch):
    """By default, cfn-lint checks `us-east-1`; then the Region is unknown."""
    assert "IACM003" in rules_of(EDGE)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    assert "IACM003" not in rules_of(EDGE)


@pytest.mark.parametrize(
    ("text", "settings", "rule"),
    [
        (UNKNOWN, "", "IACM003"),
        (UNKNOWN, "strict = true", "EACM002"),
        (SITE, 'exclude = ["site.yaml"]', "IACM002"),
    ],
)
def test_what_is_not_checked_is_reported(text, settings, rule):
    """As information, or as an error if the settings are strict."""
    Path(".acmrules.toml").write_text(settings)
    assert rule in rules_of(text)


def test_an_undecided_check_names_the_value_and_the_rules():
    """In one line for each value, at its first use."""
    ids(UNKNOWN)
    (found,) = (each for each in matches("site.yaml") if each.rule.id == "IACM003")
    assert found.message.startswith("`Host` is unknown; undecided: ACM101, ")
    assert (found.linenumber, found.path[:2]) == (7, ["Resources", "Site"])


def test_the_values_of_a_parameter_file_apply():
    """If the version of cfn-lint has such files, and otherwise the values are unknown."""
    values = [{"ParameterKey": "Host", "ParameterValue": "c_d.brightharbor.io"}]
    Path("dev.json").write_text(json.dumps(values))
    has_files = hasattr(cfnlint.config.ConfigMixIn, "parameter_files")
    Path("site.yaml").write_text(UNKNOWN)
    words = ("--parameter-files", "dev.json") if has_files else ()
    lines = {each.linenumber for each in matches("site.yaml", *words) if "_d" in each.message}
    assert lines == ({7} if has_files else set())


def test_a_bug_is_a_warning(monkeypatch):
    """It is reported once, and cfn-lint reports no failed rule."""
    monkeypatch.setattr(results, "check_paths", lambda *_, **__: 1 / 0)
    assert ids(SITE) == [(1, "WACM005")]
    (found,) = matches("site.yaml")
    assert "ZeroDivisionError: division by zero at test_cfnlint.py:" in found.message


def test_a_template_without_certificates_has_no_results():
    """Nothing is reported about other resources."""
    assert ids("Resources: {Topic: {Type: 'AWS::SNS::Topic'}}") == []


CASES = [case for case in ALL if takes(case)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_template_without_a_file_has_the_same_results(case):
    """The API has only the values and the marks; places are those of the file."""
    case.write()
    own = cfnlint.rules.RulesCollection(include_rules=["I"])
    own.create_from_module("acmrules.guards.cfnlint")
    for name in templates(case):
        alone = [each for each in matches(name) if each.rule.id != "IACM002"]
        found = cfnlint.api.lint(case.texts[name], own)
        places = [(each.linenumber, each.columnnumber, each.rule.id) for each in alone]
        assert sorted(
            (each.linenumber, each.columnnumber, each.rule.id)
            for each in found
            if each.rule.id != "IACM002"
        ) == sorted(places)


def test_the_api_loads_the_rules():
    """With the configuration that the page shows."""
    found = cfnlint.api.lint(SITE, config={"append_rules": ["acmrules.guards.cfnlint"]})
    assert {each.linenumber for each in found if each.rule.id == "EACM101"} == {7, 12}


def test_a_json_template_has_the_places_of_its_file():
    """With a file and without, also if cfn-lint needs its own JSON reader for tabs."""
    template = {
        "Resources": {
            "Site": {
                "Type": "AWS::CertificateManager::Certificate",
                "Properties": {"DomainName": "a_b.brightharbor.io", "ValidationMethod": "EMAIL"},
            }
        }
    }
    text = json.dumps(template, indent=2)
    assert (6, "EACM101") in ids(text, name="site.json")
    (found,) = (each for each in matches("site.json") if each.rule.id == "EACM101")
    assert found.columnnumber == 25
    tabs = json.dumps(template, indent="\t")
    assert (6, "EACM101") in ids(tabs, name="site.json")
    own = cfnlint.rules.RulesCollection()
    own.create_from_module("acmrules.guards.cfnlint")
    assert 6 in {each.linenumber for each in cfnlint.api.lint(tabs, own)}


def cfn_lint(*words, text="", **more):
    """Run the command of cfn-lint, and return its exit code and its output."""
    program = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run(
        [program, *words],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | more,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout


LOADED = ("-a", "acmrules.guards.cfnlint")


@pytest.mark.slow
def test_the_command_checks_files():
    """Its exit code has a bit for each severity; its formats contain the findings."""
    Path("site.yaml").write_text(SITE)
    code, out = cfn_lint("site.yaml", *LOADED, "--format", "parseable")
    assert code & 2
    assert "site.yaml:7:19:7:31:EACM101:`brightharbor` is a single label" in out
    _, out = cfn_lint("site.yaml", *LOADED, "--format", "json")
    assert {each["Rule"]["Id"] for each in json.loads(out)} >= {"EACM101"}


WRITERS = ("jschema-to-python==1.2.3", "junit-xml==1.9", "sarif-om==1.0.4", "attrs==26.1.0")
"""What cfn-lint needs for some formats, next to the versions of all other tests."""


@pytest.mark.slow
def test_the_command_writes_other_formats(folder):
    """SARIF and JUnit have the findings."""
    install(*WRITERS, target="writers", needed=True)
    Path("site.yaml").write_text(SITE)
    path = str(folder / "writers")
    _, out = cfn_lint("site.yaml", *LOADED, "--format", "sarif", PYTHONPATH=path)
    found = json.loads(out)["runs"][0]["results"]
    assert "EACM101" in {each["ruleId"] for each in found}
    _, out = cfn_lint("site.yaml", *LOADED, "--format", "junit", PYTHONPATH=path)
    assert "EACM101" in out


@pytest.mark.slow
def test_the_page_has_the_output_of_its_commands(folder, monkeypatch):
    """In a shell that finds the program of cfn-lint."""
    bin_folder = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    page = "docs/pages/guards/cfn-lint.md"
    assert run_page(page, folder) == sessions(page) != []


@pytest.mark.slow
def test_the_command_checks_standard_input():
    """With its settings in `.cfnlintrc`."""
    Path(".cfnlintrc").write_text("append_rules: [acmrules.guards.cfnlint]\ninclude_checks: [I]\n")
    code, out = cfn_lint("--format", "parseable", text=UNKNOWN)
    assert code & 2
    assert ":12:25:12:26:EACM101:" in out
    assert ":7:19:7:28:IACM003:`Host` is unknown" in out


@pytest.mark.slow
def test_the_command_checks_templates_of_sam():
    """Places are those of the file, before the transformation."""
    Path("site.yaml").write_text(f"Transform: AWS::Serverless-2016-10-31\n{SITE}")
    _, out = cfn_lint("site.yaml", *LOADED, "--format", "parseable")
    assert "site.yaml:8:19:8:31:EACM101:" in out


@pytest.mark.slow
def test_the_command_lists_the_rules():
    """Next to its own ones."""
    code, out = cfn_lint(*LOADED, "--list-rules")
    assert code == 0
    assert "\nEACM101: A name is not a valid domain name." in out
    assert "\nE3012: " in out
