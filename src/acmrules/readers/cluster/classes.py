"""The classes of Ingresses in a file, and the parameters of these classes.

They decide which controller an Ingress belongs to, and may contain its certificates.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.readers.cluster.objects import Object, texts
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.fields import Found

CLASS = ("networking.k8s.io", "IngressClass")
PARAMETERS = {
    ("elbv2.k8s.aws", "IngressClassParams"): "certificateArn",
    ("eks.amazonaws.com", "IngressClassParams"): "certificateARNs",
}
"""The kinds of parameters, and their member with the ARNs of certificates."""

_CONTROLLERS = frozenset(("ingress.k8s.aws/alb", "eks.amazonaws.com/alb"))
_ANNOTATION = "kubernetes.io/ingress.class"
_OF_OTHERS = (
    *("nginx", "traefik", "haproxy", "kong", "contour", "istio", "gce", "cilium", "envoy"),
    *("caddy", "azure", "tailscale", "openshift", "cloudflare"),
)
"""Words in the names of classes that belong to other controllers."""


class ClassOfIngress(Value):
    """What the class of an Ingress reveals.

    `is_of_balancers` is whether it belongs to the AWS Load Balancer Controller, `None` if the file
    does not reveal it. `certificates` are those of its parameters, and `group` is the group that
    they set. `elsewhere` describes the parameters outside the file, empty without any.
    """

    is_of_balancers: bool | None
    certificates: tuple[Found, ...] = ()
    group: str = ""
    elsewhere: str = ""


class Classes:
    """The classes and parameters among the objects of a file."""

    __slots__ = ("_classes", "_parameters")

    def __init__(self, objects: Iterable[Object]) -> None:
        self._classes: dict[str, Object] = {}
        self._parameters: dict[str, Object] = {}
        for each in objects:
            if each.type == CLASS:
                self._classes[each.key[1]] = each
            elif each.type in PARAMETERS:
                self._parameters[each.key[1]] = each

    def of(self, ingress: Object) -> ClassOfIngress:
        """Return what the file says about the class of an Ingress; raises `TypeMismatchError`."""
        named = ingress.spec.text("ingressClassName")
        annotated = None if named else ingress.annotation(_ANNOTATION)
        if annotated:
            # A class in the annotation has no parameters.
            return ClassOfIngress(_is_of_balancers(str(annotated[0])))
        if named is None:
            return ClassOfIngress(None, elsewhere="the default IngressClass of the cluster")
        name = str(named[0])
        found = self._classes.get(name)
        if found is None:
            return ClassOfIngress(
                _is_of_balancers(name), elsewhere=f"the IngressClass {quoted(name)}"
            )
        controller = found.spec.literal("controller")
        parameters = found.spec.inner("parameters").literal("name")
        return self._with_parameters(parameters, controller in _CONTROLLERS if controller else None)

    def _with_parameters(self, name: str, is_of_balancers: bool | None) -> ClassOfIngress:
        parameters = self._parameters.get(name)
        if parameters is None:
            elsewhere = f"the IngressClassParams {quoted(name)}" if name else ""
            return ClassOfIngress(is_of_balancers, elsewhere=elsewhere)
        certificates = texts(parameters.spec, PARAMETERS[parameters.type])
        group = parameters.spec.inner("group").literal("name")
        return ClassOfIngress(is_of_balancers, tuple(certificates), group)


def _is_of_balancers(name: str) -> bool | None:
    if name == "alb":
        return True
    return False if any(word in name.lower() for word in _OF_OTHERS) else None
