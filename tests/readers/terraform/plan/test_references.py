"""References in the configuration of a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_plans import configured, to, wild_data

from acmrules.readers.terraform.plan.references import (
    PlannedConfiguration,
    ReferenceTarget,
    module_path,
    references,
)
from acmrules.syntax.tree import items, mapping

CERTIFICATE = "aws_acm_certificate.x"
VALIDATION = "aws_acm_certificate_validation.v"
THROUGH = "aws_acm_certificate_validation.v.certificate_arn"
WANTED = ReferenceTarget((), "aws_acm_certificate", "x", "", "arn")
HOLDER = {"for_each_expression": to(f"{CERTIFICATE}.domain_validation_options")}


def call(arguments, *resources, calls=None, **outputs):
    """Return a module call."""
    return {
        "source": "./m",
        "expressions": arguments,
        "module": {
            "resources": list(resources),
            "module_calls": calls or {},
            "outputs": {name: {"expression": value} for name, value in outputs.items()},
        },
    }


CONFIGURATION = {
    "provider_config": {
        "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
        "aws.east": {"name": "aws", "expressions": {"region": to("var.region")}},
        "aws.bare": {"name": "aws"},
    },
    "root_module": {
        "resources": [
            configured(CERTIFICATE),
            configured(VALIDATION, certificate_arn=to(f"{CERTIFICATE}.arn")),
            configured("aws_acm_certificate_validation.odd"),
            configured("aws_instance.x") | {"mode": "data"},
            "x",
        ],
        "module_calls": {
            "acm": call(
                {"zone": to("aws_route53_zone.z.zone_id")},
                configured(CERTIFICATE),
                arn=to(f"{CERTIFICATE}.arn"),
                zone=to("var.zone"),
                choice=to(f"{CERTIFICATE}.arn", "aws_acm_certificate.y.arn"),
                cycle=to("module.inner.cycle"),
                calls={
                    "inner": call(
                        {"cycle": to("module.inner.cycle"), "each": to("each.value")},
                        cycle=to("var.cycle"),
                        each=to("var.each"),
                    )
                    | HOLDER
                },
            ),
        },
    },
}


def target(*expressions, path=(), holder=None, deferred=()):
    """Return the target of expressions in the configuration."""
    configuration = PlannedConfiguration(CONFIGURATION, frozenset(deferred))
    return configuration.target(path, holder or {}, list(expressions))


# Laws ---------------------------------------------------------------------------------------------


@given(wild_data(), wild_data())
def test_wild_configurations(data, expression):
    """An expression in any configuration has a target or none."""
    for configuration in (PlannedConfiguration(data), PlannedConfiguration({"root_module": data})):
        found = configuration.target((("m", ""),), mapping(data), [expression])
        assert found is None or isinstance(found, ReferenceTarget)
        assert configuration.resource((), "aws_instance", "x") == {}
        assert configuration.provider_region(mapping(data)) == {}


@given(st.permutations([f"{CERTIFICATE}.arn", THROUGH, "var.x", "module.acm.arn"]))
def test_order_does_not_matter(names):
    """The target does not depend on the order of the references."""
    assert target(to(*names)) is None
    one = [name for name in names if name != "module.acm.arn"]
    assert target(to(*one)) == target(*map(to, one)) == WANTED


# Examples -----------------------------------------------------------------------------------------

IN_MODULE = ReferenceTarget((("acm", ""),), "aws_acm_certificate", "x", "", "arn")
ZONE = ReferenceTarget((), "aws_route53_zone", "z", "", "zone_id")


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        (to(f"{CERTIFICATE}.arn"), WANTED),
        ({"references": [f"{CERTIFICATE}[0].arn", f"{CERTIFICATE}[0]", CERTIFICATE]}, "0"),
        ({"references": [CERTIFICATE, "each.key"]}, ""),
        (to(THROUGH), WANTED),
        (to(THROUGH, f"{CERTIFICATE}.arn", "var.create", "path.module"), WANTED),
        (to("module.acm.arn"), IN_MODULE),
        ({"references": ['module.acm["a"].arn', 'module.acm["a"]', "module.acm"]}, '"a"'),
        (to("module.acm.zone"), ZONE),
        (to("module.acm.choice"), None),
        (to("module.acm.cycle"), None),
        (to("module.acm.nothing"), None),
        (to("module.nothing.arn"), None),
        ({"references": ["module.acm"]}, None),
        (to("aws_acm_certificate_validation.odd.certificate_arn"), None),
        (to("aws_acm_certificate_validation.none.certificate_arn"), None),
        (to("local.arn"), None),
        (to("local.arn", f"{CERTIFICATE}.arn"), None),
        (to("data.aws_acm_certificate.y.arn", f"{CERTIFICATE}.arn"), WANTED),
        (to("var.arn"), None),
        ({"references": ["aws_acm_certificate"]}, None),
        ({"references": [""]}, None),
        ({"constant_value": "x"}, None),
        (None, None),
    ],
)
def test_targets(expression, meant):
    """Targets are found through validations and modules."""
    found = target(expression)
    if isinstance(meant, str):
        keys = [key for _, key in found.path if key] or [found.key]
        assert keys == [meant]
    else:
        assert found == meant


def test_targets_in_modules():
    """A reference in a module means its own resources, and a variable means the caller's."""
    inside = (("acm", '"a"'),)
    found = target(to(f"{CERTIFICATE}.arn"), path=inside)
    assert found == WANTED.__replace__(path=inside)
    assert target(to("var.zone"), path=inside) == ZONE
    assert target(to("var.other"), path=inside) is None


