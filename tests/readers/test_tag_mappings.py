"""Tags that are a mapping."""

from acmrules.readers.fields import Fields
from acmrules.readers.substituted import Substituted, SubstitutedReader
from acmrules.readers.tag_mappings import read_tags
from acmrules.request import Tag
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Unknown, Unresolved


def tags_of(data):
    """Return the tags of a mapping, and their pointers."""
    pointers = {}
    return list(read_tags(Fields(SubstitutedReader(), data, ("r",)), pointers)), pointers


def test_each_member_is_a_tag():
    """Key and value have pointers, and a null value is empty."""
    tags, pointers = tags_of({"tags": {"Owner": "web", "Note": None}})
    assert tags == [Tag("Owner", "web"), Tag("Note", "")]
    assert pointers["tags", 0, "key"] == (("r", "tags", "Owner", KEY), None)
    assert pointers["tags", 0, "value"] == (("r", "tags", "Owner"), None)


def test_unknown_and_absent_tags():
    """An unknown mapping is one unknown tag."""
    unknown = Unresolved((Unknown("${tags}"),))
    assert tags_of({"tags": Substituted(unknown)})[0] == [unknown]
    assert tags_of({})[0] == []
