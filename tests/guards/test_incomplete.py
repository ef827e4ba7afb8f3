"""Every guard of templates says what a check left out."""

import json
from pathlib import Path

import pytest
from tests.support.assemblies import certificate
from tests.support.guards import cfnlint, lsp, mcp
from tests.support.guards.hook import stack_event

from acmrules.guards import hook
from acmrules.guards.cdk.assembly import check_templates
from acmrules.guards.cdk.translation import plugin_report

NAME = "site.template.json"
SAID = "only 16 combinations of the conditions were checked"
OPTIONAL = [{"Fn::If": [f"C{i}", f"{i}.io", {"Ref": "AWS::NoValue"}]} for i in range(5)]
TEXT = json.dumps(
    {
        "Parameters": {f"P{i}": {"Type": "String"} for i in range(5)},
        "Conditions": {f"C{i}": {"Fn::Equals": [{"Ref": f"P{i}"}, "x"]} for i in range(5)},
        "Resources": {"Site": certificate("x.io", SubjectAlternativeNames=OPTIONAL)},
    },
    indent=1,
)


def in_cdk():
    """Return the report of the plugin."""
    report = check_templates([NAME], settings={})
    return plugin_report(report.to_dict(), report.exit_code, [NAME])


def in_cfnlint():
    """Return the messages of cfn-lint."""
    return [match.message for match in cfnlint.matches(NAME)]


def in_hook():
    """Return the answer of the hook."""
    payload = json.dumps({"template": TEXT}).encode()
    return hook.respond(stack_event(), fetch=lambda _: payload, environ={})


def in_lsp():
    """Return the diagnostics of the language server."""
    client = lsp.session()
    client.move(added=["."])
    found = client.published(client.open(NAME))
    client.leave(".")
    return found


def in_mcp():
    """Return what the tool `check` lists as unchecked."""
    return mcp.items("check", paths=[NAME], show="unchecked")


@pytest.mark.parametrize("found", [in_cdk, in_cfnlint, in_hook, in_lsp, in_mcp])
def test_a_bounded_check_is_shown(found, tmp_path, monkeypatch):
    """A template with too many combinations of conditions is not completely checked."""
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(TEXT)
    assert SAID in json.dumps(found())
