"""Terraform plans and states: exact values, unknown values, and replacements."""

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
from tests.support.x509 import certificate as x509_certificate
from tests.support.x509 import text as pem_text

from acmrules.lint import fixes
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.names import DomainName
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod, ValidationOption
from acmrules.resources import CaaRecordSet, CertificateReference, Zone
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unresolved

SITE = "aws_acm_certificate.site"
LISTENER = "aws_lb_listener.https"
BUCKET = "aws_s3_bucket.logs"

PLANNED = {
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
ISSUED = PLANNED | {
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


def certificate(after=PLANNED, **more):
    """Return the change of the certificate."""
    return change(SITE, after, **{"unknown": OPEN, **more})


def listener(after=HTTPS, **more):
    """Return the change of a listener whose certificate is not known yet."""
    return change(LISTENER, after, unknown={"arn": True, "certificate_arn": True}, **more)


def request_after(after, **more):
    """Return the request of a plan with a certificate."""
    return variant_of(plan(certificate(after, **more)), SITE).request


# Laws ---------------------------------------------------------------------------------------------


@given(requests(), st.sampled_from([None, 1, 4]), st.booleans())
def test_requests_come_back(members, indent, as_state):
    """A request written as a plan or a state is read back unchanged."""
    # A map has each key once.
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
def test_names_are_located_where_they_are_written(members, indent):
    """The text at a name's location is the name as written, or as JSON escapes it."""
    (declaration,) = read_plan(plan(change(SITE, attributes(members))), indent=indent)
    (variant,) = declaration.variants
    for index, name in enumerate(declaration.request.spellings):
        location = variant.location(("names", index))
        assert declaration.source.text[location.start : location.end] == json.dumps(name)[1:-1]


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


def pointers_in(data, pointer=()):
    """Yield the pointers to all values in some data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in inside:
        yield (*pointer, step)
        if isinstance(value, dict | list):
            yield from pointers_in(value, (*pointer, step))


POINTERS = sorted(pointers_in(WHOLE), key=str)


@given(st.sampled_from(POINTERS), wild_data())
def test_wild_plans(pointer, value):
    """Any plan results in declarations with locations, in an `InputError`, or in nothing."""
    data = json.loads(json.dumps(WHOLE))
    inside = data
    for step in pointer[:-1]:
        inside = inside[step]
    inside[pointer[-1]] = value
    try:
        positions(read_plan(data) or ())
    except InputError as unreadable:
        assert unreadable.fault  # noqa: PT017  (a law of both outcomes)


@given(st.integers(min_value=0, max_value=len(json.dumps(WHOLE)) - 1))
def test_truncated_plans(length):
    """A truncated plan is rejected as invalid JSON."""
    text = json.dumps(WHOLE)[:length]
    if length:
        with pytest.raises(InputError, match=r"not valid JSON|is JSON that ends after"):
            read_plan(text)
    else:
        assert read_plan(text) is None


@given(st.sampled_from([None, 1]))
def test_line_ends_do_not_affect_positions(indent):
    """LF and CR LF result in the same lines and columns."""
    text = json.dumps(WHOLE, indent=indent)
    read = [positions(read_plan(each)) for each in (text, text.replace("\n", "\r\n"))]
    assert read[0] == read[1]


@given(requests(), st.data())
def test_unknown_and_sensitive_values_are_not_shown(members, data):
    """Unknown and sensitive values occur nowhere in the result."""
    after = attributes(members)
    members = sorted(key for key, value in after.items() if isinstance(value, str))
    member = data.draw(st.sampled_from(members))
    flag = data.draw(st.sampled_from(["unknown", "sensitive"]))
    secret = "never-shown"
    given_after = {**after, member: secret}
    (declaration,) = read_plan(plan(change(SITE, given_after, **{flag: {member: True}})))
    request = pickle.dumps(declaration.variants[0].request).decode("latin-1")
    assert secret not in request
    assert f"{SITE}.{member}" in request


# Certificates -------------------------------------------------------------------------------------


def test_every_attribute():
    """A certificate has its exact values, without those that the provider computes."""
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


def test_unknown_values():
    """A value known after apply is labeled with its attribute, and located at the change."""
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
    location = declaration.variants[0].location(("names", 0))
    line = declaration.source.position(location.start).line
    assert '"after"' in declaration.source.line(line)


def test_unknown_lists():
    """An unknown list is any number of names."""
    request = request_after(
        {"domain_name": "a.io"}, unknown={"subject_alternative_names": True, "tags": {"a": True}}
    )
    assert list(map(str, request.names)) == ["a.io", f"${{{SITE}.subject_alternative_names}}"]
    assert request.tags == (Tag("a", unknown(f"{SITE}.tags.a")),)
    request = request_after({"domain_name": "a.io"}, unknown={"subject_alternative_names": [True]})
    assert list(map(str, request.names)) == ["a.io", f"${{{SITE}.subject_alternative_names[0]}}"]


def test_imports():
    """A certificate with a key is imported, and the key is never read."""
    after = {"certificate_body": "-----BEGIN CERTIFICATE", "private_key": "never shown"}
    data = plan(
        certificate(after, unknown={"domain_name": True}, sensitive={"private_key": True}),
        change("aws_acm_certificate.known", {"domain_name": "a.io", "type": "IMPORTED"}),
    )
    for declaration in read_plan(data):
        variant = declaration.variants[0]
        assert variant.request is None
        assert variant.imported.create_before_destroy is True
        assert variant.imported.leaf is None
        assert b"never shown" not in pickle.dumps(variant.__replace__(locations={}))


@pytest.mark.parametrize(
    ("actions", "before", "exists"),
    [
        (["create"], None, False),
        (["update"], "other", False),
        (["update"], "same", True),
        (["no-op"], "same", True),
        (["create", "delete"], "same", False),
    ],
)
def test_the_body_of_an_import_in_a_plan(actions, before, exists):
    """A plan contains the body; if it does not change, ACM has accepted it before."""
    body = pem_text(x509_certificate("a.io", "CA"))
    old = before and {"certificate_body": body if before == "same" else "0a" * 20}
    made = certificate({"certificate_body": body}, actions=actions, before=old, unknown={})
    variant = variant_of(plan(made), SITE)
    assert [*map(str, variant.imported.names)] == ["a.io"]
    assert (variant.imported.exists, len(variant.signed)) == (exists, 1)
    known = variant.imported_before and variant.imported_before.leaf
    assert bool(known) is (before == "same" and actions != ["no-op"])


@pytest.mark.parametrize("indent", [None, 1])
def test_sensitive_strings(indent):
    """Sensitive values are masked in the source for excerpts, without moving anything."""
    secret = "never-shown"
    after = PLANNED | {
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


def test_sensitive_certificates():
    """No value of a certificate that is entirely sensitive is read."""
    data = certificate(actions=["update"], before=ISSUED, before_sensitive=True)
    assert variant_of(plan(data), SITE).issued is None
    with pytest.raises(InputError, match="has no `domain_name`"):
        read_plan(plan(certificate(sensitive=True)))


def test_sensitive_nulls():
    """A null value is absent even if it is marked sensitive."""
    assert request_after(PLANNED, sensitive={"private_key": True}).import_fields == ()


def test_private_certificates():
    """Values that the provider computes for a private certificate are not part of the request."""
    private = ISSUED | {
        "certificate_authority_arn": "arn:aws:acm-pca:eu-west-1:111122223333:x",
        "validation_method": "NONE",
    }
    request = variant_of(state(held(SITE, private)), SITE).request
    assert (request.validation_method, request.export) == (None, None)
    options = configured(SITE, options=[{"export": {"constant_value": "DISABLED"}}])
    request = variant_of(plan(certificate(private), resources=[options]), SITE).request
    assert request.export == "DISABLED"


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
def test_resources_without_a_request(entry):
    """Resources that are destroyed, forgotten or only looked up are not requests."""
    assert read_plan(plan(entry)) == ()


def test_addresses():
    """Declarations have Terraform's addresses, in the order of the plan."""
    addresses = [
        'module.a["x.y"].aws_acm_certificate.site[0]',
        "aws_acm_certificate.site",
        'aws_acm_certificate.site["*.a.io"]',
    ]
    declarations = read_plan(plan(*(change(address, PLANNED) for address in addresses)))
    assert [declaration.address for declaration in declarations] == addresses


# Changes ------------------------------------------------------------------------------------------


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
    """The actions determine whether a certificate is replaced, and what exists before."""
    before = None if actions == ["create"] else ISSUED
    variant = variant_of(plan(certificate(actions=actions, before=before)), SITE)
    assert variant.request.create_before_destroy is create_first
    assert (variant.issued is not None) is issued


def test_issued():
    """The issued certificate has the values of the prior state."""
    data = plan(certificate(actions=["delete", "create"], before=ISSUED), resources=[CONFIGURED])
    issued = variant_of(data, SITE).issued
    assert issued.spellings == ("brightharbor.io",)
    assert issued.key_algorithm is KeyAlgorithm.RSA_2048
    assert issued.region == "eu-west-1"


def findings(data, **known):
    """Return the ids and the locations of findings."""
    findings = check_declarations(read_plan(data, **known), Linter()).findings
    return {(finding.rule.id, finding.path) for finding in findings}


USED = [CONFIGURED, configured(LISTENER, certificate_arn=to(f"{SITE}.arn"))]


@pytest.mark.parametrize(
    ("actions", "before", "found"),
    [
        (["delete", "create"], ISSUED, {("ACM603", None)}),
        (["create", "delete"], ISSUED, {("ACM601", ("names",))}),
        (["create"], None, set()),
        (["no-op"], ISSUED, set()),
        (["update"], PLANNED | {"tags_all": {}}, set()),
    ],
)
def test_replacements(actions, before, found):
    """ACM603 reports a replacement that fails, and ACM601 one that does not."""
    data = plan(certificate(actions=actions, before=before), listener(), resources=USED)
    found_rules = {(rule, path) for rule, path in findings(data) if rule.startswith("ACM6")}
    assert {(rule, None if rule == "ACM603" else path) for rule, path in found_rules} == found


def test_changed_attributes():
    """A change of an attribute that cannot be edited is reported."""
    before = ISSUED | {"subject_alternative_names": PLANNED["subject_alternative_names"]}
    after = PLANNED | {"key_algorithm": "EC_prime256v1"}
    data = plan(certificate(after, actions=["create", "delete"], before=before, unknown={}))
    assert ("ACM602", ("key_algorithm",)) in findings(data)


@pytest.mark.parametrize(("actions", "fails"), [(["update"], True), (["create", "delete"], False)])
def test_a_replacement_may_have_another_value_of_export(actions, fails):
    """ACM rejects an edit of `export` in place, and a new certificate may have any value."""
    options = [{"certificate_transparency_logging_preference": "ENABLED", "export": "ENABLED"}]
    after = PLANNED | {"options": options}
    before = ISSUED | {"subject_alternative_names": PLANNED["subject_alternative_names"]}
    data = plan(certificate(after, actions=actions, before=before, unknown={}))
    assert (("ACM602", ("export",)) in findings(data)) is fails


def test_sensitive_names_of_the_issued_certificate():
    """Sensitive names of the issued certificate are not shown."""
    flags = {"domain_name": True}
    data = certificate(actions=["update"], before=ISSUED, sensitive=flags, before_sensitive=flags)
    variant = variant_of(plan(data), SITE)
    assert variant.request.names[0] == unknown(f"{SITE}.domain_name")
    assert variant.issued.names[0] == unknown(f"prior {SITE}.domain_name")


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
    """A consumer of a new certificate refers to it, directly or through other values."""
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
def test_ambiguous_references(expression):
    """A reference that may mean several certificates means none."""
    expressions = {"certificate_arn": expression} if expression else {}
    data = plan(
        certificate(), listener(), resources=[CONFIGURED, configured(LISTENER, **expressions)]
    )
    assert variant_of(data, SITE).consumers == ()
    (consumer,) = variant_of(data, LISTENER).consumers
    assert consumer.certificate == unknown(f"{LISTENER}.certificate_arn")


def test_arns():
    """A consumer of an existing certificate uses it by ARN, otherwise it is on its own."""
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
    """A reference means the instance with the same key, or the one that it names."""
    keys = ('"a"', '"b"')
    changes = [change(f"{SITE}[{key}]", PLANNED, unknown=OPEN) for key in keys]
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
    """A certificate in a module is found through its outputs, in the instance that is named."""
    inside = configured(SITE, domain_name=to("var.name"))
    outputs = {"arn": {"expression": to(f"{SITE}.arn")}}
    calls = {"acm": {"module": {"resources": [inside], "outputs": outputs}}}
    addresses = [f'module.acm["{key}"].{SITE}' for key in "ab"]
    expression = {"references": ['module.acm["b"].arn', 'module.acm["b"]', "module.acm"]}
    data = plan(
        *(change(address, PLANNED, unknown=OPEN) for address in addresses),
        listener(),
        resources=[configured(LISTENER, certificate_arn=expression)],
        calls=calls,
    )
    found = [
        [each.address for each in variant_of(data, address).consumers] for address in addresses
    ]
    assert found == [[], [LISTENER]]


def test_blocks():
    """A certificate in a block is found by the constants of the block."""
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
    # One block fewer than there are: the configuration omits those of a `dynamic` block.
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
    """A certificate in a list is found through the expression of the list."""
    kind = "aws_iot_domain_configuration.x"
    open_ = {"server_certificate_arns": [True]}
    iot = change(kind, {"domain_name": "a.io", "server_certificate_arns": [None]}, unknown=open_)
    resources = [CONFIGURED, configured(kind, server_certificate_arns=to(f"{SITE}.arn"))]
    (consumer,) = consumers(iot, resources=resources)
    assert consumer.service == "iot"


def test_computed_traits():
    """Computed values do not add traits."""
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
    """A new listener serves the hosts of the rules that refer to it."""
    header = {"host_header": [{"values": ["brightharbor.io"]}]}
    rule = change("aws_lb_listener_rule.x", {"condition": [header]}, unknown={"listener_arn": True})
    resources = [
        *USED,
        configured("aws_lb_listener_rule.x", listener_arn=to(f"{LISTENER}.arn")),
    ]
    (consumer,) = consumers(listener(), rule, resources=resources)
    assert (consumer.hosts, consumer.hosts_known) == ((DomainName("brightharbor.io"),), True)


def test_locations_of_consumers():
    """A consumer is located at its planned values, and so is its certificate where possible."""
    (declaration,) = read_plan(plan(certificate(), listener(), resources=USED))
    text = declaration.source.text
    location = declaration.variants[0].location(("consumers", 0))
    assert text[location.start : location.end] == "after"
    location = declaration.variants[0].location(("consumers", 0, "certificate"))
    assert text[location.start : location.end] == "null"
    location = declaration.variants[0].location(())
    assert text[location.start : location.end] == "after"


# Zones and records --------------------------------------------------------------------------------

LOOKED_UP = "data.aws_route53_zone.main"


def looked_up(name="brightharbor.io", zone_id="Z1"):
    """Return a zone that was looked up."""
    return held(LOOKED_UP, {"name": name, "zone_id": zone_id, "private_zone": False})


def test_dns_resources():
    """Zones and CAA records are read from the plan, including data sources."""
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
    """Return a new validation record for a name, in a new zone unless one is given."""
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
    """Each name is validated in the zone of its record."""
    request = variant_of(
        plan(certificate(), *records, resources=[CONFIGURED, resource]), SITE
    ).request
    found = {str(o.domain_name): o.hosted_zone_id for o in request.validation_options}
    assert [found.get(name) for name in request.spellings] == zones


def test_validation_zones_of_the_same_plan():
    """The id of a zone that the plan creates is a reference to the zone."""
    records = [proof('["brightharbor.io"]', None)]
    zone = change("aws_route53_zone.new", {"name": "a.io"}, unknown={"zone_id": True})
    data = plan(certificate(), *records, zone, resources=[CONFIGURED, LOOP])
    variant = variant_of(data, SITE)
    assert variant.request.validation_options == (
        ValidationOption(DomainName("brightharbor.io"), None, variant.zones[0].zone_id),
    )
    assert ("ACM412", ("validation_options", 0, "hosted_zone_id")) in findings(data)


def test_validation_records_in_place():
    """An existing record is found by its name, and its zone is not part of the request."""
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
    assert findings(data) == {
        ("ACM412", ("validation_options", 0, "hosted_zone_id")),
    }


# States -------------------------------------------------------------------------------------------


def test_states():
    """A state has its certificates, including those in child modules, with their consumers."""
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
    """A state file is read like the output of `terraform show`."""
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
    """No fix is applied to a plan, because it is generated: each fix is rejected."""
    after = PLANNED | {"domain_name": "BrightHarbor.io", "subject_alternative_names": ["a.io"]}
    served = {"aliases": ["www.a.io"], "viewer_certificate": [{"acm_certificate_arn": ARN}]}
    site = change("aws_cloudfront_distribution.site", served)
    declarations = read_plan(plan(certificate(after | {"arn": ARN}, unknown={}), site))
    findings = [each for each in check_declarations(declarations, Linter()).findings if each.fix]
    assert {finding.rule.id for finding in findings} >= {"ACM102", "ACM205"}
    for finding in findings:
        with pytest.raises(fixes.EditError, match="generated by Terraform"):
            fixes.plan_fix(finding)


# Invalid input ------------------------------------------------------------------------------------


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
def test_other_json(text, name):
    """JSON that is neither a plan nor a state has no declarations."""
    assert read_plan(text, name=name) is None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"format_version": "2.0", "values": {}}, "has the unsupported format version `2.0`"),
        (
            {"format_version": "1.2", "resource_changes": {}},
            "`resource_changes` must be a list, not a mapping",
        ),
        (
            plan(certificate(["x"])),
            "`resource_changes.0.change.after` must be a mapping, not a list",
        ),
        (
            plan(certificate() | {"address": None}),
            "`resource_changes.0.address` must be a string, not null",
        ),
        (
            plan(certificate(PLANNED | {"domain_name": ["x"]})),
            "`resource_changes.0.change.after.domain_name` must be a string, not a list",
        ),
    ],
)
def test_faults(data, fault):
    """An invalid plan is rejected with a position."""
    with pytest.raises(InputError, match=r"plan\.json") as caught:
        read_plan(data)
    assert caught.value.fault == fault


