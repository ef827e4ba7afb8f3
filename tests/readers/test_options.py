"""What readers are told in addition to a text."""

from acmrules.readers.options import Parameters


def test_parameters():
    """The Region is unknown unless it is given."""
    assert Parameters({}).region is None
