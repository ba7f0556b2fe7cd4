//! Formatters against recorded output: `dbg` against its own handler, `recon_trace` and `redbug` against captures.

#[path = "../../pretty/tests/support/mod.rs"]
mod support;

use support::{Etf, Term, base64};
use transom_pretty::{Shape, View};
use transom_tracer::capture::{Limits, Writer};
use transom_tracer::event::{Event, Header, Kind, Stamp, capture, capture_gap};
use transom_tracer::limiter::Reason;
use transom_tracer::style::{
    Dbg, Identity, Offline, Recon, RecordView, Redbug, Style, TimeUnit, World, by_name,
};

fn atom_of(term: &Term) -> &str {
    match term {
        Term::Atom(text) => text,
        other => panic!("{other:?}"),
    }
}

fn int_of(term: &Term) -> i64 {
    match term.shape() {
        Shape::Small(value) => value,
        other => panic!("{other:?}"),
    }
}

/// The stamp a term stands for.
fn stamp_of(term: &Term) -> Stamp {
    match term {
        Term::Tuple(parts) if parts.len() == 3 => Stamp::Wall(
            (int_of(&parts[0]) * 1_000_000 + int_of(&parts[1])) * 1_000_000 + int_of(&parts[2]),
        ),
        Term::Tuple(parts) => Stamp::Strict(int_of(&parts[0]), int_of(&parts[1])),
        other => Stamp::Monotonic(int_of(other)),
    }
}

/// An Erlang trace message as an event.
fn event_of(message: &Term) -> Event {
    let Term::Tuple(parts) = message else {
        panic!("{message:?}")
    };
    let stamped = atom_of(&parts[0]) == "trace_ts";
    let mut rest = &parts[1..];
    let mut stamp = Stamp::None;
    if stamped {
        stamp = stamp_of(&rest[rest.len() - 1]);
        rest = &rest[..rest.len() - 1];
    }
    let tag = atom_of(&rest[1]);
    let kind = *Kind::ALL
        .iter()
        .find(|kind| kind.tag() == tag)
        .expect("a tag");
    let header = Header {
        stamp,
        extra: rest.len() - 2 > kind.payload(),
        ..Header::new(kind)
    };
    let mut bytes = Vec::new();
    capture(
        &mut bytes,
        &header,
        Limits::default(),
        None,
        |writer: &mut Writer<'_>| {
            writer.term(&rest[0]);
            for term in &rest[2..] {
                writer.term(term);
            }
        },
    );
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    event
}

#[test]
fn dbg_prints_as_its_own_handler() {
    let recorded = include_str!("golden/dbg.txt");
    let mut wrong = 0;
    for line in recorded.lines() {
        let (message, expected) = line.split_once(' ').expect("a message and a text");
        let event = event_of(&Etf(&base64(message)).term());
        let mut out = String::new();
        Dbg.event(&event, &Offline, &mut out);
        if out.replace('\\', "\\\\").replace('\n', "\\n") != expected {
            wrong += 1;
            if wrong < 6 {
                println!(
                    "expected:\n{}\ngiven:\n{out}",
                    expected.replace("\\n", "\n")
                );
            }
        }
    }
    assert_eq!(wrong, 0, "of {}", recorded.lines().count());
}

fn atom(text: &str) -> Term {
    Term::Atom(text.into())
}

fn tuple(items: Vec<Term>) -> Term {
    Term::Tuple(items)
}

fn list(items: Vec<Term>) -> Term {
    support::list(items)
}

fn int(value: i64) -> Term {
    Term::Int(value)
}

fn string(text: &str) -> Term {
    list(text.chars().map(|c| int(i64::from(u32::from(c)))).collect())
}

fn pid() -> Term {
    Term::Opaque("<0.9.0>".into())
}

fn mfa(module: &str, function: &str, last: Term) -> Term {
    tuple(vec![atom(module), atom(function), last])
}

/// 04:49:13.886076 of some day.
const WALL_US: i64 = 20_000 * 86_400_000_000 + ((4 * 60 + 49) * 60 + 13) * 1_000_000 + 886_076;

