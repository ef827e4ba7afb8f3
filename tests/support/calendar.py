"""A template for the tests of the calendar, and the sections of its text."""

AS_OF = ("--as-of", "2026-11-23")


SITE = """\
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: brightharbor.io}
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      SubjectAlternativeNames: ["*.brightharbor.io", www.brightharbor.io]
      ValidationMethod: EMAIL
"""


DNS = SITE.replace("EMAIL", "DNS")


def lines(text, begin):
    """Return the lines from the one with a beginning up to the next blank line."""
    found = text[text.index(begin) :].split("\n\n")[0]
    return found.rstrip("\n").split("\n")
