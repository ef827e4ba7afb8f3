"""The command `diagnose`: its input, output, exit codes and errors."""

import io
import json
import subprocess
import sys
from functools import partial
from itertools import count

import pytest
from tests.support.account import ARN, arn_of, described, listed, validation
from tests.support.diagnoses import diagnosis as sample
from tests.support.dns_cases import CASES, RULES
from tests.support.dns_servers import Servers, free_addresses, reason_to_skip
from tests.support.dns_zone_files import Network, merged
from tests.support.steps import steps_of
from tests.support.terminals import Terminal

from acmrules.cli import progress
from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, WAITING
from acmrules.diagnosis.model import State
from acmrules.errors import InvalidArgument, MissingPackage
from acmrules.network.dns import ask as network
from acmrules.network.dns.errors import NoResolver

USED = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
NAME = "www.brightharbor.io"
FORMS = ("text", "json", "markdown", "changes")


def fine(**members):
    """Return the description of a certificate that is issued, in use and renewable."""
    return described(InUseBy=[USED], RenewalEligibility="ELIGIBLE", **members)


def pending(*names, **members):
    """Return the description of a certificate whose names are not validated."""
    names = names or (NAME,)
    return described(
        *names,
        **{
            **dict.fromkeys(("IssuedAt", "NotBefore", "NotAfter", "Subject", "Issuer")),
            "Status": "PENDING_VALIDATION",
            "CreatedAt": "2026-11-28T14:00:00+00:00",
            "DomainValidationOptions": [validation(each, "PENDING_VALIDATION") for each in names],
            **members,
        },
    )


@pytest.fixture
def diagnose(run, tmp_path):
    """Return a function that runs the command on what files contain, on a date."""

    def call(*words, **files):
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps({"Certificate": content})
            (tmp_path / f"{name}.json").write_text(text)
        names = [f"{name}.json" for name in files]
        return run("diagnose", *names, "--as-of", "2026-11-30", *words)

    return call


@pytest.mark.parametrize("form", FORMS)
def test_a_fine_certificate_is_clean_in_every_format(diagnose, form):
    """The exit code is 0 only if every certificate is fine."""
    assert diagnose("--format", form, a=fine())[0] == CLEAN
    assert diagnose("--format", form, a=fine(), b=pending(arn=arn_of(2)))[0] == FOUND


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.BROKEN, FOUND),
        (State.WAITING_FOR_YOU, FOUND),
        (State.UNKNOWN, FOUND),
        (State.WAITING_FOR_AWS, WAITING),
        (State.FINE, CLEAN),
    ],
)
def test_the_exit_code_says_who_has_to_act(diagnose, monkeypatch, state, code, form):
    """With `--exit-zero` it is 0 for each state."""
    monkeypatch.setattr(
        "acmrules.analysis.diagnoses.diagnose_all",
        lambda certificates, *_, **__: [sample(each, state) for each in certificates],
    )
    assert diagnose("--format", form, a=fine())[0] == code
    assert diagnose("--format", form, "--exit-zero", a=fine())[0] == CLEAN


