"""The payload of stack and change set hooks: JSON with the templates, at a presigned URL.

The URL is a secret, because anyone with it can read the templates. No sentence contains it.
"""

from __future__ import annotations

from json import JSONDecodeError, dumps, loads

from acmrules.guards.hook.faults import HookFault
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 10 * 1024 * 1024
"""The largest payload that is read; CloudFormation accepts templates of 1 MB."""

_TIMEOUT = 5
"""The seconds to wait for S3 each time."""

_DEADLINE = 15
"""The seconds for the whole payload; CloudFormation waits 30 seconds for the function."""

_CHUNK = 64 * 1024
_SERVER_ERRORS = 500
_SECURE = "https://"
_INVALID = "the URL of the payload is not valid"
_ACTIONS = {"CREATE": "Add", "UPDATE": "Modify", "DELETE": "Remove"}
"""The actions of a payload, and their names in the output of `describe-change-set`."""


class HookPayload(Value):
    """The templates of a payload, and the change set as `describe-change-set` prints it.

    Each one is empty if the payload does not have it. `resolved` are the logical ids of resources
    whose values after the change are in the change set.
    """

    template: str = ""
    previous: str = ""
    change_set: str = ""
    resolved: frozenset[str] = frozenset()


def fetch(url: str) -> bytes:
    """Return the bytes at the presigned URL of a payload; raises `HookFault`."""
    from http.client import HTTPException, InvalidURL
    from urllib.error import HTTPError

    if not url.startswith(_SECURE):
        raise HookFault("the event has no `https` URL of a payload")
    try:
        return _fetched(url)
    except HTTPError as error:
        code = error.code
        error.close()
        sentence = f"the templates cannot be fetched from S3: HTTP status {code}"
        raise HookFault(sentence, retried=code >= _SERVER_ERRORS) from None
    except (InvalidURL, UnicodeError):
        raise HookFault(_INVALID) from None
    except (OSError, HTTPException) as error:
        # Its message may contain parts of the URL.
        sentence = f"the templates cannot be fetched from S3: {type(error).__name__}"
        raise HookFault(sentence, retried=True) from None
    except ValueError:
        raise HookFault(_INVALID) from None


def _fetched(url: str) -> bytes:
    """Return the bytes at a URL; raises what `urllib` raises, and `HookFault`."""
    from time import monotonic
    from urllib.request import HTTPRedirectHandler, build_opener

    class Refused(HTTPRedirectHandler):
        """Follows no redirection: a presigned URL is valid for its own host only."""

        def redirect_request(self, *_arguments: object) -> None:
            """Return no request, so that the status is an error."""

    end = monotonic() + _DEADLINE
    data = bytearray()
    with build_opener(Refused).open(url, timeout=_TIMEOUT) as response:
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > MOST_BYTES:
                limit = MOST_BYTES // 1024 // 1024
                raise HookFault(f"the payload is larger than {limit} MiB")
            if monotonic() > end:
                raise HookFault(f"S3 took longer than {_DEADLINE} seconds", retried=True)
    return bytes(data)


def parsed(data: bytes, stack: str) -> HookPayload:
    """Return the payload in the bytes of its JSON; raises `HookFault`.

    `stack` is the id of the stack.
    """
    try:
        content = loads(data)
    except (JSONDecodeError, UnicodeDecodeError):
        raise HookFault("the payload is not JSON") from None
    if not isinstance(content, dict):
        raise HookFault("the payload is not a JSON object")
    entries = content.get("changedResources")
    changes = [each for each in entries if _is_change(each)] if isinstance(entries, list) else []
    return HookPayload(
        _template(content, "template"),
        _template(content, "previousTemplate"),
        _change_set(changes, stack) if changes else "",
        frozenset(each["logicalResourceId"] for each in changes if each.get("afterContext")),
    )


def _template(content: Mapping[str, object], member: str) -> str:
    """Return a template; raises `HookFault`."""
    template = content.get(member)
    if template is not None and not isinstance(template, str):
        raise HookFault(f"`{member}` in the payload is not a string")
    return template or ""


def _is_change(entry: object) -> bool:
    names = "logicalResourceId", "resourceType"
    return isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in names)


def _change_set(changes: list[Mapping[str, object]], stack: str) -> str:
    """Return changed resources as `describe-change-set` prints them."""
    entries = [
        {
            "Type": "Resource",
            "ResourceChange": {
                "Action": _ACTIONS.get(str(each.get("action")), "Modify"),
                "LogicalResourceId": each["logicalResourceId"],
                "ResourceType": each["resourceType"],
                "BeforeContext": each.get("beforeContext"),
                "AfterContext": each.get("afterContext"),
            },
        }
        for each in changes
    ]
    return dumps({"ChangeSetName": "hook", "StackId": stack, "Changes": entries})
