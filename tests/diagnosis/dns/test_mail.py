"""Whether the mails that ACM sends can arrive."""

import pytest
from tests.support.dns_certificates import answer, case, certificate, validation

from acmrules.diagnosis import AnswerStatus, Cause
from acmrules.diagnosis.dns import mail
from acmrules.request import ValidationMethod

ZONE = "brightharbor.io"
WAITING = certificate(validation(f"www.{ZONE}", ValidationMethod.EMAIL))


def causes(*answers):
    """Return the causes for a name that is validated by mail."""
    return [each.cause for each in mail.obstacles(case(WAITING, answers))]


@pytest.mark.parametrize("value", ["0 .", "0 ", "0"])
def test_a_domain_that_accepts_no_mail(value):
    """A null MX record has the root as its host, which tools print with or without the dot."""
    assert causes(answer(ZONE, "MX", value)) == [Cause.NO_MX]


def test_a_domain_without_mail_servers():
    """ACM needs an MX record."""
    assert causes(answer(ZONE, "MX")) == [Cause.NO_MX]
    assert causes(answer(ZONE, "MX", status=AnswerStatus.NXDOMAIN)) == [Cause.NO_MX]


def test_a_domain_with_mail_servers():
    """The approval is missing."""
    assert causes(answer(ZONE, "MX", "10 mail.example.net")) == [Cause.MAIL_NOT_APPROVED]


def test_mail_servers_that_cannot_be_looked_up():
    """The mail may not arrive."""
    assert causes(answer(ZONE, "MX", status=AnswerStatus.SERVFAIL)) == [
        Cause.MAIL_NOT_APPROVED,
        Cause.LAME_DELEGATION,
    ]


def test_what_to_look_up():
    """The domain is that of the mail addresses, without one `www.`."""
    assert mail.unknown(case(WAITING)) == (f"dig MX {ZONE}",)
    assert mail.unknown(case(WAITING, [answer(ZONE, "MX")])) == ()
    foreign = WAITING.validations[0].__replace__(validation_domain="example.net")
    assert mail.unknown(case(certificate(foreign))) == ()


def test_an_empty_list_means_that_no_mail_was_sent():
    """ACM lists the addresses that it wrote to."""
    empty = WAITING.validations[0].__replace__(validation_emails=())
    (found,) = mail.obstacles(case(certificate(empty)))
    assert found.cause is Cause.NO_MAIL_SENT
