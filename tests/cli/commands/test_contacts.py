"""The command `contacts`."""

import json


def test_contacts(run):
    """There are five mailboxes today, and WHOIS contacts as long as they received mail."""
    whois = ["--registrant", "a@x.org", "--technical", "b@x.org", "--administrative", "c@x.org"]
    then = run("contacts", "www.example.com", *whois, "--as-of", "2018-01-01")[1]
    assert then.startswith(
        "www.example.com: ACM sends email to 8 addresses; one approval is enough\n"
    )
    now = run("contacts", "www.example.com", *whois)[1]
    assert now.startswith(
        "www.example.com: ACM sends email to 5 addresses; one approval is enough\n"
    )
    assert "not used since 2024-06-01" in now
    between = ["--as-of", "2024-07-01", "--renewal"]
    assert "8 addresses" in run("contacts", "example.com", *whois, *between)[1]
    data = json.loads(
        run("contacts", "b.a.io", "--validation-domain", "a.io", "--format", "json")[1]
    )
    assert data[0] == {
        "name": "b.a.io",
        "address": "admin@a.io",
        "origin": "constructed",
        "mailed": True,
        "since": None,
        "source": None,
    }
