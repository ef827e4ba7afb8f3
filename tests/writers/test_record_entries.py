"""The records that can be written, and why others cannot."""

import pytest
from tests.support.validation import (
    THREE_CERTIFICATES,
    declaration,
    template,
    validations_in,
    validations_of,
)

from acmrules.writers import record_entries


def test_records_that_other_formats_cannot_write_are_reported():
    """A message says why there is no record for an unknown name."""
    assert [
        *record_entries.unwritable_records(validations_in(main_tf=THREE_CERTIFICATES), "changes")
    ] == [
        (
            "main.tf:22: aws_acm_certificate.each: no record for `${var.domain}`:"
            " `${var.domain}` is unknown"
        ),
        (
            "main.tf:22: aws_acm_certificate.each: no record for `x.${var.domain}`:"
            " `${var.domain}` is unknown"
        ),
    ]


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ("SubjectAlternativeNames: !Ref D", "`${D}`: `${D}` is unknown"),
        (
            "DomainValidationOptions: [!Ref D]",
            "`a.io`: it is unknown whether a resource creates it",
        ),
    ],
)
def test_records_that_are_not_written_are_reported(properties, reason):
    """Messages report unknown names, and records that may exist."""
    head = "Parameters:\n  D: {Type: CommaDelimitedList}\n"
    text = head + template(f"DomainName: a.io\nValidationMethod: DNS\n{properties}")
    messages = [*record_entries.unwritable_records(validations_in(a_yaml=text), "changes")]
    assert messages == [f"a.yaml:4: Site: no record for {reason}"]


def test_records_that_are_too_long_are_not_written():
    """A name with too long a record has none."""
    long = ".".join("abcd" * 28 + "e") + ".io"
    [one] = validations_of([declaration([long, "b.io"])])
    assert [str(entry.stem) for entry in record_entries.entries([one])] == ["b.io"]
