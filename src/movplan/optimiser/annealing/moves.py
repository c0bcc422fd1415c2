"""Steps of a walk: a bloc takes a way, whoever is in the way leaves, and back again.

All of it is compiled, and works on flat arrays (``items.py``). Functions that look for
something return a row that lacks, or ``NONE``.
"""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.compiled import compiled
from movplan.optimiser.annealing.items import Items, Position, Trail

NONE = -1
BLOCS, PLANT, ROWS, STEPS = range(4)
# Chance that a choice is passed over, so that payers mix.
BLINK = 0.05
# Chance that plant is looked for where a way lacks something.
SUPPLY = 0.3
# Users of a row looked at before the one worth least makes way.
CANDIDATES = 2


@compiled
def use(items: Items, at: Position, item: int, times: int) -> None:
    """Use an item so many times more; less, if negative."""
    at.value[0] += times * items.worth[item]
    at.spent[0] += times * items.price[item]
    for k in range(items.ptr[item], items.ptr[item + 1]):
        row = items.row[k]
        before = at.left[row]
        after = before - times * items.amount[k]
        at.left[row] = after
        if items.penalty[row] > 0:
            at.broken[0] += items.penalty[row] * (max(0, -after) - max(0, -before))


@compiled
def lacking(items: Items, at: Position, item: int) -> int:
    """A row with too little left for an item."""
    for k in range(items.ptr[item], items.ptr[item + 1]):
        row = int(items.row[k])
        if items.amount[k] > max(0, at.left[row]) and items.penalty[row] == 0:
            return row
    return NONE


@compiled
def give(items: Items, at: Position, bloc: int, item: int) -> None:
    """Give a bloc an item."""
    use(items, at, item, 1)
    at.has[bloc, at.number[bloc]] = item
    at.number[bloc] += 1


@compiled
def strip(items: Items, at: Position, bloc: int, keep: int) -> None:
    """Take from a bloc what it was given last, but the first ``keep`` items."""
    while at.number[bloc] > keep:
        at.number[bloc] -= 1
        use(items, at, at.has[bloc, at.number[bloc]], -1)


@compiled
def some(first: int, last: int) -> int:
    """One of a range, more likely the earlier."""
    return first + int((last - first) * np.random.random() ** 2)


@compiled
def pay(items: Items, at: Position, bloc: int, item: int, force: bool) -> int:
    """Choose who pays the charges of an item; what cannot be paid is overdrawn if
    forced, and else nothing is paid.
    """
    had = at.number[bloc]
    for k in range(items.charge_ptr[item], items.charge_ptr[item + 1]):
        charge = items.charge[k]
        first, last = items.choice_ptr[charge], items.choice_ptr[charge + 1]
        found, short = NONE, NONE
        for choice in range(first, last):
            if choice + 1 < last and np.random.random() < BLINK:
                continue
            row = lacking(items, at, choice)
            if row == NONE:
                found = choice
                break
            if short == NONE:
                short = row
        if found == NONE and force:
            found = some(first, last)
        if found == NONE:
            strip(items, at, bloc, had)
            return short
        give(items, at, bloc, found)
    return NONE


@compiled
def attend(items: Items, at: Position, bloc: int, slot: int, force: bool) -> int:
    """Choose an option of a slot that has room and can be paid."""
    first, last = items.option_ptr[slot], items.option_ptr[slot + 1]
    short = NONE
    for option in range(first, last):
        row = lacking(items, at, option)
        if row == NONE:
            had = at.number[bloc]
            give(items, at, bloc, option)
            row = pay(items, at, bloc, option, force=False)
            if row == NONE:
                return NONE
            strip(items, at, bloc, had)
        if short == NONE:
            short = row
    if force:
        option = some(first, last)
        give(items, at, bloc, option)
        return pay(items, at, bloc, option, force=True)
    return short


@compiled
def go(items: Items, at: Position, bloc: int, way: int, force: bool) -> int:
    """Put a bloc that stays on a way with all that asks for; not at all if it lacks
    anything, unless forced.
    """
    row = lacking(items, at, way)
    if row != NONE and not force:
        return row
    give(items, at, bloc, way)
    for k in range(items.slot_ptr[way], items.slot_ptr[way + 1]):
        row = attend(items, at, bloc, items.slot[k], force=force)
        if row != NONE:
            strip(items, at, bloc, 0)
            return row
    row = pay(items, at, bloc, way, force=force)
    if row != NONE:
        strip(items, at, bloc, 0)
    return row


@compiled
def note(at: Position, trail: Trail, bloc: int, step: int) -> bool:
    """Write down what a bloc has before it changes; no when the trail is full."""
    n = trail.size[BLOCS]
    if n == len(trail.bloc):
        return False
    trail.mark[bloc] = step
    trail.bloc[n], trail.number[n] = bloc, at.number[bloc]
    for k in range(at.number[bloc]):
        trail.has[n, k] = at.has[bloc, k]
    trail.size[BLOCS] += 1
    return True


@compiled
def set_plant(items: Items, at: Position, trail: Trail, plant: int, by: int) -> bool:
    """Use a plant column once more or less; no when the trail is full."""
    n = trail.size[PLANT]
    if n == len(trail.plant):
        return False
    use(items, at, items.first_plant + plant, by)
    at.plant[plant] += by
    trail.plant[n], trail.change[n] = plant, by
    trail.size[PLANT] += 1
    return True


@compiled
def undo_plant(items: Items, at: Position, trail: Trail, keep: int) -> None:
    """Undo changes of plant but the first ``keep``."""
    while trail.size[PLANT] > keep:
        trail.size[PLANT] -= 1
        n = trail.size[PLANT]
        use(items, at, items.first_plant + trail.plant[n], -trail.change[n])
        at.plant[trail.plant[n]] -= trail.change[n]


