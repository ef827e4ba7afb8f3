"""How resources validate a certificate, as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.dns_validation import (
    DnsValidation,
    OptionPart,
    RecordResource,
    is_token,
    may_begin_token,
    missing,
)
from acmrules.names import DomainName

A, B = DomainName("a.io"), DomainName("b.io")


@pytest.mark.parametrize(
    ("left_out", "fewer", "expected"),
    [
        ((A,), 0, "the validation record of `a.io` is not created"),
        ((A, B), 0, "the validation records of `a.io`, `b.io` are not created"),
        ((), 1, "1 of 3 validation records is not created"),
        ((), 2, "2 of 3 validation records are not created"),
    ],
)
def test_missing_records_are_listed_or_counted(left_out, fewer, expected):
    """They are listed if their names are known."""
    assert missing(left_out, fewer, 3, "created") == expected


@pytest.mark.parametrize(
    ("name", "is_relative", "stems"),
    [
        ("a.io", False, {"a.io"}),
        ("a.io.", False, {"a.io"}),
        ("a.io", True, set()),
        ("a.io.", True, {"a.io"}),
    ],
)
def test_a_literal_record_validates_the_rest_of_its_name(name, is_relative, stems):
    """If the service adds the name of the zone, the validated name is unknown."""
    record = RecordResource("record", name=f"_{'0a' * 16}.{name}", is_relative=is_relative)
    assert DnsValidation((record,)).literal_stems() == stems


@given(st.text("_0aF.", max_size=35))
def test_a_token_begins_as_tokens_do(label):
    """A label may begin one if digits at its end make it one."""
    assert may_begin_token(label) == (label != "" and is_token(label.ljust(33, "0")))


TOKENS = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)


@given(TOKENS, st.integers(0, 31), st.sampled_from("g-.A_"))
def test_a_token_is_an_underscore_and_32_digits(digits, place, other):
    """Any other length or character is that of another record."""
    assert is_token(f"_{digits}")
    for text in (digits, f"_{digits}0", f"_{digits[1:]}", f"0{digits}", f"_{digits[:-1]}"):
        assert not is_token(text)
    assert not is_token(f"_{digits[:place]}{other}{digits[place + 1 :]}")


@given(TOKENS)
def test_literal_records_of_acm_have_stems(digits):
    """A record that takes its name from an option, or an unknown name, has no literal one."""
    own = RecordResource("r.a", name=f"_{digits}.WWW.a.io.")
    part = OptionPart("c[0]", "resource_record_name")
    records = (
        own,
        own.__replace__(name=f"_{digits}.b.io", name_part=part),
        own.__replace__(name="www.c.io"),
        own.__replace__(name=None),
    )
    assert DnsValidation(records).literal_stems() == {"www.a.io"}
