"""Patterns of `.gitignore` files, as Git matches them, in a bounded number of steps.

A pattern is an automaton without backtracking: each byte of a path is read once, whatever the
pattern. A test compares the results with those of `git check-ignore`.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_SLASH, _STAR, _BACKSLASH, _MINUS, _COLON = b"/*\\-:"
_OPEN, _CLOSE, _QUESTION = b"[]?"
_SPECIAL = b"*?[\\"
_LONGEST = 4_096
"""The maximum length of a path on Linux in bytes; longer patterns match no file."""


class IgnorePatterns:
    """The patterns of the lines of a `.gitignore`; `verdict` answers for one path."""

    __slots__ = ("_patterns",)

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = map(parse, lines)
        # The last one that matches decides, so it is tried first.
        self._patterns = [pattern for pattern in parsed if pattern is not None][::-1]

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Return whether a path is ignored, or `None` if no pattern matches it.

        The path is relative to the folder of the patterns. Patterns that match a folder above it
        do not count here; Git does not look into ignored folders.
        """
        data = os.fsencode(path)
        name = data[data.rfind(b"/") + 1 :]
        for pattern in self._patterns:
            if (is_folder or not pattern.folders_only) and pattern.matches(data, name):
                return not pattern.negated
        return None

    def ignores_within(self, path: str, *, is_folder: bool) -> bool:
        """Return whether a path or a folder above it is ignored."""
        end = path.find("/")
        while end >= 0:
            if self.verdict(path[:end], is_folder=True):
                return True
            end = path.find("/", end + 1)
        return bool(self.verdict(path, is_folder=is_folder))


class Pattern:
    """A pattern: of names at any depth, or else of paths relative to the folder of its file."""

    __slots__ = ("_of_names", "_prefix", "_rest", "_suffix", "folders_only", "negated")

    def __init__(self, text: bytes, *, negated: bool, folders_only: bool) -> None:
        """Raise `ValueError` for a pattern that matches nothing."""
        self.negated = negated
        self.folders_only = folders_only
        self._of_names = b"/" not in text
        text = text.removeprefix(b"/")
        length = next((i for i, byte in enumerate(text) if byte in _SPECIAL), len(text))
        self._prefix, rest = text[:length], text[length:]
        self._suffix: bytes | None = None
        self._rest: _Automaton | None = None
        if self._of_names and rest[:1] == b"*" and not any(byte in _SPECIAL for byte in rest[1:]):
            self._suffix = rest[1:]
        elif rest:
            self._rest = _Automaton(rest, is_path=not self._of_names)
        elif not text:
            raise ValueError("an empty pattern matches nothing")

    def matches(self, path: bytes, name: bytes) -> bool:
        """Return whether the pattern matches a path, whose last part is the name."""
        text = name if self._of_names else path
        prefix = self._prefix
        if not text.startswith(prefix):
            return False
        if self._rest is not None:
            return self._rest.matches(text[len(prefix) :])
        if self._suffix is not None:
            return text.endswith(self._suffix) and len(text) >= len(prefix) + len(self._suffix)
        return len(text) == len(prefix)


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a `.gitignore`; each ends with a line feed."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [os.fsdecode(line.removesuffix(b"\r")) for line in lines]


def parse(line: str) -> Pattern | None:
    """Return the pattern of a line, or `None` for a comment and for what matches nothing."""
    text = _without_spaces(os.fsencode(line).partition(b"\0")[0])
    if text.startswith(b"#"):
        return None
    negated = text.startswith(b"!")
    text = text[negated:]
    folders_only = text.endswith(b"/")
    try:
        return Pattern(text[: len(text) - folders_only], negated=negated, folders_only=folders_only)
    except ValueError:
        return None


def _without_spaces(text: bytes) -> bytes:
    """Return a line without the spaces at its end, unless a backslash is before the first one."""
    bare = text.rstrip(b" ")
    backslashes = len(bare) - len(bare.rstrip(b"\\"))
    return bare + b" " * (backslashes % 2 and len(bare) < len(text))


class _Automaton:
    """The wildcards of a pattern. Each token is a position, and a byte moves to the next one.

    The positions that were reached are the bits of a number, so that a byte advances all of them
    in a few operations. At a `*`, a position also keeps itself; a `**/` may be skipped when it is
    reached.
    """

    __slots__ = ("_accepted", "_end", "_most", "_skipped", "_stays", "_stays_at_slash")

    def __init__(self, text: bytes, *, is_path: bool) -> None:
        """Raise `ValueError` for a pattern that matches nothing."""
        tokens = _Tokens()
        tokens.read(text, is_path=is_path)
        if tokens.count > 2 * _LONGEST:
            raise ValueError("the pattern is longer than any path")
        self._end = 1 << tokens.count
        self._stays, self._stays_at_slash = tokens.stays, tokens.stays_at_slash
        self._skipped = tokens.skipped
        self._most = tokens.most
        self._accepted = {
            byte: tokens.some.get(byte, 0) | (tokens.most & ~tokens.refused.get(byte, 0))
            for byte in {*tokens.some, *tokens.refused}
        }

    def matches(self, text: bytes) -> bool:
        """Return whether the whole text matches."""
        accepted, most, skipped = self._accepted, self._most, self._skipped
        reached = 1 | (1 & skipped) << 1
        for byte in text:
            entered = (reached & accepted.get(byte, most)) << 1
            stays = self._stays_at_slash if byte == _SLASH else self._stays
            reached = entered | (entered & skipped) << 1 | (reached & stays)
            if not reached:
                return False
        return bool(reached & self._end)


