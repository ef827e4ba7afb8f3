"""Reads the certificates of AWS accounts, with boto3.

`collect` makes only read-only calls, those that `policy` allows. boto3 is loaded by `collect`.
"""

from acmrules.network.aws.calls import ApiError
from acmrules.network.aws.collecting import CollectProgress, collect
from acmrules.network.aws.entries import ApiEntry, CollectedInventory
from acmrules.network.aws.operations import policy
from acmrules.network.aws.session import CollectError

__all__ = [
    "ApiEntry",
    "ApiError",
    "CollectError",
    "CollectProgress",
    "CollectedInventory",
    "collect",
    "policy",
]
