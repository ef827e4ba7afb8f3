"""The command `check` with responses of AWS: a literal ARN has the certificate that exists."""

import json

import pytest
from tests.support.responses import description, write
from tests.support.shown_accounts import arn_of

from acmrules.cli.main import CLEAN, FOUND, main

ARN = arn_of(1)

CLOUDFORMATION = f"""
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.brightharbor.io
      RegionalCertificateArn: {ARN}
      EndpointConfiguration: {{Types: [REGIONAL]}}
"""

PARAMETER = f"""
Parameters:
  Arn: {{Type: String, Default: "{ARN}"}}
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.brightharbor.io
      RegionalCertificateArn: !Ref Arn
      EndpointConfiguration: {{Types: [REGIONAL]}}
"""

CDK = json.dumps(
    {
        "Resources": {
            "Listener": {
                "Type": "AWS::ElasticLoadBalancingV2::Listener",
                "Properties": {"Protocol": "HTTPS", "Certificates": [{"CertificateArn": ARN}]},
            }
        }
    }
)

TERRAFORM = f"""
variable "arn" {{
  default = "{ARN}"
}}
resource "aws_lb_listener" "https" {{
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/b"
  protocol          = "HTTPS"
  certificate_arn   = var.arn
}}
"""

KUBERNETES = f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  annotations:
    alb.ingress.kubernetes.io/certificate-arn: {ARN}
spec:
  rules:
    - host: api.brightharbor.io
"""

SERVERLESS = f"""
service: site
provider: {{name: aws, region: eu-west-1}}
custom:
  customDomain:
    domainName: api.brightharbor.io
    certificateArn: {ARN}
    endpointType: regional
"""

TEMPLATES = {
    "site.yaml": CLOUDFORMATION,
    "parameter.yaml": PARAMETER,
    "site.template.json": CDK,
    "main.tf": TERRAFORM,
    "ingress.yaml": KUBERNETES,
    "serverless.yml": SERVERLESS,
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(capsys):
    """Return a function that runs the command, and returns the exit code and the findings."""

    def run(*paths):
        words = ("check", "--as-of", "2026-11-30", "--region", "eu-west-1", "--format", "json")
        code = main([*words, *paths])
        captured = capsys.readouterr()
        assert captured.err == ""
        findings = json.loads(captured.out)["findings"]
        return code, {(each["rule"], each["file"]) for each in findings}

    return run


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_literal_arn_has_the_certificate_in_every_format(here, check, name):
    """The findings are in the template, and without the account there are none."""
    (here / name).write_text(TEMPLATES[name])
    write(here / "account.json", description(Status="FAILED", FailureReason="CAA_ERROR"))
    path = "." if name.endswith(".tf") else name
    code, found = check("account.json", path)
    assert code == FOUND
    assert ("ACM525", name) in found
    (here / "account.json").unlink()
    assert not {rule for rule, _ in check(path)[1]} & {"ACM525", "ACM526", "ACM205"}


def test_a_certificate_that_fits_adds_nothing(here, check):
    """Its names cover the host."""
    (here / "site.yaml").write_text(CLOUDFORMATION)
    write(here / "account.json", description("*.brightharbor.io"))
    code, found = check("account.json", "site.yaml")
    assert code == CLEAN
    assert {rule for rule, file in found if file == "site.yaml"} == set()


def test_suppressions_of_the_template_apply(here, check):
    """The finding is one of its file."""
    text = CLOUDFORMATION.replace(ARN, f"{ARN}  # acmrules: ignore[ACM525]: it is replaced soon")
    (here / "site.yaml").write_text(text)
    write(here / "account.json", description("*.brightharbor.io", Status="FAILED"))
    _, found = check("account.json", "site.yaml")
    assert "ACM525" not in {rule for rule, _ in found}
