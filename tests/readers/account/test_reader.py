"""Certificates that exist, read from what AWS answers."""

import json

import pytest
from tests.support.account import ARN, described

from acmrules.diagnosis import CertificateStatus
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import Tool
from acmrules.syntax.source import Source


def read(data, name="account.json", scope=ReadScope.CERTIFICATES):
    text = data if isinstance(data, str) else json.dumps(data)
    return registry.read(Source(name, text), Parameters({}, scope=scope))


@pytest.mark.parametrize("data", [{"Certificate": described()}, described(), [described()]])
def test_a_description_is_a_certificate_that_exists(data):
    """A description is a certificate with its request, whose address is its ARN."""
    [declaration] = read(data)
    assert (declaration.tool, declaration.address) == (Tool.ACCOUNT, ARN)
    assert declaration.exported_as == (ARN,)
    [variant] = declaration.variants
    assert variant.existing.status is CertificateStatus.ISSUED
    assert [*map(str, variant.request.names)] == ["brightharbor.io", "www.brightharbor.io"]
    assert variant.request.region == "eu-west-1"
