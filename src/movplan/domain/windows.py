"""When a family's window closes, and with it the chance to travel."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.scenario import Scenario
from movplan.domain.values import Values
from movplan.domain.words import DocumentState


class Files:
    """A family's members, clearances and documents, looked up once, when asked for."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.values = Values(scenario)
        self.programmes = {p.programme_id: p for p in scenario.programmes}
        self.places = {p.place_id: p for p in scenario.places}

    @cached_property
    def medical(self) -> dict[str, Medical]:
        """Clearances by member."""
        return {m.member_id: m for m in self.scenario.medical}

    @cached_property
    def family(self) -> dict[str, Family]:
        """Families by id."""
        return {f.family_id: f for f in self.scenario.families}

    @cached_property
    def family_of(self) -> dict[str, Family]:
        """The family of every member."""
        return {
            m.member_id: self.family[m.family_id]
            for m in self.scenario.members
            if m.family_id in self.family
        }

    @cached_property
    def members(self) -> dict[str, list[Member]]:
        """Members by family; none of one that is given as counts."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self.scenario.members:
            found[member.family_id].append(member)
        return found

    @cached_property
    def documents(self) -> dict[str, list[Document]]:
        """Documents by member."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.scenario.documents:
            found[document.member_id].append(document)
        return found

    def medical_valid_until(self, medical: Medical) -> date | None:
        """``valid_until``, else examination date plus the programme's validity."""
        if medical.valid_until is not None or medical.exam_date is None:
            return medical.valid_until
        family = self.family_of[medical.member_id]
        days = self.values.family("medical_validity_days", family)
        return medical.exam_date + timedelta(days=days)

    def closes(self, family_id: str) -> tuple[date, str] | None:
        """The last date the family can count on, with what binds it.

        The earliest of ``latest``, its clearances' ends (programmes that require
        medicals) and the ends of held documents its programme requires; ``None`` when
        nothing ends.
        """
        family = self.family[family_id]
        programme = self.programmes[family.programme]
        ends: list[tuple[date, str]] = []
        if family.latest is not None:
            ends.append((family.latest, "latest date"))
        for member in self.members[family_id]:
            medical = self.medical.get(member.member_id)
            until = self.medical_valid_until(medical) if medical else None
            if until is not None and programme.medical_required:
                ends.append((until, f"medical clearance of {member.member_id}"))
            for document in self.documents[member.member_id]:
                if (
                    document.document_type in programme.required_documents
                    and document.state is DocumentState.HELD
                    and document.valid_until is not None
                ):
                    what = f"{document.document_type} of {member.member_id}"
                    ends.append((document.valid_until, what))
        return min(ends) if ends else None
