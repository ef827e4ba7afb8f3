"""The evaluations of a root module, and what is read once in each."""

import pytest
from tests.support.terraform import configuration

from acmrules.readers.conditions import ROOT
from acmrules.readers.terraform.evaluations import Evaluations
from acmrules.readers.terraform.modules import ResourceBlock

TEXT = """
    variable "zone" {
      default = "a.io"
    }
    variable "other" {
      default = true
    }
    resource "aws_route53_zone" "z" {
      name = var.zone == "a.io" ? "a.io" : "b.io"
    }
    resource "aws_lb" "some" {
      count = 2
    }
    data "aws_lb" "one" {}
"""


def evaluations(text=TEXT):
    """Return the evaluations of a root module."""
    root = configuration({"main.tf": text})._call_tree("")
    resources = [ResourceBlock(root, name, block) for name, block in root.module.resources.items()]
    return Evaluations(root, resources, {}, None, None, host_records=False)


def answer(condition, default, given):
    """Return the state with one answer to a condition."""
    return ROOT | {((default, condition), given)}


def test_each_evaluation_is_made_once():
    """A state has one evaluation, except for new ones."""
    every = evaluations()
    assert every.of(ROOT) is every.of(ROOT)
    assert every.new(ROOT) is not every.of(ROOT)
    assert every.defaults is every.defaults


@pytest.mark.parametrize(
    ("state", "is_shared", "zone"),
    [
        (ROOT, True, "a.io"),
        (answer("var.other", "True", True), True, "a.io"),
        (answer('var.zone == "a.io"', "True", False), False, "b.io"),
    ],
)
def test_dns_is_read_again_only_if_an_answer_differs(state, is_shared, zone):
    """Evaluations that agree with the defaults share the DNS resources."""
    every = evaluations()
    dns = every.dns_in(every.of(state))
    assert (dns is every.default_dns) is is_shared
    assert [str(each.name) for each in dns.resources.zones] == [zone]
    assert every.dns_in(every.of(state)) is dns


@pytest.mark.parametrize(
    ("kind", "name", "exists"),
    [("aws_lb", "one", True), ("aws_lb", "some", False), ("aws_lb", "none", False)],
)
def test_the_only_instance(kind, name, exists):
    """A resource with several instances has no only one, and a data source is found too."""
    every = evaluations()
    found = every.only_instance(every.of(ROOT), every.root, kind, name)
    assert (found is not None) is exists
