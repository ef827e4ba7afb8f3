import pickle
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import meanings, unresolved_names

from acmrules.coverage import (
    CoverageIndex,
    Covered,
    HostIndex,
    Miss,
    NotCovered,
    PartialCoverageIndex,
    Uncovered,
    UnknownCoverage,
    covers,
    covers_unresolved,
    redundant_names,
    uncovered,
)
from acmrules.errors import InvalidName
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.partial import MOST_COMPARED, unknown_clause
from acmrules.strategies import domain_names, name_lists, related_names
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames, read_name

X, Y = Unknown("${X}"), Unknown("${Y}")
SOME_NAMES = UnresolvedNames(Unknown("${Names}"))


def listed(text):
    """Read a string in which `X` and `Y` are unknown."""
    if "X" not in text and "Y" not in text:
        return read_name(text)
    spread = text.replace("X", "|X|").replace("Y", "|Y|").split("|")
    return Unresolved(tuple({"X": X, "Y": Y}.get(part, part) for part in spread if part))


class TestCoverage:
    """A wildcard covers exactly the children of its parent, and a plain name covers itself."""

    @given(related_names(), related_names())
    def test_covering_is_equality_or_one_label_more(self, presented, reference):
        """A covered host is equal to the name, or has one more label than the parent."""
        child = (
            isinstance(presented, WildcardDomainName)
            and isinstance(reference, DomainName)
            and reference.labels[1:] == presented.parent.labels
        )
        assert covers(presented, reference) == (presented == reference or child)

    @given(domain_names(), st.sampled_from(["a", "www", "xn--bcher-kva", "0"]))
    def test_a_wildcard_covers_every_child(self, parent, label):
        """One label below the parent is covered, and two are not."""
        wildcard = WildcardDomainName(parent)
        assert covers(wildcard, DomainName(f"{label}.{parent}"))
        assert not covers(wildcard, DomainName(f"a.{label}.{parent}"))

    @given(related_names(), related_names())
    def test_strings_are_read_as_names(self, presented, reference):
        """Strings are read as names, in any case."""
        texts = str(presented).upper(), str(reference).title()
        assert covers(*texts) == covers(presented, reference)

    @given(name_lists(), related_names())
    def test_the_index_agrees_with_covers(self, names, host):
        """A list covers a host exactly if one of its names does."""
        index = CoverageIndex(names)
        one_by_one = [name for name in names if covers(name, host)]
        assert index.covers(host) == (host in index) == (str(host) in index) == bool(one_by_one)
        assert (index.covering(host) in one_by_one) == bool(one_by_one)

    @given(name_lists(), related_names(), related_names())
    def test_adding_a_name_uncovers_nothing(self, names, name, host):
        """A longer list covers what the shorter one does."""
        assert CoverageIndex(names.adding([name])).covers(host) >= CoverageIndex(names).covers(host)


class TestRedundancy:
    """A redundant name is a plain one that a wildcard of the same list covers."""

    @given(name_lists(), related_names())
    def test_dropping_redundant_names_uncovers_nothing(self, names, host):
        """Without its redundant names, a list covers the same hosts."""
        kept = [name for name in names if name not in redundant_names(names)]
        assert CoverageIndex(kept).covers(host) == CoverageIndex(names).covers(host)

    @given(name_lists())
    def test_no_other_name_can_be_dropped(self, names):
        """A name that is not redundant is uncovered without itself."""
        kept = [name for name in names if name not in redundant_names(names)]
        for name in kept:
            assert name not in CoverageIndex(other for other in kept if other != name)


class TestMisses:
    """An uncovered host has a nearest name, a reason, and a name that would cover it."""

    @given(name_lists(), st.lists(related_names()))
    def test_a_host_is_covered_or_uncovered(self, names, hosts):
        """The uncovered hosts are exactly those that no name covers, in order and once."""
        missed = [miss.host for miss in uncovered(names, hosts)]
        assert missed == [h for h in dict.fromkeys(hosts) if h not in CoverageIndex(names)]

    @given(name_lists(), related_names())
    def test_the_name_to_add_covers_the_host(self, names, host):
        """With the name to add, the host is covered."""
        for miss in uncovered(names, [host]):
            assert miss.nearest in names
            assert uncovered([*names, miss.name_to_add], [host]) == ()

    @given(name_lists(), related_names(), st.randoms(use_true_random=False))
    def test_the_reason_does_not_depend_on_the_order(self, names, host, random):
        """The order of a list does not change the reason."""
        shuffled = list(names)
        random.shuffle(shuffled)
        reasons = [[m.reason for m in uncovered(some, [host])] for some in (names, shuffled)]
        assert reasons[0] == reasons[1]

    @given(name_lists(), related_names())
    def test_the_nearest_name_is_the_first_with_the_best_reason(self, names, host):
        """A second implementation compares the host with every name."""
        reasons, index = list(Miss), CoverageIndex(names)
        if not index.covers(host):
            misses = [(CoverageIndex([name]).uncovered(host).reason, name) for name in names]
            nearest = min(misses, key=lambda m: (reasons.index(m[0]), -_shared(m[1], host)))
            miss = index.uncovered(host)
            assert (miss.reason, miss.nearest) == nearest


