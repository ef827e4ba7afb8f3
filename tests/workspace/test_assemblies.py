"""The stacks of cloud assemblies, and the Region and the account of their templates."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import assemblies
from tests.support.assemblies import certificate, distribution, stack
from tests.support.settings import lookup

from acmrules import lint
from acmrules.workspace.assemblies import Stack, stack_of, stacks, stages
from acmrules.workspace.settings import Setting, Settings

OPTIONAL = {"unknown-account": None, "111122223333": "111122223333", "42": None}
REGIONS = {"unknown-region": None, "eu-west-1": "eu-west-1", "us-eat-1": None}


@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "Prod-Site"]),
        st.tuples(st.sampled_from([*OPTIONAL]), st.sampled_from([*REGIONS])),
    )
)
def test_each_stack_has_the_environment_of_the_manifest(tmp_path_factory, environments):
    """A stack that can be deployed anywhere has no account and no Region."""
    folder = tmp_path_factory.mktemp("cdk.out")
    written = {name: stack(f"aws://{a}/{r}") for name, (a, r) in environments.items()}
    assemblies.write(folder, **written)
    found = {each.template: (each.account, each.region) for each in stacks(str(folder))}
    assert found == {
        f"{name}.template.json": (OPTIONAL[account], REGIONS[region])
        for name, (account, region) in environments.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"artifacts": []}',
        '{"artifacts": {"A": 1}}',
        "[" * 100_000,
        '{"artifacts": {"A": {"type": "aws:cloudformation:stack", "dependencies": [1, []]}}}',
        '{"artifacts": {"A": {"type": "aws:cloudformation:stack", "dependencies": 5}}}',
    ],
)
def test_a_manifest_of_another_form_has_no_stack_of_a_template(tmp_path, text):
    """The templates are then read like any others."""
    (tmp_path / "manifest.json").write_text(text)
    assert stack_of("A.template.json", stacks(str(tmp_path))) is None
    assert stacks(str(tmp_path / "nothing")) == ()


def test_a_nested_stack_is_in_the_environment_of_its_parent(tmp_path):
    """The list of assets has its template, and its hash is in the `TemplateURL`."""
    nested = {"Inner": {"Resources": {}}}
    assemblies.write(tmp_path, A=stack("aws://111122223333/eu-west-1", nested=nested), B=stack())
    found = stack_of("Inner.nested.template.json", stacks(str(tmp_path)))
    assert found == Stack(
        "A.template.json",
        "111122223333",
        "eu-west-1",
        (("hash-of-Inner", "Inner.nested.template.json"),),
    )


def test_a_template_of_different_stacks_has_no_environment(tmp_path):
    """What differs is unknown; the account is the same."""
    nested = {"Inner": {"Resources": {}}}
    regions = {"A": "eu-west-1", "B": "eu-west-2"}
    written = {
        name: stack(f"aws://111122223333/{region}", nested=nested)
        for name, region in regions.items()
    }
    assemblies.write(tmp_path, **written)
    found = stack_of("Inner.nested.template.json", stacks(str(tmp_path)))
    assert (found.account, found.region) == ("111122223333", None)


def test_a_template_of_two_accounts_has_none(tmp_path):
    """Its Region is the same."""
    nested = {"Inner": {"Resources": {}}}
    written = {
        name: stack(f"aws://{number * 12}/eu-west-1", nested=nested)
        for name, number in {"A": "1", "B": "2"}.items()
    }
    assemblies.write(tmp_path, **written)
    found = stack_of("Inner.nested.template.json", stacks(str(tmp_path)))
    assert (found.account, found.region) == (None, "eu-west-1")


def test_only_lists_of_assets_have_nested_stacks(tmp_path):
    """Other dependencies may have a file, and other assets a path of any type."""
    assemblies.write(tmp_path, A=stack(nested={"Inner": {"Resources": {}}}))
    assets = tmp_path / "A.assets.json"
    data = json.loads(assets.read_text())
    data["files"]["odd"] = {"source": {"path": 5}}
    assets.write_text(json.dumps(data))
    [found] = stacks(str(tmp_path))
    assert found.nested == (("hash-of-Inner", "Inner.nested.template.json"),)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace("cdk:asset-manifest", "cdk:other"))
    assert [each.nested for each in stacks(str(tmp_path))] == [()]


def test_stages_are_folders_of_the_assembly(tmp_path):
    """What is elsewhere, or of another type, is none."""
    names = ("prod", "..", ".", "", "a/b", "/", 5, None)
    kind = "cdk:cloud-assembly"
    artifacts = {
        str(number): {"type": kind, "properties": {"directoryName": name}}
        for number, name in enumerate(names)
    }
    artifacts["tree"] = {"type": "cdk:tree", "properties": {"directoryName": "tree"}}
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    assert stages(str(tmp_path)) == ("prod",)


def test_an_asset_outside_the_assembly_is_not_read(tmp_path):
    """A manifest names files of its folder only."""
    assemblies.write(tmp_path / "out", A=stack())
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    manifest["artifacts"]["A.assets"]["properties"]["file"] = "../A.assets.json"
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(manifest))
    asset = {"source": {"path": "X.nested.template.json"}}
    (tmp_path / "A.assets.json").write_text(json.dumps({"files": {"hash": asset}}))
    assert [each.nested for each in stacks(str(tmp_path / "out"))] == [()]


def test_the_manifest_wins_over_settings_and_an_option_over_both(tmp_path, monkeypatch):
    """The settings apply to stacks that can be deployed anywhere."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".acmrules.toml").write_text('region = "us-west-2"\naccount = "444455556666"\n')
    place = "aws://111122223333/eu-west-1"
    paths = assemblies.write(tmp_path / "cdk.out", A=stack(place), B=stack())
    monkeypatch.chdir(tmp_path)
    settings_of = lookup().settings_of
    assert settings_of(paths["A"]).parameters.region == "eu-west-1"
    assert settings_of(paths["A"]).stated["account",].value == "111122223333"
    assert settings_of(paths["A"]).stated["region",].where == "cdk.out/manifest.json"
    assert settings_of(paths["B"]).parameters.region == "us-west-2"
    assert settings_of(paths["B"]).stated["account",].value == "444455556666"
    option = Settings({("region",): Setting("ca-west-1", "--region")})
    assert lookup(option).settings_of(paths["A"]).parameters.region == "ca-west-1"


