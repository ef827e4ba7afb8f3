"""Faults of the hook."""

from acmrules.guards.hook.faults import HookFault


def test_a_fault_is_a_sentence_and_final_by_default():
    """Only a fault that may be temporary is tried again."""
    assert str(HookFault("the payload is not JSON")) == "the payload is not JSON"
    assert not HookFault("a").retried
    assert HookFault("a", retried=True).retried
