import pickle
import subprocess
import sys

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import suffix_lists

from acmrules.errors import InvalidName
from acmrules.names import DomainName, unchecked_name
from acmrules.strategies import domain_names, labels
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes

LIST = """\
// VERSION: 2026-10-22_08-36-41_UTC
// ===BEGIN ICANN DOMAINS===
com
uk
co.uk
jp
kobe.co.jp
*.kobe.jp
!city.kobe.jp
*.ck
!www.ck
cn
公司.cn
рф
co.vermögensberater
no
*.ü.no
!æ.ü.no
// comment.at.the.end.of.a.line.local
// ===END ICANN DOMAINS===

// ===BEGIN PRIVATE DOMAINS===
github.io
blogspot.com
*.compute.example.com
个人.hk
// ===END PRIVATE DOMAINS===
"""
SUFFIXES = PublicSuffixes(LIST)


def algorithm(text, name):
    """Transcribe the algorithm that is published with the list, rule by rule.

    One step is added: the parent of a wildcard is a public suffix as well.
    """
    rules = [line for line in text.split("\n") if line and not line.startswith("//")]
    rules = [idna_labels(rule) for rule in rules]
    rules += [rule[1:] for rule in rules if rule[0] == "*" and rule[1:] == list(name.labels)]
    found = [rule for rule in rules if matches(rule, name.labels)] or [["*"]]
    exceptions = [rule for rule in found if rule[0].startswith("!")]
    count = len(exceptions[0]) - 1 if exceptions else max(map(len, found))
    return ".".join(name.labels[-count:])


def idna_labels(rule):
    """Return the labels of a rule, with U-labels converted to A-labels."""
    mark = "!" * rule.startswith("!")
    labels = [x if x in {"*", ""} else idna.alabel(x).decode() for x in rule.lstrip("!").split(".")]
    return [mark + labels[0], *labels[1:]]


def matches(rule, labels):
    """Return whether a name ends in a rule, in which `*` matches any label."""
    bare = [rule[0].removeprefix("!"), *rule[1:]]
    return len(bare) <= len(labels) and all(
        expected in {"*", label}
        for expected, label in zip(reversed(bare), reversed(labels), strict=False)
    )


def hosts():
    """Draw names at and below the rules of `suffix_lists`, and below no rule."""
    labels = st.sampled_from(["a", "b", "c", "xn--tda"])
    tops = st.sampled_from(["com", "com", "com", "io"])
    return st.builds(
        lambda below, top: DomainName(".".join([*below, top])),
        st.lists(labels, min_size=1, max_size=4),
        tops,
    )


class TestLaws:
    """What is true of every list and every name."""

    @given(suffix_lists(), hosts())
    def test_the_suffix_is_that_of_the_published_algorithm(self, text, host):
        """Set look-ups and the transcribed algorithm agree in both sections."""
        icann = text.partition("// ===BEGIN PRIVATE")[0]
        assert PublicSuffixes(text).public_suffix(host) == algorithm(text, host)
        assert PublicSuffixes(text).icann.public_suffix(host) == algorithm(icann, host)

    @given(suffix_lists(), st.lists(hosts()))
    def test_no_call_changes_a_later_result(self, text, others):
        """Rules are read on demand, without an effect on results."""
        suffixes = PublicSuffixes(text)
        for host in others:
            assert suffixes.public_suffix(host) == PublicSuffixes(text).public_suffix(host)

    @given(domain_names())
    def test_the_base_is_the_suffix_with_one_label_more(self, name):
        """Suffix and base are the ends of the name, and a suffix has no base."""
        suffix, base = SUFFIXES.public_suffix(name), SUFFIXES.base_domain_name(name)
        assert f".{name}".endswith(f".{suffix}")
        assert (base is None) == (suffix == str(name)) == SUFFIXES.is_public_suffix(name)
        if base is not None:
            assert name.is_within(base)
            assert ".".join(base.labels[1:]) == suffix
            assert SUFFIXES.base_domain_name(base) == base

    @given(domain_names())
    def test_a_name_and_its_text_have_the_same_results(self, name):
        """Strings are read as names, in any case."""
        text = str(name).upper()
        assert SUFFIXES.public_suffix(text) == SUFFIXES.public_suffix(name)
        assert SUFFIXES.base_domain_name(text) == SUFFIXES.base_domain_name(name)
        assert SUFFIXES.is_listed(text) == SUFFIXES.is_listed(name)

    @given(
        st.lists(domain_names(), min_size=12, max_size=15, unique_by=lambda name: name.labels[-1])
    )
    def test_many_top_level_domains_have_the_same_results(self, names):
        """After several top-level domains the whole list is read, with the same results."""
        suffixes = PublicSuffixes(LIST)
        for name in names:
            fresh = PublicSuffixes(LIST)
            assert suffixes.public_suffix(name) == fresh.public_suffix(name)
            assert suffixes.is_listed(name) == fresh.is_listed(name)


