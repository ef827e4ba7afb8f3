"""The plugin of the AWS CLI: it checks certificate requests before they are sent."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import venv
from argparse import Namespace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import ParamValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.support import x509
from tests.support.guards import awscli as driver
from tests.support.guards import cases
from tests.support.installing import install

from acmrules import lint
from acmrules.guards import awscli
from acmrules.lint import SkipReason
from acmrules.readers.api_calls import OPERATIONS

ROOT = Path(__file__).parents[2]
BAD = {"DomainName": "*.co.uk", "ValidationMethod": "DNS"}
GOOD = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
WARNED = {"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Return a function that makes a call as the AWS CLI does.

    It returns the message of the refusal (or `None`), standard error, and the number of calls sent.
    """
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_CONFIG_FILE", "config")
    monkeypatch.delenv("AWS_PROFILE", raising=False)

    def make(params, operation="RequestCertificate", *, region="eu-west-1", typed=None, config=""):
        Path("config").write_text(config or "[default]\n")
        session = botocore.session.Session()
        awscli.awscli_initialize(session.get_component("event_emitter"))
        session.emit("session-initialized", session=session, parsed_args=None)
        command, names = xform_name(operation, "-"), params if typed is None else typed
        options = {xform_name(name): "…" for name in names} | {"no_paginate": None}
        session.emit(f"operation-args-parsed.acm.{command}", parsed_args=Namespace(**options))
        client = session.create_client(
            "acm", region_name=region, aws_access_key_id="a", aws_secret_access_key="b"
        )
        sent = []
        answer = mock.Mock(status_code=200), {"CertificateArn": ARN}
        client.meta.events.register("before-call", lambda **_: sent.append(1) or answer)
        refusal = None
        try:
            getattr(client, xform_name(operation))(**params)
        except ParamValidationError as error:
            refusal = str(error)
        out, err = capsys.readouterr()
        assert out == ""
        return refusal, err, len(sent)

    return make


def test_a_bad_request_is_refused(call):
    """The refusal has the findings, and nothing is sent."""
    refusal, err, sent = call(BAD)
    assert refusal.splitlines() == [
        "Parameter validation failed:",
        "error[ACM202]: `*.co.uk` would cover every domain under `co.uk`; CAs refuse that",
        " --> --domain-name",
        "  = help: request a wildcard below a domain that you registered",
        "  = docs: acmrules explain ACM202",
        "",
        "acmrules stopped the call: 1 error",
    ]
    assert (err, sent) == ("", 0)


def test_a_good_request_is_sent_in_silence(call):
    """Nothing is printed."""
    assert call(GOOD) == (None, "", 1)


def test_warnings_are_printed_and_the_call_is_sent(call):
    """On standard error only."""
    refusal, err, sent = call(WARNED)
    assert refusal is None
    assert err.startswith("warning[ACM402]: email validation: ")
    assert err.endswith("\nacmrules allows the call: 1 warning\n")
    assert sent == 1


@pytest.mark.parametrize(
    ("fail_on", "params", "is_refused"),
    [("warning", WARNED, True), ("error", WARNED, False), ("error", BAD, True)],
)
def test_the_settings_decide_what_is_refused(call, fail_on, params, is_refused):
    """The nearest settings file applies, as for the command."""
    Path(".acmrules.toml").write_text(f'fail-on = "{fail_on}"\n')
    refusal, _, sent = call(params)
    assert (refusal is not None, sent) == (is_refused, not is_refused)


def test_a_profile_names_its_settings(call):
    """They replace those of the folder."""
    Path(".acmrules.toml").write_text('fail-on = "warning"\n')
    Path("lenient.toml").write_text('ignore = ["ACM202"]\n')
    config = "[default]\nacmrules_settings = lenient.toml\n"
    assert call(BAD, config=config) == (None, "", 1)


def test_a_profile_with_a_table_as_settings_stops_the_call(call):
    """The AWS configuration has nested keys, which are not a path."""
    refusal, err, sent = call(GOOD, config="[default]\nacmrules_settings =\n  ignore = ACM202\n")
    assert "error: acmrules_settings: must be the path of a settings file\n" in refusal
    assert (err, sent) == ("", 0)


def test_wrong_settings_stop_the_call(call):
    """A request without a check is not sent; the message has the file and the line."""
    Path(".acmrules.toml").write_text('fail-on = "fatal"\nregion = 5\n')
    refusal, err, sent = call(GOOD)
    assert "error: .acmrules.toml:1:1: " in refusal
    assert "error: .acmrules.toml:2:1: " in refusal
    assert refusal.endswith("acmrules stopped the call: its settings have mistakes")
    assert (err, sent) == ("", 0)


