"""The command `compare`: its output, exit codes and errors."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.support.commands import GOOD, write
from tests.support.edits import template
from tests.support.git import commit, git
from tests.support.terraform_plans import change, plan
from tests.support.x509 import certificate, text

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, main
from acmrules.reports.findings import FORMATS

SITE = {"Certificate": (("brightharbor.io", "www.brightharbor.io"), {})}
MORE = {"Certificate": (("brightharbor.io", "www.brightharbor.io", "shop.brightharbor.io"), {})}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory, with a fixed date."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def compare(capsys):
    """Return a function that runs the command, and returns its exit code and output."""

    def run(*words):
        code = main(["compare", "--as-of", "2026-11-01", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def changes_in(out):
    """Return the changes of a JSON report, each with its address and verdict."""
    return [(each["address"], each["kind"], each["verdict"]) for each in json.loads(out)["changes"]]


# Two files or folders


def test_two_files(here, compare):
    """Two files are compared with any names."""
    (here / "a.json").write_text(template(SITE))
    (here / "b.yaml").write_text(template(MORE))
    code, out, err = compare("a.json", "b.yaml")
    assert (code, err) == (CLEAN, "")
    assert out.startswith("b.yaml:3:4 Certificate: replacement (cloudformation)\n")
    assert out.endswith("\n1 certificate: 1 replacement\n")
    assert compare("a.json", "a.json") == (CLEAN, "no certificate changes\n", "")


def test_acme_resources(here, compare):
    """The edits of ACME resources are compared, and counted apart from certificates."""
    kind = "AWS::CertificateManager::AcmeDomainValidation"
    stack = f"Resources:\n  V:\n    Type: {kind}\n    Properties: {{DomainName: a.io}}\n"
    (here / "a.yaml").write_text(stack)
    (here / "b.yaml").write_text(stack.replace("a.io", "b.io"))
    code, out, err = compare("a.yaml", "b.yaml")
    assert (code, err) == (CLEAN, "")
    assert out.startswith("b.yaml:2:3 V: replacement (cloudformation)\n")
    assert out.endswith("\n1 ACME resource: 1 replacement\n")
    assert "new certificate" not in out
    assert compare("a.yaml", "a.yaml") == (CLEAN, "no certificate changes\n", "")


@pytest.mark.parametrize(
    ("bar", "code"),
    [("in-place", FOUND), ("replacement", FOUND), ("impossible", CLEAN)],
)
def test_exit_codes(here, compare, bar, code):
    """The exit code is 1 from the verdict of `--fail-on`."""
    (here / "a.yaml").write_text(template(SITE))
    (here / "b.yaml").write_text(template(MORE))
    assert compare("a.yaml", "b.yaml", "--fail-on", bar)[0] == code
    assert compare("a.yaml", "a.yaml", "--fail-on", bar)[0] == CLEAN


def test_two_folders(here, compare):
    """Files of two directories match by name."""
    for side, what in (("old", SITE), ("new", MORE)):
        (here / side / "in").mkdir(parents=True)
        (here / side / "in" / "site.yaml").write_text(template(what))
        (here / side / "same.yaml").write_text(template({"Other": (("x.io",), {})}))
    _, out, _ = compare("old", "new", "--format", "json")
    assert changes_in(out) == [("Certificate", "changed", "replacement")]
    assert json.loads(out)["changes"][0]["was"] is None


@pytest.fixture
def standard_input(monkeypatch):
    """Return a function that sets the standard input."""
    streams = []

    def write(text):
        read, written = os.pipe()
        os.write(written, text.encode())
        os.close(written)
        streams.append(open(read, encoding="utf-8"))  # noqa: SIM115  (closed below)
        monkeypatch.setattr("sys.stdin", streams[-1])

    yield write
    for stream in streams:
        stream.close()


def test_standard_input(here, compare, standard_input):
    """One side can be standard input."""
    (here / "new.json").write_text(template(MORE))
    standard_input(template(SITE))
    assert "1 replacement" in compare("-", "new.json")[1]


def test_a_parameter_with_standard_input(here, compare, standard_input):
    """The search for a parameter leaves standard input to the comparison."""
    declared = '{"Parameters": {"Domain": {"Type": "String"}}, '
    (here / "new.json").write_text(template(MORE))
    standard_input(template(SITE).replace("{", declared, 1))
    assert "1 replacement" in compare("-", "new.json", "--param", "Domain=x.io")[1]


def test_files_of_terraform(here, compare):
    """A Terraform file is read alone, because the other one may be in the same directory."""
    for name, others in (("a.tf", '"www.x.io"'), ("b.tf", '"www.x.io", "shop.x.io"')):
        (here / name).write_text(terraform(others))
    assert "1 replacement" in compare("a.tf", "b.tf")[1]


def terraform(others="", name="site"):
    return (
        f'resource "aws_acm_certificate" "{name}" {{\n  domain_name = "x.io"\n'
        f'  subject_alternative_names = [{others}]\n  validation_method = "DNS"\n}}\n'
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("there", "missing"), "missing: no such file or directory"),
        (("missing",), "missing: no such file or directory"),
        (("file", "there"), "two files or two directories"),
        (("file", "file", "file"), "accepts two paths"),
        (("file",), "a single path must be a Terraform plan"),
        (("there",), "a single path must be a Terraform plan"),
        (("list.json",), "a single path must be a Terraform plan"),
        (("--git", "HEAD", "file"), "not a git repository"),
        (("--git", "-p", "file"), "`-p` is not a valid revision"),
        ((), "needs at least one file or directory"),
        (("--fail-on", "none", "file", "file"), "unknown value `none`"),
    ],
)
def test_usage(here, compare, words, message, monkeypatch):
    """Inputs that cannot be compared have one message, and exit code 2."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    (here / "there").mkdir()
    (here / "file").write_text("x")
    (here / "list.json").write_text("[1]")
    code, out, err = compare(*words)
    assert (code, out) == (UNREADABLE, "")
    assert message in err
    assert err.count("\n") == 1


