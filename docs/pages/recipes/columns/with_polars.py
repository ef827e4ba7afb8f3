"""Names in Polars: run `python with_polars.py HOSTS`, a file of CSV.

Polars passes its columns to pyarrow, and gets them back, without a copy.
"""

import sys

import polars as pl
import pyarrow as pa

from acmrules.arrow import CertificateNames, examine

ANSWERS = ["fault", "public_suffix", "covering_name"]
COVERING = CertificateNames({"certificate/1": ["*.brightharbor.io"]})


def examined(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with the answers for its hosts."""
    batches = pa.RecordBatchReader.from_stream(frame)
    return pl.DataFrame(
        pa.Table.from_batches(
            [examine(each, "host", columns=ANSWERS, certificates=COVERING) for each in batches]
        )
    )


def main(hosts: str) -> None:
    """Print the hosts of a file with the answers, examined in parts by the streaming engine."""
    frame = pl.scan_csv(hosts)
    schema = examined(frame.head(0).collect()).schema
    lazy = frame.map_batches(examined, schema=schema, streamable=True)
    print(lazy.collect(engine="streaming"))


if __name__ == "__main__":
    main(*sys.argv[1:])
