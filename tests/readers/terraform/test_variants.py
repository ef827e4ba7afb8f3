"""Variants of certificates, compared with what Terraform does for each assignment of values."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.terraform import declarations, names, only

from acmrules.model.declaration import Variant
from acmrules.readers.options import ReadScope
from acmrules.readers.terraform.scopes import SUPPLIED
from acmrules.readers.terraform.variants import described

WORDS = ("a", "b", "c", "d")
VALUES = [
    {"x": x, "flag": flag, "terraform.workspace": workspace}
    for x, flag, workspace in product(WORDS, ("true", "false"), WORDS)
]


@st.composite
def conditions(draw):
    """Draw a condition on the variables and the workspace."""
    kind = draw(st.sampled_from(["flag", "equal", "among", "not", "both", "either"]))
    if kind == "flag":
        return "var.flag"
    name = draw(st.sampled_from(["var.x", "terraform.workspace"]))
    word = draw(st.sampled_from("abc"))
    if kind == "equal":
        operator = draw(st.sampled_from(["==", "!="]))
        return draw(st.sampled_from([f'{name} {operator} "{word}"', f'"{word}" {operator} {name}']))
    if kind == "among":
        some = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))
        listed = ", ".join(f'"{each}"' for each in some)
        return f"contains([{listed}], {name})"
    if kind == "not":
        return f'!({name} == "{word}")'
    other = f'var.flag {"&&" if kind == "both" else "||"} {name} == "{word}"'
    return f"({other})"


@st.composite
def modules(draw):
    """Draw a module with a module that it calls; both have names that depend on conditions."""
    drawn = draw(st.lists(conditions(), min_size=1, max_size=4))
    places = [
        draw(st.sampled_from(["root", "local", "argument", "inside", "above"])) for _ in drawn
    ]
    root, inside, names, arguments = [], [], [], []
    for index, (condition, place) in enumerate(zip(drawn, places, strict=True)):
        choice = f'{condition} ? "t{index}.io" : "f{index}.io"'
        if place == "inside":
            inside.append(f"  n{index} = {choice}")
            names.append(f"local.n{index}")
        elif place == "above":
            # The condition is passed on, and the called module chooses.
            arguments.append((f"n{index}", condition))
            names.append(f'var.n{index} ? "t{index}.io" : "f{index}.io"')
        else:
            root.append(f"  n{index} = {choice}")
            passed = f"local.n{index}" if place == "local" else choice
            arguments.append((f"n{index}", passed))
            names.append(f"var.n{index}")
    default = draw(st.sampled_from(["", 'default = "a"', 'default = ""']))
    is_on = draw(st.sampled_from(["", "default = true", "default = false"]))
    variables = (
        f'variable "x" {{\n  type = string\n  {default}\n}}\n'
        f'variable "flag" {{\n  type = bool\n  {is_on}\n}}\n'
    )
    call = "\n".join(f"  {name} = {value}" for name, value in arguments)
    declared = "".join(f'variable "{name}" {{}}\n' for name, _ in arguments)
    return {
        "main.tf": f"{variables}locals {{\n{chr(10).join(root)}\n}}\n"
        f'module "m" {{\n  source = "./m"\n  x = var.x\n  flag = var.flag\n{call}\n}}\n',
        "m/main.tf": f'variable "x" {{}}\nvariable "flag" {{}}\n{declared}'
        f"locals {{\n{chr(10).join(inside)}\n}}\n"
        'resource "aws_acm_certificate" "c" {\n  domain_name = "c.io"\n'
        f"  subject_alternative_names = [{', '.join(names)}]\n}}\n",
    }


def names_of(files, **values):
    """Return the different names of the certificate."""
    return {
        variant.request.spellings
        for declaration in declarations(files, **values)
        for variant in declaration.variants
    }


def all_of(files, **values):
    """Return the different names of the certificate, with its hosts and the records of hosts."""
    return {
        (
            variant.request.spellings,
            tuple(str(host) for each in variant.consumers for host in each.hosts),
            tuple(str(each.name) for each in variant.records),
        )
        for declaration in declarations(files, scope=ReadScope.EVERYTHING, **values)
        for variant in declaration.variants
    }


@st.composite
def estates(draw):
    """Draw modules with a distribution that uses the certificate, and a record for it."""
    files = draw(modules())
    alias, name = draw(conditions()), draw(conditions())
    return files | {
        "site.tf": f"""
            resource "aws_cloudfront_distribution" "d" {{
              aliases = [{alias} ? "ta.io" : "fa.io"]
              viewer_certificate {{
                acm_certificate_arn = module.m.arn
              }}
            }}
            resource "aws_route53_record" "r" {{
              zone_id = "Z1"
              name    = {name} ? "tr.io" : "fr.io"
              type    = "A"
              alias {{
                name    = aws_cloudfront_distribution.d.domain_name
                zone_id = aws_cloudfront_distribution.d.hosted_zone_id
              }}
            }}
            """,
        "m/outputs.tf": 'output "arn" {\n  value = aws_acm_certificate.c.arn\n}\n',
    }


@settings(max_examples=40)
@given(estates())
def test_hosts_and_records_of_a_variant_belong_to_its_assignment(files):
    """The names, the hosts and the records of a variant can exist together."""
    assert all_of(files) <= set[object]().union(*(all_of(files, **values) for values in VALUES))


@settings(max_examples=60)
@given(modules())
def test_each_variant_corresponds_to_an_assignment_and_the_other_way_round(files):
    """The variants of a certificate are the requests that some values result in, in all modules."""
    assert names_of(files) == set[object]().union(*(names_of(files, **values) for values in VALUES))


CHOICE = 'terraform.workspace == "prod" ? "www.a.io" : "dev.a.io"'

HOSTS = {
    "a record": f"""
        resource "aws_cloudfront_distribution" "d" {{
          viewer_certificate {{
            acm_certificate_arn = aws_acm_certificate.c.arn
          }}
        }}
        resource "aws_route53_record" "r" {{
          zone_id = "Z1"
          name    = {CHOICE}
          type    = "A"
          alias {{
            name    = aws_cloudfront_distribution.d.domain_name
            zone_id = aws_cloudfront_distribution.d.hosted_zone_id
          }}
        }}
        """,
    "a rule": f"""
        resource "aws_lb_listener" "l" {{
          certificate_arn = aws_acm_certificate.c.arn
        }}
        resource "aws_lb_listener_rule" "r" {{
          listener_arn = aws_lb_listener.l.arn
          condition {{
            host_header {{
              values = [{CHOICE}]
            }}
          }}
        }}
        """,
}


@pytest.mark.parametrize("hosts", HOSTS)
def test_hosts_agree_with_the_conditions_of_a_variant(hosts):
    """A record or a rule has the host of the branch that the certificate's variant is about."""
    text = f'resource "aws_acm_certificate" "c" {{\n  domain_name = {CHOICE}\n}}\n'
    scope = ReadScope.EVERYTHING
    (certificate,) = declarations(text + HOSTS[hosts], region="us-east-1", scope=scope)
    found = {}
    for variant in certificate.variants:
        own = [str(host) for consumer in variant.consumers for host in consumer.hosts]
        records = [str(record.name) for record in variant.records]
        found[variant.request.spellings] = own + records
    assert found == {("www.a.io",): ["www.a.io"], ("dev.a.io",): ["dev.a.io"]}