def test_unreadable(here, compare):
    """The certificates of an unreadable side are neither added nor removed."""
    for side in ("old", "new"):
        (here / side).mkdir()
        (here / side / "good.yaml").write_text(template(SITE if side == "old" else MORE))
        (here / side / "bad.yaml").write_text(template({"Bad": (("bad.io",), {})}))
    (here / "old" / "bad.yaml").write_text("Resources: {AWS::CertificateManager::Certificate: [")
    code, out, err = compare("old", "new", "--format", "json")
    assert code == CLEAN
    assert err.startswith("acmrules: warning: old/bad.yaml:")
    assert changes_in(out) == [("Certificate", "changed", "replacement")]


def test_importers(here, compare):
    """Consumers that import a replaced certificate are reported."""
    exported = json.loads(template(SITE))
    exported["Outputs"] = {"A": {"Value": {"Ref": "Certificate"}, "Export": {"Name": "cert"}}}
    used = json.loads(template({}, {"Site": ("x", ["www.brightharbor.io"])}))
    viewer = used["Resources"]["Site"]["Properties"]["DistributionConfig"]["ViewerCertificate"]
    viewer["AcmCertificateArn"] = {"Fn::ImportValue": "cert"}
    for side in ("old", "new"):
        (here / side).mkdir()
        (here / side / "use.json").write_text(json.dumps(used))
        (here / side / "site.json").write_text(json.dumps(exported))
    edited = exported | {"Resources": json.loads(template(MORE))["Resources"]}
    (here / "new" / "site.json").write_text(json.dumps(edited))
    _, out, _ = compare("old", "new", "--format", "json")
    [each] = json.loads(out)["changes"]
    assert [(use["address"], use["file"]) for use in each["uses"]] == [("Site", "new/use.json")]
    commit(here, {})
    (here / "old" / "site.json").write_text(json.dumps(edited))
    _, out, _ = compare("--git", "HEAD", "old", "--format", "json")
    [each] = json.loads(out)["changes"]
    assert [use["file"] for use in each["uses"]] == ["old/use.json"]


# A revision of git


def test_a_clean_tree(here, compare):
    """A revision compared with its own tree has no changes."""
    commit(here, {"site.yaml": template(SITE), "main.tf": terraform(), "x.txt": "x"})
    assert compare("--git", "HEAD", ".") == (CLEAN, "no certificate changes\n", "")