fn show(
    style: &mut dyn Style,
    world: &dyn World,
    kind: Kind,
    payload: Vec<Term>,
    extra: Option<Term>,
) -> String {
    let header = Header {
        wall_us: WALL_US,
        extra: extra.is_some(),
        ..Header::new(kind)
    };
    let mut bytes = Vec::new();
    capture(&mut bytes, &header, Limits::default(), None, |writer| {
        writer.opaque("<0.9.0>");
        for term in payload.iter().chain(&extra) {
            writer.term(term);
        }
    });
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    let mut out = String::new();
    style.event(&event, world, &mut out);
    out
}

#[test]
fn recon_prints_as_captured() {
    let f2 = || mfa("m", "f", int(2));
    let call = |args| vec![mfa("m", "f", list(args))];
    let rows: Vec<(Kind, Vec<Term>, Option<Term>, &str)> = vec![
        (Kind::Receive, vec![atom("hi")], None, "< hi"),
        (Kind::Send, vec![atom("hi"), pid()], None, " > <0.9.0>: hi"),
        (
            Kind::SendToNonExisting,
            vec![atom("hi"), pid()],
            None,
            " > (non_existent) <0.9.0>: hi",
        ),
        (
            Kind::Call,
            call(vec![atom("a"), string("b")]),
            None,
            "m:f(a, \"b\")",
        ),
        (Kind::Call, vec![f2()], None, "m:f/2"),
        (Kind::Call, call(vec![int(1)]), Some(f2()), "m:f(1) {m,f,2}"),
        (
            Kind::Call,
            call(vec![Term::Map(vec![
                (atom("a"), int(1)),
                (atom("b"), int(2)),
            ])]),
            None,
            "m:f(#{a=>1, b=>2})",
        ),
        (Kind::ReturnTo, vec![f2()], None, " '--> m:f/2"),
        (
            Kind::ReturnFrom,
            vec![f2(), atom("ok")],
            None,
            "m:f/2 --> ok",
        ),
        (
            Kind::ExceptionFrom,
            vec![f2(), tuple(vec![atom("error"), atom("badarg")])],
            None,
            "m:f/2 error badarg",
        ),
        (
            Kind::Spawn,
            vec![pid(), mfa("m", "f", list(vec![]))],
            None,
            "spawned <0.9.0> as m:f()",
        ),
        (Kind::Exit, vec![atom("normal")], None, "EXIT normal"),
        (Kind::Link, vec![pid()], None, "link(<0.9.0>)"),
        (Kind::Unlink, vec![pid()], None, "unlink(<0.9.0>)"),
        (
            Kind::GettingLinked,
            vec![pid()],
            None,
            "getting linked by <0.9.0>",
        ),
        (
            Kind::GettingUnlinked,
            vec![pid()],
            None,
            "getting unlinked by <0.9.0>",
        ),
        (
            Kind::Register,
            vec![atom("name")],
            None,
            "registered as name",
        ),
        (
            Kind::Unregister,
            vec![atom("name")],
            None,
            "no longer registered as name",
        ),
        (Kind::In, vec![f2()], None, "scheduled in for m:f/2"),
        (Kind::In, vec![int(0)], None, "scheduled in"),
        (Kind::Out, vec![f2()], None, "scheduled out from m:f/2"),
    ];
    for (kind, payload, extra, expected) in rows {
        for compat in [true, false] {
            let expected = format!("\n4:49:13.886076 <0.9.0> {expected}\n");
            let shown = event_again(&payload);
            assert_eq!(
                show(
                    &mut Recon::new(compat),
                    &Offline,
                    kind,
                    shown,
                    extra.as_ref().map(copy)
                ),
                expected
            );
        }
    }
}

fn copy(term: &Term) -> Term {
    match term {
        Term::Int(value) => Term::Int(*value),
        Term::Atom(text) => Term::Atom(text.clone()),
        Term::Nil => Term::Nil,
        Term::Cons(head, tail) => Term::Cons(Box::new(copy(head)), Box::new(copy(tail))),
        Term::Tuple(items) => Term::Tuple(items.iter().map(copy).collect()),
        Term::Map(pairs) => Term::Map(pairs.iter().map(|(k, v)| (copy(k), copy(v))).collect()),
        Term::Opaque(text) => Term::Opaque(text.clone()),
        other => panic!("{other:?}"),
    }
}