@pytest.mark.parametrize(
    ("name", "suffix", "base"),
    [
        ("example.com", "com", "example.com"),
        ("www.example.com", "com", "example.com"),
        ("co.uk", "co.uk", None),
        ("example.co.uk", "co.uk", "example.co.uk"),
        ("www.example.co.uk", "co.uk", "example.co.uk"),
        # wildcard rules
        ("example.ck", "example.ck", None),
        ("www.example.ck", "example.ck", "www.example.ck"),
        ("kobe.jp", "kobe.jp", None),
        ("example.kobe.jp", "example.kobe.jp", None),
        ("www.example.kobe.jp", "example.kobe.jp", "www.example.kobe.jp"),
        # exceptions
        ("www.ck", "ck", "www.ck"),
        ("a.www.ck", "ck", "www.ck"),
        ("city.kobe.jp", "kobe.jp", "city.kobe.jp"),
        ("www.city.kobe.jp", "kobe.jp", "city.kobe.jp"),
        # A-labels
        ("公司.cn", "xn--55qx5d.cn", None),
        ("www.食狮.公司.cn", "xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("www.пример.рф", "xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("a.ü.no", "a.xn--tda.no", None),
        ("b.a.ü.no", "a.xn--tda.no", "b.a.xn--tda.no"),
        ("b.æ.ü.no", "xn--tda.no", "xn--6ca.xn--tda.no"),
        ("bücher.com", "com", "xn--bcher-kva.com"),
        ("a.co.vermögensberater", "co.xn--vermgensberater-ctb", "a.co.xn--vermgensberater-ctb"),
        # the private section
        ("github.io", "github.io", None),
        ("me.github.io", "github.io", "me.github.io"),
        ("me.blogspot.com", "blogspot.com", "me.blogspot.com"),
        ("a.compute.example.com", "a.compute.example.com", None),
        # no rule
        ("www.example.local", "local", "example.local"),
        ("example.tailcom", "tailcom", "example.tailcom"),
    ],
)
def test_suffixes_and_bases(name, suffix, base):
    """The public suffix of a name, and the label in front of it."""
    assert SUFFIXES.public_suffix(name) == suffix
    found = SUFFIXES.base_domain_name(name)
    assert found == (base and DomainName(base))
    assert SUFFIXES.is_public_suffix(name) == (base is None)


@pytest.mark.parametrize(
    ("name", "everywhere", "icann"),
    [
        ("co.uk", True, True),
        ("kobe.jp", True, True),
        ("github.io", True, False),
        ("compute.example.com", True, False),
        ("a.compute.example.com", True, False),
        ("example.com", False, False),
        ("个人.hk", True, False),
    ],
)
def test_sections(name, everywhere, icann):
    """Suffixes of registries are distinct from those that companies list."""
    assert SUFFIXES.is_public_suffix(name) is everywhere
    assert SUFFIXES.icann.is_public_suffix(name) is icann


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("www.example.com", True),
        ("example.ck", True),
        ("пример.рф", True),
        ("example.local", False),
        ("example.tailcom", False),
        ("example.xn--zckzah", False),
        ("me.github.io", False),
    ],
)
def test_top_level_domains(name, listed):
    """A last label is listed as a rule or under a wildcard; private rules do not list it."""
    assert SUFFIXES.is_listed(name) is listed


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("www.example.com", "icann"),
        ("co.uk", "icann"),
        ("example.ck", "icann"),
        ("a.www.ck", "icann"),
        ("пример.рф", "icann"),
        ("github.io", None),
        ("me.blogspot.com", "private"),
        ("blogspot.com", "private"),
        ("a.compute.example.com", "private"),
        ("compute.example.com", "private"),
        ("WWW.Example.com.", "icann"),
        ("example.local", None),
    ],
)
def test_the_section_of_a_suffix(name, section):
    """The suffix is from a section, and from none if the list lacks the top-level domain."""
    assert SUFFIXES.section(name) == section


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("me.github.io", "private"),
        ("example.io", "icann"),
        ("www.example.co.za", "icann"),
        ("brightharbor.za", None),
        ("a.compute.amazonaws.com", "private"),
    ],
)
def test_the_section_in_the_installed_list(name, section):
    """A private suffix is from the private section, also under a listed top-level domain."""
    assert default_suffixes().section(name) == section