def test_each_template_is_checked_in_its_region(tmp_path):
    """The same template is right in one stack and wrong in the other."""
    template = {
        "Resources": {
            "Cert": certificate("brightharbor.io"),
            "Site": distribution("brightharbor.io", {"Ref": "Cert"}),
        }
    }
    paths = assemblies.write(
        tmp_path,
        Good=stack("aws://111122223333/us-east-1", template),
        Bad=stack("aws://111122223333/eu-west-1", template),
    )
    report = lint.check_paths([*paths.values()], settings={})
    assert [(each.rule.id, each.file) for each in report] == [("ACM501", paths["Bad"])]


def test_a_nested_stack_of_an_assembly_is_local(tmp_path):
    """Its template is next to the one of the parent, so it is not listed as not checked."""
    resource = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": ["https://${B}/hash-of-Certs.json", {}]}},
    }
    template = {"Resources": {"Certificates": resource}}
    nested = {"Certs": {"Resources": {}}}
    own = assemblies.write(tmp_path / "own", A=stack(template=template, nested=nested))
    other = assemblies.write(tmp_path / "other", A=stack(template=template))
    counts = [
        sum(each.kind == "nested-stack" for each in lint.check_paths([paths["A"]]).not_checked)
        for paths in (own, other)
    ]
    assert counts == [0, 1]


def test_the_cdk_links_stacks_in_different_regions(tmp_path):
    """A certificate that the CDK copies to another Region is the one that the stack there uses."""
    paths = assemblies.write(
        tmp_path,
        Certs=stack("aws://111122223333/us-east-1", assemblies.copied_certificate("*.b.io")),
        Site=stack("aws://111122223333/eu-west-1", assemblies.site("b.io")),
    )
    report = lint.check_paths([*paths.values()], settings={})
    found = [(each.rule.id, each.file) for each in report]
    assert ("ACM205", paths["Site"]) in found
    assert not [rule for rule, _ in found if rule == "ACM501"]
    assert not lint.check_paths([paths["Site"]], settings={}).findings
