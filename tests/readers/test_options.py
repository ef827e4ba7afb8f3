"""Options of readers."""

from acmrules.readers.options import Parameters


def test_parameters():
    """The Region is unknown by default."""
    assert Parameters({}).region is None
