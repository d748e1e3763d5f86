"""Every file that must be refused is refused, in words, without taking the machine with it."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from ceasefire.kit.readers import FileFault, Limits, open_table
from tests.kit.readers import bad_files

MB = 1024 * 1024


def read_all(path, **options):
    with open_table(path, **options) as table:
        return list(table.chunks())


@pytest.mark.parametrize("make", bad_files.FAULTY, ids=lambda make: make.__name__)
def test_c55_a_bad_file_is_refused_with_its_name_the_reason_and_a_remedy(make, tmp_path):
    path = make(tmp_path)
    with pytest.raises(FileFault, match=bad_files.FAULTY[make]) as caught:
        read_all(path)
    fault = caught.value
    assert path.name in fault.place
    assert fault.reason
    assert fault.remedy
    assert str(fault) == f"{fault.place}: {fault.reason}; {fault.remedy}."


PEAK = """
    import re, resource, sys
    from pathlib import Path
    from ceasefire.kit.readers import FileFault, open_table
    def peak():
        status = Path("/proc/self/status").read_text()
        return int(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
    resting = peak()
    try:
        with open_table(sys.argv[1]) as table:
            for chunk in table.chunks():
                pass
    except FileFault:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = resource.getrusage(resource.RUSAGE_SELF)
        print(max(peak() - resting, children.ru_maxrss), children.ru_utime + own.ru_utime)
"""


@pytest.mark.parametrize("make", bad_files.FAULTY, ids=lambda make: make.__name__)
def test_c55_refusing_a_bad_file_takes_under_256_mb_and_5_seconds_of_processor(make, tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(PEAK), str(make(tmp_path))]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    kilobytes, seconds = done.stdout.split()
    assert int(kilobytes) * 1024 < 256 * MB
    # Processor time, not the clock: a busy machine must not fail this.
    assert float(seconds) < 5


def workers():
    """Child processes at work on a file (the tests' database server is another child)."""
    children = psutil.Process().children()
    return [child for child in children if "ceasefire.kit.readers.worker" in child.cmdline()]


def test_a_cut_gzip_file_is_refused_before_any_row_is_given_out(tmp_path):
    with pytest.raises(FileFault) as caught:
        open_table(bad_files.cut_gzip(tmp_path))
    assert int(re.search(r"after row (\d+)", caught.value.place)[1]) > 5_000


def test_a_missing_file_is_a_fault_and_not_a_traceback(tmp_path):
    with pytest.raises(FileFault, match="no such file"):
        open_table(tmp_path / "nowhere.csv")


def test_the_limit_on_unpacked_size_is_a_setting(tmp_path):
    path = tmp_path / "rows.csv.gz"
    bad_files.gzip.open(path, "wt").write(bad_files.rows_of_text(1_000))
    assert read_all(path)
    with pytest.raises(FileFault, match="unpacks to more than"):
        open_table(path, limits=Limits(unpacked=10_000))


def test_c55_a_refused_file_leaves_no_child_process_behind(tmp_path):
    with pytest.raises(FileFault):
        open_table(bad_files.sparse_workbook(tmp_path))
    assert not workers()


def test_c55_a_child_that_reads_a_file_cannot_see_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CEASEFIRE_SECRET", "do not share")
    with open_table(bad_files.workbook(tmp_path / "a.xlsx")):
        (child,) = workers()
        assert "CEASEFIRE_SECRET" not in Path(f"/proc/{child.pid}/environ").read_text()
