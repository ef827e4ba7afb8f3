"""Things that were not checked, as sentences."""

from acmrules.model.not_checked import FILE, KINDS, MODULE, NOUNS, NotChecked, whole_file
from acmrules.model.placed import Location
from acmrules.syntax.source import Source


def test_an_entry_is_a_sentence_with_an_instruction():
    """The subject, the predicate and the instruction are separate for programs."""
    location = Location(Source("main.tf", "x\nmodule {}\n"), 2, 8)
    entry = NotChecked(location, MODULE, "module `acm`", "calls `x`", "check the plan")
    assert str(entry) == "module `acm` calls `x`: check the plan"
    assert entry.located == "main.tf:2:1: module `acm` calls `x`: check the plan"
    assert not entry.is_about_file


def test_an_entry_about_a_file_has_no_lines():
    """Control characters in its name are escaped."""
    entry = NotChecked(whole_file("a\x1b.json"), FILE, "the file", "is x", "do y")
    assert entry.is_about_file
    assert entry.located == "a\\x1b.json: the file is x: do y"


def test_every_kind_has_a_noun():
    """Reports count the entries of a kind by its noun."""
    assert NOUNS.keys() == {*KINDS}
