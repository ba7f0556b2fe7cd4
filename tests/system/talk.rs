//! The console sessions of the talk this project answers to ("Unlocking the super-powers of the Erlang VM"), typed into the console: its lines, in its order.
//! `recon` prints when it gets to it, so a pause is typed behind the talk's lines, such as a person makes before leaving.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;

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
    SESSIONS
        .iter()
        .map(|session| Trial::test(format!("talk::{}", session.name), || run(session)))
        .collect()
}

/// The value of the last expression and what another process does for it have no order but the machine's: on a busy one the talk's may come at a later attempt.
/// The traced lines among themselves are in the talk's order at each.
fn run(session: &Session) -> Result<(), Failed> {
    let expected: Vec<String> = session.lines.iter().map(|l| (*l).to_owned()).collect();
    let traced = |lines: &[String]| -> Vec<String> {
        let of_dbg = lines.iter().filter(|l| l.starts_with("(P)"));
        of_dbg.cloned().collect()
    };
    let mut last = Ok(());
    for _ in 0..5 {
        let (lines, stderr) = typed(session);
        if lines == expected {
            return Ok(());
        }
        let failure = format!("expected {expected:#?}\ngiven {lines:#?}\n{stderr}");
        last = Err(failure.into());
        if session.name != "dbg_process_events" || traced(&lines) != traced(&expected) {
            break;
        }
    }
    last
}

fn typed(session: &Session) -> (Vec<String>, String) {
    let output = Transom::new(["console"]).stdin(session.typed).output();
    let mut lines: Vec<String> = output
        .stdout
        .lines()
        .skip(1)
        .map(|line| super::tracing::normalised(without_prompt(line)))
        .map(|line| line.replace("<P>", "P"))
        .filter(|line| !line.starts_with("*** Terminating"))
        .collect();
    if session.name == "dbg_call" {
        lines = lines.into_iter().enumerate().map(count_replaced).collect();
    }
    (lines, output.stderr)
}

/// How many processes there are is not the talk's: the second line counts them.
fn count_replaced((at, line): (usize, String)) -> String {
    match line.strip_prefix("{ok,[{matched,nonode@nohost,") {
        Some(count) if at == 1 && count.trim_end_matches("}]}").parse::<u32>().is_ok() => {
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
