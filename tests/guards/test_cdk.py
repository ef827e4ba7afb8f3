"""The package of the guard loads the CDK only for the plugin."""

import subprocess
import sys

import pytest

from acmrules.guards import cdk


def test_the_package_has_no_other_name():
    """A misspelled name is an error that says so."""
    with pytest.raises(AttributeError, match="has no attribute 'Validator'"):
        cdk.Validator  # noqa: B018  (the attribute is the test)


def test_the_translation_does_not_load_the_cdk():
    """Its modules are plain Python."""
    modules = "acmrules.guards.cdk.assembly, acmrules.guards.cdk.translation"
    program = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = done.stdout.decode().split()
    assert "acmrules.guards.cdk.translation" in loaded
    assert not {"aws_cdk", "jsii"} & {*loaded}
