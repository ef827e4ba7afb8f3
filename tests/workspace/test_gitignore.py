"""Patterns of `.gitignore`: their lines, and the cost of hostile ones."""

import pytest
from tests.support.steps import steps_of

from acmrules.workspace.gitignore import IgnorePatterns, lines_of, parse


def ignored(pattern, *paths):
    """Return those paths that a pattern ignores; the ones that end in a slash are folders."""
    patterns = IgnorePatterns([pattern])
    return [
        path
        for path in paths
        if patterns.ignores_within(path.removesuffix("/"), is_folder=path.endswith("/"))
    ]


def test_a_negated_bracket_does_not_match_a_slash():
    """`[^a]` and `[!a]` match one byte of a name."""
    assert ignored("b[^a]c", "b/c", "bac", "bbc", "b]c") == ["bbc", "b]c"]
    assert ignored("/b[!a]c", "b/c", "bbc") == ["bbc"]


def test_two_stars_match_any_number_of_folders():
    """`**/` matches all folders, and `*/**` all that is in one."""
    assert ignored("**/", "a", "a/", "a/b") == ["a/", "a/b"]
    assert ignored("*/**", "a", "a/", "a/b", "a/b/c") == ["a/b", "a/b/c"]
    assert ignored("a/**/b", "a/b", "a/x/y/b", "a/xb") == ["a/b", "a/x/y/b"]


def test_a_file_in_an_ignored_folder_cannot_be_included_again():
    """A negated pattern applies only where no folder above is ignored."""
    patterns = IgnorePatterns(["out/", "!out/a", "gen/*", "!gen/a"])
    assert patterns.ignores_within("out/a", is_folder=False)
    assert not patterns.ignores_within("gen/a", is_folder=False)
    assert patterns.ignores_within("gen/b", is_folder=False)


def test_lines_end_with_a_line_feed():
    """A carriage return before it, a mark at the beginning, and other line ends."""
    assert lines_of(b"\xef\xbb\xbfa\r\nb\x0cc\xe2\x80\xa8d\n\xff") == [
        "a",
        "b\x0cc\u2028d",
        "\udcff",
    ]


@pytest.mark.parametrize("line", ["", "  ", "!", "/", "//", "# a", "a\\", "[/]", "[a", "[[:x:]]"])
def test_some_lines_match_nothing(line):
    """Comments, unfinished patterns, and brackets without a character."""
    assert parse(line) is None


@pytest.mark.parametrize(
    "part", ["*a", "**/", "**/a/", "**/*a/", "a*?", "[^b]*", "?", "***", "/**/a*b*"]
)
def test_hostile_patterns_take_few_steps(part):
    """The steps for a path do not depend on the pattern; most others match exponentially."""
    path = "/".join(["a" * 40] * 30)
    found = []
    for count in (1, 20, 40, 80):
        patterns = IgnorePatterns([f"{part * count}b"])
        found.append(steps_of(patterns.ignores_within, path, is_folder=False))
    assert max(found) < 6 * sum(len(path[:end]) for end in range(40, len(path) + 1, 41)) + 1_000


def test_a_pattern_longer_than_any_path_matches_nothing():
    """The cost of a `.gitignore` does not grow with the square of the length of a line."""
    assert parse("?" * 10_000) is None
    assert parse("?" * 4_000) is not None