def test_a_revision(here, compare):
    """Edited, new and deleted files are compared with a revision."""
    commit(
        here,
        {
            "site.yaml": template(SITE),
            "gone.yaml": template({"Gone": (("gone.io",), {})}),
            "same.yaml": template({"Same": (("same.io",), {})}),
        },
    )
    (here / "site.yaml").write_text(template(MORE))
    (here / "gone.yaml").unlink()
    (here / "new.yaml").write_text(template({"New": (("new.io",), {})}))
    _, out, _ = compare("--git", "HEAD", ".", "--format", "json")
    assert sorted(changes_in(out)) == [
        ("Certificate", "changed", "replacement"),
        ("Gone", "removed", "no-change"),
        ("New", "added", "no-change"),
    ]
    _, out, _ = compare("--git", "HEAD", "gone.yaml", "--format", "json")
    assert changes_in(out) == [("Gone", "removed", "no-change")]


@pytest.mark.parametrize("path", ["link", "link/sub/main.tf", "{here}/link/sub"])
@pytest.mark.parametrize("name", ["main.tf", "site.yaml"])
def test_a_revision_through_a_link(here, compare, path, name):
    """A link to a folder of the repository means that folder."""
    text = {"main.tf": terraform, "site.yaml": lambda name="a": template({name: (("a.io",), {})})}
    commit(here, {f"top/sub/{name}": text[name]()})
    (here / "link").symlink_to("top")
    (here / "top" / "sub" / name).write_text(text[name](name="b"))
    words = path.format(here=here).replace("main.tf", name)
    _, out, _ = compare("--git", "HEAD", words, "--format", "json")
    assert len(changes_in(out)) == 1


def test_a_named_file_of_a_module_is_compared_once(here, compare):
    """A Terraform file is part of its module, also if it is named."""
    commit(here, {"main.tf": terraform()})
    (here / "main.tf").write_text(terraform('"www.x.io"'))
    _, out, _ = compare("--git", "HEAD", "main.tf", "--format", "json")
    assert len(changes_in(out)) == 1


@pytest.mark.parametrize("in_git", [True, False])
def test_renamed_files(here, compare, in_git):
    """A renamed file has the same certificates, staged or not."""
    commit(here, {"a.yaml": template(SITE), "old/main.tf": terraform()})
    for was, becomes in (("a.yaml", "b.yaml"), ("old", "new")):
        if in_git:
            git(here, "mv", was, becomes)
        else:
            (here / was).rename(here / becomes)
    assert compare("--git", "HEAD", ".") == (CLEAN, "no certificate changes\n", "")
    (here / "b.yaml").write_text(template(MORE))
    (here / "new" / "main.tf").write_text(terraform('"www.x.io"'))
    _, out, _ = compare("--git", "HEAD", ".", "--format", "json")
    assert sorted(changes_in(out)) == [
        ("Certificate", "changed", "replacement"),
        ("aws_acm_certificate.site", "changed", "replacement"),
    ]
    assert {each["was"]["file"] for each in json.loads(out)["changes"]} == {"a.yaml", "old/main.tf"}


def test_a_module_that_others_call(here, compare):
    """A module is read with its callers, in both states."""
    module = 'variable "names" { default = [] }\n' + terraform("").replace("[]", "var.names")
    call = 'module "certificate" {\n  source = "../certificate"\n  names = ["www.x.io"]\n}\n'
    commit(here, {"certificate/main.tf": module, "prod/main.tf": call, "test/main.tf": call})
    (here / "certificate" / "main.tf").write_text(module.replace('"DNS"', '"EMAIL"'))
    _, out, _ = compare("--git", "HEAD", ".", "--format", "json")
    assert (
        changes_in(out)
        == [("module.certificate.aws_acm_certificate.site", "changed", "replacement")] * 2
    )
    git(here, "checkout", "-q", ".")
    (here / "prod" / "main.tf").write_text(call.replace("www", "shop"))
    _, out, _ = compare("--git", "HEAD", ".", "--format", "json")
    [each] = json.loads(out)["changes"]
    assert (each["added"], each["removed"]) == (["shop.x.io"], ["www.x.io"])
    # The module alone was not edited, and what stands in it is no matter of others.
    assert changes_in(compare("--git", "HEAD", "test", "--format", "json")[1]) == []


