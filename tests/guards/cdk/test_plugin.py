"""The plugin in the CDK itself: apps in Python and TypeScript that are synthesized.

The newest version for Python is in the environment in which `.ci/run` checks types. All others get
environments of their own.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.support import assemblies
from tests.support.assemblies import certificate, stack
from tests.support.guards import cases
from tests.support.guards import cdk as driver
from tests.support.installing import install

import acmrules

ROOT = Path(__file__).parents[3]
APPS = ROOT / "tests" / "support" / "cdk"
PACKAGE = ROOT / "src" / "cdk"

OLDEST_FOR_PYTHON = "2.262.0"
"""The first version with which a failed validation fails a program in Python."""

OLDEST_FOR_NODE = "2.251.0"
"""The first version with the interface."""

FOUND = {
    ("ACM205", "error", "Site/Site/Resource", "Properties.DistributionConfig.Aliases.0"),
    (
        *("ACM501", "error", "Wrong/Site/Resource"),
        "Properties.DistributionConfig.ViewerCertificate.AcmCertificateArn",
    ),
    ("ACM101", "error", "Parent/Nested/Inner/Resource", "Properties.DomainName"),
    ("ACM203", "info", "Prod/Lone/Cert/Resource", "Properties.DomainName"),
    ("undecided", "info", "Tokens/Token/Resource", "Properties.DomainName"),
}
"""The violations in the bad app: rule, severity, construct, path."""

QUIET = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CDK_"))
}
"""The environment without the variables by which the CDK recognizes tests and its command."""


def synthesize(folder, *command, env=QUIET):
    """Run an app with its folder, and return its exit code, its output and its violations."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=folder, check=False)
    file = folder / "cdk.out" / "policy-validation-report.json"
    assert file.exists(), done.stdout + done.stderr
    reports = json.loads(file.read_text("utf-8"))["pluginReports"]
    violations = {
        (
            violation["ruleName"],
            violation["severity"],
            where.get("constructPath", ""),
            *where["locations"],
        )
        for report in reports
        for violation in report["violations"]
        for where in violation["violatingConstructs"]
    }
    return done.returncode, done.stdout + done.stderr, violations


def check_app(folder, *command, env=QUIET):
    """Check what an app finds if its certificates are bad, and if they are good."""
    code, output, violations = synthesize(folder, *command, "cdk.out", "bad", env=env)
    assert violations == FOUND, output
    assert code == 1, output
    shutil.rmtree(folder / "cdk.out")
    code, output, violations = synthesize(folder, *command, "cdk.out", "good", env=env)
    assert (code, violations) == (0, set()), output


def block(language):
    """Return the first block of the page in a language."""
    page = (ROOT / "docs" / "pages" / "guards" / "cdk.md").read_text("utf-8")
    return re.search(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)[1]


def report_in(output):
    """Return the lines of a report in an output, without places in the source and the version."""
    lines = re.sub(r"/blob/v[^/]+/", "/blob/", output).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("ERROR "))
    end = max(index for index, line in enumerate(lines) if "Acknowledge with" in line)
    return [line for line in lines[start : end + 1] if not line.startswith("app.")]


# Python


