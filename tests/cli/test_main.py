"""The command line as its users see it: words in, text and exit codes out."""

import io
import json
import os
import shlex
import subprocess
import sys
from types import SimpleNamespace

import pytest
from tests.support.commands import GOOD, write

from acmrules import __version__
from acmrules.cli import main, table
from acmrules.cli.commands import explain

BAD = GOOD.replace("DomainName: brightharbor.io\n", "DomainName: bright_harbor.io\n")
WARNED = GOOD.replace("      ValidationMethod: DNS\n", "")
SITE = (
    GOOD
    + """\
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate}
"""
)


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_the_version_is_printed(run, word):
    """The version is that of the package."""
    assert run(word) == (0, f"acmrules {__version__}\n", "")


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_lists_the_commands(run, word):
    """An empty command line prints the commands, too, but is an error."""
    code, out, _ = run(word)
    assert code == 0
    assert all(f"  {command.name} " in out for command in table.COMMANDS)
    assert run() == (2, out, "")


@pytest.mark.parametrize("command", [command.name for command in table.COMMANDS])
def test_every_command_has_a_help_page(run, command):
    """`help` and the two options print the same page."""
    code, out, err = run("help", command)
    assert (code, out.splitlines()[0][:7], err) == (0, "usage: ", "")
    assert run(command, "--help") == run(command, "x", "-h") == (0, out, "")


def test_help_is_as_wide_as_the_terminal(run, monkeypatch):
    """Without a terminal it has 80 columns, and `COLUMNS` takes precedence."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def widest():
        return max(map(len, run("help", "check")[1].splitlines()))

    assert 70 < widest() <= 80
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((100, 20)))
    monkeypatch.setattr(sys.stdout.__class__, "fileno", lambda _: 1)
    assert 90 < widest() <= 100
    monkeypatch.setenv("COLUMNS", "60")
    assert 50 < widest() <= 60
    for wrong in ("0", "wide"):
        monkeypatch.setenv("COLUMNS", wrong)
        assert 90 < widest() <= 100


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chekc"], "did you mean `check`?"),
        (["covers", "a.io"], "unknown command `covers`; did you mean `coverage`?"),
        (["help", "chekc"], "did you mean `check`?"),
        (["help", "check", "rules"], "`help` accepts at most one command"),
        (["check"], "`check` needs at least one file or directory, for example `acmrules check .`"),
        (["check", ".", "--as-of", "tomorrow"], "`tomorrow` is not a date such as `2026-03-15`"),
        (["check", ".", "--param", "x"], "option `--param`: expected NAME=VALUE, not `x`"),
        (["check", ".", "--quota", "name=5"], "option `--quota`: unknown quota `name`"),
        (["check", ".", "--select", "ACM999"], "unknown rule `ACM999`; did you mean"),
        (["check", ".", "--ignore", "zzzzzzzz"], "unknown rule `zzzzzzzz`; see `acmrules rules`"),
        (
            ["check", ".", "--suffix-list", "nowhere"],
            "cannot read the public suffix list from `nowhere`",
        ),
        (["explain", ""], "an argument of `explain` is empty"),
        (["explain", " "], "the words are empty; see `acmrules rules`"),
        (["check", "a.yaml", ""], "an argument of `check` is empty"),
        ([""], "the command is empty (choose from check, "),
        (["coverage", "a.io"], "put `--` between names and hosts: acmrules coverage NAME... -- "),
        (["coverage", "a_.io", "--", "b.io"], "`a_.io` contains an underscore"),
        (["coverage", "a.io", "b.yaml", "--", "b.io"], "not both: `a.io` is not a path"),
        (["coverage", "a.yaml"], "a.yaml: no such file"),
        (["coverage", "--", "a.io"], "`coverage` needs at least one name or path"),
        (["contacts", "a_.io"], "`a_.io` contains an underscore"),
        (["contacts", "b.a.io", "--validation-domain", "c.io"], "nor a superdomain"),
        (["facts", "1.3", "99.9"], "unknown fact `99.9`; see `acmrules facts`"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(run, words, message):
    """The line has a suggestion or the valid choices."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_good_template_passes(run):
    """Without findings the exit code is 0."""
    write("site.yaml", GOOD)
    assert run("check", "site.yaml", "--region", "us-east-1") == (
        0,
        "1 certificate request in 1 file: nothing found\n",
        "",
    )


