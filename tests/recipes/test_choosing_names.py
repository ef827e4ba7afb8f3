"""Choosing names for many hosts."""

from tests.support.programs import run


def test_wildcards_serve_three_hundred_hosts():
    """300 hosts of three domains need one certificate with a wildcard for each domain."""
    zones = ("brightharbor.io", "brightharbor.com", "brightharbor.net")
    hosts = [f"host-{number}.{zone}" for zone in zones for number in range(100)]
    assert run("choosing_names", text="\n".join(hosts)) == (
        0,
        "certificate 1 for 300 hosts: *.brightharbor.com, *.brightharbor.io, *.brightharbor.net\n",
        "",
    )


def test_a_host_without_a_possible_certificate_is_listed():
    """No public certificate has a name of AWS."""
    code, out, _ = run("choosing_names", text="site.elb.amazonaws.com")
    assert code == 0
    assert out.startswith("site.elb.amazonaws.com: ")
