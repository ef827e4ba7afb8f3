"""The topics `validation` and `diagnosis`; the cases are compared with the coverage."""

import json

import pytest
from tests.support.account import described
from tests.support.playground import DAY, ask

from acmrules.cli import main


@pytest.mark.parametrize("topic", ["validation", "diagnosis"])
def test_nothing_has_an_answer(topic):
    """A file without certificates is no error."""
    found = ask({"a.yaml": "a: 1\n"}, topic)
    assert found["picture"] == ""
    assert found["text"] == ("no certificate in these files\n" if topic == "validation" else "")


def test_a_diagnosis_is_that_of_the_command(tmp_path, monkeypatch, capsys):
    """At the first moment of the date that the page states."""
    monkeypatch.chdir(tmp_path)
    text = json.dumps(described(Status="PENDING_VALIDATION"))
    (tmp_path / "site.json").write_text(text)
    main.main(["diagnose", "site.json", "--as-of", DAY])
    found = ask({"site.json": text}, "diagnosis")
    assert found["text"] == capsys.readouterr().out
    assert found["text"].endswith("1 certificate: 1 unknown\n")
