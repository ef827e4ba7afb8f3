"""Arguments of checks have one clean error each."""

import pytest

from acmrules import lint
from acmrules.errors import InvalidArgument


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": b"", "name": "a.tf"}, "text must be a string, not bytes"),
        ({"text": "", "name": None}, "name must be a string, not NoneType"),
        ({"text": "", "name": "a.tf", "settings": 1}, "settings must be a mapping or a path"),
    ],
)
def test_a_wrong_type_is_one_sentence(arguments, message):
    """A value of a wrong type raises `TypeError` with its argument."""
    with pytest.raises(TypeError, match=message):
        lint.check_text(**arguments)


def test_a_wrong_kind_has_a_suggestion():
    """A word that is not known raises `InvalidArgument` with what may be meant."""
    with pytest.raises(InvalidArgument, match="did you mean `terraform`"):
        lint.check_text("", name="a", kind="teraform", settings={})
