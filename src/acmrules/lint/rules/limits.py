"""ACM3xx: fixed limits and quotas of a request."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.limits import (
    MAX_ARN_CHARACTERS,
    MAX_FIRST_NAME_OCTETS,
    MAX_NAMES,
    MAX_TAG_KEY_CHARACTERS,
    MAX_TAG_VALUE_CHARACTERS,
    MAX_TAGS,
    MAX_TOKEN_CHARACTERS,
    MAX_VALIDATABLE_NAME_OCTETS,
    MIN_ARN_CHARACTERS,
    Quotas,
    is_tag_character,
    is_token_character,
)
from acmrules.lint.rule import (
    ALL_NAMES,
    Decided,
    Edit,
    Fix,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.messages import quoted
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import (
    TextIndex,
    are_equal,
    base,
    head,
    literal,
    starred_base,
    symbols,
    undecided_clause,
    unknown_clause,
)
from acmrules.regions import partition_of
from acmrules.request import Tag, Tool, ValidationMethod
from acmrules.resources import CertificateReference, Consumer
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName, Text

_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority"
_ARN_PARTS = 6
_ACCOUNT_DIGITS = 12
_CERTIFICATE = "an ACM certificate", "acm", "certificate/"
_AUTHORITY = "a private CA", acm.AUTHORITY_ARN_SERVICE.value, "certificate-authority/"
_LONG = "preview-environment-of-the-customer-portal.staging.brightharbor.io"


@rule(
    "ACM301",
    Severity.ERROR,
    facts=(acm.FIRST_NAME_OCTETS, acm.FIRST_NAME_ERROR, acm.WILDCARD_COUNTS_TO_FIRST_NAME),
    reads={"names"},
    examples=(
        passes("brightharbor.io", _LONG),
        fails(_LONG, at=("names", 0)),
    ),
)
def common_name_too_long(request: CertificateRequest, context: Context) -> Yielded:
    """The first name is longer than the common name of a certificate may be.

    ACM takes the first name as common name, which has 64 octets at most, dots and `*.` included;
    the other names may have 253. Put a shorter name first and list this one behind it.
    """
    yield from (Decided(("names", index)) for index in range(1, len(request.names)))
    if not request.names or isinstance(request.names[0], Malformed | UnresolvedNames):
        return
    first = request.names[0]
    least = first.least_octets if isinstance(first, Unresolved) else first.octets
    if least > MAX_FIRST_NAME_OCTETS:
        at_least = "at least " if isinstance(first, Unresolved) else ""
        yield Problem(
            ("names", 0),
            f"first name has {at_least}{least} octets; ACM accepts {MAX_FIRST_NAME_OCTETS}",
            fix=_shorter_first(request, first, context),
        )


def _shorter_first(request: CertificateRequest, first: ListedName, context: Context) -> Fix | None:
    """Return a fix that puts a listed name first, or else the nearest superdomain that is short."""
    for index, name in request.known_names():
        if name.octets <= MAX_FIRST_NAME_OCTETS:
            return Fix(
                f"put `{name}` first and list this name as an alternative",
                (Edit(("names", 0), str(name)), Edit(index, str(first))),
            )
    if isinstance(first, Unresolved):
        return None
    text = str(first)
    while len(text) > MAX_FIRST_NAME_OCTETS:
        text = text.partition(".")[2]
    shorter = DomainName(text) if "." in text else None
    if shorter is None or context.suffixes.is_public_suffix(shorter):
        return None
    return Fix(
        f"request `{shorter}` first and list this name as an alternative",
        (
            Edit(("names", 0), str(shorter)),
            Edit(("names", len(request.names)), str(first), insert=True),
        ),
    )


def _distinct(request: CertificateRequest) -> tuple[int, int | None]:
    """Return how many distinct names there are at the least and, if bounded, at the most."""
    surely = {
        str(name).lower()
        for name in request.names
        if not isinstance(name, UnresolvedNames | Unresolved)
    }
    maybe = {name.lower() for name in request.names if isinstance(name, Unresolved)}
    least = max(len(surely), 1)
    unbounded = any(isinstance(name, UnresolvedNames) for name in request.names)
    return least, None if unbounded else len(surely) + len(maybe)


def too_many(
    request: CertificateRequest,
    bound: int,
    beyond: int | None,
    words: str,
    severity: Severity | None = None,
) -> Yielded:
    """Yield that the distinct names are more than a bound, unless they are beyond another one."""
    yield ALL_NAMES
    least, most = _distinct(request)
    if least > bound:
        if beyond is None or least <= beyond:
            yield Problem(("names",), f"{least} distinct names; {words} {bound}", severity=severity)
    elif most is None or most > bound:
        count = f"at least {least}" if most is None else f"{least} to {most}"
        missing = unknown_clause(*request.names)
        yield Undecided(("names",), f"{missing}; the number of distinct names is {count}")


@rule(
    "ACM302",
    Severity.WARNING,
    facts=(acm.NAMES_QUOTA, acm.NAMES_QUOTA_ERROR, acm.NAMES_QUOTA_HOLDS_FOR_PRIVATE),
    reads={"names"},
    examples=(
        passes(*[f"h{n}.brightharbor.io" for n in range(10)]),
        passes(*[f"h{n}.brightharbor.io" for n in range(10)], "H0.brightharbor.io"),
        fails(*[f"h{n}.brightharbor.io" for n in range(11)], at=("names",)),
        passes(*[f"h{n}.brightharbor.io" for n in range(11)], quotas=Quotas(names=50)),
        fails(
            *[f"h{n}.brightharbor.io" for n in range(51)], quotas=Quotas(names=50), at=("names",)
        ),
    ),
)
def too_many_names(request: CertificateRequest, context: Context) -> Yielded:
    """There are more names than the account's quota allows.

    The quota is 10 names a certificate, the first one included, until AWS raises it on request.
    Terraform and CloudFormation retry for a long time before they say so. An error where the
    quota was stated with `--quota names=…`, and else a warning.
    """
    stated = context.quotas is not None
    quotas = context.quotas or Quotas.on(context.as_of)
    words = "the quota of the account is" if stated else "the default quota is"
    severity = Severity.ERROR if stated else None
    yield from too_many(request, quotas.names, MAX_NAMES, words, severity)


@rule(
    "ACM303",
    Severity.ERROR,
    facts=(acm.NAMES_LIMIT, acm.OTHER_NAMES_COUNT),
    reads={"names"},
    examples=(
        passes(*[f"h{n}.brightharbor.io" for n in range(100)]),
        fails(*[f"h{n}.brightharbor.io" for n in range(101)], at=("names",)),
    ),
)
def over_hard_limit(request: CertificateRequest, context: Context) -> Yielded:
    """There are more names than any account may have in one certificate.

    Split the names over several certificates, or let a wildcard stand for its siblings.
    """
    del context
    yield from too_many(request, MAX_NAMES, None, "ACM accepts")


@rule(
    "ACM304",
    Severity.WARNING,
    facts=(acm.FIRST_NAME_MAY_REPEAT, acm.NAMES_QUOTA),
    reads={"names"},
    examples=(
        passes("brightharbor.io", "www.brightharbor.io"),
        fails("brightharbor.io", "www.brightharbor.io", "WWW.brightharbor.io", at=("names", 2)),
        fails("brightharbor.io", "brightharbor.io", at=("names", 1)),
        passes("brightharbor.io", "brightharbor.io", tool=Tool.TERRAFORM),
    ),
)
def duplicate_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is listed twice.

    Names are compared without their case. The first name repeated among the others is tolerated
    (Terraform adds it by itself), other repetitions may be refused.
    """
    names = request.names
    if len(set(names)) == len(names) and all(isinstance(name, Name) for name in names):
        return
    texts = [symbols(name) for name in names]
    every, earlier = TextIndex(texts), TextIndex()
    for index, (name, text) in enumerate(zip(names, texts, strict=True)):
        path, place = ("names", index), earlier.place(text)
        earlier.add(text)
        if text == ():
            continue
        if text and isinstance(name, Unresolved) and every.is_alone(text):
            yield Decided(path)
        if place is None:
            continue
        if place and context.tool is Tool.TERRAFORM and are_equal(text, texts[0]) is None:
            yield Undecided(path, undecided_clause("it is the first name", names[0]))
        elif place or context.tool is not Tool.TERRAFORM:
            yield Problem(
                path,
                f"{quoted(name)} is listed already{'' if place else ', as the first name'}",
                severity=None if place else Severity.NOTE,
                fix=Fix("take the repetition out", (Edit(path, None),), safe=True),
            )


