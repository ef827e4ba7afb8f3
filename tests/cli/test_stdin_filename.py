"""Standard input as the text of a named file: `--stdin-filename`."""

import io
import json
import os
import sys

import pytest
from tests.support.commands import GOOD, read, write_all
from tests.test_cases import CASES, parts

BAD = GOOD.replace("DomainName: brightharbor.io\n", "DomainName: Bright_Harbor.io\n")
UPPER = GOOD.replace("DomainName: brightharbor.io\n", "DomainName: BRIGHTHARBOR.io\n", 1)
VARIABLE = 'variable "domain" {\n  default = "a_b.brightharbor.io"\n}\n'
MODULE = """\
resource "aws_acm_certificate" "c" {
  domain_name       = var.domain
  validation_method = "DNS"
}
"""


@pytest.fixture
def typed(monkeypatch):
    """Return a function that sets standard input."""

    def of(text):
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return of


@pytest.mark.parametrize("words", [["-"], []])
def test_standard_input_has_the_name_of_a_file(run, typed, words):
    """The text on disk does not count, and `-` may be left out."""
    write_all({"infra/a.yaml": GOOD})
    typed(BAD)
    code, out, _ = run("check", "--stdin-filename", "infra/a.yaml", *words, "--format", "concise")
    assert code == 1
    assert out.startswith("infra/a.yaml:5:25: error[ACM101]")
    assert read("infra/a.yaml") == GOOD


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"])
def test_all_formats_show_the_name(run, typed, form):
    """No format shows the name of standard input."""
    typed(BAD)
    out = run("check", "--stdin-filename", "a.yaml", "--format", form)[1]
    assert "a.yaml" in out
    assert '"-"' not in out


def test_the_suffix_of_the_name_decides_which_reader_reads(run, typed):
    """A list of names is not a template."""
    typed("a_b.brightharbor.io\n")
    assert "ACM101" in run("check", "--stdin-filename", "hosts.txt")[1]
    typed(MODULE)
    assert "1 certificate request" in run("check", "--stdin-filename", "new/main.tf")[1]


def test_settings_and_exclusions_and_suppressions_apply(run, typed):
    """They are those of the folder of the name."""
    write_all({"infra/.acmrules.toml": 'ignore = ["ACM101"]\nexclude = ["b.yaml"]\n'})
    typed(BAD)
    assert "ACM101" not in run("check", "--stdin-filename", "infra/a.yaml")[1]
    typed(BAD)
    assert "nothing" in run("check", "--stdin-filename", "infra/b.yaml")[1]
    typed(BAD)
    assert "ACM101" in run("check", "--stdin-filename", "a.yaml")[1]
    ignored = "Bright_Harbor.io  # acmrules: ignore[ACM101]: renamed later"
    typed(BAD.replace("Bright_Harbor.io", ignored))
    assert "ACM101" not in run("check", "--stdin-filename", "a.yaml")[1]


@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_module_is_checked_with_its_other_files(run, typed, tmp_path, is_absolute):
    """Standard input replaces one file of a folder."""
    write_all({"m/variables.tf": VARIABLE, "m/main.tf": "this is not HCL {"})
    typed(MODULE)
    name = str(tmp_path / "m/main.tf") if is_absolute else "m/main.tf"
    code, out, err = run("check", "--stdin-filename", name, "--format", "concise")
    assert (code, err) == (1, "")
    assert "ACM101" in out
    assert "main.tf:2:" in out


def test_a_new_file_of_a_module_is_checked_with_the_others(run, typed):
    """The file need not exist, and neither need its folder."""
    write_all({"m/variables.tf": VARIABLE})
    typed(MODULE)
    assert "ACM101" in run("check", "--stdin-filename", "m/main.tf", "-")[1]
    typed(MODULE.replace("var.domain", '"a_b.brightharbor.io"'))
    code, out, err = run("check", "--stdin-filename", "new/main.tf", "-")
    assert (code, "ACM101" in out, err) == (1, True, "")


def test_an_error_of_a_module_file_has_its_name(run, typed):
    """Invalid text is reported as that of the file."""
    write_all({"m/variables.tf": VARIABLE})
    typed(b"\xff")
    code, _, err = run("check", "--stdin-filename", "m/main.tf")
    assert (code, err) == (2, "acmrules: m/main.tf:1:1: is not UTF-8: byte 0xff\n")


