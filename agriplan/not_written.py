"""Why a file could not be written, as people are told: by the number of the system's error."""

import errno

from agriplan.errors import Called
from agriplan.sentences import LANGS, say

# What the system says of a file that cannot be written, by the sentence that says it to people.
_UNWRITTEN = {errno.EFBIG: "full", errno.ENOSPC: "full", errno.EACCES: "no_permission", errno.EPERM: "no_permission"}
_UNWRITTEN |= {errno.EROFS: "read_only", errno.EISDIR: "folder", errno.ENOTDIR: "no_folder", errno.EEXIST: "no_folder"}
_UNWRITTEN |= {errno.ELOOP: "circle", getattr(errno, "EDQUOT", errno.ENOSPC): "full"}


def why_not_written(number: int | None) -> Called:
    """Why the system does not write a file, by its number of the error; all that may be where it does not say.

    >>> why_not_written(errno.ENOSPC).text("en"), why_not_written(errno.EISDIR).text("zh")
    ('the disk is full', '这里已有同名文件夹')
    """
    reason = _UNWRITTEN.get(number or 0, "unknown")
    return Called("", *(say(f"unwritten.{reason}", lang) for lang in LANGS))
