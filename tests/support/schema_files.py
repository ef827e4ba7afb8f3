"""The JSON Schema files that the package contains, made from the declarations of the code."""

import json
from datetime import date
from pathlib import Path

from acmrules import serialization as forms
from acmrules.limits import MAX_NAMES
from acmrules.lint.report_data import VERSION
from acmrules.lint.report_records import ReportRecord
from acmrules.lint.rules import CATALOGUE
from acmrules.regions import _AREA_LETTERS, _MAX_NUMBER_DIGITS, _WORDS
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.workspace import settings_file
from acmrules.workspace.settings import BY_PATH, NAMES

FOLDER = Path(forms.__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def files():
    """Return the text of each schema by the name of its file."""
    found = {"report.json": report(), "settings.json": settings()}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in found.items()}


# The report --------------------------------------------------------------------------------------


def report():
    """Return the schema of the report: that of its records, each in `$defs`."""
    definitions = {}
    top = _object(forms.object_form(ReportRecord), definitions)
    top["properties"]["version"] = {"const": VERSION}
    # `compare` prints more members than `check`.
    del top["additionalProperties"]
    title = "The report of `acmrules check --format json`"
    return {"$schema": DRAFT, "title": title, **top, "$defs": dict(sorted(definitions.items()))}


def _schema(form, definitions):
    """Return the schema of a form; objects are added to the definitions."""
    if isinstance(form, forms.ObjectForm):
        if form.name not in definitions:
            definitions[form.name] = {}
            definitions[form.name] = _object(form, definitions)
        return {"$ref": f"#/$defs/{form.name}"}
    if isinstance(form, forms.UnionForm):
        assert not form.is_tagged
        return {"anyOf": [_schema(each, definitions) for each in form.forms.values()]}
    if isinstance(form, forms.ListForm):
        return {"type": "array", "items": _schema(form.item, definitions)}
    if isinstance(form, forms.MappingForm):
        return {"type": "object", "additionalProperties": _schema(form.item, definitions)}
    if isinstance(form, forms.EnumForm):
        return {"enum": [*form.words]}
    if isinstance(form, forms.DateForm):
        return {"type": "string", "format": "date"}
    words = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    kinds = sorted({words[kind] for kind in form.kinds})
    return {"type": kinds[0] if len(kinds) == 1 else kinds}


def _object(form, definitions):
    first = form.cls.__doc__.partition("\n\n")[0].replace("\n    ", " ")
    return {
        "description": first,
        "type": "object",
        "properties": {name: _schema(each, definitions) for name, each in form.fields.items()},
        "required": [*form.required],
        "additionalProperties": False,
    }


# Settings ----------------------------------------------------------------------------------------

_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}
_NUMBER = {"type": "integer", "minimum": 1}
_ACCOUNT = "^[0-9]{%d}$" % settings_file._ACCOUNT_DIGITS  # noqa: UP031  (braces)
_AREA = f"[a-z]{{{min(_AREA_LETTERS)},{max(_AREA_LETTERS)}}}"
_MORE = f"(-[a-z]+){{{min(_WORDS) - 1},{max(_WORDS) - 1}}}"
_REGION = f"^{_AREA}{_MORE}-[0-9]{{1,{_MAX_NUMBER_DIGITS}}}$"
_PATTERN = {"type": "string", "pattern": r"\S"}
_IDS = [rule.id for rule in CATALOGUE]
_RULES = [*_IDS, *(rule.name for rule in CATALOGUE)]
_NAME = {"type": "string", "minLength": 3, "pattern": r"\."}
_ZONES = {"type": "array", "items": {**_NAME, "not": {"pattern": r"\*"}}}

