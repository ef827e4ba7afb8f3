"""The tools have the results of the commands, in all case files, in answers within the limit."""

import contextlib
import io
import json
import os
from pathlib import Path

import pytest
from tests.support.edits import template
from tests.support.git import git
from tests.support.guards import cases, mcp
from tests.support.guards.cases import Row
from tests.support.terraform_plans import change, plan

from acmrules.cli import main

OF_TEXTS = [case for case in cases.ALL if {*case.paths} == {*case.texts}]
"""Cases whose paths are all of their files."""


NO_CERTIFICATES = ("acme", "import")
"""Cases whose files have no request, for which `coverage` is an error."""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    """Return the exit code of a command, and its output as data."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main.main([*words])
    return code, json.loads(out.getvalue())


def whole(tool, **given):
    """Return the exit code, the items of all pages, and the first structured content."""
    found = mcp.pages(tool, **given)
    assert not any(each.is_error for each in found), found[0].content
    codes = {each.structured_content["exit_code"] for each in found}
    assert len(codes) == 1
    items = [item for each in found for item in each.structured_content["items"]]
    return codes.pop(), items, found[0].structured_content


EVERY = 6
"""Of so many cases, one is compared with the commands in each environment."""

COMPARED = [
    pytest.param(case, id=repr(case), marks=[pytest.mark.slow] if number % EVERY else [])
    for number, case in enumerate(cases.ALL)
]


@pytest.mark.parametrize("case", COMPARED)
def test_the_exit_codes_and_results_are_those_of_the_commands(case):
    """`check`, `coverage`, `validation` and `plan` find what the commands find."""
    case.write()
    code, report = run("check", *case.paths, "--format", "json")
    own, _, first = whole("check", paths=case.paths)
    assert own == code
    named = {each["name"] for each in report["undecided"]}
    assert bool(first["unchecked"]) >= bool(named or report["errors"] or report["not_checked"])

    if case.name in NO_CERTIFICATES:
        [result] = mcp.pages("coverage", paths=case.paths)
        assert result.content[0].text.startswith("no certificate request in ")
        return
    code, report = run("coverage", *case.paths, "--format", "json")
    own, items, _ = whole("coverage", paths=case.paths)
    assert own == code
    hosts = sorted((item["host"], item["verdict"]) for item in items if "host" in item)
    assert hosts == sorted((each["host"], each["verdict"]) for each in report["hosts"])

    code, report = run("validation", *case.paths, "--format", "json")
    own, items, _ = whole("validation", paths=case.paths)
    assert own == code
    blocked = sorted((item["file"], item["blocked"]) for item in items)
    assert blocked == sorted(
        (each["file"], bool(each["obstacles"])) for each in report["certificates"]
    )

    code, report = run("plan", *case.paths, "--format", "json")
    own, items, _ = whole("plan", paths=case.paths)
    assert own == code
    planned = sorted(item["domain_name"] for item in items if "domain_name" in item)
    requests = [each["request"] for each in report["certificates"]]
    assert planned == sorted(each["DomainName"] for each in requests)


@pytest.mark.parametrize("case", OF_TEXTS, ids=repr)
def test_texts_have_the_findings_of_files(case, here):
    """Texts by name have what the command finds in these files; only settings are on disk."""
    case.write()
    expected = cases.expected(case)
    for name in case.texts:
        (here / name).unlink()
    items = mcp.items("check", texts=case.texts)
    assert sorted(Row(**item) for item in items) == expected


def test_many_cases_are_texts():
    """The test of texts is about many case files."""
    assert len(OF_TEXTS) > 20


def test_findings_are_worst_first_and_can_be_narrowed():
    """Severities and rules narrow what is listed; the counts remain complete."""
    text = '{"DomainName": "*.brightharbor.io", "SubjectAlternativeNames": ["localhost"]}'
    _, items, first = whole("check", texts={"a.json": text})
    order = [item["severity"] for item in items]
    assert order == sorted(order, key=["error", "warning", "note"].index)
    assert len(set(order)) > 1
    for narrowed in ({"severity": "error"}, {"rules": ["acm1"]}):
        _, some, same = whole("check", texts={"a.json": text}, **narrowed)
        assert some
        assert len(some) < len(items)
        assert same["counts"] == first["counts"]


def test_arguments_replace_settings(here):
    """The Region, the date, parameters and settings of a call override those of files."""
    site = """
        Parameters: {Name: {Type: String}}
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: !Ref Name, ValidationMethod: DNS}
    """
    (here / ".acmrules.toml").write_text('ignore = ["ACM407"]\nas-of = 2026-01-01\n')
    (here / "a.yaml").write_text(site)
    result = mcp.call("check", paths=["a.yaml"])
    assert "as of 2026-01-01" in result.content[0].text
    assert "pass `parameters`: Name" in result.content[0].text
    known = mcp.call("check", paths=["a.yaml"], parameters={"Name": "localhost"})
    assert "`localhost`" in known.content[0].text
    assert known.structured_content["unchecked"] < result.structured_content["unchecked"]
    stated = mcp.call("check", paths=["a.yaml"], as_of="2026-02-01", settings={})
    assert "as of 2026-02-01" in stated.content[0].text
    assert "ACM407" in stated.content[0].text
    wrong = mcp.call("check", paths=["a.yaml"], parameters={"Nam": "localhost"})
    assert wrong.content[0].text == "unknown parameter or variable `Nam`; did you mean `Name`?"


def test_what_is_not_checked_is_stated(here):
    """A file that cannot be read, a remote module, and nothing at all are stated."""
    (here / "a.yaml").write_text("Resources: {")
    (here / "main.tf").write_text('module "a" {\n  source = "github.com/a/acm"\n}\n')
    result = mcp.call("check", paths=["a.yaml", "main.tf"])
    assert result.structured_content["exit_code"] == 2
    assert "- cannot read a.yaml:" in result.content[0].text
    assert "- main.tf:1" in result.content[0].text
    listed = mcp.items("check", paths=["a.yaml", "main.tf"], show="unchecked")
    assert len(listed) == result.structured_content["unchecked"] == 2
    (here / "empty").mkdir()
    nothing = mcp.call("check", paths=["empty"])
    assert "no certificate request was found, so nothing was checked" in nothing.content[0].text


REQUEST = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.brightharbor.io, ValidationMethod: DNS}
"""
OF_FOLDERS = {
    **dict.fromkeys(("check", "coverage", "plan", "validation"), lambda it: {"paths": [it]}),
    "compare": lambda it: {"old": it, "new": it},
}


