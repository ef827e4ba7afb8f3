/** The documents that the server checks. */

"use strict";

/**
 * The files that acmrules finds in a folder, whatever language an extension has for them, and new
 * files without a name.
 */
const SELECTOR = [
  {
    scheme: "file",
    pattern: "**/*.{yaml,yml,json,jsonl,template,tf,tfvars,csr,pem,crt,cer}",
  },
  ...["yaml", "json", "jsonc", "terraform", "cloudformation"].map((language) => ({
    scheme: "untitled",
    language,
  })),
];

/**
 * Every request and every user of a certificate has one of these words. Most YAML and JSON files
 * have none, so that the server does not start for them.
 */
const MENTION = new RegExp(
  [
    "certificate",
    "\\bacm\\b",
    "aws_acm",
    ":acm:",
    "acm\\.services",
    "CertificateManager",
    "DomainName",
    "SubjectAlternativeNames",
    "ValidationMethod",
    "AWS::CloudFront",
    "aws_cloudfront",
    "cloudfront_default",
    "origin_protocol_policy",
    "customDomain",
    "ingress\\.kubernetes\\.io/",
    "aws-load-balancer",
    "gateway\\.k8s\\.aws",
    "terraform-aws-modules/",
    "cloudposse/",
  ].join("|"),
  "i",
);

/** Return whether a text may contain a certificate request, or something that uses one. */
function mentionsCertificate(text) {
  return MENTION.test(text);
}

module.exports = { SELECTOR, mentionsCertificate };
