"""The plain part of TOML: whatever is read of it is what `tomllib` reads."""

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.workspace.settings_file import plain_toml

KEYS = st.sampled_from(
    ["a", "b", "c-d", '"a"', '"x/**"', '"a.b"', "a.b", 'a."b"', "a.b.c", "1", "'a'", '""']
)
SCALARS = st.sampled_from(
    ["0", "1", "01", "-1", "1_0", "1.5", "1e3", "2026-01-31", "true", "false", "truer", "inf"]
) | st.sampled_from(
    [
        '"t # x"',
        "'t'",
        '""',
        "''",
        r'"\t"',
        "'''t'''",
        '"""t"""',
        '"ö"',
        '"\t"',
        '"\x00"',
        "{a = 1}",
    ]
)
GAPS = st.sampled_from(["", " ", "\t", "\n", " # c ö\n", "\r\n", "#\r\n", "\r", "#\x01\n"])


@st.composite
def values(draw):
    """Draw scalars, and lists of them with gaps anywhere."""
    items = draw(st.lists(SCALARS, max_size=3))
    if draw(st.booleans()) and items:
        return items[0]
    gaps = [draw(GAPS) for _ in range(2 * len(items) + 2)]
    inside = ",".join(f"{gaps[2 * n]}{item}{gaps[2 * n + 1]}" for n, item in enumerate(items))
    return f"[{inside}{draw(st.sampled_from(['', ',']))}{gaps[-1]}]"


@st.composite
def tomls(draw):
    """Draw lines of TOML, some of them wrong."""
    lines = draw(
        st.lists(
            st.one_of(
                st.builds("{} = {}".format, KEYS, values()),
                st.builds("[{}]".format, KEYS),
                st.builds("[ {} ] # a".format, KEYS),
                st.builds("[[{}]]".format, KEYS),
                st.sampled_from(["", "# c", "  ", "a", "a = 1 b = 2", "a . b = 1"]),
            ),
            max_size=6,
        )
    )
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\n  "])).join(lines)


def whole(text):
    """Return what `tomllib` reads, `None` where that is nothing."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


@given(tomls() | st.text("ab.=[]\"'#\n\r\t 01,{}\\-_x", max_size=20))
@example("[a.b]\n[a]")
@example("[a]\nb.c = 1\n[a.b]")
@example("a.b = 1\n[a]")
@example("[a.b]\nc = 1\n[a]\nb.d = 1")
def test_what_is_read_is_what_tomllib_reads(text):
    """Equal with the types: `True` is no `1`."""
    found = plain_toml(text)
    assert found is None or repr(found) == repr(whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        'a = 1 # one\n\n[b]\nc.d = \'x\'\nc.e = true\n[b.f]\ng = [\n  "h", # i\n  "j",\n]',
        '[tool.acmrules."infra/**"]\nselect = [1, 2]\r\nignore = []\n[tool.other]',
    ],
)
def test_settings_as_they_are_written_are_plain(text):
    """Nothing of them is left to `tomllib`."""
    assert plain_toml(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\na = 2",
        "a = 1\na.b = 2",
        "[a]\n[a]",
        "a = 1\n[a.b]",
        "a = [1 2]",
        "a = 1 b = 2",
        "a = 2026-01-31",
        'a = "\\t"',
        ".".join("a" * 11) + " = 1",
    ],
)
def test_all_else_is_left_alone(text):
    """Be it TOML or not."""
    assert plain_toml(text) is None