@rule(
    "ACM305",
    Severity.WARNING,
    facts=(acm.RECORD_NAME_OCTETS, acm.MAX_NAME_OCTETS),
    reads={"names", "validation_method"},
    needs={"validation_method"},
    public_only=True,
    examples=(
        passes("brightharbor.io", f"{'a.' * 101}brightharbor.io", validation_method="DNS"),
        fails(
            "brightharbor.io",
            f"{'a.' * 103}brightharbor.io",
            validation_method="DNS",
            at=("names", 1),
        ),
    ),
)
def validation_record_too_long(request: CertificateRequest, context: Context) -> Yielded:
    """A name is so long that its validation record cannot have a legal name.

    DNS validation puts `_`, 32 characters and a dot in front, and the whole may have 253 octets.
    """
    del context
    if request.validation_method is not ValidationMethod.DNS:
        yield ALL_NAMES
        return
    for index, name in enumerate(request.names):
        if isinstance(name, Unresolved):
            least = _least_base_octets(name)
        elif isinstance(name, DomainName | WildcardDomainName):
            least = len(base(symbols(name) or ()))
        else:
            continue
        if least > MAX_VALIDATABLE_NAME_OCTETS:
            yield Problem(
                ("names", index),
                f"name has {least} octets; with its validation record before it at most"
                f" {MAX_VALIDATABLE_NAME_OCTETS} are possible",
            )


