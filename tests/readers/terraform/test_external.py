"""Modules that are not in the files of a run."""

import json

import pytest
from tests.support.terraform import declarations, names, only, text_at

from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import InputError, Source

REGISTRY = "registry.terraform.io/terraform-aws-modules/acm/aws"
CERTIFICATE = """
variable "domain_name" { type = string }
variable "others" { default = ["c_d.io"] }
resource "aws_acm_certificate" "own" {
  domain_name               = var.domain_name
  subject_alternative_names = concat(["www.${var.domain_name}"], var.others)
  validation_method         = "DNS"
}
"""


def tree_of(files, manifest=None):
    """Return the modules of files by path, with a list of downloads as text or as data."""
    text = manifest if manifest is None or isinstance(manifest, str) else json.dumps(manifest)
    sources = {path: Source(path, each) for path, each in files.items()}
    read_paths = []

    def load(folder):
        found = [each for path, each in sources.items() if path.rpartition("/")[0] == folder]
        return found or [InputError(folder, "no such file or directory")]

    def read(path):
        read_paths.append(path)
        return text if path.endswith(".terraform/modules/modules.json") else None

    tree = ModuleTree(load, Parameters({}), read)
    return tree, read_paths


def entry(key, source, folder, version=""):
    """Return an entry of the list of downloads."""
    return {"Key": key, "Source": source, "Version": version, "Dir": folder}


def downloaded(text, code, *, version="5.1.0"):
    """Return the declarations of a file whose call `acm` is downloaded as some files."""
    files = {f".terraform/modules/acm/{name}": each for name, each in code.items()}
    acm = entry("acm", REGISTRY, ".terraform/modules/acm", version)
    tree, _ = tree_of({"main.tf": text, **files}, {"Modules": [entry("", "", "."), acm]})
    found = tree.declarations("")
    assert tree.unreadable == {}
    return found


def acm(version="~> 5.0", source="terraform-aws-modules/acm/aws"):
    """Return a call of a module that requests a certificate."""
    return (
        f'module "acm" {{\n  source = "{source}"\n  version = "{version}"\n'
        '  domain_name = "a_b.io"\n}\n'
    )


def test_downloaded_code_is_preferred_to_a_table():
    """The code that Terraform uses is read, and located at the call."""
    (declaration,) = downloaded(acm(), {"main.tf": CERTIFICATE})
    assert declaration.address == "module.acm.aws_acm_certificate.own"
    assert declaration.file == "main.tf"
    assert declaration.request.spellings == ("a_b.io", "www.a_b.io", "c_d.io")
    assert text_at(declaration) == ['module "acm"']
    assert text_at(declaration, "names", 0) == ["a_b.io"]
    assert text_at(declaration, "names", 1) == ["a_b.io"]
    assert text_at(declaration, "names", 2)[0] == 'module "acm"'


def test_downloaded_modules_call_others():
    """A downloaded module may call modules of its own, and others of a registry."""
    inner = 'module "inner" {\n  source = "./inner"\n  domain_name = var.domain_name\n}\n'
    folder = ".terraform/modules/acm"
    files = {
        "main.tf": acm(),
        f"{folder}/main.tf": 'variable "domain_name" {}\n' + inner,
        f"{folder}/inner/main.tf": CERTIFICATE,
    }
    entries = [
        entry("acm", REGISTRY, folder, "5.1.0"),
        entry("acm.inner", "./inner", f"{folder}/inner"),
    ]
    tree, _ = tree_of(files, {"Modules": entries})
    (declaration,) = tree.declarations("")
    assert declaration.address == "module.acm.module.inner.aws_acm_certificate.own"
    assert text_at(declaration, "names", 0) == ["a_b.io"]


def test_a_call_in_a_local_module_is_followed():
    """The list is that of the root module, which Terraform was run in."""
    files = {
        "main.tf": 'module "w" {\n  source = "./w"\n}\n',
        "w/main.tf": acm(source="x/y/aws"),
        ".terraform/modules/z/main.tf": CERTIFICATE,
    }
    listed = [entry("w.acm", "registry.terraform.io/x/y/aws", ".terraform/modules/z", "5.0.1")]
    tree, _ = tree_of(files, {"Modules": listed})
    assert tree.roots(["", "w"]) == [""]
    (declaration,) = tree.declarations("")
    assert declaration.file == "w/main.tf"
    assert [*tree.not_checked(["", "w"])] == []


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        '{"Modules": {}}',
        '{"Modules": [1, {"Key": 1}, {}]}',
        "[" * 100_000,
        {"Modules": [entry("acm", REGISTRY, "../../etc", "5.1.0")]},
        {"Modules": [entry("acm", REGISTRY, "/etc", "5.1.0")]},
        {"Modules": [entry("acm", REGISTRY, ".terraform/modules/../../m", "5.1.0")]},
        {"Modules": [entry("acm", REGISTRY, ".terraform/modules/gone", "5.1.0")]},
        {"Modules": [entry("acm", REGISTRY, ".terraform/modules/bad", "5.1.0")]},
        {"Modules": [entry("acm", REGISTRY, ".terraform/modules/acm", "4.0.0")]},
        {"Modules": [entry("acm", REGISTRY, ".terraform/modules/acm", "x")]},
        {"Modules": [entry("acm", "x/acm/aws", ".terraform/modules/acm", "5.1.0")]},
        {"Modules": [entry("other", REGISTRY, ".terraform/modules/acm", "5.1.0")]},
    ],
)
def test_a_list_that_does_not_fit_is_ignored(manifest):
    """A list that is not valid, out of date or outside of the downloads leaves the table."""
    files = {
        "main.tf": acm(),
        "m/main.tf": CERTIFICATE,
        ".terraform/modules/acm/main.tf": CERTIFICATE,
        ".terraform/modules/bad/main.tf": 'resource "aws_acm_certificate" "x" {',
    }
    tree, _ = tree_of(files, manifest)
    assert [each.address for each in tree.declarations("")] == [
        "module.acm.aws_acm_certificate.this"
    ]
    assert tree.unreadable == {}


