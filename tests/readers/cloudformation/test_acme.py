"""The ACME resources of a template."""

import json

import pytest
from tests.support.cloudformation import at, read

from acmrules.acme import AcmeBinding, AcmeEndpoint, AcmeValidation
from acmrules.facts import acm
from acmrules.lint.linter import Linter
from acmrules.unresolved import Unknown, Unresolved

PRINCIPAL, ACTIONS = acm.ACME_TRUST.value[0][0], list(acm.ACME_TRUST.value[1])
NO_VALUE = {"Ref": "AWS::NoValue"}
ROLE_ARN = "arn:aws:iam::111122223333:role/x"
CN = "AWS::CertificateManager::"


def template(**resources):
    return json.dumps({"Parameters": {"P": {"Type": "String"}}, "Resources": resources})


def resource(kind, **properties):
    return {"Type": CN + kind, "Properties": properties}


def read_one(kind, **properties):
    (declaration,) = read(template(It=resource(kind, **properties)), region="us-east-1")
    return declaration


def unknown(label):
    return Unresolved((Unknown(label),))


def test_an_endpoint():
    """All members of an endpoint are read, each with its location."""
    authority = {"PublicCertificateAuthority": {"AllowedKeyAlgorithms": ["RSA_2048", {"Ref": "P"}]}}
    declaration = read_one(
        "AcmeEndpoint",
        AuthorizationBehavior="PRE_APPROVED",
        CertificateAuthority=authority,
        CertificateTags=[{"Key": "a", "Value": "b"}],
    )
    assert declaration.address == "It"
    assert declaration.request is None
    assert declaration.variants[0].acme == AcmeEndpoint(
        authorization="PRE_APPROVED",
        algorithms=("RSA_2048", unknown("${P}")),
        certificate_tags=("{'Key': 'a', 'Value': 'b'}",),
        region="us-east-1",
    )
    text = declaration.source.text
    assert text[slice(*_span(declaration, "acme", "authorization"))] == "PRE_APPROVED"
    assert text[slice(*_span(declaration, "acme", "algorithms", 0))] == "RSA_2048"
    assert at(declaration) == at(declaration, "acme")


def _span(declaration, *path):
    location = declaration.variants[0].location(path)
    return location.start, location.end


def test_a_validation():
    """All members of a domain validation are read."""
    scope = {"ExactDomain": "ENABLED", "Subdomains": {"Ref": "P"}}
    options = {"DnsPrevalidation": {"HostedZoneId": "Z1", "DomainScope": scope}}
    declaration = read_one(
        "AcmeDomainValidation",
        AcmeEndpointArn="arn",
        DomainName="A.io",
        PrevalidationOptions=options,
    )
    assert declaration.variants[0].acme == AcmeValidation(
        endpoint="arn",
        domain_name="A.io",
        hosted_zone_id="Z1",
        exact_domain="ENABLED",
        subdomains=unknown("${P}"),
        region="us-east-1",
    )


@pytest.mark.parametrize(
    ("kind", "properties", "missing"),
    [
        ("AcmeEndpoint", {}, ("AuthorizationBehavior", "CertificateAuthority")),
        (
            "AcmeEndpoint",
            {"AuthorizationBehavior": "x", "CertificateAuthority": {}},
            ("CertificateAuthority.PublicCertificateAuthority",),
        ),
        (
            "AcmeEndpoint",
            {
                "AuthorizationBehavior": {"Ref": "AWS::NoValue"},
                "CertificateAuthority": {"Ref": "P"},
            },
            ("AuthorizationBehavior",),
        ),
        ("AcmeDomainValidation", {"DomainName": "a"}, ("AcmeEndpointArn", "PrevalidationOptions")),
        (
            "AcmeDomainValidation",
            {"DomainName": "a", "AcmeEndpointArn": "b", "PrevalidationOptions": {}},
            ("PrevalidationOptions.DnsPrevalidation",),
        ),
        ("AcmeExternalAccountBinding", {}, ("AcmeEndpointArn", "RoleArn")),
    ],
)
def test_missing_members(kind, properties, missing):
    """Required members that are absent are listed; an expression may have them."""
    assert read_one(kind, **properties).variants[0].acme.missing == missing