def _least_base_octets(name: Unresolved) -> int:
    """Return how many octets a name has at the least, without the `*.` it may begin with."""
    text = symbols(name) or ()
    return sum(isinstance(sign, str) for sign in starred_base(text) or base(text))


@rule(
    "ACM306",
    Severity.ERROR,
    facts=(
        acm.TAGS_COUNT,
        acm.TAG_KEY_LENGTH,
        acm.TAG_VALUE_LENGTH,
        acm.TAG_CHARACTERS,
        acm.TAG_ASTERISK_ERROR,
        acm.RESERVED_TAG_PREFIX,
        acm.GUIDE_TAG_KEY_LENGTH,
        acm.GUIDE_TAG_VALUE_LENGTH,
    ),
    reads={"tags"},
    needs={"tags"},
    examples=(
        passes("brightharbor.io", tags=(Tag("Name", "brightharbor.io"),)),
        fails(
            "*.brightharbor.io", tags=(Tag("Name", "*.brightharbor.io"),), at=("tags", 0, "value")
        ),
        fails("brightharbor.io", tags=(Tag("aws:owner", "web"),), at=("tags", 0, "key")),
    ),
)
def invalid_tag(request: CertificateRequest, context: Context) -> Yielded:
    """A tag has characters, a length or a key that ACM refuses.

    Letters, digits, blanks and `_.:/=+-@` are accepted, so a wildcard's own name makes no tag.
    """
    del context
    known = [tag for tag in request.tags if isinstance(tag, Tag)]
    least = sum(_is_reserved(tag) is False for tag in known)
    if least > MAX_TAGS:
        yield Problem(("tags",), f"{least} tags; ACM accepts {MAX_TAGS}")
    for index, tag in enumerate(request.tags):
        if isinstance(tag, Unresolved):
            continue
        if _is_reserved(tag):
            prefix = acm.RESERVED_TAG_PREFIX.value
            yield Problem(
                ("tags", index, "key"),
                f"{quoted(tag.key)} begins with `{prefix}`, which is reserved",
            )
        if tag.key == "":
            yield Problem(("tags", index, "key"), "key is empty")
        key, value = ("tags", index, "key"), ("tags", index, "value")
        yield from _tag_text(tag.key, key, MAX_TAG_KEY_CHARACTERS, acm.GUIDE_TAG_KEY_LENGTH.value)
        yield from _tag_text(
            tag.value, value, MAX_TAG_VALUE_CHARACTERS, acm.GUIDE_TAG_VALUE_LENGTH.value
        )


