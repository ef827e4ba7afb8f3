"""The VS Code extension: its manifest, and a build without the network that starts the server."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from tests.editors.test_page import VALUES
from tests.support.editors.page import PAGE, ROOT, environment
from tests.test_cases import CASES, parts

import acmrules
from acmrules.readers.registry import WALKED_SUFFIXES

SOURCE = ROOT / "src" / "vscode"
MANIFEST = json.loads((SOURCE / "package.json").read_text("utf-8"))
LOCK = (SOURCE / "package-lock.json").read_text("utf-8")
CLIENT = MANIFEST["devDependencies"]["vscode-languageclient"]
OWN_NAMES = {"path", "trace.server"}
"""The settings of the extension itself."""

REFUSE = """
const refuse = () => { throw new Error("the build uses the network"); };
require("node:net").Socket.prototype.connect = refuse;
require("node:dns").lookup = refuse;
globalThis.fetch = refuse;
"""
"""What Node.js loads before a build: no socket can connect."""


def test_the_version_is_that_of_acmrules():
    """The manifest and the lock file have the version of the command."""
    lock = json.loads(LOCK)
    assert {MANIFEST["version"], lock["version"], lock["packages"][""]["version"]} == {
        acmrules.__version__
    }


def test_the_lock_file_names_no_registry():
    """Packages have hashes, and come from the registry that npm is configured for."""
    packages = json.loads(LOCK)["packages"]
    assert '"resolved"' not in LOCK
    assert all("integrity" in each for name, each in packages.items() if name)
    assert "omit-lockfile-registry-resolved=true" in (SOURCE / ".npmrc").read_text()


def test_the_extension_needs_what_its_client_needs():
    """The oldest VS Code is that of the client."""
    client = json.loads(LOCK)["packages"]["node_modules/vscode-languageclient"]
    assert client["version"] == CLIENT
    assert client["engines"]["vscode"] == MANIFEST["engines"]["vscode"]
    [oldest] = re.findall(r"VS Code (1\.\d+) or later", PAGE.read_text("utf-8"))
    assert MANIFEST["engines"]["vscode"] == f"^{oldest}.0"


def test_a_release_has_the_extension():
    """The release attests the extension and attaches it to the release on GitHub, not to PyPI."""
    assert "node build.js" in (ROOT / ".ci" / "release").read_text("utf-8")
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    name = f"dist/acmrules-{acmrules.__version__}.vsix"
    attested = [step.get("with", {}).get("subject-path", "") for step in jobs["attest"]["steps"]]
    [attached] = [step["run"] for step in jobs["announce"]["steps"] if "run" in step]
    published = [step["run"] for step in jobs["publish"]["steps"] if "run" in step]
    for words, expected in ((attested, True), ([attached], True), (published, False)):
        patterns = " ".join(words).split()
        assert any(fnmatch(name, pattern) for pattern in patterns) is expected


def test_the_settings_are_those_of_the_server():
    """The extension offers each setting of the server, and two of its own."""
    properties = MANIFEST["contributes"]["configuration"]["properties"]
    names = {name.removeprefix("acmrules.") for name in properties}
    assert names == {*VALUES} | OWN_NAMES
    page = (SOURCE / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in properties)


def test_all_files_that_a_folder_may_have_are_checked():
    """The selector has the suffixes that the command finds in a folder."""
    text = (SOURCE / "lib" / "documents.js").read_text("utf-8")
    suffixes = text.partition("**/*.{")[2].partition("}")[0].split(",")
    # DER files are binary, and no text document; DNS texts have no finding.
    wanted = {suffix.rpartition(".")[2] for suffix in WALKED_SUFFIXES} - {"der", "dig", "zone"}
    assert wanted <= {*suffixes}


@pytest.fixture
def node():
    """Return Node.js."""
    return shutil.which("node") or pytest.skip("Node.js is not installed")


def test_files_about_certificates_start_the_server(node):
    """Every input of a case that has a finding does."""
    texts = {}
    for path in CASES:
        _, _, inputs, output = parts(path)
        for name, text in inputs.items():
            if Path(name).suffix in WALKED_SUFFIXES and f"--> {name}:" in output:
                texts[f"{path.stem}/{name}"] = text
    program = f"""
        const {{ mentionsCertificate }} = require({json.dumps(str(SOURCE / "lib/documents.js"))});
        const texts = JSON.parse(require("node:fs").readFileSync(0, "utf-8"));
        const missed = Object.keys(texts).filter((name) => !mentionsCertificate(texts[name]));
        process.stdout.write(JSON.stringify(missed));
    """
    words = [node, "-e", program]
    done = subprocess.run(
        words, input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    assert len(texts) > len(CASES) / 2
    assert json.loads(done.stdout) == []


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a folder with the sources, what `npm ci` installs, and the build; workers share it."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js and npm are not installed")
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "vscode"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            make(folder)
    return folder / "src" / "vscode"


def make(folder):
    """Install the packages, then build twice without the network."""
    source = folder / "src" / "vscode"
    leftovers = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(SOURCE, source, ignore=leftovers)
    shutil.copy(ROOT / "LICENSE", folder)
    options = ("--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
    subprocess.run(["npm", "ci", *options], cwd=source, capture_output=True, check=True)
    (folder / "refuse.cjs").write_text(REFUSE)
    offline = os.environ | {"NODE_OPTIONS": f"--require={folder / 'refuse.cjs'}"}
    for target in ("dist", "again"):
        words = ["node", "build.js", target]
        subprocess.run(words, cwd=source, env=offline, capture_output=True, check=True)


def vsix(folder):
    """Return the path of the extension in a folder."""
    return folder / f"acmrules-{acmrules.__version__}.vsix"


@pytest.mark.slow
def test_the_extension_has_what_it_needs_and_no_more(built):
    """It has the bundle, the manifest, the page and the licenses."""
    with zipfile.ZipFile(vsix(built / "dist")) as archive:
        names = sorted(archive.namelist())
        manifest = json.loads(archive.read("extension/package.json"))
        notices = archive.read("extension/NOTICES.txt").decode()
        license_text = archive.read("extension/LICENSE.txt").decode()
    assert names == [
        "[Content_Types].xml",
        "extension.vsixmanifest",
        *(f"extension/{name}" for name in ("LICENSE.txt", "NOTICES.txt", "extension.js")),
        *(f"extension/{name}" for name in ("package.json", "readme.md")),
    ]
    dropped = ("devDependencies", "scripts")
    assert manifest == {name: MANIFEST[name] for name in MANIFEST if name not in dropped}
    assert license_text == (ROOT / "LICENSE").read_text("utf-8")
    assert f"vscode-languageclient {CLIENT}" in notices
    assert "Permission is hereby granted" in notices


@pytest.mark.slow
def test_equal_sources_make_equal_bytes(built):
    """Two builds have the same bytes."""
    assert vsix(built / "dist").read_bytes() == vsix(built / "again").read_bytes()


@pytest.mark.slow
def test_the_bundle_starts_the_server(built, tmp_path):
    """The tests of `test/` pass: the built extension and its client, in sessions with a server."""
    env = environment(tmp_path / "user")
    command = tmp_path / "user" / "bin" / "acmrules"
    bundle = built / "dist" / "package" / "extension.js"
    needs = json.dumps({"bundle": str(bundle), "command": str(command)})
    words = ["node", "--test", *map(str, sorted((built / "test").glob("*.test.js")))]
    done = subprocess.run(
        words,
        env=env | {"ACMRULES_TEST": needs},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    assert "# pass 14" in done.stdout
