"""A request for the writers, and the requests that are read from their output."""

from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.request import CertificateRequest, ValidationOption
from acmrules.syntax.source import Source
from acmrules.unresolved import read_name

FILES = {"api": "plan.json", "cloudformation": "plan.yaml", "terraform": "main.tf"}

SITE = CertificateRequest.of(
    ["*.brightharbor.io", "brightharbor.io"],
    validation_method="DNS",
    validation_options=(ValidationOption(read_name("brightharbor.io"), None, "Z1"),),
    region="us-east-1",
)


def read_back(text, form, region=None):
    """Return the requests of a file that is deployed in a Region, in their order."""
    source, parameters = Source(FILES[form], text), Parameters({}, region)
    if form == "terraform":
        made = ModuleTree(lambda folder: [] if folder else [source], parameters)
        declarations = made.declarations("")
        assert made.unreadable == {}
    else:
        declarations = registry.read(source, parameters)
    return [declaration.request for declaration in declarations]
