"""Blocks of a module from elsewhere that have instances."""

import pytest
from tests.support.terraform import only

from acmrules.readers.options import ReadScope

CALL = """
variable "wait" {}
module "acm" {
  source            = "terraform-aws-modules/acm/aws"
  version           = "~> 5.0"
  domain_name       = "brightharbor.io"
  validation_method = "DNS"
  MORE
}
"""
RECORD, WAIT = "aws_route53_record.validation", "aws_acm_certificate_validation.this"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", {RECORD, WAIT}),
        ("wait_for_validation = false", {RECORD}),
        ("wait_for_validation = var.wait", {RECORD, WAIT}),
        ("create_route53_records = false", {WAIT}),
        ("validate_certificate = false", set()),
    ],
)
def test_validators_exist(more, found):
    """A block of the module that a call leaves out validates nothing."""
    variants = only(CALL.replace("MORE", more), scope=ReadScope.EVERYTHING).variants
    validators = {name for variant in variants for name in variant.validators}
    assert {each for each in validators if each in {RECORD, WAIT}} == found
