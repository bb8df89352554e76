"""What a message may speak of: the keys of every template, typed.

Every key is always present. What does not apply is None (or an empty list), never missing, so that a misspelled
name in a template is an error and an absent manager is not. Operations build one of these for each dispatch.
"""

from datetime import date, datetime
from typing import Literal, TypedDict

Role = Literal["participant", "manager", "coach", "sponsor"]
"""What the recipient is to the programme."""


class RecipientView(TypedDict):
    """Whom the message is for."""

    name: str
    first_name: str
    role: Role


class ParticipantView(TypedDict):
    """The participant a message is about."""

    name: str
    first_name: str


class PersonView(TypedDict):
    """One line of a list of people: a manager's own participants, or the members on a coach's register."""

    name: str
    first_name: str
    status: str | None
    """Attendance of this person at this session in the client's word, None when not recorded."""


class MemberView(TypedDict):
    """One member of a pod, seen by the others."""

    name: str


class SessionView(TypedDict):
    """One session of the recipient's pod."""

    number: int
    """Counted from 1."""
    count: int
    """How many sessions the programme has."""
    topic: str
    """Empty when the pod has not chosen yet."""
    starts: datetime | None
    """Aware instant; None while unscheduled."""
    ends: datetime | None
    pod: str
    """Name of the pod as in the register, `tyneside` or `pod-03`; the filter `pod_label` makes prose of it."""


class PodView(TypedDict):
    """The recipient's pod."""

    name: str
    members: list[MemberView]


class CoachView(TypedDict):
    """The pod's coach on the day the message speaks of."""

    name: str
    email: str


class ManagerView(TypedDict):
    """The participant's line manager in post."""

    name: str


class ProgrammeView(TypedDict):
    """The programme, for everyone."""

    title: str
    client: str
    """Name of the client, not its id."""
    starts: date
    ends: date | None
    """Day of the last session, None until it has a date."""
    sessions: int
    """How many sessions are planned."""
    length: str
    """Length of one session as the rule file says it: `2 hours`, `1 day`."""


class SponsorView(TypedDict):
    """The client's own L&D lead."""

    name: str


class QuestionView(TypedDict):
    """One question of a poll; `ask` may hold placeholders such as `{participant.first_name}`."""

    id: str
    ask: str
    kind: Literal["scale", "choices", "text"]
    scale: tuple[int, int] | None
    choices: tuple[str, ...]
    text: int | None
    """Longest answer, in characters."""


class PollView(TypedDict):
    """The poll that is opened, or chased."""

    id: str
    title: str
    """What people would call it; the id in plain words will do."""
    kind: Literal["questions", "dates", "register"]
    questions: list[QuestionView]
    closes: datetime
    anonymous: bool


class WordView(TypedDict):
    """The client's words for ours, singular, lower case; the filter `plural` makes many of one."""

    pod: str
    coach: str
    session: str
    participant: str
    manager: str


class SenderView(TypedDict):
    """Who signs the message and gets the replies."""

    name: str
    email: str


class ActionView(TypedDict):
    """An action agreed at an earlier session and still open."""

    text: str
    owner: str
    due: date | None


class FigureView(TypedDict):
    """One figure of a report; a withheld one (small group) has no value, numerator or denominator."""

    label: str
    value: float | None
    """A share between 0 and 1 when there is a denominator, otherwise a plain number."""
    numerator: float | None
    denominator: float | None


class ReportView(TypedDict):
    """The report a mail brings."""

    as_of: date
    figures: list[FigureView]


class MessageContext(TypedDict):
    """Everything a message template sees, besides `zone` and `locale`, which the renderer adds."""

    recipient: RecipientView
    participant: ParticipantView | None
    """The recipient when that is a participant, otherwise the one participant spoken of, if it is one."""
    people: list[PersonView]
    """For a manager: their participants the dispatch speaks of. For a coach: the members on the register."""
    session: SessionView | None
    next_session: SessionView | None
    """The first confirmed session after `session` (or after now)."""
    sessions: list[SessionView]
    """Upcoming confirmed sessions of the pod, by number."""
    moved_from: datetime | None
    """On an updated invite: when the session used to start."""
    pod: PodView | None
    coach: CoachView | None
    manager: ManagerView | None
    programme: ProgrammeView
    sponsor: SponsorView | None
    poll: PollView | None
    statuses: list[str]
    """Words a coach may write on a register, from the client's attendance-status rule."""
    ground_rules: list[str]
    """What the pod agreed, empty until recorded."""
    actions: list[ActionView]
    """Open actions of the pod, empty until recorded."""
    attachments: list[str]
    """Names of the files that travel with the message."""
    report: ReportView | None
    word: WordView
    sender: SenderView


KEYS = frozenset(MessageContext.__annotations__)
"""Names of every key of a message's context."""
