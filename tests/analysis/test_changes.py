"""The changes of certificates: verdicts, approvals, consumers, and what breaks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.edits import consumer, scoped_certificate, scoped_consumer

from acmrules.acme import AcmeEndpoint, AcmeValidation
from acmrules.analysis.changes import (
    ChangeContext,
    ChangeKind,
    PlannedAction,
    compared,
    planned_change,
    worst,
)
from acmrules.analysis.pairing import pairs
from acmrules.changes import Verdict
from acmrules.model.declaration import Declaration, ScopedDeclaration, Variant
from acmrules.model.placed import Location
from acmrules.names import parse_name
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved
from acmrules.x509 import ImportedCertificate

AS_OF = date(2026, 9, 1)
TERRAFORM = Tool.TERRAFORM
NOTHING, IN_PLACE, UNDECIDED = Verdict.NO_CHANGE, Verdict.IN_PLACE, Verdict.UNDECIDED
REPLACEMENT, IMPOSSIBLE = Verdict.REPLACEMENT, Verdict.IMPOSSIBLE


def verdicts(old, new, *, users=(), moves=None, renamed=None, scopes=None):
    """Return the changes between two states."""
    scopes = scopes or ({each.scope for each in old}, {each.scope for each in new})
    context = ChangeContext(AS_OF, (*new, *users), scopes)
    return compared(pairs(old, new, moves or {}, renamed or {}), context)


def names():
    listed = st.sampled_from(["a.example.com", "b.example.com", "c.example.com"])
    return st.lists(listed, min_size=1, max_size=3, unique=True)


def states():
    one = st.builds(
        lambda address, listed, tool, method: scoped_certificate(
            address, *listed, tool=tool, validation_method=method
        ),
        st.sampled_from("ABC"),
        names(),
        st.sampled_from([Tool.CLOUDFORMATION, TERRAFORM, Tool.API]),
        st.sampled_from(["DNS", "EMAIL", "HTTP", None]),
    )
    return st.lists(one, max_size=4, unique_by=lambda each: each.key)


@given(states())
def test_an_unedited_state_has_no_changes(state):
    """A state compared with itself has no changes."""
    assert verdicts(state, state) == []


@given(states(), states())
def test_swapping_the_sides(old, new):
    """One direction adds what the other removes."""

    def names_in(found, kind, field):
        return sorted(
            sorted(map(str, dict.fromkeys(getattr(each.change, field))))
            for each in found
            if each.kind is kind
        )

    there, back = verdicts(old, new), verdicts(new, old)
    assert names_in(there, ChangeKind.CHANGED, "added") == names_in(
        back, ChangeKind.CHANGED, "removed"
    )
    assert names_in(there, ChangeKind.ADDED, "added") == names_in(
        back, ChangeKind.REMOVED, "removed"
    )


@given(states(), states(), st.randoms())
def test_the_order_of_files_does_not_matter(old, new, random):
    """The order of the certificates does not matter."""
    first = verdicts(old, new)
    random.shuffle(old)
    random.shuffle(new)
    assert {*map(repr, verdicts(old, new))} == {*map(repr, first)}


@given(names(), st.randoms())
def test_another_order_is_a_cosmetic_change(listed, random):
    """A permutation that keeps the primary name is at most a cosmetic change."""
    others = listed[1:]
    random.shuffle(others)
    for tool in Tool:
        old, new = (
            scoped_certificate("A", *each, tool=tool) for each in (listed, [listed[0], *others])
        )
        for each in verdicts([old], [new]):
            assert each.change.is_cosmetic
            assert not each.change.added + each.change.removed


def test_mailboxes():
    """Names that need an approval have mailboxes, also with a validation domain."""
    options = (ValidationOption(parse_name("b.example.com"), parse_name("example.com")),)
    secret = Unresolved((Unknown("${Name}"),))
    old = scoped_certificate("A", "a.example.com", validation_method="EMAIL")
    new = scoped_certificate("A", "a.example.com", "b.example.com", validation_method="EMAIL")
    request = new.declaration.request.__replace__(validation_options=options)
    request = request.__replace__(names=(*request.names, secret), spellings=())
    new = with_variant(new, request=request)
    [each] = verdicts([old], [new])
    boxes = {str(name): addresses for name, addresses in each.mailboxes}
    assert boxes["a.example.com"][0] == "admin@a.example.com"
    assert boxes["b.example.com"][-1] == "webmaster@example.com"
    assert boxes["${Name}"] == ()


def with_variant(one, **fields):
    """Return a certificate with other fields in its only variant."""
    [variant] = one.declaration.variants
    declaration = one.declaration.__replace__(variants=(variant.__replace__(**fields),))
    return ScopedDeclaration(declaration, one.scope)


def test_a_validation_domain_that_does_not_fit():
    """An invalid validation domain has no mailboxes."""
    options = (ValidationOption(parse_name("a.example.com"), parse_name("other.org")),)
    new = scoped_certificate(
        "A", "a.example.com", validation_method="EMAIL", validation_options=options
    )
    [each] = verdicts([], [new])
    assert each.mailboxes == ((parse_name("a.example.com"), ()),)


def test_what_breaks():
    """A host breaks if it loses its coverage, not if it was never covered."""
    users = (consumer("Site", "A", parse_name("a.example.com"), parse_name("x.org")),)
    old = scoped_certificate("A", "a.example.com", "b.example.com", consumers=users)
    new = scoped_certificate("A", "b.example.com", "c.example.com", consumers=users)
    [each] = verdicts([old], [new])
    assert each.breaks == (
        "the new certificate does not cover `a.example.com`, which `Site` serves",
    )
    [each] = verdicts([new], [old])
    assert each.breaks == ()


@pytest.mark.parametrize(("create_first", "count"), [(True, 0), (False, 1), (None, 1)])
def test_terraform_destroys_first(create_first, count):
    """Without `create_before_destroy`, replacing a used certificate fails."""
    old, new = (
        scoped_certificate(
            "aws_acm_certificate.a",
            *listed,
            tool=TERRAFORM,
            create_before_destroy=create_first,
            consumers=(consumer(),),
        )
        for listed in (["a.example.com"], ["a.example.com", "b.example.com"])
    )
    [each] = verdicts([old], [new])
    assert sum("destroys the old certificate first" in line for line in each.breaks) == count
    unused = with_variant(new, consumers=())
    assert verdicts([old], [unused])[0].breaks == ()


def test_an_edit_in_place_breaks_nothing():
    """An edit in place breaks nothing."""
    old = scoped_certificate("A", "a.example.com", consumers=(consumer(),), tool=TERRAFORM)
    new = scoped_certificate(
        "A", "a.example.com", consumers=(consumer(),), tool=TERRAFORM, tags=(Tag("a", "b"),)
    )
    [each] = verdicts([old], [new])
    assert (each.verdict, each.breaks, each.steps) == (IN_PLACE, (), ())


@pytest.mark.parametrize(
    ("tool", "users", "step"),
    [
        (TERRAFORM, (consumer(),), "with `create_before_destroy` in the `lifecycle` block of `A`"),
        (TERRAFORM, (), "otherwise, run `terraform apply -replace='A'`"),
        (Tool.CLOUDFORMATION, (), "request another certificate with the new value"),
    ],
)
def test_an_edit_that_the_tool_tries_and_acm_rejects(tool, users, step):
    """The steps are to undo the edit, or to replace the certificate."""
    old = scoped_certificate("A", "a.io", consumers=users, tool=tool)
    new = scoped_certificate("A", "a.io", consumers=users, tool=tool, export="ENABLED")
    context = ChangeContext(date(2026, 7, 1))
    [each] = compared(pairs([old], [new], {}, {}), context)
    assert (each.verdict, each.breaks) == (IMPOSSIBLE, ())
    undo, replace = each.steps
    assert undo.startswith("undo the edit")
    assert step in replace


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [(IN_PLACE, IMPOSSIBLE), (REPLACEMENT, REPLACEMENT), (NOTHING, NOTHING)],
)
def test_a_plan_does_not_know_what_acm_rejects(planned, verdict):
    """If a plan updates `export` in place, the apply fails; a replacement has any value."""
    issued = CertificateRequest.of(["a.io"], export="DISABLED")
    wanted = CertificateRequest.of(["a.io"], export="ENABLED")
    variant = Variant(wanted, (), {(): PLACE}, issued=issued)
    declaration = Declaration(PLACE.source, TERRAFORM, "A", (variant,))
    action = PlannedAction(ChangeKind.CHANGED, planned, "action in the plan")
    change = planned_change(declaration, action, AS_OF)
    assert change.verdict is verdict


PLACE = Location(Source("plan.json", "{}"), 0, 1)


@pytest.mark.parametrize("bad", ["localhost", "a.*.example.com", f"{'a' * 62}.io"])
def test_no_certificate_was_issued_for_a_request_that_acm_rejects(bad):
    """A fixed request is a first request: it replaces nothing and breaks nothing."""
    users = (consumer("Site", "A", parse_name("a.example.com")),)
    old = scoped_certificate("A", bad, consumers=users, tool=TERRAFORM, validation_method="DNS")
    new = scoped_certificate("A", "b.io", consumers=users, tool=TERRAFORM, validation_method="DNS")
    [each] = verdicts([old], [new])
    assert (each.kind, each.verdict, each.is_first_request) == (ChangeKind.ADDED, NOTHING, True)
    assert [*map(str, each.change.approve_again.by_new_record)] == ["b.io"]
    assert (each.breaks, each.steps) == ((), ())
    [reason] = each.change.reasons
    assert f"{bad}`" in reason.sentence or "65 bytes" in reason.sentence
    assert verdicts([old], [old]) == []
    [back] = verdicts([new], [old])
    assert (back.verdict, back.is_first_request) == (IMPOSSIBLE, False)


# Other addresses


@pytest.mark.parametrize(
    ("tool", "what"),
    [
        (Tool.CLOUDFORMATION, "the logical ID changes from `A` to `B`, with the same names"),
        (TERRAFORM, "the address changes from `A` to `B`, with the same names"),
        (Tool.KUBERNETES, "the object changes from `A` to `B`, with the same names"),
        (Tool.PULUMI, "the name of the resource changes from `A` to `B`, with the same names"),
    ],
)
def test_another_address_is_a_replacement(tool, what):
    """A new address is a replacement."""
    [each] = verdicts(
        [scoped_certificate("A", "a.io", tool=tool)], [scoped_certificate("B", "a.io", tool=tool)]
    )
    assert (each.verdict, each.kind) == (REPLACEMENT, ChangeKind.CHANGED)
    assert [reason.sentence for reason in each.change.reasons] == [what]
    assert each.was.declaration.address == "A"
    assert [*map(str, each.change.approve_again.automatically)] == ["a.io"]


def test_another_address_of_the_api():
    """API requests have no identity."""
    assert (
        verdicts(
            [scoped_certificate("$[0]", "a.io", tool=Tool.API)],
            [scoped_certificate("$[1]", "a.io", tool=Tool.API)],
        )
        == []
    )


def test_moved_to_another_file():
    """Moving to another file is a replacement, and renaming the file is not."""
    old, new = (
        scoped_certificate("A", "a.io", scope="one"),
        scoped_certificate("A", "a.io", scope="two"),
    )
    [each] = verdicts([old], [new], scopes=({"one", "two"}, {"one", "two"}))
    assert each.change.reasons[0].sentence == ("it moves from `one` to `two`, with the same names")
    assert verdicts([old], [new], scopes=({"one", "two"}, {"two"}))[0].verdict is REPLACEMENT
    assert verdicts([old], [new], scopes=({"one"}, {"two"})) == []
    assert verdicts([old], [new], renamed={"two": "one"}) == []


def test_moved_by_a_block():
    """A `moved` block avoids a replacement."""
    moves = {"": {"aws_acm_certificate.b": "aws_acm_certificate.a"}}
    old = scoped_certificate("aws_acm_certificate.a", "a.io", scope="", tool=TERRAFORM)
    new = scoped_certificate("aws_acm_certificate.b", "a.io", scope="", tool=TERRAFORM)
    assert verdicts([old], [new], moves=moves) == []
    edited = with_variant(new, request=new.declaration.request.__replace__(tags=(Tag("a", "b"),)))
    [each] = verdicts([old], [edited], moves=moves)
    assert (each.verdict, each.was) == (IN_PLACE, old)


# One side alone


def test_added():
    """A new certificate replaces nothing, and needs validation of all names."""
    [each] = verdicts([], [scoped_certificate("A", "a.io", "*.a.io")])
    assert (each.kind, each.verdict, each.steps, each.breaks) == (ChangeKind.ADDED, NOTHING, (), ())
    assert [*map(str, each.change.approve_again.by_new_record)] == ["a.io", "*.a.io"]


def test_added_by_mail_and_private():
    """A new certificate needs validation by its method, and a private one none."""
    [each] = verdicts([], [scoped_certificate("A", "a.io", validation_method="EMAIL")])
    assert [*map(str, each.change.approve_again.by_hand)] == ["a.io"]
    [each] = verdicts([], [scoped_certificate("A", "a.io", certificate_authority_arn="arn:x")])
    assert not any(getattr(each.change.approve_again, f) for f in each.change.approve_again._fields)


def test_added_and_impossible():
    """A new certificate that ACM rejects is impossible."""
    [each] = verdicts([], [scoped_certificate("A", "a_b.io")])
    assert (each.kind, each.verdict) == (ChangeKind.ADDED, IMPOSSIBLE)


def test_a_possible_renaming():
    """A possible renaming is a note."""
    old = [scoped_certificate("A", "a.io"), scoped_certificate("B", "a.io")]
    added, *removed = verdicts(old, [scoped_certificate("C", "a.io")])
    assert added.notes == ("it may be the same certificate as `A`, `B`",)
    assert {each.kind for each in removed} == {ChangeKind.REMOVED}
    assert all("`C`" in each.notes[0] for each in removed)


def test_removed():
    """An unused certificate can be removed, and its old consumers are listed."""
    [each] = verdicts([scoped_certificate("A", "a.io", consumers=(consumer("Site", "A"),))], [])
    assert (each.kind, each.verdict, each.breaks) == (ChangeKind.REMOVED, NOTHING, ())
    assert [use.consumer.address for use in each.uses] == ["Site"]


@pytest.mark.parametrize(
    ("label", "is_left"),
    [("${A}", True), ("${A.Arn}", True), ("${A[0].arn}", True), ("${AB}", False), ("${B}", False)],
)
def test_removed_in_use(label, is_left):
    """A used certificate cannot be removed."""
    left = scoped_consumer("Site", Unresolved((Unknown(label),)))
    [each] = verdicts([scoped_certificate("A", "a.io")], [], users=[left])
    assert (each.verdict is IMPOSSIBLE) == is_left
    assert bool(each.breaks) == is_left


def test_removed_in_use_elsewhere():
    """An equal reference in another file or tool is a different one."""
    label = Unresolved((Unknown("${A}"),))
    for other in (
        scoped_consumer("S", label, scope="other"),
        scoped_consumer("S", label, tool=TERRAFORM),
        scoped_consumer("S", "A"),
    ):
        [each] = verdicts([scoped_certificate("A", "a.io")], [], users=[other])
        assert each.verdict is NOTHING


def test_imported_by_other_files():
    """Importing stacks are consumers, and break if the certificate is removed."""
    old = scoped_certificate("A", "a.io", exported_as=("${import x}",))
    importing = scoped_consumer("Site", "${import x}", scope="other.yaml")
    source = Source("other.yaml", "text")
    importing = ScopedDeclaration(importing.declaration.__replace__(source=source), "other.yaml")
    here = Location(source, 0, 4)
    importing = with_variant(importing, locations={(): here, ("consumers", 0): here})
    [each] = verdicts([old], [], users=[importing])
    assert (each.verdict, each.uses[0].file) == (IMPOSSIBLE, "other.yaml")
    assert each.matters_elsewhere
    heir = scoped_certificate("B", "b.io", exported_as=("${import x}",))
    assert [e.verdict for e in verdicts([old], [heir], users=[importing])] == [NOTHING, NOTHING]
    [each] = verdicts(
        [old], [scoped_certificate("A", "b.io", exported_as=("${import x}",))], users=[importing]
    )
    assert [use.consumer.address for use in each.uses] == ["Site"]


# Imported ones, and conditions


def test_requested_or_imported():
    """Changing between a request and an import is a replacement."""
    requested = scoped_certificate("A", "a.io", tool=TERRAFORM)
    brought = with_variant(requested, request=None, imported=ImportedCertificate())
    assert verdicts([brought], [brought]) == []
    for old, new, word in (
        (requested, brought, "the certificate is imported"),
        (brought, requested, "the certificate is requested"),
    ):
        [each] = verdicts([old], [new])
        assert each.verdict is REPLACEMENT
        assert each.change.reasons[0].sentence.startswith(word)
    [each] = verdicts([], [brought])
    assert (each.kind, each.verdict, each.change.added) == (ChangeKind.ADDED, NOTHING, ())
    assert verdicts([brought], [])[0].change.removed == ()


def conditional(**names_by_condition):
    """Return a certificate with a variant for each condition."""
    variants = tuple(
        Variant(CertificateRequest.of(listed, validation_method="DNS"), (), {}, condition=condition)
        for condition, listed in names_by_condition.items()
    )
    one = scoped_certificate("A", "a.io")
    return ScopedDeclaration(one.declaration.__replace__(variants=variants), one.scope)


def test_conditions():
    """Variants with the same condition are compared, and the change has the condition."""
    old = conditional(prod=["a.io"], test=["b.io"])
    [each] = verdicts([old], [conditional(prod=["a.io"], test=["c.io"])])
    assert (each.condition, [*map(str, each.change.added)]) == ("test", ["c.io"])


def test_other_conditions():
    """A variant with a new condition is compared with the remaining ones."""
    old = conditional(prod=["a.io"])
    found = verdicts([old], [conditional(prod=["a.io"], test=["c.io"])])
    assert [(each.condition, each.verdict) for each in found] == [("test", REPLACEMENT)]
    found = verdicts([conditional(one=["a.io"], two=["b.io"])], [conditional(three=["a.io"])])
    assert [each.verdict for each in found] == [REPLACEMENT]


def test_zones_in_terraform_are_not_part_of_the_request():
    """In Terraform, the zones of records are not part of the request."""
    zone = ValidationOption(parse_name("a.io"), None, "Z1")
    own = ValidationOption(parse_name("a.io"), parse_name("a.io"))
    old = scoped_certificate("A", "a.io", tool=TERRAFORM)
    for tool, verdict in ((TERRAFORM, None), (Tool.CLOUDFORMATION, REPLACEMENT)):
        old, new = (
            scoped_certificate("A", "a.io", tool=tool, validation_options=options)
            for options in ((), (zone,))
        )
        assert [e.verdict for e in verdicts([old], [new])] == ([verdict] if verdict else [])
    new = scoped_certificate("A", "a.io", tool=TERRAFORM, validation_options=(own, zone))
    assert (
        verdicts([scoped_certificate("A", "a.io", tool=TERRAFORM)], [new])[0].verdict is REPLACEMENT
    )


# What is announced


def change_of_action(kind, verdict=None, sentence="the plan says so", issued=None, tool=TERRAFORM):
    """Return the change of a certificate for an action in a plan."""
    one = scoped_certificate("A", "a.io", "b.io", tool=tool, issued=issued)
    return planned_change(one.declaration, PlannedAction(kind, verdict, sentence), AS_OF)


def wanted(*listed, **fields):
    return CertificateRequest.of(listed, **({"validation_method": "DNS"} | fields))


def test_the_verdict_of_a_plan():
    """The verdict of the plan applies, with the reasons of the edit."""
    change = change_of_action(ChangeKind.CHANGED, REPLACEMENT, issued=wanted("a.io"))
    assert [reason.attribute for reason in change.change.reasons] == ["names", "announced"]
    assert change.verdict is REPLACEMENT
    change = change_of_action(ChangeKind.CHANGED, IN_PLACE, issued=wanted("a.io"))
    assert change.verdict is IN_PLACE
    assert not change.change.approve_again.by_new_record
    change = change_of_action(ChangeKind.CHANGED, REPLACEMENT, issued=wanted("a.io", "b.io"))
    assert change.verdict is REPLACEMENT
    change = change_of_action(ChangeKind.CHANGED, UNDECIDED, issued=wanted("a.io"))
    assert change.verdict is REPLACEMENT


def test_a_plan_without_an_action():
    """A certificate without an action in the plan is left out."""
    one = scoped_certificate("A", "a.io", tool=TERRAFORM)
    assert planned_change(one.declaration, None, AS_OF) is None
    assert change_of_action(ChangeKind.CHANGED, NOTHING, "", issued=wanted("a.io", "b.io")) is None
    assert change_of_action(ChangeKind.CHANGED, NOTHING, "") is None


def test_a_plan_of_one_side():
    """Additions and removals need no comparison; an unknown old request is a note."""
    assert change_of_action(ChangeKind.ADDED).kind is ChangeKind.ADDED
    assert change_of_action(ChangeKind.REMOVED).kind is ChangeKind.REMOVED
    change = change_of_action(ChangeKind.CHANGED, REPLACEMENT, tool=Tool.CLOUDFORMATION)
    assert change.verdict is REPLACEMENT
    assert change.notes == ("the previous request is unknown",)


def test_the_worst():
    """The overall verdict is the worst one."""
    assert worst([]) is NOTHING
    found = verdicts(
        [scoped_certificate("A", "a.io")],
        [scoped_certificate("A", "b.io"), scoped_certificate("B", "c.io")],
    )
    assert worst(found) is REPLACEMENT


def acme(resource, address="E", **variant):
    """Return an ACME resource of a template."""
    own = Variant(None, (), {}, acme=resource, **variant)
    return ScopedDeclaration(Declaration(None, Tool.CLOUDFORMATION, address, (own,)), "a.yaml")


@pytest.mark.parametrize(
    ("was", "becomes", "verdict"),
    [
        (AcmeEndpoint(), AcmeEndpoint(algorithms=("RSA_2048",)), IN_PLACE),
        (AcmeEndpoint(authorization="a"), AcmeEndpoint(authorization="b"), REPLACEMENT),
        (AcmeValidation(domain_name="a.io"), AcmeValidation(domain_name="b.io"), REPLACEMENT),
        (
            AcmeValidation(hosted_zone_id="Z1"),
            AcmeValidation(hosted_zone_id=Unresolved((Unknown("${Z}"),))),
            UNDECIDED,
        ),
    ],
)
def test_an_edit_of_an_acme_resource(was, becomes, verdict):
    """CloudFormation edits an ACME resource in place, or replaces it, without advice."""
    [change] = verdicts([acme(was)], [acme(becomes)])
    assert (change.kind, change.verdict, change.steps) == (ChangeKind.CHANGED, verdict, ())
    assert verdicts([acme(was)], [acme(was)]) == []


def test_a_new_or_removed_acme_resource_is_not_a_change_of_a_certificate():
    """Only edits of ACME resources are reported."""
    assert verdicts([], [acme(AcmeEndpoint())]) == []
    assert verdicts([acme(AcmeEndpoint())], []) == []
