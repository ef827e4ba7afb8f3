"""Fixed limits of ACM, and quotas that AWS can increase for an account."""

from __future__ import annotations

from datetime import date

from acmrules.errors import InvalidArgument
from acmrules.facts import acm
from acmrules.facts.fact import CHECKED
from acmrules.regions import check_region
from acmrules.values import Value

MAX_NAME_OCTETS = acm.MAX_NAME_OCTETS.value
"""Maximum length of a name in bytes, including dots (fact 1.6b)."""

MAX_LABEL_OCTETS = acm.MAX_LABEL_OCTETS.value
"""Maximum length of a label in bytes (fact 1.6a)."""

MAX_FIRST_NAME_OCTETS = acm.FIRST_NAME_OCTETS.value
"""Maximum length of the primary name in bytes, including dots and `*.` (facts 1.3, 1.5)."""

MAX_VALIDATABLE_NAME_OCTETS = MAX_NAME_OCTETS - acm.RECORD_NAME_OCTETS.value
"""Maximum length in bytes of a name with a valid record name, without `*.` (fact 4.12)."""

MAX_NAMES = acm.NAMES_LIMIT.value
"""Maximum quota of names per certificate (fact 2.3)."""

MAX_VALIDATION_OPTIONS = acm.VALIDATION_OPTIONS_COUNT.value[1]
"""Maximum number of entries in `DomainValidationOptions` (fact 1.31)."""

MIN_TOKEN_CHARACTERS, MAX_TOKEN_CHARACTERS = acm.IDEMPOTENCY_TOKEN_LENGTH.value
"""Length of an idempotency token in characters (fact 1.30)."""

MAX_TAGS = acm.TAGS_COUNT.value[1]
"""Maximum number of tags per certificate, without those of AWS (fact 1.43)."""

MIN_TAG_KEY_CHARACTERS, MAX_TAG_KEY_CHARACTERS = acm.TAG_KEY_LENGTH.value
"""Length of a tag key in characters; the guide allows one less (fact 1.43)."""

MAX_TAG_VALUE_CHARACTERS = acm.TAG_VALUE_LENGTH.value[1]
"""Maximum length of a tag value in characters; the guide allows one less (fact 1.43)."""

MIN_ARN_CHARACTERS, MAX_ARN_CHARACTERS = acm.ARN_LENGTH.value
"""Length of an ARN in characters (fact 1.37)."""

MAX_CERTIFICATE_BYTES = acm.IMPORT_CERTIFICATE_BYTES.value[1]
"""Maximum size of an imported certificate in bytes (fact 8.2)."""

MAX_KEY_BYTES = acm.IMPORT_KEY_BYTES.value[1]
"""Maximum size of an imported key in bytes; the guide allows only 5,120 (fact 8.2)."""

MAX_CHAIN_BYTES = acm.IMPORT_CHAIN_BYTES.value[1]
"""Maximum size of an imported chain in bytes (fact 8.2)."""


def is_token_character(character: str) -> bool:
    """Return whether an idempotency token may contain a character (fact 1.30).

    >>> is_token_character("_"), is_token_character("-")
    (True, False)
    """
    others = acm.IDEMPOTENCY_TOKEN_CHARACTERS.value
    return (character.isascii() and character.isalnum()) or character in others


def is_tag_character(character: str) -> bool:
    """Return whether the key or value of a tag may contain a character (fact 1.43).

    >>> is_tag_character("ü"), is_tag_character("*")
    (True, False)
    """
    categories, others = acm.TAG_CHARACTERS.value
    if character.isascii():
        return character.isalnum() or character == " " or character in others
    from unicodedata import category

    return category(character)[0] in categories


def check_count(number: object, parameter: str, least: int) -> None:
    """Raise `InvalidArgument` if a number is less than `least`, `TypeError` if it is not one."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(f"`{parameter}` must be a whole number, not `{type(number).__name__}`")
    if number < least:
        raise InvalidArgument(f"`{parameter}` must be at least {least}, not {number}")


class Quotas(Value):
    """The quotas of an account in one Region; the defaults are those of a new account today.

    `names` are those of one certificate, including the primary name. `certificates` and
    `imported_certificates` are the certificates that exist. `yearly_requests` and `yearly_imports`
    are counted in 365 days. Sources: facts 2.1, 2.2, and 2.7 to 2.9.

    >>> Quotas(names=50)
    Quotas(names=50)
    """

    names: int = acm.NAMES_QUOTA.value
    certificates: int = acm.CERTIFICATES_QUOTA.value
    yearly_requests: int = acm.YEARLY_REQUESTS_QUOTA.value
    imported_certificates: int = acm.IMPORTED_CERTIFICATES_QUOTA.value
    yearly_imports: int = acm.YEARLY_IMPORTS_QUOTA.value

    def __init__(
        self,
        names: int = acm.NAMES_QUOTA.value,
        certificates: int = acm.CERTIFICATES_QUOTA.value,
        yearly_requests: int = acm.YEARLY_REQUESTS_QUOTA.value,
        imported_certificates: int = acm.IMPORTED_CERTIFICATES_QUOTA.value,
        yearly_imports: int = acm.YEARLY_IMPORTS_QUOTA.value,
    ) -> None:
        """Raise `InvalidArgument` for a negative quota."""
        stated = (names, certificates, yearly_requests, imported_certificates, yearly_imports)
        for field, quota in zip(Quotas._fields, stated, strict=True):
            check_count(quota, field, 0)
        super().__init__(*stated)

    @classmethod
    def on(cls, *, as_of: date = CHECKED) -> Quotas:
        """Return the default quotas on a date (facts 2.2, 2.7 to 2.9).

        Raises `InvalidArgument` if the date is before the launch of ACM.
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
    """Return the text of a request to AWS for a higher name quota (facts 2.1 to 2.3, 6.1).

    `names` is the number of names per certificate. Raises `InvalidArgument` if the default quota is
    enough, if `names` exceeds the maximum, or if `region` cannot be the name of a Region.
    """
    check_count(names, "names", 1)
    if region is not None:
        check_region(region)
    default = acm.NAMES_QUOTA.value
    if names <= default:
        raise InvalidArgument(f"{names} names need no request: the default quota is {default}")
    if names > MAX_NAMES:
        raise InvalidArgument(f"{names} names exceed the maximum quota of {MAX_NAMES}")
    where = f"account {account}" if account else "this account"
    where += f" in {region}" if region else ", in the Region of this request"
    return f"""\
Please increase the quota for domain names per ACM certificate from {default} to {names} \
for {where}.

We need certificates with up to {names} domain names each. This number includes the primary name; \
a wildcard counts as one name.

We understand that the names of a certificate cannot be edited. To add or remove a name, we will \
request a new certificate with all names and validate every name again. Then we will move our \
resources to the new certificate.

We also understand that the whole request fails if one name is not validated in time.
"""
