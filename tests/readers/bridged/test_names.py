"""Names of arguments of Terraform in Pulumi and Crossplane."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.bridged.names import argument, arguments, member_pointer, without_marks
from acmrules.readers.substituted import Substituted
from acmrules.unresolved import Unknown, Unresolved

MEMBERS = {
    "aliases": ["a.io"],
    "viewerCertificate": {"acmCertificateArn": "arn"},
    "origins": [{"customOriginConfig": {"originMtlsConfig": 1}}],
    "certificateArnRef": {"name": "site"},
    "names": Substituted(["a.io"]),
}


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("domainName", "domain_name"),
        ("certificateArn", "certificate_arn"),
        ("validationOptions", "validation_option"),
        ("validationOption", "validation_option"),
        ("tags", "tags"),
        ("subDomains", "sub_domain"),
    ],
)
def test_arguments(member, name):
    """Words are separated by underscores, and blocks are in the singular."""
    assert argument(member) == name


def test_values_are_kept():
    """Only the names change, and references get the labels of Terraform."""
    data = {"aList": [{"aB": "x"}, 7], "ref": Unresolved(("a", Unknown("${c.arn}")))}
    found = arguments(data, lambda unknown: Unknown(unknown.label.upper()))
    assert found == {"a_list": [{"a_b": "x"}, 7], "ref": Unresolved(("a", Unknown("${C.ARN}")))}
    assert arguments(Substituted(Unknown("x")), lambda unknown: unknown) == Unknown("x")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("aliases", 0), ("aliases", 0)),
        (
            ("viewer_certificate", "acm_certificate_arn"),
            ("viewerCertificate", "acmCertificateArn"),
        ),
        (
            ("origin", 0, "custom_origin_config", "origin_mtls_config"),
            ("origins", 0, "customOriginConfig", "originMtlsConfig"),
        ),
        (("certificate_arn",), ("certificateArnRef",)),
        (("names", 0), ("names",)),
        (("absent", "x"), ()),
        (("aliases", 3), ("aliases",)),
        (("aliases", 1), ("aliases",)),
        (("aliases", -1), ("aliases",)),
    ],
)
def test_pointers_are_those_of_members(steps, expected):
    """The members that arguments come from have the same values."""
    assert member_pointer(MEMBERS, steps) == expected


NAMES = st.from_regex(r"[a-z]{1,5}(?:[A-Z][a-z]{1,5}){0,3}", fullmatch=True)


@given(st.recursive(st.text(max_size=3), lambda inner: st.dictionaries(NAMES, inner, max_size=3)))
def test_each_argument_has_the_value_of_its_member(data):
    """The value at the pointer is the one that was converted."""

    def paths(value, path=()):
        yield path
        for key in value if isinstance(value, dict) else ():
            yield from paths(value[key], (*path, key))

    converted = arguments(data, lambda unknown: unknown)
    for path in paths(converted):
        value, own = converted, data
        for step in path:
            value = value[step]
        for step in member_pointer(data, path):
            own = own[step]
        assert arguments(own, lambda unknown: unknown) == value


def test_labels_get_their_own_form_again():
    """Only labels of the file are restored, without the marks of Terraform."""
    text = Unresolved(("a.", Unknown("${${env}}"), Unknown("${aws_x.y.z}")))
    assert without_marks(text, {"${env}"}) == Unresolved(
        ("a.", Unknown("${env}"), Unknown("${aws_x.y.z}"))
    )
    assert without_marks("a.io", {"x"}) == "a.io"


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_a_deep_value_is_cut_off(wrap):
    """Whatever is below a hundred lists or mappings is left out, in place of a crash."""
    for depth, expected in ((101, None), (100, "x")):
        data = "x"
        for _ in range(depth):
            data = wrap(data)
        found = arguments(data, lambda unknown: unknown)
        while isinstance(found, list | dict):
            [found] = found if isinstance(found, list) else found.values()
        assert found == expected
