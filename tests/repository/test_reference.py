"""The API reference: each public name is on one page, and each page has an example that runs."""

import doctest
import importlib
import importlib.util
import re
from pathlib import Path

import griffe
import pytest

import acmrules
from acmrules import arrow, diagnosis, fields, lint, strategies
from acmrules.network import aws

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pages" / "reference"
PAGES = sorted(FOLDER.glob("*.md"))
DIRECTIVE = re.compile(r"^::: (\S+)$", re.MULTILINE)

PACKAGES = (acmrules, arrow, fields, lint, strategies, aws)
"""The packages that export all that is public in them."""

MODULES = {
    "acmrules.arrow.spark": {"OtherVersions", "examine"},
    "acmrules.errors": {"MissingPackage"},
    "acmrules.facts.fact": {"CHECKED"},
    "acmrules.guards.awscli": {"awscli_initialize"},
    "acmrules.guards.boto3": {
        "OnFinding",
        "RequestRefusedError",
        "RequestWarning",
        "UncheckedWarning",
        "install",
        "uninstall",
    },
    "acmrules.guards.cdk": {"AcmRulesValidator"},
    "acmrules.guards.hook": {"handler"},
    "acmrules.pytest_plugin": {"AcmRequests", "CheckedRequest", "acm_requests"},
    "acmrules.services": {"SERVICES"},
    "acmrules.values": {"Value"},
}
"""What else a page documents, in modules with parts that are not public."""

SHADOWED = {"acmrules.strategies.names.names": "acmrules.strategies.names"}
"""A function with the name of a module next to it; griffe finds it in that module alone."""


def documented():
    """Return the names on each page, as a program imports them."""
    return {
        page: [SHADOWED.get(path, path) for path in DIRECTIVE.findall(page.read_text("utf-8"))]
        for page in PAGES
    }


def public():
    """Return the public names, without the package that has pages of its own."""
    exported = {f"{each.__name__}.{name}" for each in PACKAGES for name in each.__all__}
    others = {f"{module}.{name}" for module, names in MODULES.items() for name in names}
    return (exported | others) - {"acmrules.lint"}


def extension():
    """Return the module of the extension of griffe."""
    spec = importlib.util.spec_from_file_location("api_reference", ROOT / "docs/api_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def package():
    """Return the package as mkdocstrings sees it."""
    loader = griffe.GriffeLoader(
        search_paths=[ROOT / "src"],
        extensions=griffe.load_extensions(extension().ApiReference),
        allow_inspection=False,
    )
    return loader.load("acmrules")


def shown(package, path):
    """Return an object on a page, where it is defined."""
    found = package[path.removeprefix("acmrules.")]
    return found.final_target if found.is_alias else found


def test_each_public_name_is_on_one_page():
    """No name is missing, none is on two pages, and nothing else is on a page."""
    names = [name for page in documented().values() for name in page]
    assert sorted(names) == sorted(public())


def test_the_names_of_the_diagnosis_are_on_pages():
    """`acmrules.diagnosis` exports only what `acmrules` exports."""
    assert {*diagnosis.__all__} <= {*acmrules.__all__}


def test_the_names_exist():
    """A program can import each name from the module before it."""
    for name in public() - {
        "acmrules.guards.cdk.AcmRulesValidator",
        "acmrules.arrow.spark.examine",
    }:
        module, _, member = name.rpartition(".")
        if module != "acmrules.arrow.spark":
            assert hasattr(importlib.import_module(module), member), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_starts_with_an_example_that_runs(page):
    """A paragraph and an example are before the first name."""
    text = page.read_text("utf-8")
    before = text.partition("\n::: ")[0]
    assert re.match(r"# .+\n\n[`A-Z].+\n(?:.+\n)*\n```pycon\n>>> ", before)
    outcome = doctest.testfile(str(page), module_relative=False)
    assert (outcome.failed, outcome.attempted > 1) == (0, True)


def test_the_navigation_has_each_page():
    """The site links all pages of the reference."""
    configuration = (ROOT / "docs" / "mkdocs.yml").read_text("utf-8")
    listed = re.findall(r"^ +- reference/(\S+)$", configuration, re.MULTILINE)
    assert sorted(listed) == [page.name for page in PAGES]


def test_everything_on_a_page_has_a_docstring(package):
    """So do the methods and properties that a page shows."""
    paths = [path for page in PAGES for path in DIRECTIVE.findall(page.read_text("utf-8"))]
    assert [path for path in paths if not shown(package, path).has_docstring] == []


def test_docstrings_are_markdown(package):
    """No example is left outside of a block of code, and no link is within one."""
    for name in public() - {"acmrules.strategies.names"}:
        text = shown(package, name).docstring.value
        blocks = re.findall(r"^```pycon\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)
        assert ">>>" not in re.sub(r"(?ms)^```pycon$.*?^```$", "", text), name
        assert not re.search(r"\]\[|\]\(acmrules", "".join(blocks)), name


def test_a_value_has_the_constructor_of_its_fields(package):
    """Inherited fields are first, and defaults are those at run time."""
    steps = shown(package, "acmrules.RenewalSteps").members["__init__"].parameters
    assert [each.name for each in steps] == ["self", "steps", "needs", "source"]
    quotas = shown(package, "acmrules.Quotas").members["__init__"].parameters
    assert {each.name: each.default for each in quotas if each.default} == {
        field: repr(value) for field, value in acmrules.Quotas().to_dict().items()
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acmrules.covers", "Raises [`InvalidName`][acmrules.InvalidName] if"),
        ("acmrules.diagnose_all", "like [`diagnose`][acmrules.diagnose]"),
        ("acmrules.NameFault", "| `EMPTY` | is empty |\n"),
        ("acmrules.CertificateStatus", '| `ISSUED` | `"ISSUED"` |\n'),
        ("acmrules.Consumer", "- `service` is a key of [`acmrules.services.SERVICES`][acmrules.s"),
        ("acmrules.Quotas", "The constructor raises [`InvalidArgument`][acmrules.InvalidArgument]"),
    ],
)
def test_docstrings_are_completed(package, name, text):
    """Names are links, fields are a list, and members of enumerations are a table."""
    assert text in shown(package, name).docstring.value


def test_links_point_to_what_a_page_shows(package):
    """No docstring has a link to a name without a heading."""
    linked = set()
    for name in public() - {*SHADOWED.values()}:
        documented_one = shown(package, name)
        for each in (documented_one, *extension().members_of(documented_one)):
            if each.has_docstring:
                linked |= {*re.findall(r"`\]\[([\w.]+)\]", each.docstring.value)}
    assert len(linked) > 40
    for target in linked - public():
        owner, _, member = target.rpartition(".")
        assert owner in public(), target
        assert shown(package, owner)[member].has_docstring