@pytest.mark.parametrize(
    "member", ['"x": {}', '"resource_changes": [{}]', '"values": {{"root_module": {}}}']
)
def test_deep_nesting(member):
    """A plan that is nested too deeply is rejected."""
    many = '{"child_modules": [' * 50_000 + "]}" * 50_000
    text = f'{{"format_version": "1.2", "planned_values": {{}}, {member.format(many)}}}'
    with pytest.raises(InputError, match="nested too deeply"):
        read_plan(text)


def test_deep_modules():
    """A plan whose modules are nested too deeply is rejected."""
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
    """A plan without certificates is not parsed."""
    text = json.dumps(plan(change(BUCKET, {})))
    assert registry.read(Source("plan.json", f"{text[:-1]}"), Parameters({})) == ()
    text = json.dumps(plan(certificate()))
    assert len(registry.read(Source("plan.json", text), Parameters({}))) == 1


def test_many_resources():
    """A plan with many resources is read in linear time."""
    count = 300
    changes = [change(f"{SITE}[{n}]", PLANNED, unknown=OPEN) for n in range(count)]
    changes += [
        change(f"{LISTENER}[{n}]", HTTPS, unknown={"certificate_arn": True}) for n in range(count)
    ]
    expression = {"references": [SITE, "count.index"]}
    resources = [CONFIGURED, configured(LISTENER, certificate_arn=expression)]
    declarations = read_plan(plan(*changes, resources=resources), indent=None)
    assert [len(declaration.variants[0].consumers) for declaration in declarations] == [1] * count


