"""Tags that are a mapping of keys to values, as in most tools other than AWS's own."""

from __future__ import annotations

from acmrules.readers.fields import Fields
from acmrules.readers.requests import read_text
from acmrules.request import Tag
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.unresolved import Unresolved


def read_tags(fields: Fields, pointers: PointerMap) -> Iterator[Tag | Unresolved]:
    """Yield the tags in the member `tags`, and add their pointers to `pointers`."""
    if "tags" not in fields:
        return
    data, pointer = fields.reader.settle(*fields.member("tags"))
    pointers["tags",] = pointer, None
    if unknown := fields.reader.unknown(data, pointer):
        pointers["tags", 0] = pointer, None
        yield unknown
        return
    tags = Fields(fields.reader, data, pointer)
    for index, key in enumerate(tags.data):
        path = ("tags", index)
        pointers[path] = (*pointer, key), None
        pointers[(*path, "key")] = (*pointer, key, KEY), None
        value = read_text(tags, key, (*path, "value"), pointers)
        yield Tag(key, "" if value is None else value)
