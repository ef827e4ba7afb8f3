"""Records of any DNS service: their names, values and types."""

import pytest
from tests.support.validation import validation_in
from tests.support.validation_files import OPTIONS, block, certificate

from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.record_entries import entries_in
from acmrules.readers.terraform.resources.record_types import RECORD_TYPES

OPTION = f"tolist({OPTIONS})[0]"
LISTS = {"records", "rrdatas", "values"}


def validated(text):
    """Return the validation of the only certificate in a file."""
    return validation_in(main_tf=text)


def written(kind):
    """Return a record of a type for the first option."""
    described = RECORD_TYPES[kind]
    arguments = {
        described.name: f"{OPTION}.resource_record_name",
        described.values[0]: f"{OPTION}.resource_record_value",
    }
    if described.type:
        arguments[described.type] = '"CNAME"'
    lines, blocks = [], {}
    for member, value in arguments.items():
        outer, _, inner = member.partition(".")
        if inner:
            blocks.setdefault(outer, []).append(f"{inner} = {value}")
        else:
            lines.append(f"{outer} = [{value}]" if outer in LISTS else f"{outer} = {value}")
    nested = [f"{name} {{\n  " + "\n  ".join(inner) + "\n}" for name, inner in blocks.items()]
    return block(kind, "site", *lines, *nested)


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_the_records_of_each_service_are_read(kind):
    """The record counts, so none is to create by hand."""
    found = validated(certificate("a.io") + written(kind))
    assert found.left == ()
    assert [cname.written for cname in found.cnames] == [True]
    service = RECORD_TYPES[kind].service
    assert found.cnames[0].services == (() if service == "Route 53" else (service,))


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_a_record_of_another_type_does_not_count(kind):
    """Types without an attribute for it create CNAME records only."""
    text = written(kind).replace('"CNAME"', '"TXT"')
    found = validated(certificate("a.io") + text)
    assert (found.cnames[0].written is True) is not bool(RECORD_TYPES[kind].type)


def test_hidden_records_block_the_validation():
    """The obstacle says which service proxies the record; an unknown setting leaves it open."""
    text = certificate("a.io") + written("cloudflare_record")
    hidden = validated(text.replace('"CNAME"', '"CNAME"\n  proxied = true'))
    assert hidden.obstacles == (
        "Cloudflare proxies the validation record of `a.io`, so ACM cannot find it",
    )
    assert hidden.left == ()
    variable = 'variable "p" { type = bool }\n'
    open_ = validated(variable + text.replace('"CNAME"', '"CNAME"\n  proxied = var.p'))
    assert open_.cnames[0].written is None


def test_blocks_have_several_records():
    """Each block may be the record of an option."""
    inside = [
        f'record {{\n  hostname = {each}.resource_record_name\n  type = "CNAME"\n'
        f"  address = {each}.resource_record_value\n}}"
        for each in (f"tolist({OPTIONS})[0]", f"tolist({OPTIONS})[1]")
    ]
    text = certificate("a.io", "b.io") + block("namecheap_domain_records", "site", *inside)
    assert [cname.written for cname in validated(text).cnames] == [True, True]


VALUES = [(kind, value) for kind, each in RECORD_TYPES.items() for value in each.values]


def of(kind, arguments):
    """Return the records of a resource with arguments; a dotted name is in a list of objects."""
    data = {}
    for member, value in arguments.items():
        outer, _, inner = member.partition(".")
        if inner:
            data.setdefault(outer, [{}])[0][inner] = value
        elif outer:
            data[outer] = value
    return [*entries_in(kind, Fields(TerraformReader(), data, ()))]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_the_arguments_of_a_record_are_located(kind, value):
    """Whichever argument has the value, the record knows it, and what to do about others."""
    described = RECORD_TYPES[kind]
    members = {described.name: "n", value: "v", described.type: "TXT", described.zone: "z"}
    [found] = of(kind, members)
    assert (found.name, found.values, found.zone) == ("n", ("v",), "z")
    assert found.type == ("TXT" if described.type else "CNAME")
    at = [member.partition(".")[0] for member in (described.name, value, described.type)]
    assert [found.name_at, found.value_at, found.type_at] == at
    assert (found.overwrites, found.proxied) == (False, False)
    assert found.can_overwrite is bool(described.overwrite)
    assert found.is_relative is described.is_relative


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_wrong_types_have_no_values(kind, value):
    """What Terraform rejects is not read, and breaks nothing."""
    described = RECORD_TYPES[kind]
    for wrong in ({"x": 1}, [{"x": 1}]):
        members = {described.name: "n", value: wrong, described.zone: {"x": 1}}
        [found] = of(kind, members)
        assert (found.name, found.values, found.zone) == ("n", (), None)


@pytest.mark.parametrize(
    ("written", "overwrites"), [(True, True), (False, False), ("true", True), ("yes", None)]
)
def test_a_record_may_overwrite_another(written, overwrites):
    """An unknown setting leaves it open."""
    [found] = of("aws_route53_record", {"name": "n", "allow_overwrite": written})
    assert found.overwrites is overwrites
    [found] = of("cloudflare_record", {"name": ["n", "m"], "proxied": {"x": 1}})
    assert (found.name, found.proxied) == (None, False)


def test_blocks_of_a_wrong_type_are_no_records():
    """Without blocks there is nothing to read."""
    assert of("godaddy_domain_record", {"record": "x"}) == []
