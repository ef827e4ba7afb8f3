"""Certificates that the AWS Load Balancer Controller finds for hosts, among those of a file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeVar

    from acmrules.readers.consumers import CertificateUse

    Key = TypeVar("Key", str, tuple[str, str])


def covering(
    use: CertificateUse, certificates: Mapping[Key, Iterable[str]]
) -> tuple[CertificateUse, Key | None]:
    """Return a use with whether certificates cover its hosts, and the only one that covers all.

    `certificates` are their names. Hosts that are partly known are covered by none.
    """
    hosts = {str(text).lower() for text, _, _ in use.searched if text}
    if use.listener is None or not all(isinstance(text, str) for text, _, _ in use.searched):
        return use, None
    matches = {key: _matched(hosts, names) for key, names in certificates.items()}
    if not hosts or hosts.difference(*matches.values()):
        return use, None
    listener = use.listener.__replace__(is_covered=True)
    alone = [key for key, matched in matches.items() if matched == hosts]
    return use.__replace__(listener=listener), alone[0] if len(alone) == 1 else None


def _matched(hosts: set[str], names: Iterable[str]) -> set[str]:
    """Return the hosts that a name equals, or covers as a wildcard."""
    known = {name.lower() for name in names}
    return {host for host in hosts if not known.isdisjoint((host, f"*.{host.partition('.')[2]}"))}
