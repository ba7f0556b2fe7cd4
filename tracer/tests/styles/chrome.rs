//! The Chrome trace: nested slices, arrows of messages, tracks of schedulers and collections.

use crate::made::{atom, int, list, mfa, opaque, story};
use transom_tracer::event::Kind;

/// The phases of a Chrome trace by track, in order: `B name`, `E name`, `i name`.
fn tracks(chrome: &str) -> std::collections::BTreeMap<(String, String), Vec<String>> {
    let member = |line: &str, key: &str| {
        let rest = line.split_once(&format!("\"{key}\":"))?.1;
        let end = rest.find([',', '}'])?;
        Some(rest[..end].trim_matches('"').to_owned())
    };
    let mut tracks: std::collections::BTreeMap<_, Vec<String>> = std::collections::BTreeMap::new();
    for line in chrome.lines().filter(|l| l.starts_with('{')) {
        let [phase, pid, tid, name] =
            ["ph", "pid", "tid", "name"].map(|key| member(line, key).expect("every record has it"));
        if phase != "M" {
            tracks
                .entry((pid, tid))
                .or_default()
                .push(format!("{phase} {name}"));
        }
    }
    tracks
}

#[test]
fn chrome_slices_nest_even_when_events_are_missing() {
    let p = "<0.1.0>";
    let call = |name| vec![mfa("m", name, list(vec![]))];
    let end = |name| vec![mfa("m", name, int(0)), atom("ok")];
    let shown = story(
        "chrome",
        &[
            // An end without its call, a call whose end is not wanted, one whose end was lost, and one that never ends.
            (p, Kind::ReturnFrom, 1, 0, false, end("g")),
            (p, Kind::Call, 2, 0, false, call("g")),
            (p, Kind::Call, 3, 0, true, call("f")),
            (p, Kind::Call, 4, 0, true, call("g")),
            (p, Kind::ReturnFrom, 5, 0, false, end("f")),
            (p, Kind::Call, 6, 0, true, call("f")),
            (p, Kind::GcMinorStart, 7, 0, false, vec![list(vec![])]),
            (p, Kind::GcMinorEnd, 8, 0, false, vec![list(vec![])]),
            (p, Kind::In, 9, 0, false, vec![int(0)]),
            (p, Kind::Out, 10, 0, false, vec![int(0)]),
        ],
    );
    let tracks = tracks(&shown);
    let track = |pid: &str| &tracks[&(pid.to_owned(), "1".to_owned())];
    assert_eq!(
        track("1"),
        &[
            "i end of m:g/0",
            "i m:g/0",
            "B m:f/0",
            "B m:g/0",
            "E m:g/0",
            "E m:f/0",
            "B m:f/0",
            "E m:f/0"
        ]
    );
    assert_eq!(track("2"), &["B <0.1.0>", "E <0.1.0>"]);
    assert_eq!(track("3"), &["B minor collection", "E minor collection"]);
}

#[test]
fn chrome_arrows_lead_from_send_to_receive() {
    let (a, b) = ("<0.1.0>", "<0.2.0>");
    let shown = story(
        "chrome",
        &[
            (a, Kind::Send, 1, 0, false, vec![atom("hi"), opaque(b)]),
            (a, Kind::Send, 2, 0, false, vec![atom("hi"), opaque(b)]),
            (b, Kind::Receive, 3, 0, false, vec![atom("hi")]),
            (b, Kind::Receive, 4, 0, false, vec![atom("hi")]),
            (b, Kind::Receive, 5, 0, false, vec![atom("unseen")]),
        ],
    );
    let ids = |phase: &str| -> Vec<&str> {
        shown
            .lines()
            .filter(|l| l.contains(&format!("\"ph\":\"{phase}\"")))
            .filter_map(|l| l.split_once("\"id\":").map(|(_, id)| &id[..1]))
            .collect()
    };
    assert_eq!((ids("s"), ids("f")), (vec!["1", "2"], vec!["1", "2"]));
}
