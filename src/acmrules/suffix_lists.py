"""Loading of the Public Suffix List; the only module of the library that reads files."""

from __future__ import annotations

import sys

from acmrules.errors import require_string
from acmrules.suffixes import PublicSuffixes

DEFAULT_SOURCE = "publicsuffixlist"
"""The package whose list is used unless another one is named; acmrules requires it."""

SOURCES = {
    DEFAULT_SOURCE: "public_suffix_list.dat",
    "publicsuffix2": "public_suffix_list.dat",
    "tldextract": ".tld_set_snapshot",
}
"""The packages that contain a list, the default first, with the name of its file."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.errors import NoSuffixList

_default: list[PublicSuffixes] = []


def default_suffixes() -> PublicSuffixes:
    """Return the list of the installed `publicsuffixlist`, read once per process.

    Raises `NoSuffixList` if it is not installed.
    """
    if not _default:
        _default.append(suffixes_from(DEFAULT_SOURCE))
    return _default[0]


def suffixes_from(source: str) -> PublicSuffixes:
    """Read the list of an installed package, or from a file.

    `source` is a path, or one of the packages `publicsuffixlist`, `publicsuffix2` and `tldextract`.
    This imports no package and uses no network. Raises `NoSuffixList` if the package is not
    installed, or if the file cannot be read.
    """
    require_string(source, "source")
    try:
        data = _packaged(source) if source in SOURCES else _content(source)
        # To decode a whole list takes longer than to use it, and packages contain valid ones.
        if source not in SOURCES:
            data.decode()
    except OSError as error:
        raise _no_list(source, error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise _no_list(source, "it is not UTF-8") from None
    # Most lists have no `\r`, and searching for one byte is much faster than for two.
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    suffixes = PublicSuffixes(data)
    return suffixes if suffixes.version else PublicSuffixes(data, _release(source))


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _packaged(package: str) -> bytes:
    # This does the work of `importlib.util.find_spec` without the time to import it.
    for finder in sys.meta_path:
        spec = finder.find_spec(package, None)
        if spec and spec.submodule_search_locations:
            path = f"{spec.submodule_search_locations[0]}/{SOURCES[package]}"
            # The loader also reads packages that are in a zip file.
            read = getattr(spec.loader, "get_data", _content)
            data: bytes = read(path)
            return data
    raise _no_list(package, f"it is not installed; run `pip install {package}`")


def _release(source: str) -> str:
    if source not in SOURCES:
        return source
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{source} {version(source)}"
    except PackageNotFoundError:  # A zip file may contain the package alone.
        return source


def _no_list(source: str, fault: str) -> NoSuffixList:
    # Most runs find a list, and never load the errors.
    from acmrules.errors import NoSuffixList

    return NoSuffixList(source, fault)
