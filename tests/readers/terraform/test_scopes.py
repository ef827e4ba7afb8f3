"""Scopes of Terraform modules: variables, instances, Regions, conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import configuration, declarations, names, only, request, text_at
from tests.support.terraform_expressions import expression, shown, values, written

from acmrules.readers.conditions import ROOT, OpenCondition
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.modules import Module, ModuleCall
from acmrules.readers.terraform.scopes import Evaluation


def evaluation(text, state=ROOT, **how):
    """Return the evaluation of a root module."""
    made = configuration({"main.tf": text} if isinstance(text, str) else text)
    return Evaluation(made._call_tree(""), {}, None, state, **how)


def value(text, reference, **how):
    """Return the value of an expression in a root module."""
    return shown(evaluate(expression(reference), evaluation(text, **how).root))


@given(values)
def test_a_local_preserves_its_value(data):
    """A value does not change when it passes through a local, a module and an output."""
    files = {
        "main.tf": f"""
locals {{
  it = {written(data)}
}}
module "m" {{
  source = "./m"
  it = local.it
}}
""",
        "m/main.tf": 'variable "it" {}\noutput "it" {\n  value = var.it\n}\n',
    }
    assert value(files, "[local.it, module.m.it]") == [data, data]


@given(st.lists(st.text("ab", max_size=3), max_size=5, unique=True))
def test_each_key_and_each_number_is_an_instance(keys):
    """Instances of a map, a set and a number are distinguished by their keys."""
    mapping = ", ".join(f'"{key}" = "{key}.io"' for key in keys)
    text = f"""
        resource "aws_acm_certificate" "map" {{
          for_each    = {{ {mapping} }}
          domain_name = each.value
        }}
        resource "aws_acm_certificate" "set" {{
          for_each    = toset({written(keys)})
          domain_name = "${{each.key}}-${{each.value}}"
        }}
        resource "aws_acm_certificate" "count" {{
          count       = {len(keys)}
          domain_name = "${{count.index}}.io"
        }}
        """
    found = [each for declaration in declarations(text) for each in declaration.variants]
    assert {each.request.spellings[0] for each in found} == {
        *(f"{key}.io" for key in keys),
        *(f"{key}-{key}" for key in keys),
        *(f"{index}.io" for index in range(len(keys))),
    }


# Variables ----------------------------------------------------------------------------------------

CONDITIONAL = """
    variable "x" {{
      {default}
    }}
    resource "aws_acm_certificate" "c" {{
      {body}
    }}
    """


@pytest.mark.parametrize(
    ("default", "found"),
    [
        ('default = "a.io"', "a.io"),
        ('default = ""', "${var.x}"),
        ("default = null", "${var.x}"),
        ("", "${var.x}"),
    ],
)
def test_an_empty_default_is_a_value_to_be_supplied(default, found):
    """An empty default means that the user must supply a value, so it is unknown."""
    text = CONDITIONAL.format(default=default, body="domain_name = var.x")
    assert names(text) == {"aws_acm_certificate.c": found}


def test_a_default_in_a_called_module_is_used():
    """The default in a called module is used, because the caller could have overridden it."""
    files = {
        "main.tf": 'module "m" {\n source = "./m"\n}\n',
        "m/main.tf": CONDITIONAL.format(default='default = ""', body="domain_name = var.x"),
    }
    assert names(files) == {"module.m.aws_acm_certificate.c": ""}


CONDITIONS = [
    (
        "default = true",
        'domain_name = var.x ? "a.io" : "b.io"',
        {"when `var.x` is true": "a.io", "when `var.x` is false": "b.io"},
    ),
    ("default = false", 'domain_name = "a.io"\ncount = var.x ? 1 : 0', {"": "a.io"}),
    (
        'default = "dev"',
        'domain_name = var.x == "prod" ? "a.io" : "${var.x}.io"',
        {'when `var.x == "prod"` is false': "dev.io", 'when `var.x == "prod"` is true': "a.io"},
    ),
    (
        'default = "dev"',
        'domain_name = "${var.x}.io"\nsubject_alternative_names = "dev" == var.x ? [] : ["b.io"]',
        {
            'when `var.x == "dev"` is true': "dev.io",
            'when `var.x == "dev"` is false': "${var.x}.io b.io",
        },
    ),
    (
        "",
        'domain_name = var.x == "prod" ? var.x : var.x == "dev" ? "${var.x}.io" : "no.io"',
        {
            'when `var.x == "prod"` is true': "prod",
            'when `var.x == "dev"` is true': "dev.io",
            'when `var.x == "dev"` is false and `var.x == "prod"` is false': "no.io",
        },
    ),
    (
        "default = 3",
        'domain_name = var.x > 2 ? "a${var.x}.io" : "b${var.x}.io"',
        {"when `var.x > 2` is true": "a3.io", "when `var.x > 2` is false": "b${var.x}.io"},
    ),
    (
        "",
        """domain_name = "a.io"
           dynamic "validation_option" {
             for_each = var.x ? ["b.io"] : []
             content {
               domain_name       = validation_option.value
               validation_domain = validation_option.key
             }
           }""",
        {"when `var.x` is true": "a.io", "when `var.x` is false": "a.io"},
    ),
]


@pytest.mark.parametrize(("default", "body", "found"), CONDITIONS)
def test_each_answer_of_a_condition_is_a_variant(default, body, found):
    """Variants state their conditions, and the one with all defaults comes first."""
    declaration = only(CONDITIONAL.format(default=default, body=body))
    shown_as = [(each.condition, " ".join(each.request.spellings)) for each in declaration.variants]
    assert shown_as == [*found.items()]


def test_a_value_from_the_caller_is_not_an_open_condition():
    """A value passed by the caller decides the condition."""
    text = CONDITIONAL.format(
        default="default = true", body='domain_name = var.x ? "a.io" : "b.io"'
    )
    text = text.replace("default =", "type = bool\n default =")
    assert names(text, x="false") == {"aws_acm_certificate.c": "b.io"}


def test_truncated_variants_are_reported():
    """Beyond the maximum number of conditions, defaults apply."""
    variables = "".join(f'variable "v{n}" {{}}\n' for n in range(40))
    listed = ", ".join(f'var.v{n} ? "a{n}.io" : "b{n}.io"' for n in range(40))
    text = f"""{variables}
