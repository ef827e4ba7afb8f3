provider "aws" {
  region = "eu-west-1"
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.lighthouse.co.uk"
  validation_method = "EMAIL"

  validation_option {
    domain_name       = "shop.lighthouse.co.uk"
    validation_domain = "lighthouse.co.uk"
  }

  lifecycle {
    create_before_destroy = true
  }
}
