"""The language of pages, messages, help and docstrings: plain words, and short sentences."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "docs" / "pages" / "facts.md"
PAGES = sorted(
    path.relative_to(ROOT)
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs" / "pages").glob("*.md"),
        *(ROOT / "docs" / "pages" / "guards").glob("*.md"),
        *(ROOT / "docs" / "pages" / "reference").glob("*.md"),
        *(ROOT / "docs" / "pages" / "problems").glob("*.md"),
        ROOT / "docs" / "examples" / "README.md",
        ROOT / "docs" / "pages" / "recipes" / "README.md",
        ROOT / "benchmarks" / "README.md",
    )
    if path != FACTS
)
INSTEAD = {
    r"judg\w+": "check, result",
    r"tells?|told": "report",
    r"stands?|stood|standing": "is",
    r"(?:leads?|led|leading) (?:on )?to": "points to, resolves to",
    r"goes by|is called by": "is identified by",
    r"whoever|somebody|nobody": "you, the approver, no resource",
    r"by itself": "automatically",
    r"bring along": "import",
    r"besides?": "with, next to, in addition to",
    r"anew": "again",
    r"(?<!<)circle": "cycle",
    r"estate|surroundings": "inventory",
    r"foretell\w*": "forecast",
    r"is no name": "is not a valid domain name",
    r"is none of": "is not one of",
    r"of which": "whose",
    r"at the (?:most|least)": "at most, at least",
    r"mend\w*": "fix",
    r"ask(?:s|ed|ing)? for": "request",
    r"comes to": "results in",
    r"as far as": "where",
    r"e-mails?": "email",
    r"licen[c]es?": "license",
    r"\w+isations?": "-ization",
    r"colou[r]s?": "color",
    r"what is not known of it": "what is unknown",
    r"the forum's word": "the Baseline Requirements say",
    r"since acm exists": "since ACM launched",
    r"defects? in acmrules": "a bug in acmrules",
    r"a day such as": "a date such as",
    r"what is around": "DNS resources",
    r"a text": "a string (code), text (prose)",
    r"(?<!names )in private": "privately",
    r"errors of (?:syntax|security)": "syntax errors, security fixes",
}
"""What not to write, as patterns, and what to write instead."""
ANY = re.compile(rf"\b(?:{'|'.join(INSTEAD)})\b", re.IGNORECASE)

MOST_WORDS = 25


def plain_words(text):
    """Yield the offset of each word to be replaced, with its replacement."""
    if ANY.search(text):
        for words, plain in INSTEAD.items():
            for match in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE):
                yield match.start(), f"{' '.join(match[0].split())!r}: write {plain!r}"


def prose(page):
    """Return the paragraphs, items and cells of a page, without code and the targets of links."""
    text = re.sub(r"(?ms)^ *(`{3,})\w*$.*?^ *\1$", "", (ROOT / page).read_text("utf-8"))
    text = re.sub(r"`[^`]*`", "code", re.sub(r"\]\([^)]*\)", "]", text))
    parts = re.split(r"\n\s*\n|\n(?=[-*|] |\d+\. )| \| ", text)
    return [" ".join(part.split()) for part in parts]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_pages_use_plain_words(page):
    """No page has one of the words that a plainer one replaces."""
    assert not [f"{found} in {part!r}" for part in prose(page) for _, found in plain_words(part)]


def sentences_of(code, *, docstrings_only=False):
    """Yield the docstrings and messages of a program, with the numbers of their lines.

    A string is a docstring if it is a statement, and a message if it has a space between words.
    Each expression in a message is one word, and so is code between backticks.
    """
    tree = ast.parse(code)
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside or (docstrings_only and id(node) not in statements):
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                getattr(part, "value", "") if isinstance(part, ast.Constant) else "code"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        text = re.sub(
            r"`[^`]*`", lambda match: "`" + re.sub(r"[^\n]", "_", match[0][1:-1]) + "`", text
        )
        if id(node) in statements or re.search(r"[a-z]\W* \W*[a-z]", text):
            yield node.lineno, text


def wordy_lines(file, **options):
    """Return the places in a file where a plainer word is due."""
    return [
        f"{file.relative_to(ROOT)}:{line + text.count(chr(10), 0, start)}: {found}"
        for line, text in sentences_of(file.read_text("utf-8"), **options)
        for start, found in plain_words(text)
    ]


@pytest.mark.parametrize(("folder", "docstrings_only"), [("src", False), ("tests", True)])
def test_messages_and_docstrings_use_plain_words(folder, docstrings_only):
    """No message, help text or docstring has a word that a plainer one replaces."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    wordy = [wordy_lines(file, docstrings_only=docstrings_only) for file in files]
    assert not [line for lines in wordy for line in lines]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"""Tell it."""', ["1: 'Tell'"]),
        ('class A:\n    """Is a.\n\n    Whoever.\n    """', ["4: 'Whoever'"]),
        ('say("who stands here")', ["1: 'stands'"]),
        ('say(f"{name} is no name")', ["1: 'is no name'"]),
        ('say("it is as "\n    "far as")', ["1: 'as far as'"]),
        ('say(f"a `{told}`, `told` {told}")', []),
        ('KEY = "told"', []),
        ('say("it is reported")', []),
    ],
)
def test_every_message_and_docstring_is_read(tmp_path, monkeypatch, code, found):
    """Docstrings and strings with several words are read; names, keys and code are not."""
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "a.py").write_text(code, "utf-8")
    assert [line.partition(": write")[0] for line in wordy_lines(tmp_path / "a.py")] == [
        f"a.py:{each}" for each in found
    ]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_sentences_are_short(page):
    """No sentence has more words than one can read at once."""
    sentences = (
        sentence for part in prose(page) for sentence in re.split(r"[.:!?][)*_\"]* ", part)
    )
    assert not [each for each in sentences if len(re.findall(r"[\w'-]+", each)) > MOST_WORDS]
