"""Families some way of whom only lines that may run short could pay for.

A line may run short if all that families could at most draw on it, with all vehicles,
escorts and departures that any of them could use, is more than it has. Whoever can be
paid on every way by lines that cannot run short is surely not bound; of the others, who
in fact goes without is decided by planning.
"""

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.planning.bound.scarce import largest_use
from movplan.screening.result import BoolArray

CEILING = "budget_ceiling"


def bound_by_money(model: Model) -> dict[str, set[str]]:
    """Families by ``budget_ceiling``."""
    wanted = largest_use(model)
    drawn = np.asarray(wanted.sum(axis=0)).ravel() + most_bought(model, wanted)
    money = np.array([name.rule == CEILING for name in model.rows.names], np.bool_)
    short = money & (drawn > model.rows.rhs)
    units = model.units
    families = units.family[model.pairs.unit[_in_want(model, short)]]
    return {CEILING: {units.family_ids[k] for k in np.unique(families).tolist()}}


def most_bought(model: Model, wanted: csr_array) -> IntArray:
    """What departures, vehicles and escorts that somebody could use draw at most."""
    matrix = model.plant.matrix
    used = np.diff(csr_array(wanted).tocsc().indptr) > 0
    useful = matrix.multiply(matrix < 0) @ used.astype(np.int64) < 0
    most = np.where(useful, model.plant.upper, 0)
    return np.asarray(matrix.multiply(matrix > 0).T @ most, np.int64)


def _in_want(model: Model, short: BoolArray) -> BoolArray:
    """Pairs one charge of which only short lines may pay."""
    templates, pairs = model.templates, model.pairs
    draws = templates.draws.tocsc()[:, np.flatnonzero(short)].tocsr()
    by_short = np.diff(draws.indptr) > 0
    charge = _all_of(by_short, templates.choice_ptr)
    template = _any_of(charge, templates.charge_ptr)
    slot = _all_of(template[pairs.slot_template], pairs.option_ptr)
    return template[pairs.template] | _any_of(slot, pairs.slot_ptr)


def _any_of(flags: BoolArray, ptr: IntArray) -> BoolArray:
    """Whether some flag of group k, ptr[k] .. ptr[k + 1], is set."""
    counted = np.concatenate(([0], np.cumsum(flags)))
    some: BoolArray = counted[ptr[1:]] > counted[ptr[:-1]]
    return some


def _all_of(flags: BoolArray, ptr: IntArray) -> BoolArray:
    """Whether all flags of group k are set; not of a group without any."""
    every: BoolArray = ~_any_of(~flags, ptr) & (np.diff(ptr) > 0)
    return every
