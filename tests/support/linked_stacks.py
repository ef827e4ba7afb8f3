"""Stacks that refer to each other: certificates, consumers and records."""

import json
from functools import cache

from hypothesis import strategies as st

from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.strategies import domain_names, related_names
from acmrules.syntax.source import Source

IMPORT = {"Fn::ImportValue": "site-certificate"}


def certificate(*names, **properties):
    """Return a certificate as a resource."""
    first, *others = names
    requested = {"DomainName": first, "ValidationMethod": "DNS", **properties}
    if others:
        requested["SubjectAlternativeNames"] = others
    return {"Type": "AWS::CertificateManager::Certificate", "Properties": requested}


def distribution(*aliases, arn=IMPORT):
    """Return a distribution that serves hosts with a certificate."""
    viewer = {"AcmCertificateArn": arn}
    configuration = {"Aliases": [*aliases], "ViewerCertificate": viewer}
    return {
        "Type": "AWS::CloudFront::Distribution",
        "Properties": {"DistributionConfig": configuration},
    }


def listener(*arns, balancer="Balancer"):
    """Return a listener that serves all names of its load balancer."""
    certificates = [{"CertificateArn": arn} for arn in arns]
    return {
        "Type": "AWS::ElasticLoadBalancingV2::Listener",
        "Properties": {"LoadBalancerArn": {"Ref": balancer}, "Certificates": certificates},
    }


def alias(name, target, kind="A"):
    """Return an alias record."""
    properties = {"Name": name, "Type": kind, "AliasTarget": {"DNSName": target}}
    return {"Type": "AWS::Route53::RecordSet", "Properties": properties}


def export(value, name="site-certificate"):
    """Return an output that other stacks import."""
    return {"Value": value, "Export": {"Name": name}}


def stack(resources, outputs=None, **sections):
    """Return the text of a template."""
    whole = {"Resources": resources, **sections}
    return json.dumps(whole | ({"Outputs": outputs} if outputs else {}))


def read(files, *, scope=ReadScope.CERTIFICATES, region=None):
    """Return the declarations of files by name, in their order."""
    parameters = Parameters({}, region, scope=scope)
    return [
        declaration
        for name, text in files.items()
        for declaration in registry.read(Source(name, text), parameters, importing=True)
    ]


EXPORTED = {"Out": export({"Ref": "Certificate"})}


def apart(names, several, **requested):
    """Return a stack that exports a certificate, and one consuming stack for each list of hosts."""
    own = {"Certificate": certificate(*names, **requested)}
    files = {"certificate.json": stack(own, EXPORTED)}
    for number, hosts in enumerate(several):
        files[f"site-{number}.json"] = stack({f"Site{number}": distribution(*hosts)})
    return files


def together(names, several, **requested):
    """Return the same resources in one stack."""
    resources = {"Certificate": certificate(*names, **requested)}
    for number, hosts in enumerate(several):
        resources[f"Site{number}"] = distribution(*hosts, arn={"Ref": "Certificate"})
    return {"whole.json": stack(resources)}


@cache
def listings():
    """Draw lists of related and unrelated names."""
    return st.lists((related_names() | domain_names()).map(str), min_size=1, max_size=5)
