"""The inputs and the arithmetic of the benchmarks; nothing is timed here."""

import re

import dns.message
import pyarrow as pa
import pytest
from benchmarks import asking, columns, corpora, delaying
from benchmarks.measuring import Rounds, shown
from tldextract import TLDExtract

from acmrules import (
    CoverageIndex,
    NameFault,
    PublicSuffixes,
    default_suffixes,
    is_name,
    name_fault,
    parse_name,
)
from acmrules.arrow import COLUMNS, CertificateNames, examine
from acmrules.cli.main import CLEAN, main
from acmrules.readers import registry
from acmrules.suffix_lists import suffixes_from
from acmrules.syntax.source import Source


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """Write the files that whole runs are measured with."""
    return corpora.write_templates(tmp_path_factory.mktemp("templates"))


def requests(path):
    declarations = registry.read(Source(path.name, path.read_text(encoding="utf-8")))
    return [d.request for d in declarations if d.request is not None]


@pytest.mark.parametrize(("size", "count"), [("tiny", 1), ("large", 60)])
def test_both_forms_are_equal(templates, size, count):
    """The template in YAML and the one in JSON request the same certificates."""
    from_yaml, from_json = (requests(templates[f"{size}.{form}"]) for form in ("yaml", "json"))
    assert from_yaml == from_json
    assert len(from_yaml) == count


def test_inputs_have_no_findings(templates, capsys):
    """The inputs have no findings, so that no time is spent on reports."""
    assert main(["check", "--fail-on", "warning", *map(str, templates.values())]) == CLEAN
    assert "124 certificate requests in 6 files" in capsys.readouterr().out


def test_configurations(tmp_path, capsys):
    """Configurations have as many lines as their name says, and no findings."""
    paths = corpora.write_configurations(tmp_path)
    lines = [path.read_text().count("\n") for path in paths.values()]
    assert lines == [50, 986]
    for path in paths.values():
        assert main(["check", "--fail-on", "warning", str(path)]) == CLEAN
    assert "25 certificate requests in 1 file" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["YAML", "all kinds"])
def test_commit(tmp_path, capsys, kind):
    """A commit has a hundred files, ten of them with certificates, and no findings."""
    paths = corpora.write_commit(tmp_path / "commit")[kind]
    assert len(set(paths)) == 100
    assert main(["check", "--fail-on", "warning", *map(str, paths)]) == CLEAN
    assert re.search(r"\d+ certificate requests in 10 files", capsys.readouterr().out)


def test_module(tmp_path, capsys):
    """A module has a certificate in four resources."""
    corpora.write_module(tmp_path / "module", 400)
    assert main(["check", "--fail-on", "warning", str(tmp_path)]) == CLEAN
    assert "100 certificate requests in 4 files" in capsys.readouterr().out


def test_tree(tmp_path, capsys):
    """The tree has the requested number of files, none of them with a certificate."""
    corpora.write_tree(tmp_path, 250)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 250
    assert main(["check", str(tmp_path)]) == CLEAN
    assert "0 certificate requests" in capsys.readouterr().out


@pytest.mark.parametrize(
    "make", [corpora.names, corpora.hosts_by_suffix, corpora.certificate_names]
)
def test_names(make):
    """The names are distinct and valid, plain ASCII or A-labels."""
    made = make(300)
    assert len({str(parse_name(name)) for name in made}) == 300
    assert all(name.isascii() for name in made)


def test_faulty_names():
    """Each name has the fault that it is listed under."""
    for fault, texts in corpora.faulty_names(100).items():
        assert {name_fault(text) for text in texts} == {NameFault[fault]}


def test_hosts_have_suffixes_of_the_list():
    """Every suffix of the hosts is in the public suffix list."""
    suffixes = default_suffixes()
    assert isinstance(suffixes, PublicSuffixes)
    assert all(map(suffixes.is_listed, corpora.hosts_by_suffix(300)))


@pytest.mark.parametrize("size", [1, 10, 100])
def test_half_of_the_hosts_are_covered(size):
    """The certificate covers every other host."""
    certificate = corpora.certificate_names(size)
    index = CoverageIndex(certificate)
    assert sum(host in index for host in corpora.hosts_of(certificate, 200)) == 100


