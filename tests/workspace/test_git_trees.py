"""Modules at one commit after the other."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from acmrules.workspace.git_trees import ModuleFiles, TreeCursor, entries

NAMES = st.sampled_from(["a", "b", "main.tf", "x y.tf", "notes.txt", "é.tf"])
TREES = st.recursive(
    st.binary(max_size=1), lambda inner: st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
).filter(lambda tree: isinstance(tree, dict))


def stored(tree, objects):
    """Store a tree, and return its id."""
    lines = b""
    for name, inside in sorted(tree.items()):
        if isinstance(inside, dict):
            mode, id_ = b"40000", stored(inside, objects)
        else:
            mode, id_ = b"100644", hashlib.sha1(inside).hexdigest()
        lines += mode + b" " + name.encode() + b"\0" + bytes.fromhex(id_)
    id_ = hashlib.sha1(b"tree" + lines).hexdigest()
    objects[id_] = lines
    return id_


def files(tree, path=""):
    """Return the ids of the module files in a tree by their folder and name."""
    found = {}
    for name, inside in tree.items():
        if isinstance(inside, dict):
            found |= files(inside, f"{path}/{name}" if path else name)
        elif name.endswith(".tf"):
            found[path, name] = hashlib.sha1(inside).hexdigest()
    return found


def at(cursor):
    return {
        (folder, name): id_
        for folder, names in cursor.files.items()
        for name, (_, id_) in names.items()
    }


@given(st.lists(TREES, min_size=1, max_size=5))
def test_a_cursor_has_the_files_of_its_tree(trees):
    """After each move, the files are those of the tree, and the folders that differ are known."""
    objects = {}
    cursor = TreeCursor(lambda id_: entries(objects[id_], 20))
    before = {}
    for tree in trees:
        changed = cursor.move(stored(tree, objects))
        after = files(tree)
        assert at(cursor) == after
        assert changed == {folder for (folder, _), _ in before.items() ^ after.items()}
        before = after


def test_only_trees_that_differ_are_read():
    """An edit reads the trees from the top down to its folder."""
    objects, read = {}, []

    def reading(id_):
        read.append(id_)
        return entries(objects[id_], 20)

    cursor = TreeCursor(reading)
    tree = {f"folder{i}": {"main.tf": b"a", "deep": {"main.tf": b"b"}} for i in range(50)}
    cursor.move(stored(tree, objects))
    read.clear()
    tree["folder7"] = {"main.tf": b"a", "deep": {"main.tf": b"c"}}
    assert cursor.move(stored(tree, objects)) == {"folder7/deep"}
    assert len(read) == 3


def test_the_trees_of_the_same_commit_are_read_once():
    """Moving to the commit at which the modules are reads nothing."""
    objects, read = {}, []
    id_ = stored({"main.tf": b"a"}, objects)

    def reading(name):
        read.append(name)
        return entries(objects[id_], 20)

    modules = ModuleFiles(reading, lambda path: path)
    for _ in range(3):
        modules.move("commit")
    assert read == ["commit^{tree}"]
