"""The members of requests in each tool, and what a misspelled one means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.members import slip

from acmrules.model.member_names import AWS
from acmrules.model.members import folded, meant, members
from acmrules.readers.bridged.certificates import CROSSPLANE, PULUMI
from acmrules.readers.kubernetes.ack import MEMBER_NAMES
from acmrules.readers.serverless import plugins
from acmrules.readers.terraform.resources.certificates import ATTRIBUTES
from acmrules.request import Tool, UnknownMember

NAMES = {
    Tool.API: AWS,
    Tool.CLOUDFORMATION: AWS,
    Tool.TERRAFORM: ATTRIBUTES,
    Tool.KUBERNETES: MEMBER_NAMES,
    Tool.SERVERLESS: plugins.MEMBER_NAMES,
    Tool.PULUMI: PULUMI.names,
    Tool.CROSSPLANE: CROSSPLANE.names,
}
WORDS = sorted(members(Tool.API)[""] | members(Tool.TERRAFORM)[""] | members(Tool.KUBERNETES)[""])


@pytest.mark.parametrize("tool", NAMES)
def test_the_members_that_readers_read_are_known(tool):
    """Every member that a reader reads is one of the tool."""
    names, known = NAMES[tool], members(tool)
    read = {names.domain_name, names.alternatives, names.method, names.algorithm, names.authority}
    read |= {names.options, names.tags}
    if tool is Tool.API:
        read |= {names.token, names.managed_by}
    assert read - {""} <= known[""]
    if names.options:
        assert {names.option_name, names.option_domain} <= known[names.options]


@pytest.mark.parametrize(
    ("name", "siblings", "expected"),
    [
        ("SubjectAlternateNames", (), ("SubjectAlternativeNames",)),
        ("subject_alternate_names", (), ("SubjectAlternativeNames",)),
        ("validation-method", (), ("ValidationMethod",)),
        ("validationMethod", ("ValidationMethod",), ()),
        ("HostedZoneId", (), ()),
        ("Xyzzy", (), ()),
        ("", (), ()),
        # The API has this member, in another structure.
        ("Export", (), ()),
    ],
)
def test_what_a_member_means(name, siblings, expected):
    """Only absent members are meant, and neither case nor separators matter."""
    assert meant(UnknownMember(name, "", frozenset(siblings)), members(Tool.API)[""]) == expected


@given(st.sampled_from(WORDS), st.sampled_from(list(NAMES)))
def test_a_slip_is_recognized(word, tool):
    """A name with two letters swapped means the original, or one that is as close."""
    known = members(tool)[""]
    if word in known and len(word) >= len("region") and slip(word) not in known:
        assert word in meant(UnknownMember(slip(word)), known)


def test_a_list_of_names_has_no_members():
    """Only requests have members."""
    assert members(Tool.NAMES) == {}


@given(st.text(max_size=30))
def test_folding_keeps_folded_names(name):
    """A folded name stays as it is."""
    assert folded(folded(name)) == folded(name)
