"""Configurations of the Serverless Framework, from the text to findings."""

import copy
import json

import pytest
from hypothesis import given
from tests.support.cloudformation import as_template, requests
from tests.support.fixes import findings, fixed_text

from acmrules.lint.linter import Linter
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.serverless import reader, variables
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Source

HEAD = "service: shop\nprovider: {name: aws, region: eu-west-1}\n"
CERTIFICATE = """\
resources:
  Resources:
    Cert:
      Type: AWS::CertificateManager::Certificate
      Properties:
        DomainName: %s
        ValidationMethod: DNS
        DomainValidationOptions: [{DomainName: "%s", HostedZoneId: Z0123456789ABCDEFGHIJ}]
"""
BY_STAGE = """\
custom:
  hosts: {dev: dev.brightharbor.io, prod: bright_harbor.io}
"""
ALTERNATIVES = "SubjectAlternativeNames"
STAGE = "${self:custom.hosts.${opt:stage, 'dev'}}"
ARN = "arn:aws:acm:%s:111122223333:certificate/12345678-1234-1234-1234-123456789012"


def read(text, region=None, **values):
    """Return the declarations in a configuration."""
    return registry.read(Source("serverless.yml", text), Parameters(values, region))


def rules(text):
    """Return the ids of the rules that report something in a configuration."""
    return {each.rule.id for each in findings(text, "serverless.yml")}


def as_service(members):
    """Return the data of a service whose resources are a certificate with some members."""
    return {
        "service": "shop",
        "provider": {"name": "aws", "region": "eu-west-1"},
        "resources": as_template(members),
    }


# Laws ---------------------------------------------------------------------------------------------


@given(requests())
def test_resources_are_read_like_a_template(members):
    """A certificate is the same in `resources` and in a template of its own."""
    (alone,) = registry.read(
        Source("t.json", json.dumps(as_template(members))), Parameters({}, "eu-west-1")
    )
    (inside,) = registry.read(Source("s.json", json.dumps(as_service(members))), Parameters({}))
    assert (inside.tool, inside.request) == (Tool.CLOUDFORMATION, alone.request)
    messages = [[each.message for each in Linter().check(d)[0]] for d in (inside, alone)]
    assert messages[0] == messages[1]


@given(requests())
def test_a_value_is_the_same_behind_a_variable(members):
    """If each name is a variable of `custom`, the request and its findings stay the same."""
    data = as_service(members)
    moved = copy.deepcopy(data)
    (resource,) = moved["resources"]["Resources"].values()
    properties = resource["Properties"]
    moved["custom"] = {"first": properties["DomainName"]}
    properties["DomainName"] = "${self:custom.first}"
    if properties.get("SubjectAlternativeNames"):
        moved["custom"]["others"] = properties["SubjectAlternativeNames"]
        properties["SubjectAlternativeNames"] = "${self:custom.others}"
    (plain,) = registry.read(Source("s.json", json.dumps(data)))
    (through,) = registry.read(Source("s.json", json.dumps(moved)))
    assert through.request == plain.request


# Examples -----------------------------------------------------------------------------------------


def test_the_region_is_that_of_the_provider():
    """Without one, it is that of the user, and else `us-east-1`."""
    text = HEAD + CERTIFICATE % ("a.io", "a.io")
    assert read(text)[0].request.region == "eu-west-1"
    open_ = text.replace("eu-west-1", "\"${opt:region, 'eu-west-1'}\"")
    assert read(open_)[0].request.region == "eu-west-1"
    assert read(open_, "eu-west-2")[0].request.region == "eu-west-2"
    without = text.replace(", region: eu-west-1", "")
    assert read(without)[0].request.region == "us-east-1"
    assert read(without, "eu-west-2")[0].request.region == "eu-west-2"


