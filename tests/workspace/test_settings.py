"""Settings and their precedence."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.git import ignored
from tests.support.steps import steps_of

from acmrules.workspace.settings import (
    ExcludePatterns,
    Setting,
    Settings,
    absolute,
    matches,
    merged,
    names_files,
)

STEPS = ("region", "quotas", "names", "111122223333", "/a/**", "parameters")


def keys():
    """Draw keys, some of them below others."""
    return st.lists(st.sampled_from(STEPS), min_size=1, max_size=3).map(tuple)


def all_settings():
    """Draw settings, each value with its own location."""
    values = st.builds(Setting, st.integers(0, 9), st.sampled_from(["a.toml", "b.toml", "--x"]))
    return st.dictionaries(keys(), values, max_size=6).map(Settings)


@given(all_settings(), all_settings(), all_settings())
def test_merging_is_associative(one, two, three):
    """The order of merges changes neither the settings nor their order."""
    left, right = merged(one, merged(two, three)), merged(merged(one, two), three)
    assert left == right
    assert [*left.stated] == [*right.stated]


@given(all_settings())
def test_empty_settings_change_nothing(some):
    """Empty settings are neutral on both sides, and a merge with itself changes nothing."""
    nothing = Settings({})
    assert merged(some, nothing) == merged(nothing, some) == merged(some, some) == some


@given(all_settings(), all_settings())
def test_the_stronger_is_kept_whole(strong, weak):
    """All stronger settings are kept, and the weaker ones that are not below them."""
    both = merged(strong, weak).stated
    assert strong.stated.items() <= both.items()
    for key in weak.stated.keys() - strong.stated.keys():
        assert (key in both) is not any(key[:n] in strong.stated for n in range(1, len(key)))


@given(st.lists(st.sampled_from(["/a/**", "/a/*", "/b"]), unique=True))
def test_an_option_overrides_the_settings_of_some_paths(globs):
    """A setting for all paths that is stronger applies to each of them."""
    weak = Settings({("region", glob): Setting(glob, "a.toml") for glob in globs})
    option = Settings({("region",): Setting("all", "--region")})
    assert merged(option, weak).for_path("/a/b") == option.stated
    assert merged(weak, option).for_path("/b")["region",].value == (
        "/b" if "/b" in globs else "all"
    )


PATHS = st.lists(st.sampled_from(["a", "b.yaml", "[x]", "*"]), min_size=1, max_size=4)


@given(PATHS, st.lists(st.sampled_from(["a", "[x]", "q?"]), min_size=1, max_size=2))
def test_a_path_below_a_folder_matches_all_below_it(path, folder):
    """Glob characters in the name of the folder have no special meaning."""
    above = "/" + "/".join(folder)
    assert matches(f"{above}/{'/'.join(path)}", absolute("**", above))
    assert matches(f"{above}/{'/'.join(path)}", absolute("/".join(["*"] * len(path)), above))
    assert not matches(f"/z{above}/{'/'.join(path)}", absolute("**", above))


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("a/b.yaml", "a/*.yaml", True),
        ("a/b/c.yaml", "a/*.yaml", False),
        ("a/b/c.yaml", "a/", True),
        ("a/b/c.yaml", "**/c.yaml", True),
        ("c.yaml", "**/c.yaml", True),
        ("a/b", "a/b/c", False),
        ("a/B.yaml", "a/b.yaml", False),
    ],
)
def test_globs(path, glob, expected):
    """`*` matches within a folder, and `**` any number of folders."""
    assert matches(path, glob) is expected


def test_the_last_glob_takes_precedence():
    """The last matching glob applies, and a setting without a glob is the weakest."""
    some = Settings(
        {
            ("region", "/a/**"): Setting("one", ""),
            ("region",): Setting("all", ""),
            ("region", "/a/b"): Setting("two", ""),
            ("parameters", "Stage", "/x/**"): Setting("other", ""),
            ("ignore",): Setting((), ""),
        }
    )
    assert [*some.globs()] == ["/a/**", "/a/b", "/x/**"]
    assert {key: stated.value for key, stated in some.for_path("/a/b").items()} == {
        ("ignore",): (),
        ("region",): "two",
    }
    assert some.for_path("/c")["region",].value == "all"
    assert [*some.for_path("/a/c")] == [("ignore",), ("region",)]


STEP = st.sampled_from(["a", "b.yaml", "charts", ".x", "[x]"])
GLOB = st.sampled_from(["a", "*.yaml", "charts", "b*", "**", "?", "[ac]*", ".x"])


@st.composite
def patterns(draw):
    """Draw patterns in the syntax of `.gitignore`."""
    way = "/".join(draw(st.lists(GLOB, min_size=1, max_size=3)))
    signs = draw(st.sampled_from(["", "!"])), draw(st.sampled_from(["", "/"]))
    return f"{signs[0]}{signs[1]}{way}{draw(st.sampled_from(['', '/']))}"


@given(st.lists(patterns(), min_size=1, max_size=4), STEP)
def test_the_last_pattern_that_matches_decides(stated, name):
    """A file of the folder is excluded if the last pattern that matches it is not negated."""
    path = f"/srv/[1]/{name}"
    alone = {text: ExcludePatterns("/srv/[1]", (text.removeprefix("!"),)) for text in stated}
    matching = [text for text in stated if alone[text].covers(path)]
    expected = bool(matching) and not matching[-1].startswith("!")
    assert ExcludePatterns("/srv/[1]", tuple(stated)).covers(path) is expected


@given(st.lists(patterns(), min_size=1, max_size=4), st.lists(STEP, min_size=1, max_size=4))
def test_what_is_in_an_excluded_folder_is_excluded(stated, steps):
    """A path is excluded if it or a folder above it is, whatever the patterns."""
    excluded = ExcludePatterns("/srv/[1]", tuple(stated))
    path = f"/srv/[1]/{'/'.join(steps)}"
    if excluded.covers(path, is_folder=True):
        assert excluded.covers(f"{path}/a.yaml")


@given(st.lists(patterns(), max_size=4), st.lists(STEP, min_size=1, max_size=4))
def test_only_files_below_the_folder_are_excluded(stated, steps):
    """A pattern matches nothing outside of its folder, which may contain symbols of globs."""
    assert not ExcludePatterns("/srv/[1]", tuple(stated)).covers(f"/srv/1/{'/'.join(steps)}")
    assert not ExcludePatterns("/srv/[1]", tuple(stated)).covers("/srv/[1]")


FILES = ["a", "b/a", "b/c/a", "a/b/c", "x.yaml", "b/x.yaml", "#n", "!n", "[n]", "b/c d", "b/.e"]


@pytest.mark.parametrize(
    "patterns",
    [
        ["a", "/a", "b/", "b/*", "b/**", "**/c", "**/c/a", "a/**", "a/**/c"],
        ["*.yaml", "b*.yaml", "[!a]", "b/?", "*d", ".*", "b/[cx]*"],
        ["#n", r"\#n", "!n", r"\!n", r"\[n]", "c d", r"c\ d ", "d "],
    ],
)
def test_files_are_excluded_as_git_ignores_them(patterns, tmp_path):
    """Each pattern excludes the files that `git check-ignore` prints."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    for pattern in patterns:
        (tmp_path / ".gitignore").write_text(pattern)
        exclusion = ExcludePatterns("/x", (pattern,))
        excluded = [file for file in FILES if exclusion.covers(f"/x/{file}")]
        assert excluded == ignored(tmp_path, FILES)


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [
        ("charts/", {"charts/a.yaml", "infra/charts/b/a.yaml"}),
        ("/charts", {"charts/a.yaml"}),
        ("*.tpl.yaml", {"x.tpl.yaml", "infra/x.tpl.yaml"}),
        ("infra/*.yaml", {"infra/x.tpl.yaml"}),
        ("infra/", {"infra/x.tpl.yaml", "infra/charts/b/a.yaml"}),
        ("**/b/*", {"infra/charts/b/a.yaml"}),
    ],
)
def test_patterns_of_files(pattern, covered):
    """The patterns of the guide match the files that it lists."""
    files = {"charts/a.yaml", "infra/charts/b/a.yaml", "x.tpl.yaml", "infra/x.tpl.yaml", "chart"}
    exclusion = ExcludePatterns("/team", (pattern,))
    assert {file for file in files if exclusion.covers(f"/team/{file}")} == covered


