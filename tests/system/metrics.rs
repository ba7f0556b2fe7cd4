//! Figures for Prometheus: the text is one that it would read, and the port serves those who know the token and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::running::{PATIENCE, Running, contains, ended, equal, until};
use transom_tests::scratch::Scratch;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("metrics::the_text_is_well_formed", well_formed),
        Trial::test("metrics::histograms_show_what_happens", distributions),
        Trial::test("metrics::over_http_with_a_token", http),
    ]
}

const FILE: &str = "tests/control/clerk.erl";

fn well_formed() -> Result<(), Failed> {
    // A node's name with what a label must escape.
    let args = ["run", "--name", "clerk", FILE];
    let vm = Running::start("metrics-text", "clerk", &args)?;
    vm.answers("command", &["clerk", "status", "0"])?;
    let output = vm.ask("metrics", &[]);
    ended(&output, 0)?;
    let families = read(&output.stdout)?;
    for name in [
        "transom_processes",
        "transom_memory_bytes",
        "transom_reductions_total",
        "transom_scheduler_run_queue",
        "transom_gc_pause_seconds",
        "transom_run_queue_length",
        "transom_mailbox_length",
        "transom_process_memory_bytes",
    ] {
        equal(families.contains(name), true)?;
    }
    let labels = "lists:flatten(transom_metrics:labels([{\"k\", \"a\\\\b\\\"c\\nd\"}]))";
    let escaped = vm.ask(
        "attach",
        &["--eval", &format!("io:format(\"~ts~n\", [{labels}])")],
    );
    contains(&escaped.stdout, "{k=\"a\\\\b\\\"c\\nd\"}")
}

/// Reads the text as Prometheus does; the names of the families.
fn read(text: &str) -> Result<BTreeSet<String>, Failed> {
    let (mut helps, mut types, mut samples) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
    let mut current = String::new();
    equal(text.ends_with('\n'), true)?;
    for line in text.lines() {
        let wrong = |why: &str| Failed::from(format!("{why}: {line}"));
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').ok_or_else(|| wrong("no help"))?;
            current = name.to_owned();
            let fresh = helps.insert(name.to_owned());
            if !fresh || help.is_empty() {
                return Err(wrong("help twice or empty"));
            }
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').ok_or_else(|| wrong("no type"))?;
            if name != current || !["counter", "gauge", "histogram"].contains(&kind) {
                return Err(wrong("a type out of place"));
            }
            types.insert(name.to_owned(), kind.to_owned());
        } else {
            let (series, value) = line.rsplit_once(' ').ok_or_else(|| wrong("no value"))?;
            value.parse::<f64>().map_err(|_| wrong("no number"))?;
            let whole = series.split('{').next().unwrap_or("");
            let histogram = types.get(&current).map(String::as_str) == Some("histogram");
            let part = ["_bucket", "_sum", "_count"]
                .iter()
                .find_map(|part| whole.strip_suffix(part));
            let name = part.filter(|_| histogram).unwrap_or(whole);
            if histogram && name == whole {
                return Err(wrong("a histogram has buckets, a sum and a count"));
            }
            let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
            if name != current
                || !name.chars().all(good)
                || name.starts_with(|c: char| c.is_ascii_digit())
            {
                return Err(wrong("a sample out of place"));
            }
            let counter = types.get(whole).map(String::as_str) == Some("counter");
            if counter != whole.ends_with("_total") {
                return Err(wrong("only counters end in _total, and all do"));
            }
            if !samples.insert(series.to_owned()) {
                return Err(wrong("a series twice"));
            }
        }
    }
    equal(helps.len(), types.len())?;
    for (name, _) in types.iter().filter(|(_, kind)| *kind == "histogram") {
        buckets(text, name)?;
    }
    Ok(helps)
}

/// Bounds grow, counts do not fall, and the last bucket, which has no bound, has all that were counted.
fn buckets(text: &str, name: &str) -> Result<Vec<(f64, f64)>, Failed> {
    let head = format!("{name}_bucket{{le=\"");
    let mut all = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix(&head)) {
        let (bound, count) = line.split_once("\"} ").ok_or(line)?;
        let bound = match bound {
            "+Inf" => f64::INFINITY,
            number => number.parse()?,
        };
        all.push((bound, count.parse()?));
    }
    let grows = all
        .windows(2)
        .all(|w: &[(f64, f64)]| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
    let last = all.last().copied().unwrap_or_default();
    let value = |part: &str| -> Result<f64, Failed> {
        let head = format!("{name}{part} ");
        let mut found = text.lines().filter_map(|line| line.strip_prefix(&head));
        Ok(found.next().ok_or(head.clone())?.parse()?)
    };
    let sum = value("_sum")?;
    if !grows || last != (f64::INFINITY, value("_count")?) || sum < 0.0 {
        return Err(format!("no histogram: {name} {all:?}").into());
    }
    Ok(all)
}

