"""Reading accounts of a server of moto, which refuses some calls, as a user runs the command."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from acmrules.network.aws.operations import OPERATIONS

pytestmark = pytest.mark.slow

SERVER = Path(__file__).parents[2] / "support" / "aws_server.py"
REGIONS = ("--region", "eu-west-1", "--region", "us-east-1", "--region", "us-west-2")
ROUTE_53 = "GET/2013-04-01/hostedzone"


@contextmanager
def serving(folder, **faults):
    """Serve an account, and yield the environment for the command, and the file of calls."""
    calls = folder / "calls.jsonl"
    words = [sys.executable, "-P", str(SERVER), json.dumps(faults), str(calls)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        try:
            address = server.stdout.readline().decode().strip()
            assert address, server.stderr.read().decode()
            kept = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ}
            yield (
                kept
                | {
                    "AWS_ENDPOINT_URL": address,
                    "AWS_ACCESS_KEY_ID": "test",
                    "AWS_SECRET_ACCESS_KEY": "test",
                    "AWS_DEFAULT_REGION": "eu-west-1",
                    "AWS_CONFIG_FILE": os.devnull,
                    "HOME": str(folder),
                },
                calls,
            )
        finally:
            server.terminate()


def command(*words):
    """Return the words of a run of the command."""
    return [sys.executable, "-m", "acmrules", "inventory", *words]


def run(folder, environment, *words):
    """Run the command, and return its exit code, output and errors."""
    done = subprocess.run(
        command(*words), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def names(saved):
    """Return the names of the described certificates of an inventory file."""
    return sorted(
        each["response"]["Certificate"]["DomainName"]
        for each in saved["responses"]
        if each["operation"] == "DescribeCertificate" and "response" in each
    )


def errors(saved):
    """Return the Region, operation and code of each error of an inventory file."""
    return {
        (each["region"], each["operation"], each["error"]["code"])
        for each in saved["responses"]
        if "error" in each
    }


def test_everything_else_is_reported_next_to_what_is_refused(tmp_path):
    """Throttling, a denied Region, small pages, and a certificate that is deleted meanwhile."""
    with serving(tmp_path, denied=["us-west-2"], throttled=2) as (environment, calls):
        words = ("--zones", "--format", "text", "--format", "json=account.json")
        code, out, err = run(tmp_path, environment, *REGIONS, *words)
    assert code == 2, err
    saved = json.loads((tmp_path / "account.json").read_text())
    assert names(saved) == [
        *("acme.brightharbor.io", "cdn.brightharbor.io", "moving.brightharbor.io"),
        *("n2.brightharbor.io", "shop.brightharbor.io", "www.brightharbor.io"),
    ]
    assert errors(saved) == {
        ("eu-west-1", "DescribeCertificate", "ResourceNotFoundException"),
        ("us-west-2", "ListCertificates", "AccessDeniedException"),
        ("us-west-2", "ListServiceQuotas", "AccessDeniedException"),
    }
    for shown in ("n2.brightharbor.io", "us-west-2  not read", "ServiceQuotas", "was deleted"):
        assert shown in out
    assert "2,500" in out
    assert "read 7 certificates in 3 Regions in" in err
    called = [json.loads(line) for line in calls.read_text().splitlines()]
    permitted = {each.name for each in OPERATIONS}
    others = {name for name, _, _ in called if name not in permitted}
    assert others
    assert all(name.startswith(ROUTE_53) for name in others)
    throttled = [name for name, _, _ in called].count("DescribeCertificate")
    assert throttled == 7 + 2
    moved = [each for each in saved["responses"] if each["operation"].endswith("Validations")]
    assert [each["request"]["CertificateArn"][:25] for each in moved] == [
        "arn:aws:acm:eu-west-1:123"
    ]
    code, again, err = run(tmp_path, environment, "--from", "account.json")
    assert (code, err) == (2, "")
    assert again.splitlines()[1:] == out.splitlines()[1:]


def test_an_expired_token_keeps_what_was_read(tmp_path):
    """The rest is an error for each certificate."""
    with serving(tmp_path, expires_after=2) as (environment, _):
        words = ("--region", "eu-west-1", "--output", "account.json")
        code, out, _ = run(tmp_path, environment, *words)
    assert (code, out) == (2, "")
    saved = json.loads((tmp_path / "account.json").read_text())
    assert 0 < len(names(saved)) <= 2
    assert ("eu-west-1", "DescribeCertificate", "ExpiredTokenException") in errors(saved)


def test_an_interrupt_leaves_no_file(tmp_path):
    """The run ends at once, without a traceback."""
    with serving(tmp_path, seconds=20) as (environment, calls):
        words = command("--region", "eu-west-1", "--output", "account.json")
        with subprocess.Popen(
            words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            while "DescribeCertificate" not in calls.read_text():
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not (tmp_path / "account.json").exists()


def test_all_enabled_regions_are_read_by_default(tmp_path):
    """The server says which they are."""
    with serving(tmp_path) as (environment, calls):
        code, _, err = run(tmp_path, environment, "--output", "account.html", "-q")
    called = [json.loads(line) for line in calls.read_text().splitlines()]
    regions = {region for name, region, _ in called if name == "ListCertificates"}
    assert regions == {"eu-west-1", "us-east-1", "us-west-2", "ap-south-1"}
    assert code == 1, err
    assert err == ""
    assert (tmp_path / "account.html").read_text().startswith("<!DOCTYPE html>")
