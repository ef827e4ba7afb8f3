"""Plans and states of Terraform: exact values, what is not known, what is replaced."""

import json
import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import positions, request_of, requests
from tests.support.terraform_plans import (
    ARN,
    OTHER_ARN,
    attributes,
    change,
    configured,
    held,
    plan,
    read_plan,
    state,
    to,
    unknown,
    variant_of,
    wild_data,
)

from acmrules.lint import fixes
from acmrules.lint.linter import Linter
from acmrules.names import DomainName
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod, ValidationOption
from acmrules.resources import CaaRecordSet, CertificateReference, Zone
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unresolved
from acmrules.x509 import ImportedCertificate

SITE = "aws_acm_certificate.site"
LISTENER = "aws_lb_listener.https"
BUCKET = "aws_s3_bucket.logs"

ASKED = {
    "certificate_authority_arn": None,
    "certificate_body": None,
    "certificate_chain": None,
    "domain_name": "brightharbor.io",
    "domain_validation_options": [
        {"domain_name": "brightharbor.io"},
        {"domain_name": "www.brightharbor.io"},
    ],
    "early_renewal_duration": None,
    "options": [],
    "private_key": None,
    "subject_alternative_names": ["brightharbor.io", "www.brightharbor.io"],
    "tags": None,
    "tags_all": {"Team": "web"},
    "validation_method": "DNS",
    "validation_option": [],
}
OPEN = {
    "arn": True,
    "domain_validation_options": [
        {"resource_record_name": True, "resource_record_type": True, "resource_record_value": True}
    ]
    * 2,
    "id": True,
    "key_algorithm": True,
    "options": [],
    "status": True,
    "subject_alternative_names": [False, False],
    "tags_all": {},
    "validation_emails": True,
    "validation_option": [],
}
ISSUED = ASKED | {
    "arn": ARN,
    "certificate_authority_arn": "",
    "domain_validation_options": [
        {
            "domain_name": "brightharbor.io",
            "resource_record_name": "_0a.brightharbor.io.",
            "resource_record_type": "CNAME",
            "resource_record_value": "_1b.acm-validations.aws.",
        }
    ],
    "early_renewal_duration": "",
    "id": ARN,
    "key_algorithm": "RSA_2048",
    "options": [{"certificate_transparency_logging_preference": "ENABLED", "export": "DISABLED"}],
    "subject_alternative_names": ["brightharbor.io"],
    "type": "AMAZON_ISSUED",
}
HTTPS = {"arn": None, "certificate_arn": None, "port": 443, "protocol": "HTTPS"}
CONFIGURED = configured(
    SITE,
    domain_name={"constant_value": "brightharbor.io"},
    subject_alternative_names={"constant_value": ["www.brightharbor.io"]},
    validation_method={"constant_value": "DNS"},
)


def certificate(after=ASKED, **more):
    """Return the change of the certificate."""
    return change(SITE, after, **{"unknown": OPEN, **more})


def listener(after=HTTPS, **more):
    """Return the change of a listener whose certificate is not known yet."""
    return change(LISTENER, after, unknown={"arn": True, "certificate_arn": True}, **more)


def request_after(after, **more):
    """Return the request that a plan with a certificate makes."""
    return variant_of(plan(certificate(after, **more)), SITE).request


# Laws ---------------------------------------------------------------------------------------------


@given(requests(), st.sampled_from([None, 1, 4]), st.booleans())
def test_requests_come_back(members, indent, as_state):
    """A request rendered as a plan or a state and read again is the same request."""
    # A mapping has each key once.
    members["Tags"] = members.get("Tags", [])[:1]
    after = attributes(members)
    as_plan = plan(change(SITE, after), resources=[configured(SITE)])
    data = state(held(SITE, after)) if as_state else as_plan
    (declaration,) = read_plan(data, indent=indent)
    wanted = request_of(members)
    first, *others = zip(wanted.names, wanted.spellings, strict=True)
    kept = [first, *(each for each in others if each[1] != first[1])]
    assert declaration.request == wanted.__replace__(
        names=tuple(name for name, _ in kept),
        spellings=tuple(text for _, text in kept),
        region=None if as_state else "eu-west-1",
        create_before_destroy=True,
    )


@given(requests(), st.sampled_from([None, 2]))
def test_names_stand_where_it_is_said(members, indent):
    """The text at a name's place is the name as written, or as JSON escapes it."""
    (declaration,) = read_plan(plan(change(SITE, attributes(members))), indent=indent)
    (variant,) = declaration.variants
    for index, name in enumerate(declaration.request.spellings):
        place = variant.location(("names", index))
        assert declaration.source.text[place.start : place.end] == json.dumps(name)[1:-1]


WHOLE = plan(
    certificate(actions=["delete", "create"], before=ISSUED),
    change(
        'aws_route53_record.proof["brightharbor.io"]',
        {"zone_id": "Z1", "type": "CNAME", "ttl": 60},
        unknown={"name": True, "records": True},
    ),
    change("aws_route53_zone.main", {"name": "brightharbor.io", "vpc": []}, unknown={"id": True}),
    listener(),
    resources=[
        CONFIGURED,
        configured(
            "aws_route53_record.proof",
            for_each=to(f"{SITE}.domain_validation_options"),
            name=to("each.value.name"),
        ),
        configured(LISTENER, certificate_arn=to(f"{SITE}.arn")),
    ],
    calls={"m": {"module": {"resources": [CONFIGURED]}}},
)


