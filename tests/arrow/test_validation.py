from datetime import date
from types import SimpleNamespace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.examined import parent_of, scalar_mailboxes

from acmrules.arrow import validation as module
from acmrules.arrow.columns import COLUMNS
from acmrules.arrow.validation import mailboxes, validation_records
from acmrules.contacts import mail_domain, validation_contacts
from acmrules.errors import InvalidArgument
from acmrules.facts import acm, cabf
from acmrules.names import parse_name
from acmrules.strategies import names
from acmrules.validation import validation_record

SUNSET = next(era.start for era in cabf.EMAIL_SUNSET.history if era.value == "forbidden")
LAUNCH = date(2016, 1, 21)

WWW = [
    *("www.com", "www.example.com", "*.www.com", "*.www.example.com", "www.www.com"),
    *("www.www.example.com", "wwww.example.com", "www.a.b.example.com", "*.example.com"),
]


@st.composite
def columns(draw):
    """Draw names and nulls, some below `www`, with an array of them that may be a slice."""
    some = names() | st.sampled_from(WWW).map(parse_name)
    rows = draw(st.lists(some | st.none(), max_size=8))
    start = draw(st.integers(0, 3))
    return rows[start:], rows, start


def array(rows, start=0):
    """Return a string array, which may be a slice."""
    return pa.array([row and str(row) for row in rows], pa.string()).slice(start)


class TestValidationRecords:
    @given(columns())
    def test_each_row_is_that_of_validation_record(self, drawn):
        """A record has the form of its fact, and the record of a wildcard is that of its parent."""
        rows, all_rows, start = drawn
        domains = array([row and parent_of(row) for row in all_rows], start)
        assert validation_records(domains).to_pylist() == [r and validation_record(r) for r in rows]

    def test_the_form_is_that_of_the_fact(self, monkeypatch):
        """The form is not written twice."""
        monkeypatch.setattr(acm, "RECORD_NAME_FORM", SimpleNamespace(value="<name>.suffix"))
        assert validation_records(array(["a.com"])).to_pylist() == ["a.com.suffix"]


class TestMailboxes:
    @given(columns(), st.dates(LAUNCH, date(2030, 1, 1)) | st.sampled_from([SUNSET]))
    def test_each_row_is_that_of_validation_contacts(self, drawn, as_of):
        """A row has the addresses that ACM mails on a date, and none from the last date on."""
        rows, all_rows, start = drawn
        found = mailboxes(array(all_rows, start), as_of)
        found.validate(full=True)
        assert found.type == COLUMNS["mailboxes"]
        assert found.to_pylist() == [row and scalar_mailboxes(row, as_of) for row in rows]

    @pytest.mark.parametrize("name", WWW)
    def test_the_domain_is_the_mail_domain(self, name):
        """One leading `*.` or `www.` is removed, if the rest is a name."""
        (found,) = mailboxes(array([name]), LAUNCH).to_pylist()
        assert {address.partition("@")[2] for address in found} == {str(mail_domain(name))}
        assert len(found) == len(acm.CONSTRUCTED_LOCAL_PARTS.value)

    def test_the_date_decides_once_for_all_names(self, monkeypatch):
        """The contacts are those of one name, however many names there are."""
        calls = []

        def counting(name, **rest):
            calls.append(name)
            return validation_contacts(name, **rest)

        monkeypatch.setattr(module, "validation_contacts", counting)
        assert len(mailboxes(array(WWW), LAUNCH)) == len(WWW)
        assert len(calls) == 1

    def test_a_date_before_the_launch_is_refused(self):
        """ACM sent no mail before it launched, and there is no answer either."""
        with pytest.raises(InvalidArgument, match="2016-01-20"):
            mailboxes(array(["example.com"]), date(2016, 1, 20))

    def test_a_column_may_be_empty(self):
        """A column without rows has a column without lists."""
        for as_of in (LAUNCH, SUNSET):
            assert mailboxes(array([]), as_of).equals(pa.array([], COLUMNS["mailboxes"]))
