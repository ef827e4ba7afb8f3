"""Terraform's functions for strings and numbers that may be partly known."""

from __future__ import annotations

from acmrules.readers.terraform.eval.values import (
    MAX_LIST_LENGTH,
    EvaluationError,
    NotConstant,
    all_items,
    boolean,
    is_open,
    items,
    joined,
    known_text,
    label,
    number,
    plain_data,
    text,
    unknown_in,
    whole_number,
)
from acmrules.syntax.numbers import exact_number
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data

    Function = tuple[int, int | None, Callable[..., Data]]
    """The minimum and the maximum number of arguments, and the function."""

_BLANKS = (
    " \t\n\r\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004"
    "\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)

# Strings, part by part


def _lower(node: Node) -> Text:
    return _by_character(node, str.lower, "lower")


def _upper(node: Node) -> Text:
    return _by_character(node, str.upper, "upper")


def _by_character(node: Node, change: Callable[[str], str], name: str) -> Text:
    def changed(part: str) -> str:
        if part.isascii():
            return change(part)
        # Go never converts one letter to two.
        part = part.replace("İ", "i") if name == "lower" else part
        return "".join(made if len(made := change(c)) == 1 else c for c in part)

    found = text(node)
    if isinstance(found, str):
        return changed(found)
    return joined(
        changed(part) if isinstance(part, str) else Unknown(f"{name}({part})")
        for part in found.parts
    )


def _trimprefix(node: Node, prefix: Node) -> Text:
    found, wanted = text(node), known_text(prefix)
    if isinstance(found, str):
        return found.removeprefix(wanted)
    if found.head.startswith(wanted):
        return joined((found.head.removeprefix(wanted), *found.parts[bool(found.head) :]))
    if wanted.startswith(found.head):
        raise NotConstant
    return found


def _trimsuffix(node: Node, suffix: Node) -> Text:
    found, wanted = text(node), known_text(suffix)
    if isinstance(found, str):
        return found.removesuffix(wanted)
    if found.tail.endswith(wanted):
        last = len(found.parts) - bool(found.tail)
        return joined((*found.parts[:last], found.tail.removesuffix(wanted)))
    if wanted.endswith(found.tail):
        raise NotConstant
    return found


def _trimspace(node: Node) -> Text:
    return _trimmed(text(node), _BLANKS)


def _trim(node: Node, characters: Node) -> Text:
    return _trimmed(text(node), known_text(characters))


def _trimmed(found: Text, characters: str) -> Text:
    if isinstance(found, str):
        return found.strip(characters)
    head, tail = found.head.lstrip(characters), found.tail.rstrip(characters)
    if not head or not tail:
        raise NotConstant
    return joined((head, *found.parts[1:-1], tail))


def _replace(node: Node, old: Node, new: Node) -> Text:
    found, wanted = text(node), known_text(old)
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        return _replace_pattern(known_text(node), wanted[1:-1], known_text(new))
    by = text(new)
    if isinstance(found, str):
        pieces = found.split(wanted) if wanted else ["", *found, ""]
        return joined(_between(by, pieces))
    if not wanted or not _no_match_crosses_parts(found, wanted):
        raise NotConstant
    rest = f"{label(wanted)}, {label(by)}"
    return joined(
        part
        for piece in found.parts
        for part in (
            _between(by, piece.split(wanted))
            if isinstance(piece, str)
            else [Unknown(f"replace({piece}, {rest})")]
        )
    )


def _between(separator: Text, pieces: list[str]) -> Iterator[Text]:
    for index, piece in enumerate(pieces):
        if index:
            yield separator
        yield piece


def _no_match_crosses_parts(found: Unresolved, wanted: str) -> bool:
    """Return whether no occurrence can extend from a known part into an unknown one."""
    last = len(found.parts) - 1
    for index, part in enumerate(found.parts):
        if isinstance(part, str):
            for cut in range(1, len(wanted)):
                if index < last and part.endswith(wanted[:cut]):
                    return False
                if index and part.startswith(wanted[cut:]):
                    return False
            if 0 < index < last and part in wanted[1:-1]:
                return False
    return True


def _substr(node: Node, offset: Node, length: Node) -> str:
    found, start, count = text(node), whole_number(offset), whole_number(length)
    if isinstance(found, Unresolved):
        if start < 0 or count < 0 or start + count > len(found.head):
            raise NotConstant
        found = found.head
    # What Terraform counts as one character may be several in Python.
    if not found.isascii() or "\r\n" in found:
        raise NotConstant
    if start < 0 and not count:
        raise NotConstant  # Terraform returns the rest of the string.
    start = max(0, start + len(found)) if start < 0 else start
    return found[start:] if count < 0 else found[start : start + count]


def _startswith(node: Node, prefix: Node) -> bool:
    found, wanted = text(node), known_text(prefix)
    if isinstance(found, str) or len(found.head) >= len(wanted):
        return (found if isinstance(found, str) else found.head).startswith(wanted)
    if not wanted.startswith(found.head):
        return False
    raise NotConstant


def _endswith(node: Node, suffix: Node) -> bool:
    found, wanted = text(node), known_text(suffix)
    if isinstance(found, str) or len(found.tail) >= len(wanted):
        return (found if isinstance(found, str) else found.tail).endswith(wanted)
    if not wanted.endswith(found.tail):
        return False
    raise NotConstant


def _strcontains(node: Node, part: Node) -> bool:
    found, wanted = text(node), known_text(part)
    if isinstance(found, str):
        return wanted in found
    if any(wanted in piece for piece in found.parts if isinstance(piece, str)):
        return True
    raise NotConstant


# Strings and lists


def _join(separator: Node, *lists: Node) -> Text:
    by = text(separator)
    parts: list[Text] = []
    for each in lists:
        for item in all_items(each):
            parts += [by, text(item)]
    return joined(parts[1:])


def _split(separator: Node, node: Node) -> list[Data]:
    by, found = known_text(separator), text(node)
    if isinstance(found, Unresolved):
        # Only pieces that end before the first unknown part are certain.
        certain = found.head.split(by)[:-1] if by else []
        if not certain:
            raise NotConstant
        rest = UnresolvedNames(Unknown(f"split({label(by)}, {label(found)})[{len(certain)}:]"))
        return [*certain, rest]
    pieces = found.split(by) if by else list(found)
    if len(pieces) > MAX_LIST_LENGTH:
        raise NotConstant
    return pieces


def _formatlist(pattern: Node, *values: Node) -> list[Data]:
    lists = [items(value) if type(value.value) is list else None for value in values]
    if any(type(value.value) is Unknown for value in values):
        raise NotConstant
    lengths = {len(each) for each in lists if each is not None}
    if len(lengths) != 1:
        raise EvaluationError if lengths else NotConstant
    found: list[Data] = []
    for index in range(lengths.pop()):
        row = [
            each[index] if each is not None else value
            for each, value in zip(lists, values, strict=True)
        ]
        if any(map(is_open, row)):
            if len(lists) - lists.count(None) > 1:
                raise NotConstant
            described = ", ".join(label(value.value) for value in (pattern, *row))
            found.append(UnresolvedNames(Unknown(f"formatlist({described})")))
        else:
            found.append(_format(pattern, *row))
    return found


def _format(pattern: Node, *values: Node) -> Text:
    from acmrules.readers.terraform.eval.format import formatted

    return formatted(known_text(pattern), values)


# Regular expressions


def _regex(pattern: Node, node: Node) -> Data:
    from acmrules.readers.terraform.eval.format import compiled, groups

    found = known_text(node)
    match = compiled(known_text(pattern), found).search(found)
    if match is None:
        raise EvaluationError
    return groups(match)


def _replace_pattern(found: str, pattern: str, by: str) -> str:
    from acmrules.readers.terraform.eval.format import compiled, expanded

    return compiled(pattern, found).sub(lambda match: expanded(by, match), found)


# Encodings


def _jsonencode(node: Node) -> str:
    from acmrules.readers.terraform.eval.format import json_text

    return json_text(plain_data(node))


def _jsondecode(node: Node) -> Data:
    from json import loads

    found = known_text(node)
    if "\\ud" in found.lower():
        raise NotConstant  # Half of a surrogate pair is another character.
    try:
        return loads(
            found, parse_float=_json_number, parse_int=_json_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise EvaluationError from None


def _json_number(written: str) -> int | float:
    found = exact_number(written)
    if found is None:
        raise NotConstant
    return found


def _no_number(written: str) -> NoReturn:
    raise ValueError(written)


def _base64encode(node: Node) -> str:
    from binascii import b2a_base64

    return b2a_base64(known_text(node).encode(), newline=False).decode()


def _base64decode(node: Node) -> str:
    from binascii import a2b_base64

    try:
        encoded = known_text(node).replace("\r", "").replace("\n", "").encode()
        return a2b_base64(encoded, strict_mode=True).decode()
    except ValueError:
        raise EvaluationError from None


# Paths

_OF_MODULES = ("path.module", "path.root", "path.cwd")


def _abspath(node: Node) -> Text:
    found = text(node)
    if isinstance(found, Unresolved):
        return _under_module(found)
    return found if found.startswith("/") else joined((Unknown("path.cwd"), "/", found))


def _pathexpand(node: Node) -> Text:
    found = text(node)
    if isinstance(found, Unresolved):
        return _under_module(found)
    if found.startswith("~"):
        raise NotConstant
    return found


def _under_module(path: Unresolved) -> Unresolved:
    """Return a path below the folder of a module; raises `NotConstant` for any other path."""
    first = path.parts[0]
    if not isinstance(first, Unknown) or not first.label.endswith(_OF_MODULES):
        raise NotConstant
    return path


# Type conversions


def _tostring(node: Node) -> Data:
    return node if node.value is None or unknown_in(node.value) else known_text(node)


def _tonumber(node: Node) -> Data:
    return node if node.value is None or unknown_in(node.value) else number(node)


def _tobool(node: Node) -> Data:
    return node if node.value is None or unknown_in(node.value) else boolean(node)


def _unchanged(node: Node) -> Node:
    return node


# Numbers


def _max(*nodes: Node) -> int | float:
    return max(map(number, nodes))


def _min(*nodes: Node) -> int | float:
    return min(map(number, nodes))


TEXT_FUNCTIONS: dict[str, Function] = {
    "abspath": (1, 1, _abspath),
    "base64decode": (1, 1, _base64decode),
    "base64encode": (1, 1, _base64encode),
    "endswith": (2, 2, _endswith),
    "format": (1, None, _format),
    "formatlist": (1, None, _formatlist),
    "join": (2, None, _join),
    "jsondecode": (1, 1, _jsondecode),
    "jsonencode": (1, 1, _jsonencode),
    "lower": (1, 1, _lower),
    "max": (1, None, _max),
    "min": (1, None, _min),
    "nonsensitive": (1, 1, _unchanged),
    "pathexpand": (1, 1, _pathexpand),
    "regex": (2, 2, _regex),
    "replace": (3, 3, _replace),
    "split": (2, 2, _split),
    "startswith": (2, 2, _startswith),
    "strcontains": (2, 2, _strcontains),
    "substr": (3, 3, _substr),
    "tobool": (1, 1, _tobool),
    "tonumber": (1, 1, _tonumber),
    "tostring": (1, 1, _tostring),
    "trim": (2, 2, _trim),
    "trimprefix": (2, 2, _trimprefix),
    "trimspace": (1, 1, _trimspace),
    "trimsuffix": (2, 2, _trimsuffix),
    "upper": (1, 1, _upper),
}