resource "aws_acm_certificate" "c" {{
  domain_name = "a.io"
  subject_alternative_names = [{listed}]
}}
"""
    declaration = only(text)
    assert len(declaration.variants) == 16
    assert declaration.truncated == "only 16 combinations of the conditions were checked"
    assert declaration.variants[0].request.spellings[1:] == tuple(f"a{n}.io" for n in range(40))


def test_an_open_condition_has_a_label_and_a_default():
    """An evaluation raises the open condition that it needs to have answered."""
    with pytest.raises(OpenCondition) as fork:
        value('variable "x" {}', "var.x ? 1 : 2")
    assert fork.value.question == ("None", "var.x")
    assert value('variable "x" {}', "var.x ? 1 : 2", assume_defaults=True) == 1
    assert value('variable "x" { default = false }', "var.x ? 1 : 2", assume_defaults=True) == 2
    with pytest.raises(OpenCondition):
        value('variable "x" {}', "var.x ? 1 : 2", assume_defaults=True, certain=True)


# Instances ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "repeated",
    ["count = var.n", "for_each = var.n", 'count = "n"', "count = 1.5", "count = 99999999999"],
)
def test_an_unknown_number_of_instances_is_one_with_an_unknown_key(repeated):
    """An unknown number of instances results in one with an unknown key."""
    text = f"""
        variable "n" {{}}
        resource "aws_acm_certificate" "c" {{
          {repeated}
          domain_name = "a.io"
        }}
        """
    assert names(text) == {"aws_acm_certificate.c": "a.io"}


def test_a_partly_known_map_has_more_instances():
    """A partly known map results in its known instances and one more for the others."""
    text = """
        variable "more" {}
        resource "aws_acm_certificate" "c" {
          for_each    = { a = "a.io", (var.more) = "b.io" }
          domain_name = "${each.key}.io"
        }
        """
    (declaration,) = declarations(text)
    assert [variant.request.spellings[0] for variant in declaration.variants] == [
        "a.io",
        "${each.key of aws_acm_certificate.c from var.more}.io",
    ]


OF = "of aws_acm_certificate.c from var.x"
REPEATED = [
    ("for_each = var.x", "{}", "each.value.name", f"${{each.value.name {OF}}}"),
    ("for_each = toset(var.x)", "[]", "each.key", f"${{each.key {OF}}}"),
    ("for_each = {for each in var.x : each => 1}", "[]", "each.key", f"${{each.key {OF}}}"),
    ("for_each = merge(var.x, local.empty)", "{}", "each.key", f"${{each.key {OF}}}"),
    ("for_each = var.on ? var.x : {}", "{}", "each.key", f"${{each.key {OF}}}"),
    ("count = length(var.x)", "[]", "var.x[count.index]", f"${{var.x[count.index {OF}]}}"),
    ("count = length(local.x)", "[]", "local.x[0]", "${var.x[0]}"),
    ("count = var.x", "0", "count.index", f"${{count.index {OF}}}"),
]


@pytest.mark.parametrize("default", ["the empty value", '""', "null"])
@pytest.mark.parametrize(("repeated", "empty", "name", "label"), REPEATED)
def test_a_repetition_over_an_empty_default_is_a_request(repeated, empty, name, label, default):
    """A literal in the block is read, and what waits for the variable is unknown and names it."""
    text = f"""
        variable "x" {{
          default = {empty if default == "the empty value" else default}
        }}
        variable "on" {{}}
        locals {{
          x     = var.x
          empty = {{}}
        }}
        resource "aws_acm_certificate" "c" {{
          {repeated}
          domain_name               = "a_b.io"
          subject_alternative_names = [{name}]
        }}
        """
    assert names(text) == {"aws_acm_certificate.c": f"a_b.io {label}"}


def test_a_repetition_in_a_called_module_may_wait_for_a_variable_of_the_root():
    """An empty default that reaches a called module through an argument is to be supplied."""
    files = {
        "main.tf": """
            variable "sites" {
              default = {}
            }
            locals {
              sites = [for name, site in var.sites : "${name}.io"]
            }
            module "m" {
              source = "./m"
              names  = local.sites
            }
            """,
        "m/main.tf": """
            variable "names" {
              default = ["a.io"]
            }
            resource "aws_acm_certificate" "c" {
              for_each    = toset(var.names)
              domain_name = "a_b.io"
            }
            """,
    }
    assert names(files) == {"module.m.aws_acm_certificate.c": "a_b.io"}


@pytest.mark.parametrize("values", [{"x": "[]"}, {"x": "[]", "y": '["a.io"]'}])
def test_a_repetition_over_an_empty_value_has_no_instances(values):
    """An empty value that the caller states is not a default."""
    text = """
        variable "x" {
          type    = list(string)
          default = []
        }
        resource "aws_acm_certificate" "c" {
          for_each    = toset(var.x)
          domain_name = each.key
        }
        """
    assert names(text, **values) == {}


def test_an_empty_default_in_a_called_module_is_empty():
    """A call that does not pass an optional argument creates no instances."""
    inner = """
        variable "x" {
          default = {}
        }
        resource "aws_acm_certificate" "c" {
          for_each    = var.x
          domain_name = each.key
        }
        """
    assert names({"main.tf": 'module "m" {\n source = "./m"\n}\n', "m/main.tf": inner}) == {}


def test_known_instances_remain_if_others_are_to_be_supplied():
    """A default that adds nothing to known instances does not make them unknown."""
    text = """
        variable "more" {
          default = []
        }
        resource "aws_acm_certificate" "c" {
          for_each    = setunion(["a.io"], var.more)
          domain_name = each.key
        }
        """
    assert names(text) == {"aws_acm_certificate.c": "a.io"}


def test_a_variable_is_supplied_everywhere_or_nowhere():
    """If instances exist because a list is supplied, it has items everywhere."""
    text = """
        variable "x" {
          default = []
        }
        resource "aws_acm_certificate" "c" {
          count                     = length(var.x)
          domain_name               = length(var.x) > 0 ? "a.io" : "b.io"
          subject_alternative_names = var.x
        }
        """
    assert names(text) == {"aws_acm_certificate.c": "a.io ${var.x}"}


def test_modules_have_instances_too():
    """The keys of module instances are in addresses, and `each` is known in their arguments."""
    files = {
        "main.tf": """
            module "m" {
              source   = "./m"
              for_each = { a = "a.io", b = "b.io" }
              name     = each.value
            }
            module "n" {
              source = "./m"
              count  = 2
              name   = "${count.index}.io"
            }
            resource "aws_acm_certificate" "c" {
              domain_name = module.m["a"].name
              subject_alternative_names = concat(module.n[*].name, values(module.m)[*].name)
            }
            """,
        "m/main.tf": """
            variable "name" {}
            resource "aws_acm_certificate" "c" {
              domain_name = var.name
            }
            output "name" {
              value = "www.${var.name}"
            }
            """,
    }
    conditions = [f'for `module.m["{key}"].aws_acm_certificate.c`' for key in "ab"]
    assert names(files) == {
        "aws_acm_certificate.c": "www.a.io www.0.io www.1.io www.a.io www.b.io",
        f"module.m.aws_acm_certificate.c {conditions[0]}": "a.io",
        f"module.m.aws_acm_certificate.c {conditions[1]}": "b.io",
        "module.n.aws_acm_certificate.c for `module.n[0].aws_acm_certificate.c`": "0.io",
        "module.n.aws_acm_certificate.c for `module.n[1].aws_acm_certificate.c`": "1.io",
    }


def test_a_module_in_a_module_has_instances_for_each_of_its_own():
    """Instances of a nested module belong to the instance that calls it."""
    files = {
        "main.tf": 'module "m" {\n source = "./m"\n for_each = toset(["a", "b"])\n k = each.key\n}',
        "m/main.tf": """
            variable "k" {}
            module "n" {
              source   = "./n"
              for_each = toset(["${var.k}1", "${var.k}2"])
              name     = "${each.key}.io"
            }
            locals {
              inner = var.k == "a" ? module.n["a1"].name : "no.io"
            }
            """,
        "m/n/main.tf": """
            variable "name" {}
            resource "aws_acm_certificate" "c" {
              domain_name = var.name
            }
            output "name" {
              value = var.name
            }
            """,
    }
    (declaration,) = declarations(files)
    assert [variant.request.spellings[0] for variant in declaration.variants] == [
        *("a1.io", "a2.io", "b1.io", "b2.io"),
    ]


def test_conditions_see_the_outputs_of_modules_as_they_see_variables():
    """A default of the root is also open if it passes through a module."""
    files = {
        "main.tf": """
            variable "stage" {
              default = "dev"
            }
            module "m" {
              source = "./m"
              stage  = var.stage
            }
            resource "aws_acm_certificate" "c" {
              domain_name = module.m.stage == "prod" ? "p.io" : "d.io"
            }
            """,
        "m/main.tf": """
            variable "stage" {}
            output "stage" {
              value = var.stage
            }
            output "x" {}
            """,
    }
    assert [*names(files).values()] == ["d.io", "p.io"]


@pytest.mark.parametrize(
    ("text", "reference", "found"),
    [
        ("", "var.no", "<var.no>"),
        ("", "local.no", "<local.no>"),
        ("", "module.no.x", "<module.no.x>"),
        ("", "each.key", "<each.key>"),
        ("", "count.index", "<count.index>"),
        ("", "data.a.b.c", "<data.a.b.c>"),
        ("", "a.b.c", "<a.b.c>"),
        ('data "a" "b" {\n c = "d"\n}', "data.a.b.c", "d"),
        ('data "a" "b" {\n c = "d"\n}', "data.a.b.e", "<data.a.b.e>"),
        ('resource "a" "b" {\n c = "d"\n count = 0\n}', "a.b[*].c", []),
        ('resource "a" "b" {\n c = "d"\n count = 2\n}', "a.b[*].c", ["d", "d"]),
        ('resource "a" "b" {\n c = "d"\n count = 1\n}', "one(a.b[*].c)", "d"),
        ('resource "a" "b" {\n c = "d"\n count = var.x\n}', "a.b[0].c", "<a.b[0].c>"),
        ('resource "a" "b" {\n c = "d"\n for_each = {}\n}', "keys(a.b)", []),
        ('resource "a" "b" {\n c = "d"\n for_each = var.x\n}', 'a.b["x"].c', '<a.b["x"].c>'),
        ('resource "a" "b" {\n x {\n c = 1\n }\n x {\n c = 2\n }\n}', "a.b.x[*].c", [1, 2]),
        ('resource "a" "b" {\n lifecycle {\n c = 1\n }\n}', "a.b.lifecycle", "<a.b.lifecycle>"),
        ('resource "a" "b" {\n c = a.b.c\n}', "a.b.c", "<a.b.c>"),
        (
            'resource "a" "b" {\n c = a.d.c\n}\nresource "a" "d" {\n c = a.b.c\n}',
            "a.b.c",
            "<a.b.c>",
        ),
        ('resource "a" "b" {\n c = a.d\n}\nresource "a" "d" {}', "a.b.c", "<a.d>"),
    ],
)
def test_values_of_names(text, reference, found):
    """A name that does not exist, or refers to itself, is unknown under its own name."""
    assert value(text, reference) == found


def test_labels_are_relative_to_the_root():
    """An unknown value in a module is labeled with the module's address."""
    files = {
        "main.tf": 'module "m" {\n source = "./m"\n}',
        "m/main.tf": 'resource "aws_acm_certificate" "c" {\n domain_name = var.no\n}',
    }
    assert names(files) == {"module.m.aws_acm_certificate.c": "${module.m.var.no}"}


