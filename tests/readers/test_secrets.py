"""Secrets in files: no report, message or fix contains the value."""

import json

import pytest
from tests.support.commands import write_all

SECRET = "Hidden-vault.example.org."
FORMATS = ["text", "concise", "json", "sarif", "github", "junit"]

TEMPLATE = {
    "Parameters": {
        "Name": {"Type": "String", "NoEcho": True, "Default": SECRET},
        "Names": {"Type": "CommaDelimitedList", "NoEcho": "true", "Default": f"a.io,{SECRET}"},
    },
    "Conditions": {"C": {"Fn::Equals": [{"Ref": "Name"}, "x"]}},
    "Resources": {
        "It": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {
                "DomainName": {"Ref": "Name"},
                "SubjectAlternativeNames": ["A_b.io", {"Fn::Sub": "api.${Name}"}],
            },
        },
        "Other": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {
                "DomainName": {"Fn::If": ["C", "B_c.io", {"Ref": "Name"}]},
                "SubjectAlternativeNames": {"Ref": "Names"},
            },
        },
    },
}

BODY = """
resource "aws_acm_certificate" "it" {
  domain_name = VALUE
  subject_alternative_names = ["A_b.io", VALUE, "api.${VALUE}"]
  validation_method = VALUE == "x" ? "dns" : "DNS"
}
"""

CASES = {
    "a minified template": {"t.json": json.dumps(TEMPLATE)},
    "a template": {"t.json": json.dumps(TEMPLATE, indent=1)},
    "in place": {"main.tf": BODY.replace("VALUE", f'sensitive("{SECRET}")')},
    "in a list": {
        "main.tf": BODY.replace("VALUE", f'sensitive(["{SECRET}", lower("{SECRET}")])[0]')
    },
    "in a local": {
        "main.tf": f'locals {{\n  z = sensitive("{SECRET}")\n}}\n'
        + BODY.replace("VALUE", "local.z")
    },
    "in functions": {
        "main.tf": BODY.replace(
            "VALUE", f'try(join(".", [for x in [sensitive("{SECRET}")] : upper(x)]), "b")'
        )
    },
    "in a map": {
        "main.tf": BODY.replace(
            "VALUE", f'merge({{ (sensitive("{SECRET}")) = 1 }}, {{ a = sensitive("{SECRET}") }}).a'
        )
    },
    "in a condition": {
        "main.tf": BODY.replace("VALUE", f'(sensitive("{SECRET}") == "b" ? "c.io" : "d.io")')
    },
    "a sensitive variable": {
        "main.tf": f'variable "v" {{\n  sensitive = true\n  default = "{SECRET}"\n}}\n'
        + BODY.replace("VALUE", "var.v")
    },
    "a sensitive variable with a value": {
        "main.tf": 'variable "v" {\n  sensitive = true\n}\n' + BODY.replace("VALUE", "var.v"),
        "terraform.tfvars": f'v = "{SECRET}"\n',
    },
    "a sensitive argument": {
        "main.tf": f'module "m" {{\n  source = "./m"\n  v = "{SECRET}"\n}}\n',
        "m/main.tf": 'variable "v" {\n  sensitive = true\n}\n' + BODY.replace("VALUE", "var.v"),
    },
    "JSON syntax": {
        "main.tf.json": json.dumps(
            {
                "resource": {
                    "aws_acm_certificate": {
                        "it": {
                            "domain_name": f'${{sensitive("{SECRET}")}}',
                            "subject_alternative_names": [
                                "A_b.io",
                                f'api.${{sensitive("{SECRET}")}}',
                            ],
                        }
                    }
                }
            }
        )
    },
}


@pytest.mark.parametrize("name", CASES)
def test_no_output_contains_a_secret(run, name):
    """No format of the report, and no message about a fix, contains any part of a secret."""
    write_all(CASES[name])
    words = [["--format", form, "--show-undecided"] for form in FORMATS]
    for each in (*words, ["--diff", "--unsafe-fixes"], ["--fix", "--unsafe-fixes"]):
        _, out, err = run("check", *each, ".")
        assert "idden-vault" not in (out + err).lower(), each
        assert "A_b.io" in out or "--diff" in each


@pytest.mark.parametrize("words", [[], ["--diff"]])
def test_a_line_with_a_secret(run, words):
    """A line that contains a secret is printed with asterisks in its place."""
    write_all({"main.tf": BODY.replace("A_b.io", "A.io").replace("VALUE", 'sensitive("Bb.io")')})
    _, out, _ = run("check", *words, "main.tf")
    assert 'subject_alternative_names = ["A.io", sensitive("*****"), "api.${sensiti' in out
    assert "Bb.io" not in out


def test_sensitive_values_are_distinct(run):
    """Two sensitive values are not taken for equal, although their labels hide them."""
    body = BODY.replace("VALUE", 'sensitive("a.io")', 1).replace("VALUE", 'sensitive("b.io")')
    write_all({"main.tf": body})
    _, out, _ = run("check", ".")
    assert "ACM304" not in out


@pytest.mark.parametrize("name", ["a template", "a variable"])
def test_a_secret_is_not_a_parameter_without_a_value(run, name):
    """A value given with `--param` would not be used, so no report recommends one."""
    variable = f'variable "v" {{\n  default = "{SECRET}"\n  sensitive = true\n}}\n'
    cases = {**CASES, "a variable": {"main.tf": BODY.replace("VALUE", "var.v") + variable}}
    write_all(cases[name])
    _, out, _ = run("check", ".")
    assert "skipped for lack of information" in out
    assert "--param" not in out
