"""Suppressions that `--add-ignores` writes: where they are, and what they leave alone."""

import contextlib
import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_cases import CASES, parts

from acmrules.cli.main import main
from acmrules.lint import check_text
from acmrules.lint.suppressions.add import has_place
from acmrules.lint.suppressions.scan import ANNOTATION
from acmrules.readers import registry
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees

REASON = "accepted by the law"
ADDED = rf"# acmrules: ignore\[[^]]*\]: {REASON}"
COMMENT = rf"^[ \t]*{ADDED}\r?\n|  {ADDED}(?=\r|\n|\Z)"


def command(*words):
    """Return the exit code, the output and the errors of a run."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


def findings(*words):
    return json.loads(command("check", *words, "--format", "json")[1])["findings"]


def texts_of(names):
    return {name: Path(name).read_bytes() for name in names}


def is_only_longer(name, before, after):
    """Return whether text with suppressions is the old one without them."""
    text = re.sub(COMMENT, "", after, flags=re.MULTILINE)
    if REASON not in text:
        return text == before
    old, new = (trees(Source(name, each), texts=True) for each in (before, text))
    rest = iter(text)
    is_kept = all(character in rest for character in before)
    return is_kept and [each.data for each in old] == [without_metadata(each.data) for each in new]


def is_added(entry):
    return isinstance(entry, str) and REASON in entry


def without_metadata(data):
    """Return data without added entries, and without what contains nothing else."""
    if isinstance(data, list):
        return [without_metadata(each) for each in data if not is_added(each)]
    if not isinstance(data, dict):
        return data
    found = {}
    for key, each in data.items():
        if key == ANNOTATION:
            inner = "\n".join(line for line in each.splitlines() if REASON not in line)
        else:
            inner = without_metadata(each)
        if inner or not each:
            found[key] = inner
    return found


def obeys_the_law(*words):
    """Add suppressions, and check what is left: nothing but what was said to be left."""
    names = [os.path.join(top, each) for top, _, files in os.walk(".") for each in files]
    before = texts_of(names)
    rejected = command("check", *words, "--add-ignores", REASON)[2].count(" not suppressed: ")
    after = texts_of(names)
    left = findings(*words)
    assert sum(1 + len(each.get("others", ())) for each in left) <= rejected
    assert not [each for each in left if each["rule"] == "ACM901" and REASON in each["message"]]
    for name, data in before.items():
        if after[name] != data:
            assert is_only_longer(name, data.decode(), after[name].decode())
    again = command("check", *words, "--add-ignores", REASON)[2]
    assert again.count(" not suppressed: ") == rejected
    assert texts_of(names) == after
    return rejected


CHECKED = [case for case in CASES if parts(case)[1][:1] == ["check"]]


@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case.stem)
def test_no_finding_of_a_case_is_left(case, tmp_path, monkeypatch):
    """All case files obey the law."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    _, words, texts, _ = parts(case)
    for name, text in texts.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8", newline="")
    options = [word for word in words[1:] if word not in {"--show-undecided", "--statistics"}]
    for option in ("--format", "--until"):
        while option in options:
            at = options.index(option)
            del options[at : at + 2]
    if "--as-of" not in options:
        options += ["--as-of", "2026-11-23"]
    obeys_the_law(*options)


