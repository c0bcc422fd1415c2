"""Names that are stored with every job: never change one without a migration."""

APPLICATION = "movplan"
# Bumped only when the steps of a workflow change, so that no worker resumes what an
# older one began differently; not with every release.
WORKFLOWS_VERSION = "1"

SOLVE_QUEUE = "solve"
SOLVE_PLAN = "solve_plan"
PROGRESS_STREAM = "progress"
STUDY_QUEUE = "studies"
RUN_STUDY = "run_study"
