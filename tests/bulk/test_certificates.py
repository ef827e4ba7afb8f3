import bz2
import gzip
import json
import lzma
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support import inventories
from tests.support.account import ARN, arn_of, described, listed

from acmrules.arrow import CertificateNames
from acmrules.bulk.certificates import read_certificates
from acmrules.syntax.source import InputError

LISTED = {"a": ["example.com", "*.example.com"], "b": ["www.example.com"], None: ["a_b.com"]}
"""The certificates of each table."""

ROWS = [(each, name) for each, names in LISTED.items() for name in names]
LISTS = [{"CertificateArn": each, "names": names} for each, names in LISTED.items()]
AS_ROWS = "certificate,name\n" + "".join(f"{each or ''},{name}\n" for each, name in ROWS)
CELLS = (
    "id\tdomain_name\tx\na\texample.com, *.example.com\t1\nb\twww.example.com\t2\n\ta_b.com\t3\n"
)


def written(folder, name, content):
    """Return the path of a file with a content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def lines(rows):
    """Return JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def parquet(folder, table, name="certificates.parquet"):
    """Return the path of a Parquet file with several row groups."""
    pq.write_table(table, folder / name, row_group_size=2)
    return str(folder / name)


def fault(*paths):
    """Return the error for files, which is one line, after the name of the last one."""
    with pytest.raises(InputError) as error:
        read_certificates(paths)
    text = str(error.value)
    assert text.startswith(paths[-1])
    assert "\n" not in text
    return text.removeprefix(paths[-1])


class TestTables:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("rows.csv", AS_ROWS),
            ("bom.csv", b"\xef\xbb\xbf" + AS_ROWS.encode()),
            ("rows.csv.gz", gzip.compress(AS_ROWS.encode(), mtime=0)),
            ("rows.csv.bz2", bz2.compress(AS_ROWS.encode())),
            ("rows.csv.xz", lzma.compress(AS_ROWS.encode())),
            ("rows.csv.zst", pa.Codec("zstd").compress(AS_ROWS.encode(), asbytes=True)),
            ("cells.tsv", CELLS),
            ("lists.jsonl", lines(LISTS)),
            ("lists.ndjson.gz", gzip.compress(lines(LISTS).encode(), mtime=0)),
            ("bom.jsonl", b"\xef\xbb\xbf" + lines(LISTS).encode()),
            ("rows.jsonl", "\n" + lines({"arn": a, "name": b} for a, b in ROWS).strip()),
        ],
    )
    def test_a_table_of_text_is_the_mapping(self, tmp_path, name, content):
        """Rows of names, cells with several names, and lists result in the same index."""
        assert read_certificates((written(tmp_path, name, content),)) == CertificateNames(LISTED)

    def test_a_parquet_file_is_the_mapping(self, tmp_path):
        """A row has a name or a list of names; other columns are not read."""
        ids, names = zip(*ROWS, strict=True)
        ids = pa.array(ids).dictionary_encode()
        rows = pa.table({"name": names, "id": ids, "x": [0] * len(ids)})
        lists = pa.table({"arn": [*LISTED], "SubjectAlternativeNames": [*LISTED.values()]})
        for table in (rows, lists):
            assert read_certificates((parquet(tmp_path, table),)) == CertificateNames(LISTED)

    def test_all_columns_of_names_count(self, tmp_path):
        """The names of a row are those of all its columns, before those of the next row."""
        rows = {
            "CertificateArn": ["a", "b"],
            "DomainName": ["example.com", "www.example.com"],
            "SubjectAlternativeNames": [["www.example.com", "é_.com"], None],
        }
        expected = CertificateNames({"a": ["example.com", "www.example.com", "a_b.com"], "b": []})
        by_row = [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]
        as_bytes = pa.array([[b"www.example.com", b"\xff", None], None])
        for path in (
            parquet(tmp_path, pa.table(rows)),
            parquet(tmp_path, pa.table(rows | {"SubjectAlternativeNames": as_bytes}), "b.parquet"),
            written(tmp_path, "a.jsonl", lines(by_row)),
        ):
            assert read_certificates((path,)) == expected

    def test_files_are_read_in_their_order(self, tmp_path):
        """The first certificate that lists a name is in the first file that has it."""
        one = written(tmp_path, "one.csv", "id,name\none,example.com\n")
        two = written(tmp_path, "two.jsonl", lines([{"id": 2, "name": "example.com"}]))
        host = pa.array(["example.com"])
        for paths, first in (((one, two), "one"), ((two, one), "2")):
            _, certificates = read_certificates(paths).covering(host)
            assert certificates.to_pylist() == [first]

    def test_no_files_have_no_names(self):
        """Without files, nothing is covered."""
        assert read_certificates(()) == CertificateNames({})

    def test_a_surrogate_in_json_is_an_invalid_name(self, tmp_path):
        """Such a name covers nothing, like any other that ACM does not accept."""
        path = written(tmp_path, "a.jsonl", r'{"id": "a", "names": ["\ud800.com", "b.com"]}')
        remarks = []
        index = read_certificates((path,), remark=remarks.append)
        assert (len(index), index.skipped) == (1, 1)
        assert remarks == ["1 invalid name of certificates covers nothing"]


