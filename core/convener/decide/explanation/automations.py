"""Why an automation did or did not go out: the decision taken again, with nothing left out."""

from datetime import datetime

from convener.decide.explanation.answers import Explanation
from convener.decide.explanation.question import LedgerView, Question
from convener.decide.explanation.sentences import explanation_of, never
from convener.decide.explanation.standing import explain_standing
from convener.decide.index import Index
from convener.decide.prepared import Prepared, PreparedAutomation
from convener.decide.setting import Setting, Window
from convener.documents import nearest
from convener.errors import UsageError
from convener.model import Dispatch, Register

UNSEEN = LedgerView()
"""For those who have no ledger to look into."""


def explain_automation(
    prepared: Prepared,
    register: Register,
    automation: str,
    who: str,
    at: datetime,
    ledger: LedgerView = UNSEEN,
) -> Explanation:
    """Explain what *automation* does, did or will do for *who* at its occurrence nearest to *at*, fired or not.

    *who* is the id of a person, pod or session, or the address of a sponsor; of a participant, for what goes to
    managers. Raise UsageError when there is no such automation.
    """
    found = automation_of(prepared, automation)
    setting = Setting(prepared, Index.of(prepared, register), Window(at, at))
    if found.is_standing:
        return explain_standing(setting, found, who, at, ledger.known or {})
    return _answered(Question(setting=setting, automation=found, who=who, at=at, ledger=ledger))


def explain_dispatch(
    prepared: Prepared, register: Register, dispatch: Dispatch, at: datetime, ledger: LedgerView = UNSEEN
) -> Explanation:
    """Explain *dispatch*, of the ledger or of a forecast, as things stand at *at*.

    Raise UsageError when its automation is there no more.
    """
    found = automation_of(prepared, dispatch.automation)
    setting = Setting(prepared, Index.of(prepared, register), Window(at, at))
    if found.is_standing:
        begins = dispatch.invite.starts if dispatch.invite else at
        return explain_standing(setting, found, dispatch.recipient, begins, ledger.known or {})
    asked = Question(
        setting=setting,
        automation=found,
        who=dispatch.recipient,
        at=at,
        ledger=ledger,
        wanted=(dispatch.subject, dispatch.slot),
        near=dispatch.due,
    )
    return _answered(asked)


def _answered(question: Question) -> Explanation:
    found = question.find()
    return explanation_of(question, found) if found is not None else never(question)


def automation_of(prepared: Prepared, automation: str) -> PreparedAutomation:
    """Return the automation of that id; raise UsageError with the nearest one when there is none."""
    found = next((each for each in prepared.automations if each.automation.id == automation), None)
    if found is None:
        names = [each.automation.id for each in prepared.automations]
        raise UsageError(
            f"there is no automation {automation!r} in {prepared.ruleset.scope}, or it is switched off",
            hint=nearest(automation, names),
        )
    return found
