"""The command `inventory`."""

import json
import subprocess
import sys

import pytest
from tests.support import inventories
from tests.support.fake_aws import FakeAccount, certificate, fault

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE
from acmrules.network.aws import policy

DAY = ("--as-of", "2026-11-30")
FINE = inventories.inventory([inventories.described(1, "eu-west-1", ["a.tidewater.dev"])])
FAILED = inventories.inventory(
    [inventories.pending(2, "eu-west-1", ["b.tidewater.dev"], Status="FAILED")]
)
DENIED = inventories.refused("ListCertificates", "us-west-2", "AccessDeniedException", "no")


@pytest.fixture
def save(tmp_path):
    """Return a function that saves data as a file."""

    def call(name, data):
        (tmp_path / name).write_text(json.dumps(data))
        return name

    return call


@pytest.fixture
def aws(monkeypatch):
    """Return a function that replaces the session of boto3, and remembers its profile."""
    profiles = []

    def call(account):
        def session(profile):
            profiles.append(profile)
            return account

        monkeypatch.setattr("acmrules.network.aws.session.open_session", session)
        return profiles

    return call


def test_the_exit_code_says_whether_a_certificate_needs_you(run, save):
    """A refused call is more important, because a certificate may be missing."""
    code, out, err = run("inventory", "--from", save("fine.json", FINE), *DAY)
    assert (code, err) == (CLEAN, "")
    assert out.startswith("1 certificate of account 123456789012 in 1 Region, as of 2026-11-30\n")
    assert run("inventory", "--from", save("failed.json", FAILED), *DAY)[0] == FOUND
    assert run("inventory", "--from", "failed.json", *DAY, "--exit-zero")[0] == CLEAN
    incomplete = {**FAILED, "responses": [*FAILED["responses"], DENIED]}
    assert run("inventory", "--from", save("part.json", incomplete), *DAY)[0] == UNREADABLE


def test_a_quota_that_is_exceeded_is_found(run, save):
    """Even if each certificate is fine."""
    data = json.loads(json.dumps(FINE))
    data["responses"][-1]["response"] = {"Quotas": [inventories.quota("ACM certificates", "L", 0)]}
    code, out, _ = run("inventory", "--from", save("full.json", data), *DAY)
    assert code == FOUND
    assert "certificates" in out


def test_several_files_are_one_report(run, save):
    """Also without JSON of inventories, as the AWS CLI prints it."""
    response = {"Certificate": inventories.described(9, "us-east-1", ["c.tidewater.dev"])}
    files = save("fine.json", FINE), save("failed.json", FAILED), save("cli.json", response)
    words = [word for file in files for word in ("--from", file)]
    _, out, err = run("inventory", *words, *DAY, "--format", "json")
    assert err == ""
    report = json.loads(out)["report"]
    assert report["certificates"] == 3
    assert "responses" not in json.loads(out)


def test_a_file_without_responses_is_an_error(run, save, tmp_path):
    """So is one that does not exist, or is cut off."""
    code, _, err = run("inventory", "--from", save("other.json", {"a": 1}))
    assert code == UNREADABLE
    assert "no responses of AWS" in err
    code, _, err = run("inventory", "--from", "absent.json")
    assert code == UNREADABLE
    assert "absent.json: no such file" in err
    (tmp_path / "cut.json").write_text(json.dumps(FINE)[:900])
    code, _, err = run("inventory", "--from", "cut.json")
    assert code == UNREADABLE
    assert "cut.json:" in err


def test_a_file_that_cannot_be_read_replaces_no_report(run, tmp_path):
    """An empty report would look like an account without certificates."""
    (tmp_path / "report.html").write_text("yesterday")
    code, out, _ = run("inventory", "--from", "absent.json", "--output", "report.html")
    assert (code, out) == (UNREADABLE, "")
    assert (tmp_path / "report.html").read_text() == "yesterday"


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_what_was_not_read_is_in_the_report(run, save, form):
    """A wrong response leaves the report incomplete, and so does a file that is cut off early."""
    wrong = {"Certificate": {**inventories.described(9, "us-east-1", ["c.tidewater.dev"])}}
    del wrong["Certificate"]["DomainName"]
    files = "--from", save("fine.json", FINE), "--from", save("wrong.json", wrong)
    code, out, err = run("inventory", *files, *DAY, "--format", form)
    assert code == UNREADABLE
    assert "wrong.json:1:" in err
    assert "the member" in out
    code, out, err = run("inventory", *files[:3], save("cut.json", "Certifica"), *DAY)
    assert code == UNREADABLE
    assert "cut.json" in err


def test_a_response_of_aws_that_is_wrong_is_in_the_report(run, aws):
    """The certificates are known from the list, and the report says what is missing."""
    answers = {"DescribeCertificate": {"Certificate": {"Status": "ISSUED"}}}
    aws(FakeAccount({"eu-west-1": [certificate(1)]}, others=answers))
    code, out, err = run("inventory", *DAY)
    assert code == UNREADABLE
    assert "is not a response that acmrules reads" in err or "is not valid" in err
    assert "Not read" in out