def ways(data, way=()):
    """Yield the ways to all values inside of data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in inside:
        yield (*way, step)
        if isinstance(value, dict | list):
            yield from ways(value, (*way, step))


WAYS = sorted(ways(WHOLE), key=str)


@given(st.sampled_from(WAYS), wild_data())
def test_wild_plans(way, value):
    """Whatever stands in a plan, there are documents with places, or one fault, or nothing."""
    data = json.loads(json.dumps(WHOLE))
    inside = data
    for step in way[:-1]:
        inside = inside[step]
    inside[way[-1]] = value
    try:
        positions(read_plan(data) or ())
    except InputError as unreadable:
        assert unreadable.fault  # noqa: PT017  (a law of both outcomes)


@given(st.integers(min_value=0, max_value=len(json.dumps(WHOLE)) - 1))
def test_truncated_plans(length):
    """A plan that is cut off is no JSON, wherever it is cut."""
    text = json.dumps(WHOLE)[:length]
    if length:
        with pytest.raises(InputError, match="is not JSON"):
            read_plan(text)
    else:
        assert read_plan(text) is None


@given(st.sampled_from([None, 1]))
def test_line_ends_move_nothing(indent):
    """Line feeds and carriage returns with line feeds give the same lines and columns."""
    text = json.dumps(WHOLE, indent=indent)
    read = [positions(read_plan(each)) for each in (text, text.replace("\n", "\r\n"))]
    assert read[0] == read[1]


@given(requests(), st.data())
def test_what_is_not_known_is_not_told(members, data):
    """A value that is marked unknown, or sensitive, is nowhere in what is read."""
    after = attributes(members)
    members = sorted(key for key, value in after.items() if isinstance(value, str))
    member = data.draw(st.sampled_from(members))
    flag = data.draw(st.sampled_from(["unknown", "sensitive"]))
    secret = "never-told"
    given_after = {**after, member: secret}
    (declaration,) = read_plan(plan(change(SITE, given_after, **{flag: {member: True}})))
    request = pickle.dumps(declaration.variants[0].request).decode("latin-1")
    assert secret not in request
    assert f"{SITE}.{member}" in request


# Certificates -------------------------------------------------------------------------------------


def test_every_attribute():
    """A certificate is read with its exact values; what the provider fills in is not asked for."""
    data = plan(certificate(), resources=[CONFIGURED])
    (declaration,) = read_plan(data)
    assert (declaration.tool, declaration.address) == (Tool.TERRAFORM, SITE)
    request = declaration.request
    assert request.spellings == ("brightharbor.io", "www.brightharbor.io")
    assert request.validation_method is ValidationMethod.DNS
    assert request.key_algorithm is request.export is request.certificate_authority_arn is None
    assert request.tags == (Tag("Team", "web"),)
    assert request.region == "eu-west-1"
    variant = declaration.variants[0]
    assert (variant.issued, variant.imported, variant.consumers) == (None, None, ())


def test_values_that_are_not_known():
    """What is known after apply is unknown by its attribute, and stands where the rest does."""
    after = {"validation_method": "DNS", "subject_alternative_names": ["a.io", None]}
    open_ = {"domain_name": True, "key_algorithm": True, "subject_alternative_names": [False, True]}
    (declaration,) = read_plan(plan(change(SITE, after, unknown=open_)))
    request = declaration.request
    assert request.names == (
        unknown(f"{SITE}.domain_name"),
        DomainName("a.io"),
        unknown(f"{SITE}.subject_alternative_names[1]"),
    )
    assert request.key_algorithm == unknown(f"{SITE}.key_algorithm")
    place = declaration.variants[0].location(("names", 0))
    line = declaration.source.position(place.start).line
    assert '"after"' in declaration.source.line(line)


def test_unknown_lists():
    """A list that is not known as a whole is any number of names."""
    request = request_after(
        {"domain_name": "a.io"}, unknown={"subject_alternative_names": True, "tags": {"a": True}}
    )
    assert list(map(str, request.names)) == ["a.io", f"${{{SITE}.subject_alternative_names}}"]
    assert request.tags == (Tag("a", unknown(f"{SITE}.tags.a")),)
    request = request_after({"domain_name": "a.io"}, unknown={"subject_alternative_names": [True]})
    assert list(map(str, request.names)) == ["a.io", f"${{{SITE}.subject_alternative_names[0]}}"]


def test_imports():
    """A certificate with its key is brought along; the key is never read."""
    after = {"certificate_body": "-----BEGIN CERTIFICATE", "private_key": "never told"}
    data = plan(
        certificate(after, unknown={"domain_name": True}, sensitive={"private_key": True}),
        change("aws_acm_certificate.known", {"domain_name": "a.io", "type": "IMPORTED"}),
    )
    for declaration in read_plan(data):
        variant = declaration.variants[0]
        assert variant.request is None
        assert variant.imported == ImportedCertificate(create_before_destroy=True)
        assert b"never told" not in pickle.dumps(variant.__replace__(locations={}))


@pytest.mark.parametrize("indent", [None, 1])
def test_sensitive_texts(indent):
    """What is sensitive is not even in the text that excerpts are taken of; nothing moves."""
    secret = "never-told"
    after = ASKED | {
        "domain_name": secret,
        "tags": {"a": secret, "b": "shown"},
        "options": [secret],
    }
    before = ISSUED | {"domain_name": secret, "subject_alternative_names": [secret]}
    flags = {"domain_name": True, "tags": {"a": True, "c": True}, "options": True}
    entry = certificate(
        after,
        actions=["update"],
        before=before,
        sensitive=flags | {"private_key": True},
        before_sensitive={"domain_name": True, "subject_alternative_names": [True, True]},
    )
    text = json.dumps(plan(entry), indent=indent)
    (declaration,) = read_plan(text)
    shown = declaration.source.text
    assert secret in text
    assert secret not in shown
    assert '"shown"' in shown
    assert len(shown) == len(text)
    assert [line for line in shown.splitlines() if "*" not in line] == [
        line
        for line, masked in zip(text.splitlines(), shown.splitlines(), strict=True)
        if "*" not in masked
    ]


def test_sensitive_wholes():
    """Of a certificate that is sensitive as a whole nothing is told."""
    data = certificate(actions=["update"], before=ISSUED, before_sensitive=True)
    assert variant_of(plan(data), SITE).issued is None
    with pytest.raises(InputError, match="has no `domain_name`"):
        read_plan(plan(certificate(sensitive=True)))


def test_sensitive_nulls():
    """What is null is absent, even if it would be sensitive."""
    assert request_after(ASKED, sensitive={"private_key": True}).import_fields == ()


def test_private_certificates():
    """What the provider fills in for a private certificate was not asked for."""
    private = ISSUED | {
        "certificate_authority_arn": "arn:aws:acm-pca:eu-west-1:111122223333:x",
        "validation_method": "NONE",
    }
    request = variant_of(state(held(SITE, private)), SITE).request
    assert (request.validation_method, request.export) == (None, None)
    options = configured(SITE, options=[{"export": {"constant_value": "DISABLED"}}])
    asked = variant_of(plan(certificate(private), resources=[options]), SITE).request
    assert asked.export == "DISABLED"


@pytest.mark.parametrize(
    "entry",
    [
        change(SITE, None, actions=["delete"], before=ISSUED),
        change(SITE, None, actions=["forget"], before=ISSUED),
        certificate() | {"deposed": "0a1b2c3d"},
        certificate() | {"mode": "data"},
        change("aws_s3_bucket.logs", {"arn": "x"}),
    ],
)
def test_what_is_not_asked_for(entry):
    """What is destroyed, forgotten or only looked up is no request."""
    assert read_plan(plan(entry)) == ()


def test_addresses():
    """Addresses are those that Terraform prints, and stand in the order of the plan."""
    addresses = [
        'module.a["x.y"].aws_acm_certificate.site[0]',
        "aws_acm_certificate.site",
        'aws_acm_certificate.site["*.a.io"]',
    ]
    declarations = read_plan(plan(*(change(address, ASKED) for address in addresses)))
    assert [declaration.address for declaration in declarations] == addresses


# What changes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actions", "create_first", "issued"),
    [
        (["create", "delete"], True, True),
        (["delete", "create"], False, True),
        (["update"], True, True),
        (["no-op"], True, False),
        (["create"], True, False),
    ],
)
def test_actions(actions, create_first, issued):
    """The actions tell whether a certificate is replaced, and what is there before."""
    before = None if actions == ["create"] else ISSUED
    variant = variant_of(plan(certificate(actions=actions, before=before)), SITE)
    assert variant.request.create_before_destroy is create_first
    assert (variant.issued is not None) is issued


def test_issued():
    """The certificate in place is as the state has it."""
    data = plan(certificate(actions=["delete", "create"], before=ISSUED), resources=[CONFIGURED])
    issued = variant_of(data, SITE).issued
    assert issued.spellings == ("brightharbor.io",)
    assert issued.key_algorithm is KeyAlgorithm.RSA_2048
    assert issued.region == "eu-west-1"


def said(data, **known):
    """Return the ids of the rules that find something, and where."""
    findings = Linter().report(read_plan(data, **known)).findings
    return {(finding.rule.id, finding.path) for finding in findings}


USED = [CONFIGURED, configured(LISTENER, certificate_arn=to(f"{SITE}.arn"))]


@pytest.mark.parametrize(
    ("actions", "before", "found"),
    [
        (["delete", "create"], ISSUED, {("ACM601", ("names",)), ("ACM603", None)}),
        (["create", "delete"], ISSUED, {("ACM601", ("names",))}),
        (["create"], None, set()),
        (["no-op"], ISSUED, set()),
        (["update"], ASKED | {"tags_all": {}}, set()),
    ],
)
def test_replacements(actions, before, found):
    """A replacement says what is validated again, and if what is in use is destroyed first."""
    data = plan(certificate(actions=actions, before=before), listener(), resources=USED)
    told = {(rule, path) for rule, path in said(data) if rule.startswith("ACM6")}
    assert {(rule, None if rule == "ACM603" else path) for rule, path in told} == found


def test_changed_attributes():
    """An attribute that cannot be edited is told."""
    before = ISSUED | {"subject_alternative_names": ASKED["subject_alternative_names"]}
    after = ASKED | {"key_algorithm": "EC_prime256v1"}
    data = plan(certificate(after, actions=["create", "delete"], before=before, unknown={}))
    assert ("ACM602", ("key_algorithm",)) in said(data)


def test_sensitive_names_of_before():
    """A sensitive name of the certificate in place is not told either."""
    flags = {"domain_name": True}
    data = certificate(actions=["update"], before=ISSUED, sensitive=flags, before_sensitive=flags)
    variant = variant_of(plan(data), SITE)
    assert variant.request.names[0] == unknown(f"{SITE}.domain_name")
    assert variant.issued.names[0] == unknown(f"prior {SITE}.domain_name")


# Regions ------------------------------------------------------------------------------------------

PROVIDERS = {
    "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
    "aws.open": {"name": "aws", "expressions": {"region": to("var.region")}},
    "aws.bare": {"name": "aws"},
    "aws.odd": {"name": "aws", "expressions": {"region": {"constant_value": 7}}},
}


@pytest.mark.parametrize(
    ("provider", "after", "given_region", "region"),
    [
        ("aws", {}, None, "eu-west-1"),
        ("aws", {}, "us-east-2", "eu-west-1"),
        ("aws", {"region": "us-west-2"}, None, "us-west-2"),
        ("aws", {"arn": ARN}, None, "us-east-1"),
        ("aws.open", {}, None, unknown("var.region")),
        ("aws.open", {}, "us-east-2", "us-east-2"),
        ("aws.bare", {}, "us-east-2", "us-east-2"),
        ("aws.odd", {}, None, None),
        ("module.m:aws", {}, None, "eu-west-1"),
    ],
)
def test_regions(provider, after, given_region, region):
    """A Region is the resource's own, or that of its ARN, its provider's, or the one given."""
    resources = [configured(SITE, provider=provider)]
    data = plan(change(SITE, ASKED | after), resources=resources, providers=PROVIDERS)
    assert variant_of(data, SITE, region=given_region).request.region == region


def test_regions_that_are_not_known():
    """A Region that is configured but not known is unknown; one that is filled in is not."""
    asked = {**ASKED, "region": None}
    entry = change(SITE, asked, unknown={"region": True})
    filled_in = plan(entry, resources=[configured(SITE)])
    assert variant_of(filled_in, SITE).request.region == "eu-west-1"
    given_one = plan(entry, resources=[configured(SITE, region=to("local.region"))])
    assert variant_of(given_one, SITE).request.region == unknown(f"{SITE}.region")


# Consumers ----------------------------------------------------------------------------------------


def consumers(*changes, **rest):
    """Return the consumers of the certificate in a plan."""
    return variant_of(plan(certificate(), *changes, **rest), SITE).consumers


VALIDATION = "aws_acm_certificate_validation.site"


@pytest.mark.parametrize(
    "expression",
    [
        to(f"{SITE}.arn"),
        {"references": [SITE, "each.key"]},
        to(f"{VALIDATION}.certificate_arn"),
        to("module.acm.arn"),
        to("module.acm.through"),
        to(f"{SITE}.arn", "var.create"),
    ],
)
def test_references(expression):
    """A consumer of a certificate that has no ARN yet refers to it, directly or through others."""
    resources = [
        CONFIGURED,
        configured(VALIDATION, certificate_arn=to(f"{SITE}.arn")),
        configured(LISTENER, certificate_arn=expression),
    ]
    outputs = {"arn": {"expression": to("var.arn")}, "through": {"expression": to("var.validated")}}
    arguments = {"arn": to(f"{SITE}.arn"), "validated": to(f"{VALIDATION}.certificate_arn")}
    calls = {"acm": {"expressions": arguments, "module": {"outputs": outputs}}}
    (consumer,) = consumers(listener(), resources=resources, calls=calls)
    assert (consumer.service, consumer.address, consumer.region) == ("alb", LISTENER, "eu-west-1")
    assert consumer.certificate == CertificateReference(SITE)


@pytest.mark.parametrize(
    "expression",
    [
        to(f"{SITE}.arn", "aws_acm_certificate.other.arn"),
        to("local.arn"),
        to("module.none.arn"),
        to(f"{SITE}.id", "local.arn"),
        to(f"{SITE}.status"),
        to(f"{BUCKET}.arn"),
        None,
    ],
)
def test_choices(expression):
    """Where a certificate may be one or another, it is neither."""
    expressions = {"certificate_arn": expression} if expression else {}
    data = plan(
        certificate(), listener(), resources=[CONFIGURED, configured(LISTENER, **expressions)]
    )
    assert variant_of(data, SITE).consumers == ()
    (consumer,) = variant_of(data, LISTENER).consumers
    assert consumer.certificate == unknown(f"{LISTENER}.certificate_arn")


def test_arns():
    """A consumer of a certificate that is there uses it by its ARN; of another one, alone."""
    data = plan(
        certificate(ISSUED, actions=["no-op"], unknown={}),
        change(LISTENER, HTTPS | {"certificate_arn": ARN}),
        change("aws_lb_listener.other", HTTPS | {"certificate_arn": OTHER_ARN}),
        change("aws_lb_listener.http", {"certificate_arn": "", "protocol": "HTTP"}),
        change("aws_lb_listener.odd", {"certificate_arn": ["x"]}),
    )
    site, other = read_plan(data)
    assert [each.address for each in site.variants[0].consumers] == [LISTENER]
    (consumer,) = other.variants[0].consumers
    assert (other.address, consumer.certificate) == ("aws_lb_listener.other", OTHER_ARN)
    assert other.request is None


def test_instances():
    """An instance refers to that of the same key, or to the one that is named."""
    keys = ('"a"', '"b"')
    changes = [change(f"{SITE}[{key}]", ASKED, unknown=OPEN) for key in keys]
    changes += [
        change(f"{LISTENER}[{key}]", HTTPS, unknown={"certificate_arn": True}) for key in keys
    ]

    def used_by(expression):
        data = plan(
            *changes, resources=[CONFIGURED, configured(LISTENER, certificate_arn=expression)]
        )
        return [
            [each.address for each in variant_of(data, f"{SITE}[{key}]").consumers] for key in keys
        ]

    each_key = {"references": [SITE, "each.key"]}
    assert used_by(each_key) == [[f'{LISTENER}["a"]'], [f'{LISTENER}["b"]']]
    named = {"references": [f'{SITE}["b"].arn', f'{SITE}["b"]', SITE]}
    assert used_by(named) == [[], [f'{LISTENER}["a"]', f'{LISTENER}["b"]']]
    assert used_by(to(f"{SITE}.arn")) == [[], []]


def test_modules():
    """A certificate of a module is found through its outputs, in the instance that is named."""
    inside = configured(SITE, domain_name=to("var.name"))
    outputs = {"arn": {"expression": to(f"{SITE}.arn")}}
    calls = {"acm": {"module": {"resources": [inside], "outputs": outputs}}}
    addresses = [f'module.acm["{key}"].{SITE}' for key in "ab"]
    expression = {"references": ['module.acm["b"].arn', 'module.acm["b"]', "module.acm"]}
    data = plan(
        *(change(address, ASKED, unknown=OPEN) for address in addresses),
        listener(),
        resources=[configured(LISTENER, certificate_arn=expression)],
        calls=calls,
    )
    found = [
        [each.address for each in variant_of(data, address).consumers] for address in addresses
    ]
    assert found == [[], [LISTENER]]


def test_blocks():
    """A certificate in a block is that of the block's expression, told by the constants beside."""
    kind = "aws_elb.x"
    plain = {"lb_port": 80, "ssl_certificate_id": "", "lb_protocol": "http"}
    secure = {"lb_port": 443, "ssl_certificate_id": None, "lb_protocol": "https"}
    open_ = {"listener": [{}, {"ssl_certificate_id": True}]}
    blocks = [
        {"lb_port": {"constant_value": "443"}, "ssl_certificate_id": to(f"{SITE}.arn")},
        {"lb_port": {"constant_value": 80}, "ssl_certificate_id": to("aws_acm_certificate.o.arn")},
    ]
    elb = change(kind, {"listener": [plain, secure]}, unknown=open_)
    (consumer,) = consumers(elb, resources=[CONFIGURED, configured(kind, listener=blocks)])
    assert (consumer.service, consumer.address) == ("clb", kind)
    # One block fewer than there are: others are made by a `dynamic` block, which is not told.
    assert consumers(elb, resources=[CONFIGURED, configured(kind, listener=blocks[:1])]) == ()


