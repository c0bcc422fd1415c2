"""Names and document numbers: sealed at rest, apart from scenarios and plans."""
