"""Certificates that exist, and diagnoses of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from acmrules.analysis.diagnoses import Diagnoses, PlacedDiagnosis
from acmrules.analysis.drift import Drift, DriftKind, DriftPair
from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    Diagnosis,
    NameDiagnosis,
    Obstacle,
    RecordAction,
    RecordChange,
    State,
)
from acmrules.facts.timeline import Citation
from acmrules.model.account import Account, Refusal
from acmrules.model.gaps import gaps
from acmrules.model.placed import Location
from acmrules.syntax.source import Source
from acmrules.unresolved import read_name

NOW = datetime(2026, 11, 30, 7, tzinfo=UTC)
ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/{:08d}-1234-1234-1234-123456789012"
BALANCER = (
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
)
DOCS = Citation("DNS validation", "https://docs.aws.amazon.com/acm/dns.html", date(2026, 11, 23))


def existing(*names, number=1, **fields):
    """Return a certificate; it is pending unless the fields say otherwise."""
    given = {
        "names": tuple(map(read_name, names)),
        "names_known": True,
        "described": True,
        "status": CertificateStatus.PENDING_VALIDATION,
        "in_use_by": (),
        **fields,
    }
    return CertificateDetail(ARN.format(number), **given)


def record(name, *values, action=RecordAction.PUBLISH, kind="CNAME", zone=("", "")):
    """Return a change of records."""
    return RecordChange(action, name, kind, values, *zone)


def missing(name, zone=("brightharbor.io", "Z0123456789ABC"), **fields):
    """Return the obstacle of a name without its validation record."""
    stem = name.removeprefix("*.")
    owner = f"_a79865eb4cd1a6ab990a45779b4e0b96.{stem}"
    given = {
        "cause": Cause.RECORD_MISSING,
        "certainty": Certainty.CERTAIN,
        "actor": Actor.YOU,
        "text": "the validation record does not exist",
        "proof": f"`ns1.brightharbor.io` answered NXDOMAIN for `{owner}`",
        "remedy": "publish the record",
        "changes": (record(owner, f"_value.{stem}.acm-validations.aws", zone=zone),),
        "source": DOCS,
        **fields,
    }
    return Obstacle(**given)


def not_looked_up(name):
    """Return the obstacle of a name about which DNS answered nothing."""
    return missing(
        name,
        cause=Cause.NOT_LOOKED_UP,
        certainty=Certainty.OPEN,
        text="the input contains no DNS answer for the validation record",
        proof="",
        remedy="look up the record",
        changes=(),
        commands=(f"dig +short CNAME _a79865eb4cd1a6ab990a45779b4e0b96.{name}",),
    )


def of_name(name, *obstacles):
    """Return the diagnosis of a name that is not validated."""
    return NameDiagnosis(read_name(name), False, obstacles)


def diagnosis(certificate, state=State.WAITING_FOR_YOU, actor=Actor.YOU, **fields):
    """Return a diagnosis at `NOW`."""
    given = {
        "title": "the certificate is pending: ACM has not validated all names",
        "deadlines": (Deadline(NOW + timedelta(hours=31), "the request times out"),),
        **fields,
    }
    return Diagnosis(certificate, NOW, state, actor, **given)


def placed(found, file="certificate.json", line=1):
    """Return a diagnosis with a location."""
    source = Source(file, "\n" * (line - 1) + "{}")
    return PlacedDiagnosis(Location(source, line - 1, line + 1), found)


def run_of(*found, refusals=()):
    """Return the diagnoses of a run."""
    return Diagnoses(NOW, tuple(found), gaps(Account(refusals=tuple(refusals))))


# Strategies

HOSTILE = st.sampled_from(
    [
        *("a.io", "b.io", "*.b.io", "x\ny", "\x1b[31m", "a|b", "`c`", "```", "<b>", "@user", "#1"),
        *("::error::x", "名前.io", "\u202e", "a" * 90, "![x](y)", "~~~", "$(x)", "\ud800"),
    ]
)
"""Text from outside: what ends lines, controls a terminal or is markup."""


PLACES = st.none() | HOSTILE.map(lambda name: Location(Source(name, "x"), 0, 1))
PAIRS = st.builds(DriftPair, PLACES, HOSTILE, st.just(()))
DRIFTS = st.builds(Drift, PLACES, st.sampled_from(DriftKind), HOSTILE, HOSTILE)


@st.composite
def obstacles(draw):
    """Draw an obstacle with any text in any field."""
    changes = st.builds(
        RecordChange,
        st.sampled_from(RecordAction),
        HOSTILE,
        st.sampled_from(["CNAME", "CAA", "NS", "TXT"]),
        st.lists(HOSTILE, max_size=2).map(tuple),
        HOSTILE | st.just(""),
        HOSTILE | st.just(""),
    )
    return Obstacle(
        draw(st.sampled_from(Cause)),
        draw(st.sampled_from(Certainty)),
        draw(st.sampled_from(Actor)),
        draw(HOSTILE),
        draw(HOSTILE | st.just("")),
        draw(HOSTILE | st.just("")),
        tuple(draw(st.lists(changes, max_size=3))),
        tuple(draw(st.lists(HOSTILE, max_size=3))),
        draw(st.sampled_from([None, DOCS])),
    )


@st.composite
def diagnoses(draw):
    """Draw the diagnoses of a run."""
    found = []
    several = st.lists(obstacles(), max_size=2).map(tuple)
    for number in range(draw(st.integers(0, 6))):
        names = draw(st.lists(HOSTILE, max_size=5))
        certificate = existing(
            *names,
            number=number,
            names_known=draw(st.booleans()),
            in_use_by=draw(st.none() | st.lists(HOSTILE, max_size=5).map(tuple)),
        )
        deadlines = st.builds(
            Deadline, st.just(NOW + timedelta(minutes=draw(st.integers(-9999, 9999)))), HOSTILE
        )
        one = diagnosis(
            certificate,
            draw(st.sampled_from(State)),
            draw(st.sampled_from([*Actor, None])),
            title=draw(HOSTILE),
            deadlines=tuple(draw(st.lists(deadlines, max_size=2))),
            obstacles=draw(several),
            names=tuple(NameDiagnosis(read_name(name), False, draw(several)) for name in names),
        )
        each = placed(one, draw(HOSTILE)) if draw(st.booleans()) else PlacedDiagnosis(None, one)
        found.append(
            each.__replace__(
                declared=tuple(draw(st.lists(PAIRS, max_size=2))),
                drifts=tuple(draw(st.lists(DRIFTS, max_size=2))),
            )
        )
    refusals = st.builds(Refusal, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    run = run_of(*found, refusals=tuple(draw(st.lists(refusals, max_size=2))))
    return run.__replace__(drifts=tuple(draw(st.lists(DRIFTS, max_size=2))))
