"""Consumers that use an existing certificate by its ARN."""

import pytest
from tests.support.shown_accounts import arn_of, declared, detail

from acmrules.lint.linter import Linter
from acmrules.model.batches import Batch, link
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Location
from acmrules.names import DomainName
from acmrules.request import KeyAlgorithm, Tool
from acmrules.resources import CertificateReference, Consumer
from acmrules.syntax.source import Source

HOST = DomainName("api.brightharbor.io")


def findings(consumer, *details, request=None):
    """Return the rule and the location of each finding about a consumer."""
    source = Source("site.yaml", "Listener")
    variant = Variant(request, (consumer,), {(): Location(source, 0, 8)})
    declaration = Declaration(source, Tool.CLOUDFORMATION, "Listener", (variant,))
    batches = [Batch("site.yaml", (declaration,)), Batch("account.json", declared(*details))]
    linker = Linter()
    return [
        finding
        for batch in link(batches)
        for each in batch.declarations
        if each.tool is not Tool.ACCOUNT
        for finding in linker.check(each)[0]
    ]


def listener(service="alb", hosts=(), region="eu-west-1", number=1, **fields):
    return Consumer(service, "Listener", arn_of(number), hosts, region=region, **fields)


@pytest.mark.parametrize(
    ("consumer", "existing", "rule"),
    [
        (listener(hosts=(HOST,)), detail("*.www.brightharbor.io"), "ACM205"),
        (listener("clb"), detail(key_algorithm=KeyAlgorithm("EC_prime256v1")), "ACM505"),
        (
            listener("verified-access", hosts=(HOST,)),
            detail("brightharbor.io", HOST),
            "ACM507",
        ),
        (listener(region="us-east-1"), detail(), "ACM508"),
    ],
)
def test_rules_about_certificates_apply_to_the_consumer(consumer, existing, rule):
    """The findings are located in the file with the ARN, and nothing there can be edited."""
    [finding] = findings(consumer, existing)
    assert (finding.rule.id, finding.file) == (rule, "site.yaml")
    assert (finding.fix, finding.related) == (None, ())
    if rule != "ACM508":
        assert findings(consumer) == []


def test_a_certificate_that_fits_has_no_findings():
    """The names cover the host, and the service accepts the key."""
    assert findings(listener(hosts=(HOST,)), detail("*.brightharbor.io")) == []


def test_another_certificate_does_not_matter():
    """Only the certificate with the ARN is compared."""
    other = detail("*.www.brightharbor.io", number=2)
    assert findings(listener(hosts=(HOST,)), detail("*.brightharbor.io"), other) == []
    assert findings(listener(hosts=(HOST,), number=3), other) == []


def test_an_entry_of_a_list_may_have_more_names():
    """So it is unknown whether it covers a host."""
    entry = detail("brightharbor.io", names_known=False)
    entry = entry.__replace__(described=False)
    source = declared(entry)
    assert source[0].variants[0].existing is entry
    assert findings(listener(), entry) == []


def test_own_certificates_are_checked_as_before():
    """A reference within the file is not affected by files about accounts."""
    own = Consumer("alb", "Listener", CertificateReference("Certificate"), (HOST,))
    assert findings(own, detail()) == findings(own)