def test_constants_of_blocks():
    """Booleans are compared as Terraform converts them."""
    kind = "aws_cloudfront_distribution.x"
    block = {
        "acm_certificate_arn": to(f"{SITE}.arn"),
        "cloudfront_default_certificate": {"constant_value": "false"},
    }
    viewer = {"acm_certificate_arn": None, "cloudfront_default_certificate": False}
    open_ = {"viewer_certificate": [{"acm_certificate_arn": True}]}
    distribution = change(kind, {"aliases": None, "viewer_certificate": [viewer]}, unknown=open_)
    found = consumers(
        distribution, resources=[CONFIGURED, configured(kind, viewer_certificate=[block])]
    )
    assert [consumer.service for consumer in found] == ["cloudfront"]


def test_lists_of_certificates():
    """A certificate in a list is that of the list's expression."""
    kind = "aws_iot_domain_configuration.x"
    open_ = {"server_certificate_arns": [True]}
    iot = change(kind, {"domain_name": "a.io", "server_certificate_arns": [None]}, unknown=open_)
    resources = [CONFIGURED, configured(kind, server_certificate_arns=to(f"{SITE}.arn"))]
    (consumer,) = consumers(iot, resources=resources)
    assert consumer.service == "iot"


def test_traits_that_are_filled_in():
    """What the provider fills in is no trait."""
    kind = "aws_apigatewayv2_domain_name.x"
    flags = {"certificate_arn": True, "ownership_verification_certificate_arn": True}
    domain = change(
        kind,
        {"domain_name": "a.io", "domain_name_configuration": [{"endpoint_type": "REGIONAL"}]},
        unknown={"domain_name_configuration": [flags]},
    )
    blocks = [{"certificate_arn": to(f"{SITE}.arn")}]
    (consumer,) = consumers(
        domain, resources=[CONFIGURED, configured(kind, domain_name_configuration=blocks)]
    )
    assert consumer.traits == frozenset()


