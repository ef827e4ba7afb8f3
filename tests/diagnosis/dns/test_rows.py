"""The cases of DNS that hold a certificate up, served from memory."""

from tests.diagnosis.dns.rows import ROWS


def test_each_row_has_its_own_name():
    """The name identifies the row in the tests that serve it."""
    assert len({row.id for row in ROWS}) == len(ROWS)