def test_the_region_is_that_of_the_client(call):
    """It overrides the Region of the settings."""
    Path(".acmrules.toml").write_text('region = "eu-west-1"\n')
    with mock.patch("acmrules.lint.check_params", wraps=lint.check_params) as check:
        call(GOOD, region="cn-north-1")
    assert check.call_args.kwargs["region"] == "cn-north-1"


def test_the_rules_of_today_apply(call):
    """Unless the settings have another date."""
    with mock.patch("acmrules.lint.check_params", wraps=lint.check_params) as check:
        call(GOOD)
    assert check.call_args.kwargs["today"] == date.today()  # noqa: DTZ011  (local, as of the command)
    Path(".acmrules.toml").write_text("as-of = 2017-01-01\n")
    assert "ACM introduced `DNS` validation on 2017-11-21" in call(GOOD)[0]


def test_findings_name_the_option_of_their_value(call):
    """Also if several options or none set the value, or a file does."""
    params = {
        "DomainName": "a_b.brightharbor.io",
        "SubjectAlternativeNames": ["c_d.brightharbor.io"],
        "KeyAlgorithm": "RSA_1",
        "Options": {"CertificateTransparencyLoggingPreference": "DISABLED"},
        "Tags": [{"Key": "*", "Value": "x"}],
        "DomainValidationOptions": [{"DomainName": "x.io", "ValidationDomain": "x.io"}],
    }
    refusal, _, _ = call(params)
    places = {line.removeprefix(" --> ") for line in refusal.splitlines() if " --> " in line}
    named = {awscli._option(member) for member in params}
    assert places == named | {"--validation-method"}
    refusal, _, _ = call(params, typed=("DomainName", "CliInputJson"))
    places = {line.removeprefix(" --> ") for line in refusal.splitlines() if " --> " in line}
    assert places == {"--domain-name", "--cli-input-json"}


def test_an_import_is_checked_without_its_key(call):
    """No line has a part of it."""
    key = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n"
    params = {"Certificate": b"none", "PrivateKey": key}
    refusal, err, sent = call(params, "ImportCertificate")
    assert " --> --certificate\n" in refusal
    assert " --> --private-key\n" in refusal
    assert "c2VjcmV0" not in refusal + err
    assert sent == 0


def test_a_good_import_is_sent(call):
    """The certificate, its chain and its key are bytes."""
    Path(".acmrules.toml").write_text("as-of = 2026-11-23\n")
    leaf, *others = (x509.text(each).encode() for each in x509.chain())
    key = x509.key_text(password=None).encode()
    params = {"Certificate": leaf, "PrivateKey": key, "CertificateChain": b"".join(others)}
    refusal, err, sent = call(params, "ImportCertificate")
    assert (refusal, err, sent) == (None, "", 1)


def test_operations_of_acme_are_checked(call):
    """Their findings name the options too."""
    endpoint = "arn:aws:acm:eu-west-1:111122223333:acme-endpoint/2f1c"
    params = {"AcmeEndpointArn": endpoint, "DomainName": "*.co.uk", "PrevalidationOptions": {}}
    refusal, _, sent = call(params, "CreateAcmeDomainValidation")
    assert " --> --domain-name\n" in refusal
    assert " --> aws acm create-acme-domain-validation\n" in refusal
    assert sent == 0
    refusal, _, _ = call(params, "CreateAcmeDomainValidation", typed=("CliInputJson",))
    assert " --> --cli-input-json\n" in refusal
    assert " --> aws acm create-acme-domain-validation\n" in refusal


def test_changed_options_are_checked(call):
    """No rule is about them, so the call is sent."""
    params = {"CertificateArn": ARN, "Options": {"Export": "ENABLED"}}
    assert call(params, "UpdateCertificateOptions") == (None, "", 1)


def test_the_operations_are_those_with_rules():
    """All that the library knows, except for two whose parameters it only names."""
    assert {*OPERATIONS} - {*awscli.OPERATIONS} == {"RenewCertificate", "ExportCertificate"}
    assert {*awscli.OPERATIONS} < {*OPERATIONS}


def test_what_cannot_be_read_is_reported(call):
    """The AWS CLI refuses it itself."""
    refusal, err, sent = call({"DomainName": 5})
    assert "Invalid type for parameter DomainName" in refusal
    assert "warning: acmrules could not check RequestCertificate: `DomainName` must be " in err
    assert sent == 0


