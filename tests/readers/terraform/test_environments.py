"""The environments of a root module."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import configuration

from acmrules.lint.linter import Linter
from acmrules.readers.evaluated import Node
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.environments import (
    Environment,
    combined,
    fitting,
    names_in,
    unknown_variables,
)
from acmrules.syntax.source import InputError, Source

MODULE = """
variable "domain" {}
variable "more" { default = [] }
variable "method" { default = "DNS" }
variable "unused" {}
resource "aws_acm_certificate" "x" {
  domain_name               = var.domain
  subject_alternative_names = var.more
  validation_method         = var.method
  lifecycle { create_before_destroy = true }
}
"""


def environment(label, text):
    """Return an environment with one variable file."""
    source = Source(label, text)
    return Environment(label, (source,), {}, (label,))


def unit(label, **inputs):
    """Return an environment with inputs of Terragrunt."""
    nodes = {
        name: Node(value, Source(label, value), 0, len(value)) for name, value in inputs.items()
    }
    return Environment(label, (), nodes, (label,))


def unknown(text, **values):
    """Return the variables without a value that checks of a module wait for."""
    tree = configuration({"main.tf": text}, **values)
    return sorted(tree.unknown_variables("", tree.declarations(""))[0])


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (MODULE, {}, ["domain"]),
        (MODULE, {"domain": "a.io"}, []),
        (MODULE.replace('"domain" {}', '"domain" { default = "a.io" }'), {}, []),
        (MODULE.replace('"domain" {}', '"domain" { default = "" }'), {}, ["domain"]),
        (MODULE.replace('"more" { default = [] }', '"more" {}'), {}, ["domain", "more"]),
        (MODULE.replace("= var.domain", '= var.method == "X" ? "a.io" : "b.io"'), {}, []),
        (MODULE.replace("= var.domain", '= var.unused ? "a.io" : "b.io"'), {}, ["unused"]),
        (MODULE.replace("= var.domain", "= lower(var.domain)"), {}, ["domain"]),
        (MODULE.replace("= var.domain", '= "${module.m.x}.io"'), {}, []),
    ],
)
def test_only_variables_that_a_check_waits_for_are_unknown(text, values, expected):
    """A default is a value, unless it is empty."""
    assert unknown(text, **values) == expected


def test_a_file_of_another_module_does_not_fit():
    """It sets a variable that the module does not declare; Terragrunt names the module itself."""
    declared, wanted = frozenset({"domain", "size"}), frozenset({"domain"})
    offered = [
        environment("a.tfvars", 'domain = "a.io"\n'),
        environment("b.tfvars", 'domain = "b.io"\nother = 1\n'),
        environment("c.tfvars", "size = 1\n"),
        environment("d.tfvars", "size = \n"),
        unit("t.hcl", domain="t.io", other="x"),
        unit("u.hcl", size="1"),
    ]
    found = fitting(offered, declared, wanted)
    assert [each.label for each in found] == ["a.tfvars", "t.hcl", "u.hcl"]
    assert [*found[1].inputs] == ["domain"]
    assert fitting(offered[2:4] + offered[5:], declared, wanted) == []
    assert fitting(offered[:1] + offered[5:], declared, wanted) == offered[:1]


def test_the_names_of_a_file_in_both_syntaxes():
    """A file that is not valid has none."""
    assert names_in(Source("a.tfvars", 'a = 1\nb = ["x"]\n')) == {"a", "b"}
    assert names_in(Source("a.tfvars.json", '{"a": 1}')) == {"a"}
    with pytest.raises(InputError):
        names_in(Source("a.tfvars", "a = \n"))


DOMAINS = st.sampled_from(["a.io", "WWW.b.io", "x_y.io", "*.c.io", "d.io."])
FILES = st.lists(
    st.builds(
        lambda domain, more, method: (
            f'domain = "{domain}"\nmore = ["{more}"]\nmethod = "{method}"\nunused = 1\n'
        ),
        DOMAINS,
        DOMAINS,
        st.sampled_from(["DNS", "EMAIL", "dns"]),
    ),
    min_size=1,
    max_size=4,
)


@given(FILES)
def test_a_variant_has_the_findings_of_its_variable_file(texts):
    """They are those of a run with this file; one that all environments have names none."""
    tree = configuration({"main.tf": MODULE})
    linter = Linter()
    read, alone = [], {}
    for number, text in enumerate(texts):
        each = environment(f"e{number}.tfvars", text)
        found = tree.declarations("", Parameters({}, variable_files=each.files))
        read.append((each, found))
        alone[each.label] = {_finding(f) for d in found for f in linter.check(d)[0]}
    together = {label: set() for label in alone}
    for declaration in combined(read, 0):
        for finding in linter.check(declaration)[0]:
            named = [label for label in alone if f"`{label}`" in finding.condition]
            for label in named or alone:
                together[label].add(_finding(finding))
    assert together == alone


def _finding(finding):
    message = finding.message.removesuffix(f", {finding.condition}")
    return finding.rule.id, finding.severity, finding.path, message


def test_a_certificate_of_one_environment_names_it():
    """Others do not have it, although all that have it have the finding."""
    text = MODULE.replace("domain_name  ", "count = var.unused\n  domain_name  ")
    tree = configuration({"main.tf": text})
    pairs = [
        environment("a.tfvars", 'domain = "A.io"\nunused = 1\n'),
        environment("b.tfvars", 'domain = "A.io"\nunused = 0\n'),
    ]
    read = [(e, tree.declarations("", Parameters({}, variable_files=e.files))) for e in pairs]
    [declaration] = combined(read, 3)
    [found] = [f for f in Linter().check(declaration)[0] if f.rule.id == "ACM102"]
    assert found.environment == "a.tfvars"
    assert declaration.truncated == "only 2 of 5 environments were checked"


def test_the_conditions_of_an_environment_are_named_with_it():
    """A value that the environment leaves open makes variants of it."""
    text = MODULE.replace("= var.method", '= var.unused ? "DNS" : "EMAIL"')
    tree = configuration({"main.tf": text})
    each = environment("a.tfvars", 'domain = "a.io"\n')
    found = tree.declarations("", Parameters({}, variable_files=each.files))
    [declaration] = combined([(each, found)], 0)
    assert [variant.condition for variant in declaration.variants] == [
        "with `a.tfvars` when `var.unused` is true",
        "with `a.tfvars` when `var.unused` is false",
    ]
    assert unknown_variables([declaration], tree._module("")) == {"unused"}


def test_each_certificate_waits_for_its_own_variables():
    """The variables of one certificate are wanted, also if another one has others."""
    other = MODULE.partition("resource")[1:]
    second = "".join(other).replace('"x"', '"y"').replace("var.domain", "var.unused")
    assert unknown(MODULE + second) == ["domain", "unused"]
    assert unknown(MODULE + second.replace("var.unused", '"a.io"')) == ["domain"]


def test_files_that_are_not_valid_do_not_fit():
    """A file that sets all variables of the module fits."""
    domain = frozenset({"domain"})
    offered = [environment("a.tfvars", 'domain = "a.io"\n'), environment("b.tfvars", "domain =\n")]
    assert fitting(offered, domain, domain) == offered[:1]


@pytest.mark.parametrize(("first", "second"), [("limit", ""), ("", "limit")])
def test_what_one_environment_leaves_out(first, second):
    """The declarations of all environments have its limit, and the variables of both."""
    tree = configuration({"main.tf": MODULE})
    pairs = []
    for name, truncated in (("a", first), ("b", second)):
        each = environment(f"{name}.tfvars", 'domain = "a.io"\n')
        [found] = tree.declarations("", Parameters({}, variable_files=each.files))
        pairs.append((each, [found.__replace__(truncated=truncated, parameters=frozenset({name}))]))
    [declaration] = combined(pairs, 0)
    assert (declaration.truncated, declaration.parameters) == ("limit", {"a", "b"})
