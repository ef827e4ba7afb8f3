"""Managed resources of Crossplane."""

import pytest
from tests.support.cloudformation import at
from tests.support.fixes import findings, fixed_text

from acmrules.readers import registry
from acmrules.readers.bridged import crossplane
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Source

CERTIFICATE = """\
apiVersion: acm.aws.upbound.io/v1beta1
kind: Certificate
metadata: {name: site, labels: {app: shop}}
spec:
  forProvider:
    region: eu-west-1
    domainName: brightharbor.io
    validationMethod: DNS
"""
VALIDATION = """\
---
apiVersion: acm.aws.upbound.io/v1beta1
kind: CertificateValidation
metadata: {name: valid}
spec: {forProvider: {region: eu-west-1, certificateArnRef: {name: site}}}
"""
DISTRIBUTION = """\
---
apiVersion: cloudfront.aws.upbound.io/v1beta1
kind: Distribution
metadata: {name: web}
spec:
  forProvider:
    region: us-west-1
    aliases: [brightharbor.io]
    viewerCertificate:
    - %s
"""
LISTENER = """\
---
apiVersion: elbv2.aws.m.upbound.io/v1beta1
kind: LBListener
metadata: {name: web, namespace: shop}
spec: {forProvider: {region: %s, protocol: HTTPS, certificateArn: "%s"}}
"""
OLD = """\
apiVersion: acm.aws.crossplane.io/v1beta1
kind: Certificate
metadata: {name: old}
spec:
  forProvider:
    region: eu-west-1
    domainName: brightharbor.io
    %s
    tags: [{key: Owner, value: web}]
"""
ARN = "arn:aws:acm:%s:111122223333:certificate/12345678-1234-1234-1234-123456789012"


def read(text, region=None, **values):
    """Return the declarations in manifests."""
    return registry.read(Source("x.yaml", text), Parameters(values, region))


def rules(text):
    """Return the ids of the rules that report something."""
    return {each.rule.id for each in findings(text, "x.yaml")}


def test_a_certificate():
    """It has its own Region, and its address is its name."""
    (declaration,) = read(CERTIFICATE, "us-east-1")
    assert (declaration.tool, declaration.address) == (Tool.CROSSPLANE, "site")
    assert declaration.request.spellings == ("brightharbor.io",)
    assert declaration.request.region == "eu-west-1"
    (declaration,) = read(CERTIFICATE.replace("    region: eu-west-1\n", ""), "us-east-1")
    assert declaration.request.region == "us-east-1"


@pytest.mark.parametrize(
    "reference",
    [
        "acmCertificateArnRef: {name: site}",
        "acmCertificateArnSelector: {matchLabels: {app: shop}}",
        "acmCertificateArnRef: {name: valid}",
    ],
)
def test_references(reference):
    """A resource refers to a certificate by its name, or by its labels."""
    text = CERTIFICATE + VALIDATION + DISTRIBUTION % reference
    declaration, *others = read(text)
    if "valid" in reference:
        assert str(others[0].variants[0].consumers[0].certificate) == ("acmCertificateArn of valid")
        return
    (consumer,) = declaration.variants[0].consumers
    assert (consumer.service, consumer.address) == ("cloudfront", "web")
    found = next(each for each in findings(text, "x.yaml") if each.rule.id == "ACM501")
    member = reference.partition(":")[0]
    assert found.location.source.text[: found.location.start].rpartition("\n")[2].strip() == (
        f"- {member}:"
    )


@pytest.mark.parametrize(
    ("region", "arn", "expected"),
    [
        ("eu-west-1", ARN % "eu-west-1", set()),
        ("eu-west-2", ARN % "eu-west-1", {"ACM508"}),
    ],
)
def test_a_literal_arn(region, arn, expected):
    """A namespaced resource is read too."""
    text = LISTENER.removeprefix("---\n") % (region, arn)
    assert rules(text) == expected
    assert read(text)[0].address == "shop/web"


