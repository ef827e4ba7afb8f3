"""Modules that are not in the files of a run: downloaded ones, and those whose arguments are known.

Such a module is read as a local one is, but its resources are located at the call in the files.
"""

from __future__ import annotations

from acmrules.model.placed import Location
from acmrules.readers.terraform.known_modules import table_of
from acmrules.readers.terraform.known_modules.sources import parsed_source
from acmrules.readers.terraform.modules import Module, overrides, source_of
from acmrules.syntax.hcl import parse
from acmrules.syntax.hcl.ast import Literal
from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.terraform.downloads import Downloads
    from acmrules.readers.terraform.files import ReadFile
    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.syntax.hcl.ast import Argument, Block, Expression, File

    Load = Callable[[str], Iterable[Source | InputError]]

_META_ARGUMENTS = frozenset(("source", "version", "providers", "count", "for_each", "depends_on"))


class ExternalModules:
    """The modules from elsewhere that a run calls, each parsed once.

    `load` returns the files of a folder, and `read` the text of a file; without it, downloads are
    unknown. Downloaded code is preferred to a table, because it is what Terraform uses.
    """

    def __init__(self, load: Load, read: ReadFile | None) -> None:
        self._load = load
        self._read = read
        self._downloads: dict[str, Downloads | None] = {}
        self._modules: dict[str, Module | None] = {}

    def downloads(self, root: str) -> Downloads | None:
        """Return what Terraform downloaded for a root module, `None` if that is unknown."""
        if self._read is None:
            return None
        if root not in self._downloads:
            from acmrules.readers.terraform.downloads import Downloads

            self._downloads[root] = Downloads.read(root, self._read)
        return self._downloads[root]

    def texts(self, root: str) -> Iterator[str]:
        """Yield the texts of the modules that Terraform downloaded for a root module."""
        downloads = self.downloads(root)
        for folder in downloads.folders() if downloads else ():
            for each in self._load(folder):
                if isinstance(each, Source):
                    yield each.text

    def called(self, call: ModuleCall, name: str, block: Block) -> Module | None:
        """Return the module that a block in a called module calls, `None` if it is unknown."""
        try:
            source = source_of(block)
            arguments = block.body.attributes
        except InputError:
            return None
        stated = arguments.get("version")
        constraint = ""
        if stated:
            constraint = stated.value.written if type(stated.value) is Literal else "?"
        found = self._downloaded(call, name, source, constraint)
        if found is None:
            found = self._known(source, constraint, arguments)
        return found and found.placed_at(call.module.place or block)

    def _downloaded(
        self, call: ModuleCall, name: str, source: str, constraint: str
    ) -> Module | None:
        names = [name]
        while call.parent:
            names.insert(0, call.name)
            call = call.parent
        downloads = self.downloads(call.module.folder)
        download = downloads and downloads.of(names)
        if not download or not download.is_for(source, constraint):
            return None
        if download.folder not in self._modules:
            self._modules[download.folder] = self._parsed(download.folder)
        return self._modules[download.folder]

    def _parsed(self, folder: str) -> Module | None:
        """Return the module in a directory, `None` if a file of it cannot be read."""
        found = [*self._load(folder)]
        sources = [Source(each.name, each.text) for each in found if isinstance(each, Source)]
        if not sources or len(sources) < len(found):
            return None
        sources.sort(key=lambda source: overrides(source.name))
        try:
            return _module(folder, map(parse.parse, sources))
        except InputError:
            return None

    def not_checked(self, root: ModuleCall) -> Iterator[NotChecked]:
        """Yield the calls in modules from elsewhere that cannot be read, at the calls in files."""
        for call in root.all():
            place = call.module.place
            if place is None:
                continue
            from acmrules.readers.terraform.remote import remote_calls

            read = {inner.block for inner in call.calls.values()}
            location = Location(place.source, place.start, place.end)
            for each in remote_calls(call.module, read.__contains__):
                yield each.__replace__(location=location)

    def _known(
        self, source: str, constraint: str, arguments: Mapping[str, Argument]
    ) -> Module | None:
        """Return what the table of a module creates for some arguments, `None` without a table."""
        found = parsed_source(source)
        table = None if found.folder else table_of(found.name)
        if table is None:
            return None
        from acmrules.readers.terraform.known_modules import build

        own = arguments.keys() - _META_ARGUMENTS
        starts = build.ranges(table, build.constraint_of(constraint, found.tag), own)
        if not starts:
            return None
        given = {name for name in own if not _is_empty(arguments[name].value)}
        given.update(build.meant_by(table, own, own.difference(table.names())))
        text = build.text_of(table, starts, given)
        if text not in self._modules:
            self._modules[text] = _module(text, [parse.parse(Source("", text))])
        return self._modules[text]


def _module(name: str, files: Iterable[File]) -> Module:
    """Return a module from elsewhere, whose files have no names; raises `InputError`."""
    module = Module(name)
    for file in files:
        for error in module.add(file):
            raise error
    for file in module.files:
        file.source.name = ""
    return module


def _is_empty(value: Expression) -> bool:
    """Return whether an argument is literally null or an empty string."""
    return type(value) is Literal and value.value in {None, ""}
