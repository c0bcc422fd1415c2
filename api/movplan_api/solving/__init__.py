"""Everything heavy runs here, in niced processes of its own.

``child`` is what such a process does, ``process`` what its parent sees of it. The HTTP
process never solves, and reads no big documents: the interpreter's lock would make
every other caller wait.
"""
