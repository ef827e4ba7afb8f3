"""The pytest plugin: the fixture `acm_requests` fails a test that makes a bad certificate request.

Pytest loads this module in every run, so it imports nothing of the library until a test uses the
fixture.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from datetime import date
    from typing import Any

    from acmrules.lint import Finding, Report
    from acmrules.request import CertificateRequest

FAIL_ON = ("error", "warning", "note", "never")
"""The severities from which a finding fails a test, and none."""

_REQUEST = "RequestCertificate"
_SECRET = {"PrivateKey": "…", "Passphrase": "…"}
_MARK = "acm_requests"


class CheckedRequest:
    """A request that was checked: how it was made, where, and the report.

    `call` is the call in Python, and `location` is its file and line. `operation` and `params` are
    those of the ACM API. The parameters are `None` if the request was a `CertificateRequest`.
    """

    def __init__(
        self,
        call: str,
        location: str,
        report: Report,
        params: Mapping[str, object] | None,
        operation: str = _REQUEST,
    ) -> None:
        self.call = call
        self.location = location
        self.report = report
        self.params = params
        self.operation = operation

    def __repr__(self) -> str:
        return f"<{self.call} at {self.location}>"


class AcmRequests:
    """The value of the fixture: what was requested in a test, and how it is checked.

    `made` are the checked requests in order. Change `fail_on`, `as_of`, `region` or `ignored`, the
    ids of rules that do not fail the test, before the requests are made.
    """

    def __init__(
        self,
        *,
        fail_on: str = "error",
        as_of: date | None = None,
        region: str | None = None,
        ignored: Iterable[str] = (),
    ) -> None:
        self.made: list[CheckedRequest] = []
        self.fail_on = _severity(fail_on)
        self.as_of = _day(as_of)
        self.region = region
        self.ignored = {*ignored}
        self._reported = 0

    def __len__(self) -> int:
        return len(self.made)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about all requests, of every severity."""
        return tuple(finding for each in self.made for finding in each.report.findings)

    @property
    def params(self) -> tuple[Mapping[str, object], ...]:
        """The parameters of the calls of the ACM API, in order."""
        return tuple(each.params for each in self.made if each.params is not None)

    def check(self, request: CertificateRequest) -> Report:
        """Check a request that the test made, as if it were sent, and return the report."""
        from acmrules.lint import check

        report = check(request, region=self.region, as_of=self.as_of)
        self.made.append(CheckedRequest(_shown(request), _location(), report, None))
        return report

    def check_params(
        self, params: Mapping[str, object], *, operation: str = _REQUEST, region: str | None = None
    ) -> Report:
        """Check the parameters of a call, and return the report; for clients that are mocks.

        `operation` is its name in the ACM API. Private keys and passphrases are not collected.
        """
        from copy import deepcopy

        from acmrules.lint import check_params

        where = region or self.region
        report = check_params(params, operation=operation, region=where, as_of=self.as_of)
        kept = deepcopy({name: _SECRET.get(name, value) for name, value in params.items()})
        call = _call(operation, kept, region)
        self.made.append(CheckedRequest(call, _location(), report, kept, operation))
        return report

    def failure(self) -> str:
        """Return the message about the requests that fail a test, once; empty without any."""
        new = self.made[self._reported :]
        self._reported = len(self.made)
        blocks = [block for each in new if (block := self._block(each))]
        if not blocks:
            return ""
        count = "a bad certificate request" if len(blocks) == 1 else f"{len(blocks)} bad requests"
        return "\n".join([f"the test makes {count}", "", *blocks])

    def _block(self, made: CheckedRequest) -> str:
        """Return the findings that fail a test as the command prints them, below the call."""
        from acmrules.client_calls import rendered

        if self.fail_on == "never":
            return ""
        failing = [each for each in made.report.findings if self._fails(each)]
        if not failing and not made.report.unreadable:
            return ""
        return f"{made.call}\n\n{rendered(made.report, failing, made.location)}"

    def _fails(self, finding: Finding) -> bool:
        from acmrules.lint import Severity

        is_severe = finding.severity >= Severity[self.fail_on.upper()]
        return is_severe and finding.rule.id not in self.ignored


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; each one is a setting too."""
    group = parser.getgroup("acmrules", "certificate requests to AWS Certificate Manager")
    group.addoption(
        "--acm-fail-on",
        choices=FAIL_ON,
        help="severity from which `acm_requests` fails a test (default: error)",
    )
    group.addoption(
        "--acm-as-of",
        metavar="DATE",
        help="date whose rules `acm_requests` applies, such as 2027-03-15 (default: today)",
    )
    parser.addini("acm_fail_on", "severity from which `acm_requests` fails a test", default="error")
    parser.addini("acm_as_of", "date whose rules `acm_requests` applies", default="")
    parser.addini(
        "acm_requests_autouse", "use `acm_requests` in every test", type="bool", default=False
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark."""
    config.addinivalue_line(
        "markers",
        "acm_requests(fail_on, as_of, region, ignore): check the certificate requests that the "
        "test makes",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Add the fixture to a test that has the mark, or to all tests if the setting is true."""
    names = getattr(item, "fixturenames", None)
    if names is None or "acm_requests" in names:
        return
    if item.config.getini("acm_requests_autouse") or item.get_closest_marker(_MARK):
        names.insert(0, "acm_requests")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail a test after its end, so that the test itself cannot catch the failure.

    A test that fails has the findings as a section of its report.
    """
    try:
        result = yield
    except BaseException:
        if message := _failure(item):
            item.add_report_section("call", "certificate requests", message)
        raise
    if message := _failure(item):
        pytest.fail(message, pytrace=False)
    return result


_KEY = pytest.StashKey[AcmRequests]()


def _failure(item: pytest.Item) -> str:
    requests = item.stash.get(_KEY, None)
    return requests.failure() if requests is not None else ""


@pytest.fixture
def acm_requests(request: pytest.FixtureRequest) -> Generator[AcmRequests]:
    """Check the certificate requests of a test; fail the test if one has an error.

    The requests are those of clients of boto3, botocore and aiobotocore, and those passed to its
    method `check`. The fixture collects them.
    """
    made = AcmRequests(**_settings(request.config, request.node))
    request.node.stash[_KEY] = made
    with pytest.MonkeyPatch.context() as patch:
        _watch(patch, made)
        yield made
    if message := made.failure():
        pytest.fail(message, pytrace=False)


def _settings(config: pytest.Config, node: pytest.Item) -> dict[str, Any]:
    """Return the settings of a test: of its mark, else of the options, else of the file."""
    marks = [mark.kwargs for mark in node.iter_markers(_MARK)]
    marked: dict[str, Any] = {}
    for own in reversed(marks):
        marked |= own
    if unknown := marked.keys() - {"fail_on", "as_of", "region", "ignore"}:
        raise pytest.UsageError(f"mark `{_MARK}` has no argument `{min(unknown)}`")
    return {
        "fail_on": marked.get("fail_on")
        or config.getoption("--acm-fail-on")
        or config.getini("acm_fail_on"),
        "as_of": marked.get("as_of")
        or config.getoption("--acm-as-of")
        or config.getini("acm_as_of"),
        "region": marked.get("region"),
        "ignored": marked.get("ignore", ()),
    }


def _severity(name: str) -> str:
    if name not in FAIL_ON:
        raise pytest.UsageError(f"unknown severity `{name}` (choose from {', '.join(FAIL_ON)})")
    return name


def _day(value: date | str | None) -> date:
    """Return a date, of today without one: tests check what ACM accepts now."""
    from datetime import date

    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if value else date.today()  # noqa: DTZ011  (local, as of the command)
    except ValueError:
        raise pytest.UsageError(f"`{value}` must be a date, such as 2027-03-15") from None


def _watch(patch: pytest.MonkeyPatch, made: AcmRequests) -> None:
    """Check the calls of all clients while the test runs, those that exist already too.

    Synchronous and asynchronous clients emit their events with one function of botocore. It is
    called before a stub or a mock of AWS answers.
    """
    try:
        from botocore.hooks import HierarchicalEmitter  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        return
    from acmrules.client_calls import checked_operation

    emit: Callable[..., Any] = HierarchicalEmitter.emit

    def emit_checked(self: object, event_name: str, **values: Any) -> Any:  # noqa: ANN401
        if operation := checked_operation(event_name):
            region = (values.get("context") or {}).get("client_region")
            made.check_params(values["params"], operation=operation, region=region)
        return emit(self, event_name, **values)

    patch.setattr(HierarchicalEmitter, "emit", emit_checked)


def _call(operation: str, params: Mapping[str, object], region: str | None) -> str:
    """Return a call of a client as Python code, on lines of their own if it is long."""
    import re

    method = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation).lower()
    where = f"  # in {region}" if region else ""
    given = [f"{name}={value!r}" for name, value in params.items()]
    line = f"{method}({', '.join(given)})"
    if len(line) <= _WIDTH:
        return line + where
    return "\n".join([f"{method}({where}", *(f"    {each}," for each in given), ")"])


_WIDTH = 80


def _shown(request: CertificateRequest) -> str:
    names = ", ".join(request.spellings[:3]) + (", …" if len(request.spellings) > 3 else "")  # noqa: PLR2004
    return f"check(CertificateRequest for {names})"


def _location() -> str:
    from acmrules.client_calls import caller, location

    return location(caller())
