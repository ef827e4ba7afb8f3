"""The search of `explain` and `facts`: rules and facts by words, the closest first."""

from __future__ import annotations

import re

from acmrules.facts.wording import format_value
from acmrules.messages import near, printable, quoted
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from acmrules.facts.fact import Fact
    from acmrules.lint.rule import Rule

_MOST_SHOWN = 12
_MARGIN = " " * 4
_FEWEST_IN_MESSAGE = 3
_FEWEST_MISSPELLED = 3
"""The length from which a word can be misspelled; a shorter one is near to too many others."""

_NAME, _TITLE, _MESSAGE, _TEXT = 8.0, 4.0, 2.0, 1.0
_SIMILARITY = 40.0

_WORD = re.compile(r"[\w*](?:[\w.*-]*\w)?")
_COMMON = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "in"),
        *("is", "it", "its", "of", "on", "or", "that", "the", "this", "to", "with"),
    }
)
_MEANINGS = {
    "apex": ("parent", "zone"),
    "cert": ("certificate",),
    "cn": ("primary",),
    "csr": ("signing",),
    "fqdn": ("name",),
    "hostname": ("host",),
    "naked": ("parent",),
    "punycode": ("a-label", "xn"),
    "san": ("alternative", "subjectalternativenames"),
    "tld": ("top-level",),
}
"""Common words for terms that the texts of acmrules name otherwise."""


class Document(Value):
    """What is searched of a rule or fact.

    `key` is what you type to see it. `name` contains its other names. `messages` are whole
    sentences that are printed elsewhere, and `passages` the other texts.
    """

    key: str
    name: str
    title: str
    messages: tuple[str, ...]
    passages: tuple[str, ...]


class Matches(Value):
    """The keys of the documents that match, the closest first, each with a matching passage.

    `is_whole` is whether each of them has all words.
    """

    keys: tuple[str, ...]
    passages: tuple[str, ...]
    is_whole: bool


def rule_documents(rules: Iterable[Rule]) -> list[Document]:
    """Return the documents of rules, with the messages of their examples."""
    from acmrules.lint.examples import findings_of_examples
    from acmrules.lint.rule_data import sources
    from acmrules.reports import rule_pages

    documents = []
    for rule in rules:
        findings = [*findings_of_examples(rule)]
        texts = [*_sentences(rule.explanation), rule_pages.general_help(rule)]
        texts += [finding.help for finding in findings]
        texts += [*rule_pages.history(rule), *rule_pages.facts(rule)]
        texts += [source.title for source in sources(rule)]
        messages = dict.fromkeys(finding.message for finding in findings)
        passages = tuple(dict.fromkeys(filter(None, texts)))
        documents.append(Document(rule.id, rule.name, rule.title, tuple(messages), passages))
    return documents


def fact_documents(facts: Iterable[Fact[Any]]) -> list[Document]:
    """Return the documents of facts, with their values and sources."""
    documents = []
    for fact in facts:
        values = [
            format_value(era.value) + ("" if era.seen else f", since {era.start}")
            for era in fact.history
        ]
        sources = (*(era.source for era in fact.history), *fact.also)
        cited = [f"{source.title}, {source.url}" for source in sources]
        passages = tuple(dict.fromkeys((*values, *_sentences(fact.note), *cited)))
        documents.append(Document(fact.row, "", fact.statement, (), passages))
    return documents


def _sentences(text: str) -> list[str]:
    plain = " ".join(text.split())
    return re.split(r"(?<=[.:;]) (?=[A-Z`])", plain) if plain else []


class WordIndex:
    """Documents that can be searched often."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._entries = [_Entry(document) for document in documents]
        self._vocabulary = frozenset().union(*(entry.words for entry in self._entries))

    def search(self, query: str) -> Matches:
        """Return the documents that contain all words of a query.

        If none does, the query can be a message with other values. Then values that occur nowhere
        do not count. If that does not help and the query has several words, the documents with
        the most similar messages match.
        """
        words = _query(query)
        forms = {word: forms for word in words if (forms := self._forms(word))}
        plain = [word for word in words if word in forms or not _is_value(word)]
        found = [entry for entry in self._entries if _has_all(entry, plain, forms)]
        if not found and len(forms) >= _FEWEST_IN_MESSAGE:
            plain, found = [], self._entries
        if not found or not forms:
            return Matches((), (), is_whole=False)
        sought = [*forms.values()]
        weights = [
            1 / sum(not e.words.isdisjoint(each) for e in self._entries) ** 0.5 for each in sought
        ]
        similarity = _SIMILARITY if len(words) >= _FEWEST_IN_MESSAGE else 0
        scores = [(entry.score(sought, weights, similarity), entry) for entry in found]
        least = 0 if plain else max(score for score, _ in scores) / 2
        ranked = [
            entry for score, entry in sorted(scores, key=lambda pair: -pair[0]) if score >= least
        ]
        return Matches(
            tuple(entry.document.key for entry in ranked),
            tuple(entry.passage(sought) for entry in ranked),
            is_whole=plain == words,
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return the words of the names, titles and messages that are similar to a word."""
        texts = (
            text
            for each in (entry.document for entry in self._entries)
            for text in (each.name, each.title, *each.messages)
        )
        return near(word, {each for text in texts for each in _words(text)})

    def _forms(self, word: str) -> frozenset[str]:
        """Return the words that match: the same, longer ones, and those with the same meaning."""
        stem = word.removesuffix("s") if len(word) > _LONGEST_WHOLE else word
        forms = {word, stem, *_MEANINGS.get(stem, ())} & self._vocabulary
        if len(word) > _LONGEST_WHOLE and not word.isdecimal():
            forms |= {each for each in self._vocabulary if each.startswith(stem)}
        if word.startswith("*") and not forms:
            forms = {"wildcard"} & self._vocabulary
        return frozenset(forms)


