"""What is known about DNS, as values."""

from hypothesis import given
from tests.support.values import values

from acmrules.diagnosis.answers import DnsAnswers


@given(values(DnsAnswers))
def test_answers_can_be_saved(answers):
    """Answers are the same after a conversion to plain data and back."""
    assert DnsAnswers.from_dict(answers.to_dict()) == answers


def test_nothing_is_known_by_default():
    """Without arguments, there are neither responses nor zones."""
    assert (DnsAnswers().answers, DnsAnswers().zones) == ((), ())