UNREAD = {
    "a certificate without its name": {"Certificate": {**fine(arn=arn_of(2)), "DomainName": None}},
    "a part of a list": {"CertificateSummaryList": [listed(arn=arn_of(2))], "NextToken": "x"},
    "a wrong quota": {"Quota": {"ServiceCode": "acm", "QuotaCode": "L-1", "Value": "x"}},
    "an inventory without responses": {"acmrules": "1", "inventory": 1, "responses": {}},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unread", UNREAD)
def test_a_response_that_was_not_read_is_not_fine(diagnose, unread, form):
    """A certificate that is fine does not hide a response that acmrules could not read."""
    code, out, err = diagnose("--format", form, a=fine(), b=json.dumps(UNREAD[unread]))
    assert (code, err.count("\n")) == (FOUND, 1)
    assert "b.json:1:" in err
    if form == "json":
        data = json.loads(out)
        assert data["state"] == "unknown"
        assert [each["file"] for each in data["not_checked"]] == ["b.json"]
    elif form != "changes":
        assert "1 part of the input not read" in out


@pytest.mark.parametrize("text", ["", " \n", "{", '{"Certifica', "[]", "null", "7", '"x"', "{}"])
def test_a_named_file_that_is_not_understood_is_an_error(diagnose, text):
    """The other files are diagnosed, and the exit code is 2, as for standard input."""
    code, out, err = diagnose(a=fine(), b=text)
    assert (code, err.count("\n")) == (UNREADABLE, 1)
    assert err.startswith("acmrules: b.json: ")
    assert "1 certificate: 1 fine; 1 part of the input not read" in out


def test_the_worst_certificate_is_first(diagnose):
    """Standard input and files are joined."""
    _, out, _ = diagnose(a=fine(), b=pending(arn=arn_of(2)))
    assert out.index(arn_of(2)) < out.index(ARN)
    assert "in b.json:1" in out


def test_output_of_the_cli_can_be_piped(run, monkeypatch):
    """`-` reads standard input."""
    text = json.dumps({"Certificate": pending()}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    code, out, err = run("diagnose", "-", "--as-of", "2026-11-30")
    assert (code, err) == (FOUND, "")
    assert "on line 1 of standard input" in out


def test_without_arguments_the_error_shows_what_to_run(run):
    """It is a command that can be copied."""
    code, out, err = run("diagnose")
    assert (code, out) == (UNREADABLE, "")
    assert "--certificate-arn ARN --output json | acmrules diagnose -`" in err


TEMPLATE = """\
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      SubjectAlternativeNames: [www.brightharbor.io]
      ValidationMethod: DNS
"""


def test_a_missing_file_is_one_error(run):
    """The advice about the input is for files that exist."""
    code, _, err = run("diagnose", "missing.json")
    assert (code, err) == (UNREADABLE, "acmrules: missing.json: no such file or directory\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"HostedZones": []}', "no certificate in these files"),
        ("", "no certificate in these files"),
        (TEMPLATE, "no certificate that exists in ACM in these files"),
    ],
)
def test_nothing_to_diagnose_is_never_clean(diagnose, tmp_path, text, what, form):
    """The error says what to pass."""
    (tmp_path / "site.yaml").write_text(text if text == TEMPLATE else "")
    words = ("site.yaml",) if text == TEMPLATE else ()
    files = {} if words else {"a": text}
    code, _, err = diagnose(*words, "--format", form, **files)
    assert code == UNREADABLE
    assert f"nothing to diagnose: {what}; for example, `aws acm describe-certificate" in err


def test_an_unreadable_file_is_reported(diagnose):
    """The other certificates are diagnosed."""
    code, out, err = diagnose(a=fine(), b=json.dumps({"Certificate": fine()})[:200])
    assert code == UNREADABLE
    assert ARN in out
    assert "b.json" in err


def test_the_time_is_that_of_the_clock(run, tmp_path):
    """A date means its beginning in UTC."""
    (tmp_path / "a.json").write_text(json.dumps({"Certificate": fine()}))
    times = [
        json.loads(run("diagnose", "a.json", "--format", "json", *words)[1])["as_of"]
        for words in ((), ("--as-of", "2026-12-24"))
    ]
    assert times[0] > "2026-11-2"
    assert times[0].endswith("+00:00")
    assert times[1] == "2026-12-24T00:00:00+00:00"


def test_ten_thousand_listed_certificates_that_need_nothing_are_one_line(diagnose):
    """A list is enough to see that nothing is due."""
    entries = [
        listed(
            f"n{number}.brightharbor.io",
            arn=arn_of(number),
            InUse=True,
            RenewalEligibility="ELIGIBLE",
            NotAfter="2027-06-01T23:59:59+00:00",
        )
        for number in range(10_000)
    ]
    _, out, _ = diagnose(a=json.dumps({"CertificateSummaryList": entries}))
    assert len(out.splitlines()) < 12
    assert "10,000 certificates" in out


def test_templates_of_the_run_show_drift(diagnose, tmp_path):
    """The certificate in the account and the template that declares it are joined."""
    (tmp_path / "site.yaml").write_text(TEMPLATE)
    _, out, _ = diagnose("site.yaml", a=fine(KeyAlgorithm="EC-prime256v1"))
    assert "in a.json:1" in out
    assert "declared     `Site` in site.yaml:2" in out
    assert "drift        " in out


def test_a_saved_inventory_is_diagnosed_with_its_refusals(diagnose):
    """A Region that could not be read leaves the state of the account unknown."""
    place = {"account": "123456789012", "region": "eu-west-1"}
    error = {"code": "AccessDeniedException", "message": "no permission"}
    responses = [
        {"operation": "DescribeCertificate", **place, "response": {"Certificate": fine()}},
        {"operation": "ListCertificates", **place, "region": "eu-west-2", "error": error},
    ]
    saved = {"acmrules": "0.2.0", "inventory": 1, "at": "2026-11-30T00:00:00+00:00"}
    code, out, _ = diagnose(a=json.dumps(saved | {"responses": responses}))
    assert code == FOUND
    assert "fine: brightharbor.io" in out
    assert "not read: ListCertificates in eu-west-2 failed (AccessDeniedException)" in out
    assert out.endswith("1 certificate: 1 fine; 1 call failed\n")


def test_records_of_remedies_are_a_change_batch(diagnose):
    """A list of inputs is printed even if it is empty."""
    assert json.loads(diagnose("--format", "changes", a=fine())[1]) == []


# DNS ----------------------------------------------------------------------------------------------

PROGRAM = """\
import sys
calls = []
def hook(event, args):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        calls.append(event)
sys.addaudithook(hook)
from acmrules.cli.main import main
code = main(sys.argv[1:])
loaded = [name for name in sys.modules if name.startswith(("acmrules.network", "socket"))]
print(code, calls, loaded, file=sys.stderr)
"""


@pytest.mark.parametrize("form", FORMS)
def test_no_query_is_sent_without_the_option(tmp_path, form):
    """The process creates no socket, and loads no module that could."""
    (tmp_path / "a.json").write_text(json.dumps({"Certificate": pending()}))
    words = ["diagnose", "a.json", "--format", form]
    command = [sys.executable, "-c", PROGRAM, *words]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "1 [] []"


def test_dns_servers_are_asked_with_the_option(diagnose, monkeypatch):
    """What they answer is added to what the files contain, with the resolver of the option."""
    asked = []

    def ask(certificates, known, **options):
        asked.append(([each.arn for each in certificates], options))
        return known

    monkeypatch.setattr(network, "ask", ask)
    assert diagnose("--dns", "--resolver", "192.0.2.1:53", a=pending())[0] == FOUND
    [(arns, options)] = asked
    assert arns == [ARN]
    assert options == {"resolver": "192.0.2.1:53", "step": None}


def test_progress_is_shown_while_servers_are_asked(diagnose, monkeypatch):
    """The line is removed before the report."""
    watch = partial(progress.Progress, clock=count(0, 10).__next__)
    monkeypatch.setattr(progress, "Progress", watch)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def ask(_, known, *, step, **__):
        step(1, 40)
        step(1200, 4000)
        return known

    monkeypatch.setattr(network, "ask", ask)
    diagnose("--dns", a=pending())
    assert "\r\x1b[K1 of 40 DNS answers\r\x1b[K1,200 of 4,000 DNS answers\r\x1b[K" in (
        terminal.getvalue()
    )
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_resolver_needs_the_option(diagnose):
    """It is a usage error, before anything is read."""
    code, out, err = diagnose("--resolver", "192.0.2.1", a=pending())
    assert (code, out) == (UNREADABLE, "")
    assert err == (
        "acmrules: option `--resolver` needs `--dns`: without it, no DNS server is asked\n"
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InvalidArgument("`x` is not HOST:PORT"), "option `--resolver`: `x` is not HOST:PORT"),
        (
            MissingPackage("dnspython", "dns"),
            "option `--dns`: dnspython is not installed; run `pip install 'acmrules[dns]'`",
        ),
    ],
)
def test_what_prevents_queries_is_reported(diagnose, monkeypatch, error, message):
    """A wrong resolver or a missing package is one clear error."""

    def ask(*_, **__):
        raise error

    monkeypatch.setattr(network, "ask", ask)
    code, out, err = diagnose("--dns", a=pending())
    assert (code, out, err) == (UNREADABLE, "", f"acmrules: {message}\n")