/// What the program does is seen in the histograms: a large heap collected, long mailboxes, many processes at once.
fn distributions() -> Result<(), Failed> {
    let args = ["run", "--name", "clerk", "--schedulers", "1", FILE];
    let vm = Running::start("metrics-histograms", "clerk", &args)?;
    vm.answers("command", &["clerk", "status", "0"])?;
    let text = || vm.ask("metrics", &[]).stdout;
    let above = |text: &str, name: &str, bound: f64| -> Result<f64, Failed> {
        let all = buckets(text, name)?;
        let below = all.iter().rev().find(|(le, _)| *le <= bound);
        Ok(all.last().map_or(0.0, |(_, n)| *n) - below.map_or(0.0, |(_, n)| *n))
    };
    let before = text();
    let work = "P = spawn(fun() -> receive stop -> ok end end), [P ! N || N <- lists:seq(1, 2000)],
        L = [{N, integer_to_list(N)} || N <- lists:seq(1, 500000)], garbage_collect(), true = length(L) > 0,
        Ps = [spawn_monitor(fun() -> [erlang:yield() || _ <- lists:seq(1, 200)] end) || _ <- lists:seq(1, 200)],
        [receive {'DOWN', M, _, _, _} -> ok end || {_, M} <- Ps], ok";
    ended(&vm.ask("attach", &["--eval", work]), 0)?;
    let after = text();
    for (name, bound) in [
        ("transom_gc_pause_seconds", 0.001),
        ("transom_run_queue_length", 64.0),
        ("transom_mailbox_length", 1000.0),
    ] {
        let (before, after) = (above(&before, name, bound)?, above(&after, name, bound)?);
        if after <= before {
            return Err(format!("{name} above {bound}: {before} before, {after} after").into());
        }
    }
    // All processes are in the distributions of the moment.
    let processes = |name: &str| above(&after, name, -1.0);
    let count = processes("transom_mailbox_length")?;
    equal(count, processes("transom_process_memory_bytes")?)?;
    equal(count > 5.0, true)
}

/// Sends a request and reads the answer to its end.
fn request(port: u16, text: &str) -> Result<String, Failed> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(text.as_bytes())?;
    let mut answer = String::new();
    // A server that refuses may reset what it did not read.
    let _reset = stream.read_to_string(&mut answer);
    Ok(answer)
}

fn http() -> Result<(), Failed> {
    let directory = Scratch::new("metrics-http")?;
    let mut child = Transom::new(["run", "--name", "clerk", "--metrics-port", "0", FILE])
        .env("XDG_RUNTIME_DIR", directory.path())
        .spawn();
    let stderr = child.stderr.take().expect("stderr is a pipe");
    let vm = Running::of(child, directory, "clerk");
    let mut line = String::new();
    BufReader::new(stderr).read_line(&mut line)?;
    let (url, file) = line.trim().split_once(", token in ").ok_or(line.clone())?;
    let port = url
        .trim_end_matches("/metrics")
        .rsplit(':')
        .next()
        .unwrap_or("");
    let port: u16 = port.parse()?;
    let token = std::fs::read_to_string(file)?;
    let token = token.trim();
    vm.answers("command", &["clerk", "status", "0"])?;
    let with =
        |head: &str| format!("{head} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n");
    let good = request(port, &with("GET /metrics"))?;
    let (head, body) = good.split_once("\r\n\r\n").ok_or("an answer has a head")?;
    contains(head, "HTTP/1.1 200 OK")?;
    contains(
        head,
        "Content-Type: text/plain; version=0.0.4; charset=utf-8",
    )?;
    contains(head, &format!("Content-Length: {}", body.len()))?;
    read(body)?;
    contains(&request(port, &with("HEAD /metrics"))?, "200 OK")?;
    for (text, status) in [
        ("GET /metrics HTTP/1.1\r\n\r\n".to_owned(), "401"),
        (
            "GET /metrics HTTP/1.1\r\nAuthorization: Bearer wrong\r\n\r\n".to_owned(),
            "401",
        ),
        (with("GET /"), "404"),
        (with("DELETE /metrics"), "405"),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (
            format!("GET /metrics HTTP/1.1\r\nX: {}", "y".repeat(9_000)),
            "431",
        ),
    ] {
        contains(&request(port, &text)?, &format!("HTTP/1.1 {status} "))?;
    }
    // Idle connections take all places and are ended; then there is room again.
    let idle: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(("127.0.0.1", port)))
        .collect::<Result<_, _>>()?;
    equal(vm.ask("command", &["clerk", "status", "7"]).status, Some(7))?;
    until(PATIENCE, "idle connections are ended", || {
        request(port, &with("GET /metrics")).is_ok_and(|answer| answer.contains("200 OK"))
    })?;
    drop(idle);
    ended(&vm.ask("stop", &[]), 0)?;
    until(PATIENCE, "the token is gone", || {
        !std::path::Path::new(file).exists()
    })
}
