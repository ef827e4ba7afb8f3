"""The pages of the facts by topic, and the address of each fact."""

from __future__ import annotations

from acmrules.values import Value
from generators.anchors import anchor


class Topic(Value):
    """A page: its title, its first sentence, and its sections with their headings."""

    title: str
    about: str
    sections: dict[str, str]


TOPICS = {
    "requests": Topic(
        "Facts about requests and names",
        "The parameters of a request, what a name may contain, and names with a special meaning.",
        {
            "1": "Parameters and names",
            "6": "Attributes that cannot be changed",
            "B2": "Public suffixes",
            "RFC2606": "Documentation names",
            "RFC6761": "Special-use names",
        },
    ),
    "quotas": Topic(
        "Facts about quotas",
        "How many certificates, names and requests an account may have, and at what rate.",
        {"2": "Quotas"},
    ),
    "validation": Topic(
        "Facts about validation",
        "How you prove control of a name by email, DNS or HTTP, and what DNS has to answer.",
        {
            "3": "Email validation",
            "4": "DNS, CAA and HTTP validation",
            "P": "DNS answers",
        },
    ),
    "services": Topic(
        "Facts about Regions and services",
        "Where ACM is available, and what each service requires of its certificate.",
        {"5": "Regions and partitions", "C": "Services"},
    ),
    "validity": Topic(
        "Facts about validity, renewal and import",
        "How long certificates are valid, when ACM renews them, and what it imports.",
        {"7": "Validity and renewal", "8": "Import", "CHR": "Browsers"},
    ),
    "kinds": Topic(
        "Facts about private CAs, ACME and Amazon N2",
        "What differs for certificates that are not standard certificates.",
        {"ACME": "ACME", "CA": "Private CAs", "N2": "Amazon N2 certificates"},
    ),
    "tools": Topic(
        "Facts about tools and edits",
        "What CloudFormation, Terraform and Kubernetes do with a request, and what an edit causes.",
        {
            "D": "Effects of an edit",
            "E": "CloudFormation",
            "LBC": "AWS Load Balancer Controller",
            "TF": "Terraform",
            "TV": "Values in Terraform",
        },
    ),
    "states": Topic(
        "Facts about states and failures",
        "What the states and failure reasons of a certificate mean, and what to do about them.",
        {"B3": "Failures and statuses", "L": "Certificates that exist"},
    ),
}
"""The pages in `docs/pages/facts`, by name."""

PAGES = {section: page for page, topic in TOPICS.items() for section in topic.sections}


def page_of(row: str) -> str:
    """Return the page of a fact below `docs/pages`, such as `facts/quotas.md` for row 2.1."""
    return f"facts/{PAGES[row.partition('.')[0]]}.md"


def address(row: str) -> str:
    """Return the page and the anchor of a fact, such as `facts/quotas.md#fact-2-1`."""
    return f"{page_of(row)}#{anchor(row)}"
