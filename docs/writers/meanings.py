"""What keys mean whose models do not say it themselves, by the name of the model."""

from collections.abc import Mapping

EXPLAINING = {
    "enabled": "`false` switches it off, with a `reason`",
    "why": "the reason in a person's words, shown where the rule is",
    "reason": "why it differs from the layer below; `why` does as well",
}
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "RuleHead": {
        "kind": "one of the kinds on this page",
        "flexibility": "inflexible: never violated; flexible: a preference, and a flag when breached",
        "weight": "how much a breach of a flexible rule costs a solver",
        **EXPLAINING,
    },
    "AutomationTable": {
        "on": "the moment, see below",
        "for_each": "the audience, see below",
        "when": "conditions, all of which must hold",
        "do": "a step, or a list of steps",
        "late": "what to do when the moment has passed, see below",
        "in": "whose wall clock counts",
        **EXPLAINING,
    },
    "StepTable": {
        "via": "channels",
        "attach": "files below `templates/`, perhaps with placeholders: `toolkits/{session.topic}.md`",
    },
    "PodSize": {"min": "fewest members", "target": "best number of members", "max": "most members"},
    "Same": {"by": "columns of the roster, in lower case with `_` for a space"},
    "Mix": {"by": "columns of the roster, in lower case with `_` for a space"},
    "Similar": {"by": "columns of the roster, in lower case with `_` for a space"},
    "Apart": {"who": "nobody sits with their own line manager"},
    "Together": {"pairs": "addresses, two by two"},
    "TimezoneOverlap": {"min": "shared time"},
    "CoachLoad": {"max_pods": "pods of one coach", "max_sessions_per_day": "sessions of one coach on one day"},
    "CoachAccredited": {"accredited": "words of the column `accredited`", "min_years": "of the column `years`"},
    "SessionGap": {"min": "shortest gap", "max": "longest gap"},
    "SessionWindow": {
        "days": "weekdays",
        "between": "begin and end of the window",
        "zone": "whose wall clock: the programme's, or every member's",
    },
    "SessionPattern": {"same": "what is alike"},
    "Blackout": {"dates": "first and last day"},
    "Quorum": {"members": "a number, or a share rounded up", "coach": "whether the coach must be there too"},
    "Notice": {"min": "notice"},
    "AttendanceFloor": {"min": "lowest share"},
    "RegisterDeadline": {"within": "counted from the end of the session"},
    "Visibility": {"audience": "who may see it", "fields": "names of fields; `*` stands for anything"},
    "MinimumGroup": {"min": "fewest people"},
    "Retention": {"bodies": "bodies of messages", "comments": "comments"},
    "QuietHours": {"from": "begin of the quiet", "to": "end of the quiet", "weekends": "also all weekend"},
    "VolumeGuard": {
        "per_person_per_day": "messages to one person on one day; more raise a flag",
        "plan_over_median": "not acted on yet",
    },
    "Require": {"each": "subject", "when": "conditions under which it must hold", "require": "what must hold"},
    "PackTable": {"id": "the name of the file", "version": "three numbers; files pin the first", "summary": ""},
    "ClientTable": {
        "name": "as messages and reports call the client",
        "timezone": "IANA zone",
        "locale": "how dates are written",
        "holidays": "holiday calendar: `GB-ENG`, `AU-VIC`, `IE`",
    },
    "SessionsTable": {
        "count": "how many sessions each pod has",
        "length": "of one session; a day is the hours of the `session-window`",
        "every": "how far apart they should be",
    },
    "TopicsTable": {
        "mandated": "topics that every pod has",
        "pod_chooses": "how many it chooses itself",
        "from": "what it chooses from",
    },
    "RosterTable": {"path": "file below the connector's folder, or whatever its connector calls it"},
    "ProgrammeTable": {
        "title": "as messages and reports call it",
        "starts": "first day; sessions come on it or after it",
        "timezone": "where it is not the client's",
        "coaches": "who may be allocated: all coaches, or these addresses",
        "pods": "layers of single pods",
    },
    "QuestionTable": {
        "ask": "the question; may hold placeholders",
        "scale": "lowest and highest answer",
        "choices": "answers to choose from",
        "text": "longest answer, in characters",
        "level": "Kirkpatrick level, 1 to 4",
    },
    "PollTable": {"closes": "how long it is open", "anonymous": "whether answers are kept without a name"},
    "WaiverTable": {
        "rule": "id of a flexible rule",
        "subject": "whom or what it is for",
        "from": "first day",
        "until": "last day",
    },
    "ConfigFile": {
        "database": "`sqlite:///PATH`, relative to the workspace, or `postgresql+psycopg://…`",
        "redirect_all": "every message goes to this address instead of its recipient",
    },
    "SenderTable": {"name": "name in From", "email": "address in From"},
    "DaemonTable": {
        "tick": "how often it decides what is due",
        "sync": "how often it reads the rosters",
        "deliver": "how often it sends what is due",
        "housekeeping": "how often it clears up",
        "lease": "a message longer on the wire is taken for lost and settled; at least 30 seconds",
    },
}  # fmt: skip
NOTES: Mapping[str, str] = {
    "notice": "`late_is` is checked and not acted on yet.",
    "retention": "Checked and not acted on yet.",
    "visibility": "Acted on for the sponsor's report; the other audiences are checked only.",
}
"""What a kind promises and does not do yet."""
