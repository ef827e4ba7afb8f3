"""The guard of boto3: what is refused, what is a warning, and what never breaks a call."""

import asyncio
import copy
import json
import logging
import os
import pickle
import time
import tomllib
import traceback
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ParamValidationError
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws
from tests.support.guards import boto3 as support
from tests.support.x509 import certificate, text

from acmrules import InvalidArgument, client_calls, lint
from acmrules.guards.boto3 import (
    RequestRefusedError,
    RequestWarning,
    UncheckedWarning,
    install,
    uninstall,
)
from acmrules.lint.findings import Skip, SkipReason
from acmrules.lint.rules import CATALOGUE
from acmrules.readers.api_calls import OPERATIONS, ApiOperation
from acmrules.workspace import checks
from acmrules.workspace.settings import SettingsError

KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
BAD = {"DomainName": "localhost", "ValidationMethod": "DNS"}
GOOD = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
BY_EMAIL = {"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/0d3bd8b9-9a3f-4e0e-8a3b-1c1b8f1f4b1a"


@pytest.fixture(autouse=True)
def _in_a_folder_without_settings(folder):
    """Run each test without the settings of this project."""


@pytest.fixture
def acm():
    """Return a client with the guard."""
    client, _ = support.client(support.new_session())
    install(client)
    return client


@pytest.fixture
def sent(acm):
    """Return the requests that the client sends, most recent last."""
    found = []
    acm.meta.events.register_first("before-send.acm", lambda request, **_: found.append(request))
    return found


def refusal(client, **params):
    """Return the error of a request that the guard refuses."""
    with pytest.raises(RequestRefusedError) as caught:
        client.request_certificate(**params)
    return caught.value


def warned(call, raises=None, **params):
    """Return the warnings of the guard about a call, which may have to raise an error."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if raises is None:
            call(**params)
        else:
            with pytest.raises(raises):
                call(**params)
    return [each for each in caught if each.category in {RequestWarning, UncheckedWarning}]


def today():
    """Return the local date, as the guard has it."""
    return date.today()  # noqa: DTZ011


def shortest(path):
    """Return a path, relative to the current folder if that is shorter."""
    return min(path, os.path.relpath(path), key=len)


def rules(caught):
    """Return the ids of the rules of warnings."""
    return [each.message.finding.rule.id for each in caught]


def session_of_boto3():
    """Return a session of boto3 in a Region."""
    own = support.new_session()
    return boto3.Session(region_name="eu-west-1", botocore_session=own, **KEYS)


def test_a_bad_request_is_not_sent(acm, sent):
    """The error is that of parameters, with the report, and with the text of the command."""
    error = refusal(acm, **BAD | {"ValidationMethod": "EMAIL"})
    assert not sent
    assert isinstance(error, ParamValidationError)
    assert [finding.rule.id for finding in error.report] == ["ACM101", "ACM402"]
    place = f"{shortest(__file__)}:{refusal.__code__.co_firstlineno + 3}"
    assert str(error) == (
        "`RequestCertificate` was not sent\n\n"
        "error[ACM101]: `localhost` is a single label; at least two are needed\n"
        f" --> {place}\n"
        "  = help: request the full domain name, such as `host.brightharbor.io`\n"
        "  = docs: acmrules explain ACM101\n\n"
        "warning[ACM402]: email validation: someone has to approve each name now and at\n"
        "                 every renewal (every 153 to 198 days)\n"
        f" --> {place}\n"
        "  = help: set `ValidationMethod` to `DNS`\n"
        "  = docs: acmrules explain ACM402\n\n"
        "1 certificate request: 1 error, 1 warning"
    )


def test_a_good_request_is_sent_as_it_is(acm, sent):
    """Without a warning."""
    assert warned(acm.request_certificate, **GOOD) == []
    assert json.loads(sent[0].body) == GOOD


def test_findings_that_do_not_fail_are_warnings(acm, sent):
    """Each finding is a warning of its own, on one line, at the line of the call."""
    [warning] = warned(acm.request_certificate, **BY_EMAIL)
    assert warning.category is RequestWarning
    assert warning.filename == __file__
    assert str(warning.message) == (
        "warning[ACM402]: email validation: someone has to approve 1 name now and at every renewal "
        "(every 153 to 198 days); mail goes to 5 addresses such as `admin@brightharbor.io` "
        "(help: set `ValidationMethod` to `DNS`)"
    )
    assert warning.message.finding.value == "EMAIL"
    assert len(sent) == 1


def test_a_warning_is_shown_once_for_a_line(acm):
    """By the default filter of Python."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            acm.request_certificate(**BY_EMAIL)
        acm.request_certificate(**BY_EMAIL)
    assert rules(caught) == ["ACM402", "ACM402"]


def test_filters_make_warnings_errors(acm, sent):
    """By the category, or by the rule."""
    for names in ({"category": RequestWarning}, {"message": r"warning\[ACM402\]"}):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", **names)
            with pytest.raises(RequestWarning, match="ACM402"):
                acm.request_certificate(**BY_EMAIL)
            warnings.filterwarnings("ignore", **names)
            acm.request_certificate(**BY_EMAIL)
    assert len(sent) == 2


def test_all_findings_can_be_warnings(acm, sent):
    """The request is sent in any case."""
    install(acm, on_finding="warn")
    assert rules(warned(acm.request_certificate, **BAD)) == ["ACM101"]
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("settings", "refused", "warnings_of"),
    [
        ("ignore = []", False, ["ACM402"]),
        ('fail-on = "warning"', True, []),
        ('ignore = ["ACM402"]', False, []),
        ('severity = { ACM402 = "error" }', True, []),
        ('severity = { ACM402 = "note" }', False, ["ACM402"]),
        ('policy = { required-tags = ["Owner"] }', True, []),
    ],
)
def test_the_settings_decide(acm, sent, folder, settings, refused, warnings_of):
    """Those of a mapping, of a file by its path, and of the nearest file."""
    for name in ("own.toml", ".acmrules.toml"):
        (folder / name).write_text(settings)
    for source in (tomllib.loads(settings), folder / "own.toml", None):
        install(acm, settings=source)
        sent.clear()
        if refused:
            refusal(acm, **BY_EMAIL)
        else:
            assert rules(warned(acm.request_certificate, **BY_EMAIL)) == warnings_of
        assert len(sent) == (not refused)


