"""Names and lists of names as fields of pydantic models, and their JSON Schemas."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Annotated, Any, Literal

import pytest
from fastapi import FastAPI
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, validate_call
from tests.support.strategies import name_texts, unicode_name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.field_schemas import JSON_SCHEMAS
from acmrules.name_list import NameList
from acmrules.names import MAX_NAME_OCTETS, DomainName, Name, WildcardDomainName, parse_name
from acmrules.planner.plan import plan
from acmrules.strategies import domain_names, name_lists, names, wildcard_domain_names

DOMAIN = DomainName("example.com")
WILDCARD = WildcardDomainName(DOMAIN)


class Site(BaseModel):
    """A model with every kind of field."""

    host: DomainName
    wildcard: WildcardDomainName
    name: Name
    names: NameList
    either: DomainName | WildcardDomainName
    optional: DomainName | None = None
    many: list[Name] = []
    ports: dict[Name, int] = {}


DATA = {
    "host": "WWW.Bücher.example",
    "wildcard": "*.Example.com",
    "name": "*.example.com",
    "names": ["example.com", "*.example.com", "EXAMPLE.com"],
    "either": "*.example.org",
    "optional": "example.net",
    "many": ["example.com", "*.example.com"],
    "ports": {"example.com": 443},
}
WRITTEN = DATA | {
    "host": "www.xn--bcher-kva.example",
    "wildcard": "*.example.com",
    "names": ["example.com", "*.example.com"],
}


def invalid_name(text):
    """Return the error for a string that is not a name, and `None` for a name."""
    try:
        parse_name(text)
    except InvalidName as error:
        return error
    return None


def errors_of(kind: Any, value: object) -> list[Any]:
    """Return the errors of pydantic for a value."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()


def test_a_model_reads_strings_and_writes_them():
    """Fields are names in Python, and canonical strings in JSON."""
    site = Site.model_validate(DATA)
    assert site.host == DomainName("www.xn--bcher-kva.example")
    assert site.names == NameList(["example.com", "*.example.com"])
    assert site.either == WildcardDomainName(DomainName("example.org"))
    assert site.ports == {DOMAIN: 443}
    assert site.model_dump()["many"] == [DOMAIN, WILDCARD]
    assert site.model_dump(mode="json") == WRITTEN
    assert json.loads(site.model_dump_json()) == WRITTEN
    assert Site.model_validate_json(json.dumps(DATA)) == site


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        (DomainName, domain_names()),
        (WildcardDomainName, wildcard_domain_names()),
        (Name, names()),
        (NameList, name_lists()),
    ],
    ids=["DomainName", "WildcardDomainName", "Name", "NameList"],
)
def test_a_round_trip_keeps_a_value_in_lax_and_strict_mode(kind, drawn):
    """JSON has strings in strict mode too; Python has instances."""
    adapter = TypeAdapter(kind)

    @given(drawn)
    def law(value):
        text = adapter.dump_json(value)
        schema = adapter.json_schema(mode="serialization")
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(text))
        assert adapter.dump_python(value) is value
        for strict in (False, True):
            assert adapter.validate_json(text, strict=strict) == value
            assert adapter.validate_python(value, strict=strict) is value

    law()


@pytest.mark.parametrize("kind", [DomainName, WildcardDomainName, Name])
def test_the_json_schema_allows_every_valid_string(kind):
    """The pattern is what all spellings of names have in common."""
    schema = TypeAdapter(kind).json_schema()
    assert schema == JSON_SCHEMAS[kind.__name__]
    validator, adapter = Draft202012Validator(schema), TypeAdapter(kind)

    @given(unicode_name_texts() | name_texts() | names().map(str))
    def law(text):
        try:
            adapter.validate_python(text)
        except ValidationError:
            return
        validator.validate(text)

    law()


@given(name_texts())
def test_a_name_has_one_error_with_the_message_of_the_library(text):
    """The context of the error has the fault, the span and the exception."""
    expected = invalid_name(text)
    if expected is None:
        assert TypeAdapter(Name).validate_python(text) == parse_name(text)
        return
    (error,) = errors_of(Name, text)
    assert (error["type"], error["msg"]) == ("acm_name", str(expected))
    assert error["ctx"]["fault"] == expected.fault.name
    assert error["ctx"]["span"] == expected.span
    assert error["ctx"]["error"].args == expected.args


@pytest.mark.parametrize("text", ["{fault}.com", "{error}", "{message}", "a{span}.com"])
def test_a_message_contains_the_string_unchanged(text):
    """Pydantic replaces words in braces, but only those of the template."""
    assert f"`{text}`" in errors_of(DomainName, text)[0]["msg"]


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (DomainName, 5, "a name must be a string, not `int`"),
        (DomainName, None, "a name must be a string, not `NoneType`"),
        (Name, b"example.com", "a name must be a string, not `bytes`"),
        (DomainName, "*.example.com", NameFault.UNEXPECTED_WILDCARD.value),
        (DomainName, WILDCARD, NameFault.UNEXPECTED_WILDCARD.value),
        (
            WildcardDomainName,
            "Example.com",
            "is not a wildcard, which must start with `*.`",
        ),
        (NameList, "example.com", "must be a list of names, not a single string"),
        (NameList, {"example.com"}, "must be a list of names; a set has no first name"),
        (NameList, [], "a certificate needs at least one name"),
    ],
)
def test_each_error_is_one_sentence(kind, value, message):
    """Wrong types, the other kind of name, and lists without a first name are rejected."""
    (error,) = errors_of(kind, value)
    assert error["msg"].endswith(message)


