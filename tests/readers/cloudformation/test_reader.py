"""Templates as a whole: their declarations and variants."""

import json
from textwrap import indent

import pytest
from tests.support.cloudformation import (
    at,
    branches,
    certificate,
    only,
    positions,
    read,
    spellings,
    template,
)

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.names import DomainName
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod, ValidationOption
from acmrules.resources import CertificateReference
from acmrules.syntax.source import InputError, Position
from acmrules.unresolved import Malformed, Unknown, Unresolved

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"

EVERYTHING = """\
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Certificate:
    Type: 'AWS::CertificateManager::Certificate'
    Properties:
      DomainName: www.example.com
      SubjectAlternativeNames:
        - "*.example.com"
        - !Ref Other
      ValidationMethod: DNS
      DomainValidationOptions:
        - DomainName: www.example.com
          HostedZoneId: Z123
        - !FindInMap [A, B, C]
      KeyAlgorithm: EC_prime256v1
      CertificateAuthorityArn: !Ref Authority
      CertificateTransparencyLoggingPreference: ENABLED
      CertificateExport: DISABLED
      Tags:
        - {Key: a, Value: 1}
        - !If [C, {Key: b, Value: c}, !Ref AWS::NoValue]
        - !ImportValue tag
"""


def unknown(label):
    """Return an unknown string."""
    return Unresolved((Unknown(label),))


def test_every_property():
    """Every property of a certificate is read, with its unknown parts."""
    declaration = only(EVERYTHING)
    request = declaration.request
    assert (declaration.tool, declaration.address) == (Tool.CLOUDFORMATION, "Certificate")
    assert list(map(str, request.names)) == ["www.example.com", "*.example.com", "${Other}"]
    assert request.validation_method is ValidationMethod.DNS
    assert request.validation_options == (
        ValidationOption(DomainName("www.example.com"), None, "Z123"),
        unknown("!FindInMap [A, B, C]"),
    )
    assert request.key_algorithm is KeyAlgorithm.EC_PRIME256V1
    assert request.certificate_authority_arn == unknown("${Authority}")
    assert (request.transparency_logging, request.export) == ("ENABLED", "DISABLED")
    assert request.tags == (Tag("a", "1"), unknown("!ImportValue tag"))
    assert declaration.variants[1].request.tags[1] == Tag("b", "c")
    assert request.region == unknown("${AWS::Region}")
    assert only(EVERYTHING, region="eu-west-1").request.region == "eu-west-1"


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 3, 3),
        (("region",), 3, 3),
        (("names", 0), 6, 19),
        (("names",), 8, 9),
        (("names", 1), 8, 12),
        (("names", 2), 9, 11),
        (("validation_method",), 10, 25),
        (("validation_options",), 12, 9),
        (("validation_options", 0), 12, 11),
        (("validation_options", 0, "domain_name"), 12, 23),
        (("validation_options", 0, "validation_domain"), 12, 11),
        (("validation_options", 0, "hosted_zone_id"), 13, 25),
        (("validation_options", 1), 14, 11),
        (("key_algorithm",), 15, 21),
        (("certificate_authority_arn",), 16, 32),
        (("transparency_logging",), 17, 49),
        (("export",), 18, 26),
        (("tags", 0, "value"), 20, 27),
        (("idempotency_token",), 3, 3),
    ],
)
def test_places(path, line, column):
    """Every value has its location, and an absent one that of the resource."""
    declaration = only(EVERYTHING)
    place = declaration.variants[0].location(path)
    assert declaration.source.position(place.start) == Position(line, column)


def test_json_places():
    """In JSON, the location of a value is after its quote; a tab is one column."""
    text = (
        '{\n\t"Resources": {\n\t\t"C": {"Type": "AWS::CertificateManager::Certificate",\n'
        '\t\t\t"Properties": {"DomainName": "a.io"}}}}'
    )
    declaration = only(text, "t.template")
    assert at(declaration, "names", 0) == "a.io"
    assert declaration.source.position(
        declaration.variants[0].location(("names", 0)).start
    ) == Position(4, 34)
    assert at(declaration) == "C"


