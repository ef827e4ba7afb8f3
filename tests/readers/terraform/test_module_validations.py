"""The validations of a root module are read only if the rules need them."""

from tests.support.terraform import declarations
from tests.support.validation_files import FIRST, certificate, each_record, found_in, record, wait


def validations(*texts):
    """Return the validation of each certificate of a module."""
    return [each.variants[0].dns_validation for each in declarations("\n".join(texts))]


def test_only_certificates_with_dns_validation_are_read():
    """The others have no validation records, but may have a wait."""
    email = certificate("a.io").replace('"DNS"', '"EMAIL"')
    assert validations(email) == [None]
    (found,) = validations(email, record(FIRST), wait())
    assert found.records == ()
    assert [each.address for each in found.waits] == ["aws_acm_certificate_validation.site"]


def test_a_certificate_without_records_is_not_read():
    """The records of another certificate do not concern it."""
    other = certificate("b.io", label="other")
    found = validations(certificate("a.io"), record(FIRST), other)
    assert [each is None for each in found] == [False, True]


def test_each_state_of_a_condition_has_its_own_validation():
    """A record that exists only in production leaves names out there."""
    variable = 'variable "stage" { type = string }\n'
    over = 'count = var.stage == "prod" ? 1 : 0'
    text = variable + certificate("a.io", "b.io") + record(FIRST, over)
    (declaration,) = declarations(text)
    assert found_in(text) <= {"ACM417 error"}
    assert declaration.variants[0].dns_validation is not None


def test_several_modules_have_their_own_records():
    """A certificate in a called module is validated by the records of that module."""
    call = 'module "a" {\n  source = "./a"\n}\n'
    inside = certificate("a.io", "*.a.io") + each_record()
    assert found_in(call, **{"a/main.tf": inside}) == {"ACM408 error"}
