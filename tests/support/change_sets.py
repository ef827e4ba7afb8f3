"""CloudFormation change sets."""

import json

ARN = "arn:aws:acm:us-east-1:111122223333:certificate/2f1c"
OTHER_ARN = "arn:aws:acm:us-east-1:111122223333:certificate/9a7b"
LATER = "{{changeSet:KNOWN_AFTER_APPLY}}"


def entry(action, name, kind, before=None, after=None, arn=None, replacement=None, details=()):
    """Return an entry of `Changes`; properties of before and after as the contexts have them."""
    change = {
        "Action": action,
        "LogicalResourceId": name,
        "ResourceType": kind,
        "Scope": ["Properties"],
        "Details": [*details],
    }
    if arn:
        change["PhysicalResourceId"] = arn
    if replacement:
        change["Replacement"] = replacement
    if before is not None:
        change["BeforeContext"] = json.dumps({"Properties": before})
    if after is not None:
        change["AfterContext"] = json.dumps({"Properties": after})
    return {"Type": "Resource", "ResourceChange": change}


def certificate(action, name="Certificate", *, before=None, after=None, arn=ARN, **more):
    """Return an entry of a certificate."""
    kind = "AWS::CertificateManager::Certificate"
    return entry(action, name, kind, before, after, arn, **more)


def distribution(before, after, details=()):
    """Return an entry of a distribution, with the ARNs of its certificate."""
    configurations = (
        {
            "DistributionConfig": {
                "Aliases": ["www.brightharbor.io"],
                "ViewerCertificate": {"AcmCertificateArn": arn},
            }
        }
        for arn in (before, after)
    )
    return entry(
        "Modify", "Site", "AWS::CloudFront::Distribution", *configurations, "E1", details=details
    )


def detail(cause, name="DistributionConfig"):
    """Return the detail of a change, with its cause."""
    return {
        "Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Never"},
        "Evaluation": "Dynamic",
        "ChangeSource": "ResourceReference",
        "CausingEntity": cause,
    }


def change_set(*entries):
    """Return a change set of these entries."""
    return {
        "ChangeSetName": "edit",
        "StackId": "arn:aws:cloudformation:us-east-1:111122223333:stack/site/1",
        "StackName": "site",
        "Status": "CREATE_COMPLETE",
        "Changes": [*entries],
    }