# Regions ------------------------------------------------------------------------------------------

REGIONS = """
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "virginia"
      region = local.virginia
    }
    provider "aws" {
      alias = "bare"
    }
    locals {
      virginia = "us-east-1"
    }
    """
CERTIFICATE = 'resource "aws_acm_certificate" "c" {{\n domain_name = "a.io"\n {}\n}}\n'


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        (REGIONS + CERTIFICATE.format(""), None, "eu-west-1"),
        (REGIONS + CERTIFICATE.format(""), "sa-east-1", "eu-west-1"),
        (REGIONS + CERTIFICATE.format("provider = aws.virginia"), None, "us-east-1"),
        (REGIONS + CERTIFICATE.format('provider = "aws.virginia"'), None, "us-east-1"),
        (REGIONS + CERTIFICATE.format('region = "eu-north-1"'), None, "eu-north-1"),
        (REGIONS + CERTIFICATE.format("region = null"), None, "eu-west-1"),
        (REGIONS + CERTIFICATE.format("region = var.x"), None, "${var.x}"),
        (REGIONS + CERTIFICATE.format("provider = aws.bare"), None, "provider.aws.bare.region"),
        (REGIONS + CERTIFICATE.format("provider = aws.bare"), "sa-east-1", "sa-east-1"),
        (REGIONS + CERTIFICATE.format("provider = aws.no"), "sa-east-1", "provider.aws.no.region"),
        (CERTIFICATE.format(""), None, "provider.aws.region"),
        (CERTIFICATE.format(""), "sa-east-1", "sa-east-1"),
    ],
)
def test_a_region_is_that_of_the_resource_or_its_provider(text, region, found):
    """The Region passed by the caller is for providers without a Region of their own."""
    assert str(request(text, region=region).region) == found


