"""The page about forms: its validators, in the real Django and WTForms."""

import doctest
import re
import sys
import types
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "pages" / "guards" / "forms.md"
TEXT = PAGE.read_text("utf-8")


def blocks(heading, language):
    """Return the code blocks of a section in a language; those before all sections have none."""
    sections = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    [section] = [each for each in sections if each.startswith(heading)]
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", section)


def module(name, code):
    """Return a module of a block of code."""
    made = types.ModuleType(name)
    exec(compile(code, f"{name}.py", "exec", dont_inherit=True), vars(made))
    return made


@pytest.fixture
def certificates(folder, monkeypatch):
    """Have the module of the page, in a folder without settings."""
    assert folder == Path.cwd()
    [code] = blocks("Set up\n", "python")
    made = module("certificates", code)
    monkeypatch.setitem(sys.modules, "certificates", made)
    return made


def run(heading):
    """Run the examples of a section with its program, and return how many failed and ran."""
    [code] = blocks(heading, "python")
    values = vars(module("forms", code))
    examples = "".join(blocks(heading, "pycon"))
    test = doctest.DocTestParser().get_doctest(examples, values, heading, str(PAGE), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    return runner.summarize(verbose=False)


def test_the_examples_of_django_run(certificates):
    """Forms and models print what the page shows."""
    pytest.importorskip("django")
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    assert certificates.problems(["brightharbor.io"]) == []
    outcome = run("Django\n")
    assert (outcome.failed, outcome.attempted > 5) == (0, True)
    assert f"Tested with Django {'.'.join(map(str, django.VERSION[:2]))} " in TEXT


def test_the_examples_of_wtforms_run(certificates):
    """Forms print what the page shows."""
    wtforms = pytest.importorskip("wtforms")
    assert certificates.problems(["*.co.uk"])
    outcome = run("WTForms\n")
    assert (outcome.failed, outcome.attempted > 4) == (0, True)
    assert f"and WTForms {'.'.join(wtforms.__version__.split('.')[:2])}.\n" in TEXT


def test_the_settings_of_the_project_apply(certificates):
    """A policy rejects names too."""
    Path(".acmrules.toml").write_text('[policy]\nrequired-tags = ["Owner"]\n')
    assert certificates.problems(["brightharbor.io"]) == ["the required tag `Owner` is missing"]