@given(suffix_lists(), hosts())
def test_the_section_is_icann_where_the_icann_section_decides_alone(text, host):
    """A suffix that the ICANN section has too is from there, and every other one is private."""
    suffixes = PublicSuffixes(text)
    section = suffixes.section(host)
    assert (section is None) == (not suffixes.is_listed(host))
    if section is not None:
        alone = algorithm(text.partition("// ===BEGIN PRIVATE")[0], host)
        assert (section == "icann") == (alone == algorithm(text, host))


@given(suffix_lists())
def test_the_domains_of_rules(text):
    """They are the rules without their marks, before and after other look-ups."""
    rules = [line for line in text.split("\n") if line and not line.startswith("//")]
    expected = {".".join(idna_labels(rule.removeprefix("*."))).lstrip("!") for rule in rules}
    suffixes = PublicSuffixes(text)
    assert suffixes.rule_domains() == expected
    suffixes.public_suffix("a.example.com")
    assert suffixes.rule_domains() == expected


def test_the_domains_of_rules_leave_look_ups_as_they_are():
    """A list whose rules were read all has the same suffixes as another one."""
    suffixes = PublicSuffixes(LIST)
    assert {"ck", "www.ck", "xn--55qx5d.cn", "compute.example.com"} < suffixes.rule_domains()
    for host in ("a.www.ck", "a.b.kobe.jp", "me.github.io", "a.example.local"):
        assert suffixes.public_suffix(host) == SUFFIXES.public_suffix(host)
        assert suffixes.section(host) == SUFFIXES.section(host)


def test_a_top_level_domain_with_rules_for_its_subdomains_only():
    """The installed list has `co.za` and others, but not `za`."""
    installed = default_suffixes()
    assert installed.is_listed("brightharbor.co.za")
    assert installed.is_listed(unchecked_name("za"))
    assert not installed.is_listed(unchecked_name("zaz"))
    assert not installed.is_listed("brightharbor.za")
    assert not installed.is_listed("brightharbor.zaz")


def test_the_version_is_the_day_that_the_list_states():
    """The date in the list takes precedence, also for its ICANN section."""
    assert PublicSuffixes(LIST, "given").version == "2026-10-22"
    assert SUFFIXES.icann.version == "2026-10-22"
    assert PublicSuffixes("com", "given").version == "given"
    assert PublicSuffixes("com").version == ""


def test_a_list_without_rules_has_the_default_rule():
    """Under no rule the last label is the public suffix."""
    assert PublicSuffixes("").public_suffix("www.example.com") == "com"


def test_the_icann_section_is_extracted_once():
    """A second access returns the same section."""
    assert SUFFIXES.icann is SUFFIXES.icann


def test_an_invalid_name_is_rejected():
    """Wildcards, single labels and other strings have no public suffix."""
    questions = (
        SUFFIXES.public_suffix,
        SUFFIXES.base_domain_name,
        SUFFIXES.is_public_suffix,
        SUFFIXES.is_listed,
        SUFFIXES.section,
    )
    for question in questions:
        for text in ("com", "*.example.com", ""):
            with pytest.raises(InvalidName):
                question(text)


def test_a_list_survives_pickling():
    """A pickled list returns the same results."""
    again = pickle.loads(pickle.dumps(SUFFIXES))
    assert again.public_suffix("www.example.co.uk") == "co.uk"
    assert again.version == SUFFIXES.version


@given(suffix_lists(), domain_names(), labels())
def test_a_domain_without_suffixes_has_no_suffix_below_it(text, domain, label):
    """No name below a domain without suffixes is a suffix."""
    suffixes = PublicSuffixes(text)
    if not suffixes.has_suffixes_below(str(domain)):
        assert not suffixes.is_public_suffix(f"{label}.{domain}")


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("com", True),
        ("a.com", True),
        ("b.a.com", False),
        ("c.com", True),
        ("io", False),
        ("xn--p1ai", True),
        ("b\u00fccher.com", True),
        ("x.com", False),
        ("local", False),
    ],
)
def test_suffixes_below_a_domain_are_seen(domain, expected):
    """Plain rules and wildcards count; labels in another script have the safe result."""
    suffixes = PublicSuffixes("com\nb.a.com\n*.c.com\nio\n// a.comment.local")
    assert suffixes.has_suffixes_below(domain) is expected
    assert suffixes.has_suffixes_below(domain) is expected


