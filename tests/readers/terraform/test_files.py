"""Files that the expressions of a Terraform configuration read."""

import pytest

from acmrules.readers.options import Parameters
from acmrules.readers.terraform.files import ReadFiles, RootFiles
from acmrules.readers.terraform.modules import Module, ModuleCall
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved


def path_read(path, folder="infra"):
    """Return the path that is read for the path in an expression."""
    read = []
    root = ModuleCall(Module(folder))
    child = root.calls["child"] = ModuleCall(Module("modules/child"), root, "child")
    root.calls["child"] = child
    RootFiles(ReadFiles(read.append), root, has_imports=False).source(path)
    return read


def below(label, rest):
    """Return a path below a folder that Terraform knows."""
    return Unresolved((Unknown(label), rest))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("values.yaml", ["infra/values.yaml"]),
        ("../shared/values.yaml", ["shared/values.yaml"]),
        (below("path.module", "/values.yaml"), ["infra/values.yaml"]),
        (below("path.root", "/values.yaml"), ["infra/values.yaml"]),
        (below("path.cwd", "/values.yaml"), ["infra/values.yaml"]),
        (below("module.child.path.module", "/values.yaml"), ["modules/child/values.yaml"]),
        (below("module.child[0].path.module", "/values.yaml"), ["modules/child/values.yaml"]),
        (below("module.other.path.module", "/values.yaml"), []),
        (below("var.folder", "/values.yaml"), []),
        (Unresolved(("envs/", Unknown("var.name"), ".yaml")), []),
        ("/etc/values.yaml", []),
        ("~/values.yaml", []),
        ("", []),
    ],
)
def test_paths(path, expected):
    """Known paths are relative to the root module, or to a folder that Terraform knows."""
    assert path_read(path) == expected


def test_a_file_is_read_once():
    """A file that several expressions read is one source."""
    read = []
    every = ReadFiles(lambda path: read.append(path) or "a: 1")
    files, other = (RootFiles(every, ModuleCall(Module("")), has_imports=False) for _ in "ab")
    assert files.source("values.yaml") is other.source("./values.yaml")
    assert read == ["values.yaml"]


def test_pem_files_need_an_import():
    """A PEM file is read as one only if the module imports certificates."""
    read = []
    every = ReadFiles(lambda path: read.append(path) or "-----BEGIN X-----")
    without, importing = (
        RootFiles(every, ModuleCall(Module("")), has_imports=each) for each in (False, True)
    )
    assert without.source("a.pem", is_pem=True) is None
    assert read == []
    assert importing.source("a.pem", is_pem=True).text == "-----BEGIN X-----"


ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
SSL = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert"


def release(values, **files):
    """Return the consumers of a release, with the text at their certificates."""
    text = f"""
resource "aws_acm_certificate" "site" {{
  domain_name = "a.io"
}}
resource "helm_release" "x" {{
  values = [{values}]
}}
"""
    source = Source("main.tf", text)
    files = {name.replace("_", "."): content for name, content in files.items()}
    tree = ModuleTree(lambda folder: [] if folder else [source], Parameters({}), files.get)
    return [
        (str(consumer.certificate), variant.location(("consumers", index, "certificate")))
        for declaration in tree.declarations("")
        for variant in declaration.variants
        for index, consumer in enumerate(variant.consumers)
    ]


PLAIN = f"a:\n  {SSL}: {ARN}\n"
TEMPLATE = f"n: ${{n}}\na: {{{SSL}: '${{arn}}'}}\n"
CERTIFICATE = "{ arn = aws_acm_certificate.site.arn, n = 1 }"


@pytest.mark.parametrize(
    ("values", "content", "certificates"),
    [
        ('file("values.yaml")', PLAIN, [ARN]),
        ('file("${path.module}/values.yaml")', PLAIN, [ARN]),
        (f'templatefile("values.yaml", {CERTIFICATE})', TEMPLATE, ["aws_acm_certificate.site"]),
        ('templatefile("values.yaml", { arn = "b" })', TEMPLATE, ["b"]),
        ('templatefile("values.yaml", {})', TEMPLATE, ["${arn of values.yaml}"]),
        ('templatefile("values.yaml", var.x)', TEMPLATE, ["${arn of values.yaml}"]),
        ('templatefile("values.yaml", {})', PLAIN, [ARN]),
        ('templatefile("values.yaml", {})', f"%{{ if x }}{TEMPLATE}%{{ endif }}", []),
        ('file("other.yaml")', PLAIN, []),
        ('templatefile("values.yaml", { arn = "b" })', f"{TEMPLATE}#{'x' * 2_000_000}", []),
        ("file(var.path)", PLAIN, []),
    ],
)
def test_values_in_files(values, content, certificates):
    """The values of a chart may be in files, and in templates with variables."""
    assert [certificate for certificate, _ in release(values, values_yaml=content)] == certificates


def test_a_value_in_a_file_is_located_where_it_is_read():
    """The definition is in the file."""
    [(_, location)] = release('file("values.yaml")', values_yaml=PLAIN)
    assert location.text == 'file("values.yaml")'
    assert (location.definition.file, location.definition.line) == ("values.yaml", 2)
    assert location.definition.text == ARN
    assert location.note == "value in `values.yaml`"