def test_a_bad_template_fails_with_the_location(run):
    """An error makes the exit code 1, and has its location, rule and line."""
    write("site.yaml", BAD)
    code, out, _ = run("check", "site.yaml", "--select", "ACM1")
    assert code == 1
    assert out.startswith("error[ACM101]: ")
    assert "\n --> site.yaml:5:25\n" in out
    assert "      DomainName: bright_harbor.io\n" in out


def test_a_distribution_in_another_region_is_found_at_its_reference(run):
    """The finding is on the line that refers to the certificate."""
    write("site.yaml", SITE)
    code, out, _ = run("check", "site.yaml", "--region", "eu-west-1")
    line = SITE.splitlines().index(SITE.splitlines()[-1]) + 1
    assert code == 1
    assert out.startswith("error[ACM501]: ")
    assert f"\n  --> site.yaml:{line}:48\n" in out
    assert run("check", "site.yaml", "--region", "us-east-1")[0] == 0
    assert "1 check skipped" in run("check", "site.yaml", "--select", "ACM501")[1]


def test_the_bar_can_be_chosen(run):
    """Findings below `--fail-on` are printed, but do not fail."""
    write("site.yaml", WARNED)
    assert run("check", "site.yaml")[0] == 0
    assert run("check", "site.yaml", "--fail-on", "warning")[0] == 1
    assert run("check", "site.yaml", "--fail-on", "note", "--ignore", "ACM4")[0] == 0


def test_rules_are_chosen_by_id_name_and_beginning(run):
    """`--select` and `--ignore` accept ids, names and prefixes."""
    write("site.yaml", BAD)
    assert "ACM101" in run("check", "site.yaml", "--select", "malformed-name")[1]
    assert "ACM101" in run("check", "site.yaml", "--select", "acm4,ACM101")[1]
    assert "ACM101" not in run("check", "site.yaml", "--select", "ACM4")[1]
    assert "ACM101" not in run("check", "site.yaml", "--ignore", "malformed-name")[1]
    chosen = run("check", "site.yaml", "--select", "ACM1", "--ignore", "ACM101")
    assert "ACM101" not in chosen[1]


def test_the_quota_of_the_account_counts(run):
    """Eleven names are a warning by default, an error above a quota, and correct below it."""
    write("names.txt", "".join(f"h{number}.brightharbor.io\n" for number in range(11)))
    assert run("check", "names.txt")[0] == 0
    assert "ACM302" in run("check", "names.txt")[1]
    assert run("check", "names.txt", "--quota", "names=10")[0] == 1
    assert "ACM302" not in run("check", "names.txt", "--quota", "names=11")[1]


def test_the_day_can_be_chosen(run):
    """Email validation is a note in 2018 and an error in 2028."""
    write("request.json", '{"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}')
    for day, severity, code in (("2018-01-01", "note", 0), ("2028-03-15", "error", 1)):
        got = run("check", "request.json", "--as-of", day)
        assert (got[0], f"{severity}[ACM402]" in got[1]) == (code, True)


def test_parameters_can_be_supplied(run):
    """A parameter decides an undecided check that names it."""
    write(
        "site.yaml",
        "Parameters:\n  Name: {Type: String}\n" + GOOD.replace("brightharbor.io", "!Ref Name"),
    )
    undecided = " ".join(run("check", "site.yaml", "--show-undecided")[1].split())
    assert "state `Name` (`--param Name=VALUE`): " in undecided
    assert "ACM101" in run("check", "site.yaml", "--param", "Name=a_b.io")[1]


def test_standard_input_is_read(run, monkeypatch):
    """`-` may be a request, a template, or a list of names."""

    class Input:
        buffer = io.BytesIO(b'{"DomainName": "localhost"}')

    monkeypatch.setattr(sys, "stdin", Input)
    code, out, _ = run("check", "-")
    assert code == 1
    assert " --> -:1:17\n" in out
    Input.buffer = io.BytesIO(b"localhost\n")
    assert run("check", "-")[0] == 1


