"""What a hover shows."""

import pytest
from tests.support.guards.lsp import session

TEMPLATE = """\
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: "*.shop.brightharbor.co.uk"
      ValidationMethod: DNS
  Door:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [www.shop.brightharbor.co.uk, shop.brightharbor.co.uk]
        ViewerCertificate:
          AcmCertificateArn: !Ref Site
          SslSupportMethod: sni-only
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Return a session whose workspace is the current folder."""
    monkeypatch.chdir(tmp_path)
    session().move(added=[tmp_path])
    yield session()
    session().leave(tmp_path)


def test_a_name_shows_what_it_covers(client):
    """Its base domain, its public suffix, and the hosts of the workspace."""
    uri = client.open("site.yaml", TEMPLATE)
    text = client.hover(uri, 4, 25)
    assert "covers every name directly under `shop.brightharbor.co.uk`" in text
    assert "base domain: `brightharbor.co.uk`" in text
    assert "public suffix: `co.uk`" in text
    assert "- `www.shop.brightharbor.co.uk`: `Door` in `site.yaml`" in text
    assert "- `shop.brightharbor.co.uk`:" not in text


def test_a_plain_name_and_one_without_hosts(client):
    """They say so."""
    uri = client.open("list.txt", "www.brightharbor.io\n")
    text = client.hover(uri, 0, 3)
    assert "covers this host only" in text
    assert "It covers no host of this workspace." in text


def test_a_finding_shows_its_rule(client):
    """The message, the help, the explanation, and the source."""
    uri = client.open("site.yaml", TEMPLATE)
    text = client.hover(uri, 10, 50)
    assert "ACM205" in text
    assert "*help:*" in text
    assert "](https://" in text


def test_elsewhere_there_is_nothing(client):
    """Also beyond the end of the text."""
    uri = client.open("site.yaml", TEMPLATE)
    assert client.hover(uri, 0, 0) is None
    assert client.hover(uri, 1_000, 1_000) is None


def test_a_name_that_is_a_public_suffix_has_no_base_domain(client):
    """The wildcard would cover the domains of others."""
    text = client.hover(client.open("list.txt", "*.co.uk\n"), 0, 3)
    assert "`co.uk` is a public suffix" in text
