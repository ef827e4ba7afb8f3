"""The command `plan`: its requests pass the rules."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import responses
from tests.support import x509 as issuing
from tests.support.shown_accounts import arn_of

from acmrules import DomainName, Quotas, writers
from acmrules.analysis.plan_policy import (
    plan_policy,
    split_permitted,
    validation_method,
    wildcard_savings,
    with_algorithms,
)
from acmrules.cli import main, overrides
from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.policy import Policy
from acmrules.lint.rule import Severity
from acmrules.planner.demands import Demand
from acmrules.planner.plan import plan
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.request import KeyAlgorithm
from acmrules.resources import Zone
from acmrules.strategies import names, related_names
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source
from acmrules.writers.plan_requests import RequestDefaults, requests

FILES = {"api": "plan.json", "cloudformation": "plan.yaml", "terraform": "main.tf"}
SUFFIXES = default_suffixes()
NOTES = {"ACM106", "ACM110", "ACM203"}
"""Rules that a plan cannot satisfy: hosts under suffixes, and wildcards without their parent."""


def declarations(text, form):
    """Return the declarations in a string of a format."""
    source = Source(FILES[form], text)
    if form != "terraform":
        return registry.read(source)
    return ModuleTree(lambda folder: [] if folder else [source], Parameters({})).declarations("")


def demands():
    """Draw demands for a few hosts in two Regions or an unknown one."""
    hosts = st.lists(related_names() | names(), min_size=1, max_size=8)
    services = st.sampled_from([None, "alb", "cloudfront", "cognito", "vpc-lattice"])
    regions = st.sampled_from([None, "eu-west-1", "us-east-1"])
    return st.lists(st.builds(Demand, hosts, services, regions, st.text("ab")), max_size=4)


def policies():
    """Draw policies, most of them with few settings."""
    zones = st.lists(related_names().filter(lambda n: isinstance(n, DomainName)), max_size=3)
    listed = st.none() | zones.map(tuple)
    algorithms = st.sampled_from([None, (KeyAlgorithm.EC_PRIME256V1,)])
    tags = st.sampled_from([None, (), ("Owner",)])
    return st.builds(
        Policy,
        zones=listed,
        wildcard_zones=listed,
        max_names=st.none() | st.integers(1, 5),
        required_tags=tags,
        key_algorithms=algorithms,
        apart=st.none() | zones.map(lambda group: (tuple(group),)),
        first=st.none() | related_names().map(lambda name: (name,)),
    )


@pytest.mark.parametrize("form", FILES)
@given(demands(), st.sampled_from([1, 3, 10]), st.booleans(), policies())
def test_planned_requests_pass_the_rules(form, wanted, quota, has_zone, policy):
    """The written requests are read as planned, and cause no finding above a note."""
    quotas = Quotas(names=quota)
    left, _ = split_permitted(wanted, policy, CHECKED)
    made = plan(demands=left, quotas=quotas, policy=plan_policy(policy), suffixes=SUFFIXES)
    planned = with_algorithms(made, left, policy, CHECKED)
    zone = Zone(DomainName("example.com"), "Z0123456789ABCDEFGHIJ", "Zone")
    tags = policy.required_tags or ()
    manner = RequestDefaults(SUFFIXES, (zone,) if has_zone else (), validation_method(policy), tags)
    text = writers.write(requests(planned.certificates, form, manner), form)
    found = declarations(text, form) if planned.certificates else ()
    assert [d.request.names for d in found] == [c.names.names for c in planned.certificates]
    assert [d.request.key_algorithm for d in found] == [
        c.key_algorithm for c in planned.certificates
    ]
    if form == "terraform":
        regions = [getattr(d.request.region, "parts", d.request.region) for d in found]
        assert [r if isinstance(r, str) else None for r in regions] == [
            c.region for c in planned.certificates
        ]
    findings = check_declarations(
        found, Linter(suffixes=SUFFIXES, quotas=quotas, policy=policy)
    ).findings
    # A line of the API has nowhere to leave a value open.
    findings = [f for f in findings if form != "api" or f.rule.name != "required-tag-missing"]
    # What the plan itself says that it cannot keep to.
    if any("no key algorithm" in note for note in planned.notes):
        findings = [f for f in findings if f.rule.name != "key-algorithm-outside-policy"]
    # The policy can keep a name apart from others that a requested wildcard covers.
    expected = NOTES | {"ACM204"} if policy.apart else NOTES
    assert {finding.rule.id for finding in findings} <= expected
    assert all(finding.severity is Severity.NOTE for finding in findings)


# The command --------------------------------------------------------------------------------------

SITE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: brightharbor.io, ValidationMethod: DNS}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [HOSTS]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate}
"""
BALANCER = """\
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/2f1c
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in an empty directory, and return exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def call(*words):
        code = main.main(["plan", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def as_data(answer):
    """Return the printed JSON."""
    return json.loads(answer[1])


def listed(answer):
    """Return the names of the planned certificates by Region."""
    return [(each["region"], each["names"]) for each in as_data(answer)["certificates"]]


JSON = ("--format", "json")


def test_hosts_in_words(run):
    """The text has the names with their hosts, the summary, and the refused hosts."""
    code, out, err = run("www.brightharbor.io", "api.brightharbor.io", "x.internal")
    assert (code, err) == (1, "")
    assert out.startswith("unknown Region: 1 certificate, 1 name\n")
    assert "\n    *.brightharbor.io  covers api.brightharbor.io, www.brightharbor.io\n" in out
    assert "\n1 certificate with 1 name for 2 hosts: this is the minimum\n" in out
    assert out.endswith(
        "\nnot possible:\n  `x.internal`: `.internal` is not a public top-level domain\n"
    )


def test_a_service_has_its_region(run):
    """The option `--region` applies to all hosts."""
    words = ("--region", "eu-west-1", *JSON)
    assert listed(run("a.brightharbor.io", *words)) == [("eu-west-1", ["a.brightharbor.io"])]
    assert listed(run("a.brightharbor.io", "--service", "cloudfront", *words)) == [
        ("us-east-1", ["a.brightharbor.io"])
    ]


def test_lists_and_files_together(run):
    """Files, lists and hosts are planned together."""
    Path("hosts.txt").write_text("# ours\nb.harbor.io # the second\n\nc.harbor.io\n")
    Path("site.yaml").write_text(SITE.replace("HOSTS", "d.harbor.io"))
    answer = run("a.harbor.io", "hosts.txt", "./site.yaml", "--region", "us-east-1", *JSON)
    [certificate] = as_data(answer)["certificates"]
    assert (answer[0], answer[2]) == (0, "")
    assert certificate["names"] == ["*.harbor.io"]
    assert certificate["hosts"] == [f"{label}.harbor.io" for label in "abcd"]
    assert certificate["consumers"] == ["hosts.txt", "./site.yaml: Site"]
    assert certificate["request"] == {
        "DomainName": "*.harbor.io",
        "ValidationMethod": "DNS",
        "KeyAlgorithm": "RSA_2048",
    }


def test_a_signing_request_demands_no_hosts(run):
    """A signing request demands no hosts."""
    Path("a.csr").write_text(issuing.text(issuing.csr("a.harbor.io")))
    assert "a.csr:1:1: the certificate has no consumer in these files\n" in run("a.csr")[1]


def test_standard_input(run, monkeypatch):
    """Standard input is a list of hosts, or a file."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a.harbor.io\n")))
    assert listed(run("-", *JSON)) == [(None, ["a.harbor.io"])]


