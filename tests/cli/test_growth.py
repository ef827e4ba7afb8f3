"""How the work grows with the input: twice as much input takes at most twice as many steps."""

import subprocess
import sys

import pytest
from tests.support.growing import FOLDERS, lines
from tests.support.steps import steps_of

from acmrules.caa import may_issue
from acmrules.cli.main import main
from acmrules.coverage import redundant_names, uncovered

SMALL = 40
"""The smallest input; steps that do not depend on its size cancel out in the differences."""

_CERTIFICATE = """\
  C:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: www.brightharbor.io
      ValidationMethod: DNS
"""
_NAMES = "Resources:\n" + _CERTIFICATE + "      SubjectAlternativeNames:\n"
_ONE = "Resources:\n" + _CERTIFICATE
_PARAMETER = "Parameters:\n  X: {Type: String}\n"
_WITH_ZONE = """\
  C#:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: n#.brightharbor.io
      ValidationMethod: DNS
      DomainValidationOptions: [{DomainName: n#.brightharbor.io, HostedZoneId: Z0123456789ABC}]
"""
_RECORD_SET = """\
  R#:
    Type: AWS::Route53::RecordSet
    Properties:
      {Name: r#.brightharbor.io, HostedZoneId: Z0123456789ABC, Type: %s, ResourceRecords: [a.io]}
"""
_OWN_ZONE = """\
  C#:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: n#.brightharbor.io
      ValidationMethod: DNS
      DomainValidationOptions: [{DomainName: n#.brightharbor.io, HostedZoneId: !Ref Z#}]
  Z#:
    Type: AWS::Route53::HostedZone
    Properties: {Name: n#.brightharbor.io}
  D#:
    Type: AWS::Route53::RecordSet
    Properties:
      Name: n#.brightharbor.io
      HostedZoneId: Z0123456789ABC
      Type: NS
      ResourceRecords: !GetAtt Z#.NameServers
"""
_ACK = """\
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata:
  name: site
spec:
  domainName: %s
"""
_RESOURCE = """\
resource "aws_acm_certificate" "c%s" {
  domain_name       = "www.brightharbor.io"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}
"""
_WAITING = """\
resource "aws_lb_listener" "l#" {
  certificate_arn = aws_acm_certificate_validation.v#.certificate_arn
}
resource "aws_acm_certificate_validation" "v#" {
  certificate_arn         = aws_acm_certificate.c#.arn
  validation_record_fqdns = [for o in aws_acm_certificate.c#.domain_validation_options : o]
}
"""
_EARLY = _WAITING.replace("_validation.v#.certificate_arn", ".c#.arn")
_SOURCE = """\
data "aws_acm_certificate" "d#" {
  domain = "www.brightharbor.io"
}
resource "aws_lb_listener" "l#" {
  certificate_arn = data.aws_acm_certificate.d#.arn
}
"""