def test_labels_have_to_select_one():
    """It is unknown which one several certificates with equal labels are."""
    other = CERTIFICATE.replace("name: site", "name: other")
    use = DISTRIBUTION % "acmCertificateArnSelector: {matchLabels: {app: shop}}"
    *_, consumer = read(f"{CERTIFICATE}---\n{other}{use}")
    assert str(consumer.variants[0].consumers[0].certificate) == "acmCertificateArn by its labels"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("validationMethod: DNS", set()),
        ("", {"ACM401"}),
        ("validationMethod: DNS\n    subjectAlternativeName: [x.io]", {"ACM309"}),
        ("validationMethod: DNS\n    tags: {Name: '*'}", {"ACM306"}),
        ("validationMethod: DNS\n    options: [{export: ENABLED}]", {"ACM702"}),
        ("validationMethod: DNS\n    keyAlgorithm: RSA-2048", {"ACM504"}),
    ],
)
def test_rules_about_requests(members, expected):
    """They apply as in Terraform, whose provider Crossplane uses."""
    assert rules(CERTIFICATE.replace("validationMethod: DNS", members)) == expected


def test_other_objects_of_the_file_are_read_too():
    """An Ingress next to a managed resource is checked."""
    ingress = f"""\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations: {{alb.ingress.kubernetes.io/certificate-arn: {ARN % "eu-west-1"}}}
spec: {{tls: [{{hosts: [shop.brightharbor.io]}}]}}
"""
    assert [each.address for each in read(CERTIFICATE + ingress)] == ["site", "shop"]
    assert [each.address for each in read(ingress + "---\n" + CERTIFICATE)] == ["site", "shop"]


@pytest.mark.parametrize(
    ("policies", "count"), [("[Observe]", 0), ("['*']", 1), ("[Create, Observe]", 1), ("[]", 1)]
)
def test_observed_resources_are_not_requests(policies, count):
    """Crossplane creates a resource only if its policies say so."""
    text = CERTIFICATE + f"  managementPolicies: {policies}\n"
    assert len(read(text)) == count


def test_initial_members():
    """A name that is set only at the creation is that of the certificate."""
    text = CERTIFICATE.replace("forProvider", "initProvider")
    assert read(text)[0].request.spellings == ("brightharbor.io",)


def test_placeholders():
    """A variable of another tool is unknown, or has the value that the user gives."""
    text = CERTIFICATE.replace("brightharbor.io", "www.${DOMAIN}")
    assert str(read(text)[0].request.names[0]) == "www.${DOMAIN}"
    assert read(text, DOMAIN="a.io")[0].request.spellings == ("www.a.io",)


def test_the_provider_of_the_community():
    """Its certificates have the members of the API."""
    (declaration,) = read(OLD % "validationMethod: DNS")
    assert (declaration.tool, declaration.address) == (Tool.KUBERNETES, "old")
    assert declaration.request.region == "eu-west-1"
    assert [tag.key for tag in declaration.request.tags] == ["Owner"]
    assert rules(OLD % "validationMethod: DNS") == set()
    assert rules(OLD.replace("brightharbor.io", "a_b.io") % "validationMethod: DNS") == {"ACM101"}


def test_fixes():
    """A literal is changed where it is written."""
    text = CERTIFICATE.replace("domainName", "domainNam")
    assert fixed_text(text, "x.yaml") == CERTIFICATE
    text = CERTIFICATE.replace("brightharbor", "bücher")
    assert fixed_text(text, "x.yaml") == CERTIFICATE.replace("brightharbor", "xn--bcher-kva")


def test_dns_resources():
    """Zones are read with everything else."""
    zone = """\
apiVersion: route53.aws.upbound.io/v1beta1
kind: Zone
metadata: {name: zone}
spec: {forProvider: {region: eu-west-1, name: brightharbor.io}}
"""
    parameters = Parameters({}, scope=ReadScope.EVERYTHING)
    (declaration,) = registry.read(Source("x.yaml", zone), parameters)
    assert [str(each.name) for each in declaration.variants[0].zones] == ["brightharbor.io"]
    assert read(zone) == ()


