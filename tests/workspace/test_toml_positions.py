"""Positions of keys in TOML: the line where the statement of a key begins."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from acmrules.workspace.toml_positions import position

KEYS = st.sampled_from(["a", "b", "c-d", "x1"])
SCALARS = st.sampled_from(["1", '"t # x"', "true", "2026-01-31", "[\n  1, # a = 2\n  2,\n]"])


@st.composite
def toml_texts(draw):
    """Draw TOML with comments, values over several lines, dotted keys, inline tables, headers."""
    lines, used = [], set()
    for header in draw(st.lists(KEYS, unique=True, max_size=3)):
        table = () if not lines and draw(st.booleans()) else (header,)
        if table:
            lines.append(f"[{header}]{draw(st.sampled_from(['', ' # a = 1']))}")
        for _ in range(draw(st.integers(0, 3))):
            lines += draw(st.sampled_from([[], [""], ["# b = 2"]]))
            key = draw(st.sampled_from(["p", "q", "r"]))
            if (*table, key) in used or any(name[:1] == table for name in used if not table):
                continue
            used.add((*table, key))
            value = draw(SCALARS)
            form = draw(st.sampled_from(["{k} = {v}", "{k}.in = {v}", "{k} = {{in = {v}}}"]))
            lines += form.format(
                k=key, v=value.replace("\n", " ") if "{{" in form else value
            ).split("\n")
    return "\n".join(lines)


def ways(data, above=()):
    """Yield the full keys of all values in a table."""
    for key, value in data.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from ways(value, (*above, key))


@given(toml_texts(), st.sampled_from(["\n", "\r\n"]))
def test_the_line_of_a_key_is_where_its_statement_begins(text, end):
    """The text before the line does not set the key, and with the rest of the statement it does."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = text.split("\n")
    for way in ways(data):
        line = position(text.replace("\n", end), way).line
        before = tomllib.loads("\n".join(lines[: line - 1]))
        assert way not in set(ways(before))
        assert lines[line - 1].strip()
        assert not lines[line - 1].startswith("#")
        grown = (lines[:count] for count in range(line, len(lines) + 1))
        whole = next(filter(None, map(_loaded, grown)))
        assert way in set(ways(whole))


def _loaded(lines):
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return None
