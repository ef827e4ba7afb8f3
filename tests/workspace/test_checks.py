"""Checks from a program give the report of the command."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from tests.test_cases import CASES, parts

from acmrules import (
    CertificateRequest,
    Consumer,
    InvalidArgument,
    PublicSuffixes,
    Quotas,
    UnknownService,
    lint,
)
from acmrules.cli import main
from acmrules.facts.fact import CHECKED
from acmrules.readers import registry
from acmrules.readers.api_calls import OPERATIONS
from acmrules.reports.findings import json as json_report
from acmrules.workspace import settings_file
from acmrules.workspace.settings import SettingsError

TESTS = Path(__file__).parents[1]
CORPUS = TESTS / "corpus"
DAY = date(2026, 11, 23)
REQUEST = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
WRONG = '{"DomainName": "localhost", "ValidationMethod": "DNS"}'


def texts():
    """Yield the id, the name and the text of each file of the cases and of the corpus."""
    for case in CASES:
        for name, text in parts(case)[2].items():
            yield f"{case.stem}/{name}", os.path.basename(name), text
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".yaml", ".yml", ".tf", ".template"}:
            with path.open(encoding="utf-8", newline="") as file:
                yield str(path.relative_to(CORPUS)), path.name, file.read()


TEXTS = [pytest.param(name, text, id=which) for which, name, text in texts()]


def command(*words):
    """Return the exit code and the JSON of the command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main.main(["check", *words, "--as-of", str(DAY), "--format", "json"])
    return code, json.loads(out.getvalue())


def as_command(report):
    """Return the exit code and the JSON of a report."""
    return report.exit_code, json.loads(json_report.render(report))


def ids(report):
    """Return the ids of the rules of all findings."""
    return [finding.rule.id for finding in report]


