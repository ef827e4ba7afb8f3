"""Every rule on partly known values: it decides, or it is undecided and names the unknown ones."""

import pytest
from tests.support.rules import (
    RULES,
    ZONE,
    check_rule,
    consumer,
    name,
    names_of,
    option,
    outcomes,
    part,
    request,
)

from acmrules.dns_validation import DnsValidation
from acmrules.lint.policy import Policy
from acmrules.lint.rules import CATALOGUE
from acmrules.request import CertificateRequest, KeyAlgorithm, Tag, Tool, ValidationMethod
from acmrules.resources import (
    CaaRecordSet,
    Consumer,
    ControllerListener,
    DataSource,
    Issuance,
    ValidationWait,
    Zone,
    ZoneRecord,
)
from acmrules.unresolved import Unknown, Unresolved

X, Y = part("${X}"), part("${Y}")
WWW_X, STAR_X, X_IO = part("www.", "${X}"), part("*.", "${X}"), part("${X}", ".brightharbor.io")
MANY = names_of("${Names}")
AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
DNS, EMAIL = {"validation_method": "DNS"}, {"validation_method": "EMAIL"}
STACK = {"tool": Tool.CLOUDFORMATION}
LONG = "a." * 30 + "brightharbor.io"
METHOD, OPTIONS, CERTIFICATE = "validation_method", "validation_options", "consumers 0 certificate"
CA = "certificate_authority_arn"
HIERARCHY, USAGE = "root_hierarchy", "certificate_usage"
N2, CLIENT_ONLY = {HIERARCHY: "N2_AMAZON_MANAGED"}, {USAGE: "CLIENT_AUTH_ONLY"}
CLIENT = ("serverAuth", "clientAuth")
EARLY = Issuance("aws_acm_certificate.c.arn", ())
TERRAFORM = {"tool": Tool.TERRAFORM}


def whole(label):
    return Unresolved((Unknown(label),))


def options(*listed):
    return {"validation_options": tuple(listed)}


def used(service="alb", *hosts, **fields):
    return {"consumers": (consumer(service, *hosts, **fields),)}


def all_used(*hosts):
    return used("cloudfront", *hosts, hosts_known=True) | {"all_consumers_known": True}


def taken(issuance):
    return used(issuance=issuance) | TERRAFORM


def validation(region, *records_of):
    validated = (name("b.io"),) if records_of else ()
    return TERRAFORM | {"validations": (ValidationWait("v", region, records_of, validated),)}


def source(region, *key_types):
    return TERRAFORM | {"sources": (DataSource("data.d", region, key_types),)}


def zones(*names, private=False):
    return {"zones": tuple(Zone(name(n), part("${Zone}"), "Zone", private) for n in names)}


def caa(domain_name, *records):
    return {"caa": (CaaRecordSet(name(domain_name), records, "Caa"),)}


def issued(*names, **fields):
    return {"issued": request(*names, **DNS | fields), **DNS}


def hosts(count):
    return [f"h{number}.brightharbor.io" for number in range(count)]


def policy(**stated):
    return {"policy": Policy(**stated)}


def delegated(domain_name, top):
    """Return a zone and a record that delegates a name from it."""
    record = ZoneRecord(name(domain_name), ZONE, "Record", ("ns-1.awsdns-1.org",))
    return {"zone_records": (record,), "zones": (Zone(name(top), ZONE, "Zone"),)}


OURS, THEIRS = "210987654320", "310987654321"
HARBOR, ALGORITHM = name("brightharbor.io"), "key_algorithm"
POLICY = policy(
    validation_methods=(ValidationMethod.DNS,), key_algorithms=(KeyAlgorithm.EC_PRIME256V1,)
)
IN_ZONE = options(option("api.brightharbor.io", None, part("${Zone}")))
IN_X = options(option("api.brightharbor.io", None, X))
LETTERS = '0 issue "letsencrypt.org"'

