"""A FastAPI route that returns the fewest certificates for some hosts as JSON.

Run `uvicorn fastapi_route:app`, and then
`curl 'localhost:8000/plan?host=example.com&host=www.example.com&service=cloudfront'`.
"""

from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query

import acmrules as acm

app = FastAPI()


@app.get("/plan")
def plan(
    host: Annotated[list[str], Query(min_length=1)], service: str | None = None
) -> dict[str, Any]:
    """Return a plan for hosts that one service serves."""
    try:
        demand = acm.Demand(host, service=service)
        planned = acm.plan(demands=[demand])
    except acm.AcmRulesError as error:
        raise HTTPException(422, str(error)) from error
    return planned.to_dict()