def test_rules_of_listeners():
    """The hosts of a listener that is not there yet are those of the rules that refer to it."""
    header = {"host_header": [{"values": ["brightharbor.io"]}]}
    rule = change("aws_lb_listener_rule.x", {"condition": [header]}, unknown={"listener_arn": True})
    resources = [
        *USED,
        configured("aws_lb_listener_rule.x", listener_arn=to(f"{LISTENER}.arn")),
    ]
    (consumer,) = consumers(listener(), rule, resources=resources)
    assert (consumer.hosts, consumer.hosts_known) == ((DomainName("brightharbor.io"),), True)


def test_places_of_consumers():
    """A consumer stands at what it will be, its certificate where the plan has its place."""
    (declaration,) = read_plan(plan(certificate(), listener(), resources=USED))
    text = declaration.source.text
    place = declaration.variants[0].location(("consumers", 0))
    assert text[place.start : place.end] == "after"
    place = declaration.variants[0].location(("consumers", 0, "certificate"))
    assert text[place.start : place.end] == "null"
    place = declaration.variants[0].location(())
    assert text[place.start : place.end] == "after"


# Zones and records --------------------------------------------------------------------------------

LOOKED_UP = "data.aws_route53_zone.main"


def looked_up(name="brightharbor.io", zone_id="Z1"):
    """Return a zone that was looked up."""
    return held(LOOKED_UP, {"name": name, "zone_id": zone_id, "private_zone": False})


