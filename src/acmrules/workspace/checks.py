"""The checks of a program: of files, of a text, of the parameters of a call, and of requests.

They read settings as the command `check` does, and return its report. Nothing is printed.
"""

from __future__ import annotations

import os

from acmrules.facts.fact import CHECKED
from acmrules.lint.pipeline import check_batches, report
from acmrules.model.batches import Batch
from acmrules.model.declaration import Declaration, Variant
from acmrules.readers import registry
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError, Source
from acmrules.workspace import arguments, files
from acmrules.workspace.discover import Inputs, discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Disk, Loader
from acmrules.workspace.run import Stages
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from acmrules.limits import Quotas
    from acmrules.lint.findings import Report
    from acmrules.resources import Consumer
    from acmrules.suffixes import PublicSuffixes
    from acmrules.workspace.arguments import GivenSettings
    from acmrules.workspace.file_settings import FileSettings


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    region: str | None = None,
    as_of: date | None = None,
    settings: GivenSettings = None,
) -> Report:
    """Check the files of paths, and of the folders among them, as `acmrules check PATH...` does.

    The report is the one that the command prints. What cannot be read is in its `unreadable`.
    Raises `SettingsError` for wrong settings, `InvalidArgument`, and `TypeError`.
    """
    named = arguments.paths(paths)
    kinds = arguments.kinds(kind)
    resolver = arguments.resolver(settings, region, as_of)
    loaded = _Settings(resolver.settings_of)
    loader = Loader(loaded.of, Disk(), Troubles(), kinds)
    return _report(Stages(discover(named, kinds), loader, as_of or CHECKED), loaded)


def check_text(
    text: str,
    *,
    name: str,
    kind: str | None = None,
    region: str | None = None,
    as_of: date | None = None,
    settings: GivenSettings = None,
) -> Report:
    """Check a text as if it were the content of a file, without that file.

    `name` is the file's name, which determines the format, the settings and the baseline. A text
    of Terraform is a module of one file. No other file is read. A text that cannot be read is in
    the `unreadable` of the report. Raises `SettingsError`, `InvalidArgument`, and `TypeError`.

    >>> report = check_text('{"DomainName": "localhost"}', name="request.json", settings={})
    >>> [finding.rule.id for finding in report.findings]
    ['ACM101', 'ACM202']
    """
    arguments.require(text, str, "text", "a string")
    arguments.require(name, str, "name", "a string")
    kinds = arguments.kinds(kind)
    resolver = arguments.resolver(settings, region, as_of)
    loaded = _Settings(resolver.settings_of)
    loader = Loader(loaded.of, _OneText(name, text), Troubles(), kinds)
    loader.is_alone = True
    return _report(Stages(_inputs(name, kinds), loader, as_of or CHECKED), loaded)


def check_params(
    params: Mapping[str, object],
    *,
    operation: str = "RequestCertificate",
    region: str | None = None,
    as_of: date | None = None,
    settings: GivenSettings = None,
) -> Report:
    """Check the parameters of a call of the ACM API, in its spelling, as boto3 takes them.

    They are taken as the parameters of the operation, whatever they contain. `region` is that of
    the client. A parameter of a wrong type is in the `unreadable` of the report. Raises
    `InvalidArgument` for an operation that is not known, `SettingsError`, and `TypeError`.

    >>> report = check_params({"DomainName": "example.com", "ValidationMethod": "SMS"}, settings={})
    >>> [finding.rule.id for finding in report.findings]
    ['ACM202']
    """
    from acmrules.readers import api

    arguments.require_mapping(params, "params")
    arguments.one_of(operation, ("RequestCertificate",), "operation")
    resolver = arguments.resolver(settings, region, as_of)
    own = resolver.settings_of("")
    try:
        declaration = api.requested(params, own.parameters.region)
    except ReadError as error:
        where = ".".join(map(str, error.pointer))
        fault = InputError(operation, f"`{where}` {error.fault}" if where else error.fault)
        return _checked((), own).__replace__(unreadable=(fault,))
    return _checked((declaration,), own)


