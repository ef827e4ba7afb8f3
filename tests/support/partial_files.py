"""Files with gaps, and values that may fill them, for the laws of partly known files.

A draft is a file as plain data: strings, lists and mappings. A gap in a string is an `Unresolved`,
a gap in a list an `Open`; a filling gives each a value. A declaration can be made of a draft with
gaps and of a filled one.
"""

from hypothesis import strategies as st

from acmrules.model.declaration import Declaration, Variant
from acmrules.request import (
    CertificateRequest,
    KeyAlgorithm,
    Tag,
    Tool,
    ValidationMethod,
    ValidationOption,
)
from acmrules.resources import CaaRecordSet, CertificateReference, Consumer, Zone
from acmrules.services import SERVICES
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_member, read_name
from acmrules.values import Value


class Open(Value):
    """Any number of items of a list."""

    label: str


ZONE = "Z0123456789ABCDEFGHIJ"
REFERENCE = Unresolved((Unknown("${Zone}"),))
"""The reference to a zone of the file; it has no other value."""
AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
NAMES = (
    "brightharbor.io",
    "www.brightharbor.io",
    "WWW.BrightHarbor.io",
    "*.brightharbor.io",
    "*.www.brightharbor.io",
    "a.b.brightharbor.io",
    "status_page.brightharbor.io",
    "brightharbor.co.uk",
    "co.uk",
    "*.co.uk",
    "github.io",
    "build.corp",
    "x.onion",
    "2.0.192.in-addr.arpa",
    "www.example.com",
    "x.cloudfront.net",
    "10.0.0.1",
    "ab--cd.brightharbor.io",
    "xn--bcher-kva.brightharbor.io",
    "bücher.brightharbor.io",
    "",
    "brightharbor.io.",
    f"{'a.' * 30}brightharbor.io",
    f"{'a.' * 110}brightharbor.io",
)
REGIONS = ("us-east-1", "eu-west-1", "eu-west1", "cn-north-1")
RECORDS = (
    '0 issue "amazon.com"',
    '0 issue "letsencrypt.org"',
    '0 issue "letsencrypt.org; accounturi=x"',
    '0 issuewild ";"',
    '0 issuewild "amazon.com"',
    '0 iodef "mailto:ops@brightharbor.io"',
    '128 tbs "x"',
    "no record",
)
FILLINGS = ("", ".", "*", "*.", "a", "A", "_", "a.b", "com", "x.io", "amazon.com", " ", "Z" * 40)
LABELS = ("${X}", "${Y}")
NULLABLE = {
    "validation_method",
    "validation_domain",
    "hosted_zone_id",
    "key_algorithm",
    "certificate_authority_arn",
    "certificate",
    "export",
    "transparency_logging",
    "idempotency_token",
    "region",
}
"""What may be null in Terraform, which is absence."""


@st.composite
def files(draw):  # noqa: C901  (one function for each thing that a file holds)
    """Draw a draft with gaps and a filling, which is mostly the original value."""
    tool = draw(st.sampled_from(Tool))
    nothing = [None] * 4 if tool is Tool.TERRAFORM else []
    cut = {label: [*nothing, *FILLINGS] for label in LABELS}
    lists = {}

    def text(*samples):
        known = draw(st.sampled_from(samples))
        if not draw(st.booleans()):
            return known
        begin, end = sorted((draw(st.integers(0, len(known))), draw(st.integers(0, len(known)))))
        if draw(st.integers(0, 3)) == 0:
            begin, end = 0, len(known)
        if not known[begin:end].isascii():
            # ACM takes no U-labels, and ACM101 says so: nothing is read of a part of one.
            begin = end
        label = draw(st.sampled_from(LABELS))
        cut[label] += [known[begin:end]] * 8
        return Unresolved(tuple(filter(None, (known[:begin], Unknown(label), known[end:]))))

    def maybe(make):
        return make() if draw(st.booleans()) else None

    def items(make, most, kind):
        found = [make() for _ in range(draw(st.integers(0, most)))]
        if draw(st.integers(0, 3)) == 0:
            label = f"${{{kind}{len(lists)}}}"
            lists[label] = [make() for _ in range(draw(st.integers(0, 2)))]
            # What a list of names begins with is one name, the domain name.
            begin = 1 if kind == "Names" else 0
            if len(found) >= begin:
                found.insert(draw(st.integers(begin, len(found))), Open(label))
        return found

    def listed_name():
        return text(*NAMES)

    def zone_id():
        given = text(ZONE, f"/hostedzone/{ZONE}", "zone")
        return REFERENCE if draw(st.booleans()) else given

    def option():
        return {
            "domain_name": maybe(listed_name),
            "validation_domain": maybe(listed_name),
            "hosted_zone_id": maybe(zone_id),
        }

    def tag():
        words = ("Name", "", "aws:x", "*.io", "a" * 128, "a" * 256)
        return {"key": text(*words), "value": text(*words)}

    def request_fields():
        return {
            "names": items(listed_name, 3, "Names"),
            "validation_method": maybe(lambda: text("DNS", "EMAIL", "HTTP", "dns", "CNAME")),
            "validation_options": items(option, 2, "Options"),
            "key_algorithm": maybe(
                lambda: text(
                    "RSA_2048", "RSA_4096", "EC_prime256v1", "EC_Prime256v1", "EC_secp384r1"
                )
            ),
            "certificate_authority_arn": maybe(lambda: text(AUTHORITY, ARN, ""))
            if draw(st.integers(0, 2)) == 0
            else None,
            "export": maybe(lambda: text("ENABLED", "DISABLED")),
            "transparency_logging": maybe(lambda: text("ENABLED", "DISABLED")),
            "tags": items(tag, 2, "Tags"),
            "idempotency_token": maybe(lambda: text("a", "", "a-b", "a" * 40)),
            "region": maybe(lambda: text(*REGIONS)),
            "import_fields": draw(st.sampled_from([(), ("private_key",)])),
            "create_before_destroy": draw(st.sampled_from([None, True, False])),
        }

    def consumer():
        reference = draw(st.booleans())
        return {
            "service": draw(st.sampled_from([*SERVICES, "unheard-of"])),
            "certificate": CertificateReference("Certificate")
            if reference
            else maybe(
                lambda: text(
                    ARN,
                    ARN.replace("eu-west-1", "us-east-1"),
                    "arn:aws",
                    AUTHORITY,
                    "arn:aws:iam::111122223333:server-certificate/x",
                )
            ),
            "hosts": items(listed_name, 2, "Hosts"),
            "hosts_known": draw(st.booleans()),
            "region": maybe(lambda: text(*REGIONS)),
            "traits": draw(st.sampled_from([frozenset(), frozenset({"mutual-tls"})])),
        }

    def zone():
        return {
            "name": listed_name(),
            "zone_id": draw(st.sampled_from([ZONE, REFERENCE])),
            "private": draw(st.booleans()),
        }

    def record_set():
        return {
            "name": text(*NAMES[:8]),
            "records": [text(*RECORDS) for _ in range(draw(st.integers(1, 2)))],
        }

    def several(make, most):
        return [make() for _ in range(draw(st.integers(0, most)))]

    draft = {
        "tool": tool,
        "request": request_fields(),
        "consumers": several(consumer, 1),
        "all_consumers_known": draw(st.booleans()),
        "zones": several(zone, 2),
        "caa": several(record_set, 2),
        "issued": maybe(request_fields) if draw(st.integers(0, 1)) else None,
    }
    if draft["issued"] and draw(st.booleans()):
        kept = draw(st.sampled_from(["names", "validation_method", "validation_options", "tags"]))
        draft["issued"] = draft["request"] | {kept: draft["issued"][kept]}
    filling = {label: draw(st.sampled_from(values[::-1])) for label, values in cut.items()}
    return draft, filling | {
        label: [filled(item, filling)[0] for item in value] for label, value in lists.items()
    }


