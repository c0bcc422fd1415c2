"""Why a family is left out, and the smallest change that would place it."""
