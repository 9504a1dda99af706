"""The open index: the atlas's own evaluation from open indicators, every step in the open.

It is ours, not the report's, which publishes neither scores nor weights. The steps are those of
the OECD and JRC Handbook on Constructing Composite Indicators (2008), a module each:

    recipe      every choice that makes an index, and named sets of choices
    exchange    a recipe to and from an address and a file
    figures     the table of provinces by indicators that a recipe asks for
    tree        index, dimension, indicator, with weights and directions
    screen      who has enough figures; what stands in for a missing one
    treat       outliers
    normalise   one scale for all
    weigh       what counts how much; which measures share a weight
    aggregate   means, ranks, contributions
    compose     the steps in order, over any units
    notes       what must stand beside an index
    model       the open index of a year: score(recipe, year)
    agreement   how well the result agrees with the published lists
"""