def test_variables_of_a_module(here, compare):
    """An edit of variables is an edit of the modules that use them."""
    main_tf = 'variable "names" {}\n' + terraform("").replace("[]", "var.names")
    commit(here, {"main.tf": main_tf, "terraform.tfvars": 'names = ["a.x.io"]'})
    (here / "terraform.tfvars").write_text('names = ["b.x.io"]')
    assert "1 replacement" in compare("--git", "HEAD", ".")[1]
    assert compare("--git", "HEAD", ".", "--kind", "cloudformation")[1].startswith("no certificate")


def test_moved(here, compare):
    """A `moved` block avoids a replacement."""
    commit(here, {"main.tf": terraform()})
    (here / "main.tf").write_text(terraform(name="other"))
    out = compare("--git", "HEAD", ".")[1]
    assert " to `aws_acm_certificate.other`, with the same names" in out
    block = "add a `moved` block from `aws_acm_certificate.site` to `aws_acm_certificate.other`"
    assert block in out
    block = "moved {\n from = aws_acm_certificate.site\n to = aws_acm_certificate.other\n}\n"
    (here / "main.tf").write_text(terraform(name="other") + block)
    assert compare("--git", "HEAD", ".")[1] == "no certificate changes\n"


def test_unchanged_files_are_not_parsed(here, compare, monkeypatch):
    """Unchanged files and modules are not parsed."""
    from acmrules.readers import registry
    from acmrules.readers.terraform.reader import ModuleTree

    commit(
        here,
        {f"{n}.yaml": template(SITE) for n in range(5)}
        | {"a/main.tf": terraform(), "b/main.tf": terraform()},
    )
    (here / "3.yaml").write_text(template(MORE))
    (here / "b" / "main.tf").write_text(terraform('"www.x.io"'))
    read, declarations = [], ModuleTree.declarations
    original = registry.read

    def reading(source, *words, **more):
        read.append(source.name)
        return original(source, *words, **more)

    def of_module(self, root, parameters=None):
        read.append(root)
        return declarations(self, root, parameters)

    monkeypatch.setattr(registry, "read", reading)
    monkeypatch.setattr(ModuleTree, "declarations", of_module)
    assert "2 replacement" in compare("--git", "HEAD", ".")[1]
    assert sorted(read) == ["3.yaml", "3.yaml", "b", "b"]


def test_settings_apply(here, compare):
    """Settings apply as for `check`."""
    text = template(SITE).replace('"brightharbor.io"', '{"Ref": "Domain"}')
    text = text.replace("{", '{"Parameters": {"Domain": {"Type": "String"}}, ', 1)
    commit(here, {"a.yaml": text, "out/b.yaml": template(SITE)})
    (here / "a.yaml").write_text(text.replace("www.", "shop."))
    (here / "out" / "b.yaml").write_text(template(MORE))
    (here / ".acmrules.toml").write_text('exclude = ["out/"]\n')
    words = ("--git", "HEAD", ".", "--format", "json", "--param", "Domain=x.io")
    _, out, _ = compare(*words)
    [each] = json.loads(out)["changes"]
    assert each["approve_again"]["automatically"] == ["x.io"]
    assert [f["rule"] for f in json.loads(out)["findings"]] == ["ACM601"]
    assert json.loads(compare(*words, "--ignore", "ACM601")[1])["findings"] == []


def test_wrong_settings(here, compare):
    """Invalid settings are reported once, as an unreadable input."""
    commit(here, {"a.yaml": template(SITE), "b.yaml": template(SITE)})
    for name in ("a.yaml", "b.yaml"):
        (here / name).write_text(template(MORE))
    (here / ".acmrules.toml").write_text("nonsense = 1\n")
    code, _, err = compare("--git", "HEAD", ".")
    assert (code, err.count("nonsense")) == (UNREADABLE, 1)


def test_an_unreadable_file_of_a_revision(here, compare):
    """An unreadable old file is reported with its revision."""
    commit(here, {"a.yaml": b"AWS::CertificateManager::Certificate Resources \xff"})
    (here / "a.yaml").write_text(template(SITE))
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, out) == (CLEAN, "no certificate changes in what could be read\n")
    assert err.startswith("acmrules: warning: a.yaml (HEAD):1:48: is not UTF-8")
    assert compare("--git", "HEAD", "a.yaml")[0] == UNREADABLE


def test_an_unreadable_module(here, compare):
    """The certificates of an unreadable module are not removed."""
    commit(here, {"main.tf": terraform()})
    (here / "main.tf").write_text('resource "aws_acm_certificate" {{{')
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, out) == (CLEAN, "no certificate changes in what could be read\n")
    assert err.startswith("acmrules: warning: main.tf:1")


