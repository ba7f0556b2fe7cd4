//! The MQTT broker of examples/mqtt under real clients: Debian's mosquitto_pub, mosquitto_sub and mosquitto_rr. Without them these tests are
//! counted as ignored. Packets that no well-behaved client sends come from sockets of our own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::tree;

/// Long enough for a loaded machine; what is waited for usually comes in milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);
const VERSIONS: [&str; 2] = ["311", "5"];

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn() -> Result<(), Failed>); 12] = [
        ("every_qos_both_versions", every_qos),
        ("retained_messages", retained),
        ("will_of_a_killed_client", will),
        ("wildcards", wildcards),
        ("persistent_session", persistent_session),
        ("request_and_response", request_response),
        ("shared_subscription", shared_subscription),
        ("users_and_passwords", users),
        ("malformed_packets_end_only_their_connection", malformed),
        ("expiry_and_aliases", expiry_and_aliases),
        ("trace_of_a_client", trace_of_a_client),
        ("matcher_replaced_while_clients_publish", hot_change),
    ];
    let have_clients = ["mosquitto_pub", "mosquitto_sub", "mosquitto_rr"]
        .iter()
        .all(|name| {
            Command::new(name)
                .arg("--help")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok()
        });
    if !have_clients {
        eprintln!(
            "mosquitto_pub, mosquitto_sub or mosquitto_rr is not installed: the broker's tests are skipped"
        );
    }
    tests
        .into_iter()
        .map(|(name, run)| {
            Trial::test(format!("mqtt::{name}"), run).with_ignored_flag(!have_clients)
        })
        .collect()
}

/// A running broker, ended when dropped.
struct Broker {
    child: Child,
    port: u16,
    folder: PathBuf,
    lines: Receiver<String>,
}

impl Broker {
    fn start(what: &str, arguments: &[&str]) -> Result<Self, Failed> {
        Self::start_from(&tree::root().join("examples/mqtt"), what, arguments)
    }

    fn start_from(source: &Path, what: &str, arguments: &[&str]) -> Result<Self, Failed> {
        let folder = scratch(what)?;
        let mut args = vec!["run", "--name", "broker"];
        let source = source.display().to_string();
        args.extend([source.as_str(), "--", "--port", "0"]);
        args.extend(arguments);
        let mut child = Transom::new(args).env("XDG_RUNTIME_DIR", &folder).spawn();
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let errors = lines_of(child.stderr.take().expect("stderr is a pipe"));
        let mut broker = Broker {
            child,
            port: 0,
            folder,
            lines,
        };
        let Some(line) = next_line(&broker.lines, |l| l.contains("listening on port")) else {
            let why: Vec<String> = errors.try_iter().collect();
            return Err(format!("the broker does not listen\n{}", why.join("\n")).into());
        };
        let port = line.rsplit(' ').next().and_then(|p| p.parse().ok());
        broker.port = port.ok_or(format!("no port in {line:?}"))?;
        Ok(broker)
    }

    /// `transom ARGS` for this broker.
    fn transom(&self, args: &[&str]) -> Transom {
        Transom::new(args).env("XDG_RUNTIME_DIR", &self.folder)
    }

    fn client(&self, program: &str, args: &[&str]) -> Command {
        // The clients buffer what they print on a pipe.
        let mut command = Command::new("stdbuf");
        command
            .args(["-oL", program, "-p", &self.port.to_string()])
            .args(args);
        command
    }

