"""Batches in a stream: most are passed on at once, and those that may be linked are kept."""

from tests.support.linked_stacks import apart, certificate, stack

from acmrules.model.batches import Batch, link
from acmrules.readers import registry
from acmrules.syntax.source import Source

APART = apart(["*.b.io"], [["b.io"]])


def batch(name, text):
    declarations = registry.read(Source(name, text), importing=True)
    return Batch(name, declarations, frozenset((name,)), None, ((declarations[0].source, None),))


EXPORTER = batch("certificate.json", APART["certificate.json"])
IMPORTER = batch("site-0.json", APART["site-0.json"])
ALONE = batch("own.json", stack({"Own": certificate("own.io")}))


def test_a_batch_that_cannot_be_linked_is_passed_on_at_once():
    """Batches with exports follow when all batches are known."""
    left = []

    def batches():
        for each in (EXPORTER, ALONE, ALONE):
            left.append(each)
            yield each

    linked = link(batches())
    assert next(linked) is ALONE
    assert len(left) == 2
    assert [each.name for each in linked] == ["own.json", "certificate.json"]


def test_files_that_import_are_read_if_something_is_exported():
    """Their consumers are linked, and their comments may suppress findings."""
    calls = []

    def importing():
        calls.append(True)
        return [IMPORTER]

    assert [*link([ALONE], importing)] == [ALONE]
    assert calls == []
    own, guest = link([EXPORTER], importing)
    [declaration] = own.declarations
    assert len(declaration.variants[0].consumers) == 1
    assert own.files == {"certificate.json", "site-0.json"}
    assert (guest.declarations, guest.files) == ((), frozenset())
    assert guest.annotated == IMPORTER.annotated


def test_modules_are_not_linked():
    """A module is read with the modules that it calls, and has no exports."""
    module = EXPORTER.__replace__(reported=frozenset(EXPORTER.files))
    assert next(link([module, IMPORTER])) is module
