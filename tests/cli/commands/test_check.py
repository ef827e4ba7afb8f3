"""The effect of `check` and `baseline` on files: excluded, fixed, or deleted in the meantime."""

import io
import json
import os
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.commands import read, write_all

from acmrules.cli import main
from acmrules.cli.main import CLEAN, FOUND, UNREADABLE
from acmrules.readers.registry import WALKED_SUFFIXES
from acmrules.workspace import files

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BAD = "a_b.brightharbor.io\n"
HELM = (
    "{{- if .Values.tls }}\nmetadata:\n  alb.ingress.kubernetes.io/certificate-arn: x\n{{- end }}\n"
)
BROKEN = 'resource "aws_acm_certificate" {{\n'
MODULE = """\
resource "aws_acm_certificate" "site" {
  domain_name       = var.name
  validation_method = "DNS"
}
"""


# What is left out


@pytest.mark.parametrize("stated", [True, False])
def test_excluded_files_are_not_checked(run, stated):
    """They are excluded in a walked folder, and if they are named, as pre-commit does."""
    write_all({"charts/a/ingress.yaml": HELM, "infra/broken.tf": BROKEN, "infra/main.tf": MODULE})
    given = ("--exclude", "charts/", "--exclude", "broken.tf")
    if stated:
        write_all({".acmrules.toml": 'exclude = ["charts/", "broken.tf"]\n'})
        given = ()
    code, out, err = run("check", *given, ".")
    assert (code, err) == (CLEAN, "")
    assert "1 certificate request in 1 file" in out
    assert out.endswith("\n2 files excluded\n")
    named = ("charts/a/ingress.yaml", "infra/broken.tf")
    summary = "0 certificate requests: nothing checked\n2 files excluded\n"
    counts = "1 .tf file, 1 .yaml file (2 excluded)"
    said = f"acmrules: nothing was checked in {counts}\n"
    assert run("check", *given, *named) == (CLEAN, summary, said)
    assert run("check", *named, "--exclude", "other")[0] == UNREADABLE


def test_excluded_files_need_not_be_readable(run, monkeypatch):
    """An excluded folder that cannot be entered, or an unreadable file, is not reported."""
    write_all({"x/a.yaml": "", "x/b.yaml": "\0\1", "x/c.yaml": ""})
    os.truncate("x/c.yaml", files.MAX_BYTES + 1)
    named = ("x/b.yaml", "x/c.yaml", "x/gone.yaml")
    assert run("check", *named)[2].count("\n") == len(named)
    said = "acmrules: nothing was checked in 3 .yaml files (3 excluded)\n"
    assert run("check", "--exclude", "x/", *named)[::2] == (CLEAN, said)

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert run("check", "x")[::2] == (UNREADABLE, "acmrules: x: permission denied\n")
    said = "acmrules: nothing was checked: no files of a known kind (1 excluded)\n"
    assert run("check", "--exclude", "x/", "x")[::2] == (CLEAN, said)


def test_an_excluded_file_is_still_part_of_its_module(run):
    """It is read for references, but neither its findings nor its comments are reported."""
    variable = 'variable "name" {\n  default = "a_b.io" # acmrules: ignore[ACM402]: x\n}\n'
    write_all({"main.tf": MODULE, "variables.tf": variable})
    assert "ACM901" in run("check", ".")[1]
    code, out, _ = run("check", "--exclude", "variables.tf", ".")
    assert code == FOUND
    assert "--> main.tf:2:23\n" in out
    assert "ACM901" not in out


def test_the_command_line_overrides_the_settings(run):
    """Patterns of the command line are relative to the working folder."""
    write_all({".acmrules.toml": 'exclude = ["a/"]\n', "a/a.txt": BAD, "b/b.txt": BAD})
    assert "b/b.txt" in run("check", "a/a.txt", "b/b.txt")[1]
    assert run("check", "a/a.txt", "b/b.txt")[1].endswith("1 file excluded\n")
    os.chdir("b")
    code, out, _ = run("check", "--exclude", "/b.txt", "../a/a.txt", "b.txt")
    assert (code, "a.txt:1:" in out, "\nb.txt:1:" in out) == (FOUND, True, False)


