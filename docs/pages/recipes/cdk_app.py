"""A CDK app that stops before `cdk deploy` if a certificate in its stacks cannot work.

Run `cdk synth --app 'python cdk_app.py'`.
"""

import json
import sys

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk.assertions import Template

from acmrules import lint


class Site(cdk.Stack):
    """A stack with the certificate of a site."""

    def __init__(self, app: cdk.App, name: str, domain: str, region: str) -> None:
        super().__init__(app, name, env=cdk.Environment(region=region))
        certificates.Certificate(
            self,
            "Certificate",
            domain_name=domain,
            validation=certificates.CertificateValidation.from_dns(),
        )


def errors(stack: cdk.Stack) -> list[str]:
    """Return the errors in the template of a stack, each with its construct's logical ID."""
    template = json.dumps(Template.from_stack(stack).to_json())
    report = lint.check_text(template, name=f"{stack.stack_name}.json", region=stack.region)
    return [
        f"{stack.stack_name}: {each.address}: {each.message}"
        for each in report.findings
        if each.severity is lint.Severity.ERROR
    ]


def main() -> None:
    """Synthesize the app, unless a certificate has an error."""
    app = cdk.App()
    found = errors(Site(app, "Site", "*.brightharbor.io", "us-east-1"))
    if found:
        sys.exit("\n".join(found))
    app.synth()


if __name__ == "__main__":
    main()