def test_compositions_are_not_checked():
    """Only Crossplane renders them."""
    base = CERTIFICATE.replace("\n", "\n        ")
    text = (
        "apiVersion: apiextensions.crossplane.io/v1\nkind: Composition\nmetadata: {name: sites}\n"
        f"spec:\n  resources:\n    - base:\n        {base}\n"
    )
    (found,) = crossplane.not_checked(Source("c.yaml", text), Parameters({}))
    assert str(found) == (
        "the composition `sites` composes a certificate: run `crossplane render`, and check the"
        " output"
    )
    assert found.position.line == 1
    other = text.replace("acm.aws", "s3.aws")
    assert not list(crossplane.not_checked(Source("c.yaml", other), Parameters({})))


@pytest.mark.parametrize(
    ("group", "kind", "members", "count"),
    [
        ("elbv2.aws.crossplane.io", "Listener", "certificates: [{certificateArnRef: {}}]", 1),
        ("cloudfront.aws.crossplane.io", "Distribution", "c: {v: {acmCertificateARN: x}}", 1),
        ("cloudfront.aws.crossplane.io", "Distribution", "c: {v: {iamCertificateID: x}}", 0),
        ("elbv2.aws.crossplane.io", "Listener", "port: 80", 0),
        ("acm.aws.crossplane.io", "Certificate", "certificateArn: x", 0),
        ("elbv2.aws.upbound.io", "LBListener", "certificateArn: x", 0),
    ],
)
def test_consumers_of_the_community_are_not_checked(group, kind, members, count):
    """Their provider has members of its own, so those that use a certificate are listed."""
    text = (
        f"apiVersion: {group}/v1beta1\nkind: {kind}\nmetadata: {{name: a}}\n"
        f"spec: {{forProvider: {{{members}}}}}\n"
    )
    source = Source("c.yaml", text)
    found = list(crossplane.not_checked(source, Parameters({})))
    entry = f"`a` of the kind `{kind}` uses a certificate: acmrules does not read `{group}`;"
    assert [str(each) for each in found] == [f"{entry} check it by hand"] * count
    if count:
        _, notes = registry.repetitions(source, (), Parameters({}))
        assert list(notes) == found


def test_errors_have_a_position():
    """A value of the wrong type is reported where it is."""
    with pytest.raises(InputError, match=r"x\.yaml:7:\d+: `spec\.forProvider\.domainName` must"):
        read(CERTIFICATE.replace("brightharbor.io", "[a.io]"))
    with pytest.raises(InputError, match="has no `domainName`"):
        read(CERTIFICATE.replace("forProvider", "other"))


def test_objects_of_other_types_may_have_any_form():
    """The members of other objects are not read."""
    other = "---\napiVersion: example.org/v1\nkind: Thing\nmetadata: {name: x}\nspec: [a]\n"
    assert [each.address for each in read(CERTIFICATE + other)] == ["site"]


def test_the_region_of_a_certificate_has_a_location():
    """It is where the member is."""
    assert at(read(CERTIFICATE)[0], "region") == "eu-west-1"


def test_references_have_the_type_of_their_member():
    """A reference to a listener finds the listener, even if a certificate has the same name."""
    listener = LISTENER.replace("{name: web, namespace: shop}", "{name: site}") % ("eu-west-1", ARN)
    rule = """\
---
apiVersion: elbv2.aws.upbound.io/v1beta1
kind: LBListenerRule
metadata: {name: rule}
spec:
  forProvider:
    region: eu-west-1
    condition: [{hostHeader: [{values: [www.brightharbor.io]}]}]
    listenerArnRef: {name: site}
"""
    _, found = read(CERTIFICATE + listener + rule)
    [consumer] = found.variants[0].consumers
    assert [*map(str, consumer.hosts)] == ["www.brightharbor.io"]


def test_only_dns_resources_are_a_declaration_of_their_own():
    """A file without certificates has one if everything is read, and has zones or records."""
    zone = """\
apiVersion: route53.aws.upbound.io/v1beta1
kind: Zone
metadata: {name: zone}
spec: {forProvider: {region: eu-west-1, name: brightharbor.io}}
"""
    listener = LISTENER.removeprefix("---\n") % ("eu-west-1", "")
    everything = Parameters({}, scope=ReadScope.EVERYTHING)
    for text, parameters, count in (
        (zone, everything, 1),
        (zone, Parameters({}), 0),
        (listener, everything, 0),
    ):
        assert len(crossplane.read(Source("x.yaml", text), parameters) or ()) == count