def test_surroundings():
    """Zones and CAA records of the plan are there, those that were looked up too."""
    data = plan(
        certificate(),
        change("aws_route53_zone.new", {"name": "new.io", "vpc": []}, unknown={"zone_id": True}),
        change(
            "aws_route53_record.caa",
            {"name": "x", "type": "CAA", "zone_id": "Z1", "records": ['0 issue "a"']},
            unknown={"fqdn": True},
        ),
        resources=[configured("aws_route53_record.caa")],
        data=[looked_up(), held("aws_acm_certificate.old", ISSUED)],
    )
    variant = variant_of(data, SITE)
    assert variant.zones == (
        Zone(DomainName("new.io"), unknown("aws_route53_zone.new.zone_id"), "aws_route53_zone.new"),
        Zone(DomainName("brightharbor.io"), "Z1", LOOKED_UP),
    )
    records = ('0 issue "a"',)
    full = Unresolved((*unknown("aws_route53_record.caa.fqdn").parts,))
    assert variant.caa == (CaaRecordSet(full, records, "aws_route53_record.caa"),)


def proof(key, zone_id="Z1"):
    """Return a record that proves a name, not yet written; without a zone, to one not yet made."""
    open_ = {"name": True, "records": True, "zone_id": zone_id is None}
    return change(f"aws_route53_record.proof{key}", {"zone_id": zone_id}, unknown=open_)