def test_an_invalid_pattern(run):
    """The pattern is reported, and nothing is checked."""
    assert run("check", "--exclude", "/", ".") == (
        UNREADABLE,
        "",
        "acmrules: option `--exclude`: the pattern `/` cannot match a file\n",
    )


# Without a baseline


# What happens in the meantime


def test_a_file_that_vanishes_is_reported(run, monkeypatch):
    """The file was listed, but could no longer be read, which is a warning."""
    write_all({"x/a.yaml": "", "x/b.json": '{"DomainName": "a_b.io"}'})
    read_bytes = files.read_bytes

    def late(path):
        if path.endswith("a.yaml"):
            os.unlink(path)
        return read_bytes(path)

    monkeypatch.setattr(files, "read_bytes", late)
    code, out, err = run("check", "x")
    assert (code, err) == (FOUND, "acmrules: warning: x/a.yaml: no such file or directory\n")
    assert "--> x/b.json:1:18\n" in out


def test_a_file_without_permission_is_reported(run, monkeypatch):
    """The error is that of the system, however the file is named; the others are checked."""
    write_all({"x/a.yaml": "", "x/b.json": '{"DomainName": "a_b.io"}'})
    open_ = open

    def refuse(path, *words, **more):
        if str(path).endswith("a.yaml"):
            raise PermissionError(13, "Permission denied")
        return open_(path, *words, **more)

    monkeypatch.setattr("builtins.open", refuse)
    for named, expected, prefix in (
        (["x"], FOUND, "warning: "),
        (["x/a.yaml", "x/b.json"], UNREADABLE, ""),
    ):
        code, out, err = run("check", *named)
        assert (code, err) == (expected, f"acmrules: {prefix}x/a.yaml: permission denied\n")
        assert "--> x/b.json:1:18\n" in out


# What is read


@pytest.mark.parametrize(
    "words", [(), ("--until", "2029-12-31"), ("--diff",), ("--diff", "--unsafe-fixes")]
)
def test_every_file_is_opened_once(run, monkeypatch, words):
    """The examples, their settings and their baseline are opened once by every command."""
    for name in ("bad", "good"):
        shutil.copytree(EXAMPLES / name, f"examples/{name}")
    write_all({".acmrules.toml": "", "examples/pyproject.toml": "[tool.acmrules]\n"})
    write_all({".acmrules-baseline.json": '{"version": 1, "findings": {}}'})
    expected = {
        *files.walk("examples", WALKED_SUFFIXES),
        *("examples/pyproject.toml", ".acmrules-baseline.json"),
    }
    opened = []
    open_ = open

    def counting(path, *arguments, **options):
        opened.append(os.path.relpath(path))
        return open_(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", counting)
    assert run("check", *words, "examples")[0] == FOUND
    # Nothing imports the signing requests.
    expected = {path for path in expected if not path.endswith(".csr")}
    assert sorted(path for path in opened if not path.startswith("..")) == sorted(expected)


# What is suppressed is not mended

SPELLINGS = ("a.io", "A.io", "b.io", "B.io.", "b.a.io", "*.a.io", "münchen.io", "x_y.io")
LANGUAGES = {
    "names.txt": ("brightharbor.io\n", "{}", "{}  {}", ""),
    "site.yaml": (
        (
            "Resources:\n  Site:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
            "      DomainName: brightharbor.io\n      SubjectAlternativeNames:\n"
        ),
        "        {}",
        "        - '{}'  {}",
        "      ValidationMethod: DNS\n",
    ),
    "main.tf": (
        (
            'resource "aws_acm_certificate" "site" {\n  domain_name = "brightharbor.io"\n'
            '  validation_method = "DNS"\n  subject_alternative_names = [\n'
        ),
        "    {}",
        '    "{}", {}',
        "  ]\n}\n",
    ),
}


@st.composite
def names_with_comments(draw):
    """Draw files with names to fix, many of them with a comment that suppresses findings."""
    name = draw(st.sampled_from([*LANGUAGES]))
    head, above, beside, foot = LANGUAGES[name]
    lines = []
    for spelled in draw(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=6)):
        rules = draw(
            st.lists(st.sampled_from(["ACM101", "ACM102", "ACM304", "ACM204"]), max_size=3)
        )
        until = draw(st.sampled_from(["", "", " until 2099-01-01", " until 2020-01-01"]))
        note = f"# acmrules: ignore[{', '.join(rules)}]{until}: note {len(lines)}" if rules else ""
        if note and draw(st.booleans()):
            lines.append(above.format(note))
            note = ""
        lines.append(beside.format(spelled, note).rstrip())
    return name, head + "".join(f"{line}\n" for line in lines) + foot


