"""The checks of a program: of files, texts, the parameters of a call, and requests.

They read settings as the command `check` does, and return its report. Nothing is printed. The date
is `as_of`, else that of the settings, else `today`, which is the date on which the facts were
checked unless a program passes its own.
"""

from __future__ import annotations

import os
from _collections_abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import date

from acmrules.errors import require, require_list
from acmrules.facts.fact import CHECKED
from acmrules.limits import Quotas
from acmrules.lint.findings import Report
from acmrules.lint.pipeline import check_batches, report
from acmrules.model.batches import Batch
from acmrules.model.declaration import Declaration, Variant
from acmrules.readers import registry
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Consumer
from acmrules.services import Service
from acmrules.suffixes import PublicSuffixes
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import KEY
from acmrules.values import Value
from acmrules.workspace import FOUND, UNREADABLE, arguments
from acmrules.workspace.arguments import GivenSettings
from acmrules.workspace.discover import Inputs, discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk
from acmrules.workspace.load import Loader
from acmrules.workspace.other_texts import OnlyTexts
from acmrules.workspace.run import Stages
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    region: str | None = None,
    as_of: date | None = None,
    today: date = CHECKED,
    settings: GivenSettings = None,
    parameters: Mapping[str, str] | None = None,
) -> Report:
    """Check the files of paths, and of the folders among them, as `acmrules check PATH...` does.

    The report is the one that the command prints. What cannot be read is in its `unreadable`.

    `kind` limits the check to one format, as the option `--kind` does. `region` and `as_of`
    override the settings. `today` is the date of the rules if neither has one. `settings` are those
    of all files, by default the nearest settings file of each. `parameters` are values of template
    parameters and variables, as of the option `--param`. Raises `SettingsError` for invalid
    settings. Raises `InvalidArgument` for an unknown `kind` or `region`, and for a date
    before ACM launched. Raises `NoSuffixList` if the list is missing, and `TypeError` for an
    argument of the wrong type.
    """
    named = arguments.paths(paths)
    kinds = arguments.kinds(kind)
    resolver = arguments.resolver(settings, region, as_of, today, parameters=parameters)
    run = CheckRun(discover(named, kinds), Disk(), resolver, as_of or today)
    return run.report(named, kinds)


def check_text(
    text: str,
    *,
    name: str,
    previous: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    account: str | None = None,
    as_of: date | None = None,
    today: date = CHECKED,
    settings: GivenSettings = None,
    parameters: Mapping[str, str] | None = None,
) -> Report:
    """Check a string as if it were the content of a file, without that file.

    Terraform text is a module of one file. No other file is read. Text that cannot be read is in
    the `unreadable` of the report.

    `name` is the file's name, which determines the format, the settings and the baseline.
    `previous` is the text that is deployed: the report then has what `acmrules compare` finds about
    the edit. `account` is the id of the AWS account, whose quotas in the settings apply.

    The other arguments and the errors are those of `check_paths`.

    >>> report = check_text("localhost", name="list.txt", settings={})
    >>> [finding.rule.id for finding in report.findings]
    ['ACM101']
    """
    require(text, str, "`text`", "a string")
    require(name, str, "`name`", "a string")
    if previous is not None:
        require(previous, str, "`previous`", "a string")
    kinds = arguments.kinds(kind)
    resolver = arguments.resolver(
        settings, region, as_of, today, account=account, parameters=parameters
    )
    texts = {name: text}
    run = CheckRun(
        inputs_of(texts, kinds), OnlyTexts(texts), resolver, as_of or today, is_alone=True
    )
    done = run.report((name,), kinds)
    if previous is None:
        return done
    from acmrules.workspace.edited_text import with_edit

    return with_edit(done, name, previous, text, resolver, kinds)


def check_params(
    params: Mapping[str, object],
    *,
    operation: str = "RequestCertificate",
    region: str | None = None,
    as_of: date | None = None,
    today: date = CHECKED,
    settings: GivenSettings = None,
) -> Report:
    """Check the parameters of a call of the ACM API, in its spelling, as boto3 takes them.

    They are taken as the parameters of the operation, whatever they contain. A parameter of a wrong
    type is in the `unreadable` of the report. `operation` is its name in the ACM API, and `region`
    is that of the client. `as_of`, `today` and `settings` are those of `check_paths`.

    Raises the errors of `check_paths`, and `InvalidArgument` for an unknown operation.

    >>> params = {"DomainName": "localhost", "ValidationMethod": "DNS"}
    >>> [finding.rule.id for finding in check_params(params, settings={}).findings]
    ['ACM101']
    """
    require(params, Mapping, "`params`", "a mapping")
    require(operation, str, "`operation`", "a string")
    resolver = arguments.resolver(settings, region, as_of, today)
    return checked_call(params, operation, resolver.settings_of(""))


def checked_call(params: Mapping[str, object], operation: str, settings: FileSettings) -> Report:
    """Return the report of a call with settings; raises `InvalidArgument`."""
    from acmrules.readers.api_calls import called

    try:
        declaration = called(operation, params, settings.parameters.region)
    except (ReadError, RecursionError) as error:
        fault = InputError(operation, _fault(error))
        return _checked((), settings).__replace__(unreadable=(fault,), exit_code=UNREADABLE)
    return _checked((declaration,) if declaration else (), settings)


