"""The plugin of the AWS CLI: it checks certificate requests before they are sent."""

import json
import os
import subprocess
import sys
import venv
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import ParamValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.support.guards import awscli as driver
from tests.support.guards import cases

from acmrules import lint
from acmrules.guards import awscli
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


def test_wrong_settings_stop_the_call(call):
    """A request that nobody checked is not sent; the message has the file and the line."""
    Path(".acmrules.toml").write_text('fail-on = "fatal"\nregion = 5\n')
    refusal, err, sent = call(GOOD)
    assert "error: .acmrules.toml:1:1: " in refusal
    assert "error: .acmrules.toml:2:1: " in refusal
    assert refusal.endswith("acmrules stopped the call: its settings are wrong")
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


def test_operations_of_acme_are_checked(call):
    """Their findings name the options too."""
    endpoint = "arn:aws:acm:eu-west-1:111122223333:acme-endpoint/2f1c"
    params = {"AcmeEndpointArn": endpoint, "DomainName": "*.co.uk", "PrevalidationOptions": {}}
    refusal, _, sent = call(params, "CreateAcmeDomainValidation")
    assert " --> --domain-name\n" in refusal
    assert " --> aws acm create-acme-domain-validation\n" in refusal
    assert sent == 0


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


def test_a_string_that_is_no_region_hides_no_finding():
    """The call is checked without it."""
    model = botocore.session.Session().get_service_model("acm")
    operation = model.operation_model("RequestCertificate")
    with pytest.raises(ParamValidationError, match="ACM202") as raised:
        awscli._Guard().check(BAD, operation, {"client_region": "no Region"})
    assert str(raised.value).splitlines()[1].startswith("warning: ")


@pytest.mark.parametrize("error", [RuntimeError("my secret"), RecursionError(), KeyError("secret")])
def test_a_bug_in_acmrules_stops_no_call(call, error):
    """It is reported, without the message of the error, which may have a parameter."""
    with mock.patch("acmrules.lint.check_params", side_effect=error):
        refusal, err, sent = call(BAD)
    assert refusal is None
    assert err.startswith(f"warning: acmrules could not check the call: {type(error).__name__} in ")
    assert "secret" not in err
    assert sent == 1


def test_parameters_stay_as_they_are(call):
    """The check changes nothing that is sent."""
    params = {**WARNED, "SubjectAlternativeNames": ["b.brightharbor.io"], "Tags": []}
    before = json.dumps(params)
    call(params)
    assert json.dumps(params) == before


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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel of acmrules."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "-w", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


def pip(*words, **environ):
    """Run pip without its constraints, unless variables set them."""
    command = [sys.executable, "-m", "pip", *words]
    own = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    subprocess.run([*command, "-q"], check=True, env=own | environ)


@pytest.fixture(scope="module", params=["newest 1", "oldest 1", *PROGRAMS])
def host(request, wheel, tmp_path_factory):
    """Return a version of the AWS CLI with the plugin: its Python, its program, its variables."""
    folder = tmp_path_factory.mktemp("host")
    lines = (ROOT / "tests" / "constraints.txt").read_text("utf-8").splitlines()
    needed = [line for line in lines if line.startswith(("idna==", "publicsuffixlist=="))]
    plugins = ["[plugins]", "acmrules = acmrules.guards.awscli"]
    if request.param in PROGRAMS:
        program = Path(request.param)
        if not program.exists():
            pytest.skip(f"{program} is missing: install Debian's package `awscli`")
        python = program.read_text("utf-8").splitlines()[0].removeprefix("#!").strip()
        pip("install", "--target", folder / "plugins", wheel, *needed)
        plugins.append(f"cli_legacy_plugin_path = {folder / 'plugins'}")
    else:
        venv.create(folder / "venv")
        python, program = folder / "venv" / "bin" / "python", folder / "venv" / "bin" / "aws"
        pins = NEWEST if request.param == "newest 1" else OLDEST
        pip("--python", python, "install", "--no-deps", wheel, *needed, *pins)
    config = folder / "config"
    config.write_text("\n".join([*plugins, "[default]", "region = eu-west-1", OTHER, ""]))
    return Host(str(python), str(program), config)


OTHER = """[profile china]
region = cn-north-1
acmrules_settings = ~/strict.toml"""