# Records and endpoints

BALANCER = "aws_lb.front"
WWW = "aws_route53_record.www"
ZONE_ID = "Z0123456789ABCDEFGHIJ"


def records_and_endpoints(data):
    """Return the records of the first declaration, and the endpoints of each consumer."""
    declarations = read_plan(data, scope=ReadScope.EVERYTHING)
    endpoints = {
        consumer.address: consumer.endpoints
        for declaration in declarations
        for consumer in declaration.variants[0].consumers
    }
    records = declarations[0].variants[0].records
    return [(str(r.name), r.endpoint, r.address) for r in records], endpoints


def test_records_of_a_plan_point_to_new_resources():
    """Listener and record refer to a new load balancer, whose names are unknown."""
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
    assert records_and_endpoints(data) == ([("www.b.io", BALANCER, WWW)], {LISTENER: (BALANCER,)})
    assert read_plan(data)[0].variants[0].records == ()
    assert read_plan(data)[0].variants[0].consumers[0].endpoints == ()


def test_records_of_a_state_point_to_names():
    """A listener has the ARN of its load balancer, and a record has its name."""
    record = {"zone_id": ZONE_ID, "name": "www.b.io", "type": "A"}
    name, arn = "front-1.eu-west-1.elb.amazonaws.com", "arn:aws:elasticloadbalancing:x:front"
    data = state(
        held(BALANCER, {"arn": arn, "dns_name": name}),
        held(LISTENER, {"certificate_arn": ARN, "load_balancer_arn": arn}),
        held(WWW, record | {"alias": [{"name": f"dualstack.{name}"}]}),
    )
    assert records_and_endpoints(data) == (
        [("www.b.io", f"{name}.", WWW)],
        {LISTENER: (BALANCER, f"{name}.")},
    )


