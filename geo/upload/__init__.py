"""A reader's own tables: read under limits, understood in the open, and made into measures.

Nothing here opens a file or an address: a table comes as bytes, and stays with its session.
A module each:

    limits       how much may be brought, and why no more
    raw          the bytes with their name; how a reader's texts are repeated
    content      which kind of table the bytes hold, held against the name
    source       the cells as they stand
    delimited    CSV, TSV and pasted text: encoding and delimiter
    archive      the parts of a workbook, looked at before it is opened
    workbook     the cells of a workbook
    geojson      the attributes of GeoJSON
    notation     figures as people write them
    heads        the head row: names, units and years of the columns
    columns      which column is what
    rows         what becomes of each row
    choices      what the reader decides otherwise
    understand   all of it together: understand(raw, choices)
    own          a measure of the reader's own, and its cells
    session      the tables of one session
    recipe       a session's tables as a file, and back
    template     tables to fill in
"""
