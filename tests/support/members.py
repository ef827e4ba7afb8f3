"""Valid requests of every kind whose members all matter, and mistakes in single members."""

from __future__ import annotations

import copy
import json

import yaml
from tests.support import change_sets, terraform_plans

from acmrules.lint.linter import Linter
from acmrules.lint.policy import Policy
from acmrules.lint.rule import Severity
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.request import KeyAlgorithm
from acmrules.syntax.source import InputError, Source

CA_ARN = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/2f1c"
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
APEX, WWW, SHOP = "brightharbor.io", "www.brightharbor.io", "shop.brightharbor.io"
ZONE = "Z0123456789ABCDEFGHIJ"
LINTER = Linter(
    policy=Policy(required_tags=("Owner",), key_algorithms=(KeyAlgorithm.EC_PRIME256V1,))
)
"""The rules with a policy, because without one tags and the key algorithm are optional."""

_KEY = "EC_prime256v1"
_LOGGING = "CertificateTransparencyLoggingPreference"
_TAGS = [{"Key": "Owner", "Value": "web"}]
_COMMON = {"DomainName": WWW, "KeyAlgorithm": _KEY, "Tags": _TAGS}
_EMAIL = {
    **_COMMON,
    "SubjectAlternativeNames": [SHOP],
    "ValidationMethod": "EMAIL",
    "DomainValidationOptions": [
        {"DomainName": WWW, "ValidationDomain": APEX},
        {"DomainName": SHOP, "ValidationDomain": APEX},
    ],
}
API = {
    "email": {**_EMAIL, "Options": {_LOGGING: "DISABLED", "Export": "ENABLED"}},
    "http": {**_COMMON, "ValidationMethod": "HTTP", "ManagedBy": "CLOUDFRONT"},
    "private": {**_COMMON, "CertificateAuthorityArn": CA_ARN, "IdempotencyToken": "a"},
    "short": {"DomainName": WWW, "ValidationMethod": "DNS"},
    "n2": {
        **_COMMON,
        "ValidationMethod": "DNS",
        "RootHierarchyType": "N2_AMAZON_MANAGED",
        "CertificateUsage": "CLIENT_AUTH_ONLY",
    },
}
CLOUDFORMATION = {
    "email": {**_EMAIL, _LOGGING: "DISABLED", "CertificateExport": "ENABLED"},
    "dns": {
        **_COMMON,
        "ValidationMethod": "DNS",
        "DomainValidationOptions": [{"DomainName": WWW, "HostedZoneId": ZONE}],
    },
    "private": {**_COMMON, "CertificateAuthorityArn": CA_ARN},
}
TERRAFORM = {
    "email": {
        "domain_name": WWW,
        "subject_alternative_names": [SHOP],
        "validation_method": "EMAIL",
        "key_algorithm": _KEY,
        "tags": {"Owner": "web"},
        "options": [
            {"certificate_transparency_logging_preference": "DISABLED", "export": "ENABLED"}
        ],
        "validation_option": [
            {"domain_name": WWW, "validation_domain": APEX},
            {"domain_name": SHOP, "validation_domain": APEX},
        ],
        "region": "us-east-1",
        "lifecycle": [{"create_before_destroy": True}],
    },
    "private": {
        "domain_name": WWW,
        "key_algorithm": _KEY,
        "certificate_authority_arn": CA_ARN,
        "tags": {"Owner": "web"},
    },
}
PLAN = {
    which: {name: value for name, value in arguments.items() if name not in {"lifecycle", "region"}}
    for which, arguments in TERRAFORM.items()
}
ACK = {
    "public": {
        "domainName": WWW,
        "subjectAlternativeNames": [f"*.{WWW}"],
        "keyAlgorithm": _KEY,
        "options": {"certificateTransparencyLoggingPreference": "DISABLED"},
        "exportTo": {"name": "tls", "namespace": "web", "key": "tls.key"},
        "tags": [{"key": "Owner", "value": "web"}],
    },
    "private": {
        "domainName": WWW,
        "keyAlgorithm": _KEY,
        "certificateAuthorityARN": CA_ARN,
        "tags": [{"key": "Owner", "value": "web"}],
    },
    "referring": {
        "domainName": WWW,
        "certificateAuthorityRef": {"from": {"name": "ca", "namespace": "web"}},
    },
}


