"""Terraform plans and states, and resources as both contain them."""

import json

from hypothesis import strategies as st

from acmrules.readers.evaluated import Node, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.options import Parameters, ReadScope
from acmrules.readers.terraform.plan import reader
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved

ARN = "arn:aws:acm:us-east-1:111122223333:certificate/2f1c"
OTHER_ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/9a7b"
OPEN = Unknown("var.x")
SHOWN = Unknown("${var.x}")
"""The unknown value as it appears in a string."""


def unknown(label):
    """Return an unknown string as it is read: in the syntax of templates."""
    return Unresolved((Unknown(f"${{{label}}}"),))


def fields(data, pointer=("resource",)):
    """Return the evaluated attributes of a resource."""
    return Fields(TerraformReader(), data, pointer)


def placed(data, source=None):
    """Return data as in a configuration: each value in a node with a location."""
    source = source or Source("main.tf", "")
    if isinstance(data, dict):
        data = {key: placed(value, source) for key, value in data.items()}
    elif isinstance(data, list):
        data = [placed(item, source) for item in data]
    return Node(data, source, 0, 0)


def change(address, after, *, actions=("create",), **more):
    """Return an entry of `resource_changes`; `unknown` and `before` are those of the change."""
    module, _, _ = address.rpartition("aws_")
    kind, _, name = address.removeprefix(module).partition(".")
    entry = {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name.partition("[")[0],
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {
            "actions": list(actions),
            "before": more.get("before"),
            "after": after,
            "after_unknown": more.get("unknown", {}),
            "before_sensitive": more.get("before_sensitive", {}),
            "after_sensitive": more.get("sensitive", {}),
        },
    }
    return entry | ({"module_address": module.removesuffix(".")} if module else {})


def configured(address, for_each=None, provider="aws", **expressions):
    """Return a resource of a plan's configuration."""
    kind, _, name = address.partition(".")
    resource = {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_config_key": provider,
        "expressions": expressions,
        "schema_version": 0,
    }
    return resource | ({"for_each_expression": for_each} if for_each else {})


def to(*names):
    """Return an expression with references, each followed by what it implies."""
    implied = [
        ".".join(name.split(".")[:count])
        for name in names
        for count in range(len(name.split(".")), 1, -1)
    ]
    return {"references": implied}


def plan(*changes, resources=(), calls=None, providers=None, data=()):
    """Return a plan of these changes, with its configuration and the data that it read."""
    root = {"resources": list(resources), "module_calls": calls or {}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.5",
        "planned_values": {"root_module": {}},
        "resource_changes": list(changes),
        "prior_state": {
            "format_version": "1.0",
            "values": {"root_module": {"resources": list(data)}},
        },
        "configuration": {
            "provider_config": providers
            or {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
            "root_module": root,
        },
    }


def state(*resources, children=()):
    """Return a state of these resources, as `terraform show -json` prints it."""
    root = {"resources": list(resources), "child_modules": list(children)}
    return {"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": root}}


def held(address, values, **more):
    """Return a resource of a state."""
    entry = change(address, values)
    mode = {"mode": "data"} if ".data." in f".{address}" else {}
    members = ("address", "mode", "type", "name")
    return {key: entry[key] for key in members} | {"values": values} | mode | more


def read_plan(data, name="plan.json", region=None, indent=1, *, scope=ReadScope.CERTIFICATES):
    """Return the documents of a plan or a state."""
    text = data if isinstance(data, str) else json.dumps(data, indent=indent)
    return reader.read(Source(name, text), Parameters({}, region, scope=scope))


def variant_of(data, address, **known):
    """Return the variant of the document at an address."""
    (found,) = [each for each in read_plan(data, **known) if each.address == address]
    return found.variants[0]


def attributes(members):
    """Return the attributes of a certificate for members as the API has them."""
    given = {
        "domain_name": members["DomainName"],
        "subject_alternative_names": members.get("SubjectAlternativeNames"),
        "validation_method": members.get("ValidationMethod"),
        "key_algorithm": members.get("KeyAlgorithm"),
        "certificate_authority_arn": members.get("CertificateAuthorityArn"),
        "validation_option": [
            {"domain_name": option["DomainName"], "validation_domain": option["ValidationDomain"]}
            for option in members.get("DomainValidationOptions", ())
        ],
        "tags": {tag["Key"]: tag["Value"] for tag in members.get("Tags", ())},
    }
    return {key: value for key, value in given.items() if value is not None}


def wild_data():
    """Draw arbitrary JSON data."""
    leaves = st.sampled_from([None, True, False, 7, 1.5, "", "a.io", ARN, "references"])
    keys = st.sampled_from(["references", "resources", "type", "change", "a.b", "expressions"])
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=6,
    )
