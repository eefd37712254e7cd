"""E-mail addresses, messenger handles, profile pages and links that carry their own key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_DOMAIN = re.compile(r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,6}(?P<tld>[A-Za-z]{2,24})(?![A-Za-z0-9])(?P<ssh>:(?!//))?")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}[A-Za-z0-9_%+~-]\Z")
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "webp", "gif", "svg"})  # logo@2x.png

_ID = r"(?![A-Z]{2,4}-)(?P<id>[A-Za-z][A-Za-z0-9_-]{5,19}|(?!20[0-9]{6}(?![0-9]))[1-9][0-9]{4,11})(?![A-Za-z0-9_-])"
_TOLD_ID = r"(?=[A-Za-z0-9_-]{0,19}[0-9_])(?P<told>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
_MESSENGER = (
    r"(?:微信|薇信|威信|V信|v信|(?<![A-Za-z])(?:[Ww]e[Cc]hat|WECHAT|[Ww]eixin|[Vv][Xx]|[Ww][Xx]|[Ss]kype|[Tt]elegram|LINE|Line))"
)
_HANDLE = re.compile(
    rf"{_MESSENGER}(?:(?:号码?|账号|[ ]?(?:ID|[Ii]d|id)|[ ]?[:=]| 是|是|为|加)[ :=是为]{{0,3}}{_ID}|[ ]{{0,2}}{_TOLD_ID})"
    r"|(?<![A-Za-z])[Qq][Qq](?:号码?|群)?[ :=是为]{0,3}(?!20[0-9]{6}(?![0-9]))(?P<qq>[1-9][0-9]{4,11})(?![0-9A-Za-z])"
    r"|(?<![A-Za-z0-9])(?P<wxid>wxid_[a-z0-9]{8,})"
)

_NOT_USERS = r"(?!(?:help|policies|policy|business|ads|login|share|sharer|groups|events|watch|marketplace|hashtag|search|home"
_NOT_USERS += r"|intent|explore|p|reel|reels|stories|tv|about|legal|privacy|terms|tos|i|status|settings|developers?)(?:[/?.]|$))"
_PROFILE = re.compile(
    r"(?<![A-Za-z0-9.-])(?:(?:www|m|mobile|web|business|smile|de-de|en-gb|zh-cn)\.)?(?:"
    r"amazon\.[a-z.]{2,6}/(?:-/[a-z_]{2,5}/)?(?:gp/)?(?:pdp/)?profile/[!-~]{4,}"
    rf"|(?:facebook|fb)\.com/(?:profile\.php\?id=[0-9]+|people/[!-~]+|{_NOT_USERS}[A-Za-z0-9.]{{3,}})"
    rf"|instagram\.com/(?:stories/[!-~]+|{_NOT_USERS}[A-Za-z0-9._]{{2,}})|(?:x|twitter)\.com/{_NOT_USERS}@?[A-Za-z0-9_]{{2,}}"
    r"|tiktok\.com/@[A-Za-z0-9._]{2,}|weibo\.(?:com|cn)/(?:u/|n/|profile/)?(?!login|tv|hot)[A-Za-z0-9_]{4,}"
    r"|xiaohongshu\.com/user/profile/[0-9A-Za-z]+|douyin\.com/user/[!-~]+|linkedin\.com/in/[!-~]+"
    r"|(?:wa\.me|t\.me|m\.me)/\+?[A-Za-z0-9_.]{4,}|api\.whatsapp\.com/send/?\?phone=[!-~]+"
    r")|amzn1\.account\.[A-Za-z0-9]{8,}",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?|s3|oss|cosn?|ftp)://[!#-&*-;=?-Z_a-z~%\[]+", re.IGNORECASE)
_SIGNED = re.compile(
    r"[?&#;](?:(?:X-(?:Amz|Goog|Oss|Tos|Obs)-(?:Signature|Credential|Security-Token)|q-signature|q-ak|OSSAccessKeyId"
    r"|(?:AWS|Google)AccessKeyId|GoogleAccessId|x-cos-security-token|security-token|Signature|Key-Pair-Id|auth_key)=[^&]{6,}"
    r"|(?:(?:[a-z]+[_-])?token|sig|sign|hmac|jwt|api_?key|secret|se|sv)=[^&]{16,})",
    re.IGNORECASE,
)


def email(reading: Reading) -> Iterator[tuple[int, int]]:
    """E-mail address (RFC 5321 dot-string and domain); not `git@host:path` and not picture names such as a@2x.png."""
    if "@" not in reading.text:
        return
    for match in _DOMAIN.finditer(reading.text):
        local = _LOCAL.search(reading.text, max(0, match.start() - 64), match.start())
        if local and match["tld"].lower() not in _FILE_ENDINGS and not (match["ssh"] and local[0].endswith("git")):
            yield local.start(), match.end("tld")


def contact_handle(reading: Reading) -> Iterator[tuple[int, int]]:
    """WeChat id (6-20 characters, a letter first), QQ number (5-12 digits) or another messenger's id behind its name."""
    for match in _HANDLE.finditer(reading.text):
        yield match.span(match.lastgroup or 0)


def profile_link(reading: Reading) -> Iterator[tuple[int, int]]:
    """A person's page on Amazon or a social network (the addresses that those sites' "share profile" gives)."""
    if "/" in reading.text or "amzn1" in reading.text:
        for match in _PROFILE.finditer(reading.text):
            yield match.span()


def signed_url(reading: Reading) -> Iterator[tuple[int, int]]:
    """A link that carries its own key: AWS SigV2/V4 and CloudFront, Google, Aliyun OSS, Tencent COS, Azure SAS, tokens."""
    if "://" not in reading.text:
        return
    for match in _URL.finditer(reading.text):
        if _SIGNED.search(match[0]):
            yield match.span()
