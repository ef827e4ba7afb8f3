"""The Region of the cluster that a root module deploys to."""

import pytest
from tests.support.terraform import declarations

INGRESS = """
    resource "kubernetes_ingress_v1" "x" {
      metadata {
        annotations = {
          "alb.ingress.kubernetes.io/certificate-arn" = "arn:aws:acm:eu-west-1:1:certificate/x"
        }
      }
    }
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "east"
      region = "us-east-1"
    }
"""
OPEN = "Region of the cluster"
MODULE = 'module "eks" {\nsource = "terraform-aws-modules/eks/aws"\n}'
CLUSTER = 'resource "aws_eks_cluster" "y" {}\n'


def region_in(text, **known):
    """Return the Region of the only consumer."""
    [declaration] = declarations(INGRESS + text, **known)
    [consumer] = declaration.variants[0].consumers
    return str(consumer.region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", OPEN),
        ('resource "aws_eks_cluster" "x" {}', "eu-west-1"),
        ('data "aws_eks_cluster" "x" {}', "eu-west-1"),
        ('data "aws_eks_cluster" "x" {\nprovider = aws.east\n}', "us-east-1"),
        ('data "aws_eks_cluster_auth" "x" {\nregion = "eu-north-1"\n}', "eu-north-1"),
        (
            CLUSTER + 'data "aws_eks_cluster" "x" {\nprovider = aws.east\n}',
            OPEN,
        ),
        (MODULE, "eu-west-1"),
        (
            MODULE.replace("\n}", "\nproviders = {\naws = aws.east\n}\n}"),
            "us-east-1",
        ),
        (MODULE.replace("\n}", '\nregion = "x"\n}'), OPEN),
        (MODULE.replace("eks", "vpc"), OPEN),
    ],
)
def test_the_region_of_a_cluster(text, region):
    """The Region is that of the provider of the clusters, if it is the same for all."""
    assert region_in(text) == region


@pytest.mark.parametrize(
    ("source", "is_cluster"),
    [
        ("terraform-aws-modules/eks/aws", True),
        ("cloudposse/eks-cluster/aws", True),
        ("app.terraform.io/company/eks/aws", True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.0.0", True),
        ("../modules/eks", True),
        ("eks", True),
        ("terraform-aws-modules/eks/aws//modules/karpenter", False),
        ("terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks", False),
        ("aws-ia/eks-blueprints-addons/aws", False),
        ("../modules/eks-addons", False),
    ],
)
def test_modules_that_create_a_cluster(source, is_cluster):
    """Modules for add-ons and roles of a cluster do not reveal its Region."""
    found = region_in(MODULE.replace("terraform-aws-modules/eks/aws", source))
    assert found == ("eu-west-1" if is_cluster else OPEN)


def test_a_stated_region_applies_without_a_cluster():
    """A Region that the user states applies if the module has no cluster."""
    assert region_in("", region="eu-central-1") == "eu-central-1"
    assert region_in('data "aws_eks_cluster" "x" {}', region="eu-central-1") == "eu-west-1"
