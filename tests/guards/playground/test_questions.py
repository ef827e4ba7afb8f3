"""Questions: what the page may send, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.playground import question

from acmrules.guards.playground import answer
from acmrules.guards.playground.questions import MOST_OCTETS, BadQuestion, question_of, whole

GOOD = json.loads(question({"a.yaml": "x"}))


def refused(text):
    """Return why a question is refused."""
    with pytest.raises(BadQuestion) as error:
        question_of(text)
    assert json.loads(answer(text)) == {"topic": "error", "message": str(error.value)}
    return str(error.value)


def named(*names):
    """Return a question about empty files."""
    return json.dumps(GOOD | {"files": [{"name": name, "text": ""} for name in names]})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the question is not JSON"),
        ("{", "the question is not JSON"),
        ("1" * 5000, "the question is not JSON"),
        ("[" * 100_000, "the question is nested too deeply"),
        ("[]", "the question must be an object"),
        ("{}", "`topic` must be a string"),
    ],
)
def test_a_question_is_an_object(text, message):
    """What is not a question has one clear message."""
    assert refused(text) == message


@pytest.mark.parametrize("text", [None, b"{}", 1])
def test_a_question_is_a_string(text):
    """A page that passes an object gets a message too."""
    assert refused(text) == f"the question must be a string, not `{type(text).__name__}`"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"topic": "chek"}, "unknown topic `chek`; did you mean `check`?"),
        ({"files": {}}, "`files` must be a list of objects"),
        ({"files": ["a"]}, "`files` must be a list of objects"),
        ({"files": [{"name": "a"}]}, "`text` must be a string"),
        ({"files": [{"text": "a"}]}, "`name` must be a string"),
        ({"hosts": None}, "`hosts` must be a string"),
        ({"region": 1}, "`region` must be a string"),
        ({"region": "eu west"}, "unknown Region `eu west`; use a name such as `us-east-1`"),
        ({"asOf": ""}, "an empty string is not a date such as `2026-03-15`"),
        ({"asOf": "\ud800"}, "`\ufffd` is not a date such as `2026-03-15`"),
        ({"files": [{"name": str(n), "text": ""} for n in range(101)]}, "there are 101 files; at"),
        ({"files": [{"name": "a", "text": "€" * MOST_OCTETS}]}, "the files have 3,145,728 bytes;"),
    ],
)
def test_a_wrong_member_is_refused(members, message):
    """The message names the member, or what is wrong with it."""
    assert refused(json.dumps(GOOD | members)).startswith(message)


@pytest.mark.parametrize("day", ["2015-01-01", "9999-12-31x", "2026-13-01", "20261130T00"])
def test_a_wrong_date_is_refused(day):
    """No rule applies before ACM launched."""
    assert day[:4] in refused(json.dumps(GOOD | {"asOf": day}))


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["/etc/passwd"], "the name `/etc/passwd` must be a relative path with `/`"),
        (["a\\b.tf"], "the name `a\\b.tf` must be a relative path with `/`"),
        ([""], "a file has no name"),
        (["-"], "`-` is not the name of a file"),
        (["a\nb"], "the name `a\\nb` contains a character that cannot be printed"),
        (["\ud800"], "contains a character that cannot be printed"),
        (["a" * 256], "the name of a file has 256 characters"),
        (["a.tf", "a.tf"], "two files have the name `a.tf`"),
        (["a", "a/b"], "`a/b` and `a` cannot both exist: one is a folder of the other"),
        (["a/b", "a"], "`a` and `a/b` cannot both exist: one is a folder of the other"),
        *(([name], "must not contain `.`, `..`") for name in ("..", "a/../b", "./a", "a//b", "a/")),
    ],
)
def test_a_wrong_name_is_refused(names, message):
    """Each name is that of a file below one folder."""
    assert message in refused(named(*names))


def test_names_with_spaces_and_other_scripts_are_fine():
    """A name is shown, never executed."""
    texts = question_of(named("modules/x/main.tf", "my site.yaml", "größe.json", "a..b")).texts
    assert [*texts] == ["modules/x/main.tf", "my site.yaml", "größe.json", "a..b"]


@given(st.text(st.characters(), max_size=8))
def test_a_whole_string_is_a_file(text):
    """It has as many code units as before, so that places in it stay the same."""
    data = whole(text).encode("utf-16-le")
    assert len(data) == len(text.encode("utf-16-le", "surrogatepass"))
    assert whole(whole(text)) == whole(text)
