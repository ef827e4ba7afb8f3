"""Links across files: none is guessed, and the order of files does not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.linked_stacks import (
    EXPORTED,
    alias,
    apart,
    certificate,
    distribution,
    export,
    listener,
    listings,
    read,
    stack,
    together,
)
from tests.support.terraform_plans import ARN, OTHER_ARN

from acmrules.cli.main import CLEAN, FOUND, main
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.model.inventory import take_inventory
from acmrules.model.linking import can_be_linked, link_consumers, link_records
from acmrules.readers.options import ReadScope
from acmrules.resources import CertificateReference
from acmrules.syntax.edits import EditError
from acmrules.syntax.source import InputError

BENCH = Linter()
SITES = st.lists(listings(), min_size=1, max_size=3)


def results(declarations):
    """Return the findings without locations; an export prevents ACM206."""
    found = check_declarations(declarations, BENCH).findings
    return sorted((f.rule.id, f.message, f.value or "") for f in found if f.rule.id != "ACM206")


def shape(declarations):
    """Return the linked consumers of each certificate, with their locations."""
    return sorted(
        (
            declaration.file,
            declaration.address,
            variant.condition,
            tuple(
                (
                    str(consumer.certificate),
                    consumer.address,
                    tuple(map(str, consumer.hosts)),
                    locations(declaration, variant, index),
                )
                for index, consumer in enumerate(variant.consumers)
            ),
        )
        for declaration in declarations
        for variant in declaration.variants
    )


def locations(declaration, variant, index):
    """Return the files and texts of a consumer and its hosts."""
    hosts = range(len(variant.consumers[index].hosts))
    ways = [("consumers", index), *(("consumers", index, "hosts", host) for host in hosts)]
    found = [(variant.location(way), way) for way in ways]
    return tuple(
        ((place.source or declaration.source).name, place.start, place.end) for place, _ in found
    )


@given(listings(), SITES, st.sampled_from([None, "us-east-1", "eu-west-1"]))
def test_two_linked_stacks_are_checked_like_one(names, sites, region):
    """An export with its import has the effect of a reference."""
    whole = read(together(names, sites), region=region)
    halves = read(apart(names, sites), region=region)
    assert results(link_consumers(halves)) == results(whole)


@given(listings(), SITES, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(names, sites, random):
    """The links and their order are the same for any order of files."""
    files = [*apart(names, sites).items()]
    expected = shape(link_consumers(read(dict(files))))
    random.shuffle(files)
    assert shape(link_consumers(read(dict(files)))) == expected


@given(listings(), SITES)
def test_findings_have_the_location_of_the_host(names, sites):
    """A finding of a host in another file has its location in that file."""
    report = check_declarations(link_consumers(read(apart(names, sites))), BENCH)
    for finding in report.findings:
        if finding.rule.id == "ACM205":
            _, number, _, _ = finding.path
            assert finding.file == f"site-{number}.json"
            location = finding.location
            assert location.source.text.startswith(finding.value, location.start)
            assert finding.related[0].file == "certificate.json"


@given(listings(), SITES)
def test_linked_locations_are_those_of_the_files(names, sites):
    """Each known path has a location, and any other path has none."""
    [declaration] = link_consumers(read(apart(names, sites)))
    [variant] = declaration.variants
    assert len(variant.locations) == len([*variant.locations])
    for path in variant.locations:
        assert path in variant.locations
        assert variant.locations[path].start <= variant.locations[path].end
    assert ("consumers", len(sites)) not in variant.locations
    assert variant.locations.pointer(("names", 0))
    with pytest.raises(EditError):
        variant.locations.pointer(("consumers", 0))


def test_one_file_alone_stays_as_it_is():
    """An import without its export is not linked."""
    for name, text in apart(["b.io"], [["www.b.io"]]).items():
        declarations = read({name: text})
        assert link_consumers(declarations) == tuple(declarations)
        assert all(map(can_be_linked, declarations))
    assert not any(map(can_be_linked, read(together(["b.io"], [["www.b.io"]]))))


def test_a_stack_imports_nothing_from_itself():
    """An export of the same file belongs to another deployment of the stack."""
    resources = {"Certificate": certificate("b.io"), "Site": distribution("www.b.io")}
    declarations = read({"a.json": stack(resources, EXPORTED)})
    assert link_consumers(declarations) == tuple(declarations)


def test_two_exports_of_one_name_are_not_linked():
    """If two files export a name, the certificate is unknown."""
    files = apart(["b.io"], [["www.b.io"]])
    files["other.json"] = files["certificate.json"]
    declarations = read(files)
    assert link_consumers(declarations) == tuple(declarations)


def test_a_stack_imports_nothing_from_another_region():
    """Stacks in different known Regions are not linked."""
    files = apart(["b.io"], [["www.b.io"]])
    [exported] = read({"a.json": files["certificate.json"]}, region="us-east-1")
    [imported] = read({"b.json": files["site-0.json"]}, region="eu-west-1")
    assert link_consumers([exported, imported]) == (exported, imported)
    [imported] = read({"b.json": files["site-0.json"]})
    assert len(link_consumers([exported, imported])) == 1


def test_unknown_values_have_the_name_of_their_file():
    """Parameters of two stacks differ, but the Region and imports are shared."""
    domain = {"Fn::Sub": "www.${Domain}.io"}
    imported = {"Fn::Sub": ["${x}.io", {"x": {"Fn::ImportValue": "name"}}]}
    region = {"Fn::Sub": "${AWS::Region}.b.io"}
    own = {"Certificate": certificate(domain, imported, region)}
    files = {
        "a.json": stack(own, EXPORTED),
        "b.json": stack({"Site": distribution(domain, imported, region)}),
    }
    [declaration] = link_consumers(read(files))
    [consumer] = declaration.variants[0].consumers
    assert [*map(str, consumer.hosts)] == [
        "www.${Domain} of b.json.io",
        "!ImportValue name.io",
        "${AWS::Region}.b.io",
    ]
    assert str(consumer.region) == "${AWS::Region}"
    assert consumer.hosts[1] == declaration.request.names[1]
    assert consumer.hosts[0] != declaration.request.names[0]


def test_an_unknown_list_has_the_name_of_its_file():
    """A list parameter of one stack is not that of another."""
    site = distribution()
    site["Properties"]["DistributionConfig"]["Aliases"] = {"Ref": "Hosts"}
    parameters = {"Hosts": {"Type": "CommaDelimitedList"}}
    files = {
        "a.json": stack({"Certificate": certificate("b.io")}, EXPORTED),
        "b.json": stack({"Site": site}, Parameters=parameters),
    }
    [declaration] = link_consumers(read(files))
    assert str(declaration.variants[0].consumers[0].hosts[0]) == "${Hosts} of b.json"


def test_conditions_of_both_files_are_combined():
    """Each choice of one file is combined with each of the other."""
    two = {"Fn::If": ["Prod", "www.b.io", "dev.b.io"]}
    section = {
        "Parameters": {"Stage": {"Type": "String", "Default": "prod"}},
        "Conditions": {"Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    files = {
        "a.json": stack({"Certificate": certificate(two)}, EXPORTED, **section),
        "b.json": stack({"Site": distribution(two)}, **section),
    }
    [declaration] = link_consumers(read(files))
    combined = [
        (v.request.spellings[0], str(v.consumers[0].hosts[0]), v.condition)
        for v in declaration.variants
    ]
    assert combined == [
        ("www.b.io", "www.b.io", "when `Prod` is true, when `Prod` is true"),
        ("www.b.io", "dev.b.io", "when `Prod` is true, when `Prod` is false"),
        ("dev.b.io", "www.b.io", "when `Prod` is false, when `Prod` is true"),
        ("dev.b.io", "dev.b.io", "when `Prod` is false, when `Prod` is false"),
    ]
    files |= {f"c{number}.json": files["b.json"] for number in range(4)}
    [declaration] = link_consumers(read(files))
    assert len(declaration.variants) == 2
    assert declaration.truncated == "only 2 combinations of the conditions were checked"


def test_a_consumer_of_two_certificates_is_divided():
    """Only the consumers of the known certificate are linked."""
    files = {
        "a.json": stack({"Certificate": certificate("b.io")}, EXPORTED),
        "b.json": stack(
            {"Listener": listener({"Fn::ImportValue": "site-certificate"}, {"Ref": "Other"})},
            Parameters={"Other": {"Type": "String"}},
        ),
    }
    whole, rest = link_consumers(read(files))
    assert [str(c.certificate) for c in whole.variants[0].consumers] == ["Certificate"]
    assert [str(c.certificate) for c in rest.variants[0].consumers] == ["${Other}"]
    [variant] = rest.variants
    text = '{"Ref": "Other"}'
    place = variant.location(("consumers", 0, "certificate"))
    assert rest.source.text[place.start : place.end] == text
    assert variant.locations.pointer(("consumers", 0, "certificate"))[0][-2:] == (
        1,
        "CertificateArn",
    )
    assert len({*variant.locations}) == len(variant.locations)


def test_an_arn_is_known_in_every_file():
    """A certificate of a state is identified by its ARN in every file."""
    state = read(
        {
            "state.json": '{"format_version": "1.0", "values": {"root_module": {"resources": [{'
            '"address": "aws_acm_certificate.a", "mode": "managed", "type": "aws_acm_certificate",'
            f'"name": "a", "values": {{"arn": "{ARN}", "domain_name": "b.io"}}}}]}}}}}}'
        }
    )
    sites = {"One": distribution("b.io", arn=ARN), "Two": distribution("c.io", arn=OTHER_ARN)}
    whole, rest = link_consumers([*state, *read({"sites.json": stack(sites)})])
    assert whole.variants[0].consumers[0].certificate == CertificateReference(
        "aws_acm_certificate.a"
    )
    assert rest.address == "Two"


# Records


BALANCER = {"Fn::GetAtt": ["Balancer", "DNSName"]}
SERVING = {
    "Certificate": certificate("b.io"),
    "Listener": listener({"Ref": "Certificate"}),
    "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"},
}


def recorded(files):
    """Return the names that point to each consumer, and the number of linked records."""
    declarations, linked = link_records(read(files, scope=ReadScope.EVERYTHING))
    return {
        consumer.address: [*map(str, consumer.recorded)]
        for declaration in declarations
        for variant in declaration.variants
        for consumer in variant.consumers
    }, len(linked)


def test_a_record_points_to_a_consumer_of_its_file():
    """Each name is recorded once, and not if it is a host of the consumer."""
    records = {
        "Www": alias("www.b.io.", BALANCER),
        "Six": alias("www.b.io.", BALANCER, "AAAA"),
        "Other": alias("c.io", "d111.cloudfront.net"),
    }
    assert recorded({"a.json": stack(SERVING | records)}) == ({"Listener": ["www.b.io"]}, 2)
    site = {
        "Site": distribution("b.io", arn={"Ref": "Certificate"}),
        "Certificate": SERVING["Certificate"],
    }
    same = {"Same": alias("b.io", {"Fn::GetAtt": ["Site", "DomainName"]})}
    assert recorded({"a.json": stack(site | same)}) == ({"Site": []}, 1)


def test_a_record_points_to_a_consumer_of_another_file():
    """An import is linked if exactly one file exports the name."""
    serving = stack(SERVING, {"Name": export(BALANCER, "balancer")})
    records = stack({"Www": alias({"Fn::Sub": "${X}.b.io"}, {"Fn::ImportValue": "balancer"})})
    files = {"a.json": serving, "dns.json": records}
    assert recorded(files) == ({"Listener": ["${X} of dns.json.b.io"]}, 1)
    files["b.json"] = serving
    assert recorded(files) == ({"Listener": []}, 0)


def test_a_record_is_that_of_its_file_once():
    """A name is recorded once, even if the file imports its own export."""
    record = alias({"Fn::Sub": "${X}.b.io"}, {"Fn::ImportValue": "balancer"})
    whole = stack(SERVING | {"Www": record}, {"Name": export(BALANCER, "balancer")})
    assert recorded({"a.json": whole}) == ({"Listener": ["${X}.b.io"]}, 1)


def test_records_have_their_own_location():
    """A name has the location in the file of its record, linked or not."""
    exported = {"Certificate": certificate("b.io")}
    site = stack(
        {"Site": distribution()}, {"Name": export({"Fn::GetAtt": ["Site", "DomainName"]}, "n")}
    )
    files = {
        "a.json": stack(exported, EXPORTED),
        "b.json": site,
        "dns.json": stack({"Www": alias("www.b.io", {"Fn::ImportValue": "n"})}),
    }
    declarations, _ = link_records(read(files, scope=ReadScope.EVERYTHING))
    whole = next(declaration for declaration in link_consumers(declarations) if declaration.request)
    place = whole.variants[0].location(("consumers", 0, "recorded", 0))
    assert place.source.name == "dns.json"
    assert place.source.text[place.start : place.end] == "www.b.io"


@settings(max_examples=20)
@given(listings(), SITES, st.integers(min_value=0), st.integers(0, 30), st.text(max_size=5))
def test_any_files_can_be_linked(names, sites, place, length, junk):
    """A damaged file is rejected, or its content has locations."""
    target = {"Fn::ImportValue": "site-certificate"}
    files = apart(names, sites) | {"dns.json": stack({"Www": alias(names[0], target)})}
    for name, text in files.items():
        start = place % len(text)
        broken = text[:start] + junk + text[start + length :]
        try:
            declarations = read(files | {name: broken}, scope=ReadScope.EVERYTHING)
        except InputError:
            continue
        for declared in take_inventory(declarations).declarations:
            for variant in declared.variants:
                for path in variant.locations:
                    assert variant.location(path).start >= 0


def test_a_fix_edits_the_file_of_the_certificate(tmp_path, monkeypatch, capsys):
    """The finding is in one file, and the name is added in the other."""
    for name, text in apart(["b.io"], [["www.b.io"]]).items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "site-0.json").read_text()
    words = ("check", ".", "--select", "ACM205", "--region", "us-east-1")
    assert main(words) == FOUND
    assert main((*words, "--fix", "--unsafe-fixes")) == CLEAN
    assert "1 fixed in 1 file" in capsys.readouterr().err
    assert '"SubjectAlternativeNames": ["www.b.io"]' in (tmp_path / "certificate.json").read_text()
    assert (tmp_path / "site-0.json").read_text() == before
