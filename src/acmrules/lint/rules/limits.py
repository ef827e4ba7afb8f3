"""ACM3xx: values of a request that exceed a limit or a quota, or that ACM rejects."""

from __future__ import annotations

from acmrules.facts import acm, tools
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
from acmrules.lint.rules.wording import member
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
from acmrules.request import WITH_TERRAFORM_PROVIDER, Tag, Tool, ValidationMethod
from acmrules.resources import ACME_ENDPOINT, CertificateReference, Consumer
from acmrules.unresolved import ListedName, Malformed, Text, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path

_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority"
_ARN_PARTS = 6
_ACCOUNT_DIGITS = 12
_CERTIFICATE = "certificate", "acm", "certificate/"
_AUTHORITY = "private CA", acm.AUTHORITY_ARN_SERVICE.value, "certificate-authority/"
_LONG = "preview-environment-of-the-customer-portal.staging.brightharbor.io"


@rule(
    "ACM301",
    Severity.ERROR,
    facts=(acm.FIRST_NAME_OCTETS, acm.FIRST_NAME_ERROR, acm.WILDCARD_COUNTS_TO_FIRST_NAME),
    reads={"names"},
    help=(
        f"choose a primary name of at most {MAX_FIRST_NAME_OCTETS} characters, and move {{name}}"
        " to the alternative names"
    ),
    examples=lambda: (
        passes("brightharbor.io", _LONG),
        fails(_LONG, at=("names", 0)),
    ),
)
def common_name_too_long(request: CertificateRequest, context: Context) -> Yielded:
    """The primary name is longer than the common name of a certificate may be.

    ACM puts the primary name into the common name, which has at most 64 characters, including dots
    and `*.`. The alternative names may have 253.
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
            f"the primary name is {at_least}{least} characters long;"
            f" the limit is {MAX_FIRST_NAME_OCTETS}",
            fix=_shorter_first(request, first, context),
        )


def _shorter_first(request: CertificateRequest, first: ListedName, context: Context) -> Fix | None:
    """Return a fix that makes a short name the primary name: a listed one, or a superdomain."""
    for index, name in request.known_names():
        if name.octets <= MAX_FIRST_NAME_OCTETS:
            return Fix(
                _made_primary(name),
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
        _made_primary(shorter),
        (
            Edit(("names", 0), str(shorter)),
            Edit(("names", len(request.names)), str(first), insert=True),
        ),
    )


def _made_primary(name: Name) -> str:
    return f"make `{name}` the primary name, and move this one to the alternative names"


def _distinct(request: CertificateRequest) -> tuple[int, int | None]:
    """Return the minimum and the maximum number of distinct names; `None` if it is unbounded."""
    certain = {
        str(name).lower()
        for name in request.names
        if not isinstance(name, UnresolvedNames | Unresolved)
    }
    uncertain = {name.lower() for name in request.names if isinstance(name, Unresolved)}
    is_unbounded = any(isinstance(name, UnresolvedNames) for name in request.names)
    return max(len(certain), 1), None if is_unbounded else len(certain) + len(uncertain)


def too_many(
    request: CertificateRequest,
    bound: int,
    allowance: str,
    severity: Severity | None = None,
    *,
    help: str = "",  # noqa: A002  (the field's noun)
) -> Yielded:
    """Yield a problem if there are more distinct names than a bound; `allowance` names it."""
    yield ALL_NAMES
    least, most = _distinct(request)
    if least > bound:
        message = f"{least} names, but {allowance}"
        yield Problem(("names",), message, severity=severity, help=help)
    elif most is None or most > bound:
        count = f"at least {least}" if most is None else f"{least} to {most}"
        missing = unknown_clause(*request.names)
        yield Undecided(("names",), f"{missing}; the number of distinct names is {count}")


@rule(
    "ACM302",
    Severity.WARNING,
    facts=(acm.NAMES_QUOTA, acm.NAMES_QUOTA_ERROR, acm.NAMES_QUOTA_HOLDS_FOR_PRIVATE),
    reads={"names"},
    help=(
        "split the names over several certificates, request a higher quota, or pass your quota"
        " with `--quota names=NUMBER`"
    ),
    yields_to={"ACM303"},
    examples=lambda: (
        passes(*[f"h{n}.brightharbor.io" for n in range(10)]),
        passes("H0.brightharbor.io", *[f"h{n}.brightharbor.io" for n in range(10)]),
        fails(*[f"h{n}.brightharbor.io" for n in range(11)], at=("names",)),
        passes(*[f"h{n}.brightharbor.io" for n in range(11)], quotas=Quotas(names=50)),
        fails(
            *[f"h{n}.brightharbor.io" for n in range(51)], quotas=Quotas(names=50), at=("names",)
        ),
    ),
)
def too_many_names(request: CertificateRequest, context: Context) -> Yielded:
    """There are more names than the account's quota allows.

    A new account allows 10 names per certificate, including the primary name. AWS can increase
    the quota on request. Terraform and CloudFormation retry for a long time before they report the
    problem. The finding is an error if you state the quota (`--quota names=NUMBER`), and otherwise
    a warning.
    """
    if context.quotas is None:
        quota = Quotas.on(as_of=context.as_of).names
        yield from too_many(request, quota, f"a new account allows {quota} per certificate")
    else:
        quota = context.quotas.names
        yield from too_many(
            request,
            quota,
            f"your account allows {quota} per certificate",
            Severity.ERROR,
            help="split the names over several certificates, or request a higher quota",
        )


@rule(
    "ACM303",
    Severity.ERROR,
    facts=(acm.NAMES_LIMIT, acm.OTHER_NAMES_COUNT),
    reads={"names"},
    help="split the names over several certificates, or replace several names with a wildcard",
    examples=lambda: (
        passes(*[f"h{n}.brightharbor.io" for n in range(100)]),
        fails(*[f"h{n}.brightharbor.io" for n in range(101)], at=("names",)),
    ),
)
def over_hard_limit(request: CertificateRequest, context: Context) -> Yielded:
    """There are more names than ACM allows in any certificate.

    AWS cannot increase the quota beyond this limit. One wildcard covers all names directly under
    the same parent domain.
    """
    del context
    yield from too_many(request, MAX_NAMES, f"ACM allows {MAX_NAMES} per certificate")


@rule(
    "ACM304",
    Severity.WARNING,
    facts=(acm.FIRST_NAME_MAY_REPEAT, acm.NAMES_QUOTA),
    reads={"names"},
    help="remove the duplicate",
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io"),
        fails("brightharbor.io", "www.brightharbor.io", "WWW.brightharbor.io", at=("names", 2)),
        fails("brightharbor.io", "brightharbor.io", at=("names", 1)),
        passes("brightharbor.io", "brightharbor.io", tool=Tool.TERRAFORM),
    ),
)
def duplicate_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is listed twice.

    Names are compared without regard to case. ACM accepts the primary name among the alternative
    names (Terraform adds it automatically). It may reject other duplicates.
    """
    names = request.names
    if len(set(names)) == len(names) and all(isinstance(name, Name) for name in names):
        return
    texts = [symbols(name) for name in names]
    adds_first = context.tool in WITH_TERRAFORM_PROVIDER
    every, earlier = TextIndex(texts), TextIndex()
    for index, (name, text) in enumerate(zip(names, texts, strict=True)):
        path, first = ("names", index), earlier.place(text)
        earlier.add(text)
        if text == ():
            continue
        if text and isinstance(name, Unresolved) and every.is_alone(text):
            yield Decided(path)
        if first is None:
            continue
        if first and adds_first and are_equal(text, texts[0]) is None:
            yield Undecided(path, undecided_clause("it is the primary name", names[0]))
        elif first or not adds_first:
            yield Problem(
                path,
                f"{quoted(name)} is listed twice"
                if first
                else f"{quoted(name)} is a duplicate of the primary name",
                severity=None if first else Severity.NOTE,
                fix=Fix("remove the duplicate", (Edit(path, None),), safe=True),
            )


