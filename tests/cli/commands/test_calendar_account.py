"""The command `calendar` with what exists in an account."""

import json

import pytest
from tests.support.responses import description, write
from tests.support.shown_accounts import ACCOUNT, REGION, arn_of

from acmrules.cli.main import CLEAN, main


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def calendar(capsys):
    """Return a function that runs the command, and returns its exit code and output."""

    def run(*words):
        code = main(["calendar", "--as-of", "2026-11-30", *words])
        return code, capsys.readouterr().out

    return run


def test_the_calendar_starts_from_real_dates(here, calendar):
    """The data has the ARN of each certificate."""
    write(here / "account.json", description())
    code, out = calendar("account.json", "--format", "json")
    data = json.loads(out)
    assert code == CLEAN
    assert [(each["day"], each["kind"], each["arn"]) for each in data["dates"]] == [
        ("2027-03-02", "renewal-begins", arn_of(1)),
        ("2027-04-16", "expires", arn_of(1)),
    ]
    assert {each["quota"]: each["number"]["least"] for each in data["quotas"]["existing"]} == {
        "certificates": 1,
        "yearly_requests": 1,
    }
    assert data["quotas"]["in_place"] == []


def test_the_text_has_the_dates_and_the_account(here, calendar):
    """A Region that is not listed as a whole has at least these certificates."""
    write(here / "account.json", description(), description("a.io", number=2))
    _, out = calendar("account.json")
    assert "2027-03-02  a.io             account.json" in out
    assert f"{ACCOUNT} {REGION}  certificates in the account    at least 2  of 2,500" in out


def test_a_template_alone_has_no_dates(here, calendar):
    """Nothing is known about what exists."""
    (here / "site.yaml").write_text(
        "Resources:\n  Certificate:\n    Type: AWS::CertificateManager::Certificate\n"
        "    Properties: {DomainName: brightharbor.io, ValidationMethod: DNS}\n"
    )
    data = json.loads(calendar("site.yaml", "--format", "json")[1])
    assert (data["dates"], data["quotas"]["existing"]) == ([], [])


@pytest.mark.parametrize("status", ["ISSUED", "PENDING_VALIDATION"])
def test_only_an_issued_certificate_can_change_its_method(here, calendar, status):
    """No source says that ACM changes the method of a pending one, so it is replaced."""
    one = description(Status=status)
    one["Certificate"]["DomainValidationOptions"] = [
        {"DomainName": one["Certificate"]["DomainName"], "ValidationMethod": "EMAIL"}
    ]
    one["Certificate"]["Options"] = {"ValidationMethod": "EMAIL"}
    write(here / "account.json", one)
    _, out = calendar("account.json")
    assert ("UpdateCertificateOptions" in out) is (status == "ISSUED")
