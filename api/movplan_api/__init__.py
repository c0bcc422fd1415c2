"""The HTTP service beside the library.

One command (``movplan-server run``) starts the API and its workers; see
``docs/service-design.md`` for the processes, tables and layers.
"""