def _is_reserved(tag: Tag) -> bool | None:
    """Say whether the key of a tag is one of those that AWS keeps for itself."""
    prefix, begin = acm.RESERVED_TAG_PREFIX.value, head(tag.key).lower()
    if begin.startswith(prefix):
        return True
    return None if isinstance(tag.key, Unresolved) and prefix.startswith(begin) else False


def _tag_text(text: Text, path: Path, most: int, guide: int) -> Yielded:
    known = literal(text)
    foreign = next((c for c in known if not is_tag_character(c)), None)
    what = path[-1]
    if foreign is not None:
        fixed = known.replace("*", "_") if isinstance(text, str) else ""
        certain = foreign == "*" and all(map(is_tag_character, fixed))
        edits = (Edit(path, fixed),)
        place = known.index(foreign)
        yield Problem(
            path,
            f"{what} has the character {quoted(foreign)}, which no tag may have",
            span=(place, place + 1) if isinstance(text, str) else None,
            fix=Fix(f"write `{fixed}`", edits, safe=True) if certain and fixed else None,
        )
    elif len(known) > most:
        yield Problem(path, f"{what} has {len(known)} characters; ACM accepts {most}")
    elif len(known) > guide:
        yield Problem(
            path,
            f"{what} has {len(known)} characters; sources differ on {guide} or {most}",
            severity=Severity.NOTE,
        )


@rule(
    "ACM307",
    Severity.ERROR,
    facts=(acm.IDEMPOTENCY_TOKEN_LENGTH, acm.IDEMPOTENCY_TOKEN_CHARACTERS),
    reads={"idempotency_token"},
    examples=(
        passes("brightharbor.io", idempotency_token="release_42"),  # noqa: S106  (no secret)
        fails(
            "brightharbor.io",
            idempotency_token="release-42",  # noqa: S106  (no secret)
            at=("idempotency_token",),
        ),
    ),
)
def invalid_idempotency_token(request: CertificateRequest, context: Context) -> Yielded:
    """The idempotency token has characters or a length that ACM refuses.

    It has 1 to 32 letters, digits and underscores.
    """
    del context
    token = request.idempotency_token
    if token is None:
        return
    path = ("idempotency_token",)
    known = literal(token)
    foreign = next((c for c in known if not is_token_character(c)), None)
    if token == "":
        yield Problem(path, "idempotency token is empty")
    elif foreign is not None:
        yield Problem(
            path, f"idempotency token has the character {quoted(foreign)}, which it may not"
        )
    elif len(known) > MAX_TOKEN_CHARACTERS:
        yield Problem(
            path,
            f"idempotency token has {len(known)} characters; ACM accepts {MAX_TOKEN_CHARACTERS}",
        )


