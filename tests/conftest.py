"""Settings of all tests: the same examples every time in CI, new ones elsewhere.

A machine under load may be slow, so no example has a deadline.
"""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "explore")
