"""The command `plan` with what exists in an account."""

import json

import pytest
from tests.support.responses import description, write
from tests.support.shown_accounts import ACCOUNT, REGION, arn_of

from acmrules.cli.main import CLEAN, main


def quotas(names):
    """Return the output of `list-service-quotas` with a quota of names."""
    code = "L-FB94F0B0"
    quota = {
        "ServiceCode": "acm",
        "QuotaArn": f"arn:aws:servicequotas:{REGION}:{ACCOUNT}:acm/{code}",
        "QuotaCode": code,
        "QuotaName": "Domain names per ACM certificate",
        "Value": names,
        "Adjustable": True,
    }
    return {"Quotas": [quota]}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def plan(capsys):
    """Return a function that runs the command, and returns its exit code and its data."""

    def run(*words):
        options = ("--as-of", "2026-11-30", "--region", REGION, "--format", "json")
        code = main(["plan", *options, *words])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_hosts_that_are_covered_need_no_certificate(here, plan):
    """The plan says which certificate covers them."""
    write(here / "account.json", description("*.brightharbor.io"))
    code, data = plan("account.json", "api.brightharbor.io", "lighthouse.io")
    assert code == CLEAN
    assert data["covered"] == [{"hosts": ["api.brightharbor.io"], "address": "", "arn": arn_of(1)}]
    assert [each["names"] for each in data["certificates"]] == [["lighthouse.io"]]


def test_the_quotas_of_the_account_apply(here, plan):
    """A new account has ten names per certificate, and this one has more."""
    hosts = [f"host{number}.site{number}.io" for number in range(20)]
    assert len(plan(*hosts)[1]["certificates"]) == 2
    (here / "quotas.json").write_text(json.dumps(quotas(25.0)))
    assert len(plan("quotas.json", *hosts)[1]["certificates"]) == 1
