"""Answers: whatever the page sends, the answer is an object that the page knows."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.playground import ask, question, refusal

from acmrules.guards.playground import answer, answers

NAMES = ("template.yaml", "main.tf", "request.json", "names.txt", "requests.jsonl", "x.tfvars")
TEXTS = st.text(max_size=40) | st.sampled_from(
    ("{{", "[" * 5000, "\0", "\ud800", "- &a [*a]", 'a = "${', "AWS::CertificateManager::\ud800")
)
TOPICS = ("check", "coverage", "validation", "diagnosis", "dates")


@given(st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=3), st.sampled_from(TOPICS))
def test_every_text_has_an_answer_in_ascii(files, topic):
    """No text is an exception or a bug, and no answer has half of a surrogate pair."""
    text = answer(question(files, topic))
    assert text.isascii()
    assert "\\ud800" not in text
    assert "a bug in acmrules" not in text
    assert json.loads(text)["topic"] == topic


@pytest.mark.parametrize("topic", TOPICS)
def test_no_files_have_an_answer(topic):
    """The page may ask before a person has written anything."""
    assert ask({}, topic)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("suffix", ["json", "yaml", "tf.json", "jsonl", "tf"])
def test_deep_texts_have_an_answer(topic, suffix):
    """A file may be nested more deeply than Python calls functions."""
    begin = "aws_acm_certificate DomainName AWS::CertificateManager::Certificate "
    deep = {"tf": "x = "}.get(suffix, "") + '[{"a":' * 20_000
    ask({f"a.{suffix}": f'["{begin}", {deep}'}, topic)


def test_a_bug_is_one_message(monkeypatch):
    """The interpreter of the page lives on, and a person can report the bug."""
    monkeypatch.setattr(answers, "_answer", lambda _: 1 // 0)
    assert refusal({}).startswith("a bug in acmrules, please report it: ZeroDivisionError")
    monkeypatch.setattr(answers, "_answer", lambda _: ask({}, "check", asOf=f"{[[]]}"))
    assert "AssertionError" in refusal({})


def test_depth_that_a_topic_does_not_expect_is_one_message(monkeypatch):
    """A reader refuses deep texts itself; this is the last defense."""

    def recurse(given):
        return recurse(given)

    monkeypatch.setattr(answers, "_answer", recurse)
    assert refusal({}) == "the files are nested too deeply"


FORMATS = {
    "terraform": (
        {"main.tf": 'resource "aws_acm_certificate" "a" {\n  domain_name = "brightharbor.io"\n}\n'},
        {"yaml", "acmrules.readers.cloudformation", "acmrules.readers.kubernetes"},
    ),
    "cloudformation": (
        {
            "a.yaml": "Resources:\n  A:\n    Type: AWS::CertificateManager::Certificate\n"
            "    Properties: {DomainName: a.io}\n"
        },
        {"acmrules.syntax.hcl", "acmrules.readers.terraform.reader", "acmrules.readers.kubernetes"},
    ),
    "api": (
        {"a.json": '{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}'},
        {"yaml", "acmrules.syntax.hcl", "acmrules.readers.cloudformation.reader"},
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_check_loads_what_its_format_needs(name):
    """No module is loaded that a page lacks, or that another format or topic needs."""
    files, others = FORMATS[name]
    absent = {
        *("cryptography", "pyarrow", "pygls", "lsprotocol", "mcp", "dns", "attrs", "boto3"),
        *("subprocess", "socket", "threading", "multiprocessing", "mmap", "asyncio", "tempfile"),
        *("acmrules.cli", "acmrules.lint.forecast", "tomllib"),
        *("acmrules.guards.lsp", "acmrules.guards.mcp", "acmrules.reports.svg"),
    }
    program = (
        "import sys; sys.modules.update(dict.fromkeys(['cryptography', 'pyarrow', 'dns']));"
        "from acmrules.guards.playground import answer;"
        f"print(answer({question(files)!r}), *sys.modules, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    found, *loaded = done.stdout.splitlines()
    assert json.loads(found)["report"]["summary"]["requests"] == 1
    loaded = {*loaded} - {"cryptography", "pyarrow", "dns"}
    assert sorted((absent | others) & loaded) == []
    assert not [name for name in loaded if name.startswith("dns.")]
