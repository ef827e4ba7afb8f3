"""The types of resources of Pulumi and Crossplane, each with that of Terraform."""

from __future__ import annotations

from acmrules.readers.terraform.resources.references import CERTIFICATE, RECORD, VALIDATION, ZONE

_LISTENER = "aws_lb_listener"

PULUMI = {
    "acm/Certificate": CERTIFICATE,
    "acm/CertificateValidation": VALIDATION,
    "amplify/DomainAssociation": "aws_amplify_domain_association",
    "apigateway/DomainName": "aws_api_gateway_domain_name",
    "apigatewayv2/DomainName": "aws_apigatewayv2_domain_name",
    "appmesh/VirtualGateway": "aws_appmesh_virtual_gateway",
    "appmesh/VirtualNode": "aws_appmesh_virtual_node",
    "appsync/DomainName": "aws_appsync_domain_name",
    "cloudfront/Distribution": "aws_cloudfront_distribution",
    "cloudfront/DistributionTenant": "aws_cloudfront_distribution_tenant",
    "cognito/UserPoolDomain": "aws_cognito_user_pool_domain",
    "ec2/CustomerGateway": "aws_customer_gateway",
    "ec2clientvpn/Endpoint": "aws_ec2_client_vpn_endpoint",
    "elasticbeanstalk/ConfigurationTemplate": "aws_elastic_beanstalk_configuration_template",
    "elasticbeanstalk/Environment": "aws_elastic_beanstalk_environment",
    "elasticsearch/Domain": "aws_elasticsearch_domain",
    "elb/LoadBalancer": "aws_elb",
    "iot/DomainConfiguration": "aws_iot_domain_configuration",
    "networkfirewall/TlsInspectionConfiguration": (
        "aws_networkfirewall_tls_inspection_configuration"
    ),
    "opensearch/Domain": "aws_opensearch_domain",
    "route53/Record": RECORD,
    "route53/Zone": ZONE,
    "transfer/Server": "aws_transfer_server",
    "verifiedaccess/Endpoint": "aws_verifiedaccess_endpoint",
    "vpclattice/Service": "aws_vpclattice_service",
    **{
        f"{module}/{name}": f"{_LISTENER}{suffix}"
        for module in ("lb", "alb")
        for name, suffix in (
            ("Listener", ""),
            ("ListenerCertificate", "_certificate"),
            ("ListenerRule", "_rule"),
        )
    },
}
"""The types of Terraform by module and name; see `token`."""

CROSSPLANE = {
    ("acm", "Certificate"): CERTIFICATE,
    ("acm", "CertificateValidation"): VALIDATION,
    ("apigateway", "DomainName"): "aws_api_gateway_domain_name",
    ("apigatewayv2", "DomainName"): "aws_apigatewayv2_domain_name",
    ("cloudfront", "Distribution"): "aws_cloudfront_distribution",
    ("cognitoidp", "UserPoolDomain"): "aws_cognito_user_pool_domain",
    ("elasticsearch", "Domain"): "aws_elasticsearch_domain",
    ("elb", "ELB"): "aws_elb",
    ("elbv2", "LBListener"): _LISTENER,
    ("elbv2", "LBListenerCertificate"): f"{_LISTENER}_certificate",
    ("elbv2", "LBListenerRule"): f"{_LISTENER}_rule",
    ("opensearch", "Domain"): "aws_opensearch_domain",
    ("route53", "Record"): RECORD,
    ("route53", "Zone"): ZONE,
    ("transfer", "Server"): "aws_transfer_server",
}
"""The types of Terraform by the beginning of the group, and the kind."""


def token(written: str) -> str:
    """Return the module and the name in a type of Pulumi, empty for other providers.

    >>> token("aws:acm:Certificate"), token("aws:acm/certificate:Certificate")
    ('acm/Certificate', 'acm/Certificate')
    """
    provider, _, rest = written.partition(":")
    module, _, name = rest.rpartition(":")
    return f"{module.partition('/')[0]}/{name}" if provider == "aws" and module else ""
