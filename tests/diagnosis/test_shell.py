"""Commands that a shell splits into the words they were made of."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.shell import aws, command


@given(st.lists(st.text(min_size=1), min_size=1))
def test_a_shell_reads_the_words_of_a_command(words):
    """Whatever the arguments contain, a shell reads each as one word."""
    assert shlex.split(command(*words)) == words


def test_a_command_of_the_aws_cli():
    """Only arguments with special characters have quotes."""
    assert aws("acm", "request-certificate", "--domain-name", "*.example.com") == (
        "aws acm request-certificate --domain-name '*.example.com'"
    )
