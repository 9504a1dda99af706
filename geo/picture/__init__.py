"""Pictures for briefings: complete by themselves, the same on the page and by address.

A ``Picture`` (geo.picture.request) says all that a picture depends on. geo.picture.kinds lays it
out as a ``Sheet`` of plain items in pixels, geo.picture.guard looks over the sheet, and
geo.picture.drawing turns it into PNG, SVG or PDF with matplotlib. ``geo.picture.render`` does all
three; geo.picture.studio is the queue and the cache before it.
"""