def test_unknown_hosts_are_left_out(run):
    """Unknown hosts, consumers without hosts, and unused certificates are left out."""
    Path("site.yaml").write_text(SITE.replace("HOSTS", "!Sub 'a.${Zone}', b.harbor.io"))
    Path("balancer.yaml").write_text(BALANCER)
    Path("alone.yaml").write_text(SITE.partition("  Site:")[0])
    code, out, err = run(".")
    assert (code, err) == (0, "")
    assert out.endswith("""
left out, because unknown:
  alone.yaml:2:3: `Certificate` has no consumer in these files
  balancer.yaml:2:3: the hosts of `Listener` are unknown
  site.yaml:9:19: `a.${Zone}` is unknown
""")
    unknown_lines = out.partition("because unknown:\n")[2].replace("  ", "acmrules: ")
    assert run(".", "--format", "cloudformation")[2].splitlines() == unknown_lines.splitlines()
    unknown = as_data(run(".", *JSON))["unknown"]
    assert unknown[1] == {
        "message": "the hosts of `Listener` are unknown",
        "is_no_name": False,
        "file": "balancer.yaml",
        "line": 2,
        "column": 3,
    }


def test_an_invalid_name_is_refused_with_its_location(run):
    """An invalid name in a file is refused, and on the command line a usage error."""
    Path("hosts.txt").write_text("a.harbor.io\n b_c.harbor.io\x1b[31m\n")
    code, out, err = run("hosts.txt")
    assert (code, err) == (1, "")
    assert "\nnot possible:\n  hosts.txt:2:2: `b_c.harbor.io\\x1b[31m` contains " in out
    assert run("b_c.harbor.io", "a.harbor.io")[0] == 2
    Path("site.yaml").write_text(SITE.replace("HOSTS", "b_c.harbor.io"))
    code, out, err = run("site.yaml", "--format", "terraform")
    assert (code, out) == (1, "")
    assert err.startswith(
        "acmrules: not possible: site.yaml:9:19: `b_c.harbor.io` contains an under"
    )