_BY_CONVERTER = {
    settings_file._boolean: {"type": "boolean"},
    settings_file._rules: {"type": "array", "items": {"$ref": "#/$defs/rule"}},
    settings_file._fail_on: {
        "enum": [word for word, level in settings_file.LEVELS.items() if level]
    },
    settings_file._day: {"$ref": "#/$defs/date"},
    settings_file._region: {"type": "string", "pattern": _REGION},
    settings_file._account: {"type": "string", "pattern": _ACCOUNT},
    settings_file._zones: _ZONES,
    settings_file._number: _NUMBER,
    settings_file._texts: _STRINGS,
    settings_file._groups: {"type": "array", "items": _ZONES},
    settings_file._names: {"type": "array", "items": _NAME},
}
_BY_NAME = {
    "exclude": {"type": "array", "items": _PATTERN},
    "baseline": _STRING,
    "var-files": _STRINGS,
    "validation-methods": {"type": "array", "items": {"enum": [m.value for m in ValidationMethod]}},
    "key-algorithms": {"type": "array", "items": {"enum": [a.value for a in KeyAlgorithm]}},
}
_SCALAR = {"type": ["string", "boolean", "number"]}


def settings():
    """Return the schema of a `.acmrules.toml`, and of `[tool.acmrules]` in a `pyproject.toml`."""
    return {
        "$schema": DRAFT,
        "title": "The settings of acmrules: `.acmrules.toml`, or `[tool.acmrules]`",
        "type": "object",
        "properties": {name: _setting(name) for name in NAMES},
        "additionalProperties": False,
        "$defs": {
            "rule": {"anyOf": [{"enum": _RULES}, {"type": "string", "pattern": _prefixes()}]},
            "date": _date(),
            "parameters": _parameters(),
            "quotas": {"type": "object", "properties": _quotas(), "additionalProperties": False},
        },
    }


def _setting(name):
    if name == "severity":
        return {
            "type": "object",
            "propertyNames": {"enum": _RULES},
            "additionalProperties": {"enum": [*settings_file.LEVELS]},
        }
    if name == "quotas":
        return _scoped_quotas()
    if name == "parameters":
        scoped = {"anyOf": [_SCALAR, {"$ref": "#/$defs/parameters"}]}
        return {"type": "object", "additionalProperties": scoped}
    if name == "policy":
        members = {
            member: _BY_NAME.get(member) or _BY_CONVERTER[convert]
            for member, convert in settings_file._POLICY.items()
        }
        return {"type": "object", "properties": members, "additionalProperties": False}
    plain = _BY_NAME.get(name) or _BY_CONVERTER[settings_file._CONVERTERS[name]]
    if name in BY_PATH:
        return {"anyOf": [plain, {"type": "object", "additionalProperties": plain}]}
    return plain


def _prefixes():
    """Return a pattern of the beginnings of ids, in any case."""
    beginnings = sorted({id_[:length] for id_ in _IDS for length in range(1, len(id_) + 1)})
    words = ("".join(f"[{c}{c.lower()}]" if c.isalpha() else c for c in b) for b in beginnings)
    return f"^({'|'.join(words)})$"


def _date():
    """Return the schema of a date: a date of TOML, which is a string in JSON, or a string."""
    return {"type": "string", "pattern": r"^[0-9]{4}-?([0-9]{2}-?[0-9]{2}|W[0-9]{2}(-?[1-7])?)$"}


def _parameters():
    """Return the schema of parameters of some paths; `terraform.workspace` is nested in TOML."""
    workspace = {
        "type": "object",
        "properties": {"workspace": _SCALAR},
        "required": ["workspace"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"terraform": {"anyOf": [_SCALAR, workspace]}},
        "additionalProperties": _SCALAR,
    }


def _quotas():
    return {
        name: {**_NUMBER, "maximum": MAX_NAMES} if name == "names" else _NUMBER
        for name in settings_file._QUOTAS
    }


def _scoped_quotas():
    regional = {_REGION: {"$ref": "#/$defs/quotas"}}
    in_account = {
        "type": "object",
        "properties": _quotas(),
        "patternProperties": regional,
        "additionalProperties": False,
    }
    return {**in_account, "patternProperties": {**regional, _ACCOUNT: in_account}}


def plain(data):
    """Return data of TOML as data of JSON: dates are strings."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(each) for each in data]
    return data.isoformat() if isinstance(data, date) else data