def test_folders_are_walked_and_each_file_is_checked_once(run):
    """A file that is named with its folder is checked once."""
    write("infra/a.yaml", BAD)
    write("infra/b/c.json", '{"DomainName": "localhost", "ValidationMethod": "DNS"}')
    write("infra/notes.txt", "not a name\n")
    _, out, _ = run("check", "infra", "infra/a.yaml", "./infra//b/c.json")
    assert out.count("error[ACM101]") == 2
    assert "2 certificate requests in 2 files" in out
    assert "infra/b/c.json:1:17" in out


def test_the_report_for_machines(run):
    """JSON goes to standard output, whatever the exit code."""
    write("site.yaml", BAD)
    code, out, _ = run("check", "site.yaml", "missing.yaml", "--format", "json")
    data = json.loads(out)
    assert code == 2
    assert data["findings"][0]["rule"] == "ACM101"
    assert data["suffix_list"].startswith("20")
    assert data["errors"][0]["file"] == "missing.yaml"
    assert (
        json.loads(run("check", ".", "--format", "json", "--select", "ACM7")[1])["findings"] == []
    )


def test_unreadable_inputs_are_reported_and_the_rest_is_checked(run):
    """Each has one line, the exit code is 2, and the others have their findings."""
    write("bad.yaml", BAD)
    with open("binary.yaml", "wb") as file:
        file.write(b"\x00\x01\xff")
    with open("latin.yaml", "wb") as file:
        file.write(b"# \xfc AWS::CertificateManager::Certificate Resources")
    write("broken.yaml", GOOD + "  {")
    write("torn.json", '{"DomainName": "a')
    code, out, err = run(
        "check", "bad.yaml", "binary.yaml", "latin.yaml", "broken.yaml", "torn.json", "no.yaml"
    )
    assert code == 2
    assert "ACM101" in out
    assert "5 inputs could not be read" in out
    lines = err.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == [
        "binary.yaml",
        "latin.yaml",
        "broken.yaml",
        "torn.json",
        "no.yaml",
    ]
    assert "Traceback" not in err


def test_a_defect_is_exit_code_3_and_no_traceback(run, monkeypatch):
    """The line has the error and its position, and requests a report."""

    def broken(_):
        raise KeyError("oops")

    monkeypatch.setattr(explain, "rules", broken)
    code, _, err = run("rules")
    assert code == 3
    assert err.startswith("acmrules: a bug in acmrules, please report it: KeyError: 'oops'")
    assert "test_main.py" in err
    assert err.count("\n") == 1


def test_a_defect_in_one_file_leaves_the_others_their_findings(run, monkeypatch):
    """The file is named, the rest is checked, and the exit code is 3."""
    from acmrules.readers import registry

    read = registry.read

    def broken(source, *known, **options):
        if source.name == "a.yaml":
            raise ZeroDivisionError("oops")
        return read(source, *known, **options)

    monkeypatch.setattr(registry, "read", broken)
    write("a.yaml", BAD)
    write("b.yaml", BAD)
    code, out, err = run("check", ".")
    assert code == 3
    assert "error[ACM101]" in out
    assert "--> b.yaml:5:25\n" in out
    assert err.startswith("acmrules: a.yaml: a bug in acmrules")


SHOUTED = GOOD.replace("brightharbor.io", "Brightharbor.io", 1)


def test_fixes_are_applied_to_the_files(run):
    """The report is that of the fixed files."""
    write("a.yaml", SHOUTED)
    write("b.yaml", BAD)
    code, out, err = run("check", "--fix", ".")
    with open("a.yaml", encoding="utf-8") as file:
        assert file.read() == GOOD
    assert code == 1
    assert "a.yaml" not in out
    assert err == "acmrules: 1 fixed in 1 file\n"
    assert run("check", "--fix", "a.yaml") == (
        0,
        "1 certificate request in 1 file: nothing found\n",
        "acmrules: 0 fixed in 0 files\n",
    )


def test_a_diff_changes_no_file(run):
    """Only the difference is printed, and nothing is written."""
    write("a.yaml", SHOUTED)
    code, out, err = run("check", "--diff", "a.yaml")
    assert code == 1
    assert out.startswith("--- a/a.yaml\n+++ b/a.yaml\n@@ ")
    assert "-      DomainName: Brightharbor.io\n+      DomainName: brightharbor.io\n" in out
    assert err == ""
    with open("a.yaml", encoding="utf-8") as file:
        assert file.read() == SHOUTED


