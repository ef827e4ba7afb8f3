"""The certificates that files declare, apart from those that accounts show."""

import pytest
from tests.support.shown_accounts import ACCOUNT, REGION, arn_of, asked, declared, detail

from acmrules.analysis.declared import declared_certificates, known_names
from acmrules.model.inventory import Inventory
from acmrules.request import Tool
from acmrules.unresolved import Unknown, Unresolved

UNKNOWN = Unresolved((Unknown("${Name}"),))


def of(*declarations, account=None):
    return declared_certificates(Inventory(declarations), lambda _: account)


@pytest.mark.parametrize("tool", Tool)
def test_accounts_and_lists_of_names_declare_nothing(tool):
    """A list of names may be no request, and an account shows what exists."""
    found = of(asked(tool=tool))
    assert bool(found) is (tool not in {Tool.ACCOUNT, Tool.NAMES})


def test_the_account_and_region_are_those_of_the_arn():
    """A state has the ARN; otherwise the request has the Region, and settings the account."""
    [state] = of(asked(region="us-east-1", arn=arn_of(1)), account="210987654321")
    assert (state.region, state.account) == (REGION, ACCOUNT)
    [template] = of(asked(), account="210987654321")
    assert (template.region, template.account, template.arn) == (REGION, "210987654321", "")
    [unknown] = of(asked(region=UNKNOWN))
    assert (unknown.region, unknown.account) == (None, None)


def test_names_are_known_as_a_whole_or_not_at_all():
    """One unknown name may be any."""
    [known] = of(asked("brightharbor.io", "www.brightharbor.io"))
    assert known_names(known.variants[0]) == {"brightharbor.io", "www.brightharbor.io"}
    [open_] = of(asked("brightharbor.io", UNKNOWN))
    assert known_names(open_.variants[0]) is None
    assert (known.has_known_names, open_.has_known_names) == (True, False)


def test_titles_have_the_file_and_the_line():
    """So a message can point to a declaration."""
    [one] = of(asked(address="Site"))
    assert one.title == "main.tf:1: Site"
    assert of(*declared(detail())) == ()
