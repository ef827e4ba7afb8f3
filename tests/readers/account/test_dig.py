"""The output of `dig` in all of its forms is read as answers."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.steps import steps_of

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsRecord, HostedZone
from acmrules.readers.account.dig import read
from acmrules.syntax.source import InputError

NAME = "_x.example.com"
VALUE = "_y.acm-validations.aws"
CNAME = DnsRecord(NAME, "CNAME", VALUE, 60)
SOA = DnsRecord("example.com", "SOA", "ns1.example.com hostmaster.example.com 1 2 3 4 5", 60)
UNKNOWN = "the question of this answer is unknown: add the command before the output"

RECEIVED = ";; Received 9 bytes from 192.0.2.1#53(ns1.example.net) in 3 ms\n"
REFUSED = ";; communications error to 192.0.2.1#53: connection refused\n"
UNREACHED = ";; no servers could be reached\n"
GREETING = f"""
; <<>> DiG 9.18.49 <<>> @192.0.2.1 {NAME} CNAME
; (1 server found)
;; global options: +cmd
"""

FULL = """
; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> @192.0.2.1 _x.example.com CNAME +cd
; (1 server found)
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 55139
;; flags: qr aa rd ad cd; QUERY: 1, ANSWER: 1, AUTHORITY: 1, ADDITIONAL: 1
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
; EDE: 22 (No Reachable Authority)
;; QUESTION SECTION:
;_x.example.com.			IN	CNAME

;; ANSWER SECTION:
_X.Example.com.		60	IN	CNAME	_y.acm-validations.aws.

;; AUTHORITY SECTION:
example.com.		60	IN	SOA	ns1.example.com. hostmaster.example.com. 1 2 3 4 5

;; ADDITIONAL SECTION:
ns1.example.com.	60	IN	A	192.0.2.1

;; Query time: 0 msec
;; SERVER: 192.0.2.1#53(192.0.2.1) (UDP)
;; WHEN: Mon Nov 30 13:59:06 UTC 2026
;; MSG SIZE  rcvd: 79

"""

TRACE = f"""
; <<>> DiG 9.18.28 <<>> +trace CNAME _x.example.com
;; global options: +cmd
.			86400	IN	NS	a.root-servers.net.
.			518400	IN	RRSIG	NS 8 0 518400 20260807050000 20260725040000 20326 . abcd
;; Received 811 bytes from 127.0.0.53#53(127.0.0.53) in 4 ms

com.			172800	IN	NS	a.gtld-servers.net.
com.			86400	IN	DS	19718 13 2 {"8ACBB0CD" * 8}
;; Received 1170 bytes from 198.41.0.4#53(a.root-servers.net) in 20 ms

example.com.		172800	IN	NS	ns1.example.net.
example.com.		172800	IN	NS	ns2.example.net.
;; Received 300 bytes from 192.5.6.30#53(a.gtld-servers.net) in 20 ms

