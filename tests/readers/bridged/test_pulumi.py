"""Programs of Pulumi in YAML."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import at, defined_at, requests
from tests.support.fixes import findings, fixed_text

from acmrules.readers import registry
from acmrules.readers.bridged import pulumi
from acmrules.readers.options import UNKNOWN_REGION, Parameters, ReadScope
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Source

ARN = "arn:aws:acm:%s:111122223333:certificate/12345678-1234-1234-1234-123456789012"
HEAD = "name: web\nruntime: yaml\n"
CERTIFICATE = """\
resources:
  cert:
    type: aws:acm:Certificate
    properties:
      domainName: %s
      validationMethod: DNS
"""
DISTRIBUTION = """\
  site:
    type: aws:cloudfront:Distribution
    properties:
      aliases: [www.brightharbor.io]
      viewerCertificate: {acmCertificateArn: "%s"}
"""


def read(text, region=None, **values):
    """Return the declarations of a program."""
    return registry.read(Source("Pulumi.yaml", text), Parameters(values, region))


def names_of(expression, rest="", **values):
    """Return the names of a certificate whose primary name is an expression."""
    (declaration, *_) = read(HEAD + CERTIFICATE % expression + rest, **values)
    return declaration.request.spellings


def rules(text):
    """Return the ids of the rules that report something."""
    return {each.rule.id for each in findings(text, "Pulumi.yaml")}


@given(requests())
def test_a_request_is_read_back(members):
    """The names, the method and the algorithm are those that are written."""
    kept = {
        "DomainName": "domainName",
        "SubjectAlternativeNames": "subjectAlternativeNames",
        "ValidationMethod": "validationMethod",
        "KeyAlgorithm": "keyAlgorithm",
    }
    properties = {own: members[name] for name, own in kept.items() if name in members}
    if "$" in str(properties):
        return
    program = {"resources": {"cert": {"type": "aws:acm:Certificate", "properties": properties}}}
    (declaration,) = registry.read(Source("p.json", json.dumps(program)))
    assert declaration.tool is Tool.PULUMI
    names = [members["DomainName"], *members.get("SubjectAlternativeNames", ())]
    assert list(declaration.request.spellings) == names


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${domain}", "brightharbor.io"),
        ("www.${domain}", "www.brightharbor.io"),
        ("${host}", "api.brightharbor.io"),
        ("${hosts[1]}", "b.brightharbor.io"),
        ("${by.stage}", "s.brightharbor.io"),
        ("${zone.name}", "brightharbor.io"),
        ("$${domain}", "${domain}"),
        ("{'fn::join': ['.', [www, '${domain}']]}", "www.brightharbor.io"),
        ("{'Fn::Join': ['.', ['${parts}', io]]}", "${parts}.io"),
        ("{'fn::select': [1, '${hosts}']}", "b.brightharbor.io"),
        ("{'fn::select': [0, {'fn::split': ['/', 'a.io/b.io']}]}", "a.io"),
        ("${open}", "${open}"),
        ("${secret}", "${secret}"),
        ("${zone.zoneId}", "${zone.zoneId}"),
        ("${loop}", "${loop}"),
        ("{'fn::invoke': {function: x}}", "fn::invoke at cert.properties.domainName"),
        ("{'fn::select': [7, '${hosts}']}", "fn::select at cert.properties.domainName"),
    ],
)
def test_expressions(expression, expected):
    """What the file determines is known, and anything else has its expression as label."""
    rest = """\
  zone: {type: 'aws:route53:Zone', properties: {name: brightharbor.io}}
config:
  domain: {type: string, default: brightharbor.io}
  open: {type: string}
  secret: {default: hidden.io, secret: true}
variables:
  host: api.${domain}
  hosts: [a.io, 'b.${domain}']
  by: {stage: 's.${domain}'}
  loop: ${loop}