def test_a_list_is_a_text_or_its_bytes():
    """Both have the same version and rules, with U-labels too."""
    for suffixes in (PublicSuffixes(LIST), PublicSuffixes(LIST.encode())):
        assert suffixes.version == "2026-10-22"
        assert suffixes.public_suffix("a.xn--55qx5d.cn") == "xn--55qx5d.cn"
        assert suffixes.public_suffix("a.co.vermögensberater") == "co.xn--vermgensberater-ctb"


class Counted(bytes):
    """A list that counts how often all of it is decoded."""

    decoded = 0

    def decode(self, *args):
        """Count the call."""
        self.decoded += 1
        return super().decode(*args)


@pytest.mark.parametrize(("look_ups", "decoded"), [(1, 0), (10, 0), (11, 1), (30, 1)])
def test_the_whole_list_is_decoded_once_and_late(look_ups, decoded):
    """The rules of ten top-level domains are searched, and then all rules are read once."""
    data = Counted("".join(f"t{number}\nco.t{number}\n" for number in range(30)).encode())
    suffixes = PublicSuffixes(data)
    for number in range(look_ups):
        assert suffixes.public_suffix(f"a.co.t{number}") == f"co.t{number}"
    assert data.decoded == decoded


class Interrupted(bytes):
    """A list whose searches are interrupted by a look-up, as by a thread switch."""

    def interrupt_with(self, look_up):
        """Run a look-up during the next search."""
        self.look_up = look_up

    def split(self, *args):
        """Run the look-up, then search."""
        look_up, self.look_up = self.look_up, None
        if look_up:
            look_up()
        return super().split(*args)

    look_up = None


@pytest.mark.parametrize("before", range(13))
def test_a_look_up_during_another_one_loses_no_rules(before):
    """Each look-up knows the rules, however many top-level domains were read before it."""
    tops = [f"t{number}" for number in range(30)]
    data = Interrupted("".join(f"{top}\nco.{top}\n" for top in tops).encode())
    suffixes = PublicSuffixes(data)
    found = [suffixes.public_suffix(f"a.co.{top}") for top in tops[:before]]
    data.interrupt_with(lambda: found.append(suffixes.public_suffix(f"a.co.{tops[before]}")))
    found += [suffixes.public_suffix(f"a.co.{top}") for top in tops[before + 1 :]]
    data.interrupt_with(None)
    found.append(suffixes.public_suffix(f"a.co.{tops[before]}"))
    assert {*found} == {f"co.{top}" for top in tops}


TOPS = "com org net de fr it nl se no fi dk pl es br"
THREADS = f"""
import sys, threading
from acmrules.suffix_lists import default_suffixes

sys.setswitchinterval(1e-6)
hosts = ["a.co.uk", *("a.example." + top for top in "{TOPS}".split())]
start = threading.Barrier(16)
found = set()

def look_up(number):
    start.wait()
    suffixes = default_suffixes()
    for index in range(len(hosts)):
        host = hosts[(index + number) % len(hosts)]
        found.add((host, suffixes.public_suffix(host), suffixes.is_listed(host)))
        suffixes.has_suffixes_below(host.rpartition(".")[2])

threads = [threading.Thread(target=look_up, args=(number,)) for number in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
found |= {{(host, default_suffixes().public_suffix(host), True) for host in hosts}}
print(sorted(found))
"""


def test_threads_that_share_the_list_have_the_results_of_one_thread():
    """In fresh processes, 16 threads resolve names of many top-level domains correctly."""
    running = [
        subprocess.Popen([sys.executable, "-c", THREADS], stdout=subprocess.PIPE, text=True)
        for _ in range(10)
    ]
    suffixes = default_suffixes()
    hosts = ["a.co.uk", *(f"a.example.{top}" for top in TOPS.split())]
    expected = sorted((host, suffixes.public_suffix(host), True) for host in hosts)
    assert {process.communicate()[0].strip() for process in running} == {str(expected)}
