"""A form field that marks the characters to change."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from tests.support.programs import program, run

form_field = program("form_field")


def test_the_fault_is_marked_where_it_is():
    """A visitor sees the character to change, and the reason."""
    assert form_field.rendered("www.exam_ple.com").splitlines()[1] == (
        '<p id="fault">www.exam<mark>_</mark>ple.com'
        " contains an underscore, which is not allowed in certificate names</p>"
    )


def test_a_name_with_spaces_around_it_is_accepted():
    """A pasted name often has a space or a newline at its end."""
    assert str(form_field.clean(" Example.com\n")) == "example.com"
    assert "fault" not in form_field.rendered(" Example.com\n")


@given(st.text())
def test_no_text_changes_the_structure_of_the_page(text):
    """What a visitor types is never markup."""
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):  # noqa: ARG002  (of the base class)
            tags.append(tag)

    Reader().feed(form_field.rendered(text))
    assert tags in (["input"], ["input", "p", "mark"])


def test_the_program_renders_its_arguments():
    """Each argument becomes a field."""
    assert run("form_field", "example.com") == (
        0,
        '<input name="domain" value="example.com">\n',
        "",
    )
