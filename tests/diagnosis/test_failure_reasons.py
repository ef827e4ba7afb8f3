"""Why a request or a renewal failed."""

import pytest
from tests.support.existing import DESCRIBE, REQUEST, certificate

from acmrules.diagnosis.certificate import CertificateType, FailureReason
from acmrules.diagnosis.failure_reasons import REASONS, failure
from acmrules.diagnosis.model import Actor, Cause, Certainty
from acmrules.facts import live
from acmrules.facts.background import FACTS
from acmrules.unresolved import Malformed, read_name

CA = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/a"
FOREIGN = CA.replace("123456789012", "210987654321")


def failed(reason, **fields):
    """Return the obstacle of a reason."""
    proof = "`FailureReason`"
    return failure(certificate("FAILED", **fields), reason, Cause.FAILED, proof, is_final=True)


def private(reason, authority=CA):
    """Return the obstacle of a reason for a certificate of a private CA."""
    return failed(reason, type=CertificateType.PRIVATE, certificate_authority_arn=authority)


def test_every_reason_has_a_fact():
    """The 17 reasons of the API have a fact each, named after the reason."""
    assert {each.value for each in REASONS} == set(FACTS["live.FAILURE_REASONS"].value)
    assert [each.value for each in FailureReason] == [*FACTS["live.FAILURE_REASONS"].value]
    assert all(fact is getattr(live, reason.value) for reason, fact in REASONS.items())


@pytest.mark.parametrize("reason", FailureReason)
def test_each_reason_has_proof_remedy_and_source(reason):
    """The obstacle says what the reason means; one whose meaning is inferred is only likely."""
    found = failed(reason)
    fact = REASONS[reason]
    assert (found.actor, found.proof) == (Actor.YOU, f"`FailureReason` is `{reason.value}`")
    assert found.text == fact.value.means
    assert found.remedy == f"{fact.value.do}; then request a new certificate"
    assert found.source == (fact if fact.is_confirmed else live.FAILED).source
    assert found.certainty is (Certainty.CERTAIN if fact.is_confirmed else Certainty.LIKELY)


@pytest.mark.parametrize(
    "reason",
    [
        FailureReason.DOMAIN_VALIDATION_DENIED,
        FailureReason.PCA_INVALID_ARN,
        FailureReason.PCA_INVALID_ARGS,
        FailureReason.PCA_NAME_CONSTRAINTS_VALIDATION,
    ],
)
def test_undocumented_reasons_are_likely(reason):
    """No page explains these reasons; their meaning follows from their names."""
    assert failed(reason).certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("reason", "is_same"),
    [
        (FailureReason.CAA_ERROR, True),
        (FailureReason.PCA_LIMIT_EXCEEDED, True),
        (FailureReason.INVALID_PUBLIC_DOMAIN, False),
        (FailureReason.PCA_INVALID_ARN, False),
        (FailureReason.OTHER, False),
    ],
)
def test_the_same_request_is_made_again_if_its_names_stay(reason, is_same):
    """A command repeats the request only if the remedy leaves its names and its CA as they are."""
    assert (REQUEST in failed(reason).commands) is is_same


def test_acm_tries_again_while_a_renewal_is_pending():
    """Before the renewal has failed, no new request is part of the remedy."""
    proof = "`RenewalStatusReason`"
    found = failure(
        certificate(), FailureReason.CAA_ERROR, Cause.RENEWAL_PENDING, proof, is_final=False
    )
    assert (found.remedy, found.commands) == (live.CAA_ERROR.value.do, ())


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (FailureReason.CAA_ERROR, Cause.CAA_FORBIDS),
        (FailureReason.NO_AVAILABLE_CONTACTS, Cause.NO_MX),
        (FailureReason.OTHER, Cause.RENEWAL_PENDING),
    ],
)
def test_reasons_that_dns_proves_have_its_causes(reason, cause):
    """While ACM tries, the cause is that of DNS; after a failure, DNS may have changed."""
    pending = Cause.RENEWAL_PENDING
    found = failure(certificate(), reason, pending, "`RenewalStatusReason`", is_final=False)
    assert found.cause is cause
    assert failed(reason).cause is Cause.FAILED


def test_permission_for_a_ca_of_the_same_account():
    """ACM needs a permission for a CA of the same account, and a policy for any other."""
    assert private(FailureReason.PCA_ACCESS_DENIED).commands[0] == (
        f"aws acm-pca create-permission --certificate-authority-arn {CA}"
        " --principal acm.amazonaws.com --actions IssueCertificate GetCertificate ListPermissions"
        " --region eu-west-1"
    )
    assert private(FailureReason.PCA_ACCESS_DENIED, FOREIGN).commands[0] == (
        f"aws acm-pca get-policy --resource-arn {FOREIGN} --region eu-west-1"
    )


def test_the_remedy_names_the_way_to_permit_a_ca():
    """A permission in the same account, a resource policy for any other."""
    same, other = (private(FailureReason.PCA_ACCESS_DENIED, *ca) for ca in ((), (FOREIGN,)))
    assert "permit `acm.amazonaws.com`" in same.remedy
    assert "resource policy" not in same.remedy
    assert other.remedy.startswith("share the CA with the account `123456789012` by a resource")


def test_names_of_amazon_are_left_out():
    """They are the cause if there are any; otherwise, AWS Support verifies a name."""
    reason = FailureReason.ADDITIONAL_VERIFICATION_REQUIRED
    listed = tuple(map(read_name, ("brightharbor.io", "x.amazonaws.com", "notamazonaws.com")))
    assert failed(reason, names=listed).remedy == (
        "leave out the names that belong to Amazon: `x.amazonaws.com`; then request a new"
        " certificate"
    )
    assert failed(reason, names=listed[::2]).remedy.startswith("contact AWS Support")


def test_commands_show_what_the_reason_is_about():
    """A wrong ARN cannot be described, and a description does not explain a fault or a quota."""
    (listed,) = private(FailureReason.PCA_INVALID_ARN).commands
    assert listed == "aws acm-pca list-certificate-authorities --region eu-west-1"
    for reason in (FailureReason.PCA_REQUEST_FAILED, FailureReason.PCA_LIMIT_EXCEEDED):
        assert not any("describe" in each for each in private(reason).commands)


def test_the_role_and_the_state_of_a_ca():
    """The service-linked role is created in IAM; the state of a CA is in its description."""
    assert private(FailureReason.SLR_NOT_FOUND, FOREIGN).commands[0] == (
        "aws iam create-service-linked-role --aws-service-name acm.amazonaws.com"
    )
    assert private(FailureReason.PCA_INVALID_STATE).commands[0] == (
        f"aws acm-pca describe-certificate-authority --certificate-authority-arn {CA}"
        " --region eu-west-1"
    )


@pytest.mark.parametrize(
    ("reason", "text", "proof"),
    [
        (None, "the input does not show why it failed", "`FailureReason` is missing"),
        (
            Malformed("NEW"),
            "the reason `NEW` is unknown to acmrules",
            "`FailureReason` is `NEW`",
        ),
    ],
)
def test_a_failure_without_a_known_reason_is_open(reason, text, proof):
    """A list has no reasons, and a later API may have others."""
    found = failed(reason, described=False)
    assert (found.certainty, found.text, found.proof) == (Certainty.OPEN, text, proof)
    assert found.commands == (DESCRIBE,)
    described = failed(reason)
    assert described.text == text.replace("input", "description")
    assert described.remedy.startswith("request the certificate again")
    assert described.commands == ()