def test_a_defect(here, compare, monkeypatch):
    """A bug is reported with its location, and other files are compared."""
    from acmrules.readers.cloudformation import reader

    commit(here, {"a.yaml": template(SITE), "main.tf": terraform()})
    (here / "a.yaml").write_text(template(MORE))
    (here / "main.tf").write_text(terraform('"www.x.io"'))
    monkeypatch.setattr(reader, "read", lambda *_: 1 / 0)
    code, out, err = compare("--git", "HEAD", ".")
    assert code == 3
    assert "a bug in acmrules" in err
    assert "aws_acm_certificate.site: replacement" in out


def test_from_a_folder_inside(here, compare, monkeypatch):
    """Paths are relative to the current directory, also deleted ones."""
    commit(
        here, {"in/site.yaml": template(SITE), "in/gone/x.yaml": template({"X": (("x.io",), {})})}
    )
    (here / "in" / "site.yaml").write_text(template(MORE))
    (here / "in" / "gone" / "x.yaml").unlink()
    (here / "in" / "gone").rmdir()
    monkeypatch.chdir(here / "in")
    assert compare("--git", "HEAD", ".")[1].startswith("site.yaml:3:4 Certificate: replacement")
    assert compare("--git", "HEAD", "gone/x.yaml")[1].endswith("1 certificate: 1 removed\n")


def test_a_list_of_names(here, compare):
    """A list of names is compared if it is named explicitly."""
    commit(here, {"names.txt": "a.io\n"})
    (here / "names.txt").write_text("a.io\nb.io\n")
    assert compare("--git", "HEAD", ".")[1] == "no certificate changes\n"
    assert "1 replacement" in compare("--git", "HEAD", "names.txt")[1]


# A plan


def test_a_plan(here, compare, standard_input):
    """A plan has both sides, also as standard input."""
    before = {
        "domain_name": "a.io",
        "subject_alternative_names": ["a.io"],
        "validation_method": "DNS",
    }
    after = before | {"subject_alternative_names": ["a.io", "b.io"]}
    entry = change("aws_acm_certificate.a", after, actions=("delete", "create"), before=before)
    (here / "plan.json").write_text(json.dumps(plan(entry)))
    standard_input(json.dumps(plan(entry)))
    for path in ("plan.json", "-"):
        code, out, _ = compare(path, "--format", "json", "--fail-on", "replacement")
        assert code == FOUND
        assert changes_in(out) == [("aws_acm_certificate.a", "changed", "replacement")]


def test_an_unreadable_plan(here, compare):
    """An invalid JSON file is reported."""
    (here / "plan.json").write_text('{"format_version": "1.0", "resource_changes": [')
    code, _, err = compare("plan.json")
    assert code == UNREADABLE
    assert "is JSON that ends after 47 bytes" in err


# Formats


@pytest.fixture
def sides(here):
    """Write both sides of a comparison with every kind of change."""
    old = SITE | {
        "Gone": (("gone.io",), {}),
        "Mail": (("mail.io",), {"ValidationMethod": "EMAIL"}),
        "Bad": (("bad.io",), {}),
        "Order": (("a.io", "b.io", "c.io"), {}),
    }
    new = MORE | {
        "Mail": (("mail.io",), {"ValidationMethod": "EMAIL", "KeyAlgorithm": "EC_prime256v1"}),
        "Bad": (("bad.io", "b|`d_\x1b.io"), {}),
        "Order": (("a.io", "c.io", "b.io"), {}),
        "New": (("new.io",), {}),
    }
    users = {"Site": ("Certificate", ["www.brightharbor.io"]), "Left": ("Gone", ["gone.io"])}
    for side, what in (("old", old), ("new", new)):
        (here / side).mkdir()
        (here / side / "site.yaml").write_text(template(what, users))
    return "old", "new"


@pytest.mark.parametrize("form", FORMATS)
def test_formats(sides, compare, form):
    """All formats have the same exit code, and are well-formed."""
    code, out, err = compare(*sides, "--format", form)
    assert (code, err) == (FOUND, "")
    assert "\x1b" not in out
    if form in {"json", "sarif", "gitlab"}:
        assert json.loads(out)
    elif form == "junit":
        assert ET.fromstring(out.encode()).findall(".//failure")
    else:
        assert "Certificate" in out or "ACM601" in out


