"""The types of the fields of value classes."""

from datetime import date

import pytest
from tests.support.values import VALUES

from acmrules import CertificateRequest, Change, Contact, DomainName, Era, ValidationPlan
from acmrules.annotations import field_types, names_of
from acmrules.facts.timeline import Citation
from acmrules.unresolved import Malformed, Unresolved
from acmrules.values import Value


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
def test_each_field_of_a_public_class_has_a_type(cls):
    """Names that only type checkers import are resolved too."""
    types = field_types(cls)
    assert {*getattr(cls, "_fields", ())} <= types.keys()
    assert not any(isinstance(kind, str) for kind in types.values())


def test_names_for_type_checkers_are_resolved():
    """Imports of the block, aliases in it, and aliases of other modules have their meaning."""
    assert field_types(Contact)["since"] == date | None
    assert field_types(Contact)["source"] == Citation | None
    added = field_types(Change)["added"]
    assert {DomainName, Malformed, Unresolved} < {*added.__args__[0].__args__}
    assert field_types(CertificateRequest)["region"] == str | Unresolved | None


def test_inherited_fields_come_first():
    """A class has the fields of its bases, each resolved in its own module."""
    assert list(field_types(ValidationPlan)) == [*ValidationPlan._fields]
    assert list(field_types(Era)) == ["start", "value", "source", "seen"]


def test_types_that_are_not_strings_are_kept():
    """A module without postponed annotations has types."""
    cls = type(Value)("Point", (Value,), {"__annotations__": {"x": int}, "__module__": __name__})
    assert field_types(cls) == {"x": int}


def test_a_module_without_such_names_has_none():
    """Its names are those of the run."""
    assert [*names_of("acmrules.name_errors")] == []
    assert names_of("acmrules.contacts").evaluated("Contact") is Contact
