"""The use cases, as the command line and the service call them.

Each is a short function over files, planning, checks, costing and reports; whoever
calls it decides where results are printed or stored.
"""
