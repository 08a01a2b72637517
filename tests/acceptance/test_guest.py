"""A prey of nobody, as a real process: a few of the attacks of tests.acceptance.attacks."""

import json
from pathlib import Path

from tests.acceptance.attacks import Attacked, HostileWeb, judge, judge_all
from tests.acceptance.hostile import list_cases

FEW = ("bomb-br", "bomb-gzip-in-gzip", "hundred-thousand-headers", "to-mapped", "to-decimal", "to-points-both",
       "billion-laughs", "deep-json", "robots-of-many-agents", "log-in-address", "trap-calendar", "sitemap-of-itself")


def test_attacks_are_contained(tmp_path: Path) -> None:
    web = HostileWeb()
    with web.serve():
        cases = tuple(case for case in list_cases(web.port) if case.name in FEW)
        assert len(cases) == len(FEW)
        for case in cases:
            web.add(case)
        attacked = Attacked(tmp_path, web)
        attacked.write_sources(cases)
        attacked.start("crawl", "--json", "--verbose").wait(timeout=120)
        runs = {run["source"]: run for run in json.loads((tmp_path / "out.txt").read_text())["runs"]}
        assert [(case.name, words) for case in cases for is_contained, words in [judge(case, runs[case.name], web)]
                if not is_contained] == []
        assert judge_all(attacked, cases, ()) == []
