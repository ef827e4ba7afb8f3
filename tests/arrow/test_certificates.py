import pickle

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import columns
from tests.support.examined import scalar_covering

from acmrules.arrow import CertificateNames
from acmrules.arrow import certificates as module
from acmrules.errors import InvalidArgument
from acmrules.name_errors import InvalidName
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.strategies import related_names

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
SPELLED = ["WWW.Example.com", "*.Bücher.example", "a_b.example.com", "", "a.\ud800.example.com"]


LISTED = {"one": ["example.com", "*.example.com"], "two": ["*.example.com", "a.example.com"]}


@st.composite
def certificates(draw):
    """Draw names of certificates by their ids: they overlap, and some are listed twice or invalid.

    An id may be unknown, and names are strings or `Name`s.
    """
    pool = draw(st.lists(related_names(), max_size=6))
    names = st.sampled_from([*pool, *map(str, pool), *(str(n).upper() for n in pool), *SPELLED])
    lists = draw(st.lists(st.lists(names, max_size=5), max_size=5))
    ids = draw(st.permutations([None, "a", "b", "arn:c", ""]))
    return dict(zip(ids, lists, strict=False))


def hosts(listed):
    """Draw canonical names and nulls, many of them covered or nearly covered."""
    known = [name for names in listed.values() for name in names if is_valid(name)]
    near = st.sampled_from([DomainName("example.com"), *map(parse_name, known)])
    below = st.builds(
        lambda label, name: (
            f"{label}.{name.parent if isinstance(name, WildcardDomainName) else name}"
        ),
        st.sampled_from(["a", "www", "*", "a.b"]),
        near,
    ).filter(is_valid)
    return st.lists((near | related_names() | below).map(str) | st.none(), max_size=10)


def is_valid(text):
    """Return whether a string or a name is a name that ACM accepts."""
    try:
        parse_name(text)
    except InvalidName:
        return False
    return True


def rows(index, texts, start=0):
    """Return the covering names and the certificates of some names, which are a slice."""
    covering = index.covering(pa.array(texts, pa.string()).slice(start))
    assert [array.type for array in covering] == [pa.string(), pa.string()]
    return [*zip(*(array.to_pylist() for array in covering), strict=True)]


def scalar_rows(listed, texts):
    """Return the same by the index of the library."""
    return [
        (None, None) if text is None else tuple(scalar_covering(parse_name(text), listed).values())
        for text in texts
    ]


def as_table(listed, kind):
    """Return certificates as a table with a row for each certificate, or for each name."""
    octets = [[columns.encoded(str(name)) for name in names] for names in listed.values()]
    if kind != "rows":
        types = {"list": pa.list_(pa.binary()), "large": pa.large_list(pa.large_binary())}
        return pa.table(
            {"certificate": pa.array([*listed], pa.string()), "name": pa.array(octets, types[kind])}
        )
    pairs = [(each, name) for each, names in zip(listed, octets, strict=True) for name in names]
    ids = pa.array([each for each, _ in pairs], pa.string()).dictionary_encode()
    names = pa.array([name for _, name in pairs], pa.binary()).dictionary_encode()
    return pa.table({"certificate": ids, "name": names})