def test_each_invalid_name_of_a_list_is_an_error_at_its_index():
    """All of them are reported at once."""
    errors = errors_of(NameList, ["example.com", "a_b.com", 5])
    assert [error["loc"] for error in errors] == [(1,), (2,)]


def test_errors_become_json():
    """So a service can return them."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(DomainName).validate_python("a_b.com")
    (error,) = json.loads(caught.value.json(include_url=False))
    message = "character 2: `a_b.com` contains an underscore, which is not allowed"
    assert error["msg"].startswith(message)
    assert error["ctx"]["span"] == [1, 2]


def test_strict_mode_requires_instances_in_python():
    """As for all types that JSON does not have."""

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True)

        host: DomainName
        names: NameList

    assert Strict(host=DOMAIN, names=NameList([DOMAIN])).host is DOMAIN
    with pytest.raises(ValidationError) as caught:
        Strict(host="example.com", names=["example.com"])
    assert [error["type"] for error in caught.value.errors()] == ["is_instance_of"] * 2


def test_input_and_output_have_the_same_schema():
    """So FastAPI describes a model once."""
    schema = Site.model_json_schema()
    assert schema == Site.model_json_schema(mode="serialization")
    assert schema["properties"]["host"] == {**JSON_SCHEMAS["DomainName"], "title": "Host"}
    assert schema["properties"]["names"] == {**JSON_SCHEMAS["NameList"], "title": "Names"}


def test_unions_choose_the_kind_of_name():
    """A tagged union, and one with other types, have the value as it was written."""

    class Host(BaseModel):
        kind: Literal["host"]
        name: DomainName

    class Group(BaseModel):
        kind: Literal["group"]
        name: WildcardDomainName

    tagged = TypeAdapter(Annotated[Host | Group, Field(discriminator="kind")])
    found = tagged.validate_python({"kind": "group", "name": "*.example.com"})
    assert found == Group(kind="group", name=WILDCARD)
    assert TypeAdapter(DomainName | int).validate_python(5) == 5
    assert TypeAdapter(NameList | DomainName).validate_python(["example.com"]) == NameList([DOMAIN])
    assert TypeAdapter(str | DomainName).validate_python(DOMAIN) is DOMAIN


def test_arguments_of_functions_are_fields_too():
    """`validate_call` reads names from strings."""

    @validate_call
    def parent(name: WildcardDomainName) -> DomainName:
        return name.parent

    assert parent("*.example.com") == DOMAIN  # type: ignore[arg-type]


def answer_of(app, path, data):
    """Return the status and the data that an ASGI application answers to a `POST`."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": json.dumps(data).encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(app(scope, receive, send))
    body = b"".join(each.get("body", b"") for each in sent)
    return sent[0]["status"], json.loads(body)


class Hosts(BaseModel):
    """The body of a call to the service."""

    hosts: list[DomainName]


def test_a_fastapi_route_reads_names():
    """A wrong name is an answer with its fault, and names are written as strings."""
    app = FastAPI()

    @app.post("/hosts")
    async def echoed(body: Hosts) -> Hosts:
        return body

    data = {"hosts": ["WWW.example.com", "api.example.com"]}
    assert answer_of(app, "/hosts", data) == (
        200,
        {"hosts": ["www.example.com", "api.example.com"]},
    )
    status, refused = answer_of(app, "/hosts", {"hosts": ["a_b.com"]})
    assert status == 422
    (error,) = refused["detail"]
    assert error["loc"] == ["body", "hosts", 0]
    assert error["ctx"]["fault"] == "UNDERSCORE"
    assert error["ctx"]["span"] == [1, 2]
    schema = app.openapi()["components"]["schemas"]["Hosts"]["properties"]["hosts"]["items"]
    assert schema == JSON_SCHEMAS["DomainName"]


def test_a_fastapi_route_returns_a_plan():
    """The body of the answer is the JSON of the plan."""
    app = FastAPI()

    @app.post("/plan")
    async def planned(body: Hosts) -> dict[str, Any]:
        return plan(body.hosts).to_dict()

    hosts = ["www.example.com", "api.example.com"]
    assert answer_of(app, "/plan", {"hosts": hosts}) == (200, plan(hosts).to_dict())


def test_pydantic_is_imported_only_when_it_calls():
    """Making names and lists of names loads nothing of it."""
    code = (
        "import sys, acmrules\n"
        "acmrules.NameList(['example.com', '*.example.com'])\n"
        "print([name for name in sys.modules if 'pydantic' in name or 'field' in name])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_the_schemas_have_the_length_of_the_fact():
    """The module of schemas is below that of names, so it repeats the number."""
    lengths = {each["maxLength"] for each in JSON_SCHEMAS.values() if "maxLength" in each}
    assert lengths == {MAX_NAME_OCTETS}
