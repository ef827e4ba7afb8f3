"""Requests that a program creates, and values that are unknown."""

import pytest
from hypothesis import given
from tests.support.rules import outcomes
from tests.support.strategies import certificate_requests

from acmrules.lint import check
from acmrules.names import parse_name
from acmrules.request import (
    CertificateRequest,
    KeyAlgorithm,
    Tag,
    Tool,
    UnknownMember,
    ValidationMethod,
)
from acmrules.unresolved import (
    Malformed,
    Unknown,
    Unresolved,
)
from acmrules.writers import cloudformation, terraform

X = Unknown("${X}")


def test_a_request_is_made_of_strings():
    """Names, method and algorithm are read; malformed values are kept."""
    request = CertificateRequest.of(
        ["WWW.Brightharbor.io", "a_b.io"], validation_method="DNS", key_algorithm="RSA_2048"
    )
    assert request.names == (parse_name("www.brightharbor.io"), Malformed("a_b.io"))
    assert request.spellings == ("WWW.Brightharbor.io", "a_b.io")
    assert request.validation_method is ValidationMethod.DNS
    assert request.key_algorithm is KeyAlgorithm.RSA_2048
    wrong = CertificateRequest.of(["a.io"], validation_method="dns", key_algorithm="RSA-2048")
    assert wrong.validation_method == Malformed("dns")
    assert wrong.key_algorithm == Malformed("RSA-2048")


def test_the_fields_of_a_request_may_be_any_iterable():
    """Names and lists may be generators; a request contains tuples."""
    tag = Tag("Team")
    request = CertificateRequest.of(
        (name for name in ["a.io"]), tags=[tag], extended_key_usages=iter(["serverAuth"])
    )
    assert request == CertificateRequest.of(
        ("a.io",), tags=(tag,), extended_key_usages=("serverAuth",)
    )
    assert (request.tags, request.extended_key_usages) == ((tag,), ("serverAuth",))


@given(certificate_requests(Tool.API))
def test_a_request_is_made_of_its_fields(request):
    """Every field of a request can be given as a keyword."""
    fields = {field: getattr(request, field) for field in CertificateRequest._fields[2:]}
    assert (
        CertificateRequest.of(request.names, **fields).__replace__(spellings=request.spellings)
        == request
    )


@pytest.mark.parametrize("single", ["a.io", parse_name("a.io"), 3])
def test_a_request_is_not_made_of_a_single_name(single):
    """A single name where a list belongs is an error with its type."""
    with pytest.raises(TypeError, match="`names` must be a list of names, not `"):
        CertificateRequest.of(single)


def test_a_field_that_requests_do_not_have_is_an_error():
    """A misspelled keyword is an error, at run time too."""
    with pytest.raises(TypeError, match="validation_metod"):
        CertificateRequest.of(["a.io"], validation_metod="DNS")


def test_an_unknown_member_prints_as_its_name():
    """Messages quote the member as the file spells it."""
    assert str(UnknownMember("KeyAlgoritm", "Certificate")) == "KeyAlgoritm"


def test_a_request_may_be_made_of_values():
    """A name, a member and an unknown value are kept as they are."""
    name, unknown = parse_name("a.io"), Unresolved((X,))
    request = CertificateRequest.of([name, unknown], validation_method=ValidationMethod.EMAIL)
    assert request.names == (name, unknown)
    assert request.spellings == ("a.io", "${X}")
    assert request.validation_method is ValidationMethod.EMAIL


def test_known_names_are_the_valid_ones():
    """Each valid name has its position."""
    request = CertificateRequest.of(["a.io", "a_b.io", Unresolved((X,)), "*.a.io"])
    assert list(request.known_names()) == [
        (("names", 0), parse_name("a.io")),
        (("names", 3), parse_name("*.a.io")),
    ]


def test_a_request_with_a_ca_is_private():
    """A request with an empty or unknown ARN is private, too."""
    assert not CertificateRequest.of(["a.io"]).is_private
    assert CertificateRequest.of(["a.io"], certificate_authority_arn="").is_private
    assert CertificateRequest.of(["a.io"], certificate_authority_arn=Unresolved((X,))).is_private


def test_a_tag_may_have_no_value():
    """AWS accepts a tag with only a key, and so does every check and writer."""
    tagged = CertificateRequest.of(
        ["brightharbor.io"], validation_method="DNS", tags=(Tag("Team"),)
    )
    assert Tag("Team") == Tag("Team", None)
    assert outcomes("ACM306", "a.io", tags=(Tag("Team", None),)) == set()
    assert outcomes("ACM306", "a.io", tags=(Tag("", None),)) == {"tags 0 key: error"}
    assert check(tagged).findings == ()
    assert tagged.to_api()["Tags"] == [{"Key": "Team"}]
    assert 'Key: Team\n          Value: ""' in cloudformation.render([tagged])
    assert '""' in terraform.render([tagged])


@pytest.mark.parametrize("field", ["tags", "validation_options"])
@pytest.mark.parametrize("values", [{"Owner": "me"}, [("Owner", "me")], [{"Key": "Owner"}]])
def test_parts_of_requests_are_values(field, values):
    """Plain data in place of tags and options raises an error, instead of failing in a rule."""
    with pytest.raises(TypeError, match=f"each of `{field}` must be a "):
        CertificateRequest.of(["example.com"], **{field: values})
