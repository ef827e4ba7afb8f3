"""The existing certificates that consumers use by a literal ARN."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import (
    REGION,
    account_declaration,
    account_of,
    arn_of,
    declared,
    detail,
    listed,
)

from acmrules.model.batches import Batch, link
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Location
from acmrules.request import Tool
from acmrules.resources import CertificateReference, Consumer
from acmrules.syntax.source import Source


def consumers(*certificates, file="site.yaml"):
    """Return a batch with a consumer for each certificate."""
    source = Source(file, "Listener")
    found = tuple(Consumer("alb", "Listener", each, region=REGION) for each in certificates)
    variant = Variant(None, found, {(): Location(source, 0, 8)})
    declaration = Declaration(source, Tool.CLOUDFORMATION, "Listener", (variant,))
    return Batch(file, (declaration,), frozenset((file,)))


def shown(*details, file="account.json", **fields):
    """Return the batch of a file about an account."""
    account = account_declaration(account_of(**fields), file) if fields else None
    declarations = (*declared(*details, file=file), *((account,) if account else ()))
    return Batch(file, declarations, frozenset((file,)))


def used_in(batches):
    return [
        (each.arn, each.existing, each.absent_from)
        for batch in batches
        for declaration in batch.declarations
        for each in declaration.variants[0].used
    ]


def test_an_arn_gets_its_certificate_whatever_the_order_of_files():
    """The account may be read before or after the template."""
    one, other = consumers(arn_of(1)), shown(detail())
    expected = [(arn_of(1), detail(), None)]
    assert used_in(link([one, other])) == expected
    assert used_in(link([other, one])) == expected


def test_without_an_account_the_same_batches_are_passed_on():
    """Those with an ARN come last, and nothing else changes."""
    using, other = consumers(arn_of(1)), consumers(CertificateReference("Certificate"))
    found = [*link([using, other])]
    assert len(found) == 2
    assert found[0] is other
    assert found[1] is using


def test_a_batch_without_an_arn_is_passed_on_at_once():
    """No file about an account can affect it."""
    batch = consumers(CertificateReference("Certificate"), None)

    def batches():
        yield batch
        raise AssertionError("the next batch is read too early")

    assert next(link(batches())) is batch


def test_modules_have_the_certificates_too():
    """A root module of Terraform is a batch of its own kind."""
    module = consumers(arn_of(1)).__replace__(reported=frozenset(("site.yaml",)))
    assert used_in(link([module, shown(detail())])) == [(arn_of(1), detail(), None)]


def test_a_certificate_is_absent_only_from_a_region_that_is_listed_as_a_whole():
    """A list that leaves certificates out does not decide, and neither does another account."""
    using = consumers(arn_of(1))
    assert used_in(link([using, shown(detail(number=2))])) == []
    for complete, expected in (
        (listed(), [(arn_of(1), None, listed())]),
        (listed(hides=("RSA_4096",)), []),
        (listed("us-east-1"), []),
        (listed(account="210987654321"), []),
    ):
        assert used_in(link([using, shown(listed=(complete,))])) == expected


def test_an_arn_of_another_service_is_not_absent():
    """Certificates of IAM are in no list of ACM."""
    iam = "arn:aws:iam:eu-west-1:123456789012:server-certificate/site"
    assert used_in(link([consumers(iam), shown(listed=(listed(),))])) == []


@given(st.permutations(range(3)))
def test_a_certificate_in_several_files_is_declared_once(order):
    """It has what each of them shows."""
    batches = [
        shown(detail(described=False, in_use_by=None), file="list.json"),
        shown(detail(issuer=None), file="description.json"),
        consumers(arn_of(1)),
    ]
    linked = [*link([batches[index] for index in order])]
    certificates = [
        declaration
        for batch in linked
        for declaration in batch.declarations
        if declaration.tool is Tool.ACCOUNT
    ]
    assert len(certificates) == 1
    assert certificates[0].file == "description.json"
    assert len(used_in(linked)) == 1
