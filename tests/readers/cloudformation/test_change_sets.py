"""CloudFormation change sets: their certificates, and what they leave unknown."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.change_sets import (
    ARN,
    LATER,
    OTHER_ARN,
    certificate,
    change_set,
    detail,
    distribution,
    entry,
)

from acmrules.lint.fixes import plan_fix
from acmrules.lint.pipeline import check_declarations
from acmrules.readers import registry
from acmrules.readers.cloudformation import change_sets
from acmrules.readers.options import Parameters
from acmrules.request import Tool
from acmrules.resources import CertificateReference
from acmrules.syntax.edits import EditError
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unresolved, UnresolvedNames

DOMAIN = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
MORE = DOMAIN | {"SubjectAlternativeNames": ["www.brightharbor.io"]}


def read(data, name="set.json"):
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    return change_sets.read(Source(name, text), Parameters({}))


def only(data):
    [declaration] = read(data)
    return declaration


def test_both_sides():
    """A certificate has its new properties, and the previous ones as the issued certificate."""
    data = change_set(certificate("Modify", before=DOMAIN, after=MORE))
    declaration = only(data)
    [variant] = declaration.variants
    assert (declaration.tool, declaration.address) == (Tool.CLOUDFORMATION, "Certificate")
    assert [*map(str, variant.request.names)] == ["brightharbor.io", "www.brightharbor.io"]
    assert [*map(str, variant.issued.names)] == ["brightharbor.io"]
    assert variant.request.region == "us-east-1"


def test_locations():
    """All values have the location of the logical id."""
    data = change_set(certificate("Modify", before=DOMAIN, after=MORE))
    declaration = only(data)
    for path in ((), ("names", 1), ("consumers",)):
        place = declaration.variants[0].location(path)
        assert declaration.source.text[place.start : place.end] == "Certificate"


def test_added_and_removed():
    """Added certificates are declarations, and removed ones are listed separately."""
    data = change_set(
        certificate("Add", "New", after=DOMAIN, arn=None),
        certificate("Remove", "Old", before=MORE, arn=OTHER_ARN),
    )
    assert [declaration.address for declaration in read(data)] == ["New"]
    assert only(data).variants[0].issued is None
    [gone] = change_sets.removed(Source("set.json", json.dumps(data)))
    assert (gone.address, len(gone.request.names)) == ("Old", 2)


def test_without_property_values():
    """Without property values, everything in a certificate is unknown."""
    data = change_set(certificate("Modify"), certificate("Remove", "Old", arn=OTHER_ARN))
    request = only(data).request
    first, *others = request.names
    assert isinstance(first, Unresolved)
    assert isinstance(others[0], UnresolvedNames)
    assert "missing without `--include-property-values`" in str(first)
    [gone] = change_sets.removed(Source("set.json", json.dumps(data)))
    assert "`Old`" in str(gone.request.names[0])


def test_what_is_known_later():
    """A value that is known after apply is unknown, in whole or in part."""
    names = [LATER, f"www.{LATER}"]
    data = change_set(certificate("Modify", after=DOMAIN | {"SubjectAlternativeNames": names}))
    _, whole, part = only(data).request.names
    assert (part.head, len(part.unknowns)) == ("www.", 1)
    assert whole.unknowns != part.unknowns


@pytest.mark.parametrize("after", [ARN, LATER])
def test_consumers(after):
    """A consumer uses the certificate whose ARN it has, or that causes its change."""
    data = change_set(
        certificate("Modify", before=DOMAIN, after=MORE),
        distribution(ARN, after, [detail("Certificate.Arn")]),
    )
    [variant] = only(data).variants
    [consumer] = variant.consumers
    assert consumer.certificate == CertificateReference("Certificate")
    assert [*map(str, consumer.hosts)] == ["www.brightharbor.io"]
    assert not variant.all_consumers_known
    place = variant.location(("consumers", 0, "certificate"))
    assert only(data).source.text[place.start : place.end] == "Site"


def test_a_consumer_of_either():
    """If two certificates cause a change, the certificate of the consumer is unknown."""
    data = change_set(
        certificate("Modify", "A", before=DOMAIN, after=MORE),
        certificate("Modify", "B", before=DOMAIN, after=MORE, arn=OTHER_ARN),
        distribution(ARN, LATER, [detail("A"), detail("B")]),
    )
    used = [d.variants[0].consumers for d in read(data) if d.address in "AB"]
    assert used == [(), ()]


def test_a_consumer_of_another():
    """A value that is unknown for other reasons is not a certificate of the change set."""
    other = {"DistributionConfig": {"Comment": LATER, "ViewerCertificate": {}}}
    data = change_set(
        certificate("Modify", before=DOMAIN, after=MORE),
        entry(
            "Modify",
            "Site",
            "AWS::CloudFront::Distribution",
            other,
            other,
            details=[detail("Certificate")],
        ),
    )
    assert only(data).variants[0].consumers == ()


def test_nothing_is_fixed():
    """Change sets are never fixed."""
    from acmrules.lint.linter import Linter

    data = change_set(certificate("Modify", after=DOMAIN | {"DomainName": "BrightHarbor.io"}))
    found = [f for f in check_declarations(read(data), Linter()).findings if f.fix]
    assert found
    for finding in found:
        with pytest.raises(EditError):
            plan_fix(finding)
    with pytest.raises(EditError, match="generated by CloudFormation"):
        change_sets.edits(None, None)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x: y",
        "[]",
        "{}",
        {"Changes": []},
        {"Changes": {}, "StackName": "x"},
        {"StackName": "x"},
    ],
)
def test_no_change_set(data):
    """Other files are not change sets."""
    assert read(data) is None


@pytest.mark.parametrize(
    "entry",
    [
        None,
        1,
        {},
        {"ResourceChange": 1},
        {"ResourceChange": {"ResourceType": "AWS::CertificateManager::Certificate"}},
    ],
)
def test_entries_of_other_kinds(entry):
    """Entries that are not resources are ignored."""
    assert read(change_set(entry)) == ()


@pytest.mark.parametrize(
    ("context", "fault"),
    [
        ("{", "is JSON that ends after 1 byte"),
        ('{"Properties": {"DomainName": []}}', "must be a string, not a list"),
        ('{"Properties": {}}', "has no `DomainName`"),
    ],
)
def test_broken_contexts(context, fault):
    """An invalid context is reported with the file."""
    data = change_set(certificate("Modify"))
    data["Changes"][0]["ResourceChange"]["AfterContext"] = context
    with pytest.raises(InputError, match=fault) as error:
        read(data)
    assert str(error.value).startswith("set.json:")


def test_a_set_without_a_stack_id():
    """Without the ARN of the stack, the Region is unknown."""
    data = change_set(certificate("Modify", after=DOMAIN))
    del data["StackId"]
    assert not isinstance(only(data).request.region, str)


def test_it_is_found_among_others():
    """The registry finds change sets in JSON files."""
    text = json.dumps(change_set(certificate("Modify", after=DOMAIN)))
    [declaration] = registry.read(Source("set.json", text))
    assert declaration.address == "Certificate"
    assert registry.may_contain_certificates("set.json", text.encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(LATER),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["DomainName", "Properties", "x", "Ref"]), inner, max_size=3
            )
        ),
        max_leaves=8,
    )
)
def test_anything(properties):
    """Any content of properties is read or reported."""
    data = change_set(certificate("Modify", after=properties))
    with suppress(InputError):
        assert all(declaration.file == "set.json" for declaration in read(data))