def test_a_changed_settings_file_applies_to_the_next_call(acm, folder):
    """Without another installation."""
    refusal(acm, **BAD)
    (folder / ".acmrules.toml").write_text('ignore = ["ACM101"]')
    acm.request_certificate(**GOOD)
    assert warned(acm.request_certificate, **BAD) == []


def test_the_date_is_today_or_that_of_the_settings(acm, monkeypatch):
    """Today is the day of the call, not of the installation."""

    class Later(date):
        @classmethod
        def today(cls):
            return date(2027, 3, 15)

    assert refusal(acm, **BAD).report.as_of == today()
    monkeypatch.setattr("acmrules.guards.boto3.date", Later)
    assert refusal(acm, **BAD).report.as_of == date(2027, 3, 15)
    install(acm, settings={"as-of": date(2026, 11, 1)})
    assert refusal(acm, **BAD).report.as_of == date(2026, 11, 1)


def test_the_region_is_that_of_the_client():
    """Not that of the settings."""
    session = support.new_session()
    install(session, settings={"region": "eu-west-1", "fail-on": "note"})
    client, sent = support.client(session, "eu-north-9")
    error = refusal(client, **GOOD)
    assert "unknown Region `eu-north-9`" in str(error)
    assert not sent


def test_a_region_that_cannot_be_one_is_a_warning():
    """Such as that of a local stack; everything else is checked."""
    session = support.new_session()
    install(session)
    client, sent = support.client(session, "local", endpoint_url="http://localhost:4566")
    refusal(client, **BAD)
    [warning] = warned(client.request_certificate, **GOOD)
    assert warning.category is UncheckedWarning
    assert str(warning.message) == (
        "`RequestCertificate` is not completely checked: unknown Region `local`; use a name such "
        "as `us-east-1`"
    )
    assert len(sent) == 1


