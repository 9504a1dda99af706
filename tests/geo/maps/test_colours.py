"""Colours of the cells of tables: text reads on each of them."""

from __future__ import annotations

from geo.maps import (
    colour_of_correlation,
    colour_of_distance,
    colour_of_percentile,
    contrasting_ink,
)

LEAST_CONTRAST = 4.5  # what WCAG asks of text
CLEAR_CONTRAST = 6.0  # with which small digits read at arm's length


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_that_of_wcag():
    assert round(contrast("#ffffff", "#000000"), 6) == 21
    assert round(contrast("#ffffff", "#767676"), 2) == 4.54


def test_text_reads_on_every_colour_of_a_cell():
    colours = {
        *map(colour_of_percentile, range(101)),
        *map(colour_of_distance, range(-100, 301)),
        *(colour_of_correlation(value / 100) for value in range(-100, 101)),
    } - {None}
    assert len(colours) == 9
    for colour in colours:
        assert contrast(colour.ground, colour.ink) >= CLEAR_CONTRAST > LEAST_CONTRAST, colour


def test_text_reads_on_a_ground_of_any_luminance():
    for level in range(256):
        ground = f"#{level:02x}{level:02x}{level:02x}"
        assert contrast(ground, contrasting_ink(ground)) >= LEAST_CONTRAST, ground


def test_a_higher_rank_is_darker():
    steps = [luminance(colour_of_percentile(percent).ground) for percent in (0, 20, 40, 60, 80)]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) == 5