def test_a_consumer_under_conditions(run):
    """A consumer in several variants is one demand with the hosts of all."""
    Path("site.yaml").write_text(
        "Parameters: {Stage: {Type: String}}\nConditions: {C: !Equals [!Ref Stage, x]}\n"
        + SITE.replace("HOSTS", "!If [C, a.harbor.io, b.harbor.io]")
    )
    data = as_data(run("site.yaml", *JSON))
    assert [each["consumers"] for each in data["certificates"]] == [["site.yaml: Site"]]
    assert len(data["certificates"][0]["hosts"]) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a_b.io"], "`a_b.io` contains an underscore"),
        (["localhost"], "`localhost` is a single label"),
        (
            ["a.io", "--service", "cloudfrnt"],
            "unknown service `cloudfrnt`; did you mean `cloudfront`?",
        ),
        (["empty.yaml", "--service", "alb"], "option `--service` needs hosts as arguments"),
        (["a.io", "--quota", "names=101"], "quota `names` is 101"),
        (["a.io", "--as-of", "2014-01-01"], "2014-01-01 is before 2016-01-21, when ACM launched"),
        (["nothing.txt"], "nothing.txt: no such file"),
        (["folder/"], "folder/: no such file"),
        (["latin.txt"], "latin.txt:1:1: is not UTF-8"),
        (["binary.txt"], "binary.txt: is binary"),
        (["prose.txt"], "prose.txt:1:1: is not a list of names"),
    ],
)
def test_mistakes(run, words, message):
    """Each mistake has a message, and exit code 2."""
    Path("empty.yaml").write_text("")
    Path("latin.txt").write_bytes(b"\xfc.harbor.io\n")
    Path("binary.txt").write_bytes(b"a.io\0\n")
    Path("prose.txt").write_text("this is none at all\n")
    code, _, err = run(*words)
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_the_rest_is_planned_if_a_file_cannot_be_read(run):
    """The exit code of an incomplete plan is not 0."""
    answer = run("a.harbor.io", "nothing.txt", *JSON)
    assert answer[0] == 2
    assert listed(answer) == [(None, ["a.harbor.io"])]


def test_nothing_to_plan(run):
    """An empty list has an empty plan in every format."""
    Path("empty.txt").write_text("# none\n")
    said = "acmrules: empty.txt: the file contains no names: write one name per line\n"
    assert run("empty.txt") == (0, "no host to request a certificate for\n", said)
    assert run("empty.txt", "--format", "api") == (0, "", said)
    assert run("empty.txt", "--format", "terraform") == (0, "", said)
    template = run("empty.txt", "--format", "cloudformation")[1]
    assert template == "AWSTemplateFormatVersion: 2010-09-09\n"


@pytest.mark.parametrize(
    ("word", "is_path"),
    [
        ("a.io", False),
        ("a.yaml", True),
        ("a.txt", True),
        ("-", True),
        ("./a.io", True),
        ("there", True),
        ("there.io", False),
        ("there.tf", True),
        ("harbor.tf", False),
        (".", True),
        ("..", True),
        ("nowhere", False),
    ],
)
def test_words_that_are_paths(run, monkeypatch, word, is_path):
    """An argument that looks like a host is a host, even if a file has this name."""
    for name in ("there", "there.io", "there.tf"):
        Path(name).mkdir()
    assert run
    monkeypatch.setattr("acmrules.cli.inputs.read_inventory", None)
    assert overrides.is_path(word) is is_path