LOOP = configured(
    "aws_route53_record.proof",
    for_each=to(f"{SITE}.domain_validation_options"),
    name=to("each.value.name"),
    zone_id=to("aws_route53_zone.new.zone_id"),
)
BY_COUNT = configured(
    "aws_route53_record.proof", name={"references": [SITE, "count.index"]}, zone_id=to("var.zone")
)


@pytest.mark.parametrize(
    ("records", "resource", "zones"),
    [
        ([proof('["brightharbor.io"]')], LOOP, ["Z1", None]),
        (
            [proof('["brightharbor.io"]'), proof('["www.brightharbor.io"]', "Z2")],
            LOOP,
            ["Z1", "Z2"],
        ),
        ([proof("[0]"), proof("[1]")], BY_COUNT, ["Z1", "Z1"]),
        ([proof("[0]"), proof("[1]", "Z2")], BY_COUNT, [None, None]),
        ([proof("")], configured("aws_route53_record.proof"), [None, None]),
        ([proof("")], configured("aws_route53_record.proof", name=to(f"{SITE}.arn")), [None, None]),
        ([change("aws_route53_record.proof", {}, unknown={"name": True})], BY_COUNT, [None, None]),
    ],
)
def test_validation_zones(records, resource, zones):
    """Each name is validated in the zone that the record for it is written to."""
    request = variant_of(
        plan(certificate(), *records, resources=[CONFIGURED, resource]), SITE
    ).request
    found = {str(o.domain_name): o.hosted_zone_id for o in request.validation_options}
    assert [found.get(name) for name in request.spellings] == zones


def test_validation_zones_that_are_not_there():
    """The id of a zone that is made by the same plan is the reference to it."""
    records = [proof('["brightharbor.io"]', None)]
    zone = change("aws_route53_zone.new", {"name": "a.io"}, unknown={"zone_id": True})
    data = plan(certificate(), *records, zone, resources=[CONFIGURED, LOOP])
    variant = variant_of(data, SITE)
    assert variant.request.validation_options == (
        ValidationOption(DomainName("brightharbor.io"), None, variant.zones[0].zone_id),
    )
    assert ("ACM412", ("validation_options", 0, "hosted_zone_id")) in said(data)


def test_validation_records_in_place():
    """A record that is there is known by its name; the zone is no part of what was asked."""
    record = {"name": "_0a.brightharbor.io", "zone_id": "Z1", "type": "CNAME"}
    other = {"name": "www.brightharbor.io", "zone_id": "Z2", "type": "A"}
    options = [*ISSUED["domain_validation_options"], {"resource_record_name": "_2c.a.io."}]
    after = ISSUED | {"domain_validation_options": options}
    data = plan(
        certificate(after, actions=["update"], before=ISSUED | {"tags_all": {}}, unknown={}),
        change("aws_route53_record.proof", record),
        change("aws_route53_record.other", other),
        data=[looked_up("lighthouse.io")],
    )
    variant = variant_of(data, SITE)
    options = (ValidationOption(DomainName("brightharbor.io"), None, "Z1"),)
    assert variant.request.validation_options == variant.issued.validation_options == options
    assert said(data) == {
        ("ACM412", ("validation_options", 0, "hosted_zone_id")),
    }


# States -------------------------------------------------------------------------------------------


def test_states():
    """A state has its certificates, in child modules too, with what uses them."""
    child = {
        "address": "module.m",
        "resources": [held(f"module.m.{SITE}", ISSUED | {"arn": OTHER_ARN})],
        "child_modules": [{"resources": [held(LISTENER, HTTPS | {"certificate_arn": OTHER_ARN})]}],
    }
    data = state(held(SITE, ISSUED, sensitive_values={"private_key": True}), children=[child])
    declarations = read_plan(data, name="state.json")
    assert [declaration.address for declaration in declarations] == [SITE, f"module.m.{SITE}"]
    assert [declaration.request.region for declaration in declarations] == [
        "us-east-1",
        "eu-west-1",
    ]
    assert [len(declaration.variants[0].consumers) for declaration in declarations] == [0, 1]
    assert declarations[0].variants[0].issued is None


def test_state_files():
    """A state file itself is read as what Terraform shows of it."""
    data = {
        "version": 4,
        "terraform_version": "1.9.5",
        "serial": 3,
        "lineage": "0b1c",
        "outputs": {},
        "resources": [
            {
                "mode": "managed",
                "type": "aws_acm_certificate",
                "name": "site",
                "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                "instances": [
                    {"schema_version": 0, "attributes": ISSUED, "sensitive_attributes": []},
                    {
                        "index_key": "a",
                        "attributes": ISSUED,
                        "sensitive_attributes": [
                            [{"type": "get_attr", "value": "domain_name"}],
                            [],
                        ],
                    },
                ],
            },
            {
                "module": "module.m[0]",
                "mode": "managed",
                "type": "aws_acm_certificate",
                "name": "site",
                "instances": [{"index_key": 0, "attributes": ISSUED}],
            },
            {
                "mode": "data",
                "type": "aws_route53_zone",
                "name": "main",
                "instances": [{"attributes": {"name": "a.io", "zone_id": "Z1"}}],
            },
        ],
    }
    declarations = read_plan(data, name="terraform.tfstate")
    assert [declaration.address for declaration in declarations] == [
        SITE,
        f'{SITE}["a"]',
        f"module.m[0].{SITE}[0]",
    ]
    assert declarations[0].request.spellings == ("brightharbor.io",)
    assert declarations[1].request.names[0] == unknown(f'{SITE}["a"].domain_name')
    assert [zone.address for zone in declarations[0].variants[0].zones] == [LOOKED_UP]


