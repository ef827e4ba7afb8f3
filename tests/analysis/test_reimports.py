"""Imported certificates that are imported again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.edits import consumer, scoped_certificate

from acmrules.analysis.changes import (
    ChangeContext,
    ChangeKind,
    PlannedAction,
    compared,
    planned_change,
)
from acmrules.analysis.pairing import pairs
from acmrules.analysis.reimports import reimported
from acmrules.changes import Verdict
from acmrules.model.declaration import Declaration, ScopedDeclaration, Variant
from acmrules.names import parse_name
from acmrules.request import Tool
from acmrules.x509 import Certificate, ImportedCertificate


def of(*names, **fields):
    """Return an import of a certificate for names."""
    leaf = Certificate(
        subject="CN=a",
        issuer="CN=b",
        serial_number=len(names),
        version=3,
        key_algorithm="RSA_2048",
        signed_with="RSA",
        first_day=date(2026, 1, 1),
        last_day=date(2027, 1, 1),
        octets=1,
        names=tuple(map(parse_name, names)),
    )
    return ImportedCertificate(leaf=leaf.__replace__(**fields))


@pytest.mark.parametrize(
    ("after", "verdict", "begin"),
    [
        (of("a.io", "b.io"), Verdict.NO_CHANGE, ""),
        (of("a.io", "b.io", serial_number=9), Verdict.IN_PLACE, "the certificate is imported"),
        (of("a.io", "c.io"), Verdict.IN_PLACE, "the certificate is imported again under its ARN,"),
        (of("c.io"), Verdict.UNDECIDED, "adds `c.io` and removes `a.io`, `b.io`; ACM rejects"),
        (
            of("a.io", "b.io", key_algorithm="EC_prime256v1"),
            Verdict.IMPOSSIBLE,
            "the key changes from `RSA_2048` to `EC_prime256v1`; ACM rejects this for an existing",
        ),
        (ImportedCertificate(), Verdict.NO_CHANGE, ""),
    ],
)
def test_an_import_under_an_existing_arn(after, verdict, begin):
    """ACM keeps the ARN, and rejects another key."""
    change = reimported(of("a.io", "b.io"), after)
    assert change.verdict is verdict
    assert len(change.reasons) == (begin != "")
    assert "; ".join(reason.sentence for reason in change.reasons).startswith(begin)
    assert change.fails is (verdict is Verdict.IMPOSSIBLE)


@given(st.sets(st.sampled_from("abc"), min_size=1), st.sets(st.sampled_from("abc"), min_size=1))
def test_the_names_of_both_imports(one, other):
    """One direction adds what the other removes."""
    old, new = (of(*(f"{letter}.io" for letter in sorted(each))) for each in (one, other))
    there, back = reimported(old, new), reimported(new, old)
    assert {str(name)[0] for name in there.added} == other - one
    assert (there.added, there.removed) == (back.removed, back.added)


def test_hosts_that_lose_their_coverage():
    """A new import breaks the hosts that it no longer covers."""
    users = (consumer("Site", "A", parse_name("a.io"), parse_name("b.io")),)
    made = scoped_certificate("A", "a.io", tool=Tool.TERRAFORM, consumers=users)

    def importing(content):
        [variant] = made.declaration.variants
        variant = variant.__replace__(request=None, imported=content)
        declaration = made.declaration.__replace__(variants=(variant,))
        return ScopedDeclaration(declaration, made.scope)

    old, new = importing(of("a.io", "b.io")), importing(of("b.io"))
    [each] = compared(pairs([old], [new], {}, {}), ChangeContext(date(2026, 11, 23)))
    assert each.verdict is Verdict.IN_PLACE
    assert each.breaks == ("the new certificate does not cover `a.io`, which `Site` serves",)


@pytest.mark.parametrize(
    ("planned", "after", "verdict"),
    [
        (Verdict.IN_PLACE, of("a.io", serial_number=9), Verdict.IN_PLACE),
        (Verdict.IN_PLACE, of("a.io", key_algorithm="RSA_4096"), Verdict.IMPOSSIBLE),
        (Verdict.REPLACEMENT, of("a.io", key_algorithm="RSA_4096"), Verdict.REPLACEMENT),
        (Verdict.IN_PLACE, ImportedCertificate(), Verdict.IN_PLACE),
    ],
)
def test_a_plan_imports_a_certificate_again(planned, after, verdict):
    """A plan updates an import in place, and ACM rejects another key."""
    variant = Variant(None, (), {}, imported=after, imported_before=of("a.io"))
    declaration = Declaration(None, Tool.TERRAFORM, "A", (variant,))
    action = PlannedAction(ChangeKind.CHANGED, planned, "action in the plan")
    change = planned_change(declaration, action, date(2026, 11, 23))
    assert change.verdict is verdict
