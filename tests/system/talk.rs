//! The console sessions of the talk this project answers to ("Unlocking the super-powers of the Erlang VM"), typed into the console, on a pipe and on a
//! terminal: its lines, in its order. `recon` prints when it gets to it, so on the pipe a pause is typed behind the talk's lines, such as a person makes
//! before leaving.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::scratch::Scratch;
use transom_tests::terminal::Start;

struct Session {
    name: &'static str,
    typed: &'static str,
    /// The talk's lines, with `P` for pids, `N` for a count of processes and `TIME` for a time of day.
    lines: &'static [&'static str],
}

const SESSIONS: &[Session] = &[
    Session {
        name: "dbg_call",
        typed: "dbg:tracer().\ndbg:p(all, c).\ndbg:tp(lists, seq, x).\nlists:seq(1,10).\n",
        lines: &[
            "{ok,P}",
            "{ok,[{matched,nonode@nohost,N}]}",
            "{ok,[{matched,nonode@nohost,2},{saved,x}]}",
            "(P) call lists:seq(1,10)",
            "(P) returned from lists:seq/2 -> [1,2,3,4,5,6,7,8,9,10]",
            "[1,2,3,4,5,6,7,8,9,10]",
        ],
    },
    Session {
        name: "dbg_process_events",
        typed: "Pid = spawn(fun() -> receive {From,Msg} -> From ! Msg end end).\ndbg:tracer().\ndbg:p(Pid,[m,procs]).\nPid ! {self(),hello}.\n",
        lines: &[
            "P",
            "{ok,P}",
            "{ok,[{matched,nonode@nohost,1}]}",
            "(P) << {P,hello}",
            "(P) P ! hello",
            "(P) exit normal",
            "{P,hello}",
        ],
    },
    Session {
        name: "recon",
        typed: "recon_trace:calls({lists,seq, fun(_) -> return_trace() end}, 10).\nlists:seq(1,10).\ntimer:sleep(300).\n",
        lines: &[
            "2",
            "",
            "TIME P lists:seq(1, 10)",
            "[1,2,3,4,5,6,7,8,9,10]",
            "",
            "TIME P lists:seq/2 --> [1,2,3,4,5,6,7,8,9,10]",
            "ok",
        ],
    },
    Session {
        name: "recon_local",
        typed: "recon_trace:calls({lists, seq, fun(_) -> return_trace() end}, {10,100}, [{scope, local}]).\nlists:seq(1,10).\ntimer:sleep(300).\n",
        lines: &[
            "2",
            "",
            "TIME P lists:seq(1, 10)",
            "[1,2,3,4,5,6,7,8,9,10]",
            "",
            "TIME P lists:seq/2 --> [1,2,3,4,5,6,7,8,9,10]",
            "ok",
        ],
    },
];

pub fn trials() -> Vec<Trial> {
    let on = |place: &str, test: fn(&Session) -> Result<Lines, Failed>| -> Vec<Trial> {
        let trial = |session: &'static Session| {
            let name = format!("talk::{place}::{}", session.name);
            Trial::test(name, move || run(session, test))
        };
        SESSIONS.iter().map(trial).collect()
    };
    let mut all = on("pipe", piped);
    all.extend(on("terminal", on_terminal));
    all
}

/// What stands there, and what belongs there.
struct Lines {
    given: Vec<String>,
    expected: Vec<String>,
    /// What may say why.
    stderr: String,
}

/// The value of the last expression and what another process does for it have no order but the machine's: on a busy one the talk's may come at a later attempt.
/// The traced lines among themselves are in the talk's order at each.
fn run(session: &Session, test: fn(&Session) -> Result<Lines, Failed>) -> Result<(), Failed> {
    let traced = |lines: &[String]| -> Vec<String> {
        let of_dbg = lines.iter().filter(|l| l.starts_with("(P)"));
        of_dbg.cloned().collect()
    };
    let mut last = Ok(());
    for _ in 0..5 {
        let lines = test(session)?;
        if lines.given == lines.expected {
            return Ok(());
        }
        let Lines {
            given,
            expected,
            stderr,
        } = lines;
        let failure = format!("expected {expected:#?}\ngiven {given:#?}\n{stderr}");
        last = Err(failure.into());
        if session.name != "dbg_process_events" || traced(&given) != traced(&expected) {
            break;
        }
    }
    last
}

fn expected(session: &Session) -> Vec<String> {
    session.lines.iter().map(|l| (*l).to_owned()).collect()
}

fn shown(session: &Session, line: &str) -> String {
    let line = super::tracing::normalised(line).replace("<P>", "P");
    match session.name {
        "dbg_call" => count_replaced(line),
        _ => line,
    }
}

fn piped(session: &Session) -> Result<Lines, Failed> {
    let home = Scratch::new(session.name)?;
    let output = Transom::new(["console", "--no-control"])
        .in_scratch(&home)
        .env("HOME", home.path())
        .stdin(session.typed)
        .output();
    let lines = output.stdout.lines().skip(1);
    let lines = lines.map(|line| shown(session, without_prompt(line)));
    Ok(Lines {
        given: lines
            .filter(|line| !line.starts_with("*** Terminating"))
            .collect(),
        expected: expected(session),
        stderr: output.stderr,
    })
}

/// Nobody pauses here: the lines are waited for as long as a person would.
fn on_terminal(session: &Session) -> Result<Lines, Failed> {
    let home = Scratch::new(session.name)?;
    let start = Start::new(["console", "--no-control"], home.path());
    let terminal = start.size(40, 150).run()?;
    terminal.at("1> ")?;
    let typed: Vec<&str> = session.typed.lines().collect();
    let is_pause = |line: &&str| !line.starts_with("timer:sleep");
    for (at, line) in typed.iter().filter(|l| is_pause(l)).enumerate() {
        terminal.line(line);
        terminal.at(&format!("{}> ", at + 2))?;
    }
    let mut expected = expected(session);
    if typed.len() > typed.iter().filter(|l| is_pause(l)).count() {
        expected.pop();
    }
    let lines = |screen: &str| -> Vec<String> {
        let is_answer = |line: &&str| {
            !line
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with('>')
        };
        let all = screen.trim_end().lines();
        let from_first = all.skip_while(|line| !line.starts_with("1> "));
        let answers = from_first.filter(is_answer);
        answers.map(|line| shown(session, line)).collect()
    };
    // Whoever is late is seen in what stands there then.
    let _in_time = terminal.until("the talk's lines", |screen| lines(screen) == expected);
    Ok(Lines {
        given: lines(&terminal.screen()),
        expected,
        stderr: String::new(),
    })
}

/// How many processes there are is not the talk's: the line that says nothing else counts them.
fn count_replaced(line: String) -> String {
    match line.strip_prefix("{ok,[{matched,nonode@nohost,") {
        Some(count) if count.trim_end_matches("}]}").parse::<u32>().is_ok() => {
            "{ok,[{matched,nonode@nohost,N}]}".to_owned()
        }
        Some(_) | None => line,
    }
}

/// A prompt is printed before what was typed is evaluated, so the first line of the output stands behind it.
fn without_prompt(line: &str) -> &str {
    match line.split_once("> ") {
        Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => rest,
        Some(_) | None => line,
    }
}