TEMPLATES = {
    "names": lambda n: _NAMES + lines(n, "      - n#.brightharbor.io"),
    "faulty names": lambda n: _NAMES + lines(n, "      - n_#.brightharbor.io"),
    "equal beginnings": lambda n: (
        _NAMES + lines(n, "      - !Sub '${X}n#.brightharbor.io'") + _PARAMETER
    ),
    "equal ends": lambda n: _NAMES + lines(n, "      - !Sub 'n#.${X}'") + _PARAMETER,
    "unknown labels": lambda n: (
        _NAMES
        + lines(n, "      - !Sub '${X#}.brightharbor.io'")
        + "Parameters:\n"
        + lines(n, "  X#: {Type: String}")
    ),
    # With more conditions, the number of combinations that are read is bounded.
    "names under conditions": lambda n: (
        _NAMES
        + "".join(
            f"      - !If [C{i % 3}, n{i}.brightharbor.io, !Ref AWS::NoValue]\n" for i in range(n)
        )
        + _PARAMETER
        + "Conditions:\n"
        + lines(3, "  C#: !Equals [!Ref X, v#]")
    ),
    "mappings with an unknown key": lambda n: (
        _NAMES
        + lines(n, "      - !FindInMap [M#, !Ref X, D]")
        + _PARAMETER
        + "Mappings:\n"
        + lines(n, "  M#: {a: {D: a#.brightharbor.io}, b: {D: b#.brightharbor.io}}")
    ),
    "options": lambda n: (
        _NAMES
        + lines(n, "      - n#.brightharbor.io")
        + "      DomainValidationOptions:\n"
        + lines(n, "      - {DomainName: n#.brightharbor.io, HostedZoneId: Z0123456789ABC}")
    ),
    "tags": lambda n: _ONE + "      Tags:\n" + lines(n, "      - {Key: k#, Value: v}"),
    "certificates": lambda n: (
        "Resources:\n" + "".join(_CERTIFICATE.replace("C:", f"C{i}:", 1) for i in range(n))
    ),
    "records in a zone": lambda n: (
        "Resources:\n"
        + lines(n, _WITH_ZONE + _RECORD_SET % "A")
        + _RECORD_SET.replace("#", "x") % "NS"
    ),
    "delegated zones": lambda n: "Resources:\n" + lines(n, _OWN_ZONE),
    "consumers": lambda n: (
        _ONE
        + lines(
            n,
            "  L#:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n"
            "      Protocol: HTTPS\n      Certificates: [{CertificateArn: !Ref C}]",
        )
    ),
    "suppressions that are used": lambda n: (
        _NAMES + lines(n, "      - n_#.brightharbor.io # acmrules: ignore[ACM102]: known")
    ),
    "suppressions that are not used": lambda n: (
        _NAMES + lines(n, "      - n#.brightharbor.io # acmrules: ignore[ACM102]: known")
    ),
    "suppressions in a row": lambda n: lines(n, "# acmrules: ignore[ACM102]: known") + _ONE,
    "suppressions in metadata": lambda n: (
        _ONE
        + "    Metadata:\n      acmrules:\n        ignore:\n"
        + lines(n, "        - 'ACM102: known'")
    ),
    "lines below a suppression": lambda n: (
        "# acmrules: ignore[ACM102]: known\n" + _NAMES + lines(n, "      - n_#.brightharbor.io")
    ),
}
_SERVICE = "service: shop\nprovider: {name: aws, region: us-east-1}\n"
_OF_SERVICE = "resources:\n  Resources:\n" + _CERTIFICATE.replace("\n", "\n  ").replace(
    "  C:", "    C:", 1
)
SERVICES = {
    "domains": lambda n: (
        _SERVICE
        + "custom:\n  customDomains:\n"
        + lines(n, "    - {domainName: n#.brightharbor.io, certificateName: brightharbor.io}")
    ),
    "variables": lambda n: (
        _SERVICE
        + "custom:\n"
        + lines(n, "  n#: n#.brightharbor.io")
        + _OF_SERVICE
        + "      SubjectAlternativeNames:\n"
        + lines(n, "            - ${self:custom.n#}")
    ),
    "variables in a string": lambda n: (
        _SERVICE + "custom: {x: a}\n" + _OF_SERVICE.replace("www.", "${self:custom.x}" * n)
    ),
    "openings of variables": lambda n: _SERVICE + _OF_SERVICE.replace("www.", "${" * n),
    "nested variables": lambda n: (
        _SERVICE + _OF_SERVICE.replace("www.", "${opt:x, " * n + "'a'" + "}" * n)
    ),
    "certificates of a service": lambda n: (
        _SERVICE
        + "resources:\n  Resources:\n"
        + "".join(
            "    " + _CERTIFICATE.replace("\n", "\n  ").replace("C:", f"C{i}:", 1).strip() + "\n"
            for i in range(n)
        )
    ),
}
_PULUMI = """\
  c#:
    type: aws:acm:Certificate
    properties: {domainName: www.brightharbor.io, validationMethod: DNS}
"""
PROGRAMS = {
    "certificates of a program": lambda n: "resources:\n" + lines(n, _PULUMI),
    "consumers of a program": lambda n: (
        "resources:\n"
        + _PULUMI.replace("#", "")
        + lines(
            n,
            "  l#: {type: 'aws:lb:Listener', properties: {certificateArn: '${c.arn}'}}",
        )
    ),
    "references": lambda n: (
        "resources:\n"
        + _PULUMI.replace("www.brightharbor.io", f"'${{v{n - 1}}}'")
        + "variables:\n  v0: brightharbor.io\n"
        + "".join(f"  v{i}: '${{v{i - 1}}}'\n" for i in range(1, n))
    ),
    "expressions": lambda n: (
        "resources:\n" + _PULUMI.replace("www.brightharbor.io", '"' + "${x}" * n + '"')
    ),
}
_MANAGED = """\
---
apiVersion: acm.aws.upbound.io/v1beta1
kind: Certificate
metadata: {name: c#}
spec: {forProvider: {domainName: www.brightharbor.io, validationMethod: DNS}}
---
apiVersion: cloudfront.aws.upbound.io/v1beta1
kind: Distribution
metadata: {name: d#}
spec:
  forProvider: {viewerCertificate: [{acmCertificateArnRef: {name: c#}}]}
"""
MANIFESTS = {
    "managed resources": lambda n: lines(n, _MANAGED),
    "placeholders": lambda n: _ACK % ('"' + "{{ x }}" * n + '.brightharbor.io"'),
    "optional parts": lambda n: _ACK % ('"' + "{{ if x }}" * n + '"'),
    "openings": lambda n: _ACK % ('"' + "{{" * n + '"'),
    "lines of an annotation": lambda n: (_ACK % "www.brightharbor.io").replace(
        "spec:",
        "  annotations:\n    acmrules/ignore: |\n" + lines(n, "      ACM102: known") + "spec:",
    ),
    "ingresses": lambda n: (
        _ACK % "www.brightharbor.io"
        + lines(
            n,
            "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i#\n"
            "  annotations:\n    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:"
            "123456789012:certificate/12345678-1234-1234-1234-123456789012\n"
            "spec:\n  rules:\n  - host: h#.brightharbor.io",
        )
    ),
}
CONFIGURATIONS = {
    "resources": lambda n: "".join(_RESOURCE % i for i in range(n)),
    "suppressed resources": lambda n: "".join(
        "# acmrules: ignore[ACM102]: known\n" + _RESOURCE % i for i in range(n)
    ),
    "resources that wait": lambda n: "".join(
        _RESOURCE % i + _WAITING.replace("#", str(i)) for i in range(n)
    ),
    "resources that do not wait": lambda n: "".join(
        _RESOURCE % i + _EARLY.replace("#", str(i)) for i in range(n)
    ),
    "data sources": lambda n: "".join(
        _RESOURCE % i + _SOURCE.replace("#", str(i)) for i in range(n)
    ),
    "a chain of resources": lambda n: (
        _RESOURCE % 0
        + _WAITING.replace("#", "0").replace("}\n", "  depends_on = [x_y.r0]\n}\n", 1)
        + lines(n, 'resource "x_y" "r#" {\n  z = x_y.s#.id\n}')
        + "".join(f'resource "x_y" "s{i}" {{\n  z = x_y.r{i + 1}.id\n}}\n' for i in range(n))
    ),
    "a list of names": lambda n: (
        "locals {\n  names = [\n"
        + lines(n, '    "n#.brightharbor.io",')
        + "  ]\n}\n"
        + _RESOURCE.replace("}\n", "  subject_alternative_names = local.names\n}\n", 1) % ""
    ),
    "instances": lambda n: (
        "locals {\n  names = {\n"
        + lines(n, '    n# = "n#.brightharbor.io"')
        + "  }\n}\n"
        + (_RESOURCE % "").replace('"www.brightharbor.io"', "each.value\n  for_each = local.names")
    ),
    "a chain of values": lambda n: (
        'locals {\n  x0 = "brightharbor.io"\n'
        + "".join(f'  x{i + 1} = "${{local.x{i}}}"\n' for i in range(n))
        + "}\n"
        + (_RESOURCE % "").replace('"www.brightharbor.io"', f"local.x{n}")
    ),
    "lookups of an unknown key": lambda n: (
        'variable "env" {}\nlocals {\n'
        + lines(n, '  m# = { a = "a#.brightharbor.io", b = "b#.brightharbor.io" }')
        + "}\n"
        + (_RESOURCE % "").replace(
            '"DNS"',
            '"DNS"\n  subject_alternative_names = ['
            + ", ".join(f"local.m{i}[var.env]" for i in range(n))
            + "]",
        )
    ),
    "variables": lambda n: (
        lines(n, 'variable "x#" {}')
        + (_RESOURCE % "").replace(
            '"DNS"',
            '"DNS"\n  subject_alternative_names = ['
            + ", ".join(f'"${{var.x{i}}}.brightharbor.io"' for i in range(n))
            + "]",
        )
    ),
}
REQUESTS = {
    "names of a request": lambda n: (
        '{"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS",'
        ' "SubjectAlternativeNames": ['
        + ", ".join(f'"n{i}.brightharbor.io"' for i in range(n))
        + "]}"
    ),
    "requests": lambda n: lines(
        n, '{"DomainName": "n#.brightharbor.io", "ValidationMethod": "DNS"}'
    ),
}
FILES = {
    (f"site{suffix}", kind): text
    for suffix, kinds in (
        (".yaml", TEMPLATES | MANIFESTS | SERVICES | PROGRAMS),
        (".tf", CONFIGURATIONS),
        (".json", REQUESTS),
    )
    for kind, text in kinds.items()
}
CALLS = {
    "uncovered hosts": lambda n: uncovered(
        [f"a{i}.brightharbor.io" for i in range(n)], [f"b{i}.brightharbor.io" for i in range(n)]
    ),
    "redundant names": lambda n: redundant_names(
        [*(f"a{i}.brightharbor.io" for i in range(n)), "*.brightharbor.io"]
    ),
    "CAA records": lambda n: may_issue(
        "www.brightharbor.io", {"brightharbor.io": [f'0 issue "ca{i}.org"' for i in range(n)]}
    ),
    "CAA parameters": lambda n: may_issue(
        "www.brightharbor.io", {"brightharbor.io": ['0 issue "amazon.com' + "; a=b" * n + '"']}
    ),
}


