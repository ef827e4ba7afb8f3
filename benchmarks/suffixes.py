"""What does it cost to find the public suffix of a name, once the list is known?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpora import hosts_by_suffix
from benchmarks.measuring import Row, available, inside, listed, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measuring import Environments

BAR = 700
TIMES_FASTER = {"publicsuffixlist": 3, "publicsuffix2": 3, "tldextract": 6}


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table."""
    times = inside(environments.peers or environments.clean, "suffixes")
    for what, key in (("public suffix", "suffix"), ("base domain name", "base")):
        ours = times.median(f"acmrules {key}")
        there = [peer for peer in TIMES_FASTER if f"{peer} {key}" in times]
        faster = {peer: times.ratio(f"{peer} {key}", f"acmrules {key}") for peer in there}
        yield Row(
            f"{what}, warm",
            "700 ns; 3 x, 3 x, 6 x faster than peers",
            f"{shown(ours)}; {', '.join(f'{ratio:.1f} x' for ratio in faster.values())}",
            listed(
                {peer: shown(times.median(f"{peer} {key}")) for peer in there},
                [peer for peer in TIMES_FASTER if peer not in there],
            ),
            ours <= BAR and all(ratio >= TIMES_FASTER[peer] for peer, ratio in faster.items()),
        )


def main() -> None:
    """Measure."""
    from acmrules import default_suffixes, parse_name

    texts = hosts_by_suffix(20_000)
    names = [parse_name(text) for text in texts]
    ours = default_suffixes()
    functions: dict[str, Callable[[str], object]] = {}
    if available("publicsuffixlist"):
        from publicsuffixlist import PublicSuffixList

        functions["publicsuffixlist suffix"] = PublicSuffixList().publicsuffix
        functions["publicsuffixlist base"] = PublicSuffixList().privatesuffix
    if available("publicsuffix2"):
        import publicsuffix2

        functions["publicsuffix2 suffix"] = publicsuffix2.PublicSuffixList().get_tld
        functions["publicsuffix2 base"] = publicsuffix2.PublicSuffixList().get_sld
    if available("tldextract"):
        from tldextract import TLDExtract

        extract = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
        functions["tldextract suffix"] = lambda text: extract(text).suffix
        functions["tldextract base"] = lambda text: extract(text).top_domain_under_public_suffix
    candidates: dict[str, Callable[[], object]] = {
        "acmrules suffix": lambda: [*map(ours.public_suffix, names)],
        "acmrules base": lambda: [*map(ours.base_domain_name, names)],
    }
    for name, function in functions.items():
        candidates[name] = lambda function=function: [*map(function, texts)]
    tell(repeated(candidates, items=len(texts)))


if __name__ == "__main__":
    main()
