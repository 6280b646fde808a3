"""The command as a whole."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from click import Command
from click.testing import CliRunner, Result

import tutor
from tutor.cli.main import main
from tutor.lesson.outline import course_outline


def test_version() -> None:
    outcome = CliRunner().invoke(main, ["--version"])
    assert outcome.exit_code == 0
    assert tutor.__version__ in outcome.stdout


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False, **options)


def every_command(command: Command = main,
                  path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    """The path of each command and subcommand, with the command."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*path, name))


COMMANDS = list(every_command())


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) or "tutor" for path, _ in COMMANDS])
def test_every_help_has_an_example_and_h_is_help(path: tuple[str, ...], command: Command) -> None:
    outcome = run(*path, "--help")
    assert outcome.exit_code == 0
    assert f"\n  {' '.join(['tutor', *path])}" in outcome.stdout
    assert run(*path, "-h").stdout == outcome.stdout
    assert run("help", *path).stdout == outcome.stdout
    examples = [line for line in outcome.stdout.split("\n") if line.startswith("  tutor ")]
    assert len(set(examples)) == len(examples)


@pytest.mark.parametrize(("arguments", "example"), [
    (["practise"], "tutor practice"), (["lesson", "chain-rule"], "tutor lessons chain-rule"),
    (["explian", "d/dx x^2"], 'tutor explain "d/dx x^2"'), (["Check", "d/dx x^2", "2x"], 'tutor check "d/dx x^2" 2x'),
    (["quiz"], 'tutor "d/dx x^2*sin(x)"'), (["--verison"], 'tutor "d/dx x^2*sin(x)"'),
    (["check"], 'tutor check "d/dx sin(x^2)" "cos(x^2)"'), (["rules", "--chekc"], "tutor rules"),
    (["practice", "--items", "x"], "tutor practice"), (["x^2", "x^3"], 'tutor "x^2"'),
    (["x^2", "--detail"], 'tutor "d/dx x^2*sin(x)"'), (["author", "new"], "tutor author new my-lesson"),
])
def test_a_command_line_that_cannot_be_followed_is_answered_with_one_that_can(arguments: list[str],
                                                                              example: str) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    last = outcome.stderr.splitlines()[-2:]
    assert last[0] == f"  Try   {example}"
    assert last[1].startswith("  Help  tutor ")
    assert last[1].endswith(" --help")


@pytest.mark.parametrize(("arguments", "message"), [
    (["practise"], "There is no command practise. Did you mean practice?"),
    (["quiz"], "There is no command quiz, and it cannot be read as a problem."),
    (["--vew", "x"], "There is no option --vew. Did you mean --view?"),
    (["--verison"], "Did you mean --version"),
    (["x^2", "x^3"], "Give one problem at a time, in quotes."),
])
def test_what_was_meant_is_guessed(arguments: list[str], message: str) -> None:
    assert message in " ".join(run(*arguments).stderr.split())


@pytest.mark.parametrize("arguments", [
    ["d/dx x^2"], ["x^2 at 3"], ["slope of x^2 at 1"], ["|x|"], ["-x^2"], ["--x"], ["x"], ["xy"], ["sin(x)"],
    ["d/dx x^2", "--view", "lines"], ["--view", "lines", "x^2"], ["--detail=brief", "-x^2"], ["x^2", "--json"],
    ["d/dx", "x^2"], ["x^2", "+", "3x"], ["slope", "of", "x^2", "at", "3"], ["sin", "x"], ["In(x)"], [""], ["sin"],
    ["-"],
])
def test_a_problem_without_a_command_is_explained(arguments: list[str]) -> None:
    alone, explained = run(*arguments, input="x^2"), run("explain", *arguments, input="x^2")
    assert (alone.exit_code, alone.stdout, alone.stderr) == (
        explained.exit_code, explained.stdout, explained.stderr)
    assert (alone.stdout or alone.stderr).strip()


def test_words_that_the_shell_has_separated_are_one_problem() -> None:
    assert run("d/dx", "x^2", "+", "3x").stdout == run("d/dx x^2 + 3x").stdout


def test_h_is_a_letter_where_there_is_mathematics() -> None:
    assert run("check", "-h*x", "-h").exit_code == 0


def test_a_group_alone_shows_its_help() -> None:
    outcome = run("author")
    assert (outcome.exit_code, outcome.stdout) == (0, run("author", "--help").stdout)


def test_completion_knows_the_commands() -> None:
    outcome = run(env={"_TUTOR_COMPLETE": "bash_complete", "COMP_WORDS": "tutor pr", "COMP_CWORD": "1"})
    assert outcome.stdout.split() == ["plain,practice", "plain,progress"]


_SLOW = {"sympy", "mpmath", "rich.markdown", "rich.syntax", "rich.traceback", "rich.progress", "rich.pretty",
         "rich.panel", "rich.table", "pygments", "json", "difflib", "importlib.metadata", "pydantic", "ruamel"}
_OF_THE_LOG = {"fsrs", "platformdirs", "sqlite3"}
_OF_OTHER_COMMANDS = {"tutor.cli.check", "tutor.cli.practice", "tutor.cli.author", "tutor.judge", "tutor.lesson",
                      "tutor.practice"}
_ENGINE = {"tutor.expression", "tutor.rules", "tutor.oracle", "tutor.derivation"}


_OF_INTEGRALS = {"tutor.integration", "tutor.derivation.integrals", "tutor.derivation.without_steps",
                 "tutor.derivation.limit_plans", "tutor.derivation.limit_rules"}


@pytest.mark.parametrize(("arguments", "slow"), [
    (["explain", "d/dx x^2*sin(x)"], _SLOW | _OF_THE_LOG | _OF_OTHER_COMMANDS | _OF_INTEGRALS),
    (["d/dx x^2*sin(x)"], _SLOW | _OF_THE_LOG | _OF_OTHER_COMMANDS),
    (["--help"], _SLOW | _OF_THE_LOG | _ENGINE), (["--version"], _SLOW | _OF_THE_LOG | _ENGINE),
    ([], _SLOW - {"json", "difflib", "importlib.metadata"}),
])
def test_what_is_slow_to_load_is_not_loaded(arguments: list[str], slow: set[str]) -> None:
    script = (
        "import sys\n"
        "from tutor.cli.main import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"sys.exit(' '.join({slow!r} & set(sys.modules)))\n"
    )
    course_outline()  # as every start after the first finds it
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.stderr.strip() == ""


def test_the_package_is_imported_without_the_engine() -> None:
    script = f"import sys, tutor; sys.exit(' '.join({_ENGINE!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.stderr.strip() == ""
