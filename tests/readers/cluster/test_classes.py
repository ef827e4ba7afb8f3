"""Classes of Ingresses and their parameters."""

import json

import pytest
from tests.support.cloudformation import at, read

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
ALB = "alb.ingress.kubernetes.io/"
HTTPS = {f"{ALB}listen-ports": '[{"HTTPS": 443}]'}


def an_object(version, kind, name, spec, **annotations):
    """Return an object as data."""
    metadata = {"name": name, "annotations": annotations}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


def ingress(spec=None, **annotations):
    """Return an Ingress with an HTTPS listener."""
    return an_object("networking.k8s.io/v1", "Ingress", "site", spec or {}, **HTTPS, **annotations)


def class_of(name, controller="ingress.k8s.aws/alb", parameters=""):
    """Return the class of a controller, with a reference to parameters."""
    reference = {"parameters": {"kind": "IngressClassParams", "name": parameters}}
    spec = {"controller": controller} | (reference if parameters else {})
    return an_object("networking.k8s.io/v1", "IngressClass", name, spec)


def parameters(name, version="elbv2.k8s.aws/v1beta1", **spec):
    """Return the parameters of a class."""
    return an_object(version, "IngressClassParams", name, spec)


def listeners(*objects):
    """Return what is known about the listeners in a file with these objects."""
    text = "\n---\n".join(map(json.dumps, objects))
    return [
        each.listener
        for declaration in read(text)
        for each in declaration.variants[0].consumers
        if each.listener
    ]


NAMED = {"ingressClassName": "web"}


@pytest.mark.parametrize(
    ("objects", "elsewhere"),
    [
        ([ingress()], "the default IngressClass of the cluster"),
        ([ingress(NAMED)], "the IngressClass `web`"),
        ([ingress(**{"kubernetes.io/ingress.class": "alb"})], ""),
        ([ingress(NAMED), class_of("web")], ""),
        ([ingress(NAMED), class_of("other")], "the IngressClass `web`"),
        ([ingress(NAMED), class_of("web", parameters="tls")], "the IngressClassParams `tls`"),
        ([ingress(NAMED), class_of("web", parameters="tls"), parameters("tls")], ""),
    ],
)
def test_what_may_have_the_certificate_of_an_ingress(objects, elsewhere):
    """The parameters of a class may contain a certificate, unless the file has all of them."""
    [listener] = listeners(*objects)
    assert (listener.searches, listener.has_host) == (True, False)
    assert listener.elsewhere == elsewhere


@pytest.mark.parametrize(
    ("version", "member"),
    [("elbv2.k8s.aws/v1beta1", "certificateArn"), ("eks.amazonaws.com/v1", "certificateARNs")],
)
def test_certificates_of_a_class(version, member):
    """The certificates in the parameters of a class apply to its Ingresses."""
    own = parameters("tls", version, **{member: [ARN]})
    text = "\n---\n".join(map(json.dumps, [ingress(NAMED), class_of("web", "", "tls"), own]))
    of_ingress, of_parameters = read(text)
    assert of_ingress.variants[0].consumers[0].certificate == ARN
    assert of_ingress.variants[0].consumers[0].listener is None
    assert at(of_ingress, "consumers", 0, "certificate") == ARN
    assert of_parameters.variants[0].consumers[0].certificate == ARN


def test_the_group_of_a_class():
    """The parameters of a class may put all of its Ingresses into a group."""
    grouped = parameters("tls", group={"name": "shop"})
    [listener] = listeners(ingress(NAMED), class_of("web", parameters="tls"), grouped)
    assert listener.elsewhere == "another Ingress of the group `shop`"


def test_a_class_of_another_controller():
    """The controller of a class in the file decides, whatever its name."""
    assert not listeners(ingress(NAMED), class_of("web", "k8s.io/ingress-nginx"))
    own = ingress({"ingressClassName": "nginx"})
    assert listeners(own, class_of("nginx"))
