import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.modules import all_modules

from acmrules.errors import AcmRulesError, InvalidArgument, InvalidName, NameFault, UnknownService
from acmrules.messages import quoted, quoted_list


class TestLaws:
    """What is true of every invalid name."""

    @given(st.text(st.characters()), st.sampled_from(NameFault), st.text("ab "))
    def test_an_invalid_name_survives_pickling(self, text, fault, detail):
        """The string, the fault, the span and the detail are preserved."""
        error = InvalidName(text, fault, (0, len(text)), detail)
        again = pickle.loads(pickle.dumps(error))
        assert (again.text, again.fault, again.span) == (text, fault, (0, len(text)))
        assert str(again) == str(error)
        assert again.reason == error.reason

    @given(st.text(st.characters()))
    def test_a_quoted_string_is_one_short_printable_line(self, text):
        """A string is quoted in backticks, escaped, and short enough for a message."""
        line = quoted(text)
        assert line[0] == line[-1] == "`" or not text
        assert line.isprintable()
        assert len(line) <= 62 * len("\\U0001f600")

    @given(st.text(st.sampled_from("abc.é"), min_size=1, max_size=80))
    def test_a_short_printable_string_is_quoted_unchanged(self, text):
        """A short printable string is quoted without escapes."""
        assert quoted(text) == f"`{text}`"


def test_a_message_has_the_position_the_string_and_the_fault():
    """The message has position, string and fault in this order; positions count from one."""
    error = InvalidName("a_b.example.com", NameFault.UNDERSCORE, (1, 2))
    assert str(error) == (
        "character 2: "
        "`a_b.example.com` contains an underscore, which is not allowed in certificate names"
    )


def test_a_longer_span_has_a_beginning_and_an_end():
    """A span of several characters is printed as a range that includes the last one."""
    error = InvalidName("ab--c.com", NameFault.RESERVED_LABEL, (0, 5), "it is not `xn--`")
    assert str(error) == (
        "characters 1 to 5: `ab--c.com` has a label with `--` in positions 3 and 4,"
        " which is reserved for `xn--` labels: it is not `xn--`"
    )


def test_an_invalid_name_is_a_value_error():
    """`except ValueError` catches `InvalidName`."""
    with pytest.raises(ValueError, match="the name is empty"):
        raise InvalidName("", NameFault.EMPTY, (0, 0))


CAUGHT = {
    *("NotConstant", "EvaluationError", "Exhausted", "OpenCondition", "UsageError"),
    *("Ended", "HookFault", "Outdated"),
}
"""The exceptions that never leave the library: signals of readers, the command line, and guards."""


def exceptions():
    """Yield the exception classes of all modules, but for the private ones."""
    for module in all_modules():
        for value in vars(module).values():
            is_ours = getattr(value, "__module__", None) == module.__name__
            if is_ours and isinstance(value, type) and issubclass(value, BaseException):
                yield value


def test_one_base_class_catches_every_error():
    """Each exception that can leave the library derives from one base class."""
    found = {kind for kind in exceptions() if not kind.__name__.startswith("_")}
    others = {kind for kind in found if not issubclass(kind, AcmRulesError | Warning)}
    assert {kind.__name__ for kind in others} <= CAUGHT
    assert len(found) > len(CAUGHT) + 8


def test_an_unknown_service_is_an_invalid_argument():
    """The error for a service is that of an argument, which `except ValueError` catches."""
    assert issubclass(UnknownService, InvalidArgument)
    assert issubclass(InvalidArgument, ValueError)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "an empty string"),
        ("a\nb", "`a\\nb`"),
        ("a\u202eb", "`a\\u202eb`"),
        ("x" * 80, f"`{'x' * 80}`"),
        ("x" * 81, f"`{'x' * 40}…{'x' * 20}`"),
    ],
)
def test_quoted(text, line):
    """Characters that cannot be printed are escaped, and a long string is shortened."""
    assert quoted(text) == line


def test_a_fault_is_the_end_of_a_sentence():
    """Each fault is a phrase that can follow the string."""
    for fault in NameFault:
        assert fault.value.split()[0] in {"is", "has", "contains", "ends", "violates"}
        assert not fault.value.endswith(".")


def test_a_long_list_is_shown_in_part():
    """The first three items are listed, with the number of the others."""
    assert quoted_list(["a", "b", "c"]) == "`a`, `b`, `c`"
    assert quoted_list(["a", "b", "c", "d", "e"]) == "`a`, `b`, `c` and 2 more"
