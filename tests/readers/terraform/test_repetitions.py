"""Repetitions of validation records that Terraform cannot plan."""

import pytest
from tests.support.validation_files import (
    EACH,
    OPTIONS,
    block,
    certificate,
    each_record,
    found_in,
    marked_in,
    record,
)

ONE = certificate("a.io")
RANDOM = block("random_id", "x", "byte_length = 4")
COMPUTED = RANDOM + certificate("a.io", "${random_id.x.hex}.a.io")
NEWEST = (
    'terraform {\n  required_providers {\n    aws = {\n      version = "~> 6.0"\n    }\n  }\n}\n'
)


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        (EACH, set()),
        (OPTIONS, {"ACM419 error"}),
        (f"toset({OPTIONS})", {"ACM419 error"}),
        (f"tolist({OPTIONS})", {"ACM419 error"}),
        (f"{{ for o in {OPTIONS} : o.resource_record_name => o }}", {"ACM419 error"}),
        (f"toset([for o in {OPTIONS} : o.resource_record_name])", {"ACM419 error"}),
        (f"toset({OPTIONS}[*].resource_record_name)", {"ACM419 error"}),
        (f"toset([for o in {OPTIONS} : o.domain_name])", set()),
        (f"{{ for i, o in tolist({OPTIONS}) : i => o }}", set()),
    ],
)
def test_the_keys_of_records_must_be_known(over, expected):
    """`for_each` requires a map or a set of strings that the plan knows."""
    found = found_in(ONE, each_record(over=over))
    assert {each for each in found if "ACM419" in each} == expected


def test_the_finding_is_at_the_repetition():
    """The expression is marked."""
    assert marked_in(ONE, each_record(over=OPTIONS)) == {"ACM419": OPTIONS}


@pytest.mark.parametrize(
    ("repeated", "expected"),
    [
        (f"for_each = {EACH}", {"ACM419 error"}),
        (f"count = length({OPTIONS})", {"ACM419 error"}),
        ("count = 2", set()),
    ],
)
def test_computed_names_make_the_options_unknown(repeated, expected):
    """The options are known in the plan only if all names are."""
    assert found_in(COMPUTED, record("each.value", repeated)) - {"ACM417 error"} == expected


@pytest.mark.parametrize(
    "name",
    [
        "${var.x}.a.io",
        "${local.x}.a.io",
        "${data.aws_region.x.id}.a.io",
        "${coalesce(var.x, random_id.x.hex)}.a.io",
        "${aws_route53_zone.x.name}",
        "${aws_route53_zone.x.comment}.a.io",
        "${missing_resource.x.id}.a.io",
        "${module.remote.x}.a.io",
    ],
)
def test_names_that_a_plan_may_know(name):
    """Variables, data sources and configured attributes are known."""
    zone = block("aws_route53_zone", "x", "name = var.x", "comment = var.x")
    head = 'variable "x" { type = string }\nlocals { x = var.x }\ndata "aws_region" "x" {}\n'
    text = head + RANDOM + zone + certificate("a.io", name)
    assert "ACM419 error" not in found_in(text, each_record())


@pytest.mark.parametrize("index", ["[0]", ".0", "[count.index]"])
@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("~> 6.0", {"ACM419 error"}),
        (">= 3.27.0, < 7", {"ACM419 error"}),
        ("5.31.0", {"ACM419 error"}),
        (">= 6.0.0-beta3", {"ACM419 error"}),
        (">= 2.0", {"ACM419 warning"}),
        ("", {"ACM419 warning"}),
        ("~> 2.7", set()),
        ("< 3.0", set()),
    ],
)
def test_the_options_have_no_index(index, version, expected):
    """They were a list until version 3 of the provider, and `tolist` converts them."""
    head = NEWEST.replace("~> 6.0", version) if version else ""
    found = found_in(head + ONE, record(f"{OPTIONS}{index}", "count = 1"))
    assert {each for each in found if "ACM419" in each} == expected


def test_the_version_may_be_that_of_the_provider_block():
    """Terraform 0.12 and earlier have it there, or as a string."""
    old = 'provider "aws" {\n  version = "~> 2.0"\n}\n'
    assert found_in(old + ONE, record(f"{OPTIONS}[0]")) == set()
    plain = 'terraform {\n  required_providers {\n    aws = "~> 2.0"\n  }\n}\n'
    assert found_in(plain + ONE, record(f"{OPTIONS}[0]")) == set()


@pytest.mark.parametrize(
    "option",
    [f"tolist({OPTIONS})[0]", f"one({OPTIONS})", f"element(tolist({OPTIONS}), 0)"],
)
def test_converted_options_have_an_index(option):
    """The functions return lists or single values."""
    assert found_in(NEWEST + ONE, record(option)) == set()