SERVERLESS = {
    "all": {
        "certificateName": WWW,
        "subjectAlternativeNames": [SHOP],
        "hostedZoneIds": ZONE,
        "idempotencyToken": "a",
        "region": "eu-west-2",
        "tags": {"Owner": "web"},
    },
}
PULUMI = {
    "email": {
        "domainName": WWW,
        "subjectAlternativeNames": [SHOP],
        "validationMethod": "EMAIL",
        "keyAlgorithm": _KEY,
        "options": {
            "certificateTransparencyLoggingPreference": "DISABLED",
            "export": "ENABLED",
        },
        "tags": {"Owner": "web"},
        "validationOptions": [
            {"domainName": WWW, "validationDomain": APEX},
            {"domainName": SHOP, "validationDomain": APEX},
        ],
        "region": "us-east-1",
    },
    "private": {
        "domainName": WWW,
        "keyAlgorithm": _KEY,
        "certificateAuthorityArn": CA_ARN,
        "tags": {"Owner": "web"},
        "region": "us-east-1",
    },
}
CROSSPLANE = {
    which: {
        "validationOption" if name == "validationOptions" else name: value
        for name, value in members.items()
    }
    for which, members in PULUMI.items()
}


_BALANCER = "alb.ingress.kubernetes.io/"
INGRESS = {
    "requesting": {
        "metadata": {"annotations": {f"{_BALANCER}create-acm-cert": "true"}},
        "spec": {"rules": [{"host": f"*.{APEX}"}]},
    },
    "using": {"metadata": {"annotations": {f"{_BALANCER}certificate-arn": ARN}}},
}


CONSUMERS = {
    "Service": {
        "apiVersion": "v1",
        "metadata": {"annotations": {"service.beta.kubernetes.io/aws-load-balancer-ssl-cert": ARN}},
        "spec": {"type": "LoadBalancer"},
    },
    "Listener": {
        "apiVersion": "elbv2.services.k8s.aws/v1alpha1",
        "spec": {"certificates": [{"certificateARN": ARN}]},
    },
}


def report_on(text, name):
    """Return what a report says of a file: findings, undecided checks, counts, or the error."""
    source = Source(name, text)
    try:
        if name.endswith((".tf", ".tf.json")):
            tree = ModuleTree(lambda folder: [] if folder else [source], Parameters({}))
            declarations = tree.declarations("")
            if tree.unreadable:
                return [str(error) for error in tree.unreadable.values()]
        else:
            declarations = registry.read(source, Parameters({}, "eu-west-1"))
    except InputError as error:
        return [str(error)]
    requests = consumers = 0
    lines = []
    for declaration in declarations:
        requests += declaration.request is not None
        consumers += len(declaration.variants[0].consumers)
        findings, skips = LINTER.check(declaration)
        lines += [(f.rule.id, f.severity, f.message, f.help) for f in findings]
        lines += [(s.rule.id, s.detail) for s in skips]
    return [requests, consumers, *sorted(lines, key=str)]


def errors_in(report):
    """Return the errors of ACM in such a report; an unreadable file is one."""
    found = [line for line in report if isinstance(line, str | tuple)]
    return [
        line
        for line in found
        if isinstance(line, str) or (Severity.ERROR in line and not line[0].startswith("ACM8"))
    ]


def members_of(data, path=()):
    """Yield the path of each member in data, at any depth."""
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(data, dict):
            yield (*path, step)
        if isinstance(value, dict | list):
            yield from members_of(value, (*path, step))


def without(data, path):
    """Return data without the member at a path."""
    changed = copy.deepcopy(data)
    holder = _at(changed, path[:-1])
    del holder[path[-1]]
    return changed


