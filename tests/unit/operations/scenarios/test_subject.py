"""The rules that a test file is about."""


def test_a_pack_is_tested_as_a_client_would_extend_it(bench) -> None:
    """By the loader of the daemon; places are those of the pack's own file."""
    suite = bench.suite(bench.reminded)
    remind = suite.prepared.ruleset.automations["remind"]

    assert ("pretend/first", "rulesets/house.toml") == (suite.prepared.ruleset.scope, remind.place.file)


def test_a_pack_says_what_programme_it_pretends(bench) -> None:
    """Start, count, length, zone, holidays and channels."""
    head = bench.head + '[pretend]\nstarts = 2027-02-01\nsessions = 5\ntimezone = "Asia/Dubai"\nchannels = ["email"]\n'
    ruleset = bench.suite(bench.reminded, head=head).prepared.ruleset

    assert ("2027-02-01", 5, "Asia/Dubai") == (str(ruleset.starts), ruleset.sessions.count, ruleset.zone)
    assert "text" not in ruleset.stack


def test_a_client_is_tested_as_the_daemon_loads_it(bench) -> None:
    """What the client adds, and without what it switches off."""
    automations = bench.suite(bench.reminded, name="acme").prepared.ruleset.automations

    assert {"remind", "welcome"} == set(automations)


def test_a_client_with_several_programmes_says_which(bench) -> None:
    """The test file names the programme."""
    client = (bench.folder / "rulesets" / "acme.toml").read_text(encoding="utf-8")
    more = client[client.index("[programmes.lead]") :].replace("lead", "more")
    bench.write("acme.toml", f"{client}\n{more}")
    named = bench.head.replace("schema = 1\n", 'schema = 1\nprogramme = "more"\n')

    assert "more" == bench.suite(bench.reminded, name="acme", head=named).prepared.ruleset.programme
    assert "unknown-programme" in bench.told(bench.head + bench.reminded, "acme")[0]
    assert "did you mean 'more'?" in bench.told(named.replace('"more"', '"mroe"') + bench.reminded, "acme")[0]


def test_only_a_pack_pretends(bench) -> None:
    """A client has programmes, a pack has none."""
    pretend = bench.head + "[pretend]\nsessions = 5\n" + bench.reminded
    named = bench.head.replace("schema = 1\n", 'schema = 1\nprogramme = "lead"\n') + bench.reminded

    assert "bad-subject" in bench.told(pretend, "acme")[0]
    assert "bad-subject" in bench.told(named)[0]
