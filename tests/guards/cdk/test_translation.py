"""The report of acmrules as the report of a policy validation plugin."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.support import assemblies
from tests.support.assemblies import certificate, stack
from tests.support.guards import cases
from tests.support.guards import cdk as driver

from acmrules.guards.cdk.assembly import check_templates
from acmrules.guards.cdk.translation import plugin_report, with_stacks
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees

ROOT = Path(__file__).parents[3]
CORPUS = sorted((ROOT / "tests" / "corpus" / "cdk").rglob("*.template.json"))
DOCS = "https://github.com/acmrules/acmrules/blob/v"


def checked(folder, settings=None, **stacks):
    """Return the report of the plugin for an assembly."""
    paths = assemblies.write(folder, **stacks)
    report = check_templates(paths.values(), settings=settings or {})
    return plugin_report(report.to_dict(), report.exit_code, [*paths.values()])


def template(**resources):
    return {"Resources": resources}


def test_a_finding_is_a_violation_with_its_resource_and_its_fix(tmp_path):
    """The path is that of the value in the resource, as the CDK writes paths."""
    found = checked(tmp_path, A=stack(template=template(Cert=certificate("localhost"))))
    [violation] = found["violations"]
    page = f"{DOCS}{found['pluginVersion']}/docs/pages/rules/ACM101.md"
    assert violation["violatingResources"] == [
        {
            "resourceLogicalId": "Cert",
            "templatePath": str(tmp_path / "A.template.json"),
            "locations": ["Properties.DomainName"],
        }
    ]
    assert violation["ruleName"] == "ACM101"
    assert violation["severity"] == "error"
    assert violation["description"] == "`localhost` is a single label; at least two are needed"
    assert violation["fix"].endswith(f"\nsee {page}")
    assert violation["ruleMetadata"]["documentation"] == page
    assert not found["success"]
    assert found["metadata"]["certificate requests"] == "1"


def test_checks_that_wait_for_a_name_are_one_violation(tmp_path):
    """Those that wait for no name have their own."""
    for host, start in (
        ({"Ref": "Host"}, "`Host` is unknown: "),
        ("a_b.io", "ACM203: it is unknown whether another name covers `www.lighthouse.io`"),
    ):
        own = certificate(host, SubjectAlternativeNames=["*.www.lighthouse.io"])
        content = {"Parameters": {"Host": {"Type": "String"}}, **template(Cert=own)}
        found = checked(tmp_path, A=stack("aws://111122223333/eu-west-1", content))
        [shown] = [each for each in found["violations"] if each["ruleName"] == "undecided"]
        assert shown["description"].startswith(start)


def test_a_rule_without_a_source_has_none(tmp_path):
    """Its page is linked all the same."""
    paths = assemblies.write(tmp_path, A=stack(template=template(Cert=certificate("localhost"))))
    data = check_templates(paths.values(), settings={}).to_dict()
    assert plugin_report(data, 1, [])["violations"][0]["ruleMetadata"]["source"]
    found = plugin_report(of_another_version(data), 1, [])
    assert "source" not in found["violations"][0]["ruleMetadata"]
    assert [each["description"] for each in found["violations"]][1] == "only 16 were checked"


def test_equal_findings_are_one_violation_with_several_resources(tmp_path):
    """The CDK counts the resources of a violation as occurrences."""
    both = template(A=certificate("localhost"), B=certificate("localhost"))
    found = checked(tmp_path, A=stack(template=both), B=stack(template=both))
    rules = [(each["ruleName"], len(each["violatingResources"])) for each in found["violations"]]
    assert ("ACM101", 4) in rules
    assert len({rule for rule, _ in rules}) == len(rules)


@pytest.mark.parametrize(
    ("settings", "success"),
    [({}, True), ({"fail-on": "note"}, False), ({"fail-on": "warning"}, True)],
)
def test_the_settings_decide_which_severity_fails(tmp_path, settings, success):
    """A note is a violation of the severity `info`, whether it fails or not."""
    found = checked(tmp_path, settings, A=stack(template=template(C=certificate("*.b.io"))))
    assert [(each["ruleName"], each["severity"]) for each in found["violations"]] == [
        ("ACM203", "info")
    ]
    assert found["success"] is success


def test_an_unresolved_name_is_undecided(tmp_path):
    """The name of a token is unknown, so it is reported as that, and never as wrong."""
    name = certificate({"Fn::Join": ["", ["www.", {"Ref": "Domain"}]]})
    content = {"Parameters": {"Domain": {"Type": "String"}}, **template(Cert=name)}
    found = checked(tmp_path, A=stack("aws://111122223333/eu-west-1", content))
    [violation] = found["violations"]
    assert found["success"]
    assert (violation["ruleName"], violation["severity"]) == ("undecided", "info")
    assert violation["description"].startswith("`Domain` is unknown: ")
    assert "more)" in violation["description"]
    assert "under `parameters`" in violation["fix"]
    [resource] = violation["violatingResources"]
    assert resource["resourceLogicalId"] == "Cert"
    strict = checked(tmp_path, {"strict": True}, A=stack("aws://111122223333/eu-west-1", content))
    assert not strict["success"]
    assert [each["severity"] for each in strict["violations"]] == ["error"]


def test_an_unknown_region_is_undecided(tmp_path):
    """The stack can be deployed to any Region; `env` sets one."""
    own = template(C=certificate("b.io"), D=assemblies.distribution("b.io", {"Ref": "C"}))
    found = checked(tmp_path, A=stack(template=own))
    assert [each["description"].split(":")[0] for each in found["violations"]] == [
        "`the Region` is unknown"
    ]
    assert "`env` of the stack" in found["violations"][0]["fix"]


def test_an_unreadable_template_fails(tmp_path):
    """It is no success, and the violation says why."""
    paths = assemblies.write(tmp_path, A=stack())
    Path(paths["A"]).write_text('{"Resources": {"AWS::CertificateManager::Certificate"')
    report = check_templates(paths.values(), settings={})
    found = plugin_report(report.to_dict(), report.exit_code, [*paths.values()])
    assert not found["success"]
    assert [(each["ruleName"], each["severity"]) for each in found["violations"]] == [
        ("unreadable", "error")
    ]


def test_what_is_not_checked_is_shown(tmp_path):
    """A nested stack whose template is elsewhere is named with its resource."""
    properties = {"TemplateURL": "https://x.io/certificates.json"}
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": properties}
    found = checked(tmp_path, A=stack(template=template(Certificates=nested)))
    shown = {each["ruleName"]: each for each in found["violations"]}["not-checked"]
    assert found["success"]
    assert shown["severity"] == "info"
    assert shown["violatingResources"][0]["resourceLogicalId"] == "Certificates"


def test_an_app_without_a_certificate_fails_if_the_settings_say_so(tmp_path):
    """The violation has a template, because the CDK shows no violation without a resource."""
    assert checked(tmp_path, A=stack())["success"]
    found = checked(tmp_path, {"fail-on-nothing": True}, A=stack())
    assert not found["success"]
    assert found["violations"][-1]["description"] == "the app has no certificate"
    assert found["violations"][-1]["violatingResources"]


def test_what_the_cdk_does_not_pass_is_left_out(tmp_path):
    """A stack succeeds if what fails is in another one, but never without a reason."""
    good, bad = (template(Cert=certificate(name)) for name in ("*.b.io", "localhost"))
    paths = assemblies.write(tmp_path, Good=stack(template=good), Bad=stack(template=bad))
    report = check_templates([paths["Good"]], settings={})
    data, found = report.to_dict(), {}
    for name, other in (("Good", "Bad"), ("Bad", "Good")):
        found[name] = plugin_report(data, report.exit_code, [paths[name]], [paths[other]])
    assert [each["ruleName"] for each in found["Good"]["violations"]] == ["ACM203"]
    assert found["Good"]["success"]
    assert [each["ruleName"] for each in found["Bad"]["violations"]] == ["ACM101"]
    assert not found["Bad"]["success"]
    only_good = {
        **data,
        "findings": [each for each in data["findings"] if each["rule"] != "ACM101"],
    }
    assert not plugin_report(only_good, 3, [paths["Good"]])["success"]
    assert plugin_report(only_good, 0, [paths["Good"]])["success"]


def test_an_error_in_another_file_fails_every_stack(tmp_path):
    """It may be in settings or in a baseline, so no stack was checked as it should be."""
    paths = assemblies.write(tmp_path, A=stack(), B=stack())
    data = check_templates(paths.values(), settings={}).to_dict()
    error = {"file": ".acmrules.toml", "message": "no", "line": 1, "column": 1, "warning": False}
    found = plugin_report({**data, "errors": [error]}, 2, [paths["A"]], [paths["B"]])
    assert not found["success"]
    assert [(each["ruleName"], each["description"]) for each in found["violations"]] == [
        ("unreadable", ".acmrules.toml:1:1: no")
    ]


def test_a_suppressed_finding_is_no_violation(tmp_path):
    """The metadata of a resource is that of `addMetadata`."""
    own = certificate("a_b.brightharbor.io")
    own["Metadata"] = {"acmrules": {"ignore": ["ACM101: renamed in 2027"]}}
    found = checked(tmp_path, A=stack(template=template(Cert=own)))
    assert found["success"]
    assert found["violations"] == []
    assert found["metadata"]["suppressed"] == "1"


def test_a_place_without_a_resource_has_the_construct_of_its_stack():
    """The CDK then shows the stack; versions that pass no stacks show the template."""
    resources = [
        {"resourceLogicalId": "", "templatePath": "/a", "locations": []},
        {"resourceLogicalId": "", "templatePath": "/b", "locations": []},
        {"resourceLogicalId": "C", "templatePath": "/a", "locations": []},
    ]
    report = {"success": True, "violations": [{"violatingResources": resources}]}
    [violation] = with_stacks(report, {"/a": "Prod/A"})["violations"]
    paths = [each.get("constructPath") for each in violation["violatingResources"]]
    assert paths == ["Prod/A", None, None]


# The npm package


def in_javascript(folder, reports):
    """Return the reports of the npm package for the JSON of runs, in one process."""
    script = """
        const { pluginReport } = require(process.argv[1]);
        const runs = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
        const done = runs.map((run) => pluginReport(...run));
        process.stdout.write(JSON.stringify(done));
    """
    file = folder / "reports.json"
    file.write_text(json.dumps(reports))
    package = ROOT / "src" / "cdk" / "lib" / "translation.js"
    command = ["node", "-e", script, package, file]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def of_another_version(report):
    """Return a report with a finding of a rule without a source, and a bounded check."""
    finding = report["findings"][0]
    place = {each: finding[each] for each in ("file", "line", "column", "address")}
    skip = {**place, "rule": None, "reason": "bounded", "message": "only 16 were checked"}
    return {**report, "findings": [{**finding, "url": ""}], "skips": [skip]}


def as_json(folder, case):
    """Write the templates of a case as JSON, and return their paths."""
    paths = []
    for name, text in case.texts.items():
        if driver.is_template(name, text):
            data = next(iter(trees(Source(name, text), texts=True))).data
            path = folder / f"{Path(name).stem}{len(paths)}.template.json"
            path.write_text(json.dumps(data, indent=1, ensure_ascii=False, default=str))
            paths.append(str(path))
    return paths


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_npm_package_translates_like_the_guard_for_python(tmp_path):
    """The report is the same for all cases, for the templates of the corpus, and for all codes."""
    runs = []
    for case in filter(driver.takes, cases.ALL):
        folder = tmp_path / case.name
        folder.mkdir()
        paths = as_json(folder, case)
        report = check_templates(paths, settings={})
        runs.append((report.to_dict(), report.exit_code, paths))
    report = check_templates(map(str, CORPUS), settings={})
    runs += [(report.to_dict(), code, [*map(str, CORPUS)]) for code in (0, 1, 2)]
    bars = check_templates(map(str, CORPUS), settings={"fail-on": "note", "strict": True})
    for path in CORPUS:
        others = [str(each) for each in CORPUS if each != path]
        runs += [(each.to_dict(), 1, [str(path)], others) for each in (report, bars)]
        runs.append((bars.to_dict(), 2, [str(path)], others))
    report = check_templates([str(tmp_path / "none.json")], settings={"fail-on-nothing": True})
    runs.append((report.to_dict(), 2, ["none.json"]))
    runs.append((of_another_version(runs[0][0]), 1, runs[0][2]))
    ours = [plugin_report(*run) for run in runs]
    assert sum(len(each["violations"]) for each in ours) > len(runs)
    assert in_javascript(tmp_path, runs) == ours