class Host(NamedTuple):
    """A version of the AWS CLI: its Python, its program, and its configuration."""

    python: str
    program: str
    config: Path

    @property
    def refusal(self):
        """The exit code for invalid parameters."""
        version = subprocess.run([self.program, "--version"], capture_output=True, check=True)
        return 252 if version.stdout.startswith(b"aws-cli/2.") else 255

    def environ(self, folder):
        """Return the variables of a process in a folder, which is also the home."""
        return {
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_CONFIG_FILE": str(self.config),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "AWS_SECRET_ACCESS_KEY": "b",
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
        }

    def run(self, folder, *commands):
        """Return the results of commands (`tests/support/awscli_runs.py`)."""
        done = subprocess.run(
            [self.python, "-P", ROOT / "tests" / "support" / "awscli_runs.py"],
            input=json.dumps(commands),
            env=self.environ(folder),
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


def acm(operation, *words, **more):
    """Return a command of ACM."""
    return {"args": ["acm", operation, *words], **more}


def request(*words, **more):
    """Return a command that requests a certificate."""
    return acm("request-certificate", *words, **more)


@pytest.mark.slow
def test_other_commands_load_nothing_of_acmrules(host, tmp_path):
    """Only the plugin and its packages, whatever the service or the operation is."""
    results = host.run(
        tmp_path,
        {"args": ["s3api", "list-buckets"]},
        {"args": ["sts", "get-caller-identity", "--no-cli-pager"][:2]},
        acm("list-certificates"),
        acm("export-certificate", "--certificate-arn", ARN, "--passphrase", "eHg="),
    )
    plugin = ["acmrules", "acmrules.guards", "acmrules.guards.awscli"]
    assert [each["loaded"] for each in results] == [plugin] * 4
    assert [len(each["sent"]) for each in results] == [1, 1, 1, 1]


@pytest.mark.slow
def test_the_aws_cli_refuses_bad_requests(host, tmp_path):
    """With its own exit code for invalid parameters; good ones are sent, and print their answer."""
    (tmp_path / "bad.json").write_text(json.dumps(BAD))
    (tmp_path / "key.pem").write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n")
    files = ("--certificate", "fileb://bad.json", "--private-key", "fileb://key.pem")
    good = ("--domain-name", GOOD["DomainName"], "--validation-method", "DNS")
    refused, from_file, skeleton, imported, sent, warned, queried = host.run(
        tmp_path,
        request("--domain-name", "*.co.uk", "--validation-method", "DNS"),
        request("--cli-input-json", "file://bad.json"),
        request("--domain-name", "*.co.uk", "--generate-cli-skeleton"),
        acm("import-certificate", *files),
        request(*good, "--output", "json"),
        request("--domain-name", "brightharbor.io", "--validation-method", "EMAIL"),
        request(*good, "--query", "CertificateArn", "--output", "text"),
    )
    lines = [
        "error[ACM202]: `*.co.uk` would cover every domain under `co.uk`; CAs refuse that",
        " --> --domain-name",
        "  = help: request a wildcard below a domain that you registered",
        "  = docs: acmrules explain ACM202",
        "",
        "acmrules stopped the call: 1 error",
    ]
    assert "\n".join(lines) in refused["err"]
    assert "\n".join(lines).replace("--domain-name", "--cli-input-json") in from_file["err"]
    assert "error[ACM705]: " in imported["err"]
    assert "c2VjcmV0" not in json.dumps(imported)
    for each in (refused, from_file, imported):
        assert (each["code"], each["out"], each["sent"]) == (host.refusal, "", [])
    assert skeleton["code"] == 0
    assert skeleton["err"] == ""
    assert "SubjectAlternativeNames" in json.loads(skeleton["out"])
    assert json.loads(sent["sent"][0]["body"]) == GOOD
    assert (sent["code"], sent["err"]) == (0, "")
    assert json.loads(sent["out"]) == {"CertificateArn": ARN}
    assert warned["err"].endswith("\nacmrules allows the call: 1 warning\n")
    assert (warned["code"], json.loads(warned["out"])) == (0, {"CertificateArn": ARN})
    assert (queried["code"], queried["out"]) == (0, f"{ARN}\n")


@pytest.mark.slow
def test_the_session_of_the_aws_cli_decides(host, tmp_path):
    """The Region and the settings are those of its profile, its options and its variables."""
    (tmp_path / "strict.toml").write_text('fail-on = "warning"\n')
    email = ("--domain-name", "brightharbor.io", "--validation-method", "EMAIL")
    http = ("--domain-name", "brightharbor.io", "--validation-method", "HTTP")
    lenient, strict, here, there = host.run(
        tmp_path,
        request(*email),
        request(*email, "--profile", "china"),
        request(*http),
        request(*http, "--region", "cn-north-1"),
    )
    assert lenient["code"] == 0
    assert strict["code"] == host.refusal
    assert here["sent"]
    assert "eu-west-1" in here["sent"][0]["url"]
    assert here["err"] != there["err"]


@pytest.mark.slow
def test_the_program_itself_refuses_a_request(host, tmp_path):
    """It ends before it needs credentials or a network."""
    environ = host.environ(tmp_path)
    del environ["AWS_ACCESS_KEY_ID"]
    command = [host.program, "acm", "request-certificate", "--domain-name", "*.co.uk"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == host.refusal
    assert done.stdout == ""
    assert "error[ACM202]" in done.stderr


@pytest.mark.slow
def test_the_aws_cli_has_the_findings_of_the_command(host, tmp_path, monkeypatch):
    """For the requests of all case files, given as options."""
    expected, commands, made = [], [], []
    for case in filter(driver.takes, cases.ALL):
        folder = tmp_path / case.name
        folder.mkdir()
        monkeypatch.chdir(folder)
        case.write()
        expected += driver.expected(case)
        made += driver.calls(case)
        environ = {"COLUMNS": "10000"}
        for call in driver.calls(case):
            words = [f"--region={call.region}"]
            for option, value in zip(driver.options_of(call), call.params.values(), strict=True):
                given = value if isinstance(value, str) else json.dumps(value)
                words.append(f"{option}={given}")
            commands.append(request(*words, folder=str(folder), environ=environ))
    results = host.run(tmp_path, *commands)
    found = [driver.rows(call, each["err"]) for call, each in zip(made, results, strict=True)]
    assert found == expected
    failing = [any(row.severity == "error" for row in rows) for rows in expected]
    assert [not each["sent"] for each in results] == failing
