"""The guard of boto3: real clients, whose sending is a stub, make the requests of the cases."""

import contextlib
import functools
import io
import json
import os
import tempfile
import warnings
from datetime import date
from pathlib import Path

import botocore.loaders
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ParamValidationError
from tests.support.guards.cases import SETTINGS, Row, reported

from acmrules import NotExpressible
from acmrules.guards.boto3 import RequestRefusedError, RequestWarning, UncheckedWarning, install
from acmrules.workspace import arguments
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk
from acmrules.workspace.load import Loader
from acmrules.workspace.run import Stages

LEAST = 52
REGION = "eu-west-1"
"""The Region of requests whose files do not determine theirs."""


class Answer(io.BytesIO):
    """An empty answer of ACM, as HTTP clients read it."""

    def stream(self, **_):
        """Yield the content."""
        yield self.read()


LOADER = botocore.loaders.create_loader()
"""What reads the models of services, each once."""


def new_session():
    """Return a session of botocore whose clients are created quickly."""
    own = botocore.session.Session()
    own.register_component("data_loader", LOADER)
    return own


def client(session, region=REGION, **options):
    """Return a client of ACM, and the list of the requests that it sends."""
    acm = session.create_client(
        "acm", region, aws_access_key_id="a", aws_secret_access_key="b", **options
    )
    sent = []

    def send(request, **_):
        sent.append(request)
        return AWSResponse(request.url, 200, {}, Answer(b"{}"))

    acm.meta.events.register("before-send.acm", send)
    return acm, sent


def failing(times):
    """Return a handler that answers as a service in trouble, a number of times."""
    answers = iter([Answer(b"{}") for _ in range(times)])

    def send(request, **_):
        answer = next(answers, None)
        return answer and AWSResponse(request.url, 500, {}, answer)

    return send


def answer_by_moto(client):
    """Have moto answer an asynchronous client, whose answers are awaited."""
    from aiobotocore.awsrequest import AioAWSResponse
    from moto.core.models import botocore_stubber

    class Awaited(AioAWSResponse):
        async def _content_prop(self):
            return self.answer.content

    def send(event_name, request, **_):
        answer = botocore_stubber(event_name, request)
        awaited = Awaited(answer.url, answer.status_code, answer.headers, answer.raw)
        awaited.answer = answer
        # An old aiobotocore reads these.
        pairs = answer.headers.items()
        awaited.raw.raw_headers = [(str(k).encode(), str(v).encode()) for k, v in pairs]
        return awaited

    # The answer of Moto itself cannot be awaited.
    client.meta.events.unregister("before-send", botocore_stubber)
    client.meta.events.register("before-send.acm", send)


@functools.cache
def session():
    """Return a session with the guard, whose settings are those of the current folder."""
    own = new_session()
    install(own)
    return own


@functools.cache
def client_in(region):
    """Return a client of the session in a Region, and what it sends."""
    return client(session(), region)


@functools.cache
def requests_of(case):
    """Return the parameters and the Region of each request of a case that the API can express."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        case.write()
        today = date(2026, 11, 23)
        settings_of = arguments.resolver(SETTINGS, None, None, today).settings_of
        loader = Loader(settings_of, Disk(), Troubles(), None)
        stages = Stages(discover(tuple(case.paths), None), loader, today)
        requests = [
            variant.request
            for batch in stages.linked()
            for declaration in batch.declarations
            for variant in declaration.variants
            if variant.request is not None
        ]
    found = []
    for request in requests:
        options = tuple(each for each in request.validation_options if not each.hosted_zone_id)
        region = request.region if isinstance(request.region, str) else REGION
        with contextlib.suppress(NotExpressible):
            found.append((request.__replace__(validation_options=options).to_api(), region))
    return found


def takes(case):
    """Return whether a case has a request that the API can express."""
    return bool(requests_of(case))


def findings(case):
    """Return the rows of what clients raise and warn of, with the number of the request."""
    return sorted(
        Row(f"{number}.json", 0, 0, each.rule.id, str(each.severity), each.message)
        for number, (params, region) in enumerate(requests_of(case))
        for each in findings_in(params, region)
    )


def findings_in(params, region):
    """Return the findings that one call raises or warns of, which is sent if it only warns."""
    acm, sent = client_in(region)
    sent.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            acm.request_certificate(**params)
            assert len(sent) == 1
        except RequestRefusedError as error:
            assert not sent
            return error.report.findings
        except ParamValidationError:  # An old client does not know each parameter.
            assert not sent
    assert not [each for each in caught if issubclass(each.category, UncheckedWarning)]
    return [each.message.finding for each in caught if each.category is RequestWarning]


def expected(case):
    """Return what the command finds in the parameters as a file."""
    found = []
    for number, (params, region) in enumerate(requests_of(case)):
        name = f"{number}.json"
        Path(name).write_text(json.dumps(params), "utf-8")
        report = reported(name, "--kind", "api", "--region", region)
        os.unlink(name)
        found += (
            Row(name, 0, 0, *(each[key] for key in ("rule", "severity", "message")))
            for each in report["findings"]
        )
    return sorted(found)
