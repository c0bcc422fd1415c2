"""The HTTP service beside the library."""
