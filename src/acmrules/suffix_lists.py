"""Where the Public Suffix List comes from: the one module of the library that reads a file."""

from __future__ import annotations

import sys

from acmrules.suffixes import PublicSuffixes

SOURCES = {
    "publicsuffixlist": "public_suffix_list.dat",
    "publicsuffix2": "public_suffix_list.dat",
    "tldextract": ".tld_set_snapshot",
}
"""The packages that carry a list, the default first, and the file it is in."""

_default: list[PublicSuffixes] = []


class NoSuffixList(Exception):  # noqa: N818  (named after what is missing)
    """A list that is not there or cannot be read: the `source` asked for, and the `fault`."""

    def __init__(self, source: str, fault: str) -> None:
        super().__init__(source, fault)
        self.source = source
        self.fault = fault

    def __str__(self) -> str:
        return f"no public suffix list from `{self.source}`: {self.fault}"


def default_suffixes() -> PublicSuffixes:
    """Return the list of the installed `publicsuffixlist`, read once in a process.

    Raises `NoSuffixList`.
    """
    if not _default:
        _default.append(suffixes_from("publicsuffixlist"))
    return _default[0]


def suffixes_from(source: str) -> PublicSuffixes:
    """Read the list that an installed package carries, or a file.

    `source` is one of `SOURCES`, or else a path. No package is imported and nothing is fetched.
    Raises `NoSuffixList`.
    """
    path = _path(source) if source in SOURCES else source
    try:
        with open(path, "rb") as file:
            text = file.read().replace(b"\r\n", b"\n").decode()
    except OSError as error:
        raise NoSuffixList(source, error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise NoSuffixList(source, "it is no UTF-8 text") from None
    suffixes = PublicSuffixes(text)
    return suffixes if suffixes.version else PublicSuffixes(text, _release(source))


def _path(package: str) -> str:
    # What `importlib.util.find_spec` does, without the time it takes to import that.
    for finder in sys.meta_path:
        spec = finder.find_spec(package, None)
        if spec and spec.submodule_search_locations:
            return f"{spec.submodule_search_locations[0]}/{SOURCES[package]}"
    raise NoSuffixList(package, f"it is not installed; `pip install {package}`")


def _release(source: str) -> str:
    if source not in SOURCES:
        return source
    from importlib.metadata import version

    return f"{source} {version(source)}"
