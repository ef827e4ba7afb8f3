"""Runs whose Terraform modules are not all in the files."""

import json

import pytest
from tests.workspace.test_load import check_files, module

from acmrules.cli.main import main

ACM = """
module "acm" {
  source            = "terraform-aws-modules/acm/aws"
  version           = "~> 5.0"
  domain_name       = "a_b.io"
  validation_method = "DNS"
}
"""
SITE = 'module "site" {\n  source = "x/site/aws"\n  name = "c_d.io"\n}\n'
CODE = """
variable "name" {}
resource "aws_acm_certificate" "c" {
  domain_name               = var.name
  subject_alternative_names = ["e_f.io"]
  validation_method         = "DNS"
}
"""


def download(root, monkeypatch, **contents):
    """Write files, and a list with the download of the module `site`."""
    listed = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {
                "Key": "site",
                "Source": "registry.terraform.io/x/site/aws",
                "Version": "1.2.0",
                "Dir": ".terraform/modules/site",
            },
        ]
    }
    module(root, monkeypatch, **contents)
    folder = root / ".terraform/modules/site"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(CODE)
    (folder.parent / "modules.json").write_text(json.dumps(listed))


@pytest.mark.parametrize("path", [".", "main.tf"])
def test_a_known_module_is_checked(tmp_path, monkeypatch, path):
    """A finding is reported for the call, in a directory and in a hook."""
    module(tmp_path, monkeypatch, main_tf=ACM)
    assert check_files(path) == (["main.tf ACM101 a_b.io"], [])


@pytest.mark.parametrize("path", [".", "main.tf"])
def test_a_downloaded_module_is_checked(tmp_path, monkeypatch, path):
    """Findings are reported for the call, also for values that the downloaded code has."""
    download(tmp_path, monkeypatch, main_tf=SITE, _gitignore=".terraform/\n")
    found = {"main.tf ACM101 c_d.io", "main.tf ACM101 e_f.io"}
    findings, errors = check_files(path)
    assert found <= set(findings)
    assert errors == []


def test_downloads_are_not_checked_for_their_own_sake(tmp_path, monkeypatch):
    """A walk does not enter `.terraform`, and no finding is in it."""
    own = 'resource "aws_acm_certificate" "c" {\n  domain_name = "a_b.io"\n}\n'
    download(tmp_path, monkeypatch, main_tf=own)
    findings, _ = check_files(".")
    assert {each.partition(" ")[0] for each in findings} == {"main.tf"}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (ACM, ""),
        (ACM.replace("~> 5.0", "~> 9.0"), "in a version that acmrules does not know"),
        (ACM.replace("/aws", "/aws//modules/x"), "which is not local"),
        (ACM.replace("terraform-aws-modules", "x"), "which is not local"),
    ],
)
@pytest.mark.parametrize("path", [".", "-"])
def test_what_no_table_covers_is_listed(tmp_path, monkeypatch, capsys, path, text, listed):
    """A module or a version without a table is not checked, and the report says so."""
    module(tmp_path, monkeypatch, main_tf=text)
    with (tmp_path / "main.tf").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        main(["check", path])
    found = " ".join(capsys.readouterr().out.split())
    assert bool(listed) is ("not checked:" in found)
    assert listed in found


def test_a_downloaded_module_is_not_listed(tmp_path, monkeypatch, capsys):
    """What is read is not listed as not checked."""
    certificate = SITE.replace("site", "cert").replace("x/cert", "x/site")
    download(tmp_path, monkeypatch, main_tf=SITE + certificate)
    main(["check", "."])
    found = " ".join(capsys.readouterr().out.split())
    assert "module `cert`" in found
    assert "module `site`" not in found


def test_a_fix_edits_the_call(tmp_path, monkeypatch):
    """A literal of the call is fixed like that of a resource, and a member is added to it."""
    text = ACM.replace('"a_b.io"', '"*.Brightharbor.io"')
    module(tmp_path, monkeypatch, main_tf=text)
    main(["check", "--fix", "--unsafe-fixes", "--select", "ACM102,ACM203", "."])
    fixed = (tmp_path / "main.tf").read_text()
    assert '"*.brightharbor.io"' in fixed
    assert 'subject_alternative_names = ["brightharbor.io"]' in fixed


def test_a_fix_edits_no_downloaded_code(tmp_path, monkeypatch):
    """What the code of a module determines cannot be fixed, neither there nor at the call."""
    use = 'resource "aws_lb_listener" "l" {\n  certificate_arn = module.site.arn\n}\n'
    download(tmp_path, monkeypatch, main_tf=SITE.replace("c_d.io", "a.io") + use)
    code = tmp_path / ".terraform/modules/site/main.tf"
    text = CODE.replace("e_f.io", "*.B.io")
    code.write_text(text + 'output "arn" {\n  value = aws_acm_certificate.c.arn\n}\n')
    before = (tmp_path / "main.tf").read_text(), code.read_text()
    findings, _ = check_files(".")
    assert any("ACM603" in each for each in findings)
    main(["check", "--fix", "--unsafe-fixes", "."])
    assert ((tmp_path / "main.tf").read_text(), code.read_text()) == before


def test_a_comparison_reads_no_downloads(tmp_path, monkeypatch, capsys):
    """Both sides are read from their files, so what was downloaded makes no difference."""
    download(tmp_path, monkeypatch, main_tf=SITE, old__main_tf=SITE)
    main(["compare", "old", "."])
    assert "e_f.io" not in capsys.readouterr().out


def test_a_fix_edits_a_call_in_json(tmp_path, monkeypatch):
    """In JSON syntax, too, a literal is edited and a missing argument is added."""
    call = {
        "source": "terraform-aws-modules/acm/aws",
        "version": "5.1.0",
        "domain_name": "*.brightharbor.io",
        "validation_method": "dns",
    }
    (tmp_path / "main.tf.json").write_text(json.dumps({"module": {"acm": call}}, indent=2))
    monkeypatch.chdir(tmp_path)
    main(["check", "--fix", "--unsafe-fixes", "."])
    fixed = json.loads((tmp_path / "main.tf.json").read_text())["module"]["acm"]
    assert fixed == call | {
        "validation_method": "DNS",
        "subject_alternative_names": ["brightharbor.io"],
    }


@pytest.mark.parametrize(
    ("more", "where", "is_safe"),
    [
        ("", "main_tf", True),
        ("  count = 2\n", "main_tf", False),
        ("", "w__main_tf", False),
    ],
)
def test_a_fix_of_a_call_is_safe(tmp_path, monkeypatch, more, where, is_safe):
    """A fix in a call with several instances, or in a module, may change other values too."""
    text = ACM.replace('"a_b.io"', '"a.io."').replace("}", more + "}")
    wrapper = {} if where == "main_tf" else {"main_tf": 'module "w" {\n  source = "./w"\n}\n'}
    module(tmp_path, monkeypatch, **{where: text}, **wrapper)
    main(["check", "--fix", "."])
    assert ('"a.io"' in (tmp_path / where.replace("__", "/").replace("_", ".")).read_text()) is (
        is_safe
    )