fn event_again(terms: &[Term]) -> Vec<Term> {
    terms.iter().map(copy).collect()
}

#[test]
fn recons_known_bugs_come_only_with_the_switch() {
    let spawned = || vec![pid(), mfa("m", "f", list(vec![]))];
    let time = "\n4:49:13.886076 <0.9.0> ";
    assert_eq!(
        show(
            &mut Recon::new(true),
            &Offline,
            Kind::Spawned,
            spawned(),
            None
        ),
        format!("{time}unknown trace type spawned -- [<0.9.0>,{{m,f,[]}}]\n")
    );
    assert_eq!(
        show(
            &mut Recon::new(false),
            &Offline,
            Kind::Spawned,
            spawned(),
            None
        ),
        format!("{time}spawned by <0.9.0> as m:f()\n")
    );
    let gc = || {
        let pair = |name: &str, value| tuple(vec![atom(name), int(value)]);
        vec![list(vec![
            pair("heap_size", 1),
            pair("old_heap_size", 2),
            pair("mbuf_size", 3),
        ])]
    };
    assert_eq!(
        show(
            &mut Recon::new(true),
            &Offline,
            Kind::GcMinorStart,
            gc(),
            None
        ),
        format!(
            "{time}unknown trace type gc_minor_start -- [[{{heap_size,1}},\n{blank}{{old_heap_size,\n{blank} 2}},\n{blank}{{mbuf_size,3}}]]\n",
            blank = " ".repeat(62)
        )
    );
    assert_eq!(
        show(
            &mut Recon::new(false),
            &Offline,
            Kind::GcMinorStart,
            gc(),
            None
        ),
        format!("{time}gc beginning -- heap 6 bytes\n")
    );
}

#[test]
fn recon_shows_imported_records_by_name() {
    let mut style = Recon::new(false);
    let fields = ["name", "age", "email"].map(str::to_owned).to_vec();
    style.records.insert(
        ("user".into(), 3),
        RecordView {
            fields: fields.clone(),
            only: None,
        },
    );
    let user = |name: &str| tuple(vec![atom("user"), atom(name), int(1), string("x@y.z")]);
    let args = vec![mfa(
        "tt",
        "takes",
        list(vec![list(vec![
            user("a"),
            tuple(vec![atom("x"), user("b")]),
        ])]),
    )];
    let time = "\n4:49:13.886076 <0.9.0> ";
    assert_eq!(
        show(&mut style, &Offline, Kind::Call, args, None),
        format!(
            "{time}tt:takes([#user{{name=a, age=1, email=\"x@y.z\"}},{{x, #user{{name=b, age=1, email=\"x@y.z\"}}}}])\n"
        )
    );
    style.records.insert(
        ("user".into(), 3),
        RecordView {
            fields,
            only: Some(vec!["name".into()]),
        },
    );
    let args = vec![mfa("tt", "takes", list(vec![user("bob")]))];
    assert_eq!(
        show(&mut style, &Offline, Kind::Call, args, None),
        format!("{time}tt:takes(#user{{name=bob, more='...'}})\n")
    );
}

struct Started;

impl World for Started {
    fn identity(&self, _pid: &str) -> Identity {
        Identity::Initial("erlang".into(), "apply".into(), 2)
    }
}

