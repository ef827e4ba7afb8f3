"""Names and lists of names as fields of msgspec, attrs and cattrs."""

import json
import subprocess
import sys

import attrs
import cattrs
import msgspec
import pytest
from cattrs.preconf.json import make_converter
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from acmrules import fields
from acmrules.errors import InvalidName, NameFault
from acmrules.field_schemas import JSON_SCHEMAS
from acmrules.name_list import NameList
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.strategies import domain_names, name_lists, names, wildcard_domain_names


class Struct(msgspec.Struct):
    """A structure with every kind of field."""

    host: DomainName
    wildcard: WildcardDomainName
    name: Name
    names: NameList
    optional: DomainName | None = None
    many: list[Name] = []
    ports: dict[DomainName, int] = {}


@attrs.define
class Attrs:
    """The same as a class of attrs, and an explicit union."""

    host: DomainName
    wildcard: WildcardDomainName
    name: Name
    names: NameList
    optional: DomainName | None = None
    many: list[Name] = attrs.Factory(list)
    ports: dict[DomainName, int] = attrs.Factory(dict)
    either: DomainName | WildcardDomainName = attrs.field(default=DomainName("example.com"))


def contents(kind):
    """Draw instances of a class with every kind of field."""
    return st.builds(
        kind,
        domain_names(),
        wildcard_domain_names(),
        names(),
        name_lists(),
        st.none() | domain_names(),
        st.lists(names(), max_size=3),
        st.dictionaries(domain_names(), st.integers(0, 9), max_size=2),
    )


def converter():
    """Return a converter that knows names."""
    made = make_converter()
    fields.register_hooks(made)
    return made


# msgspec -----------------------------------------------------------------------------------------


@given(contents(Struct))
def test_msgspec_round_trip(value):
    """A structure is the same after JSON and after built-in types."""
    text = msgspec.json.encode(value, enc_hook=fields.enc_hook)
    assert msgspec.json.decode(text, type=Struct, dec_hook=fields.dec_hook) == value
    data = msgspec.to_builtins(value, enc_hook=fields.enc_hook)
    assert data == json.loads(text)
    # Before 0.23, `convert` leaves the keys of dictionaries unchanged.
    value.ports = {}
    assert msgspec.convert(data | {"ports": {}}, Struct, dec_hook=fields.dec_hook) == value
    schema = msgspec.json.schema(Struct, schema_hook=fields.schema_hook)
    Draft202012Validator(schema).validate(data)


@pytest.mark.parametrize("text", ["a_b.com", "localhost", "", "x.1"])
def test_msgspec_reports_the_message_of_the_library_with_the_path(text):
    """The `InvalidName` is the cause of the error."""
    data = msgspec.json.encode([text])
    with pytest.raises(InvalidName) as expected:
        parse_name(text)
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(data, type=list[Name], dec_hook=fields.dec_hook)
    assert str(caught.value) == f"{expected.value} - at `$[0]`"
    cause = caught.value.__cause__
    assert isinstance(cause, InvalidName)
    assert cause.args == expected.value.args


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        (DomainName, b"5", "a name must be a string, not `int`"),
        (NameList, b'"example.com"', "must be a list of names, not a single string"),
        (NameList, b"{}", "must be a list of names, not `dict`"),
        (NameList, b"[]", "a certificate needs at least one name"),
        (NameList, b"[5]", "a name must be a string, not `int`"),
        (
            WildcardDomainName,
            b'"example.com"',
            "characters 1 to 11: `example.com` is not a wildcard, which must start with `*.`",
        ),
    ],
)
def test_msgspec_rejects_wrong_values_in_one_sentence(kind, data, message):
    """Wrong types and the other kind of name are rejected."""
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(data, type=kind, dec_hook=fields.dec_hook)
    assert str(caught.value) == message


@pytest.mark.parametrize("hook", ["enc_hook", "dec_hook", "schema_hook"])
def test_the_hooks_leave_other_types_to_other_hooks(hook):
    """They raise what msgspec expects."""
    arguments = (complex, 1j) if hook == "dec_hook" else (complex,)
    with pytest.raises(NotImplementedError, match=r"complex|type"):
        getattr(fields, hook)(*arguments)


@pytest.mark.parametrize("kind", [DomainName, WildcardDomainName, Name, NameList])
def test_msgspec_has_the_schema_of_pydantic(kind):
    """There is one JSON Schema for each class."""
    assert msgspec.json.schema(kind, schema_hook=fields.schema_hook) == JSON_SCHEMAS[kind.__name__]


# attrs and cattrs --------------------------------------------------------------------------------


@given(contents(Attrs))
def test_cattrs_round_trip(value):
    """An instance is the same after built-in types and after JSON."""
    own = converter()
    data = own.unstructure(value)
    assert own.structure(json.loads(json.dumps(data)), Attrs) == value
    assert own.loads(own.dumps(value), Attrs) == value


def test_cattrs_reads_the_union_of_both_kinds():
    """Whether it has a name or not."""
    own = converter()
    assert own.structure("*.Example.com", DomainName | WildcardDomainName) == parse_name(
        "*.example.com"
    )
    assert own.structure("Example.com", Name) == DomainName("example.com")


def test_cattrs_groups_the_errors_of_the_library():
    """Each one has the fault and the span."""
    data = {"host": "a_b.com", "wildcard": "*.a.io", "name": "x..io", "names": ["example.com"]}
    with pytest.raises(cattrs.ClassValidationError) as caught:
        converter().structure(data, Attrs)
    found = caught.value.exceptions
    assert [error.fault for error in found] == [NameFault.UNDERSCORE, NameFault.EMPTY_LABEL]
    assert found[0].span == (1, 2)


def test_attrs_converts_and_validates():
    """A class is a converter, because a name is a name already."""

    @attrs.define
    class Site:
        host: DomainName = attrs.field(
            converter=lambda value: fields.dec_hook(DomainName, value),
            validator=attrs.validators.instance_of(DomainName),
        )

    site = Site("WWW.example.com")
    assert site.host == DomainName("www.example.com")
    assert Site(site.host) == site
    with pytest.raises(InvalidName):
        Site("a_b.com")


def test_no_library_of_fields_is_imported():
    """The hooks work without the libraries that call them."""
    code = (
        "import sys, acmrules.fields\n"
        "print({'msgspec', 'cattrs', 'attrs', 'attr', 'pydantic'} & sys.modules.keys())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "set()"
