"""Departures decide: run or not, how many vehicles; firm ones cost as constants."""

from datetime import date

from movplan.costing.prices import Price
from movplan.domain.transport import Departure, DepartureVehicle
from movplan.domain.words import (
    DepartureKind,
    DepartureStatus,
    SubjectKind,
    VehicleKind,
)
from movplan.formulation.context import Context
from movplan.formulation.convoy_rows import ConvoyRows
from movplan.formulation.model import PlantName
from movplan.formulation.plant import PlantBook
from movplan.formulation.rowbook import RowName
from movplan.formulation.transport_rows import (
    TransportRows,
    flight_limit,
    has_run_column,
)


def add_departures(
    context: Context, plant: PlantBook, rows: TransportRows, convoys: ConvoyRows
) -> dict[str, int]:
    """Add run and hire columns; returns the run column of departures that have one."""
    run: dict[str, int] = {}
    for k, departure_id in enumerate(rows.departure_ids):
        departure = context.departures[departure_id]
        if has_run_column(departure):
            run[departure_id] = _add_run(context, plant, rows, k)
        if departure.kind is DepartureKind.CONVOY:
            _add_fleet(context, plant, rows, convoys, run.get(departure_id), k)
    return run


def constant_charges(context: Context) -> list[tuple[Departure, Price]]:
    """Charges due whatever is decided: firm fixed prices and cancellation fees."""
    due: list[tuple[Departure, Price]] = []
    for departure in context.scenario.departures:
        if departure.is_firm:
            due.append(
                (departure, context.tariffs.departure_fixed(departure.departure_id))
            )
        if departure.status is DepartureStatus.CANCELLED:
            due.append(
                (departure, context.tariffs.cancellation(departure.departure_id))
            )
    return [(departure, price) for departure, price in due if price.amount_cents]


def _add_run(context: Context, plant: PlantBook, rows: TransportRows, k: int) -> int:
    departure = context.departures[rows.departure_ids[k]]
    price = context.tariffs.departure_fixed(departure.departure_id)
    payable = _is_payable(context, departure, price)
    column = plant.column(
        PlantName("run", departure.departure_id), upper=1 if payable else 0
    )
    if payable:
        _charge(context, plant, column, price, departure)
    if departure.kind is DepartureKind.FLIGHT:
        for segment in range(context.num_segments(departure.departure_id)):
            for what, first in (
                ("seats", rows.seats),
                ("wheelchairs", rows.wheelchairs),
                ("stretchers", rows.stretchers),
            ):
                limit = flight_limit(context, departure, what)
                plant.use(column, int(first[k]) + segment, -limit)
    if rows.minimum[k] >= 0:
        plant.use(column, int(rows.minimum[k]), departure.min_persons)
    return column


def _is_payable(context: Context, departure: Departure, price: Price) -> bool:
    """Whether there is somebody to pay, and nobody has to be asked first."""
    departure_id, kind = departure.departure_id, SubjectKind.DEPARTURE
    payers = context.tariffs.payers(kind, departure_id)
    paid = bool(payers) or price.amount_cents == 0 or not context.keeps("payers")
    waits = context.tariffs.approvals.waiting_for(kind, departure_id)
    return paid and waits is None


def _add_fleet(
    context: Context,
    plant: PlantBook,
    rows: TransportRows,
    convoys: ConvoyRows,
    run: int | None,
    k: int,
) -> None:
    """A hire column per vehicle type: places, luggage, an ambulance for the convoy."""
    departure = context.departures[rows.departure_ids[k]]
    departure_id, fleets = departure.departure_id, context.fleets
    for fleet in fleets.rows(departure):
        vehicle = fleets.type_of(fleet)
        column = _add_hire(context, plant, departure, fleet)
        for first, places in (
            (rows.seats, fleets.seats(departure, vehicle)),
            (rows.wheelchairs, vehicle.wheelchair_places),
            (rows.stretchers, vehicle.stretcher_places),
        ):
            for segment in range(context.num_segments(departure_id)):
                plant.use(column, int(first[k]) + segment, -places)
        for row in convoys.luggage.get(departure_id, ()):
            plant.use(column, row, -fleets.luggage_kg(departure, vehicle))
        asked = convoys.ambulance.get(departure_id)
        if asked is not None and vehicle.kind is VehicleKind.AMBULANCE:
            plant.use(column, asked.row, -asked.amount)
        if run is not None:
            name = RowName("fleet", departure_id, fleet.vehicle_type_id)
            row = context.rows.row(name)
            plant.use(column, row, 1)
            plant.use(run, row, -fleet.max_vehicles)


def _add_hire(
    context: Context,
    plant: PlantBook,
    departure: Departure,
    fleet: DepartureVehicle,
) -> int:
    price = context.tariffs.vehicle_price(departure.departure_id, fleet.vehicle_type_id)
    payable = _is_payable(context, departure, price)
    column = plant.column(
        PlantName("hire", departure.departure_id, fleet.vehicle_type_id),
        upper=fleet.max_vehicles if payable else 0,
    )
    if payable:
        _charge(context, plant, column, price, departure)
    return column


def _charge(
    context: Context, plant: PlantBook, column: int, price: Price, departure: Departure
) -> None:
    payers = context.tariffs.payers(SubjectKind.DEPARTURE, departure.departure_id)
    on: date = departure.departs.date()
    plant.charge(column, context.splits.of(price, payers, on))