#[test]
fn redbug_prints_as_captured() {
    let mut style = Redbug::default();
    let seq = || vec![mfa("tt", "seq", list(vec![int(1), int(3)]))];
    assert_eq!(
        show(&mut style, &Started, Kind::Call, seq(), None),
        "\n% 04:49:13 <0.9.0>({erlang,apply,2})\n% tt:seq(1, 3)\n"
    );
    let frames = list(vec![
        mfa("tt", "middle", int(1)),
        mfa("cap_redbug", "-go/1-fun-0-", int(1)),
    ]);
    assert_eq!(
        show(&mut style, &Started, Kind::Call, seq(), Some(frames)),
        "\n% 04:49:13 <0.9.0>({erlang,apply,2})\n% tt:seq(1, 3)\n%   tt:middle/1 \n%   cap_redbug:'-go/1-fun-0-'/1 \n"
    );
    let returned = || vec![mfa("tt", "inner", int(1)), int(2)];
    assert_eq!(
        show(&mut style, &Offline, Kind::ReturnFrom, returned(), None),
        "\n% 04:49:13 <0.9.0>(dead)\n% tt:inner/1 -> 2\n"
    );
    let raised = || {
        vec![
            mfa("tt", "boom", int(1)),
            tuple(vec![atom("error"), tuple(vec![atom("bad"), int(1)])]),
        ]
    };
    assert!(
        show(&mut style, &Offline, Kind::ExceptionFrom, raised(), None)
            .ends_with("% tt:boom/1 ** exception error:{bad,1}\n")
    );
    style.compat = true;
    assert!(
        show(&mut style, &Offline, Kind::ExceptionFrom, raised(), None)
            .ends_with("% tt:boom/1 -> {error,{bad,1}}\n")
    );
    let message = || tuple(vec![pid(), atom("hi")]);
    assert!(
        show(&mut style, &Started, Kind::Receive, vec![message()], None)
            .ends_with("\n% <<< {<0.9.0>,hi}\n")
    );
    assert!(
        show(
            &mut style,
            &Started,
            Kind::Send,
            vec![message(), pid()],
            None
        )
        .ends_with("\n% <0.9.0>({erlang,apply,2}) <<< {<0.9.0>,hi}\n")
    );
    style.unit = TimeUnit::Microsecond;
    style.print_node = true;
    assert!(
        show(&mut style, &Started, Kind::ReturnFrom, returned(), None)
            .starts_with("\n% 04:49:13.886076 nonode@nohost <0.9.0>({erlang,apply,2})\n")
    );
    style.print_return = false;
    assert!(
        show(&mut style, &Started, Kind::ReturnFrom, returned(), None)
            .ends_with("% tt:inner/1 -> '...'\n")
    );
    style.depth = 3;
    let deep = vec![mfa(
        "tt",
        "ident",
        list(vec![list(vec![int(1), int(2), int(3), int(4)])]),
    )];
    assert!(
        show(&mut style, &Started, Kind::Call, deep, None).ends_with("% tt:ident([1,2|...])\n")
    );
}

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

/// Shows events one after another, each with its process, time and request; `ends` marks calls whose ends follow.
fn story(style: &str, events: &[(&str, Kind, i64, u64, bool, Vec<Term>)]) -> String {
    let mut style = by_name(style, false).expect("a style");
    let mut out = String::new();
    style.begin(&mut out);
    for (process, kind, us, request, ends, payload) in events {
        let header = Header {
            monotonic_ns: us * 1_000,
            request: *request,
            ends: *ends,
            ..Header::new(*kind)
        };
        let mut bytes = Vec::new();
        capture(&mut bytes, &header, Limits::default(), None, |writer| {
            writer.opaque(process);
            payload.iter().for_each(|term| writer.term(term));
        });
        let mut event = Event::new();
        event.decode(&bytes).expect("decodes");
        style.event(&event, &Offline, &mut out);
    }
    style.end(&mut out);
    out
}

fn opaque(text: &str) -> Term {
    Term::Opaque(text.into())
}

