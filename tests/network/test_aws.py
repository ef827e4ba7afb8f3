"""The interface for programs that read accounts."""

import subprocess
import sys

from acmrules.network import aws


def test_everything_that_a_program_needs_is_exported():
    """The functions, their results, and the errors."""
    assert all(hasattr(aws, name) for name in aws.__all__)
    assert {"collect", "policy", "CollectError", "CollectedInventory"} <= set(aws.__all__)


def test_boto3_is_loaded_by_the_first_call():
    """The policy needs none."""
    code = "import sys, acmrules.network.aws as aws; aws.policy(); sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