NAMES = ("a_b.brightharbor.io", "WWW.brightharbor.io", "brightharbor.io", "*.*.brightharbor.io")
SPELLINGS = {
    "yaml": (
        "'{}'",
        '"{}"',
        '"{}"  # prod',
        ">-\n        {}",
        '"{}" ',
        "[{}][0]",
        "!Sub '{}'",
        "!Sub |-\n        {}",
        "'{}'  # acmrules: ignore[ACM102]: old",
    ),
    "tf": (
        '"{}"',
        '"{}" # prod',
        '"{}" // prod',
        '"{}" /* prod */',
        "trimspace(<<E\n{}\nE\n)",
        '"${{"{}"}}"',
        'join(".", [\n"{}"])',
        "local.name",
    ),
}
HEADS = {
    "yaml": "# AWS::CertificateManager::Certificate\nResources:\n",
    "tf": 'locals {{ name = "{}" }}\n',
}
BODIES = {
    "yaml": (
        (
            "  R{number}:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
            "      DomainName: {first}\n      SubjectAlternativeNames: [x.brightharbor.io,\n"
            "        {second}, y.brightharbor.io]\n"
        ),
        (
            "  R{number}: {{Type: AWS::CertificateManager::Certificate, Properties: {{\n"
            "    DomainName: {second}}}}}\n"
        ),
        (
            "  R{number}:\n    Type: AWS::CertificateManager::Certificate\n"
            "    Metadata: {{acmrules: {{ignore: ['ACM301: old']}}}}\n"
            "    Properties:\n      DomainName: {first}\n"
            "      Tags: [{{Key: K, Value: 'a\n        b'}}]\n"
        ),
    ),
    "tf": (
        (
            'resource "aws_acm_certificate" "r{number}" {{\n  domain_name = {first}\n'
            "  subject_alternative_names = [{second}]\n}}\n"
        ),
        'resource "aws_acm_certificate" "r{number}" {{ domain_name = {second} }}\n',
        (
            '# one\n/* two\n*/ resource "aws_acm_certificate" "r{number}" {{\n'
            "  subject_alternative_names = [\n    {first},\n    {second} ]\n"
            '  domain_name = "brightharbor.io"\n}}\n'
        ),
    ),
}
QUOTED = {"yaml": ("'{}'", '"{}"'), "tf": ('"{}"',)}


@st.composite
def files(draw):
    """Draw the name and the text of a file with faults, in many spellings."""
    suffix = draw(st.sampled_from([*SPELLINGS]))
    text = HEADS[suffix].format(draw(st.sampled_from(NAMES)))
    for number in range(draw(st.integers(1, 3))):
        body = draw(st.sampled_from(BODIES[suffix]))
        first = draw(st.sampled_from(SPELLINGS[suffix])).format(draw(st.sampled_from(NAMES)))
        second = draw(st.sampled_from(QUOTED[suffix])).format(draw(st.sampled_from(NAMES)))
        text += body.format(number=number, first=first, second=second)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return f"a.{suffix}", text


@given(files())
def test_no_finding_of_a_file_is_left(tmp_path_factory, file):
    """Whatever the layout, each finding is suppressed or named, and nothing else changes."""
    name, text = file
    folder = tmp_path_factory.mktemp("law")
    (folder / name).write_bytes(text.encode())
    with contextlib.chdir(folder):
        obeys_the_law(name, "--as-of", "2026-11-23", "--isolated")


def template(*lines):
    return "\n".join(
        [
            "Resources:",
            "  C:",
            "    Type: AWS::CertificateManager::Certificate",
            "    Properties:",
            "      ValidationMethod: DNS",
            *(f"      {line}" for line in lines),
            "",
        ]
    )


