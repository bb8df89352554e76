"""The options and arguments that several commands share, and the way a command is made."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from convener.cli.face import Face

Scope = Annotated[str, typer.Argument(metavar="SCOPE", help="CLIENT/PROGRAMME, for example acme/lead-27.")]
AnyScope = Annotated[str, typer.Argument(metavar="[SCOPE]", help="CLIENT or CLIENT/PROGRAMME; everything without.")]
PodScope = Annotated[str, typer.Argument(metavar="SCOPE", help="CLIENT/PROGRAMME/POD.")]
SessionScope = Annotated[str, typer.Argument(metavar="SCOPE", help="CLIENT/PROGRAMME/POD/NUMBER.")]
Client = Annotated[str, typer.Argument(metavar="CLIENT", help="Name of its file in rulesets/.")]
Who = Annotated[str, typer.Argument(metavar="ADDRESS", help="Who, by e-mail address or id.")]
Seed = Annotated[int, typer.Option(min=0, max=999_999_999, help="Same seed and steps, same proposal.")]
Steps = Annotated[
    int | None, typer.Option(min=1, help="Steps to search for, whatever the machine; without, as many as usual.")
]
Seconds = Annotated[
    float | None, typer.Option(min=0.1, help="Search for this long instead; the answer may differ next time.")
]
Page = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page to look at here.")]
To = Annotated[str, typer.Option(metavar="ISO", help="New start, on the programme's wall clock without an offset.")]

SHARED: dict[str, Any] = {
    "json": Annotated[bool, typer.Option("--json", help="Print data as JSON.")],
    "at": Annotated[str, typer.Option("--at", metavar="ISO", help="Pretend it is this date or date-time.")],
    "as_of": Annotated[str, typer.Option("--as-of", metavar="ISO", help="As things stood on this day.")],
    "on": Annotated[str, typer.Option("--on", metavar="ISO", help="From this day; today without.")],
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change and send nothing.")],
}
"""Options by the field of `Face` that keeps them."""


def speaking(*fields: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Turn a function that takes a `Face` first into one that Typer can call.

    The command gets `--json`, `--at` and the options of `SHARED` named by *fields*; what they say is kept in the face,
    where what was said before the command's name is kept already.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        names = (*fields, "at", "json")

        @functools.wraps(function)
        def called(ctx: typer.Context, **values: Any) -> None:
            face = ctx.ensure_object(Face)
            for name in names:
                setattr(face, name, values.pop(name) or getattr(face, name))
            function(face, **values)

        own = list(inspect.signature(function).parameters.values())[1:]
        context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
        parameters = [context, *own, *(_option(name) for name in names)]
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        vars(called)["__signature__"] = inspect.Signature(parameters)
        return called

    return decorate


def _option(name: str) -> inspect.Parameter:
    default = getattr(Face(), name)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=SHARED[name])


def command_app(help_text: str | None = None) -> typer.Typer:
    """Return an empty command, or with *help_text* a group of them; plain help, as everywhere."""
    app = typer.Typer(
        help=help_text,
        no_args_is_help=help_text is not None,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    if help_text is not None:
        app.callback(help=help_text)(_only_groups)
    return app


def _only_groups() -> None:
    """Let a group stay a group, however few commands it has."""
