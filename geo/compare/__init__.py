"""Provinces side by side, and two measures side by side."""
