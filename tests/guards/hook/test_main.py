"""The hook as a program, to try it."""

import io
import json
import subprocess
import sys

import pytest
from tests.support.guards.hook import resource_event

from acmrules.guards.hook import __main__ as program

KIND = "AWS::CertificateManager::Certificate"


def test_it_prints_the_answer_to_an_event(monkeypatch, capsys):
    """As Lambda returns it."""
    sent = resource_event(KIND, {"DomainName": "localhost"})
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(sent)))
    program.main()
    assert json.loads(capsys.readouterr().out)["errorCode"] == "NonCompliant"


@pytest.mark.parametrize("text", ["", "{"])
def test_other_input_is_an_error(text):
    """In one sentence."""
    command = [sys.executable, "-m", "acmrules.guards.hook"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("acmrules: standard input is not an event in JSON: ")