def misspelled(data, path):
    """Return data with a slip in the name of the member at a path."""
    changed = copy.deepcopy(data)
    holder = _at(changed, path[:-1])
    members = [(slip(k) if k == path[-1] else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(members)
    return changed


def slip(name):
    """Return a name with two neighboring characters swapped, or a character too many.

    >>> slip("DomainName"), slip("Tags"), slip("tt")
    ('DomaiNname', 'Tasg', 'ttx')
    """
    middle = len(name) // 2
    swapped = name[:middle] + name[middle : middle + 2][::-1] + name[middle + 2 :]
    return swapped if swapped != name else f"{name}x"


def _at(data, path):
    for step in path:
        data = data[step]
    return data


_LISTENER = """\
resource "aws_lb_listener" "web" {
  certificate_arn = aws_acm_certificate.site.arn
}
"""

# Files --------------------------------------------------------------------------------------------


def api_json(data):
    """Return the input of the command line as JSON."""
    return json.dumps(data, indent=2), "request.json"


def api_yaml(data):
    """Return the input of the command line as YAML."""
    return yaml.safe_dump(data), "request.yaml"


def template_json(properties):
    """Return a template in JSON."""
    return json.dumps(_template(properties)), "template.json"


def template_yaml(properties):
    """Return a template in YAML."""
    return yaml.safe_dump(_template(properties)), "template.yaml"


def change_set(properties):
    """Return a change set that creates the certificate."""
    entry = change_sets.certificate("Add", after=properties, arn=None)
    return json.dumps(change_sets.change_set(entry)), "change-set.json"


def configuration_json(arguments):
    """Return a configuration in the JSON syntax of Terraform."""
    listener = {"certificate_arn": "${aws_acm_certificate.site.arn}"}
    resource = {"aws_acm_certificate": {"site": arguments}, "aws_lb_listener": {"web": listener}}
    return json.dumps({"resource": resource}), "main.tf.json"


def configuration(arguments):
    """Return a configuration in the native syntax of Terraform."""
    certificate = f'resource "aws_acm_certificate" "site" {{\n{_body(arguments)}}}\n'
    return f"{certificate}{_LISTENER}", "main.tf"


def plan(attributes):
    """Return a plan that creates the certificate."""
    change = terraform_plans.change("aws_acm_certificate.site", attributes)
    return json.dumps({"format_version": "1.2", "resource_changes": [change]}), "plan.json"


def manifest_json(spec):
    """Return a manifest in JSON."""
    return json.dumps(_certificate(spec)), "certificate.json"


def manifest_yaml(spec):
    """Return a manifest in YAML."""
    return yaml.safe_dump(_certificate(spec)), "certificate.yaml"


def ingress(members):
    """Return an Ingress of the AWS Load Balancer Controller."""
    head = {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"}
    return yaml.safe_dump(head | members), "ingress.yaml"


def consumer(members):
    """Return an object that uses a certificate; its kind is the only one of its group."""
    kind = "Service" if members.get("apiVersion") == "v1" else "Listener"
    return yaml.safe_dump({"kind": kind} | members), "consumer.yaml"


def service(members):
    """Return a configuration of the Serverless Framework with a certificate of a plugin."""
    domain = {"domainName": SHOP, "certificateName": WWW, "endpointType": "regional"}
    data = {
        "service": "shop",
        "provider": {"name": "aws", "region": "eu-west-2"},
        "custom": {"customCertificate": members, "customDomain": domain},
    }
    return yaml.safe_dump(data), "serverless.yml"


def program(properties):
    """Return a program of Pulumi in YAML."""
    viewer = {"aliases": [WWW], "viewerCertificate": {"acmCertificateArn": "${site.arn}"}}
    resources = {
        "site": {"type": "aws:acm:Certificate", "properties": properties},
        "web": {"type": "aws:cloudfront:Distribution", "properties": viewer},
    }
    return yaml.safe_dump({"resources": resources}), "Pulumi.yaml"


def managed_resource(members):
    """Return a manifest of Crossplane."""
    head = {"apiVersion": "acm.aws.upbound.io/v1beta1", "kind": "Certificate"}
    site = {**head, "metadata": {"name": "site"}, "spec": {"forProvider": members}}
    viewer = {"aliases": [WWW], "viewerCertificate": {"acmCertificateArnRef": {"name": "site"}}}
    head = {"apiVersion": "cloudfront.aws.upbound.io/v1beta1", "kind": "Distribution"}
    web = {**head, "metadata": {"name": "web"}, "spec": {"forProvider": viewer}}
    return yaml.safe_dump_all([site, web]), "site.yaml"


def _template(properties):
    kind = "AWS::CertificateManager::Certificate"
    return {"Resources": {"Site": {"Type": kind, "Properties": properties}}}


def _certificate(spec):
    head = {"apiVersion": "acm.services.k8s.aws/v1alpha1", "kind": "Certificate"}
    return {**head, "metadata": {"name": "site"}, "spec": spec}


def _body(arguments):
    lines = []
    for name, value in arguments.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            lines += [f"{name} {{\n{_body(block)}}}\n" for block in value]
        else:
            lines.append(f"{name} = {json.dumps(value)}\n")
    return "".join(lines)


FORMATS = {
    "API JSON": (api_json, API),
    "API YAML": (api_yaml, API),
    "CloudFormation JSON": (template_json, CLOUDFORMATION),
    "CloudFormation YAML": (template_yaml, CLOUDFORMATION),
    "change set": (change_set, CLOUDFORMATION),
    "Terraform": (configuration, TERRAFORM),
    "Terraform JSON": (configuration_json, TERRAFORM),
    "plan": (plan, PLAN),
    "ACK JSON": (manifest_json, ACK),
    "ACK YAML": (manifest_yaml, ACK),
    "Ingress": (ingress, INGRESS),
    "consumer": (consumer, CONSUMERS),
    "Serverless": (service, SERVERLESS),
    "Pulumi": (program, PULUMI),
    "Crossplane": (managed_resource, CROSSPLANE),
}
"""How a request is written in each format, and the valid requests of the format."""