def test_undecided_checks_are_reported(call):
    """They are no reason to stop a call."""
    Path(".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    params = {**GOOD, "SubjectAlternativeNames": ["a_b.io", "*.www.lighthouse.io"]}
    refusal, err, sent = call(params)
    assert refusal is None
    assert "ACM203" in err
    assert "--show-undecided" not in err
    assert err.endswith("\nacmrules allows the call: nothing found\n")
    assert sent == 1


def test_rules_that_do_not_apply_yet_are_left_out(call):
    """Nothing can be done about them."""
    Path(".acmrules.toml").write_text("as-of = 2018-01-01\n")
    report = lint.check_params(GOOD, region="eu-west-1", settings=".acmrules.toml")
    assert SkipReason.NOT_IN_FORCE in {each.reason for each in report.skips}
    assert call(GOOD) == (None, "", 1)


def test_a_string_that_is_no_region_hides_no_finding():
    """The call is checked without it."""
    operation = MODEL.operation_model("RequestCertificate")
    with pytest.raises(ParamValidationError, match="ACM202") as raised:
        awscli._Guard().check(BAD, operation, {"client_region": "no Region"})
    assert str(raised.value).splitlines()[1].startswith("warning: ")


def test_a_module_that_is_missing_is_named(call):
    """AWS's own installer of version 2 lacks some of the standard library."""
    Path(".acmrules.toml").write_text('fail-on = "warning"\n')
    with mock.patch.dict(sys.modules, {"tomllib": None}):
        refusal, err, sent = call(GOOD)
    assert refusal is None
    assert err.startswith("warning: acmrules could not check the call: ")
    assert "tomllib" in err
    assert sent == 1


@pytest.mark.parametrize("error", [RuntimeError("my secret"), RecursionError(), KeyError("secret")])
def test_a_bug_in_acmrules_stops_no_call(call, error):
    """It is reported, without the message of the error, which may have a parameter."""
    with mock.patch("acmrules.lint.check_params", side_effect=error):
        refusal, err, sent = call(BAD)
    assert refusal is None
    bug = f"a bug in acmrules, please report it: {type(error).__name__} at mock.py:"
    assert err.startswith(f"warning: acmrules could not check the call: {bug}")
    assert "secret" not in err
    assert sent == 1


@pytest.mark.parametrize("stream", [None, mock.Mock(write=mock.Mock(side_effect=OSError))])
def test_a_call_is_sent_without_a_standard_error(call, monkeypatch, stream):
    """Programs without a terminal may have closed it."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        refusal, _, sent = call(WARNED)
    assert (refusal, sent) == (None, 1)


def test_parameters_stay_as_they_are(call):
    """The check changes nothing that is sent."""
    params = {**WARNED, "SubjectAlternativeNames": ["b.brightharbor.io"], "Tags": []}
    before = json.dumps(params)
    call(params)
    assert json.dumps(params) == before


MODEL = botocore.session.Session().get_service_model("acm")
PATHS = st.lists(
    st.sampled_from(["names", "validation_options", "export", "imported", "chain", "acme", "x"])
    | st.integers(0, 3)
)


@given(PATHS, st.sets(st.sampled_from(["domain_name", "cli_input_yaml", "certificate"])))
def test_each_place_is_an_option_of_the_operation_or_the_command(path, given_options):
    """Whatever the path of a finding is."""
    guard = awscli._Guard()
    guard.note_options(Namespace(**dict.fromkeys(given_options, "…")))
    member = mock.Mock(members={"DomainName": 1, "Certificate": 1, "CertificateChain": 1})
    model = mock.Mock(input_shape=member)
    model.name = "RequestCertificate"
    place = guard._places(model)(mock.Mock(path=tuple(path)))
    options = {"--domain-name", "--certificate", "--certificate-chain", "--cli-input-yaml"}
    assert place in {*options, "aws acm request-certificate"}
    assert place != "--cli-input-yaml" or "cli_input_yaml" in given_options


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.binary(max_size=9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Key", "DomainName", "Export"]), inner, max_size=3)
    ),
    max_leaves=6,
)
MEMBERS = sorted({"Foo", *(name for each in OPERATIONS.values() for name in each.required)})


@given(
    st.sampled_from(awscli.OPERATIONS),
    st.dictionaries(st.sampled_from(MEMBERS), VALUES | st.just("a_b.io"), max_size=5),
    st.sampled_from([None, "eu-west-1", "x"]),
)
def test_any_parameters_pass_or_are_refused(operation, params, region):
    """A call is refused if a finding fails, and nothing else is ever raised."""
    printed = io.StringIO()
    with contextlib.redirect_stderr(printed):
        try:
            awscli._Guard().check(
                params, MODEL.operation_model(operation), {"client_region": region}
            )
            is_refused = False
        except ParamValidationError:
            is_refused = True
    assert "could not check the call" not in printed.getvalue()
    known = None if region == "x" else region
    today = date.today()  # noqa: DTZ011  (local, as of the command)
    report = lint.check_params(params, operation=operation, region=known, today=today)
    assert is_refused == any(report.failing())


def test_the_plugin_alone_is_light():
    """The AWS CLI imports it for each of its commands."""
    program = "import sys; import acmrules.guards.awscli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = [each for each in done.stdout.decode().split() if each.startswith("acmrules")]
    assert loaded == ["acmrules", "acmrules.guards", "acmrules.guards.awscli"]
    assert b" botocore" not in done.stdout


def test_the_page_copies_a_missing_module(tmp_path):
    """Next to acmrules, where the AWS CLI finds it."""
    plugins = tmp_path / ".aws" / "plugins"
    plugins.mkdir(parents=True)
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    script = blocks("sh")[2].replace("python3", sys.executable)
    subprocess.run(["bash", "-c", script], env=environ, check=True)
    assert (plugins / "tomllib" / "__init__.py").exists()


def test_the_width_is_that_of_the_terminal(monkeypatch):
    """Or `COLUMNS`, or 80."""
    monkeypatch.setenv("COLUMNS", "120")
    assert awscli._width() == 120
    monkeypatch.setenv("COLUMNS", "0")
    assert awscli._width() == 80
    monkeypatch.setattr(sys, "stderr", None)
    assert awscli._width() == 80


# Real versions of the AWS CLI

NEWEST = (
    *("awscli==1.46.3", "colorama==0.4.6", "docutils==0.19", "jmespath==1.1.0", "pyasn1==0.6.5"),
    *("python-dateutil==2.9.0.post0", "PyYAML==6.0.4", "rsa==4.7.2", "six==1.17.0"),
    "urllib3==2.8.0",
)
"""The newest version 1 of the AWS CLI, and what it needs."""

OLDEST = (
    *("awscli==1.29.4", "botocore==1.31.4", "colorama==0.4.4", "docutils==0.16"),
    *("jmespath==1.1.0", "pyasn1==0.6.5", "python-dateutil==2.9.0.post0", "PyYAML==6.0.4"),
    *("rsa==4.7.2", "s3transfer==0.6.2", "six==1.17.0", "urllib3==1.26.20"),
)
"""The first version 1 that can be installed for Python 3.11."""

PROGRAMS = ["/usr/bin/aws", *filter(None, os.environ.get("AWSCLI_PROGRAMS", "").split(os.pathsep))]
"""Programs of version 2: that of Debian, and others that the variable lists."""


OTHER_PROFILE = """[profile china]
region = cn-north-1
acmrules_settings = ~/strict.toml
"""


class Host(NamedTuple):
    """A version of the AWS CLI: its Python, its program, and its variables."""

    python: str
    program: str
    environ: dict
    is_oldest: bool

    @property
    def refusal(self):
        """The exit code for invalid parameters."""
        version = subprocess.run([self.program, "--version"], capture_output=True, check=True)
        return 252 if version.stdout.startswith(b"aws-cli/2.") else 255

    def run(self, commands):
        """Return the results of commands (`tests/support/awscli_runs.py`)."""
        done = subprocess.run(
            [self.python, "-P", ROOT / "tests" / "support" / "awscli_runs.py"],
            input=json.dumps(commands),
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel of acmrules, once for all versions."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder, ROOT]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(params=["newest 1", "oldest 1", *PROGRAMS])
def host(request, wheel, tmp_path, monkeypatch):
    """Return a version of the AWS CLI with the plugin; the working folder is its home."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    if request.param in PROGRAMS and not Path(request.param).exists():
        pytest.skip(f"{request.param} is missing: install Debian's package `awscli`")
    lines = (ROOT / "tests" / "constraints.txt").read_text("utf-8").splitlines()
    needed = [line for line in lines if line.startswith(("idna==", "publicsuffixlist=="))]
    is_2 = request.param in PROGRAMS
    if is_2:
        program = Path(request.param)
        first, *_ = program.read_bytes().split(b"\n", 1)
        if not first.startswith(b"#!"):
            pytest.skip(f"{program} is not a Python program: install Debian's package `awscli`")
        python = first.decode().removeprefix("#!").split()[-1]
        install(wheel, *needed, target=home / ".aws" / "plugins")
    else:
        venv.create(tmp_path / "venv")
        python, program = tmp_path / "venv" / "bin" / "python", tmp_path / "venv" / "bin" / "aws"
        pins = NEWEST if request.param == "newest 1" else OLDEST
        install(wheel, *needed, *pins, python=python)
    environ = {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
        "AWS_SECRET_ACCESS_KEY": "b",
        "HOME": str(home),
        "PATH": os.environ["PATH"],
    }
    set_up = [line for line in blocks("sh")[is_2].splitlines() if line.startswith("aws ")]
    script = "\n".join(["set -e", f'aws() {{ "{program}" "$@"; }}', *set_up])
    subprocess.run(["bash", "-c", script], env=environ, check=True)
    with (home / ".aws" / "config").open("a") as config:
        config.write("[default]\nregion = eu-west-1\n" + OTHER_PROFILE)
    return Host(str(python), str(program), environ, request.param == "oldest 1")


def blocks(language):
    """Return the blocks of the page in a language."""
    page = (ROOT / "docs" / "pages" / "guards" / "aws-cli.md").read_text("utf-8")
    return re.findall(rf"(?<=^```{language}\n).*?(?=^```$)", page, re.DOTALL | re.MULTILINE)


def acm(operation, *words, **more):
    """Return a command of ACM."""
    return {"args": ["acm", operation, *words], **more}


def request(*words, **more):
    """Return a command that requests a certificate."""
    return acm("request-certificate", *words, **more)


DNS, EMAIL = ("--validation-method", "DNS"), ("--validation-method", "EMAIL")
PLAIN = ("--domain-name", GOOD["DomainName"], *DNS)
TWO = (*PLAIN, "--subject-alternative-names", "shop.brightharbor.io")
PEM = ("--certificate", "fileb://bad.json", "--private-key", "fileb://key.pem")
ACME = ("--acme-endpoint-arn", "x", "--domain-name", "*.co.uk", "--prevalidation-options", "{}")
COMMANDS = {
    "buckets": {"args": ["s3", "ls"]},
    "list": acm("list-certificates"),
    "export": acm("export-certificate", "--certificate-arn", ARN, "--passphrase", "eHg="),
    "bad": request("--domain-name", "*.co.uk", *DNS),
    "bad file": request("--cli-input-json", "file://bad.json"),
    "skeleton": request("--domain-name", "*.co.uk", "--generate-cli-skeleton"),
    "import": acm("import-certificate", *PEM),
    "good": request(*PLAIN, "--output", "json"),
    "query": request(*PLAIN, "--query", "CertificateArn", "--output", "text"),
    "warned": request("--domain-name", "brightharbor.io", *EMAIL),
    "profile": request("--domain-name", "brightharbor.io", *EMAIL, "--profile", "china"),
    "acme": acm("create-acme-domain-validation", *ACME),
    "pager": request(*PLAIN, "--no-cli-pager"),
    "yaml": request("--cli-input-yaml", "file://bad.json"),
    "two": request(*TWO),
    "two in Frankfurt": request(*TWO, "--region", "eu-central-1"),
}


@pytest.mark.slow
def test_versions_of_the_aws_cli_check_requests(host):
    """Refuse what fails, send what is good, and do everything else as without the plugin."""
    Path("bad.json").write_text(json.dumps(BAD))
    Path("key.pem").write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n")
    Path("strict.toml").write_text('fail-on = "warning"\n')
    Path(".acmrules.toml").write_text("[quotas]\neu-central-1.names = 1\n")
    few = driver.LEAST // 3 if host.is_oldest else None
    calls, commands, expected = calls_of_cases(few)
    results = host.run([*COMMANDS.values(), *commands])
    known = dict(zip(COMMANDS, results, strict=False))
    check_other_commands(known)
    check_refusals(known, host.refusal)
    check_calls_that_are_sent(known, host.refusal)
    check_sessions(known, host.refusal)
    check_findings(calls, results[len(COMMANDS) :], expected)
    check_program(host)


def check_other_commands(results):
    """Check that they load the plugin and its packages, and nothing else of acmrules."""
    plugin = ["acmrules", "acmrules.guards", "acmrules.guards.awscli"]
    for name in ("buckets", "list", "export"):
        assert results[name]["loaded"] == plugin
        assert len(results[name]["sent"]) == 1


def is_unknown(result):
    """Return whether a version of the AWS CLI does not have an option or an operation."""
    return result["err"].lstrip().startswith("usage: ")


def check_refusals(results, refusal):
    """Check that nothing is sent, and nothing is printed on standard output."""
    lines = [
        "error[ACM202]: `*.co.uk` would cover every domain under `co.uk`; CAs refuse that",
        " --> --domain-name",
        "  = help: request a wildcard below a domain that you registered",
        "  = docs: acmrules explain ACM202",
        "",
        "acmrules stopped the call: 1 error",
    ]
    assert "\n".join(lines) in results["bad"]["err"]
    from_file = "\n".join(lines).replace("--domain-name", "--cli-input-json")
    assert from_file in results["bad file"]["err"]
    assert "error[ACM705]: " in results["import"]["err"]
    assert "c2VjcmV0" not in json.dumps(results["import"])
    assert "error[ACM512]: " in results["acme"]["err"] or is_unknown(results["acme"])
    assert from_file.replace("json", "yaml") in results["yaml"]["err"] or (
        is_unknown(results["yaml"]) and refusal == 255
    )
    for name in ("bad", "bad file", "import", "acme", "yaml"):
        each = results[name]
        assert (each["out"], each["sent"]) == ("", [])
        assert each["code"] == refusal or is_unknown(each)


def check_calls_that_are_sent(results, refusal):
    """Check that the answers are printed as without the plugin."""
    assert "SubjectAlternativeNames" in json.loads(results["skeleton"]["out"])
    assert json.loads(results["good"]["sent"][0]["body"]) == GOOD
    assert json.loads(results["good"]["out"]) == {"CertificateArn": ARN}
    assert results["query"]["out"] == f"{ARN}\n"
    for name in ("skeleton", "good", "query"):
        assert (results[name]["code"], results[name]["err"]) == (0, "")
    pager = results["pager"]
    assert pager["sent"] or (is_unknown(pager) and refusal == 255)
    warned = results["warned"]
    assert warned["err"].endswith("\nacmrules allows the call: 1 warning\n")
    assert (warned["code"], json.loads(warned["out"])) == (0, {"CertificateArn": ARN})


def check_sessions(results, refusal):
    """Check that settings are those of the profile, and the Region that of the options."""
    assert results["profile"]["code"] == refusal
    assert "//acm.eu-west-1." in results["two"]["sent"][0]["url"]
    assert results["two"]["err"] == ""
    assert results["two in Frankfurt"]["code"] == refusal
    assert "error[ACM302]" in results["two in Frankfurt"]["err"]


def calls_of_cases(most):
    """Return the calls of case files, their commands, and the expected findings."""
    calls, commands, expected = [], [], []
    for case in islice(filter(driver.takes, cases.ALL), most):
        folder = Path(case.name).resolve()
        folder.mkdir()
        with contextlib.chdir(folder):
            case.write()
            expected += driver.expected(case)
        for call in driver.calls(case):
            words = [f"--region={call.region}"]
            for option, value in zip(driver.options_of(call), call.params.values(), strict=True):
                given = value if isinstance(value, str) else json.dumps(value)
                words.append(f"{option}={given}")
            calls.append(call)
            commands.append(request(*words, folder=str(folder), environ={"COLUMNS": "10000"}))
    return calls, commands, expected


def check_findings(calls, results, expected):
    """Check that they are those of the command; some options are newer than the AWS CLI."""
    compared = [
        (driver.rows(call, each["err"]), rows, bool(each["sent"]))
        for call, each, rows in zip(calls, results, expected, strict=True)
        if not is_unknown(each)
    ]
    assert [found for found, _, _ in compared] == [rows for _, rows, _ in compared]
    is_bad = [any(row.severity == "error" for row in rows) for _, rows, _ in compared]
    assert [not is_sent for _, _, is_sent in compared] == is_bad
    assert len(compared) >= len(calls) / 2
    assert 0 < sum(is_bad) < len(compared)


def check_program(host):
    """Check the session in the page, without credentials and without a network."""
    (session,) = blocks("text")
    command, _, output = session.removeprefix("$ ").partition("\n")
    script = command.replace("aws ", f"'{host.program}' ", 1)
    environ = host.environ | {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    done = subprocess.run(
        ["bash", "-c", script], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (host.refusal, "")
    prefix = "aws: [ERROR]: An error occurred (ParamValidation): "
    assert done.stderr.replace(prefix, "").rstrip() == output.rstrip()
