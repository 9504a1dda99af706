"""The pages: each answers one question, and draws with the parts in pages.parts."""
