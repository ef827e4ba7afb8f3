"""Objects of the same kind, namespace and name."""

import pytest

from acmrules.readers.kubernetes.repeated import repeated
from acmrules.readers.options import Parameters
from acmrules.syntax.source import Source


def listed(*documents):
    """Return the lines and the names of the objects that are declared again."""
    text = "---\n".join(documents)
    return [(n.line, n.what) for n in repeated(Source("a.yaml", text), Parameters({}))]


def certificate(metadata, kind="Certificate", group="acm.services.k8s.aws/v1alpha1"):
    """Return an object with a domain name."""
    return f"apiVersion: {group}\nkind: {kind}\nmetadata: {metadata}\nspec: {{domainName: a.io}}\n"


def test_an_object_that_is_declared_again_is_listed():
    """Its namespace counts, and so does each further declaration."""
    one, other = certificate("{name: x}"), certificate("{name: x, namespace: y}")
    assert listed(one, other) == []
    assert listed(one, other, one) == [(11, "Certificate `x`")]
    assert listed(one, one, one) == [(6, "Certificate `x`"), (11, "Certificate `x`")]


@pytest.mark.parametrize(
    "other",
    [
        certificate("{name: x}", "Ingress", "networking.k8s.io/v1"),
        certificate("{generateName: x}"),
        certificate("{name: x}", "ConfigMap", "v1"),
    ],
)
def test_other_objects_are_not_listed(other):
    """Another kind has names of its own, and generated names differ."""
    assert listed(certificate("{name: x}"), other, certificate("{generateName: x}")) == []
