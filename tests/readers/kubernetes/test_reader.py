"""Kubernetes manifests: the declarations of certificates and consumers."""

import json
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import (
    at,
    only,
    positions,
    read,
    renderings,
    request_of,
    requests,
    spellings,
)

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod
from acmrules.resources import CertificateReference
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved
from acmrules.x509 import ImportedCertificate

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
MEMBERS = {
    "DomainName": "domainName",
    "SubjectAlternativeNames": "subjectAlternativeNames",
    "DomainValidationOptions": "domainValidationOptions",
    "ValidationDomain": "validationDomain",
    "KeyAlgorithm": "keyAlgorithm",
    "CertificateAuthorityArn": "certificateAuthorityARN",
    "Tags": "tags",
    "Key": "key",
    "Value": "value",
}


def certificate(spec, rest="", **known):
    """Return the declaration of an ACK certificate."""
    head = """\
        apiVersion: acm.services.k8s.aws/v1alpha1
        kind: Certificate
        metadata:
          name: web
        spec:
        """
    return only(dedent(head) + indent(dedent(spec).strip("\n"), "  ") + "\n" + rest, **known)


def manifest(spec, **metadata):
    """Return the data of an ACK certificate."""
    version = "acm.services.k8s.aws/v1alpha1"
    named = {"name": "web", **metadata}
    return {"apiVersion": version, "kind": "Certificate", "metadata": named, "spec": spec}


def in_words_of_ack(data):
    """Return the members of a request by their ACK names, without the method."""
    if isinstance(data, list):
        return [in_words_of_ack(item) for item in data]
    if not isinstance(data, dict):
        return data
    kept = {key: value for key, value in data.items() if key != "ValidationMethod"}
    return {MEMBERS[key]: in_words_of_ack(value) for key, value in kept.items()}


BENCH = Linter()

# Laws ---------------------------------------------------------------------------------------------


def alone(data, render, _):
    """Return a file with one manifest."""
    return render(data)


def in_a_list(data, render, _):
    """Return a file with a manifest in a list."""
    other = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"kind": "Certificate"}}
    return render({"apiVersion": "v1", "kind": "List", "items": [other, 7, data]})


def after_another(data, render, suffix):
    """Return a file with a manifest as the second one."""
    other = render({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "web"}})
    return f"{other}\n{'---' if suffix == '.yaml' else ''}\n{render(data)}"


def settled_requests():
    """Draw requests without placeholders."""
    signs = {"$", "<", "{{"}
    return requests().filter(lambda members: not any(sign in str(members) for sign in signs))


@given(settled_requests(), renderings(), st.sampled_from([alone, in_a_list, after_another]))
def test_a_request_is_read_back(members, rendering, write):
    """A request that is written as a manifest is read back unchanged."""
    suffix, render = rendering
    members.pop("ValidationMethod", None)
    declaration = only(write(manifest(in_words_of_ack(members)), render, suffix), f"acm{suffix}")
    wanted = request_of(members)
    method = None if wanted.is_private else ValidationMethod.DNS
    assert declaration.request == wanted.__replace__(validation_method=method)
    assert declaration.tool is Tool.KUBERNETES


@given(settled_requests(), renderings(), st.sampled_from([alone, in_a_list, after_another]))
def test_line_ends_do_not_matter(members, rendering, write):
    """LF and CR LF result in the same lines and columns."""
    suffix, render = rendering
    members.pop("ValidationMethod", None)
    text = write(manifest(in_words_of_ack(members)), render, suffix)
    other = text.replace("\n", "\r\n")
    assert positions(read(text, f"acm{suffix}")) == positions(read(other, f"acm{suffix}"))


KINDS = (
    ("acm.services.k8s.aws/v1alpha1", "Certificate"),
    ("apigatewayv2.services.k8s.aws/v1alpha1", "DomainName"),
    ("cloudfront.services.k8s.aws/v1alpha1", "Distribution"),
    ("elbv2.k8s.aws/v1beta1", "IngressClassParams"),
    ("elbv2.services.k8s.aws/v1alpha1", "Listener"),
    ("gateway.k8s.aws/v1beta1", "LoadBalancerConfiguration"),
    ("gateway.networking.k8s.io/v1", "Gateway"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("networking.k8s.io/v1", "Ingress"),
    ("v1", "Namespace"),
    ("v1", "Service"),
)
WORDS = (
    *(*MEMBERS.values(), "acmCertificateARN", "aliases", "certificate", "certificateARN"),
    *("certificateRef", "certificates", "defaultCertificate", "distributionConfig", "exportTo"),
    *("domainNameConfigurations", "from", "gatewayClassName", "host", "hostname", "hostnames"),
    *("hosts", "infrastructure", "items", "listenerConfigurations", "listeners", "name", "options"),
    *("parametersRef", "parentRefs", "port", "protocol", "protocolPort", "rules", "tls", "type"),
    *("viewerCertificate", "certificateAuthorityRef", "certificateArn", "loadBalancerClass"),
)
ANNOTATIONS = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/create-acm-cert",
    "alb.ingress.kubernetes.io/listen-ports",
    "external-dns.alpha.kubernetes.io/hostname",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
    "services.k8s.aws/region",
)


