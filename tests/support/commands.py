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
