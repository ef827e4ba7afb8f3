"""What an edit costs by each tool, and what CloudFormation and Terraform do on their own."""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era
from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Mark, dated, undated
from acmrules.values import Value


class Updates(Value):
    """What becomes of a certificate whose attribute is edited, by tool.

    Each is `fixed` (the tool has no way), `replacement`, `in place`, or `no effect`.
    """

    api: str
    cloudformation: str
    terraform: str


# What an edit costs: section D

DOMAIN_NAME_UPDATES = undated(
    "D.1",
    "What an edit of the domain name costs.",
    Updates("fixed", "replacement", "replacement"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
)
OTHER_NAMES_UPDATES = undated(
    "D.2",
    "What an edit of the subject alternative names costs.",
    Updates("fixed", "replacement", "replacement"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
    note="Terraform ignores their order, cfn-lint wants each once.",
)
VALIDATION_OPTIONS_UPDATES = undated(
    "D.3",
    "What an edit of the validation options costs.",
    Updates("fixed", "replacement", "replacement"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
    note="`validation_option` in Terraform; cfn-lint wants each once.",
)
VALIDATION_METHOD_UPDATES = dated(
    "D.4",
    "What an edit of the validation method costs; in place only from e-mail to DNS.",
    Era(LAUNCH, Updates("fixed", "replacement", "replacement"), sources.CFN_CERT, seen=True),
    Era(date(2026, 7, 9), Updates("in place", "in place", "replacement"), sources.CFN_CERT),
    also=(sources.API_UPDATE, sources.API_OPTIONS, sources.CFNLINT, sources.TF_CERT),
    note="Sources differ: CloudFormation's page of 26-04 and cfn-lint say replacement, its page "
    "of 26Q3 no interruption; the day is that of the API.",
)
KEY_ALGORITHM_UPDATES = undated(
    "D.5",
    "What an edit of the key algorithm costs.",
    Updates("fixed", "replacement", "replacement"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
)
AUTHORITY_UPDATES = undated(
    "D.6",
    "What an edit of the CA's ARN costs.",
    Updates("fixed", "replacement", "replacement"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
)
EXPORT_UPDATES = dated(
    "D.7",
    "What an edit of the export option costs.",
    Era(date(2025, 6, 17), Updates("fixed", "in place", "in place"), sources.CFN_CERT, seen=True),
    Era(
        sources.COPY_26Q3, Updates("fixed", "replacement", "in place"), sources.CFN_CERT, seen=True
    ),
    also=(sources.API_OPTIONS, sources.API_UPDATE, sources.CFNLINT, sources.TF_CERT),
    note="Sources differ: of the API's pages one says fixed, another that it can be set; "
    "CloudFormation's page of 26-04 and cfn-lint say no interruption, that of 26Q3 replacement.",
)
TRANSPARENCY_UPDATES = dated(
    "D.8",
    "What an edit of the certificate transparency preference costs.",
    Era(date(2018, 3, 27), Updates("in place", "in place", "in place"), sources.CFN_CERT),
    Era(date(2026, 6, 1), Updates("no effect", "in place", "in place"), sources.CFN_CERT),
    also=(sources.API_OPTIONS, sources.CFNLINT, sources.TF_CERT),
)
TAGS_UPDATES = undated(
    "D.9",
    "What an edit of the tags costs.",
    Updates("in place", "in place", "in place"),
    sources.CFN_CERT,
    sources.CFNLINT,
    sources.TF_CERT,
)
TERRAFORM_METHOD_OR_AUTHORITY = undated(
    "D.10",
    "The arguments of which Terraform wants exactly one.",
    ("validation_method", "certificate_authority_arn"),
    sources.TF_CERT,
)
TERRAFORM_DELETION_MINUTES = undated(
    "D.13",
    "Minutes for which Terraform tries again to delete a certificate in use.",
    20,
    sources.TF_CERT,
)

# CloudFormation: section E

CLOUDFORMATION_DEFAULT_METHOD = undated(
    "1.29b",
    "The method that a certificate in CloudFormation gets without one.",
    "EMAIL",
    sources.CFN_CERT,
)
AUTOMATIC_VALIDATION_NEEDS = undated(
    "E.1",
    "What CloudFormation needs to validate a certificate by itself, all of it.",
    ("DNS validation", "a zone in Route 53", "the zone in the same account"),
    sources.CFN_CERT,
)
STACK_WAITS_IN = undated(
    "E.2",
    "The state in which a stack waits for anybody to validate, or for the request to time out.",
    "CREATE_IN_PROGRESS",
    sources.CFN_CERT,
    mark=Mark.INFERRED,
    note="That the time-out ends it is concluded, the rest is read.",
)
ZONE_ID_FOR_EACH_NAME = undated(
    "E.3",
    "Each name whose record CloudFormation is to write needs an option of its own with a zone id.",
    True,
    sources.CFN_DVO,
    sources.CFN_CERT,
    note="The option spells the name exactly as the certificate does.",
)
ZONE_ID_OR_VALIDATION_DOMAIN = undated(
    "E.4",
    "The members of a validation option that exclude each other.",
    ("HostedZoneId", "ValidationDomain"),
    sources.CFN_DVO,
    sources.CFNLINT_1619,
)
VALIDATION_DOMAIN_WITH_DNS_ERROR = dated(
    "E.5",
    "A fragment of the refusal of a validation domain with DNS validation.",
    Era(date(2020, 5, 11), "cannot be used with DNS validation", sources.CDK_7933),
    mark=Mark.OBSERVED,
    note="Since about that day.",
)
ZONE_ID_PREFIX = undated("E.6a", "How a zone id begins.", "Z", sources.CFN_DVO)
ZONE_ID_WRONG_PREFIX = undated(
    "E.6b",
    "What Route 53 puts in front of a zone id elsewhere, and CloudFormation does not take.",
    "/hostedzone/",
    sources.CFN_DVO,
)
NAME_OUTSIDE_ZONE_ERROR = undated(
    "E.7",
    "A fragment of the refusal of a record for a name outside the zone.",
    "not permitted in zone",
    sources.CDK_8783,
    mark=Mark.OBSERVED,
)
