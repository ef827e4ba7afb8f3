"""What each service demands of a certificate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.errors import InvalidArgument, UnknownService
from acmrules.facts import services as facts
from acmrules.facts.fact import CHECKED, LAUNCH, Fact
from acmrules.regions import REGIONS, partition_of
from acmrules.request import CertificateOrigin, KeyAlgorithm
from acmrules.services import (
    SERVICES,
    Service,
    key_algorithms,
    required_region,
    usable_outside_aws,
)

keys = st.sampled_from(sorted(SERVICES))
regions = st.sampled_from(sorted(REGIONS))
days = st.dates(min_value=LAUNCH, max_value=date(2040, 1, 1))

AWS_REGIONS = st.sampled_from(sorted(r for r in REGIONS if partition_of(r) == "aws"))

US_EAST_1 = {
    *("cloudfront", "cloudfront-tenant", "cloudfront-origin-client"),
    *("apigateway-edge", "api-portal", "cognito", "appsync", "amplify"),
}
WITHOUT_ACM = {
    "cloudfront-tenant-managed",
    "apprunner",
    "iot-device",
    "lightsail",
    "ec2",
    "s3-website",
    "lambda-url",
    "global-accelerator",
}
ANY_REGION = {"cloudfront-origin", "eks"}


@given(keys, st.one_of(st.none(), regions))
def test_a_required_region_is_the_fixed_one_or_that_of_the_resource(key, region):
    """No other Region is ever required."""
    assert required_region(key, region) in {None, region, "us-east-1"}


@given(keys, regions)
def test_a_service_that_takes_no_certificate_requires_no_region(key, region):
    """A service without certificates requires no Region, except CloudFront in GovCloud."""
    obstacle = SERVICES[key].obstacle(region)
    if obstacle and obstacle is not facts.GOVCLOUD_CLOUDFRONT:
        assert required_region(key, region) is None


@given(keys, AWS_REGIONS)
def test_every_service_has_a_rule_in_the_standard_partition(key, region):
    """A service needs us-east-1, the Region of the resource, or no Region in particular."""
    required = required_region(key, region)
    if key in US_EAST_1:
        assert required == "us-east-1"
    elif key in WITHOUT_ACM | ANY_REGION or SERVICES[key].obstacle(region):
        assert required is None
    else:
        assert required == region


@given(keys, days)
def test_algorithms_are_taken_or_disputed(key, day):
    """A service that disputes algorithms documents others; all are of the API."""
    service = SERVICES[key]
    taken = service.key_algorithms(as_of=day)
    assert taken == key_algorithms(key, as_of=day)
    if taken is None:
        assert service.disputed_algorithms == ()
    else:
        assert taken
        assert all(isinstance(each, KeyAlgorithm) for each in taken)
        assert len(set(taken)) == len(taken)


@given(keys, days)
def test_terms_are_short_ids_with_sentences(key, day):
    """Every condition has an id in lower case, and a sentence without a full stop."""
    for term, sentence in SERVICES[key].terms(as_of=day).items():
        assert term == term.lower().replace(" ", "-")
        assert sentence
        assert not sentence.endswith(".")


@given(keys)
def test_a_service_rests_on_facts(key):
    """Every property of a service has a fact."""
    service = SERVICES[key]
    evidence = [service.region, service.algorithms, service.disputed, service.instead]
    evidence += [*service.conditions, *(fact for _, fact in service.elsewhere)]
    assert all(isinstance(fact, Fact) for fact in evidence if fact is not None)
    assert service.key == key
    assert str(service) == service.name


def test_the_services_without_acm():
    """Each service that accepts no ACM certificate has an alternative."""
    assert {key for key, service in SERVICES.items() if service.obstacle()} == WITHOUT_ACM
    nowhere = {
        key for key, service in SERVICES.items() if service.region.value in {"none", "automatic"}
    }
    assert nowhere == WITHOUT_ACM


def test_the_services_in_one_region():
    """The services based on CloudFront need a certificate in us-east-1."""
    fixed = {key for key, service in SERVICES.items() if service.fixed_region}
    assert fixed == US_EAST_1
    assert {required_region(key) for key in fixed} == {"us-east-1"}


@pytest.mark.parametrize(
    ("service", "region", "required"),
    [
        ("cloudfront", "eu-west-1", "us-east-1"),
        ("cloudfront", "xx-west-9", "us-east-1"),
        ("cloudfront", "cn-north-1", None),
        ("cloudfront", "us-gov-west-1", "us-east-1"),
        ("cloudfront", "eusc-de-east-1", None),
        ("cloudfront-tenant-managed", "us-gov-west-1", None),
        ("apigateway-edge", "us-gov-west-1", None),
        ("alb", "cn-north-1", "cn-north-1"),
        ("alb", None, None),
        ("nitro-enclaves", "eu-west-1", "eu-west-1"),
        ("nitro-enclaves", "ap-south-2", None),
        ("cloudfront-origin", "eu-west-1", None),
        ("s3-website", "eu-west-1", None),
    ],
)
def test_required_regions(service, region, required):
    """The Region follows from the service, the resource, and the partition."""
    assert required_region(service, region) == required


@pytest.mark.parametrize(
    ("service", "region", "instead"),
    [
        ("cloudfront", "cn-northwest-1", "upload the certificate to the IAM certificate store"),
        (
            "cloudfront-tenant",
            "us-gov-east-1",
            "use an account in the `aws` partition, with a certificate in us-east-1",
        ),
        ("iot-device", None, "let IoT Core create the certificate, or register your own"),
        ("ec2", None, "put CloudFront or a load balancer in front, or export the certificate"),
        ("nitro-enclaves", "ca-west-1", "use another Region, or export the certificate"),
    ],
)
def test_what_to_do_instead(service, region, instead):
    """If no ACM certificate can be attached, the fact has the alternative."""
    assert SERVICES[service].obstacle(region).value == instead


@pytest.mark.parametrize(
    ("service", "names"),
    [
        ("alb", [each.name for each in KeyAlgorithm]),
        (
            "nlb",
            ["RSA_1024", "RSA_2048", "RSA_3072", "EC_PRIME256V1", "EC_SECP384R1", "EC_SECP521R1"],
        ),
        ("clb", ["RSA_1024", "RSA_2048", "RSA_3072"]),
        ("vpc-lattice", ["RSA_2048"]),
        ("amplify", ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_PRIME256V1"]),
        ("client-vpn", ["RSA_1024", "RSA_2048"]),
        (
            "transfer",
            ["RSA_2048", "RSA_4096", "EC_PRIME256V1", "EC_SECP384R1", "EC_SECP521R1"],
        ),
        ("iot", ["RSA_2048", "EC_PRIME256V1"]),
    ],
)
def test_key_algorithms(service, names):
    """The algorithms are those that the service documents."""
    assert key_algorithms(service) == tuple(KeyAlgorithm[name] for name in names)


def test_cloudfront_and_p384():
    """CloudFront's own page has P-384 since 2026 only, and other sources do not agree."""
    p384 = KeyAlgorithm.EC_SECP384R1
    assert p384 in key_algorithms("cloudfront", as_of=CHECKED)
    assert p384 not in key_algorithms("cloudfront", as_of=date(2026, 4, 13))
    assert SERVICES["cloudfront"].disputed_algorithms == (p384,)


