"""What guards cost those who do not use them: nothing."""

import json
import subprocess
import sys

import pytest
from tests.support.account import described

HOSTS = ("acmrules.guards", "awscli", "aws_cdk", "boto3", "botocore", "cfnlint", "mcp", "pygls")

RARE = {
    f"acmrules.workspace.{name}"
    for name in ("assemblies", "call_checks", "comparison", "edited_text", "open_folder")
}
"""What guards need of the workspace, and most runs do not."""


def loaded_by(program, folder):
    """Return the modules that a program has loaded at its end, in a folder."""
    report = "import sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; {report}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return {*done.stderr.split()}


@pytest.mark.parametrize(
    "program",
    [
        "import acmrules; acmrules.covers; acmrules.lint.check_text",
        "from acmrules.cli.main import main; main(['check', 'site.json'])",
        "from acmrules.cli.main import main; main(['check', '.', '--format', 'json'])",
        "from acmrules.cli.main import main; main(['--help'])",
    ],
)
def test_no_guard_and_no_host_is_loaded(program, tmp_path):
    """A guard loads its host when it is used, and nothing of acmrules loads a guard."""
    (tmp_path / "site.json").write_text('{"DomainName": "localhost", "ValidationMethod": "DNS"}')
    loaded = loaded_by(program, tmp_path)
    assert "acmrules.names" in loaded or "acmrules.cli.main" in loaded
    assert not [name for name in loaded if name.startswith(HOSTS)]
    assert not RARE & loaded


def test_a_check_without_settings_loads_no_reader_of_them(tmp_path):
    """A guard is loaded in each run of its host, mostly without settings of acmrules."""
    text = '{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}'
    program = f"from acmrules.lint import check_text; check_text({text!r}, name='site.json')"
    loaded = loaded_by(program, tmp_path)
    assert "acmrules.workspace.arguments" in loaded
    assert not {"tomllib", "acmrules.workspace.settings_file"} & loaded


@pytest.mark.parametrize("certificate", [False, True])
def test_only_a_response_of_aws_loads_what_is_about_accounts(certificate, tmp_path):
    """A template or a request needs nothing of certificates that exist."""
    requested = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
    (tmp_path / "site.json").write_text(json.dumps(described() if certificate else requested))
    loaded = loaded_by("from acmrules.cli.main import main; main(['check', '.'])", tmp_path)
    about = ("acmrules.diagnosis", "acmrules.readers.account", "acmrules.lint.existing", "dns.")
    found = {name for name in loaded if name.startswith(about)}
    assert bool(found) is certificate
    assert not {name for name in found if name.startswith("dns.")}
