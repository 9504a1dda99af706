"""Fragments of HTML that the pages and the mailed file share: heading, legend, ranking.

Every text passes through MarkupSafe, so that none is taken for markup.
"""
