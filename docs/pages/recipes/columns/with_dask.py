"""Names in Dask: run `python with_dask.py HOSTS`, a file of CSV.

The columns of its partitions are strings of Arrow, which pandas passes to pyarrow without a copy.
"""

import sys

import dask
import pandas as pd
import pyarrow as pa
from dask import dataframe as dd

from acmrules.arrow import CertificateNames, examine

ANSWERS = ["fault", "public_suffix", "covering_name"]
COVERING = CertificateNames({"certificate/1": ["*.brightharbor.io"]})


def examined(partition: pd.DataFrame) -> pd.DataFrame:
    """Return a partition with the answers for its hosts."""
    names = pa.RecordBatch.from_pandas(partition[["host"]], preserve_index=False)
    answers = examine(names, "host", columns=ANSWERS, certificates=COVERING).select(ANSWERS)
    added = answers.to_pandas(types_mapper=pd.ArrowDtype).set_index(partition.index)
    return pd.concat([partition, added], axis="columns")


def main(hosts: str) -> None:
    """Print the hosts of a file with the answers."""
    dask.config.set({"dataframe.convert-string": True})
    frame = dd.read_csv(hosts)
    print(frame.map_partitions(examined).compute())


if __name__ == "__main__":
    main(*sys.argv[1:])