def wild_values():
    """Draw arbitrary values of manifests."""
    known = (ARN, "a.example.com", "*.b.io", "", "true", "HTTPS:443", "LoadBalancer", "web")
    unknown = ("$X", "${Y:-z}.io", "<Z>", "{{ .V }}", "a,$B, ")
    leaves = st.sampled_from((*known, *unknown, None, 7, True))
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
            | st.fixed_dictionaries({}, optional=dict.fromkeys(WORDS[:9], inner))
        ),
        max_leaves=12,
    )


def wild_manifests():
    """Draw manifests of supported kinds with arbitrary members."""
    values = wild_values()
    annotations = st.dictionaries(st.sampled_from(ANNOTATIONS), values, max_size=3) | values
    metadata = st.fixed_dictionaries({"name": values}, optional={"annotations": annotations})
    return st.builds(
        lambda kind, **members: {"apiVersion": kind[0], "kind": kind[1], **members},
        st.sampled_from(KINDS),
        metadata=metadata | values,
        spec=st.dictionaries(st.sampled_from(WORDS), values, max_size=6) | values,
        status=values,
    )


@given(st.lists(wild_manifests(), min_size=1, max_size=3), renderings())
def test_anything_is_read_or_refused_with_a_place(manifests, rendering):
    """Any manifest results in declarations or in one error with a position."""
    suffix, render = rendering
    text = render({"apiVersion": "v1", "kind": "List", "items": manifests})
    try:
        declarations = read(text, f"all{suffix}", X="x", Z="a, b")
    except InputError as error:
        declarations, refused_at = (), error.position
        assert refused_at is not None
    for declaration in declarations:
        for place in declaration.variants[0].locations.values():
            assert 0 <= place.start <= place.end <= len(text)
    assert check_declarations(declarations, BENCH).requests <= len(declarations)


# Certificates -------------------------------------------------------------------------------------


def test_every_member():
    """Every member of the definition is read, and the controller's method is set."""
    declaration = certificate(
        """\
        domainName: brightharbor.io
        subjectAlternativeNames: [www.brightharbor.io, "*.brightharbor.io"]
        domainValidationOptions:
          - domainName: www.brightharbor.io
            validationDomain: brightharbor.io
        keyAlgorithm: EC_prime256v1
        options:
          certificateTransparencyLoggingPreference: DISABLED
        exportTo: {name: web-tls, key: tls.crt}
        tags:
          - {key: owner, value: "42"}
        """,
        region="eu-west-1",
    )
    request = declaration.request
    assert (declaration.address, declaration.tool) == ("web", Tool.KUBERNETES)
    assert spellings(declaration) == ["brightharbor.io", "www.brightharbor.io", "*.brightharbor.io"]
    assert request.validation_method is ValidationMethod.DNS
    assert str(request.validation_options[0].validation_domain) == "brightharbor.io"
    assert request.key_algorithm is KeyAlgorithm.EC_PRIME256V1
    assert (request.transparency_logging, request.export) == ("DISABLED", "ENABLED")
    assert request.tags == (Tag("owner", "42"),)
    assert request.region == "eu-west-1"
    assert at(declaration, "names", 2) == "*.brightharbor.io"
    assert at(declaration, "export") == "{name: web-tls, key: tls.crt}"
    assert at(declaration, "tags", 0, "value") == "42"
    assert (
        declaration.source.position(
            declaration.variants[0].location(("validation_method",)).start
        ).line
        == 1
    )


@pytest.mark.parametrize(
    "spec",
    [
        "{privateKey: {name: a, key: b}, certificate: {name: a, key: c}}",
        "{certificateARN: arn, certificate: {name: a, key: c}, domainName: ~}",
    ],
)
def test_an_import_is_no_request(spec):
    """An imported certificate has no request."""
    declaration = certificate(spec)
    assert declaration.request is None
    assert declaration.variants[0].imported == ImportedCertificate()


def test_a_request_that_imports():
    """A certificate with names and key material has a request and import fields."""
    declaration = certificate("domainName: brightharbor.io\ncertificate: {name: a, key: c}")
    assert declaration.request.import_fields == ("certificate",)
    assert at(declaration, "import_fields", 0) == "{name: a, key: c}"