def comments_with_names(text):
    """Return each comment with the name that it applies to, in one spelling."""
    text = text.lower().replace("münchen", "xn--mnchen-3ya").replace("b.io.", "b.io")
    return re.findall(r"^ *(# acmrules.*)\n *(.*)|^ *(\S.*?) *(# acmrules.*)", text, re.MULTILINE)


def quietly(*words):
    """Run a command and return what it printed."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        main.main(words)
    return out.getvalue()


@given(names_with_comments(), st.booleans())
def test_suppressed_findings_are_not_fixed(tmp_path_factory, drawn, unsafe):
    """A comment keeps its name, which is fixed once and only for other findings."""
    name, text = drawn
    path = str(tmp_path_factory.mktemp("team") / name)
    write_all({path: text})
    words = ["--unsafe-fixes"] * unsafe
    before = json.loads(quietly("check", "--format", "json", path))
    quietly("check", "--fix", *words, path)
    after = read(path)
    assert comments_with_names(after) == comments_with_names(text)
    counts = {finding["line"] for finding in before["findings"] if finding["fix"]}
    suppressed = {finding["line"] for finding in before["suppressed"]} - counts
    lines = after.splitlines()
    assert all(text.splitlines()[number - 1] in lines for number in suppressed)
    assert not quietly("check", "--diff", *words, path)


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_line_with_a_suppression_is_not_removed(run, name):
    """The fix of a duplicate is rejected, because it would remove or move the comment."""
    head, above, beside, foot = LANGUAGES[name]
    note = "# acmrules: ignore[ACM110]: so"
    lines = [beside.format(*each).rstrip() for each in [("a.io", ""), ("A.io", note), ("A.io", "")]]
    lines.insert(2, above.format(note))
    write_all({name: head + "".join(f"{line}\n" for line in lines) + foot})
    err = run("check", "--fix", name)[2]
    assert err.count("ACM304 not fixed: the edit would move a suppression") == len(lines) - 2
    assert read(name) == head + "".join(f"{line}\n" for line in lines) + foot


# Requests whose kind is stated


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ('{"DomainName": "localhost", "Foo": 1}', {"ACM101", "ACM309", "ACM401"}),
        ('{"DomainNmae": "localhost", "ValidationMethod": "DNS"}', {"ACM309"}),
        ('{"domain_name": "localhost", "ValidationMethod": "DNS"}', {"ACM309"}),
        ('{"DomainName": "localhost", "CertificateUsage": "x"}', {"ACM101", "ACM401"}),
    ],
)
def test_no_member_makes_a_request_disappear(run, text, rules):
    """With `--kind api`, every object with a domain name is a request."""
    write_all(
        {"request.json": text, "tsconfig.json": "{ // no JSON\n}", "chart.yaml": "a: {{ b }}\n"}
    )
    for paths in (["request.json"], ["."]):
        code, out, err = run("check", "--kind", "api", "--format", "json", *paths)
        assert (code, err) == (FOUND, "")
        assert {finding["rule"] for finding in json.loads(out)["findings"]} >= rules


def test_all_findings_at_one_location_are_fixed(run):
    """A finding with a count does not hide the fixes of the others."""
    call = 'module "{0}" {{\n  source = "./m"\n  name   = "{0}.io."\n}}\n'
    before = call.format("a") + call.format("b")
    write_all({"main.tf": before, "m/main.tf": f'variable "name" {{}}\n{MODULE}'})
    assert "1 error" in run("check", ".")[1]
    assert "2 fixed in 1 file" in run("check", ".", "--fix", "--unsafe-fixes")[2]
    assert read("main.tf") == before.replace(".io.", ".io")


VARIABLE = """\
variable "name" {
  type = string
}