# Fixes --------------------------------------------------------------------------------------------


def test_fixes():
    """Nothing is changed in a plan, which Terraform makes anew: that is said for each fix."""
    after = ASKED | {"domain_name": "BrightHarbor.io", "subject_alternative_names": ["a.io"]}
    served = {"aliases": ["www.a.io"], "viewer_certificate": [{"acm_certificate_arn": ARN}]}
    site = change("aws_cloudfront_distribution.site", served)
    declarations = read_plan(plan(certificate(after | {"arn": ARN}, unknown={}), site))
    findings = [each for each in Linter().report(declarations).findings if each.fix]
    assert {finding.rule.id for finding in findings} >= {"ACM102", "ACM205"}
    for finding in findings:
        with pytest.raises(fixes.EditError, match="made by Terraform"):
            fixes.plan_fix(finding)


# What is no plan ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{}", "plan.json"),
        ("[]", "plan.json"),
        ('{"format_version": "1.0"}', "plan.json"),
        ('{"resource_changes": []}', "plan.json"),
        ("format_version: 1.0", "plan.json"),
        ("{format_version: x, values: y}", "plan.yaml"),
        ("{format_version: x, values: y}", "plan.yml"),
    ],
)
def test_other_texts(text, name):
    """A text that is neither plan nor state holds nothing, whatever words are in it."""
    assert read_plan(text, name=name) is None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"format_version": "2.0", "values": {}}, "has format version `2.0`, which is not known"),
        (
            {"format_version": "1.2", "resource_changes": {}},
            "`resource_changes` is a mapping, where a list belongs",
        ),
        (
            plan(certificate(["x"])),
            "`resource_changes.0.change.after` is a list, where a mapping belongs",
        ),
        (
            plan(certificate() | {"address": None}),
            "`resource_changes.0.address` is null, where a text belongs",
        ),
        (
            plan(certificate(ASKED | {"domain_name": ["x"]})),
            "`resource_changes.0.change.after.domain_name` is a list, where a text belongs",
        ),
    ],
)
def test_faults(data, fault):
    """A plan that is not as Terraform writes it is refused, with the place."""
    with pytest.raises(InputError, match=r"plan\.json") as caught:
        read_plan(data)
    assert caught.value.fault == fault


@pytest.mark.parametrize(
    "member", ['"x": {}', '"resource_changes": [{}]', '"values": {{"root_module": {}}}']
)
def test_deep_nesting(member):
    """A plan that is nested too deeply is refused in the same way."""
    many = '{"child_modules": [' * 50_000 + "]}" * 50_000
    text = f'{{"format_version": "1.2", "planned_values": {{}}, {member.format(many)}}}'
    with pytest.raises(InputError, match="nested too deeply"):
        read_plan(text)


def test_deep_modules():
    """So is one of which the parts are followed too deeply."""
    inside = {"resources": []}
    for _ in range(300):
        inside = {"child_modules": [inside]}
    assert read_plan({"format_version": "1.0", "values": {"root_module": inside}}) == ()
    chain = [f"aws_acm_certificate_validation.v{n}" for n in range(2_000)]
    resources = [
        configured(one, certificate_arn=to(f"{two}.certificate_arn"))
        for one, two in pairwise(chain)
    ]
    resources.append(configured(LISTENER, certificate_arn=to(f"{chain[0]}.certificate_arn")))
    with pytest.raises(InputError, match="nested too deeply"):
        read_plan(plan(listener(), resources=resources))


def test_needles():
    """A plan without a certificate in it is not even parsed."""
    text = json.dumps(plan(change(BUCKET, {})))
    assert registry.read(Source("plan.json", f"{text[:-1]}"), Parameters({})) == ()
    text = json.dumps(plan(certificate()))
    assert len(registry.read(Source("plan.json", text), Parameters({}))) == 1


def test_many_resources():
    """A plan of many resources is read without looking at each for each."""
    count = 300
    changes = [change(f"{SITE}[{n}]", ASKED, unknown=OPEN) for n in range(count)]
    changes += [
        change(f"{LISTENER}[{n}]", HTTPS, unknown={"certificate_arn": True}) for n in range(count)
    ]
    expression = {"references": [SITE, "count.index"]}
    resources = [CONFIGURED, configured(LISTENER, certificate_arn=expression)]
    declarations = read_plan(plan(*changes, resources=resources), indent=None)
    assert [len(declaration.variants[0].consumers) for declaration in declarations] == [1] * count


# Records, and what they lead to

BALANCER = "aws_lb.front"
WWW = "aws_route53_record.www"
ZONE_ID = "Z0123456789ABCDEFGHIJ"


def led(data):
    """Return the records of the first document, and what leads to each consumer."""
    declarations = read_plan(data, around=True)
    endpoints = {
        consumer.address: consumer.endpoints
        for declaration in declarations
        for consumer in declaration.variants[0].consumers
    }
    records = declarations[0].variants[0].records
    return [(str(r.name), r.endpoint, r.address) for r in records], endpoints