def test_a_plan_with_only_records_is_in_the_inventory():
    """A plan with only records has a declaration for an inventory, but not for a check."""
    record = {"zone_id": ZONE_ID, "name": "www.b.io", "type": "CNAME", "records": ["x.example.net"]}
    data = state(held(WWW, record))
    [declaration] = read_plan(data, scope=ReadScope.EVERYTHING)
    assert (declaration.address, len(declaration.variants[0].records)) == ("", 1)
    location = declaration.variants[0].location(("records", 0))
    assert declaration.source.text[location.start : location.end] == "www.b.io"
    assert read_plan(data) == ()
    assert read_plan(state(), scope=ReadScope.EVERYTHING) == ()


def test_an_existing_certificate_is_identified_by_its_arn():
    """An existing certificate is identified by its ARN."""
    [declaration] = read_plan(state(held(SITE, {"arn": ARN, "domain_name": "b.io"})))
    assert declaration.exported_as == (ARN,)
    [declaration] = read_plan(plan(change(SITE, {"domain_name": "b.io"}, unknown={"arn": True})))
    assert declaration.exported_as == ()


# Unused names


def test_all_consumers_are_known():
    """All consumers are known if the plan uses a certificate only in consumers with known hosts."""

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
    """A plan without its configuration may have further consumers."""
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