class TestAccounts:
    @pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.out", "a.jsonl"])
    def test_a_description_has_names(self, tmp_path, name):
        """The output of `aws acm describe-certificate` is read by its content."""
        content = json.dumps({"Certificate": described("example.com")}, indent=1)
        path = written(tmp_path, name, content)
        assert read_certificates((path,)) == CertificateNames({ARN: ["example.com"]})

    def test_a_list_has_names(self, tmp_path):
        """So is the output of `aws acm list-certificates`, also with a certificate in each line."""
        entries = [listed("example.com", arn=ARN), listed("b.com", "c.com", arn=arn_of(2))]
        whole = written(tmp_path, "list.json", json.dumps({"CertificateSummaryList": entries}))
        each = written(tmp_path, "list.jsonl", lines(entries))
        expected = CertificateNames({ARN: ["example.com"], arn_of(2): ["b.com", "c.com"]})
        assert read_certificates((whole,)) == read_certificates((each,)) == expected

    def test_an_inventory_has_names(self, tmp_path):
        """A file of `acmrules inventory` has the certificates of all Regions."""
        certificates = [
            inventories.described(number, region, [f"a{number}.com"])
            for number, region in enumerate(inventories.REGIONS)
        ]
        content = inventories.inventory(certificates)
        path = written(tmp_path, "inventory.json", json.dumps(content))
        expected = {
            inventories.arn(number, region): [f"a{number}.com"]
            for number, region in enumerate(inventories.REGIONS)
        }
        assert read_certificates((path,)) == CertificateNames(expected)

    def test_what_cannot_be_used_is_left_out(self, tmp_path):
        """A certificate that failed, was revoked or has expired covers nothing, with a remark."""
        statuses = ["ISSUED", "FAILED", "REVOKED", "EXPIRED", "PENDING_VALIDATION"]
        entries = [
            listed(f"{status.lower().replace('_', '-')}.com", arn=arn_of(n), Status=status)
            for n, status in enumerate(statuses)
        ]
        path = written(tmp_path, "a.json", json.dumps({"CertificateSummaryList": entries}))
        remarks = []
        index = read_certificates((path,), remark=remarks.append)
        names = pa.array(["issued.com", "failed.com", "expired.com", "pending-validation.com"])
        covered = index.covering(names)[0].is_valid().to_pylist()
        assert covered == [True, False, False, True]
        assert f"{path}: leaves out 3 certificates (failed, revoked or expired)" in remarks
        assert read_certificates((path,)) == index

    def test_a_certificate_that_has_expired_by_the_date_is_left_out(self, tmp_path):
        """Without a date, only the status counts."""
        content = {"Certificate": inventories.described(1, "eu-west-1", ["a.com"])}
        path = written(tmp_path, "a.json", json.dumps(content))
        last = inventories.AS_OF.date().replace(year=inventories.AS_OF.year + 1)
        assert len(read_certificates((path,))) == 1
        assert len(read_certificates((path,), as_of=inventories.AS_OF.date())) == 1
        assert len(read_certificates((path,), as_of=last)) == 0

    def test_what_is_missing_is_remarked(self, tmp_path):
        """A refused call, a hidden name and a part that cannot be read are not silent."""
        content = inventories.inventory([])
        refusal = inventories.refused(
            "ListCertificates", "eu-west-1", "AccessDeniedException", "no"
        )
        content["responses"] += [refusal, {"operation": "x"}]
        path = written(tmp_path, "a.json", json.dumps(content))
        entry = listed("a.com", HasAdditionalSubjectAlternativeNames=True)
        part = written(tmp_path, "b.json", json.dumps({"CertificateSummaryList": [entry]}))
        remarks = []
        read_certificates((path, part), remark=remarks.append)
        assert all(remark.startswith((path, part)) for remark in remarks)
        text = "\n".join(remarks)
        assert "(AccessDeniedException)" in text
        assert "an entry of the inventory is not valid" in text
        assert f"{part}: 1 certificate has more names: add its description" in text