def test_anchors():
    """An aliased value has the location of its anchor."""
    text = """\
Metadata: {Name: &name a.io, Shared: &shared {ValidationMethod: DNS, DomainName: x.io}}
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      <<: *shared
      DomainName: *name
"""
    declaration = only(text)
    assert spellings(declaration) == ["a.io"]
    assert declaration.request.validation_method is ValidationMethod.DNS
    assert at(declaration, "names", 0) == "a.io"
    assert at(declaration, "validation_method") == "DNS"


@pytest.mark.parametrize(
    "text",
    [
        "- name: test\n  input: {Resources: {C: {Type: 'AWS::CertificateManager::Certificate'}}}\n",
        "Resources: [AWS::CertificateManager::Certificate]\n",
        "tree:\n  Resources: AWS::CertificateManager::Certificate\n",
        "Resources:\n# AWS::CertificateManager::Certificate\n",
        "AWS::CertificateManager::Certificate Resources\n",
        "Resources: {C: {Type: 'Custom::AWS::CertificateManager::Certificate'}}\n",
    ],
)
def test_no_certificate(text):
    """A file that only mentions certificates, or is not a template, has no declarations."""
    assert read(text) == ()


def test_several_certificates():
    """Every certificate is a declaration, in the order of the file."""
    one = indent(
        "Type: AWS::CertificateManager::Certificate\nProperties: {DomainName: a.io}\n", "    "
    )
    text = f"Resources:\n  B:\n{one}  A:\n{one}"
    assert [declaration.address for declaration in read(text)] == ["B", "A"]
    assert len(read(f"{text}---\n{text}---\n")) == 4


def test_certificate_in_a_loop():
    """A certificate in a loop is one declaration with an unknown variable."""
    text = """\
Resources:
  Fn::ForEach::Sites:
    - Site
    - [a, b]
    - 'Cert${Site}':
        Type: AWS::CertificateManager::Certificate
        Properties: {DomainName: !Sub '${Site}.io'}
"""
    declaration = only(text)
    assert (declaration.address, spellings(declaration)) == ("Cert${Site}", ["${Site}.io"])


def test_unknown_properties():
    """If all properties are unknown, so is each of them, and the names too."""
    properties = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3}}"
    declaration = certificate(properties)
    expected = unknown("!Transform {Name: AWS::Include, Parameters: {Location: s3}}")
    first, others = declaration.request.names
    assert (first, others.unknown) == (expected, expected.unknowns[0])
    assert declaration.request.validation_method == declaration.request.export == expected
    assert declaration.request.validation_options == declaration.request.tags == (expected,)
    report = check_declarations([declaration], Linter())
    assert report.findings == ()
    assert "ACM401" in {skip.rule.id for skip in report.skips}


def test_unknown_options():
    """Options that are unknown as a whole are one unknown option."""
    properties = "DomainName: a.io\nDomainValidationOptions: !FindInMap [A, B, C]"
    request = certificate(properties).request
    assert request.validation_options == (unknown("!FindInMap [A, B, C]"),)
    with pytest.raises(InputError, match=r"Options.0` must be a mapping, not a string"):
        certificate("DomainName: a.io\nDomainValidationOptions: [!Sub text]")


def test_line_ends():
    """LF and CR LF result in the same lines and columns."""
    assert positions(read(EVERYTHING)) == positions(read(EVERYTHING.replace("\n", "\r\n")))


def test_given_defaults():
    """A value from a default has a note and the location of the default."""
    rest = "Parameters: {Name: {Type: String, Default: Example.com}}"
    declaration = certificate("DomainName: !Ref Name", rest)
    place = declaration.variants[0].location(("names", 0))
    assert declaration.source.text[place.definition.start : place.definition.end] == "Example.com"
    assert place.note == "default of parameter `Name`"
    assert declaration.request.spellings == ("Example.com",)


# Variants ----------------------------------------------------------------------------------------

CONDITIONS = """\
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}
  Open: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Equals [!Ref Stage, test]
  IsOpen: !Equals [!Ref Open, x]
  Never: !Equals [a, b]
"""