def test_unsafe_fixes_are_applied_on_request(run):
    """Without the option, unsafe fixes are not applied."""
    write("a.yaml", GOOD.replace("brightharbor.io", "'*.brightharbor.io'"))
    assert run("check", "--diff", "a.yaml")[:2] == (0, "")
    code, out, _ = run("check", "--diff", "--unsafe-fixes", "a.yaml")
    assert code == 1
    assert "+        - brightharbor.io\n" in out or "+      - brightharbor.io\n" in out


def test_a_fix_that_is_not_possible_is_reported_with_its_reason(run):
    """A value from the command line or from standard input cannot be fixed."""
    write("a.yaml", "Parameters: {N: {Type: String}}\n" + GOOD.replace("brightharbor.io", "!Ref N"))
    _, _, err = run("check", "--fix", "--param", "N=A.io", "a.yaml")
    assert err == (
        "acmrules: a.yaml:6:19: ACM102 not fixed: the value is the value given for parameter `N`\n"
        "acmrules: 0 fixed in 0 files\n"
    )


def test_an_invalid_block_has_no_findings(run):
    """What follows a syntax error in a block is not read, however often the block is used."""
    write(
        "main.tf",
        'resource "aws_acm_certificate" "c" {x\ndomai_name = "a.io"\n}\n'
        'resource "aws_lb_listener" "l" {\ncertificate_arn = aws_acm_certificate.c.arn\n}\n',
    )
    code, out, err = run("check", ".")
    assert code == main.CLEAN
    assert "main.tf:1:38: not valid HCL" in err
    assert "ACM309" not in out


def test_a_file_that_cannot_be_written_is_reported(run, monkeypatch):
    """A fix that cannot be written makes the exit code 2."""
    from acmrules.workspace import write as writing

    write("a.yaml", SHOUTED)
    monkeypatch.setattr(writing.os, "access", lambda *_: False)
    code, _, err = run("check", "--fix", "a.yaml")
    assert code == 2
    assert "acmrules: a.yaml: not written: it is write-protected\n" in err


def test_one_kind_of_files_is_read(run):
    """Files of other kinds may have any content."""
    write("a.yaml", BAD)
    write("main.tf", 'resource "aws_acm_certificate" "a" {\n  domain_name = "a_b.io"\n}\n')
    assert "main.tf" not in run("check", "--kind", "cloudformation", ".")[1]
    assert "a.yaml" not in run("check", "--kind", "terraform", ".")[1]
    assert run("check", "--kind", "api", ".")[:2] == (
        0,
        "0 certificate requests: nothing checked\n",
    )


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab", "junit", "markdown"])
def test_a_report_in_every_format(run, form):
    """Every format has the findings."""
    write("a.yaml", BAD)
    code, out, err = run("check", "--format", form, "a.yaml")
    assert (code, err) == (1, "")
    assert "ACM101" in out


MAIL = GOOD.replace("ValidationMethod: DNS", "ValidationMethod: EMAIL").partition(
    "      DomainValidationOptions"
)[0]


def test_future_findings_are_forecast(run):
    """The report is that of today, and a table lists the days of changes."""
    write("a.yaml", MAIL)
    code, out, _ = run("check", "--until", "2029-04-01", "--as-of", "2026-11-23", "a.yaml")
    assert code == 0
    today, _, later = out.partition("1 certificate request in 1 file: 1 warning")
    assert "warning[ACM402]" in today
    assert "2028-03-15" in later
    out = run("check", "--until", "2029-04-01", "--format", "json", "a.yaml")[1]
    assert json.loads(out)["forecast"]["until"] == "2029-04-01"
    assert run("check", "--until", "2029-04-01", "--format", "svg", "a.yaml")[1].startswith("<svg")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "svg"], "so it needs `--until DATE`"),
        (
            ["--until", "2029-04-01", "--format", "sarif"],
            "`--until` supports the formats text, json, svg",
        ),
        (["--until", "2020-01-01"], "`--until 2020-01-01` is before the date of the report"),
        (["--until", "soon"], "`soon` is not a date"),
    ],
)
def test_an_invalid_forecast_is_rejected(run, words, message):
    """An invalid command line is rejected before any file is read."""
    code, out, err = run("check", *words, "gone.yaml")
    assert (code, out) == (2, "")
    assert message in err