@pytest.fixture
def suppressed(tmp_path, monkeypatch):
    """Return a function that returns the text of a file after its suppressions are added."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def of(text, name="a.yaml", *options):
        Path(name).write_bytes(text.encode())
        command("check", name, "--add-ignores", REASON, "--select", "ACM101,ACM102", *options)
        return Path(name).read_bytes().decode()

    return of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DomainName: a_b.io", "DomainName: a_b.io  # acmrules: ignore[ACM101]: {}"),
        (
            "DomainName: a.io\n      SubjectAlternativeNames: [B.io, c_d.io]",
            (
                "DomainName: a.io\n      SubjectAlternativeNames: [B.io, c_d.io]"
                "  # acmrules: ignore[ACM101, ACM102]: {}"
            ),
        ),
        ("DomainName: a_b.io # x", "# acmrules: ignore[ACM101]: {}\n      DomainName: a_b.io # x"),
    ],
)
def test_a_comment_is_behind_the_code_or_above_it(suppressed, line, expected):
    """One comment has all rules of its line."""
    assert suppressed(template(line)) == template(expected.format(REASON))


def test_a_finding_inside_of_a_scalar_has_metadata(suppressed):
    """No comment is possible in the lines of a block."""
    after = suppressed(template("DomainName: >-", "  a_b.io"))
    assert "#" not in after, after
    assert f"ACM101: {REASON}" in after
    assert command("check", "a.yaml", "--select", "ACM101")[0] == 0


def test_line_ends_are_kept(suppressed):
    """A file may have other line ends, and no line end at its end."""
    before = template("DomainName: a_b.io").rstrip().replace("\n", "\r\n")
    assert suppressed(before) == f"{before}  # acmrules: ignore[ACM101]: {REASON}"
    before = template("DomainName: a_b.io # x").replace("\n", "\r\n")
    comment = f"      # acmrules: ignore[ACM101]: {REASON}\r\n"
    assert suppressed(before) == before.replace("      DomainName", f"{comment}      DomainName")


def test_json_has_metadata(suppressed):
    """Existing metadata is kept."""
    resource = {
        "Type": "AWS::CertificateManager::Certificate",
        "Metadata": {"x": 1, "acmrules": {"ignore": ["ACM301: old"]}},
        "Properties": {"DomainName": "a_b.io"},
    }
    after = suppressed(json.dumps({"Resources": {"C": resource}}), "a.json")
    metadata = json.loads(after)["Resources"]["C"]["Metadata"]
    assert metadata == {"x": 1, "acmrules": {"ignore": ["ACM301: old", f"ACM101: {REASON}"]}}


@pytest.mark.parametrize("metadata", ["x", [], 1, {"acmrules": "x"}, {"acmrules": ["x"]}])
def test_metadata_of_another_type_is_kept(suppressed, metadata):
    """The finding is named, and the file is unchanged."""
    resource = {
        "Type": "AWS::CertificateManager::Certificate",
        "Metadata": metadata,
        "Properties": {"DomainName": "a_b.io"},
    }
    text = json.dumps({"Resources": {"C": resource}})
    assert suppressed(text, "a.json") == text
    words = ("check", "a.json", "--add-ignores", REASON, "--select", "ACM101")
    code, _, err = command(*words)
    assert code == 1
    assert "ACM101 not suppressed: there is no place for a suppression" in err


@pytest.mark.parametrize("annotations", [{}, {ANNOTATION: "ACM301: old"}, {"x": "y"}])
def test_a_manifest_in_json_has_an_annotation(suppressed, annotations):
    """Each entry of an annotation is a line."""
    manifest = {
        "apiVersion": "acm.services.k8s.aws/v1alpha1",
        "kind": "Certificate",
        "metadata": {"name": "c", "annotations": annotations},
        "spec": {"domainName": "a_b.io"},
    }
    after = json.loads(suppressed(json.dumps(manifest), "a.json"))
    expected = [*annotations.get(ANNOTATION, "").splitlines(), f"ACM101: {REASON}"]
    assert after["metadata"]["annotations"][ANNOTATION].splitlines() == expected


def test_a_file_without_a_place_is_named(suppressed):
    """The input of an API call is unchanged, and the error says what to do."""
    text = '{"DomainName": "a_b.io"}'
    assert suppressed(text, "a.json") == text
    code, _, err = command("check", "a.json", "--add-ignores", REASON, "--select", "ACM101")
    assert code == 1
    assert err == (
        "acmrules: a.json:1:18: ACM101 not suppressed:"
        " there is no place for a suppression; use a baseline\n"
        "acmrules: 0 suppressed in 0 files\n"
    )


def test_a_wrong_suppression_is_not_suppressed(suppressed):
    """It has to be edited."""
    text = template("DomainName: a.io  # acmrules: ignore[ACM101]: old")
    assert suppressed(text) == text
    err = command("check", "a.yaml", "--add-ignores", REASON, "--select", "ACM101,ACM901")[2]
    assert "ACM901 not suppressed: edit the suppression" in err


def test_fixes_come_first(suppressed):
    """With `--fix`, only what is left is suppressed."""
    after = suppressed(
        template("DomainName: BRIGHTHARBOR.io", "KeyAlgorithm: x_y"), "a.yaml", "--fix"
    )
    assert "#" not in after
    assert "brightharbor.io" in after
    text = template("DomainName: A_b.io")
    assert suppressed(text, "a.yaml", "--fix").endswith(f"ignore[ACM101]: {REASON}\n")


def test_a_difference_shows_the_suppressions(suppressed):
    """With `--diff`, files are unchanged."""
    text = template("DomainName: A.io", "SubjectAlternativeNames: [c_d.io]")
    assert suppressed(text, "a.yaml", "--diff") == text
    words = ("check", "a.yaml", "--add-ignores", REASON, "--select", "ACM101,ACM102", "--diff")
    code, out, _ = command(*words)
    assert code == 1
    assert f"+      DomainName: A.io  # acmrules: ignore[ACM102]: {REASON}\n" in out
    fixed = command(*words, "--fix")[1]
    assert "+      DomainName: a.io\n" in fixed
    assert f"[c_d.io]  # acmrules: ignore[ACM101]: {REASON}\n" in fixed


def test_standard_input_becomes_standard_output(monkeypatch, tmp_path):
    """The text with suppressions is printed, and the report is on standard error."""
    monkeypatch.chdir(tmp_path)
    text = template("DomainName: a_b.io")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = io.TextIOWrapper(io.BytesIO(), write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(["check", "-", "--add-ignores", REASON, "--select", "ACM101"])
    assert out.buffer.getvalue().decode() == template(
        f"DomainName: a_b.io  # acmrules: ignore[ACM101]: {REASON}"
    )


@pytest.mark.parametrize("reason", ["", " ", "a\nb", "a */ b", "a\x1b[31m"])
def test_a_reason_is_one_line(suppressed, reason):
    """Anything else could end the comment."""
    suppressed(template("DomainName: a.io"))
    code, out, err = command("check", "a.yaml", f"--add-ignores={reason}")
    assert (code, out) == (2, "")
    assert "--add-ignores" in err


def test_a_definition_is_a_place_too(tmp_path, monkeypatch):
    """A value in a heredoc is suppressed where a comment is possible."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("main.tf").write_text('resource "aws_acm_certificate" "c" {\n  domain_name = var.d\n}\n')
    Path("variables.tf").write_text('variable "d" {\n  default = "a_b.io"\n}\n')
    assert command("check", ".", "--add-ignores", REASON, "--select", "ACM101")[0] == 0
    assert command("check", ".", "--select", "ACM101,ACM9")[0] == 0