def conditional(condition, properties="DomainName: a.io"):
    """Return a template whose certificate depends on a condition."""
    return template(properties).replace("Type:", f"Condition: {condition}\n    Type:") + CONDITIONS


def test_condition_of_a_certificate():
    """A certificate is read with its condition being true."""
    declaration = only(conditional("IsProd", "DomainName: !If [IsProd, prod.io, dev.io]"))
    assert branches(declaration) == {"": ["prod.io"]}
    assert branches(only(conditional("IsProd", "DomainName: !Ref Stage"))) == {"": ["prod"]}


def test_certificate_that_is_never_made():
    """A certificate whose condition is never true is not a declaration."""
    assert read(conditional("Never")) == ()
    assert read(conditional("IsProd"), Stage="dev") == ()
    assert len(read(conditional("IsProd"), Stage="prod")) == 1


def test_equal_variants_are_one():
    """Conditions with the same result are one variant without a condition."""
    properties = "DomainName: a.io\nSubjectAlternativeNames: [!If [IsOpen, b.io, b.io]]"
    assert branches(certificate(properties, CONDITIONS)) == {"": ["a.io", "b.io"]}


def test_words_of_conditions():
    """A variant names the conditions in which it differs from the others."""
    properties = "DomainName: !If [IsProd, prod.io, !If [IsTest, test.io, dev.io]]"
    assert branches(certificate(properties, CONDITIONS)) == {
        "when `IsProd` is false and `IsTest` is false": ["dev.io"],
        "when `IsProd` is false and `IsTest` is true": ["test.io"],
        "when `IsProd` is true and `IsTest` is false": ["prod.io"],
    }


def test_domain_name_that_a_condition_takes_away():
    """If a condition removes the domain name, the variant has an empty one."""
    declaration = certificate("DomainName: !If [IsProd, prod.io, !Ref AWS::NoValue]", CONDITIONS)
    assert declaration.variants[0].request.names == (Malformed(""),)


def many(count):
    """Return a template whose names depend on a number of independent conditions."""
    conditions = "".join(f"  C{i}: !Equals [!Ref P{i}, x]\n" for i in range(count))
    parameters = "".join(f"  P{i}: {{Type: String}}\n" for i in range(count))
    items = "".join(f"- !If [C{i}, {i}.io, !Ref AWS::NoValue]\n" for i in range(count))
    properties = f"DomainName: x.io\nSubjectAlternativeNames:\n{items}"
    return template(properties) + f"Conditions:\n{conditions}Parameters:\n{parameters}"


def test_bounded():
    """More than sixteen variants are truncated with a note."""
    assert (len(only(many(4)).variants), only(many(4)).truncated) == (16, "")
    declaration = only(many(5))
    assert len(declaration.variants) == 16
    assert declaration.truncated == "only 16 combinations of the conditions were checked"


def test_unbounded():
    """A certificate with too many conditions at once is an error."""
    text = many(60).replace("    Type:", "    Condition: Odd\n    Type:", 1)
    odd = "C0"
    for index in range(1, 12):
        odd, pair = f"X{index}", (odd, f"C{index}")
        both = f"!And [!Condition {pair[0]}, !Not [!Condition {pair[1]}]]"
        other = f"!And [!Not [!Condition {pair[0]}], !Condition {pair[1]}]"
        text = text.replace("Parameters:", f"  {odd}: !Or [{both}, {other}]\nParameters:")
    never = f"  Odd: !And [!Condition {odd}, !Not [!Condition {odd}]]\n"
    with pytest.raises(InputError, match="too many combinations of conditions"):
        read(text.replace("Parameters:", f"{never}Parameters:"))


def test_bounded_consumers():
    """A consumer with many conditions does not prevent the check of its certificate."""
    aliases = ", ".join(f"!If [C{i}, {i}.io, !Ref AWS::NoValue]" for i in range(12))
    site = (SITE % "!Ref Certificate").replace("[a.io]", f"[{aliases}]")
    declaration = only(many(12).replace("Conditions:", f"{site}Conditions:"))
    assert (declaration.address, len(declaration.variants)) == ("Certificate", 16)


