"""A column of host names in CSV."""

from tests.support.programs import run


def test_each_row_keeps_its_columns_and_gets_a_verdict():
    """Wrong names stay in the table, with the reason."""
    text = "owner,host\nweb,WWW.Brightharbor.co.uk\nops,db_1.brightharbor.io\n"
    expected = (
        "owner,host,stored,base_domain_name,fault\n"
        "web,WWW.Brightharbor.co.uk,www.brightharbor.co.uk,brightharbor.co.uk,\n"
        "ops,db_1.brightharbor.io,,,"
        '"contains an underscore, which is not allowed in certificate names"\n'
    )
    assert run("column_of_hosts", "host", text=text) == (0, expected, "")


def test_a_wildcard_has_the_base_domain_name_of_its_parent():
    """Inventories list wildcards too."""
    code, out, _ = run("column_of_hosts", "host", text="host\n*.dev.brightharbor.io\n")
    assert code == 0
    assert out.splitlines()[1] == "*.dev.brightharbor.io,*.dev.brightharbor.io,brightharbor.io,"