def test_the_default_of_a_variable_does_not_name_a_record_in_another_variant():
    """A record whose name contains a variable has the value that the variant is about."""
    text = """
        variable "env" {
          default = "dev"
        }
        resource "aws_acm_certificate" "c" {
          domain_name = var.env == "prod" ? "prod.a.io" : "dev.a.io"
        }
        resource "aws_route53_zone" "z" {
          name = "${var.env}.a.io"
        }
        """
    variants = only(text, scope=ReadScope.EVERYTHING).variants
    found = {each.request.spellings: [str(zone.name) for zone in each.zones] for each in variants}
    assert found == {("dev.a.io",): ["dev.a.io"], ("prod.a.io",): ["prod.a.io"]}


def test_the_workspace_is_one_value_in_all_modules():
    """A module and the module that it calls are in the same workspace."""
    files = {
        "main.tf": """
            locals {
              zone = terraform.workspace == "prod" ? "a.io" : "dev.a.io"
            }
            module "m" {
              source = "./m"
              zone   = local.zone
            }
            """,
        "m/main.tf": """
            variable "zone" {}
            resource "aws_acm_certificate" "c" {
              domain_name               = terraform.workspace == "prod" ? "x.io" : "y.io"
              subject_alternative_names = ["${terraform.workspace}.${var.zone}"]
            }
            """,
    }
    address = "module.m.aws_acm_certificate.c"
    workspace = 'when `terraform.workspace == "prod"` is'
    assert names(files) == {
        f"{address} {workspace} true": "x.io prod.a.io",
        f"{address} {workspace} false": "y.io ${terraform.workspace}.dev.a.io",
    }
    stated = {"terraform.workspace": "test"}
    assert names(files, **stated) == {address: "y.io test.dev.a.io"}


VARIANT = Variant(None, (), {})
OPEN, FLAG = ("var", "var.open"), ("var", "var.flag")


def words_of(**instances):
    """Return the conditions of variants by instance, from the answers that each one has."""
    found = {
        address: [(frozenset(state.items()), VARIANT) for state in states]
        for address, states in instances.items()
    }
    return [variant.condition for variant in described(found)]


def test_words_of_conditions():
    """A condition is named if it differs, in the order of the questions."""
    assert words_of(a=[{FLAG: True, OPEN: True}, {FLAG: True, OPEN: False}]) == [
        "when `var.open` is true",
        "when `var.open` is false",
    ]
    both = [{OPEN: True, FLAG: True}, {OPEN: False, FLAG: True}, {OPEN: False, FLAG: False}]
    assert words_of(a=both)[0] == "when `var.flag` is true and `var.open` is true"


def test_words_of_supplied_values():
    """Whether a value is supplied is no condition of the file."""
    supplied = (SUPPLIED, "var.x")
    assert words_of(a=[{supplied: True}, {supplied: False}]) == ["", ""]


def test_words_of_equal_values():
    """What a value equals says what it differs from, and a value that equals none names all."""
    one, two = ("eq", 'var.x == "a"'), ("eq", 'var.x == "b"')
    assert words_of(a=[{one: True, two: False}, {one: False, two: True}]) == [
        f"when `{one[1]}` is true",
        f"when `{two[1]}` is true",
    ]
    found = words_of(a=[{one: False, two: False}, {one: True, two: False}])
    assert found == [f"when `{one[1]}` is false", f"when `{one[1]}` is true"]
    other = ("eq", 'var.y == "c"')
    found = words_of(a=[{one: True, other: False}, {one: False, other: True}])
    assert found[0] == f"when `{one[1]}` is true and `{other[1]}` is false"


def test_words_of_instances():
    """An instance is named if there are several."""
    assert words_of(a=[{}]) == [""]
    assert words_of(a=[{}], b=[{}]) == ["for `a`", "for `b`"]
    assert words_of(a=[{OPEN: True}, {OPEN: False}], b=[{}])[0] == (
        "when `var.open` is true for `a`"
    )