def test_the_app_of_the_page_has_the_output_of_the_page(tmp_path):
    """It fails, and prints the report."""
    pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
    (tmp_path / "app.py").write_text(block("python"))
    command = [sys.executable, "app.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=QUIET, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert report_in(done.stderr) == report_in(block("text"))


def test_the_newest_cdk_for_python(tmp_path):
    """The bad app fails with its constructs, and the good one passes."""
    pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
    check_app(tmp_path, sys.executable, str(APPS / "app.py"))


def test_the_plugin_has_the_findings_of_the_command(tmp_path, monkeypatch):
    """In all cases with templates, in the classes of the CDK."""
    pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
    from acmrules.guards.cdk import AcmRulesValidator

    for case in filter(driver.takes, cases.ALL):
        folder = tmp_path / case.name
        folder.mkdir()
        monkeypatch.chdir(folder)
        case.write()
        context = SimpleNamespace(template_paths=driver.templates(case))
        report = AcmRulesValidator().validate(context)
        assert driver.rows_of(as_data(report)) == driver.expected(case)


def as_data(report):
    """Return the violations of a report of the CDK as plain data."""
    return {
        "violations": [
            {
                "ruleName": each.rule_name,
                "severity": each.severity,
                "description": each.description,
                "violatingResources": [
                    {
                        "templatePath": resource.template_path,
                        "resourceLogicalId": resource.resource_logical_id,
                        "locations": resource.locations,
                    }
                    for resource in each.violating_resources
                ],
            }
            for each in report.violations
        ]
    }


def test_the_plugin_passes_its_arguments_and_the_stacks(tmp_path):
    """What is about a whole template has the construct of the stack, if the CDK passes it."""
    pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
    from acmrules.guards.cdk import AcmRulesValidator

    bad = {"Resources": {"Cert": certificate("localhost")}}
    paths = assemblies.write(tmp_path, A=stack(template=bad), B=stack())
    Path(paths["B"]).write_text('{"Resources": "AWS::CertificateManager::Certificate"')
    own = SimpleNamespace(template_path=paths["B"], stack_construct_path="Prod/B")
    context = SimpleNamespace(template_paths=[*paths.values()], stack_templates=[own])
    validator = AcmRulesValidator(settings={"ignore": ["ACM101"]})
    [violation] = validator.validate(context).violations
    assert violation.rule_name == "unreadable"
    assert violation.violating_resources[0].construct_path == "Prod/B"
    assert validator.name == "acmrules"
    assert validator.version == acmrules.__version__
    assert "ACM101" in validator.rule_ids


def test_a_check_that_cannot_run_is_a_violation(tmp_path, monkeypatch):
    """Each mistake, and a bug too; the command of the CDK ignores exceptions."""
    pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
    from acmrules.guards.cdk import AcmRulesValidator

    paths = [*assemblies.write(tmp_path, A=stack(), B=stack()).values()]

    def faults(**arguments):
        report = AcmRulesValidator(**arguments).validate(SimpleNamespace(template_paths=paths))
        assert not report.success
        for each in report.violations:
            assert (each.rule_name, each.severity) == ("failed", "error")
            assert [where.template_path for where in each.violating_resources] == paths
        return [each.description for each in report.violations]

    unknown, wrong = faults(settings={"selekt": 1, "fail-on": "never"})
    assert unknown.startswith("cannot check: settings: unknown setting `selekt`; did you")
    assert wrong.startswith("cannot check: settings: `fail-on` is `never`")
    assert faults(settings=5) == ["cannot check: `settings` must be a mapping or a path, not `int`"]
    monkeypatch.setattr("acmrules.guards.cdk.plugin.check_templates", lambda *_, **__: 1 / 0)
    [bug] = faults()
    assert "a bug in acmrules, please report it: ZeroDivisionError" in bug


@pytest.mark.slow
def test_the_oldest_cdk_for_python(tmp_path):
    """The bad app fails with its constructs, and the good one passes."""
    venv.create(tmp_path / "venv")
    python = str(tmp_path / "venv" / "bin" / "python")
    text = (ROOT / "tests" / "constraints.txt").read_text("utf-8")
    others = [line for line in text.splitlines() if not line.startswith("aws-cdk")]
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join([*others, ""]))
    packages = (f"aws-cdk-lib=={OLDEST_FOR_PYTHON}", "idna", "publicsuffixlist")
    install(*packages, python=python, constraints=constraints, needed=True)
    (tmp_path / "app").mkdir()
    env = {**QUIET, "PYTHONPATH": str(ROOT / "src")}
    check_app(tmp_path / "app", python, str(APPS / "app.py"), env=env)


# The npm package


def npm(folder, *words):
    """Run npm quietly in a folder, and return what it prints."""
    words = ("npm", *words, "--silent", "--no-audit", "--no-fund")
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout


def command_of(folder):
    """Return a program that runs this acmrules."""
    program = folder / "acmrules"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acmrules "$@"\n')
    program.chmod(0o755)
    return str(program)


