"""The flat text of a document: what offsets of standoff labels count in."""

import re

_DROPPED = str.maketrans("", "", "\ufeff\u00ad")
_BROKEN = re.compile(r"(\w)- (?=[a-z])")


def flatten(content: bytes) -> str:
    """Return the flat text of a file.

    Decoded as UTF-8 with errors replaced; byte order marks and soft hyphens dropped; every run of white space one
    space; stripped; words broken at a line end joined (``govern- ment`` becomes ``govern-ment``).

    Parameters
    ----------
    content : bytes

    Returns
    -------
    str
    """
    text = content.decode("utf-8", errors="replace").translate(_DROPPED)
    return _BROKEN.sub(r"\1-", " ".join(text.split()))
