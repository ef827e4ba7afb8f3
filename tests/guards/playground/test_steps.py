"""The topics `validation` and `diagnosis`; the cases are compared with the coverage."""

import json

import pytest
from tests.support.account import described
from tests.support.playground import DAY, ask

from acmrules.cli import main


@pytest.mark.parametrize("topic", ["validation", "diagnosis"])
def test_nothing_has_an_answer(topic):
    """A file without certificates is no error."""
    found = ask({"a.yaml": "a: 1\n"}, topic)
    assert found["picture"] == ""
    assert found["text"] == ("no certificate in these files\n" if topic == "validation" else "")


def test_a_diagnosis_is_that_of_the_command(tmp_path, monkeypatch, capsys):
    """At the first moment of the date that the page states."""
    monkeypatch.chdir(tmp_path)
    text = json.dumps(described(Status="PENDING_VALIDATION"))
    (tmp_path / "site.json").write_text(text)
    main.main(["diagnose", "site.json", "--as-of", DAY])
    found = ask({"site.json": text}, "diagnosis")
    assert found["text"] == capsys.readouterr().out
    assert found["text"].endswith("1 certificate: 1 unknown\n")


DECLARED = """\
variable "domain" {}
provider "aws" {
  region = "eu-west-1"
}
resource "aws_acm_certificate" "a" {
  domain_name       = var.domain
  validation_method = "DNS"
}
resource "aws_acm_certificate" "b" {
  domain_name               = "brightharbor.io"
  subject_alternative_names = ["www.brightharbor.io"]
  validation_method         = "DNS"
}
"""


@pytest.mark.parametrize("topic", ["diagnosis", "coverage", "validation"])
def test_certificates_that_exist_and_declared_ones_together(topic, tmp_path, monkeypatch, capsys):
    """The answers are those of the command for a directory with both, and with environments."""
    monkeypatch.chdir(tmp_path)
    files = {
        "site.json": json.dumps(described(Status="PENDING_VALIDATION")),
        "main.tf": DECLARED,
        "prod.tfvars": 'domain = "brightharbor.io"\n',
        "dev.tfvars": 'domain = "lighthouse.io"\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    main.main([topic.replace("diagnosis", "diagnose"), ".", "--as-of", DAY])
    assert ask(files, topic)["text"] == capsys.readouterr().out
