"""What people, browsers and programs send that no form has asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from hypothesis import strategies as st

# Each of these has been the end of some web page.
KNOWN = (
    *("", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufffe", "\u202e", "\x1b[31m", "\r\n"),
    *("²", "٣", "१२", "-1", "+1", "0", "-0", "1_000", "1e309", "-1e309", "NaN", "inf", "0x10"),
    *("9" * 19, "-" + "9" * 25, "9" * 5_000, "1." + "0" * 400, "2147483648", "32768"),
    *("0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "10000-01-01", "2026-W53", "-1-1-1"),
    *("0001-W01", "9999-W52", "9999-W53", "2026-W99", "٢٠٢٦-W01", "2026-W5²"),
    *("24:00", "23:59:60", "00:00+25:00", "0001-01-01T00:00", "9999-12-31T23:59"),
    *("true", "None", "null", "[]", "{}", '{"a": [1]}', "<script>alert(1)</script>", "%s", "%(a)s"),
    *("{{ 7*7 }}", "../../etc/passwd", "'; DROP TABLE x; --", "=1+1", "a" * 20_000, "é" * 5_000),
    *("last", "verified", "hold", "whole", "rolling", "separate victims", "address", "occurred"),
)  # fmt: skip
texts = st.one_of(st.sampled_from(KNOWN), st.text(st.characters(), max_size=40))
# The names that pages look for in an address.
ASKED = (
    *("page", "vanished", "added", "since", "until", "district", "neighbourhood", "kind", "q"),
    *("standing", "source", "placed", "text", "known", "year", "as_of", "account", "key", "day"),
    *("feed", "next", "process", "code", "state", "error"),
)  # fmt: skip
pairs = st.tuples(st.one_of(st.sampled_from(ASKED), texts), texts)
# The server itself refuses a header with a control character (RFC 9110, section 5.5).
latin = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60)
HEADERS = (
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL"),
    *("HTTP_HX_TARGET", "HTTP_HX_TRIGGER", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_USER_AGENT"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_X_CEASEFIRE_POLL", "HTTP_ACCEPT"),
    *("HTTP_X_REQUESTED_WITH", "HTTP_HOST", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING"),
)  # fmt: skip
headers = st.dictionaries(
    st.sampled_from(HEADERS),
    st.one_of(latin, st.sampled_from(["true", "es", "es-419,*;q=0.5", "http://[::1", "bytes=9-1"])),
    max_size=3,
)
COOKIES = ("messages", "django_language", "csrftoken", "other")
cookies = st.dictionaries(
    st.sampled_from(COOKIES),
    latin.map(lambda words: words.replace(";", "")),
    max_size=2,
)
FORM, BOUNDARY = "application/x-www-form-urlencoded", "BoUnDaRy"
TYPES = (
    *("", FORM, f"{FORM}; charset=utf-16", f"{FORM}; charset=no-such", "application/json"),
    *("multipart/form-data", "multipart/form-data; boundary=", "text/plain", "no type at all"),
    *(f"multipart/form-data; boundary={BOUNDARY}", f"multipart/form-data; boundary={'é' * 90}"),
    f"multipart/mixed; boundary={BOUNDARY}",
)  # fmt: skip
BODIES = (
    *(b"", b"\x00", b"a=b&a=c&=&&&", b"%", b"%zz=%ff", b'{"a": 1', b"[" * 5_000, b"\xff\xfe"),
    f"--{BOUNDARY}\r\n".encode(),
    f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx".encode(),
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="../x.csv"\r\n'
    f"Content-Transfer-Encoding: base64\r\n\r\n!!\r\n--{BOUNDARY}--\r\n".encode(),
)  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One request, apart from its method and whom it comes from."""

    url: str
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)


def encoded(said: Iterable[tuple[str, str]]) -> str:
    """As a browser writes it, but also what no browser would: half characters."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in said)


def _quoted(words: str) -> str:
    return quote(words.encode("utf-8", "surrogatepass"), safe="")


@st.composite
def addresses(draw, url: str) -> str:
    """The address, often with one of its parts replaced, and with something asked."""
    parts = url.strip("/").split("/")
    if url != "/" and draw(st.integers(0, 3)) == 0:
        parts[draw(st.integers(0, len(parts) - 1))] = _quoted(draw(texts)) or "-"
        url = f"/{'/'.join(parts)}{'/' if url.endswith('/') else ''}"
    asked = draw(st.lists(pairs, max_size=4))
    return f"{url}?{encoded(asked)}" if asked else url


@st.composite
def bodies(draw, form: dict) -> tuple[bytes, str]:
    """The valid form with some fields changed, doubled, left out or added; or no form at all."""
    if draw(st.integers(0, 3)) == 0:
        body = draw(st.one_of(st.sampled_from(BODIES), st.binary(max_size=200)))
        return body, draw(st.sampled_from(TYPES))
    said = [pair for name, value in form.items() for pair in draw(fields(name, value))]
    said += draw(st.lists(pairs, max_size=2))
    if draw(st.booleans()):
        return encoded((name, _words(value)) for name, value in said).encode(), FORM
    return multipart(said), f"multipart/form-data; boundary={BOUNDARY}"


@st.composite
def fields(draw, name: str, value: object) -> list[tuple[str, object]]:
    kept, bad = (name, value), (name, draw(texts))
    return draw(st.sampled_from([[kept], [kept], [bad], [bad, bad], [kept, bad], []]))


def _words(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def multipart(said: Iterable[tuple[str, object]]) -> bytes:
    lines = []
    for name, value in said:
        name = name.replace('"', "'").replace("\r", "").replace("\n", "")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
        if hasattr(value, "read"):
            value.seek(0)
            head += f'; filename="{value.name}"\r\nContent-Type: text/csv'
            lines.append(head.encode("utf-8", "surrogatepass") + b"\r\n\r\n" + value.read())
        else:
            text = f"{head}\r\n\r\n{_words(value)}"
            lines.append(text.encode("utf-8", "surrogatepass"))
    return b"\r\n".join([*lines, f"--{BOUNDARY}--\r\n".encode()])


@st.composite
def requests(draw, url: str, form: dict | None) -> Sent:
    body, content_type = draw(bodies(form)) if form is not None else (b"", FORM)
    return Sent(draw(addresses(url)), body, content_type, draw(headers), draw(cookies))