"""


def answer(status=AnswerStatus.NOERROR, *records, kind="CNAME", name=NAME, **fields):
    """Return an answer to the usual question."""
    return DnsAnswer(name, kind, status, records, **fields)


def coherent(each):
    """Return an answer whose first record is at the name in question."""
    first = (record.__replace__(name=each.name) for record in each.records[:1])
    return each.__replace__(records=(*first, *each.records[1:]))


answers = st.builds(
    DnsAnswer,
    st.sampled_from([NAME, "example.com", "a.b.example.org"]),
    st.sampled_from(["CNAME", "A", "CAA"]),
    st.sampled_from([each for each in AnswerStatus if each not in {"OTHER", "NO_ANSWER"}]),
    st.lists(st.just(CNAME) | st.just(DnsRecord(VALUE, "A", "192.0.2.1", 5)), max_size=2).map(
        tuple
    ),
    st.sampled_from([(), (SOA,)]),
    st.sampled_from(["192.0.2.1", "2001:db8::1", "ns1.example.net"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
).map(coherent)


def full_output(each):
    """Return the full output of `dig` for an answer."""
    flags = {"aa": each.is_authoritative, "ad": each.is_authenticated, "cd": not each.checks_dnssec}
    counts = f"QUERY: 1, ANSWER: {len(each.records)}, AUTHORITY: {len(each.authority)}"
    lines = [
        f"; <<>> DiG 9.18 <<>> @{each.server} {each.name} {each.type}",
        f";; ->>HEADER<<- opcode: QUERY, status: {each.status}, id: 1",
        f";; flags: qr {' '.join(flag for flag in flags if flags[flag])}; {counts}",
        *(";; QUESTION SECTION:", f";{each.name}.\t\tIN\t{each.type}", ""),
    ]
    for title, records in (("ANSWER", each.records), ("AUTHORITY", each.authority)):
        if records:
            lines += [f";; {title} SECTION:", *map(record_line, records), ""]
    address = "192.0.2.9" if each.server[:2] == "ns" else each.server
    return "\n".join([*lines, f";; SERVER: {address}#53({each.server}) (UDP)", ""])


def record_line(record):
    """Return a record as `dig` prints it."""
    value = record.value
    if record.type == "SOA":
        value = re.sub(r"(\.com)", r"\1.", value)
    return (
        f"{record.name}.\t{record.ttl}\tIN\t{record.type}\t{value}{'.' * (record.type == 'CNAME')}"
    )


@given(st.lists(answers, max_size=3))
def test_full_output_reads_back_as_the_answers(several):
    """The output of several commands is read as their answers, in this order."""
    assert read("\n".join(map(full_output, several)), "-").answers == tuple(several)


@given(st.text())
def test_any_text_is_read_or_one_error(text):
    """No text raises anything else than an error with its line."""
    assert_read_or_error(text)


WORDS = [
    *("$ dig", "; <<>> DiG 9 <<>>", "+short", "+trace", "+noall", "a.test", "NS", "@1", "-x", "\n"),
    *(";; ->>HEADER<<- status: NOERROR", "\n;; flags: qr;", "\n;; ANSWER SECTION:\n", "\n", "("),
    *(";; QUESTION SECTION:\n;a. IN A\n", "a. 5 IN A 192.0.2.1\n", "b.test.\n", "AXFR", ")", '"'),
    *("\n;; Received 1 bytes from a#53(a) in 1 ms\n", "SOA a. b. 1 2 3 4 5 from server a in 1 ms."),
    *("\n;; no servers could be reached\n", "\n;; communications error to a#53: timed out\n"),
    *("test. 5 IN NS ns.test.\n", "\n;; SERVER: a#53(b)\n"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_lines_are_read_or_one_error(text):
    """Lines of `dig` in any order are read, or raise an error with its line."""
    assert_read_or_error(text)


def assert_read_or_error(text):
    """Check that a string is read, or that the error has a line of it."""
    error = None
    try:
        read(text, "dig.txt")
    except InputError as raised:
        error = raised
    lines = len(re.split(r"\r\n|\r|\n", text))
    assert error is None or str(error).isprintable()
    assert error is None or error.position is None or 1 <= error.position.line <= lines


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_full_output(line_break):
    """Status, flags, question, sections and server are read; other sections are not records."""
    assert read(FULL.replace("\n", line_break), "-").answers == (
        answer(
            AnswerStatus.NOERROR,
            CNAME,
            authority=(SOA,),
            server="192.0.2.1",
            is_authoritative=True,
            is_authenticated=True,
            checks_dnssec=False,
        ),
    )


@pytest.mark.parametrize("status", ["NXDOMAIN", "SERVFAIL", "REFUSED"])
def test_statuses(status):
    """Each response code is the status of its answer."""
    (found,) = read(FULL.replace("NOERROR", status), "-").answers
    assert found.status is AnswerStatus(status)


def test_another_response_code_is_other():
    """A response code that a diagnosis does not need is `OTHER`."""
    (found,) = read(FULL.replace("NOERROR", "NOTIMP"), "-").answers
    assert found.status is AnswerStatus.OTHER


@pytest.mark.parametrize(
    "prompt", ["$ ", "me@host:~/zones$ ", "# ", "C:\\> ", "% ", "", "\u276f ", "(venv) me % "]
)
def test_short_output_belongs_to_the_command_before_it(prompt):
    """`dig +short` prints values alone, so the question is that of the command."""
    text = f"{prompt}dig +short CNAME {NAME}\n{VALUE}.\n"
    assert read(text, "-").answers == (answer(AnswerStatus.NOERROR, CNAME.__replace__(ttl=None)),)


def test_an_empty_short_output_does_not_show_the_response_code():
    """NXDOMAIN, SERVFAIL and an answer without records print nothing."""
    text = f"$ dig +short CNAME {NAME}\n$ dig +short {NAME} TXT @ns1.example.net\n"
    assert read(text, "-").answers == (
        answer(AnswerStatus.OTHER),
        answer(AnswerStatus.OTHER, kind="TXT", server="ns1.example.net"),
    )


def test_short_output_has_the_chain_of_aliases():
    """Names before the addresses are the targets of aliases."""
    text = "$ dig +short www.example.com\na.example.net.\nb.example.net.\n192.0.2.1\n192.0.2.2\n"
    (found,) = read(text, "-").answers
    assert [(each.name, each.type, each.value) for each in found.records] == [
        ("www.example.com", "CNAME", "a.example.net"),
        ("a.example.net", "CNAME", "b.example.net"),
        ("b.example.net", "A", "192.0.2.1"),
        ("b.example.net", "A", "192.0.2.2"),
    ]


@pytest.mark.parametrize(
    ("kind", "lines", "values"),
    [
        ("NS", "ns1.example.net.\nNS2.example.net.\n", ["ns1.example.net", "ns2.example.net"]),
        ("MX", "10 mail.example.com.\n", ["10 mail.example.com"]),
        ("TXT", '"a." "b"\n', ['"a." "b"']),
        ("CAA", '0 issue "amazon.com"\n', ['0 issue "amazon.com"']),
    ],
)
def test_short_output_of_other_types(kind, lines, values):
    """Each line is a value of the type in question."""
    (found,) = read(f"$ dig {kind} example.com +short\n{lines}", "-").answers
    assert [(each.type, each.value) for each in found.records] == [(kind, v) for v in values]


def test_short_output_with_servers():
    """With `+identify`, each line has the server."""
    text = f"$ dig +short +identify {NAME} CNAME\n{VALUE}. from server 192.0.2.1 in 3 ms.\n"
    (found,) = read(text, "-").answers
    assert (found.records[0].value, found.server) == (VALUE, "192.0.2.1")


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME}.\t60\tIN\tCNAME\t{VALUE}.\n",
        f"$ dig +noall +answer {NAME} CNAME\n{NAME}. 60 IN CNAME {VALUE}.\n",
        f"{GREETING}{NAME}. 60 IN CNAME {VALUE}.\n\n".replace("@192.0.2.1", "+noall +answer"),
    ],
)
def test_records_alone_are_an_answer(text):
    """With `+noall +answer`, the records show the question if no command does."""
    assert read(text, "-").answers == (answer(AnswerStatus.NOERROR, CNAME),)


def test_records_alone_are_an_answer_for_each_chain():
    """A record that is not the target of the one before begins another answer."""
    text = "a.test. 5 IN CNAME b.test.\nb.test. 5 IN A 192.0.2.1\nc.test. 5 IN A 192.0.2.1\n"
    assert [(each.name, each.type, len(each.records)) for each in read(text, "-").answers] == [
        ("a.test", "A", 2),
        ("c.test", "A", 1),
    ]


def test_the_command_shows_what_the_records_do_not():
    """An alias without an address answers the question for addresses."""
    text = "$ dig +noall +answer www.example.com A\nwww.example.com. 5 IN CNAME a.test.\n"
    assert [each.type for each in read(text, "-").answers] == ["A"]


def test_each_question_of_a_command_has_an_answer():
    """One command may ask several questions; those without records have no response code."""
    text = f"$ dig +noall +answer {NAME} CNAME b.example.com A\n{NAME}. 60 IN CNAME {VALUE}.\n"
    assert read(text, "-").answers == (
        answer(AnswerStatus.NOERROR, CNAME),
        answer(AnswerStatus.OTHER, name="b.example.com", kind="A"),
    )


def test_an_authority_section_alone_is_no_answer():
    """The SOA record of a zone above shows that the answer has no records."""
    text = f"$ dig +noall +answer +authority {NAME} CNAME\n{record_line(SOA)}\n"
    assert read(text, "-").answers == (answer(AnswerStatus.OTHER, authority=(SOA,)),)


def test_records_on_several_lines():
    """With `+multiline`, a record may be in parentheses, with comments."""
    text = (
        "$ dig +noall +answer +multiline example.com SOA\n"
        "example.com. 60 IN SOA ns1.example.com. hostmaster.example.com. (\n"
        "\t1 ; serial\n\t2 ; refresh (2 seconds)\n\t3 ; retry\n\t4 ; expire\n\t5 ; minimum\n\t)\n"
    )
    assert read(text, "-").answers[0].records == (SOA,)


def test_statistics_alone_show_the_server():
    """With `+stats`, an answer without records has its server."""
    text = (
        f"$ dig +noall +stats {NAME} CNAME\n;; Query time: 1 msec\n;; SERVER: 192.0.2.1#53(ns1)\n"
    )
    assert read(text, "-").answers == (answer(AnswerStatus.OTHER, server="ns1"),)


def test_a_trace_has_the_zone_and_its_servers():
    """The last reply is the answer, and the delegation before it has the servers of the zone."""
    text = f"{TRACE}{record_line(CNAME)}\n{RECEIVED}"
    assert read(text, "-").answers == (
        answer(
            AnswerStatus.NOERROR,
            CNAME,
            server="ns1.example.net",
            zone="example.com",
            zone_servers=("ns1.example.net", "ns2.example.net"),
        ),
    )


def test_a_trace_to_servers_without_a_response():
    """If the servers of the zone do not respond, the answer says so."""
    text = f"{TRACE}{REFUSED}{UNREACHED}"
    (found,) = read(text, "-").answers
    assert (found.status, found.zone, len(found.zone_servers)) == ("NO_ANSWER", "example.com", 2)


def test_a_trace_to_a_name_without_records():
    """The SOA record of the zone shows that there are none; the response code is unknown."""
    text = f"{TRACE}{record_line(SOA)}\n{RECEIVED}"
    (found,) = read(text, "-").answers
    assert (found.status, found.records, found.authority) == (AnswerStatus.OTHER, (), (SOA,))
    assert found.zone == "example.com"


def test_a_trace_to_the_name_servers_of_a_zone():
    """The name servers in the zone are an answer, and not another delegation."""
    text = TRACE.replace(f"CNAME {NAME}", "NS example.com") + (
        f"example.com. 5 IN NS ns3.example.net.\n{RECEIVED}"
    )
    (found,) = read(text, "-").answers
    assert [each.value for each in found.records] == ["ns3.example.net"]
    assert found.zone_servers == ("ns1.example.net", "ns2.example.net")


def test_the_soa_records_of_all_servers():
    """With `+nssearch`, there is an answer for each server."""
    line = "SOA ns1.example.com. hostmaster.example.com. 1 2 3 4 5 from server {} in 3 ms.\n"
    text = "$ dig +nssearch example.com\n" + line.format("192.0.2.1") + line.format("192.0.2.2")
    found = read(text, "-").answers
    assert [(each.name, each.type, each.server) for each in found] == [
        ("example.com", "SOA", "192.0.2.1"),
        ("example.com", "SOA", "192.0.2.2"),
    ]
    assert {each.records for each in found} == {(SOA.__replace__(ttl=None),)}


@pytest.mark.parametrize(
    ("text", "server"),
    [
        (f"{GREETING};; connection timed out; no servers could be reached\n", "192.0.2.1"),
        (f"{REFUSED}{REFUSED}{GREETING}{UNREACHED}", "192.0.2.1"),
        (f"$ dig @192.0.2.1 {NAME} CNAME\n{REFUSED}{GREETING}{UNREACHED}", "192.0.2.1"),
        (f"$ dig +short {NAME} CNAME\n{REFUSED}{UNREACHED}", "192.0.2.1"),
        (
            f"$ dig @ns1.test {NAME} CNAME\ndig: couldn't get address for 'ns1.test': not found\n",
            "ns1.test",
        ),
        (f"$ dig {NAME} CNAME\n{REFUSED}", "192.0.2.1"),
    ],
)
def test_a_server_that_does_not_respond(text, server):
    """A timeout, a refused connection and an unknown server are `NO_ANSWER`."""
    assert read(text, "-").answers == (answer(AnswerStatus.NO_ANSWER, server=server),)


def test_an_error_before_an_answer_does_not_count():
    """A second try, or a second server, may answer."""
    text = ";; communications error to 192.0.2.9#53: timed out\n" + FULL
    assert [each.status for each in read(text, "-").answers] == ["NOERROR"]


def test_a_typed_command_and_its_repetition_are_one():
    """`dig` repeats the command that the terminal shows."""
    text = f"$ dig @192.0.2.1 {NAME} CNAME +cd\n{FULL}"
    assert len(read(text, "-").answers) == 1


def test_a_transfer_is_a_zone():
    """The records from the first SOA record to its repetition are the whole zone."""
    soa, own = record_line(SOA), record_line(CNAME)
    text = f"; <<>> DiG 9.18 <<>> example.com AXFR\n;; global options: +cmd\n{soa}\n{own}\n{soa}\n"
    found = read(f"{text};; SERVER: 192.0.2.1#53(192.0.2.1) (TCP)\n;; XFR size: 3 records\n", "-")
    assert found.zones == (HostedZone("example.com", records=(SOA, CNAME), is_complete=True),)
    assert found.answers == ()


def test_a_refused_transfer_is_no_zone():
    """A transfer that fails has an answer without a response."""
    found = read("; <<>> DiG 9.18 <<>> example.com AXFR\n; Transfer failed.\n", "-")
    assert (found.zones, [each.status for each in found.answers]) == ((), ["NO_ANSWER"])


def test_the_output_of_kdig_and_drill():
    """Their headers and questions differ a little."""
    text = (
        ";; ->>HEADER<<- opcode: QUERY; status: NXDOMAIN; id: 1\n"
        ";; Flags: qr rd ra; QUERY: 1; ANSWER: 0; AUTHORITY: 0; ADDITIONAL: 0\n\n"
        ";; QUESTION SECTION:\n;; _x.example.com.\tIN\tCNAME\n\n;; From 192.0.2.1@53(UDP) in 5 ms\n"
        ";; ->>HEADER<<- opcode: QUERY, rcode: NOERROR, id: 2\n"
        ";; flags: qr aa ; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0\n"
        ";; QUESTION SECTION:\n;; _x.example.com.\tIN\tCNAME\n\n;; SERVER: 192.0.2.2\n"
    )
    assert [(each.status, each.server) for each in read(text, "-").answers] == [
        ("NXDOMAIN", "192.0.2.1"),
        ("NOERROR", "192.0.2.2"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("_y.acm-validations.aws.", UNKNOWN),
        (";; connection timed out; no servers could be reached", UNKNOWN),
        ("$ dig +short a.test b.test\n192.0.2.1", UNKNOWN),
        ("SOA a. b. 1 2 3 4 5 from server 192.0.2.1 in 3 ms.", UNKNOWN),
        ("hello there", "`hello there` is not a line of the output of dig"),
        ("a.test. 5 IN A 192.0.2", "`a.test. 5 IN A 192.0.2` is not a line of the output of dig"),
        ("$ dig a..b", "`a..b` is not a DNS name"),
        ("$ dig -x a", "`a` is not an IP address"),
        ("$ dig +trace", UNKNOWN),
    ],
)
def test_a_malformed_line_is_named(text, fault):
    """The error has the line."""
    with pytest.raises(InputError) as error:
        read(f"\n{text}", "dig.txt")
    assert str(error.value) == f"dig.txt:{2 + text.count(chr(10))}:1: {fault}"


def test_binary_files_are_refused():
    """A file with a zero byte is binary."""
    with pytest.raises(InputError, match="is binary"):
        read("\0", "dig.txt")


def test_without_dnspython_the_error_has_the_command_to_install_it(monkeypatch):
    """The output of dig needs the extra `dns`."""
    monkeypatch.setitem(sys.modules, "dns.tokenizer", None)
    with pytest.raises(InputError) as error:
        read(FULL, "dig.txt")
    assert str(error.value) == (
        "dig.txt: is the output of dig, which needs dnspython:"
        " install it with `pip install 'acmrules[dns]'`"
    )


@pytest.mark.parametrize(
    ("option", "line"), [("+short", "n{}.io."), ("+noall +answer", "n{}.io. CNAME n{}.io.")]
)
def test_the_time_of_a_chain_grows_with_its_length(option, line):
    """A chain of 10,000 aliases is no reason to wait."""

    def chain(count):
        lines = [line.format(number, number + 1) for number in range(count)]
        return "\n".join([f"$ dig {option} n0.io A", *lines])

    read(chain(2), "a.dig")  # Modules are loaded once.
    steps = [steps_of(read, chain(count), "a.dig") for count in (20, 40, 80)]
    assert steps[2] - steps[1] <= 2.05 * (steps[1] - steps[0])


@pytest.mark.parametrize("first", ["example.com. 60 IN SOA a. b. (", "("])
def test_a_parenthesis_that_is_not_closed_is_an_error(first):
    """The output after it would be lost."""
    with pytest.raises(InputError) as error:
        read(f"{GREETING}\n{first}\n$ dig {NAME} CNAME\n", "a.dig")
    assert f"`{first}` is not a line of the output of dig" in str(error.value)


def reply(
    header="ANSWER: 1, AUTHORITY: 0", flags="qr rd ra", lines=(f"{NAME}. 60 IN CNAME y.io.",)
):
    """Return the output of one command, with a header and the lines of its answer section."""
    answer = ["", ";; ANSWER SECTION:", *lines] if lines else []
    return "\n".join(
        [
            GREETING,
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1",
            f";; flags: {flags}; QUERY: 1, {header}, ADDITIONAL: 0",
            *("", ";; QUESTION SECTION:", f";{NAME}. IN CNAME", *answer, ""),
            ";; SERVER: 192.0.2.1#53(192.0.2.1) (UDP)\n",
        ]
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (reply(lines=()), "has 1 record, and the output contains 0"),
        (reply("ANSWER: 2, AUTHORITY: 0"), "has 2 records, and the output contains 1"),
        (reply("ANSWER: 0, AUTHORITY: 0", "qr tc", ()), "is truncated (flag `tc`)"),
        (reply("ANSWER: 0, AUTHORITY: 4", "qr", ()), "its authority section is missing"),
        (reply(lines=["z.io. 60 IN CNAME y.io."]), "has only records of other names"),
        (reply().partition(";; flags")[0], "ends within its header"),
        (reply(lines=[f"{NAME}. 60 IN CNAME y.i"]), "is not a line of the output of dig"),
    ],
)
def test_an_answer_with_a_missing_part_is_an_error(text, fault):
    """Otherwise, a record that the output leaves out would count as not published."""
    assert read(reply(), "a.dig").answers
    with pytest.raises(InputError) as error:
        read(f"{reply()}\n{text}", "a.dig")
    assert fault in str(error.value)


@pytest.mark.parametrize("header", ["ANSWER: 0, AUTHORITY: 1", "ANSWER: 0, AUTHORITY: 0"])
def test_an_authoritative_answer_needs_no_authority_section(header):
    """`+noauthority` leaves it out, and the flag `aa` shows that the answer is no referral."""
    [answer] = read(reply(header, "qr aa", ()), "a.dig").answers
    assert (answer.status, answer.records) == (AnswerStatus.NOERROR, ())


@pytest.mark.parametrize("end", range(len((reply() * 2).splitlines()) + 1))
def test_output_that_is_cut_off_claims_nothing_else(end):
    """Each answer that is read from the first lines is an answer of the whole output."""
    [whole, _] = read(reply() * 2, "a.dig").answers
    try:
        found = read("\n".join((reply() * 2).splitlines()[:end]), "a.dig").answers
    except InputError:
        found = ()
    known = [(each.name, each.type, each.status, each.records) for each in found]
    expected = (whole.name, whole.type, whole.status, whole.records)
    assert known == [expected] * len(known)
