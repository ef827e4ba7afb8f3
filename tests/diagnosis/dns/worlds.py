"""Worlds of DNS with several mistakes at once, drawn from what people write into their zones."""

from hypothesis import strategies as st
from tests.diagnosis.dns.rows import (
    AMAZON,
    LETSENCRYPT,
    NAME,
    OTHER_VALUE,
    RECORD,
    VALUE,
    ZONE,
    zone,
)
from tests.support.dns_certificates import HOURS_AGO, MINUTES_AGO, TOKEN, certificate, validation
from tests.support.dns_world import internet

from acmrules.diagnosis import ValidationStatus
from acmrules.request import ValidationMethod

AT_THE_RECORD = (
    ("CNAME", VALUE),
    ("CNAME", VALUE.removeprefix("_")),
    ("CNAME", OTHER_VALUE),
    ("CNAME", f"{VALUE}.{ZONE}"),
    ("CNAME", "shop.hosting.net"),
    ("TXT", f'"{VALUE}"'),
    ("A", "203.0.113.7"),
)
ELSEWHERE = (
    (f"{RECORD}.{ZONE}", "CNAME", VALUE),
    (f"{TOKEN}.{ZONE}", "CNAME", VALUE),
    (RECORD.removeprefix("_"), "CNAME", VALUE),
    (f"*.{ZONE}", "A", "203.0.113.8"),
    (f"*.{ZONE}", "CNAME", "shop.hosting.net"),
    (f"*.{NAME}", "TXT", '"text"'),
)
SETS = (
    AMAZON,
    LETSENCRYPT,
    '0 issue ";"',
    '0 issuewild ";"',
    '0 issuewild "letsencrypt.org"',
    '0 issue "amazon.com; validationmethods=http-01"',
    '128 tbs "x"',
    '0 iodef "mailto:security@example.com"',
)
_caa_values = st.lists(st.sampled_from(SETS), unique=True, max_size=3)


@st.composite
def worlds(draw):
    """Draw a world whose one zone has any records at the places that a diagnosis looks at."""
    here = draw(st.none() | st.sampled_from(AT_THE_RECORD))
    there = draw(st.lists(st.sampled_from(ELSEWHERE), max_size=2, unique_by=lambda each: each[0]))
    sets = [(name, "CAA", each) for name in (NAME, ZONE) for each in draw(_caa_values)]
    records = [(RECORD, *here)] if here else []
    return internet(zone(*records, *there, *sets))


_statuses = st.sampled_from((ValidationStatus.PENDING_VALIDATION, ValidationStatus.SUCCESS))

waiting_certificates = st.builds(
    lambda statuses, at: certificate(
        *(
            validation(name, ValidationMethod.DNS, status)
            for name, status in zip((NAME, f"*.{NAME}"), statuses, strict=False)
        ),
        created_at=at,
    ),
    st.lists(_statuses, min_size=1, max_size=2),
    st.sampled_from((HOURS_AGO, MINUTES_AGO)),
)
