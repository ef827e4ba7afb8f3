"""Messages between the processes of a bulk run."""

import io
import pickle

from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.messages import receive, send

messages = st.dictionaries(st.text(st.characters(codec=None), max_size=3), st.binary(max_size=20))


@given(st.lists(messages, max_size=4))
def test_messages_arrive_in_order_as_they_were_sent(sent):
    """Then there is none."""
    pipe = io.BytesIO()
    for message in sent:
        send(pipe, message)
    pipe.seek(0)
    for message in sent:
        assert pickle.loads(receive(pipe)) == message
    assert receive(pipe) is None


@given(messages, st.data())
def test_a_message_that_breaks_off_is_none(message, data):
    """A process can be killed between any two bytes."""
    pipe = io.BytesIO()
    send(pipe, message)
    whole = pipe.getvalue()
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert receive(io.BytesIO(whole[:cut])) is None
