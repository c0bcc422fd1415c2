"""A model without some rules: their rows taken out, whatever asks for them stays."""

from dataclasses import replace

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import Rows


def leave_out(model: Model, without: frozenset[str]) -> Model:
    """The model less the rows of some rules."""
    names = model.rows.names
    kept = np.flatnonzero([name.rule not in without for name in names])
    if len(kept) == len(names):
        return model
    templates, rows = model.templates, model.rows
    return replace(
        model,
        rows=Rows(
            names=tuple(names[k] for k in kept.tolist()),
            rhs=rows.rhs[kept],
            equal=rows.equal[kept],
        ),
        templates=replace(
            templates,
            resources=templates.resources[:, kept],
            draws=templates.draws[:, kept],
        ),
        plant=replace(model.plant, matrix=model.plant.matrix[:, kept]),
    )