def test_an_existing_certificate_is_not_a_request():
    """Adopted certificates are left out unless ACK may create them."""
    adopted = {"annotations": {"services.k8s.aws/adoption-policy": "adopt"}}
    either = {"annotations": {"services.k8s.aws/adoption-policy": "adopt-or-create"}}
    spec = {"domainName": "brightharbor.io"}
    assert read(json.dumps(manifest(spec, **adopted)), "acm.json") == ()
    assert only(json.dumps(manifest(spec, **either)), "acm.json").request is not None


def test_a_patch_is_no_request():
    """A manifest without a spec is a patch and not a request."""
    data = manifest({}, annotations={"services.k8s.aws/region": "us-east-1"})
    assert read(json.dumps(data), "patch.json") == ()


def test_a_private_ca_validates_nothing():
    """A request to a private CA has no validation method and no export."""
    by_arn = certificate("{domainName: a.io, certificateAuthorityARN: arn, exportTo: {key: a}}")
    assert by_arn.request.certificate_authority_arn == "arn"
    assert (by_arn.request.validation_method, by_arn.request.export) == (None, None)
    by_name = certificate("{domainName: a.io, certificateAuthorityRef: {from: {name: root}}}")
    assert by_name.request.certificate_authority_arn == Unresolved((Unknown("ARN of root"),))
    assert at(by_name, "certificate_authority_arn") == "root"


REGIONS = """\
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      annotations: {services.k8s.aws/default-region: eu-central-1}
    ---
    apiVersion: acm.services.k8s.aws/v1alpha1
    kind: Certificate
    metadata: {name: web, namespace: shop}
    spec: {domainName: brightharbor.io}
    ---
    apiVersion: acm.services.k8s.aws/v1alpha1
    kind: Certificate
    metadata:
      generateName: site-
      namespace: shop
      annotations: {services.k8s.aws/region: us-east-1}
    spec: {domainName: brightharbor.io}
    ---
    apiVersion: acm.services.k8s.aws/v1alpha1
    kind: Certificate
    spec: {domainName: brightharbor.io}
    """


def test_regions():
    """The Region comes from the resource, its namespace in the file, or the options."""
    web, site, other = read(REGIONS, region="eu-west-1")
    assert [each.request.region for each in (web, site, other)] == [
        *("eu-central-1", "us-east-1", "eu-west-1"),
    ]
    assert [each.address for each in (web, site, other)] == [
        *("shop/web", "shop/site-", "Certificate"),
    ]
    assert (at(web, "region"), at(site, "region")) == ("eu-central-1", "us-east-1")


def test_the_definition_is_no_certificate():
    """Other kinds, and data that only looks like an object, are ignored."""
    assert (
        read("# acm.services.k8s.aws Certificate\n{kind: CustomResourceDefinition, apiVersion: a}")
        == ()
    )
    assert (
        read("# acm.services.k8s.aws Certificate\nkind: [a]\napiVersion: acm.services.k8s.aws/v1")
        == ()
    )
    assert read("# acm.services.k8s.aws Certificate\nkind: Certificate\napiVersion: 1") == ()
    assert read("# acm.services.k8s.aws Certificate\n- kind: Certificate") == ()


# References ---------------------------------------------------------------------------------------

SITE = f"""\
    apiVersion: elbv2.services.k8s.aws/v1alpha1
    kind: Listener
    metadata: {{name: https, namespace: shop, annotations: {{services.k8s.aws/region: eu-west-2}}}}
    spec:
      certificates:
        - certificateRef: {{from: {{name: web}}}}
        - certificateRef: {{from: {{name: elsewhere, namespace: other}}}}
    ---
    apiVersion: acm.services.k8s.aws/v1alpha1
    kind: Certificate
    metadata: {{name: web, namespace: shop}}
    spec: {{domainName: brightharbor.io}}
    status: {{ackResourceMetadata: {{arn: "{ARN}"}}}}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: site
      namespace: web
      annotations:
        alb.ingress.kubernetes.io/certificate-arn: {ARN}
    spec:
      rules:
        - host: www.brightharbor.io
    """


def test_uses_of_a_certificate_in_the_file():
    """Consumers refer to a certificate by its object or by its ARN."""
    listener, web = read(SITE, region="eu-west-1")
    by_name, by_arn = web.variants[0].consumers
    assert by_name.certificate == by_arn.certificate == CertificateReference("shop/web")
    assert (by_name.service, by_name.address, by_name.region) == ("alb", "shop/https", "eu-west-2")
    assert (by_arn.service, by_arn.address, by_arn.region) == ("alb", "web/site", "eu-west-1")
    assert at(web, "consumers", 0, "certificate") == "web"
    assert at(web, "consumers", 0, "region") == "eu-west-2"
    assert at(web, "consumers", 1, "certificate") == ARN
    assert at(web, "consumers", 1, "hosts", 0) == "www.brightharbor.io"
    [elsewhere] = listener.variants[0].consumers
    assert elsewhere.certificate == Unresolved((Unknown("ARN of other/elsewhere"),))
    assert listener.request is None


