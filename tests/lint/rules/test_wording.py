"""Words that several rules put into their messages and their help."""

import pytest

from acmrules.lint.rules.wording import choices, member
from acmrules.request import Tool


@pytest.mark.parametrize(
    ("field", "tool", "expected"),
    [
        ("validation_options", Tool.API, "`DomainValidationOptions`"),
        ("validation_options", Tool.NAMES, "`DomainValidationOptions`"),
        ("validation_options", Tool.KUBERNETES, "`domainValidationOptions`"),
        ("validation_options", Tool.TERRAFORM, "`validation_option`"),
        ("key_algorithm", Tool.TERRAFORM, "`key_algorithm`"),
        ("export", Tool.API, "`Export`"),
        ("domain_name", Tool.SERVERLESS, "`certificateName`"),
        ("validation_options", Tool.PULUMI, "`validationOptions`"),
        ("validation_options", Tool.CROSSPLANE, "`validationOption`"),
        ("key_algorithm", Tool.PULUMI, "`keyAlgorithm`"),
        ("export", Tool.CLOUDFORMATION, "`CertificateExport`"),
    ],
)
def test_a_member_has_the_name_that_its_tool_uses(field, tool, expected):
    """A list of names has no members, so messages use the names of the API."""
    assert member(field, tool) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [(["A"], "`A`"), (["A", "B"], "`A` or `B`"), (["A", "B", "C"], "`A`, `B` or `C`")],
)
def test_choices_are_joined_by_or(values, expected):
    """The last one follows `or`, and commas separate the others."""
    assert choices(values) == expected
