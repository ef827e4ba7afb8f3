"""What the resources of a plan wait for."""

import pytest
from tests.support.terraform_plans import ARN, change, configured, plan, read_plan, to

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations

TAKEN = "aws_acm_certificate.c.arn"
AWAITED = "aws_acm_certificate_validation.v.certificate_arn"
NEW = {"arn": True, "id": True}


def certificate(name="c", domain="a.io", **more):
    """Return a certificate that the plan creates."""
    values = {"domain_name": domain, "subject_alternative_names": [domain]}
    values |= {"validation_method": "DNS"}
    return change(f"aws_acm_certificate.{name}", values, **({"unknown": NEW} | more))


VALIDATION = change("aws_acm_certificate_validation.v", {}, unknown={"certificate_arn": True})
LISTENER = change("aws_lb_listener.l", {"port": 443}, unknown={"certificate_arn": True})
CERTIFICATE_BLOCK = configured("aws_acm_certificate.c")
VALIDATION_BLOCK = configured("aws_acm_certificate_validation.v", certificate_arn=to(TAKEN))


def listener(*names, **more):
    """Return the configuration of a listener."""
    return configured("aws_lb_listener.l", certificate_arn=to(*(names or (TAKEN,)))) | more


def found(planned, *rules):
    """Return the rule ids and severities of findings, and of undecided checks."""
    report = check_declarations(read_plan(planned), Linter())
    return [
        f"{each.rule.id} {getattr(each, 'severity', 'skipped')}"
        for each in (*report.findings, *report.skips)
        if each.rule and each.rule.id in (rules or ("ACM515",))
    ]


ALL = certificate(), VALIDATION, LISTENER
SLEEP = configured("time_sleep.s") | {"depends_on": ["aws_acm_certificate_validation.v"]}
TOPIC = configured("aws_sns_topic.t") | {"depends_on": ["aws_acm_certificate_validation.v"]}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([VALIDATION_BLOCK, listener()], ["ACM515 error"]),
        ([VALIDATION_BLOCK, listener(AWAITED)], []),
        ([VALIDATION_BLOCK, listener(depends_on=["aws_acm_certificate_validation.v"])], []),
        ([VALIDATION_BLOCK, SLEEP, listener(depends_on=["time_sleep.s"])], []),
        ([VALIDATION_BLOCK, TOPIC, listener(depends_on=["aws_sns_topic.t"])], []),
        ([VALIDATION_BLOCK, listener(depends_on=["aws_sns_topic.t"])], ["ACM515 error"]),
    ],
)
def test_the_configuration_shows_what_waits(resources, expected):
    """References and `depends_on` of a plan are followed as in a configuration."""
    assert found(plan(*ALL, resources=[CERTIFICATE_BLOCK, *resources])) == expected


def test_nothing_waits():
    """Without a validation this is a warning; one that a condition excludes is not meant to be."""
    without = plan(certificate(), LISTENER, resources=[CERTIFICATE_BLOCK, listener()])
    assert found(without) == ["ACM515 warning"]
    excluded = [CERTIFICATE_BLOCK, VALIDATION_BLOCK, listener()]
    assert found(plan(certificate(), LISTENER, resources=excluded)) == []


def test_a_certificate_that_exists_is_not_pending():
    """If the plan does not create it, ACM has issued it before."""
    values = {"domain_name": "a.io", "validation_method": "DNS", "arn": ARN}
    existing = change("aws_acm_certificate.c", values, actions=("no-op",), before=values)
    user = change("aws_lb_listener.l", {"certificate_arn": ARN})
    blocks = [CERTIFICATE_BLOCK, VALIDATION_BLOCK, listener()]
    assert found(plan(existing, VALIDATION, user, resources=blocks)) == []


def test_a_replaced_certificate_is_pending():
    """A replacement has to be issued like a new certificate."""
    old = {"domain_name": "b.io", "validation_method": "DNS", "arn": ARN}
    replaced = certificate(actions=("create", "delete"), before=old)
    blocks = [CERTIFICATE_BLOCK, VALIDATION_BLOCK, listener()]
    assert found(plan(replaced, VALIDATION, LISTENER, resources=blocks)) == ["ACM515 error"]


def test_it_is_unknown_for_what_a_validation_waits():
    """A plan omits the expressions of locals, so it may be for this certificate."""
    block = configured("aws_acm_certificate_validation.v", certificate_arn=to("local.arn"))
    planned = plan(*ALL, resources=[CERTIFICATE_BLOCK, block, listener()])
    assert found(planned) == ["ACM515 skipped"]


def call(resources, outputs=None, **more):
    """Return the call of a module."""
    module = {"resources": resources, "outputs": outputs or {}}
    return {"m": {"source": "./m", "module": module} | more}


INSIDE = [CERTIFICATE_BLOCK, VALIDATION_BLOCK]


