"""Certificates that files declare and accounts show are one."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import read
from tests.support.shown_accounts import arn_of, asked, declared, detail

from acmrules.analysis.coverage import HostStatus, coverage_of_files, coverage_of_hosts
from acmrules.analysis.existing import with_existing
from acmrules.diagnosis.certificate import CertificateStatus
from acmrules.model.inventory import take_inventory
from acmrules.names import DomainName
from acmrules.request import Tool

HOST = DomainName("api.brightharbor.io")


def joined(*declarations):
    return with_existing(declarations, lambda _: None)


def test_a_declared_certificate_has_the_one_that_exists():
    """It is one declaration, with the ARN and the location in the template."""
    [one] = joined(asked(), *declared(detail()))
    assert one.tool is Tool.TERRAFORM
    assert one.exported_as == (arn_of(1),)
    assert one.variants[0].existing == detail()
    assert take_inventory([one]).account.certificates == (detail(),)


def test_a_declaration_keeps_what_it_exports():
    """Other files still find it by the names of its outputs."""
    template = asked().__replace__(exported_as=("site-certificate",))
    [one] = joined(template, *declared(detail()))
    assert one.exported_as == ("site-certificate", arn_of(1))


def test_a_certificate_with_other_names_stays_apart():
    """The template wants another one, and so does one that no file declares."""
    others = declared(detail("brightharbor.io", "www.brightharbor.io"), detail("a.io", number=2))
    template = asked("brightharbor.io")
    assert joined(template, *others) == (template, *others)


def test_an_account_alone_is_unchanged():
    """Nothing declares its certificates."""
    found = declared(detail())
    assert joined(*found) == found


def test_only_one_declaration_exports_an_arn():
    """A state and its configuration are one certificate, and a consumer has one holder."""
    state = asked(arn=arn_of(1))
    found = joined(asked(), state, *declared(detail()))
    assert [each.exported_as for each in found] == [(), (arn_of(1),)]


def listener():
    """Return the declarations of a domain with a certificate."""
    return read(
        f"""
        Resources:
          Domain:
            Type: AWS::ApiGateway::DomainName
            Properties:
              DomainName: {HOST}
              RegionalCertificateArn: {arn_of(1)}
              EndpointConfiguration:
                Types: [REGIONAL]
        """,
        "site.yaml",
    )


def coverage(*declarations):
    [host] = coverage_of_files(take_inventory(joined(*declarations))).hosts
    return host


def test_a_literal_arn_is_answered_by_the_certificate():
    """Without the account, the certificate is elsewhere."""
    assert coverage(*listener()).status is HostStatus.ELSEWHERE
    host = coverage(*listener(), *declared(detail("*.brightharbor.io")))
    assert (host.status, str(host.covered_by)) == (HostStatus.COVERED, "*.brightharbor.io")
    assert host.file == "site.yaml"
    assert host.certificates == (("account.json", arn_of(1)),)
    assert coverage(*listener(), *declared(detail("b.io"))).status is HostStatus.UNCOVERED


def test_a_literal_arn_of_a_declared_certificate_is_answered_once():
    """The template that declares the certificate is the answer."""
    host = coverage(*listener(), asked("*.brightharbor.io"), *declared(detail("*.brightharbor.io")))
    assert host.status is HostStatus.COVERED
    assert host.certificates == (("main.tf", "Certificate"),)


@given(st.sampled_from(CertificateStatus))
def test_a_certificate_that_is_unusable_covers_nothing(status):
    """The reason is said, and a pending certificate has a remark."""
    host = coverage(*listener(), *declared(detail("*.brightharbor.io", status=status)))
    is_lost = status not in {
        CertificateStatus.ISSUED,
        CertificateStatus.INACTIVE,
        CertificateStatus.PENDING_VALIDATION,
    }
    assert (host.status is HostStatus.UNCOVERED) is is_lost
    assert bool(host.reason) is is_lost
    assert bool(host.remark) is (status is CertificateStatus.PENDING_VALIDATION)


def test_an_issued_certificate_answers_before_a_pending_one():
    """A host may have both, and then nothing has to be said."""
    pending = detail("*.brightharbor.io", status=CertificateStatus.PENDING_VALIDATION)
    issued = detail("api.brightharbor.io", number=2)
    inventory = take_inventory(joined(*declared(pending, issued)))
    [host] = coverage_of_hosts(inventory, [HOST]).hosts
    assert (str(host.covered_by), host.remark) == (str(HOST), "")
