provider "aws" {
  region = "eu-west-1"
}

resource "aws_acm_certificate" "wiki" {
  domain_name               = "wiki.harbor.internal"
  certificate_authority_arn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/6d5c4b3a-2918-4f0e-9d8c-7b6a59483726"
}
