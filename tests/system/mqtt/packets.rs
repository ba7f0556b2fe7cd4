//! Packets that no well-behaved client sends, from sockets of our own; expiry and topic aliases.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use transom_tests::running::PATIENCE;

use super::broker::Broker;

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

/// The packet that comes is this one.
fn expect(stream: &mut TcpStream, what: &str, wanted: &[u8]) -> Result<(), Failed> {
    let got = packet(stream)?;
    if got.starts_with(wanted) {
        return Ok(());
    }
    Err(format!("{what}: {got:x?} instead of {wanted:x?}").into())
}

/// Pings, a subscription taken back, a client that falls silent, one whose connection is taken over, the end of the broker.
pub fn connections() -> Result<(), Failed> {
    let broker = Broker::start("connections", &[])?;
    let mut stream = raw(&broker, &connect5("life", &[]))?;
    expect(&mut stream, "CONNACK", &[0x20])?;
    stream.write_all(&[0xc0, 0])?;
    expect(&mut stream, "PINGRESP", &[0xd0, 0])?;
    stream.write_all(&[0x82, 7, 0, 1, 0, 0, 1, b'u', 0])?;
    expect(&mut stream, "SUBACK", &[0x90, 4, 0, 1, 0, 0])?;
    stream.write_all(&[0x30, 5, 0, 1, b'u', 0, b'1'])?;
    expect(&mut stream, "PUBLISH", &[0x30, 5, 0, 1, b'u', 0, b'1'])?;
    stream.write_all(&[0xa2, 6, 0, 2, 0, 0, 1, b'u'])?;
    expect(&mut stream, "UNSUBACK", &[0xb0, 4, 0, 2, 0, 0])?;
    stream.write_all(&[0xa2, 6, 0, 3, 0, 0, 1, b'u'])?;
    expect(
        &mut stream,
        "UNSUBACK of nothing",
        &[0xb0, 4, 0, 3, 0, 0x11],
    )?;
    stream.write_all(&[0x30, 5, 0, 1, b'u', 0, b'2', 0xc0, 0])?;
    expect(&mut stream, "no PUBLISH any more", &[0xd0, 0])?;
    // A keep-alive of one second: silence of one and a half ends the connection.
    let mut hello = connect5("silent", &[]);
    hello[11] = 1;
    let mut silent = raw(&broker, &hello)?;
    expect(&mut silent, "CONNACK", &[0x20])?;
    let since = Instant::now();
    expect(&mut silent, "DISCONNECT of the silent", &[0xe0, 2, 0x8d])?;
    if since.elapsed() < Duration::from_millis(1_400) {
        return Err(format!("silent for {:?} only", since.elapsed()).into());
    }
    closed(&mut silent)?;
    let mut heir = raw(&broker, &connect5("life", &[]))?;
    expect(&mut heir, "CONNACK", &[0x20])?;
    expect(&mut stream, "DISCONNECT of the old one", &[0xe0, 2, 0x8e])?;
    closed(&mut stream)?;
    let stopped = broker.transom(&["stop", "broker"]).output();
    if stopped.status != Some(0) {
        return Err(format!("stop: {}{}", stopped.stdout, stopped.stderr).into());
    }
    expect(&mut heir, "DISCONNECT at the end", &[0xe0, 2, 0x8b])?;
    closed(&mut heir)
}

pub fn malformed() -> Result<(), Failed> {
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

pub fn expiry_and_aliases() -> Result<(), Failed> {
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
