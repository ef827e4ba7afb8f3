"""Diagnoses as text for people."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.diagnoses import (
    ARN,
    BALANCER,
    NOW,
    diagnoses,
    diagnosis,
    existing,
    missing,
    not_looked_up,
    of_name,
    placed,
    run_of,
)

from acmrules.diagnosis.certificate import CertificateStatus
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    NameDiagnosis,
    Obstacle,
    State,
)
from acmrules.model.account import Refusal
from acmrules.reports.diagnosis.text import render
from acmrules.reports.findings.layout import Layout, columns
from acmrules.reports.paths import LinkBase
from acmrules.unresolved import read_name

VALUE = "_9f8e7d6c5b4a39281706f5e4d3c2b1a0.xlfgrmvvlj.acm-validations.aws"
QUOTED = '0 issue "letsencrypt.org; validationmethods=dns-01"'
LONG = Obstacle(
    Cause.OTHER_VALUE,
    Certainty.CERTAIN,
    Actor.YOU,
    f"the value is `{VALUE}`",
    f"the CAA records are `{QUOTED}`, `{QUOTED}`",
)

SHOP = placed(
    diagnosis(
        existing("shop.brightharbor.io", "*.shop.brightharbor.io", in_use_by=(BALANCER,)),
        names=(of_name("shop.brightharbor.io", missing("shop.brightharbor.io")),),
    )
)


def fine(number, **fields):
    """Return the diagnosis of an issued certificate."""
    certificate = existing(
        f"f{number}.brightharbor.io", number=number, status=CertificateStatus.ISSUED, **fields
    )
    title = "the certificate is issued"
    return placed(diagnosis(certificate, State.FINE, Actor.NOBODY, title=title, deadlines=()))


def lines(*found, width=80, **fields):
    """Return the lines of a report."""
    return render(run_of(*found, **fields), Layout(width)).splitlines()


def test_a_block_has_who_acts_by_when_and_what_to_do():
    """The cause, the proof and the remedy follow, with the record to copy."""
    assert lines(SHOP) == [
        "waiting for you: shop.brightharbor.io and *.shop.brightharbor.io",
        "  the certificate is pending: ACM has not validated all names",
        "  who acts     you",
        "  deadline     in 31 hours, 2026-12-01 14:00 UTC: the request times out",
        f"  certificate  {ARN.format(1)}",
        "               eu-west-1, account 123456789012, in certificate.json:1",
        "  in use by    loadbalancer/app/shop/50dc6c495c0c9188 (elasticloadbalancing)",
        "",
        "  missing record: shop.brightharbor.io",
        "    cause      the validation record does not exist",
        "    proof      `ns1.brightharbor.io` answered NXDOMAIN for",
        "               `_a79865eb4cd1a6ab990a45779b4e0b96.shop.brightharbor.io`",
        "    do this    publish the record",
        (
            "    publish    _a79865eb4cd1a6ab990a45779b4e0b96.shop.brightharbor.io. CNAME"
            " _value.shop.brightharbor.io.acm-validations.aws."
        ),
        "               in the zone brightharbor.io (Z0123456789ABC)",
        "    docs       https://docs.aws.amazon.com/acm/dns.html",
        "",
        "1 certificate: 1 waiting for you",
    ]


def test_a_hundred_names_with_one_cause_fit_on_a_screen():
    """Their first records are listed, and the format with all of them is named."""
    names = [f"n{number}.brightharbor.io" for number in range(100)]
    one = diagnosis(existing(*names), names=tuple(of_name(name, missing(name)) for name in names))
    shown = lines(placed(one))
    assert len(shown) < 32
    assert "waiting for you: n0.brightharbor.io, n1.brightharbor.io and 98 more" in shown
    assert any(line.startswith("  missing record: 100 names, such as n0.") for line in shown)
    assert "               and 90 more records; `--format changes` prints all" in shown


def test_commands_are_at_the_end_without_prose():
    """Those that find out what is unknown are apart from those of remedies."""
    fixes = Obstacle(
        Cause.EXPORT_AGAIN,
        Certainty.CERTAIN,
        Actor.YOU,
        "the exported copy expires",
        commands=("aws acm export-certificate",),
    )
    name = "a.brightharbor.io"
    one = diagnosis(existing(name), obstacles=(fixes,), names=(of_name(name, not_looked_up(name)),))
    shown = lines(placed(one))
    assert shown[-7:-2] == [
        "  to find out, run",
        "    dig +short CNAME _a79865eb4cd1a6ab990a45779b4e0b96.a.brightharbor.io",
        "",
        "  to follow up, run",
        "    aws acm export-certificate",
    ]
    many = tuple(of_name(each, not_looked_up(each)) for each in (f"n{i}.io" for i in range(10)))
    assert "  and 4 more; `--format json` lists all" in lines(
        placed(one.__replace__(obstacles=(), names=many))
    )


def test_ten_thousand_certificates_that_need_nothing_are_one_line():
    """Three of them are named."""
    shown = lines(SHOP, *(fine(number) for number in range(10_000)))
    assert shown[-4:] == [
        "fine: 10,000 certificates: f0.brightharbor.io, f1.brightharbor.io,",
        "  f2.brightharbor.io and 9,997 more",
        "",
        "10,001 certificates: 1 waiting for you, 10,000 fine",
    ]


def test_few_certificates_have_a_block_each():
    """A single fine certificate shows that it is."""
    assert lines(fine(1))[:2] == ["fine: f1.brightharbor.io", "  the certificate is issued"]


def test_many_listed_certificates_share_a_block_with_their_commands():
    """The next deadline is that of the most urgent one."""
    listed = [
        placed(
            diagnosis(
                existing(f"l{number}.io", number=number, described=False),
                State.UNKNOWN,
                None,
                names=(of_name("l.io", not_looked_up("l.io").__replace__(commands=())),),
                obstacles=(
                    Obstacle(
                        Cause.UNKNOWN_STATUS,
                        Certainty.OPEN,
                        Actor.YOU,
                        "the list does not contain the cause",
                        commands=(f"aws acm describe-certificate --certificate-arn {number}",),
                    ),
                ),
            )
        )
        for number in range(2_000)
    ]
    shown = lines(*listed)
    assert len(shown) < 26
    assert shown[0] == "unknown: 2,000 certificates: l0.io, l1.io, l2.io and 1,997 more"
    assert (
        shown[2]
        == "  first        in 31 hours, 2026-12-01 14:00 UTC: the request times out (l0.io)"
    )
    assert "    aws acm describe-certificate --certificate-arn 2" in shown
    assert "  and 1,994 more: `acmrules inventory` reads all of them" in shown


def test_a_name_without_a_cause_is_unknown():
    """It is not left out."""
    name = NameDiagnosis(read_name("a.brightharbor.io"), None)
    shown = lines(placed(diagnosis(existing("a.brightharbor.io"), names=(name,))))
    assert shown[-4:-2] == [
        "  not validated: a.brightharbor.io",
        "    unknown    why ACM has not validated it",
    ]


def test_a_cause_of_the_certificate_explains_all_names():
    """Next to it, a name without a cause of its own is not listed."""
    name = NameDiagnosis(read_name("a.brightharbor.io"), None)
    own = diagnosis(existing("a.brightharbor.io"), names=(name,), obstacles=(LONG,))
    assert not any(line.startswith("  not validated") for line in lines(placed(own)))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_value_is_broken(width):
    """A value in backticks stays on one line, with its spaces and both backticks."""
    own = diagnosis(existing("a.brightharbor.io"), obstacles=(LONG,))
    shown = lines(placed(own), width=width)
    for value in (VALUE, QUOTED):
        assert any(f"`{value}`" in line for line in shown)
    assert all(line.count("`") % 2 == 0 for line in shown)
    assert not any(line.strip() == "`" for line in shown)


@pytest.mark.parametrize("width", [72, 80, 100])
def test_a_value_that_fits_in_a_line_is_not_wrapped_by_the_terminal(width):
    """It is indented less than the other lines if it does not fit otherwise."""
    own = diagnosis(existing("a.brightharbor.io"), obstacles=(LONG,))
    (line,) = (each for each in lines(placed(own), width=width) if VALUE in each)
    assert columns(line) <= width
    assert line.startswith("  ")


def test_a_failed_call_is_reported():
    """What was not read is above the summary."""
    refusal = Refusal("ListCertificates", "AccessDeniedException", "", "", "eu-west-2")
    assert lines(refusals=(refusal,)) == [
        "not read: ListCertificates in eu-west-2 failed (AccessDeniedException): the",
        "  certificates in eu-west-2 are unknown",
        "",
        "no certificate in these files; 1 call failed",
    ]


def test_the_state_has_a_color():
    """Each state has one, and nothing is colored without colors."""
    painted = {
        render(run_of(placed(diagnosis(existing("a.io"), state)))).replace(state.value, "", 1)
        for state in State
    }
    assert not any("\x1b" in text for text in painted)
    for state in State:
        text = render(run_of(placed(diagnosis(existing("a.io"), state))), Layout(color=True))
        assert re.match(rf"\x1b\[3[1-6]m{state.value}\x1b\[0m\x1b\[1m: a\.io\x1b\[0m\n", text)


def test_the_file_is_a_link():
    """Terminals that show links open it."""
    text = render(run_of(SHOP), Layout(links=LinkBase("", "/")))
    assert "\x1b]8;;file:///certificate.json\x1b\\in certificate.json:1\x1b]8;;\x1b\\" in text


def test_a_quiet_report_has_no_summary():
    """Only the certificates are printed."""
    assert "1 certificate:" not in render(run_of(SHOP), Layout(is_quiet=True))


def test_deadlines_are_in_order():
    """Each has a line; the label is that of the first."""
    later = Deadline(NOW + timedelta(days=40), "the certificate expires")
    one = SHOP.diagnosis.__replace__(deadlines=(*SHOP.diagnosis.deadlines, later))
    assert lines(placed(one))[4] == (
        "               in 40 days, 2027-01-09 07:00 UTC: the certificate expires"
    )


@settings(max_examples=25)
@given(diagnoses(), st.sampled_from([40, 80, 120]))
def test_prose_fits_the_terminal_and_no_character_controls_it(run, width):
    """Records, commands, ARNs, places and words are not broken; everything else is."""
    text = render(run, Layout(width))
    labels = "who acts|deadline|first|in use by|  (?:cause|likely|unknown|status|proof|do this)"
    states = "|".join(state.value for state in State)
    for line in text.split("\n"):
        assert line.isprintable()
        if re.match(rf"  (?:{labels}) |(?:{states}|not read): |\d+ certificate", line):
            words = line[15:] if line.startswith("  ") else line.partition(": ")[2]
            unbroken = re.sub("`[^`]*`", "", words)
            assert columns(line) <= width or " " not in unbroken.strip()


@settings(max_examples=25)
@given(diagnoses())
def test_every_certificate_that_is_not_fine_is_shown(run):
    """Its name or its ARN, or the number of the certificates that share a block."""
    text = render(run, Layout(10_000))
    for each in run.certificates:
        if each.diagnosis.names:
            assert each.arn in text
    states = "|".join(state.value for state in State)
    heads = re.findall(rf"(?m)^(?:{states}): (?:([\d,]+) certificates: )?", text)
    assert sum(int(number or 1) for number in heads) == len(run.certificates)
