"""A notebook of the documents runs in order, on its own, and says what it is printed to say."""

import tempfile
from pathlib import Path

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
SOURCE, NOTEBOOKS = ROOT / "src", sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


def outputs(cell) -> list:
    return cell.get("outputs", [])


def said(notebook) -> list[str]:
    """What its cells print and return, pictures aside."""
    every = [one for cell in notebook.cells for one in outputs(cell)]
    texts = [one.get("text") or one.get("data", {}).get("text/plain", "") for one in every]
    return [text for text in texts if not text.startswith("<Figure")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_order_and_says_again_what_is_printed_in_it(path, monkeypatch):
    # Its kernel runs elsewhere, where a path relative to here leads nowhere.
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    kept = nbformat.read(path, as_version=4)
    printed, again = said(kept), nbformat.from_dict(kept)
    # Sockets that are files want a short name.
    with tempfile.TemporaryDirectory() as folder:
        kernel = AsyncKernelManager(
            kernel_name="python3", transport="ipc", connection_file=f"{folder}/kernel.json"
        )
        NotebookClient(
            again, timeout=240, km=kernel, resources={"metadata": {"path": folder}}
        ).execute()
    assert said(again) == printed
    assert "stderr" not in [one.get("name") for cell in again.cells for one in outputs(cell)]


def test_there_is_a_notebook_to_run():
    assert [path.name for path in NOTEBOOKS] == ["shootings.ipynb"]