@pytest.mark.parametrize(
    ("call", "inside", "found"),
    [
        ("", "", "eu-west-1"),
        ("providers = {\n aws = aws.virginia\n}", "", "us-east-1"),
        ('providers = {\n "aws" = "aws.virginia"\n}', "", "us-east-1"),
        ("providers = {\n aws.us = aws.virginia\n}", "provider = aws.us", "us-east-1"),
        ("providers = {\n aws.us = aws.virginia\n}", "", "eu-west-1"),
        ("", "provider = aws.us", "module.m.provider.aws.us.region"),
        ("", "region = data.aws_region.here.name", "eu-west-1"),
        ("providers = {\n aws = aws.virginia\n}", "region = data.aws_region.here.id", "us-east-1"),
        ("", "region = data.aws_region.other.region", "eu-central-1"),
    ],
)
def test_a_module_has_the_providers_passed_to_it(call, inside, found):
    """A module uses the providers passed to it, or its caller's default one."""
    looked_up = (
        'data "aws_region" "here" {}\ndata "aws_region" "other" {\n region = "eu-central-1"\n}\n'
    )
    files = {
        "main.tf": f'{REGIONS}\nmodule "m" {{\n source = "./m"\n {call}\n}}\n',
        "m/main.tf": looked_up + CERTIFICATE.format(inside),
    }
    assert str(request(files).region) == found


