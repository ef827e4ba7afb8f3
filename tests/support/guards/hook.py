"""The Lambda Hook of CloudFormation: an event for each template of a case, and for its resources.

The command checks the same template alone, and the same resource alone in a template. A resource
has no lines, because an event contains its properties only.
"""

import json
import os
import re
import shutil
from pathlib import Path

import yaml
from tests.support.guards.cases import SETTINGS, Row, reported, rows

from acmrules.guards import hook

LEAST = 17
ACCOUNT = "111122223333"
TEXT = re.compile(r"(?:line (\d+), column (\d+), )?`[^`]*`: (.*)", re.DOTALL)
SEVERITIES = {"HIGH": "error", "MEDIUM": "warning", "LOW": "note"}


def event(region, **data):
    """Return an event about an update with the members of its `requestData`."""
    return {
        "clientRequestToken": "f8da6d11",
        "awsAccountId": ACCOUNT,
        "stackId": f"arn:aws:cloudformation:{region}:{ACCOUNT}:stack/site/1a2345b6",
        "changeSetId": None,
        "hookTypeName": "Acmrules::Check::Templates",
        "hookTypeVersion": "00000001",
        "hookModel": {"LambdaFunction": f"arn:aws:lambda:{region}:{ACCOUNT}:function:acmrules"},
        "actionInvocationPoint": "CREATE_PRE_PROVISION",
        "requestData": data,
        "requestContext": {"invocation": 1, "callbackContext": None},
    }


def stack_event(region="us-east-1"):
    """Return the event of a stack, whose payload is at a URL."""
    url = "https://s3.amazonaws.com/payload?X-Amz-Signature=secret"
    target = {"targetName": "STACK", "targetType": "STACK", "targetLogicalId": "site"}
    return event(region, **target, payload=url)


def resource_event(kind, properties, previous=None, region="us-east-1", name="Site"):
    """Return the event of a resource."""
    model = {"resourceProperties": properties, "previousResourceProperties": previous}
    return event(region, targetName=kind, targetType=kind, targetLogicalId=name, targetModel=model)


def templates(case):
    """Return the templates among the inputs of a case by name."""
    return {
        name: text
        for name, text in case.texts.items()
        if re.search(r"^\s*\"?Resources\"?:", text, re.MULTILINE)
        and "AWS::" in text
        and not name.startswith("serverless")
    }


def resources(text):
    """Return the resources of a template that is plain JSON or YAML, by logical id."""
    try:
        return yaml.safe_load(text)["Resources"]
    except yaml.YAMLError:
        return {}


def region_of(case):
    """Return the Region of a case, which its command may have as an option."""
    return dict(zip(case.words, case.words[1:], strict=False)).get("--region", "us-east-1")


def takes(case):
    """Return whether a case has a template."""
    return bool(templates(case))


def findings(case):
    """Return what the hook finds in the templates, and in their resources."""
    found = []
    region = region_of(case)
    for name, text in templates(case).items():
        found += _rows(name, stack_event(region), {"template": text})
        for label, each in resources(text).items():
            if "Properties" in each:
                sent = resource_event(each["Type"], each["Properties"], None, region, label)
                found += _rows(f"{name}#{label}", sent, {})
    return sorted(found)


def _rows(file, sent, payload):
    """Return the annotations of findings in the answer to an event as rows."""
    environ = {"ACMRULES_CONFIG": os.path.abspath(SETTINGS)}
    data = json.dumps(payload).encode()
    answer = hook.respond(sent, fetch=lambda _: data, environ=environ)
    for each in answer.get("annotations", ()):
        if each["severityLevel"] in SEVERITIES:
            line, column, message = TEXT.fullmatch(each["statusMessage"]).groups()
            severity = SEVERITIES[each["severityLevel"]]
            place = int(line or 0), int(column or 0)
            yield Row(file, *place, each["annotationName"], severity, message)


def expected(case):
    """Return what the command finds in each template alone, and in each resource alone."""
    found = []
    region = region_of(case)
    for number, (name, text) in enumerate(templates(case).items()):
        folder = Path(f"alone{number}")
        folder.mkdir()
        shutil.copy(SETTINGS, folder)
        found += _expected(folder / "site.template", text, region, name)
        for label, each in resources(text).items():
            if "Properties" in each:
                alone = {"Type": each["Type"], "Properties": each["Properties"]}
                document = json.dumps({"Resources": {label: alone}})
                of_label = _expected(folder / "site.template", document, region, f"{name}#{label}")
                found += [row._replace(line=0, column=0) for row in of_label]
    return sorted(found)


def _expected(path, text, region, file):
    path.write_text(text, "utf-8")
    words = str(path), "--region", region, "--kind", "cloudformation"
    return [row._replace(file=file) for row in rows(reported(*words)["findings"])]
