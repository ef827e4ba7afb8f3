"""What an answer leaves open, and how to get it checked."""

import re

import pytest
from tests.support.playground import ask, part

MODULE = """\
variable "domain" {}
resource "aws_acm_certificate" "a" {
  domain_name       = var.domain
  validation_method = "DNS"
}
resource "aws_acm_certificate" "b" {
  domain_name       = aws_route53_zone.site.name
  validation_method = file("/etc/hostname")
}
module "far" {
  source = "git::https://brightharbor.io/modules//acm"
  domain = "brightharbor.io"
}
"""


def test_unknown_values_say_what_makes_them_known():
    """A Region is chosen, a parameter is an option of the command, and a plan has the rest."""
    files = {"main.tf": MODULE}
    found = {each["message"].partition(" is unknown")[0]: each for each in ask(files)["unchecked"]}
    assert found["`var.domain`"]["help"] == "run `acmrules check` with `--param domain=VALUE`"
    assert part(MODULE, found["`var.domain`"]["span"]) == "var.domain"
    assert found["`aws_route53_zone.site.name`"]["help"] == "check the plan"
    assert found['`file("/etc/hostname")`']["help"] == "it is known only when it is deployed"
    assert found["the Region"]["help"] == "choose a Region"
    assert "ACM503 is not decided" in found["the Region"]["message"]


def test_a_choice_decides():
    """What is known is not listed."""
    files = {"main.tf": MODULE, "terraform.tfvars": 'domain = "a.io"\n'}
    found = [each["message"] for each in ask(files, region="us-east-1")["unchecked"]]
    left = [message.partition(" is unknown")[0] for message in found if " is unknown" in message]
    assert left == ["`aws_route53_zone.site.name`", '`file("/etc/hostname")`']


def test_many_rules_are_cut_short():
    """Six rules are named, and each unknown name once."""
    found = [each["message"] for each in ask({"main.tf": MODULE})["unchecked"]]
    [domain] = [message for message in found if message.startswith("`var.domain`")]
    assert re.fullmatch(r"`var\.domain` is unknown, so (ACM\d+, ){5}ACM\d+ and more .*", domain)
    assert len([message for message in found if "domain" in message]) == 1


def test_a_broken_file_is_an_error_and_nothing_else():
    """It does not also say that there is no certificate request."""
    found = ask({"a.yaml": "AWS::CertificateManager::Certificate: ["})
    assert (len(found["errors"]), found["unchecked"]) == (1, [])


def test_a_module_from_elsewhere_is_not_checked():
    """The help is that of the command."""
    found = ask({"main.tf": MODULE})["unchecked"]
    [far] = [each for each in found if each["message"].startswith("module")]
    assert part(MODULE, far["span"]) == 'module "far"'
    assert far["help"]


def test_what_settings_leave_out_is_counted():
    """No finding would look like a pass."""
    template = "Resources: {A: {Type: AWS::CertificateManager::Certificate}}"
    found = ask({"a.yaml": template, "b.md": "", ".acmrules.toml": 'exclude = ["*.yaml"]\n'})
    assert "1 file excluded by the settings" in [each["message"] for each in found["unchecked"]]


def test_a_named_file_without_a_certificate_is_explained():
    """One file is named, so that the page says what it is instead."""
    found = ask({"a.ts": "export default {}\n"})
    assert [*found["errors"], *found["unchecked"]]


TEMPLATE = """\
Resources:
  A:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: brightharbor.io, ValidationMethod: EMAIL}
"""


@pytest.mark.parametrize(
    "settings",
    ["select = []\n", 'ignore = ["ACM"]\n', 'select = ["ACM102"]\n[severity]\nACM102 = "off"\n'],
)
def test_settings_without_a_rule_prove_nothing(settings):
    """No rule finds nothing in any file, which is no pass."""
    files = {"a.yaml": TEMPLATE, ".acmrules.toml": settings}
    [entry] = ask(files)["unchecked"]
    assert entry["message"] == "`a.yaml` is not checked: its settings select no rule"
    assert entry["span"]["file"] == "a.yaml"
    assert ask(files | {".acmrules.toml": 'ignore = ["ACM102"]\n'})["unchecked"] == []


@pytest.mark.parametrize(
    "files",
    [
        {},
        {".acmrules.toml": "select = []\n"},
        {"c/Chart.yaml": "name: x\n", "c/templates/a.yaml": "kind: Ingress\n"},
        {"Pulumi.yaml": "name: x\n", "b.yaml": "a: 1\n"},
    ],
)
def test_nothing_is_no_pass(files):
    """The command says on its standard error that nothing was checked."""
    [entry] = ask(files)["unchecked"]
    assert entry["message"].startswith("nothing was checked")
