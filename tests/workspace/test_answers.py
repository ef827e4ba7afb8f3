"""What `check` says about files in which nothing was understood, and about what it did not read."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.commands import GOOD, write_all

from acmrules.cli import main
from acmrules.cli.main import CLEAN, FOUND, UNREADABLE
from acmrules.readers import unrecognized
from acmrules.readers.registry import READERS
from acmrules.readers.unrecognized import Unrecognized

DESCRIBED = '{"Certificate": {"CertificateArn": "arn:x", "DomainName": "a.io"}}'
REMOTE = """\
module "acm" {
  source      = "brightharbor/acm/aws"
  domain_name = "a.io"
}
"""
HELM = (
    "{{- if .Values.tls }}\nmetadata:\n  alb.ingress.kubernetes.io/certificate-arn: x\n{{- end }}\n"
)
BUCKET = '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}'
PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"

NOTHING = {
    "empty.json": "",
    "empty.yaml": "",
    "empty.tf": "",
    "notes.md": "Please request a certificate.\n",
    "notes.txt": "# nothing yet\n",
    "description.json": DESCRIBED,
    "list.json": '{"CertificateSummaryList": []}',
    "arn.json": '{"CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/x"}',
    "listeners.json": '{"Listeners": []}',
    "cut.json": '{"DomainName": "a.io", "SubjectAlternativeNames": ["b.io"',
    "cut-elsewhere.json": '{"name": "x", "version": "1',
    "compose.yaml": "services:\n  web:\n    image: x\n",
    "deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n",
    "serverless.yml": "service: x\nprovider: {name: aws}\n",
    "Pulumi.yaml": "resources: {b: {type: 'aws:s3:Bucket'}}\n",
    "managed.yaml": "apiVersion: s3.aws.upbound.io/v1beta1\nkind: Bucket\n",
    "bucket.json": BUCKET,
    "bucket.tf": 'resource "aws_s3_bucket" "b" {}\n',
    "remote.tf": REMOTE,
    "values.tfvars": 'name = "x"\n',
    "plan.json": '{"format_version": "1.2", "resource_changes": []}',
    "binary.pem": "\0\1\2",
    "public.pem": PUBLIC_KEY,
    "key.pem": PUBLIC_KEY.replace("PUBLIC", "PRIVATE"),
    "terragrunt.hcl": "inputs = {}\n",
    "stack.ts": "import * as acm from 'aws-cdk-lib/aws-certificatemanager';\n",
    "page.html": "<html></html>",
    "list-of-numbers.json": "[1, 2]",
}
"""Files in which there is nothing to check, by name."""


# Named files


@pytest.mark.parametrize("name", NOTHING)
def test_a_named_file_always_has_an_answer(run, name):
    """Nothing in it was understood, so the report never says that nothing was found."""
    write_all({name: NOTHING[name]})
    code, out, err = run("check", name)
    assert "nothing found" not in out
    assert "nothing checked" in out
    assert name in out + err
    assert err or code


@pytest.mark.parametrize("name", NOTHING)
def test_standard_input_always_has_an_answer(run, monkeypatch, name):
    """It is named too, and it is an error unless it is a correct file of a known format."""
    import io
    import sys

    data = NOTHING[name].encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    code, out, err = run("check", "-")
    assert "nothing found" not in out
    assert err.startswith("acmrules: ") or code == FOUND
    others = {"serverless.yml", "Pulumi.yaml", "managed.yaml"}
    if name in {"bucket.json", "bucket.tf", "plan.json", "deployment.yaml"} | others:
        assert code == CLEAN
    elif name == "remote.tf":
        assert "module `acm` calls" in out
    elif name not in {"public.pem", "key.pem"}:
        assert code == UNREADABLE


@pytest.mark.parametrize("kind", [reader.name for reader in READERS])
@pytest.mark.parametrize("name", NOTHING)
def test_a_file_has_to_be_of_the_kind_that_is_named_with_it(run, name, kind):
    """Only a correct file of that kind without certificates is accepted."""
    write_all({name: NOTHING[name]})
    code, out, err = run("check", "--kind", kind, name)
    assert "nothing found" not in out
    correct = {
        "cloudformation": {"bucket.json"},
        "kubernetes": {"deployment.yaml"},
        "serverless": {"serverless.yml"},
        "pulumi": {"Pulumi.yaml"},
        "crossplane": {"managed.yaml"},
        "terraform": {"bucket.tf", "remote.tf", "values.tfvars"},
        "terraform-plan": {"plan.json"},
        "certificates": {"public.pem", "key.pem"},
    }
    is_correct = name in correct.get(kind, ())
    assert code == (CLEAN if is_correct else UNREADABLE)
    assert is_correct or err.startswith(f"acmrules: {name}:")


@given(st.text(max_size=40) | st.sampled_from([*NOTHING.values()]), st.sampled_from([*NOTHING]))
def test_any_named_content_has_an_answer(tmp_path_factory, text, name):
    """Whatever a named file contains: if nothing was checked, nothing was "found" neither."""
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    path = tmp_path_factory.mktemp("named") / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main.main(["check", str(path)])
    assert code != main.BUG
    if out.getvalue().startswith("0 certificate requests:"):
        assert "nothing found" not in out.getvalue()
        assert name in err.getvalue() + out.getvalue() or code == UNREADABLE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("description.json", "looks like the output of `aws acm describe-certificate`"),
        ("remote.tf", "module `acm` calls `brightharbor/acm/aws`, which is not local"),
        ("compose.yaml", "is not a template, a plan or a request: it has `services`"),
        ("terragrunt.hcl", "terragrunt show -json"),
        ("stack.ts", "cdk synth"),
    ],
)
def test_the_answer_says_why(run, name, said):
    """It is in the list of what was not checked, with what to do."""
    write_all({name: NOTHING[name]})
    code, out, _ = run("check", name)
    assert code == CLEAN
    assert said in " ".join(out.split())
    assert "nothing was checked in 1 " in run("check", name)[2]


def test_truncated_json_is_an_error(run):
    """The error says where the JSON ends."""
    write_all({"cut.json": NOTHING["cut.json"]})
    said = "acmrules: cut.json:1:58: is JSON that ends after 57 bytes\n"
    assert run("check", "cut.json")[::2] == (UNREADABLE, said)


def test_a_correct_file_without_certificates_is_no_failure(run):
    """If it is all there is, one calm line says so; next to other files it is not mentioned."""
    write_all({"bucket.json": BUCKET, "site.yaml": GOOD})
    said = (
        "acmrules: nothing was checked in 1 .json file\n"
        "acmrules: bucket.json: has no certificate request: its resources are `AWS::S3::Bucket`\n"
    )
    assert run("check", "bucket.json")[::2] == (CLEAN, said)
    code, out, err = run("check", "bucket.json", "site.yaml")
    assert (code, err) == (CLEAN, "")
    assert "bucket.json" not in out


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_a_named_file_has_an_answer_next_to_others(run, name):
    """Only a correct file without certificates is not mentioned, as it was understood."""
    write_all({name: NOTHING[name], "site.yaml": GOOD})
    code, out, err = run("check", name, "site.yaml")
    alone, alone_out, _ = run("check", name)
    is_understood = "not checked" not in alone_out and alone == CLEAN
    assert (name in out + err) is not is_understood
    assert code in {CLEAN, alone}


@pytest.mark.parametrize("text", ["{ // a comment\n}", "[", '{"version": "1'])
def test_a_broken_file_that_is_no_request_is_no_failure_next_to_others(run, text):
    """A pattern such as `*.json` names it too, so it is listed, and the run does not fail."""
    write_all({"tsconfig.json": text, "site.yaml": GOOD})
    code, out, _ = run("check", "tsconfig.json", "site.yaml")
    assert code == CLEAN
    assert "tsconfig.json: the file is " in out
    assert run("check", "tsconfig.json")[0] == UNREADABLE
    assert run("check", "--strict", "tsconfig.json", "site.yaml")[0] == UNREADABLE


def test_the_error_of_a_broken_file_is_its_fault(run):
    """What to do about a syntax error needs no words, unlike in a list of what to do."""
    write_all({"a.json": '{"a": ', "site.yaml": GOOD})
    assert run("check", "a.json")[2] == "acmrules: a.json:1:7: is JSON that ends after 6 bytes\n"
    assert "ends after 6 bytes: correct the file" in run("check", "a.json", "site.yaml")[1]


def test_files_of_modules_are_not_parsed_again(run, monkeypatch):
    """They were read with their module, so nothing remains to be said next to other files."""
    explained = []
    monkeypatch.setattr(
        unrecognized, "explain", lambda path, _: explained.append(path) or Unrecognized("")
    )
    write_all({"m/a.tf": NOTHING["bucket.tf"], "x.yaml": "services: {}\n", "site.yaml": GOOD})
    run("check", "m/a.tf", "x.yaml", "site.yaml")
    assert explained == ["x.yaml"]


def test_a_long_list_of_files_is_not_explained(run):
    """It comes from a pattern or a program, so only what may be meant as a request is."""
    names = [f"{number}.yaml" for number in range(21)]
    write_all(dict.fromkeys(names, "services: {}\n") | {"site.yaml": GOOD, "d.json": DESCRIBED})
    assert "d.json" in (out := run("check", "d.json", "site.yaml", *names)[1])
    assert "20.yaml" not in out
    assert "19.yaml" in run("check", "d.json", "site.yaml", *names[:20])[1]


@pytest.mark.parametrize("name", sorted(NOTHING.keys() - {"binary.pem", "cut.json"}))
@pytest.mark.parametrize("words", [(), ("--kind", "api"), ("--kind", "cloudformation")])
def test_a_hook_that_names_every_changed_file_stays_green(run, monkeypatch, name, words):
    """pre-commit names files because they changed, so only a broken request is a failure."""
    monkeypatch.setenv("PRE_COMMIT", "1")
    write_all({name: NOTHING[name], "ingress.yaml": HELM})
    assert run("check", *words, name, "ingress.yaml")[0] == CLEAN


def test_a_hook_fails_for_a_broken_request(run, monkeypatch):
    """A request that is cut off cannot be checked."""
    monkeypatch.setenv("PRE_COMMIT", "1")
    write_all({"cut.json": NOTHING["cut.json"]})
    assert run("check", "cut.json")[0] == UNREADABLE


# Runs


def test_a_run_without_anything_to_check_says_what_it_looked_at(run):
    """The files are counted by their suffixes; the run fails only on request."""
    write_all({"a.yaml": "", "b.yaml": "", "infra/c.json": "{}", "infra/d.tf": ""})
    said = "acmrules: nothing was checked in 2 .yaml files, 1 .json file, 1 .tf file\n"
    assert run("check", ".")[::2] == (CLEAN, said)
    assert run("check", ".", "--fail-on-nothing")[::2] == (UNREADABLE, said)
    write_all({"site.yaml": GOOD})
    assert run("check", ".", "--fail-on-nothing")[::2] == (CLEAN, "")


def test_an_empty_directory(run):
    """There are no files to count."""
    os.mkdir("empty")
    said = "acmrules: nothing was checked: no files of a known kind\n"
    assert run("check", "empty")[::2] == (CLEAN, said)


def test_settings_make_unchecked_parts_a_failure(run):
    """They apply to the paths of the run, and to the files of what was not checked."""
    write_all({"a/x.yaml": "", "b/main.tf": REMOTE, "c/main.tf": REMOTE, "site.yaml": GOOD})
    write_all({"a/.acmrules.toml": "fail-on-nothing = true", "b/.acmrules.toml": "strict = true"})
    assert run("check", "a")[0] == UNREADABLE
    assert run("check", "a", "site.yaml")[0] == CLEAN
    assert run("check", "b")[0] == UNREADABLE
    assert run("check", "c", "site.yaml")[0] == CLEAN


# Templates


def test_a_helm_chart_is_listed_in_a_walk_and_refused_if_named(run):
    """A walk lists the chart once with the command that renders it, and `--strict` fails."""
    write_all(
        {
            "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "web/templates/a.yaml": HELM,
            "web/templates/b.yaml": HELM,
            "web/values.yaml": "annotations: {alb.ingress.kubernetes.io/certificate-arn: x}\n",
            "jinja.yaml": HELM,
            "site.yaml": GOOD,
        }
    )
    code, out, err = run("check", ".")
    assert (code, err) == (CLEAN, "")
    shown = " ".join(out.split())
    assert "Helm chart `web` is not rendered, and 3 files of it may use certificates" in shown
    assert "`helm template web | acmrules check -`" in shown
    assert "not checked: 2 templates" in shown
    assert run("check", ".", "--strict")[0] == UNREADABLE
    said = "acmrules: web/templates/a.yaml:1:3: is a Helm template: check the output of"
    assert run("check", "web/templates/a.yaml")[::2] == (
        UNREADABLE,
        f"{said} `helm template web`\n",
    )
    assert run("check", ".", "--exclude", "web/", "--exclude", "jinja.yaml", "--strict")[0] == CLEAN


def test_what_may_be_a_request_can_be_checked_as_one(run):
    """The answer names the option that gets it checked, and with it the members are reported."""
    write_all({"unlike.json": '{"domainName": "a.io", "Foo": 1}'})
    _, out, _ = run("check", "unlike.json")
    said = "it has `domainName`, `Foo`: if it is a request, check it with `--kind api`"
    assert said in " ".join(out.split())
    assert run("check", "unlike.json", "--kind", "api")[1].count("[ACM309]") == 2


def test_strict_is_about_unreadable_files_too(run):
    """A file of a directory that cannot be read is a warning, and a failure with `--strict`."""
    write_all({"site.yaml": GOOD, "broken/main.tf": 'resource "aws_acm_certificate" "a" {'})
    assert run("check", ".")[0] == CLEAN
    assert run("check", ".", "--strict")[0] == UNREADABLE
    assert run("check", ".", "--strict", "--exclude", "broken/")[0] == CLEAN


# Remote modules and parameters


def test_what_was_not_read_is_in_the_json_report(run):
    """Each entry says what, why and how, with its location."""
    template = GOOD.replace("DomainName: brightharbor.io", "DomainName: !Ref Name", 1)
    template = f"Parameters: {{Name: {{Type: String}}}}\n{template}"
    write_all({"main.tf": REMOTE, "site.yaml": template})
    code, out, _ = run("check", ".", "--format", "json")
    assert code == CLEAN
    module, parameter = json.loads(out)["not_checked"]
    assert (module["kind"], module["file"], module["line"]) == ("module", "main.tf", 1)
    assert module["what"] == "module `acm`"
    assert module["how"].startswith("check the plan: `terraform show -json")
    assert (parameter["kind"], parameter["how"]) == ("parameter", "`--param Name=VALUE`")
    assert parameter["checks"] > 10
    assert run("check", ".", "--param", "Name=brightharbor.io", "--strict", "--exclude", "*.tf")[
        0
    ] in {CLEAN, FOUND}


def test_a_file_of_a_module_is_listed_for_itself(run):
    """Of other files in its directory, nothing is listed; of called modules, everything is."""
    variable = 'variable "name" {}\n'
    certificate = """\
