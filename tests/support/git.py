"""Git repositories with commits on given days, and the paths that Git ignores."""

import os
import subprocess

OWN = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Someone"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "someone@brightharbor.io"),
}


def git(folder, *words, day="2026-11-01"):
    """Run Git in a folder on a day, and return its output."""
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00Z")
    run = subprocess.run(
        ["git", *words],
        cwd=folder,
        env=os.environ | OWN | when,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def ignored(folder, paths):
    """Return those paths that Git ignores, in the same order."""
    run = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=folder,
        env=os.environ | OWN,
        input="\0".join(paths).encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    return run.stdout.decode().split("\0")[:-1]


def commit(folder, files, day="2026-11-01"):
    """Commit files by name, where `None` deletes one, and return the commit id."""
    if not (folder / ".git" / "HEAD").exists():
        folder.mkdir(exist_ok=True)
        git(folder, "init", "-q", "-b", "main")
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "-q", "--allow-empty", "-m", day, day=day)
    return git(folder, "rev-parse", "HEAD")
