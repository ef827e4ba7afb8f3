"""Reports on inventory files, read as the command reads them."""

import json

from tests.support import inventories

from acmrules.analysis.diagnoses import certificates_in
from acmrules.analysis.inventory.report import inventory_report
from acmrules.diagnosis import diagnose_all
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source


def report_on(*files, as_of=inventories.AS_OF):
    """Return the report on inventory files."""
    declarations = [
        each
        for number, data in enumerate(files)
        for each in registry.read(Source(f"{number}.json", json.dumps(data)))
    ]
    found = take_inventory(declarations)
    return inventory_report(
        found.account,
        diagnose_all(certificates_in(found), found.account.dns, as_of=as_of),
        as_of,
        default_suffixes(),
    )
