"""Names in pyarrow, batch by batch: run `python with_pyarrow.py HOSTS CERTIFICATES OUTPUT`.

The files are CSV, and the output is Parquet. Memory does not grow with the number of names.
"""

import sys

import pyarrow as pa
from pyarrow import csv, parquet

from acmrules.arrow import CertificateNames, examine

ANSWERS = ["canonical_name", "fault", "public_suffix", "covering_name"]


def certificates(path: str) -> CertificateNames:
    """Return the certificates of a file with a row for each of their names."""
    names: dict[str, list[str]] = {}
    for row in csv.read_csv(path).to_pylist():
        names.setdefault(row["certificate"], []).append(row["name"])
    return CertificateNames(names)


def main(hosts: str, covering: str, output: str) -> None:
    """Examine the hosts of a file."""
    index = certificates(covering)
    with csv.open_csv(hosts) as batches:
        empty = pa.RecordBatch.from_pylist([], schema=batches.schema)
        schema = examine(empty, "host", columns=ANSWERS).schema
        with parquet.ParquetWriter(output, schema) as writer:
            for batch in batches:
                result = examine(batch, "host", columns=ANSWERS, certificates=index)
                writer.write_batch(result)
    for row in parquet.read_table(output, columns=["host", "fault", "covering_name"]).to_pylist():
        print(row)


if __name__ == "__main__":
    main(*sys.argv[1:])
