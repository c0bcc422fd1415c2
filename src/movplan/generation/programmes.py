"""The five programmes and the papers they ask for."""

from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.words import EvidenceLabel, Moment, SessionKind, Trip
from movplan.generation.brief import EVENT_CLOSES, EVENT_OPENS

CO = SessionKind.CULTURAL_ORIENTATION
PEC = SessionKind.PRE_EMBARKATION_CHECK


def programmes() -> tuple[Programme, ...]:
    """AVRR, RQA, resettlement, self-payers (facilitated movement), workshop."""
    return (
        Programme(
            programme_id="avrr",
            name="Assisted voluntary return and reintegration",
            required_documents=("laissez-passer", "vrf"),
            required_steps=(PEC,),
            weight=2,
            grant_per_person_cents=37500,
            grant_currency="USD",
            source="UNHCR Iran help page: USD 375 per person; convoy screening (C9)",
            label=EvidenceLabel.SOURCED,
        ),
        Programme(
            programme_id="rqa",
            name="Return of qualified Afghans",
            required_documents=("passport",),
            overnight_transit=False,
            weight=2,
            grant_per_person_cents=60000,
            grant_currency="USD",
            source="IOM Tehran leaflet: 1 000 on arrival, 600 a month (undated)",
            label=EvidenceLabel.OLD,
        ),
        Programme(
            programme_id="resettlement",
            name="Resettlement and humanitarian admission",
            required_documents=("entry-visa", "exit-permit", "transit-tr"),
            required_steps=(CO, PEC),
            medical_required=True,
            weight=3,
            source="UNHCR Resettlement Handbook 4.11 (D4)",
            label=EvidenceLabel.SOURCED,
        ),
        Programme(
            programme_id="self-payer",
            name="Facilitated movement of self-payers",
            required_documents=("entry-visa", "exit-permit", "passport"),
            medical_required=True,
            weight=3,
            source="proposer pays (Australia 202); visa medicals",
            label=EvidenceLabel.SOURCED,
        ),
        Programme(
            programme_id="workshop",
            name="Workshop of returning professionals, Istanbul",
            trip=Trip.ROUND_TRIP,
            event_opens=EVENT_OPENS,
            event_closes=EVENT_CLOSES,
            required_documents=("passport", "return-permit"),
            weight=2,
            grant_per_person_cents=20000,
            grant_currency="USD",
            source="invented event; allowance ours",
        ),
    )


def document_types() -> tuple[DocumentType, ...]:
    """Papers with the moment they must be valid and what it takes to get them."""
    return (
        DocumentType(
            document_type="laissez-passer",
            name="BAFIA laissez-passer",
            moment=Moment.BORDER,
            country="IR",
            lead_days=7,
            validity_days=15,
            irreversible=True,
            source="UNHCR guide (D1, D3); days not found (D2: 7 to 30)",
        ),
        DocumentType(
            document_type="vrf",
            name="Voluntary repatriation form",
            moment=Moment.JOURNEY,
            lead_days=3,
            validity_days=60,
            after=("laissez-passer",),
            source="UNHCR guide: after the laissez-passer (D1); days not found",
        ),
        DocumentType(
            document_type="passport",
            name="Passport or travel document",
            moment=Moment.JOURNEY,
            source="common practice",
        ),
        DocumentType(
            document_type="entry-visa",
            name="Visa or entry document",
            moment=Moment.ARRIVAL,
            source="must cover arrival (D5); 90 days Australia (D6)",
            label=EvidenceLabel.SOURCED,
        ),
        DocumentType(
            document_type="exit-permit",
            name="Exit permit",
            moment=Moment.DEPARTURE,
            lead_days=10,
            validity_days=30,
            before_booking=True,
            source="needed before booking (D7); days not found",
        ),
        DocumentType(
            document_type="transit-tr",
            name="Transit permission Türkiye",
            moment=Moment.TRANSIT,
            country="TR",
            lead_days=14,
            validity_days=30,
            source="common practice; days not found",
        ),
        DocumentType(
            document_type="return-permit",
            name="Exit and return permit",
            moment=Moment.DEPARTURE,
            lead_days=7,
            validity_days=60,
            source="common practice; days not found",
        ),
    )