def test_a_service_may_document_no_algorithms():
    """Without documented algorithms, the algorithms are unknown."""
    assert key_algorithms("cognito") is None


def test_app_runner_is_closed_to_new_customers():
    """A condition may begin on a day."""
    assert "closed" not in SERVICES["apprunner"].terms(as_of=date(2026, 4, 29))
    assert "closed" in SERVICES["apprunner"].terms(as_of=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("key", "near"),
    [("cloudfrnt", "did you mean `cloudfront`"), ("Zeppelin", "use one of `cloudfront`, ")],
)
def test_an_unknown_service_is_rejected(key, near):
    """The error suggests a service, or lists all of them."""
    with pytest.raises(UnknownService, match=near):
        required_region(key)
    for function in (key_algorithms, Service.of):
        with pytest.raises(UnknownService, match=f"unknown service `{key}`"):
            function(key)


@pytest.mark.parametrize(
    ("origin", "more", "day", "usable"),
    [
        ("requested", {}, CHECKED, False),
        ("requested", {"exportable": True}, CHECKED, True),
        ("requested", {"exportable": True}, date(2025, 6, 16), False),
        ("requested", {"private": True}, CHECKED, True),
        ("imported", {}, CHECKED, True),
        ("private-ca", {}, CHECKED, True),
        (CertificateOrigin.ACME, {}, CHECKED, True),
    ],
)
def test_use_outside_aws(origin, more, day, usable):
    """A key that ACM keeps can be used inside AWS only."""
    assert usable_outside_aws(origin, **more, as_of=day) is usable


def test_an_unknown_origin_is_rejected():
    """The error lists the origins."""
    with pytest.raises(
        InvalidArgument, match="use one of `requested`, `imported`, `private-ca`, `acme`"
    ):
        usable_outside_aws("bought")


def test_a_service_is_a_value():
    """Services compare by content."""
    assert Service("a", "A", facts.ALB_REGION) == Service("a", "A", facts.ALB_REGION)
