"""The names of arguments of Terraform in the spelling of Pulumi and Crossplane, and back."""

from __future__ import annotations

from acmrules.readers.evaluated import Node
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

_BLOCKS = {
    "conditions": "condition",
    "domains": "domain",
    "listeners": "listener",
    "origins": "origin",
    "serverCertificates": "server_certificate",
    "settings": "setting",
    "subDomains": "sub_domain",
    "validationOptions": "validation_option",
    "vpcs": "vpc",
}
"""The blocks that may be there several times, whose names Pulumi writes in the plural."""

REFERENCES = ("Ref", "Selector")
"""The ends of the names of members that refer to a value, by name or by labels."""

_DEEPEST = 100


def argument(member: str) -> str:
    """Return the name of an argument of Terraform.

    >>> argument("acmCertificateArn"), argument("validationOptions")
    ('acm_certificate_arn', 'validation_option')
    """
    if member in _BLOCKS:
        return _BLOCKS[member]
    if member.islower():
        return member
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in member)


def arguments(data: Data, reference: Callable[[Unknown], Unknown], depth: int = 0) -> Data:
    """Return the values of members as arguments of Terraform.

    `reference` returns an unknown value as Terraform labels it, for a reference to a resource.
    """
    if isinstance(data, Node):
        data = data.value
    if isinstance(data, Unknown):
        return reference(data)
    if isinstance(data, Unresolved):
        parts = (reference(part) if isinstance(part, Unknown) else part for part in data.parts)
        return Unresolved(tuple(parts))
    if depth > _DEEPEST:
        return None
    if type(data) is list:
        return [arguments(item, reference, depth + 1) for item in data]
    if type(data) is dict:
        return {argument(key): arguments(item, reference, depth + 1) for key, item in data.items()}
    return data


def member_pointer(data: Data, steps: Pointer) -> Pointer:
    """Return the steps to a value of members, from those to the argument of the same meaning.

    A value that is not in the data is located at what contains it.
    """
    found: Pointer = ()
    for step in steps:
        if isinstance(data, Node):
            return found
        if type(data) is dict:
            own = next((key for key in data if _is_of(key, step)), None)
            if own is None:
                return found
            data, found = data[own], (*found, own)
        elif type(data) is list and type(step) is int and 0 <= step < len(data):
            data, found = data[step], (*found, step)
        else:
            return found
    return found


def _is_of(key: str, step: object) -> bool:
    """Return whether a member is that of an argument, or a reference to its value."""
    return argument(key) == step or any(
        argument(key.removesuffix(suffix)) == step for suffix in REFERENCES if key.endswith(suffix)
    )


def without_marks(text: Text, labels: set[str]) -> Text:
    """Return a string whose unknown values have their own labels again, without Terraform's."""
    if isinstance(text, str):
        return text
    return Unresolved(
        tuple(
            part.__replace__(label=part.label[2:-1])
            if isinstance(part, Unknown) and part.label[2:-1] in labels
            else part
            for part in text.parts
        )
    )