def test_each_stage_is_a_variant():
    """A member that only one stage selects is checked, whatever the default is."""
    text = HEAD + BY_STAGE + CERTIFICATE % (STAGE, STAGE)
    (declaration,) = read(text)
    assert [(v.condition, *v.request.spellings) for v in declaration.variants] == [
        ("when `opt:stage` is `dev`", "dev.brightharbor.io"),
        ("when `opt:stage` is `prod`", "bright_harbor.io"),
    ]
    found = findings(text, "serverless.yml")
    assert [(each.rule.id, each.condition) for each in found] == [
        ("ACM101", "when `opt:stage` is `prod`")
    ]
    (only,) = read(text, **{"opt:stage": "prod"})[0].variants
    assert (only.condition, only.request.spellings) == ("", ("bright_harbor.io",))


def test_stages_that_do_not_matter_make_no_variants():
    """A certificate that is the same in all stages has one variant without a condition."""
    text = HEAD + BY_STAGE + f'  customDomain: {{domainName: "{STAGE}"}}\n'
    cert, domain = read(text + CERTIFICATE % ("a.io", "a.io"))
    assert [v.condition for v in cert.variants] == [""]
    assert len(domain.variants) == 2


def test_a_file_with_many_options_is_read_a_limited_number_of_times(monkeypatch):
    """Options that are left over are unknown, and the declaration says so."""
    readings = []

    class Counted(variables.Variables):
        def __init__(self, data, given):
            readings.append(given)
            super().__init__(data, given)

    monkeypatch.setattr(reader, "Variables", Counted)
    text = HEAD + "custom:\n" + "".join(f"  m{i}: {{a: a.io, b: b.io}}\n" for i in range(150))
    names = ", ".join(f'"${{self:custom.m{i}.${{opt:o{i}}}}}"' for i in range(150))
    certificate = CERTIFICATE.replace(
        "Method: DNS", f"Method: DNS\n        {ALTERNATIVES}: [{names}]"
    )
    (declaration,) = read(text + certificate % ("a.io", "a.io"))
    assert declaration.truncated == "only 16 combinations of the options were checked"
    assert 100 < len(readings) < 120


def test_too_many_combinations_are_reported():
    """Only the first ones are checked, and the declaration says so."""
    names = ", ".join(f"k{i}: h{i}.io" for i in range(40))
    text = HEAD + f"custom: {{hosts: {{{names}}}}}\n" + CERTIFICATE % (STAGE, STAGE)
    (declaration,) = read(text)
    assert len(declaration.variants) == 16
    assert declaration.truncated == "only 16 combinations of the options were checked"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        # The plugin requests certificates in `us-east-1`, unless it is given a Region.
        ("endpointType: regional", {"ACM502"}),
        ("endpointType: edge", set()),
        ("", set()),
    ],
)
def test_the_region_of_a_certificate_and_its_domain(members, expected):
    """An edge-optimized domain needs `us-east-1`, a Regional one its own Region."""
    text = f"""{HEAD}custom:
  customCertificate: {{certificateName: a.brightharbor.io, hostedZoneIds: Z0123456789ABCDEFGHIJ}}
  customDomain: {{domainName: a.brightharbor.io, certificateName: a.brightharbor.io, {members}}}
"""
    assert rules(text) == expected
    here = text.replace(
        "certificateName: a.brightharbor.io, hosted",
        "certificateName: a.brightharbor.io, region: eu-west-1, hosted",
        1,
    )
    assert rules(here) == {"ACM501" if "regional" not in members else ""} - {""}


@pytest.mark.parametrize(
    ("section", "region", "expected"),
    [
        ("custom: {customDomain: {domainName: a.brightharbor.io, %s}}", "eu-west-1", {"ACM508"}),
        ("custom: {customDomain: {domainName: a.brightharbor.io, %s}}", "us-east-1", set()),
        (
            "custom: {customDomain: {domainName: a.brightharbor.io, endpointType: REGIONAL, %s}}",
            *("us-east-1", {"ACM508"}),
        ),
        (
            "custom: {customDomain: {domainName: a.brightharbor.io, endpointType: REGIONAL, %s}}",
            *("eu-west-1", set()),
        ),
        ("appSync: {domain: {name: a.brightharbor.io, %s}}", "eu-west-1", {"ACM508"}),
        ("appSync: {domain: {name: a.brightharbor.io, %s}}", "us-east-1", set()),
    ],
)
def test_the_region_of_a_literal_arn(section, region, expected):
    """It has to be that of the type of the domain."""
    text = f"{HEAD}{section % f'certificateArn: {ARN % region}'}\n"
    assert (
        rules(
            text.replace("certificateArn: arn", "certificateArn: 'arn").replace("9012}", "9012'}")
        )
        == expected
    )


