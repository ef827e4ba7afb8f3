"""How much ACM takes: limits that are fixed, and quotas that an account can have raised."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.facts.fact import CHECKED
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

MAX_NAME_OCTETS = acm.MAX_NAME_OCTETS.value
"""Octets of a name, dots included (fact 1.6b)."""

MAX_LABEL_OCTETS = acm.MAX_LABEL_OCTETS.value
"""Octets of one label (fact 1.6a)."""

MAX_FIRST_NAME_OCTETS = acm.FIRST_NAME_OCTETS.value
"""Octets of the first name, dots and `*.` included (facts 1.3, 1.5)."""

MAX_VALIDATABLE_NAME_OCTETS = MAX_NAME_OCTETS - acm.RECORD_NAME_OCTETS.value
"""Octets of a name whose validation record still has a legal name, without `*.` (fact 4.12)."""

MAX_NAMES = acm.NAMES_LIMIT.value
"""Names of a certificate that no quota exceeds (fact 2.3)."""

MAX_VALIDATION_OPTIONS = acm.VALIDATION_OPTIONS_COUNT.value[1]
"""Entries of `DomainValidationOptions` (fact 1.31)."""

MIN_TOKEN_CHARACTERS, MAX_TOKEN_CHARACTERS = acm.IDEMPOTENCY_TOKEN_LENGTH.value
"""Characters of an idempotency token (fact 1.30)."""

MAX_TAGS = acm.TAGS_COUNT.value[1]
"""Tags of a certificate, without those of AWS (fact 1.43)."""

MIN_TAG_KEY_CHARACTERS, MAX_TAG_KEY_CHARACTERS = acm.TAG_KEY_LENGTH.value
"""Characters of a tag's key; the guide has one less (fact 1.43)."""

MAX_TAG_VALUE_CHARACTERS = acm.TAG_VALUE_LENGTH.value[1]
"""Characters of a tag's value; the guide has one less (fact 1.43)."""

MIN_ARN_CHARACTERS, MAX_ARN_CHARACTERS = acm.ARN_LENGTH.value
"""Characters of an ARN (fact 1.37)."""

MAX_CERTIFICATE_BYTES = acm.IMPORT_CERTIFICATE_BYTES.value[1]
"""Bytes of an imported certificate (fact 8.2)."""

MAX_KEY_BYTES = acm.IMPORT_KEY_BYTES.value[1]
"""Bytes of an imported key (fact 8.2)."""

MAX_CHAIN_BYTES = acm.IMPORT_CHAIN_BYTES.value[1]
"""Bytes of an imported chain (fact 8.2)."""


def is_token_character(character: str) -> bool:
    """Say whether an idempotency token may have a character (fact 1.30).

    >>> is_token_character("_"), is_token_character("-")
    (True, False)
    """
    others = acm.IDEMPOTENCY_TOKEN_CHARACTERS.value
    return (character.isascii() and character.isalnum()) or character in others


def is_tag_character(character: str) -> bool:
    """Say whether the key or the value of a tag may have a character (fact 1.43).

    >>> is_tag_character("ü"), is_tag_character("*")
    (True, False)
    """
    categories, others = acm.TAG_CHARACTERS.value
    if character.isascii():
        return character.isalnum() or character == " " or character in others
    from unicodedata import category

    return category(character)[0] in categories


class Quotas(Value):
    """What an account may have in one Region; by default, what every account has today.

    >>> Quotas(names=50)
    Quotas(names=50)
    """

    names: int = acm.NAMES_QUOTA.value
    certificates: int = acm.CERTIFICATES_QUOTA.value
    yearly_requests: int = acm.YEARLY_REQUESTS_QUOTA.value
    imported_certificates: int = acm.IMPORTED_CERTIFICATES_QUOTA.value
    yearly_imports: int = acm.YEARLY_IMPORTS_QUOTA.value

    @classmethod
    def on(cls, as_of: date = CHECKED) -> Quotas:
        """Return the default quotas of a day (facts 2.2, 2.7 to 2.9).

        Raises `ValueError` for a day before ACM was launched.
        """
        return cls(
            acm.NAMES_QUOTA.era(as_of).value,
            acm.CERTIFICATES_QUOTA.era(as_of).value,
            acm.YEARLY_REQUESTS_QUOTA.era(as_of).value,
            acm.IMPORTED_CERTIFICATES_QUOTA.era(as_of).value,
            acm.YEARLY_IMPORTS_QUOTA.era(as_of).value,
        )


def quota_increase_request(
    names: int, *, region: str | None = None, account: str | None = None
) -> str:
    """Word a request to AWS for a higher quota of names per certificate (facts 2.1 to 2.3, 6.1).

    Raises `ValueError` for a number that needs no request, or that no request reaches.
    """
    default = acm.NAMES_QUOTA.value
    if names <= default:
        raise ValueError(f"{names} names need no request: every account has {default}")
    if names > MAX_NAMES:
        raise ValueError(f"{names} names are out of reach: the limit is {MAX_NAMES}")
    where = f"account {account}" if account else "this account"
    where += f" in {region}" if region else ", in the Region of this request"
    return f"""\
Please raise the quota of domain names per ACM certificate from {default} to {names} \
for {where}.

We need certificates that list up to {names} domain names each. The number includes the first \
name, and counts a wildcard as one name.

We understand that the list of names of a certificate cannot be edited. When we add or remove a \
name, we will request a new certificate with the whole list, have every name on it approved \
again, and move our resources to the new certificate.

We also understand that one name that is not approved in time fails the whole request.
"""
