"""How results are tidied when they are told: by bookkeeping alone, by one rule or more, or by a bare calculation.

    python -m benchmarks.telling        # with the calculations
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from benchmarks.corpus import corpus, derived

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.derivation.step import Step

_RULES = ("bookkeeping alone", "one rule", "two", "three", "more")


def chains(derivation: Derivation) -> Iterator[list[Step]]:
    """The tidy steps of each open part, one chain for each result that was tidied."""
    from tutor.derivation.step import Block, Step

    blocks = [derivation.block]
    while blocks:
        items = blocks.pop().items
        blocks += [item for item in items if isinstance(item, Block) and not item.again]
        for is_tidying, steps in groupby(items, lambda item: isinstance(item, Step) and _tidies(item)):
            if is_tidying:
                yield [step for step in steps if isinstance(step, Step)]


def _tidies(step: Step) -> bool:
    return not {"tidy", "calculation"}.isdisjoint(step.rule.tags)


def compare(derivations: list[Derivation], show: bool = False) -> list[tuple[str, str]]:
    lengths, calculations, counted = Counter[str](), 0, 0
    for derivation in derivations:
        for chain in chains(derivation):
            rules = [step for step in chain if not step.minor]
            bare = [step for step in rules if "calculation" in step.rule.tags]
            lengths["a calculation" if bare else _RULES[min(len(rules), len(_RULES) - 1)]] += 1
            calculations += len(bare)
            counted += len(rules)
            for step in bare if show else ():
                print(f"{derivation.problem}\n       {step.before} = {step.after}")
    shares = ", ".join(f"{100 * lengths[kind] / lengths.total():.0f} % {kind}" for kind in (*_RULES, "a calculation"))
    return [(f"results tidied, of {lengths.total():,}", shares),
            (f"bare calculations, of {counted:,} tidy steps that are no bookkeeping",
             f"{100 * calculations / counted:.1f} %")]


if __name__ == "__main__":
    if found := corpus():
        for what, figure in compare(derived(found), show=True):
            print(f"{what}: {figure}")
