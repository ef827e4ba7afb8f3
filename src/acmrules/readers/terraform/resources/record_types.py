"""The resource types that create DNS records, with Route 53 and with other providers."""

from __future__ import annotations

from acmrules.dns_validation import ROUTE53
from acmrules.readers.terraform.resources.references import RECORD
from acmrules.values import Value


class RecordType(Value):
    """A resource type that creates records.

    `name`, `values`, `type`, `zone` and `overwrite` are its attributes. An attribute of a nested
    block, or of the objects in a list, has the name of the block before a dot. A type without the
    attribute `type` creates CNAME records. `is_relative` is whether the name has to be without the
    name of the zone.
    """

    service: str
    name: str = "name"
    values: tuple[str, ...] = ("value",)
    type: str = "type"
    zone: str = "zone_id"
    overwrite: str = ""
    is_relative: bool = False


RECORD_TYPES = {
    RECORD: RecordType(ROUTE53, values=("records",), overwrite="allow_overwrite"),
    "akamai_dns_record": RecordType("Akamai", values=("target",), type="recordtype", zone="zone"),
    "alicloud_alidns_record": RecordType("Alibaba Cloud", "rr", zone="domain_name"),
    "azurerm_dns_cname_record": RecordType(
        "Azure DNS", values=("record",), type="", zone="zone_name", is_relative=True
    ),
    "bunnynet_dns_record": RecordType("bunny.net", zone="zone"),
    "cloudflare_dns_record": RecordType("Cloudflare", values=("content",)),
    "cloudflare_record": RecordType(
        "Cloudflare", values=("content", "value"), overwrite="allow_overwrite"
    ),
    "desec_rrset": RecordType("deSEC", "subname", ("records",), zone="domain", is_relative=True),
    "digitalocean_record": RecordType("DigitalOcean", zone="domain"),
    "dme_dns_record": RecordType("DNS Made Easy", zone="domain_id"),
    "dns_cname_record": RecordType("DNS (RFC 2136)", values=("cname",), type="", zone="zone"),
    "dnsimple_record": RecordType("DNSimple", zone="domain"),
    "dnsimple_zone_record": RecordType("DNSimple", zone="zone_name"),
    "exoscale_domain_record": RecordType(
        "Exoscale", values=("content",), type="record_type", zone="domain"
    ),
    "gandi_livedns_record": RecordType("Gandi", values=("values",), zone="zone"),
    "godaddy-dns_record": RecordType("GoDaddy", values=("data",), zone="domain"),
    "godaddy_domain_record": RecordType(
        "GoDaddy", "record.name", ("record.data",), "record.type", "domain"
    ),
    "google_dns_record_set": RecordType(
        "Google Cloud DNS", values=("rrdatas",), zone="managed_zone"
    ),
    "hcloud_zone_rrset": RecordType("Hetzner", values=("records.value",), zone="zone"),
    "hetznerdns_record": RecordType("Hetzner"),
    "infoblox_cname_record": RecordType(
        "Infoblox", "alias", ("canonical",), type="", zone="dns_view"
    ),
    "linode_domain_record": RecordType(
        "Linode", values=("target",), type="record_type", zone="domain_id"
    ),
    "namecheap_domain_records": RecordType(
        "Namecheap", "record.hostname", ("record.address",), "record.type", "domain"
    ),
    "netlify_dns_record": RecordType("Netlify", "hostname"),
    "ns1_record": RecordType("NS1", "domain", ("answers.answer",), zone="zone"),
    "oci_dns_rrset": RecordType(
        "Oracle Cloud", "domain", ("items.rdata",), "rtype", "zone_name_or_id"
    ),
    "ovh_domain_zone_record": RecordType(
        "OVHcloud", "subdomain", ("target",), "fieldtype", "zone", is_relative=True
    ),
    "porkbun_dns_record": RecordType("Porkbun", values=("content",), zone="domain"),
    "powerdns_record": RecordType("PowerDNS", values=("records",), zone="zone"),
    "scaleway_domain_record": RecordType("Scaleway", values=("data",), zone="dns_zone"),
    "transip_dns_record": RecordType("TransIP", values=("content",), zone="domain"),
    "ultradns_record": RecordType(
        "UltraDNS", "owner_name", ("record_data",), "record_type", "zone_name"
    ),
    "vercel_dns_record": RecordType("Vercel", zone="domain"),
}
"""The types in public use, by name."""
