"""Which changes of modules concern certificate requests."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from acmrules.readers.options import Parameters
from acmrules.readers.terraform.dependencies import Dependencies
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import InputError, Source

WORDS = st.sampled_from(["a", "b", "c"])
ROOTS = ("live", "test")
KINDS = (["a", "b", "c"], ["x", "y"], ["zone", "site"], ["1", "0"])


@st.composite
def expressions(draw, references):
    """Return a string that may refer to other definitions."""
    parts = draw(st.lists(st.one_of(WORDS, references.map(lambda r: f"${{{r}}}")), min_size=1))
    return '"' + "".join(parts) + '.io"'


@st.composite
def modules(draw):
    """Return the files of two roots, and of the modules that they may call."""
    files = {}
    for folder in (*ROOTS, "site", "zone"):
        inside = folder not in ROOTS
        references = st.sampled_from(
            ["local.x", "local.y", "var.x", "terraform.workspace", "data.aws_region.x.name"]
            + ([] if inside else ["module.zone.x", "module.site.y"])
        )
        text = expressions(references)
        lines = [f"locals {{\n  x = {draw(expressions(st.just('var.x')))}"]
        lines += [f"  y = {draw(expressions(st.sampled_from(['local.x', 'var.y'])))}\n}}"]
        files[folder, "locals.tf"] = "\n".join(lines)
        defaults = [f'variable "{name}" {{ default = "{draw(WORDS)}" }}' for name in "xy"]
        files[folder, "variables.tf"] = "\n".join(defaults)
        certificates = [
            f'resource "aws_acm_certificate" "c{i}" {{\n  domain_name = {draw(text)}\n}}'
            for i in range(draw(st.integers(0, 1)))
        ]
        others = [f'resource "aws_s3_bucket" "b" {{\n  bucket = {draw(text)}\n}}']
        files[folder, "main.tf"] = "\n".join([*certificates, *others])
        if inside:
            outputs = (f'output "{name}" {{ value = {draw(text)} }}' for name in "xy")
            files[folder, "outputs.tf"] = "\n".join(outputs)
            continue
        files[folder, "terraform.tfvars"] = f'x = "{draw(WORDS)}"'
        calls = []
        for name in draw(st.sets(st.sampled_from(["zone", "site"]))):
            arguments = f'  source = "../{draw(st.sampled_from(["zone", "site"]))}"\n'
            arguments += f"  count = {draw(st.sampled_from(['1', 'local.x == local.y ? 1 : 0']))}\n"
            arguments += f"  x = {draw(expressions(st.just('local.y')))}\n"
            calls.append(f'module "{name}" {{\n{arguments}}}')
        files[folder, "calls.tf"] = "\n".join(calls)
    return files


def by_folder(files):
    folders = {}
    for (folder, name), text in files.items():
        folders.setdefault(folder, []).append(Source(f"{folder}/{name}", text))
    return folders


def requests(folders, root):
    """Return the requests below a root by address, with their conditions."""
    tree = ModuleTree(lambda folder: folders.get(folder, []), Parameters({}))
    return {
        declaration.address: [(v.request, v.condition) for v in declaration.variants]
        for declaration in tree.declarations(root)
        if declaration.request
    }


def edits(files):
    """Yield the files without each file, and with each word of a file replaced."""
    for key, text in files.items():
        yield {name: other for name, other in files.items() if name != key}
        for word in re.finditer(r"\b(?:[abcxy]|zone|site|1)\b", text):
            kind = next(kind for kind in KINDS if word[0] in kind)
            instead = kind[kind.index(word[0]) - 1]
            yield files | {key: text[: word.start()] + instead + text[word.end() :]}


@settings(max_examples=15)
@given(modules())
def test_an_edit_that_changes_a_request_concerns_its_root(before):
    """An edit, and its reverse, concern each root whose requests they change."""
    old = by_folder(before)
    expected = {root: requests(old, root) for root in ROOTS}
    for after in edits(before):
        new = by_folder(after)
        [folder] = {folder for (folder, _), _ in before.items() ^ after.items()}
        dependencies = Dependencies()
        dependencies.update(old)
        concerned = dependencies.update({folder: new.get(folder, [])})
        back = dependencies.update({folder: old[folder]})
        for root in ROOTS:
            if requests(new, root) != expected[root]:
                assert root in concerned
                assert root in back


SITE = """\
locals {
  domain = "${var.name}.brightharbor.io"
  note   = "one"
}
variable "name" {}
resource "aws_acm_certificate" "site" {
  domain_name = local.domain
}
resource "aws_s3_bucket" "logs" {
  bucket = local.note
}
"""
CALL = 'module "site" {\n  source = "../site"\n  name   = "www"\n  team   = "web"\n}\n'


def concerned_by(name, text):
    """Return what a new version of a file concerns, in a root that calls one module."""
    dependencies = Dependencies()
    sources = {"site": [Source("site/main.tf", SITE)], "live": [Source("live/main.tf", CALL)]}
    dependencies.update(sources)
    folder = name.partition("/")[0]
    return dependencies.update({folder: [Source(name, text)]})


def test_what_no_request_depends_on_concerns_nothing():
    """A bucket, a note that only the bucket uses, and an argument for it concern no request."""
    assert concerned_by("site/main.tf", SITE.replace('"one"', '"two"')) == set()
    assert concerned_by("site/main.tf", SITE.replace("bucket = local.note", "")) == set()
    assert concerned_by("live/main.tf", CALL.replace('"web"', '"ops"')) == set()


def test_what_a_request_depends_on_concerns_every_root_above():
    """A local value, an argument of a call, and the call itself concern the root."""
    assert concerned_by("site/main.tf", SITE.replace("brightharbor", "b")) == {"site", "live"}
    assert concerned_by("live/main.tf", CALL.replace('"www"', '"api"')) == {"live"}
    assert concerned_by("live/main.tf", "") == {"live"}


def test_a_file_that_cannot_be_parsed_concerns_all_requests():
    """Nothing is known about the definitions in such a file."""
    assert concerned_by("site/main.tf", SITE + "}") == {"site", "live"}
    dependencies = Dependencies()
    dependencies.update({"site": [Source("site/main.tf", SITE)]})
    more = [Source("site/main.tf", SITE), InputError("site/x.tf", "is not UTF-8")]
    assert dependencies.update({"site": more}) == {"site"}


INGRESS = """\
resource "kubernetes_ingress_v1" "site" {
  metadata {
    annotations = { "alb.ingress.kubernetes.io/create-acm-cert" = "true" }
  }
  spec {
    rule { host = "a.io" }
  }
}
resource "kubernetes_namespace" "site" {
  metadata { name = "site" }
}
"""


def test_an_ingress_may_request_a_certificate():
    """A change of an Ingress whose certificate the controller requests concerns its root."""
    dependencies = Dependencies()
    dependencies.update({"live": [Source("live/main.tf", INGRESS)]})
    other = INGRESS.replace('name = "site"', 'name = "shop"')
    assert dependencies.update({"live": [Source("live/main.tf", other)]}) == set()
    hosts = other.replace("a.io", "b.io")
    assert dependencies.update({"live": [Source("live/main.tf", hosts)]}) == {"live"}
