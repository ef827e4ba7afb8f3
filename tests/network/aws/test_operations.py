"""The operations of an inventory, and the policy that allows them."""

import json

import pytest
from botocore.session import Session

from acmrules.network.aws import operations
from acmrules.network.aws.operations import OPERATIONS, ZONE_OPERATIONS, policy

ALL = (*OPERATIONS, *ZONE_OPERATIONS)


def actions(document):
    """Return the actions of a policy."""
    return [action for each in document["Statement"] for action in each["Action"]]


@pytest.mark.parametrize("operation", ALL, ids=lambda each: each.name)
def test_each_operation_only_reads(operation):
    """It exists in the model of its service, and its name says that it reads."""
    model = Session().get_service_model(operation.service)
    assert operation.name in model.operation_names
    assert operation.name.startswith(("Get", "List", "Describe"))


def test_the_policy_allows_each_operation_and_nothing_else():
    """`GetCallerIdentity` is the one call that needs no permission."""
    for zones, allowed in ((False, OPERATIONS), (True, ALL)):
        named = [each.action for each in allowed if each is not operations.IDENTITY]
        assert sorted(actions(policy(zones=zones))) == sorted(named)
        assert all(each.partition(":")[2] in {o.name for o in allowed} for each in named)


def test_every_call_is_one_of_the_operations():
    """No module of the package has an operation of its own."""
    declared = {value for value in vars(operations).values() if type(value) is type(ALL[0])}
    assert declared == {*ALL}


def test_a_policy_is_for_one_partition():
    """Only certificates and hosted zones of the partition can be read."""
    document = policy("aws-cn", zones=True)
    assert document["Version"] == "2012-10-17"
    resources = [each["Resource"] for each in document["Statement"]]
    assert resources == [
        "*",
        "arn:aws-cn:acm:*:*:certificate/*",
        "arn:aws-cn:route53:::hostedzone/*",
    ]
    assert json.loads(json.dumps(document)) == document


def test_rates_are_those_of_the_facts():
    """AWS limits each operation by its own number of calls per second (fact 2.14)."""
    assert (operations.DESCRIBE.rate, operations.LIST.rate) == (10, 8)
