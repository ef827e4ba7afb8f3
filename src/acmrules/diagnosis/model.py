"""A diagnosis: the state of a certificate, who has to act, by when, and what is wrong."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, StrEnum

from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.facts.timeline import Citation
from acmrules.unresolved import ListedName
from acmrules.values import Value


class Actor(Enum):
    """Who has to act next."""

    YOU = "you"
    AWS = "AWS"
    NOBODY = "nobody"


class Certainty(Enum):
    """How certain a cause is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    OPEN = "open"


class Cause(StrEnum):
    """Why a name, a request or a renewal is not validated, or what else needs attention.

    The value is the identifier in JSON; `acmrules.diagnosis.causes` has a title for each.
    """

    # What the status says
    WAITING = "waiting"
    TIMED_OUT = "timed-out"
    FAILED = "failed"
    EXPIRED = "expired"
    REVOKED = "revoked"
    INACTIVE = "inactive"
    UNKNOWN_STATUS = "unknown-status"
    EXPIRES = "expires"
    RENEWAL_PENDING = "renewal-pending"
    RENEWAL_FAILED = "renewal-failed"
    NOT_RENEWED = "not-renewed"
    EXPORT_AGAIN = "export-again"
    IMPORT_AGAIN = "import-again"
    METHOD_CHANGE_PENDING = "method-change-pending"
    METHOD_CHANGE_FAILED = "method-change-failed"
    EMAIL_ENDS = "email-ends"
    # What the validation of a name says
    RECORD_NOT_CREATED = "record-not-created"
    MAIL_NOT_APPROVED = "mail-not-approved"
    NO_MAIL_SENT = "no-mail-sent"
    HTTP_CONTENT = "http-content"
    NAME_FAILED = "name-failed"
    # What DNS answers prove
    RECORD_CORRECT = "record-correct"
    RECORD_MISSING = "record-missing"
    DOUBLED_DOMAIN = "doubled-domain"
    UNDERSCORE_MISSING = "underscore-missing"
    VALUE_WITH_DOMAIN = "value-with-domain"
    OTHER_VALUE = "other-value"
    OTHER_TARGET = "other-target"
    NO_CNAME = "no-cname"
    FLATTENED = "flattened"
    OTHER_DATA = "other-data"
    LONG_CHAIN = "long-chain"
    DNSSEC_BROKEN = "dnssec-broken"
    LAME_DELEGATION = "lame-delegation"
    OTHER_NAME_SERVERS = "other-name-servers"
    CHILD_ZONE = "child-zone"
    PRIVATE_ZONE = "private-zone"
    ANSWERS_DIFFER = "answers-differ"
    CAA_FORBIDS = "caa-forbids"
    CAA_LOOKUP_FAILS = "caa-lookup-fails"
    CAA_METHOD = "caa-method"
    NO_MX = "no-mx"
    NOT_CLOUDFRONT = "not-cloudfront"
    NOT_LOOKED_UP = "not-looked-up"


class RecordAction(Enum):
    """What to do with a DNS record."""

    PUBLISH = "publish"
    CHANGE = "change"
    REMOVE = "remove"


class RecordChange(Value):
    """A change of one set of DNS records that is part of a remedy.

    `name` is canonical, without the final dot; `values` are those of the set afterward, or those to
    remove. `zone_name` and `zone_id` are those of the zone to edit, empty if they are unknown.
    """

    action: RecordAction
    name: str
    type: str
    values: tuple[str, ...]
    zone_name: str = ""
    zone_id: str = ""


class Obstacle(Value):
    """One cause that holds up a certificate or a name, with its proof and its remedy.

    `text` says what is wrong, `proof` how the input shows it, and `remedy` what to do; each is a
    clause without a final period. `actor` is who has to act. `changes` are the DNS records of the
    remedy. `commands` are shell commands: those of the remedy, or if the cause is open, those whose
    output settles it. `source` is the page that documents it.
    """

    cause: Cause
    certainty: Certainty
    actor: Actor
    text: str
    proof: str = ""
    remedy: str = ""
    changes: tuple[RecordChange, ...] = ()
    commands: tuple[str, ...] = ()
    source: Citation | None = None


class NameDiagnosis(Value):
    """What is known about the validation of one name.

    `is_validated` is `None` if it is unknown. `obstacles` are the most certain first, and empty if
    the name is validated.
    """

    name: ListedName
    is_validated: bool | None
    obstacles: tuple[Obstacle, ...] = ()


class State(Enum):
    """The state of a certificate, the worst first."""

    BROKEN = "broken"
    WAITING_FOR_YOU = "waiting for you"
    UNKNOWN = "unknown"
    WAITING_FOR_AWS = "waiting for AWS"
    FINE = "fine"


class Deadline(Value):
    """A point in time by which something has to happen, and what happens then."""

    at: datetime
    text: str


class Diagnosis(Value):
    """The diagnosis of a certificate at a point in time.

    `title` is one sentence about the state, without a period. `actor` is who has to act next,
    `None` if that is unknown. `obstacles` are those of the whole certificate, `names` those of each
    name that is not validated, or whose validation is unknown. `deadlines` are in order of time.
    """

    certificate: CertificateDetail
    as_of: datetime
    state: State
    actor: Actor | None
    title: str
    deadlines: tuple[Deadline, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    names: tuple[NameDiagnosis, ...] = ()

    @property
    def deadline(self) -> Deadline | None:
        """The next deadline, `None` if there is none."""
        return next(iter(self.deadlines), None)

    @property
    def all_obstacles(self) -> tuple[Obstacle, ...]:
        """The obstacles of the certificate and of its names."""
        return (*self.obstacles, *(each for name in self.names for each in name.obstacles))

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands whose output settles what is open, each once."""
        open_ = (each for each in self.all_obstacles if each.certainty is Certainty.OPEN)
        return tuple(dict.fromkeys(command for each in open_ for command in each.commands))

    @property
    def changes(self) -> tuple[RecordChange, ...]:
        """The changes of DNS records in all remedies, each once."""
        return tuple(
            dict.fromkeys(change for each in self.all_obstacles for change in each.changes)
        )