def _shared(one, other):
    """Return the number of labels that two names have in common at the end."""
    pairs = zip(str(one).split(".")[::-1], str(other).split(".")[::-1], strict=False)
    return [a == b for a, b in [*pairs, ("", "-")]].index(False)


class TestPartlyKnownNames:
    """The known parts decide, or the result is `None`."""

    @given(unresolved_names() | related_names(), unresolved_names() | related_names(), meanings())
    def test_a_certain_result_is_true_for_all_values(self, presented, reference, meaning):
        """A certain result is that of all values that are valid names."""
        verdict = covers_unresolved(presented, reference)
        names = [read_name(_meant(name, meaning)) for name in (presented, reference)]
        if verdict is not None and not any(isinstance(name, Malformed) for name in names):
            assert covers(*names) == verdict

    @given(unresolved_names())
    def test_equal_expressions_are_equal_names(self, name):
        """An expression covers itself, in any case."""
        assert covers_unresolved(name, name) is True
        shouted = tuple(p.upper() if isinstance(p, str) else p for p in name.parts)
        assert covers_unresolved(Unresolved(shouted), name) is True

    @given(related_names(), related_names())
    def test_known_names_are_decided(self, presented, reference):
        """Between two known names, the result is certain."""
        assert covers_unresolved(presented, reference) is covers(presented, reference)


LISTED_NAMES = (
    related_names() | unresolved_names() | st.sampled_from([SOME_NAMES, Malformed("*.a")])
)


