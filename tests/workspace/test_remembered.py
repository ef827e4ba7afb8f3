"""What a check takes over from the one before it."""

from types import SimpleNamespace

from acmrules.readers.options import Parameters
from acmrules.syntax.source import InputError, Source
from acmrules.workspace.errors import Troubles
from acmrules.workspace.remembered import Findings, Modules, ParsedFiles


def test_a_file_is_parsed_again_if_its_text_or_its_parameters_change():
    """The same text with the same parameters is not."""
    calls = []

    def read(source, parameters, *, importing):
        calls.append((source.text, parameters.region, importing))
        return (), ()

    known = ParsedFiles()
    for text, region, importing in [
        ("a", None, False),
        ("a", None, False),
        ("b", None, False),
        ("b", "eu-west-1", False),
        ("b", "eu-west-1", True),
        ("b", "eu-west-1", False),
    ]:
        known.of(Source("x", text), Parameters({}, region), read, importing=importing)
    assert calls == [
        ("a", None, False),
        ("b", None, False),
        ("b", "eu-west-1", False),
        ("b", "eu-west-1", True),
    ]


def test_modules_are_current_until_a_file_changes_that_they_read():
    """Files of modules always count, because a new one is part of its module."""
    modules, troubles = Modules(), Troubles()
    assert not modules.are_current({})
    troubles.refuse(InputError("main.tf", "is wrong"))
    modules.keep([], troubles, frozenset(("old.tf",)), {"names.json": "a"}, {"names.json"})
    assert modules.are_current({"names.json": "a"})
    assert modules.are_current({"names.json": "a", "site.yaml": "b"})
    assert not modules.are_current({"names.json": "b"})
    assert not modules.are_current({})
    assert not modules.are_current({"names.json": "a", "new.tf": ""})
    own, excluded = Troubles(), set()
    assert modules.batches(own, excluded) == []
    assert [error.name for error in own.unreadable] == ["main.tf"]
    assert excluded == {"old.tf"}


def test_a_declaration_is_checked_once_by_each_linter():
    """What a run does not need is forgotten after it."""
    calls = []
    linter = SimpleNamespace(check=lambda each: calls.append(each) or ([each], []), as_of="day")
    own = SimpleNamespace(linter=linter, fail_on="error", baseline=None)
    findings = Findings()
    settings_of = findings.settings_of(lambda _: own)
    settings = settings_of("a")
    assert settings.linter is settings_of("b").linter
    assert settings.linter.as_of == "day"
    declaration = object()
    for _ in range(2):
        assert settings.linter.check(declaration) == ([declaration], [])
        findings.end()
    assert calls == [declaration]
    findings.end()
    settings.linter.check(declaration)
    assert calls == [declaration, declaration]