def test_lines_of_the_api_have_no_region(run):
    """The Regions are printed to standard error."""
    code, out, err = run("a.io", "x.internal", "--service", "alb", "--format", "api")
    assert (code, out.count("\n")) == (1, 1)
    assert err == (
        "acmrules: not possible: `x.internal`: `.internal` is not a public top-level domain\n"
        "acmrules: line 1: the Region is unknown\n"
    )
    hosts = Path("hosts.txt")
    hosts.write_text("a.io\nb.io\nc.io\n")
    Path("site.yaml").write_text(SITE.replace("HOSTS", "d.io"))
    code, out, err = run("hosts.txt", "site.yaml", "--quota", "names=2", "--format", "api")
    assert [json.loads(line)["DomainName"] for line in out.splitlines()] == ["d.io", "a.io", "c.io"]
    assert err == (
        "acmrules: line 1: --region us-east-1\nacmrules: lines 2 to 3: the Region is unknown\n"
    )


# Settings -----------------------------------------------------------------------------------------


def settings(text):
    """Write settings to the current directory."""
    Path(".acmrules.toml").write_text(text)


def test_quotas_of_regions(run):
    """Each Region has its own quota, or that of the account, or the default."""
    hosts = [f"h.harbor{number}.io" for number in range(12)]
    assert sorted(len(names) for _, names in listed(run(*hosts, *JSON))) in ([2, 10], [6, 6])
    settings("quotas.names = 20\nquotas.us-east-1.names = 3\nquotas.eu-west-1.names = 6")
    Path("site.yaml").write_text(SITE.replace("HOSTS", ", ".join(hosts[:3])))
    assert [len(names) for _, names in listed(run(*hosts, *JSON))] == [12]
    answer = run(*hosts, "site.yaml", "--region", "eu-west-1", *JSON)
    assert [(region, len(names)) for region, names in listed(answer)] == [
        ("eu-west-1", 6),
        ("eu-west-1", 6),
        ("us-east-1", 3),
    ]
    assert (as_data(answer)["bound"], as_data(answer)["names_bound"]) == (3, 15)
    answer = run("site.yaml", *hosts[3:], *JSON)
    assert [region for region, _ in listed(answer)] == ["us-east-1", None]


def test_the_policy_applies(run):
    """The plan follows every setting of the policy."""
    hosts = ("a.shop.io", "b.shop.io", "bank.io")
    assert listed(run(*hosts, *JSON)) == [(None, ["bank.io", "*.shop.io"])]
    settings("policy.wildcard-zones = []")
    assert listed(run(*hosts, *JSON)) == [(None, ["bank.io", "a.shop.io", "b.shop.io"])]
    settings('policy.apart = [["shop.io", "bank.io"]]')
    assert sorted(listed(run(*hosts, *JSON))) == [(None, ["*.shop.io"]), (None, ["bank.io"])]
    settings('policy.first = ["a.shop.io"]')
    assert listed(run(*hosts, *JSON))[0][1][0] == "a.shop.io"
    settings("policy.max-names = 1")
    assert len(listed(run(*hosts, *JSON))) == 2


def test_a_plan_without_wildcards(run):
    """The option has the effect of an empty list of zones, and the plan shows the savings."""
    hosts = ("a.shop.io", "b.shop.io", "bank.io", "--quota", "names=2")
    code, out, _ = run(*hosts, "--no-wildcards")
    assert (code, "*" in out) == (0, False)
    assert out.endswith("\nwildcards would save 1 certificate and 1 name\n")
    without = as_data(run(*hosts, "--no-wildcards", *JSON))
    assert without.pop("notes")[-1] == "wildcards would save 1 certificate and 1 name"
    settings("policy.wildcard-zones = []")
    by_settings = as_data(run(*hosts, *JSON))
    assert len(by_settings.pop("notes")) == 1
    assert by_settings == without
    assert "wildcards would save nothing\n" in run(*hosts, "--no-wildcards")[1]


def test_a_requested_wildcard_without_wildcards(run):
    """It is refused, and the plans cannot be compared."""
    code, out, _ = run("*.shop.io", "a.shop.io", "--no-wildcards")
    assert code == 1
    assert "  `*.shop.io`: the plan allows no wildcards\n" in out
    assert "would save" not in out


