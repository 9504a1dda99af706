"""Lines of tooltips, shortened: what several have in common is sent once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile


def shorten_lines(
    tooltips: Sequence[Sequence[str]],
) -> tuple[list[str], list[tuple[str, str]], list[list[str | int]]]:
    """Return lines that several tooltips have, the common ends by place, and the tooltips.

    In a tooltip a common line is its number; any other is what stands between the ends of its
    place.

    >>> shorten_lines([["Rank 1 of 2"], ["Rank 2 of 2"], ["None"], ["None"]])
    (['None'], [('Rank ', ' of 2')], [['1'], ['2'], [0], [0]])
    """
    counts = Counter(line for lines in tooltips for line in lines)
    common = [line for line, count in counts.items() if count > 1]
    numbers = {line: number for number, line in enumerate(common)}
    ends = []
    for place in range(max(map(len, tooltips), default=0)):
        single = [lines[place] for lines in tooltips if len(lines) > place]
        ends.append(common_ends([line for line in single if line not in numbers]))
    shorter: list[list[str | int]] = [
        [
            numbers[line] if line in numbers else line[len(start) : len(line) - len(end)]
            for line, (start, end) in zip(lines, ends, strict=False)
        ]
        for lines in tooltips
    ]
    return common, ends, shorter


def common_ends(texts: Sequence[str]) -> tuple[str, str]:
    """Return how all texts start and end; the ends do not overlap in any of them."""
    start = _common_start(texts)
    rest = [text[len(start) :][::-1] for text in texts]
    return start, _common_start(rest)[::-1]


def _common_start(texts: Sequence[str]) -> str:
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in same)
