"""Where text is split."""

from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files import splitting
from acmrules.bulk.files.records import records
from acmrules.bulk.files.splitting import whole_records

HOSTILE = st.text('ab,"\n\r', max_size=20).map(str.encode)


@given(HOSTILE)
@example(b'a"b\n"c\nd"\ne')
@example(b'"a""\n"\n"b')
def test_a_window_is_split_after_whole_records(window):
    """The fast way finds an end of a record, if there is one, whatever the quotes are."""
    ends = [end for _, end, _ in records(window, b",", is_end=False)]
    assert whole_records(window, b",") in (ends or [0])


def test_regular_content_is_split_without_a_look_at_each_record(monkeypatch):
    """Quotes around fields are counted, also where a quoted field is not complete."""
    monkeypatch.setattr(splitting, "records", None)
    assert whole_records(b'1,"a\nb"\n2,"c""d",\r\n3,"e\nf', b",") == 19
    assert whole_records(b"1,a\n2,b\n3", b",") == 8


@given(HOSTILE)
def test_text_is_split_after_its_last_line(window):
    """Quotes mean nothing without a delimiter."""
    assert whole_records(window, b"") == window.rfind(b"\n") + 1