"""
    written = expression if expression[0] == "{" else f'"{expression}"'
    (found,) = names_of(written, rest)
    assert found == expected


def test_values_that_are_given():
    """The user can set configuration values, except for secrets."""
    rest = "config: {domain: {default: a.io}, secret: {secret: true}, plain: b.io}\n"
    assert names_of('"${domain}"', rest, domain="c.io") == ("c.io",)
    assert names_of('"${plain}"', rest) == ("b.io",)
    assert names_of('"${secret}"', rest, secret="c.io") == ("${secret}",)
    text = HEAD + CERTIFICATE % '"${open}"' + "config: {open: {type: string}}\n"
    assert read(text)[0].parameters == {"open"}
    assert list(pulumi.parameters(Source("Pulumi.yaml", text))) == ["open"]
    assert list(pulumi.parameters(Source("x.yaml", "config: {a: b}\nresources: {}\n"))) == []


@pytest.mark.parametrize(
    ("certificate", "rest", "region"),
    [
        ("", "", "eu-west-2"),
        ("", "config: {'aws:region': eu-west-1}\n", "eu-west-1"),
        ("", "config: {'aws:region': {value: eu-west-1}}\n", "eu-west-1"),
        ("      region: us-east-1\n", "config: {'aws:region': eu-west-1}\n", "us-east-1"),
        ("    options: {provider: '${us}'}\n", "", "us-east-1"),
        ("    options: {parent: '${site}'}\n", "", "us-east-1"),
        ("", "  all: {type: 'pulumi:providers:aws', defaultProvider: true}\n", None),
    ],
)
def test_the_region(certificate, rest, region):
    """It is that of the resource, of its provider, of its parent's, or the default."""
    others = """\
  us: {type: 'pulumi:providers:aws', properties: {region: us-east-1}}
  site: {type: 'my:Site', options: {provider: '${us}'}}
"""
    text = HEAD + CERTIFICATE % "a.io" + certificate + others + rest
    assert read(text, "eu-west-2")[0].request.region == region


DEFAULT = "config: {'aws:region': eu-west-1}\n"


@pytest.mark.parametrize(
    ("stacks", "rest", "region"),
    [
        (("us-east-1",), "", "us-east-1"),
        (("us-east-1", "us-east-1"), "", "us-east-1"),
        (("us-east-1",), DEFAULT, "us-east-1"),
        ((None, "eu-west-1"), DEFAULT, "eu-west-1"),
        ((None,), DEFAULT, "eu-west-1"),
        (("us-east-1", "eu-west-1"), "", "eu-west-2"),
        (("us-east-1", None), "", "eu-west-2"),
        (("us-east-1", None), DEFAULT, "eu-west-2"),
        ((UNKNOWN_REGION,), DEFAULT, "eu-west-2"),
        ((None,), "", "eu-west-2"),
    ],
)
def test_the_region_of_stacks(stacks, rest, region):
    """A stack overrides the default of the project; several Regions are not one."""
    text = HEAD + CERTIFICATE % "a.io" + rest
    for other in ("eu-west-2", None):
        known = Parameters({}, other, stack_regions=stacks)
        [declaration] = registry.read(Source("Pulumi.yaml", text), known)
        assert declaration.request.region == (other if region == "eu-west-2" else region)


@pytest.mark.parametrize("reference", ["cert.arn", "cert.id", "valid.certificateArn"])
@pytest.mark.parametrize("name", ["cert", "my.cert"])
def test_consumers_of_the_certificate(reference, name):
    """A consumer may use the certificate or its validation, whatever their names are."""
    if name != "cert":
        reference = reference.replace("cert.", f'["{name}"].')
    valid = f"""\
  valid:
    type: aws:acm/certificateValidation:CertificateValidation
    properties: {{certificateArn: '${{["{name}"].arn}}'}}
"""
    text = HEAD + "config: {'aws:region': eu-west-1}\n" + CERTIFICATE % "brightharbor.io"
    text = text.replace("  cert:", f"  {name}:") + valid
    text += DISTRIBUTION.replace('"%s"', "'%s'") % f"${{{reference}}}"
    (declaration,) = read(text)
    (consumer,) = declaration.variants[0].consumers
    assert (consumer.service, consumer.address) == ("cloudfront", "site")
    assert rules(text) == {"ACM205", "ACM501"}
    found = next(e for e in findings(text, "Pulumi.yaml") if e.rule.id == "ACM501")
    assert found.location.text == f"${{{reference}}}"


def test_a_listener_with_rules():
    """Rules refer to their listener, and have its hosts."""
    text = (
        HEAD
        + CERTIFICATE % "'*.brightharbor.io'"
        + """\
  web:
    type: aws:lb:Listener
    properties: {protocol: HTTPS, certificateArn: '${cert.arn}'}
  rule:
    type: aws:lb:ListenerRule
    properties:
      listenerArn: ${web.arn}
      conditions: [{hostHeader: {values: [a.b.brightharbor.io]}}]
"""
    )
    (declaration,) = read(text)
    (consumer,) = declaration.variants[0].consumers
    assert (consumer.service, [*map(str, consumer.hosts)]) == ("alb", ["a.b.brightharbor.io"])
    found = next(e for e in findings(text, "Pulumi.yaml") if e.rule.id == "ACM205")
    assert found.location.text == "a.b.brightharbor.io"


