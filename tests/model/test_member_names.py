"""The names of request members in the formats."""

from tests.drift import committed

from acmrules.model.member_names import AWS

SHAPES = committed()["botocore"]["shapes"]


def test_the_members_of_aws_are_those_of_the_api():
    """Each name is a member of the request, of a validation option, or of a tag."""
    request = {*SHAPES["RequestCertificateRequest"]["members"]}
    option = {*SHAPES["DomainValidationOption"]["members"], "HostedZoneId"}
    tag = {*SHAPES["Tag"]["members"]}
    for field in AWS._fields:
        members = option if field.startswith("option_") else tag if "tag_" in field else request
        assert getattr(AWS, field) in members, field


def test_each_member_has_its_own_name():
    """Within a request, an option or a tag, no two members have the same name."""
    names = [getattr(AWS, field) for field in AWS._fields if field != "option_name"]
    assert len({*names}) == len(names)
