"""Public suffixes, under which anyone may register domains, from the Public Suffix List."""

from __future__ import annotations

from acmrules.errors import require_string
from acmrules.names import DomainName, plain_dns_name, unchecked_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Known = tuple[dict[str, bool], frozenset[str] | None]
    """The rules learned so far, and the top-level domains they are complete for; `None` for all."""

_VERSION = b"// VERSION: "
_VERSION_ENDS_BY = 2_000
_DAY = len("2026-10-22")
_PRIVATE_SECTION = b"// ===BEGIN PRIVATE DOMAINS==="
_FEW_TOP_LABELS = 10
_LINE_END = b"\n"


class PublicSuffixes:
    r"""The rules of a Public Suffix List, from the text of `public_suffix_list.dat`, or its bytes.

    If no rule matches a name, its last label is the public suffix; `is_listed` is false for these
    names. The parent of a wildcard rule is a public suffix too (`kobe.jp` for `*.kobe.jp`), because
    all names directly under it are. `version` is the date in the text, or else the argument. Every
    method accepts a name or a string, which may end in a dot, and raises `InvalidName` if the
    string is not a name. Threads can share a list.

    >>> suffixes = PublicSuffixes("com\nuk\nco.uk\n*.ck\n!www.ck")
    >>> suffixes.public_suffix("www.example.co.uk")
    'co.uk'
    >>> suffixes.base_domain_name("a.b.shop.ck"), suffixes.base_domain_name("a.b.www.ck")
    (DomainName('b.shop.ck'), DomainName('www.ck'))
    """

    __slots__ = ("_icann", "_known", "_parents", "_tables", "_utf8", "version")

    def __init__(self, text: str | bytes, version: str = "") -> None:
        if not isinstance(text, bytes):
            require_string(text, "text")
        # Most processes decode a few lines; to decode all takes longer than to search them.
        data = text.encode() if isinstance(text, str) else text
        stated = data[:_VERSION_ENDS_BY].partition(_VERSION)[2][:_DAY]
        self.version: str = stated.decode("ascii", "replace") or version
        self._utf8 = data if data[-1:] == _LINE_END else data + _LINE_END
        self._icann: PublicSuffixes | None = None
        self._parents: dict[str, frozenset[str]] = {}
        # Each rule, and whether it has a wildcard below; the default rule is `*`. Both parts are
        # replaced together and never changed, so that no other thread sees one without the other.
        self._known: Known = {"": True}, frozenset()
        # What `acmrules.arrow` makes of the rules; a pickle does not contain it.
        self._tables: object = None

    def __reduce__(self) -> tuple[object, ...]:
        return PublicSuffixes, (self._utf8, self.version)

    @property
    def icann(self) -> PublicSuffixes:
        """Only the rules of the ICANN section, the suffixes that registries control."""
        if self._icann is None:
            self._icann = PublicSuffixes(self._utf8.partition(_PRIVATE_SECTION)[0], self.version)
        return self._icann

    def public_suffix(self, name: DomainName | str) -> str:
        """Return the longest public suffix of a name, which may be the name itself."""
        name = name if isinstance(name, DomainName) else plain_dns_name(name)
        rules = self._known[0]
        below, rest, rule = "", name._text, rules.get  # noqa: SLF001  (`str` is a call more)
        while (wildcard := rule(rest)) is None:
            below = rest
            rest = rest.partition(".")[2]
        if not rest and self._rules_under(below) is not rules:
            return self.public_suffix(name)
        if wildcard and below and "!" + below not in rules:
            return below
        return rest

    def base_domain_name(self, name: DomainName | str) -> DomainName | None:
        """Return the public suffix with one more label, or `None` for a public suffix itself."""
        name = name if isinstance(name, DomainName) else plain_dns_name(name)
        text = str(name)
        dot = len(text) - len(self.public_suffix(name)) - 1
        return None if dot < 0 else unchecked_name(text[text.rfind(".", 0, dot) + 1 :])

    def is_public_suffix(self, name: DomainName | str) -> bool:
        """Return whether a name is itself a public suffix (Baseline Requirements 3.2.2.6)."""
        name = name if isinstance(name, DomainName) else plain_dns_name(name)
        return self.public_suffix(name) == str(name)

    def is_listed(self, name: DomainName | str) -> bool:
        """Return whether the last label of a name is a top-level domain in the list.

        The list may have rules for subdomains only: names under `co.za` are listed, and so is `za`.
        """
        name = name if isinstance(name, DomainName) else plain_dns_name(name)
        top = self.public_suffix(name).rpartition(".")[2]
        if top in self._rules_under(top):
            return True
        suffix = self.icann.public_suffix(name)
        return "." in suffix or (suffix == str(name) and self.icann.has_suffixes_below(suffix))

    def section(self, name: DomainName | str) -> str | None:
        """Return the section of the list that the public suffix of a name is from.

        It is `icann` or `private`, or `None` if the list has no rule for the last label.
        """
        name = name if isinstance(name, DomainName) else plain_dns_name(name)
        if not self.is_listed(name):
            return None
        suffix = self.public_suffix(name)
        return "icann" if self.icann.public_suffix(name) == suffix else "private"

    def rule_domains(self) -> frozenset[str]:
        r"""Return the domains of all rules, with A-labels, without `*.` and `!`.

        >>> sorted(PublicSuffixes("com\nco.uk\n*.ck\n!www.ck").rule_domains())
        ['ck', 'co.uk', 'com', 'www.ck']
        """
        return frozenset(rule.removeprefix("!") for rule in self._all_rules() if rule)

    def has_suffixes_below(self, domain: str) -> bool:
        r"""Return whether public suffixes may exist below a domain, which is not parsed as a name.

        >>> suffixes = PublicSuffixes("com\nblogspot.com\nuk\nco.uk")
        >>> suffixes.has_suffixes_below("com"), suffixes.has_suffixes_below("co.uk")
        (True, False)
        """
        require_string(domain, "domain")
        domain = domain.lower().removesuffix(".")
        if "xn--" in domain or not domain.isascii():
            # The labels may not form a valid name, so this assumes the safe case.
            return True
        top = domain.rpartition(".")[2]
        rules = self._rules_under(top)
        if top not in self._parents:
            self._parents[top] = frozenset(
                parent for rule in rules if rule.endswith(f".{top}") for parent in _parents_of(rule)
            )
        return domain in self._parents[top] or rules.get(domain, False)

    def _rules_under(self, top_label: str) -> dict[str, bool]:
        """Return rules that are complete for a top-level domain; after the first few, all rules.

        Most processes need one or two of these, and the whole list takes more time than the rest
        of their work.
        """
        rules, top_labels = self._known
        if top_labels is None or top_label in top_labels:
            return rules
        if len(top_labels) < _FEW_TOP_LABELS:
            return self._learn(self._lines_under(top_label), rules, top_labels | {top_label})
        return self._all_rules()

    def _all_rules(self) -> dict[str, bool]:
        rules, top_labels = self._known
        if top_labels is None:
            return rules
        return self._learn(self._utf8.decode().split("\n"), rules, None)

    def _learn(
        self, lines: Iterable[str], known: dict[str, bool], top_labels: frozenset[str] | None
    ) -> dict[str, bool]:
        """Return known rules and those of lines, which are now complete for top-level domains."""
        rules = {**known}
        for line in lines:
            if line.startswith("*."):
                rules[_in_a_labels(line[2:])] = True
            elif line and not line.startswith("//"):
                rules.setdefault(_in_a_labels(line), False)
        # If two threads do this at once, the later one wins, and the other reads its rules again.
        self._known = rules, top_labels
        return rules

    def _lines_under(self, top_label: str) -> Iterator[str]:
        data, top = self._utf8, top_label
        if top.startswith("xn--"):
            top = top[4:].encode().decode("punycode")
        end = f"{top}\n".encode()
        if data.startswith(end) or _LINE_END + end in data:
            yield top
        for before in data.split(b"." + end)[:-1]:
            yield f"{before[before.rfind(_LINE_END) + 1 :].decode()}.{top}"


def _parents_of(rule: str) -> Iterator[str]:
    while rule := rule.partition(".")[2]:
        yield rule


def _in_a_labels(rule: str) -> str:
    """Return a rule with A-labels, as in names; the list has U-labels."""
    if rule.isascii():
        return rule
    labels = rule.removeprefix("!").split(".")
    spelled = (x if x.isascii() else "xn--" + x.encode("punycode").decode() for x in labels)
    return "!" * rule.startswith("!") + ".".join(spelled)
