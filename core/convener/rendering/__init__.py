"""Messages, pages, attachments and calendar objects: values in, words out."""

from convener.rendering.attachments import attachment
from convener.rendering.context import KEYS, MessageContext
from convener.rendering.invites import calendar_object, invite_name
from convener.rendering.placeholders import ALLOWED, fill
from convener.rendering.renderer import Channel, Rendered, Renderer

__all__ = [
    "ALLOWED",
    "KEYS",
    "Channel",
    "MessageContext",
    "Rendered",
    "Renderer",
    "attachment",
    "calendar_object",
    "fill",
    "invite_name",
]
