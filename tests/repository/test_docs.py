"""The generated pages are what the generator makes."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_generated_pages_are_up_to_date():
    """`python docs/generate.py` changes no committed page, and none is left over."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    pages = generate.pages()
    assert {path: (DOCS / path).read_text("utf-8") for path in pages} == pages
    for folder in ("rules", "pictures"):
        assert {f"{folder}/{page.name}" for page in (DOCS / folder).iterdir()} < set(pages)
