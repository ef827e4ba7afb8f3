"""What a call reads: paths or texts within bounds, once, with its settings."""

import os
from datetime import date

import pytest

from acmrules.guards.mcp.bounds import Refused, Roots
from acmrules.guards.mcp.reading import ToolCall, code_of, outside, read_inventory, sentences
from acmrules.syntax.source import InputError
from acmrules.workspace.errors import Troubles

DAY = date(2026, 11, 30)
CERTIFICATE = 'resource "aws_acm_certificate" "a" {\n  domain_name = "b.io"\n}\n'


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Return a function that makes calls in a directory with a module above it."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "main.tf").write_text(CERTIFICATE)
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")

    def make(**given):
        return ToolCall(given, Roots([os.curdir]), DAY, make.read.append)

    make.read = []
    return make


def test_a_module_above_the_directory_is_not_read(call, tmp_path):
    """The files of another directory are named as not read, and nothing of them is shown."""
    text = 'module "a" {\n  source = "../shared"\n}\n'
    (tmp_path / "project" / "main.tf").write_text(text)
    run, named = call(paths=["."]).run()
    report = run.report(named)
    assert not report.requests
    assert [*outside(run.files, [])] == [
        "../shared is outside the directories of the server, so it was not read"
    ]
    assert not [*outside(run.files, ["module `../shared` cannot be read"])]
    read = read_inventory(call(paths=["."]))
    assert not read.inventory.declarations
    assert "outside the directories" in " ".join(read.unchecked)


def test_each_file_is_a_step(call, tmp_path):
    """A call can end at each file, with paths or texts."""
    (tmp_path / "project" / "main.tf").write_text(CERTIFICATE)
    for given in ({"paths": ["main.tf"]}, {"texts": {"a.json": "{}"}}):
        run, named = call(**given).run()
        run.report(named)
        read_inventory(call(**given))
        assert len(call.read) > 1
        call.read.clear()


def test_texts_of_a_module(call):
    """The texts of a folder are one module, and no file next to their names is read."""
    texts = {
        "infra/main.tf": CERTIFICATE.replace('"b.io"', "var.name"),
        "infra/variables.tf": 'variable "name" {}\n',
        "infra/terraform.tfvars": 'name = "localhost"\n',
    }
    run, named = call(texts=texts).run()
    [finding] = [each for each in run.report(named).findings if each.rule.id == "ACM101"]
    assert (finding.file, finding.value) == ("infra/main.tf", "localhost")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "either `paths` or `texts`"),
        ({"paths": ["a"], "texts": {"a": ""}}, "either `paths` or `texts`"),
        ({"paths": ["../shared"]}, "outside"),
        ({"texts": {"../a.tf": ""}}, "outside"),
        ({"paths": ["."], "settings": {"baseline": "../b.json"}}, "outside"),
    ],
)
def test_calls_that_are_refused(call, given, fault):
    """A call reads nothing if its arguments contradict each other, or leave the directory."""
    with pytest.raises(Refused, match=fault):
        call(**given).run()


def test_problems_with_inputs():
    """The exit code is that of the commands, and each problem is one sentence."""
    troubles = Troubles()
    assert (code_of(troubles), sentences(troubles)) == (0, ())
    troubles.refuse(InputError("b.yaml", "is binary"), is_warning=True)
    assert code_of(troubles) == 0
    troubles.refuse(InputError("a.yaml", "is binary"))
    assert code_of(troubles) == 2
    troubles.add_bug(InputError("a.yaml", "a bug"))
    assert code_of(troubles) == 3
    assert sentences(troubles) == (
        "cannot read b.yaml: is binary",
        "cannot read a.yaml: is binary",
        "a.yaml: a bug",
    )
