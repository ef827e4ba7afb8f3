"""Comparisons of texts; those of files and revisions are tests of the command `compare`."""

import json
from datetime import date

import pytest
from tests.support.edits import template
from tests.support.terraform_plans import change, plan

from acmrules.workspace import arguments
from acmrules.workspace.comparison import Comparison, ComparisonError

DAY = date(2026, 11, 1)
SITE = template({"Certificate": (("brightharbor.io", "www.brightharbor.io"), {})})
MORE = template({"Certificate": (("brightharbor.io", "shop.brightharbor.io"), {})})


@pytest.fixture
def comparison():
    """Return a comparison without settings files."""
    return Comparison(arguments.resolver({}, None, DAY, DAY), DAY)


def verdicts(changes):
    """Return the addresses and the effects of changes."""
    return [(each.declaration.address, str(each.verdict)) for each in changes]


def test_texts_are_compared_by_name(comparison):
    """The texts of one name are the old and the new state of a file."""
    found = comparison.compared_texts({"a.json": SITE}, {"a.json": MORE})
    assert verdicts(found) == [("Certificate", "replacement")]
    assert comparison.compared_texts({"a.json": SITE}, {"a.json": SITE}) == []
    assert not [*comparison.troubles]


def test_texts_of_a_folder_are_a_module(comparison, tmp_path, monkeypatch):
    """Values of other texts count; variable files on disk do not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prod.tfvars").write_text('name = "other.io"\n')
    certificate = """
        variable "name" { default = "%s" }
        resource "aws_acm_certificate" "a" {
          domain_name       = var.name
          validation_method = "DNS"
        }
    """
    old = {"main.tf": certificate % "brightharbor.io"}
    new = {"main.tf": certificate % "brightharbor.io", "terraform.tfvars": 'name = "b.io"'}
    found = comparison.compared_texts(old, new)
    assert verdicts(found) == [("aws_acm_certificate.a", "replacement")]


def test_one_text_is_a_plan(comparison):
    """A plan has both states; any other single text has only one."""
    after = {"domain_name": "brightharbor.io", "validation_method": "DNS"}
    text = json.dumps(plan(change("aws_acm_certificate.a", after)))
    [(address, _)] = verdicts(comparison.compared_texts(None, {"plan.json": text}))
    assert address == "aws_acm_certificate.a"
    with pytest.raises(ComparisonError, match="must be a Terraform plan"):
        comparison.compared_texts(None, {"a.json": SITE})
    with pytest.raises(ComparisonError, match="must be a Terraform plan"):
        comparison.compared_texts(None, {"plan.json": text, "a.json": SITE})