def test_a_condition_makes_variants():
    """A resource with an open condition in a value has a variant for each answer."""
    made = {
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}},
        "Parameters": {"P": {"Type": "String"}},
        "Resources": {
            "It": resource(
                "AcmeExternalAccountBinding",
                AcmeEndpointArn={"Fn::If": ["C", "a", "b"]},
                RoleArn="r",
            ),
        },
    }
    (declaration,) = read(json.dumps(made))
    assert {variant.acme.endpoint for variant in declaration.variants} == {"a", "b"}


def trust(**statement):
    return {"Effect": "Allow", "Principal": {"Service": PRINCIPAL}, "Action": ACTIONS} | statement


@pytest.mark.parametrize(
    ("statements", "lacking"),
    [
        ([trust()], ()),
        (trust(), ()),
        ([trust(Action="sts:*")], ()),
        ([trust(Action="*")], ()),
        ([trust(Action=["STS:assumerole", "sts:Tag*", "sts:SetSourceIdentity"])], ()),
        ([trust(Action=each) for each in ACTIONS], ()),
        ([trust(Principal="*")], ()),
        ([trust(Principal={"Service": ["a.amazonaws.com", PRINCIPAL]})], ()),
        ([trust(Action="sts:AssumeRole")], ("sts:TagSession", "sts:SetSourceIdentity")),
        ([trust(Principal={"Service": "ec2.amazonaws.com"})], (PRINCIPAL, *ACTIONS)),
        ([trust(Principal={"AWS": "arn"})], (PRINCIPAL, *ACTIONS)),
        ([], (PRINCIPAL, *ACTIONS)),
        ([trust(Effect="Deny")], None),
        ([trust(NotAction="x")], None),
        ([trust(Action={"Ref": "P"})], None),
        ("x", None),
    ],
)
def test_the_trust_of_a_role(statements, lacking):
    """The trust policy of a role in the template is compared with what a binding needs."""
    role = {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": {"Statement": statements}},
    }
    binding = resource(
        "AcmeExternalAccountBinding",
        AcmeEndpointArn="a",
        RoleArn={"Fn::GetAtt": ["Role", "Arn"]},
        Expiration={"Type": "DAYS", "Value": 30},
    )
    (declaration,) = read(template(Role=role, Binding=binding), region="us-east-1")
    assert declaration.variants[0].acme == AcmeBinding(
        endpoint="a",
        role=unknown("${Role.Arn}"),
        expiration="[('Type', 'DAYS'), ('Value', '30')]",
        lacking=lacking,
        region="us-east-1",
    )


@pytest.mark.parametrize("role", [ROLE_ARN, {"Ref": "P"}, {"Ref": "Other"}])
def test_a_role_elsewhere_is_unknown(role):
    """The trust of a role that is not in the template is unknown."""
    binding = resource("AcmeExternalAccountBinding", AcmeEndpointArn="a", RoleArn=role)
    other = {"Type": "AWS::S3::Bucket"}
    (declaration,) = read(template(Binding=binding, Other=other))
    assert declaration.variants[0].acme.lacking is None


@pytest.mark.parametrize("arn", [{"Ref": "E"}, {"Fn::GetAtt": ["E", "AcmeEndpointArn"]}])
def test_a_listener_with_an_endpoint(arn):
    """A resource that uses an endpoint as its certificate is marked."""
    endpoint = resource("AcmeEndpoint")
    listener = {
        "Type": "AWS::ElasticLoadBalancingV2::Listener",
        "Properties": {"Protocol": "HTTPS", "Certificates": [{"CertificateArn": arn}]},
    }
    found = read(template(E=endpoint, L=listener))
    (consumer,) = found[1].variants[0].consumers
    assert consumer.traits == {"acme-endpoint"}
    findings, _ = Linter().check(found[1])
    assert [finding.rule.id for finding in findings] == ["ACM308"]


def test_other_types_are_no_acme_resources():
    """A type that only starts like an ACME resource is not read."""
    assert read(template(It=resource("AcmeSomething"))) == ()
