"""Modules of the Terraform Registry whose arguments are known, although their code is not there.

A table for each module has its arguments and the resources that they create. So a call is read as
a call of a local module. A table is loaded only if its module is called.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.terraform.known_modules.table import KnownModule

NAMES = {
    "azavea": ("acm-certificate",),
    "cloudposse": (
        *("acm-request-certificate", "alb", "alb-ingress", "cloudfront-cdn"),
        *("cloudfront-s3-cdn", "ecs-web-app", "nlb"),
    ),
    "terraform-aws-modules": ("acm", "alb", "apigateway-v2", "appsync", "cloudfront", "elb"),
}
"""The names of the modules that have a table, by publisher: each has a module of this package."""


def table_of(source: str) -> KnownModule | None:
    """Return the table of a module by its canonical source, `None` if it has none."""
    publisher, _, rest = source.partition("/")
    name = rest.removesuffix("/aws")
    if name == rest or name not in NAMES.get(publisher, ()):
        return None
    return next(table for table in tables_of(publisher) if table.source == source)


def tables_of(publisher: str) -> tuple[KnownModule, ...]:
    """Return the tables of a publisher."""
    home = f"{__name__}.{publisher.replace('-', '_')}"
    tables: tuple[KnownModule, ...] = __import__(home, fromlist=["MODULES"]).MODULES
    return tables


def may_be_called(text: str) -> bool:
    """Return whether a file may call a module that has a table, by its text."""
    return "module" in text and any(
        publisher in text
        and any(f"/{name}/aws" in text or f"/terraform-aws-{name}" in text for name in names)
        for publisher, names in NAMES.items()
    )
