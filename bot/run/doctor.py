"""`hopthu doctor`: what is wrong with this installation, in plain words, each with what to do."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bot.run.checks import inside, keys, machine, reach
from bot.run.checks.finding import Finding
from bot.run.config import load_config


def main(*, as_json: bool = False) -> int:
    """Print every finding, as lines or as one JSON list; 0 if all is well, 1 if not. Advice is no fault.

    Raises:
        NotAccepted: a setting cannot be used.
    """
    found = examine()
    if as_json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in found], ensure_ascii=False) + "\n")
    for finding in () if as_json else found:
        fix = f"\n     → {finding.fix}" if finding.fix and not finding.fine else ""
        sys.stdout.write(f"{finding.mark:3}  {finding.what}{fix}\n")
    return 0 if all(finding.fine or finding.advice for finding in found) else 1


def examine() -> list[Finding]:
    """Everything looked at, on the installation that the settings name. Changes nothing."""
    config = load_config()
    real = keys.is_real(config)
    return [
        *keys.findings(config),
        *machine.findings(config, real=real),
        *reach.findings(config, real=real),
        *inside.findings(config),
    ]
