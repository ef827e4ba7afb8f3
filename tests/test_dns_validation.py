"""How resources validate a certificate, as values."""

import pytest

from acmrules.dns_validation import DnsValidation, RecordResource, missing
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