def test_findings(sides, compare):
    """The findings are those of the rules for changes."""
    _, out, _ = compare(*sides, "--format", "json")
    data = json.loads(out)
    found = {(f["rule"], f["address"], f["severity"]) for f in data["findings"]}
    assert found == {
        ("ACM601", "Certificate", "warning"),
        ("ACM602", "Gone", "error"),
        ("ACM602", "Mail", "warning"),
        ("ACM601", "Bad", "warning"),
        ("ACM604", "Order", "note"),
    }
    assert data["verdict"] == "impossible"
    [gone] = [f for f in data["findings"] if f["address"] == "Gone"]
    assert gone["file"] == "new/site.yaml"


def test_suppressed(here, compare):
    """Suppressions in the new file apply."""
    text = "Resources:\n  A:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
    text += "      DomainName: a.io\n"
    text += "      SubjectAlternativeNames: [{}] # acmrules: ignore[ACM601]: it must\n"
    (here / "a.yaml").write_text(text.format("b.a.io"))
    (here / "b.yaml").write_text(text.format("c.a.io"))
    data = json.loads(compare("a.yaml", "b.yaml", "--format", "json")[1])
    assert (data["findings"], len(data["suppressed"])) == ([], 1)
    assert data["verdict"] == "replacement"


def test_settings_apply_to_modules(here, compare):
    """Excluded modules are not read."""
    commit(here, {"out/main.tf": terraform(), "in/main.tf": terraform(), "bad/main.tf": "{"})
    for folder in ("out", "in"):
        (here / folder / "main.tf").write_text(terraform('"www.x.io"'))
    (here / ".acmrules.toml").write_text('exclude = ["out/"]\n')
    code, out, _ = compare("--git", "HEAD", "out", "in", "--format", "json")
    assert (code, len(json.loads(out)["changes"])) == (CLEAN, 1)


def test_a_broken_module_that_others_call(here, compare):
    """An unreadable module outside of the paths is reported if it is called."""
    call = 'module "x" {\n  source = "../bad"\n}\n'
    commit(here, {"in/main.tf": terraform() + call, "bad/main.tf": 'resource "x" {{'})
    (here / "in" / "main.tf").write_text(terraform('"www.x.io"') + call)
    code, out, err = compare("--git", "HEAD", "in")
    assert (code, err) == (CLEAN, "")
    assert "1 replacement" in out


def test_two_certificates_of_one_file(here, compare):
    """The settings of a file are resolved once."""
    text = template({"A": (("a.io",), {}), "B": (("b.io",), {})})
    allowed = '"Metadata": {"acmrules": {"ignore": ["ACM601: so"]}}, "Properties"'
    text = text.replace('"Properties"', allowed)
    (here / "a.json").write_text(text)
    (here / "b.json").write_text(text.replace("a.io", "x.io").replace("b.io", "y.io"))
    data = json.loads(compare("a.json", "b.json", "--format", "json")[1])
    assert (data["findings"], len(data["suppressed"])) == ([], 2)


def test_a_renamed_file_that_was_not_edited(here, compare, monkeypatch):
    """A renamed file is not parsed."""
    from acmrules.readers import registry

    commit(here, {"a.yaml": template(SITE)})
    git(here, "mv", "a.yaml", "b.yaml")
    monkeypatch.setattr(registry, "read", lambda *_, **__: 1 / 0)
    assert compare("--git", "HEAD", ".") == (CLEAN, "no certificate changes\n", "")


def test_a_missing_called_module(here, compare):
    """A call of a missing module is not reported."""
    call = 'module "x" {\n  source = "./nowhere"\n}\n'
    commit(here, {"main.tf": terraform() + call})
    (here / "main.tf").write_text(terraform('"www.x.io"') + call)
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, err) == (CLEAN, "")
    assert "1 replacement" in out
    (here / "old").mkdir()
    (here / "old" / "main.tf").write_text(terraform() + call)
    assert compare("old", "old") == (CLEAN, "no certificate changes\n", "")


