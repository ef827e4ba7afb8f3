"""Files and templates for the tests of the command line."""

import os

GOOD = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      ValidationMethod: DNS
      DomainValidationOptions:
        - {DomainName: brightharbor.io, HostedZoneId: Z0123456789ABCDEFGHIJ}
"""


def write(name, text):
    """Write a file of the working folder, and create the folders above it."""
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def write_all(texts):
    """Write files by name."""
    for name, text in texts.items():
        write(name, text)


def read(name):
    """Return the text of a file of the working folder, with its line ends."""
    with open(name, encoding="utf-8", newline="") as file:
        return file.read()


ENVIRONMENTS = {
    "main.tf": """\
variable "domain" {}
resource "aws_acm_certificate" "x" {
  domain_name       = var.domain
  validation_method = "DNS"
}
resource "aws_cloudfront_distribution" "d" {
  aliases = ["www.${var.domain}"]
  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.x.arn
  }
}
""",
    "env/dev.tfvars": 'domain = "dev.brightharbor.io"\n',
    "env/prod.tfvars": 'domain = "brightharbor.io"\n',
}
"""A module whose variable has a value in each of two environments."""

SERVERS = {"lsp": "pygls", "mcp": "mcp"}
"""The commands that need a package of their extra."""
