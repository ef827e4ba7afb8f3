"""Settings for the tests: a day, an option, and the resolver of a checkout."""

from datetime import date

from acmrules.suffix_lists import default_suffixes
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import Setting, Settings

DAY = date(2026, 11, 23)
OPTION = Settings({("region",): Setting("eu-north-1", "--region")})


def lookup(options=None, **limits):
    """Return a new resolver, which has read no file yet."""
    return SettingsResolver(options or Settings({}), DAY, default_suffixes, **limits)