# Locations ----------------------------------------------------------------------------------------


def test_a_value_points_from_its_use_to_its_definition():
    """A value points to its definition through variables, arguments and locals in any file."""
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n  name = local.name\n}\n',
        "names.tf": 'locals {\n  name = "a.io"\n}\n',
        "m/main.tf": 'variable "name" {}\n'
        'resource "aws_acm_certificate" "c" {\n  domain_name = var.name\n}\n',
    }
    declaration = only(files)
    place = declaration.variants[0].location(("names", 0))
    assert text_at(declaration, "names", 0) == ["var.name", "a.io"]
    assert (place.source.name, place.definition.source.name) == ("m/main.tf", "names.tf")
    assert place.note == "local `name`"


@pytest.mark.parametrize(
    ("repeated", "use", "definition", "note"),
    [
        ('toset(["a_b.io"])', "each.key", "a_b.io", "item of `for_each`"),
        ('toset(["a_b.io"])', "each.value", "a_b.io", "item of `for_each`"),
        ('{ a = "a_b.io" }', "each.value", "a_b.io", "value in `for_each`"),
        ('{ "a_b.io" = 1 }', "each.key", '{ "a_b.io" = 1 }', "key in `for_each`"),
        ("toset(local.names)", "each.key", "a_b.io", "local `names`"),
        ("{ for name in local.names : name => name }", "each.value", "a_b.io", "local `names`"),
    ],
)
def test_a_value_of_each_instance_has_a_description(repeated, use, definition, note):
    """`each.key` and `each.value` point to `for_each`, or to what it is computed from."""
    text = f"""
        locals {{
          names = ["a_b.io"]
        }}
        resource "aws_acm_certificate" "c" {{
          for_each    = {repeated}
          domain_name = {use}
        }}
        """
    declaration = only(text)
    assert text_at(declaration, "names", 0) == [use, definition]
    assert declaration.variants[0].location(("names", 0)).note == note


