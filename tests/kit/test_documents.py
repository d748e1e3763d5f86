"""PDF from a template: data stays data, faults say where, nothing outside is read."""

import io

import pikepdf
import pytest

from ceasefire.kit import documents
from ceasefire.kit.documents import DocumentFault

HEAD = """#let data = json(bytes(sys.inputs.data))
#set document(title: "A paper")
#set text(lang: "en", font: "Source Sans Pro")
= Heading
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


@pytest.fixture
def template(tmp_path):
    def write(body):
        path = tmp_path / "inner" / "paper.typ"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + body)
        return path

    return write


def test_a_document_is_tagged_and_made_of_the_one_font(template):
    made = pikepdf.open(io.BytesIO(documents.pdf(template("#data.words"), {"words": "Ñandú 5%"})))
    assert bool(made.Root.MarkInfo.Marked)
    fonts = {str(font.BaseFont) for page in made.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("SourceSansPro" in name for name in fonts)


def test_data_that_looks_like_markup_is_printed_not_run(template):
    body = '#data.words #assert(data.words == "#panic() = $x$")'
    assert documents.pdf(template(body), {"words": "#panic() = $x$"})


def test_a_template_cannot_read_outside_its_folder(template, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(DocumentFault):
        documents.pdf(template('#read("../secret.txt")'), {})


def test_a_picture_without_a_description_is_refused(template):
    bare = template('#image(bytes(data.svg), format: "svg")')
    with pytest.raises(DocumentFault, match="alt"):
        documents.pdf(bare, {"svg": PICTURE})
    described = template('#image(bytes(data.svg), format: "svg", alt: "a square")')
    assert documents.pdf(described, {"svg": PICTURE})


def test_a_fault_names_the_template_and_the_place(template):
    with pytest.raises(DocumentFault, match=r"(?s)paper\.typ.*5:"):
        documents.pdf(template("#nothing-of-that-name"), {})
