"""How the tests ask what certificates take: of files, or of requests with zones around them."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from hypothesis import strategies as st
from tests.support.strategies import relatives
from tests.support.terraform import configuration

from acmrules.analysis.validation import validations
from acmrules.model.declaration import Declaration, Location, Variant
from acmrules.model.inventory import take_inventory
from acmrules.names import WildcardDomainName
from acmrules.readers import registry
from acmrules.readers.options import Parameters, Scope
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Zone
from acmrules.syntax.source import Source

DAY = date(2026, 11, 23)


def told(as_of=DAY, **files):
    """Return what the certificates in files take; `_` in the name of a file stands for a dot."""
    texts = {name.replace("_", "."): dedent(text) for name, text in files.items()}
    terraform = {name: text for name, text in texts.items() if name.endswith(".tf")}
    declarations = [
        declaration
        for name, text in texts.items()
        if name not in terraform
        for declaration in registry.read(Source(name, text), Parameters({}, scope=Scope.EVERYTHING))
    ]
    if terraform:
        declarations += configuration(terraform).declarations("")
    return validations(take_inventory(declarations), lambda _: as_of)


def only(as_of=DAY, **files):
    """Return what the one certificate in files takes."""
    (one,) = told(as_of, **files)
    return one


def template(properties, rest=""):
    """Return a template of a certificate with some properties, and of other resources."""
    lines = "".join(f"      {line}\n" for line in dedent(properties).strip().splitlines())
    head = "Resources:\n  Site:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
    return head + lines + rest


def zone(name, address="Zone", more=""):
    """Return a hosted zone as a resource of a template."""
    return (
        f"  {address}:\n    Type: AWS::Route53::HostedZone\n"
        f"    Properties: {{Name: '{name}'{more}}}\n"
    )


def stems(*names):
    """Return the distinct names that are validated."""
    return {getattr(name, "parent", name) for name in names}


def declaration(names, zones=(), file="a.yaml", tool=Tool.API, **fields):
    """Return a document with a request by DNS, and zones of its file."""
    fields.setdefault("validation_method", "DNS")
    request = CertificateRequest.of(*names, **fields)
    listed = tuple(Zone(each, f"Z{n}", f"Zone{n}") for n, each in enumerate(zones))
    source = Source(file, "x")
    variant = Variant(request, (), {(): Location(source, 0, 1)}, zones=listed)
    return Declaration(source, tool, "Site", (variant,))


def declarations():
    """Draw documents of several files, with names and zones of one small family."""
    plain = relatives().map(
        lambda name: name.parent if isinstance(name, WildcardDomainName) else name
    )
    bodies = st.tuples(
        st.lists(relatives(), min_size=1, max_size=4), st.lists(plain, max_size=3, unique=True)
    )
    return st.lists(bodies, min_size=1, max_size=3).map(
        lambda found: [
            declaration(names, zones, f"{'abc'[n]}.yaml") for n, (names, zones) in enumerate(found)
        ]
    )


def asked(listed):
    """Return what the certificates of documents take."""
    return validations(take_inventory(listed), lambda _: DAY)


DNS = "ValidationMethod: DNS\n"


def where(declared):
    """Return the files and addresses of what is declared."""
    return [f"{each.file} {each.thing.address}" for each in declared]


MODULE = """
resource "aws_acm_certificate" "site" {{
  domain_name       = "a.io"
  validation_method = "DNS"
}}
{}
"""


def left(found):
    """Return the names and zones of the records that are left."""
    return {
        (f"_<token>.{cname.stem}.", str(cname.zone.thing.zone_id) if cname.zone else "<zone id>")
        for one in found
        for cname in one.left
    }
