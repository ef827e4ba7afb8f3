"""Files that other files refer to, inside and outside of the checkout."""

import os

import pytest
from tests.support.commands import ENVIRONMENTS, write, write_all

from acmrules.cli.main import main
from acmrules.workspace.checkouts import Checkouts

OBJECT = """\
resource "kubernetes_manifest" "site" {
  # alb.ingress.kubernetes.io/
  manifest = yamldecode(file("%s"))
}
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  annotations: {alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'}
spec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}
"""


@pytest.fixture(autouse=True)
def _in_checkout(tmp_path, monkeypatch):
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "infra").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "repo" / "infra")


@pytest.mark.parametrize(
    ("path", "is_included"),
    [
        ("a.pem", True),
        ("../certs/a.pem", True),
        ("../../repo/a.pem", True),
        ("../../elsewhere/a.pem", False),
        ("../../repository", False),
        ("/etc/passwd", False),
        ("link/a.pem", False),
    ],
)
def test_files_of_the_checkout_are_included(path, is_included):
    """A path or a link that leaves the checkout is not included."""
    os.symlink("../../elsewhere", "link")
    assert Checkouts([]).includes(path) is is_included


def test_without_a_checkout_only_what_the_user_named_is_included():
    """A folder or file of the run counts with its folder, whose checkout may be another one."""
    os.rmdir("../.git")
    checkouts = Checkouts(["../../elsewhere/x.yaml"])
    assert checkouts.includes("../../elsewhere/a.pem")
    assert checkouts.includes("a.pem")
    assert not checkouts.includes("../a.pem")


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("../x.txt", True),
        ("../../elsewhere/x.txt", False),
        ("link.txt", False),
        ("/dev/zero", False),
        ("../../../../../../../../dev/zero", False),
        ("pipe", False),
        (".", False),
    ],
)
def test_files_outside_of_the_checkout_are_not_read(path, is_read, capsys):
    """Text of a file elsewhere never gets into a report, and no device or pipe is read."""
    write_all({"../x.txt": INGRESS, "../../elsewhere/x.txt": INGRESS})
    os.symlink("../../elsewhere/x.txt", "link.txt")
    os.mkfifo("pipe")
    write("main.tf", OBJECT % path)
    assert main(["check", "."]) in {0, 1}
    assert ("ACM518" in capsys.readouterr().out) is is_read


@pytest.mark.parametrize("included", ["../../elsewhere/x.hcl", "%s/elsewhere/x.hcl"])
def test_configurations_outside_of_the_checkout_are_not_included(included, tmp_path, capsys):
    """Inputs of Terragrunt from elsewhere are unknown, as are all of the unit."""
    write("main.tf", ENVIRONMENTS["main.tf"])
    path = included.replace("%s", str(tmp_path))
    unit = f'include "x" {{\n  path = "{path}"\n}}\ninputs = {{ other = 1 }}\n'
    write("terragrunt.hcl", unit)
    write("../../elsewhere/x.hcl", 'inputs = {\n  domain = "se_cret.brightharbor.io"\n}\n')
    main(["check", "."])
    assert "se_cret" not in capsys.readouterr().out
