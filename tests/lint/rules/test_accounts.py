"""ACM523: the account of a certificate and that of its consumer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import RULES, check_rule, consumer, outcomes, part

from acmrules.lint.linter import Linter
from acmrules.lint.rules.accounts import is_example
from acmrules.readers import registry
from acmrules.syntax.source import Source

OURS, THEIRS, EXAMPLE = "210987654320", "310987654321", "111122223333"
AT = "consumers 0 certificate"


def arn(account):
    return f"arn:aws:acm:us-east-1:{account}:certificate/2f1c"


@pytest.mark.parametrize(
    ("certificate", "account", "expected"),
    [
        (arn(OURS), OURS, set()),
        (arn(THEIRS), OURS, {f"{AT}: error"}),
        (arn(THEIRS), None, set()),
        (arn(EXAMPLE), OURS, {f"{AT}: skipped"}),
        (arn(THEIRS), EXAMPLE, {f"{AT}: skipped"}),
        (arn(EXAMPLE), EXAMPLE, set()),
        (part("$Arn"), OURS, {f"{AT}: skipped"}),
        (part("$Arn"), None, set()),
        (part("arn:aws:acm:us-east-1:", "$Account", ":certificate/2f1c"), OURS, {f"{AT}: skipped"}),
        (part(f"arn:aws:acm:us-east-1:{THEIRS}:certificate/", "$Id"), OURS, {f"{AT}: error"}),
        (part(f"arn:aws:acm:us-east-1:{OURS}:certificate/", "$Id"), OURS, set()),
        (part(f"arn:aws:acm:us-east-1:{THEIRS}", "$Rest"), OURS, {f"{AT}: skipped"}),
        (arn("1"), OURS, set()),
        (arn("YOUR-ACCOUNT"), OURS, set()),
    ],
)
def test_the_account_in_an_arn(certificate, account, expected):
    """It is compared with the account of the resource, if both are known and in use."""
    used = consumer("alb", certificate=certificate, account=account)
    assert outcomes("ACM523", consumers=(used,)) == expected


@pytest.mark.parametrize(
    ("theirs", "expected"), [(THEIRS, {f"{AT}: error"}), (OURS, set()), (None, set())]
)
def test_the_account_of_a_request(theirs, expected):
    """The provider of the certificate may reveal another account."""
    used = consumer("cloudfront", account=OURS, certificate_account=theirs)
    assert outcomes("ACM523", "a.io", consumers=(used,)) == expected


def test_the_account_of_a_data_source():
    """A reference has no account itself, but its provider may."""
    used = consumer("alb", certificate=part("$Arn"), account=OURS, certificate_account=THEIRS)
    assert outcomes("ACM523", consumers=(used,)) == {f"{AT}: error"}


def test_other_services_are_a_note():
    """No source confirms the fact for them."""
    used = consumer("transfer", certificate=arn(THEIRS), account=OURS)
    assert outcomes("ACM523", consumers=(used,)) == {f"{AT}: note"}


def test_the_words_of_a_finding():
    """The message names the service and both accounts, and a reason the unknown value."""
    used = consumer("alb", certificate=arn(THEIRS), account=OURS)
    [finding], _ = check_rule("ACM523", consumers=(used,))
    assert finding.message == (
        f"an Application Load Balancer in the account `{OURS}` cannot use a certificate of"
        f" the account `{THEIRS}`"
    )
    _, [skip] = check_rule("ACM523", consumers=(used.__replace__(certificate=part("${Arn}")),))
    assert "`${Arn}`" in skip.detail


def test_an_unknown_certificate_of_the_same_resource_is_not_compared():
    """A listener with an ARN and a reference has no account of its own."""
    known = consumer("alb", certificate=arn(OURS))
    unknown = consumer("alb", certificate=part("$Arn"))
    assert outcomes("ACM523", consumers=(known, unknown)) == set()


def test_certificates_of_one_resource_are_of_one_account():
    """A listener with two ARNs shows that one of them is wrong; another resource does not."""
    one, other = (consumer("alb", certificate=arn(account)) for account in (OURS, THEIRS))
    assert outcomes("ACM523", consumers=(one, other)) == {"consumers 1 certificate: error"}
    elsewhere = other.__replace__(address="Elsewhere")
    assert outcomes("ACM523", consumers=(one, elsewhere)) == set()


def test_the_certificates_of_an_ingress_are_of_one_account():
    """The annotation of an Ingress may list several ARNs."""
    key = "alb.ingress.kubernetes.io/certificate-arn"

    def rules_found(*accounts):
        metadata = {"name": "x", "annotations": {key: ", ".join(map(arn, accounts))}}
        data = {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": metadata}
        linter = Linter(rules=[RULES["ACM523"]])
        found = registry.read(Source("x.json", json.dumps(data | {"spec": {}})))
        return [len(linter.check(each)[0]) for each in found]

    assert rules_found(OURS, OURS) == [0]
    assert rules_found(OURS, THEIRS) == [1]
    assert rules_found(OURS, EXAMPLE) == [0]


@given(st.from_regex(r"[0-9]{12}", fullmatch=True).filter(lambda text: len(set(text)) > 6))
def test_most_accounts_are_in_use(account):
    """Only digits that count, or that repeat in groups of four, are examples."""
    is_counted = account in "01234567890123456789" or account in "98765432109876543210"
    assert is_example(account) is is_counted
    assert all(map(is_example, ("123456789012", EXAMPLE, "444455556666", "0" * 12)))
