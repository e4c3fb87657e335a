# Every chore is a verb of tasks.py, so that Windows (python tasks.py run) does the same.
PYTHON ?= python3
.PHONY: run test bench evaluate lint lock
run test bench evaluate lint lock:
	@$(PYTHON) tasks.py $@ $(ARGS)