def filled(data, filling):
    """Return data without gaps, and the path of origin of each item, by path."""
    if data == REFERENCE:
        return data, {}
    if isinstance(data, Unresolved):
        return "".join(
            (filling.get(part.label) or "") if isinstance(part, Unknown) else part
            for part in data.parts
        ), {}
    if isinstance(data, dict):
        whole, origins = {}, {}
        for key, value in data.items():
            whole[key], inner = filled(value, filling)
            if key in NULLABLE and not whole[key] and _is_null(value, filling):
                whole[key] = None
            origins |= {(key, *path): (key, *origin) for path, origin in inner.items()}
        return whole, origins
    if isinstance(data, list):
        items, origins = [], {}
        for index, item in enumerate(data):
            for each in filling[item.label] if isinstance(item, Open) else [item]:
                place = len(items)
                made, inner = filled(each, filling)
                origins[(place,)] = (index,)
                origins |= {(place, *path): (index, *origin) for path, origin in inner.items()}
                items.append(made)
        return items, origins
    return data, {}


def _is_null(value, filling):
    return isinstance(value, Unresolved) and filling[str(value)] is None


def declaration(draft):
    """Return the declaration of a draft."""
    variant = Variant(
        request=request_of(draft["request"]),
        consumers=tuple(_consumer(each) for each in draft["consumers"]),
        locations={},
        zones=tuple(
            Zone(_name(each["name"]), each["zone_id"], "Zone", each["private"])
            for each in draft["zones"]
        ),
        caa=tuple(
            CaaRecordSet(_name(each["name"]), tuple(each["records"]), "Caa")
            for each in draft["caa"]
        ),
        all_consumers_known=draft["all_consumers_known"],
        issued=request_of(draft["issued"]) if draft["issued"] else None,
    )
    return Declaration(None, draft["tool"], "", (variant,))


def request_of(draft):
    """Return the request of a draft."""
    return CertificateRequest(
        **draft
        | {
            "names": tuple(map(_name, draft["names"])),
            "spellings": tuple(map(_spelling, draft["names"])),
            "validation_method": _member(ValidationMethod, draft["validation_method"]),
            "validation_options": tuple(map(_option, draft["validation_options"])),
            "key_algorithm": _member(KeyAlgorithm, draft["key_algorithm"]),
            "tags": tuple(_open(each) or Tag(**each) for each in draft["tags"]),
        }
    )


def _consumer(draft):
    return Consumer(address="Consumer", **draft | {"hosts": tuple(map(_name, draft["hosts"]))})


def _spelling(text):
    return text.label if isinstance(text, Open) else str(text)


def _name(text):
    if isinstance(text, Open):
        return UnresolvedNames(Unknown(text.label))
    return read_name(text) if isinstance(text, str) else text


def _open(item):
    return Unresolved((Unknown(item.label),)) if isinstance(item, Open) else None


def _option(draft):
    return _open(draft) or ValidationOption(
        *(
            None if draft[key] is None else _name(draft[key])
            for key in ("domain_name", "validation_domain")
        ),
        draft["hosted_zone_id"],
    )


def _member(kind, text):
    return read_member(kind, text) if isinstance(text, str) else text
