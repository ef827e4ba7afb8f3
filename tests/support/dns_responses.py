"""Certificates and hosted zones as the AWS CLI prints them."""

PRIVATE_SERVERS = (
    "ns-1536.awsdns-00.co.uk",
    "ns-0.awsdns-00.com",
    "ns-1024.awsdns-00.org",
    "ns-512.awsdns-00.net",
)
"""The name servers in each private hosted zone."""


def described(certificate):
    """Return the response of `DescribeCertificate` about a requested certificate."""
    names = [str(name) for name in certificate.names]
    return {
        "Certificate": {
            "CertificateArn": certificate.arn,
            "DomainName": names[0],
            "SubjectAlternativeNames": names,
            "DomainValidationOptions": [*map(_validation, certificate.validations)],
            "Subject": f"CN={names[0]}",
            "CreatedAt": certificate.created_at.isoformat(),
            "Status": str(certificate.status),
            "KeyAlgorithm": "RSA-2048",
            "InUseBy": [],
            "Type": str(certificate.type),
            "RenewalEligibility": "INELIGIBLE",
        }
    }


def _validation(validation):
    found = {
        "DomainName": str(validation.name),
        "ValidationDomain": validation.validation_domain or str(validation.name),
        "ValidationStatus": str(validation.status),
        "ValidationMethod": validation.method.value,
    }
    if record := validation.record:
        found["ResourceRecord"] = {
            "Name": f"{record.name}.",
            "Type": record.type,
            "Value": f"{record.value}.",
        }
    if redirect := validation.redirect:
        found["HttpRedirect"] = {
            "RedirectFrom": redirect.redirect_from,
            "RedirectTo": redirect.redirect_to,
        }
    if validation.validation_emails is not None:
        found["ValidationEmails"] = [*validation.validation_emails]
    return found


def hosted_zone(zone):
    """Return the response of `GetHostedZone`."""
    found = {
        "HostedZone": {
            "Id": f"/hostedzone/{zone.id}",
            "Name": f"{zone.name}.",
            "Config": {"PrivateZone": bool(zone.is_private)},
            "ResourceRecordSetCount": len(zone.records) + 2,
        }
    }
    if zone.name_servers is not None:
        found["DelegationSet"] = {"NameServers": [*zone.name_servers]}
    else:
        found["VPCs"] = [{"VPCRegion": "eu-west-1", "VPCId": "vpc-0123456789abcdef0"}]
    return found


def record_sets(zone):
    """Return the response of `ListResourceRecordSets`, with the records at the top of the zone."""
    servers = zone.name_servers or PRIVATE_SERVERS
    sets = {
        (zone.name, "NS"): [f"{server}." for server in servers],
        (zone.name, "SOA"): [f"{servers[0]}. hostmaster.example. 1 7200 900 1209600 300"],
    }
    for record in zone.records:
        value = f"{record.value}." if record.type in {"CNAME", "NS"} else record.value
        sets.setdefault((record.name, record.type), []).append(value)
    return {
        "ResourceRecordSets": [
            {
                "Name": f"{name}.",
                "Type": kind,
                "TTL": 300,
                "ResourceRecords": [{"Value": value} for value in values],
            }
            for (name, kind), values in sets.items()
        ]
    }


def inventory(zones):
    """Return the responses about hosted zones as `acmrules inventory` saves them."""
    operations = {"GetHostedZone": hosted_zone, "ListResourceRecordSets": record_sets}
    member = {"GetHostedZone": "Id", "ListResourceRecordSets": "HostedZoneId"}
    return {
        "acmrules": "0.1.0",
        "inventory": 1,
        "at": "2026-12-01T00:00:00+00:00",
        "responses": [
            {
                "operation": operation,
                "account": "123456789012",
                "region": "us-east-1",
                "request": {member[operation]: zone.id},
                "response": make(zone),
            }
            for zone in zones
            for operation, make in operations.items()
        ],
    }
