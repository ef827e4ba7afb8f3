"""A CDK app that stops before the deployment. Needs the CDK, which only `.ci/run` installs."""

import pytest
from tests.support.programs import program

cdk = pytest.importorskip("aws_cdk", reason="aws-cdk-lib is not installed")
cdk_app = program("cdk_app")


@pytest.mark.parametrize(
    ("domain", "rules"), [("brightharbor.io", []), ("localhost", ["single label"])]
)
def test_the_errors_of_a_stack_are_found_in_its_template(domain, rules):
    """The construct is named, and the message says what is wrong."""
    stack = cdk_app.Site(cdk.App(), "Site", domain, "us-east-1")
    found = cdk_app.errors(stack)
    assert len(found) == len(rules)
    assert all(words in line for words, line in zip(rules, found, strict=True))
    assert all(line.startswith("Site: Certificate") for line in found)
