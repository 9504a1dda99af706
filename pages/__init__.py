"""The pages: each answers one question, with parts from pages.parts."""