resource "aws_acm_certificate" "c" {
  domain_name       = var.name
  validation_method = "DNS"
}
module "site" {
  source = "../site"
}
"""
    write_all(
        {
            "infra/main.tf": certificate,
            "infra/other.tf": REMOTE,
            "infra/variables.tf": variable,
            "site/main.tf": REMOTE.replace('"acm"', '"site"'),
        }
    )
    shown = json.loads(run("check", "infra/main.tf", "--format", "json")[1])["not_checked"]
    assert [each["what"] for each in shown] == ["module `site`", "variable `name`"]
    shown = json.loads(run("check", "infra/variables.tf", "--format", "json")[1])["not_checked"]
    assert [each["what"] for each in shown] == ["module `site`"]


def test_many_parameters_are_counted(run):
    """Ten names are listed, those that decide the most first; `--show-undecided` lists all."""
    for number in range(12):
        text = GOOD.replace("DomainName: brightharbor.io", f"DomainName: !Ref Name{number}", 1)
        parameters = f"Parameters: {{Name{number}: {{Type: String}}}}\n"
        write_all({f"site-{number}.yaml": parameters + text})
    out = run("check", ".")[1]
    assert out.count("  state `Name") == 10
    assert "2 more names (--show-undecided lists them)" in out
    assert run("check", ".", "--show-undecided")[1].count("  state `Name") == 12


def test_the_region_is_said_once(run):
    """Without a provider block, it is unknown for all resources, which is one line at its rank."""
    resource = """\
