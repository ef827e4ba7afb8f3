"""An app of the CDK with good or bad certificates: `app.py FOLDER good|bad`.

`app.ts` is the same app in TypeScript.
"""

import sys

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53

from acmrules.guards.cdk import AcmRulesValidator


def certificate(scope, name, domain):
    zone = route53.HostedZone.from_hosted_zone_attributes(
        scope, f"Zone{name}", hosted_zone_id="Z23ABC4XYZL05B", zone_name="brightharbor.io"
    )
    validation = acm.CertificateValidation.from_dns(zone)
    return acm.Certificate(scope, name, domain_name=domain, validation=validation)


def distribution(scope, used):
    origin = origins.HttpOrigin("origin.brightharbor.io")
    behavior = cloudfront.BehaviorOptions(origin=origin)
    cloudfront.Distribution(
        scope,
        "Site",
        certificate=used,
        domain_names=["brightharbor.io"],
        default_behavior=behavior,
    )


def stack(scope, name, region=None):
    env = cdk.Environment(account="111122223333", region=region) if region else None
    return cdk.Stack(scope, name, env=env, cross_region_references=bool(region))


folder, mode = sys.argv[1:]
app = cdk.App(outdir=folder, context={"@aws-cdk/core:validationReportJson": True})
cdk.Validations.of(app).add_plugins(AcmRulesValidator())
# The certificate is in another Region than the stack that uses it.
domain = "brightharbor.io" if mode == "good" else "*.brightharbor.io"
used = certificate(stack(app, "Certs", "us-east-1"), "Cert", domain)
distribution(stack(app, "Site", "eu-west-1"), used)
if mode == "bad":
    wrong = stack(app, "Wrong", "eu-west-1")
    distribution(wrong, certificate(wrong, "Cert", "brightharbor.io"))
    tokens = stack(app, "Tokens")
    token = cdk.CfnParameter(tokens, "Domain").value_as_string
    certificate(tokens, "Token", f"www.{token}")
    parent = stack(app, "Parent", "us-west-2")
    certificate(cdk.NestedStack(parent, "Nested"), "Inner", "a_b.brightharbor.io")
    accepted = certificate(parent, "Accepted", "c_d.brightharbor.io").node.default_child
    accepted.add_metadata("acmrules", {"ignore": ["ACM101: renamed in 2027"]})
    certificate(stack(cdk.Stage(app, "Prod"), "Lone", "eu-central-1"), "Cert", "*.brightharbor.io")
app.synth()