def folder_with(text):
    """Return a folder in the current one with a file."""
    os.makedirs("sub", exist_ok=True)
    Path("sub/a.yaml").write_text(text)
    return "sub"


@pytest.mark.parametrize("tool", OF_FOLDERS)
def test_nothing_to_check_is_no_pass(tool):
    """An answer without results has something unchecked if no request was found."""
    [nothing] = mcp.pages(tool, **OF_FOLDERS[tool](folder_with("Resources: {}")))
    assert nothing.structured_content["unchecked"] == 1
    assert " was found, so nothing was " in nothing.content[0].text
    something = mcp.call(tool, **OF_FOLDERS[tool](folder_with(REQUEST)))
    assert " was found, so nothing was " not in something.content[0].text


def test_coverage_of_names():
    """Names and hosts need no files."""
    given = {"names": ["*.b.io", "www.b.io"], "hosts": ["b.io", "a.b.io"]}
    code, items, _ = whole("coverage", **given)
    assert code == 1
    assert items == [
        {"host": "b.io", "verdict": "not covered", "name_to_add": "b.io"},
        {"host": "a.b.io", "verdict": "covered", "by": "*.b.io"},
        {"name": "www.b.io", "verdict": "redundant"},
    ]


@pytest.mark.parametrize(
    ("tool", "given", "fault"),
    [
        ("check", {}, "give either `paths` or `texts`"),
        ("check", {"paths": ["a"], "texts": {"a": ""}}, "give either `paths` or `texts`"),
        ("check", {"texts": {"a.json": "{}"}, "region": "x y"}, "`x y`"),
        ("check", {"texts": {"a.json": "{}"}, "as_of": "2026-99-99"}, "is not a date"),
        ("check", {"texts": {"a.json": "{}"}, "settings": {"selekt": []}}, "`selekt`"),
        ("coverage", {"names": ["*.b.io"]}, "give `hosts` with `names`"),
        ("coverage", {"names": ["b..io"], "hosts": ["b.io"]}, "`b..io`"),
        ("coverage", {"names": ["b.io"], "hosts": ["b.io"], "paths": ["."]}, "but not both"),
        ("plan", {}, "give `hosts`, `paths` or `texts`"),
        ("plan", {"hosts": ["b.io"], "service": "cloudfrnt"}, "`cloudfrnt`"),
        ("plan", {"texts": {"a.json": "{}"}, "service": "alb"}, "`service` needs `hosts`"),
        ("compare", {"old": "a.yaml"}, "give `revision` and `paths`"),
        ("compare", {"old": "a.yaml", "new": "b.yaml"}, "no such file"),
        ("compare", {"revision": "--output=x", "paths": ["."]}, "--output=x"),
        ("compare", {"new_texts": {"a.json": "{}"}}, "must be a Terraform plan"),
        ("explain", {"query": "ACM999"}, "ACM999"),
        ("explain", {"query": "zyxwv"}, "no rule"),
    ],
)
def test_errors_are_one_sentence(tool, given, fault):
    """An error of a tool is one line that says what is wrong."""
    result = mcp.call(tool, **given)
    [content] = result.content
    assert result.is_error
    assert fault in content.text
    assert "\n" not in content.text
    assert "Traceback" not in content.text


