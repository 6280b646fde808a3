"""A rule that is broken on purpose: the command names the step and ends with status 1."""

from __future__ import annotations

from click.testing import CliRunner

from tutor.cli.main import main


def test_a_refuted_step_is_shown_as_refuted(broken_product_rule: None) -> None:
    result = CliRunner().invoke(main, ["explain", "d/dx x^2*sin(x)"])
    assert result.exit_code == 1
    assert "refuted" in result.output
    assert "step 1" in result.output


def test_a_sound_rule_is_not() -> None:
    result = CliRunner().invoke(main, ["explain", "d/dx x^2*sin(x)"])
    assert result.exit_code == 0
    assert "refuted" not in result.output