def check(
    *requests: CertificateRequest,
    tool: Tool = Tool.API,
    consumers: Iterable[Consumer] = (),
    quotas: Quotas | None = None,
    issued: CertificateRequest | None = None,
    suffixes: PublicSuffixes | None = None,
    region: str | None = None,
    as_of: date | None = None,
    settings: GivenSettings = None,
) -> Report:
    """Check requests that a program makes.

    `consumers` are the resources that use each certificate, `quotas` those of the account, and
    `issued` is the request of the certificate that exists. `region` is that of requests that have
    none. Raises `SettingsError`, `InvalidArgument`, and `TypeError`.

    >>> from acmrules import CertificateRequest
    >>> report = check(CertificateRequest.of(["localhost"], validation_method="DNS"), settings={})
    >>> [finding.rule.id for finding in report.findings]
    ['ACM101']
    """
    for request in requests:
        arguments.require(request, CertificateRequest, "each request", "a `CertificateRequest`")
    users = tuple(consumers)
    resolver = arguments.resolver(settings, region, as_of, quotas=quotas, suffixes=suffixes)
    own = resolver.settings_of("")
    place = own.parameters.region
    placed = (
        request.__replace__(region=place) if place and request.region is None else request
        for request in requests
    )
    declarations = tuple(
        Declaration(None, tool, "", (Variant(request, users, {}, issued=issued),))
        for request in placed
    )
    return _checked(declarations, own)


def _checked(declarations: tuple[Declaration, ...], settings: FileSettings) -> Report:
    """Return the report of declarations without a file; baselines know files only."""
    settings.baseline = None
    troubles = Troubles()
    results = check_batches((Batch("", declarations),), lambda _: settings, troubles.guard)
    linters = results.linters or (settings.linter,)
    return report(results.__replace__(linters=linters), settings.as_of)


class _Settings:
    """The settings of files, which keeps the errors that the stages report as problems."""

    def __init__(self, settings_of: Callable[[str], FileSettings]) -> None:
        self._settings_of = settings_of
        self.errors: dict[SettingsError, None] = {}

    def of(self, path: str) -> FileSettings:
        """Return the settings of a file; raises `SettingsError`."""
        try:
            return self._settings_of(path)
        except SettingsError as error:
            self.errors[error] = None
            raise


def _report(stages: Stages, settings: _Settings) -> Report:
    """Return the report of a run; raises `SettingsError` if the settings of a file are wrong."""
    done = stages.report(stages.lint(stages.linked()))
    if settings.errors:
        raise SettingsError(*(each for error in settings.errors for each in error.mistakes))
    return done


class _OneText:
    """A text as the only file that there is."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._data = text.encode(errors="surrogatepass")

    def read(self, path: str) -> bytes:
        """Return the bytes of the text; raises `InputError` for any other path."""
        if path not in {self._name, os.path.normpath(self._name)}:
            raise InputError(path, "is not read with a text")
        if len(self._data) > files.MAX_BYTES:
            raise InputError(path, files.TOO_LARGE)
        return self._data

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the text if Terraform loads a file of its name from the folder."""
        above, name = os.path.split(os.path.normpath(self._name))
        if folder == above and files.is_of_module(name):
            path = os.path.join(folder, name)
            try:
                yield files.decode(path, self.read(path))
            except InputError as error:
                yield error.with_traceback(None)


def _inputs(name: str, kinds: tuple[str, ...] | None) -> Inputs:
    """Return the inputs of a run over one file, whether it exists or not."""
    normal = os.path.normpath(name)
    order = {normal: 0, name: 0}
    named = frozenset((name, normal))
    if not normal.endswith(registry.MODULE_SUFFIXES):
        return Inputs((name,), named, {}, order)
    folder = {os.path.dirname(normal): frozenset((normal,))}
    return Inputs((), named, folder if kinds is None or "terraform" in kinds else {}, order)
