//! Lines of the native style, gaps in every style of text, and every event in every style.

use crate::made::{WALL_US, atom, int, list, mfa, show};
use transom_tracer::capture::Limits;
use transom_tracer::event::{Event, Header, Kind, capture, capture_gap};
use transom_tracer::limiter::Reason;
use transom_tracer::style::{Offline, by_name};

#[test]
fn every_style_takes_every_event() {
    for name in [
        "text", "dbg", "recon", "redbug", "json", "chrome", "folded", "mermaid", "tree",
    ] {
        let mut style = by_name(name, false).expect("a style");
        let mut out = String::new();
        style.begin(&mut out);
        for kind in Kind::ALL {
            for odd in [false, true] {
                let payload = (0..kind.payload())
                    .map(|_| {
                        if odd {
                            atom("odd")
                        } else {
                            mfa("m", "f", list(vec![int(1)]))
                        }
                    })
                    .collect();
                out.push_str(&show(
                    &mut *style,
                    &Offline,
                    *kind,
                    payload,
                    odd.then(|| atom("extra")),
                ));
            }
        }
        style.end(&mut out);
        if name == "chrome" {
            assert!(out.starts_with("[\n{") && out.ends_with("}\n]\n"), "{out}");
        }
    }
}

#[test]
fn native_lines_show_durations_and_versions() {
    let mut style = by_name("text", false).expect("a style");
    let mut out = String::new();
    for (kind, ns, payload) in [
        (
            Kind::Call,
            1_000,
            vec![mfa("m", "f", list(vec![int(1), atom("b")]))],
        ),
        (
            Kind::ReturnFrom,
            13_345,
            vec![mfa("m", "f", int(2)), atom("ok")],
        ),
    ] {
        let header = Header {
            wall_us: WALL_US,
            monotonic_ns: ns,
            version: 2,
            ..Header::new(kind)
        };
        let mut bytes = Vec::new();
        capture(&mut bytes, &header, Limits::default(), None, |writer| {
            writer.opaque("<0.9.0>");
            payload.iter().for_each(|term| writer.term(term));
        });
        let mut event = Event::new();
        event.decode(&bytes).expect("decodes");
        style.event(&event, &Offline, &mut out);
    }
    assert_eq!(
        out,
        "04:49:13.886076 <0.9.0> m:f(1, b) @2\n04:49:13.886076 <0.9.0> m:f/2 -> ok (12.3 us) @2\n"
    );
}

#[test]
fn gaps_are_told_where_they_happened() {
    let mut bytes = Vec::new();
    let gaps = [
        (Reason::Rate, 48_100, "lists:map_1/2"),
        (Reason::Bytes, 111, ""),
    ];
    capture_gap(&mut bytes, &Header::new(Kind::Gap), &gaps, 100);
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    for name in ["text", "dbg", "recon", "redbug"] {
        let mut out = String::new();
        by_name(name, false)
            .expect("a style")
            .event(&event, &Offline, &mut out);
        assert_eq!(
            out,
            "-- 48211 events not shown in 100 ms: 48100 rate (lists:map_1/2), 111 bytes\n"
        );
    }
}
