"""The topic `coverage`: the tree and the picture of the command."""

import contextlib
import io
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.support.guards import cases, playground
from tests.support.playground import ask, refusal

from acmrules.cli import main

CASES = [case for case in cases.ALL if playground.takes(case) and case.paths == ["."]]


def printed(*words):
    """Return what a command prints on standard output."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main.main(words)
    out.flush()
    return out.buffer.getvalue().decode()


@pytest.mark.parametrize("topic", ["coverage", "validation"])
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_texts_and_pictures_are_those_of_the_command(case, topic, tmp_path, monkeypatch):
    """Of all cases that check a directory."""
    monkeypatch.chdir(tmp_path)
    case.write()
    files = {**case.texts, cases.SETTINGS: case.settings}
    day = playground.day(case)
    found = ask(files, topic, asOf=day)
    assert found["text"] == printed(topic, ".", "--as-of", day)
    if found["picture"]:
        assert found["picture"] == printed(topic, ".", "--as-of", day, "--format", "svg")


def test_a_list_of_names_answers_for_hosts(tmp_path, monkeypatch):
    """The lines of hosts may have comments; the answer is that of the command with names."""
    monkeypatch.chdir(tmp_path)
    names = "*.brightharbor.io\nlighthouse.io # comment\n"
    hosts = "\n a.brightharbor.io  # one\n#\na.b.brightharbor.io\r\n"
    found = ask({"names.txt": names}, "coverage", hosts=hosts)
    words = ("*.brightharbor.io", "lighthouse.io", "--", "a.brightharbor.io", "a.b.brightharbor.io")
    assert found["text"] == printed("coverage", *words)
    assert "a wildcard covers only one label" in found["text"]
    assert ET.fromstring(found["picture"]).tag.endswith("svg")


def test_a_list_without_hosts_is_a_file(tmp_path, monkeypatch):
    """The answer is that of the command for the list."""
    monkeypatch.chdir(tmp_path)
    names = "*.brightharbor.io\nbrightharbor.io\n"
    (tmp_path / "names.txt").write_text(names)
    assert ask({"names.txt": names}, "coverage")["text"] == printed("coverage", "names.txt")


def test_files_answer_for_hosts_too(tmp_path, monkeypatch):
    """As does a list with something that is not a name."""
    monkeypatch.chdir(tmp_path)
    for files in ({"a.json": '{"DomainName": "a.io"}'}, {"names.txt": "a.io\na_b.io\n"}):
        [name] = files
        Path(name).write_text(files[name])
        found = ask(files, "coverage", hosts="a.io\nb.io")
        assert found["text"] == printed("coverage", name, "--", "a.io", "b.io")
        assert "NOT covered" in found["text"]
    assert os.getcwd() == str(tmp_path)


def test_without_certificates_there_is_no_picture():
    """The text says so."""
    assert ask({"a.yaml": "a: 1\n"}, "coverage") == {
        "topic": "coverage",
        "text": "no certificate in these files\n",
        "picture": "",
    }


@pytest.mark.parametrize("topic", ["check", "coverage"])
def test_a_wrong_host_is_named_by_its_line(topic):
    """Only `coverage` reads the hosts."""
    files = {"names.txt": "a.io\n"}
    if topic == "check":
        assert ask(files, topic, hosts="a..b")
    else:
        message = refusal(files, topic, hosts="# x\na..b")
        assert message.startswith("line 2 of the hosts: ")
