"""A forecast of approvals by email."""

from tests.support.programs import program, run

email_approvals = program("email_approvals")


def test_approvals_grow_with_shorter_validity_and_then_end():
    """Two names need more approvals each year, and none after email validation ends."""
    found = dict(email_approvals.approvals(["example.com", "*.example.com"], range(2025, 2029)))
    assert {year: email_approvals.sentence(number) for year, number in found.items()} == {
        2025: "0 to 2 approvals",
        2026: "4 to 5 approvals",
        2027: "7 approvals or more",
        2028: "no approvals: ACM no longer renews by email, so move to DNS",
    }


def test_the_program_prints_a_line_for_each_year():
    """The forecast begins this year."""
    code, out, _ = run("email_approvals", "example.com")
    assert code == 0
    assert len(out.splitlines()) == 4
