"""Names in Ray Data: run `python with_ray.py HOSTS`, a file of CSV.

Ray starts on this machine, with two processors. In a cluster, `ray.init()` needs no arguments.
"""

import sys

import pyarrow as pa
import ray

from acmrules.arrow import CertificateNames, examine

ANSWERS = ["fault", "public_suffix", "covering_name"]


class Examining:
    """What one process of Ray examines with; it gets the certificates once."""

    def __init__(self, certificates: CertificateNames) -> None:
        self.certificates = certificates

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return a table with the answers for its hosts."""
        columns = [column.combine_chunks() for column in table.columns]
        batch = pa.RecordBatch.from_arrays(columns, schema=table.schema)
        result = examine(batch, "host", columns=ANSWERS, certificates=self.certificates)
        return pa.Table.from_batches([result])


def main(hosts: str) -> None:
    """Print the hosts of a file with the answers."""
    ray.init(
        num_cpus=2, include_dashboard=False, object_store_memory=100_000_000, log_to_driver=False
    )
    covering = CertificateNames({"certificate/1": ["*.brightharbor.io"]})
    answers = ray.data.read_csv(hosts).map_batches(
        Examining,
        fn_constructor_args=[covering],
        batch_format="pyarrow",
        zero_copy_batch=True,
        compute=ray.data.ActorPoolStrategy(size=1),
    )
    for row in answers.iter_rows():
        print(row)
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
