"""The event with which CloudFormation and the Cloud Control API invoke a Lambda Hook.

The names of members are read without regard to case: the documentation has `stackId` and `stackID`,
`clientRequestToken` and `clientRequesttoken`.
"""

from __future__ import annotations

from enum import Enum
from json import dumps

from acmrules.guards.hook.faults import HookFault
from acmrules.values import Value
from acmrules.workspace.settings_file import is_account

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

_REGION_OF_ARN = 3
_DELETION = "DELETE"
_SUFFIX = ".template"
_CLOUD_CONTROL = "cloud-control"
"""The name of what the Cloud Control API provisions, which has no stack."""


class HookOperation(Enum):
    """The kind of operation that an invocation is about."""

    RESOURCE = "RESOURCE"
    STACK = "STACK"
    CHANGE_SET = "CHANGE_SET"


class Invocation(Value):
    """An invocation of the hook.

    `name` is the file name of the template in settings: the name of the stack, with `.template`.
    `payload` is the presigned URL of the templates, which is a secret. `template` and `previous`
    are a resource after and before the operation, each as a template with this resource alone; they
    are empty if it does not exist then.
    `attempt` is the number of the invocation about the same operation, from 1.
    """

    operation: HookOperation
    token: str
    name: str
    stack: str = ""
    region: str | None = None
    account: str | None = None
    is_deletion: bool = False
    attempt: int = 1
    payload: str = ""
    template: str = ""
    previous: str = ""

    @property
    def is_of_stack(self) -> bool:
        """Whether CloudFormation invokes the hook, and not the Cloud Control API."""
        return self.operation is not HookOperation.RESOURCE or bool(self.stack)

    @classmethod
    def of(cls, event: object, arns: Iterable[str] = ()) -> Self:
        """Return the invocation in an event; raises `HookFault`.

        `arns` are those whose Region applies if the event has none, or such a Region itself.
        """
        top = _members(event)
        data = _members(top.get("requestdata"))
        model = _members(top.get("hookmodel"))
        stack = _text(top.get("stackid"))
        target = _target(data)
        is_deletion = _text(top.get("actioninvocationpoint")).startswith(_DELETION)
        template = previous = ""
        if target is HookOperation.RESOURCE:
            template, previous = _resource(data, is_deletion=is_deletion)
        account = _text(top.get("awsaccountid"))
        attempt = _members(top.get("requestcontext")).get("invocation")
        return cls(
            target,
            token_of(event),
            _name(target, stack, data),
            stack,
            _region((stack, _text(model.get("lambdafunction")), *arns)),
            account if is_account(account) else None,
            is_deletion,
            attempt if type(attempt) is int else 1,
            _text(data.get("payload")),
            template,
            previous,
        )


def token_of(event: object) -> str:
    """Return the token that the answer to an event has to repeat, empty if it has none."""
    return _text(_members(event).get("clientrequesttoken"))


def _members(data: object) -> Mapping[str, object]:
    """Return the members of an object with lower-case names; nothing for other data."""
    if not isinstance(data, dict):
        return {}
    return {name.lower(): value for name, value in data.items() if isinstance(name, str)}


def _text(data: object) -> str:
    return data if isinstance(data, str) else ""


def _target(data: Mapping[str, object]) -> HookOperation:
    """Return the target of the data of a request; raises `HookFault`."""
    name = _text(data.get("targetname"))
    if not name:
        raise HookFault(
            "the event is not an invocation of a CloudFormation Hook:"
            " `requestData.targetName` is missing"
        )
    return HookOperation(name) if name in _OF_STACKS else HookOperation.RESOURCE


_OF_STACKS = frozenset((HookOperation.STACK.value, HookOperation.CHANGE_SET.value))


def _resource(data: Mapping[str, object], *, is_deletion: bool) -> tuple[str, str]:
    """Return the new and the previous resource, each as a template; raises `HookFault`."""
    model = _members(data.get("targetmodel"))
    name = _text(data.get("targetlogicalid")) or "Resource"
    kind = _text(data.get("targetname"))
    new = model.get("resourceproperties")
    if not is_deletion and not isinstance(new, dict):
        raise HookFault(
            "the event is not an invocation of a CloudFormation Hook:"
            " `requestData.targetModel.resourceProperties` is missing"
        )
    old = model.get("previousresourceproperties")
    # A resource that is created has previous properties that are empty.
    return _template(name, kind, new), _template(name, kind, old or None)


def _template(name: str, kind: str, properties: object) -> str:
    """Return a template with one resource, empty without its properties."""
    if not isinstance(properties, dict):
        return ""
    return dumps({"Resources": {name: {"Type": kind, "Properties": properties}}})


def _name(target: HookOperation, stack: str, data: Mapping[str, object]) -> str:
    """Return the name of the stack as that of a file; no name from an event is a path."""
    _, _, rest = stack.partition(":stack/")
    name = rest.partition("/")[0]
    if not name and target is HookOperation.STACK:
        name = _text(data.get("targetlogicalid"))
    if not name and target is HookOperation.RESOURCE:
        return _CLOUD_CONTROL + _SUFFIX
    is_plain = name.isascii() and name.replace("-", "").isalnum()
    return (name if is_plain else "stack") + _SUFFIX


def _region(arns: Iterable[str]) -> str | None:
    """Return the Region of the first ARN that has one; a word without colons is a Region."""
    for arn in arns:
        parts = arn.split(":")
        if len(parts) == 1 and arn:
            return arn
        if len(parts) > _REGION_OF_ARN and parts[_REGION_OF_ARN]:
            return parts[_REGION_OF_ARN]
    return None
