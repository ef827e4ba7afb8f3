"""A CloudFormation Lambda Hook that checks certificate requests before they are deployed.

`handler` is the function that Lambda calls: for resources, stacks, change sets, and the Cloud
Control API. Source: CloudFormation Hooks User Guide, "Create Lambda functions to evaluate resources
for Lambda Hooks".
"""

from __future__ import annotations

import os
import sys
from datetime import date

from acmrules.guards.hook import answers, checks, payload
from acmrules.guards.hook.configuration import HookConfiguration, allows_faults
from acmrules.guards.hook.events import Invocation, token_of
from acmrules.guards.hook.faults import HookFault
from acmrules.workspace.errors import describe_crash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def handler(event: object, context: object = None) -> dict[str, Any]:
    """Return the answer to an invocation; it never raises an exception.

    `event` is the invocation as CloudFormation sends it, and `context` that of Lambda. The answer
    has the members `hookStatus`, `message` and `clientRequestToken`, and `errorCode` and
    `annotations` if the hook finds something.
    """
    arn = getattr(context, "invoked_function_arn", "")
    return respond(event, arn=arn if isinstance(arn, str) else "")


def respond(
    event: object,
    *,
    arn: str = "",
    fetch: Callable[[str], bytes] = payload.fetch,
    environ: Mapping[str, str] | None = None,
    today: date | None = None,
) -> dict[str, Any]:
    """Return the answer to an invocation.

    `arn` is that of the function. `fetch` returns the bytes at the URL of a payload, and raises
    `HookFault`. `environ` has the configuration.
    """
    environ = os.environ if environ is None else environ
    token = token_of(event)
    configuration, attempt = HookConfiguration(), answers.MOST_INVOCATIONS
    try:
        # It also decides about mistakes in the other variables.
        configuration = HookConfiguration(allows_faults=allows_faults(environ))
        configuration = HookConfiguration.of(environ)
        invocation = Invocation.of(event, (arn, environ.get("AWS_REGION", "")))
        attempt = invocation.attempt
        day = today or date.today()  # noqa: DTZ011  (that of Lambda, which is UTC)
        report = checks.check(invocation, configuration, fetch, day)
        return answers.of_report(report, invocation, configuration)
    except HookFault as fault:
        return answers.of_fault(fault, token, configuration, attempt)
    except RecursionError:
        nested = HookFault("the event is nested too deeply")
        return answers.of_fault(nested, token, configuration)
    except Exception as error:  # noqa: BLE001  (a bug here must not stop a deployment unexplained)
        bug = HookFault(describe_crash(error, has_message=False))
        print(f"acmrules: {bug}", file=sys.stderr)  # noqa: T201  (the log of the function)
        return answers.of_fault(bug, token, configuration)
