"""The command `compare` with what exists in an account."""

import json

import pytest
from tests.support.edits import template
from tests.support.responses import description, write
from tests.support.shown_accounts import arn_of

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, main

DNS = {"ValidationMethod": "DNS"}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def compare(capsys):
    """Return a function that runs the command, and returns its exit code and output."""

    def run(*words):
        code = main(["compare", "--as-of", "2026-11-30", "--region", "eu-west-1", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def site(here, *names):
    """Write a template with a certificate for names."""
    (here / "infra").mkdir(exist_ok=True)
    text = template({"Certificate": (names, DNS)})
    (here / "infra" / "site.yaml").write_text(text)


def test_templates_are_compared_with_an_account(here, compare):
    """The order of the paths does not matter, and the exit code says whether there is drift."""
    site(here, "brightharbor.io")
    write(here / "account.json", description())
    code, out, _ = compare("account.json", "infra")
    assert code == CLEAN
    assert out.endswith("1 declared certificate: 1 found, no drift\n")
    assert compare("infra", "account.json")[:2] == (code, out)
    write(here / "account.json", description(KeyAlgorithm="EC-prime256v1"))
    code, out, _ = compare("account.json", "infra")
    assert code == FOUND
    assert "the certificate has the key algorithm `EC_prime256v1`, not `RSA_2048`" in out


def test_data_and_other_formats(here, compare):
    """Formats of findings are not those of drift."""
    site(here, "brightharbor.io")
    write(here / "account.json", description())
    code, out, _ = compare("account.json", "infra", "--format", "json")
    assert code == CLEAN
    assert json.loads(out)["certificates"][0]["arn"] == arn_of(1)
    code, _, error = compare("account.json", "infra", "--format", "sarif")
    assert code == UNREADABLE
    assert "drift from an account has the formats text, json, markdown" in error


def test_an_account_alone_needs_templates(here, compare):
    """Nothing declares its certificates."""
    for number in (1, 2):
        write(here / f"account{number}.json", description(number=number))
    code, _, error = compare("account1.json", "account2.json")
    assert code == UNREADABLE
    assert "give its templates too" in error