def test_wrong_settings_of_a_called_module_are_reported(here, compare):
    """The root module has its own settings, and is compared."""
    caller = 'module "site" {\n  source = "../site"\n}\n'
    resource = 'resource "aws_acm_certificate" "c" {\n  domain_name = "a.io"\n}\n'
    for side, site in (("old", resource), ("new", resource.replace("a.io", "b.io"))):
        for folder, content in (("main", caller), ("site", site)):
            (here / side / folder).mkdir(parents=True)
            (here / side / folder / "main.tf").write_text(content)
        (here / side / "site" / ".acmrules.toml").write_text("nonsense = 3\n")
    code, out, err = compare("old", "new")
    assert code == UNREADABLE
    assert "new/site/.acmrules.toml:1:1" in err
    assert "replacement" in out


def test_a_file_without_a_certificate_has_an_answer(compare):
    """It is not the same as a file whose certificate did not change."""
    Path("described.json").write_text('{"Certificate": {"CertificateArn": "x"}}')
    Path("bucket.json").write_text('{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}')
    code, out, err = compare("described.json", "bucket.json")
    assert (code, out) == (CLEAN, "no certificate changes\n")
    assert "described.json: the file looks like the output of `aws acm describe-certificate`" in err
    assert "bucket.json: has no certificate request" in err
    Path("cut.json").write_text('{"name": ')
    assert compare("bucket.json", "cut.json")[0] == UNREADABLE
    assert compare("--kind", "api", "described.json", "bucket.json")[0] == UNREADABLE


def test_a_parameter_is_known_if_the_old_or_the_new_files_declare_it(here, compare):
    """A name that neither side declares is an error with a suggestion."""
    text = template(SITE).replace("{", '{"Parameters": {"Domain": {"Type": "String"}}, ', 1)
    commit(here, {"a.yaml": text, "b.yaml": template(SITE)})
    (here / "a.yaml").unlink()
    assert compare("--git", "HEAD", ".", "--param", "Domain=x.io")[0] == 0
    code, _, err = compare("--git", "HEAD", ".", "--param", "Domains=x.io")
    assert code == 2
    assert err.endswith("unknown parameter or variable `Domains`; did you mean `Domain`?\n")


IMPORT = """\
resource "aws_acm_certificate" "c" {
  private_key      = file("key.pem")
  certificate_body = file("${path.module}/site.pem")
}
"""


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [("EC_prime256v1", "in-place"), ("EC_secp384r1", "impossible")],
)
def test_a_new_certificate_file_concerns_the_module_that_imports_it(
    here, compare, algorithm, expected
):
    """The module itself does not change, but it imports another certificate."""
    commit(here, {"main.tf": IMPORT, "site.pem": text(certificate("a.io", "CA"))})
    made = certificate("a.io", "CA", algorithm=algorithm, names=["a.io", "b.io"], serial=2)
    (here / "site.pem").write_text(text(made))
    _, out, _ = compare("--git", "HEAD", ".", "--format", "json")
    assert changes_in(out) == [("aws_acm_certificate.c", "changed", expected)]


def test_a_fixed_request_is_a_first_request(here, compare):
    """If ACM rejects the old request, nothing is replaced."""
    (here / "a.yaml").write_text(template({"Certificate": (("localhost",), {})}))
    (here / "b.yaml").write_text(template(SITE))
    _, out, _ = compare("a.yaml", "b.yaml")
    assert "b.yaml:3:4 Certificate: first request (cloudformation)" in out
    assert out.endswith("\n1 certificate: 1 first request\n")


def test_verdicts_have_colors_and_locations_links(run, monkeypatch):
    """Without them, the text is the same; the other formats for people have them too."""
    write("a.yaml", GOOD)
    write(
        "b.yaml", GOOD.replace("DomainName: brightharbor.io\n", "DomainName: a.brightharbor.io\n")
    )
    plain = run("compare", "a.yaml", "b.yaml")[1]
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    shown = run("compare", "a.yaml", "b.yaml", "--color", "always")[1]
    assert "\x1b[33mreplacement\x1b[0m" in shown
    assert "/b.yaml\x1b\\b.yaml:" in shown
    assert re.sub(r"\x1b\[\d+m|\x1b\]8;;[^\x1b]*\x1b\\", "", shown) == plain
    for form in ("concise", "grouped"):
        words = ("compare", "a.yaml", "b.yaml", "--format", form, "--color", "always")
        assert "\x1b[33m" in run(*words)[1]
