"""Pieces of files."""

import pickle

from acmrules.bulk.files.pieces import FilePiece, RejectedRow


def test_pieces_are_sent_to_workers():
    """A piece and its rejected rows survive pickling."""
    piece = FilePiece(1, 0, 7, b"a\n", 99, (RejectedRow(6, b"x", "the row is too long"),))
    assert pickle.loads(pickle.dumps(piece)) == piece