class TestLaws:
    """An index of certificates answers like the index of names of the library."""

    @given(st.data(), certificates(), st.integers(0, 3))
    def test_each_row_is_that_of_a_coverage_index(self, data, listed, start):
        """A name or its wildcard covers a host, and the first certificate with it counts."""
        texts = data.draw(hosts(listed))
        index = CertificateNames(listed)
        assert rows(index, texts, start) == scalar_rows(listed, texts[start:])

    @given(certificates())
    def test_names_are_counted(self, listed):
        """The length is the number of distinct names, and `skipped` is how often one is invalid."""
        names = [name for names in listed.values() for name in names]
        index = CertificateNames(listed)
        assert len(index) == len({parse_name(name) for name in names if is_valid(name)})
        assert index.skipped == sum(not is_valid(name) for name in names)

    @given(certificates(), st.sampled_from(["rows", "list", "large"]), st.integers(1, 4))
    def test_a_table_is_the_mapping(self, listed, kind, size):
        """Rows of names, lists of names, and any batches of them result in the same index."""
        table = as_table(listed, kind)
        index = CertificateNames(listed)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_NAMES_AT_ONCE", size)
            patch.setattr(module, "_CERTIFICATES_AT_ONCE", size)
            assert CertificateNames.from_batches(table) == index
            assert CertificateNames.from_batches(table.to_batches(size)) == index
            assert CertificateNames.from_batches(iter([table.slice(0, 1), table.slice(1)])) == index
            assert CertificateNames(listed) == index

    @given(st.data(), certificates())
    @settings(max_examples=30)
    def test_a_pickle_is_the_index(self, data, listed):
        """Every protocol keeps the answers, the order of certificates, and the counts."""
        texts = data.draw(hosts(listed))
        index = CertificateNames(listed)
        for protocol in PROTOCOLS:
            loaded = pickle.loads(pickle.dumps(index, protocol))
            assert (loaded, hash(loaded), repr(loaded)) == (index, hash(index), repr(index))
            assert rows(loaded, texts) == rows(index, texts)

    @given(certificates(), certificates())
    def test_equal_indexes_have_equal_answers(self, one, other):
        """Two indexes are equal if each name that one of them lists has the same answer."""
        texts = [
            str(parse_name(n)) for c in (one, other) for ns in c.values() for n in ns if is_valid(n)
        ]
        first, second = CertificateNames(one), CertificateNames(other)
        same = len(first) == len(second) and first.skipped == second.skipped
        same = same and scalar_rows(one, texts) == scalar_rows(other, texts)
        assert (first == second) is same
        assert (first == one) is False


class TestExamples:
    """Few readable cases."""

    def test_the_name_itself_is_before_a_wildcard_and_the_first_certificate_before_others(self):
        """A wildcard covers one label, and only the same wildcard covers a wildcard."""
        texts = [
            "a.example.com",
            "b.example.com",
            "*.example.com",
            "a.b.example.com",
            "*.b.example.com",
        ]
        assert rows(CertificateNames(LISTED), texts) == [
            ("a.example.com", "two"),
            ("*.example.com", "one"),
            ("*.example.com", "one"),
            (None, None),
            (None, None),
        ]

    def test_a_certificate_without_an_id_covers(self):
        """The covering name is known, and the certificate is not, even if a later one has an id."""
        table = pa.table({"certificate": [None, "b"], "name": ["example.com", "example.com"]})
        index = CertificateNames.from_batches(table)
        assert rows(index, ["example.com"]) == [("example.com", None)]
        assert repr(index) == "<CertificateNames: 1 name of 0 certificates>"

    def test_strings_that_are_not_canonical_names_are_not_covered(self):
        """A string without a dot does not disturb the others."""
        texts = ["com", "b.example.com", "", "A.example.com"]
        covering = [name for name, _ in rows(CertificateNames(LISTED), texts)]
        assert covering == [None, "*.example.com", None, "*.example.com"]

    def test_names_may_be_large_strings(self):
        """The names of a column of another library are converted."""
        names = pa.array(["", "b.example.com"], pa.large_string()).slice(1)
        covering, _ = CertificateNames(LISTED).covering(names)
        assert covering.to_pylist() == ["*.example.com"]

    def test_columns_may_have_other_names_and_integers(self):
        """An id may be a number, such as that of a log of certificates."""
        table = pa.table({"id": [7], "dns_names": pa.array([["a.example.com", None]]), "x": [0]})
        index = CertificateNames.from_batches(table, certificate="id", names="dns_names")
        assert rows(index, ["a.example.com"]) == [("a.example.com", "7")]
        assert index.skipped == 0

    def test_the_representation_is_short(self):
        """It has the counts, and not the names."""
        index = CertificateNames({f"arn:{n}": [f"a{n}.example.com"] * 2 for n in range(1200)})
        assert repr(index) == "<CertificateNames: 1,200 names of 1,200 certificates>"
        assert repr(CertificateNames({})) == "<CertificateNames: 0 names of 0 certificates>"

    def test_a_pickle_is_compact(self):
        """A pickle of names that resemble each other takes a few bytes for each of them."""
        index = CertificateNames({"arn:a": [f"host-{n}.example.com" for n in range(2000)]})
        assert len(pickle.dumps(index)) < 2000 * 20