@pytest.mark.parametrize(
    ("output", "more", "expected"),
    [
        ({"expression": to(TAKEN)}, {}, ["ACM515 error"]),
        ({"expression": to(AWAITED)}, {}, []),
        (
            {"expression": to(TAKEN), "depends_on": ["aws_acm_certificate_validation.v"]},
            {},
            [],
        ),
        ({"expression": to(TAKEN)}, {"depends_on": ["module.m"]}, []),
    ],
)
def test_outputs_of_modules(output, more, expected):
    """An output waits if its value or its `depends_on` does; so does the whole module."""
    changes = [
        change("module.m.aws_acm_certificate.c", certificate()["change"]["after"], unknown=NEW),
        change("module.m.aws_acm_certificate_validation.v", {}, unknown={"certificate_arn": True}),
        LISTENER,
    ]
    user = listener("module.m.arn", **more)
    planned = plan(*changes, resources=[user], calls=call(INSIDE, {"arn": output}))
    assert found(planned) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"expressions": {"arn": to(TAKEN)}}, ["ACM515 error"]),
        ({"expressions": {"arn": to(AWAITED)}}, []),
        (
            {
                "expressions": {"arn": to(TAKEN)},
                "depends_on": ["aws_acm_certificate_validation.v"],
            },
            [],
        ),
    ],
)
def test_arguments_of_modules(arguments, expected):
    """What is in a module depends on the `depends_on` of its call."""
    inside = [listener("var.arn")]
    user = change("module.m.aws_lb_listener.l", {}, unknown={"certificate_arn": True})
    calls = call(inside, **arguments)
    planned = plan(certificate(), VALIDATION, user, resources=INSIDE, calls=calls)
    assert found(planned) == expected


# Where a validation looks

REGIONS = {
    "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
    "aws.us": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}},
}


@pytest.mark.parametrize(("provider", "expected"), [("aws", []), ("aws.us", ["ACM516 error"])])
def test_the_region_of_a_validation(provider, expected):
    """It looks in the Region of its own provider."""
    block = configured(
        "aws_acm_certificate_validation.v", provider=provider, certificate_arn=to(TAKEN)
    )
    blocks = [CERTIFICATE_BLOCK, block]
    planned = plan(certificate(), VALIDATION, resources=blocks, providers=REGIONS)
    assert found(planned, "ACM516") == expected


RECORD = configured(
    "aws_route53_record.d",
    for_each=to("aws_acm_certificate.d.domain_validation_options"),
    zone_id=to("data.aws_route53_zone.z.zone_id"),
)


@pytest.mark.parametrize(
    ("domain", "reference", "expected"),
    [
        ("b.io", "aws_route53_record.d", ["ACM516 error"]),
        ("a.io", "aws_route53_record.d", []),
        ("b.io", "aws_acm_certificate.d.domain_validation_options", ["ACM516 error"]),
        ("b.io", "aws_acm_certificate.c.domain_validation_options", []),
        ("b.io", "local.fqdns", []),
        ("b.io", "var.fqdns", []),
        ("b.io", "data.aws_x.y.fqdns", []),
    ],
)
def test_records_of_another_certificate(domain, reference, expected):
    """They are correct only for the names that both certificates list."""
    block = configured(
        "aws_acm_certificate_validation.v",
        certificate_arn=to(TAKEN),
        validation_record_fqdns=to(reference),
    )
    blocks = [CERTIFICATE_BLOCK, configured("aws_acm_certificate.d"), RECORD, block]
    planned = plan(certificate(), certificate("d", domain), VALIDATION, resources=blocks)
    assert found(planned, "ACM516") == expected


# Data sources


def looking(reads=(), provider="aws", depends_on=(), **values):
    """Return a data source that looks during the apply, and its configuration."""
    address = "data.aws_acm_certificate.d"
    entry = change("aws_acm_certificate.d", {"domain": "a.io"} | values, actions=("read",))
    entry |= {"mode": "data", "address": address}
    block = configured("aws_acm_certificate.d", provider=provider, domain=to(*reads))
    block |= {"mode": "data", "address": address, "depends_on": list(depends_on)}
    return entry, block


NAME = ["aws_acm_certificate.c.domain_name"]
WAITS = {"reads": NAME, "depends_on": ["aws_acm_certificate_validation.v"]}


@pytest.mark.parametrize(
    ("looks", "key", "expected"),
    [
        (WAITS, None, []),
        (WAITS, "EC_prime256v1", ["ACM517 error"]),
        (WAITS | {"key_types": ["EC_prime256v1"]}, "EC_prime256v1", []),
        (WAITS | {"provider": "aws.us"}, None, ["ACM517 error"]),
        ({"reads": NAME}, None, ["ACM517 error"]),
        ({"reads": NAME, "statuses": ["PENDING_VALIDATION"]}, None, []),
        ({"reads": ["var.x"]}, "EC_prime256v1", []),
        (WAITS | {"domain": "b.io"}, "EC_prime256v1", []),
    ],
)
def test_data_sources_that_are_read_during_the_apply(looks, key, expected):
    """All others have found their certificate before Terraform made the plan."""
    entry, block = looking(**looks)
    new = certificate()
    new["change"]["after"]["key_algorithm"] = key
    planned = plan(
        *(new, VALIDATION, entry),
        resources=[CERTIFICATE_BLOCK, VALIDATION_BLOCK, block],
        providers=REGIONS,
    )
    assert found(planned, "ACM517") == expected


def test_a_consumer_that_waits_for_a_data_source():
    """A data source may wait for the validation, and the consumer for the data source."""
    _, block = looking(**WAITS)
    user = listener(depends_on=["data.aws_acm_certificate.d"])
    blocks = [CERTIFICATE_BLOCK, VALIDATION_BLOCK, block, user]
    assert found(plan(*ALL, resources=blocks)) == []
