"""Bound, construct, improve, finish. The only importer of OR-Tools and HiGHS."""
