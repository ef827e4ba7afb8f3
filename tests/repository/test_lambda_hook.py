"""The template and the package of the Lambda Hook, in the runtime of AWS Lambda."""

import importlib
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import yaml
from tests.repository.test_transcripts import run_page, sessions
from tests.support.guards.hook import resource_event, stack_event
from tests.support.installing import install

from acmrules.readers.cloudformation.acme import TYPES
from acmrules.readers.cloudformation.consumers import CONSUMERS

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "hook"
PAGE = "docs/pages/guards/cloudformation-hook.md"
KIND = "AWS::CertificateManager::Certificate"
RUNTIME = {11: "2.0.6", 12: "2.0.8", 13: "3.0.0"}.get(sys.version_info.minor, "3.1.1")
"""The oldest client of the runtime for this version of Python."""

OLDEST_CFN_LINT = ("cfn-lint==1.22.3", "aws-sam-translator==1.106.0")
"""The first that knows all kinds of operations; the rest of what it needs is that of the newest."""


class Tags(yaml.SafeLoader):
    """A loader that reads the functions of CloudFormation as data."""


Tags.add_multi_constructor("!", lambda _, tag, node: {tag: str(node.value)})


@pytest.fixture
def template():
    """Return the template that installs the hook."""
    return yaml.load((EXAMPLE / "template.yaml").read_text("utf-8"), Tags)


def test_the_template_has_no_findings():
    """In the real cfn-lint."""
    pytest.importorskip("cfnlint")
    lint = Path(sys.executable).parent / "cfn-lint"
    subprocess.run([lint, "--include-checks", "I", "--", EXAMPLE / "template.yaml"], check=True)


def test_the_hook_is_invoked_for_certificates_and_consumers(template):
    """For all types that acmrules reads, except those that only exist before SAM's transform."""
    filters = template["Resources"]["ResourceHook"]["Properties"]["TargetFilters"]
    read = {KIND, *TYPES, *(each for each in CONSUMERS if "::Serverless::" not in each)}
    assert {*filters["TargetNames"]} == read
    assert len(filters["TargetNames"]) == len(read) <= 50


def test_the_template_warns_by_default_and_calls_the_handler(template):
    """Two hooks have all four kinds of operations."""
    assert template["Parameters"]["FailureMode"]["Default"] == "WARN"
    resources = template["Resources"]
    home, _, name = resources["Function"]["Properties"]["Handler"].rpartition(".")
    assert callable(getattr(importlib.import_module(home), name))
    hooks = [each["Properties"] for each in resources.values() if "Hook" in each["Type"]]
    operations = [each for hook in hooks for each in hook["TargetOperations"]]
    assert sorted(operations) == ["CHANGE_SET", "CLOUD_CONTROL", "RESOURCE", "STACK"]
    assert all(hook["FailureMode"] == {"Ref": "FailureMode"} for hook in hooks)


def test_the_package_is_for_the_runtime_of_the_template(template):
    """PyYAML has compiled code, which is for one version of Python and one architecture."""
    function = template["Resources"]["Function"]["Properties"]
    script = (EXAMPLE / "build.sh").read_text("utf-8")
    version = function["Runtime"].removeprefix("python")
    (architecture,) = function["Architectures"]
    assert f"--python-version {version} --platform manylinux2014_{architecture} " in script