@compiled
def undo(items: Items, at: Position, trail: Trail) -> None:
    """Undo a step."""
    for n in range(trail.size[BLOCS]):
        strip(items, at, trail.bloc[n], 0)
    undo_plant(items, at, trail, 0)
    for n in range(trail.size[BLOCS]):
        for k in range(trail.number[n]):
            give(items, at, trail.bloc[n], trail.has[n, k])


@compiled
def look_at(items: Items, trail: Trail, item: int, sign: int) -> bool:
    """Note rows an item uses (1) or fills (-1); no when the trail is full."""
    for k in range(items.ptr[item], items.ptr[item + 1]):
        if sign * items.amount[k] > 0 and items.penalty[items.row[k]] == 0:
            if trail.size[ROWS] == len(trail.row):
                return False
            trail.row[trail.size[ROWS]] = items.row[k]
            trail.size[ROWS] += 1
    return True


@compiled
def around(ptr: IntArray, row: int) -> tuple[int, int, int]:
    """What stands at a row: the first, how many, and one by chance to begin with."""
    first = int(ptr[row])
    count = int(ptr[row + 1]) - first
    return first, count, np.random.randint(max(1, count))


@compiled
def supply_plainly(items: Items, at: Position, trail: Trail, row: int) -> bool:
    """Run, hire or send what gives more of a row and lacks nothing."""
    first, count, offset = around(items.supplier_ptr, row)
    for k in range(count):
        plant = items.supplier[first + (offset + k) % count]
        free = at.plant[plant] < items.upper[plant]
        if free and lacking(items, at, items.first_plant + plant) == NONE:
            return set_plant(items, at, trail, plant, 1)
    return False


@compiled
def supply(items: Items, at: Position, trail: Trail, row: int) -> bool:
    """The same; or what lacks something that can be supplied: a vehicle its departure.

    Not by calling itself: compiled functions that do crash when kept on disk.
    """
    if supply_plainly(items, at, trail, row):
        return True
    first, count, offset = around(items.supplier_ptr, row)
    for k in range(count):
        plant = items.supplier[first + (offset + k) % count]
        if at.plant[plant] < items.upper[plant]:
            item = items.first_plant + plant
            lacks = lacking(items, at, item)
            got = lacks == NONE or supply_plainly(items, at, trail, lacks)
            if got and lacking(items, at, item) == NONE:
                return set_plant(items, at, trail, plant, 1)
    return False


@compiled
def uses(items: Items, at: Position, bloc: int, row: int) -> bool:
    """Whether a bloc uses some of a row."""
    for k in range(at.number[bloc]):
        item = at.has[bloc, k]
        for j in range(items.ptr[item], items.ptr[item + 1]):
            if items.row[j] == row and items.amount[j] > 0:
                return True
    return False


@compiled
def who_uses(items: Items, at: Position, trail: Trail, row: int, step: int) -> int:
    """Of two blocs that use a row the one worth less, not yet touched by this step."""
    first, count, offset = around(items.rider_ptr, items.ridden[row])
    best, found = NONE, 0
    for k in range(count):
        bloc = items.rider[first + (offset + k) % count]
        if at.number[bloc] == 0 or trail.mark[bloc] == step:
            continue
        if uses(items, at, bloc, row):
            found += 1
            worth = items.worth[at.has[bloc, 0]]
            if best == NONE or worth < items.worth[at.has[best, 0]]:
                best = bloc
            if found == CANDIDATES:
                break
    return best


@compiled
def what_uses(items: Items, at: Position, row: int) -> int:
    """A plant column in use that uses a row."""
    first, count, offset = around(items.holder_ptr, row)
    for k in range(count):
        plant = int(items.holder[first + (offset + k) % count])
        if at.plant[plant] > 0:
            return plant
    return NONE


@compiled
def leave(items: Items, at: Position, trail: Trail, bloc: int, step: int) -> bool:
    """A bloc leaves its way; rows it filled are to be looked at."""
    if not note(at, trail, bloc, step):
        return False
    for k in range(at.number[bloc]):
        if not look_at(items, trail, at.has[bloc, k], -1):
            return False
    strip(items, at, bloc, 0)
    return True


@compiled
def drop(items: Items, at: Position, trail: Trail, plant: int) -> bool:
    """Use a plant column once less; rows it supplied are to be looked at."""
    done = set_plant(items, at, trail, plant, -1)
    return done and look_at(items, trail, items.first_plant + plant, -1)


@compiled
def make_way(items: Items, at: Position, trail: Trail, most: int, step: int) -> bool:
    """Whoever uses what is overdrawn leaves, at most so many; no if not enough do."""
    already = trail.size[BLOCS]
    while trail.size[ROWS] > 0:
        trail.size[ROWS] -= 1
        row = trail.row[trail.size[ROWS]]
        while at.left[row] < 0:
            if trail.size[BLOCS] - already >= most:
                return False
            bloc = who_uses(items, at, trail, row, step)
            if bloc != NONE:
                if not leave(items, at, trail, bloc, step):
                    return False
                continue
            plant = what_uses(items, at, row)
            if plant == NONE or not drop(items, at, trail, plant):
                return False
    return True


@compiled
def settle(items: Items, at: Position, bloc: int, trail: Trail) -> None:
    """Put a bloc that stays on its first way that fits, or with plant it needs."""
    for way in range(items.way_ptr[bloc], items.way_ptr[bloc + 1]):
        row = go(items, at, bloc, way, force=False)
        if row != NONE and np.random.random() < SUPPLY:
            had = trail.size[PLANT]
            if supply(items, at, trail, row):
                row = go(items, at, bloc, way, force=False)
            if row != NONE:
                undo_plant(items, at, trail, had)
        if row == NONE:
            return
