"""What does the guard of boto3 add to a call that moto answers?"""

from __future__ import annotations

import os
from functools import cache
from statistics import quantiles
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.measuring import Row, inside, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

BAR = 0.1
CALLS = 5
ROUNDS = 31
PARAMS = {
    "DomainName": "www.brightharbor.io",
    "SubjectAlternativeNames": ["brightharbor.io", "api.brightharbor.io"],
    "ValidationMethod": "DNS",
}


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table, if there are clients."""
    if not environments.has("moto"):
        return
    times = inside(environments.peers, "calling")
    low, _, high = quantiles([each["guard"] / each["moto"] for each in times.rounds], n=4)
    reached = times.ratio("guard", "moto")
    yield Row(
        "the guard of boto3 on one request, compared with the whole call of moto",
        f"{BAR:.0%}",
        f"{shown(times.median('guard'))}, {reached:.2%} ({low:.2%} to {high:.2%})",
        f"moto {shown(times.median('moto'))}; without a new key"
        f" {shown(times.median('keyless'))}, {times.ratio('guard', 'keyless'):.0%}",
        reached <= BAR,
    )


def main() -> None:
    """Measure."""
    import boto3
    from cryptography.hazmat.primitives.asymmetric import rsa
    from moto import mock_aws

    from acmrules.guards.boto3 import install

    os.environ |= {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    made = cache(rsa.generate_private_key)

    with mock_aws():
        moto = boto3.client("acm", region_name="eu-west-1")
        guarded = boto3.client("acm", region_name="eu-west-1")
        install(guarded)
        model = guarded.meta.service_model.operation_model("RequestCertificate")

        def requested():
            for _ in range(CALLS):
                moto.request_certificate(**PARAMS)

        def keyless():
            with patch.object(rsa, "generate_private_key", made):
                requested()

        def checked():
            for _ in range(CALLS):
                guarded.meta.events.emit(
                    "before-parameter-build.acm.RequestCertificate",
                    params=PARAMS,
                    model=model,
                    context={"client_region": "eu-west-1"},
                )

        candidates = {"moto": requested, "keyless": keyless, "guard": checked}
        tell(repeated(candidates, items=CALLS, rounds=ROUNDS))


if __name__ == "__main__":
    main()
