"""What an edit costs by each tool, and what CloudFormation and Terraform do on their own."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, undated
from acmrules.facts.timeline import Era, Timeline
from acmrules.values import Value


class Updates(Value):
    """What becomes of a certificate whose attribute is edited, by tool.

    Each is `fixed` (the tool has no way), `replacement`, `in place`, or `no effect`.
    """

    api: str
    cloudformation: str
    terraform: str


# What an edit costs: section D

DOMAIN_NAME_UPDATES = Fact(
    "D.1",
    "What an edit of the domain name costs.",
    undated(Updates("fixed", "replacement", "replacement"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
)
OTHER_NAMES_UPDATES = Fact(
    "D.2",
    "What an edit of the subject alternative names costs.",
    undated(Updates("fixed", "replacement", "replacement"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
    note="Terraform ignores their order, cfn-lint wants each once.",
)
VALIDATION_OPTIONS_UPDATES = Fact(
    "D.3",
    "What an edit of the validation options costs.",
    undated(Updates("fixed", "replacement", "replacement"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
    note="`validation_option` in Terraform; cfn-lint wants each once.",
)
VALIDATION_METHOD_UPDATES = Fact(
    "D.4",
    "What an edit of the validation method costs; in place only from e-mail to DNS.",
    Timeline(
        Era(LAUNCH, Updates("fixed", "replacement", "replacement"), sources.CFN_CERT, seen=True),
        Era(
            date(2026, 7, 9),
            Updates("in place", "in place", "replacement"),
            sources.CFN_CERT,
        ),
    ),
    also=(sources.API_UPDATE, sources.API_OPTIONS, sources.CFNLINT, sources.TF_CERT),
    note="Sources differ: CloudFormation's page of 26-04 and cfn-lint say replacement, its page "
    "of 26Q3 no interruption; the day is that of the API.",
)
KEY_ALGORITHM_UPDATES = Fact(
    "D.5",
    "What an edit of the key algorithm costs.",
    undated(Updates("fixed", "replacement", "replacement"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
)
AUTHORITY_UPDATES = Fact(
    "D.6",
    "What an edit of the CA's ARN costs.",
    undated(Updates("fixed", "replacement", "replacement"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
)
EXPORT_UPDATES = Fact(
    "D.7",
    "What an edit of the export option costs.",
    Timeline(
        Era(
            date(2025, 6, 17),
            Updates("fixed", "in place", "in place"),
            sources.CFN_CERT,
            seen=True,
        ),
        Era(
            sources.COPY_26Q3,
            Updates("fixed", "replacement", "in place"),
            sources.CFN_CERT,
            seen=True,
        ),
    ),
    also=(sources.API_OPTIONS, sources.API_UPDATE, sources.CFNLINT, sources.TF_CERT),
    note="Sources differ: of the API's pages one says fixed, another that it can be set; "
    "CloudFormation's page of 26-04 and cfn-lint say no interruption, that of 26Q3 replacement.",
)
TRANSPARENCY_UPDATES = Fact(
    "D.8",
    "What an edit of the certificate transparency preference costs.",
    Timeline(
        Era(date(2018, 3, 27), Updates("in place", "in place", "in place"), sources.CFN_CERT),
        Era(date(2026, 6, 1), Updates("no effect", "in place", "in place"), sources.CFN_CERT),
    ),
    also=(sources.API_OPTIONS, sources.CFNLINT, sources.TF_CERT),
)
TAGS_UPDATES = Fact(
    "D.9",
    "What an edit of the tags costs.",
    undated(Updates("in place", "in place", "in place"), sources.CFN_CERT),
    also=(sources.CFNLINT, sources.TF_CERT),
)
TERRAFORM_METHOD_OR_AUTHORITY = Fact(
    "D.10",
    "The arguments of which Terraform wants exactly one.",
    undated(("validation_method", "certificate_authority_arn"), sources.TF_CERT),
)
TERRAFORM_TOKEN_PREFIX = Fact(
    "D.11",
    "How the idempotency token of Terraform begins; a unique id fills it up.",
    undated("tf", sources.TF_CERT),
)
TERRAFORM_VALIDATION_MINUTES = Fact(
    "D.12",
    "Minutes that Terraform waits for validation data.",
    undated(5, sources.TF_CERT),
)
TERRAFORM_DELETION_MINUTES = Fact(
    "D.13",
    "Minutes for which Terraform tries again to delete a certificate in use.",
    undated(20, sources.TF_CERT),
)
TERRAFORM_GONE_STATUS = Fact(
    "D.14",
    "The status of a certificate that Terraform treats as gone.",
    undated("VALIDATION_TIMED_OUT", sources.TF_CERT),
)

# CloudFormation: section E

CLOUDFORMATION_DEFAULT_METHOD = Fact(
    "1.29b",
    "The method that a certificate in CloudFormation gets without one.",
    undated("EMAIL", sources.CFN_CERT),
)
AUTOMATIC_VALIDATION_NEEDS = Fact(
    "E.1",
    "What CloudFormation needs to validate a certificate by itself, all of it.",
    undated(
        ("DNS validation", "a zone in Route 53", "the zone in the same account"),
        sources.CFN_CERT,
    ),
)
STACK_WAITS_IN = Fact(
    "E.2",
    "The state in which a stack waits for anybody to validate, or for the request to time out.",
    undated("CREATE_IN_PROGRESS", sources.CFN_CERT),
    Mark.INFERRED,
    note="That the time-out ends it is concluded, the rest is read.",
)
ZONE_ID_FOR_EACH_NAME = Fact(
    "E.3",
    "Each name whose record CloudFormation is to write needs an option of its own with a zone id.",
    undated(True, sources.CFN_DVO),
    also=(sources.CFN_CERT,),
    note="The option spells the name exactly as the certificate does.",
)
ZONE_ID_OR_VALIDATION_DOMAIN = Fact(
    "E.4",
    "The members of a validation option that exclude each other.",
    undated(("HostedZoneId", "ValidationDomain"), sources.CFN_DVO),
    also=(sources.CFNLINT_1619,),
)
VALIDATION_DOMAIN_WITH_DNS_ERROR = Fact(
    "E.5",
    "A fragment of the refusal of a validation domain with DNS validation.",
    Timeline(Era(date(2020, 5, 11), "cannot be used with DNS validation", sources.CDK_7933)),
    Mark.OBSERVED,
    note="Since about that day.",
)
ZONE_ID_PREFIX = Fact(
    "E.6a",
    "How a zone id begins.",
    undated("Z", sources.CFN_DVO),
)
ZONE_ID_WRONG_PREFIX = Fact(
    "E.6b",
    "What Route 53 puts in front of a zone id elsewhere, and CloudFormation does not take.",
    undated("/hostedzone/", sources.CFN_DVO),
)
NAME_OUTSIDE_ZONE_ERROR = Fact(
    "E.7",
    "A fragment of the refusal of a record for a name outside the zone.",
    undated("not permitted in zone", sources.CDK_8783),
    Mark.OBSERVED,
)
EMAIL_OPTION_NEEDS_DOMAIN = Fact(
    "E.8",
    "The member without which a validation option for e-mail fails.",
    undated("ValidationDomain", sources.CFN_DOC_865),
    Mark.OBSERVED,
)
CHURN_EATS_QUOTA = Fact(
    "E.9",
    "Creating and deleting certificates often uses up the yearly quota of requests.",
    undated(True, sources.UG_BEST),
    note="One wildcard certificate helps.",
)
