"""Bare templates, as heredocs and files contain them."""

import pytest

from acmrules.syntax.hcl import native
from acmrules.syntax.source import InputError, Source


def test_templates():
    """A bare template has no backslash escapes and may span lines."""
    found = native.template(Source("a", 'a\\n\n"$${b}%'))
    assert found.value == 'a\\n\n"${b}%'
    with pytest.raises(InputError):
        native.template(Source("a", "${"))
