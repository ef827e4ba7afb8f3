"""What fixes do to the values of a run: the meant ones change in every instance, and no others."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fixes import FilesRun, resource

from acmrules.lint import fixes

RESPELLING = ("ACM101", "ACM102")


def rejections(files, *, rules=None, unsafe=True):
    """Return the rejected fixes of files as reasons by rule, after asserting that the rest ends."""
    outcome = fixes.apply_until_stable(FilesRun(files, rules=rules), unsafe=unsafe)
    return {finding.rule.id: reason for finding, reason in outcome.rejected}, outcome.texts


def names(files, texts):
    """Return the names of each certificate in each instance, as they are written."""
    run = FilesRun(files)
    return {
        (declaration.file, declaration.address, variant.instance, variant.condition): list(
            variant.request.spellings
        )
        for declaration in run.declarations(texts)
        for variant in declaration.variants
        if variant.request is not None
    }


COMPUTED = "the value is computed from others"
UNQUOTED = "the value is not a quoted string"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ('"api.${local.z}"', COMPUTED),
        ('"${local.z}"', None),
        ("local.z", None),
        ("(local.z)", None),
        ("upper(local.z)", COMPUTED),
        ('format("%s", local.z)', COMPUTED),
        ('join(".", ["api", local.z])', UNQUOTED),
        ('trimsuffix(local.z, ".")', COMPUTED),
        ('{ x = local.z }["x"]', None),
        ('[for n in ["api"] : "${n}.${local.z}"][0]', COMPUTED),
        ("[local.z][0]", None),
        ("one([local.z])", None),
        ('true ? local.z : ""', None),
        ('true ? "api.${local.z}" : ""', COMPUTED),
        ('coalesce("", local.z)', None),
    ],
)
@pytest.mark.parametrize("between", [1, 2])
def test_a_computed_local(value, reason, between):
    """A literal is edited only if it is the whole value, through any number of locals."""
    text = resource(
        f"domain_name = local.d{between}\n",
        f'locals {{\n  z = "Example.com"\n  d1 = {value}\n  d2 = local.d1\n}}\n',
    )
    rejected, texts = rejections({"main.tf": text}, rules=["ACM102"])
    assert rejected == ({} if reason is None else {"ACM102": reason})
    assert texts == ({} if reason else {"main.tf": text.replace("Example", "example")})


CALL = 'module "{}" {{\n  source = "./m"\n  x = "{}"\n}}\n'
MODULE = 'variable "x" {}\n' + resource(
    'domain_name = var.x\nsubject_alternative_names = ["b.a.io", "c.io"]\n'
)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {
                "main.tf": 'locals {\n  z = "A.io."\n}\n'
                + resource("domain_name = local.z\n")
                + resource('domain_name = "${local.z}com"\n').replace("it", "other")
            },
            "the edit would change `A.io.com` to `a.iocom` in `aws_acm_certificate.other`",
        ),
        (
            {
                "main.tf": 'locals {\n  z = "A.io."\n  d = [local.z, "${local.z}com"]\n}\n'
                + resource("count = 2\ndomain_name = local.d[count.index]\n")
            },
            "the value does not only apply for `aws_acm_certificate.it[0]`",
        ),
        (
            {
                "main.tf": resource(
                    'for_each = { for n in ["A.io"] : n => n }\ndomain_name = each.value\n'
                )
            },
            "the edit would change the instances or conditions of `aws_acm_certificate.it`",
        ),
        (
            {"main.tf": CALL.format("a", "*.a.io") + CALL.format("b", "d.io"), "m/main.tf": MODULE},
            "the edit would change `d.io`, `b.a.io`, `c.io` to `d.io`, `c.io` in `module.b",
        ),
        (
            {
                "t.yaml": "Parameters: {Z: {Type: String, Default: A.io.}}\nResources:\n"
                "  A: {Type: AWS::CertificateManager::Certificate,"
                " Properties: {DomainName: !Ref Z}}\n"
                "  B: {Type: AWS::CertificateManager::Certificate,"
                " Properties: {DomainName: !Sub '${Z}com'}}\n"
            },
            "the edit would change `A.io.com` to `a.iocom` in `B`",
        ),
    ],
)
def test_a_shared_literal(files, reason):
    """A fix of a literal is rejected if it gives another value a wrong meaning."""
    rejected, texts = rejections(files)
    assert any(each.startswith(reason) for each in rejected.values()), rejected
    before, after = names(files, {}), names(files, texts)
    assert before == after


def test_a_shared_literal_with_one_meaning():
    """A fix of a literal is applied if all values that it changes get what their fixes mean."""
    files = {
        "main.tf": 'locals {\n  z = "Example.com"\n  d = "api.${local.z}"\n}\n'
        + resource("domain_name = local.z\n")
        + resource("domain_name = local.d\n").replace("it", "other")
    }
    rejected, texts = rejections(files, rules=["ACM102"])
    assert rejected == {}
    assert names(files, texts) == {
        ("main.tf", "aws_acm_certificate.it", "", ""): ["example.com"],
        ("main.tf", "aws_acm_certificate.other", "", ""): ["api.example.com"],
    }


# Laws


def canonical(name):
    """Return what a misspelled name means."""
    bare = name.strip().rpartition("://")[2].partition("/")[0].partition(":")[0]
    return bare.removesuffix(".").lower()


def covers(name, other):
    """Return whether a name covers another one."""
    parent = other.partition(".")[2]
    return name == other or (name.startswith("*.") and name[2:] == parent and "*" not in other)


PLAIN = ["a.io", "b.a.io", "*.a.io", "*.b.a.io", "c.io", "x.c.io"]
SPOILED = ["A.io", "B.a.io", "*.A.io", "a.io.", "https://a.io", "b.A.io ", "C.io", "X.c.io."]
literals = st.sampled_from(PLAIN + SPOILED + SPOILED)


@st.composite
def configured(draw):
    """Draw the files of a root module that calls a module, with values defined in many ways."""
    one_of = lambda *choices: draw(st.sampled_from(choices))  # noqa: E731
    values = [f'"{draw(literals)}"' for _ in range(4)]
    shared = ["local.a", "local.b", "var.v", 'local.m["k"]', "local.l[0]", "local.c"]

    def expression(*more):
        reference = one_of(*shared, *more)
        return one_of(
            reference,
            reference,
            f'"{draw(literals)}"',
            f'"${{{reference}}}"',
            f'"api.${{{reference}}}"',
            f'"${{{reference}}}.io"',
            f"lower({reference})",
            f"upper({reference})",
            f'trimsuffix({reference}, ".")',
            f'format("w.%s", {reference})',
            f'replace({reference}, "a", "d")',
            f'join(".", ["w", {reference}])',
            f'{reference} == "A.io" ? "q.io" : {reference}',
            f"[for n in [{reference}] : n][0]",
        )

    def certificate(label, *more):
        repeated, own = one_of(
            ("", more),
            ("", more),
            ("count = 2", (*more, '["A.io", local.a][count.index]', '"i${count.index}.A.io"')),
            ('for_each = { x = "A.io", y = local.b }', (*more, "each.value")),
            ('for_each = toset(["a.io", "B.io"])', (*more, "each.key")),
        )
        listed = ", ".join(expression(*own) for _ in range(draw(st.integers(0, 3))))
        return (
            f'resource "aws_acm_certificate" "{label}" {{\n  {repeated}\n'
            f"  domain_name = {expression(*own)} # c\n"
            f"  subject_alternative_names = [{listed}]\n}}\n"
        )

    composed = one_of("local.a", '"x.${local.b}"', "upper(local.a)")
    root = (
        f"locals {{\n  a = {values[0]}\n  b = {values[1]}\n  m = {{ k = {values[2]} }}\n"
        f"  l = [{values[3]}, local.a]\n  c = {composed}\n}}\n"
        f'variable "v" {{\n  default = "{draw(literals)}"\n}}\n'
    )
    calls = "".join(
        f'module "{name}" {{\n  source = "./m"\n  p = {expression()}\n}}\n' for name in "pq"
    )
    inner = (
        f'variable "p" {{}}\nlocals {{\n  a = "{draw(literals)}"\n  b = var.p\n'
        '  m = { k = local.a }\n  l = [local.b]\n  c = "z.${var.p}"\n}\n'
        'variable "v" {\n  default = "V.io"\n}\n'
    )
    return {
        "main.tf": root + certificate("one") + certificate("two") + calls,
        "m/main.tf": inner + certificate("three", "var.p"),
    }


@given(configured())
def test_respelled_names_keep_their_meaning(files):
    """After all fixes of spelling, each name of each instance means what it meant before."""
    _, texts = rejections(files, rules=RESPELLING)
    before, after = names(files, {}), names(files, texts)
    assert before.keys() == after.keys()
    for key, written in before.items():
        assert len(after[key]) == len(written)
        for old, new in zip(written, after[key], strict=True):
            assert new == old or new == canonical(old), (key, old, new)


@given(configured())
def test_fixed_certificates_cover_the_same_names(files):
    """After any fixes, each instance covers the names that it covered, and no unrelated ones."""
    _, texts = rejections(files)
    before, after = names(files, {}), names(files, texts)
    assert before.keys() == after.keys()
    for key, written in before.items():
        meant, found = set(map(canonical, written)), set(map(canonical, after[key]))
        for name in meant:
            assert any(covers(other, name) for other in found), (key, name, found)
        parents = {name.removeprefix("*.") for name in meant}
        assert found <= meant | parents, (key, found, meant)


@st.composite
def templates(draw):
    """Draw a CloudFormation template whose certificates compose names from shared literals."""
    one_of = lambda *choices: draw(st.sampled_from(choices))  # noqa: E731
    mapped = {"Fn::FindInMap": ["M", "k", "v"]}

    def value():
        name = one_of("P", "Q")
        return one_of(
            draw(literals),
            {"Ref": name},
            {"Ref": name},
            mapped,
            {"Fn::Sub": f"api.${{{name}}}"},
            {"Fn::Sub": f"${{{name}}}.io"},
            {"Fn::Join": [".", ["w", {"Ref": name}]]},
            {"Fn::Select": [0, [{"Ref": name}, "z.io"]]},
            {"Fn::If": ["C", {"Ref": name}, mapped]},
        )

    def certificate():
        names = one_of([value() for _ in range(draw(st.integers(1, 3)))], {"Ref": "L"})
        properties = {"DomainName": value(), "SubjectAlternativeNames": names}
        return {"Type": "AWS::CertificateManager::Certificate", "Properties": properties}

    default = lambda kind, text: {"Type": kind, "Default": text}  # noqa: E731
    data = {
        "Parameters": {
            "P": default("String", draw(literals)),
            "Q": default("String", draw(literals)),
            "L": default("CommaDelimitedList", f"{draw(literals)},{draw(literals)}"),
        },
        "Mappings": {"M": {"k": {"v": draw(literals)}}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}},
        "Resources": {"A": certificate(), "B": certificate()},
    }
    return {"t.json": json.dumps(data, indent=1)} if one_of(True, False) else as_yaml(data)


def as_yaml(data):
    """Return a template as a YAML file."""
    return {"t.yaml": yaml.safe_dump(data)}


@given(templates())
def test_fixed_templates_cover_the_same_names(files):
    """After any fixes of a template, each certificate covers the names that it covered."""
    _, texts = rejections(files, rules=RESPELLING)
    before, after = names(files, {}), names(files, texts)
    assert before.keys() == after.keys()
    for key, written in before.items():
        for old, new in zip(written, after[key], strict=True):
            assert new in {old, canonical(old)}, (key, old, new)
    _, texts = rejections(files)
    for key, written in names(files, texts).items():
        found = set(map(canonical, written))
        for name in map(canonical, before[key]):
            assert any(covers(other, name) for other in found), (key, name, found)
