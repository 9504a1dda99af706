"""The atlas without its screen: tables, boundaries, classes, the map's script, texts.

Nothing in here imports streamlit, so that every rule can be tested without a page.
"""