def test_each_file_is_parsed_for_places_once(suppressed, monkeypatch):
    """The number of findings in a file does not matter."""
    calls = []
    of_source = registry.closed_ranges
    monkeypatch.setattr(
        registry, "closed_ranges", lambda source: calls.append(source) or of_source(source)
    )
    names = [f"        - a_{number}.io" for number in range(9)]
    suppressed(template("DomainName: a_b.io", "SubjectAlternativeNames:\n" + "\n".join(names)))
    assert len(calls) == 1
    assert command("check", "a.yaml", "--select", "ACM101")[0] == 0


def test_only_findings_of_the_report_are_suppressed(suppressed):
    """Those below `--min-severity` are not in the report."""
    text = template("DomainName: A.io", "SubjectAlternativeNames: [c_d.io]")
    after = suppressed(text, "a.yaml", "--min-severity", "error")
    assert after == text.replace("[c_d.io]", f"[c_d.io]  # acmrules: ignore[ACM101]: {REASON}")


def test_a_place_that_changes_the_file_is_given_up(suppressed, monkeypatch):
    """What the file declares decides, even if the reader takes text for a place for comments."""
    text = template("DomainName: >-", "  a_b.io")
    expected = suppressed(text)
    monkeypatch.setattr(registry, "closed_ranges", lambda _: [])
    assert suppressed(text) == expected


def test_only_files_of_the_run_are_changed(tmp_path, monkeypatch):
    """A definition in a file that is not checked is no place; `-q` prints nothing about that."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("main.tf").write_text('resource "aws_acm_certificate" "c" {\n  domain_name = var.d\n}\n')
    Path("variables.tf").write_text('variable "d" {\n  default = "a_b.io"\n}\n')
    before = texts_of(["main.tf", "variables.tf"])
    of_source = registry.closed_ranges
    monkeypatch.setattr(
        registry,
        "closed_ranges",
        lambda source: None if source.name == "main.tf" else of_source(source),
    )
    words = ("check", "main.tf", "--select", "ACM101", "--add-ignores", REASON)
    code, _, err = command(*words)
    assert (code, texts_of(before)) == (1, before)
    assert "ACM101 not suppressed: " in err
    assert command(*words, "-q")[2] == ""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("list.txt", "localhost\n", True),
        ("request.json", '{"DomainName": "localhost"}', False),
        ("list.txt", "www.brightharbor.io # acmrules: ignore[ACM101]: x\n", False),
    ],
)
def test_a_finding_has_a_place_for_a_suppression_where_there_can_be_one(name, text, expected):
    """JSON has no comments, and no suppression covers the rules about suppressions."""
    findings = check_text(text, name=name, settings={}).findings
    assert findings
    assert {has_place(finding, lambda _: True) for finding in findings} == {expected}
    assert not any(has_place(finding, lambda _: False) for finding in findings)