def test_standard_input_is_read_once(run, monkeypatch):
    """All days of a forecast use the same input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL.encode())))
    out = run("check", "--until", "2029-04-01", "--as-of", "2026-11-23", "-")[1]
    assert "2028-03-15" in out
    assert "stops" not in out


def test_a_missing_suffix_list_is_no_defect(run, monkeypatch):
    """Without the package of the list, nothing is checked, and the error names the package."""

    def without(finder):
        def find_spec(name, *rest):
            return None if name == "publicsuffixlist" else finder.find_spec(name, *rest)

        return SimpleNamespace(find_spec=find_spec)

    monkeypatch.setattr(sys, "meta_path", [*map(without, sys.meta_path)])
    write("names.txt", "brightharbor.io\n")
    code, _, err = run("check", "names.txt")
    assert code == 2
    assert "`pip install publicsuffixlist`" in err


def test_a_list_can_come_from_elsewhere(run):
    """The suffix list can be that of another package or a file."""
    write("own.dat", "// VERSION: 2030-01-02_03-04-05_UTC\nio\nbrightharbor.io\n")
    write("names.txt", "brightharbor.io\n")
    own = run("check", "names.txt", "--suffix-list", "own.dat", "--select", "ACM106")
    assert "ACM106" in own[1]
    assert "ACM106" not in run("check", "names.txt", "--suffix-list", "publicsuffix2")[1]
    data = json.loads(run("check", "names.txt", "--suffix-list", "own.dat", "--format", "json")[1])
    assert data["suffix_list"] == "2030-01-02"


def test_the_process_is_configured(monkeypatch, capsys):
    """The program disables garbage collection and exits without cleaning up."""
    import gc

    ended = []
    monkeypatch.setattr(sys, "argv", ["acmrules", "--version"])
    monkeypatch.setattr(os, "_exit", ended.append)
    main.program()
    assert not gc.isenabled()
    gc.enable()
    assert (ended, capsys.readouterr().out) == ([0], f"acmrules {__version__}\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the files of Linux")
@pytest.mark.parametrize(
    ("line", "expected", "error"),
    [
        ("check a.txt >&-", 2, "cannot write the output: bad file descriptor"),
        ("check a.txt >/dev/full", 2, "cannot write the output: no space left on device"),
        ("check a.txt --format json >/dev/full", 2, "cannot write the output: no space left"),
        ("--version >/dev/full", 2, "cannot write the output: no space left on device"),
        ("--help >&-", 2, "cannot write the output: bad file descriptor"),
        ("baseline a.txt >&-", 0, "acmrules: 1 in .acmrules-baseline.json"),
        ("check - <&-", 2, "acmrules: -: bad file descriptor"),
        ("check a.txt 2>&-", 1, ""),
        ("check gone.txt 2>&-", 2, ""),
        ("check gone.txt 2>/dev/full", 2, ""),
        ("check gone.txt a.txt <&- >&- 2>&-", 2, ""),
        ("chekc 2>&-", 2, ""),
    ],
)
def test_streams_that_are_closed_or_full(line, expected, error, tmp_path):
    """No output is lost in silence, and the exit code is never that of a bug."""
    (tmp_path / "a.txt").write_text("a_b.brightharbor.io\n")
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m acmrules {line}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected
    assert error in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == bool(error)


def test_a_deleted_directory_is_reported(tmp_path):
    """The current directory may be gone."""
    script = (
        f"mkdir gone; cd gone; rmdir ../gone; {shlex.quote(sys.executable)} -m acmrules check ."
    )
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    fault = "cannot read the current directory: no such file or directory"
    assert (done.returncode, done.stderr) == (2, f"acmrules: {fault}\n")


def test_a_closed_stream_is_no_other_file(tmp_path):
    """A file that acmrules opens is never taken for a standard stream."""
    script = f"{shlex.quote(sys.executable)} -m acmrules check - a.txt <&-"
    (tmp_path / "a.txt").write_text("a_b.brightharbor.io\n")
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count("ACM101]")) == (2, 1)


def test_a_folder_that_cannot_be_walked_is_reported(run, monkeypatch):
    """The folder counts as an unreadable input."""
    os.mkdir("locked")

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    code, out, err = run("check", "locked")
    assert (code, err) == (2, "acmrules: locked: permission denied\n")
    assert "1 input could not be read" in out


def test_a_named_binary_file_is_reported(run):
    """In a folder, a binary file is skipped like any other file without a certificate."""
    os.mkdir("infra")
    with open("infra/x.yaml", "wb") as file:
        file.write(b"\x00\x01" * 100)
    assert run("check", "infra")[0] == 0
    assert run("check", "infra/x.yaml")[2] == "acmrules: infra/x.yaml: is binary\n"
    with open("infra/y.json", "wb") as file:
        file.write('{"name": "x"}'.encode("utf-16"))
    expected = "acmrules: infra/y.json: is UTF-16; save it as UTF-8\n"
    assert run("check", "infra")[0] == 0
    assert run("check", "infra/y.json")[::2] == (2, expected)


def test_an_interrupt_is_not_a_defect(run, monkeypatch):
    """Control-C ends the run with the usual exit code."""

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(explain, "rules", interrupted)
    assert run("rules")[0] == 130


def test_each_file_is_checked_with_its_own_settings(run):
    """Wrong settings are reported once, and do not affect other folders."""
    write(".git/HEAD", "")
    for folder in ("good", "wrong", "strict"):
        write(f"{folder}/a.yaml", WARNED)
        write(f"{folder}/b.yaml", WARNED)
        write(f"{folder}/main.tf", 'resource "aws_acm_certificate" "a" {\n domain_name = "a.io"\n}')
    write("wrong/.acmrules.toml", "x = 1\n")
    write("good/.acmrules.toml", 'ignore = ["ACM401", "ACM603"]\n')
    code, out, err = run("check", ".", "--format", "concise")
    assert code == 2
    assert err.count("unknown setting `x`") == 1
    assert "good/" not in out
    assert "strict/b.yaml:2:3: warning[ACM401]" in out
    assert "strict/main.tf:1:1: error[ACM401]" in out
    assert run("check", "good")[0] == 0
    write("good/.acmrules.toml", 'select = ["ACM401"]\nfail-on = "warning"\n')
    assert run("check", "good/a.yaml")[0] == 1
    assert run("check", "--fail-on", "error", "good/a.yaml")[0] == 0
    assert "ACM401" not in run("check", "--select", "ACM1", "good")[1]


def test_the_day_of_the_settings_is_that_of_the_report(run):
    """The report has a date unless files have different ones."""
    write(".git/HEAD", "")
    write("a/a.txt", "a.io\n")
    write("b/b.txt", "b.io\n")
    write("a/.acmrules.toml", "as-of = 2018-01-01\n")
    assert json.loads(run("check", "--format", "json", "a/a.txt")[1])["as_of"] == "2018-01-01"
    both = json.loads(run("check", "--format", "json", "a/a.txt", "b/b.txt")[1])
    assert both["as_of"] != "2018-01-01"


def test_files_with_wrong_settings_are_not_checked(run):
    """Their comments and baseline entries are ignored, and modules with them are rejected."""
    write(".git/HEAD", "")
    write("wrong/a.txt", "a_b.io\n")
    write("good/a.txt", "a_b.io\n")
    assert run("baseline", "wrong/a.txt", "good/a.txt")[0] == 0
    write("wrong/.acmrules.toml", "x = 1\n")
    write("wrong/main.tf", 'variable "name" {} # acmrules: ignore[ACM101]: x\n')
    module = 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n}\n'
    write("good/main.tf", module + 'module "m" {\n  source = "../wrong"\n  name = "a.io"\n}\n')
    code, out, err = run("check", "--select", "ACM1", "wrong/a.txt", "good/a.txt", "good")
    assert (code, err.count("unknown setting")) == (2, 1)
    assert "1 finding in the baseline" in out
    assert "stale" not in out
