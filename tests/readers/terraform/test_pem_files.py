"""The PEM files that expressions read."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.x509 import certificate, chain, key_text, text

from acmrules.readers.options import Parameters
from acmrules.readers.terraform.pem_files import PemFiles
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import Source

LEAF, MIDDLE, ROOT = chain(3)
KEY = key_text()
FILES = {
    "site.pem": text(LEAF),
    "certs/site.pem": text(LEAF),
    "certs/chain.pem": text(MIDDLE, ROOT),
    "certs/full.pem": text(LEAF, MIDDLE, ROOT),
    "certs/both.pem": KEY + text(LEAF),
    "certs/template.pem": text(LEAF) + "${name}",
    "mod/own.pem": text(certificate("own.io", "CA")),
    "notes.txt": "no certificate",
}
RESOURCE = """\
resource "aws_acm_certificate" "c" {{
  private_key      = file("key.pem")
  certificate_body = {}
}}
variable "name" {{ default = "site" }}
variable "open" {{}}
data "local_file" "site" {{ filename = "${{path.module}}/certs/site.pem" }}
data "local_file" "open" {{ filename = "${{path.module}}/${{var.open}}" }}
data "local_file" "several" {{
  for_each = toset(["site"])
  filename = "${{each.key}}.pem"
}}
locals {{ folder = "${{path.module}}/certs" }}
"""


def imports(sources, files=FILES, root=""):
    """Return the imports of a root module by address, with what was read."""
    made = {path: Source(path, content) for path, content in sources.items()}
    read = []

    def load(folder):
        return [s for path, s in sorted(made.items()) if posixpath.dirname(path) == folder]

    def read_file(path):
        read.append(path)
        return files.get(path)

    tree = ModuleTree(load, Parameters({}), read_file)
    found = {
        declaration.address: declaration.variants[0].imported
        for declaration in tree.declarations(root)
    }
    assert tree.unreadable == {}
    assert len(read) == len({*read})
    return found


def leaf_of(body, files=FILES):
    """Return the subject of the certificate that an expression evaluates to, if it is known."""
    [imported] = imports({"main.tf": RESOURCE.format(body)}, files).values()
    return imported.leaf and str(imported.leaf)


@pytest.mark.parametrize(
    "body",
    [
        'file("site.pem")',
        'file("./certs/../site.pem")',
        'file("${path.module}/certs/site.pem")',
        'file("${path.root}/certs/site.pem")',
        'file("${path.cwd}/certs/${var.name}.pem")',
        'file("${local.folder}/site.pem")',
        'file(join("/", [path.module, "certs", "${var.name}.pem"]))',
        'file(format("%s/%s.pem", local.folder, var.name))',
        'file(abspath("certs/site.pem"))',
        'file(abspath("${path.module}/certs/site.pem"))',
        'file(pathexpand("certs/site.pem"))',
        'file(pathexpand("${path.module}/site.pem"))',
        'trimspace(file("site.pem"))',
        'templatefile("site.pem", {})',
        'base64decode(filebase64("site.pem"))',
        'file("certs/both.pem")',
        "data.local_file.site.content",
    ],
)
def test_the_files_of_an_import_are_read(body):
    """A path may be joined from parts, if they are known."""
    assert leaf_of(body) == "CN=www.brightharbor.io"


@pytest.mark.parametrize(
    "body",
    [
        'file("missing.pem")',
        'file("notes.txt")',
        'file("/site.pem")',
        'file("~/site.pem")',
        'file(pathexpand("~/site.pem"))',
        'file("certs/${var.open}.pem")',
        'file("${var.open}/site.pem")',
        'file("${path.module}/certs/${var.open}.pem")',
        "file(var.open)",
        "data.local_file.open.content",
        "data.local_file.site.id",
        'data.local_file.several["site"].content',
        'templatefile("certs/template.pem", { name = "x" })',
        'sensitive(file("site.pem"))',
        'try(file("missing.pem"), file("site.pem"))',
    ],
)
def test_other_files_are_unknown(body):
    """Acmrules reads no absolute paths, and only files that exist and contain PEM."""
    [imported] = imports({"main.tf": RESOURCE.format(body)}).values()
    assert imported.leaf is None
    assert imported.unknown.startswith("`${")


def test_a_called_module_has_its_own_folder():
    """`path.module` is the folder of a module; other paths start where Terraform runs."""
    inside = """\
resource "aws_acm_certificate" "own" {
  certificate_body = file("${path.module}/own.pem")
}
resource "aws_acm_certificate" "passed" {
  certificate_body = file(var.path)
}
resource "aws_acm_certificate" "root" {
  certificate_body = file("site.pem")
}
variable "path" {}
"""
    call = """\
module "m" {
  source   = "./mod"
  for_each = toset(["a"])
  path     = "${path.module}/site.pem"
}
"""
    found = imports({"main.tf": call, "mod/main.tf": inside})
    assert [str(each.leaf) for each in found.values()] == [
        "CN=own.io",
        "CN=www.brightharbor.io",
        "CN=www.brightharbor.io",
    ]
    assert [each.files for each in found.values()] == [
        ("mod/own.pem",),
        ("site.pem",),
        ("site.pem",),
    ]


def test_the_chain_is_read_too():
    """The certificates of an import are those of its body and of its chain."""
    chained = """\
resource "aws_acm_certificate" "c" {
  certificate_body  = file("site.pem")
  certificate_chain = file("certs/chain.pem")
}
resource "aws_acm_certificate" "open" {
  certificate_body  = file("site.pem")
  certificate_chain = var.chain
}
variable "chain" {}
"""
    found = imports({"main.tf": chained})
    whole, open_one = found.values()
    assert [each.signer for each in whole.certificates] == [1, 2, 2]
    assert (len(open_one.chain), open_one.is_chain_known) == (0, False)


@given(st.sampled_from(["", "\n", "x\n"]), st.sampled_from([KEY, KEY.replace("\n", "\r\n")]))
def test_keys_are_never_kept(before, key):
    """Only the label of a private key is left; a file with a key elsewhere is not read."""
    files = PemFiles({"a.pem": before + key + text(certificate("a.io"))}.get)
    kept = files.source("a.pem").text
    secret = "".join(line for line in key.split() if len(line) > 40)
    assert "BEGIN PRIVATE KEY" in kept
    assert secret[:40] not in kept
    escaped = PemFiles({"a.json": f'{{"key": {key!r}, "c": "{text(LEAF)}"}}'}.get)
    assert escaped.source("a.json") is None


def test_nothing_is_read_without_an_import():
    """Other modules read no files, whatever their expressions are."""
    request = """\
resource "aws_acm_certificate" "c" {
  domain_name       = file("site.pem")
  validation_method = "DNS"
}
"""

    def read_file(path):
        raise AssertionError(path)

    made = Source("main.tf", request)
    tree = ModuleTree(lambda folder: [] if folder else [made], Parameters({}), read_file)
    assert len(tree.declarations("")) == 1
