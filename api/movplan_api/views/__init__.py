"""What is shown of a plan: rows of each view, filters, pages, CSV, entity tags.

Pure: plain JSON in, plain JSON out. Whoever calls has hidden already what the caller
may not see, so that no filter or difference can tell it.
"""
