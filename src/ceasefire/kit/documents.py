"""Tagged, accessible PDF from a Typst template and data; the data stays data, never markup."""

import json
import warnings
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

FONT = "Source Sans Pro"
# The compiler refuses a figure without a description, a skipped heading, a missing title.
STANDARD = "ua-1"


class DocumentFault(Exception):
    """A template does not compile; the message says where and why."""


def pdf(template: Path, data: dict) -> bytes:
    """Compile `template` with `data`, which it reads as `json(bytes(sys.inputs.data))`.

    The template sees no file but its own folder, no system font and no network. `data` holds
    what JSON can say; pictures are SVG text. Raises DocumentFault.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made, faults = typst.compile_with_warnings(
            str(template),
            root=str(template.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=[STANDARD],
        )
    except typst.TypstError as error:
        raise DocumentFault(f"{template.name}: {error.diagnostic}") from error
    for fault in faults:
        warnings.warn(f"{template.name}: {fault}", stacklevel=2)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The one family that documents use, read once."""
    folder = files("font_source_sans_pro") / "files"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def picture(
    svg: str, *, title: str, sentence: str = "", pixels: tuple[int, int] = (1920, 1080)
) -> bytes:
    """A chart as PNG bytes on white, as large as a slide, with its title and its sentence."""
    wide, high = pixels
    made, _faults = typst.compile_with_warnings(
        SLIDE.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=72.0,
        sys_inputs={
            "svg": svg,
            "title": title,
            "sentence": sentence,
            "wide": str(wide),
            "high": str(high),
        },
    )
    return made


SLIDE = """
#set page(width: int(sys.inputs.wide) * 1pt, height: int(sys.inputs.high) * 1pt, margin: 60pt)
#set text(font: "Source Sans Pro", size: 30pt)
#grid(
  rows: (auto, 1fr, auto), row-gutter: 24pt,
  text(48pt, weight: "semibold", sys.inputs.title),
  align(center + horizon,
    image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")),
  sys.inputs.sentence,
)
"""
