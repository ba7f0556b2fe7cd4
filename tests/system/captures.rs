//! `transom capture`: a capture of a running program, shown again in other formats, asked, and compared with another; without any virtual machine.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Output, Transom};
use transom_tests::scratch::Scratch;

/// Captures what `work` does, twice: the second time it is asked for more and fails once.
const PROGRAM: &str = "-module(program).
-export([main/1, work/1, half/1]).
main(_) ->
    capture(\"before.cap\", [1, 2, 3]),
    capture(\"after.cap\", [1, 2, 3, 4, bad]).
capture(File, Ns) ->
    {ok, Session, _} = transom_tracer:run([\"program:work -> return\", \"program:half -> return\"], self(),
                                          #{output => {capture, File}, limit => infinity, count => infinity}),
    [catch program:work(N) || N <- Ns],
    {ok, _} = transom_tracer:stop(Session).
work(N) -> program:half(N) + 1.
half(N) -> lists:sum(lists:seq(1, 20000)) > 0 andalso N / 2.
";

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("captures::offline", offline)]
}

fn offline() -> Result<(), Failed> {
    let scratch = Scratch::new("captures")?;
    scratch.write("program.erl", PROGRAM)?;
    questions(scratch.path())
}

fn questions(folder: &std::path::Path) -> Result<(), Failed> {
    let ask = |words: &[&str]| -> Output { Transom::new(words).in_dir(folder).output() };
    let ran = ask(&["run", "--no-control", "program.erl"]);
    expect(ran.status == Some(0), "the program runs", &ran)?;

    let text = ask(&["capture", "replay", "before.cap"]);
    expect(
        text.stdout.contains(" program:work(1)\n"),
        "a call in text",
        &text,
    )?;
    expect(
        text.stdout.contains("12 matched: 12 shown"),
        "totals",
        &text,
    )?;
    let json = ask(&["capture", "replay", "before.cap", "--format", "json"]);
    let calls = json.stdout.matches("\"event\":\"call\"").count();
    expect(
        calls == 6 && json.stdout.lines().count() == 12,
        "JSON lines",
        &json,
    )?;
    for (format, sign) in [
        ("chrome", "\"ph\":\"B\""),
        ("folded", ";program:work/1;program:half/1 "),
        ("mermaid", "sequenceDiagram"),
        ("recon", "program:half/1 --> 1.5"),
        ("dbg", "returned from program:half/1 -> 1.5"),
        ("redbug", "% program:half/1 -> 1.5"),
    ] {
        let shown = ask(&["capture", "replay", "before.cap", "--format", format]);
        let there = shown.stdout.contains(sign);
        expect(there && shown.status == Some(0), format, &shown)?;
    }

    let large = ask(&[
        "capture",
        "query",
        "after.cap",
        "program:half(N) -> return(R) when R > 1",
    ]);
    expect(
        large.stderr == "4 of 20 events\n",
        "a question about values",
        &large,
    )?;
    let raised = ask(&["capture", "query", "after.cap", "program:work -> exception"]);
    expect(
        raised.stdout.contains("program:work(bad)"),
        "one about exceptions",
        &raised,
    )?;
    expect(
        raised.stderr == "2 of 20 events\n",
        "which is one call",
        &raised,
    )?;
    let wrong = ask(&["capture", "query", "after.cap", "program:half("]);
    expect(wrong.status == Some(2), "a mistake in a pattern", &wrong)?;

    let diff = ask(&["capture", "diff", "before.cap", "after.cap"]);
    let row = |name: &str| {
        diff.stdout
            .lines()
            .find(|l| l.contains(name))
            .unwrap_or("")
            .to_owned()
    };
    let figures =
        |line: String| -> Vec<String> { line.split_whitespace().map(str::to_owned).collect() };
    let work = figures(row("program:work/1"));
    expect(
        work.contains(&"3".to_owned()) && work.contains(&"5".to_owned()),
        "calls before and after",
        &diff,
    )?;
    let missing = ask(&["capture", "replay", "nowhere.cap"]);
    expect(
        missing.status == Some(1) && missing.stderr.contains("nowhere.cap"),
        "no such file",
        &missing,
    )
}

fn expect(holds: bool, what: &str, output: &Output) -> Result<(), Failed> {
    match holds {
        true => Ok(()),
        false => Err(format!("{what}: {output:#?}").into()),
    }
}