def test_the_package_for_queries_may_be_missing(tmp_path):
    """The error says how to install it."""
    (tmp_path / "a.json").write_text(json.dumps({"Certificate": pending()}))
    program = (
        "import sys; sys.modules['dns'] = None; from acmrules.cli.main import main;"
        " sys.exit(main(['diagnose', 'a.json', '--dns']))"
    )
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (UNREADABLE, "")
    assert ran.stderr == (
        "acmrules: option `--dns`: dnspython is not installed; run `pip install 'acmrules[dns]'`\n"
    )


def test_without_a_resolver_the_files_are_diagnosed(diagnose, monkeypatch):
    """The exit code says that not everything could be read."""

    def ask(*_, **__):
        raise NoResolver("the DNS resolver 192.0.2.1:53 does not respond")

    monkeypatch.setattr(network, "ask", ask)
    code, out, err = diagnose("--dns", a=pending())
    assert code == UNREADABLE
    assert ARN in out
    assert err.startswith("acmrules: option `--dns`: the DNS resolver 192.0.2.1:53 does not")


def test_sets_of_records_that_differ_are_reported(diagnose, monkeypatch):
    """The format `changes` cannot contain both, so that a person decides."""
    from tests.support.diagnoses import missing, of_name, record

    def diagnosed(certificate):
        value = certificate.arn[-1]
        one = missing(NAME, changes=(record(f"_x.{NAME}", value, zone=("", "Z1")),))
        return sample(certificate, names=(of_name(NAME, one),))

    monkeypatch.setattr(
        "acmrules.analysis.diagnoses.diagnose_all",
        lambda certificates, *_, **__: map(diagnosed, certificates),
    )
    files = {"a": pending(), "b": pending(arn=arn_of(2))}
    err = diagnose("--format", "changes", **files)[2]
    assert err == f"acmrules: two changes of the CNAME records at `_x.{NAME}` differ\n"