# Cases that the known parts decide: the paths with a finding, with its severity.
DECIDED = [
    ("ACM101", [part("my_app.", "${X}")], {}, {"names 0: error"}),
    ("ACM101", [part("${X}", " .io")], {}, {"names 0: error"}),
    ("ACM101", [part("${X}", ".a" * 127)], {}, {"names 0: error"}),
    ("ACM102", [part("API.", "${X}")], {}, {"names 0: warning"}),
    ("ACM103", [part("ab--cd.", "${X}")], {}, {"names 0: error"}),
    ("ACM104", [part("${X}", ".12")], {}, {"names 0: error"}),
    ("ACM104", [X_IO], {}, set()),
    ("ACM105", [part("${X}", ".local")], {}, {"names 0: error"}),
    ("ACM105", [X_IO], {}, set()),
    ("ACM106", [X_IO], {}, set()),
    ("ACM107", [part("${X}", ".elb.amazonaws.com")], {}, {"names 0: error"}),
    ("ACM107", [X_IO], {}, set()),
    ("ACM108", [part("${X}", ".in-addr.arpa")], {}, {"names 0: error"}),
    ("ACM108", [X_IO], {}, set()),
    ("ACM109", [part("${X}", ".onion")], {}, {"names 0: warning"}),
    ("ACM109", [X_IO], {}, set()),
    ("ACM110", [part("${X}", ".example.com")], {}, {"names 0: note"}),
    ("ACM110", [X_IO], {}, set()),
    ("ACM201", [part("www.*.", "${X}")], {}, {"names 0: error"}),
    ("ACM202", [WWW_X], {}, set()),
    ("ACM202", [part("*.", "${X}", ".brightharbor.io")], {}, set()),
    ("ACM203", [STAR_X], {}, {"names 0: note"}),
    ("ACM203", [WWW_X], {}, set()),
    ("ACM204", [STAR_X, WWW_X], {}, {"names 1: note"}),
    ("ACM204", ["*.brightharbor.io", part("${X}", ".lighthouse.io")], {}, set()),
    ("ACM205", [STAR_X], used("alb", WWW_X), set()),
    ("ACM205", [STAR_X], used("alb", X), {"consumers 0 hosts 0: error"}),
    ("ACM205", ["lighthouse.io"], used("alb", X_IO), {"consumers 0 hosts 0: error"}),
    ("ACM206", [STAR_X], all_used(WWW_X), set()),
    ("ACM206", [X_IO], all_used("lighthouse.io"), {"names 0: note"}),
    ("ACM301", [part("${X}", f".{LONG}")], {}, {"names 0: error"}),
    ("ACM302", [*hosts(9), X], {}, set()),
    ("ACM302", [*hosts(11), X], {}, {"names: warning"}),
    ("ACM302", [*hosts(11), MANY], {}, {"names: warning"}),
    ("ACM303", [*hosts(99), X], {}, set()),
    ("ACM303", [*hosts(101), MANY], {}, {"names: error"}),
    ("ACM304", ["lighthouse.io", X_IO, X_IO], {}, {"names 2: warning"}),
    ("ACM304", ["lighthouse.io", X_IO], {}, set()),
    ("ACM305", [part("${X}", "a." * 110 + "io")], DNS, {"names 0: warning"}),
    ("ACM305", [X], EMAIL, set()),
    ("ACM306", ["a.io"], {"tags": (Tag(part("aws:", "${X}"), "v"),)}, {"tags 0 key: error"}),
    ("ACM306", ["a.io"], {"tags": (Tag("k", part("*.", "${X}")),)}, {"tags 0 value: error"}),
    (
        "ACM307",
        ["a.io"],
        {"idempotency_token": part("a-", "${X}")},
        {"idempotency_token: error"},
    ),
    ("ACM311", ["a.io"], {HIERARCHY: part("N3_", "${X}")}, {f"{HIERARCHY}: error"}),
    ("ACM311", ["a.io"], {USAGE: part("SERVER_", "${X}")}, {f"{USAGE}: error"}),
    ("ACM312", ["a.io"], CLIENT_ONLY | {HIERARCHY: part("N2_S", "${X}")}, {f"{USAGE}: error"}),
    ("ACM312", ["a.io"], {USAGE: "CLIENT_AND_SERVER_AUTH", HIERARCHY: X}, set()),
    ("ACM313", ["a.io"], N2 | {METHOD: part("E", "${X}")}, {f"{METHOD}: error"}),
    ("ACM314", ["a.io"], N2 | {CA: part("arn:", "${X}")}, {f"{HIERARCHY}: error"}),
    ("ACM308", ["a.io"], {CA: part("arn:aws:iam::", "${X}")}, {f"{CA}: error"}),
    ("ACM308", ["a.io"], {CA: part("arm", "${X}")}, {f"{CA}: error"}),
    ("ACM308", ["a.io"], {CA: part("arn:aws:acm:", "${X}")}, {f"{CA}: error"}),
    ("ACM308", [], used(certificate=part("arn:aws:acm::", "${X}")), {f"{CERTIFICATE}: error"}),
    (
        "ACM308",
        [],
        used(certificate=part("arn:aws:acm:eu-west-1:1a", "${X}")),
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM308", [], used(certificate=part(ARN[:-16] + "cert/", "${X}")), {f"{CERTIFICATE}: error"}),
    (
        "ACM308",
        [],
        used(certificate=part("arn:aws-cn:acm:eu-west-1:", "${X}")),
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM308", [], used(certificate=part("x" * 2049, "${X}")), {f"{CERTIFICATE}: error"}),
    ("ACM310", ["a.io"], options(option(X, X)) | {METHOD: X}, set()),
    ("ACM401", ["a.io"], {METHOD: X, **STACK}, set()),
    ("ACM401", ["a.io"], {METHOD: part("D", "${X}"), "tool": Tool.TERRAFORM}, set()),
    ("ACM402", [X], EMAIL, {f"{METHOD}: warning"}),
    ("ACM402", [X], DNS, set()),
    ("ACM403", ["a.io"], options(option(WWW_X, X)), set()),
    (
        "ACM404",
        ["a.io"],
        options(option("a.brightharbor.io", X_IO)),
        set(),
    ),
    ("ACM405", [X], options(option(X, "a.io")), set()),
    ("ACM405", [X], options(option(WWW_X)), {f"{OPTIONS} 0 domain_name: error"}),
    ("ACM406", ["a.io"], options(option("a.io", X, Y)), {f"{OPTIONS} 0 hosted_zone_id: error"}),
    ("ACM406", ["a.io"], options(option(X)) | {METHOD: Y}, set()),
    ("ACM406", [X], options(option(X, X)) | DNS, {f"{OPTIONS} 0 validation_domain: error"}),
    ("ACM407", [X, STAR_X], DNS | STACK | options(option(X, None, Y)), set()),
    ("ACM407", [X, WWW_X], DNS | STACK | options(option(X, None, Y)), {f"{OPTIONS}: warning"}),
    (
        "ACM408",
        [X],
        options(option(X, None, Y), option(STAR_X, None, Y)),
        {f"{OPTIONS} 1: warning"},
    ),
    ("ACM409", [STAR_X], {METHOD: "HTTP"}, {f"{METHOD}: error"}),
    ("ACM409", [X], DNS, set()),
    ("ACM410", ["a.io"], {METHOD: part("CNAME", "${X}")}, {f"{METHOD}: error"}),
    (
        "ACM411",
        ["a.io"],
        options(option(X, None, part("/hostedzone/", "${Y}"))),
        {f"{OPTIONS} 0 hosted_zone_id: error"},
    ),
    (
        "ACM411",
        ["a.io"],
        options(option(X, None, part("zone", "${Y}"))),
        {f"{OPTIONS} 0 hosted_zone_id: error"},
    ),
    (
        "ACM411",
        ["a.io"],
        options(option(X, None, part("${Y}", ".io"))),
        {f"{OPTIONS} 0 hosted_zone_id: error"},
    ),
    (
        "ACM412",
        ["a.io"],
        IN_ZONE | zones(part("${X}", ".lighthouse.io")),
        {f"{OPTIONS} 0 hosted_zone_id: error"},
    ),
    (
        "ACM412",
        ["a.io"],
        options(option(X_IO, None, part("${Zone}"))) | zones("brightharbor.io"),
        set(),
    ),
    ("ACM413", [X_IO], caa("lighthouse.io", LETTERS), set()),
    (
        "ACM413",
        ["a.io"],
        caa("a.io", '0 issue "amazon.com"', part('0 iodef "mailto:', "${X}")),
        set(),
    ),
    (
        "ACM413",
        ["a.io"],
        caa("a.io", part('0 issue "ca.org; accounturi=', "${X}")),
        {"names 0: error"},
    ),
    ("ACM414", ["api.brightharbor.io"], EMAIL | options(option("api.brightharbor.io", X)), set()),
    ("ACM414", ["brightharbor.io"], EMAIL | options(X), set()),
    ("ACM414", [X], DNS, set()),
    ("ACM415", ["a.io"], IN_ZONE | zones(X, private=True), {f"{OPTIONS} 0 hosted_zone_id: error"}),
    ("ACM416", ["a.io"], IN_ZONE | zones(X) | STACK, {f"{OPTIONS} 0 hosted_zone_id: note"}),
    (
        "ACM501",
        ["a.io"],
        used("cloudfront") | {"region": part("eu-", "${X}")},
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM501", ["a.io"], used("alb") | {"region": X}, set()),
    ("ACM502", ["a.io"], used("alb", region=X) | {"region": X}, set()),
    (
        "ACM502",
        ["a.io"],
        used("alb", region="us-east-1") | {"region": part("eu-", "${X}")},
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM503", ["a.io"], {"region": part("eu_", "${X}")}, {"region: note"}),
    ("ACM503", ["a.io"], {"region": part("${AWS::Region}")}, set()),
    ("ACM504", ["a.io"], {"key_algorithm": part("ed", "${X}")}, {"key_algorithm: error"}),
    ("ACM504", ["a.io"], {"key_algorithm": "RSA_2048", CA: X}, set()),
    ("ACM505", ["a.io"], used("cognito") | {"key_algorithm": X}, set()),
    ("ACM506", ["a.io"], used("cloudfront", region=part("eu-", "${X}")), set()),
    ("ACM506", ["a.io"], used("iot-device", region=X), {f"{CERTIFICATE}: error"}),
    ("ACM507", [X], used("verified-access", WWW_X), {f"{CERTIFICATE}: warning"}),
    ("ACM507", ["a.io"], used("apigateway-private", WWW_X), set()),
    ("ACM507", ["a.io"], used("apigateway-edge", X) | DNS, set()),
    ("ACM507", ["a.io"], used("site-to-site-vpn") | {CA: X}, set()),
    ("ACM508", [], used("alb", certificate=X, found_in=Y, region=Y), set()),
    ("ACM515", ["a.io"], taken(EARLY) | {METHOD: X}, {f"{CERTIFICATE}: warning"}),
    (
        "ACM516",
        ["a.io"],
        validation(part("eu-", "${X}")) | {"region": "us-east-1"},
        {"validations 0: error"},
    ),
    ("ACM516", ["a.io"], validation(X) | {"region": X}, set()),
    ("ACM517", ["a.io"], source(X) | {"region": X}, set()),
    (
        "ACM517",
        ["a.io"],
        source("eu-west-1", "EC_prime256v1") | {"region": "eu-west-1"},
        {"sources 0: warning"},
    ),
    (
        "ACM508",
        [],
        used("cloudfront", certificate=part(ARN[:-4], "${X}")),
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM508", [], used("alb", certificate=part("arn:aws:acm:", "${X}", ":1:x"), region=X), set()),
    ("ACM601", [X], issued(X), set()),
    ("ACM601", ["a.io", X], issued("b.io", X), {"names: warning"}),
    ("ACM602", ["a.io"], issued("a.io", key_algorithm=X) | {"key_algorithm": X}, set()),
    (
        "ACM602",
        ["a.io"],
        issued("a.io", key_algorithm=part("EC_", "${X}")) | {"key_algorithm": "RSA_2048"},
        {"key_algorithm: warning"},
    ),
    ("ACM604", ["a.io", X, "b.io"], issued("a.io", "b.io", X), {"names: note"}),
    ("ACM702", [X], {"export": "ENABLED"}, {"export: note"}),
    ("ACM703", [X, MANY], {"import_fields": ("private_key",)}, {"import_fields 0: note"}),
    ("ACM704", ["a.io"], {CA: X, METHOD: Y, **STACK}, {f"{METHOD}: error"}),
    ("ACM704", ["a.io"], {METHOD: X, "export": Y}, set()),
    (
        "ACM704",
        ["a.io"],
        {
            CA: whole("${aws_acmpca_certificate_authority.a.arn}"),
            METHOD: "DNS",
            "tool": Tool.TERRAFORM,
        },
        {f"{METHOD}: error"},
    ),
]

# Cases with unknown values that do not matter to the rule.
DECIDED += [
    (rule, ["a.io"], options(option(X, X, Y), X) | {METHOD: "DNS"}, set())
    for rule in ("ACM101", "ACM102", "ACM103", "ACM104", "ACM201", "ACM202", "ACM402")
]
DECIDED += [(rule, ["a.io"], options(option(X, None, Y)), set()) for rule in ("ACM403", "ACM404")]
DECIDED += [
    (rule, ["a.io"], used("alb", X, certificate=Y, region="eu-west-1"), set())
    for rule in ("ACM205", "ACM501", "ACM502", "ACM505", "ACM506", "ACM507")
]
DECIDED += [
    ("ACM301", ["a.io", X, MANY], {}, set()),
    ("ACM408", ["a.io"], options(option(X, Y), option(X)), set()),
]
DECIDED += [
    ("ACM801", [X_IO], policy(zones=(HARBOR,)), set()),
    (
        "ACM802",
        [part("*.", "${X}", ".lighthouse.io")],
        policy(wildcard_zones=()),
        {"names 0: error"},
    ),
    ("ACM803", [*hosts(3), MANY], policy(max_names=2), {"names: error"}),
    ("ACM804", ["a.io"], {"tags": (X, Tag("Owner", X))} | policy(required_tags=("Owner",)), set()),
    ("ACM805", ["a.io"], {METHOD: part("E", "${X}")} | POLICY, {f"{METHOD}: error"}),
    ("ACM806", ["a.io"], {ALGORITHM: part("RSA", "${X}")} | POLICY, {f"{ALGORITHM}: error"}),
]

# Cases that the known parts do not decide: the undecided path, and the unknown value.
DECIDED += [
    ("ACM207", ["a.io"], used("cloudfront", part("${X}", ".")), {"consumers 0 hosts 0: error"}),
    (
        "ACM421",
        ["a.io"],
        options(option(X_IO, None, ZONE), option("lighthouse.io", None, ZONE)),
        {f"{OPTIONS} 1 hosted_zone_id: error"},
    ),
    (
        "ACM422",
        ["a.io"],
        options(option(X_IO, None, ZONE)) | delegated("brightharbor.io", "io"),
        {f"{OPTIONS} 0 hosted_zone_id: error"},
    ),
    (
        "ACM523",
        [],
        used("alb", certificate=part(f"arn:aws:acm:eu-west-1:{THEIRS}:", "${X}"), account=OURS),
        {f"{CERTIFICATE}: error"},
    ),
]
OPEN = [
    ("ACM101", [X], {}, "names 0", X),
    ("ACM101", ["a.io", MANY], {}, "names 1", MANY),
    ("ACM102", [X], {}, "names 0", X),
    ("ACM103", [part("ab--", "${X}")], {}, "names 0", X),
    ("ACM104", [part("10.", "${X}")], {}, "names 0", X),
    ("ACM105", [part("${X}", "local")], {}, "names 0", X),
    ("ACM106", [part("${X}", ".uk")], {}, "names 0", X),
    ("ACM106", [part("${X}", ".ck")], {}, "names 0", X),
    ("ACM106", [part("${X}", ".xn--p1ai")], {}, "names 0", X),
    ("ACM107", [part("${X}", ".com")], {}, "names 0", X),
    ("ACM108", [part("${X}", ".arpa")], {}, "names 0", X),
    ("ACM109", [part("${X}", "onion")], {}, "names 0", X),
    ("ACM110", [part("${X}", ".com")], {}, "names 0", X),
    ("ACM201", [part("*", "${X}")], {}, "names 0", X),
    ("ACM202", [STAR_X], {}, "names 0", X),
    ("ACM202", [part("${X}", ".co.uk")], {}, "names 0", X),
    ("ACM203", ["*.brightharbor.io", X], {}, "names 0", X),
    ("ACM204", ["*.brightharbor.io", X_IO], {}, "names 1", X),
    ("ACM204", [X, "www.brightharbor.io"], {}, "names 0", X),
    ("ACM205", ["*.brightharbor.io"], used("alb", X_IO), "consumers 0 hosts 0", X),
    ("ACM205", ["a.io", MANY], used("alb", "b.io"), "consumers 0 hosts 0", MANY),
    ("ACM206", ["a.io", "b.io"], all_used("a.io", X), "names 1", X),
    ("ACM301", [part("${X}", LONG[-60:])], {}, "names 0", X),
    ("ACM302", [*hosts(10), X], {}, "names", X),
    ("ACM302", ["a.io", MANY], {}, "names", MANY),
    ("ACM303", ["a.io", MANY], {}, "names", MANY),
    ("ACM304", ["a.io", X], {}, "names 1", X),
    ("ACM304", [X, "a.io"], {}, "names 0", X),
    ("ACM304", [X, "a.io", "a.io"], {"tool": Tool.TERRAFORM}, "names 2", X),
    ("ACM305", [X], DNS, "names 0", X),
    ("ACM305", ["a.io"], {METHOD: X}, METHOD, X),
    ("ACM306", ["a.io"], {"tags": (Tag("k", X),)}, "tags 0 value", X),
    ("ACM306", ["a.io"], {"tags": (X,)}, "tags 0", X),
    ("ACM306", ["a.io"], {"tags": tuple(Tag(X, f"{n}") for n in range(51))}, "tags 7 key", X),
    ("ACM307", ["a.io"], {"idempotency_token": part("a", "${X}")}, "idempotency_token", X),
    ("ACM311", ["a.io"], {HIERARCHY: part("N2_", "${X}")}, HIERARCHY, X),
    ("ACM311", ["a.io"], {USAGE: X}, USAGE, X),
    ("ACM312", ["a.io"], {USAGE: X}, USAGE, X),
    ("ACM312", ["a.io"], CLIENT_ONLY | {HIERARCHY: part("N2_", "${X}")}, HIERARCHY, X),
    ("ACM313", ["a.io"], N2 | {METHOD: X}, METHOD, X),
    ("ACM313", ["a.io"], {HIERARCHY: X}, HIERARCHY, X),
    ("ACM314", ["a.io"], N2 | {CA: X, "tool": Tool.TERRAFORM}, HIERARCHY, X),
    ("ACM308", ["a.io"], {CA: X}, CA, X),
    ("ACM308", ["a.io"], {CA: part("arn:aws:acm", "${X}")}, CA, X),
    ("ACM308", [], used(certificate=X), CERTIFICATE, X),
    ("ACM308", [], used(certificate=part(ARN[:-9], "${X}")), CERTIFICATE, X),
    ("ACM309", ["a.io"], {"unknown_members": (X,)}, "unknown_members 0", X),
    ("ACM310", ["a.io"], options(option("a.io")) | {METHOD: X, **STACK}, METHOD, X),
    ("ACM401", ["a.io"], {METHOD: X, "tool": Tool.TERRAFORM}, METHOD, X),
    ("ACM402", ["a.io"], {METHOD: X}, METHOD, X),
    ("ACM403", ["a.io"], options(option(X, "a.io")), f"{OPTIONS} 0 domain_name", X),
    ("ACM403", ["a.io"], options(option(X, X)), f"{OPTIONS} 0 validation_domain", X),
    ("ACM404", ["a.io"], options(option("a.io", X)), f"{OPTIONS} 0 validation_domain", X),
    ("ACM405", ["a.io", X], options(option("b.io")), f"{OPTIONS} 0 domain_name", X),
    ("ACM406", ["a.io"], options(option("a.io", "a.io")) | {METHOD: X}, METHOD, X),
    ("ACM407", ["a.io"], DNS | STACK | options(X), OPTIONS, X),
    ("ACM407", ["a.io", MANY], DNS | STACK | options(option("a.io", None, ZONE)), OPTIONS, MANY),
    (
        "ACM408",
        ["a.io"],
        options(option("a.io", None, ZONE), option(X, None, Y)),
        f"{OPTIONS} 1 domain_name",
        X,
    ),
    ("ACM409", ["a.io"], {METHOD: X}, METHOD, X),
    ("ACM410", ["a.io"], {METHOD: part("D", "${X}")}, METHOD, X),
    (
        "ACM411",
        ["a.io"],
        options(option("a.io", None, part("Z", "${X}"))),
        f"{OPTIONS} 0 hosted_zone_id",
        X,
    ),
    ("ACM412", ["a.io"], IN_ZONE | zones(X), f"{OPTIONS} 0 hosted_zone_id", X),
    ("ACM412", ["a.io"], IN_X | zones("lighthouse.io"), f"{OPTIONS} 0 hosted_zone_id", X),
    ("ACM412", ["a.io"], options(X) | zones("lighthouse.io"), f"{OPTIONS} 0", X),
    ("ACM413", [X_IO], caa("brightharbor.io", LETTERS), "names 0", X),
    ("ACM413", ["a.io"], caa(X, LETTERS), "names 0", X),
    ("ACM413", ["a.io"], caa("a.io", part('0 issue "', "${X}")), "names 0", X),
    ("ACM413", ["a.io"], caa("a.io", X), "names 0", X),
    ("ACM414", [X], EMAIL, "names 0", X),
    ("ACM414", ["api.brightharbor.io"], EMAIL | options(X), "names 0", X),
    ("ACM415", ["a.io"], IN_X | zones("a.io", private=True), f"{OPTIONS} 0 hosted_zone_id", X),
    ("ACM416", ["a.io"], IN_X | zones("a.io") | STACK, f"{OPTIONS} 0 hosted_zone_id", X),
    ("ACM501", ["a.io"], used("cloudfront") | {"region": X}, CERTIFICATE, X),
    ("ACM502", ["a.io"], used("alb", region="eu-west-1") | {"region": X}, CERTIFICATE, X),
    ("ACM503", ["a.io"], {"region": part("eu-", "${X}")}, "region", X),
    ("ACM503", [], used(certificate=X), CERTIFICATE, X),
    ("ACM504", ["a.io"], {"key_algorithm": part("EC_", "${X}")}, "key_algorithm", X),
    ("ACM505", ["a.io"], used("clb") | {"key_algorithm": X}, CERTIFICATE, X),
    ("ACM506", ["a.io"], used("cloudfront", region=part("cn-", "${X}")), CERTIFICATE, X),
    ("ACM506", [], used("cloudfront", certificate=X), CERTIFICATE, X),
    ("ACM507", ["a.io"], used("verified-access", X), CERTIFICATE, X),
    ("ACM507", ["a.io"], used("apigateway-private", X), CERTIFICATE, X),
    ("ACM507", ["a.io"], used("apigateway-edge", "*.a.io") | {METHOD: X}, CERTIFICATE, X),
    (
        "ACM507",
        ["a.io"],
        used("apigateway-edge", "*.a.io") | {CA: X, "tool": Tool.TERRAFORM},
        CERTIFICATE,
        X,
    ),
    (
        "ACM507",
        ["a.io"],
        used("site-to-site-vpn") | {CA: X, "tool": Tool.TERRAFORM},
        CERTIFICATE,
        X,
    ),
    ("ACM508", [], used("cloudfront", certificate=X), CERTIFICATE, X),
    ("ACM508", [], used("alb", certificate=ARN, region=X), CERTIFICATE, X),
    ("ACM508", [], used("cloudfront", certificate=Y, found_in=X), CERTIFICATE, X),
    ("ACM515", ["a.io"], taken(EARLY) | {CA: X}, CA, X),
    ("ACM516", ["a.io"], validation(X) | {"region": "us-east-1"}, "validations 0", X),
    ("ACM516", [X], validation(None, "other") | {"region": None}, "validations 0", X),
    ("ACM517", ["a.io"], source(X) | {"region": "us-east-1"}, "sources 0", X),
    ("ACM517", ["a.io"], source(None) | {"key_algorithm": X}, "sources 0", X),
    ("ACM517", ["a.io"], source(None, X), "sources 0", X),
    ("ACM601", ["a.io", X], issued("a.io", "b.io"), "names", X),
    ("ACM602", ["a.io"], issued("a.io") | {"key_algorithm": X}, "key_algorithm", X),
    ("ACM602", ["a.io"], issued("a.io") | options(X), OPTIONS, X),
    ("ACM604", ["a.io", X], issued("a.io", "b.io"), "names", X),
    ("ACM701", ["a.io"], {"transparency_logging": X}, "transparency_logging", X),
    (
        "ACM701",
        ["a.io"],
        {"transparency_logging": "DISABLED", HIERARCHY: X, "tool": Tool.TERRAFORM},
        HIERARCHY,
        X,
    ),
    ("ACM702", ["a.io"], {"export": X}, "export", X),
    ("ACM704", ["a.io"], {CA: X, METHOD: "DNS", "tool": Tool.TERRAFORM}, METHOD, X),
    (
        "ACM706",
        ["a.io"],
        {"extended_key_usages": CLIENT, HIERARCHY: X, "tool": Tool.TERRAFORM},
        HIERARCHY,
        X,
    ),
    ("ACM704", ["a.io"], {CA: AUTHORITY, **options(X)}, OPTIONS, X),
    ("ACM704", ["a.io"], {CA: AUTHORITY, "key_algorithm": X}, "key_algorithm", X),
]
OPEN += [
    ("ACM207", ["a.io"], used("cloudfront", WWW_X), "consumers 0 hosts 0", X),
    (
        "ACM421",
        ["a.io"],
        options(option(X, None, ZONE), option("lighthouse.io", None, ZONE)),
        f"{OPTIONS} 1 hosted_zone_id",
        X,
    ),
    (
        "ACM422",
        ["a.io"],
        options(option(X, None, ZONE)) | delegated("brightharbor.io", "io"),
        f"{OPTIONS} 0 hosted_zone_id",
        X,
    ),
    ("ACM523", [], used("alb", certificate=X, account=OURS), CERTIFICATE, X),
]
OPEN += [
    ("ACM801", [WWW_X], policy(zones=(HARBOR,)), "names 0", X),
    ("ACM802", [part("*.", "${X}")], policy(wildcard_zones=(HARBOR,)), "names 0", X),
    ("ACM803", ["a.io", MANY], policy(max_names=2), "names", MANY),
    ("ACM804", ["a.io"], {"tags": (X,)} | policy(required_tags=("Owner",)), "tags", X),
    ("ACM805", ["a.io"], {METHOD: X} | POLICY, METHOD, X),
    ("ACM806", ["a.io"], {ALGORITHM: part("EC_", "${X}")} | POLICY, ALGORITHM, X),
]

DECIDED += [
    ("ACM701", ["a.io"], {"transparency_logging": "ENABLED", HIERARCHY: X}, set()),
    ("ACM706", ["a.io"], {"extended_key_usages": ("serverAuth",), HIERARCHY: X}, set()),
]

_CREATED = used("alb", listener=ControllerListener("Ingress", creates=True))
_SEARCHED = ControllerListener("Ingress", searches=True)
DECIDED += [
    (
        "ACM518",
        [],
        used("alb", certificate=X, listener=_SEARCHED.__replace__(has_host=False)),
        {f"{CERTIFICATE}: error"},
    ),
    ("ACM520", [STAR_X], _CREATED, {"names 0: note"}),
]
OPEN += [
    ("ACM518", [], used("alb", X, certificate=Y, listener=_SEARCHED), CERTIFICATE, X),
    ("ACM520", [X], _CREATED, "names 0", X),
]

ONE_SIDED = {
    # Members are unknown only together.
    "ACM309": "never decided",
    # A request always has names, whatever they are.
    "ACM703": "never open",
}


@pytest.mark.parametrize(("rule", "names", "fields", "expected"), DECIDED)
def test_a_rule_decides_if_the_known_parts_are_enough(rule, names, fields, expected):
    """The findings are certain, and no check is skipped."""
    assert outcomes(rule, *names, **fields) == expected


@pytest.mark.parametrize(("rule", "names", "fields", "path", "missing"), OPEN)
def test_an_undecided_rule_names_the_unknown_value(rule, names, fields, path, missing):
    """The skip is at the undecided path, and its detail has the expression."""
    _, skips = check_rule(rule, *names, **fields)
    details = {" ".join(map(str, skip.path)): skip.detail for skip in skips}
    assert f"`{missing}`" in details[path]


def test_every_rule_that_reads_unknown_values_is_in_both_tables():
    """A rule that reads a value that may be unknown is decided in one table, open in the other."""
    never_unknown = {"spellings", "import_fields", "create_before_destroy", "extended_key_usages"}
    never_unknown |= {"listener"}
    of_others = {"zones", "caa", "issued"}
    readable = {*CertificateRequest._fields, *Consumer._fields, *of_others} - never_unknown
    meeting = {rule.id for rule in CATALOGUE if readable & (rule.reads | rule.needs)}
    decided, left_open = ({row[0] for row in table} for table in (DECIDED, OPEN))
    assert meeting == decided | left_open
    assert meeting - (decided & left_open) == set(ONE_SIDED)


@pytest.mark.parametrize("rule", [rule.id for rule in CATALOGUE if rule.public_only])
def test_the_rules_on_the_public_ca_are_undecided_if_a_private_ca_may_be_absent(rule):
    """In Terraform, a variable may be null, and then the public CA issues the certificate."""
    fields = {CA: whole("var.ca"), "tool": Tool.TERRAFORM, METHOD: "EMAIL", "export": "ENABLED"}
    fields |= {"transparency_logging": "DISABLED", "extended_key_usages": ("clientAuth",)}
    fields |= N2 if rule == "ACM313" else {}
    fields |= taken(EARLY) if rule == "ACM515" else {}
    fields |= validation(X) if rule == "ACM516" else {}
    context = zones("b.io") | caa("a.io", LETTERS) | options(option("b.a.io", "c.io", ZONE))
    context |= {"zone_records": delegated("b.a.io", "a.io")["zone_records"]}
    context |= {"dns_validation": DnsValidation()}
    findings, skips = check_rule(rule, "a.io", **fields | context | POLICY)
    assert findings == []
    early = {(skip.path, skip.detail) for skip in skips if skip.reason.value == "not in force"}
    missing = {((CA,), "`var.ca` is unknown")}
    needed = RULES[rule].tools is None or Tool.TERRAFORM in RULES[rule].tools
    assert {(skip.path, skip.detail) for skip in skips} - early == (missing if needed else set())