def test_records_of_a_plan_lead_to_what_is_not_there_yet():
    """Both the listener and the record refer to the balancer, whose names are not known."""
    zone = {"zone_id": ZONE_ID, "name": "www.b.io", "type": "A", "alias": [{"zone_id": "Z1"}]}
    data = plan(
        change(BALANCER, {}, unknown={"dns_name": True, "arn": True}),
        change(
            LISTENER,
            {"certificate_arn": ARN, "protocol": "HTTPS"},
            unknown={"load_balancer_arn": True},
        ),
        change(WWW, zone, unknown={"fqdn": True, "alias": [{"name": True}]}),
        resources=[
            configured(BALANCER),
            configured(LISTENER, load_balancer_arn=to(f"{BALANCER}.arn")),
            configured(WWW, alias=[{"name": to(f"{BALANCER}.dns_name")}]),
        ],
    )
    assert led(data) == ([("www.b.io", BALANCER, WWW)], {LISTENER: (BALANCER,)})
    assert read_plan(data)[0].variants[0].records == ()
    assert read_plan(data)[0].variants[0].consumers[0].endpoints == ()


def test_records_of_a_state_lead_to_names():
    """A listener has the ARN of its balancer, a record its name."""
    record = {"zone_id": ZONE_ID, "name": "www.b.io", "type": "A"}
    name, arn = "front-1.eu-west-1.elb.amazonaws.com", "arn:aws:elasticloadbalancing:x:front"
    data = state(
        held(BALANCER, {"arn": arn, "dns_name": name}),
        held(LISTENER, {"certificate_arn": ARN, "load_balancer_arn": arn}),
        held(WWW, record | {"alias": [{"name": f"dualstack.{name}"}]}),
    )
    assert led(data) == ([("www.b.io", f"{name}.", WWW)], {LISTENER: (BALANCER, f"{name}.")})


def test_a_plan_of_records_alone_is_what_stands_around():
    """There is a document of it for who asks, and none for who judges."""
    record = {"zone_id": ZONE_ID, "name": "www.b.io", "type": "CNAME", "records": ["x.example.net"]}
    data = state(held(WWW, record))
    [declaration] = read_plan(data, around=True)
    assert (declaration.address, len(declaration.variants[0].records)) == ("", 1)
    place = declaration.variants[0].location(("records", 0))
    assert declaration.source.text[place.start : place.end] == "www.b.io"
    assert read_plan(data) == ()
    assert read_plan(state(), around=True) == ()


def test_a_certificate_goes_by_its_arn():
    """Where it has one already."""
    [declaration] = read_plan(state(held(SITE, {"arn": ARN, "domain_name": "b.io"})))
    assert declaration.exported_as == (ARN,)
    [declaration] = read_plan(plan(change(SITE, {"domain_name": "b.io"}, unknown={"arn": True})))
    assert declaration.exported_as == ()


# Names that nobody serves


def test_all_consumers_are_known():
    """Where the plan hands a certificate to consumers alone, whose hosts it has, that is known."""

    def is_known(*resources, **module):
        site = {
            "aliases": ["x.io"],
            "viewer_certificate": [{}],
        }
        unknown_arn = {"viewer_certificate": [{"acm_certificate_arn": True}]}
        uses = {"references": ["aws_acm_certificate.a.arn", "aws_acm_certificate.a"]}
        distribution = "aws_cloudfront_distribution.site"
        data = plan(
            change("aws_acm_certificate.a", {"domain_name": "x.io", "validation_method": "DNS"}),
            change(distribution, site, unknown=unknown_arn),
            resources=[
                configured("aws_acm_certificate.a"),
                configured(distribution, viewer_certificate=[{"acm_certificate_arn": uses}]),
                *resources,
            ],
        )
        data["configuration"]["root_module"] |= module
        declarations = read_plan(data)
        [certificate] = [each for each in declarations if each.request]
        [variant] = certificate.variants
        assert len(variant.consumers) == 1
        return variant.all_consumers_known

    given = {"references": ["aws_acm_certificate.a.arn"]}
    waits = {"references": ["aws_acm_certificate_validation.v.certificate_arn"]}
    assert is_known()
    assert is_known(configured("aws_acm_certificate_validation.v", certificate_arn=given))
    assert not is_known(configured("aws_ssm_parameter.p", value=given))
    assert not is_known(configured("aws_ssm_parameter.p", block=[{"value": waits}]))
    assert not is_known(outputs={"arn": {"expression": given}})
    assert not is_known(module_calls={"m": {"expressions": {"arn": given}, "module": {}}})
    inside = {"outputs": {"arn": {"expression": given}}}
    assert not is_known(module_calls={"m": {"expressions": {}, "module": inside}})
    assert is_known(module_calls={"m": {"expressions": {}, "module": {}}})
    assert is_known(
        outputs={"name": {"expression": {"references": ["data.aws_acm_certificate.x"]}}}
    )


def test_a_plan_without_its_configuration():
    """Where nothing is told of the configuration, anything may use a certificate."""
    arn = {"domain_name": "x.io", "arn": ARN, "validation_method": "DNS"}
    site = {"aliases": ["x.io"], "viewer_certificate": [{"acm_certificate_arn": ARN}]}
    data = plan(
        change("aws_acm_certificate.a", arn, actions=("no-op",), before=arn),
        change("aws_cloudfront_distribution.s", site, actions=("no-op",), before=site),
    )
    del data["configuration"]
    [certificate] = [each for each in read_plan(data) if each.request]
    assert certificate.variants[0].consumers
    assert not certificate.variants[0].all_consumers_known