# Orders -------------------------------------------------------------------------------------------

ORDER = """\
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: site
      annotations:
        alb.ingress.kubernetes.io/create-acm-cert: "true"
        alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
    spec:
      tls:
        - hosts: [www.brightharbor.io, "*.brightharbor.io"]
      rules:
        - host: app.brightharbor.io
        - host: www.brightharbor.io
    """


def test_an_ingress_may_order_a_certificate():
    """The controller requests a certificate for all hosts of an Ingress, in order."""
    declaration = only(ORDER, region="eu-west-1")
    assert spellings(declaration) == [
        "*.brightharbor.io",
        "app.brightharbor.io",
        "www.brightharbor.io",
    ]
    assert declaration.request.validation_method is ValidationMethod.DNS
    assert declaration.request.region == "eu-west-1"
    [consumer] = declaration.variants[0].consumers
    assert consumer.certificate == CertificateReference("site")
    assert at(declaration, "consumers", 0, "certificate") == "true"
    assert at(declaration, "names", 0) == "*.brightharbor.io"


# Refusals -----------------------------------------------------------------------------------------

CHART = """\
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: site
      annotations: ANNOTATIONS
    spec:
      rules:
        - host: HOST
    """


@pytest.mark.parametrize(
    ("annotations", "host"),
    [
        ("{{ toYaml .Values.annotations | nindent 4 }}", "a.io"),
        ("{alb.ingress.kubernetes.io/listen-ports: HTTPS}", "{{ .Values.host }}"),
        ("{alb.ingress.kubernetes.io/listen-ports: HTTPS}", "{{ .Values.host | quote }}"),
        ("{alb.ingress.kubernetes.io/listen-ports: HTTPS}", '{{ include "web.host" . }}'),
        (
            "{alb.ingress.kubernetes.io/listen-ports: HTTPS}",
            "a.io\n{{- if .Values.tls }}\n{{- end }}",
        ),
        ("{alb.ingress.kubernetes.io/listen-ports: HTTPS}", "{{ .Release.Name }}.a.io"),
    ],
)
def test_a_chart_is_to_be_rendered(annotations, host):
    """A Helm template is rejected, with the advice to render it."""
    chart = dedent(CHART).replace("ANNOTATIONS", annotations).replace("HOST", host)
    with pytest.raises(InputError) as caught:
        read(f"# alb.ingress.kubernetes.io/\n{chart}", "ingress.yaml")
    assert caught.value.fault == NOT_RENDERED
    assert caught.value.position is not None


def test_a_chart_within_quotes_is_known_in_part():
    """Template syntax in a string makes the string partly unknown."""
    declaration = certificate('domainName: "{{ .Values.host }}.brightharbor.io"')
    unknown = Unknown("{{ .Values.host }}")
    assert declaration.request.names == (Unresolved((unknown, ".brightharbor.io")),)
    known = only(
        json.dumps(manifest({"domainName": "{{ host }}.io"})), "a.json", host="brightharbor"
    )
    assert spellings(known) == ["brightharbor.io"]


@pytest.mark.parametrize(
    ("spec", "fault", "line"),
    [
        ("[]", "`spec` must be a mapping, not a list", 6),
        ("{keyAlgorithm: RSA_2048}", "`spec` has no `domainName`", 5),
        ("{domainName: [a.io]}", "`spec.domainName` must be a string, not a list", 6),
        (
            "{domainName: a.io, subjectAlternativeNames: b.io}",
            "`spec.subjectAlternativeNames` must be a list of strings, not a string",
            6,
        ),
        (
            "{domainName: a.io, tags: [a]}",
            "`spec.tags.0` must be a mapping, not a string",
            6,
        ),
    ],
)
def test_an_error_has_its_position(spec, fault, line):
    """A value of the wrong type is reported with its position."""
    with pytest.raises(InputError) as caught:
        certificate(spec)
    assert caught.value.fault == fault
    assert caught.value.position.line == line


def test_what_is_nested_too_deeply():
    """A manifest that is nested too deeply is rejected."""
    text = json.dumps(manifest({"domainName": "$X"}))
    deep = text.replace('"$X"', "[" * 100_000 + "]" * 100_000)
    with pytest.raises(InputError, match="is nested too deeply"):
        read(deep.replace("web", "$web"), "deep.json")


def test_an_anchor_within_itself():
    """A cycle of aliases is rejected."""
    with pytest.raises(InputError, match="its own alias"):
        certificate("domainName: &a [*a]")
