"""A FastAPI route that returns a plan as JSON."""

import pytest
from fastapi.testclient import TestClient

from tests.support.programs import program

client = TestClient(program("fastapi_route").app)


def test_the_plan_of_some_hosts_is_json():
    """One certificate serves an apex and its subdomain."""
    answer = client.get("/plan", params={"host": ["brightharbor.io", "www.brightharbor.io"]})
    assert answer.status_code == 200
    [certificate] = answer.json()["certificates"]
    assert certificate["names"][0] == "brightharbor.io"


def test_the_plan_for_cloudfront_is_in_its_region():
    """CloudFront accepts certificates of one Region only."""
    answer = client.get("/plan", params={"host": "brightharbor.io", "service": "cloudfront"})
    assert [each["region"] for each in answer.json()["certificates"]] == ["us-east-1"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"host": "exam_ple.com"}, "underscore"),
        ({"host": "example.com", "service": "cloudfrnt"}, "did you mean `cloudfront`"),
    ],
)
def test_a_wrong_query_is_answered_with_its_fault(params, words):
    """The client of the route reads what is wrong."""
    answer = client.get("/plan", params=params)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