# The same report


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_file_its_text_and_the_command_have_one_report(name, text, tmp_path, monkeypatch):
    """A file that is alone in its folder has one report, however it is checked."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, "utf-8", newline="")
    expected = command(name)
    assert as_command(lint.check_paths([name], as_of=DAY)) == expected
    os.remove(name)
    by_text = as_command(lint.check_text(text, name=name, as_of=DAY))
    for _, data in (expected, by_text):
        for error in data["errors"]:
            # A text has no modules around it, and folders around a file may have no files.
            error["message"] = re.sub(r"(module `[^`]*`) .*", r"\1", error["message"])
    assert by_text == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_folder_has_the_report_of_the_command(case, tmp_path, monkeypatch):
    """The files of a case, modules included, have the report of the command."""
    monkeypatch.chdir(tmp_path)
    for name, text in parts(case)[2].items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_text(text, "utf-8")
    assert as_command(lint.check_paths(["."], as_of=DAY)) == command(".")
    assert as_command(lint.check_paths([Path()], as_of=DAY)) == command(".")


def requests_in(text):
    """Return the objects of a JSON text that is one, or a list of them."""
    try:
        data = json.loads(text)
    except ValueError:
        return []
    return [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict)]


API_REQUESTS = [
    pytest.param(data, id=f"{which}-{index}")
    for which, name, text in texts()
    if name.endswith(".json")
    for index, data in enumerate(requests_in(text))
    if "DomainName" in data and "CertificateArn" not in data
]


def told(report):
    """Return what a report says, except for the places in a file."""
    found = [
        (each.rule.id, each.severity, each.message, each.path, each.value, each.help, each.address)
        for first in report
        for each in (first.__replace__(others=()), *first.others)
    ]
    skips = {(skip.rule, skip.reason, skip.detail, skip.path) for skip in report.skips}
    faults = [error.fault for error in report.unreadable]
    return sorted(found, key=str), skips, faults, report.requests, report.exit_code


@pytest.mark.parametrize("data", API_REQUESTS)
def test_parameters_have_the_report_of_their_file(data):
    """The parameters of a call have the findings of a file with the same content."""
    text = json.dumps(data)
    by_file = lint.check_text(text, name="a.json", kind="api", as_of=DAY, settings={})
    assert told(lint.check_params(data, as_of=DAY, settings={})) == told(by_file)


# Texts


def test_a_text_is_read_and_nothing_else(tmp_path, monkeypatch):
    """With a mapping as settings, a check of text opens and looks for no file."""
    monkeypatch.chdir(tmp_path)
    names = ["a.json", "x/a.yaml", "x/main.tf", "Pulumi.yaml", "a.pem", "chart/templates/a.yaml"]
    contents = [WRONG, 'module "a" {\n  source = "./b"\n}\n', "a: {{ .Values.acm }}\n:acm:\n", ""]
    for name in names:
        for text in contents:
            lint.check_text(text, name=name, settings={})  # What is loaded later is loaded now.

    def refuse(*_arguments, **_options):
        raise AssertionError("the disk is touched")

    for function in ("stat", "lstat", "scandir", "listdir", "open"):
        monkeypatch.setattr(os, function, refuse)
    monkeypatch.setattr("builtins.open", refuse)
    for name in names:
        for text in contents:
            lint.check_text(text, name=name, settings={})


def test_a_file_of_the_same_name_does_not_matter(tmp_path, monkeypatch):
    """The text counts, even if there is a file of its name with another one."""
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(json.dumps(REQUEST))
    assert ids(lint.check_text(WRONG, name="a.json")) == ["ACM101"]
    assert ids(lint.check_paths(["a.json"])) == []


def test_the_settings_and_the_baseline_are_those_of_the_folder_of_the_name(tmp_path, monkeypatch):
    """The nearest settings and the nearest baseline apply to text, as to a file."""
    monkeypatch.chdir(tmp_path)
    os.makedirs("infra/dev")
    Path("infra/.acmrules.toml").write_text('exclude = ["dev/b.json"]\nfail-on = "note"\n')
    assert lint.check_text(WRONG, name="infra/dev/b.json").excluded == 1
    report = lint.check_text(WRONG, name="infra/dev/c.json")
    assert (ids(report), report.exit_code) == (["ACM101"], 1)
    Path("infra/dev/c.json").write_text(WRONG)
    with contextlib.redirect_stderr(io.StringIO()):
        main.main(["baseline", "infra", "--baseline", "infra/.acmrules-baseline.json"])
    known = lint.check_text(WRONG, name="infra/dev/c.json")
    assert (ids(known), len(known.suppressed), known.fails) == ([], 1, False)


def test_parameters_have_the_values_of_the_caller(tmp_path, monkeypatch):
    """Like those of the option `--param`, and stronger than those of the settings."""
    text = (
        "Parameters: {Host: {Type: String}}\n"
        "Resources:\n"
        "  Site:\n"
        "    Type: AWS::CertificateManager::Certificate\n"
        "    Properties: {DomainName: !Ref Host, ValidationMethod: EMAIL}\n"
    )
    monkeypatch.chdir(tmp_path)
    Path("site.yaml").write_text(text)
    Path(".acmrules.toml").write_text('parameters.Host = "www.brightharbor.io"')
    given = {"parameters": {"Host": "bright_harbor.io"}}
    alone = lint.check_text(text, name="site.yaml", **given)
    for report in (alone, lint.check_paths(["site.yaml"], **given)):
        assert "ACM101" in {finding.rule.id for finding in report}
    assert "ACM101" not in {finding.rule.id for finding in lint.check_paths(["site.yaml"])}


@pytest.mark.parametrize("parameters", ["Host=x", {"Host": 5}, {5: "x"}])
def test_parameters_of_a_wrong_type_are_refused(parameters):
    """A value is a string, as on the command line."""
    with pytest.raises(TypeError, match="parameter"):
        lint.check_text("", name="site.yaml", parameters=parameters)


def test_suppressions_in_a_text_apply():
    """A comment in the text accepts a finding."""
    text = "# acmrules: ignore[ACM101]: internal\nlocalhost\n"
    report = lint.check_text(text, name="list.txt", settings={})
    assert (ids(report), [each.reason for each in report.suppressed]) == ([], ["internal"])


@pytest.mark.parametrize("text", ['{"DomainName": ', '{"DomainName": 5}', "{}}", "\ud800", "\0"])
def test_a_broken_text_is_unreadable(text):
    """Text with an error of syntax raises nothing, and its report fails."""
    report = lint.check_text(text, name="a.json", kind="api", settings={})
    [error] = report.unreadable
    assert (error.name, report.exit_code, report.fails) == ("a.json", 2, True)


def test_a_large_text_is_refused_like_a_file():
    """Text has the same largest size as a file."""
    [error] = lint.check_text(" " * (10 * 2**20 + 1), name="a.json", settings={}).unreadable
    assert error.fault == "is larger than 10 MiB"


def test_the_kind_limits_the_readers(tmp_path, monkeypatch):
    """Only the reader of the kind is used, and the report is that of the option `--kind`."""
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(WRONG)
    expected = command("a.json", "--kind", "terraform-plan")
    by_text = lint.check_text(WRONG, name="a.json", kind="terraform-plan", as_of=DAY)
    by_path = lint.check_paths(["a.json"], kind="terraform-plan", as_of=DAY)
    assert as_command(by_text) == as_command(by_path) == expected
    assert ids(lint.check_text(WRONG, name="a.json", kind="api")) == ["ACM101"]


def test_settings_are_parsed_once_for_many_texts(tmp_path, monkeypatch):
    """Settings are parsed once for many texts, and changes of their file still count."""
    monkeypatch.chdir(tmp_path)
    settings = Path(".acmrules.toml")
    settings.write_text('ignore = ["ACM101"]\n')
    parsed = []
    original = settings_file.read
    monkeypatch.setattr(
        settings_file, "read", lambda *args, **kw: (parsed.append(1), original(*args, **kw))[1]
    )
    for _ in range(20):
        assert ids(lint.check_text(WRONG, name="a.json")) == []
    assert len(parsed) == 1
    settings.write_text('ignore = ["ACM102"]\n')  # As many bytes, perhaps at the same time.
    assert ids(lint.check_text(WRONG, name="a.json")) == ["ACM101"]


# Paths


def test_a_missing_path_is_unreadable(tmp_path, monkeypatch):
    """A path that does not exist is in the report, as the command says it."""
    monkeypatch.chdir(tmp_path)
    report = lint.check_paths(["nothing-here.yaml"], as_of=DAY)
    assert as_command(report) == command("nothing-here.yaml")
    assert [str(error) for error in report.unreadable] == [
        "nothing-here.yaml: no such file or directory"
    ]


def test_paths_may_be_any_iterable(tmp_path):
    """A generator of paths of any type is read once."""
    (tmp_path / "a.json").write_text(WRONG)
    assert ids(lint.check_paths(path for path in tmp_path.iterdir())) == ["ACM101"]
    assert lint.check_paths([]).is_empty


@pytest.mark.parametrize(
    ("settings", "text", "code"),
    [
        ('fail-on = "error"', '{"DomainName": "a.brightharbor.io"}', 0),
        ('fail-on = "note"', '{"DomainName": "a.brightharbor.io"}', 1),
        ("fail-on-nothing = true", "{}", 2),
        ("strict = true", "a: {{ .Values.x }}\nb: AWS::CertificateManager:: Resources", 2),
    ],
)
def test_the_exit_code_is_that_of_the_command(settings, text, code, tmp_path, monkeypatch):
    """The settings decide about the exit code as they do for the command."""
    monkeypatch.chdir(tmp_path)
    Path(".acmrules.toml").write_text(f"{settings}\n")
    Path("a.yaml").write_text(text)
    report = lint.check_paths(["."], as_of=DAY)
    assert as_command(report) == command(".")
    assert (report.exit_code, report.fails) == (code, code > 0)


def test_a_bug_is_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    """If acmrules has a bug, other files are checked, and the report fails."""
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(WRONG)

    def read(source, *_arguments, **_options):
        if source.name.endswith("b.json"):
            raise ZeroDivisionError
        return original(source, *_arguments, **_options)

    original = registry.read
    monkeypatch.setattr(registry, "read", read)
    report = lint.check_paths([tmp_path])
    assert ids(report) == ["ACM101"]
    [error] = report.unreadable
    assert error.name.endswith("b.json")
    assert error.fault.startswith("a bug in acmrules, please report it: ZeroDivisionError")
    assert report.exit_code == 3


# Parameters of calls


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_printed_and_no_secret_is_told(operation, capfd):
    """Values of parameters that are secret are in no message, and nothing is printed."""
    secret = b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
    known = OPERATIONS[operation]
    for value in (secret, secret.decode(), bytearray(secret), [secret], {"a": secret}):
        params = dict.fromkeys((*known.required, *known.others), value)
        report = lint.check_params(params, operation=operation, settings={})
        said = [each.message + each.help + str(each.value) for each in report]
        said += [str(error) for error in report.unreadable]
        if operation in {"ImportCertificate", "ExportCertificate"}:
            assert "c2VjcmV0" not in "".join(said)
    assert capfd.readouterr() == ("", "")


def test_values_of_any_type_have_one_clean_error():
    """A value of a type that no parameter has is unreadable, and names the parameter."""
    values = [b"a.io", datetime.now(UTC), 5, None, ("a.io",), object(), {}, 1.5, True]
    for value in values:
        [error] = lint.check_params({**REQUEST, "DomainName": value}, settings={}).unreadable
        assert str(error).startswith("RequestCertificate: `DomainName` must")
    tags = ({"Key": "Owner", "Value": "web"},)
    report = lint.check_params(
        {**REQUEST, "SubjectAlternativeNames": ("a.brightharbor.io",), "Tags": tags}, settings={}
    )
    assert (ids(report), report.unreadable) == ([], ())


def test_parameters_without_an_end_are_unreadable():
    """Parameters that contain themselves are refused."""
    params = {**REQUEST}
    params["Options"] = params
    [error] = lint.check_params(params, settings={}).unreadable
    assert str(error) == "RequestCertificate: is nested too deeply"


def test_a_misspelled_parameter_is_the_finding_of_a_file():
    """A member that `RequestCertificate` does not have is a finding."""
    [found] = lint.check_params({**REQUEST, "Optoins": {}}, settings={})
    assert (found.rule.id, found.message) == (
        "ACM309",
        "`Optoins` is not a member of `RequestCertificate`; did you mean `Options`?",
    )


@pytest.mark.parametrize(
    ("operation", "params", "said"),
    [
        ("ImportCertificate", {"Certificate": b"x"}, "`PrivateKey` is missing"),
        ("ImportCertificate", {"Certifcate": b"x"}, "did you mean `Certificate`?"),
        ("RenewCertificate", {"CertificateArn": "a", "x": 1}, "`x` is not a member of"),
        ("ExportCertificate", {"CertificateArn": "a"}, "`Passphrase` is missing"),
        ("UpdateCertificateOptions", {"CertificateArn": "a"}, "`Options` is missing"),
    ],
)
def test_a_call_that_clients_refuse_is_unreadable(operation, params, said):
    """Parameters that an operation lacks, or does not have, are errors with its name."""
    report = lint.check_params(params, operation=operation, settings={})
    [error] = report.unreadable
    assert error.name == operation
    assert said in error.fault
    assert report.exit_code == 2


def test_imports_and_acme_resources_are_checked():
    """The rules about imported certificates and ACME resources apply to their calls."""
    blobs = {"Certificate": b"\x30\x82", "PrivateKey": b"k"}
    assert ids(lint.check_params(blobs, operation="ImportCertificate", settings={})) == ["ACM705"]
    report = lint.check_params({}, operation="CreateAcmeEndpoint", settings={})
    assert {*ids(report)} == {"ACM509"}


def test_an_unknown_operation_has_a_suggestion():
    """An operation that acmrules does not know is an argument that is not valid."""
    with pytest.raises(InvalidArgument, match="did you mean `RequestCertificate`"):
        lint.check_params({}, operation="RequestCertificat", settings={})
    with pytest.raises(InvalidArgument, match="use one of `RequestCertificate`"):
        lint.check_params({}, operation="PutObject", settings={})


def test_the_date_of_today_applies_where_no_other_is_given(tmp_path, monkeypatch):
    """`as_of` comes first, then the settings, then `today`, then the day of the facts."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.json").write_text(WRONG)
    today, earlier = date(2028, 3, 20), {"as-of": date(2020, 1, 1)}
    request = CertificateRequest.of(["brightharbor.io"], validation_method="DNS")
    for check in (
        partial(lint.check_text, "brightharbor.io", name="list.txt"),
        partial(lint.check_paths, ["site.json"]),
        partial(lint.check_params, {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}),
        partial(lint.check, request),
    ):
        assert check(settings={}).as_of == CHECKED
        assert check(today=today).as_of == today
        assert check(today=today, settings=earlier).as_of == date(2020, 1, 1)
        assert check(today=today, as_of=DAY, settings=earlier).as_of == DAY
        with pytest.raises(TypeError, match="`today` must be a date"):
            check(today="2028-03-20")


