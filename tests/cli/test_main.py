"""The command as a whole."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

import tutor
from tutor.cli.main import main


def test_version():
    outcome = CliRunner().invoke(main, ["--version"])
    assert outcome.exit_code == 0
    assert tutor.__version__ in outcome.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["explain", "--help"], ["rules", "--help"]])
def test_help_has_examples(arguments):
    outcome = CliRunner().invoke(main, arguments)
    assert outcome.exit_code == 0
    assert "  tutor explain " in outcome.stdout or "  tutor rules " in outcome.stdout


def test_an_unknown_command():
    outcome = CliRunner().invoke(main, ["explian"])
    assert outcome.exit_code == 2
    assert "explian" in outcome.stderr


@pytest.mark.parametrize("problem", ["d/dx x^2", "x^2 at 3", "slope of x^2 at 1", "|x|"])
def test_a_problem_in_the_place_of_a_command(problem):
    outcome = CliRunner().invoke(main, [problem])
    assert outcome.exit_code == 2
    assert f'To have a problem derived, type: tutor explain "{problem}"' in outcome.stderr


def test_what_is_slow_to_load_is_not_loaded():
    script = (
        "import sys\n"
        "from tutor.cli.main import main\n"
        "try: main(['explain', 'd/dx x^2*sin(x)'])\n"
        "except SystemExit: pass\n"
        "slow = {'sympy', 'mpmath', 'rich.markdown', 'rich.syntax', 'rich.traceback', 'rich.progress', 'rich.pretty',"
        " 'rich.panel', 'rich.table', 'pygments', 'json', 'difflib', 'importlib.metadata',"
        " 'pydantic', 'ruamel', 'fsrs', 'platformdirs', 'sqlite3'}\n"
        "sys.exit(' '.join(slow & set(sys.modules)))\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.stderr.strip() == ""
