"""What does a plan cost, and how far from the fewest certificates may it be?"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.corpora import hosts_by_suffix
from benchmarks.measuring import Row, inside, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules import Plan
    from benchmarks.measuring import Environments

SIZES = (100, 1_000, 10_000)
BARS = {100: 1e9, 1_000: 1e9, 10_000: 1e10}
LIKES = ("hosts", "distributions", "apart")


def rows(environments: Environments) -> Iterator[Row]:
    """Yield a line for each kind of input: plain hosts, distributions, separated groups."""
    times = inside(environments.clean, "planning")
    words = {
        "hosts": "plan of 100 / 1,000 / 10,000 hosts",
        "distributions": "the same, of distributions that share hosts",
        "apart": "the same hosts, with half of the domains separated from the other half, in pairs",
    }
    for like in LIKES:
        reached = {size: times.median(f"{like} {size}") for size in SIZES}
        gaps = " / ".join(
            f"{times.median(f'{like} {size} gap'):.0f} of"
            f" {times.median(f'{like} {size} certificates'):.0f}"
            for size in SIZES
        )
        yield Row(
            words[like],
            "1,000 in 1 s, 10,000 in 10 s, with a stated gap",
            f"{' / '.join(map(shown, reached.values()))}; gap {gaps} certificates",
            "",
            all(reached[size] <= BARS[size] for size in SIZES),
        )


def main() -> None:
    """Plan at every size, and tell the gaps beside the times."""
    candidates: dict[str, Callable[[], object]] = {}
    stated: dict[str, float] = {}
    for size in SIZES:
        for like, question in questions(size).items():
            made = question()
            candidates[f"{like} {size}"] = question
            stated[f"{like} {size} gap"] = made.gap
            stated[f"{like} {size} certificates"] = len(made.certificates)
    tell([times | stated for times in repeated(candidates, items=1, rounds=3)])


def questions(size: int) -> dict[str, Callable[[], Plan]]:
    """Return what is planned, about so many hosts each, the same in every run."""
    from acmrules import Demand, PlanPolicy, plan

    chance = Random(size)
    hosts = hosts_by_suffix(size)
    pool = [f"www.shop{n}.com" for n in range(size // 2)]
    demands = [
        Demand(chance.sample(pool, chance.randint(1, 6)), "cloudfront", "us-east-1", f"Site{n}")
        for n in range(size // 3)
    ]
    pairs = [(f"shop{n}.com", f"shop{n + 1}.com") for n in range(0, size // 10, 2)]
    many = [f"h{n}.shop{chance.randrange(size // 10)}.com" for n in range(size)]
    policy = PlanPolicy(wildcard_zones=(), apart=pairs)
    return {
        "hosts": lambda: plan(hosts),
        "distributions": lambda: plan(demands=demands),
        "apart": lambda: plan(many, policy=policy),
    }


if __name__ == "__main__":
    main()
