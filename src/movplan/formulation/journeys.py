"""Journey templates: one per pair, with seats, fares, transfers, nights, grant."""

import numpy as np

from movplan.formulation.context import Context
from movplan.formulation.fares import add_fares
from movplan.formulation.moves import add_grants, add_moves, add_nights
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import expand
from movplan.formulation.ride_table import Aboard
from movplan.formulation.transport_rows import TransportRows


def add_journeys(
    context: Context, pairs: RawPairs, rows: TransportRows, aboard: Aboard
) -> None:
    """Fill resources and charges of every pair's journey."""
    _add_seats(context, rows, aboard)
    _add_boarding(context, rows, aboard)
    add_fares(context, pairs, rows, aboard)
    add_moves(context, pairs)
    add_nights(context, pairs)
    add_grants(context, pairs)


def _add_seats(context: Context, rows: TransportRows, aboard: Aboard) -> None:
    """Seats, wheelchairs and stretchers on every segment of every ride."""
    board, alight = aboard.table.board[aboard.ride], aboard.table.alight[aboard.ride]
    owner, segment = expand(board, alight - board)
    pair, departure = aboard.pair[owner], aboard.departure[owner]
    for first, load in (
        (rows.seats, aboard.seats),
        (rows.wheelchairs, aboard.wheelchairs),
        (rows.stretchers, aboard.rider.stretchers),
    ):
        context.resources.add(pair, first[departure] + segment, load[owner])


def _add_boarding(context: Context, rows: TransportRows, aboard: Aboard) -> None:
    """Persons count towards what a departure asks for to run."""
    boards = rows.minimum[aboard.departure]
    kept = np.flatnonzero(boards >= 0)
    persons = -aboard.rider.persons[kept]
    context.resources.add(aboard.pair[kept], boards[kept], persons)
