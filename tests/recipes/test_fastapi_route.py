"""A FastAPI route that returns a plan as JSON."""

import asyncio
import json
from urllib.parse import urlencode

import pytest
from tests.support.programs import program

app = program("fastapi_route").app


def get(**params):
    """Return the status and the JSON of an answer, as a server of the application gets them."""
    sent = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/plan",
        "query_string": urlencode(params, doseq=True).encode(),
        "headers": [],
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start, *bodies = sent
    return start["status"], json.loads(b"".join(each.get("body", b"") for each in bodies))


def test_the_plan_of_some_hosts_is_json():
    """One certificate serves an apex and its subdomain."""
    status, plan = get(host=["brightharbor.io", "www.brightharbor.io"])
    assert status == 200
    [certificate] = plan["certificates"]
    assert certificate["names"][0] == "brightharbor.io"


def test_the_plan_for_cloudfront_is_in_its_region():
    """CloudFront accepts certificates of one Region only."""
    _, plan = get(host="brightharbor.io", service="cloudfront")
    assert [each["region"] for each in plan["certificates"]] == ["us-east-1"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"host": "exam_ple.com"}, "underscore"),
        ({"host": "example.com", "service": "cloudfrnt"}, "did you mean `cloudfront`"),
    ],
)
def test_a_wrong_query_is_answered_with_its_fault(params, words):
    """The client of the route reads what is wrong."""
    status, answer = get(**params)
    assert status == 422
    assert words in answer["detail"]
