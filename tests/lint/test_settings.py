"""What is stated, and what is stronger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint.settings import Exclusion, Settings, Stated, absolute, matches, merged

STEPS = ("region", "quotas", "names", "111122223333", "/a/**", "parameters")


def keys():
    """Draw keys, some of them below others."""
    return st.lists(st.sampled_from(STEPS), min_size=1, max_size=3).map(tuple)


def all_settings():
    """Draw settings, each value stated in a place of its own."""
    values = st.builds(Stated, st.integers(0, 9), st.sampled_from(["a.toml", "b.toml", "--x"]))
    return st.dictionaries(keys(), values, max_size=6).map(Settings)


@given(all_settings(), all_settings(), all_settings())
def test_merging_is_associative(one, two, three):
    """Whatever is put together first, the same is stated, in the same order."""
    left, right = merged(one, merged(two, three)), merged(merged(one, two), three)
    assert left == right
    assert [*left.stated] == [*right.stated]


@given(all_settings())
def test_nothing_stated_changes_nothing(some):
    """Empty settings are neutral on both sides, and the same twice is the same once."""
    nothing = Settings({})
    assert merged(some, nothing) == merged(nothing, some) == merged(some, some) == some


@given(all_settings(), all_settings())
def test_the_stronger_is_kept_whole(strong, weak):
    """What is stated in it holds, and of the weaker only what is not below it."""
    both = merged(strong, weak).stated
    assert strong.stated.items() <= both.items()
    for key in weak.stated.keys() - strong.stated.keys():
        assert (key in both) is not any(key[:n] in strong.stated for n in range(1, len(key)))


@given(st.lists(st.sampled_from(["/a/**", "/a/*", "/b"]), unique=True))
def test_an_option_beats_what_a_file_says_of_some_paths(globs):
    """A setting for all paths that is stronger holds for each of them."""
    weak = Settings({("region", glob): Stated(glob, "a.toml") for glob in globs})
    option = Settings({("region",): Stated("all", "--region")})
    assert merged(option, weak).for_path("/a/b") == option.stated
    assert merged(weak, option).for_path("/b")["region",].value == (
        "/b" if "/b" in globs else "all"
    )


PATHS = st.lists(st.sampled_from(["a", "b.yaml", "[x]", "*"]), min_size=1, max_size=4)


@given(PATHS, st.lists(st.sampled_from(["a", "[x]", "q?"]), min_size=1, max_size=2))
def test_a_path_below_a_folder_matches_all_below_it(path, folder):
    """Signs of globs in the name of the folder mean themselves."""
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
    """A star stays in its folder, two go down any number of them."""
    assert matches(path, glob) is expected


def test_what_holds_for_a_path_comes_in_the_order_of_the_names():
    """Of several globs that match the last one counts, and one without a glob before all."""
    some = Settings(
        {
            ("region", "/a/**"): Stated("one", ""),
            ("region",): Stated("all", ""),
            ("region", "/a/b"): Stated("two", ""),
            ("parameters", "Stage", "/x/**"): Stated("other", ""),
            ("ignore",): Stated((), ""),
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
    """Draw patterns as `.gitignore` has them."""
    way = "/".join(draw(st.lists(GLOB, min_size=1, max_size=3)))
    # What ends in `/**` is for what lies below; there is no file to tell it from.
    signs = draw(st.sampled_from(["", "!"])), draw(st.sampled_from(["", "/"]))
    return f"{signs[0]}{signs[1]}{way}{draw(st.sampled_from(['', '/']))}"


@pytest.mark.filterwarnings("ignore:GitIgnorePattern")  # only pathspec 0.12 deprecates it
@given(st.lists(patterns(), max_size=4), st.lists(STEP, min_size=1, max_size=4))
def test_files_are_excluded_as_git_ignores_them(stated, steps):
    """Patterns mean what `pathspec` takes them for, below the folder of the settings."""
    from pathspec import PathSpec

    # Of `a/**` it says that a file `a` is not below; here nothing else could be meant.
    stated = [text for text in stated if not text.rstrip("/").endswith("**")]
    way = "/".join(steps)
    oracle = PathSpec.from_lines("gitignore", stated)
    assert Exclusion("/srv/[1]", tuple(stated)).covers(f"/srv/[1]/{way}") == oracle.match_file(way)
    assert not Exclusion("/srv/[1]", tuple(stated)).covers(f"/srv/1/{way}")


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
    """What stands in the guide."""
    files = {"charts/a.yaml", "infra/charts/b/a.yaml", "x.tpl.yaml", "infra/x.tpl.yaml", "chart"}
    exclusion = Exclusion("/team", (pattern,))
    assert {file for file in files if exclusion.covers(f"/team/{file}")} == covered


def test_the_last_pattern_counts():
    """So a file can be taken back; only where something is stated is anything left out."""
    some = Exclusion("/team", ("charts/", "!charts/kept.yaml"))
    assert [some.covers(f"/team/charts/{name}.yaml") for name in ("a", "kept")] == [True, False]
    assert Settings({("exclude",): Stated(some, "x")}).exclude("/team/charts/a.yaml")
    assert not Settings({}).exclude("/team/charts/a.yaml")