# Growth -------------------------------------------------------------------------------------------


def one_of(names):
    """Return a certificate with many pending names."""
    return json.dumps({"Certificate": pending(*(f"n{i}.brightharbor.io" for i in range(names)))})


def many(count):
    """Return many pending certificates."""
    return "\n".join(json.dumps({"Certificate": pending(arn=arn_of(i))}) for i in range(count))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("content", [one_of, many])
def test_twice_the_input_takes_at_most_twice_the_steps(diagnose, content, form):
    """Files are read, diagnosed and printed in linear time."""

    def steps(size):
        return steps_of(lambda: diagnose("--format", form, a=content(size)))

    steps(20)  # What is imported and compiled once does not count.
    small, middle, large = (steps(size) for size in (20, 40, 80))
    assert large - middle <= 2.2 * (middle - small)


# Real servers -------------------------------------------------------------------------------------


def description(certificate):
    """Return what AWS describes of a pending certificate with DNS validation."""
    options = [
        {
            "DomainName": str(each.name),
            "ValidationStatus": "PENDING_VALIDATION",
            "ValidationMethod": "DNS",
            "ResourceRecord": {
                "Name": f"{each.record.name}.",
                "Type": "CNAME",
                "Value": f"{each.record.value}.",
            },
        }
        for each in certificate.validations
    ]
    names = (option["DomainName"] for option in options)
    return pending(*names, DomainValidationOptions=options)


@pytest.mark.slow
@pytest.mark.parametrize("row", ["absent", "doubled-domain", "correct-hours-ago"])
def test_real_servers_are_asked(tmp_path, row):
    """The command prints the cause and the record that real servers prove."""
    if reason := reason_to_skip("nsd", "unbound"):
        pytest.skip(reason)
    [case] = [each for each in CASES if each.id == row]
    found = Network(free_addresses(), {})
    (tmp_path / "a.json").write_text(json.dumps({"Certificate": description(case.certificate)}))
    words = ["--dns", "--resolver", found.resolver, "--format", "json"]
    command = [sys.executable, "-m", "acmrules", "diagnose", "a.json", *words]
    with Servers(found.servers(merged([case.world]), RULES)):
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not ran.stderr
    [data] = json.loads(ran.stdout)["certificates"]
    causes = [cause["cause"] for name in data["not_validated"] for cause in name["causes"]]
    assert causes == [cause.value for cause, _ in case.causes]
    changes = [(each["action"], each["name"], *each["values"]) for each in data["changes"]]
    assert changes == [(each.action.value, each.name, *each.values) for each in case.changes]


def test_a_zone_file_that_is_malformed_has_its_own_fault(run, tmp_path):
    """It is read for its suffix, whatever words it contains."""
    (tmp_path / "shop.zone").write_text("@@ (\n")
    code, _, err = run("diagnose", "shop.zone")
    assert code == UNREADABLE
    assert "shop.zone:1:1: the name `@@` is relative" in err


@pytest.mark.parametrize("name", ["shop.zone", "shop.dig"])
def test_an_empty_dns_text_is_said_to_be_empty(run, tmp_path, name):
    """The commands of a shell may have written nothing to it."""
    (tmp_path / name).write_text("\n")
    (tmp_path / "a.json").write_text(json.dumps({"Certificate": fine()}))
    code, _, err = run("diagnose", "a.json", name)
    assert (code, err) == (UNREADABLE, f"acmrules: {name}: is empty\n")
