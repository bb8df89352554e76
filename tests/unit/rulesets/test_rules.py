"""Typed rules from laid tables."""

from collections.abc import Callable
from pathlib import Path

from convener.rulesets import load_client
from convener.rulesets.kinds import KINDS, AttendanceStatus, StatusMeaning

Write = Callable[..., Path]
EVERY_KIND = {
    "pod-size": "min = 3\ntarget = 4\nmax = 5",
    "same": 'by = ["region"]',
    "mix": 'by = ["department"]',
    "similar": 'by = ["grade"]',
    "apart": 'pairs = [["a@x.example", "b@x.example"]]',
    "together": 'pairs = [["c@x.example", "d@x.example"]]',
    "timezone-overlap": 'min = "3 hours"',
    "coach-load": "max_pods = 6",
    "coach-accredited": 'accredited = ["leadership"]\nmin_years = 2',
    "session-gap": 'min = "10 days"\nmax = "45 days"',
    "session-window": 'days = ["mon"]\nbetween = ["09:00", "17:00"]\nzone = "member"',
    "session-pattern": 'same = ["weekday"]',
    "blackout": 'dates = ["2027-08-02..2027-08-27", "2027-12-24"]',
    "holidays": 'also = ["IE"]',
    "quorum": 'members = "75%"\ncoach = true',
    "notice": 'min = "24 hours"\nlate_is = "missed"',
    "attendance-floor": 'min = "70%"\nforward = true',
    "attendance-status": "missed = { counts = true, present = false }",
    "register-deadline": 'within = "2 working days"',
    "visibility": 'audience = "sponsor"\nfields = ["participant.name"]',
    "minimum-group": "min = 3",
    "retention": 'bodies = "3 months"\ncomments = "12 months"',
    "quiet-hours": 'from = "20:00"\nto = "07:30"\nweekends = true',
    "volume-guard": "per_person_per_day = 3\nplan_over_median = 5",
    "require": 'each = "participant"\nwhen = ["participant.active"]\nrequire = "manager.known"\nwhy = "So."',
}


def test_every_kind_is_accepted_and_typed(write: Write) -> None:
    """Each shipped kind loads with its keys into its own terms."""
    rules = "".join(
        f'[rules.r-{kind}]\nkind = "{kind}"\nflexibility = "inflexible"\n{keys}\n' for kind, keys in EVERY_KIND.items()
    )

    loaded = load_client(write(rules), "harbour")

    assert () == loaded.problems
    assert KINDS == {kind: type(loaded.rulesets[0].rules[f"r-{kind}"].terms) for kind in EVERY_KIND}


TRIAL = '[rules.rest]\nkind = "session-gap"\nflexibility = "{flexibility}"\nmin = "9 days"\nmax = "40 days"\n'


def test_a_rule_under_audit_refuses_nothing(write: Write) -> None:
    """R27: an inflexible rule on trial is flexible for everybody, and says that it is audited."""
    text = TRIAL.format(flexibility="inflexible") + 'stage = "audit"\n'

    rules = load_client(write(text), "harbour").rulesets[0].rules

    assert (False, True) == (rules["rest"].inflexible, rules["rest"].audited)
    assert (True, False) == (rules["gap"].inflexible, rules["gap"].audited)


def test_only_an_inflexible_rule_is_tried_out(write: Write) -> None:
    """A flexible rule refuses nothing anyway; the cure is told at the stage."""
    text = TRIAL.format(flexibility="flexible") + 'stage = "audit"\n'

    (problem,) = load_client(write(text), "harbour").problems

    assert ("audit-flexible", "rulesets/harbour.toml:21:9") == (problem.code, str(problem.place))
    assert "remove the key, or write flexibility = 'inflexible'" == problem.hint


def test_a_trial_ends_by_taking_the_stage_away(write: Write) -> None:
    """An empty stage is no trial."""
    text = TRIAL.format(flexibility="inflexible") + 'stage = ""\n'

    assert load_client(write(text), "harbour").rulesets[0].rules["rest"].inflexible


def test_a_rule_knows_where_its_texts_open(write: Write) -> None:
    """The conditions of a rule are told at their own columns."""
    text = '[rules.x]\nkind = "require"\nflexibility = "flexible"\neach = "pod"\nwhen = ["a",\n "b"]\nrequire = "c"\n'

    values = load_client(write(text), "harbour").rulesets[0].rules["x"].values

    assert [(20, 9), (21, 2), (22, 11)] == [
        (values[key].line, values[key].column) for key in ("when.0", "when.1", "require")
    ]


def test_statuses_are_the_clients_own(write: Write) -> None:
    """Every key beside the head of a rule of this kind is a status."""
    head = '[rules.words]\nkind = "attendance-status"\nflexibility = "flexible"\n'

    late = "late = { counts = true, present = true }\n"

    terms = load_client(write(f"{head}{late}"), "harbour").rulesets[0].rules["words"].terms

    assert isinstance(terms, AttendanceStatus)
    assert {"late": StatusMeaning(counts=True, present=True)} == terms.statuses


def test_the_head_of_a_rule_is_checked_with_its_terms(write: Write) -> None:
    """A mistyped key of the head is near to it and not to a key of the kind, and is told once."""
    rule = '[rules.enough]\nknid = "quorum"\nflexibility = "inflexible"\nmembers = 3\n'

    problems = load_client(write(rule), "harbour").problems

    assert [("unknown-key", "did you mean 'kind'?")] == [(each.code, each.hint) for each in problems]


def test_a_rule_with_a_strange_name_is_refused(write: Write) -> None:
    """The id of a rule is typed on the command line."""
    rule = '[rules."enough people"]\nkind = "quorum"\nflexibility = "inflexible"\nmembers = 3\n'

    (problem,) = load_client(write(rule), "harbour").problems

    assert ("bad-id", "rulesets/harbour.toml:16:8") == (problem.code, str(problem.place))
