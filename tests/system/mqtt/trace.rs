//! The session tracer.

use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use transom_tests::running::PATIENCE;
use transom_tests::terminal::{Start, key};
use transom_tests::{program::Transom, scratch::Scratch, tree};

use super::broker::{Broker, Subscriber, lines_of, next_line};

/// Sections of golden_vmq.txt that print otherwise here, what they print, and why.
const DEFECTS_OFF: &[(&str, &str, &str)] = &[
    (
        "v4 SUBSCRIBE",
        "<0.9.0> MQTT RECV: CID: \"test-client\" SUBSCRIBE(m8) with topics:\n    q:0, t: \"a/b\"\n    q:2, t: \"x/#\"",
        "topics came out in reverse",
    ),
    (
        "v4 UNSUBSCRIBE",
        "<0.9.0> MQTT RECV: CID: \"test-client\" UNSUBSCRIBE(m9)\n    t: \"a/b\"",
        "topics were not shown",
    ),
    (
        "v5 PUBREC (unbalanced paren in source)",
        "<0.9.0> MQTT SEND: CID: \"test-client\" PUBREC(m1, rc: success(0))",
        "the parenthesis closed too early",
    ),
    (
        "hook auth_on_publish",
        "<0.9.0> Calling auth_on_publish(user,{[],\n                                                           <<\"test-client\">>},1,a/b,false) with payload:\n    payload longer than  (truncated)",
        "payloads of hooks were never cut",
    ),
];

/// Sections by title, without the times in front of lines (that of an unknown event is the time of printing).
fn sections(text: &str) -> Vec<(String, String)> {
    let parts = text.split("## ").skip(1);
    parts
        .filter_map(|part| part.split_once('\n'))
        .map(|(title, body)| {
            let lines: Vec<String> = body.trim_end().lines().map(after_time).collect();
            (title.to_owned(), lines.join("\n"))
        })
        .collect()
}

fn after_time(line: &str) -> String {
    match line.split_once("Z ") {
        Some((time, rest)) if time.starts_with("20") => rest.to_owned(),
        _ => line.to_owned(),
    }
}

/// Every line VerneMQ's tracer printed, but for its known defects.
pub fn golden_lines() -> Result<(), Failed> {
    let root = tree::root();
    let shown = |path: &str| root.join(path).display().to_string();
    let output = Transom::new(["run", "-I"])
        .arg(&shown("examples/mqtt/include"))
        .arg("-pa")
        .arg(&shown("examples/mqtt/src"))
        .arg(&shown("tests/tracing/mqtt_lines.erl"))
        .output();
    if output.status != Some(0) || output.stdout.contains("never shown") {
        return Err(format!("{}{}", output.stdout, output.stderr).into());
    }
    let golden = std::fs::read_to_string(root.join("tests/tracing/golden_vmq.txt"))?;
    let (golden, given) = (sections(&golden), sections(&output.stdout));
    if golden.len() != given.len() {
        return Err(format!("{} sections, {} there", given.len(), golden.len()).into());
    }
    for ((title, there), (_, here)) in golden.iter().zip(&given) {
        let defect = DEFECTS_OFF.iter().find(|(t, ..)| t == title);
        let want = defect.map_or(there.as_str(), |(_, here, _)| here);
        if here != want {
            return Err(format!("## {title}\nexpected {want}\nprinted  {here}").into());
        }
    }
    Ok(())
}

/// Lines without what differs from run to run: the time and the pid in front.
fn after_pid(line: &str) -> String {
    match line.split_once("> ") {
        Some((before, rest)) if before.contains('<') => rest.to_owned(),
        _ => line.to_owned(),
    }
}

/// `mqtt trace client client-id=ID ARGS` by an operator, once it has begun.
pub fn operator(broker: &Broker, client: &str, args: &[&str]) -> Result<Subscriber, Failed> {
    let id = format!("client-id={client}");
    let mut command = vec!["command", "broker", "mqtt", "trace", "client", id.as_str()];
    command.extend(args);
    let mut child = broker.transom(&command).spawn();
    let stdout = child.stdout.take().expect("stdout is a pipe");
    let tracer = Subscriber::new(child, lines_of(stdout));
    next_line(&tracer.lines, |l| {
        l.contains("No sessions found for client") || l.contains("existing sessions for client")
    })
    .ok_or("the trace does not start")?;
    Ok(tracer)
}

