"""The run of a question: its inputs, its settings, and its date."""

import pytest
from tests.support.playground import ask, question

from acmrules.guards.playground.questions import question_of
from acmrules.guards.playground.runs import QuestionRun, paths_of
from acmrules.workspace.discover import discover


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (["a.yaml"], ("a.yaml",)),
        (["a.csv"], ("a.csv",)),
        (["a.yaml", "names.txt", "b/c.tf"], (".", "names.txt")),
        (["main.tf", "live/terragrunt.hcl"], (".",)),
        ([], (".",)),
    ],
)
def test_the_command_names_one_file_or_a_directory(names, paths):
    """What a walk leaves out is named too, such as a list of names."""
    assert paths_of(names) == paths


def test_inputs_are_those_of_a_walk(tmp_path, monkeypatch):
    """They have the order, the names and the modules of the command."""
    monkeypatch.chdir(tmp_path)
    names = ["z.yaml", "a.b/x.tf", "a/y.tf", "a/b/z.json", "a.yaml", "names.txt", ".git/a.yaml"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    run = QuestionRun(question_of(question(dict.fromkeys(names, ""))))
    found = discover(run.paths)
    assert run.inputs.files == found.files
    assert run.inputs.named == found.named
    assert run.inputs.modules == found.modules
    assert sorted(run.inputs.order, key=run.inputs.order.get) == [
        *sorted(found.order, key=found.order.get)
    ]


def test_settings_are_not_inputs():
    """They apply to the files in their folder and below."""
    files = {".acmrules.toml": "", "a/pyproject.toml": "", ".acmrules-baseline.json": "{}"}
    run = QuestionRun(question_of(question({**files, "a/b.yaml": ""})))
    assert run.paths == ("a/b.yaml",)


def test_the_choices_of_the_page_override_settings():
    """They count like options of the command."""
    settings = {".acmrules.toml": 'region = "eu-west-1"\nas-of = 2018-01-01\n'}
    template = {"a.yaml": "Resources: {A: {Type: AWS::CertificateManager::Certificate}}"}
    found = ask(settings | template, region="us-east-1", asOf="2027-01-01")
    assert found["report"]["as_of"] == "2027-01-01"
    run = QuestionRun(question_of(question(settings | template, region="us-east-1")))
    assert run.resolver.settings_of("a.yaml").parameters.region == "us-east-1"
    run = QuestionRun(question_of(question(settings | template)))
    assert run.resolver.settings_of("a.yaml").parameters.region == "eu-west-1"