def test_a_consumer_alone():
    """A literal ARN needs no certificate in the file, and an unknown one keeps its label."""
    text = f"{HEAD}resources:\n" + DISTRIBUTION % (ARN % "eu-west-1")
    assert rules(text) == {"ACM508"}
    assert rules(text.replace("eu-west-1", "us-east-1")) == set()
    (declaration,) = read(f"{HEAD}resources:\n" + DISTRIBUTION % "${arn}")
    assert str(declaration.variants[0].consumers[0].certificate) == "${arn}"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("validationMethod: DNS", set()),
        ("", {"ACM401"}),
        ("certificateBody: x", {"ACM401", "ACM703"}),
        ("validationMethod: DNS\n      subjectAlternativeNames: [brightharbor.io]", set()),
        ("validationMethod: DNS\n      tags: {Name: '*'}", {"ACM306"}),
        ("validationMethod: DNS\n      keyAlgoritm: RSA_2048", {"ACM309"}),
        ("validationMethod: DNS\n      hostedZoneId: Z1", {"ACM309"}),
        ("validationMethod: EMAIL\n      validationOptions: [{domainName: brightharbor.io}]",
         {"ACM310", "ACM402"}),
    ],
)  # fmt: skip
def test_rules_about_requests(members, expected):
    """They apply as in Terraform, whose provider Pulumi uses."""
    text = (HEAD + CERTIFICATE % "brightharbor.io").replace("validationMethod: DNS", members)
    assert rules(text) == expected


def test_fixes():
    """A literal is changed where it is written."""
    text = HEAD + "config: {host: {default: bücher.brightharbor.io}}\n" + CERTIFICATE % "${host}"
    assert fixed_text(text, "Pulumi.yaml") == text
    fixed = fixed_text(text, "Pulumi.yaml", unsafe=True)
    assert fixed == text.replace("bücher", "xn--bcher-kva")
    text = (HEAD + CERTIFICATE % "a.brightharbor.io").replace("domainName", "domainNam")
    assert "domainName: a" in fixed_text(text, "Pulumi.yaml")


def test_dns_resources():
    """Zones and records are read with everything else."""
    text = (
        HEAD
        + """\
resources:
  zone: {type: 'aws:route53:Zone', properties: {name: brightharbor.io}}
  www:
    type: aws:route53:Record
    properties: {zoneId: '${zone.zoneId}', name: www, type: CNAME, records: [b.io]}
"""
    )
    parameters = Parameters({}, scope=ReadScope.EVERYTHING)
    (declaration,) = registry.read(Source("Pulumi.yaml", text), parameters)
    (variant,) = declaration.variants
    assert [str(zone.name) for zone in variant.zones] == ["brightharbor.io"]
    assert [zone.address for zone in variant.zones] == ["zone"]
    assert [str(record.name) for record in variant.records] == ["www.brightharbor.io"]
    assert [record.address for record in variant.records] == ["www"]
    assert read(text) == ()
    text += """\
  cert: {type: 'aws:acm:Certificate', properties: {domainName: a.io}}
  validation:
    type: aws:route53:Record
    properties:
      zoneId: ${zone.zoneId}
      name: ${cert.domainValidationOptions[0].resourceRecordName}
      type: CNAME
      records: ['${cert.domainValidationOptions[0].resourceRecordValue}']
  other:
    type: aws:route53:Record
    properties: {zoneId: x, name: '${host}', type: CNAME, records: ['${target}']}
"""
    (declaration,) = registry.read(Source("Pulumi.yaml", text), parameters)
    found = [(str(e.name), str(e.target)) for e in declaration.variants[0].records]
    assert found == [("www.brightharbor.io", "b.io"), ("${host}", "${target}")]


def test_existing_resources_are_not_requests():
    """With `get`, a resource is only read."""
    text = HEAD + CERTIFICATE % "a_b.io" + "    get: {id: x}\n"
    assert read(text) == ()


def test_a_replacement_creates_the_new_certificate_first():
    """Unless the program says otherwise."""
    text = HEAD + CERTIFICATE % "a.io"
    assert read(text)[0].request.create_before_destroy is True
    text += "    options: {deleteBeforeReplace: true}\n"
    assert read(text)[0].request.create_before_destroy is False


def test_errors_have_a_position():
    """A value of the wrong type is reported where it is."""
    with pytest.raises(InputError, match=r":7:\d+: `resources\.cert\.properties\.domainName` must"):
        read(HEAD + CERTIFICATE % "[a.io]")


@pytest.mark.parametrize("text", ["resources: [a]\n", "resources: {a: {type: 'gcp:x:Y'}}\n", "a\n"])
def test_other_files_are_not_programs(text):
    """A program has a resource of AWS."""
    assert pulumi.read(Source("x.yaml", text), Parameters({})) is None


PIECES = st.sampled_from(["${", "$${", "}", "a", ".", "[", "]", '"', "0", "host", "domain", " "])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_string_has_a_value(text):
    """No string is an error of acmrules."""
    program = {
        "config": {"domain": {"default": "a.io"}},
        "variables": {"host": text, "a": "${host}${host}"},
        "resources": {
            "a": {"type": "aws:acm:Certificate", "properties": {"domainName": "${a}"}},
            "b": {"type": "aws:acm:Certificate", "properties": {"domainName": text}},
        },
    }
    assert len(registry.read(Source("p.json", json.dumps(program)))) == 2


