"""Faults: what is broken on purpose, and how often nothing was lost and nothing done twice.

Each fault is a script that can be run by itself and prints its counts as one line of JSON
(`python -m tests.faults.jobs_killed --kills 20 --database postgresql`), and a test that runs a few rounds.

* `injected`: how often the fault was made; `effective`: how often it hit while something was under way.
* `lost`: acknowledged and never done. `doubled`: done more than once. The bar for both is 0.
"""