#[test]
fn each_request_has_a_tree_across_processes() {
    let (a, b, c) = ("<0.1.0>", "<0.2.0>", "<0.3.0>");
    let message = || tuple(vec![atom("book"), int(7)]);
    let args = |items| list(items);
    let shown = story(
        "tree",
        &[
            (
                a,
                Kind::Call,
                0,
                1,
                true,
                vec![mfa("shop", "order", args(vec![int(7)]))],
            ),
            (
                a,
                Kind::Call,
                10,
                1,
                true,
                vec![mfa("stock", "take", args(vec![int(7)]))],
            ),
            (
                c,
                Kind::Call,
                11,
                2,
                true,
                vec![mfa("shop", "order", args(vec![int(8)]))],
            ),
            (
                a,
                Kind::ReturnFrom,
                90,
                1,
                false,
                vec![mfa("stock", "take", int(1)), int(1)],
            ),
            (a, Kind::Send, 95, 1, false, vec![message(), opaque(b)]),
            (b, Kind::Receive, 96, 1, false, vec![message()]),
            (
                b,
                Kind::Call,
                97,
                1,
                false,
                vec![mfa("ledger", "book", args(vec![int(7)]))],
            ),
            (
                c,
                Kind::ExceptionFrom,
                99,
                2,
                false,
                vec![mfa("shop", "order", int(1)), atom("no")],
            ),
            (
                a,
                Kind::Spawn,
                100,
                1,
                false,
                vec![opaque("<0.4.0>"), mfa("m", "child", args(vec![]))],
            ),
            (
                "<0.4.0>",
                Kind::Call,
                101,
                1,
                false,
                vec![mfa("m", "child", args(vec![]))],
            ),
            (
                a,
                Kind::ReturnFrom,
                1_200,
                1,
                false,
                vec![mfa("shop", "order", int(1)), atom("ok")],
            ),
            (
                c,
                Kind::Call,
                1_300,
                0,
                false,
                vec![mfa("m", "outside", args(vec![]))],
            ),
        ],
    );
    assert_eq!(
        shown,
        "request 1\n\
        \x20 <0.1.0> shop:order(7) -> ok (1.2 ms)\n\
        \x20   stock:take(7) -> 1 (80.0 us)\n\
        \x20   <0.2.0> ! {book,7}\n\
        \x20     <0.2.0> << {book,7}\n\
        \x20     <0.2.0> ledger:book(7)\n\
        \x20   spawned <0.4.0> as m:child/0\n\
        \x20     <0.4.0> m:child()\n\
        request 2\n\
        \x20 <0.3.0> shop:order(8) ** no (88.0 us)\n"
    );
}

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

#[test]
fn folded_stacks_sum_own_time_by_stack() {
    let p = "<0.1.0>";
    let call = |name| vec![mfa("m", name, list(vec![]))];
    let end = |name| vec![mfa("m", name, int(0)), atom("ok")];
    let shown = story(
        "folded",
        &[
            (p, Kind::Call, 0, 0, true, call("f")),
            (p, Kind::Call, 10, 0, true, call("g")),
            (p, Kind::Out, 30, 0, false, vec![int(0)]),
            (p, Kind::In, 90, 0, false, vec![int(0)]),
            (p, Kind::ReturnFrom, 100, 0, false, end("g")),
            (p, Kind::Call, 105, 0, true, call("g")),
            (p, Kind::ReturnFrom, 110, 0, false, end("g")),
            (p, Kind::ReturnFrom, 112, 0, false, end("f")),
        ],
    );
    // Out of the scheduler no time passes.
    assert_eq!(shown, "<0.1.0>;m:f/0 17\n<0.1.0>;m:f/0;m:g/0 35\n");
}

#[test]
fn mermaid_draws_messages_spawns_and_calls() {
    let (a, b) = ("<0.1.0>", "<0.2.0>");
    let shown = story(
        "mermaid",
        &[
            (
                a,
                Kind::Spawn,
                0,
                0,
                false,
                vec![opaque(b), mfa("m", "loop", list(vec![]))],
            ),
            (
                a,
                Kind::Send,
                1,
                0,
                false,
                vec![tuple(vec![atom("ask"), int(1)]), opaque(b)],
            ),
            (
                b,
                Kind::Call,
                2,
                0,
                true,
                vec![mfa("m", "answer", list(vec![int(1)]))],
            ),
            (
                b,
                Kind::ReturnFrom,
                3,
                0,
                false,
                vec![mfa("m", "answer", int(1)), int(2)],
            ),
            (b, Kind::Send, 4, 0, false, vec![int(2), opaque(a)]),
            (b, Kind::Exit, 5, 0, false, vec![atom("normal")]),
        ],
    );
    assert_eq!(
        shown,
        "sequenceDiagram\n\
        \x20   participant P0 as #60;0.1.0#62;\n\
        \x20   participant P1 as #60;0.2.0#62;\n\
        \x20   P0-)P1: spawn {m,loop,[]}\n\
        \x20   P0->>P1: {ask,1}\n\
        \x20   P1->>P1: m:answer(1)\n\
        \x20   Note right of P1: m:answer/1 = 2\n\
        \x20   P1->>P0: 2\n\
        \x20   Note over P1: exit normal\n"
    );
}