class TestErrors:
    """Each error is one line with the file, and its line where there is one."""

    @pytest.mark.parametrize(
        ("name", "content", "expected"),
        [
            ("a.csv", "", ": the file is empty; its first line must have the names of columns"),
            ("a.csv", "x,name\n", ": has no column with the ids of certificates; expected one of"),
            ("a.csv", "id,x\n", ": has no column with the names; expected one of `name`, `names`"),
            ("a.csv", "id,name\na,b,c\n", ":2:1: "),
            ("a.csv", 'id,name\na,"b\n', ":2:1: "),
            ("a.csv", b"id,name\na,\xff\n", ":2:1: the row is not UTF-8"),
            ("a.csv", "id,name\n".encode("utf-16"), ": is UTF-16; save it as UTF-8"),
            (
                "a.csv.gz",
                gzip.compress(AS_ROWS.encode(), mtime=0)[:-12],
                ":5:1: the file ends within",
            ),
            ("a.csv.zst", b"id,name\n", ": the zstd data is corrupt"),
            ("a.jsonl", "", ": the file is empty"),
            ("a.jsonl", lines([{"id": "a", "name": "b.com"}, {"id": "c"}]), ":2:1: has no column"),
            ("a.jsonl", '{"id": "a", "name": "b.com"}\n{"id"', ":2:1: the line is not valid JSON"),
            ("a.jsonl", '{"id": "a", "name": 1}', ":1:1: `name` must be a list of names, not a"),
            ("a.jsonl", '{"id": "a", "name": [1]}', ":1:1: `name` has an item that is a"),
            ("a.jsonl", '{"id": [], "name": "b.com"}', ":1:1: `id` must be a string, not a list"),
            ("a.jsonl", r'{"id": "\ud800", "name": "b.com"}', ":1:1: `id` has a character that"),
            ("a.jsonl", '{"id": "a", "name": "b.com"}\n[]', ":2:1: the line must be an object"),
            ("a.jsonl", b'{"id": "a", "name": "b.com"}\n{"\xff"', ":2:1: the line is not UTF-8"),
            ("a.jsonl", '{"id": "a"}'.encode("utf-16"), ": is UTF-16; save it as UTF-8"),
            (
                "a.jsonl.gz",
                gzip.compress(b"[" * 10_000, mtime=0),
                ":1:1: the line is not valid JSON",
            ),
            ("a.parquet", b"PAR1 and no more", ": is not Parquet, or not complete"),
            ("a.txt", "example.com\n", ": has no certificates; expected the output of `acmrules"),
            ("a.pem", "-----BEGIN", ": has no certificates; expected the output of `acmrules"),
            ("a.json", "{}", ": has no certificates; expected the output of `acmrules inventory`"),
            ("a.json", "[[[", ":1:4: "),
            ("a.json", '{"Certificate": {"CertificateArn": "arn', ":1:"),
            ("a.json", b'{"a": "\xff"}', ":1:8: is not UTF-8: byte 0xff"),
            ("a.json", " ", ": the file is empty"),
        ],
    )
    def test_a_file_without_certificates_is_named(self, tmp_path, name, content, expected):
        """The error says what was expected, or where the file cannot be read."""
        path = written(tmp_path, name, content)
        assert fault(path).startswith(expected)

    @pytest.mark.parametrize("end", ["csv", "jsonl", "parquet", "json", "csv.gz", "jsonl.zst"])
    def test_a_missing_file_and_a_folder_are_named(self, tmp_path, end):
        """Neither is read."""
        (tmp_path / f"folder.{end}").mkdir()
        assert "no such file" in fault(str(tmp_path / f"missing.{end}")).lower()
        expected = "is a directory; name" if end == "json" else "is not a regular file"
        assert expected in fault(str(tmp_path / f"folder.{end}"))

    @pytest.mark.parametrize(
        ("table", "expected"),
        [
            ({"id": ["a"], "name": [1]}, ": column `name` is int64, not text"),
            ({"id": ["a"], "name": ["a.com"], "names": [1]}, ": column `names` is int64, not text"),
            ({"id": [0.5], "name": ["a.com"]}, ": column `id` is double, not text or integers"),
            ({"x": ["a"]}, ": has no column with the ids of certificates"),
        ],
    )
    def test_a_column_of_another_type_is_named(self, tmp_path, table, expected):
        """The types of Parquet are those of the file."""
        assert fault(parquet(tmp_path, pa.table(table))).startswith(expected)

    def test_a_truncated_parquet_file_is_named(self, tmp_path):
        """A file that ends early has no footer."""
        path = parquet(tmp_path, pa.table({"id": ["a"] * 50, "name": ["a.com"] * 50}))
        content = (tmp_path / "certificates.parquet").read_bytes()
        for end in range(0, len(content), 97):
            (tmp_path / "certificates.parquet").write_bytes(content[:end])
            assert fault(path)


def test_a_pipe_is_not_a_table_of_certificates(tmp_path):
    """A run would wait for it."""
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(InputError, match="is not a regular file"):
            read_certificates((str(tmp_path / name),))