    fn publish(&self, args: &[&str]) -> Result<(), Failed> {
        let output = self.client("mosquitto_pub", args).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("mosquitto_pub {args:?}: {output:?}").into())
    }

    /// A subscriber that has got its SUBACK.
    fn subscribe(&self, args: &[&str]) -> Result<Subscriber, Failed> {
        let mut child = self
            .client("mosquitto_sub", args)
            .arg("-d")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let mut subscriber = Subscriber::new(child, lines);
        // A session that was there before gets its messages before the SUBACK.
        let mut early = VecDeque::new();
        let subscribed = next_line(&subscriber.lines, |l| {
            if !is_debug(l) {
                early.push_back(l.to_owned());
            }
            l.starts_with("Subscribed")
        });
        subscriber.early = RefCell::new(early);
        match subscribed {
            Some(_) => Ok(subscriber),
            None => Err(format!("mosquitto_sub {args:?} got no SUBACK").into()),
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        // The broker may have ended by itself; the folder is only scratch.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A client that prints, ended when dropped; of `mosquitto_sub` its lines without those of `-d`.
struct Subscriber {
    child: Child,
    lines: Receiver<String>,
    early: RefCell<VecDeque<String>>,
}

/// Lines of `mosquitto_sub -d` that are no messages.
fn is_debug(line: &str) -> bool {
    line.starts_with("Client ") || line.starts_with("Subscribed")
}

impl Subscriber {
    fn new(child: Child, lines: Receiver<String>) -> Self {
        let early = RefCell::default();
        Self {
            child,
            lines,
            early,
        }
    }

    fn next(&self) -> Option<String> {
        let early = self.early.borrow_mut().pop_front();
        early.or_else(|| next_line(&self.lines, |l| !is_debug(l)))
    }

    fn expect(&self, wanted: &[&str]) -> Result<(), Failed> {
        for want in wanted {
            let got = self.next();
            if got.as_deref() != Some(*want) {
                return Err(format!("expected {want:?}, got {got:?}").into());
            }
        }
        Ok(())
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn scratch(what: &str) -> Result<PathBuf, Failed> {
    let folder = std::env::temp_dir().join(format!("transom-mqtt-{}-{what}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn lines_of(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn next_line(lines: &Receiver<String>, mut wanted: impl FnMut(&str) -> bool) -> Option<String> {
    let until = Instant::now() + PATIENCE;
    while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if wanted(&line) {
            return Some(line);
        }
    }
    None
}

fn every_qos() -> Result<(), Failed> {
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

fn retained() -> Result<(), Failed> {
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

fn will() -> Result<(), Failed> {
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

fn wildcards() -> Result<(), Failed> {
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

fn persistent_session() -> Result<(), Failed> {
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

fn request_response() -> Result<(), Failed> {
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

fn shared_subscription() -> Result<(), Failed> {
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

fn users() -> Result<(), Failed> {
    let folder = scratch("users-file")?;
    let file = folder.join("users.txt");
    std::fs::write(&file, "ann:secret\nbob:hidden\n")?;
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
    std::fs::remove_dir_all(&folder)?;
    let told = String::from_utf8_lossy(&there.stdout).into_owned()
        + &String::from_utf8_lossy(&there.stderr);
    if told.contains("RC:135") || told.to_lowercase().contains("not authorized") {
        return Ok(());
    }
    Err(format!("publishing where it is not allowed: {told}").into())
}

/// A connection that speaks bytes.
fn raw(broker: &Broker, hello: &[u8]) -> Result<TcpStream, Failed> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, broker.port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(hello)?;
    Ok(stream)
}

/// CONNECT of MQTT 5 with these properties.
fn connect5(id: &str, properties: &[u8]) -> Vec<u8> {
    let mut body = vec![
        0,
        4,
        b'M',
        b'Q',
        b'T',
        b'T',
        5,
        2,
        0,
        0,
        properties.len() as u8,
    ];
    body.extend(properties);
    body.extend([0, id.len() as u8]);
    body.extend(id.as_bytes());
    let mut packet = vec![0x10, body.len() as u8];
    packet.extend(body);
    packet
}

/// One packet with a body shorter than 128 bytes.
fn packet(stream: &mut TcpStream) -> Result<Vec<u8>, Failed> {
    let mut head = [0; 2];
    stream.read_exact(&mut head)?;
    let mut all = head.to_vec();
    all.resize(2 + usize::from(head[1]), 0);
    stream.read_exact(&mut all[2..])?;
    Ok(all)
}

fn closed(stream: &mut TcpStream) -> Result<(), Failed> {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(0) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::ConnectionReset => Ok(()),
        other => Err(format!("the connection stays open: {other:?} {rest:?}").into()),
    }
}

fn malformed() -> Result<(), Failed> {
    let broker = Broker::start("malformed", &[])?;
    let bystander = broker.subscribe(&["-t", "alive", "-q", "1"])?;
    let bad: [(&str, &[u8], u8); 9] = [
        ("reserved flags", &[0x81, 5, 0, 1, 0, 0, 0], 0x81),
        ("QoS 3", &[0x36, 5, 0, 1, b'a', 0, 1], 0x81),
        ("a second CONNECT", &connect5("bad", &[]), 0x82),
        ("a name with a wildcard", &[0x30, 4, 0, 1, b'#', 0], 0x90),
        ("a string that is no UTF-8", &[0x30, 4, 0, 1, 0xff, 0], 0x81),
        (
            "a length of five bytes",
            &[0x30, 0xff, 0xff, 0xff, 0xff, 1],
            0x81,
        ),
        (
            "a packet over the limit",
            &[0x30, 0xff, 0xff, 0xff, 0x7f],
            0x95,
        ),
        (
            "an alias nobody set",
            &[0x30, 7, 0, 0, 3, 0x23, 0, 9, b'x'],
            0x94,
        ),
        (
            "an unknown property",
            &[0x30, 6, 0, 1, b'a', 2, 0x77, 0],
            0x81,
        ),
    ];
    for (what, bytes, code) in bad {
        let mut stream = raw(&broker, &connect5("bad", &[]))?;
        packet(&mut stream)?;
        stream.write_all(bytes)?;
        let answer = packet(&mut stream)?;
        if answer.first() != Some(&0xe0) || answer.get(2) != Some(&code) {
            return Err(format!("{what}: {answer:x?}").into());
        }
        closed(&mut stream)?;
    }
    // Before CONNECT nobody is told anything.
    for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xc0, 0], &[0x10, 0]] {
        closed(&mut raw(&broker, bytes)?)?;
    }
    broker.publish(&["-t", "alive", "-q", "1", "-m", "still"])?;
    bystander.expect(&["still"])
}

fn expiry_and_aliases() -> Result<(), Failed> {
    let broker = Broker::start("expiry", &[])?;
    // A session that lives on, its client away: a message that expires and one that does not.
    let args = [
        "-V", "5", "-i", "sleeper", "-c", "-x", "300", "-q", "1", "-t", "e", "-F", "%p %E",
    ];
    drop(broker.subscribe(&args)?);
    broker.publish(&[
        "-V",
        "5",
        "-q",
        "1",
        "-t",
        "e",
        "-m",
        "brief",
        "-D",
        "publish",
        "message-expiry-interval",
        "1",
    ])?;
    broker.publish(&[
        "-V",
        "5",
        "-q",
        "1",
        "-t",
        "e",
        "-m",
        "long",
        "-D",
        "publish",
        "message-expiry-interval",
        "1000",
    ])?;
    std::thread::sleep(Duration::from_millis(1_300));
    let back = broker.subscribe(&args)?;
    let line = back.next().unwrap_or_default();
    let left: Option<u32> = line.strip_prefix("long ").and_then(|n| n.parse().ok());
    if !left.is_some_and(|n| (990..=999).contains(&n)) {
        return Err(format!("after the expiry: {line:?}").into());
    }
    // Aliases: set with a name, then used without, heard under the name.
    let listener = broker.subscribe(&["-t", "alias/#", "-v"])?;
    let mut stream = raw(&broker, &connect5("aliases", &[]))?;
    packet(&mut stream)?;
    stream.write_all(&[
        0x30, 14, 0, 7, b'a', b'l', b'i', b'a', b's', b'/', b'1', 3, 0x23, 0, 1, b'A',
    ])?;
    stream.write_all(&[0x30, 7, 0, 0, 3, 0x23, 0, 1, b'B'])?;
    listener.expect(&["alias/1 A", "alias/1 B"])?;
    // A session whose expiry has passed is gone.
    let mut short = raw(&broker, &connect5("short", &[0x11, 0, 0, 0, 1]))?;
    packet(&mut short)?;
    drop(short);
    std::thread::sleep(Duration::from_millis(1_500));
    let sessions = broker
        .transom(&["command", "broker", "mqtt", "sessions"])
        .output();
    if sessions.stdout.contains("short ") || !sessions.stdout.contains("sleeper ") {
        return Err(format!("sessions: {}{}", sessions.stdout, sessions.stderr).into());
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

fn trace_of_a_client() -> Result<(), Failed> {
    let broker = Broker::start("trace", &[])?;
    let mut child = broker
        .transom(&[
            "command",
            "broker",
            "mqtt",
            "trace",
            "client",
            "client-id=probe",
            "--trunc-payload=8",
            "--rate-max=1000",
        ])
        .spawn();
    let stdout = child.stdout.take().expect("stdout is a pipe");
    let mut tracer = Subscriber::new(child, lines_of(stdout));
    next_line(&tracer.lines, |l| {
        l.contains("No sessions found for client \"probe\"")
    })
    .ok_or("the trace does not start")?;
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
    let expected = [
        "MQTT RECV: CID: \"probe\" CONNECT(c: probe, v: 4, u: me, p: pw_no_print, cs: true, ka: 60)",
        "MQTT SEND: CID: \"probe\" CONNACK(sp: 0, rc: 0)",
        "MQTT RECV: CID: \"probe\" PUBLISH(d0, q1, r0, m1, \"a/b\") with payload:",
        "    01234567 (truncated)",
        "MQTT SEND: CID: \"probe\" PUBACK(m1)",
        "MQTT RECV: CID: \"probe\" DISCONNECT()",
    ];
    for want in expected {
        next_line(&tracer.lines, |l| after_pid(l) == want).ok_or(format!("no line {want:?}"))?;
    }
    // A later connection of the same client is followed too; then the operator's terminal dies.
    broker.publish(&["-V", "5", "-i", "probe", "-t", "again", "-m", "x"])?;
    next_line(&tracer.lines, |l| l.contains("CONNECT(c: probe, v: 5"))
        .ok_or("the second connection is not traced")?;
    let bits = || {
        broker
            .transom(&[
                "attach",
                "broker",
                "--eval",
                "length(transom_tracer:list()).",
            ])
            .output()
            .stdout
    };
    let before = bits();
    tracer.child.kill()?;
    tracer.child.wait()?;
    let until = Instant::now() + PATIENCE;
    while bits().trim() != "0" {
        if Instant::now() > until {
            return Err(format!(
                "trace sessions before {before:?}, after the terminal's death {:?}",
                bits()
            )
            .into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

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

fn hot_change() -> Result<(), Failed> {
    let source = scratch("hot-source")?;
    let example = tree::root().join("examples/mqtt");
    copy(&example, &source)?;
    let module = source.join("src/mqtt_topic.erl");
    std::fs::copy(example.join("buggy/mqtt_topic.erl"), &module)?;
    let broker = Broker::start_from(&source, "hot", &[])?;
    let parent = broker.subscribe(&["-t", "sport/#", "-q", "1"])?;
    let steady = broker.subscribe(&["-i", "steady", "-t", "load/+", "-q", "2"])?;
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
    let writer = std::thread::spawn(move || -> std::io::Result<()> {
        for n in 0..400 {
            writeln!(feed, "{n}")?;
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    });
    std::thread::sleep(Duration::from_millis(500));
    std::fs::copy(example.join("src/mqtt_topic.erl"), &module)?;
    let reload = broker.transom(&["reload", "broker"]).output();
    if reload.status != Some(0) {
        return Err(format!("reload: {}{}", reload.stdout, reload.stderr).into());
    }
    broker.publish(&["-t", "sport", "-q", "1", "-m", "heard"])?;
    parent.expect(&["heard"])?;
    writer.join().map_err(|_| "the feeder panicked")??;
    for n in 0..400 {
        steady.expect(&[&n.to_string()])?;
    }
    feeder.wait()?;
    std::fs::remove_dir_all(&source)?;
    Ok(())
}
