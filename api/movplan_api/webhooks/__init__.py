"""Notices to other systems over HTTP: secrets, where they may go, one sending."""