class TestErrors:
    """Each error names the column or the argument."""

    def test_a_missing_column_is_named(self):
        """The message lists the columns."""
        table = pa.table({"arn": ["a"], "name": ["example.com"]})
        fault = "the certificates have no column `certificate`; their columns are `arn`, `name`"
        with pytest.raises(InvalidArgument, match=f"^{fault}$"):
            CertificateNames.from_batches(table)

    def test_a_doubled_column_is_named(self):
        """Two columns of the same name are ambiguous."""
        batch = pa.RecordBatch.from_arrays([pa.array(["a"])] * 3, ["certificate", "name", "name"])
        with pytest.raises(InvalidArgument, match="the certificates have 2 columns `name`"):
            CertificateNames.from_batches(batch)

    @pytest.mark.parametrize(
        ("name", "fault"),
        [
            (pa.array([1]), "column `name` is int64, not text"),
            (pa.array([[1]]), "column `name` is int64, not text"),
            (pa.array([{"a": "b"}]), "column `name` is struct<a: string>, not text"),
        ],
    )
    def test_names_must_be_text(self, name, fault):
        """A column of another type is named with its type."""
        table = pa.table({"certificate": ["a"], "name": name})
        with pytest.raises(InvalidArgument, match=f"^{fault}$"):
            CertificateNames.from_batches(table)

    @pytest.mark.parametrize(
        ("ids", "fault"),
        [
            (pa.array([["a"]]), "column `certificate` is list<item: string>, not text or integers"),
            (pa.array([True]), "column `certificate` is bool, not text or integers"),
            (pa.array([0.5]), "column `certificate` is double, not text or integers"),
            (pa.array([b"\xff"]), "column `certificate` has an id that is not UTF-8"),
        ],
    )
    def test_ids_must_be_text(self, ids, fault):
        """An id is text in UTF-8, or an integer."""
        table = pa.table({"certificate": ids, "name": ["example.com"]})
        with pytest.raises(InvalidArgument) as error:
            CertificateNames.from_batches(table)
        assert str(error.value) == fault

    @pytest.mark.parametrize(
        ("given", "fault"),
        [
            (["example.com"], "`certificates` must be a mapping, not `list`"),
            ({"a": "example.com"}, r"`certificates\['a'\]` must be a list of names, not `str`"),
            ({1: ["example.com"]}, "each key of `certificates` must be a string or `None`"),
            ({"a": [1]}, "name"),
        ],
    )
    def test_a_mapping_of_other_types_is_refused(self, given, fault):
        """Keys are strings, and values are lists of names."""
        with pytest.raises(TypeError, match=fault):
            CertificateNames(given)

    def test_an_id_with_a_surrogate_is_refused(self):
        """It cannot be written to any file."""
        with pytest.raises(InvalidArgument, match=r"^the id `\\ud800` is not UTF-8$"):
            CertificateNames({"\ud800": ["example.com"]})

    @pytest.mark.parametrize("given", [None, "a", [{"certificate": "a", "name": "a.com"}]])
    def test_other_objects_than_batches_are_refused(self, given):
        """Only record batches and tables have columns."""
        with pytest.raises(TypeError, match="batches`"):
            CertificateNames.from_batches(given)


def test_a_null_list_may_have_names_behind_it():
    """Other libraries make such arrays; these names are of no certificate."""
    lists = pa.ListArray.from_arrays(
        [0, 1, 2], ["www.brightharbor.io", "a.tidewater.dev"], mask=pa.array([True, False])
    )
    batch = pa.RecordBatch.from_arrays([pa.array(["one", "two"]), lists], ["certificate", "name"])
    index = CertificateNames.from_batches(batch)
    assert index == CertificateNames({"two": ["a.tidewater.dev"]})


def test_ids_in_strings_are_checked_too():
    """Other libraries make strings that are not UTF-8."""
    octets = pa.array([b"\xff"])
    ids = pa.StringArray.from_buffers(1, *octets.buffers()[1:])
    batch = pa.RecordBatch.from_arrays(
        [ids, pa.array(["a.tidewater.dev"])], ["certificate", "name"]
    )
    with pytest.raises(InvalidArgument, match="column `certificate` has an id that is not UTF-8"):
        CertificateNames.from_batches(batch)


def test_only_an_array_has_names_to_cover():
    """A chunked array has several."""
    with pytest.raises(TypeError, match="`names` must be"):
        CertificateNames({}).covering(pa.chunked_array([["a.tidewater.dev"]]))