def test_the_version_of_the_npm_package_is_that_of_acmrules():
    """Both are released together; the lock file agrees."""
    package = json.loads((PACKAGE / "package.json").read_text("utf-8"))
    lock = json.loads((PACKAGE / "package-lock.json").read_text("utf-8"))
    assert package["version"] == lock["version"] == acmrules.__version__
    assert lock["packages"][""]["version"] == acmrules.__version__
    assert "dependencies" not in package
    assert package["peerDependencies"] == {"aws-cdk-lib": f"^{OLDEST_FOR_NODE}"}
    assert (PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert not [each for each in lock["packages"].values() if "resolved" in each]


@pytest.mark.slow
def test_the_npm_package_has_what_it_needs():
    """It contains no tests, and its own tests pass."""
    [packed] = json.loads(npm(PACKAGE, "pack", "--dry-run", "--json"))
    assert {each["path"] for each in packed["files"]} == {
        *("LICENSE", "README.md", "index.d.ts", "index.js", "package.json"),
        *(f"lib/{path.name}" for path in PACKAGE.glob("lib/*.js")),
    }
    done = subprocess.run(
        ["node", "--test", "test/"], cwd=PACKAGE, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.slow
def test_the_newest_and_the_oldest_cdk_for_node(tmp_path):
    """The types fit both; the bad app fails with its constructs, and the good one passes."""
    newest, oldest = tmp_path / "newest", tmp_path / "oldest"
    for folder in (newest, oldest):
        folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PACKAGE / name, newest)
    npm(newest, "ci")
    (oldest / "package.json").write_text("{}")
    npm(oldest, "install", f"aws-cdk-lib@{OLDEST_FOR_NODE}")
    for name in ("typescript", "@typescript", "@types", "undici-types"):
        if (newest / "node_modules" / name).exists():
            (oldest / "node_modules" / name).symlink_to(newest / "node_modules" / name)
    npm(tmp_path, "pack", str(PACKAGE))
    [archive] = tmp_path.glob("acmrules-cdk-*.tgz")
    for folder in (newest, oldest):
        shutil.unpack_archive(archive, folder)
        (folder / "package").rename(folder / "node_modules" / "acmrules-cdk")
        # The package of the app is not the one that it uses.
        (folder / "package.json").write_text("{}")
        shutil.copy(APPS / "app.ts", folder)
        compile_app(folder)
        (folder / "app").mkdir()
        check_node_app(folder / "app", folder)
    check_page(newest)


def check_page(folder):
    """Check that the command of the CDK prints the output of the page for the app of the page."""
    (folder / "page").mkdir()
    (folder / "page" / "app.ts").write_text(block("ts"))
    compile_app(folder, "page/app.ts")
    command_of(folder / "page")
    env = {**QUIET, "PATH": f"{folder / 'page'}{os.pathsep}{os.environ['PATH']}"}
    cdk = str(folder / "node_modules" / ".bin" / "cdk")
    command = [cdk, "synth", "--quiet", "--no-notices", "--app", "node app.js"]
    done = subprocess.run(
        command, cwd=folder / "page", env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert report_in(done.stderr) == report_in(block("text"))
    assert block("text").splitlines()[-1] in done.stderr.splitlines()
    missing = {**env, "PATH": f"{Path(shutil.which('node')).parent}{os.pathsep}/bin"}
    done = subprocess.run(
        command, cwd=folder / "page", env=missing, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "ERROR cannot check: cannot find the command `acmrules`" in done.stderr


def compile_app(folder, name="app.ts"):
    """Compile an app, which checks the types of the package."""
    options = ("--strict", "--module", "nodenext", "--target", "es2022", "--types", "node")
    compiler = folder / "node_modules" / "typescript" / "bin" / "tsc"
    command = [str(compiler), *options, name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def check_node_app(folder, home):
    """Check an app with the command, and without it."""
    command = command_of(folder)
    app = str(home / "app.js")

    def run(mode, program):
        return synthesize(folder, "node", app, "cdk.out", mode, program)

    code, output, violations = run("bad", command)
    assert (code, violations) == (1, FOUND), output
    shutil.rmtree(folder / "cdk.out")
    code, output, violations = run("good", command)
    assert (code, violations) == (0, set()), output
    shutil.rmtree(folder / "cdk.out")
    code, output, _ = run("good", "no-such-acmrules")
    report = (folder / "cdk.out" / "policy-validation-report.json").read_text("utf-8")
    assert code == 1
    assert "cannot find the command `no-such-acmrules`" in output + report
