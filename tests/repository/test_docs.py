"""Generated pages are up to date, modules on pages exist, and the glossary can be searched."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = DOCS / "pages"
PACKAGE = ROOT / "src" / "acmrules"


def test_the_generated_pages_are_up_to_date(monkeypatch):
    """`python docs/generate.py` changes, adds and removes no page."""
    monkeypatch.syspath_prepend(str(DOCS))
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    pages = generate.pages()
    assert {path: (DOCS / path).read_text("utf-8") for path in pages} == pages
    for folder in ("rules", "pictures", "facts"):
        assert {f"pages/{folder}/{page.name}" for page in (PAGES / folder).iterdir()} < set(pages)


def glossary():
    """Return the cells of each row of the glossary."""
    lines = (PAGES / "terms.md").read_text("utf-8").splitlines()
    _, _, *rows = [re.split(r" *\| *", line)[1:-1] for line in lines if line.startswith("| ")]
    assert len(rows) > 100
    return rows


def test_the_modules_on_the_page_of_the_design_exist():
    """Each path below a package is one of a module or a package."""
    paths = re.findall(r"`(\w+)/(\w+(?:/\w+)*)`", (PAGES / "design.md").read_text("utf-8"))
    modules = [PACKAGE / first / rest for first, rest in paths if (PACKAGE / first).is_dir()]
    assert len(modules) > 50
    assert [
        path for path in modules if not (path.is_dir() or path.with_suffix(".py").is_file())
    ] == []


def test_the_glossary_is_in_alphabetical_order():
    """Each term has one row."""
    terms = [row[0].partition("</a>")[2] for row in glossary()]
    assert terms == sorted(set(terms), key=str.casefold)


def test_each_term_of_the_glossary_has_an_anchor():
    """Its words, joined by hyphens."""
    for cell, *_ in glossary():
        anchor, term = re.fullmatch(r'<a id="(.*)"></a>(.*)', cell).groups()
        assert anchor == re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


@pytest.mark.parametrize(
    "word",
    ["apex domain", "CN", "CSR", "eTLD+1", "FQDN", "hostname", "punycode", "root domain", "SAN"],
)
def test_the_glossary_has_common_synonyms(word):
    """A search for a common synonym finds the term."""
    assert any(word in row[2].split(", ") for row in glossary())