@pytest.mark.parametrize("words", [("--region", "eu-west-1"), ("--profile", "a"), ("--zones",)])
def test_options_of_aws_are_not_for_files(run, save, words):
    """The error names the option."""
    code, _, err = run("inventory", "--from", save("fine.json", FINE), *words)
    assert code == UNREADABLE
    assert f"option `{words[0]}` is for AWS, and `--from` reads files" in err


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.json", '{\n  "version": 1'),
        ("a.md", "# 1 certificate of"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.svg", "<svg "),
        ("a.txt", "1 certificate of"),
        ("a", "1 certificate of"),
    ],
)
def test_the_name_of_the_output_decides_its_format(run, save, tmp_path, name, begin):
    """Unless a format is given."""
    code, out, _ = run("inventory", "--from", save("fine.json", FINE), "--output", name, *DAY)
    assert (code, out) == (CLEAN, "")
    assert (tmp_path / name).read_text().startswith(begin)
    run("inventory", "--from", "fine.json", "--output", name, "--format", "text", *DAY)
    assert (tmp_path / name).read_text().startswith("1 certificate of")


def test_the_output_does_not_replace_an_input(run, save):
    """The file of the account is left alone."""
    code, _, err = run("inventory", "--from", save("fine.json", FINE), "--output", "fine.json")
    assert code == UNREADABLE
    assert "is an input" in err


def test_what_aws_answers_can_be_read_again(run, aws, tmp_path):
    """Other commands read the file too, and the reports agree."""
    profiles = aws(FakeAccount({"eu-west-1": [certificate(1), certificate(2)]}))
    words = ("--profile", "shop", "--format", "text", "--format", "json=saved.json")
    code, out, err = run("inventory", *words)
    assert profiles == ["shop"]
    assert "read 2 certificates in 1 Region in" in err
    saved = json.loads((tmp_path / "saved.json").read_text())
    assert saved["inventory"] == 1
    assert saved["report"]["certificates"] == 2
    again = run("inventory", "--from", "saved.json")
    assert (code, out.splitlines()[1:], "") == (again[0], again[1].splitlines()[1:], again[2])
    assert run("check", "saved.json")[1].splitlines()[-1]
    assert "host-1.brightharbor.io" in run("diagnose", "saved.json")[1]


def test_a_quiet_run_prints_only_the_report(run, aws):
    """And with `-qq` nothing."""
    aws(FakeAccount({"eu-west-1": []}))
    code, out, err = run("inventory", "-q")
    assert (code, err) == (CLEAN, "")
    assert "no certificates" in out
    assert run("inventory", "-qq") == (CLEAN, "", "")


def test_regions_can_be_given(run, aws):
    """A misspelled one is an error."""
    account = FakeAccount({"eu-west-1": [], "us-east-1": []})
    aws(account)
    run("inventory", "--region", "us-east-1")
    assert {region for region, _ in account.called("ListCertificates")} == {"us-east-1"}
    code, _, err = run("inventory", "--region", "us-eat-1")
    assert code == UNREADABLE
    assert "unknown Region `us-eat-1`" in err


def test_rejected_credentials_leave_no_file(run, aws, tmp_path):
    """The error is that of AWS."""
    aws(FakeAccount({}, {("eu-west-1", "GetCallerIdentity"): fault("ExpiredToken", "expired")}))
    code, out, err = run("inventory", "--output", "saved.json")
    assert (code, out) == (UNREADABLE, "")
    assert err == "acmrules: AWS rejected the credentials: ExpiredToken: expired\n"
    assert not (tmp_path / "saved.json").exists()


def test_the_policy_is_that_of_the_calls(run):
    """For the partition of the Regions, without AWS."""
    code, out, _ = run("inventory", "--policy")
    assert (code, json.loads(out)) == (CLEAN, policy())
    out = run("inventory", "--policy", "--zones", "--region", "cn-north-1")[1]
    assert json.loads(out) == policy("aws-cn", zones=True)
    code, _, err = run("inventory", "--policy", "--region", "cn-north-1", "--region", "eu-west-1")
    assert code == UNREADABLE
    assert "the Regions are in 2 partitions" in err


def test_files_are_read_without_boto3(save, tmp_path):
    """A computer without access to AWS needs no package for it."""
    code = (
        "import sys; sys.modules['boto3'] = sys.modules['botocore'] = None;"
        "from acmrules.cli.main import main;"
        "code = main(['inventory', '--from', 'fine.json', '--as-of', '2026-11-30']);"
        "assert main(['inventory']) == 2;"
        "sys.exit(code)"
    )
    save("fine.json", FINE)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == CLEAN, done.stderr
    assert "boto3 is not installed; run `pip install 'acmrules[aws]'`" in done.stderr
