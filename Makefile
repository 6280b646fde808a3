# Everything happens inside this folder: a virtual environment in .venv, caches beside it.
PYTHON ?= python3
BIN := .venv/bin
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench docs clean

demo: .venv/ready
	@$(BIN)/tutor explain "d/dx x^2*sin(x^2)"
	@$(BIN)/tutor explain --view lines "d/dw [ln(1 + e^(-w*x))]"
	@$(BIN)/tutor explain "f(x) = x^3/(x + 1); f'(2)"
	@$(BIN)/tutor explain "int_0^1 x*e^(-x^2) dx"
	@$(BIN)/tutor backprop "z = w*x + b; a = sigmoid(z); L = (a - y)^2" --at w=0.5,x=2,b=-0.3,y=1
	@$(BIN)/tutor check "d/dx sin(x^2)" "cos(x^2)" || true # a wrong answer ends with status 1

test: .venv/ready # on every core there is
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal

check: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: .venv/ready
	@$(BIN)/python -m benchmarks

docs: .venv/ready # the pictures that the README shows
	@$(BIN)/python -m docs

clean:
	rm -rf .venv build dist

.venv/ready: pyproject.toml hatch_build.py
	@echo "Setting up a virtual environment in .venv; this takes a minute, once."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --editable '.[development]'
	@$(BIN)/python -m compileall -q tutor # pip leaves this out for an editable package
	@touch .venv/ready