resource "aws_acm_certificate" "{0}" {{
  domain_name       = "{0}.brightharbor.io"
  validation_method = "DNS"
}}
resource "aws_cloudfront_distribution" "{0}" {{
  aliases = ["{0}.brightharbor.io"]
  viewer_certificate {{
    acm_certificate_arn = aws_acm_certificate.{0}.arn
  }}
}}
"""
    write_all({"main.tf": "".join(map(resource.format, ("a", "b", "c")))})
    out = run("check", ".", "--show-undecided")[1]
    assert out.count("the Region") == 1
    assert "provider.aws.region" not in out


# Certificate files


def test_certificate_files_in_a_walk_are_read_only_if_something_imports_them(run):
    """A named one is always read."""
    imports = """\
resource "aws_acm_certificate" "c" {
  certificate_body = file("${path.module}/certs/used.pem")
  private_key      = file("${path.module}/key.pem")
}
"""
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    write_all(
        {"infra/main.tf": imports, "infra/certs/used.pem": broken, "infra/fixture.pem": broken}
    )
    code, out, err = run("check", ".")
    assert (code, err.count("infra/certs/used.pem"), "fixture" in err) == (CLEAN, 1, False)
    assert "1 certificate file skipped because nothing imports it" in " ".join(out.split())
    assert "infra/fixture.pem" in run("check", "infra/fixture.pem")[2]
    assert "infra/fixture.pem" in run("check", "--kind", "certificates", ".")[2]


# Repeated addresses


@pytest.mark.parametrize("fix", [(), ("--fix",)])
def test_a_resource_that_is_declared_again_is_checked_twice(run, fix):
    """Both are checked, and the report says that only one of them counts."""
    resource = '"Cert": {{"Type": "AWS::CertificateManager::Certificate", "Properties": {}}}'
    first = resource.format('{"DomainName": "A_b.brightharbor.io", "ValidationMethod": "DNS"}')
    text = '{"Resources": {' + first + ',\n"Cert": {"Type": "AWS::S3::Bucket"}}}'
    write_all({"site.json": text})
    code, out, _ = run("check", "site.json", "--format", "json", *fix)
    assert code == FOUND
    report = json.loads(out)
    assert report["summary"]["requests"] == 1
    assert [entry["kind"] for entry in report["not_checked"]] == ["repeated"]
    with open("site.json", encoding="utf-8") as file:
        assert file.read() == text


def test_the_workspace_may_be_given_for_standard_input(run, monkeypatch):
    """Standard input may be of any kind, so the workspace is a known name."""
    import io
    import sys

    for data in (GOOD, json.dumps({"DomainName": "a.io", "ValidationMethod": "DNS"})):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        assert "unknown" not in run("check", "-", "--param", "terraform.workspace=a")[2]


def test_the_workspace_is_listed_if_checks_depend_on_it(run):
    """It is a value that the user can give, such as those of variables."""
    name = '"${terraform.workspace}.a.io"'
    write_all({"main.tf": f'resource "aws_acm_certificate" "a" {{\n  domain_name = {name}\n}}\n'})
    out = " ".join(run("check", ".")[1].split())
    assert "state `terraform.workspace` (`--param terraform.workspace=VALUE`): " in out
    assert "state `terraform" not in run("check", ".", "--param", "terraform.workspace=a")[1]


def test_wrong_settings_are_reported_although_nothing_is_checked(run):
    """Without a certificate, no file needs the settings, and a wrong value is still an error."""
    write_all({".acmrules.toml": 'as-of = "x"\n', "a.yaml": "a: 1\n"})
    code, _, err = run("check", ".")
    assert (code, err.startswith("acmrules: .acmrules.toml:1:1: `as-of` is `x`")) == (2, True)
