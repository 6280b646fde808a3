"""`tutor rules`."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main
from tutor.derivation import soundness
from tutor.rules.rulebook import misconceptions, rulebook


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments], catch_exceptions=False)


def test_the_list() -> None:
    outcome = run()
    assert outcome.exit_code == 0
    assert "  Product rule                            d/dx [f·g] = d/dx [f]·g + f·d/dx [g]\n" in outcome.stdout
    rows = outcome.stdout.split("\n")
    last = next(row for row, text in enumerate(rows) if "Maximum of equal functions" in text)
    assert rows.index("  Chain rule") < last
    assert "One minus sign too many" not in outcome.stdout
    assert f"  tutor rules misconceptions  {len(misconceptions())} wrong rules that learners use\n" in outcome.stdout


@pytest.mark.parametrize(("words", "title", "statement"), [
    (["tan"], "Derivative of tangent", "d/dx [tan(x)] = sec(x)²"),
    (["e^x"], "Derivative of the exponential function", "d/dx [e^x] = e^x"),
    (["hyperbolic", "sine"], "Derivative of hyperbolic sine", "d/dx [sinh(x)] = cosh(x)"),
    (["integrals"], "Integral of the variable", "∫ x dx = x²/2"),
    (["misconceptions"], "The logarithm of the base was lost", "d/dx [a^x] = a^x"),
])
def test_a_search(words: list[str], title: str, statement: str) -> None:
    outcome = run(*words)
    assert outcome.exit_code == 0
    assert any(" ".join(row.split()) == f"{title} {statement}" for row in outcome.stdout.split("\n"))
    (command,) = [row for row in outcome.stdout.split("\n") if row.startswith("  tutor rules ")]
    name = shlex.split(command)[2]
    assert run(name).stdout.startswith(f"  {name}\n")
    names = [rule["name"] for rule in json.loads(run(*words, "--json").stdout)]
    assert len(names) > 1


def test_the_names_by_which_lessons_speak_of_rules() -> None:
    listed = re.findall(r"^  ([a-z0-9_]+)(?=  |$)", run("--names").stdout, re.MULTILINE)
    assert listed == [*rulebook(), *misconceptions()]
    assert run("product", "--names").stdout.startswith("  Rules\n\n  product      Product rule\n")
    assert "product_minus" in run("misconceptions", "--names").stdout


def test_a_rule_by_its_name_and_what_else_has_to_do_with_it() -> None:
    outcome = run("chain")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("  Chain rule\n")
    assert "\n  Misconceptions\n\n  The inner derivative is missing\n" in outcome.stdout
    assert json.loads(run("chain", "--json").stdout)["name"] == "chain"


def test_a_single_rule_that_is_found_is_shown() -> None:
    assert run("limits are equal").stdout.startswith("  The limits are equal\n")


@pytest.mark.parametrize("name", ["product", "Product", "Product rule", "product-rule", " product "])
def test_one_rule_by_name_or_title(name: str) -> None:
    outcome = run(name)
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("  Product rule\n")


def test_an_unknown_rule() -> None:
    outcome = run("prodct")
    assert outcome.exit_code == 2
    assert "There is no rule prodct. Did you mean product?" in outcome.stderr
    outcome = run("nonsense")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "There is no rule nonsense. tutor rules lists them all." in outcome.stderr
    outcome = run("zzz\x1b[2J")
    assert outcome.exit_code == 2
    assert "\x1b" not in outcome.stderr


def test_the_list_as_json() -> None:
    names = [rule["name"] for rule in json.loads(run("--json").stdout)]
    assert names == [*rulebook(), *misconceptions()]


def test_the_check() -> None:
    outcome = run("product", "--check")
    assert outcome.exit_code == 0
    assert "✓ product" in outcome.stdout
    assert "1 rule: 1 passed" in outcome.stdout
    verdicts = json.loads(run("product", "--check", "--json").stdout)["product"]
    assert {verdict["question"] for verdict in verdicts} == {"fires", "prints back", "sound"}


def test_a_misconception() -> None:
    outcome = run("power_lost_coefficient")
    assert outcome.exit_code == 0
    assert "The right rule is power, Power rule" in outcome.stdout
    assert "✗ refuted: at x = " in outcome.stdout
    data = json.loads(run("power_lost_coefficient", "--json").stdout)
    assert (data["kind"], data["unlike"]) == ("misconception", "power")
    assert data["source"].startswith("STACK")


def test_the_check_of_a_misconception() -> None:
    outcome = run("power_lost_coefficient", "--check")
    assert outcome.exit_code == 0
    assert "fires 1/1  prints back 1/1  refuted 1/1" in outcome.stdout


@pytest.mark.parametrize(("passed", "status", "sign"), [(False, 1, "✗"), (None, 3, "?")])
def test_a_rule_that_fails_its_check(monkeypatch: pytest.MonkeyPatch, passed: bool | None, status: int,
                                     sign: str) -> None:
    verdict = soundness.Verdict("sound", "1 = 2", passed, "the left side is 1, the right side is 2")
    monkeypatch.setattr(soundness, "check_rule", lambda rule: iter([verdict]))
    outcome = run("product", "--check")
    assert outcome.exit_code == status
    assert f"{sign} product" in outcome.stdout
    assert "1 = 2" in outcome.stdout
