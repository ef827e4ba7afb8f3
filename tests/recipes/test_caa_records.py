"""Whether CAA records in the output of `dig` allow ACM to issue."""

from tests.support.programs import run

AMAZON = 'brightharbor.io.\t3600\tIN\tCAA\t0 issue "amazon.com"\n'
OTHER = 'www.brightharbor.io.\t3600\tIN\tCAA\t0 issue "example-ca.net"\n'


def test_the_nearest_records_decide():
    """The records of `www` apply to it, those of the apex to all other names."""
    assert run("caa_records", "api.brightharbor.io", text=AMAZON + OTHER) == (0, "", "")
    code, _, err = run("caa_records", "www.brightharbor.io", text=AMAZON + OTHER)
    assert code == 1
    assert err.startswith("www.brightharbor.io: ")


def test_a_name_without_records_may_be_issued():
    """Any CA may issue for it."""
    assert run("caa_records", "brightharbor.io") == (0, "", "")
