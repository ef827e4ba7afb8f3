"""The command `coverage`: names on the command line, files, and modules."""

import json
import os
import sys

from tests.support import responses
from tests.support.commands import ENVIRONMENTS, GOOD, write, write_all
from tests.support.linked_stacks import alias, apart, certificate, distribution, stack, together


def test_coverage(run):
    """Each host has its covering or nearest name; an uncovered host is exit code 1."""
    names = ("*.bar.example.com", "--")
    code, out, _ = run("coverage", *names, "foo.bar.example.com", "bar.example.com")
    assert code == 1
    assert out.splitlines() == [
        (
            "bar.example.com         NOT covered; the nearest name is *.bar.example.com:"
            " a wildcard does not cover its own parent"
        ),
        "├─ *.bar.example.com    covers 1 host",
        "└─ foo.bar.example.com  covered by *.bar.example.com",
    ]
    assert run("coverage", *names, "foo.bar.example.com")[0] == 0
    data = json.loads(run("coverage", "--format", "json", *names, "a.bar.example.com", "x.io")[1])
    assert data[0] == {
        "host": "a.bar.example.com",
        "covered": True,
        "by": "*.bar.example.com",
        "nearest": None,
        "reason": None,
        "name_to_add": None,
    }
    assert (data[1]["covered"], data[1]["nearest"]) == (False, "*.bar.example.com")


def test_a_host_may_end_in_a_dot(run):
    """A host may be copied from a DNS tool; the name of a certificate may not end in a dot."""
    assert run("coverage", "*.x.io", "--", "a.x.io.") == run("coverage", "*.x.io", "--", "a.x.io")
    code, _, error = run("coverage", "*.x.io.", "--", "a.x.io")
    assert code == 2
    assert "ends in a dot" in error


SERVED = (
    GOOD.replace("DomainName: brightharbor.io\n", "DomainName: '*.brightharbor.io'\n")
    + """\
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [www.brightharbor.io, brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate}
"""
)


def test_coverage_reads_files(run):
    """The certificates of a file are listed with the hosts of their consumers, or given ones."""
    write("site.yaml", SERVED)
    write("names.txt", "a.io\nb.a.io\n")
    code, out, _ = run("coverage", "site.yaml", "./names.txt")
    assert code == 1
    assert out.splitlines() == [
        "site.yaml: Certificate: 1 name, 2 hosts, 1 not covered",
        (
            "brightharbor.io         NOT covered; the nearest name is *.brightharbor.io:"
            " a wildcard does not cover its own parent"
        ),
        "├─ *.brightharbor.io    covers 1 host",
        "└─ www.brightharbor.io  covered by *.brightharbor.io",
        "",
        "./names.txt: 2 names",
        "a.io",
        "└─ b.a.io",
        "",
        "2 hosts, 1 covered, 1 not covered",
        "",
        "hosts that no certificate covers:",
        (
            "  site.yaml:13  brightharbor.io  Site (cloudfront); the nearest name is"
            " *.brightharbor.io of Certificate: a wildcard does not cover its own parent"
        ),
    ]
    code, out, _ = run("coverage", "site.yaml", "--format", "json", "--", "api.brightharbor.io")
    assert code == 0
    found = json.loads(out)
    assert [tree["hosts"][0]["by"] for tree in found["certificates"]] == ["*.brightharbor.io"]
    assert [(host["host"], host["covered"], host["by"]) for host in found["hosts"]] == [
        ("api.brightharbor.io", True, "*.brightharbor.io")
    ]
    assert run("coverage", "site.yaml", "--format", "svg")[1].startswith("<svg ")
    write("none.yaml", "a: 1\n")
    assert "no certificate request in none.yaml" in run("coverage", "none.yaml")[2]


def test_coverage_of_directories(run):
    """Certificates of one stack cover hosts of another that imports them."""
    for name, text in apart(["*.b.io"], [["www.b.io"], ["b.io"]]).items():
        write(f"stacks/{name}", text)
    write("stacks/dns.json", stack({"Mail": alias("mail.b.io", "x.example.net")}))
    code, out, _ = run("coverage", "stacks")
    assert code == 1
    assert (
        out.splitlines()[0]
        == "stacks/certificate.json: Certificate: 1 name, 2 hosts, 1 not covered"
    )
    assert "3 hosts, 1 covered, 1 not covered, 1 certificate elsewhere\n" in out
    code, out, _ = run("coverage", "stacks/", "--format", "json")
    data = json.loads(out)
    assert (code, data["version"], len(data["certificates"])) == (1, 1, 1)
    assert [(host["host"], host["covered"]) for host in data["hosts"]] == [
        ("mail.b.io", None),
        ("www.b.io", True),
        ("b.io", False),
    ]
    assert (
        "hosts whose certificate is not in these files"
        in run("coverage", "stacks", "--format", "svg")[1]
    )
    assert run("coverage", "stacks/dns.json", "stacks/site-0.json")[0] == 0
    code, out, _ = run("coverage", "stacks", "--", "a.b.io", "c.io")
    assert (code, out.splitlines()[-1]) == (
        1,
        "  c.io  the nearest name is *.b.io of Certificate: it is a different name",
    )
    nothing = (0, "no certificate in these files\n", "")
    assert run("coverage", "stacks", "--kind", "terraform") == nothing
    assert run("coverage", "stacks", "--kind", "terraform", "--", "a.io")[0] == 1