class _Tokens:
    """The tokens of a pattern by their positions, which are bits of numbers.

    A token accepts some bytes, or most bytes except the refused ones.
    """

    def __init__(self) -> None:
        self.count = 0
        self.most = 0
        self.some: dict[int, int] = {}
        self.refused: dict[int, int] = {}
        self.stays = 0
        self.stays_at_slash = 0
        self.skipped = 0

    def read(self, text: bytes, *, is_path: bool) -> None:
        """Read the wildcards of a pattern as Git does; raises `ValueError`."""
        offset = 0
        while offset < len(text):
            byte = text[offset]
            if byte == _STAR:
                offset = self._read_stars(text, offset, is_path=is_path)
            elif byte == _OPEN:
                offset = self._read_class(text, offset + 1)
            elif byte == _QUESTION:
                self._add_negated({_SLASH})
                offset += 1
            else:
                offset += byte == _BACKSLASH
                if offset == len(text):
                    raise ValueError("nothing follows the backslash")
                self._add({text[offset]})
                offset += 1

    def _add(self, accepted: set[int]) -> None:
        bit = 1 << self.count
        for byte in accepted:
            self.some[byte] = self.some.get(byte, 0) | bit
        self.count += 1

    def _add_negated(self, refused: set[int]) -> None:
        bit = 1 << self.count
        self.most |= bit
        for byte in refused:
            self.refused[byte] = self.refused.get(byte, 0) | bit
        self.count += 1

    def _read_stars(self, text: bytes, start: int, *, is_path: bool) -> int:
        """Read one or more stars; two between slashes match any number of folders."""
        offset = start
        while text[offset : offset + 1] == b"*":
            offset += 1
        after = text[offset : offset + 2]
        is_free = text[start - 1 : start] in (b"", b"/") and (
            after[:1] in (b"", b"/") or after == b"\\/"
        )
        bit = 1 << self.count
        if not is_path or (offset - start > 1 and is_free):
            if after[:1] == b"/":
                if self.count and self.skipped == bit >> 1:
                    return offset + 1
                self.skipped |= bit
            self.stays_at_slash |= bit
        self.stays |= bit
        return offset

    def _read_class(self, text: bytes, offset: int) -> int:
        """Read a bracket expression; raises `ValueError` if it is not closed, or not valid."""
        negated = text[offset : offset + 1] in (b"!", b"^")
        offset += negated
        accepted, end = _bytes_in_class(text, offset)
        if negated:
            self._add_negated({*accepted, _SLASH})
        elif accepted <= {_SLASH}:
            raise ValueError("the brackets match nothing")
        else:
            self._add(accepted - {_SLASH})
        return end


def _bytes_in_class(text: bytes, offset: int) -> tuple[set[int], int]:
    """Return the bytes of a bracket expression, and the offset after it; raises `ValueError`."""
    found: set[int] = set()
    previous: int | None = None
    first = offset
    while offset == first or text[offset : offset + 1] != b"]":
        if offset >= len(text):
            raise ValueError("a bracket is not closed")
        byte = text[offset]
        following = text[offset + 1 : offset + 2]
        if byte == _MINUS and previous is not None and following not in (b"", b"]"):
            byte, offset = _unescaped(text, offset + 1)
            found.update(range(previous, byte + 1))
            previous = None
        elif byte == _OPEN and following == b":" and b"]" in text[offset + 2 :]:
            end = text.index(b"]", offset + 2)
            if end > offset + 2 and text[end - 1] == _COLON:
                found |= _named_class(text[offset + 2 : end - 1])
                previous, offset = None, end + 1
            else:
                found.add(byte)
                previous, offset = byte, offset + 1
        else:
            byte, offset = _unescaped(text, offset)
            found.add(byte)
            previous = byte
    return found, offset + 1


def _unescaped(text: bytes, offset: int) -> tuple[int, int]:
    """Return the byte at an offset, or after a backslash there, and the offset after it."""
    offset += text[offset] == _BACKSLASH
    if offset == len(text):
        raise ValueError("a bracket is not closed")
    return text[offset], offset + 1


def _named_class(name: bytes) -> set[int]:
    """Return the ASCII characters of a class such as `alpha`; raises `ValueError`."""
    import string

    letters = string.ascii_letters
    punctuation = string.punctuation
    classes = {
        b"alnum": letters + string.digits,
        b"alpha": letters,
        b"blank": " \t",
        b"cntrl": "".join(map(chr, (*range(32), 127))),
        b"digit": string.digits,
        b"graph": letters + string.digits + punctuation,
        b"lower": string.ascii_lowercase,
        b"print": letters + string.digits + punctuation + " ",
        b"punct": punctuation,
        b"space": " \t\n\r",
        b"upper": string.ascii_uppercase,
        b"xdigit": string.hexdigits,
    }
    if name not in classes:
        raise ValueError("there is no such class of characters")
    return {*classes[name].encode()}
