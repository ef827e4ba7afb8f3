// A short example of each mode, with findings.

import { toDate, toDay } from "./dates";
import type { Mode, Texts } from "./state";

const CLOUDFORMATION = `# CloudFront serves two hosts with one certificate, and the deployment fails.
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: "*.brightharbor.io"
      ValidationMethod: DNS
      DomainValidationOptions:
        - DomainName: "*.brightharbor.io"
          HostedZoneId: /hostedzone/Z0123456789ABCDEFGHIJ
  Website:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases:
          - www.brightharbor.io
          - brightharbor.io
        ViewerCertificate:
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
        DefaultCacheBehavior:
          TargetOriginId: pages
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        Origins:
          - Id: pages
            DomainName: pages.brightharbor.io
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
`;

const MAIN = `provider "aws" {
  region = var.region
}

resource "aws_acm_certificate" "shop" {
  domain_name               = "shop.\${var.domain}"
  subject_alternative_names = ["*.shop.\${var.domain}", "WWW.\${var.domain}"]
  validation_method         = "DNS"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = var.load_balancer
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.shop.arn

  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.https.arn

  condition {
    host_header {
      values = ["shop.\${var.domain}", "eu.api.shop.\${var.domain}"]
    }
  }
  action {
    type             = "forward"
    target_group_arn = var.target_group
  }
}
`;

const VARIABLES = `variable "region" {
  default = "eu-central-1"
}

variable "domain" {
  default = "brightharbor.io"
}

variable "load_balancer" {}
variable "target_group" {}
`;

const KUBERNETES = `apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata:
  name: portal
  annotations:
    services.k8s.aws/region: eu-west-1
spec:
  domainName: portal.brightharbor.io
  subjectAlternativeNames:
    - "*.portal.brightharbor.io"
    - api.portal.brightharbor.io
    - portal_admin.brightharbor.io
  keyAlgorithm: RSA_4096
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:us-east-1:123456789012:certificate/5d1f7c3e-8a4b-4c9d-9e2f-1a2b3c4d5e6f
spec:
  ingressClassName: alb
  tls:
    - hosts: [portal.brightharbor.io]
      secretName: portal-tls
  rules:
    - host: portal.brightharbor.io
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: portal, port: {number: 80}}}
`;

const API = `{
  "DomainName": "*.lighthouse.co.uk",
  "SubjectAlternativeNames": ["lighthouse.co.uk", "www.lighthouse.co.uk", "*.co.uk"],
  "ValidationMethod": "EMAIL",
  "IdempotencyToken": "new-site",
  "KeyAlgorithm": "RSA_4096"
}
`;

const NAMES = `# The names of the certificate
*.brightharbor.io
shop.brightharbor.io
lighthouse.local
Bücher.lighthouse.io
`;

const HOSTS = `# The hosts that use it
brightharbor.io
www.brightharbor.io
api.shop.brightharbor.io
`;

/** A request that ACM has not issued for a day, so that its deadline is ahead. */
const certificate = (created: string) => ({
  Certificate: {
    CertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/5d1f7c3e-8a4b-4c9d-9e2f-1a2b3c4d5e6f",
    DomainName: "shop.brightharbor.io",
    SubjectAlternativeNames: ["shop.brightharbor.io", "www.shop.brightharbor.io"],
    DomainValidationOptions: [
      {
        DomainName: "shop.brightharbor.io",
        ValidationStatus: "SUCCESS",
        ResourceRecord: {
          Name: "_3f1a5c7e9b2d4f6081a3c5e7f9b1d3e5.shop.brightharbor.io.",
          Type: "CNAME",
          Value: "_0a1b2c3d4e5f60718293a4b5c6d7e8f9.xlfgrmvvlj.acm-validations.aws.",
        },
        ValidationMethod: "DNS",
      },
      {
        DomainName: "www.shop.brightharbor.io",
        ValidationStatus: "PENDING_VALIDATION",
        ResourceRecord: {
          Name: "_7b9d1f3a5c7e9b2d4f6081a3c5e7f9b1.www.shop.brightharbor.io.",
          Type: "CNAME",
          Value: "_9f8e7d6c5b4a39281706f5e4d3c2b1a0.xlfgrmvvlj.acm-validations.aws.",
        },
        ValidationMethod: "DNS",
      },
    ],
    CreatedAt: `${created}T07:00:00+00:00`,
    Status: "PENDING_VALIDATION",
    KeyAlgorithm: "RSA-2048",
    InUseBy: [],
    Type: "AMAZON_ISSUED",
    RenewalEligibility: "INELIGIBLE",
  },
});

const only = (name: string, text: string): Texts => ({ files: [{ name, text }], hosts: "" });

export function example(mode: Mode, date: string): Texts {
  switch (mode) {
    case "cloudformation":
      return only("template.yaml", CLOUDFORMATION);
    case "terraform":
      return {
        files: [
          { name: "main.tf", text: MAIN },
          { name: "variables.tf", text: VARIABLES },
        ],
        hosts: "",
      };
    case "kubernetes":
      return only("manifest.yaml", KUBERNETES);
    case "api":
      return only("request.json", API);
    case "names":
      return { files: [{ name: "names.txt", text: NAMES }], hosts: HOSTS };
    case "certificates": {
      const yesterday = toDate(Math.max(0, toDay(date) - 1));
      return only("certificate.json", `${JSON.stringify(certificate(yesterday), null, 2)}\n`);
    }
  }
}
