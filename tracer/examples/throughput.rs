//! How many events a second each style formats on one core: `cargo run --release -p transom-tracer --example throughput`.

use std::time::Instant;

use transom_tracer::capture::Limits;
use transom_tracer::event::{Event, Header, Kind, capture};
use transom_tracer::style::{Offline, by_name};
use transom_tracer::term::Tree;

const EVENTS: usize = 200_000;

fn main() {
    let args = [Tree::Int(1), Tree::Int(2)];
    let views: Vec<_> = args.iter().map(Tree::view).collect();
    let mut call = Vec::new();
    capture(
        &mut call,
        &Header::new(Kind::Call),
        Limits::default(),
        None,
        |writer| {
            writer.opaque("<0.81.0>");
            writer.call("tt", "add", &views);
        },
    );
    let mut returned = Vec::new();
    capture(
        &mut returned,
        &Header::new(Kind::ReturnFrom),
        Limits::default(),
        None,
        |writer| {
            writer.opaque("<0.81.0>");
            writer.mfa("tt", "add", 2);
            writer.term(Tree::Int(3).view());
        },
    );
    let mut event = Event::new();
    for name in [
        "text", "dbg", "recon", "redbug", "json", "chrome", "folded", "mermaid",
    ] {
        let mut style = by_name(name, false).expect("a style");
        let mut out = String::new();
        let mut bytes = 0;
        let start = Instant::now();
        for n in 0..EVENTS {
            event
                .decode(if n % 2 == 0 { &call } else { &returned })
                .expect("decodes");
            style.event(&event, &Offline, &mut out);
            if out.len() > 1 << 16 {
                bytes += out.len();
                out.clear();
            }
        }
        let rate = EVENTS as f64 / start.elapsed().as_secs_f64();
        println!(
            "{name:>8} {:>10.0} events/s {:>12} bytes",
            rate,
            bytes + out.len()
        );
    }
    let mut buffer = Vec::new();
    let start = Instant::now();
    for _ in 0..EVENTS {
        buffer.clear();
        capture(
            &mut buffer,
            &Header::new(Kind::Call),
            Limits::default(),
            None,
            |writer| {
                writer.opaque("<0.81.0>");
                writer.call("tt", "add", &views);
            },
        );
    }
    println!(
        " capture {:>10.0} events/s",
        EVENTS as f64 / start.elapsed().as_secs_f64()
    );
}
