"""The Regions of the stacks of a Pulumi project."""

import pytest

from acmrules.cli.main import main
from acmrules.readers.options import UNKNOWN_REGION
from acmrules.workspace.files import read_bytes
from acmrules.workspace.stacks import stack_regions

PROGRAM = """\
name: web
runtime: yaml
resources:
  cert:
    type: aws:acm:Certificate
    properties: {domainName: brightharbor.io, validationMethod: DNS}
  site:
    type: aws:cloudfront:Distribution
    properties:
      aliases: [brightharbor.io]
      viewerCertificate: {acmCertificateArn: "${cert.arn}"}
"""
IN_IRELAND = "config:\n  aws:region: eu-west-1\n"


@pytest.mark.parametrize(
    ("files", "regions"),
    [
        ({}, ()),
        ({"Pulumi.dev.yaml": IN_IRELAND}, ("eu-west-1",)),
        ({"Pulumi.dev.yml": IN_IRELAND, "Pulumi.prod.yaml": ""}, ("eu-west-1", None)),
        ({"Pulumi.dev.yaml": "config: {web:x: y}"}, (None,)),
        ({"Pulumi.dev.yaml": "config: {aws:region: {secure: v1}}"}, (UNKNOWN_REGION,)),
        ({"Pulumi.dev.yaml": "environment: [dev]"}, (UNKNOWN_REGION,)),
        ({"Pulumi.dev.yaml": IN_IRELAND + "environment: [dev]"}, ("eu-west-1",)),
        ({"Pulumi.dev.yaml": "config: ["}, (UNKNOWN_REGION,)),
        ({"Pulumi.dev.yaml": "- config"}, (None,)),
        ({"pulumi.dev.yaml": IN_IRELAND, "Pulumi.yaml.bak": IN_IRELAND}, ()),
        ({"stacks/Pulumi.dev.yaml": IN_IRELAND}, ()),
    ],
)
def test_the_files_of_stacks(files, regions, tmp_path):
    """They are next to the program, and have the name of the stack in theirs."""
    for name, text in {"Pulumi.yaml": PROGRAM, **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    path = str(tmp_path / "Pulumi.yaml")
    assert stack_regions(path, PROGRAM.encode(), read_bytes) == regions
    assert stack_regions(path, b"stackConfigDir: stacks", read_bytes) == ()


def test_a_folder_that_does_not_exist():
    """Standard input and the files of a comparison have no files next to them."""
    assert stack_regions("absent/Pulumi.yaml", b"", read_bytes) == ()


@pytest.mark.parametrize(("second", "is_known"), [(IN_IRELAND, True), ("config: {}", False)])
def test_a_program_is_checked_in_the_region_of_its_stacks(
    second, is_known, tmp_path, monkeypatch, capsys
):
    """CloudFront needs a certificate in us-east-1, and this one is elsewhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM)
    (tmp_path / "Pulumi.dev.yaml").write_text(IN_IRELAND)
    (tmp_path / "Pulumi.prod.yaml").write_text(second)
    assert main(["check", "."]) == is_known
    assert ("error[ACM501]" in capsys.readouterr().out) is is_known


def test_a_misspelled_region_is_reported_where_it_is_set(tmp_path, monkeypatch, capsys):
    """The warning has the file of the stack, the position, and a suggestion."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM)
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  aws:region: us-eat-1\n")
    main(["check", "Pulumi.yaml"])
    expected = "warning: Pulumi.dev.yaml:2:15: unknown Region `us-eat-1`; did you mean `us-east-1`"
    assert expected in capsys.readouterr().err