def test_loops():
    """A value of a loop comes from the collection of the loop, in resources and module calls."""
    over = WANTED.__replace__(attribute="domain_validation_options")
    assert target(to("each.value.name"), holder=HOLDER) == over
    assert target(to("each.value.name")) is None
    inside = (("acm", ""), ("inner", ""))
    assert target(to("var.each"), path=inside) == over.__replace__(path=(("acm", ""),))


def test_data_that_is_read_late():
    """Data that is read during apply may be anything, and other data is known."""
    expression = to("data.aws_acm_certificate.y.arn", f"{CERTIFICATE}.arn")
    assert target(expression, deferred=["aws_acm_certificate.y"]) is None
    assert target(expression, deferred=["aws_acm_certificate.z"]) == WANTED


@pytest.mark.parametrize(
    ("key", "region"),
    [
        ("aws", {"constant_value": "eu-west-1"}),
        ("module.acm:aws", {"constant_value": "eu-west-1"}),
        ("aws.east", to("var.region")),
        ("aws.bare", {}),
        ("google", {}),
        (None, {}),
    ],
)
def test_regions_of_providers(key, region):
    """The Region of a resource is that of its provider, or of the root's provider."""
    found = PlannedConfiguration(CONFIGURATION).provider_region({"provider_config_key": key})
    assert found == region


def test_resources():
    """A resource is found by module, type and name, regardless of the module's key."""
    configuration = PlannedConfiguration(CONFIGURATION)
    assert configuration.resource((), "aws_acm_certificate", "x")["name"] == "x"
    assert configuration.resource((("acm", "0"),), "aws_acm_certificate", "x")["name"] == "x"
    assert configuration.resource((), "aws_instance", "x") == {}
    assert configuration.resource((("none", ""),), "aws_acm_certificate", "x") == {}


def test_parts_of_a_plan():
    """Module paths have names and keys, and only the longest references are returned."""
    assert module_path('module.a["x.y"].module.b') == (("a", '"x.y"'), ("b", ""))
    assert module_path("") == ()
    listed = ["a.b.c", "a.b", "a", 'd["k"]', "d", "a.b", "ab", 7]
    assert list(references({"references": listed})) == ["a.b.c", 'd["k"]', "a.b", "ab"]
    assert (mapping([]), items({})) == ({}, [])
