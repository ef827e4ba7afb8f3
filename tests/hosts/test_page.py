"""The page about columns of names: its programs in their engines, with their output.

`python tests/hosts/test_page.py` rewrites the output in the page.
"""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.support.spark import SETTINGS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "pages" / "columns.md"
PROGRAMS = ROOT / "docs" / "pages" / "recipes" / "columns"
ENGINES = {
    "with_pyarrow.py": "pyarrow",
    "examine_names.py": "pyspark",
    "with_polars.py": "polars",
    "with_duckdb.py": "duckdb",
    "with_ray.py": "ray",
    "with_dask.py": "dask",
}
SESSION = re.compile(r"(?<=^```text\n)\$ (\S+) (\S+\.py) .*\n(?:(?!```).*\n)*", re.MULTILINE)


def run(session, folder, *more):
    """Return a command and its output, in a folder with the programs and their files."""
    shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)
    (folder / "conf").mkdir()
    settings = {"spark.master": "local[2]", **SETTINGS}
    lines = "".join(f"{key} {value}\n" for key, value in settings.items())
    (folder / "conf" / "spark-defaults.conf").write_text(lines)
    here = {
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        "HOME": str(folder),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # or it listens for other machines
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_TMPDIR": str(folder),
    }
    command = session.partition("\n")[0]
    words = command.removeprefix("$ ").split()
    done = subprocess.run(
        [words[0], *more, *words[1:]],
        cwd=folder,
        env={**os.environ, **here},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return f"{command}\n{done.stdout}"


def sessions():
    """Return the commands of the page with their output, by the name of the program."""
    return {found[2]: found[0] for found in SESSION.finditer(PAGE.read_text("utf-8"))}


@pytest.fixture
def folder():
    """Return a folder with a short path, since Ray has sockets in it."""
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@pytest.mark.parametrize("name", ENGINES)
def test_programs_print_what_the_page_shows(name, folder):
    """Each engine examines the hosts."""
    pytest.importorskip(ENGINES[name], reason="only `.ci/run hosts` installs all engines")
    session = sessions()[name]
    assert run(session, folder) == session


def test_ray_may_have_tables_without_rows():
    """A step before may leave none, and then the table has no batch."""
    pytest.importorskip("ray", reason="only `.ci/run hosts` installs all engines")
    import pyarrow as pa

    from acmrules.arrow import CertificateNames

    program = runpy.run_path(str(PROGRAMS / "with_ray.py"))
    examining = program["Examining"](CertificateNames({}))
    table = examining(pa.schema({"host": pa.string()}).empty_table())
    assert table.column_names == ["host", *program["ANSWERS"]]


def test_each_engine_has_a_program():
    """The page shows a part of each program, and its output."""
    text = PAGE.read_text("utf-8")
    parts = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    programs = {path.name: path.read_text("utf-8") for path in PROGRAMS.glob("*.py")}
    shown = [name for part in parts for name, program in programs.items() if part in program]
    assert shown == [*sessions()] == [*ENGINES]
    assert sorted(shown) == sorted(programs)
    assert all(f"](recipes/columns/{name})" in text for name in programs)


def zipped(folder, suffixes):
    """Write acmrules and what it requires into a file, with another public suffix list."""
    import idna
    import publicsuffixlist

    import acmrules

    for package in (acmrules, idna, publicsuffixlist):
        source = Path(package.__file__).parent
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "publicsuffixlist" / "public_suffix_list.dat").write_text(suffixes)
    return shutil.make_archive(str(folder), "zip", folder)


def test_workers_get_acmrules_in_a_file(tmp_path):
    """They import it from there, with its public suffix list, before what is installed."""
    parquet = pytest.importorskip("pyarrow.parquet")
    pytest.importorskip("pyspark", reason="only `.ci/run hosts` installs Spark")
    sent = zipped(tmp_path / "acmrules", "brightharbor.co.uk\n")
    run(sessions()["examine_names.py"], tmp_path / "job", "--py-files", sent)
    answers = parquet.read_table(tmp_path / "job" / "answers.parquet").to_pylist()
    suffixes = {row["host"]: row["public_suffix"] for row in answers}
    assert suffixes["api.brightharbor.co.uk"] == "brightharbor.co.uk"
    assert suffixes["WWW.Brightharbor.io"] == "io"


def rewrite():
    """Write the output of the programs into the page."""
    text = PAGE.read_text("utf-8")
    for session in sessions().values():
        with tempfile.TemporaryDirectory() as folder:
            text = text.replace(session, run(session, Path(folder)))
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    rewrite()