def test_a_value_from_the_caller_is_in_no_file():
    """A value passed by the caller is reported where it is used."""
    text = CONDITIONAL.format(default="", body="domain_name = var.x")
    declaration = only(text, x="b.io")
    assert text_at(declaration, "names", 0) == ["var.x"]
    assert declaration.variants[0].location(("names", 0)).note == "value given for variable `x`"


def test_work_is_limited_by_the_number_of_resources():
    """A value that takes too much work is unknown, and the others are evaluated."""
    text = """
        locals {
          a = range(500)
          b = flatten([for x in local.a : [for y in local.a : [for z in local.a : "${x}${y}${z}"]]])
        }
        resource "aws_acm_certificate" "a" {
          domain_name = local.b[0]
        }
        """
    small = Evaluation(ModuleCall(Module("")), {}, None, ROOT)
    large = Evaluation(ModuleCall(Module("")), {}, None, ROOT, resources=1000)
    assert large.work.left == 2 * small.work.left
    assert [*names(text)] == ["aws_acm_certificate.a"]


def test_instances_of_instances_are_limited():
    """A thousand instances of modules with a thousand certificates each are not enumerated."""
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n  count = 1000\n}\n',
        "m/main.tf": 'resource "aws_acm_certificate" "c" {\n  count = 1000\n}\n',
    }
    made = evaluation(files)
    call = made.root.call.calls["m"]
    block = call.module.resources["aws_acm_certificate", "c"]
    members = made.resource_instances(call, "aws_acm_certificate.c", block)
    assert 1000 < len(members) < 10_000


def test_instances_of_modules_are_limited_by_their_certificates():
    """A million nested module instances are reduced to some thousands."""
    files = {}
    for depth in range(5):
        folder = f"m{depth}/" if depth else ""
        files[f"{folder}main.tf"] = f"""
            resource "aws_acm_certificate" "c" {{
              domain_name = "a.io"
            }}
            module "m" {{
              source = "{"../" if depth else "./"}m{depth + 1}"
              count  = 1000
            }}
            """
    files["m5/main.tf"] = 'resource "aws_acm_certificate" "c" {\n  domain_name = "a.io"\n}\n'
    found = declarations(files)
    assert len(found) == 6
    assert 1000 < sum(len(declaration.variants) for declaration in found) < 10_000