IMPORT = {"Certificate": b"none", "PrivateKey": b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0"}


def test_imports_are_checked(acm, sent):
    """A certificate that is not PEM is refused, and one that can be read is sent."""
    with pytest.raises(RequestRefusedError, match=r"(?s)`ImportCertificate` was not sent.*ACM705"):
        acm.import_certificate(**IMPORT)
    assert not sent
    params = IMPORT | {"Certificate": text(certificate("www.brightharbor.io")).encode()}
    expected = lint.check_params(params, operation="ImportCertificate", today=today())
    install(acm, on_finding="warn")
    caught = warned(acm.import_certificate, **params)
    assert rules(caught) == [each.rule.id for each in expected.findings]
    assert len(sent) == 1


def test_acme_resources_are_checked(acm, sent):
    """If the client knows their operations."""
    if not hasattr(acm, "create_acme_endpoint"):
        pytest.skip("this botocore has no ACME operations")
    allowed = {"PublicCertificateAuthority": {"AllowedKeyAlgorithms": ["RSA_4096"]}}
    params = {"AuthorizationBehavior": "PRE_APPROVED", "CertificateAuthority": allowed}
    with pytest.raises(RequestRefusedError) as caught:
        acm.create_acme_endpoint(**params)
    expected = lint.check_params(params, operation="CreateAcmeEndpoint", region="eu-west-1")
    assert caught.value.report.findings == expected.findings
    assert [finding.rule.id for finding in expected] == ["ACM513"]
    assert not sent


def test_other_operations_are_sent(acm, sent):
    """With and without parameters that have rules."""
    acm.list_certificates()
    acm.update_certificate_options(
        CertificateArn=ARN, Options={"CertificateTransparencyLoggingPreference": "ENABLED"}
    )
    acm.export_certificate(CertificateArn=ARN, Passphrase=b"my secret")
    acm.renew_certificate(CertificateArn=ARN)
    assert len(sent) == 4


def test_what_cannot_be_read_is_a_warning(acm, sent, monkeypatch):
    """Botocore refuses wrong types, and sends parameters that only a newer acmrules knows."""
    for params, fault in (
        ({"DomainName": 5}, "`DomainName` must be a string, not a number"),
        ({"ValidationMethod": "DNS"}, "has no `DomainName`"),
    ):
        [warning] = warned(acm.request_certificate, ParamValidationError, **params)
        assert warning.category is UncheckedWarning
        assert str(warning.message) == (f"`RequestCertificate` is not completely checked: {fault}")
    assert not sent
    monkeypatch.setitem(OPERATIONS, "RenewCertificate", ApiOperation(("Arn",)))
    [warning] = warned(acm.renew_certificate, CertificateArn=ARN)
    assert "is not completely checked: `CertificateArn` is not a member" in str(warning.message)
    assert len(sent) == 1


def test_a_bug_never_breaks_a_call(acm, sent, monkeypatch):
    """It is a warning with the place of the bug, and without any value."""

    def broken(*_):
        raise KeyError(IMPORT["PrivateKey"])

    monkeypatch.setattr(checks, "checked_call", broken)
    [warning] = warned(acm.import_certificate, **IMPORT)
    line = broken.__code__.co_firstlineno + 1
    assert warning.category is UncheckedWarning
    assert str(warning.message) == (
        "`ImportCertificate` is not completely checked: a bug in acmrules, please report it: "
        f"KeyError at test_boto3.py:{line}"
    )
    assert warning.message.__context__ is None
    assert len(sent) == 1


def test_undecided_checks_are_in_the_log(acm, sent, monkeypatch, caplog):
    """Rules that are not in force yet are not."""
    skips = [
        Skip(None, CATALOGUE[0], reason, "depends on\nsomething", "$", ()) for reason in SkipReason
    ]
    report = lint.check_params(GOOD).__replace__(skips=(*skips, skips[0].__replace__(rule=None)))
    monkeypatch.setattr(checks, "checked_call", lambda *_: report)
    # A test of import contracts disables the loggers that exist.
    monkeypatch.setattr(logging.getLogger("acmrules.guards.boto3"), "disabled", False)
    with caplog.at_level("INFO", "acmrules.guards.boto3"):
        assert warned(acm.request_certificate, **GOOD) == []
    said = f"`RequestCertificate`: {CATALOGUE[0].id} is undecided: depends on\\nsomething"
    assert caplog.messages == [said]
    assert len(sent) == 1


def test_settings_that_become_wrong_never_break_a_call(acm, sent, folder):
    """Each mistake is a warning."""
    (folder / ".acmrules.toml").write_text("fail-on = 5\nignore = 6\n")
    caught = warned(acm.request_certificate, **BAD)
    assert [each.category for each in caught] == [UncheckedWarning] * 2
    assert ".acmrules.toml:1:1: `fail-on` must be" in str(caught[0].message)
    assert len(sent) == 1


def test_wrong_settings_are_an_error_of_the_installation(acm, folder):
    """What was installed before stays."""
    for settings in ({"fail-on": 5}, "missing.toml"):
        with pytest.raises(SettingsError):
            install(acm, settings=settings)
    (folder / ".acmrules.toml").write_text("fail-on = 5")
    with pytest.raises(SettingsError):
        install(acm)
    (folder / ".acmrules.toml").unlink()
    refusal(acm, **BAD)


@pytest.mark.parametrize(
    ("target", "options", "error", "message"),
    [
        ("s3", {}, InvalidArgument, "`target` is a client of `s3`, not of `acm`"),
        (5, {}, TypeError, "`target` must be a session or a client of botocore, not `int`"),
        (
            None,
            {"on_finding": "rais"},
            InvalidArgument,
            "unknown value `rais` of `on_finding`; did",
        ),
        (None, {"on_finding": 5}, TypeError, "`on_finding` must be a string, not `int`"),
        (None, {"settings": 5}, TypeError, "`settings` must be a mapping or a path, not `int`"),
    ],
)
def test_wrong_arguments_have_one_clear_error(acm, target, options, error, message):
    """Nothing is installed."""
    if target == "s3":
        target = session_of_boto3().client("s3")
    with pytest.raises(error, match=message):
        install(acm if target is None else target, **options)


def targets():
    """Yield the name of each kind of target, the target, and how to make a client later."""
    own = support.new_session()
    yield "botocore session", own, lambda: support.client(own)[0]
    events = support.new_session()
    yield "events", events.get_component("event_emitter"), lambda: support.client(events)[0]
    client = support.client(support.new_session())[0]
    yield "botocore client", client, lambda: client
    session = session_of_boto3()
    yield "boto3 session", session, lambda: session.client("acm")
    of_boto3 = session_of_boto3().client("acm")
    yield "boto3 client", of_boto3, lambda: of_boto3


@pytest.mark.parametrize(
    ("target", "client"), [t[1:] for t in targets()], ids=[t[0] for t in targets()]
)
def test_each_kind_of_target_has_the_guard_until_it_is_removed(target, client):
    """Installing it twice is installing it once, with the options of the last time."""
    install(target, on_finding="warn")
    install(target)
    count = []
    acm = client()
    acm.meta.events.register_first(
        "before-parameter-build.acm.RequestCertificate", lambda **_: count.append(1)
    )
    refusal(acm, **BAD)
    install(target, on_finding="warn")
    acm = client()
    acm.meta.events.register_first("before-send.acm", lambda **_: 1 / 0)
    assert rules(warned(acm.request_certificate, ZeroDivisionError, **BAD)) == ["ACM101"]
    for _ in range(2):
        uninstall(target)
    acm = client()
    acm.meta.events.register_first("before-send.acm", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acm.request_certificate(**BAD)


def test_the_default_session_of_boto3_is_the_default(monkeypatch):
    """It is created if there is none."""
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name, value in KEYS.items():
        monkeypatch.setenv(name.upper(), value)
    before = boto3.client("acm", region_name="eu-west-1")
    install()
    refusal(boto3.client("acm", region_name="eu-west-1"), **BAD)
    uninstall()
    own = session_of_boto3()
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", own)
    install()
    assert boto3.DEFAULT_SESSION is own
    refusal(boto3.client("acm", region_name="eu-west-1"), **BAD)
    with Stubber(before) as stub:
        stub.add_response("request_certificate", {})
        before.request_certificate(**BAD)


def test_a_client_keeps_the_guard_of_its_session():
    """Another installation, and a removal, concern only later clients."""
    session = support.new_session()
    install(session)
    client, sent = support.client(session)
    uninstall(session)
    refusal(client, **BAD)
    uninstall(client)
    client.request_certificate(**BAD)
    assert len(sent) == 1


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_copies_of_a_session_have_the_guard(copied):
    """A deep copy has its own."""
    session = support.new_session()
    install(session)
    other = copied(session)
    if copied is copy.deepcopy:
        uninstall(session)
        support.client(session)[0].request_certificate(**BAD)
    refusal(support.client(other)[0], **BAD)
    uninstall(other)
    support.client(other)[0].request_certificate(**BAD)


@pytest.mark.parametrize("event", [client_calls.EVENT, f"{client_calls.EVENT}.RequestCertificate"])
def test_the_last_handler_is_the_guard(acm, sent, event):
    """It checks what other handlers of ACM make of the parameters."""

    def remove_prefix(params, **_):
        params["DomainName"] = params["DomainName"].removeprefix("bad_")

    acm.meta.events.register(event, remove_prefix)
    acm.request_certificate(**GOOD | {"DomainName": "bad_www.brightharbor.io"})
    assert len(sent) == 1


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_a_refused_request_is_not_retried(mode, monkeypatch):
    """It is checked once, and nothing waits."""
    session = support.new_session()
    install(session)
    config = Config(retries={"max_attempts": 10, "mode": mode})
    client, sent = support.client(session, config=config)
    checked = []
    original = checks.checked_call
    monkeypatch.setattr(
        checks, "checked_call", lambda *given: checked.append(given) or original(*given)
    )
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    refusal(client, **BAD)
    assert (len(checked), sent) == (1, [])


def test_a_retried_request_is_checked_once(monkeypatch):
    """The attempts of one call are one request."""
    session = support.new_session()
    install(session)
    config = Config(retries={"max_attempts": 3, "mode": "standard"})
    client, sent = support.client(session, config=config)
    client.meta.events.register_first("before-send.acm", support.failing(2))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    caught = warned(client.request_certificate, **BY_EMAIL)
    assert rules(caught) == ["ACM402"]
    assert len(sent) == 3


def test_threads_share_a_client(acm):
    """Each call has its own findings."""
    params = [BAD, GOOD | {"DomainName": "a_b.brightharbor.io"}, GOOD] * 20

    def found(given):
        try:
            acm.request_certificate(**given)
        except RequestRefusedError as error:
            return error.report.findings
        return ()

    with ThreadPoolExecutor(8) as pool:
        results = [*pool.map(found, params)]
    expected = [
        lint.check_params(given, region="eu-west-1", today=today()).findings for given in params
    ]
    assert results == expected


def test_an_error_crosses_processes(acm):
    """A pickled error has the report and the message."""
    error = refusal(acm, **BAD)
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), str(other)) == (RequestRefusedError, str(error))
    assert other.report == error.report