resource "aws_acm_certificate" "site" {
  domain_name       = var.name
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}
"""


@pytest.mark.parametrize("words", [(), ("--var-file", "env/prod.tfvars")])
def test_the_value_of_a_variable_is_fixed_in_its_file(run, words):
    """It is that of one environment, whether it is found or stated."""
    good = 'name = "dev.brightharbor.io"\n'
    files = {"env/prod.tfvars": 'name = "WWW.brightharbor.io"\n', "env/dev.tfvars": good}
    write_all({"main.tf": VARIABLE, **files})
    code, out, _ = run("check", ".", *words)
    assert code == CLEAN
    assert ("with `env/prod.tfvars`" in " ".join(out.split())) is not bool(words)
    assert ("checked with env/dev.tfvars, env/prod.tfvars" in out) is not bool(words)
    assert "1 fixed in 1 file" in run("check", ".", *words, "--fix", "--unsafe-fixes")[2]
    assert read("env/prod.tfvars") == 'name = "www.brightharbor.io"\n'
    assert (read("main.tf"), read("env/dev.tfvars")) == (VARIABLE, good)
    assert run("check", ".", *words)[1].startswith("undecided:")


def test_the_default_of_a_variable_is_not_fixed_for_one_environment(run):
    """All environments share the module."""
    text = VARIABLE.replace("type = string", "")
    extra = 'variable "method" {\n  default = "dns"\n}\n'
    text = text.replace('= "DNS"', "= var.method") + extra
    files = {"a.tfvars": 'name = "a.io"\nmethod = "DNS"\n', "b.tfvars": 'name = "b.io"\n'}
    write_all({"main.tf": text, **files})
    _, out, err = run("check", ".", "--fix", "--unsafe-fixes")
    assert "with `b.tfvars`" in " ".join(out.split())
    assert "the value does not only apply with `b.tfvars`" in err
    assert read("main.tf") == text


@pytest.mark.parametrize("words", [("--fix",), ("--diff",), ("--fix", "--unsafe-fixes")])
def test_a_fix_that_changes_another_name_is_rejected(run, words):
    """A fix is not made if another certificate gets a wrong name from it, and the run says so."""
    text = """\
resource "aws_acm_certificate" "a" {
  domain_name       = "Shop.io."
  validation_method = "DNS"
}
resource "aws_acm_certificate" "b" {
  domain_name       = "${aws_acm_certificate.a.domain_name}com"
  validation_method = "DNS"
}
"""
    write_all({"main.tf": text})
    _, out, err = run("check", *words, "main.tf")
    assert "main.tf:2:31: ACM101 not fixed: the edit would change `Shop.io.com` to" in err
    assert ("0 fixed in 0 files" in err) is ("--fix" in words)
    assert "+++" not in out
    assert read("main.tf") == text


SURROUNDED = {
    "main.tf": (
        '# \u00e9 \ufeff\tc\n/* A.io */\tresource "aws_acm_certificate" "it" {\n'
        '\tdomain_name\t=  "A.io" // A.io\t\n  tags = { "A.io" = "e\u0301" } # \n}\n\n\n'
    ),
    "t.yaml": (
        "# \u00e9 A.io\nDomainName:   'A.io'   # A.io\t\nTags: [{Key: e\u0301, Value: A.io}]\n\n"
        "ValidationMethod: DNS\n# A.io"
    ),
    "t.json": '{ "DomainName" :\t"A.io" ,\n\n"Tags":[{"Key":"\\u0041.io","Value":"e\u0301"}]}\n \n',
    "names.txt": "# A.io \u00e9\n\n\tA.io \t # A.io\n\n",
}


@pytest.mark.parametrize("name", SURROUNDED)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_a_fix_changes_no_other_byte(run, name, mark, line_end):
    """A fix changes the bytes of the value only: not the mark, line ends, tabs or comments."""
    before = mark + SURROUNDED[name].encode().replace(b"\n", line_end)
    Path(name).write_bytes(before)
    _, _, err = run("check", "--fix", name)
    after = Path(name).read_bytes()
    if b"1 fixed" not in err.encode():
        assert after == before
        assert (name, line_end) == ("main.tf", b"\r")
        return
    old = next(
        each for each in (b'"A.io" //', b"'A.io'", b'"A.io" ,', b"\tA.io \t") if each in before
    )
    assert after == before.replace(old, old.replace(b"A.io", b"a.io"))