def test_coverage_has_the_options_of_check(run):
    """Parameters, the Region and settings apply; an unreadable input makes the exit code 2."""
    site = distribution({"Ref": "Host"}, arn={"Ref": "Certificate"})
    write(
        "a.json",
        stack({"Certificate": certificate("b.io"), "Site": site}, Parameters={"Host": {}}),
    )
    assert "1 not decided" in run("coverage", "a.json")[1]
    assert run("coverage", "a.json", "--param", "Host=b.io")[0] == 0
    assert run("coverage", "a.json", "--param", "Host=c.io")[0] == 1
    write("bad.json", '{"Resources": "AWS::Route53::"')
    code, out, err = run("coverage", "a.json", "bad.json")
    assert (code, "not decided" in out, err.startswith("acmrules: bad.json")) == (2, True, True)
    assert run("coverage", "b.io", "--suffix-list", "publicsuffixlist", "--", "b.io")[0] == 0


def test_coverage_reads_the_module_of_a_terraform_file(run):
    """Only the certificates in the file are reported, with the variables of its module."""
    certificate = 'resource "aws_acm_certificate" "{0}" {{\n  domain_name = {1}\n}}\n'
    write("infra/main.tf", certificate.format("one", "var.name"))
    write("infra/other.tf", certificate.format("two", '"two.io"'))
    write("infra/variables.tf", 'variable "name" {\n  default = "one.io"\n}\n')
    code, out, _ = run("coverage", "infra/main.tf")
    assert (code, out.splitlines()) == (
        0,
        [
            "infra/main.tf: aws_acm_certificate.one: 1 name",
            "one.io",
            "",
            "certificates that nothing in these files uses:",
            "  infra/main.tf:1  aws_acm_certificate.one",
        ],
    )
    write("infra/main.tf", "resource {{\n")
    assert run("coverage", "infra/main.tf")[0] == 2
    os.chdir("infra")
    assert "two.io\n" in run("coverage", "other.tf")[1]
    assert run("coverage", "missing.tf", "--", "missing.tf")[0] == 0


def test_coverage_uses_characters_that_the_output_can_show(run, monkeypatch):
    """An output without box-drawing characters has bars and dashes."""
    monkeypatch.setattr(sys.stdout.__class__, "encoding", "ascii", raising=False)
    assert "|- b.a.io" in run("coverage", "a.io", "b.a.io", "--", "c.a.io")[1]


def test_each_environment_has_a_tree(run):
    """The hosts of one are not those of another."""
    write_all(ENVIRONMENTS)
    out = run("coverage", "./")[1]
    assert "with `env/dev.tfvars`: 1 name, 1 host, 1 not covered" in out
    assert "with `env/prod.tfvars`: 1 name, 1 host, 1 not covered" in out
    given = run("coverage", "./", "--var-file", "env/prod.tfvars")[1]
    assert "dev" not in given


def test_many_certificates_of_an_account_are_only_counted(run, tmp_path):
    """Those that cover no host; a few are printed, and JSON has all."""
    found = [responses.description(f"h{number}.io", number=number) for number in range(12)]
    responses.write(tmp_path / "few.json", *found[:10])
    assert run("coverage", "few.json")[1].count(".io\n") == 10
    responses.write(tmp_path / "many.json", *found)
    line = "in the account, without a host in these files; `--format json` lists them\n"
    assert run("coverage", "many.json")[1].startswith(f"12 certificates {line}")
    out = run("coverage", "many.json", "--", "h3.io")[1]
    assert out.startswith("many.json: arn:")
    assert f"\n11 more certificates {line}" in out
    data = json.loads(run("coverage", "many.json", "--format", "json")[1])
    assert len(data["certificates"]) == 12


def test_regions_of_certificates(run):
    """`--format regions` draws the certificates in files; names have no Region."""
    write("site.yaml", together(["b.io"], [["b.io"]])["whole.json"])
    code, out, _ = run("coverage", "site.yaml", "--format", "regions", "--region", "eu-west-1")
    assert (code, out[:5]) == (0, "<svg ")
    assert "1 certificate, 1 consumer, 1 in the wrong Region" in out
    code, _, err = run("coverage", "b.io", "--format", "regions", "--", "b.io")
    assert code == 2
    assert "format `regions` draws the certificates in files: pass paths, not names" in err