def test_a_negated_pattern_includes_a_file_again():
    """Without patterns nothing is excluded."""
    some = ExcludePatterns("/team", ("charts/*", "!charts/kept.yaml"))
    assert [some.covers(f"/team/charts/{name}.yaml") for name in ("a", "kept")] == [True, False]
    assert Settings({("exclude",): Setting(some, "x")}).exclude("/team/charts/a.yaml")
    assert not Settings({}).exclude("/team/charts/a.yaml")


@pytest.mark.parametrize("pattern", ["", " ", "!", "/", "!/", "# charts/", "charts\\"])
def test_some_patterns_match_no_file(pattern):
    """Empty, commented and unfinished patterns are mistakes."""
    assert not names_files(pattern)


def test_settings_without_patterns_load_no_parser_of_patterns(monkeypatch):
    """The module of patterns is imported only if `exclude` is set."""
    monkeypatch.setitem(sys.modules, "acmrules.workspace.gitignore", None)
    assert not Settings({}).exclude("/team/a.yaml")


def test_hostile_globs_take_few_steps():
    """The steps are at most the product of the lengths of the path and the glob."""
    path = "/".join(["a"] * 40)
    for glob in ("**/" * 20 + "b", "**/a/" * 20 + "b", "**/*/" * 20 + "b"):
        assert steps_of(matches, path, glob) < 10 * len(path) * len(glob)


def test_long_globs_and_paths_are_matched():
    """Neither has a limit of parts."""
    path = "/".join(["a"] * 3_000)
    assert matches(path, path)
    assert matches(path, "*/" * 2_999 + "*")
    assert not matches(path, "*/" * 2_998 + "*")
