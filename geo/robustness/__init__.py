"""How sure a rank is: uncertainty, sensitivity, and what a changed figure would do.

assumptions   which choices are drawn, and how weights are spread
uncertainty   ranks over thousands of draws: medians, intervals, unsafe pairs
sensitivity   which single choice moves ranks most; each indicator and dimension left out
whatif        one figure changed: the new score, rank and interval
"""
