"""Files of rows, whatever their format, as chunks of text columns."""

from .faults import FileFault, RowFault
from .limits import Limits
from .opening import open_table
from .table import Chunk, Table

__all__ = ["Chunk", "FileFault", "Limits", "RowFault", "Table", "open_table"]
