"""What a description shows about the validation of names, without DNS."""

import pytest
from tests.support.existing import (
    NAME,
    NOW,
    OF_CERTIFICATE,
    WWW,
    certificate,
    issued,
    renewal,
    validation,
)

from acmrules.diagnosis import (
    Actor,
    Cause,
    Certainty,
    HttpRedirect,
    NameDiagnosis,
    Obstacle,
    State,
    diagnose,
)
from acmrules.diagnosis.described_names import with_description
from acmrules.names import WildcardDomainName
from acmrules.request import ValidationMethod

NO_MX = Obstacle(Cause.NO_MX, Certainty.CERTAIN, Actor.YOU, "there is no MX record")
OPEN = Obstacle(Cause.NOT_LOOKED_UP, Certainty.OPEN, Actor.YOU, "DNS was not looked up")


def shown(entry, *proven, **fields):
    """Return the obstacles of the name of a validation, with those that DNS proves."""
    pending = certificate("PENDING_VALIDATION", validations=(entry,), **fields)
    names = (NameDiagnosis(entry.name, False, proven),)
    (found,) = with_description(pending, names)
    return found.obstacles


def test_mail_went_to_these_mailboxes():
    """The mailboxes are listed, and ACM can send the mail again."""
    entry = validation(
        WWW,
        method="EMAIL",
        validation_domain="brightharbor.io",
        validation_emails=("admin@brightharbor.io", "webmaster@brightharbor.io"),
    )
    (found,) = shown(entry)
    assert (found.cause, found.certainty) == (Cause.MAIL_NOT_APPROVED, Certainty.CERTAIN)
    assert found.proof == "ACM wrote to `admin@brightharbor.io`, `webmaster@brightharbor.io`"
    assert found.commands == (
        (
            f"aws acm resend-validation-email {OF_CERTIFICATE} --domain www.brightharbor.io"
            " --validation-domain brightharbor.io --region eu-west-1"
        ),
    )


def test_an_empty_list_means_that_no_mail_was_sent():
    """With email validation, an empty list proves that no mail went out."""
    (found,) = shown(validation(method="EMAIL", validation_emails=()))
    assert (found.cause, found.proof) == (Cause.NO_MAIL_SENT, "`ValidationEmails` is empty")


def test_without_a_list_the_mailboxes_are_the_usual_ones():
    """Without the member, the mailboxes are those to which ACM always writes."""
    (found,) = shown(validation(WWW, method="EMAIL"))
    assert (found.cause, found.proof) == (Cause.MAIL_NOT_APPROVED, "the validation is pending")
    assert "`admin@brightharbor.io`, `administrator@brightharbor.io`" in found.remedy


def test_a_wildcard_is_mailed_at_its_parent():
    """The mail for a wildcard goes to the domain below the `*`."""
    name = WildcardDomainName("*.brightharbor.io")
    (found,) = shown(validation(name, method="EMAIL", validation_emails=()))
    assert "--domain '*.brightharbor.io' --validation-domain brightharbor.io" in found.commands[0]


def test_what_dns_proves_counts_more():
    """A proven obstacle stays alone; an open one comes after what the description shows."""
    entry = validation(method="EMAIL", validation_emails=("admin@brightharbor.io",))
    assert shown(entry, NO_MX) == (NO_MX,)
    assert [each.cause for each in shown(entry, OPEN)] == [
        Cause.MAIL_NOT_APPROVED,
        Cause.NOT_LOOKED_UP,
    ]


def test_http_validation_has_two_urls():
    """Both URLs have to return the same content."""
    redirect = HttpRedirect("http://brightharbor.io/a", "https://validation.aws/b?c=d&e")
    (found,) = shown(validation(method="HTTP", redirect=redirect))
    assert (found.cause, found.certainty) == (Cause.HTTP_CONTENT, Certainty.OPEN)
    assert found.commands == (
        "curl -sSiL http://brightharbor.io/a",
        "curl -sSiL 'https://validation.aws/b?c=d&e'",
    )


def test_a_record_that_acm_has_not_created():
    """Some seconds after the request, a name has no record yet, and AWS acts."""
    (found,) = shown(validation(record=None))
    assert (found.cause, found.actor) == (Cause.RECORD_NOT_CREATED, Actor.AWS)
    pending = certificate("PENDING_VALIDATION", validations=(validation(record=None),))
    assert diagnose(pending, as_of=NOW).state is State.WAITING_FOR_AWS


def test_a_name_that_failed():
    """A failed validation of a name is final."""
    (found,) = shown(validation(status="FAILED"))
    assert (found.cause, found.proof) == (
        Cause.NAME_FAILED,
        "`ValidationStatus` of `brightharbor.io` is `FAILED`",
    )


@pytest.mark.parametrize("status", ["PENDING_VALIDATION", "VALIDATION_TIMED_OUT", "FAILED"])
def test_only_names_without_success_are_listed(status):
    """A name whose validation succeeded is never listed."""
    both = (validation(NAME, "SUCCESS"), validation(WWW))
    found = diagnose(certificate(status, validations=both), as_of=NOW)
    assert [each.name for each in found.names] == [WWW]


def test_a_renewal_has_validations_of_its_own():
    """The names of a renewal are those in its summary, not those of the first validation."""
    pending = renewal("PENDING_VALIDATION", validation(NAME, "SUCCESS"), validation(WWW))
    found = diagnose(issued(40, renewal=pending), as_of=NOW)
    assert [each.name for each in found.names] == [WWW]
    mail = validation(NAME, method="EMAIL", validation_emails=("admin@brightharbor.io",))
    pending = renewal("PENDING_VALIDATION", mail)
    found = diagnose(issued(40, renewal=pending, method=ValidationMethod.EMAIL), as_of=NOW)
    assert [each.obstacles[0].cause for each in found.names] == [Cause.MAIL_NOT_APPROVED]
