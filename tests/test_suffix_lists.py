import pickle
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import idna
import publicsuffix2
import publicsuffixlist
import pytest

import acmrules
from acmrules import suffix_lists
from acmrules.errors import NoSuffixList
from acmrules.suffix_lists import SOURCES, default_suffixes, suffixes_from


@pytest.mark.parametrize("source", SOURCES)
def test_each_package_carries_a_list(source):
    """Every source has a list with a version and the best-known rules."""
    suffixes = suffixes_from(source)
    assert suffixes.version
    assert suffixes.base_domain_name("www.example.co.uk") == suffixes.base_domain_name(
        "example.co.uk"
    )
    assert suffixes.is_public_suffix("github.io")
    assert not suffixes.icann.is_public_suffix("github.io")


def test_the_default_is_the_first_source_read_once():
    """The list of `publicsuffixlist` is read once in a process."""
    assert default_suffixes() is default_suffixes()
    assert default_suffixes().version == suffixes_from(next(iter(SOURCES))).version


def test_a_list_states_its_day_or_else_its_release():
    """Two of the lists have a date; that of `publicsuffix2` has the version of its release."""
    assert default_suffixes().version[:2] == "20"
    assert suffixes_from("publicsuffix2").version.startswith("publicsuffix2 2.")


def test_no_package_is_imported():
    """The first result needs none of the packages, nor `importlib` or `pathlib`."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "from acmrules.suffix_lists import default_suffixes\n"
        "assert default_suffixes().public_suffix('www.example.co.uk') == 'co.uk'\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded <= {"__future__", "acmrules"}


def test_a_file_is_a_list_too(tmp_path):
    """Any file can be a list; without a date its version is its path."""
    path = tmp_path / "list.dat"
    path.write_bytes("com\r\n*.ck\r\n公司\r\n".encode())
    suffixes = suffixes_from(str(path))
    assert suffixes.version == str(path)
    assert suffixes.public_suffix("www.example.ck") == "example.ck"
    assert suffixes.is_listed("example.公司")


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "No such file or directory"), (b"\xff\xfe", "it is not UTF-8")],
)
def test_an_unreadable_list(tmp_path, content, fault):
    """A missing or binary file raises one exception, with the source and the fault."""
    path = tmp_path / "list.dat"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NoSuffixList) as caught:
        suffixes_from(str(path))
    assert (caught.value.source, caught.value.fault) == (str(path), fault)
    assert str(caught.value) == f"cannot read the public suffix list from `{path}`: {fault}"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_folder_is_not_a_list(tmp_path):
    """The error has the message of the operating system."""
    with pytest.raises(NoSuffixList, match=r"Is a directory|Permission denied"):
        suffixes_from(str(tmp_path))


def test_a_missing_package_is_named(monkeypatch):
    """The error has the package to install."""
    monkeypatch.setattr(sys, "meta_path", [])
    with pytest.raises(NoSuffixList, match="`tldextract`: it is not installed; run `pip install"):
        suffixes_from("tldextract")


def test_a_package_without_a_folder_carries_no_list(monkeypatch):
    """A module of that name that is not a package is skipped."""

    class Finder:
        def find_spec(self, name, path):
            del path
            return type("Spec", (), {"name": name, "submodule_search_locations": None})

    monkeypatch.setattr(sys, "meta_path", [Finder()])
    with pytest.raises(NoSuffixList):
        suffix_lists.suffixes_from("publicsuffix2")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return a zip file that runs the command, with the packages that it needs."""
    path = tmp_path_factory.mktemp("zip") / "acmrules.pyz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("__main__.py", "import runpy; runpy.run_module('acmrules')")
        for package in (acmrules, idna, publicsuffixlist, publicsuffix2):
            folder = Path(package.__file__).parent
            for found in folder.rglob("*"):
                if found.suffix != ".pyc" and found.is_file():
                    file.write(found, found.relative_to(folder.parent))
    return path


def run_isolated(*words):
    """Run Python without installed packages."""
    return subprocess.run(
        [sys.executable, "-I", "-S", *words], capture_output=True, text=True, check=False
    )


def test_the_command_runs_from_a_zip_file(archive, tmp_path):
    """A zip file of the package and its two dependencies checks files with the packaged list."""
    request = tmp_path / "request.json"
    request.write_text('{"DomainName": "*.co.uk", "ValidationMethod": "DNS"}')
    done = run_isolated(str(archive), "check", str(request))
    assert "[ACM202]" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("source", "version"), [("publicsuffixlist", "20"), ("publicsuffix2", "publicsuffix2")]
)
def test_a_list_is_read_from_a_zip_file(archive, source, version):
    """The loader of a package reads its list; without metadata, the version is the package."""
    code = (
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from acmrules.suffix_lists import suffixes_from\n"
        f"suffixes = suffixes_from({source!r})\n"
        "print(suffixes.public_suffix('a.co.uk'), suffixes.version)"
    )
    done = run_isolated("-c", code)
    assert done.stdout.startswith(f"co.uk {version}"), done.stderr


def test_no_test_reaches_the_network():
    """The guard of these tests rejects connections and look-ups."""
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.create_connection(("example.com", 443))
    with socket.socket() as alone, pytest.raises(AssertionError):
        alone.connect(("127.0.0.1", 9))
