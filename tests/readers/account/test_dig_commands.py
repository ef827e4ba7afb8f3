"""The commands of `dig` are read as queries."""

import pytest

from acmrules.errors import InvalidArgument
from acmrules.readers.account.dig_commands import DigCommand, command_of, question_of


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("a.test", DigCommand((("a.test", "A"),))),
        ("A.test. cname", DigCommand((("a.test", "CNAME"),))),
        ("CNAME a.test", DigCommand((("a.test", "CNAME"),))),
        ("-t CNAME -q a.test", DigCommand((("a.test", "CNAME"),))),
        ("-tCNAME a.test", DigCommand((("a.test", "CNAME"),))),
        ("a.test IN TYPE257", DigCommand((("a.test", "CAA"),))),
        ("-x 192.0.2.1", DigCommand((("1.2.0.192.in-addr.arpa", "PTR"),))),
        ("-4 -p 53 'a.test' NS # why", DigCommand((("a.test", "NS"),))),
        ("NS a.test b.test MX", DigCommand((("a.test", "NS"), ("b.test", "MX")))),
        ("@NS1.test. a.test +cd", DigCommand((("a.test", "A"),), "ns1.test", False)),
        ("a.test +short | sort", DigCommand((("a.test", "A"),), "", True, True, True)),
        ("a.test +noall +answer", DigCommand((("a.test", "A"),), is_shortened=True)),
        ("a.test +trace", DigCommand((("a.test", "A"),), is_trace=True)),
        ("a.test +nssearch", DigCommand((("a.test", "SOA"),), is_shortened=True)),
        ("", DigCommand()),
    ],
)
def test_the_words_of_a_command(words, command):
    """Names, types and options may be in any order; the type is `A` without one."""
    assert command_of(f"$ dig {words}") == command
    greeting = command.__replace__(is_greeting=True)
    assert command_of(f"; <<>> DiG 9.18.1 <<>> {words}") == greeting


@pytest.mark.parametrize(
    "line", ["", "dig.test. 5 IN A 192.0.2.1", "; dig a.test", "$ host a.test"]
)
def test_other_lines_are_not_commands(line):
    """A record, a comment and another program are not commands of `dig`."""
    assert command_of(line) is None


def test_a_question_has_a_class():
    """A line of the question section is a name, a class and a type."""
    assert question_of("_X.test.\t\tIN\tCNAME") == ("_x.test", "CNAME")
    with pytest.raises(InvalidArgument, match="is not a question"):
        question_of("IN CNAME")
