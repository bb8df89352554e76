"""Messages, pages, attachments and calendar objects: values in, words out."""

from convener.rendering.attachments import attached_file, attachment
from convener.rendering.context import KEYS, MessageContext
from convener.rendering.invites import calendar_object, invite_name
from convener.rendering.placeholders import ALLOWED, check_placeholders, fill
from convener.rendering.rehearsal import Rehearsals
from convener.rendering.renderer import Channel, Rendered, Renderer
from convener.rendering.typical import Shape, spoken_of, typical

__all__ = [
    "ALLOWED",
    "KEYS",
    "Channel",
    "MessageContext",
    "Rehearsals",
    "Rendered",
    "Renderer",
    "Shape",
    "attached_file",
    "attachment",
    "calendar_object",
    "check_placeholders",
    "fill",
    "invite_name",
    "spoken_of",
    "typical",
]