@pytest.mark.parametrize("name", ["a.yaml", None])
def test_a_fix_prints_the_text_and_reports_on_standard_error(run, typed, name):
    """Files on disk keep their text, and the text keeps its line ends and its mark."""
    write_all({"a.yaml": GOOD})
    before = b"\xef\xbb\xbf" + UPPER.replace("\n", "\r\n").encode()
    typed(before)
    words = ["--stdin-filename", name] if name else ["-"]
    code, out, err = run("check", "--fix", *words)
    fixed = before.replace(b"BRIGHTHARBOR.io", b"brightharbor.io")
    assert (code, out) == (0, fixed.decode())
    assert "1 fixed in 1 file" in err
    assert "1 certificate request" in err
    assert read("a.yaml") == GOOD


@pytest.mark.parametrize("text", [GOOD, BAD, "not yaml: [", "", "x: 1\n"])
def test_a_fix_prints_unfixable_text_as_it_is(run, typed, text):
    """An editor can replace its text by the output, whatever the text is."""
    typed(text)
    assert run("check", "--fix", "--stdin-filename", "a.yaml")[1] == text
    write_all({".acmrules.toml": 'exclude = ["a.yaml"]\n'})
    typed(text)
    assert run("check", "--fix", "--stdin-filename", "a.yaml")[1] == text


def test_a_difference_has_the_name(run, typed):
    """With `--diff`, the output is a difference, not the text."""
    typed(UPPER)
    code, out, _ = run("check", "--diff", "--stdin-filename", "a.yaml")
    assert code == 1
    assert out.startswith("--- a/a.yaml\n+++ b/a.yaml\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--stdin-filename", "a.yaml", "b.yaml"], "option `--stdin-filename` needs `-` as an"),
        (["--stdin-filename", "-"], "option `--stdin-filename`: `-` is not the name of a file"),
        (["--stdin-filename", "."], "`.` is not the name of a file"),
        (["--stdin-filename", "a/"], "`a/` is not the name of a file"),
        (["--stdin-filename"], "option `--stdin-filename` needs a value: NAME"),
        ([], "`check` needs at least one file or directory"),
    ],
)
def test_a_wrong_use_is_an_error(run, words, message):
    """The message says what is missing."""
    code, _, err = run("check", *words)
    assert code == 2
    assert message in err


def test_other_files_are_checked_too(run, typed):
    """A file that is named twice is checked once."""
    write_all({"a.yaml": GOOD, "b.yaml": BAD})
    typed(BAD)
    out = run("check", ".", "--stdin-filename", "a.yaml", "-", "--format", "json")[1]
    assert {each["file"] for each in json.loads(out)["findings"]} == {"a.yaml", "b.yaml"}
    assert json.loads(out)["summary"]["files"] == 2


@pytest.mark.parametrize("command", ["validation", "coverage", "calendar", "plan"])
def test_other_commands_read_standard_input_as_a_file(run, typed, command):
    """They give the answer that they give for the file."""
    write_all({"new.yaml": GOOD})
    expected = run(command, "new.yaml")
    os.remove("new.yaml")
    typed(GOOD)
    assert run(command, "--stdin-filename", "new.yaml") == expected


def test_a_baseline_records_standard_input_under_the_name(run, typed):
    """The entries are those of the file."""
    typed(BAD)
    assert run("baseline", "--stdin-filename", "infra/a.yaml")[0] == 0
    assert [*json.loads(read(".acmrules-baseline.json"))["findings"]] == ["infra/a.yaml"]
    typed(BAD)
    assert run("check", "--stdin-filename", "infra/a.yaml")[0] == 0


def named(case):
    """Return the files that the command of a case names, if it is a check."""
    _, words, texts, _ = parts(case)
    return [word for word in words[1:] if word in texts and words[0] == "check"]


@pytest.mark.parametrize("case", [*filter(named, CASES)], ids=lambda case: case.stem)
def test_the_report_is_that_of_the_file(run, typed, case):
    """Each file of a case can be standard input, whatever the file on disk contains."""
    _, words, texts, expected = parts(case)
    write_all(texts)
    words = words if "--as-of" in words else [*words, "--as-of", "2026-11-23"]
    for name in named(case):
        write_all({name: "not saved"})
        typed(texts[name])
        rest = ["-" if word == name else word for word in words]
        code, out, _ = run(*rest, "--stdin-filename", name)
        assert f"{out}exit code {code}\n" == expected
        write_all({name: texts[name]})
