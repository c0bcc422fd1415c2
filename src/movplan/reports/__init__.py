"""What people read: summary, tables, bars and a picture of a plan.

Reports are data (``Table``) or text (SVG); who prints them is somebody else's business.
"""
