//! What real clients see: Debian's mosquitto_pub, mosquitto_sub and mosquitto_rr.

use std::process::Stdio;

use libtest_mimic::Failed;
use transom_tests::scratch::Scratch;

use super::broker::{Broker, lines_of, next_line};

const VERSIONS: [&str; 2] = ["311", "5"];

pub fn every_qos() -> Result<(), Failed> {
    let broker = Broker::start("qos", &[])?;
    for version in VERSIONS {
        for qos in ["0", "1", "2"] {
            let topic = format!("q/{version}/{qos}");
            let subscriber = broker.subscribe(&["-V", version, "-q", qos, "-t", &topic])?;
            for publisher in VERSIONS {
                for sent in ["0", "1", "2"] {
                    let text = format!("{publisher} {sent}");
                    broker.publish(&["-V", publisher, "-q", sent, "-t", &topic, "-m", &text])?;
                    subscriber.expect(&[&text])?;
                }
            }
        }
    }
    Ok(())
}

pub fn retained() -> Result<(), Failed> {
    let broker = Broker::start("retained", &[])?;
    for version in VERSIONS {
        let topic = format!("r/{version}");
        broker.publish(&["-V", version, "-r", "-t", &topic, "-m", "first"])?;
        broker.publish(&["-V", version, "-r", "-q", "1", "-t", &topic, "-m", "kept"])?;
        let subscriber = broker.subscribe(&["-V", version, "-t", "r/#", "-F", "%r %t %p"])?;
        subscriber.expect(&[&format!("1 {topic} kept")])?;
        broker.publish(&["-V", version, "-r", "-t", &topic, "-m", "live"])?;
        subscriber.expect(&[&format!("0 {topic} live")])?;
        broker.publish(&["-V", version, "-r", "-t", &topic, "-n"])?;
        broker.publish(&["-V", version, "-t", "r/end", "-m", "end"])?;
        let late = broker.subscribe(&["-V", version, "-t", "r/#", "-F", "%t %p"])?;
        broker.publish(&["-V", version, "-t", "r/end", "-m", "end"])?;
        late.expect(&["r/end end"])?;
    }
    Ok(())
}

pub fn will() -> Result<(), Failed> {
    let broker = Broker::start("will", &[])?;
    let watcher = broker.subscribe(&["-t", "wills/+", "-v", "-q", "1"])?;
    for version in VERSIONS {
        let topic = format!("wills/{version}");
        let args = [
            "-V",
            version,
            "-t",
            "x",
            "--will-topic",
            &topic,
            "--will-payload",
            "gone",
            "--will-qos",
            "1",
        ];
        let mut killed = broker.subscribe(&args)?;
        killed.child.kill()?;
        watcher.expect(&[&format!("{topic} gone")])?;
        // A client that says goodbye takes its will with it: the next line is another's.
        let mut ends = broker.subscribe(&[&args[..], &["-C", "1"]].concat())?;
        broker.publish(&["-t", "x", "-m", "enough"])?;
        ends.expect(&["enough"])?;
        ends.child.wait()?;
        broker.publish(&["-t", "wills/none", "-m", version])?;
        watcher.expect(&[&format!("wills/none {version}")])?;
    }
    Ok(())
}

pub fn wildcards() -> Result<(), Failed> {
    let broker = Broker::start("wildcards", &[])?;
    let cases: [(&str, &[&str], &[&str]); 6] = [
        (
            "sport/#",
            &["sport", "sport/tennis", "sport/tennis/p1"],
            &["sports", "other/sport"],
        ),
        (
            "sport/+",
            &["sport/tennis", "sport/"],
            &["sport", "sport/tennis/p1"],
        ),
        (
            "+/tennis/#",
            &["sport/tennis", "/tennis/p1"],
            &["tennis", "sport/golf"],
        ),
        ("+", &["finance"], &["/finance", "$SYS"]),
        ("#", &["a", "a/b", "/"], &["$SYS/x"]),
        ("$SYS/#", &["$SYS/x"], &["SYS/x"]),
    ];
    for (filter, matching, others) in cases {
        let subscriber = broker.subscribe(&["-t", filter, "-F", "%t"])?;
        for topic in others.iter().chain(matching) {
            broker.publish(&["-t", topic, "-m", "x"])?;
        }
        subscriber
            .expect(matching)
            .map_err(|e| format!("{filter}: {e:?}"))?;
    }
    Ok(())
}

