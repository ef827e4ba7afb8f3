"""What it takes to change the names of a certificate."""

from tests.support.programs import run


def test_a_new_name_means_a_new_certificate(tmp_path):
    """The new name needs a record; the others keep theirs."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("brightharbor.io\n")
    new.write_text("brightharbor.io\nwww.brightharbor.io\n")
    assert run("comparing_lists", old, new) == (
        0,
        "replacement\n+ www.brightharbor.io\npublish a record for www.brightharbor.io\n",
        "",
    )
