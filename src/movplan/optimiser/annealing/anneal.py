"""The walk itself: step by step, worse steps taken the less often the cooler it is.

A step puts a bloc on another way, whatever it lacks: plant that supplies it is looked
for, then whoever uses it leaves; or it uses a plant column less. Those who left, and a
few who stay, then go where they fit. The step is taken with chance
``exp(gain / heat)``, a gain being always taken, else undone.
"""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.compiled import compiled
from movplan.optimiser.annealing.items import Items, Position, Trail
from movplan.optimiser.annealing.moves import (
    BLOCS,
    NONE,
    PLANT,
    ROWS,
    STEPS,
    around,
    attend,
    drop,
    go,
    lacking,
    leave,
    look_at,
    make_way,
    note,
    settle,
    some,
    strip,
    supply,
    undo,
    use,
    what_uses,
)

# Chance of a step that uses less plant, and that a bloc on its way moves at all.
LESS_PLANT, MOVES = 0.05, 0.5
# Blocs that may leave for another; for plant no longer used.
MOST_LEAVE, MOST_LEAVE_PLANT = 3, 60
# Blocs that stay and are tried after a step; plant looked for, for a way.
OTHERS, SUPPLIES = 2, 4
# The same after a step that uses less plant: what that frees may suit many.
MANY_OTHERS = 20
# Passes over all rows until nothing is broken.
PASSES = 20


@compiled
def arrive(items: Items, at: Position, trail: Trail, step: int) -> bool:
    """Some bloc takes another of its ways; whoever is in the way leaves."""
    bloc = np.random.randint(len(at.number))
    if at.number[bloc] > 0 and np.random.random() > MOVES:
        return False
    first, last = items.way_ptr[bloc], items.way_ptr[bloc + 1]
    return first < last and put(items, at, trail, bloc, some(first, last), step)


@compiled
def put(
    items: Items, at: Position, trail: Trail, bloc: int, way: int, step: int
) -> bool:
    """A bloc takes a way; plant it lacks is looked for, whoever is in it leaves."""
    if not leave(items, at, trail, bloc, step):
        return False
    for _ in range(SUPPLIES):
        row = lacking(items, at, way)
        if row == NONE or not supply(items, at, trail, row):
            break
    go(items, at, bloc, way, force=True)
    for k in range(at.number[bloc]):
        if not look_at(items, trail, at.has[bloc, k], 1):
            return False
    return make_way(items, at, trail, MOST_LEAVE, step)


@compiled
def do_without(items: Items, at: Position, trail: Trail, step: int) -> bool:
    """Some plant is used less; whoever needs it leaves."""
    plant = np.random.randint(len(at.plant))
    if at.plant[plant] == 0 or not drop(items, at, trail, plant):
        return False
    return make_way(items, at, trail, MOST_LEAVE_PLANT, step)


@compiled
def settle_all(
    items: Items, at: Position, trail: Trail, step: int, others: int
) -> None:
    """Those who left go where they fit, then some who stay."""
    for n in range(trail.size[BLOCS]):
        if at.number[trail.bloc[n]] == 0:
            settle(items, at, trail.bloc[n], trail)
    for _ in range(others):
        bloc = np.random.randint(len(at.number))
        stays = at.number[bloc] == 0 and trail.mark[bloc] != step
        if stays and note(at, trail, bloc, step):
            settle(items, at, bloc, trail)


@compiled
def remember(at: Position, best: Position, changed: Trail) -> None:
    """Copy into the best what changed since it was found."""
    for n in range(changed.size[BLOCS]):
        bloc = changed.bloc[n]
        changed.mark[bloc] = 0
        best.number[bloc] = at.number[bloc]
        for k in range(at.number[bloc]):
            best.has[bloc, k] = at.has[bloc, k]
    changed.size[BLOCS] = 0
    for plant in range(len(at.plant)):
        best.plant[plant] = at.plant[plant]
    best.value[0] = at.value[0]


@compiled
def board(items: Items, at: Position, order: IntArray) -> None:
    """Give whoever travels a berth, if one is left: a better packing may have more."""
    for bloc in order:
        if at.number[bloc] == 0:
            continue
        way = at.has[bloc, 0]
        for k in range(items.slot_ptr[way], items.slot_ptr[way + 1]):
            if items.slot[k] >= items.first_berth:
                attend(items, at, bloc, items.slot[k], force=False)


@compiled
def is_needed(items: Items, at: Position, item: int) -> bool:
    """Whether more is used of what an item gives than there would be without it."""
    for k in range(items.ptr[item], items.ptr[item + 1]):
        given = -items.amount[k]
        if given > 0 and at.left[items.row[k]] < given:
            return True
    return False


@compiled
def keep_only(items: Items, at: Position, kept: IntArray) -> None:
    """Blocs but those that are ``kept`` stay; plant nobody needs then is not used.

    A departure is looked at again when its vehicles are gone.
    """
    for bloc in range(len(at.number)):
        if kept[bloc] == 0:
            strip(items, at, bloc, 0)
    for _ in range(2):
        for plant in range(len(at.plant)):
            item = items.first_plant + plant
            while at.plant[plant] > 0 and not is_needed(items, at, item):
                use(items, at, item, -1)
                at.plant[plant] -= 1


