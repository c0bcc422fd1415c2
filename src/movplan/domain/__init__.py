"""The field's data as frozen models. Imports nothing of ours."""
