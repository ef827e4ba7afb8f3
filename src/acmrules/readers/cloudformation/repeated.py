"""Resources that a template declares more than once, under the same logical ID."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.model.not_checked import REPEATED, NotChecked
from acmrules.model.placed import Location
from acmrules.readers.cloudformation import reader
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.declaration import Declaration, Variant
    from acmrules.readers.options import Parameters

    Span = tuple[int, int]

_SECTION = ("Resources",)
_HOW = "rename or remove one of them"


def hidden(source: Source, parameters: Parameters) -> tuple[list[Declaration], list[NotChecked]]:
    """Return the declarations that a later one of the same logical ID hides, and their notes.

    Parsers keep the last of several equal keys. Raises `InputError`.
    """
    declared: list[Declaration] = []
    notes: list[NotChecked] = []
    repeated = [spans for spans in _keys(source).values() if len(spans) > 1]
    for index in range(max(map(len, repeated), default=1) - 1):
        masked = _masked(source, repeated, index)
        names = {source.text[start:end]: (start, end) for start, end in _shown(repeated, index)}
        found = _read(masked, parameters)
        own = [each for each in found or () if each.address in names]
        declared += [_in_source(each, source) for each in own]
        noted = names if found is None else dict.fromkeys(each.address for each in own)
        notes += [_note(source, address, names, repeated) for address in noted]
    return declared, notes


def _read(masked: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return what a template declares; `None` if a resource that the last one hides is invalid."""
    try:
        return reader.read(masked, parameters) or ()
    except InputError:
        return None


def _keys(source: Source) -> dict[str, list[Span]]:
    """Return where the resources of a template have their logical IDs."""
    found: dict[str, list[Span]] = {}
    for tree in trees(source, texts=True):
        if "Resources" in mapping(tree.data):
            for key, span in tree.keys(_SECTION):
                found.setdefault(key, []).append(span)
    return found


def _shown(repeated: list[list[Span]], index: int) -> Iterator[Span]:
    return (spans[index] for spans in repeated if index < len(spans) - 1)


def _masked(source: Source, repeated: list[list[Span]], index: int) -> Source:
    """Return a source of the same length in which all equal keys but one have another name."""
    text = source.text
    for spans in repeated:
        shown = min(index, len(spans) - 1)
        for start, end in spans[:shown] + spans[shown + 1 :]:
            text = text[:start] + "_" * (end - start) + text[end:]
    return Source(source.name, text)


def _note(
    source: Source, address: str, names: dict[str, Span], repeated: list[list[Span]]
) -> NotChecked:
    start, end = names[address]
    spans = next(spans for spans in repeated if (start, end) in spans)
    line = source.position(spans[-1][0]).line
    why = f"is declared again on line {line}, and a stack has only one of them"
    return NotChecked(Location(source, start, end), REPEATED, quoted(address), why, _HOW)


def _in_source(declaration: Declaration, source: Source) -> Declaration:
    """Return a declaration with locations in a source; they support no fixes."""
    variants = tuple(_with_source(variant, source) for variant in declaration.variants)
    return declaration.__replace__(source=source, variants=variants)


def _with_source(variant: Variant, source: Source) -> Variant:
    locations = {}
    for path in variant.locations:
        found = variant.locations[path]
        definition = found.definition and found.definition.__replace__(source=source)
        locations[path] = found.__replace__(source=source, definition=definition)
    return variant.__replace__(locations=locations)
