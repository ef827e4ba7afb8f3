"""The version of the AWS Load Balancer Controller in manifests."""

import pytest
from tests.support.cloudformation import read

INGRESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  annotations: {alb.ingress.kubernetes.io/create-acm-cert: "true"}
spec:
  rules: [{host: "*.a.io"}]
---
"""


def version(manifest):
    """Return the version in the only consumer of a file with a manifest."""
    [declaration] = read(INGRESS + manifest)
    [consumer] = declaration.variants[0].consumers
    return consumer.listener.version


RELEASE = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: controller}
spec: {chart: {spec: {chart: NAME, version: VERSION}}}
"""
APPLICATION = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: controller}
spec: {source: {chart: NAME, targetRevision: VERSION}}
"""
APPLICATIONS = APPLICATION.replace("source: {", "sources: [{chart: x}, {").replace("}}", "}]}")
DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: controller}
spec: {template: {spec: {containers: [{image: "public.ecr.aws/eks/NAME:VERSION"}]}}}
"""


@pytest.mark.parametrize("manifest", [RELEASE, APPLICATION, APPLICATIONS, DEPLOYMENT])
@pytest.mark.parametrize(
    ("stated", "expected"),
    [("3.4.0", "3.4.0"), ("v3.4.0", "3.4.0"), ("3.x", ""), ("$VERSION", ""), ('">=3.3"', "")],
)
def test_versions(manifest, stated, expected):
    """The version is that of the chart or of the image, unless it is a range or unknown."""
    text = manifest.replace("VERSION", stated.strip('"') if "image" in manifest else stated)
    assert version(text.replace("NAME", "aws-load-balancer-controller")) == expected
    assert version(text.replace("NAME", "other") + "# aws-load-balancer-controller") == ""


def test_no_version():
    """Without the controller in the file, its version is unknown."""
    assert version("") == ""
