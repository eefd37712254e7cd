"""E-mail addresses, messenger handles, profile pages and links that carry their own key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_DOMAIN = re.compile(
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,6}(?P<tld>[A-Za-z]{2,24})(?![A-Za-z0-9])(?P<ssh>:(?!//))?"
)
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}[A-Za-z0-9_%+~-]\Z")
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "webp", "gif", "svg"})  # logo@2x.png

_MESSENGERS = (
    "微信",
    "薇信",
    "威信",
    "v信",
    "chat",
    "weixin",
    "qq",
    "vx",
    "wx",
    "skype",
    "telegram",
    "line id",
)
_DAY = r"(?!20[0-9]{6}(?![0-9]))"
_NO_CODE = r"(?!(?-i:[A-Z]{1,4}(?:-|[0-9])))"  # a SKU or batch: 微信 KN2609
_ID = rf"{_NO_CODE}(?P<id>[A-Za-z][A-Za-z0-9_-]{{5,19}}|{_DAY}[1-9][0-9]{{4,11}})(?![A-Za-z0-9_-])"
_ID_WITH_DIGIT = (
    rf"{_NO_CODE}(?=[A-Za-z0-9_-]{{0,19}}[0-9_])(?P<told>[A-Za-z][A-Za-z0-9_-]{{5,19}})(?![A-Za-z0-9_-])"
)
_HANDLE = re.compile(
    r"(?:[微薇威Vv]信|(?<![A-Za-z])(?:we ?chat|weixin|vx|wx|skype|telegram|line(?= id)))"
    rf"(?:(?:号码?|账号|帐号| ?id|(?= ?[:=])|[ ]?是|为|加)[ :=是为]{{0,3}}{_ID}| {{0,2}}{_ID_WITH_DIGIT})"
    rf"|(?<![A-Za-z])qq(?:号码?|群)?[ :=是为]{{0,3}}{_DAY}(?P<qq>[1-9][0-9]{{4,11}})(?![0-9A-Za-z])"
    r"|(?<![A-Za-z0-9])(?P<wxid>wxid_[a-z0-9]{8,})",
    re.IGNORECASE,
)

_PATH_START = re.compile(r"\.[A-Za-z]{2,3}(?=/)")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,64}\Z")
_NOT_A_USER = (
    r"(?!(?:help|policies|policy|business|ads|login|share|sharer|groups|events|watch|marketplace|hashtag"
    r"|search|home"
    r"|intent|explore|p|reel|reels|stories|tv|about|legal|privacy|terms|tos|i|status|settings"
    r"|developers?)(?![a-z0-9_]))"
)
_PROFILE = re.compile(
    r"(?:[a-z-]{1,10}\.)?(?:"
    r"amazon\.[a-z.]{2,6}/(?:-/[a-z_]{2,5}/)?(?:gp/)?(?:pdp/)?profile/[!-~]{4,200}"
    rf"|(?:facebook|fb)\.com/(?:profile\.php\?id=[0-9]+|people/[!-~]{{1,200}}|{_NOT_A_USER}[a-z0-9.]{{3,}})"
    rf"|instagram\.com/(?:stories/[!-~]{{1,200}}|{_NOT_A_USER}[a-z0-9._]{{2,}})"
    rf"|(?:x|twitter)\.com/{_NOT_A_USER}@?[a-z0-9_]{{2,}}"
    r"|tiktok\.com/@[a-z0-9._]{2,}"
    r"|weibo\.(?:com|cn)/(?:u/|n/|profile/)?(?!login|tv|hot)[a-z0-9_\u4e00-\u9fff]{4,}"
    r"|(?:xiaohongshu\.com/user/profile|douyin\.com/user|linkedin\.com/in)/[!-~]{1,200}"
    r"|(?:wa|t|m)\.me/\+?[a-z0-9_.]{4,}|whatsapp\.com/send/?\?phone=[!-~]{1,200})",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"amzn1\.account\.[A-Za-z0-9]{8,}")

_URL = re.compile(r"(?:https?|s3|oss|cosn?|ftp)://[!#-&*-;=?-Z_a-z~%\[]+", re.IGNORECASE)
_SIGNED = re.compile(
    r"[?&#;](?:(?:X-(?:Amz|Goog|Oss|Tos|Obs)-(?:Signature|Credential|Security-Token)|q-signature|q-ak"
    r"|(?:OSS|AWS|Google)AccessKeyId|GoogleAccessId|x-cos-security-token|security-token|Signature|Key-Pair-Id"
    r"|auth_key)=[^&]{6,}"
    r"|(?:(?:[a-z]+[_-])?token|sig|sign|hmac|jwt|api_?key|secret|sv)=[^&]{16,})",
    re.IGNORECASE,
)


def email(reading: Reading) -> Iterator[tuple[int, int]]:
    """E-mail address (RFC 5321 dot-string and domain); not `git@host:path`, not pictures named a@2x.png."""
    if "@" not in reading.text:
        return
    for match in _DOMAIN.finditer(reading.text):
        local = _LOCAL.search(reading.text, max(0, match.start() - 64), match.start())
        ssh = match["ssh"] and local and local[0].endswith("git")
        if local and not ssh and match["tld"].lower() not in _FILE_ENDINGS:
            yield local.start(), match.end("tld")


def contact_handle(reading: Reading) -> Iterator[tuple[int, int]]:
    """WeChat id (6-20 characters, a letter first), QQ number (5-12 digits), other messengers' ids."""
    if reading.has(*_MESSENGERS):
        for match in _HANDLE.finditer(reading.text):
            yield match.span(match.lastgroup or 0)


def profile_link(reading: Reading) -> Iterator[tuple[int, int]]:
    """A person's page on Amazon or a social network, as these sites' "share profile" gives it."""
    for path in _PATH_START.finditer(reading.text):
        host = _HOST.search(reading.text, max(0, path.end() - 64), path.end())
        match = host and _PROFILE.match(reading.text, host.start())
        if match:
            yield match.span()
    if "amzn1.account." in reading.text:
        yield from (match.span() for match in _ACCOUNT.finditer(reading.text))


def signed_url(reading: Reading) -> Iterator[tuple[int, int]]:
    """A link with its own key: AWS SigV2/V4, CloudFront, Google, Aliyun OSS, Tencent COS, Azure SAS."""
    if "://" in reading.text:
        for match in _URL.finditer(reading.text):
            if _SIGNED.search(match[0]):
                yield match.span()
