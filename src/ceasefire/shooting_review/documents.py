"""The packet as a PDF: the same panels as the page, in black and white."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ceasefire.kit import documents
from ceasefire.kit.charts import Chart
from ceasefire.kit.tables import Number
from ceasefire.shooting_review.packet import Packet
from ceasefire.shooting_review.panels import report
from ceasefire.shooting_review.panels.parts import CardPart, Panel, Report, Table

TEMPLATE = Path(__file__).parent / "templates" / "shooting_review" / "packet.typ"


def packet_pdf(packet: Packet, *, reader: str) -> bytes:
    """The packet as PDF bytes, with the reader's name on every page, in the active language."""
    return documents.pdf(TEMPLATE, _data(report(packet, palette="print"), reader))


def _data(told: Report, reader: str) -> dict:
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": told.title,
        "subtitle": told.subtitle,
        "stamp": told.stamp,
        "coverage": told.coverage,
        "reader": _("For %(reader)s. Do not copy or pass on.") % {"reader": reader},
        "page": _("page"),
        "of": _("of"),
        "headlines": [vars(headline) for headline in told.headlines],
        "overview": _panel(told.overview),
        "groups": [
            {"title": g.title, "sentence": g.sentence, "cards": [_card(card) for card in g.cards]}
            for g in told.groups
        ],
        "panels": [_panel(panel) for panel in told.panels],
    }


# Panels whose maps stand side by side, each as wide as a phone.
BESIDE = {"hot-spots"}


def _panel(panel: Panel) -> dict:
    return {
        "beside": panel.key in BESIDE,
        "title": panel.title,
        "sentences": panel.sentences,
        "figures": [_figure(figure) for figure in panel.figures],
        "tables": [_table(table) for table in panel.tables],
        "notes": panel.notes,
    }


def _figure(figure: Chart) -> dict:
    return _small(figure) | {
        "svg": str(figure.printed),
        "title": str(figure.title),
        "sentence": str(figure.sentence),
    }


def _small(figure: Chart) -> dict:
    """A figure that is printed no wider than a phone: a card's map is never drawn wide."""
    return {"narrow": str(figure.narrow), "alt": f"{figure.title}. {figure.sentence}"}


def _table(table: Table) -> dict:
    return {
        "caption": table.caption,
        "columns": [str(column) for column in table.columns],
        "align": ["right" if isinstance(c, Number) else "left" for c in table.columns],
        "rows": table.rows,
    }


def _card(card: CardPart) -> dict:
    return {
        "title": card.title,
        "badge": card.badge,
        "facts": card.facts,
        "lines": card.lines,
        "alert": card.alert,
        "map": _small(card.place_map) if card.place_map else None,
    }