def test_a_custom_domain_needs_a_name_that_covers_it():
    """The certificate of the file is known to be selected by its name."""
    text = f"""{HEAD}custom:
  customCertificate: {{certificateName: '*.brightharbor.io', region: eu-west-1}}
  customDomain:
    domainName: api.shop.brightharbor.io
    certificateName: '*.brightharbor.io'
    endpointType: regional
"""
    assert "ACM205" in rules(text)
    assert "ACM205" not in rules(text.replace("api.shop", "shop"))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("brightharbor.io.", set()),
        ("brightharbor.io", set()),
        ("other.io.", {"ACM412"}),
        ("[brightharbor.io., other.io.]", set()),
        ("'${env:ZONE}'", set()),
    ],
)
def test_a_name_outside_its_zone(zone, expected):
    """The plugin would create the record in another zone, or none."""
    text = HEAD + (
        "custom: {customCertificate: {certificateName: a.brightharbor.io,"
        f" hostedZoneNames: {zone}}}}}\n"
    )
    assert rules(text) == expected
    found = [each.location.text for each in findings(text, "serverless.yml")]
    assert found == [zone] * len(expected)


def test_a_malformed_zone():
    """If the zone is known only by its id, that is checked."""
    text = HEAD + (
        "custom: {customCertificate: {certificateName: brightharbor.io,"
        " hostedZoneIds: /hostedzone/Z0123456789ABCDEFGHIJ}}\n"
    )
    assert rules(text) == {"ACM411"}


def test_fixes():
    """A literal is changed where it is written: in the request, or where a variable is defined."""
    text = HEAD + CERTIFICATE % ("BÜCHER.brightharbor.io", "BÜCHER.brightharbor.io")
    assert "xn--" in fixed_text(text, "serverless.yml")
    text = f"{HEAD}custom:\n  host: bücher.brightharbor.io # kept\n" + CERTIFICATE % (
        "${self:custom.host}",
        "${self:custom.host}",
    )
    assert fixed_text(text, "serverless.yml") == text
    fixed = fixed_text(text, "serverless.yml", unsafe=True)
    assert fixed == text.replace("bücher", "xn--bcher-kva")
    text = HEAD + "custom: {customCertificate: {certificateNam: brightharbor.io}}\n"
    assert "certificateName: brightharbor.io" in fixed_text(text, "serverless.yml")


def test_a_name_is_added_only_to_a_literal_list():
    """The list of a variable may be used elsewhere too."""
    text = f"""{HEAD}custom: {{names: [www.brightharbor.io]}}
resources:
  Resources:
    Cert:
      Type: AWS::CertificateManager::Certificate
      Properties:
        DomainName: brightharbor.io
        SubjectAlternativeNames: ${{self:custom.names}}
        ValidationMethod: DNS
    Listener:
      Type: AWS::ApiGatewayV2::DomainName
      Properties:
        DomainName: api.brightharbor.io
        DomainNameConfigurations: [{{CertificateArn: !Ref Cert}}]
"""
    assert "ACM205" in rules(text)
    assert fixed_text(text, "serverless.yml", unsafe=True, rules=("ACM205",)) == text
    literal = text.replace("${self:custom.names}", "[www.brightharbor.io]")
    fixed = fixed_text(literal, "serverless.yml", unsafe=True, rules=("ACM205",))
    assert "[www.brightharbor.io, api.brightharbor.io]" in fixed