def test_plan_of_hosts():
    """Hosts without files are planned, with the Region of the call, and perhaps refused."""
    code, items, _ = whole("plan", hosts=["b.io", "a.b.io"], region="eu-west-1")
    assert (code, items) == (0, [{"region": "eu-west-1", "domain_name": "b.io", "names": 2}])
    code, items, first = whole("plan", hosts=["co.uk"])
    assert code == 1
    assert "refused" in items[0]
    assert first["counts"]["refused"] == 1


def test_plan_without_wildcards():
    """The answer says what wildcards would save."""
    hosts = [f"{letter}.b.io" for letter in "abcdefghijkl"]
    assert len(whole("plan", hosts=hosts)[1]) == 1
    _, items, first = whole("plan", hosts=hosts, wildcards=False)
    assert len(items) == first["counts"]["certificates"] == 2


SITE = template({"Certificate": (("brightharbor.io", "www.brightharbor.io"), {})})
MORE = template({"Certificate": (("brightharbor.io", "shop.brightharbor.io"), {})})


def test_compare_files_texts_and_revisions(here):
    """Two files, two texts of one name, and a Git revision have the same change."""
    (here / "old.json").write_text(SITE)
    (here / "new.json").write_text(MORE)
    git(here, "init", "-q")
    (here / "a.json").write_text(SITE)
    git(here, "add", "a.json")
    git(here, "commit", "-qm", "Add a certificate")
    (here / "a.json").write_text(MORE)
    for given in (
        {"old": "old.json", "new": "new.json"},
        {"old_texts": {"a.json": SITE}, "new_texts": {"a.json": MORE}},
        {"revision": "HEAD", "paths": ["a.json"]},
    ):
        code, [item], first = whole("compare", **given)
        assert (code, item["verdict"], item["kind"]) == (0, "replacement", "changed")
        assert first["counts"] == {"replacement": 1}


def test_compare_with_parameters():
    """The value of a parameter of texts counts; one that neither side declares is refused."""
    site = SITE.replace('"www.brightharbor.io"', '{"Ref": "Name"}')
    site = site.replace("{", '{"Parameters": {"Name": {"Type": "String"}}, ', 1)
    given = {"old_texts": {"a.json": SITE}, "new_texts": {"a.json": site}}
    same = whole("compare", **given, parameters={"Name": "www.brightharbor.io"})
    assert same[1] == []
    [other] = whole("compare", **given, parameters={"Name": "x.brightharbor.io"})[1]
    assert other["verdict"] == "replacement"
    refused = mcp.call("compare", **given, parameters={"Nam": "x"})
    assert refused.content[0].text == "unknown parameter or variable `Nam`; did you mean `Name`?"


def test_compare_a_plan(here):
    """A Terraform plan is compared alone, as a file or as a string."""
    after = {"domain_name": "brightharbor.io", "validation_method": "DNS"}
    text = json.dumps(plan(change("aws_acm_certificate.a", after)))
    (here / "plan.json").write_text(text)
    for given in ({"new": "plan.json"}, {"new_texts": {"plan.json": text}}):
        _, [item], _ = whole("compare", **given)
        assert item["address"] == "aws_acm_certificate.a"


def test_explain_has_the_page_of_the_command(capsys):
    """All pages of an answer together are the page of the rule."""
    assert main.main(["explain", "ACM203"]) == 0
    page = capsys.readouterr().out
    found = mcp.pages("explain", query="ACM203")
    shown = "".join("".join(each.content[0].text.split()) for each in found)
    assert all("".join(line.split()) in shown for line in page.splitlines())
    listed = mcp.items("explain", query="wildcard apex")
    assert listed[0]["rule"] == "ACM203"


def test_nothing_is_written(here):
    """No call changes, adds or removes a file."""
    (here / "a.json").write_text(SITE)

    def state():
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in Path(here).rglob("*")
        }

    before = state()
    for tool in ("check", "coverage", "plan", "validation"):
        mcp.pages(tool, paths=[os.curdir])
    assert state() == before
