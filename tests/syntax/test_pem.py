"""PEM: where blocks begin and end, what they contain, and what output may show of a file."""

from base64 import b64encode
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax import pem

LABELS = st.sampled_from(["CERTIFICATE", "CERTIFICATE REQUEST", "PRIVATE KEY", "DH PARAMETERS", ""])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def rendered(label, data, line_end="\n"):
    """Return a block as tools write it."""
    lines = wrap(b64encode(data).decode(), 64)
    return line_end.join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def files():
    """Draw files: for each block its label, its content, and the text in front of it."""
    prose = st.text(st.characters(codec="utf-8", exclude_characters="-"), max_size=8)
    return st.lists(st.tuples(prose, LABELS, st.binary(max_size=120)), max_size=4)


def written(file, line_end):
    """Return a file as text."""
    return "".join(
        prose + line_end + rendered(label, data, line_end) for prose, label, data in file
    )


@given(files(), LINE_ENDS)
def test_what_is_written_comes_back(file, line_end):
    """Every block is found with its label and its content, whatever text is around it."""
    text = written(file, line_end)
    found = [(block.label, pem.content(text, block)) for block in pem.blocks(text)]
    assert found == [(label, data) for _, label, data in file]


@given(files(), LINE_ENDS)
def test_a_block_is_as_long_as_its_text(file, line_end):
    """Octets are counted from one label to the other, without the final line break."""
    text = written(file, line_end)
    assert [block.octets for block in pem.blocks(text)] == [
        len(rendered(label, data, line_end).rstrip()) for _, label, data in file
    ]


@given(files(), LINE_ENDS, st.text("-BEGIN END\n\rPRIVATE KEYCA=", max_size=40), st.integers(0))
def test_nothing_but_labels_is_left_to_be_shown(file, line_end, junk, place):
    """Masking keeps labels, lines and columns, and replaces everything else by spaces."""
    text = written(file, line_end)
    place %= len(text) + 1
    text = text[:place] + junk + text[place:]
    blocks = [*pem.blocks(text)]
    left = pem.masked(text, blocks)
    assert len(left) == len(text)
    for each, other in zip(text, left, strict=True):
        assert (each in "\r\n") is (other in "\r\n")
    assert left.split() == " ".join(text[b.start : b.opened] for b in blocks).split()


@given(st.binary(max_size=80))
def test_der_becomes_a_block(data):
    """Binary DER becomes one block, and any other content stays unchanged."""
    try:
        (b"\x30" + data).decode()
    except UnicodeDecodeError:
        text = pem.armoured(b"\x30" + data).decode()
        (block,) = pem.blocks(text)
        assert (block.label, pem.content(text, block)) == (pem.DER, b"\x30" + data)
    else:
        assert pem.armoured(b"\x30" + data) == b"\x30" + data
    assert pem.armoured(b"\xff" + data) == b"\xff" + data


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("", []),
        ("-----BEGIN ", []),
        ("-----BEGIN A----\nx\n-----END A-----\n", []),
        ("-----BEGIN A\nB-----\nx\n", []),
        (f"-----BEGIN {'A' * 65}-----\n", []),
        ("a -----BEGIN A-----\n-----END A-----", []),
        ("-----BEGIN A----- a\n-----END A-----", []),
        ('"-----BEGIN A-----\\nx\\n-----END A-----"', []),
        ("  -----BEGIN A-----  \n\t-----END A----- \n", [("A", True)]),
        ("-----BEGIN A-----\n", [("A", False)]),
        ("-----BEGIN A-----\n-----END B-----\n", [("A", False)]),
        ("-----BEGIN A-----\nx-----END A-----\n", [("A", False)]),
        ("-----BEGIN A-----\n-----END A----------BEGIN A-----\n-----END A-----\n", [("A", False)]),
        ("-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----\n", [("A", False), ("A", True)]),
    ],
)
def test_a_label_has_its_line_to_itself(text, labels):
    """A label begins or ends a block only if it is alone on its line."""
    found = [(block.label, block.closed is not None) for block in pem.blocks(text)]
    assert found == labels


@pytest.mark.parametrize("held", ["", "QUJ", "Q*JD", "QÜJD", "QUJD\0", "A: b\n\nQUJD"])
def test_broken_base64_is_a_value_error(held):
    """Invalid or incomplete base64 raises an error and is not decoded in part."""
    text = f"-----BEGIN A-----\n{held}\n-----END A-----\n"
    (block,) = pem.blocks(text)
    if held:
        with pytest.raises(ValueError, match=r"."):
            pem.content(text, block)
    else:
        assert pem.content(text, block) == b""


def test_a_block_without_an_end_has_no_content():
    """A block without an end label has no content, because other text may follow."""
    (block,) = pem.blocks("-----BEGIN A-----\nQUJD\n")
    with pytest.raises(ValueError, match="A"):
        pem.content("-----BEGIN A-----\nQUJD\n", block)


ENCRYPTED = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"


@pytest.mark.parametrize(
    ("label", "headers", "expected"),
    [
        ("PRIVATE KEY", "", "PRIVATE KEY"),
        ("ENCRYPTED PRIVATE KEY", "", "ENCRYPTED PRIVATE KEY"),
        ("RSA PRIVATE KEY", ENCRYPTED, "ENCRYPTED RSA PRIVATE KEY"),
        ("RSA PRIVATE KEY", "Comment: x\n", "RSA PRIVATE KEY"),
        ("CERTIFICATE", ENCRYPTED, ""),
    ],
)
def test_the_label_of_a_key_says_whether_it_is_encrypted(label, headers, expected):
    """OpenSSL's older form has a header instead of another label."""
    text = rendered(label, b"abc").replace("-----\n", f"-----\n{headers}", 1)
    [block] = pem.blocks(text)
    assert pem.key_label(text, block) == expected
    kept = pem.without_keys(text)
    assert pem.key_label(kept, block) == expected


@given(files(), LINE_ENDS)
def test_only_the_content_of_keys_is_removed(file, line_end):
    """Everything else is at the same offset, and certificates keep their content."""
    text = written(file, line_end)
    kept = pem.without_keys(text)
    assert len(kept) == len(text)
    for block, (_, label, data) in zip(pem.blocks(kept), file, strict=True):
        if label.endswith("PRIVATE KEY"):
            assert not kept[block.opened : block.closed].strip()
        else:
            assert pem.content(kept, block) == data


def test_keys_without_an_end_are_removed_up_to_the_next_block():
    """The text keeps its length, however many keys have no end."""
    key, certificate = "-----BEGIN PRIVATE KEY-----\nMIIB\n", rendered("CERTIFICATE", b"abc")
    text = key * 3 + certificate + key
    blank = key.replace("MIIB", "    ")
    assert pem.without_keys(text) == blank * 3 + certificate + blank


@pytest.mark.parametrize("text", ['{"k": "-----BEGIN PRIVATE KEY-----"}', "x PRIVATE KEY-----"])
def test_a_key_outside_of_a_block_is_not_kept(text):
    """A key in a string of JSON is in no block, so nothing of the file is kept."""
    assert pem.without_keys(text) is None
