//! The topic matcher replaced in a running broker.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use libtest_mimic::Failed;
use transom_tests::{scratch::Scratch, tree};

use super::broker::{Broker, next_line};
use super::trace::operator;

fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Messages with QoS 1 and 2 flow while the matcher is replaced and a client is traced. Each must come once, in order; nobody is disconnected; the trace
/// goes on.
pub fn hot_change() -> Result<(), Failed> {
    const MESSAGES: usize = 400;
    let folder = Scratch::new("hot-source")?;
    let source = folder.path();
    let example = tree::root().join("examples/mqtt");
    copy(&example, source)?;
    let module = source.join("src/mqtt_topic.erl");
    std::fs::copy(example.join("buggy/mqtt_topic.erl"), &module)?;
    let broker = Broker::start_from(source, "hot", &[])?;
    let parent = broker.subscribe(&["-t", "sport/#", "-q", "1"])?;
    let steady: Vec<_> = ["1", "2"]
        .into_iter()
        .map(|qos| broker.subscribe(&["-i", &format!("steady-{qos}"), "-t", "load/+", "-q", qos]))
        .collect::<Result<_, _>>()?;
    let tracer = operator(&broker, "steady-2", &["--rate-max=100000"])?;
    // The bug: `sport/#` does not match `sport` itself.
    broker.publish(&["-t", "sport", "-q", "1", "-m", "unheard"])?;
    let mut feeder = broker
        .client(
            "mosquitto_pub",
            &["-i", "feeder", "-q", "2", "-t", "load/x", "-l"],
        )
        .stdin(Stdio::piped())
        .spawn()?;
    let mut feed = feeder.stdin.take().expect("stdin is a pipe");
    // A quarter of the messages has come before the reload; the rest is fed while it goes on.
    let numbers: Vec<String> = (0..MESSAGES).map(|n| n.to_string()).collect();
    let (before, behind) = numbers.split_at(MESSAGES / 4);
    for n in before {
        writeln!(feed, "{n}")?;
    }
    for client in &steady {
        client.expect(&before.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    let behind_too = behind.to_vec();
    let writer = std::thread::spawn(move || -> std::io::Result<()> {
        behind_too.iter().try_for_each(|n| writeln!(feed, "{n}"))
    });
    std::fs::copy(example.join("src/mqtt_topic.erl"), &module)?;
    let reload = broker.transom(&["reload", "broker"]).output();
    if reload.status != Some(0) {
        return Err(format!("reload: {}{}", reload.stdout, reload.stderr).into());
    }
    broker.publish(&["-t", "sport", "-q", "1", "-m", "heard"])?;
    parent.expect(&["heard"])?;
    writer.join().map_err(|_| "the feeder panicked")??;
    for client in &steady {
        client.expect(&behind.iter().map(String::as_str).collect::<Vec<_>>())?;
        // A client that lost its connection would have told (`-d`) of another CONNECT.
        client.never_reconnected()?;
    }
    feeder.wait()?;
    let mut traced = 0;
    let last = format!("    {}", MESSAGES - 1);
    next_line(&tracer.lines, |l| {
        traced += usize::from(l.contains("MQTT SEND") && l.contains("PUBLISH("));
        l == last
    })
    .ok_or("the trace does not reach the last message")?;
    if traced != MESSAGES {
        return Err(format!("{traced} of {MESSAGES} messages traced across the change").into());
    }
    Ok(())
}
