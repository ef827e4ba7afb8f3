"""The table of Azavea."""

from tests.support.terraform import only

from acmrules.readers.options import ReadScope

CALL = """
provider "aws" {
  alias  = "certificates"
  region = "us-east-1"
}
module "cert" {
  source = "github.com/azavea/terraform-aws-acm-certificate?ref=4.0.0"
  providers = {
    aws.acm_account     = aws.certificates
    aws.route53_account = aws
  }
  domain_name    = "brightharbor.io"
  hosted_zone_id = "Z123"
}
"""


def test_a_request_in_the_region_of_its_provider():
    """The call passes a provider for the certificate, and one for the records."""
    variant = only(CALL, scope=ReadScope.EVERYTHING).variants[0]
    assert variant.request.region == "us-east-1"
    assert [each.zone_id for each in variant.created] == ["Z123"]
