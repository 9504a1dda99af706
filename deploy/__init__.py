"""Serving many readers: several processes of the atlas behind one proxy."""
