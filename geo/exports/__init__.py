"""The figures as files to take along: workbooks, geographical files, and everything in one.

Each module writes one form; all take their rows from geo.tables and their words from where the
pages take them. The same figures give the same bytes, so a browser can keep a file and a reader can
compare two.
"""
