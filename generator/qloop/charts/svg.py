"""Writing SVG: elements, coordinates, the frame with its accessible name."""

from hashlib import sha256
from html import escape

from qloop.charts.scale import number

Value = str | float | None


def coordinate(value: float) -> str:
    """A coordinate with at most one decimal, so that equal data give equal bytes on every machine."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: Value) -> str:
    """An element; `css` stands for class, underscores for hyphens; content must be escaped already."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{content}</{name}>" if content or name == "text" else f"<{name}{written}/>"


def _attribute(key: str, value: str | float) -> str:
    name = "class" if key == "css" else key.replace("_", "-")
    return f' {name}="{escape(value) if isinstance(value, str) else coordinate(value)}"'


def text(content: str, x: float, y: float, anchor: str | None = None, css: str | None = None) -> str:
    """A line of text, its content escaped here; `anchor` is None (start), middle or end."""
    return element("text", escape(content), x=x, y=y, text_anchor=anchor, css=css)


def tooltip(label: str, name: str, value: float, unit: str) -> str:
    """The title of a mark: what a mouse shows."""
    parts = f"{label} {name} {number(value)}{unit if unit == '%' else ' ' + unit if unit else ''}"
    return element("title", escape(" ".join(parts.split())))


def frame(
    title: str, description: str, width: float, height: float, body: str, css: str = "qloop-svg"
) -> str:
    """The svg element: an image for assistive technology, scaled between 0.8 and 1.25 px a unit."""
    key = "q" + sha256(f"{title}\0{description}\0{width}\0{body}".encode()).hexdigest()[:10]
    label = element("title", escape(title), id=f"{key}-t")
    if description:
        label += element("desc", escape(description), id=f"{key}-d")
    body = body.replace("url(#hatch", f"url(#{key}-hatch").replace('id="hatch', f'id="{key}-hatch')
    size = f"min-width:{coordinate(width * 0.8)}px;max-width:{coordinate(width * 1.25)}px"
    return element(
        "svg",
        label + body,
        css=css,
        role="img",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        style=size,
        aria_labelledby=f"{key}-t",
        aria_describedby=f"{key}-d" if description else None,
    )
