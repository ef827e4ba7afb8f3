"""Arguments of checks have one clean error each."""

from datetime import UTC, date, datetime

import pytest

from acmrules import CertificateRequest, DomainName, InvalidArgument, Tool, ValidationMethod, lint
from acmrules.workspace.settings import SettingsError

REQUEST = CertificateRequest.of(["www.brightharbor.io"], validation_method="DNS")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lint.check_text(b"", name="a.tf"), "`text` must be a string, not `bytes`"),
        (lambda: lint.check_text("", name=None), "`name` must be a string, not `NoneType`"),
        (lambda: lint.check_text("", name="a", kind=1), "`kind` must be a string, not `int`"),
        (lambda: lint.check_text("", name="a", region=1), "`region` must be a string, not `int`"),
        (lambda: lint.check_text("", name="a", account=1), "`account` must be a string, not `int`"),
        (
            lambda: lint.check_text("", name="a", previous=b""),
            "`previous` must be a string, not `bytes`",
        ),
        (
            lambda: lint.check_text("", name="a", settings=1),
            "`settings` must be a mapping or a path, not `int`",
        ),
        (lambda: lint.check_text("", name="a", as_of="x"), "`as_of` must be a date, not `str`"),
        (
            lambda: lint.check(as_of=datetime.now(UTC)),
            "`as_of` must be a date, not `datetime`",
        ),
        (lambda: lint.check_paths("a.tf"), "`paths` must be a list of paths, not `str`"),
        (lambda: lint.check_paths(b"a.tf"), "`paths` must be a list of paths, not `bytes`"),
        (lambda: lint.check_paths(None), "`paths` must be a list of paths, not `NoneType`"),
        (lambda: lint.check_paths([b"a"]), "each path must be a string or a path, not `bytes`"),
        (lambda: lint.check_params([]), "`params` must be a mapping, not `list`"),
        (lambda: lint.check_params({}, operation=1), "`operation` must be a string, not `int`"),
        (lambda: lint.check({}), "each request must be a `CertificateRequest`, not `dict`"),
        (lambda: lint.check(REQUEST, tool=1), "`tool` must be a string, not `int`"),
        (
            lambda: lint.check(consumers=["a"]),
            "each of `consumers` must be a `Consumer`, not `str`",
        ),
        (lambda: lint.check(quotas=5), "`quotas` must be a `Quotas`, not `int`"),
        (lambda: lint.check(issued="a"), "`issued` must be a `CertificateRequest`, not `str`"),
        (lambda: lint.check(suffixes="a"), "`suffixes` must be a `PublicSuffixes`, not `str`"),
    ],
)
def test_a_wrong_type_is_one_sentence(call, message):
    """A value of a wrong type raises `TypeError` with its argument."""
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "teraform"}, "unknown kind `teraform`; did you mean `terraform`?"),
        ({"account": "1111"}, "`1111` is not an account id of 12 digits"),
        ({"region": "us-eat-1"}, "unknown Region `us-eat-1`; did you mean `us-east-1` or"),
        ({"as_of": date(2015, 1, 1)}, "2015-01-01 is before 2016-01-21, when ACM launched"),
    ],
)
def test_a_wrong_value_is_one_sentence(arguments, message):
    """A value that cannot be meant raises `InvalidArgument`, with a suggestion."""
    with pytest.raises(InvalidArgument) as caught:
        lint.check_text("", name="a", settings={}, **arguments)
    assert str(caught.value).startswith(message)


def test_the_tool_may_be_a_word():
    """A word is as good as the enumeration, and a misspelled one has a suggestion."""
    assert lint.check(REQUEST, tool="terraform") == lint.check(REQUEST, tool=Tool.TERRAFORM)
    with pytest.raises(InvalidArgument, match="unknown tool `teraform`; did you mean `terraform`"):
        lint.check(REQUEST, tool="teraform")


def test_settings_may_have_values_of_the_library():
    """Names, enumerations and tuples are settings, as strings and lists are."""
    policy = {
        "zones": (DomainName("brightharbor.io"),),
        "validation-methods": [ValidationMethod.DNS],
        "required-tags": ("Owner",),
    }
    settings = {"policy": policy, "fail-on": lint.Severity.NOTE, "as-of": date(2026, 11, 1)}
    report = lint.check(REQUEST, settings=settings)
    assert [finding.message for finding in report] == ["the required tag `Owner` is missing"]
    assert report.exit_code == 1


def test_settings_of_other_types_are_mistakes():
    """A value that no setting has is a mistake with its type, and nesting has an end."""
    for value, said in ((None, "`NoneType`"), (b"", "`bytes`"), (date(2026, 1, 1), "a date or")):
        with pytest.raises(SettingsError, match=f"`region` must be a string, not {said}"):
            lint.check(settings={"region": value})
    nested = {}
    nested["policy"] = nested
    with pytest.raises(SettingsError, match="is nested too deeply"):
        lint.check(settings=nested)