@rule(
    "ACM308",
    Severity.ERROR,
    facts=(acm.ARN_LENGTH, acm.AUTHORITY_ARN_SERVICE),
    reads={"certificate_authority_arn", "certificate"},
    on="everything",
    examples=(
        passes("brightharbor.io", certificate_authority_arn=f"{_CA}/2f1c"),
        fails(
            "brightharbor.io",
            certificate_authority_arn="arn:aws:acm:eu-west-1:111122223333:certificate/2f1c",
            at=("certificate_authority_arn",),
        ),
        fails(
            consumers=(Consumer("alb", "Listener", "arn:aws:acm:eu-west-1:1111:certificate/2f1c"),),
            at=("consumers", 0, "certificate"),
        ),
    ),
)
def invalid_arn(request: CertificateRequest | None, context: Context) -> Yielded:
    """An ARN of a certificate or a private CA is not one.

    They read `arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID` and
    `arn:PARTITION:acm-pca:REGION:ACCOUNT:certificate-authority/ID`.
    """
    if request is not None:
        authority = ("certificate_authority_arn",)
        yield from _arn(request.certificate_authority_arn, authority, _AUTHORITY)
    for index, consumer in enumerate(context.consumers):
        if not isinstance(consumer.certificate, CertificateReference):
            yield from _arn(consumer.certificate, ("consumers", index, "certificate"), _CERTIFICATE)


def _arn(arn: Text | None, path: Path, kind: tuple[str, str, str]) -> Yielded:
    what, service, resource = kind
    if arn is not None and (fault := _arn_fault(arn, service, resource)):
        yield Problem(path, f"{quoted(arn)} is no ARN of {what}: {fault}")


def is_certificate_arn(arn: Text) -> bool:
    """Say whether a text may be the ARN of a certificate, for all that is known of it."""
    _, service, resource = _CERTIFICATE
    return not _arn_fault(arn, service, resource)


def _arn_fault(arn: Text, service: str, resource: str) -> str:
    """Return what is wrong with an ARN of a service's resource, whatever is unknown in it."""
    least, is_whole = len(literal(arn)), isinstance(arn, str)
    if least > MAX_ARN_CHARACTERS or (is_whole and least < MIN_ARN_CHARACTERS):
        bounds = f"{MIN_ARN_CHARACTERS} to {MAX_ARN_CHARACTERS}"
        return f"it has {least} characters; {bounds} are accepted"
    # What stands behind something unknown may be any part; the last one before it goes on there.
    known = head(arn).split(":", _ARN_PARTS - 1)
    parts = [(part, not is_whole and place == len(known)) for place, part in enumerate(known, 1)]
    if (is_whole and len(parts) < _ARN_PARTS) or not _may_be(parts[0], "arn"):
        return "it does not have the six parts of an ARN"
    _, partition, found, region, account, rest = parts + [("", True)] * (_ARN_PARTS - len(parts))
    if not _may_be(found, service):
        return f"its service is {quoted(found[0])}, not `{service}`"
    belongs = None if region[1] else partition_of(region[0])
    if belongs is not None and partition[0] != belongs:
        return f"`{region[0]}` is in partition `{belongs}`, not {quoted(partition[0])}"
    if region == ("", False):
        return "it has no Region"
    if not _may_be_account(*account):
        return f"{quoted(account[0])} is no account number of 12 digits"
    text, goes_on = rest
    begins = text.startswith(resource) and (goes_on or text != resource)
    if not begins and not (goes_on and resource.startswith(text)):
        return f"its resource does not begin with `{resource}`"
    return ""


def _may_be(part: tuple[str, bool], wanted: str) -> bool:
    text, goes_on = part
    return wanted.startswith(text) if goes_on else text == wanted


def _may_be_account(text: str, goes_on: bool) -> bool:
    digits = text.ljust(_ACCOUNT_DIGITS, "0") if goes_on else text
    return len(digits) == _ACCOUNT_DIGITS and digits.isascii() and digits.isdigit()


RULES = (
    common_name_too_long,
    too_many_names,
    over_hard_limit,
    duplicate_name,
    validation_record_too_long,
    invalid_tag,
    invalid_idempotency_token,
    invalid_arn,
)
