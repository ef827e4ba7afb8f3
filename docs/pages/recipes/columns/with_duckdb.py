"""Names in DuckDB: run `python with_duckdb.py HOSTS OUTPUT`, which write Parquet.

DuckDB reads and writes while names are examined; memory does not grow with their number.
"""

import sys

import duckdb
import pyarrow as pa

from acmrules.arrow import CertificateNames, examine

ANSWERS = ["fault", "public_suffix", "covering_name"]
COVERING = CertificateNames({"certificate/1": ["*.brightharbor.io"]})


def examined(batches: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """Return a reader of batches with the answers for their hosts."""
    empty = pa.RecordBatch.from_pylist([], schema=batches.schema)
    schema = examine(empty, "host", columns=ANSWERS).schema
    results = (examine(batch, "host", columns=ANSWERS, certificates=COVERING) for batch in batches)
    return pa.RecordBatchReader.from_batches(schema, results)


def main(hosts: str, output: str) -> None:
    """Examine the hosts of a file, and print those that no certificate covers."""
    connection = duckdb.connect()
    # A connection has one open result: the names need another than the answers.
    names = connection.cursor().sql("from read_csv($1)", params=[hosts]).to_arrow_reader(65_536)
    connection.register("answers", examined(names))
    connection.execute("copy answers to $output (format parquet)", {"output": output})
    query = "select host, fault from read_parquet($output) where covering_name is null"
    connection.execute(query, {"output": output})
    print(*connection.fetchall(), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