def grows_linearly(steps):
    """Return whether each doubling adds at most twice as many steps as the one before."""
    small, middle, large = (steps(size) for size in (SMALL, 2 * SMALL, 4 * SMALL))
    return large - middle <= 2.1 * (middle - small) + SMALL


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_a_check_takes_at_most_twice_the_steps_for_twice_the_input(
    name, kind, tmp_path, monkeypatch, capsys
):
    """Every kind of input is read, checked and reported in linear time."""
    monkeypatch.chdir(tmp_path)

    def run(size):
        (tmp_path / name).write_text(FILES[name, kind](size))
        return steps_of(main, ["check", name, "--as-of", "2026-11-23", "--show-undecided"])

    run(SMALL)  # What is imported and compiled once does not count.
    assert grows_linearly(run)
    assert capsys.readouterr().out


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_check_of_a_folder_takes_at_most_twice_the_steps_for_twice_the_input(
    kind, tmp_path, monkeypatch, capsys
):
    """Every kind of folder is searched, read, checked and reported in linear time."""

    def run(size):
        folder = tmp_path / str(size)
        for path, text in FOLDERS[kind](size).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        monkeypatch.chdir(folder)
        return steps_of(main, ["check", ".", "--as-of", "2026-11-30", "--show-undecided"])

    run(SMALL // 2)  # What is imported and compiled once does not count.
    assert "nothing checked" not in capsys.readouterr().out
    assert grows_linearly(run)


@pytest.mark.parametrize("kind", CALLS)
def test_a_call_takes_at_most_twice_the_steps_for_twice_the_input(kind):
    """The functions of the library that compare many values take linear time."""
    CALLS[kind](SMALL)
    assert grows_linearly(lambda size: steps_of(CALLS[kind], size))


HOSTILE = {
    "blanks after an opening": ("site.yaml", _ACK % ('"{{' + " " * 200_000 + '"')),
    "blanks in a comment": (
        "site.yaml",
        "# acmrules: ignore[ACM102]" + " " * 200_000 + "x\n" + _ONE,
    ),
    "blanks in an entry": (
        "site.yaml",
        _ONE + "    Metadata:\n      acmrules:\n        ignore: ['ACM102" + " " * 200_000 + "x']\n",
    ),
    "blanks in an annotation": (
        "site.yaml",
        (_ACK % "www.brightharbor.io").replace(
            "spec:",
            '  annotations:\n    acmrules/ignore: "ACM102' + " " * 200_000 + 'x"\nspec:',
        ),
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_read_to_its_end(kind, tmp_path):
    """Text on which a pattern would backtrack for minutes ends in a report."""
    name, text = HOSTILE[kind]
    (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "acmrules", "check", name]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode in {0, 1, 2}
    assert run.stdout + run.stderr