@pytest.mark.parametrize(
    "expression",
    [
        "{'fn::join': [',', abc]}",
        "{'fn::select': [2, [a.io, b.io]]}",
        "{'fn::other': [0, [a.io, b.io]]}",
        "{'fn::select': [0, [a.io], x]}",
    ],
)
def test_functions_that_are_not_evaluated(expression):
    """An argument of the wrong kind, or another function, makes the value unknown."""
    [name] = names_of(expression)
    assert name.startswith("fn::")


def chain(length, last="a.io", link="${v%d}"):
    """Return variables, each made of the one before."""
    lines = [f"  v{n}: '{link.replace('%d', str(n - 1))}'\n" for n in range(1, length)]
    return "".join(("variables:\n", f"  v0: {last}\n", *lines))


@pytest.mark.parametrize(("length", "is_known"), [(31, True), (32, False)])
def test_the_depth_of_references(length, is_known):
    """Longer chains of variables are unknown."""
    [name] = names_of(f"${{v{length - 1}}}", chain(length))
    assert name == ("a.io" if is_known else "${v0}")


def test_a_variable_may_be_used_again():
    """Only a variable that refers to itself is unknown."""
    assert names_of("${v0}.${v0}", chain(1, "io")) == ("io.io",)


def test_the_number_of_steps():
    """Variables that double each time are unknown after many steps."""
    [name] = names_of("${v14}", chain(15, "a", "${v%d}${v%d}"))
    assert "${" in name


@pytest.mark.parametrize("kind", ["properties: {a: b}", "type: [aws, b]"])
def test_resources_without_a_type(kind):
    """They are ignored."""
    text = HEAD + CERTIFICATE % "a.io" + f"  other:\n    {kind}\n"
    assert [each.address for each in read(text)] == ["cert"]


def test_the_default_provider_has_the_region():
    """Its Region is that of resources without a provider."""
    provider = (
        "  main:\n    type: pulumi:providers:aws\n    defaultProvider: true\n"
        "    properties: {region: eu-west-3}\n"
    )
    assert read(HEAD + CERTIFICATE % "a.io" + provider)[0].request.region == "eu-west-3"


def test_the_region_has_the_location_of_the_provider():
    """The Region of a provider is written there."""
    provider = (
        "    options: {provider: '${other}'}\n"
        "  other:\n    type: pulumi:providers:aws\n    properties: {region: eu-west-3}\n"
    )
    (declaration,) = read(HEAD + CERTIFICATE % "a.io" + provider)
    assert at(declaration, "region") == "eu-west-3"


def test_a_resource_that_is_its_own_parent():
    """A cycle of parents has no Region."""
    text = HEAD + CERTIFICATE % "a.io" + "    options: {parent: '${cert}'}\n"
    assert read(text, "eu-west-1")[0].request.region == "eu-west-1"


def test_the_origin_of_a_value():
    """A note names the variable or the property in which a value is written."""
    (declaration,) = read(HEAD + CERTIFICATE % "${v0}" + chain(1))
    assert defined_at(declaration, "names", 0) == ("a.io", "`v0`")
    zone = "  zone:\n    type: aws:route53:Zone\n    properties: {name: a.io}\n"
    (declaration,) = read(HEAD + CERTIFICATE % "${zone.name}" + zone)
    assert defined_at(declaration, "names", 0) == ("a.io", "`zone.properties.name`")


def test_other_attributes_are_not_references():
    """Only the ARN or the ID of a certificate identifies it."""
    text = HEAD + CERTIFICATE % "www.brightharbor.io" + DISTRIBUTION % "${cert.status}"
    found, other = read(text)
    assert not found.variants[0].consumers
    assert str(other.variants[0].consumers[0].certificate) == "${cert.status}"


def test_each_certificate_has_its_own_consumers():
    """References find the resource of their name."""
    text = HEAD + CERTIFICATE % "www.brightharbor.io" + DISTRIBUTION % "${cert.arn}"
    second = (CERTIFICATE % "a.io").removeprefix("resources:\n").replace("cert:", "cert2:")
    found = read(text + second)
    used = [[each.address for each in one.variants[0].consumers] for one in found]
    assert used == [["site"], []]


def test_hosts_have_their_own_words():
    """An unknown host is written as in the file."""
    text = HEAD + CERTIFICATE % "a.io" + DISTRIBUTION % "${cert.arn}"
    for written in ("www.${stage}", "${stage}"):
        (declaration,) = read(text.replace("www.brightharbor.io", f"'{written}'"))
        [consumer] = declaration.variants[0].consumers
        assert [*map(str, consumer.hosts)] == [written]