# Consumers ---------------------------------------------------------------------------------------

SITE = """\
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [a.io]
        ViewerCertificate: {AcmCertificateArn: %s}
"""


def known(rest, properties="DomainName: a.io"):
    """Return whether all consumers of a certificate are known, for each variant."""
    (declaration, *_) = read(template(properties) + rest + CONDITIONS)
    return [variant.all_consumers_known for variant in declaration.variants]


def test_consumer():
    """A consumer is a part of its certificate's declaration."""
    (consumer,) = (
        only(template("DomainName: a.io") + SITE % "!Ref Certificate").variants[0].consumers
    )
    assert consumer.certificate == CertificateReference("Certificate")


@pytest.mark.parametrize(
    ("rest", "all_known"),
    [
        ("", [False]),
        (SITE % "!Ref Certificate", [True]),
        (SITE % "!GetAtt Certificate.Id", [True]),
        (SITE % "!Ref Certificate" + "Outputs: {Arn: {Value: !Ref Certificate}}\n", [False]),
        (SITE % "!Ref Certificate" + "  Role: {Type: X, P: !Sub '${Certificate}'}\n", [False]),
        (SITE % "!Ref Certificate" + "  Role: {Type: X, DependsOn: Certificate}\n", [True]),
        (
            SITE % "!Ref Certificate"
            + "  Api: {Type: 'AWS::AppSync::DomainName', Properties: [!Ref Certificate]}\n",
            [False],
        ),
        (
            SITE
            % "!Ref Certificate"
            + "  Api: {Type: 'AWS::AppSync::DomainName', Condition: Never,"
            " Properties: {X: !Ref Certificate}}\n",
            [True],
        ),
        ((SITE % "!Ref Certificate").replace("[a.io]", "!GetAtt A.B"), [False]),
        ((SITE % "!Ref Certificate").replace("Aliases: [a.io]", "X: 1"), [False]),
        ((SITE % "!Ref Certificate").replace("[a.io]", "!Ref AWS::NoValue"), [False]),
    ],
)
def test_all_consumers_known(rest, all_known):
    """All consumers are known if nothing else mentions the certificate."""
    assert known(rest) == all_known


def test_all_consumers_known_under_conditions():
    """Whether all consumers are known may depend on a condition."""
    api = "{Type: 'AWS::AppSync::DomainName', Condition: IsOpen, Properties: {X: !Ref Certificate}}"
    assert known(f"{SITE % '!Ref Certificate'}  Api: {api}\n") == [True, False]


def test_consumers_under_conditions():
    """A consumer counts in the variants in which it exists."""
    site = (SITE % "!If [IsProd, !Ref Certificate, !Ref AWS::NoValue]").replace(
        "    Type", "    Condition: IsOpen\n    Type"
    )
    declaration, site_alone = read(template("DomainName: a.io") + site + CONDITIONS)
    assert site_alone.variants[0].consumers == ()
    consumers = {v.condition: len(v.consumers) for v in declaration.variants}
    assert consumers == {
        "when `IsOpen` is false": 0,
        "when `IsOpen` is true and `IsProd` is true": 1,
    }


@pytest.mark.parametrize(
    ("written", "certificate_"),
    [(ARN, ARN), ("!Ref Open", unknown("${Open}")), ("testArn", "testArn")],
)
def test_consumer_alone(written, certificate_):
    """A consumer of a certificate in another file is a declaration without a request."""
    text = f"Resources:\n{SITE % written}{CONDITIONS}Metadata: {{Other: '{ARN}'}}\n"
    declaration = only(text)
    (variant,) = declaration.variants
    (consumer,) = variant.consumers
    assert (declaration.address, declaration.request) == ("Site", None)
    assert consumer.certificate == certificate_
    assert not variant.all_consumers_known
    assert at(declaration, "consumers", 0, "certificate") == written
    assert at(declaration) == "Site"


