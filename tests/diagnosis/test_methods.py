"""What the validation methods of a renewal ask of you."""

import pytest
from tests.support.existing import NAME, WWW, issued, renewal, validation

from acmrules.diagnosis import DomainValidation
from acmrules.diagnosis.methods import open_methods, renewal_remedy
from acmrules.facts import live
from acmrules.request import ValidationMethod


@pytest.mark.parametrize(
    ("method", "said"), [("DNS", "records"), ("EMAIL", "mail"), ("HTTP", "content")]
)
def test_the_remedy_names_only_the_method_in_force(method, said):
    """A renewal by one method does not mention the others."""
    waiting = renewal("PENDING_VALIDATION", validation(NAME, method=method))
    remedy = renewal_remedy(issued(40, renewal=waiting))
    words = {word for word in ("records", "mail", "content") if word in remedy}
    assert words == {said}
    assert remedy.endswith("ACM then renews the certificate automatically")


def test_each_method_of_the_open_names_is_named():
    """Names may have different methods; one that is validated does not count."""
    waiting = renewal(
        "PENDING_VALIDATION",
        validation(NAME, method="EMAIL"),
        validation(WWW, method="HTTP"),
        validation(WWW, "SUCCESS"),
    )
    found = issued(40, renewal=waiting)
    assert open_methods(found) == {ValidationMethod.EMAIL, ValidationMethod.HTTP}
    assert "mail" in renewal_remedy(found)
    assert "content" in renewal_remedy(found)


def test_without_validations_the_method_is_that_of_the_certificate():
    """An event shows that a renewal waits, and not for which names."""
    assert open_methods(issued(40)) == {ValidationMethod.DNS}


def test_an_unknown_method_leaves_all_remedies():
    """The documented remedy covers each method."""
    waiting = renewal("PENDING_VALIDATION", DomainValidation(NAME))
    unknown = issued(40, renewal=waiting, method=None)
    assert renewal_remedy(unknown) == live.RENEWAL_PENDING_VALIDATION.value.do
