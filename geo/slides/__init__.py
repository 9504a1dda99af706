"""Slides for briefings: one slide of a measure, and a whole pack, as PowerPoint files.

Tables and charts are native, so that they can be edited; pictures come in as PNG bytes. The words
are those of geo.captions. geo.slides.letters sets text, geo.slides.stage the bare slide,
geo.slides.charts and geo.slides.grids what stands on it; geo.slides.measure, geo.slides.province
and geo.slides.method compose slides; geo.slides.pack puts them in a row.
"""