class TestPartlyKnownLists:
    """A list covers a host if a name surely does, and does not if no name can."""

    @given(st.lists(LISTED_NAMES, max_size=5), LISTED_NAMES)
    def test_the_index_agrees_with_all_comparisons(self, names, host):
        """The result is yes if one name covers the host, no if none does, and unknown otherwise."""
        verdicts = {covers_unresolved(name, host) for name in names}
        index = PartialCoverageIndex(names)
        if isinstance(host, Malformed) or (host == SOME_NAMES and True not in verdicts):
            verdicts = {None}
        expected = True if True in verdicts else None if None in verdicts else False
        assert index.covers(host) is expected
        covering = index.covering(host)
        assert (covering is not None) == (expected is True)
        assert covering is None or covers_unresolved(covering, host)

    @given(st.lists(LISTED_NAMES, max_size=5), LISTED_NAMES)
    def test_the_answer_agrees_with_the_index(self, names, host):
        """The answer has the covering name, the nearest name, or the unknown values."""
        index = PartialCoverageIndex(names)
        known = [name for name in names if not isinstance(name, Unresolved | Malformed)]
        expected = {
            True: Covered(index.covering(host)),
            False: NotCovered(None),
            None: UnknownCoverage(unknown_clause(host, *names)),
        }[index.covers(host)]
        if index.covers(host) is False and not isinstance(host, Unresolved):
            expected = NotCovered(*uncovered(known, [host]))
        assert index.answer(host) == expected

    @given(st.lists(LISTED_NAMES, max_size=5), related_names())
    def test_the_name_to_add_covers_a_host_for_certain(self, names, host):
        """With the name added, the answer is that the host is covered."""
        answer = PartialCoverageIndex(names).answer(host)
        if isinstance(answer, NotCovered):
            to_add = answer.nearest.name_to_add
            assert PartialCoverageIndex([*names, to_add]).answer(host) == Covered(to_add)

    @given(st.lists(LISTED_NAMES, max_size=5), st.lists(LISTED_NAMES, max_size=5))
    def test_an_unneeded_name_can_be_removed(self, names, hosts):
        """Without the unneeded names, the index gives the same answer for every host."""
        needed = HostIndex(hosts)
        before = PartialCoverageIndex(names)
        after = PartialCoverageIndex(name for name in names if needed.needs(name) is not False)
        for host in hosts:
            assert after.covers(host) is before.covers(host)

    @given(LISTED_NAMES, st.lists(LISTED_NAMES, max_size=5))
    def test_the_index_of_hosts_agrees_with_every_host(self, name, hosts):
        """A name is needed if it covers a host, and counted for each host that it covers."""
        verdicts = [covers_unresolved(name, host) for host in dict.fromkeys(hosts)]
        expected = True if True in verdicts else None if None in verdicts else False
        if isinstance(name, Malformed | UnresolvedNames):
            expected = None
        assert HostIndex(hosts).needs(name) is expected
        assert HostIndex(hosts).count(name) == verdicts.count(True)

    @pytest.mark.parametrize(
        ("name", "count"),
        [
            ("*.example.com", 4),
            ("*.b.example.com", 1),
            ("a.example.com", 1),
            ("*.a.example.com", 0),
            ("example.com", 0),
            ("X.example.com", 1),
        ],
    )
    def test_each_covered_host_is_counted(self, name, count):
        """A wildcard counts the hosts one level below its parent, and itself."""
        hosts = ["a", "b", "c", "a.b", "*", "X"]
        index = HostIndex([listed(f"{host}.example.com") for host in hosts])
        assert index.count(listed(name)) == count
        assert (index.needs(listed(name)) is True) == (count > 0)

    def test_very_many_partly_known_hosts_leave_a_name_undecided(self):
        """Known hosts are compared in any number; many expressions are not."""
        hosts = [listed(f"X.h{number}.example.com") for number in range(MOST_COMPARED + 1)]
        name = DomainName("www.example.net")
        assert HostIndex(hosts).needs(name) is None
        assert HostIndex(hosts[1:]).needs(name) is False
        assert HostIndex([*hosts, name]).needs(name) is True

    def test_the_number_of_comparisons_is_limited(self):
        """Any number of known names is compared, but many expressions are undecided."""
        known = [DomainName(f"h{number}.example.com") for number in range(MOST_COMPARED + 1)]
        index = PartialCoverageIndex(known)
        assert index.covers(known[-1]) is True
        assert index.covers(DomainName("example.com")) is False
        assert index.covers(listed("www.example.netX")) is None
        assert index.covering(listed("www.example.netX")) is None
        assert PartialCoverageIndex(known[1:]).covers(listed("X.example.net")) is False
        host = listed("X.example.com")
        assert PartialCoverageIndex([*known[2:], host]).covering(host) == host
        assert PartialCoverageIndex([*known[1:], host]).covering(host) is None


def _meant(name, meaning):
    if not isinstance(name, Unresolved):
        return str(name)
    return "".join(meaning[p.label] if isinstance(p, Unknown) else p for p in name.parts)


# Three-valued, after the tables of rustls-webpki and x509-limbo (`webpki::san`, `rfc5280::san`):
# `True` covered, `False` not covered, `None` one of the two is no name. Left out of these: IP
# addresses among the subject alternative names, the common name as a fallback, and name
# constraints, none of which a request has.
@pytest.mark.parametrize(
    ("presented", "reference", "verdict"),
    [
        # exact
        ("example.com", "example.com", True),
        ("EXAMPLE.com", "example.COM", True),
        ("example.com", "www.example.com", False),
        ("www.example.com", "example.com", False),
        ("example.com", "example.co", False),
        ("example.com", "notexample.com", False),
        ("bücher.example", "xn--bcher-kva.example", True),
        # one label, leftmost
        ("*.example.com", "www.example.com", True),
        ("*.example.com", "WWW.EXAMPLE.COM", True),
        ("*.bar.example.com", "foo.bar.example.com", True),
        ("*.bar.example.com", "bar.example.com", False),
        ("*.bar.example.com", "www.bar.foo.example.com", False),
        ("*.example.com", "a.b.example.com", False),
        ("*.example.com", "example.com", False),
        ("*.example.com", "wwwexample.com", False),
        ("*.example.com", "www.example.net", False),
        # A-labels under a wildcard
        ("*.example.com", "xn--bcher-kva.example.com", True),
        ("*.example.com", "bücher.example.com", True),
        ("*.xn--bcher-kva.example", "www.bücher.example", True),
        # left of a public suffix: a matter of issuing, not of covering
        ("*.co.uk", "example.co.uk", True),
        # a wildcard asked for
        ("*.example.com", "*.example.com", True),
        ("*.example.com", "*.a.example.com", False),
        ("*.a.example.com", "*.example.com", False),
        ("www.example.com", "*.example.com", False),
        # no names
        ("*", "example.com", None),
        ("*.com", "example.com", None),
        ("w*.example.com", "www.example.com", None),
        ("*w.example.com", "www.example.com", None),
        ("*.*.example.com", "a.b.example.com", None),
        ("www.*.com", "www.example.com", None),
        ("xn--*.example.com", "xn--bcher-kva.example.com", None),
        ("*..example.com", "www.example.com", None),
        ("*.example.com.", "www.example.com", None),
        ("*.example.com", "www.example.com.", True),
        ("*.example.com", ".example.com", None),
        ("*.example.com", "_www.example.com", None),
        ("*.0.0.1", "127.0.0.1", None),
        ("", "example.com", None),
    ],
)
def test_covers(presented, reference, verdict):
    """A name covers a host, does not, or is invalid."""
    if verdict is None:
        with pytest.raises(InvalidName):
            covers(presented, reference)
    else:
        assert covers(presented, reference) is verdict


