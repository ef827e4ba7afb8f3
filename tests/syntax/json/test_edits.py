"""Edits of JSON."""

import pytest
from tests.support.fixes import fixed_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"DomainName":"\\u0057.a.io"}', '{"DomainName":"w.a.io"}'),
        ('{"DomainName":"a.io","ValidationMethod" : "dns"}',) * 2,
        (
            '{"DomainName": "*.a.io",\r\n "Tags": []}\r\n',
            '{"DomainName": "*.a.io",\r\n "Tags": [], "SubjectAlternativeNames": ["a.io"]}\r\n',
        ),
        (
            '{\n  "DomainName":"*.a.io",\n  "Tags":[]\n}',
            '{\n  "DomainName":"*.a.io",\n  "Tags":[],\n  "SubjectAlternativeNames":["a.io"]\n}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": [\n  "b.io",\n  "a.io"\n]}',
            '{"DomainName": "a.io", "SubjectAlternativeNames": [\n  "b.io"\n]}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["b.io", "a.io", "a.io"]}',
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["b.io"]}',
        ),
        (
            '{"DomainName": "a.io", "SubjectAlternativeNames": ["a.io"], "Tags": []}',
            '{"DomainName": "a.io", "Tags": []}',
        ),
        (
            '{"DomainName": "A.io"}\n{"DomainName": "B.io"}\n',
            '{"DomainName": "a.io"}\n{"DomainName": "b.io"}\n',
        ),
    ],
)
def test_json(before, after):
    """Edits of JSON keep whitespace and lines, and add or remove commas with items."""
    rules = ["ACM102", "ACM203", "ACM304"]
    assert fixed_text(before, "t.json", unsafe=True, rules=rules) == after