def test_consumer_of_both():
    """A consumer of its own file's or another certificate is in two declarations."""
    site = SITE % "!If [IsProd, !Ref Certificate, !Ref Open]"
    own, alone = read(template("DomainName: a.io") + site + CONDITIONS)
    assert [len(variant.consumers) for variant in own.variants] == [0, 1]
    assert [variant.condition for variant in alone.variants] == [""]
    assert alone.variants[0].consumers[0].certificate == unknown("${Open}")


def test_consumer_without_certificate():
    """A resource without a certificate is not a declaration."""
    text = (
        f"Metadata: {{Other: '{ARN}'}}\nResources:\n  Listener:\n"
        "    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties: {Protocol: HTTP}\n"
    )
    assert read(text) == ()


# What cannot be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("", r"t.yaml:2:3: `Resources.Certificate` has no `DomainName`"),
        ("\n    Properties: {}", r"t.yaml:4:5: `Resources.Certificate.Properties` has no"),
        (
            "\n    Properties: x",
            r"`Resources.Certificate.Properties` must be a mapping, not a string",
        ),
        (
            "\n    Properties: {DomainName: !Sub '${Certificate}.io'}",
            r"t.yaml:2:3: `Resources.Certificate` refers to itself",
        ),
        (
            (
                "\n    Properties: {DomainName: a.io}\n    DependsOn: [A]\n"
                "  A: {Type: X, DependsOn: [B, Other, {}]}\n  B: {Type: X, P: !Ref Certificate}"
            ),
            (
                r"t.yaml:2:3: `Resources.Certificate` is part of a reference cycle: `Certificate`,"
                " `A`, `B`"
            ),
        ),
        (
            (
                "\n    Properties: {DomainName: !Ref A}\n"
                "  A: {Type: X, DependsOn: B}\n  B: {Type: X, P: !Sub '${A}'}"
            ),
            r"`Resources.A` is part of a reference cycle: `A`, `B`",
        ),
    ],
)
def test_unreadable(rest, fault):
    """An invalid certificate is reported in one line with its position."""
    text = f"Resources:\n  Certificate:\n    Type: AWS::CertificateManager::Certificate{rest}\n"
    with pytest.raises(InputError, match=fault):
        read(text, "t.yaml")


def test_no_cycle():
    """References that share a target, or are only in branches, are not a cycle."""
    rest = """\
  A: {Type: X, P: !Ref C, Q: !Ref B}
  B: {Type: X, P: !Ref C}
  C: {Type: X, P: !If [IsProd, !Ref Certificate, x]}
"""
    text = template("DomainName: !Sub '${A}${B}'") + rest + CONDITIONS
    assert len(read(text)) == 1
    kind = "AWS::CertificateManager::Certificate"
    other = f"  D: {{Type: '{kind}', Properties: {{DomainName: !Ref A}}}}\n"
    assert len(read(template("DomainName: !Ref A") + rest + other + CONDITIONS)) == 2


def test_deep_nesting():
    """Nesting beyond the limit is reported."""
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    text = (
        f'{{"Resources": {{"C": {{"Type": "AWS::CertificateManager::Certificate"}}}}, "X": {deep}}}'
    )
    with pytest.raises(InputError, match="is nested too deeply"):
        read(text, "t.json")
    conditions = {f"C{i}": {"Fn::Not": [{"Condition": f"C{i + 1}"}]} for i in range(2_000)}
    properties = {"DomainName": {"Fn::If": ["C0", "a.io", "b.io"]}}
    resource = {"Type": "AWS::CertificateManager::Certificate", "Properties": properties}
    data = {"Conditions": conditions, "Resources": {"C": resource}}
    with pytest.raises(InputError, match="is nested too deeply"):
        read(json.dumps(data), "t.json")


def test_thousands_of_resources():
    """A certificate is found among thousands of other resources."""
    resources = {f"R{i}": {"Type": "X", "P": {"Ref": f"R{i + 1}"}} for i in range(5_000)}
    resources["C"] = {
        "Type": "AWS::CertificateManager::Certificate",
        "DependsOn": "R0",
        "Properties": {"DomainName": "a.io"},
    }
    declaration = only(json.dumps({"Resources": resources}), "t.json")
    assert spellings(declaration) == ["a.io"]