pub fn persistent_session() -> Result<(), Failed> {
    let broker = Broker::start("persistent", &[])?;
    for (version, more) in [("311", &[][..]), ("5", &["-x", "300"][..])] {
        let id = format!("keeper-{version}");
        let mut args = vec!["-V", version, "-i", &id, "-c", "-q", "2", "-t", "p/#", "-v"];
        args.extend(more);
        drop(broker.subscribe(&args)?);
        for (qos, text) in [("1", "one"), ("2", "two"), ("1", "three")] {
            broker.publish(&["-V", version, "-q", qos, "-t", "p/x", "-m", text])?;
        }
        let back = broker.subscribe(&args)?;
        // The client prints a message of QoS 2 when it is released, after the others.
        back.expect(&["p/x one", "p/x three", "p/x two"])?;
        broker.publish(&["-t", "p/y", "-m", "now"])?;
        back.expect(&["p/y now"])?;
        drop(back);
        // A clean start forgets it all.
        let clean = ["-V", version, "-i", &id, "-t", "other", "-v"];
        drop(broker.subscribe(&clean)?);
        broker.publish(&["-q", "1", "-t", "p/x", "-m", "lost"])?;
        let again = broker.subscribe(&args)?;
        broker.publish(&["-q", "1", "-t", "p/z", "-m", "fresh"])?;
        again.expect(&["p/z fresh"])?;
    }
    Ok(())
}

pub fn request_response() -> Result<(), Failed> {
    let broker = Broker::start("rr", &[])?;
    let server = broker.subscribe(&["-V", "5", "-t", "ask", "-F", "%R %D %p"])?;
    let mut asks = broker
        .client(
            "mosquitto_rr",
            &[
                "-V",
                "5",
                "-t",
                "ask",
                "-e",
                "answers/1",
                "-m",
                "what",
                "-D",
                "publish",
                "correlation-data",
                "c7",
            ],
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    server.expect(&["answers/1 c7 what"])?;
    broker.publish(&[
        "-V",
        "5",
        "-t",
        "answers/1",
        "-m",
        "this",
        "-D",
        "publish",
        "correlation-data",
        "c7",
    ])?;
    let answer = lines_of(asks.stdout.take().expect("stdout is a pipe"));
    let line = next_line(&answer, |_| true);
    let _ = asks.kill();
    asks.wait()?;
    match line.as_deref() {
        Some("this") => Ok(()),
        other => Err(format!("mosquitto_rr printed {other:?}").into()),
    }
}

pub fn shared_subscription() -> Result<(), Failed> {
    let broker = Broker::start("shared", &[])?;
    let members = [
        broker.subscribe(&["-V", "5", "-t", "$share/g/jobs/+"])?,
        broker.subscribe(&["-V", "5", "-t", "$share/g/jobs/+"])?,
    ];
    let all = broker.subscribe(&["-V", "5", "-t", "jobs/#"])?;
    for n in 0..10 {
        broker.publish(&["-V", "5", "-t", "jobs/x", "-m", &n.to_string()])?;
    }
    all.expect(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])?;
    let mut shares = Vec::new();
    for member in &members {
        for _ in 0..5 {
            shares.push(member.next().ok_or("a member got fewer than five of ten")?);
        }
    }
    shares.sort();
    if shares == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        return Ok(());
    }
    Err(format!("the group got {shares:?}").into())
}

pub fn users() -> Result<(), Failed> {
    let folder = Scratch::new("users-file")?;
    let file = folder.write("users.txt", "ann:secret\nbob:hidden\n")?;
    let broker = Broker::start("users", &["--users", &file.display().to_string()])?;
    let ann = broker.subscribe(&["-u", "ann", "-P", "secret", "-t", "public/#"])?;
    broker.publish(&[
        "-u", "bob", "-P", "hidden", "-q", "1", "-t", "public/x", "-m", "hello",
    ])?;
    ann.expect(&["hello"])?;
    for (version, code) in [
        ("311", "bad user name or password"),
        ("5", "Bad User Name or Password"),
    ] {
        let refused = broker
            .client(
                "mosquitto_pub",
                &[
                    "-V", version, "-u", "ann", "-P", "wrong", "-t", "public/x", "-m", "no",
                ],
            )
            .output()?;
        let text = String::from_utf8_lossy(&refused.stderr).to_lowercase();
        if refused.status.success() || !text.contains(&code.to_lowercase()) {
            return Err(format!("a wrong password under {version}: {refused:?}").into());
        }
    }
    // Not allowed to publish there: refused by its reason code under 5, dropped under 3.1.1.
    let there = broker
        .client(
            "mosquitto_pub",
            &[
                "-V",
                "5",
                "-u",
                "bob",
                "-P",
                "hidden",
                "-q",
                "1",
                "-t",
                "users/ann/x",
                "-m",
                "no",
                "-d",
            ],
        )
        .output()?;
    let told = String::from_utf8_lossy(&there.stdout).into_owned()
        + &String::from_utf8_lossy(&there.stderr);
    if told.contains("RC:135") || told.to_lowercase().contains("not authorized") {
        return Ok(());
    }
    Err(format!("publishing where it is not allowed: {told}").into())
}
