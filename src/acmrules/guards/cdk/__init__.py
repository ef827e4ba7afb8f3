"""The guard of the AWS CDK: `cdk synth` fails if a certificate of the app cannot work.

    >>> import aws_cdk
    >>> from acmrules.guards.cdk import AcmRulesValidator
    >>> aws_cdk.Validations.of(app).add_plugins(AcmRulesValidator())

`AcmRulesValidator` needs aws-cdk-lib, so it is loaded when it is first used. `assembly` and
`translation` are plain Python.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.guards.cdk.plugin import AcmRulesValidator

__all__ = ["AcmRulesValidator"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from acmrules.guards.cdk import plugin

    return getattr(plugin, name)
