"""Plans as requests, with zones and parameters."""

from hypothesis import given
from hypothesis import strategies as st

from acmrules.name_list import NameList
from acmrules.names import DomainName, WildcardDomainName
from acmrules.planner.regional import PlannedCertificate
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.resources import Zone
from acmrules.strategies import related_names
from acmrules.suffix_lists import default_suffixes
from acmrules.unresolved import Unknown, Unresolved
from acmrules.writers.plan_requests import RequestDefaults, requests

SUFFIXES = default_suffixes()
KEY = KeyAlgorithm.EC_PRIME256V1


def certificate(*names, region=None):
    """Return a planned certificate."""
    return PlannedCertificate(region, NameList(names), KEY, (), (), ())


def zone(name, zone_id, *, private=False):
    """Return a declared zone."""
    return Zone(DomainName(name), zone_id, "Zone", private)


def zones_of(request):
    """Return the zones in the options of a request, by name."""
    return {str(o.domain_name): str(o.hosted_zone_id) for o in request.validation_options}


@given(st.lists(related_names(), min_size=1, max_size=8), st.sampled_from(["api", "terraform"]))
def test_each_record_is_written_once(names, form):
    """Each name has an option, unless it shares the record of its parent."""
    [request] = requests([certificate(*names)], form, RequestDefaults(SUFFIXES))
    plain = [
        option.domain_name.parent
        if isinstance(option.domain_name, WildcardDomainName)
        else option.domain_name
        for option in request.validation_options
    ]
    assert len(plain) == len({*plain})
    assert all(option.domain_name in request.names for option in request.validation_options)
    if form == "api":
        assert plain == []
    else:
        parents = {n.parent if isinstance(n, WildcardDomainName) else n for n in names}
        assert {*plain} == parents


def test_values_of_a_plan():
    """The request has all values of the plan, and only for Terraform a lifecycle."""
    manner = RequestDefaults(SUFFIXES, method=ValidationMethod.EMAIL)
    [template] = requests([certificate("a.io", region="eu-west-1")], "cloudformation", manner)
    assert (template.names, template.key_algorithm) == ((DomainName("a.io"),), KEY)
    assert (template.region, template.validation_method) == ("eu-west-1", ValidationMethod.EMAIL)
    assert (template.validation_options, template.create_before_destroy) == ((), None)
    [module] = requests([certificate("a.io")], "terraform", manner)
    assert (module.region, module.create_before_destroy) == (None, True)


def test_zones():
    """The id of the most specific public zone is written, or else it is a parameter."""
    zones = (
        zone("harbor.io", "Z1"),
        zone("eu.harbor.io", Unresolved((Unknown("${Zone}"),))),
        zone("www.harbor.io", "Z2", private=True),
        zone("two.io", "Z3"),
        zone("two.io", "Z4"),
        zone("same.io", "Z5"),
        zone("same.io", "Z5"),
        zone("odd.io", "/hostedzone/Z6"),
    )
    names = ("www.harbor.io", "a.eu.harbor.io", "two.io", "same.io", "odd.io", "a.other.co.uk")
    [request] = requests([certificate(*names)], "terraform", RequestDefaults(SUFFIXES, zones))
    assert zones_of(request) == {
        "www.harbor.io": "Z1",
        "a.eu.harbor.io": "${var.zone_of_eu_harbor_io}",
        "two.io": "${var.zone_of_two_io}",
        "same.io": "Z5",
        "odd.io": "${var.zone_of_odd_io}",
        "a.other.co.uk": "${var.zone_of_other_co_uk}",
    }


def test_parameters_have_different_names():
    """Parameters of different zones and tags have different names."""
    manner = RequestDefaults(SUFFIXES, tags=("a b", "a-b"))
    plan = [certificate("a.co.uk", "a-co.uk"), certificate("a-co.uk")]
    first, second = requests(plan, "cloudformation", manner)
    assert zones_of(first) == {"a.co.uk": "${ZoneOfACoUk}", "a-co.uk": "${ZoneOfACoUk2}"}
    assert zones_of(second) == {"a-co.uk": "${ZoneOfACoUk2}"}
    assert [str(tag.value) for tag in first.tags] == ["${TagAB}", "${TagAB2}"]
    assert first.tags == second.tags
    assert requests(plan, "api", manner)[0].tags == ()


def test_a_name_that_is_a_public_suffix():
    """A name without a base domain name has its own zone."""
    [request] = requests([certificate("github.io")], "cloudformation", RequestDefaults(SUFFIXES))
    assert zones_of(request) == {"github.io": "${ZoneOfGithubIo}"}