def test_modules_that_call_themselves_are_read_once():
    """A cycle in the downloads ends."""
    again = 'module "acm" {\n  source = "./"\n  domain_name = "x.io"\n}\n'
    folder = ".terraform/modules/acm"
    entries = [entry("acm", REGISTRY, folder, "5.1.0")]
    entries += [entry("acm" + ".acm" * count, "./", folder) for count in range(1, 50)]
    files = {"main.tf": acm(), f"{folder}/main.tf": CERTIFICATE + again}
    tree, _ = tree_of(files, {"Modules": entries})
    assert len(tree.declarations("")) == 1


@pytest.mark.parametrize(("text", "is_read"), [("", False), ("./m", False), ("x/y/aws", True)])
def test_the_list_is_read_only_for_a_remote_call(text, is_read):
    """A module that calls only local modules does not need the list."""
    call = f'module "m" {{\n  source = "{text}"\n}}\n' if text else ""
    own = CERTIFICATE.replace("var.domain_name", '"a.io"')
    tree, paths = tree_of({"main.tf": own + call, "m/main.tf": ""}, {"Modules": []})
    tree.declarations(tree.roots([""])[0])
    assert bool(paths) is is_read


def test_an_error_in_downloaded_code_is_reported_at_the_call():
    """The error names a file of the run."""
    broken = 'resource "aws_acm_certificate" "own" {\n  domain_name = ["a"]\n}\n'
    folder = ".terraform/modules/acm"
    entries = [entry("acm", REGISTRY, folder, "5.1.0")]
    tree, _ = tree_of({"main.tf": acm(), f"{folder}/main.tf": broken}, {"Modules": entries})
    tree.declarations("")
    assert [str(each).partition(" ")[0] for each in tree.unreadable.values()] == ["main.tf:1:1:"]


def test_without_files_only_tables_are_read():
    """A source that is not on disk has no downloads."""
    assert names(acm("~> 4.0")) == {"module.acm.aws_acm_certificate.this": "a_b.io"}
    assert declarations(acm(source="x/y/aws")) == ()
    assert only(acm()).file == "main.tf"


@pytest.mark.parametrize(("inner", "count"), [("x/acm/aws", 1), ("x/vpc/aws", 0), (REGISTRY, 0)])
def test_unread_calls_in_downloaded_code_are_listed(inner, count):
    """A call that cannot be read is listed at the call in the files."""
    folder = ".terraform/modules/site"
    code = f'module "inner" {{\n  source = "{inner}"\n  domain_name = "a.io"\n}}\n'
    text = acm(source="x/site/aws").replace('"acm"', '"site"')
    listed = [entry("site", "x/site/aws", folder, "5.0.1")]
    tree, _ = tree_of({"main.tf": text, f"{folder}/main.tf": code}, {"Modules": listed})
    tree.declarations("")
    found = [*tree.not_checked([""])]
    assert [(each.file, each.line, each.what) for each in found] == [
        ("main.tf", 1, "module `inner`")
    ] * count


def test_downloaded_code_may_be_newer():
    """An argument that acmrules does not know is no finding in code of others."""
    newer = """
resource "aws_acm_certificate" "own" {
  domain_name = "a.io"
  is_new      = true
  lifecycle {
    create_before_destroy = true
    enabled               = true
  }
}
"""
    (declaration,) = downloaded(acm(), {"main.tf": newer})
    assert declaration.request.unknown_members == ()
    assert declaration.request.create_before_destroy is True
    assert {each.file for each in declaration.variants[0].locations.values()} == {"main.tf"}


def test_downloaded_files_that_override_others():
    """They are read after the files that they override."""
    override = 'resource "aws_acm_certificate" "own" {\n  validation_method = "EMAIL"\n}\n'
    (declaration,) = downloaded(acm(), {"a_override.tf": override, "main.tf": CERTIFICATE})
    assert declaration.request.validation_method.name == "EMAIL"


def test_downloaded_code_with_an_unreadable_file_is_not_read():
    """The table of the module is used instead."""
    folder = ".terraform/modules/acm"
    listed = json.dumps({"Modules": [entry("acm", REGISTRY, folder, "5.1.0")]})
    readable = [Source(f"{folder}/a.tf", CERTIFICATE), Source(f"{folder}/b.tf", "")]

    def load(path):
        unreadable = InputError(f"{folder}/c.tf", "is not UTF-8")
        return [*readable, unreadable] if path == folder else [Source("main.tf", acm())]

    tree = ModuleTree(load, Parameters({}), lambda _: listed)
    (declaration,) = tree.declarations("")
    assert declaration.address == "module.acm.aws_acm_certificate.this"
