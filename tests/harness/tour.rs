//! The first five minutes of a new user in the console: keys as they are typed, and what is waited for before the next. `docs/first-minutes.cast` and
//! `docs/first-minutes.md` are made from it (`cargo run -p transom-tests --bin first-minutes`), and a test holds the latter against today's console.

use std::time::Duration;

use regex::Regex;

use crate::scratch::Scratch;
use crate::terminal::{Start, Terminal, key};

/// What a step does.
enum Step {
    /// Types a text and presses Enter; then this prompt stands there.
    Line(&'static str, &'static str),
    /// Types a text and waits until it, or what became of it, stands there.
    Keys(&'static str, &'static str),
    /// Types while the system is at work.
    Busy(&'static str),
    /// Time to read.
    Pause(u64),
}

use Step::{Busy, Keys, Line, Pause};

/// A module with a mistake, which the user has written before.
const COUNTER: &str = "-module(counter).
-export([start/0, add/2, loop/1]).

start() -> spawn(?MODULE, loop, [0]).

add(Pid, N) -> Pid ! {add, N, self()}, receive Total -> Total end.

loop(Total) ->
    receive
        {add, N, From} ->
            {ok, Sum} = Total + N,
            From ! Sum,
            loop(Sum)
    end.
";

const STEPS: &[Step] = &[
    Pause(800),
    Line("1 + 2.", "2> "),
    Line("Name = \"Transom\", string:length(Name).", "3> "),
    // Tab completes, twice shows what there is.
    Keys("lists:seq\t\t", "3> lists:seq("),
    Pause(800),
    Line("1, 10).", "4> "),
    Line("h(lists, seq).", "5> "),
    Pause(1500),
    // An expression goes on until its dot.
    Line("Squares = [N * N ||", ""),
    Line("    N <- v(3)].", "6> "),
    // Mistakes are answered with their place and with what may have been meant.
    Line("lists:revrese(Squares).", "7> "),
    Pause(800),
    Line("Name = 5.", "8> "),
    Pause(800),
    Line("{ok, lists:sum(Squares}.", "8> "),
    Pause(800),
    // Up brings it back.
    Keys("\x1b[A", "8> {ok, lists:sum(Squares}."),
    Keys("\x1b[D\x1b[D", "8> {ok, lists:sum(Squares}."),
    Line(")", "9> "),
    // Functions and records can be written here.
    Line("fact(0) -> 1; fact(N) -> N * fact(N - 1).", "10> "),
    Line("fact(30).", "11> "),
    Line("rd(user, {name, age = 0}).", "12> "),
    Line("#user{name = Name}.", "13> "),
    // Processes.
    Line(
        "Echo = spawn(fun() -> receive {From, What} -> From ! {heard, What} end end).",
        "14> ",
    ),
    Line("Echo ! {self(), hello}, flush().", "15> "),
    // A module of one's own, with a mistake in it.
    Line("c(counter).", "16> "),
    Line("C = counter:start(), counter:add(C, 1).", ""),
    Pause(1200),
    // It waits for an answer that will not come: Ctrl-C.
    Busy(key::CTRL_C),
    Keys("", "17> "),
    Pause(800),
    // Watching what happens.
    Line(
        "dbg:tracer(), dbg:p(all, c), dbg:tp(lists, seq, x).",
        "18> ",
    ),
    Line("lists:seq(1, 3).", "19> "),
    Line("dbg:stop().", "20> "),
    Line(
        "redbug:start(\"lists:sum/1 -> return\", [{time, 5000}, {msgs, 1}]).",
        "21> ",
    ),
    Line(
        "spawn(fun() -> receive after 300 -> lists:sum([1, 2, 3]) end end).",
        "22> ",
    ),
    // What others print stands above the line that is being typed.
    Keys("b", "22> b"),
    Pause(1500),
    Line("().", "23> "),
    Pause(800),
    // Another job, and back.
    Keys(key::CTRL_G, " --> "),
    Line("s", " --> "),
    Line("c", "1> "),
    Line("self().", "2> "),
    Keys(key::CTRL_G, " --> "),
    Line("j", " --> "),
    Line("c 1", "23> "),
    Line("uptime().", "24> "),
    Pause(500),
];

/// Lines of the terminal.
pub const ROWS: u16 = 30;
/// Columns of the terminal.
pub const COLUMNS: u16 = 100;

/// Types all of it; `slow` at the speed of a person.
///
/// # Errors
/// Something that was waited for did not come.
pub fn play(home: &Scratch, slow: bool) -> Result<Terminal, String> {
    let io = |e: std::io::Error| e.to_string();
    home.write("counter.erl", COUNTER).map_err(io)?;
    let start = Start::new(["console", "--no-control"], home.path()).size(ROWS, COLUMNS);
    let start = if slow { start.colours() } else { start };
    let mut terminal = start.run().map_err(|e| e.to_string())?;
    terminal.at("1> ")?;
    for step in STEPS {
        match step {
            Line(text, prompt) => {
                type_in(&terminal, text, slow);
                terminal.keys(key::ENTER);
                if prompt.is_empty() {
                    std::thread::sleep(Duration::from_millis(150));
                } else {
                    terminal.at(prompt)?;
                }
            }
            Keys(text, line) => {
                type_in(&terminal, text, slow);
                terminal.at(line)?;
            }
            Busy(text) => terminal.keys(text),
            Pause(time) => std::thread::sleep(Duration::from_millis(if slow {
                *time
            } else {
                // Time enough for what comes by itself.
                (*time / 2).max(400)
            })),
        }
    }
    // Another job is there: the end of this one leads to the menu.
    terminal.keys(key::CTRL_D);
    terminal.at(" --> ")?;
    terminal.line("q");
    terminal.ended()?;
    Ok(terminal)
}

fn type_in(terminal: &Terminal, text: &str, slow: bool) {
    if !slow || text.starts_with('\x1b') {
        terminal.keys(text);
        return;
    }
    for c in text.chars() {
        terminal.keys(c.to_string());
        std::thread::sleep(Duration::from_millis(if c == ' ' { 60 } else { 35 }));
    }
}

/// What stood on the screen, without what differs from run to run.
pub fn transcript(terminal: &Terminal) -> String {
    let rules = [
        (r"<\d+\.\d+\.\d+>", "<0.84.0>"),
        (r"\d{2}:\d{2}:\d{2}(\.\d+)?", "12:00:00"),
        (r"\d{1,2}-[A-Z][a-z]{2}-\d{4}", "1-Jan-2026"),
        (r"(?m)^\d+ seconds$", "0 seconds"),
        (r"matched,nonode@nohost,\d\d+", "matched,nonode@nohost,32"),
        (r"redbug_nonode@nohost,\d+,", "redbug_nonode@nohost,10,"),
        (r"Eshell V[0-9.]+", "Eshell V15"),
        (r"(?m) +$", ""),
    ];
    let mut text = terminal.all();
    for (pattern, with) in rules {
        let rule = Regex::new(pattern).expect("the patterns above are right");
        text = rule.replace_all(&text, with).into_owned();
    }
    text.trim_end().to_owned() + "\n"
}

/// The recording in the format of asciinema, version 2. Pauses are two seconds at most.
pub fn cast(terminal: &Terminal) -> String {
    let mut out = format!(
        "{{\"version\": 2, \"width\": {COLUMNS}, \"height\": {ROWS}, \"title\": \"Transom: the first five minutes\"}}\n"
    );
    let (mut at, mut before) = (Duration::ZERO, Duration::ZERO);
    let mut held: Vec<u8> = Vec::new();
    for (time, bytes) in terminal.events() {
        at += time.saturating_sub(before).min(Duration::from_secs(2));
        before = time;
        held.extend(&bytes);
        // A character may be cut by the end of a piece.
        let whole = match std::str::from_utf8(&held) {
            Ok(text) => text.len(),
            Err(e) => e.valid_up_to(),
        };
        let text = String::from_utf8_lossy(&held[..whole]).into_owned();
        held.drain(..whole);
        out.push_str(&format!(
            "[{:.3}, \"o\", {}]\n",
            at.as_secs_f64(),
            quoted(&text)
        ));
    }
    out
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' || c == '\x7f' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The page `docs/first-minutes.md` with this transcript.
pub fn page(transcript: &str) -> String {
    format!(
        "# The first five minutes

What somebody sees who starts `transom console` for the first time. `first-minutes.cast` beside this page is the same as a recording (`asciinema play
docs/first-minutes.cast`); both are made by `cargo run --release -p transom-tests --bin first-minutes`, which types into the real console.

Tab completes names; an expression goes on until its dot; Up brings earlier lines back, also those of yesterday. A mistake is answered in the words of
Erlang's shell, with its place in the source and what may have been meant. Ctrl-C gives up a line, or an evaluation that does not end. Whatever other
processes and traces print stands above the line being typed. Ctrl-G is the menu of jobs. Ctrl-D leaves.

```
{transcript}```
"
    )
}