def test_the_covering_name_is_the_hosts_own_before_a_wildcard():
    """If a name and a wildcard cover a host, the name is returned."""
    index = CoverageIndex(["*.example.com", "www.example.com"])
    assert index.covering("www.example.com") == DomainName("www.example.com")
    assert index.covering("api.example.com") == parse_name("*.example.com")
    assert index.covering(DomainName("example.com")) is None


def test_an_empty_index_covers_nothing():
    """An index without names covers no host."""
    assert "example.com" not in CoverageIndex([])


@pytest.mark.parametrize(
    ("names", "host", "nearest", "reason", "name_to_add"),
    [
        ("*.example.com", "example.com", "*.example.com", "PARENT_OF_WILDCARD", "example.com"),
        ("*.example.com", "a.b.example.com", "*.example.com", "TOO_DEEP", "*.b.example.com"),
        ("*.example.com", "a.b.c.example.com", "*.example.com", "TOO_DEEP", "*.b.c.example.com"),
        ("*.example.com", "*.b.example.com", "*.example.com", "TOO_DEEP", "*.b.example.com"),
        ("example.com", "www.example.com", "example.com", "BELOW_PLAIN_NAME", "www.example.com"),
        ("example.com", "*.example.com", "example.com", "BELOW_PLAIN_NAME", "*.example.com"),
        ("www.example.com", "*.example.com", "www.example.com", "WILDCARD_HOST", "*.example.com"),
        ("www.example.com", "example.com", "www.example.com", "DIFFERENT_NAME", "example.com"),
        ("*.a.example.com", "*.example.com", "*.a.example.com", "DIFFERENT_NAME", "*.example.com"),
        ("example.com", "notexample.com", "example.com", "DIFFERENT_NAME", "notexample.com"),
        # the most telling reason, then the most labels in common
        ("x.io example.com *.example.com", "a.b.example.com", "*.example.com", "TOO_DEEP", None),
        ("*.example.com *.b.example.com", "c.a.b.example.com", "*.b.example.com", "TOO_DEEP", None),
        ("*.b.example.com *.example.com", "b.example.com", None, None, None),
        ("*.example.com *.a.b.example.com", "a.b.example.com", "*.a.b.example.com",
         "PARENT_OF_WILDCARD", None),
        ("example.net a.example.com", "b.example.com", "a.example.com", "DIFFERENT_NAME", None),
        ("a.io b.io", "c.io", "a.io", "DIFFERENT_NAME", None),
    ],
)  # fmt: skip
def test_uncovered(names, host, nearest, reason, name_to_add):
    """Each uncovered host has its nearest name and the reason."""
    missed = uncovered(names.split(), [host])
    if reason is None:
        assert missed == ()
        return
    [miss] = missed
    assert (str(miss.host), str(miss.nearest), miss.reason) == (host, nearest, Miss[reason])
    assert name_to_add in {None, str(miss.name_to_add)}


def test_without_names_there_is_no_nearest_name():
    """Without names every host is uncovered, and no name is nearest."""
    host = DomainName("example.com")
    assert uncovered([], [host]) == (Uncovered(host, None, Miss.NOTHING_LISTED, host),)


