"""`avvisi sources list | check | add`, as a person types them."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.sources.cli import sources
from crawler.sources.loader import load_sources
from tests.crawler.sources.web import EMPTY_FEED, FEED, NEWS_SITEMAP, PLAIN_SITEMAP, Answer, serve

HOME = """<!doctype html><html lang="en-GB"><head><title>The Envoy - news of embassies</title>
<meta property="og:site_name" content="The Envoy">
<link rel="alternate" type="application/rss+xml" href="/feed" title="The Envoy">
<link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments on The Envoy">
</head><body><p>Welcome.</p></body></html>"""
PLAIN_HOME = "<!doctype html><html><head><title>A page</title></head><body><p>Nothing to see.</p></body></html>"
LIST_HOME = ("<!doctype html><html lang='fr'><head><title>Dépêches</title></head><body><main>" + "".join(
    f"<article><h2><a href='/2026/11/0{day}/un-traite-signe-a-geneve-{day}'>Un traité de paix signé à Genève, jour "
    f"{day}</a></h2><p>Les deux délégations se sont retrouvées à Genève pour signer le traité.</p></article>"
    for day in range(1, 9)) + "</main></body></html>")


def run(*words: str) -> Result:
    return CliRunner().invoke(sources, list(words), catch_exceptions=False)


def write(file: Path, **addresses: dict[str, list[str]]) -> Path:
    """Write a file of sources: ``id={"feeds": [...]}``."""
    file.write_text("".join(
        f'[[source]]\nid = "{id}"\nname = "{id}"\nsite = "https://{id}.test/"\n'
        + "".join(f"{kind} = {json.dumps(urls)}\n" for kind, urls in kinds.items())
        for id, kinds in addresses.items()), encoding="utf-8")
    return file


def test_list_shows_every_built_in_source() -> None:
    result = run("list", "--all")
    assert result.exit_code == 0
    for source in load_sources(None):
        assert source.id in result.stdout
    assert re.search(r"\bevropaelire\b.*: Reuse of texts is allowed", result.stdout)


def test_list_can_be_read_by_a_program(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", a={"feeds": ["https://a.test/feed"]})
    (source,) = json.loads(run("list", "--json", "--sources", str(file)).stdout)
    assert source["id"] == "a"
    assert source["feeds"] == ["https://a.test/feed"]
    assert (source["every"], source["delay"], source["language"]) == ("30m", "2s", None)


def test_the_built_in_catalogue_passes_its_own_check() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert f"{len(load_sources(None))} sources in 8 files: nothing wrong" in result.stdout


def test_check_names_every_mistake_on_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[source]]\nid = "a"\nname = "A"\nsite = "https://a.test/"\nfeeds = ["x"]\nevery = "often"\n')
    result = run("check", "--sources", str(file))
    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert len(lines) == 2
    assert all(line.startswith(f"avvisi: {file}: source 'a': key ") for line in lines)


def test_check_gives_its_mistakes_to_programs_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[source]]\nid = "a"\nname = "A"\nsite = "https://a.test/"\nfeeds = ["x"]\n')
    result = run("check", "--json", "--sources", str(file))
    (problem,) = json.loads(result.stdout)["problems"]
    assert result.exit_code == 2
    assert (problem["file"], problem["source"], problem["key"]) == (str(file), "'a'", "feeds")


def test_check_of_an_unknown_source_is_wrong_usage() -> None:
    result = run("check", "tas")
    assert result.exit_code == 2
    assert "'tas'" in result.stderr
    assert "'tass'" in result.stderr


def test_check_online_gives_every_address_its_word(tmp_path: Path) -> None:
    with serve({
        "/robots.txt": Answer("User-agent: *\nDisallow: /closed\n"),
        "/feed": Answer(FEED), "/empty": Answer(EMPTY_FEED), "/nothing": Answer(""), "/page": Answer(PLAIN_HOME),
        "/news.xml": Answer(NEWS_SITEMAP), "/section": Answer(LIST_HOME),
        "/moved": Answer(status=301, headers={"Location": "/feed"}),
        "/elsewhere": Answer(status=302, headers={"Location": "/feed"}),
        "/denied": Answer("no", status=403), "/past": Answer("no", status=410), "/ill": Answer("no", status=500),
        "/slow": Answer(FEED, wait=1.2),
    }) as web:
        paths = ["feed", "empty", "nothing", "page", "moved", "elsewhere", "denied", "lost", "past", "ill", "slow",
                 "closed"]
        file = write(tmp_path / "mine.toml", good={
            "feeds": [f"{web.root}/{path}" for path in paths], "sitemaps": [f"{web.root}/news.xml"],
            "sections": [f"{web.root}/section"]})
        result = run("check", "--online", "--json", "--delay", "0", "--timeout", "0.5", "--sources", str(file))
        # Each address is asked once; /feed is asked again, as the target of two redirects.
        assert len(web.paths()) == len(set(web.paths())) + 2
    told = json.loads(result.stdout)
    states = {address["url"].removeprefix(web.root): address["state"] for address in told["addresses"]}
    assert states == {
        "/feed": "alive", "/empty": "empty", "/nothing": "empty", "/page": "not_a_feed", "/moved": "moved",
        "/elsewhere": "alive", "/denied": "forbidden", "/lost": "gone", "/past": "gone", "/ill": "unreachable",
        "/slow": "unreachable", "/closed": "forbidden", "/news.xml": "alive", "/section": "alive"}
    by_path = {address["url"].removeprefix(web.root): address for address in told["addresses"]}
    assert by_path["/feed"]["links"] == 2
    assert by_path["/news.xml"]["links"] == 1
    assert by_path["/section"]["links"] == 8
    assert by_path["/moved"]["moved_to"] == f"{web.root}/feed"
    assert "robots.txt" in by_path["/closed"]["detail"]
    assert told["failed"] == ["good"]
    assert result.exit_code == 1


def test_check_online_ends_well_when_all_is_well(tmp_path: Path) -> None:
    with serve({"/feed": Answer(FEED)}) as web:
        file = write(tmp_path / "mine.toml", a={"feeds": [f"{web.root}/feed"]})
        result = run("check", "--online", "--delay", "0", "--sources", str(file))
    assert result.exit_code == 0
    assert "1 address asked: 1 alive" in result.stdout
    assert f"a: alive feed {web.root}/feed, 2 found" in result.stderr


def test_check_online_names_the_sources_that_failed(tmp_path: Path) -> None:
    with serve({"/feed": Answer(FEED)}) as web:
        file = write(tmp_path / "mine.toml", a={"feeds": [f"{web.root}/feed"]}, b={"feeds": [f"{web.root}/lost"]})
        result = run("check", "--online", "--quiet", "--delay", "0", "--sources", str(file))
    assert result.exit_code == 1
    assert f"b failed: gone feed {web.root}/lost (answers 404)" in result.stdout
    assert "a failed" not in result.stdout
    assert result.stderr == ""


def test_check_online_asks_only_for_the_sources_named(tmp_path: Path) -> None:
    with serve({"/a": Answer(FEED), "/b": Answer(FEED)}) as web:
        file = write(tmp_path / "mine.toml", a={"feeds": [f"{web.root}/a"]}, b={"feeds": [f"{web.root}/b"]})
        result = run("check", "--online", "--delay", "0", "--sources", str(file), "b")
        assert result.exit_code == 0
        assert web.paths() == ["/robots.txt", "/b"]


def test_add_writes_what_a_site_announces(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with serve({"/": Answer(HOME), "/robots.txt": Answer("Sitemap: {root}/news.xml\nSitemap: {root}/all.xml\n"),
                "/feed": Answer(FEED), "/comments/feed": Answer(FEED), "/news.xml": Answer(NEWS_SITEMAP),
                "/all.xml": Answer(PLAIN_SITEMAP)}) as web:
        result = run("add", f"{web.root}/", "--to", str(file), "--id", "envoy", "--delay", "0")
        assert "/comments/feed" not in web.paths()
        assert web.paths().count("/feed") == 1
    (source,) = load_sources(file)
    assert result.exit_code == 0
    assert (source.id, source.name, source.language) == ("envoy", "The Envoy", "en")
    assert source.feeds == (f"{web.root}/feed",)
    assert source.sitemaps == (f"{web.root}/news.xml",)
    assert source.evidence is not None
    assert source.evidence.status == "V"
    assert result.stdout == file.read_text(encoding="utf-8")
    assert f"avvisi crawl --sources {file} envoy" in result.stderr
    assert f"left out: {web.root}/all.xml is a sitemap of the whole site" in result.stderr


def test_add_finds_a_feed_that_is_not_declared(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with serve({"/": Answer(PLAIN_HOME), "/feed": Answer(FEED), "/feed/": Answer(FEED)}) as web:
        result = run("add", web.root, "--to", str(file), "--delay", "0", "--quiet")
    (source,) = load_sources(file)
    assert result.exit_code == 0
    assert len(source.feeds) == 1
    assert source.name == "The Envoy"
    assert result.stderr == ""


def test_add_leaves_out_the_feed_of_another_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    home = HOME.replace("Welcome.", "<a type='application/rss+xml' href='http://partner.test/feed'>Partner</a>"
                                    "<a type='application/rss+xml' href='http://burner.test/feed'>Ours</a>")
    ours = FEED.replace("{root}", "http://envoy.test")
    with serve({"http://envoy.test/": Answer(home), "http://envoy.test/feed": Answer(status=404),
                "http://partner.test/feed": Answer(FEED.replace("{root}", "http://partner.test")),
                "http://burner.test/feed": Answer(ours)}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.root)
        result = run("add", "http://envoy.test/", "--to", str(file), "--delay", "0")
    (source,) = load_sources(file)
    assert source.feeds == ("http://burner.test/feed",)
    assert "left out: http://partner.test/feed is another site's" in result.stderr


def test_add_takes_a_feed_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with serve({"/some/odd/path": Answer(FEED)}) as web:
        run("add", f"{web.root}/some/odd/path", "--to", str(file), "--delay", "0")
        (source,) = load_sources(file)
        assert source.feeds == (f"{web.root}/some/odd/path",)
        assert source.site == f"{web.root}/"


def test_add_takes_a_page_that_lists_articles_where_nothing_is_announced(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with serve({"/": Answer(LIST_HOME)}) as web:
        result = run("add", f"{web.root}/", "--to", str(file), "--delay", "0")
    (source,) = load_sources(file)
    assert (source.feeds, source.sitemaps) == ((), ())
    assert source.sections == (f"{web.root}/",)
    assert (source.language, source.name) == ("fr", "Dépêches")
    assert "section page" in result.stderr


@pytest.mark.parametrize(("answers", "says"), [
    ({"/": Answer(PLAIN_HOME)}, "no feed, no sitemap and no list of articles"),
    ({}, "answers 404"),
    ({"/": Answer(HOME), "/robots.txt": Answer("User-agent: *\nDisallow: /\n")}, "robots.txt disallows"),
])
def test_add_says_why_there_is_nothing_to_add(tmp_path: Path, answers: dict[str, Answer], says: str) -> None:
    file = tmp_path / "mine.toml"
    with serve(answers) as web:
        result = run("add", f"{web.root}/", "--to", str(file), "--delay", "0", "--quiet")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert says in result.stderr
    assert not file.exists()


def test_a_dry_run_prints_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with serve({"/": Answer(HOME), "/feed": Answer(FEED)}) as web:
        result = run("add", web.root, "--dry-run", "--delay", "0")
    assert tomllib.loads(result.stdout)["source"][0]["feeds"] == [f"{web.root}/feed"]
    assert list(tmp_path.iterdir()) == []


def test_add_writes_beside_us_when_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with serve({"/": Answer(HOME), "/feed": Answer(FEED)}) as web:
        told = json.loads(run("add", web.root, "--json", "--delay", "0").stdout)
    (source,) = load_sources(tmp_path / "sources.toml")
    assert told["next"] == f"avvisi crawl --sources sources.toml {source.id}"
    assert told["written"] is True
    assert told["source"]["id"] == source.id


def test_add_refuses_an_id_that_is_taken_and_keeps_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", envoy={"feeds": ["https://envoy.test/feed"]})
    before = file.read_bytes()
    with serve({"/": Answer(HOME), "/feed": Answer(FEED)}) as web:
        result = run("add", web.root, "--sources", str(file), "--id", "envoy", "--delay", "0", "--quiet")
    assert result.exit_code == 2
    assert "key 'id': is taken; choose another with --id" in result.stderr
    assert file.read_bytes() == before


def test_add_refuses_an_address_that_is_fetched_already(tmp_path: Path) -> None:
    with serve({"/": Answer(HOME), "/feed": Answer(FEED)}) as web:
        file = write(tmp_path / "mine.toml", other={"feeds": [f"{web.root}/feed"]})
        result = run("add", web.root, "--sources", str(file), "--delay", "0", "--quiet")
    assert result.exit_code == 2
    assert f"source 'other': fetches {web.root}/feed already" in result.stderr


def test_add_asks_no_site_while_the_file_has_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[[source]]\n")
    with serve({"/": Answer(HOME), "/feed": Answer(FEED)}) as web:
        result = run("add", web.root, "--to", str(file), "--delay", "0")
        assert web.asked == []
    assert result.exit_code == 2
    assert str(file) in result.stderr


@pytest.mark.parametrize("url", ["http://", "ftp://example.org/", "https://me:secret@example.org/"])
def test_add_of_what_is_no_address_is_wrong_usage(url: str) -> None:
    result = run("add", url)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_the_command_answers_before_the_rooms_are_loaded() -> None:
    heavy = {"aiohttp", "rich", "babel", "lxml", "protego", "asyncio"}
    code = "import sys, crawler.sources.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(Path(__file__).parents[3])})
    assert heavy.isdisjoint(done.stdout.split())


def listed(*words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("list", "--json", *words).stdout)
    return found


def test_list_leaves_out_what_is_off_unless_asked_for_all() -> None:
    on, everything = listed("--language", "ru"), listed("--language", "ru", "--all")
    assert all(source["enabled"] for source in on)
    assert {source["enabled"] for source in everything} == {True, False}
    shown = run("list", "--language", "ru").stdout
    assert "(off)" not in shown
    assert f"{len(everything) - len(on)} more are off, --all shows them" in shown
    assert "svoboda (off)" in run("list", "--language", "ru", "--all").stdout


@pytest.mark.parametrize(("words", "field", "value"), [
    (["--language", "SQ"], "language", "sq"), (["--country", "il"], "country", "IL"),
    (["--kind", "think tank"], "kind", "think tank"), (["--standpoint", "state media"], "standpoint", "state media"),
])
def test_list_can_be_narrowed(words: list[str], field: str, value: str) -> None:
    found = listed(*words)
    assert 2 <= len(found) < 60
    assert {source[field] for source in found} == {value}


def test_filters_of_the_list_hold_together_and_may_leave_nothing() -> None:
    assert {source["id"] for source in listed("--language", "he", "--kind", "paper")} == {"haaretz-he", "maariv"}
    assert listed("--language", "he", "--country", "FR") == []


@pytest.mark.parametrize(("words", "said"), [
    (["--kind", "ministri"], "avvisi: --kind: 'ministri' is none of ministry, presidency,"),
    (["--standpoint", "state"], "did you mean 'state media'?"),
    (["--country", "uk"], "avvisi: --country: 'UK' is not an ISO 3166-1 alpha-2 country code; write 'GB'\n"),
    (["--language", "english"], "avvisi: --language: 'english' is not an ISO 639 language code; write one such as"),
])
def test_a_filter_that_no_source_can_meet_is_told_with_what_is_near(words: list[str], said: str) -> None:
    result = run("list", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_list_says_unknown_where_no_file_speaks_of_terms(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[source]]\nid = "a"\nname = "a"\nsite = "https://a.test/"\nfeeds = ["https://a.test/feed"]\n')
    (source,) = listed("--sources", str(file))
    assert source["terms"] == {"robots": "unknown", "reuse": "unknown", "mining": "unknown", "where": None}


def test_check_tells_the_totals(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("".join(
        f'[[source]]\nid = "{id}"\nname = "{id}"\nsite = "https://{id}.test/"\nfeeds = ["https://{id}.test/feed"]\n{more}'
        for id, more in (("a", 'language = "sq"\ncountry = "AL"\nkind = "agency"\n'),
                         ("b", 'enabled = false\nevidence = { status = "U" }\nstandpoint = "party"\n'))))
    result = run("check", "--sources", str(file))
    assert result.stdout.splitlines() == [
        "2 sources in 1 file: nothing wrong with what is written",
        "1 on, 1 off; 1 language, 1 country; evidence: 1 unknown, 1 U",
        "kinds: 1 agency, 1 unknown", "standpoints: 1 unknown, 1 party"]
    totals = json.loads(run("check", "--json", "--sources", str(file)).stdout)["totals"]
    assert (totals["enabled"], totals["off"], totals["kinds"]) == (1, 1, {"agency": 1, "unknown": 1})


def test_check_names_an_address_that_two_sources_fetch(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", a={"feeds": ["https://a.test/feed/"]},
                 b={"feeds": ["http://www.a.test/feed/?utm_source=b"]})
    result = run("check", "--sources", str(file))
    assert result.exit_code == 2
    assert "source 'b': fetches http://www.a.test/feed/?utm_source=b, which is https://a.test/feed/ of source 'a'" in (
        result.stderr)


def test_an_online_check_writes_its_date_into_the_owners_file(tmp_path: Path) -> None:
    with serve({"/feed": Answer(FEED), "/empty": Answer(EMPTY_FEED)}) as web:
        file = write(tmp_path / "mine.toml", a={"feeds": [f"{web.root}/feed", f"{web.root}/empty"]},
                     b={"feeds": [f"{web.root}/lost"]}, c={"feeds": [f"{web.root}/other"]})
        result = run("check", "--online", "--delay", "0", "--sources", str(file), "a", "b")
    states = {source.id: source.checked.state if source.checked else None for source in load_sources(file)}
    assert states == {"a": "empty", "b": "gone", "c": None}
    assert f"the date is written into {file}" in result.stderr
    assert "[3/3] " in result.stderr
    assert {source["id"]: bool(source["checked"]) for source in listed("--sources", str(file))} == {
        "a": True, "b": True, "c": False}


def test_an_online_check_of_the_built_in_catalogue_writes_a_file_of_state(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVVISI_CHECKED", str(tmp_path / "checked.json"))
    with serve({"http://www.people.com.cn/rss/world.xml": Answer(FEED)}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.root)
        result = run("check", "--online", "--delay", "0", "people-cn-world")
    assert result.exit_code == 0
    assert f"the date is written to {tmp_path / 'checked.json'}" in result.stderr
    (source,) = [source for source in listed("--language", "zh") if source["id"] == "people-cn-world"]
    checked = source["checked"]
    assert isinstance(checked, dict)
    assert checked["state"] == "alive"


def test_without_a_network_there_is_one_line_and_no_date(tmp_path: Path, closed_ports: list[int]) -> None:
    sources = {f"s{port}": {"feeds": [f"http://127.0.0.1:{port}/feed"]} for port in closed_ports}
    file = write(tmp_path / "mine.toml", **sources)
    before = file.read_bytes()
    result = run("check", "--online", "--delay", "0", "--sources", str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("avvisi: no network: none of the first 5 hosts could be reached (")
    assert file.read_bytes() == before


def test_one_host_that_answers_is_a_network(tmp_path: Path, closed_ports: list[int]) -> None:
    with serve({"/feed": Answer(FEED)}) as web:
        sources = {"well": {"feeds": [f"{web.root}/feed"]}} | {
            f"s{port}": {"feeds": [f"http://127.0.0.1:{port}/feed"]} for port in closed_ports[:4]}
        file = write(tmp_path / "mine.toml", **sources)
        result = run("check", "--online", "--delay", "0", "--sources", str(file))
    assert result.exit_code == 1
    assert "5 addresses asked: 4 unreachable, 1 alive" in result.stdout


def test_export_and_import_go_round(tmp_path: Path) -> None:
    first = write(tmp_path / "first.toml", a={"feeds": ["https://a.test/feed"]}, b={"sitemaps": ["https://b.test/s.xml"]})
    out, second = tmp_path / "out.opml", tmp_path / "second.toml"
    assert run("export", "--opml", str(out), "--sources", str(first)).exit_code == 0
    result = run("import", str(out), "--to", str(second))
    assert result.exit_code == 0
    assert [(source.id, source.addresses) for source in load_sources(second)] == [
        (source.id, source.addresses) for source in load_sources(first)]
    assert result.stdout == f"2 sources written to {second}, 0 left out\n"


def test_export_leaves_out_what_is_off_unless_named_or_asked_for_all(tmp_path: Path) -> None:
    assert "https://www.svoboda.org/" not in run("export", "--opml", "-").stdout
    assert "https://www.svoboda.org/" in run("export", "--opml", "-", "svoboda").stdout
    told = json.loads(run("export", "--opml", str(tmp_path / "a.opml"), "--all", "--json").stdout)
    assert told["sources"] == len(load_sources(None))


def test_import_never_overwrites_and_says_what_is_known(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", a={"feeds": ["https://a.test/feed"]})
    before = file.read_text(encoding="utf-8")
    feeds = tmp_path / "feeds.opml"
    feeds.write_text('<opml version="1.0"><body><outline text="A" xmlUrl="https://a.test/feed"/>'
                     '<outline text="B" xmlUrl="https://b.test/feed"/></body></opml>')
    result = run("import", str(feeds), "--sources", str(file))
    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8").startswith(before)
    assert [source.id for source in load_sources(file)] == ["a", "b"]
    assert "left out: https://a.test/feed is known as a" in result.stderr
    again = run("import", str(feeds), "--sources", str(file), "--json")
    assert again.exit_code == 1
    assert json.loads(again.stdout)["written"] is False
    assert len(json.loads(again.stdout)["skipped"]) == 2


def test_import_can_be_tried_first(tmp_path: Path) -> None:
    feeds, file = tmp_path / "feeds.opml", tmp_path / "mine.toml"
    feeds.write_text('<opml version="1.0"><body><outline text="B" xmlUrl="https://b.test/feed"/></body></opml>')
    result = run("import", str(feeds), "--to", str(file), "--dry-run")
    assert not file.exists()
    assert tomllib.loads(result.stdout)["source"][0]["feeds"] == ["https://b.test/feed"]


@pytest.mark.parametrize("text", ["", "<rss/>", '<!DOCTYPE o [<!ENTITY a "b">]><opml><body>&a;</body></opml>'])
def test_a_file_that_is_no_opml_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    feeds = tmp_path / "feeds.opml"
    feeds.write_text(text)
    result = run("import", str(feeds), "--to", str(tmp_path / "mine.toml"))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert f"{feeds}: is not OPML that can be used" in result.stderr
    assert run("import", str(tmp_path / "none.opml")).exit_code == 2
