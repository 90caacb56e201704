# Everything is done with the environment in .venv, by relative paths, so that the folder may have any name.
#
#   make run      the environment, all workbooks into out/, the service on http://127.0.0.1:8000
#   make test     the environment, everything that judges the project
#   make lint     style and types only          make parity   every workbook, every scenario, recalculated
#   make bench    the benchmarks                make pictures everything people look at
#   make soak     hostile files, random edits   make recipes  CONTRIBUTING.md carried out, steps left out
#   make clean    remove all that was made

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# Chinese paths in files that Python reads, whatever the locale; no tracebacks about a missing home folder from pip.
export PYTHONUTF8 = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore
# What is compiled is kept, even where a shell asks for the opposite: hundreds of processes import the same modules.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:

.PHONY: run test lint style types tests parity bench soak recipes pictures programs clean

run: $(VENV)/run.done
	$(PY) -m agriplan workbook all -o out
	$(PY) -m agriplan serve --port $(PORT)

# Programs and packages come from two places and are installed beside each other, and the tests compiled meanwhile. Types
# are checked beside the tests, which leave a core free now and then.
test:
	@$(MAKE) --no-print-directory --jobs=2 programs style $(VENV)/compiled.done
	@$(MAKE) --no-print-directory --jobs=2 types tests

lint: style types

style: $(VENV)/test.done
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/test.done
	$(PY) -m mypy

# Pytest compiles every file of tests when it is first read: once, and not by several processes at the same time.
$(VENV)/compiled.done: $(VENV)/test.done
	@$(PY) -m pytest --collect-only -qq >$@.log || { cat $@.log; exit 1; }
	@touch $@

# Whole files of tests by turns, so that what a file sets up is set up once; in the order of tests/conftest.py.
tests: $(VENV)/test.done
	$(PY) -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

parity: programs $(VENV)/test.done
	AGRIPLAN_PARITY=full $(PY) -m pytest --ignore=tests/web --ignore=tests/install

# The evidence behind projections takes twenty minutes and has its own command: python -m benchmarks.projection
bench: $(VENV)/test.done
	$(PY) -m benchmarks.engine
	$(PY) -m benchmarks.workbook
	$(PY) -m benchmarks.serve
	$(PY) -m benchmarks.pages
	$(PY) -m benchmarks.routes
	$(PY) -m benchmarks.memory

# What is too long for every change: hostile files, thousands of mutations of a workbook, twenty thousand requests right
# and wrong, hundreds of random edits, 24 planners for minutes beside slow clients, every test of the browser through nginx
# below a path, servers and databases that are killed, frozen, moved.
SOAK_MINUTES ?= 5
recipes: $(VENV)/test.done
	$(PY) tests/recipes/carry_out.py

soak: programs $(VENV)/test.done
	$(PY) -m benchmarks.uploads
	$(PY) -m benchmarks.random_requests
	AGRIPLAN_EDITS=full AGRIPLAN_PARITY=full $(PY) -m pytest tests/workbook/test_random_edits.py
	$(PY) -m benchmarks.soak $(SOAK_MINUTES)
	$(PY) -m benchmarks.slow_clients
	AGRIPLAN_PROXY=full AGRIPLAN_PARITY=full $(PY) -m pytest tests/web
	AGRIPLAN_DOORS=full AGRIPLAN_PARITY=full $(PY) -m pytest tests/install tests/rolling tests/test_named_paths.py

pictures: programs $(VENV)/test.done
	$(PY) docs/take_pictures.py
	$(PY) -m tests.pictures

# LibreOffice, Gnumeric, Chromium and PostgreSQL are not Python packages: installed where that is allowed, else named.
programs:
	@sh .ci/programs

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '需要 Python 3.11 或更高版本:make PYTHON=/路径/python3.11 …' >&2; \
	  echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo '无法建立虚拟环境(Debian/Ubuntu 请先执行 apt-get install python3-venv)' >&2; \
	  echo 'No virtual environment could be made (Debian, Ubuntu: apt-get install python3-venv)' >&2; exit 1; }

# The locked versions are those that were tested together. A target is touched only once pip has succeeded.
$(VENV)/run.done: pyproject.toml constraints.txt | $(PY)
	$(PY) -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

# Most modules of what only tests need are never imported: compiling them all would take as long as installing them.
$(VENV)/test.done: pyproject.toml constraints.txt | $(PY)
	$(PY) -m pip install --quiet --no-compile --constraint constraints.txt --editable ".[test]"
	@touch $@ $(VENV)/run.done

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
