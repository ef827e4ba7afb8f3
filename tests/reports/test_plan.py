"""The report of `plan`, as text and as data."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from acmrules.analysis.demands import UnknownDemand
from acmrules.coverage import covers
from acmrules.model.placed import Location
from acmrules.name_list import NameList
from acmrules.names import DomainName
from acmrules.planner.demands import Demand, Unplannable
from acmrules.planner.plan import Plan, plan
from acmrules.planner.regional import PlannedCertificate
from acmrules.reports.plan import Planned, as_data, by_name, render, summary
from acmrules.request import CertificateRequest, KeyAlgorithm
from acmrules.strategies import related_names
from acmrules.syntax.source import Source

DAY = date(2026, 11, 23)


def planned(made, *unknown):
    """Return a plan with its requests."""
    requests = tuple(CertificateRequest.of(each.names) for each in made.certificates)
    return Planned(made, DAY, requests, unknown)


def certificate(*names, hosts=(), consumers=(), reasons=(), region="eu-west-1"):
    """Return a planned certificate."""
    listed = NameList(names)
    hosts = tuple(map(DomainName, hosts)) or listed.names
    return PlannedCertificate(region, listed, KeyAlgorithm.RSA_2048, hosts, consumers, reasons)


@given(st.lists(related_names(), min_size=1, max_size=9))
def test_every_host_is_listed_under_one_name(hosts):
    """Every host is listed under a name that covers it, in both formats."""
    made = plan(demands=[Demand(hosts, region="eu-west-1")])
    printed, data = render(planned(made)), as_data(planned(made))
    for each, written in zip(made.certificates, data["certificates"], strict=True):
        found = [(host, name) for name, hosts in by_name(each).items() for host in hosts]
        assert sorted(map(str, each.hosts)) == sorted(str(host) for host, _ in found)
        assert all(host == name or covers(name, host) for host, name in found)
        assert written["hosts"] == [*map(str, each.hosts)]
        assert written["covered_by"] == {str(host): str(name) for host, name in found}
        assert all(str(name) in printed for name in (*each.names, *each.hosts))


def test_a_plan_as_text():
    """The text has the certificates by Region, and then the hosts left out."""
    made = Plan(
        (
            certificate(
                "harbor.io",
                "*.harbor.io",
                hosts=("harbor.io", *(f"{letter * 12}.harbor.io" for letter in "abcd")),
                consumers=("a.yaml: A\x1b", "b.yaml: B"),
                reasons=("4 hosts under `harbor.io` need one name with a wildcard",),
            ),
            certificate("other.io", region=None),
        ),
        2,
        3,
        (
            Unplannable((DomainName("x.internal"),), "it is not public", None, "a.yaml: A"),
            Unplannable((DomainName("y.internal"), DomainName("z.internal")), "neither is"),
        ),
        ("names are counted after folding",),
    )
    source = Source("c\n.yaml", "x")
    unknown = UnknownDemand(Location(source, 0, 1), "`${X}` is unknown")
    wrong = UnknownDemand(None, "`a_b` is none", is_no_name=True)
    assert (
        render(planned(made, unknown, wrong))
        == """\
eu-west-1: 1 certificate, 2 names

  harbor.io (2 names, RSA_2048)
    harbor.io
    *.harbor.io  covers aaaaaaaaaaaa.harbor.io, bbbbbbbbbbbb.harbor.io, cccccccccccc.harbor.io,
                        dddddddddddd.harbor.io
    for a.yaml: A\\x1b, b.yaml: B
    4 hosts under `harbor.io` need one name with a wildcard

unknown Region: 1 certificate, 1 name

  other.io (1 name, RSA_2048)
    other.io

2 certificates with 3 names for 6 hosts: this is the minimum
names are counted after folding

not possible:
  `a_b` is none
  a.yaml: A: `x.internal`: it is not public
  `y.internal`, `z.internal`: neither is

left out, because unknown:
  c\\n.yaml:1:1: `${X}` is unknown
"""
    )


def test_the_distance_from_the_minimum():
    """The summary says how close the plan is to the minimum."""
    here = tuple(certificate(f"h{number}.io") for number in range(3))
    assert summary(Plan(here, 3, 2)) == (
        "3 certificates with 3 names for 3 hosts: the fewest certificates;"
        " a better plan could save at most 1 name"
    )
    assert summary(Plan(here, 1, 1)) == (
        "3 certificates with 3 names for 3 hosts: the minimum is at least 1 certificate"
    )


def test_an_empty_plan_lists_refused_hosts():
    """An empty plan prints only the refused hosts."""
    refused = Unplannable((DomainName("x.internal"),), "it is not public")
    assert render(planned(Plan((), 0, 0, (refused,)))) == (
        "not possible:\n  `x.internal`: it is not public\n"
    )
    assert planned(Plan((), 0, 0)).is_whole
    assert not planned(Plan((), 0, 0, (refused,))).is_whole


def test_data():
    """The JSON has every member, and unknown values are null."""
    refused = Unplannable((DomainName("x.internal"),), "it is not public")
    made = Plan((certificate("harbor.io", reasons=("one host",)),), 1, 1, (refused,), ("a note",))
    unknown = UnknownDemand(None, "`a` is unknown")
    data = as_data(planned(made, unknown))
    assert data.pop("acmrules")
    assert Plan.from_dict(json.loads(json.dumps(data))) == made
    assert data == {
        "version": 1,
        "as_of": "2026-11-23",
        "certificates": [
            {
                "region": "eu-west-1",
                "names": ["harbor.io"],
                "key_algorithm": "RSA_2048",
                "hosts": ["harbor.io"],
                "covered_by": {"harbor.io": "harbor.io"},
                "consumers": [],
                "reasons": ["one host"],
                "request": {"DomainName": "harbor.io"},
            }
        ],
        "bound": 1,
        "gap": 0,
        "names": 1,
        "names_bound": 1,
        "names_gap": 0,
        "notes": ["a note"],
        "refused": [
            {
                "hosts": ["x.internal"],
                "reason": "it is not public",
                "region": None,
                "address": "",
            }
        ],
        "covered": [],
        "unknown": [
            {
                "message": "`a` is unknown",
                "is_no_name": False,
                "file": "",
                "line": None,
                "column": None,
            }
        ],
    }