def check(
    *requests: CertificateRequest,
    tool: Tool | str = Tool.API,
    consumers: Iterable[Consumer] = (),
    quotas: Quotas | None = None,
    issued: CertificateRequest | None = None,
    suffixes: PublicSuffixes | None = None,
    region: str | None = None,
    as_of: date | None = None,
    today: date = CHECKED,
    settings: GivenSettings = None,
) -> Report:
    """Check requests that a program makes.

    `tool` is the one that sends them, such as `terraform`. `consumers` are the resources that use
    each certificate. `quotas` are those of the account. `issued` is the request of the certificate
    that exists. `suffixes` is the public suffix list, by default that of `publicsuffixlist`.
    `region` is that of requests that have none. `as_of`, `today` and `settings` are those of
    `check_paths`. Raises the errors of `check_paths`, `InvalidArgument` for an unknown tool, and
    `UnknownService` for a consumer with an unknown service.

    >>> from acmrules import CertificateRequest
    >>> report = check(CertificateRequest.of(["localhost"], validation_method="DNS"), settings={})
    >>> [finding.rule.id for finding in report.findings]
    ['ACM101']
    """
    for request in requests:
        require(request, CertificateRequest, "each request", "a `CertificateRequest`")
    require_list(consumers, "consumers", "consumers")
    users = tuple(consumers)
    for consumer in users:
        require(consumer, Consumer, "each of `consumers`", "a `Consumer`")
        Service.of(consumer.service)
    sender = Tool(arguments.one_of(tool, [*Tool], "tool"))
    for value, kind, argument in (
        (quotas, Quotas, "quotas"),
        (issued, CertificateRequest, "issued"),
        (suffixes, PublicSuffixes, "suffixes"),
    ):
        if value is not None:
            require(value, kind, f"`{argument}`", f"a `{kind.__name__}`")
    resolver = arguments.resolver(settings, region, as_of, today, quotas=quotas, suffixes=suffixes)
    own = resolver.settings_of("")
    place = own.parameters.region
    placed = (
        request.__replace__(region=place) if place and request.region is None else request
        for request in requests
    )
    declarations = tuple(
        Declaration(None, sender, "", (Variant(request, users, {}, issued=issued),))
        for request in placed
    )
    return _checked(declarations, own)


def _fault(error: ReadError | RecursionError) -> str:
    """Return why a client refuses parameters, with the path of the value."""
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    where = ".".join(str(step) for step in error.pointer if step != KEY)
    return f"`{where}` {error.fault}" if where else error.fault


def _checked(declarations: tuple[Declaration, ...], settings: FileSettings) -> Report:
    """Return the report of declarations without a file; baselines know files only."""
    results = check_batches((Batch("", declarations),), lambda _: settings, lambda _: nullcontext())
    linters = results.linters or (settings.linter,)
    done = report(results.__replace__(linters=linters), settings.as_of)
    return done.__replace__(exit_code=FOUND) if any(done.failing()) else done


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


class CheckRun(Value):
    """The inputs of one check, the files in which they are read, and their settings.

    `as_of` is the date of a report whose files have no date in common. If the check `is_alone`,
    no other file is searched. `step` is called with each file that is read.
    """

    inputs: Inputs
    files: Files
    resolver: SettingsResolver
    as_of: date
    is_alone: bool = False
    step: Callable[[str], None] | None = None

    def report(self, named: tuple[str, ...], kinds: tuple[str, ...] | None = None) -> Report:
        """Return the report; `named` are the paths of the caller, as they were written.

        A file that could not be checked because of a bug in acmrules is one that cannot be read.
        Raises `SettingsError` if the settings of a file are wrong.
        """
        settings = _Settings(self.resolver.settings_of)
        loader = Loader(settings.of, self.files, Troubles(), kinds, step=self.step)
        loader.is_alone = self.is_alone
        stages = Stages(self.inputs, loader, self.as_of)
        done = stages.report(stages.lint(stages.linked()))
        code = stages.exit_code(done, is_unchecked=stages.is_unchecked(done, named))
        if settings.errors:
            raise SettingsError(*(each for error in settings.errors for each in error.mistakes))
        return done.__replace__(exit_code=code, unreadable=(*loader.troubles,))


def inputs_of(texts: Iterable[str], kinds: tuple[str, ...] | None = None) -> Inputs:
    """Return the inputs of a run over files of these names, whether they exist or not."""
    files: list[str] = []
    modules: dict[str, set[str]] = {}
    order: dict[str, int] = {}
    for name in texts:
        normal = os.path.normpath(name)
        order[name] = order.setdefault(normal, len(order))
        if not normal.endswith(registry.MODULE_SUFFIXES):
            files.append(name)
        elif kinds is None or "terraform" in kinds:
            modules.setdefault(os.path.dirname(normal), set()).add(normal)
    whole = {folder: frozenset(names) for folder, names in modules.items()}
    return Inputs(tuple(files), frozenset(order), whole, order)
