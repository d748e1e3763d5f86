"""Serves the page's typeface from the package that ships it, so that no font file is kept here."""

from pathlib import Path

import font_source_sans_pro
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-It.ttf")
PREFIX = "fonts"


class FontFinder(BaseFinder):
    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=font_source_sans_pro.font_directory)
        self.storage.prefix = PREFIX

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        folder, _slash, name = path.partition("/")
        if folder != PREFIX or name not in FACES:
            return []
        found = str(Path(font_source_sans_pro.font_directory) / name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FACES)