@mock_aws
def test_moto_gets_only_good_requests():
    """A refused one never arrives, and a good one is described as it was requested."""
    client = session_of_boto3().client("acm")
    install(client)
    refusal(client, **BAD)
    with pytest.raises(RequestRefusedError):
        client.import_certificate(**IMPORT)
    assert client.list_certificates()["CertificateSummaryList"] == []
    others = ["brightharbor.io", "*.api.brightharbor.io", "api.brightharbor.io"]
    arn = client.request_certificate(**GOOD, SubjectAlternativeNames=others)["CertificateArn"]
    described = client.describe_certificate(CertificateArn=arn)["Certificate"]
    assert described["DomainName"] == GOOD["DomainName"]
    assert {*described["SubjectAlternativeNames"]} == {GOOD["DomainName"], *others}
    listed = client.list_certificates()["CertificateSummaryList"]
    assert [each["CertificateArn"] for each in listed] == [arn]


def asynchronous():
    """Return aiobotocore, which needs an older botocore than all other tests."""
    return pytest.importorskip("aiobotocore.session")


@mock_aws
def test_asynchronous_clients_send_only_good_requests_to_moto():
    """The guard of a session, and of a client alone."""
    sessions = asynchronous()

    async def described():
        own = sessions.AioSession()
        install(own)
        async with own.create_client("acm", "eu-west-1", **KEYS) as client:
            support.answer_by_moto(client)
            for params in (BAD, GOOD | {"DomainName": "a_b.brightharbor.io"}):
                with pytest.raises(RequestRefusedError, match=shortest(__file__)):
                    await client.request_certificate(**params)
            assert (await client.list_certificates())["CertificateSummaryList"] == []
            arn = (await client.request_certificate(**GOOD))["CertificateArn"]
            return (await client.describe_certificate(CertificateArn=arn))["Certificate"]

    assert asyncio.run(described())["DomainName"] == GOOD["DomainName"]


