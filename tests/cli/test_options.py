"""Options that several commands share: kinds, and the conversion of values."""

import pytest

from acmrules.cli import options
from acmrules.cli.parser import UsageError
from acmrules.lint.rule import Severity
from acmrules.readers.registry import READERS


def test_kinds_are_the_names_of_the_readers():
    """They are written twice, so that a usage error need not import the readers."""
    assert tuple(reader.name for reader in READERS) == options.KINDS


@pytest.mark.parametrize(
    ("convert", "text", "value"),
    [
        (options.parse_parameter, "a=b=c", ("a", "b=c")),
        (options.parse_parameter, "a=", ("a", "")),
        (options.parse_quota, "names=50", ("names", 50)),
        (options.parse_quota, "yearly_requests=7", ("yearly-requests", 7)),
        (options.parse_rule, "malformed-name", "malformed-name"),
        (options.parse_rule, "acm4", "acm4"),
        (options.parse_pattern, "charts/", "charts/"),
        (options.parse_severity, "warning", Severity.WARNING),
    ],
)
def test_values_are_converted(convert, text, value):
    """Each conversion returns what the field of its option is annotated with."""
    assert convert(text) == value


@pytest.mark.parametrize(
    ("convert", "text", "message"),
    [
        (options.parse_date, "tomorrow", "`tomorrow` is not a date such as `2026-03-15`"),
        (options.parse_date, "2026-02-30", "`2026-02-30` is not a date"),
        (options.parse_parameter, "x", "expected NAME=VALUE, not `x`"),
        (options.parse_quota, "names", "expected NAME=NUMBER, not `names`"),
        (options.parse_quota, "name=5", "unknown quota `name`; did you mean `names`?"),
        (options.parse_quota, "x=5", "unknown quota `x` (choose from names, certificates, "),
        (options.parse_quota, "names=x", "quota `names` must be a positive number, not `x`"),
        (options.parse_quota, "names=", "must be a positive number, not an empty string"),
        (options.parse_date, "\x1b[31m", r"`\x1b[31m` is not a date"),
        (options.parse_quota, "names=0", "quota `names` must be a positive number, not `0`"),
        (options.parse_quota, "names=²", "quota `names` must be a positive number, not `²`"),
        (options.parse_quota, f"certificates={'9' * 5_000}", "has 5000 digits; at most 18 are"),
        (options.parse_quota, "names=101", "quota `names` is 101, but ACM's limit is 100"),
        (options.parse_rule, "ACM999", "unknown rule `ACM999`; did you mean"),
        (options.parse_rule, "", "a rule is empty; see `acmrules rules`"),
        (options.parse_region, "us-eat-1", "unknown Region `us-eat-1`; did you mean `us-east-1`"),
        (options.parse_region, "mars", "unknown Region `mars`; use a name such as `us-east-1`"),
        (options.parse_pattern, "# comment", "the pattern `# comment` cannot match a file"),
    ],
)
def test_wrong_values_have_a_message(convert, text, message):
    """It says what is accepted."""
    with pytest.raises(UsageError) as error:
        convert(text)
    assert message in str(error.value)
