"""Templates as a whole, as heredocs and files contain them."""

import pytest

from acmrules.syntax.hcl import native
from acmrules.syntax.source import InputError, Source


def test_templates():
    """A template as a whole has no escapes with a backslash, and may go over lines."""
    found = native.template(Source("a", 'a\\n\n"$${b}%'))
    assert found.value == 'a\\n\n"${b}%'
    with pytest.raises(InputError):
        native.template(Source("a", "${"))