def test_misses_survive_pickling():
    """A miss is a value."""
    missed = uncovered(["*.example.com"], ["example.com"])
    assert pickle.loads(pickle.dumps(missed)) == missed


def test_redundant_names():
    """A plain name below a listed wildcard is redundant, even as the first name."""
    names = ["www.example.com", "*.example.com", "example.com", "a.b.example.com"]
    assert redundant_names(names) == (DomainName("www.example.com"),)
    assert redundant_names(["example.com", "*.a.example.com"]) == ()
    assert redundant_names([]) == ()


@pytest.mark.parametrize(
    ("presented", "reference", "verdict"),
    [
        # the same expression on both sides
        ("*.X", "www.X", True),
        ("X", "X", True),
        ("*.X", "*.X", True),
        ("*.dev.X", "www.DEV.X", True),
        ("X", "www.X", False),
        ("www.X", "X", False),
        ("*.X", "X", False),
        ("*.X", "a.b.X", False),
        ("*.X", "*.a.X", False),
        ("*.dev.X", "X", False),
        ("*.dev.X", "dev.X", False),
        ("*.X", "X.X", None),
        ("*.X", "Y.b.X", False),
        ("*.X", "Y.X", None),
        ("*.X", ".X", False),
        ("*.X.com", "X", False),
        ("*.Xc", "abX", False),
        ("*.Xc", "abcX", None),
        ("*.XX.com", "X", False),
        ("*.X.com", "XX", None),
        # different expressions
        ("*.X", "www.Y", None),
        ("X", "Y", None),
        ("X", "www.example.com", None),
        ("X.example.com", "www.example.com", None),
        ("X.example.com", "www.example.net", False),
        ("X.www.example.com", "example.com", False),
        ("Xexample.com", "example.com", None),
        ("X*.example.com", "www.example.com", None),
        ("X*.com", "aX*.com", None),
        ("*X", "www.example.com", None),
        ("*X.com", "www.example.net", False),
        ("XY.example.com", "Xwww.example.com", None),
        ("XY.example.com", "Xwww.example.net", False),
        ("X.Y", "X.a.Y", False),
        # an expression against a name
        ("*.example.com", "www.X", None),
        ("*.example.com", "www.brightharbor.X", False),
        ("*.example.com", "www.exampleX", None),
        ("*.example.com", "X.example.com", None),
        ("*.example.com", "app-X.example.com", None),
        ("*.example.com", "X.a.example.com", False),
        ("*.example.com", "Xexample.com", None),
        ("*.example.com", "X.example.net", False),
        ("*.example.com", "X.com", None),
        ("*.example.com", "X", None),
        ("*.example.com", "www-X", None),
        ("www.example.com", "X.example.com", None),
        ("www.example.com", "X.example.net", False),
        ("www.example.com", "api.X", False),
        ("www.X", "www.example.com", None),
        ("api.X", "www.example.com", False),
        ("*.X", "www.example.com", None),
        ("*.X.com", "www.example.net", False),
        ("*.X", "*.example.com", None),
    ],
)
def test_covers_unresolved(presented, reference, verdict):
    """The known parts decide; `X` and `Y` are unknown."""
    assert covers_unresolved(listed(presented), listed(reference)) is verdict


def test_unknown_many_names_are_covered_by_themselves():
    """An unknown list surely covers only itself."""
    host = DomainName("www.example.com")
    assert covers_unresolved(SOME_NAMES, SOME_NAMES) is True
    assert covers_unresolved(SOME_NAMES, host) is None
    assert covers_unresolved(host, SOME_NAMES) is None


def test_coverage_by_a_malformed_name_is_unknown():
    """Whether a malformed name covers a host, or is covered, is undecided."""
    malformed = Malformed("*.example.com.")
    host = DomainName("www.example.com")
    assert covers_unresolved(malformed, host) is None
    assert covers_unresolved(host, malformed) is None
    assert covers_unresolved(malformed, malformed) is None


def test_threads_that_share_an_index_have_the_results_of_one_thread():
    """The nearest name does not depend on which thread needs it first."""
    names = [f"www.a{number}.example.com" for number in range(400)]
    host = parse_name("api.a399.example.com")
    [expected] = uncovered(names, [host])
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            index, found, start = CoverageIndex(names), [], threading.Barrier(8)

            def search(index=index, found=found, start=start):
                start.wait()
                found.append(index.uncovered(host))

            threads = [threading.Thread(target=search) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert found == [expected] * 8
    finally:
        sys.setswitchinterval(interval)
