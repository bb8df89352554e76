"""Names of files that a person can read and that stay the same for the same message."""

import hashlib
import re
import unicodedata

LONGEST = 60
"""Characters of the readable part."""


def stem(parcel_id: str, title: str) -> str:
    """Return a file name without ending for the message *parcel_id* about *title*."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")
    digest = hashlib.sha256(parcel_id.encode()).hexdigest()[:12]
    return f"{slug or 'message'}-{digest}"