def _has_all(entry: _Entry, words: Iterable[str], forms: dict[str, frozenset[str]]) -> bool:
    return all(word in forms and not entry.words.isdisjoint(forms[word]) for word in words)


def _is_value(word: str) -> bool:
    """Return whether a word looks like a value in a message: a domain name, a number, a date."""
    return not word.replace("-", "").isalpha()


def listing(
    results: Matches, heads: Sequence[str], noun: str, command: str, width: int
) -> Iterator[str]:
    """Yield the lines of the list of results; `heads` are the lines of the results, by order."""
    from textwrap import TextWrapper

    def wrap(text: str, indent: str) -> list[str]:
        wrapper = TextWrapper(width, initial_indent=indent, subsequent_indent=_MARGIN)
        wrapper.break_long_words = wrapper.break_on_hyphens = False
        return wrapper.wrap(text)

    if not results.is_whole:
        yield f"no {noun} has all of these words; the closest:"
        yield ""
    shown = zip(heads[:_MOST_SHOWN], results.passages, strict=False)
    for head, passage in shown:
        yield from wrap(printable(head), "")
        yield from wrap(printable(passage), _MARGIN)
    yield ""
    if len(heads) > _MOST_SHOWN:
        yield f"{len(heads) - _MOST_SHOWN} more (`--format json` has all of them)"
    yield f"`{command} {results.keys[0].split()[0]}` shows more about the first one"


def nothing_found(noun: str, query: str, index: WordIndex) -> str:
    """Return the message for a query that nothing matches, with a suggestion."""
    words = query.split()
    is_clear = len(words) == 1 and len(query) >= _FEWEST_MISSPELLED
    meant = " or ".join(f"`{word}`" for word in index.suggestions(query)) if is_clear else ""
    hint = f"did you mean {meant}?" if meant else f"see `acmrules {noun}s`"
    return f"no {noun} contains {quoted(' '.join(words))}; {hint}"


def _words(text: str) -> list[str]:
    """Return the words of a string, in lowercase; those with hyphens also as parts."""
    found = _WORD.findall(text.casefold().replace("e-mail", "email"))
    return [part for word in found for part in dict.fromkeys((word, *word.split("-"))) if part]


def _query(text: str) -> list[str]:
    """Return the words to search, without common ones unless all are common."""
    plain = text.casefold().replace("e-mail", "email")
    words = [*dict.fromkeys(_WORD.findall(plain))]
    return [word for word in words if word not in _COMMON] or words


class _Entry:
    """A document with its words by field."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._messages = [frozenset(_words(message)) for message in document.messages]
        passages = [frozenset(_words(passage)) for passage in document.passages]
        name = frozenset(_words(f"{document.key} {document.name}"))
        title = frozenset(_words(document.title))
        self._fields = (
            (_NAME, name),
            (_TITLE, title),
            (_MESSAGE, frozenset[str]().union(*self._messages)),
            (_TEXT, frozenset[str]().union(*passages)),
        )
        self._shown = name | title
        self._texts = [
            *zip(self._messages, document.messages, strict=True),
            *zip(passages, document.passages, strict=True),
        ]
        self.words = frozenset[str]().union(*(words for _, words in self._fields))

    def score(
        self, sought: Sequence[frozenset[str]], weights: Sequence[float], similarity: float
    ) -> float:
        """Return how close the document is: rare words, prominent fields, similar messages."""
        fields = sum(
            weight * max((w for w, words in self._fields if not words.isdisjoint(forms)), default=0)
            for forms, weight in zip(sought, weights, strict=True)
        )
        similar = max((_similarity(sought, message) for message in self._messages), default=0.0)
        return fields + similarity * similar * sum(weights)

    def passage(self, sought: Iterable[frozenset[str]]) -> str:
        """Return the text with the most words that the key, the name and the title do not have."""
        missing = [forms for forms in sought if self._shown.isdisjoint(forms)]
        counts = [(_count(missing, words), text) for words, text in self._texts]
        best = max((count for count, _ in counts), default=0)
        return next(text for count, text in counts if count == best) if best else ""


def _similarity(sought: Sequence[frozenset[str]], message: frozenset[str]) -> float:
    """Return the share of the words of a message and a query that both have."""
    shared = _count(sought, message)
    return shared / (len(message) + len(sought) - shared) if shared else 0.0


def _count(sought: Iterable[frozenset[str]], words: frozenset[str]) -> int:
    return sum(not words.isdisjoint(forms) for forms in sought)


_LONGEST_WHOLE = 3
"""The most characters of a word that only matches whole words."""
