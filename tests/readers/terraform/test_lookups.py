"""Certificates that root modules look up by their names."""

import pytest
from tests.support.fixes import FilesRun
from tests.support.terraform import configuration

from acmrules.lint import fixes
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations

CERTIFICATE = """
provider "aws" {{ region = "{region}" }}
resource "aws_acm_certificate" "site" {{
  domain_name       = "{name}"
  validation_method = "DNS"
  {lifecycle}
}}
"""
CONSUMER = """
provider "aws" { region = "eu-west-1" }
variable "domain" { default = "a.io" }
data "aws_acm_certificate" "site" {
  domain = "a.io"
}
resource "aws_lb_listener" "https" {
  certificate_arn = data.aws_acm_certificate.site.arn
}
"""
BY_VARIABLE = CONSUMER.replace('domain = "a.io"\n', "domain = var.domain\n")
IN_MODULE = {
    "app/main.tf": 'provider "aws" { region = "eu-west-1" }\n'
    'module "lb" {\n  source = "../lb"\n  domain = "a.io"\n}\n',
    "lb/main.tf": 'variable "domain" {}\n'
    + BY_VARIABLE[BY_VARIABLE.index("data") :]
    .replace('"site" {', '"site" {\n  count = 1')
    .replace("site.arn", "site[0].arn"),
}


def messages(files, **of):
    """Return the messages of ACM603 for the roots of files, in the order of the roots."""
    options = {"region": "eu-west-1", "name": "a.io", "lifecycle": ""} | of
    made = configuration({"certificate/main.tf": CERTIFICATE.format(**options)} | files)
    found = []
    for root in made.roots({path.partition("/")[0] for path in files} | {"certificate"}):
        found += check_declarations(made.declarations(root), Linter()).findings
    assert made.unreadable == {}
    return [each.message for each in found if each.rule.id == "ACM603"]


@pytest.mark.parametrize("root", ["app", "zzz"])
@pytest.mark.parametrize("text", [CONSUMER, BY_VARIABLE])
def test_a_certificate_that_another_root_looks_up_is_in_use(root, text):
    """ACM603 names the resource of the other root, whatever the order of the roots."""
    line = text[: text.index("resource")].count("\n") + 1
    user = f"`aws_lb_listener.https` ({root}/main.tf:{line})"
    missing = "and `create_before_destroy` is not set: replacing it will fail"
    expected = f"the certificate is in use by {user}, which looks it up, {missing}"
    assert messages({f"{root}/main.tf": text}) == [expected]


def test_a_look_up_in_a_called_module():
    """A module of the other root may look the certificate up."""
    [message] = messages(IN_MODULE)
    assert "`module.lb.aws_lb_listener.https` (lb/main.tf:" in message


def test_several_roots_look_it_up():
    """The message names one of several consumers."""
    [message] = messages({"app/main.tf": CONSUMER, "web/main.tf": CONSUMER})
    assert "(app/main.tf:7) and 1 more, which look it up, and" in message


class _LookedUpRun(FilesRun):
    """A run over the folders `app` and `certificate`."""

    def declarations(self, texts):
        """Return the declarations of both roots."""
        made = configuration(self.files | {**texts})
        return [
            each for root in made.roots(["app", "certificate"]) for each in made.declarations(root)
        ]


def test_the_fix_of_a_certificate_that_another_root_looks_up():
    """The fix adds the `lifecycle` block, as it does for a consumer of the same root."""
    files = {
        "app/main.tf": CONSUMER,
        "certificate/main.tf": CERTIFICATE.format(region="eu-west-1", name="a.io", lifecycle=""),
    }
    outcome = fixes.apply_until_stable(_LookedUpRun(files, rules=["ACM603"]))
    assert outcome.rejected == ()
    assert "create_before_destroy = true" in outcome.texts["certificate/main.tf"]
    assert [each.rule.id for each in outcome.applied] == ["ACM603"]


@pytest.mark.parametrize(
    ("files", "of"),
    [
        ({"app/main.tf": CONSUMER}, {"name": "b.io"}),
        ({"app/main.tf": CONSUMER}, {"region": "us-east-1"}),
        ({"app/main.tf": CONSUMER}, {"lifecycle": "lifecycle {\n create_before_destroy = true\n}"}),
        ({"app/main.tf": CONSUMER.replace('"a.io"\n}', '"a.io"\n  types = ["IMPORTED"]\n}')}, {}),
        ({"app/main.tf": CONSUMER[: CONSUMER.index("resource")]}, {}),
        ({"app/main.tf": CONSUMER.replace('domain = "a.io"', "domain = var.other")}, {}),
        ({}, {}),
    ],
)
def test_other_certificates_are_not_in_use(files, of):
    """Another name, Region or type, or a look-up that nothing uses, is not a use."""
    assert messages(files, **of) == []