@given(st.lists(related_names() | names(), min_size=1, max_size=8))
def test_wildcards_save_what_the_plans_differ_by(hosts):
    """A plan without wildcards never has fewer certificates, nor a name that was not requested."""
    with_them, without = (
        plan(hosts, policy=plan_policy(Policy(wildcard_zones=zones)), suffixes=SUFFIXES)
        for zones in (None, ())
    )
    listed_names = {name for each in without.certificates for name in each.names}
    assert listed_names <= {host for each in without.certificates for host in each.hosts}
    for line in wildcard_savings(without, with_them):
        assert ("certificate" in line) == (len(without.certificates) > len(with_them.certificates))


def test_zones_of_the_policy(run):
    """A host outside of the zones is refused with all hosts of its certificate."""
    settings('policy.zones = ["shop.io"]')
    Path("site.yaml").write_text(SITE.replace("HOSTS", "a.shop.io, bank.io"))
    Path("other.yaml").write_text(SITE.replace("HOSTS", "b.shop.io"))
    answer = run("c.shop.io", "notshop.io", "site.yaml", "other.yaml", *JSON)
    assert (answer[0], listed(answer)) == (
        1,
        [("us-east-1", ["b.shop.io"]), (None, ["c.shop.io"])],
    )
    reason = "the policy only allows names in `shop.io`"
    assert [
        (each["hosts"], each["reason"], each["address"]) for each in as_data(answer)["refused"]
    ] == [
        (["notshop.io"], reason, ""),
        (["a.shop.io", "bank.io"], f"`bank.io`: {reason}", "site.yaml: Site"),
    ]


def test_methods_and_tags_of_the_policy(run):
    """The method is DNS if allowed, and required tags become parameters."""
    settings('policy.validation-methods = ["EMAIL"]\npolicy.required-tags = ["Owner"]')
    _, out, err = run("shop.io", "--format", "api")
    assert json.loads(out)["ValidationMethod"] == "EMAIL"
    assert err.splitlines()[1] == "acmrules: the policy requires the tag `Owner`: add it"
    _, out, err = run("shop.io", "--format", "cloudformation")
    assert "          Value: !Ref TagOwner\n" in out
    assert "HostedZone" not in out
    assert err == ""
    settings('policy.validation-methods = ["EMAIL", "DNS"]')
    assert '"DNS"' in run("shop.io", "--format", "api")[1]


def test_the_day_of_the_settings(run):
    """The settings come from the current directory."""
    settings('as-of = "2026-03-15"')
    assert as_data(run("shop.io", *JSON))["as_of"] == "2026-03-15"
    settings("asof = 1")
    code, _, err = run("shop.io")
    assert (code, err) == (
        2,
        "acmrules: .acmrules.toml:1:1: unknown setting `asof`; did you mean `as-of`?\n",
    )


def test_zones_of_the_files(run):
    """A known zone id is written, and an unknown one becomes a parameter."""
    Path("zone.yaml").write_text("""\
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: eu.harbor.io}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [www.eu.harbor.io]
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/2f1c
""")
    out = run("zone.yaml", "www.harbor.io", "--format", "terraform")[1]
    assert '"www.eu.harbor.io" = var.zone_of_eu_harbor_io' in out
    assert '"www.harbor.io"    = var.zone_of_harbor_io' in out


def test_a_literal_arn_has_the_region(run):
    """A consumer is in the Region of the certificate that it uses, which covers one host."""
    responses.write(Path("account.json"), responses.description("a.harbor.io"))
    rule = "host: {}, http: {{paths: []}}"
    annotation = f"alb.ingress.kubernetes.io/certificate-arn: {arn_of(1)}"
    Path("ingress.yaml").write_text(
        f"""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  annotations:
    kubernetes.io/ingress.class: alb
    {annotation}
spec:
  rules:
    - {{{rule.format("a.harbor.io")}}}
    - {{{rule.format("b.harbor.io")}}}
"""
    )
    out = run("ingress.yaml", "account.json", "--as-of", "2026-11-30")[1]
    assert out.startswith("eu-west-1: 1 certificate, 1 name\n\n  b.harbor.io (")
    assert f"\n  a.harbor.io of ingress.yaml: site: {arn_of(1)}\n" in out