/// Waits until so many trace sessions are there.
fn sessions(broker: &Broker, wanted: usize) -> Result<(), Failed> {
    let until = Instant::now() + PATIENCE;
    loop {
        let eval = [
            "attach",
            "broker",
            "--eval",
            "length(transom_tracer:list()).",
        ];
        let answer = broker.transom(&eval).output().stdout;
        if answer.trim() == wanted.to_string() {
            return Ok(());
        }
        if Instant::now() > until {
            return Err(format!("{answer:?} trace sessions instead of {wanted}").into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// These lines come in this order, others may stand between them.
fn expect(tracer: &Subscriber, wanted: &[&str]) -> Result<(), Failed> {
    for want in wanted {
        next_line(&tracer.lines, |l| after_pid(l) == *want).ok_or(format!("no line {want:?}"))?;
    }
    Ok(())
}

pub fn trace_of_a_client() -> Result<(), Failed> {
    let broker = Broker::start("trace", &[])?;
    let mut tracer = operator(&broker, "probe", &["--trunc-payload=8", "--rate-max=1000"])?;
    broker.publish(&["-i", "other", "-t", "a", "-m", "not traced"])?;
    broker.publish(&[
        "-i",
        "probe",
        "-u",
        "me",
        "-P",
        "topsecret",
        "-q",
        "1",
        "-t",
        "a/b",
        "-m",
        "0123456789",
    ])?;
    let mut all = Vec::new();
    next_line(&tracer.lines, |l| {
        all.push(after_pid(l));
        l.ends_with("DISCONNECT()")
    })
    .ok_or(format!("no DISCONNECT after {all:#?}"))?;
    let text = all.join("\n");
    if text.contains("other") || text.contains("topsecret") {
        return Err(format!("more than the client's own packets: {text}").into());
    }
    let mut rest = all.iter();
    for want in [
        "MQTT RECV: CID: \"probe\" CONNECT(c: probe, v: 4, u: me, p: pw_no_print, cs: true, ka: 60)",
        "found for client \"probe\"",
        "MQTT SEND: CID: \"probe\" CONNACK(sp: 0, rc: 0)",
        "MQTT RECV: CID: \"probe\" PUBLISH(d0, q1, r0, m1, \"a/b\") with payload:",
        "    01234567 (truncated)",
        "MQTT SEND: CID: \"probe\" PUBACK(m1)",
        "MQTT RECV: CID: \"probe\" DISCONNECT()",
    ] {
        if !rest.any(|l| l == want) {
            return Err(format!("no line {want:?} in\n{text}").into());
        }
    }
    // A later connection of the same client is followed too; then the operator's terminal dies.
    broker.publish(&["-V", "5", "-i", "probe", "-t", "again", "-m", "x"])?;
    next_line(&tracer.lines, |l| l.contains("CONNECT(c: probe, v: 5"))
        .ok_or("the second connection is not traced")?;
    tracer.child.kill()?;
    tracer.child.wait()?;
    sessions(&broker, 0)
}

/// From a console inside the broker; Ctrl-C ends the trace, and the console goes on.
pub fn from_a_console() -> Result<(), Failed> {
    let broker = Broker::start("console", &[])?;
    let console = Start::new(["attach", "broker"], broker.folder.path()).run()?;
    console.at("1> ")?;
    console.line("mqtt_command:command([\"trace\", \"client\", \"client-id=probe\"]).");
    console.expect("No sessions found for client")?;
    broker.publish(&["-i", "probe", "-t", "a", "-m", "seen"])?;
    console.expect("MQTT RECV: CID: \"probe\" CONNECT(c: probe")?;
    console.expect("    seen")?;
    console.keys(key::CTRL_C);
    console.at("2> ")?;
    sessions(&broker, 0)
}

/// Two operators see one client each, a third both mountpoints apart; `stop_all` ends all of them.
pub fn several_clients() -> Result<(), Failed> {
    let folder = Scratch::new("trace-users")?;
    let file = folder.write("users.txt", "ann:a\n[mp1]\nbob:b\n")?;
    let broker = Broker::start("several", &["--users", &file.display().to_string()])?;
    let ann: &[&str] = &["-u", "ann", "-P", "a", "-t", "public/x"];
    let bob: &[&str] = &["-u", "bob", "-P", "b", "-t", "public/x"];
    let as_client =
        |id, user: &[&'static str], rest: &[&'static str]| [&["-i", id][..], user, rest].concat();
    let existing = broker.subscribe(&as_client("first", ann, &[]))?;
    let first = operator(&broker, "first", &["--rate-max=1000"])?;
    let second = operator(&broker, "second", &["--rate-max=1000", "--mountpoint=mp1"])?;
    broker.publish(&as_client("second", bob, &["-m", "behind the mountpoint"]))?;
    broker.publish(&as_client("third", ann, &["-m", "for first"]))?;
    existing.expect(&["for first"])?;
    expect(
        &first,
        &[
            "MQTT SEND: CID: \"first\" PUBLISH(d0, q0, r0, m0, \"public/x\") with payload:",
            "    for first",
        ],
    )?;
    expect(
        &second,
        &[
            "MQTT RECV: CID: \"second\" CONNECT(c: second, v: 4, u: bob, p: pw_no_print, cs: true, ka: 60)",
            "Hook returned \"ok\" with modifiers:",
            "    mountpoint: mp1",
            "MQTT SEND: MP: \"mp1\" CID: \"second\" CONNACK(sp: 0, rc: 0)",
            "MQTT RECV: MP: \"mp1\" CID: \"second\" PUBLISH(d0, q0, r0, m0, \"public/x\") with payload:",
            "    behind the mountpoint",
            "MQTT RECV: MP: \"mp1\" CID: \"second\" DISCONNECT()",
        ],
    )?;
    sessions(&broker, 2)?;
    let stopped = broker
        .transom(&["command", "broker", "mqtt", "trace", "stop_all"])
        .output();
    if stopped.stdout.trim() != "2 traces stopped" {
        return Err(format!("stop_all: {}{}", stopped.stdout, stopped.stderr).into());
    }
    for (tracer, id, foreign) in [(&first, "first", "second"), (&second, "second", "first")] {
        let mut seen = String::new();
        let end = format!("Trace session for {id} stopped");
        next_line(&tracer.lines, |l| {
            seen.push_str(l);
            l.ends_with(&end)
        })
        .ok_or(format!("no end of the trace of {id}: {seen}"))?;
        if seen.contains(&format!("CID: \"{foreign}\"")) {
            return Err(format!("{id}'s operator saw {foreign}: {seen}").into());
        }
    }
    sessions(&broker, 0)
}