@pytest.mark.slow
def test_the_oldest_cfn_lint_has_no_findings(tmp_path):
    """Of those that know the Cloud Control API as an operation."""
    install(*OLDEST_CFN_LINT, target=tmp_path)
    environ = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, tmp_path / "bin" / "cfn-lint"]
    version = subprocess.run(
        [*command, "--version"], env=environ, check=True, capture_output=True, text=True
    )
    assert version.stdout.split() == ["cfn-lint", "1.22.3"]
    subprocess.run([*command, EXAMPLE / "template.yaml"], env=environ, check=True)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return the folder of the package that the script builds, as Lambda unpacks it."""
    folder = tmp_path_factory.mktemp("package")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder / "dist"]
    subprocess.run([*build, ROOT], check=True, capture_output=True)
    (wheel,) = (folder / "dist").iterdir()
    settings = folder / "acm.toml"
    settings.write_text('as-of = 2026-11-30\nseverity = {ACM402 = "error"}\n', "utf-8")
    settings.chmod(0o600)
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
    script = subprocess.run(
        ["sh", EXAMPLE / "build.sh", f"acmrules[hook] @ {wheel.as_uri()}", settings],
        check=True,
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path},
        umask=0o077,
    )
    archive = folder / "acmrules-hook.zip"
    assert script.stdout.splitlines()[-1] == str(archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder / "task")
    return folder / "task"


@pytest.mark.slow
def test_the_package_has_what_a_hook_needs_and_no_more(package):
    """A small package starts quickly."""
    found = {path.name for path in package.iterdir() if not path.name.endswith(".dist-info")}
    assert found == {
        *("acmrules", "bin", "idna", "publicsuffixlist", "yaml", "_yaml", ".acmrules.toml"),
    }
    size = sum(path.stat().st_size for path in package.rglob("*") if path.is_file())
    assert size < 16 * 1024 * 1024


@pytest.mark.slow
def test_every_user_can_read_the_package(package):
    """Lambda runs as a user of its own, whatever mask and settings file the package has."""
    with zipfile.ZipFile(package.parent / "acmrules-hook.zip") as opened:
        modes = {each.filename: each.external_attr >> 16 for each in opened.infolist()}
    assert ".acmrules.toml" in modes
    assert [name for name, mode in modes.items() if mode & 0o044 != 0o044] == []


def certificate_of_s3(folder):
    """Write the certificate and the key of a server at 127.0.0.1."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "s3.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "s3.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(folder / "s3.pem"), str(folder / "s3.key")


TEMPLATE = """\
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: NAME.brightharbor.io
      ValidationMethod: EMAIL
"""


def events():
    """Return events for the runtime; the URL of S3 is not known yet."""
    properties = {"DomainName": "localhost", "ValidationMethod": "DNS"}
    yield resource_event(KIND, properties)
    for path in ("update", "301", "403", "503"):
        sent = stack_event()
        sent["requestData"]["payload"] = f"PAYLOADS/{path}?X-Amz-Signature=secret"
        yield sent
    yield {"hello": "world"}


@pytest.mark.slow
@pytest.mark.parametrize("version", ["4.2.2", RUNTIME])
def test_the_runtime_of_lambda_calls_the_handler(version, package, tmp_path):
    """Without the packages of this environment, and with payloads by HTTPS."""
    client = tmp_path / "runtime"
    needed = "simplejson==4.3.0", "snapshot-restore-py==1.0.0"
    install(f"awslambdaric=={version}", *needed, target=client)
    certificate, key = certificate_of_s3(tmp_path)
    sides = {
        member: TEMPLATE.replace("NAME", name)
        for member, name in (("template", "new"), ("previousTemplate", "old"))
    }
    job = {
        "events": [*events()],
        "payloads": {"update": sides},
        "certificate": certificate,
        "key": key,
        "command": [
            *(sys.executable, "-S", "-m", "awslambdaric", "acmrules.guards.hook.handler"),
        ],
        "folder": str(package),
        "environ": {
            "PYTHONPATH": str(client),
            "LAMBDA_TASK_ROOT": str(package),
            "AWS_REGION": "eu-west-1",
            "SSL_CERT_FILE": certificate,
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        "seconds": 30,
    }
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "support" / "lambda_runtime.py"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(done.stdout)
    answers = result["answers"]
    codes = [(each["hookStatus"], each.get("errorCode")) for each in answers]
    internal = "FAILED", "InternalFailure"
    assert codes == [
        ("FAILED", "NonCompliant"),
        ("FAILED", "NonCompliant"),
        internal,
        internal,
        ("IN_PROGRESS", None),
        internal,
    ], result["log"]
    rules = [[a["annotationName"] for a in each["annotations"]] for each in answers[:2]]
    assert rules == [["ACM101", "ACM407"], ["ACM402", "ACM414", "ACM601"]]
    assert [each["message"].rpartition(" ")[2] for each in answers[2:5]] == ["301", "403", "503"]
    assert "secret" not in done.stdout


def test_the_page_has_the_output_of_its_commands(tmp_path, monkeypatch):
    """The program of Python in the page is this one."""
    (tmp_path / "python3").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (tmp_path / "run").mkdir()
    assert sessions(PAGE)
    assert run_page(PAGE, tmp_path / "run") == sessions(PAGE)


def test_the_page_has_the_versions_of_this_test():
    """Those of the runtime on the oldest Python, and of cfn-lint."""
    text = (ROOT / PAGE).read_text("utf-8")
    assert "`awslambdaric` 2.0.6 and\n4.2.2" in text
    assert f"cfn-lint\n{OLDEST_CFN_LINT[0].partition('==')[2]} and " in text
