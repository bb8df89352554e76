"""Messages, pages, attachments and calendar objects: values in, words out."""

from convener.rendering.context import KEYS, MessageContext

__all__ = ["KEYS", "MessageContext"]
