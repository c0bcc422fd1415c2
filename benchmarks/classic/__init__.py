"""Classic problems as scenarios: what `plan` proves, beside what HiGHS proves."""