def test_the_region_and_the_quotas_of_the_settings_apply():
    """The quotas of the Region that the caller names decide."""
    names = [f"h{number}.brightharbor.io" for number in range(12)]
    settings = {"quotas": {"names": 50, "eu-west-1": {"names": 11}}}
    params = {**REQUEST, "SubjectAlternativeNames": names}
    for region, found in (("eu-west-1", ["ACM302"]), ("us-east-1", []), (None, [])):
        assert ids(lint.check_params(params, region=region, settings=settings)) == found


# Requests


def test_the_settings_decide_about_requests(tmp_path, monkeypatch):
    """Requests are checked with the rules, the policy and the date of the settings."""
    monkeypatch.chdir(tmp_path)
    request = CertificateRequest.of(["a.b.io", "c.b.io"], validation_method="DNS")
    Path("pyproject.toml").write_text(
        '[tool.acmrules]\nas-of = "2026-11-01"\npolicy.max-names = 1\nseverity.ACM601 = "note"\n'
    )
    report = lint.check(request)
    assert report.as_of == date(2026, 11, 1)
    assert any("policy" in finding.message for finding in report)
    assert report == lint.check(request, settings="pyproject.toml")
    assert ids(lint.check(request, settings={})) == []


def test_the_region_is_that_of_requests_without_one():
    """A request keeps its own Region."""
    request = CertificateRequest.of(["www.brightharbor.io"], validation_method="DNS")
    assert ids(lint.check(request, region="us-east-1", settings={})) == []
    assert ids(lint.check(request, region="eu-west-9", settings={})) == ["ACM503"]
    own = request.__replace__(region="us-east-1")
    assert ids(lint.check(own, region="eu-west-9", settings={})) == []


