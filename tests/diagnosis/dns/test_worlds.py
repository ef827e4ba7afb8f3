"""Laws of the diagnosis of names in worlds with several mistakes at once."""

from hypothesis import given
from tests.diagnosis.dns.worlds import waiting_certificates, worlds
from tests.support.dns_certificates import NOW

from acmrules.diagnosis import Actor, ValidationStatus, diagnose


def to_do(certificate, world):
    """Return what you have to do about the names after everything was looked up."""
    found = diagnose(certificate, world.answers([certificate]), as_of=NOW)
    return [each for each in found.all_obstacles if each.actor is Actor.YOU]


@given(waiting_certificates, worlds())
def test_the_remedies_of_several_mistakes_mend_them_all(certificate, world):
    """If you make all the changes and DNS is asked again, nothing is left for you to do."""
    for change in dict.fromkeys(c for each in to_do(certificate, world) for c in each.changes):
        world = world.apply(change)
    assert to_do(certificate, world) == []


@given(waiting_certificates, worlds())
def test_only_pending_names_are_diagnosed(certificate, world):
    """A name whose validation succeeded is not blamed for what DNS answers about the others."""
    found = diagnose(certificate, world.answers([certificate]), as_of=NOW)
    pending = [
        each.name for each in certificate.validations if each.status is not ValidationStatus.SUCCESS
    ]
    assert [each.name for each in found.names] == pending
