"""Certificates that the AWS Load Balancer Controller finds for hosts, among those of a file."""

from __future__ import annotations

from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from acmrules.readers.consumers import CertificateUse
    from acmrules.unresolved import Text

    Key = TypeVar("Key", str, tuple[str, str])
    Description = tuple[bool | None, str]
    """Whether a certificate is from a private CA, `None` if that is unknown, and its place."""


def by_name(certificates: Mapping[Key, Iterable[str]]) -> dict[str, dict[Key, int]]:
    """Return the certificates that list each name in lowercase, with their positions."""
    found: dict[str, dict[Key, int]] = {}
    for place, (key, names) in enumerate(certificates.items()):
        for name in names:
            found.setdefault(name.lower(), {})[key] = place
    return found


def covering(
    use: CertificateUse,
    certificates: Mapping[str, Mapping[Key, int]],
    described: Callable[[Key], Description],
    *,
    are_pending: bool = False,
) -> tuple[CertificateUse, Key | None]:
    """Return a use with what the controller finds for its hosts, and the only one that covers all.

    `certificates` are those that list each name, see `by_name`. Hosts that are partly known are
    covered by none. With `are_pending`, ACM does not issue the public ones before their records
    exist.
    """
    hosts = {str(text).lower() for text, _, _ in use.searched if text}
    if use.listener is None or not all(isinstance(text, str) for text, _, _ in use.searched):
        return use, None
    found = _matches(hosts, certificates)
    listener = use.listener
    if listener.searches and (len(found) > 1 or (found and are_pending)):
        descriptions = {key: described(key) for key in found}
        listener = listener.__replace__(
            mixed=_mixed(found, descriptions),
            awaited=_awaited(found, descriptions) if are_pending else "",
        )
        use = use.__replace__(listener=listener)
    if not hosts or hosts.difference(*found.values()):
        return use, None
    alone = [key for key, matched in found.items() if matched == hosts]
    use = use.__replace__(listener=listener.__replace__(is_covered=True))
    return use, alone[0] if len(alone) == 1 else None


def is_private(authority: Text | None) -> bool | None:
    """Return whether a certificate is from a private CA; `None` if its ARN may be absent."""
    if isinstance(authority, Unresolved):
        label = str(authority)
        is_attribute = ".aws_acmpca_" in label.replace("${", ".") and " " not in label
        return True if label.startswith("arn:") or is_attribute else None
    return None if authority == "" else authority is not None


def _matches(hosts: set[str], certificates: Mapping[str, Mapping[Key, int]]) -> dict[Key, set[str]]:
    """Return the hosts that a name of each certificate equals, or covers as a wildcard."""
    found: dict[tuple[int, Key], set[str]] = {}
    for host in hosts:
        for name in (host, f"*.{host.partition('.')[2]}"):
            for key, place in certificates.get(name, {}).items():
                found.setdefault((place, key), set()).add(host)
    return {key: found[place, key] for place, key in sorted(found)}


def _mixed(
    matches: Mapping[Key, set[str]], descriptions: Mapping[Key, Description]
) -> tuple[str, ...]:
    """Return a host, and a public and a private certificate of one place that cover it."""
    found: dict[tuple[str, str], dict[bool, Key]] = {}
    for key, hosts in matches.items():
        private, place = descriptions[key]
        for host in sorted(hosts) if private is not None else ():
            both = found.setdefault((host, place), {})
            both.setdefault(private is True, key)
            if len(both) > 1:
                return host, _address(both[False]), _address(both[True])
    return ()


def _address(key: object) -> str:
    return "/".join(filter(None, key)) if isinstance(key, tuple) else str(key)


def _awaited(matches: Mapping[Key, set[str]], descriptions: Mapping[Key, Description]) -> str:
    """Return a host that only public certificates cover, empty if there is none."""
    public = {key for key, (private, _) in descriptions.items() if private is False}
    hosts = set[str]().union(*(matches[key] for key in public))
    others = set[str]().union(*(found for key, found in matches.items() if key not in public))
    return min(hosts - others, default="")