def test_an_issued_request_is_compared():
    """The rules about edits need the request of the certificate that exists."""
    issued = CertificateRequest.of(["www.brightharbor.io"], validation_method="DNS")
    request = CertificateRequest.of(["api.brightharbor.io"], validation_method="DNS")
    assert "ACM601" not in ids(lint.check(request, settings={}))
    assert "ACM601" in ids(lint.check(request, issued=issued, settings={}))
    assert "ACM601" not in ids(lint.check(request, issued=request, settings={}))


def test_the_list_of_suffixes_is_that_of_the_caller():
    """A wildcard below one of its suffixes is a finding."""
    request = CertificateRequest.of(["*.brightharbor.io"], validation_method="DNS")
    assert "ACM202" not in ids(lint.check(request, settings={}))
    suffixes = PublicSuffixes("io\nbrightharbor.io\n")
    assert "ACM202" in ids(lint.check(request, suffixes=suffixes, settings={}))


def test_requests_have_no_entries_in_a_baseline(tmp_path, monkeypatch):
    """A baseline is about files, so even a broken one does not matter."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".acmrules-baseline.json").write_text("{")
    request = CertificateRequest.of(["localhost"], validation_method="DNS")
    assert ids(lint.check(request)) == ids(lint.check_params(json.loads(WRONG))) == ["ACM101"]


def test_arguments_are_stronger_than_settings():
    """The quotas, the date and the Region of the caller replace those of the settings."""
    names = [f"h{number}.brightharbor.io" for number in range(11)]
    request = CertificateRequest.of(names, validation_method="DNS")
    settings = {"quotas": {"names": 5}, "as-of": "2026-01-01", "region": "eu-west-1"}
    report = lint.check(request, settings=settings, quotas=Quotas(names=20), as_of=DAY)
    assert (ids(report), report.as_of) == ([], DAY)


def test_wrong_settings_are_an_exception(tmp_path, monkeypatch):
    """Wrong settings raise one error for all mistakes, wherever they are."""
    with pytest.raises(SettingsError, match="settings: unknown setting `selct`; did you mean"):
        lint.check(settings={"selct": []})
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(WRONG)
    Path(".acmrules.toml").write_text("selct = 1\n")
    calls = (
        lambda: lint.check_paths(["a.json"]),
        lambda: lint.check_text(WRONG, name="a.json"),
        lambda: lint.check_params(REQUEST),
        lint.check,
        lambda: lint.check(settings=".acmrules.toml"),
    )
    for call in calls:
        with pytest.raises(SettingsError, match=r"\.acmrules\.toml:1:1: unknown setting `selct`"):
            call()
    with pytest.raises(SettingsError, match="no such file"):
        lint.check(settings=tmp_path / "missing.toml")


# Programs


def test_threads_have_the_reports_of_one_thread():
    """Checks of many texts in many threads have the reports of one thread."""
    inputs = [(each.values[0], each.values[1]) for each in TEXTS[::3]]

    def told_of(pair):
        report = lint.check_text(pair[1], name=pair[0], settings={}, as_of=DAY)
        return json_report.render(report)

    alone = [*map(told_of, inputs)]
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(told_of, inputs)] == alone


def test_importing_the_linter_loads_nothing_else():
    """`import acmrules.lint` loads the package and this module alone."""
    code = """
import sys
known = {*sys.modules}
import acmrules.lint
assert {*sys.modules} - known == {"acmrules", "acmrules.lint"}, {*sys.modules} - known
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_consumer_of_an_unknown_service_is_refused():
    """A misspelled service raises an error, instead of a report without its rules."""
    request = CertificateRequest.of(["www.example.com"], validation_method="DNS")
    with pytest.raises(UnknownService, match="unknown service `cloudfrnt`; did you mean"):
        lint.check(request, consumers=[Consumer("cloudfrnt", "Site")], settings={})


@pytest.mark.parametrize("consumers", [None, 3, Consumer("alb", "Site"), "alb"])
def test_consumers_are_a_list(consumers):
    """Anything else raises one sentence."""
    with pytest.raises(TypeError, match="`consumers` must be a list of consumers, not"):
        lint.check(consumers=consumers, settings={})