@compiled
def embark(
    items: Items,
    at: Position,
    wanted: IntArray,
    blocs: IntArray,
    ways: IntArray,
    seed: int,
) -> None:
    """Use plant as often as ``wanted``, put blocs on their ways; what does not fit not.

    A vehicle that finds no departure yet is tried again when all else has been.
    """
    np.random.seed(seed)
    for _ in range(2):
        for plant in range(len(at.plant)):
            item = items.first_plant + plant
            while at.plant[plant] < wanted[plant] and lacking(items, at, item) == NONE:
                use(items, at, item, 1)
                at.plant[plant] += 1
    for n in range(len(blocs)):
        if at.number[blocs[n]] == 0:
            go(items, at, blocs[n], ways[n], force=False)


@compiled
def restore_rows(items: Items, at: Position, trail: Trail, seed: int) -> bool:
    """Do without whatever plant asks for more than families fill of a row.

    A departure with too few persons is called off, a mission nobody needs not sent;
    who rode goes where there is room. Where a row stays broken that no plant asks to be
    filled, a level held, whoever fills it goes in others' stead. What that breaks is
    looked at again; no if a row stays broken.
    """
    np.random.seed(seed)
    for _ in range(PASSES):
        before = at.broken[0]
        for row in range(len(items.penalty)):
            for _ in range(len(at.plant)):
                whole = items.penalty[row] == 0 or at.left[row] >= 0
                if whole or not release(items, at, trail, row):
                    break
        if at.broken[0] == 0:
            return True
        bring(items, at, trail)
        if at.broken[0] >= before:
            return False
    return bool(at.broken[0] == 0)


@compiled
def release(items: Items, at: Position, trail: Trail, row: int) -> bool:
    """Do without some plant that uses a row; no if there is none or it has to stay.

    Whoever leaves goes elsewhere, unless that breaks as much as it mends: then they
    would be back where they were.
    """
    value, broken = at.value[0], at.broken[0]
    for attempt in range(2):
        clear(trail)
        step = trail.size[STEPS]
        plant = what_uses(items, at, row)
        if plant == NONE:
            return False
        done = drop(items, at, trail, plant)
        if done and make_way(items, at, trail, len(trail.bloc), step):
            if attempt == 1:
                return True
            settle_all(items, at, trail, step, OTHERS)
            if at.broken[0] < broken:
                return True
        undo(items, at, trail)
        at.value[0], at.broken[0] = value, broken
    return False


@compiled
def fills(items: Items, at: Position, item: int) -> bool:
    """Whether an item gives to a row that is broken."""
    for k in range(items.ptr[item], items.ptr[item + 1]):
        row = items.row[k]
        if items.amount[k] < 0 and items.penalty[row] > 0 and at.left[row] < 0:
            return True
    return False


@compiled
def bring(items: Items, at: Position, trail: Trail) -> None:
    """Let whoever stays and fills a broken row go, if less is broken then.

    Ways are tried from one by chance on: where finishing loses somebody again, another
    may do.
    """
    for bloc in range(len(at.number)):
        first, count, offset = around(items.way_ptr, bloc)
        for k in range(count):
            way = first + (offset + k) % count
            if at.number[bloc] > 0 or not fills(items, at, way):
                continue
            clear(trail)
            step = trail.size[STEPS]
            value, broken = at.value[0], at.broken[0]
            if put(items, at, trail, bloc, way, step):
                settle_all(items, at, trail, step, 0)
                if at.broken[0] < broken:
                    continue
            undo(items, at, trail)
            at.value[0], at.broken[0] = value, broken


@compiled
def clear(trail: Trail) -> None:
    """Begin another step."""
    trail.size[BLOCS] = trail.size[PLANT] = trail.size[ROWS] = 0
    trail.size[STEPS] += 1


@compiled
def anneal(
    items: Items,
    at: Position,
    best: Position,
    trail: Trail,
    changed: Trail,
    seed: int,
    steps: int,
    heat: float,
    share: float,
    thrift: float,
) -> None:
    """So many steps at some heat.

    Penalties count for ``share`` of themselves, and what is spent for ``thrift``: using
    less of what is scarce is a gain, as others may use it. ``best`` has what the best
    position with nothing broken has; what that leaves of rows is not kept.
    """
    np.random.seed(seed)
    for _ in range(steps):
        clear(trail)
        step = trail.size[STEPS]
        value, spent, broken = at.value[0], at.spent[0], at.broken[0]
        others = OTHERS
        if np.random.random() < LESS_PLANT and len(at.plant) > 0:
            others = MANY_OTHERS
            complete = do_without(items, at, trail, step)
        else:
            complete = arrive(items, at, trail, step)
        if complete:
            settle_all(items, at, trail, step, others)
            gain = at.value[0] - value - share * (at.broken[0] - broken)
            gain -= thrift * (at.spent[0] - spent)
            if gain >= 0 or np.random.random() < np.exp(gain / heat):
                for n in range(trail.size[BLOCS]):
                    bloc = trail.bloc[n]
                    if changed.mark[bloc] == 0:
                        changed.mark[bloc] = 1
                        changed.bloc[changed.size[BLOCS]] = bloc
                        changed.size[BLOCS] += 1
                if at.value[0] > best.value[0] and at.broken[0] == 0:
                    remember(at, best, changed)
                continue
        undo(items, at, trail)
        at.value[0], at.spent[0], at.broken[0] = value, spent, broken
