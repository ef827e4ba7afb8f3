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
    """Return the lines of a text from one that begins so up to the next blank one."""
    found = text[text.index(begin) :].split("\n\n")[0]
    return found.rstrip("\n").split("\n")
