//! Loads an MQTT broker and counts at the receivers: many connected subscribers, a fan-out at a given rate, every delivery checked by its number.
//!
//! ```text
//! cargo run --release -p transom-benches --bin mqtt_load -- --port 1883 --clients 2000 --topics 100 --deliveries 20000 --seconds 60 --qos 0
//! ```
//! Each topic has `clients / topics` subscribers; publishers send `deliveries / subscribers of a topic` messages a second in all, in turn to the
//! topics. A message carries its number within the topic and the time it was sent; a receiver must see each number once, in order. Prints one line of
//! figures and exits with 1 when anything was lost or doubled. Works with any broker (`mosquitto -p PORT`).
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

/// How long to wait for what is still on its way after the last message was sent.
const LINGER: Duration = Duration::from_secs(5);

struct Options {
    port: u16,
    clients: usize,
    topics: usize,
    deliveries: u64,
    seconds: u64,
    qos: u8,
    payload: usize,
    prefix: String,
}

impl Options {
    fn read() -> Result<Self, String> {
        let mut o = Self {
            port: 1883,
            clients: 2000,
            topics: 100,
            deliveries: 20_000,
            seconds: 60,
            qos: 0,
            payload: 64,
            prefix: "load".to_owned(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(name) = args.next() {
            let value = args.next().ok_or(format!("{name} wants a value"))?;
            let number = || {
                value
                    .parse::<u64>()
                    .map_err(|_| format!("{name} wants a number, not {value}"))
            };
            match name.as_str() {
                "--port" => o.port = number()? as u16,
                "--clients" => o.clients = number()? as usize,
                "--topics" => o.topics = number()?.max(1) as usize,
                "--deliveries" => o.deliveries = number()?,
                "--seconds" => o.seconds = number()?,
                "--qos" => o.qos = number()?.min(1) as u8,
                "--payload" => o.payload = number()?.max(16) as usize,
                "--prefix" => o.prefix = value,
                _ => return Err(format!("unknown option {name}")),
            }
        }
        Ok(o)
    }
}

/// A subscriber: what it has and what it expects next.
struct Client {
    stream: TcpStream,
    input: Vec<u8>,
    next: u64,
    ready: bool,
    acks: Vec<u8>,
}

/// What the receivers saw.
#[derive(Default)]
struct Seen {
    deliveries: u64,
    lost: u64,
    doubled: u64,
    latencies_us: Vec<u32>,
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u16).to_be_bytes());
    out.extend(text.as_bytes());
}

fn packet(first: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![first];
    let mut n = body.len();
    loop {
        let byte = (n & 127) as u8;
        n >>= 7;
        out.push(if n > 0 { byte | 128 } else { byte });
        if n == 0 {
            break;
        }
    }
    out.extend(body);
    out
}

fn connect_packet(id: &str) -> Vec<u8> {
    let mut body = Vec::new();
    string(&mut body, "MQTT");
    body.extend([4, 2, 0, 0]);
    string(&mut body, id);
    packet(0x10, &body)
}

fn subscribe_packet(topic: &str, qos: u8) -> Vec<u8> {
    let mut body = vec![0, 1];
    string(&mut body, topic);
    body.push(qos);
    packet(0x82, &body)
}

/// Splits off the first packet: its first byte and where its body lies.
fn first_packet(input: &[u8]) -> Option<(u8, std::ops::Range<usize>)> {
    let first = *input.first()?;
    let (mut length, mut at) = (0usize, 1);
    for shift in [0, 7, 14, 21] {
        let byte = *input.get(at)?;
        at += 1;
        length |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return (input.len() >= at + length).then_some((first, at..at + length));
        }
    }
    None
}

