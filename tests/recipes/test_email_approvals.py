"""A forecast of approvals by email."""

from tests.support.programs import program, run

approvals = program("email_approvals").approvals


def test_approvals_grow_with_shorter_validity_and_then_end():
    """Two names need more approvals in 2027 than in 2025, and none after email validation ends."""
    found = dict(approvals(["example.com", "*.example.com"], (2025, 2027, 2028)))
    assert found[2025] < found[2027]
    assert found[2028] is None


def test_the_program_prints_a_line_for_each_year():
    """The forecast begins this year."""
    code, out, _ = run("email_approvals", "example.com")
    assert code == 0
    assert len(out.splitlines()) == 4