@mock_aws
def test_asynchronous_clients_warn_and_have_no_guard_after_its_removal():
    """The place of a warning is the line that awaits."""
    sessions = asynchronous()

    async def called():
        async with sessions.AioSession().create_client("acm", "eu-west-1", **KEYS) as client:
            support.answer_by_moto(client)
            install(client)
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                await client.request_certificate(**BY_EMAIL)
            assert [each.filename for each in caught] == [__file__]
            assert rules(caught) == ["ACM402"]
            tasks = [client.request_certificate(**each) for each in (BAD, GOOD, BAD)]
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert [isinstance(each, RequestRefusedError) for each in done] == [True, False, True]
            uninstall(client)
            await client.request_certificate(**BAD)
            return (await client.list_certificates())["CertificateSummaryList"]

    assert len(asyncio.run(called())) == 3


SECRETS = st.text("0123456789abcdefXYZ", min_size=12, max_size=40)
SAFE, _SENT = support.client(support.new_session())


@given(SECRETS, st.sampled_from(["{}", "-----BEGIN PRIVATE KEY-----\n{}", "-----BEGIN {}-----"]))
def test_no_secret_is_shown(secret, form):
    """Not in messages, logs, pickles, or in a traceback with the variables of the guard."""
    key = form.format(secret)
    log = logging.getLogger("acmrules")
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(record.getMessage())
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    shown = []
    for value in (key, key.encode(), bytearray(key.encode())):
        for refuses in ("raise", "warn"):
            install(SAFE, on_finding=refuses)
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    SAFE.import_certificate(Certificate=b"none", PrivateKey=value)
                except RequestRefusedError as error:
                    own = [
                        frame
                        for frame in traceback.walk_tb(error.__traceback__)
                        if "acmrules" in frame[0].f_globals["__name__"].partition(".")[0]
                    ]
                    assert own
                    shown += [repr(frame.f_locals) for frame, _ in own]
                    shown += traceback.format_exception(error)
                    shown += [repr(error), repr(error.report), repr(pickle.dumps(error))]
                    shown += [json.dumps(error.report.to_dict())]
                    shown.append(repr(error.__context__))
                SAFE.export_certificate(CertificateArn=ARN, Passphrase=value)
            shown += [repr(each.message) + str(each.message) for each in caught]
    log.removeHandler(handler)
    assert len(shown) > 10
    assert not [each for each in shown + records if secret in each]