impl Client {
    /// Takes all there is to read; `Err` when the broker closed the connection.
    fn read(&mut self, started: Instant, seen: &mut Seen) -> io::Result<()> {
        let mut buffer = [0; 16_384];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::ConnectionReset.into()),
                Ok(n) => self.input.extend(&buffer[..n]),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        let mut at = 0;
        while let Some((first, body)) = first_packet(&self.input[at..]) {
            let body = at + body.start..at + body.end;
            at = body.end;
            match first >> 4 {
                2 => {}
                9 => self.ready = true,
                3 => self.publish(first, body, started, seen),
                other => return Err(io::Error::other(format!("unexpected packet {other}"))),
            }
        }
        self.input.drain(..at);
        if !self.acks.is_empty() {
            match self.stream.write(&self.acks) {
                Ok(n) => drop(self.acks.drain(..n)),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn publish(
        &mut self,
        first: u8,
        body: std::ops::Range<usize>,
        started: Instant,
        seen: &mut Seen,
    ) {
        let body = &self.input[body];
        let topic = usize::from(u16::from_be_bytes([body[0], body[1]]));
        let mut at = 2 + topic;
        if first & 6 != 0 {
            self.acks.extend([0x40, 2, body[at], body[at + 1]]);
            at += 2;
        }
        let number = |i: usize| {
            u64::from_be_bytes(body[i..i + 8].try_into().expect("eight bytes were taken"))
        };
        let (n, sent_us) = (number(at), number(at + 8));
        seen.deliveries += 1;
        if n < self.next {
            seen.doubled += 1;
        } else {
            seen.lost += n - self.next;
            self.next = n + 1;
        }
        let now = started.elapsed().as_micros() as u64;
        seen.latencies_us.push((now - sent_us.min(now)) as u32);
    }
}

fn open(address: SocketAddr, hello: &[u8]) -> io::Result<TcpStream> {
    let stream = std::net::TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    (&stream).write_all(hello)?;
    stream.set_nonblocking(true)?;
    Ok(TcpStream::from_std(stream))
}

/// Handles what is ready within `wait`.
fn turn(
    poll: &mut Poll,
    events: &mut Events,
    clients: &mut [Client],
    wait: Duration,
    started: Instant,
    seen: &mut Seen,
) -> io::Result<()> {
    poll.poll(events, Some(wait))?;
    for event in events.iter() {
        if let Some(client) = clients.get_mut(event.token().0) {
            client.read(started, seen)?;
        }
    }
    Ok(())
}

fn percentile(sorted: &[u32], p: f64) -> f64 {
    let at = ((sorted.len() as f64 * p) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |us| f64::from(*us) / 1000.0)
}

fn run(o: &Options) -> Result<bool, Box<dyn std::error::Error>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, o.port));
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1024);
    let started = Instant::now();
    let mut seen = Seen::default();
    let mut clients = Vec::with_capacity(o.clients);
    for i in 0..o.clients {
        let mut hello = connect_packet(&format!("{}-sub-{i}", o.prefix));
        hello.extend(subscribe_packet(
            &format!("{}/{}", o.prefix, i % o.topics),
            o.qos,
        ));
        let mut stream = open(address, &hello)?;
        poll.registry()
            .register(&mut stream, Token(i), Interest::READABLE)?;
        clients.push(Client {
            stream,
            input: Vec::new(),
            next: 0,
            ready: false,
            acks: Vec::new(),
        });
        turn(
            &mut poll,
            &mut events,
            &mut clients,
            Duration::ZERO,
            started,
            &mut seen,
        )?;
    }
    while clients.iter().any(|c| !c.ready) {
        turn(
            &mut poll,
            &mut events,
            &mut clients,
            Duration::from_millis(100),
            started,
            &mut seen,
        )?;
        if started.elapsed() > Duration::from_secs(60) {
            return Err("the subscribers were not all ready after 60 s".into());
        }
    }
    println!(
        "{} clients ready after {:.2} s",
        o.clients,
        started.elapsed().as_secs_f64()
    );
    let mut publisher = open(address, &connect_packet(&format!("{}-pub", o.prefix)))?;
    let mut publisher_acks = [0; 4096];
    let per_message = (o.clients / o.topics).max(1) as u64;
    let messages = o.deliveries * o.seconds / per_message;
    let interval = Duration::from_secs_f64(o.seconds as f64 / messages as f64);
    let begin = Instant::now();
    let mut output: Vec<u8> = Vec::new();
    let mut sent = 0;
    while sent < messages || !output.is_empty() {
        while sent < messages && begin.elapsed() >= interval.mul_f64(sent as f64) {
            let topic = format!("{}/{}", o.prefix, sent as usize % o.topics);
            let mut body = Vec::new();
            string(&mut body, &topic);
            if o.qos > 0 {
                body.extend(((sent % 65_535) as u16 + 1).to_be_bytes());
            }
            body.extend((sent / o.topics as u64).to_be_bytes());
            body.extend((started.elapsed().as_micros() as u64).to_be_bytes());
            body.resize(body.len() + o.payload - 16, b'.');
            output.extend(packet(0x30 | (o.qos << 1), &body));
            sent += 1;
        }
        match publisher.write(&output) {
            Ok(n) => drop(output.drain(..n)),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
            Err(e) => return Err(e.into()),
        }
        // PUBACKs of the broker are only taken off the socket.
        let _taken_or_empty = publisher.read(&mut publisher_acks);
        turn(
            &mut poll,
            &mut events,
            &mut clients,
            Duration::from_millis(1),
            started,
            &mut seen,
        )?;
    }
    let took = begin.elapsed();
    let expected = (0..o.topics as u64)
        .map(|t| {
            let of_topic = messages / o.topics as u64 + u64::from(t < messages % o.topics as u64);
            let subscribers =
                o.clients / o.topics + usize::from((t as usize) < o.clients % o.topics);
            of_topic * subscribers as u64
        })
        .sum::<u64>();
    let last = Instant::now();
    while seen.deliveries < expected && last.elapsed() < LINGER {
        turn(
            &mut poll,
            &mut events,
            &mut clients,
            Duration::from_millis(50),
            started,
            &mut seen,
        )?;
    }
    let whole = begin.elapsed();
    seen.latencies_us.sort_unstable();
    let missing = expected.saturating_sub(seen.deliveries);
    println!(
        "{} messages in {:.1} s, {} deliveries of {expected} ({:.0} a second), {missing} missing, {} gaps, {} doubled, latency ms p50 {:.1} p99 {:.1} max {:.1}",
        messages,
        took.as_secs_f64(),
        seen.deliveries,
        seen.deliveries as f64 / whole.as_secs_f64(),
        seen.lost,
        seen.doubled,
        percentile(&seen.latencies_us, 0.5),
        percentile(&seen.latencies_us, 0.99),
        percentile(&seen.latencies_us, 1.0),
    );
    Ok(missing == 0 && seen.doubled == 0 && seen.lost == 0)
}

fn main() -> std::process::ExitCode {
    let options = match Options::read() {
        Ok(options) => options,
        Err(text) => {
            eprintln!("mqtt_load: {text}");
            return std::process::ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(true) => std::process::ExitCode::SUCCESS,
        Ok(false) => std::process::ExitCode::FAILURE,
        Err(e) => {
            eprintln!("mqtt_load: {e}");
            std::process::ExitCode::FAILURE
        }
    }
}