@rule(
    "ACM305",
    Severity.WARNING,
    facts=(acm.RECORD_NAME_OCTETS, acm.MAX_NAME_OCTETS),
    reads={"names", "validation_method"},
    needs={"validation_method"},
    public_only=True,
    help=f"shorten the name to at most {MAX_VALIDATABLE_NAME_OCTETS} characters",
    examples=lambda: (
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
    """A name is so long that its validation record cannot have a valid name.

    The name of the record is `_`, 32 characters, a dot, and the name without a leading `*.`. A
    name in DNS has at most 253 characters.
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
            at_least = "at least " if isinstance(name, Unresolved) else ""
            yield Problem(
                ("names", index),
                f"the name is {at_least}{least} characters long; the validation CNAME adds a label,"
                f" which leaves room for {MAX_VALIDATABLE_NAME_OCTETS}",
            )


def _least_base_octets(name: Unresolved) -> int:
    """Return the minimum length of a name in bytes, without the `*.` that it may start with."""
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
        tools.CLOUDFORMATION_TAG_MEMBERS,
    ),
    reads={"tags"},
    needs={"tags"},
    help="use keys and values of letters, digits, spaces and `_.:/=+-@` within the limits",
    examples=lambda: (
        passes("brightharbor.io", tags=(Tag("Name", "brightharbor.io"),)),
        fails(
            "*.brightharbor.io", tags=(Tag("Name", "*.brightharbor.io"),), at=("tags", 0, "value")
        ),
        fails("brightharbor.io", tags=(Tag("aws:owner", "web"),), at=("tags", 0, "key")),
    ),
)
def invalid_tag(request: CertificateRequest, context: Context) -> Yielded:
    """A tag has characters, a length or a key that ACM rejects.

    Keys and values may contain letters, digits, spaces and `_.:/=+-@`. The name of a wildcard
    contains `*`, so it cannot be the value of a tag. In CloudFormation, a tag needs a value, which
    may be the empty string.
    """
    is_value_required = context.tool is Tool.CLOUDFORMATION
    known = [tag for tag in request.tags if isinstance(tag, Tag)]
    least = sum(_is_reserved(tag) is False for tag in known)
    if least > MAX_TAGS:
        excess = least - MAX_TAGS
        yield Problem(
            ("tags",),
            f"{least} tags, but ACM allows {MAX_TAGS}",
            help=f"remove {excess} tag{'' if excess == 1 else 's'}",
        )
    for index, tag in enumerate(request.tags):
        if isinstance(tag, Unresolved):
            continue
        if _is_reserved(tag):
            prefix = acm.RESERVED_TAG_PREFIX.value
            yield Problem(
                ("tags", index, "key"),
                f"{quoted(tag.key)} starts with `{prefix}`, which AWS reserves",
                help=f"choose a key that does not start with `{prefix}`",
            )
        if tag.key == "":
            yield Problem(("tags", index, "key"), "the tag key is empty", help="set a key")
        if tag.value is None and is_value_required:
            message = "the tag has no `Value`, which CloudFormation requires"
            yield Problem(("tags", index), message, help="set `Value`, which may be empty")
        key, value = ("tags", index, "key"), ("tags", index, "value")
        yield from _tag_text(tag.key, key, MAX_TAG_KEY_CHARACTERS, acm.GUIDE_TAG_KEY_LENGTH.value)
        yield from _tag_text(
            tag.value, value, MAX_TAG_VALUE_CHARACTERS, acm.GUIDE_TAG_VALUE_LENGTH.value
        )


def _is_reserved(tag: Tag) -> bool | None:
    """Return whether AWS reserves the key of a tag, or `None` if that is undecided."""
    prefix, start = acm.RESERVED_TAG_PREFIX.value, head(tag.key).lower()
    if start.startswith(prefix):
        return True
    return None if isinstance(tag.key, Unresolved) and prefix.startswith(start) else False


def _tag_text(text: Text | None, path: Path, limit: int, guide_limit: int) -> Yielded:
    """Yield a problem if a key or a value has a wrong character or is too long.

    The limit of the guide is one less than that of the API.
    """
    if text is None:
        return
    known = literal(text)
    wrong = next((c for c in known if not is_tag_character(c)), None)
    what = f"tag {path[-1]}"
    length = f"the {what} is {len(known)} characters long"
    if wrong is not None:
        fixed = known.replace("*", "_") if isinstance(text, str) else ""
        is_fixable = bool(fixed) and wrong == "*" and all(map(is_tag_character, fixed))
        start = known.index(wrong)
        yield Problem(
            path,
            f"{quoted(wrong)} is not allowed in a {what}",
            span=(start, start + 1) if isinstance(text, str) else None,
            fix=Fix(f"change it to `{fixed}`", (Edit(path, fixed),), safe=True)
            if is_fixable
            else None,
            help="" if is_fixable else "use letters, digits, spaces and `_.:/=+-@`",
        )
    elif len(known) > limit:
        yield Problem(path, f"{length}; the limit is {limit}", help=f"shorten the {path[-1]}")
    elif len(known) > guide_limit:
        yield Problem(
            path,
            f"{length}; AWS's pages disagree on whether the limit is {guide_limit} or {limit}",
            severity=Severity.NOTE,
            help=f"shorten the {path[-1]} to {guide_limit} characters",
        )


@rule(
    "ACM307",
    Severity.ERROR,
    facts=(acm.IDEMPOTENCY_TOKEN_LENGTH, acm.IDEMPOTENCY_TOKEN_CHARACTERS),
    reads={"idempotency_token"},
    help=f"use 1 to {MAX_TOKEN_CHARACTERS} letters, digits and underscores",
    examples=lambda: (
        passes("brightharbor.io", idempotency_token="release_42"),  # noqa: S106  (no secret)
        fails(
            "brightharbor.io",
            idempotency_token="release-42",  # noqa: S106  (no secret)
            at=("idempotency_token",),
        ),
    ),
)
def invalid_idempotency_token(request: CertificateRequest, context: Context) -> Yielded:
    """The idempotency token has characters or a length that ACM rejects.

    A token has 1 to 32 letters, digits and underscores.
    """
    del context
    token = request.idempotency_token
    if token is None:
        return
    path = ("idempotency_token",)
    known = literal(token)
    wrong = next((c for c in known if not is_token_character(c)), None)
    if token == "":
        yield Problem(path, "the idempotency token is empty")
    elif wrong is not None:
        yield Problem(
            path,
            f"{quoted(wrong)} is not allowed in an idempotency token"
            " (letters, digits and `_` only)",
        )
    elif len(known) > MAX_TOKEN_CHARACTERS:
        yield Problem(
            path,
            f"the idempotency token is {len(known)} characters long;"
            f" the limit is {MAX_TOKEN_CHARACTERS}",
        )


@rule(
    "ACM308",
    Severity.ERROR,
    facts=(acm.ARN_LENGTH, acm.AUTHORITY_ARN_SERVICE),
    reads={"certificate_authority_arn", "certificate"},
    on="everything",
    help="reference the resource, or copy its ARN from the AWS console",
    examples=lambda: (
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
    """The ARN of a certificate or a private CA is invalid.

    These ARNs have the form `arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID` and
    `arn:PARTITION:acm-pca:REGION:ACCOUNT:certificate-authority/ID`. The ARN of an ACME endpoint is
    not a certificate's.
    """
    if request is not None:
        arn = request.certificate_authority_arn
        yield from _authority_problems(arn, context.tool)
        if any(arn in authority.arns for authority in context.authorities):
            yield Decided(("certificate_authority_arn",))
    for index, consumer in enumerate(context.consumers):
        path = ("consumers", index, "certificate")
        if ACME_ENDPOINT in consumer.traits or _is_of_endpoint(consumer.certificate):
            yield Problem(
                path,
                "not a certificate ARN: it is the ARN of an ACME endpoint",
                help="use the ARN of a certificate; one from ACME works only where its client runs",
            )
        elif not isinstance(consumer.certificate, CertificateReference):
            yield from _arn_problems(consumer.certificate, path, _CERTIFICATE)


def _is_of_endpoint(certificate: Text | CertificateReference | None) -> bool:
    """Return whether a literal ARN is that of an ACME endpoint."""
    if certificate is None or isinstance(certificate, CertificateReference):
        return False
    return f":{ACME_ENDPOINT}/" in literal(certificate)


def _authority_problems(arn: Text | None, tool: Tool) -> Yielded:
    path = ("certificate_authority_arn",)
    if arn == "":
        message = f"{member(path[0], tool)} is empty"
        yield Problem(path, message, help="leave it out for a public certificate")
    else:
        yield from _arn_problems(arn, path, _AUTHORITY)


def _arn_problems(arn: Text | None, path: Path, kind: tuple[str, str, str]) -> Yielded:
    what, service, resource = kind
    if isinstance(arn, Unresolved) and "aws_" in str(arn):
        from acmrules.readers.well_formed import owner_of_arn

        owner = owner_of_arn(arn)
        if owner == what:
            yield Decided(path)
        elif owner:
            yield Problem(path, f"not a {what} ARN: {quoted(arn)} is the ARN of a {owner}")
        if owner:
            return
    if arn is not None and (fault := _arn_fault(arn, service, resource)):
        yield Problem(path, f"not a {what} ARN: {fault}")


def is_certificate_arn(arn: Text) -> bool:
    """Return whether a string may be the ARN of a certificate, whatever is unknown in it."""
    _, service, resource = _CERTIFICATE
    return not _arn_fault(arn, service, resource)


def _arn_fault(arn: Text, service: str, resource: str) -> str:
    """Return why a string is not an ARN of the resource, whatever is unknown in it."""
    length, is_whole = len(literal(arn)), isinstance(arn, str)
    if length > MAX_ARN_CHARACTERS or (is_whole and length < MIN_ARN_CHARACTERS):
        bounds = f"{MIN_ARN_CHARACTERS} to {MAX_ARN_CHARACTERS}"
        return f"it is {length} characters long, but an ARN has {bounds}"
    # An unknown value may contain any number of parts, and it may continue the part before it.
    known = head(arn).split(":", _ARN_PARTS - 1)
    parts = [(part, not is_whole and place == len(known)) for place, part in enumerate(known, 1)]
    if (is_whole and len(parts) < _ARN_PARTS) or not _may_be(parts[0], "arn"):
        return "it does not have the six parts of an ARN"
    _, partition, found, region, account, rest = parts + [("", True)] * (_ARN_PARTS - len(parts))
    if not _may_be(found, service):
        return f"the service is {quoted(found[0])}, not `{service}`"
    expected = None if region[1] else partition_of(region[0])
    if expected is not None and partition[0] != expected:
        return f"`{region[0]}` is in the partition `{expected}`, not in {quoted(partition[0])}"
    if region == ("", False):
        return "the Region is missing"
    if not _may_be_account(*account):
        return f"the account {quoted(account[0])} does not have {_ACCOUNT_DIGITS} digits"
    text, is_open = rest
    is_resource = text.startswith(resource) and (is_open or text != resource)
    if not is_resource and not (is_open and resource.startswith(text)):
        return f"the resource does not start with `{resource}`"
    return ""


def _may_be(part: tuple[str, bool], expected: str) -> bool:
    text, is_open = part
    return expected.startswith(text) if is_open else text == expected


def _may_be_account(text: str, is_open: bool) -> bool:
    digits = text.ljust(_ACCOUNT_DIGITS, "0") if is_open else text
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