def test_a_template_with_variables_of_the_framework():
    """Their values are unknown in a file of its own, and not part of a name."""
    text = (CERTIFICATE % ("'*.${self:custom.domain}'", "${opt:x}")).partition("\n")[2]
    text = "\n".join(line[2:] for line in text.splitlines())
    (declaration,) = registry.read(Source("certificate.yml", text))
    assert declaration.tool is Tool.CLOUDFORMATION
    assert str(declaration.request.names[0]) == "*.${self:custom.domain}"
    assert {each.rule.id for each in findings(text, "certificate.yml")} == {"ACM203"}
    plain = text.replace("${self:custom.domain}", "brightharbor.io").replace("${opt:x}", "x")
    assert reader.read(Source("certificate.yml", plain), Parameters({})) is None
    assert reader.read(Source("certificate.yml", text), Parameters({})) is None
    (same,) = reader.read_template(Source("certificate.yml", plain), Parameters({}))
    assert same.tool is Tool.CLOUDFORMATION
    service = Source("serverless.yml", HEAD + CERTIFICATE % ("a.io", "${self:x}"))
    assert reader.read_template(service, Parameters({})) is None


@pytest.mark.parametrize(
    "text",
    [
        "provider: {name: google}\nservice: a\ncustom: {customDomain: {domainName: a.io}}\n",
        "provider: {name: aws}\ncustom: {customDomain: {domainName: a.io}}\n",
        "text\n",
        "- provider:\n",
        "a: 1\n---\nprovider: {name: aws}\nservice: x\n",
    ],
)
def test_other_files_are_not_configurations(text):
    """A configuration has a service and a provider, which is AWS."""
    assert reader.read(Source("x.yml", text), Parameters({})) is None


def test_errors_have_a_position():
    """A value of the wrong type is reported where it is."""
    with pytest.raises(InputError, match=r"`custom\.customCertificate\.certificateName` must be"):
        read(HEAD + "custom: {customCertificate: {certificateName: [a.io]}}\n")
    with pytest.raises(InputError, match=r"`Resources\.Cert\.Properties\.DomainName` must be"):
        read(HEAD + CERTIFICATE % ("[a.io]", "a.io"))


def test_parameters_are_options_and_variables():
    """The user can set them, and those without a value are reported as open."""
    text = HEAD + CERTIFICATE % ("'${param:name}'", "${env:ZONE}")
    assert list(reader.parameters(Source("s.yml", text))) == ["param:name", "env:ZONE"]
    assert {"param:name", "env:ZONE"} <= read(text)[0].parameters
    assert read(text, **{"param:name": "a.io"})[0].request.spellings == ("a.io",)
    assert list(reader.parameters(Source("s.yml", HEAD))) == []


def test_what_is_not_checked():
    """Resources, certificates and domains that other files contain are listed, with a command."""
    text = f"""{HEAD}custom:
  customDomain: ${{file(domain.yml)}}
resources:
  - ${{file(certificate.yml)}}
  - ${{file(tables.yml)}}
"""
    found = [str(each) for each in reader.not_checked(Source("serverless.yml", text))]
    assert found == [
        (
            "the resource `${file(certificate.yml)}` comes from another file: run `serverless"
            " package`, and check `.serverless/cloudformation-template-update-stack.json`"
        ),
        (
            "`custom.customDomain` comes from another file: run `serverless print`, and check the"
            " output"
        ),
    ]
    text = HEAD + "plugins: [serverless-domain-manager]\ncustom: ${file(custom.yml)}\n"
    (found,) = reader.not_checked(Source("serverless.yml", text))
    assert str(found).startswith("`custom` comes from another file")
    assert not list(reader.not_checked(Source("s.yml", text.replace("domain-manager", "x"))))
    assert not list(reader.not_checked(Source("serverless.yml", HEAD)))
    assert not list(reader.not_checked(Source("t.yml", "Resources: {}\n")))
