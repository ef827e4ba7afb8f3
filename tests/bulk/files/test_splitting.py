"""Where text is split."""

from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files import splitting
from acmrules.bulk.files.records import records
from acmrules.bulk.files.splitting import whole_records

HOSTILE = st.text('ab,"\n\r', max_size=20).map(str.encode)
FIELDS = st.text('a,"\n', max_size=4)


@given(HOSTILE)
@example(b'a"b\n"c\nd"\ne')
@example(b'"a""\n"\n"b')
def test_a_window_is_split_after_whole_records(window):
    """The fast way finds an end of a record, if there is one, whatever the quotes are."""
    ends = [end for _, end, _ in records(window, b",", is_end=False)]
    assert whole_records(window, b",") in (ends or [0])


@given(st.lists(st.lists(FIELDS, min_size=1, max_size=3), max_size=5), st.integers(0, 60))
def test_regular_content_is_split_without_a_look_at_each_record(rows, place):
    """Quotes around fields are counted, also where a quoted field is not complete."""
    lines = [",".join('"{}"'.format(f.replace('"', '""')) for f in row) + "\n" for row in rows]
    window = "".join(lines).encode()[:place]
    ends = [*accumulate(map(len, lines))]
    with pytest.MonkeyPatch.context() as patch:
        # Without the end of a record, each record is looked at.
        patch.setattr(splitting, "records", lambda *_, **__: ())
        assert whole_records(window, b",") == max((e for e in ends if e <= place), default=0)


@given(HOSTILE)
def test_text_is_split_after_its_last_line(window):
    """Quotes mean nothing without a delimiter."""
    assert whole_records(window, b"") == window.rfind(b"\n") + 1
