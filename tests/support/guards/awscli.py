"""The plugin of the AWS CLI, for the requests in the inputs of a case.

The AWS CLI itself is not in this environment. Here, the plugin gets the events of a client of
botocore, which is what sends requests in the AWS CLI; slow tests run the same calls in the AWS CLI.
"""

import contextlib
import functools
import io
import json
import os
import re
import tempfile
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import botocore.session
from botocore import xform_name
from botocore.exceptions import ParamValidationError
from tests.support.guards import cases

from acmrules.errors import NotExpressible
from acmrules.guards import awscli
from acmrules.workspace import arguments
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk
from acmrules.workspace.load import Loader
from acmrules.workspace.run import Stages

LEAST = 34
"""Cases with at least one request that the API can express."""

REGION = "eu-west-1"


class Call(NamedTuple):
    """A call of `RequestCertificate`: its Region and its parameters."""

    region: str
    params: dict


def _calls_here(case):
    """Yield the calls for the requests in the inputs of a case, in the current folder."""
    day = date.fromisoformat(cases.DAY)
    resolver = arguments.resolver(None, None, None, day)
    loader = Loader(resolver.settings_of, Disk(), Troubles(), None)
    stages = Stages(discover(tuple(case.paths), None), loader, day)
    for batch in stages.linked():
        for declaration in batch.declarations:
            for variant in declaration.variants:
                if variant.request is not None:
                    with contextlib.suppress(NotExpressible):
                        region = variant.request.region
                        params = variant.request.to_api()
                        yield Call(region if isinstance(region, str) else REGION, params)


@functools.cache
def calls(case):
    """Return the different calls for the requests in the inputs of a case."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        case.write()
        unique = {json.dumps(call): call for call in _calls_here(case)}
    return [*unique.values()]


def takes(case):
    """Return whether the inputs of a case have a request that the API can express."""
    return bool(calls(case))


def findings(case):
    """Return the rows of the plugin for each call of a case; the file is an option."""
    return [rows(call, text_of(call)) for call in calls(case)]


def expected(case):
    """Return what the command finds in the same parameters, in a file with a line for each."""
    return [command_rows(call) for call in calls(case)]


def rows(call, text):
    """Return the findings in what the plugin reports about a call."""
    options = options_of(call)
    return sorted(
        cases.Row(place if place in options else "", 0, 0, rule, severity, message)
        for severity, rule, message, place in _FINDING.findall(text)
    )


_FINDING = re.compile(r"^(error|warning|note)\[(\w+)\]: (.*)\n *--> (.*)$", re.MULTILINE)


def options_of(call):
    """Return the options of the AWS CLI for the parameters of a call."""
    return [f"--{xform_name(name, '-')}" for name in call.params]


def text_of(call):
    """Return what a user of the AWS CLI reads about a call, in lines of any length."""
    session = _session()
    given = {xform_name(name): value for name, value in call.params.items()}
    event = "operation-args-parsed.acm.request-certificate"
    session.emit(event, parsed_args=Namespace(**(_absent() | given)))
    client, printed = _client(call.region), io.StringIO()
    with contextlib.redirect_stderr(printed), mock.patch.dict(os.environ, COLUMNS="10000"):
        try:
            client.request_certificate(**call.params)
        except ParamValidationError as error:
            return str(error)
    return printed.getvalue()


@functools.cache
def _absent():
    """Return the options of the command without their values, as the AWS CLI parses them."""
    operation = _session().get_service_model("acm").operation_model("RequestCertificate")
    names = (*map(xform_name, operation.input_shape.members), "cli_input_json", "cli_input_yaml")
    return dict.fromkeys(names)


@functools.cache
def _session():
    session = botocore.session.Session()
    session.set_config_variable("config_file", os.devnull)
    awscli.awscli_initialize(session.get_component("event_emitter"))
    session.emit("session-initialized", session=session, parsed_args=None)
    return session


@functools.cache
def _client(region):
    """Return a client whose calls end before they are sent."""
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    client = _session().create_client("acm", region_name=region, **keys)
    sent = mock.Mock(status_code=200), {}
    client.meta.events.register("before-call", lambda **_: sent)
    return client


def command_rows(call):
    """Return the findings of the command in a file with a line for each parameter."""
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in call.params.items()]
    Path("call.json").write_text("{\n" + ",\n".join(lines) + "\n}", "utf-8")
    places = dict(enumerate(options_of(call), start=2))
    report = cases.reported("call.json", "--kind", "api", "--region", call.region)
    return sorted(
        cases.Row(
            places.get(each["line"], ""), 0, 0, each["rule"], each["severity"], each["message"]
        )
        for each in report["findings"]
    )
