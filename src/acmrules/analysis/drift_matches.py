"""Which certificate of an account a declaration has become: by its ARN, or by its names."""

from __future__ import annotations

from acmrules.analysis.declared import Declared, known_names
from acmrules.analysis.drift_fields import differences
from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus, CertificateType
from acmrules.model.declaration import Variant
from acmrules.names import Name
from acmrules.request import Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.account import Account, ListedRegion

_RANKS = {
    status: rank
    for rank, status in enumerate(
        (
            CertificateStatus.ISSUED,
            CertificateStatus.PENDING_VALIDATION,
            None,
            CertificateStatus.INACTIVE,
        )
    )
}
"""The order in which certificates with the same names are matched; others are last."""

_BY_ARN, _BY_NAMES, _BY_LISTED_NAMES, _BY_SIMILAR_NAMES, _IN_OTHER_REGION = range(5)
_LEAST_SHARE = 0.5
"""The minimum share of common names of a declaration and a certificate with other names."""


class _Candidate(Value):
    """A certificate that a declaration may have become, and how good the match is."""

    rank: tuple[int, ...]
    declared: Declared
    variant: Variant
    existing: CertificateDetail


class AccountMatches:
    """The declared certificates with those of an account, each at most once.

    Where several match, the best pair is matched first: by ARN, by the same names, by similar ones,
    and by the same names in another Region that is listed as a whole.
    """

    def __init__(self, declared: Iterable[Declared], account: Account) -> None:
        self._declared = tuple(declared)
        self._listed = account.listed
        self._by_arn = {each.arn: each for each in account.certificates}
        self._by_name: dict[str, list[CertificateDetail]] = {}
        for existing in account.certificates:
            for name in dict.fromkeys(map(str, existing.names)):
                self._by_name.setdefault(name, []).append(existing)
        self._found: dict[int, _Candidate] = {}
        self._refused: dict[int, Declared] = {}
        self._match()
        taken = {each.existing.arn for each in self._found.values()}
        self.unmatched = tuple(each for arn, each in self._by_arn.items() if arn not in taken)
        self._open = [each for each in self._declared if self._may_match_more(each)]

    def existing(self, declared: Declared) -> CertificateDetail | None:
        """Return the certificate of a declaration, `None` if none matches."""
        found = self._found.get(id(declared))
        return found.existing if found else None

    def is_same(self, declared: Declared) -> bool:
        """Return whether a declaration and its certificate have the same ARN, or the same names."""
        found = self._found.get(id(declared))
        return found is not None and found.rank[0] <= _BY_LISTED_NAMES

    def variant(self, declared: Declared) -> Variant:
        """Return the variant of a declaration that matches its certificate."""
        return self._found[id(declared)].variant

    def taken_by(self, declared: Declared) -> Declared | None:
        """Return the declaration that is matched with the only certificate of the same names."""
        return self._refused.get(id(declared))

    def listings(self, declared: Declared) -> list[ListedRegion]:
        """Return the lists of all certificates of the declaration's Region, and its account."""
        return [
            each
            for each in self._listed
            if each.region == declared.region and _may_equal(each.account, declared.account)
        ]

    def is_listed(self, existing: CertificateDetail) -> bool:
        """Return whether the files list all certificates of a certificate's Region."""
        return any(
            each.region == existing.region and _may_equal(each.account, existing.account)
            for each in self._listed
        )

    def may_be_declared(self, existing: CertificateDetail) -> bool:
        """Return whether a declaration whose names are partly known may be the certificate's."""
        return any(_may_become(each, existing) for each in self._open)

    def _may_match_more(self, declared: Declared) -> bool:
        is_open = any(known_names(variant) is None for variant in declared.variants)
        return is_open and id(declared) not in self._found

    def _match(self) -> None:
        candidates = [found for each in self._declared for found in self._candidates(each)]
        takers: dict[str, Declared] = {}
        for found in sorted(candidates, key=lambda each: each.rank):
            key, arn = id(found.declared), found.existing.arn
            if key in self._found:
                continue
            first = takers.get(arn)
            if first is None or _is_the_same(first, found.declared):
                self._found[key] = found
                self._refused.pop(key, None)
                takers.setdefault(arn, found.declared)
            elif found.rank[0] <= _BY_LISTED_NAMES:
                self._refused.setdefault(key, first)

    def _candidates(self, declared: Declared) -> Iterator[_Candidate]:
        own = self._by_arn.get(declared.arn)
        if own is not None:
            variant = min(declared.variants, key=lambda each: _distance(declared, each, own))
            yield _Candidate((_BY_ARN,), declared, variant, own)
            return
        for variant in declared.variants:
            names = known_names(variant)
            if not names:
                continue
            seen = {each.arn: each for name in names for each in self._by_name.get(name, ())}
            for existing in seen.values():
                quality = self._quality(declared, variant, names, existing)
                if quality is not None:
                    rank = (
                        quality,
                        _RANKS.get(existing.status, len(_RANKS)),  # type: ignore[arg-type]
                        _distance(declared, variant, existing),
                    )
                    yield _Candidate(rank, declared, variant, existing)

    def _quality(
        self,
        declared: Declared,
        variant: Variant,
        names: frozenset[str],
        existing: CertificateDetail,
    ) -> int | None:
        """Return how a certificate matches a declaration, `None` if it does not."""
        is_imported = existing.type is CertificateType.IMPORTED
        if existing.type is not None and is_imported is not (variant.request is None):
            return None
        if not _may_equal(existing.account, declared.account):
            return None
        others = frozenset(map(str, existing.names))
        is_same = names == others if existing.names_known else others <= names
        if not _may_equal(existing.region, declared.region):
            is_elsewhere = is_same and existing.names_known and self.listings(declared)
            return _IN_OTHER_REGION if is_elsewhere else None
        if is_same:
            return _BY_NAMES if existing.names_known else _BY_LISTED_NAMES
        has_same_first = str(variant.names[0]) == str(existing.names[0])
        is_similar = len(names & others) >= _LEAST_SHARE * len(names | others)
        return _BY_SIMILAR_NAMES if existing.names_known and has_same_first and is_similar else None


def _may_equal(one: str, other: str | None) -> bool:
    """Return whether two Regions or accounts may be the same; an empty one is unknown."""
    return not one or not other or one == other


def _distance(declared: Declared, variant: Variant, existing: CertificateDetail) -> int:
    return len([*differences(declared, variant, existing)])


def _is_the_same(one: Declared, other: Declared) -> bool:
    """Return whether two declarations are one certificate in two files, such as a state and code.

    A file with the ARN describes a certificate that another file declares.
    """
    if one is other or bool(one.arn) is not bool(other.arn):
        return True
    own, theirs = one.declaration, other.declaration
    is_terraform = own.tool is theirs.tool is Tool.TERRAFORM
    return is_terraform and own.address == theirs.address


def _may_become(declared: Declared, existing: CertificateDetail) -> bool:
    if not _may_equal(existing.region, declared.region):
        return False
    if not _may_equal(existing.account, declared.account):
        return False
    names = frozenset(map(str, existing.names))
    return any(
        names.issuperset(str(each) for each in variant.names if isinstance(each, Name))
        for variant in declared.variants
    )
