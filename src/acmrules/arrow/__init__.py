"""Columns of names: from record batch to record batch, with the answers for each name.

Needs pyarrow, which the extra `arrow` installs. Raises `MissingPackage` without it.

>>> import pyarrow as pa
>>> hosts = pa.RecordBatch.from_pydict({"host": ["WWW.Example.com", "a_b.example.com"]})
>>> examine(hosts, "host", columns=["canonical_name", "fault"]).to_pylist()[1]
{'host': 'a_b.example.com', 'canonical_name': None, 'fault': 'UNDERSCORE'}
"""

from acmrules.errors import MissingPackage

try:
    from acmrules.arrow.certificates import CertificateNames
    from acmrules.arrow.columns import COLUMNS
    from acmrules.arrow.examining import examine
except ImportError as error:
    if error.name != "pyarrow":
        raise
    raise MissingPackage("pyarrow", "arrow") from None

__all__ = ["COLUMNS", "CertificateNames", "examine"]
