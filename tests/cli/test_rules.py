"""`tutor rules`."""

import json

import pytest
from click.testing import CliRunner

from tutor.cli.main import main
from tutor.derivation import soundness
from tutor.rules.rulebook import misconceptions, rulebook


def run(*arguments):
    return CliRunner().invoke(main, ["rules", *arguments], catch_exceptions=False)


def test_the_list():
    outcome = run()
    assert outcome.exit_code == 0
    assert "product " in outcome.stdout
    assert "d/dx [f·g] = d/dx [f]·g + f·d/dx [g]" in outcome.stdout


@pytest.mark.parametrize("name", ["product", "Product", "Product rule", "product-rule", " product "])
def test_one_rule_by_name_or_title(name):
    outcome = run(name)
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("  Product rule\n")


@pytest.mark.parametrize("name", [*rulebook(), *misconceptions()])
def test_every_rule_is_found_by_its_name(name):
    assert json.loads(run(name, "--json").stdout)["name"] == name


def test_an_unknown_rule():
    outcome = run("prodct")
    assert outcome.exit_code == 2
    assert "There is no rule prodct. Did you mean product" in outcome.stderr
    outcome = run("zzz\x1b[2J")
    assert outcome.exit_code == 2
    assert "\x1b" not in outcome.stderr


def test_the_list_as_json():
    names = [rule["name"] for rule in json.loads(run("--json").stdout)]
    assert names == [*rulebook(), *misconceptions()]


def test_the_check():
    outcome = run("product", "--check")
    assert outcome.exit_code == 0
    assert "✓ product" in outcome.stdout
    assert "1 rule: 1 passed" in outcome.stdout
    verdicts = json.loads(run("product", "--check", "--json").stdout)["product"]
    assert {verdict["question"] for verdict in verdicts} == {"fires", "prints back", "sound"}


def test_a_misconception():
    outcome = run("power_lost_coefficient")
    assert outcome.exit_code == 0
    assert "The sound rule is power, Power rule" in outcome.stdout
    assert "✗ refuted: at x = " in outcome.stdout
    data = json.loads(run("power_lost_coefficient", "--json").stdout)
    assert (data["kind"], data["unlike"]) == ("misconception", "power")
    assert data["source"].startswith("STACK")


def test_the_check_of_a_misconception():
    outcome = run("power_lost_coefficient", "--check")
    assert outcome.exit_code == 0
    assert "fires 1/1  prints back 1/1  refuted 1/1" in outcome.stdout


@pytest.mark.parametrize(("passed", "status", "sign"), [(False, 1, "✗"), (None, 3, "?")])
def test_a_rule_that_fails_its_check(monkeypatch, passed, status, sign):
    verdict = soundness.Verdict("sound", "1 = 2", passed, "the left side is 1, the right side is 2")
    monkeypatch.setattr(soundness, "examine", lambda rule: iter([verdict]))
    outcome = run("product", "--check")
    assert outcome.exit_code == status
    assert f"{sign} product" in outcome.stdout
    assert "1 = 2" in outcome.stdout