def test_rounds():
    """Compared runs are in the same round, and the median round counts."""
    rounds = Rounds([{"a": 2.0, "b": 8.0}, {"a": 3.0}, {"a": 4.0, "b": 8.0}, {"a": 1.0, "b": 8.0}])
    assert rounds.median("a") == 2.5
    assert rounds.ratio("b", "a") == 4.0
    assert rounds.over("b", "a") == 6.0
    assert "b" in rounds
    assert "c" not in rounds


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [(7, "7 ns"), (1_234, "1.23 us"), (45.6e6, "45.6 ms"), (3.1e9, "3.1 s")],
)
def test_times_are_formatted(nanoseconds, text):
    """A time is printed in the unit that fits it."""
    assert shown(nanoseconds) == text


@pytest.mark.parametrize(
    ("server", "name", "kind", "section", "text"),
    [
        (delaying.RESOLVER, ".", "NS", "answer", ". 300 IN NS ns.io."),
        (delaying.RESOLVER, "ns.io.", "A", "answer", f"ns.io. 300 IN A {delaying.TOP}"),
        (delaying.TOP, "a.zone1.io.", "A", "authority", "zone1.io. 300 IN NS ns1.zone1.io."),
        (delaying.TOP, "a.zone1.io.", "A", "additional", "ns1.zone1.io. 300 IN A 127.0.0.3"),
        (delaying.ZONE[0], "_x.a.zone1.io.", "CNAME", "answer", f"IN CNAME {delaying.TARGET}."),
        (delaying.ZONE[0], "_z.a.zone1.io.", "CNAME", "authority", "zone1.io. 300 IN SOA ns."),
    ],
)
def test_name_servers(server, name, kind, section, text):
    """The name servers of the benchmark respond with valid messages."""
    query = dns.message.make_query(name, kind)
    response = dns.message.from_wire(delaying.response(server, query.to_wire()))
    assert query.is_response(response)
    assert text in "\n".join(each.to_text() for each in getattr(response, section))


def test_names_to_ask_about():
    """The certificates have as many names as the benchmark says, and half of them has a record."""
    found = asking.certificates(asking.NAMES)
    records = [each.record.name for one in found for each in one.validations]
    assert len({*records}) == asking.NAMES
    assert sum(name.startswith("_x.") for name in records) == asking.NAMES // 2


def test_hosts_to_examine():
    """Clean hosts are plain canonical names, and a twentieth of dirty ones differs."""
    clean = corpora.hosts_to_examine(0, 7_600, 90)
    dirty = corpora.hosts_to_examine(0, 7_600, 90, dirty=True)
    assert corpora.hosts_to_examine(200, 300, 90, dirty=True) == dirty[200:300]
    assert all(str(parse_name(host)) == host for host in clean)
    assert any(host.endswith(".compute.amazonaws.com") for host in clean)
    others = {host for host in dirty if host not in {*clean}}
    assert len(others) == 7_600 // 20
    assert sum(map(is_name, others)) == 7_600 // 20 * 7 // 19
    index = CoverageIndex(name for i in range(90) for name in corpora.certificate_to_examine(i))
    assert sum(host in index for host in clean) == pytest.approx(7_600 / 3, abs=1)


def test_the_loop_over_columns():
    """The loop that `examine` is compared with has its columns, and the rules of faults."""
    certificates = {str(i): corpora.certificate_to_examine(i) for i in range(90)}
    hosts = corpora.hosts_to_examine(0, 800, 90, dirty=True)
    rows = columns.Loop(certificates).rows(hosts)
    batch = pa.RecordBatch.from_pydict({"name": hosts})
    examined = examine(batch, certificates=CertificateNames(certificates)).to_pylist()
    for host, row, expected in zip(hosts, rows, examined, strict=True):
        found = {"name": host} | dict(zip(COLUMNS, row, strict=True))
        if expected["fault"] is None:
            found["rule_ids"] = expected["rule_ids"]
        assert found == expected


def test_peers_of_columns(monkeypatch):
    """The peers of `examine` have the same suffixes, base domain names and covered hosts."""
    monkeypatch.setattr(columns, "CERTIFICATES", 90)
    extract = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
    batch = columns.batch(0, 900)
    answers = columns._ask_both(extract, columns._patterns(extract), batch["name"].to_pylist())
    suffixes = suffixes_from("tldextract")
    examined = examine(
        batch, columns=columns.OF_PEERS, certificates=columns.index(), suffixes=suffixes
    )
    for (suffix, base, covered), expected in zip(answers, examined.to_pylist(), strict=True):
        assert (suffix, base) == (expected["public_suffix"], expected["base_domain_name"])
        assert covered == (expected["covering_name"] is not None)
