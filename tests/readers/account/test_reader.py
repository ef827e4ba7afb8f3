"""Certificates that exist, read from what AWS answers."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.account import ARN, arn_of, described, listed
from tests.support.account_files import FILES, notes, read, saved
from tests.support.steps import steps_of

from acmrules.diagnosis import CertificateStatus
from acmrules.lint.linter import Linter
from acmrules.model.inventory import take_inventory
from acmrules.readers.account import reader
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Source

LINES = [json.dumps(described(arn=arn_of(number))) for number in (1, 2)]


@pytest.mark.parametrize("data", [{"Certificate": described()}, described(), [described()]])
def test_a_description_is_a_certificate_that_exists(data):
    """A description is a certificate with its request, whose address is its ARN."""
    [declaration] = read(data, scope=ReadScope.CERTIFICATES)
    assert (declaration.tool, declaration.address) == (Tool.ACCOUNT, ARN)
    assert declaration.exported_as == (ARN,)
    [variant] = declaration.variants
    assert variant.existing.status is CertificateStatus.ISSUED
    assert [*map(str, variant.request.names)] == ["brightharbor.io", "www.brightharbor.io"]
    assert variant.request.region == "eu-west-1"


def test_an_imported_certificate_has_no_request():
    """An imported certificate is an import, with its names and dates."""
    [declaration] = read(saved("imported"))
    [variant] = declaration.variants
    assert variant.request is None
    assert variant.imported.exists
    assert [*map(str, variant.names)] == [str(variant.existing.names[0])]


@pytest.mark.parametrize("text", ["\n".join(LINES), "".join(LINES), f"[{','.join(LINES)}]"])
@pytest.mark.parametrize("name", ["account.json", "-", "account.jsonl"])
def test_a_file_may_have_several_responses(text, name):
    """Responses are in a list, one per line, or one after another, in files and standard input."""
    assert [each.address for each in read(text, name)] == [arn_of(1), arn_of(2)]


@pytest.mark.parametrize("name", sorted(path.stem for path in FILES.glob("*.json")))
def test_yaml_is_read_like_json(name):
    """`--output yaml` of the AWS CLI has the same content."""
    data = saved(name)
    text = yaml.safe_dump(data, sort_keys=False)
    found, expected = (take_inventory(read(each, "account.yaml")).account for each in (text, data))
    assert found.__replace__(not_checked=()) == expected.__replace__(not_checked=())
    assert [*map(str, found.not_checked)] == [*map(str, expected.not_checked)]


def test_responses_with_metadata_are_read():
    """boto3 adds its metadata to each response."""
    data = {"Certificate": described(), "ResponseMetadata": {"HTTPStatusCode": 200}}
    assert [each.address for each in read(data)] == [ARN]


def test_other_files_are_left_to_other_readers():
    """A request or a template is not a response, even with an ARN."""
    request = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
    [declaration] = read(request)
    assert declaration.tool is Tool.API
    assert read({"CertificateArn": ARN, "Status": "x"}, "x.yaml")[0].tool is Tool.ACCOUNT
    assert not read({"Parameters": {"CertificateArn": ARN, "Status": "x"}})


def test_what_is_no_response_is_reported():
    """A request between responses is not dropped silently."""
    request = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
    data = [described(), request, 7]
    assert read(data)[0].address == ARN
    found = notes(data)
    assert len(found) == 2
    assert all("is not a response that acmrules reads" in each for each in found)


def test_many_unknown_objects_are_counted():
    """Of many objects of other kinds, the first are listed, and the rest is one line."""
    found = notes([described(), *({"Name": str(number)} for number in range(300))])
    assert len(found) == 21
    assert "each of 280 objects" in found[-1]


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("list-certificate-domain-validations", "NextToken"),
        ("list-service-quotas", "NextToken"),
        ("describe-events", "nextToken"),
        ("describe-affected-entities", "nextToken"),
    ],
)
def test_a_response_with_a_token_is_only_a_part(name, token):
    """The note has the command whose output is not complete."""
    assert not notes(saved(name))
    [note] = notes(saved(name) | {token: "x"})
    assert f"{name}` is only the first part: run it without `--max-items`" in note


def test_pages_one_after_another_are_complete():
    """The pages of a script may be in one file, where only the last has no token."""
    first = {"CertificateSummaryList": [listed(arn=arn_of(1))], "NextToken": "x"}
    last = {"CertificateSummaryList": [listed(arn=arn_of(2))]}
    assert not notes([first, last])
    [note] = notes([first, last | {"NextToken": "y"}])
    assert "is only the first part" in note
    assert len(notes([first, described(arn=arn_of(3))])) == 1


def test_a_truncated_file_is_one_error():
    """A file that ends too early has one error with its place."""
    text = json.dumps({"CertificateSummaryList": [listed(), listed()]})
    for end in (len(text) - 1, len(text) // 2):
        with pytest.raises(InputError) as error:
            read(text[:end], "account.json")
        assert "account.json:1:" in str(error.value)


def test_a_cycle_in_yaml_is_an_error():
    """YAML can refer to itself, which is one error with its place."""
    text = "Certificate: &a # :acm:\n  CertificateArn: *a\n  Status: ISSUED\n"
    with pytest.raises(InputError) as error:
        read(text, "account.yaml")
    assert str(error.value) == "account.yaml:1:14: contains an anchor with its own alias"


def test_control_characters_are_data():
    """Control characters in strings are escaped where they are printed."""
    text = json.dumps({"Certificate": described("a\u001b[31m.io\u0007")})
    assert len(read(text)) == 1
    found = notes({"CertificateSummaryList": [listed(arn="x/\u001b[2J", Status=[1])]})
    assert "\u001b" not in "".join(found)


MEMBERS = st.sampled_from([*described(), *listed(), "Certificate", "ResourceRecordSets", "Quotas"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=4),
    max_leaves=12,
)


@given(MEMBERS, JSON)
def test_any_value_of_any_member_is_read_or_reported(member, value):
    """Whatever a member contains, the certificate is read, or one line says why not."""
    data = [described(arn=arn_of(1)) | {member: value}, described(arn=arn_of(2))]
    found = [each.address for each in read(data) or () if each.variants[0].existing]
    assert arn_of(2) in found
    assert len(found) == 2 or notes(data)


@given(JSON)
def test_any_document_is_no_crash(data):
    """A document of the same words is read, or is none."""
    text = json.dumps(data)
    reader.read(Source("account.json", text), Parameters({}, scope=ReadScope.EVERYTHING))


def many(count):
    """Return a file with a list and the descriptions of a number of certificates."""
    listing = {"CertificateSummaryList": [listed(arn=arn_of(number)) for number in range(count)]}
    return json.dumps([listing, *({"Certificate": described(arn=arn_of(n))} for n in range(count))])


def test_the_work_grows_with_the_number_of_certificates():
    """Twice as many certificates take at most twice as many steps, to read, join and check."""

    def run(text):
        declarations = read(text)
        take_inventory(declarations)
        linter = Linter()
        for declaration in declarations:
            linter.check(declaration)
            for variant in declaration.variants:
                assert variant.location(())

    run(many(2))  # Modules are loaded once.
    steps = [steps_of(run, many(count)) for count in (20, 40, 80)]
    assert steps[2] - steps[1] <= 2.05 * (steps[1] - steps[0])
