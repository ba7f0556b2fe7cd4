//! Where events are kept: the ring, the flight recorder, capture files and the questions asked of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use transom_tracer::capture::Limits;
use transom_tracer::event::{Event, Header, Kind, capture};
use transom_tracer::file::{CaptureWriter, NotACapture, diff, profile, read};
use transom_tracer::pattern::{NoDefinitions, parse_target};
use transom_tracer::query::Query;
use transom_tracer::recorder::Recorder;
use transom_tracer::ring::{Batch, Full, Ring};
use transom_tracer::term::Tree;

/// An event of `<0.PID.0>` at `us`: a call `m:f(args)` or its end.
fn event(kind: Kind, pid: u32, us: i64, function: &str, terms: &[Tree]) -> Vec<u8> {
    let header = Header {
        wall_us: us,
        monotonic_ns: us * 1000,
        ..Header::new(kind)
    };
    let mut bytes = Vec::new();
    let views: Vec<_> = terms.iter().map(Tree::view).collect();
    capture(&mut bytes, &header, Limits::default(), None, |writer| {
        writer.opaque(&format!("<0.{pid}.0>"));
        match kind {
            Kind::Call => writer.call("m", function, &views),
            Kind::ReturnFrom | Kind::ExceptionFrom => {
                writer.mfa("m", function, 1);
                writer.term(views[0]);
            }
            _ => views.iter().for_each(|view| writer.term(*view)),
        }
    });
    bytes
}

fn run() -> Vec<Vec<u8>> {
    let error = Tree::Tuple(vec![Tree::atom("error"), Tree::atom("bad")]);
    vec![
        event(Kind::Call, 1, 0, "f", &[Tree::Int(1)]),
        event(Kind::Call, 1, 10, "g", &[Tree::Int(7)]),
        event(Kind::ReturnFrom, 1, 20, "g", &[Tree::atom("ok")]),
        event(
            Kind::Send,
            1,
            25,
            "",
            &[Tree::atom("hello"), Tree::Opaque("<0.2.0>".into())],
        ),
        event(Kind::ReturnFrom, 1, 10_000, "f", &[Tree::atom("slow")]),
        event(Kind::Call, 2, 10_001, "f", &[Tree::Int(5)]),
        event(Kind::ExceptionFrom, 2, 10_002, "f", &[error]),
        event(Kind::Exit, 2, 10_003, "", &[Tree::atom("normal")]),
    ]
}

fn file() -> Vec<u8> {
    let mut writer = CaptureWriter::new(Vec::new()).expect("memory");
    writer.note("pattern", "m:f -> return").expect("memory");
    for bytes in run() {
        writer.event(&bytes).expect("memory");
    }
    writer.finish("8 matched: 8 shown").expect("memory")
}

#[test]
fn a_file_gives_back_what_was_written() {
    let bytes = file();
    let capture = read(&bytes).expect("a capture");
    assert_eq!(
        capture.events,
        run().iter().map(Vec::as_slice).collect::<Vec<_>>()
    );
    assert_eq!(
        capture.notes,
        [("pattern".to_owned(), "m:f -> return".to_owned())]
    );
    assert_eq!(
        (capture.totals.as_deref(), capture.damaged, capture.cut),
        (Some("8 matched: 8 shown"), 0, false)
    );
    assert_eq!(read(b"something else").unwrap_err(), NotACapture::Magic);
}

#[test]
fn a_damaged_file_gives_what_is_left() {
    let bytes = file();
    for end in 0..bytes.len() {
        if let Ok(capture) = read(&bytes[..end]) {
            assert!(capture.cut && capture.damaged == 0);
        }
    }
    let mut state = 3u64;
    let mut random = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    for _ in 0..20_000 {
        let mut changed = bytes.clone();
        for _ in 0..1 + random(4) {
            let at = random(changed.len());
            changed[at] = random(256) as u8;
        }
        if let Ok(capture) = read(&changed) {
            let _ = profile(&capture);
            let _ = Query::default().select(&capture.events);
        }
    }
}

fn asked(query: &str) -> Vec<(Kind, String)> {
    let targets = query
        .split(" | ")
        .map(|target| parse_target(target, &NoDefinitions).expect(target))
        .collect();
    let events = run();
    let slices: Vec<&[u8]> = events.iter().map(Vec::as_slice).collect();
    let mut event = Event::new();
    let found = Query {
        targets,
        ..Query::default()
    }
    .select(&slices);
    let show = |bytes: &&[u8]| {
        event.decode(bytes).expect("decodes");
        (
            event.kind(),
            event
                .mfa(0)
                .map_or(String::new(), |mfa| mfa.function.to_owned()),
        )
    };
    found.iter().map(show).collect()
}

#[test]
fn captures_answer_the_pattern_language() {
    let call = |name: &str| (Kind::Call, name.to_owned());
    let returned = |name: &str| (Kind::ReturnFrom, name.to_owned());
    let raised = |name: &str| (Kind::ExceptionFrom, name.to_owned());
    assert_eq!(asked("m:g"), [call("g"), returned("g")]);
    assert_eq!(asked("m:f(X) when X > 3"), [call("f"), raised("f")]);
    assert_eq!(asked("m:_ -> duration > 1ms"), [call("f"), returned("f")]);
    assert_eq!(asked("m -> exception"), [call("f"), raised("f")]);
    assert_eq!(
        asked("m:f(X) -> return(R) when R =/= X"),
        [call("f"), returned("f")]
    );
    assert_eq!(asked("m:g(_) -> return(ok)"), [call("g"), returned("g")]);
    assert_eq!(asked("m:g(_) -> return(R) when R =/= ok"), []);
    assert_eq!(
        asked("send | procs"),
        [(Kind::Send, String::new()), (Kind::Exit, String::new())]
    );
    let events = run();
    let slices: Vec<&[u8]> = events.iter().map(Vec::as_slice).collect();
    let query = Query {
        process: Some("<0.2.0>".into()),
        from_us: Some(10_002),
        ..Query::default()
    };
    assert_eq!(query.select(&slices).len(), 2);
}

#[test]
fn captures_are_compared_function_by_function() {
    let bytes = file();
    let capture = read(&bytes).expect("a capture");
    let profiles = profile(&capture);
    assert_eq!(
        (
            profiles["m:f/1"].calls,
            profiles["m:f/1"].exceptions,
            profiles["m:f/1"].durations.count
        ),
        (2, 1, 2)
    );
    let text = diff(
        &capture,
        &read(
            &CaptureWriter::new(Vec::new())
                .and_then(|w| w.finish(""))
                .expect("memory"),
        )
        .expect("empty"),
    );
    assert!(
        text.lines().count() == 3 && text.contains("m:g/1") && text.contains("1 > -"),
        "{text}"
    );
}

#[test]
fn a_ring_never_holds_more_than_its_bound_and_counts_what_is_lost() {
    let ring = Arc::new(Ring::new(4, 64 * 1024));
    let stored = AtomicU64::new(0);
    let done = AtomicBool::new(false);
    let taken = std::thread::scope(|scope| {
        let producers: Vec<_> = (0..4usize)
            .map(|shard| {
                let (ring, stored) = (&ring, &stored);
                scope.spawn(move || {
                    for n in 0..20_000u64 {
                        let sequence = ring.next_sequence();
                        let mut bytes = vec![shard as u8; 8 + (n % 90) as usize];
                        bytes[..8].copy_from_slice(&sequence.to_be_bytes());
                        if ring.push(shard, sequence, &bytes).is_ok() {
                            stored.fetch_add(1, Ordering::Relaxed);
                        }
                        assert!(ring.held() <= 64 * 1024 + 4 * 200);
                    }
                })
            })
            .collect();
        let (ring, done) = (&ring, &done);
        let consumer = scope.spawn(move || {
            let mut batch = Batch::default();
            let mut taken = 0;
            loop {
                let last = done.load(Ordering::Acquire);
                ring.drain(&mut batch);
                let mut before = None;
                for bytes in batch.iter() {
                    let sequence = u64::from_be_bytes(bytes[..8].try_into().expect("8"));
                    assert!(before < Some(sequence), "in order");
                    before = Some(sequence);
                    taken += 1;
                }
                if last {
                    return taken;
                }
            }
        });
        for producer in producers {
            producer.join().expect("producer");
        }
        done.store(true, Ordering::Release);
        consumer.join().expect("consumer")
    });
    assert_eq!(taken, stored.load(Ordering::Relaxed));
    assert_eq!(taken + ring.lost(), 80_000);
    assert_eq!(ring.held(), 0);
}

#[test]
fn without_a_reader_a_ring_stays_at_its_bound() {
    let ring = Ring::new(1, 10_000);
    let results: Vec<_> = (0..1000).map(|n| ring.push(0, n, &[0; 100])).collect();
    let stored = results.iter().filter(|result| result.is_ok()).count();
    assert!((60..=90).contains(&stored), "{stored}");
    assert_eq!(results.last(), Some(&Err(Full::Bytes)));
    assert_eq!(ring.lost() as usize, 1000 - stored);
}

#[test]
fn a_recorder_keeps_the_last_events_and_freezes_behind_its_trigger() {
    let mut recorder = Recorder::new(1000, 2);
    for n in 0..100u8 {
        recorder.record(&[n; 50]);
    }
    assert_eq!(
        recorder.events().map(|e| e[0]).collect::<Vec<_>>(),
        (90..100).collect::<Vec<_>>()
    );
    assert_eq!(recorder.overwritten(), 90);
    recorder.trigger();
    recorder.trigger();
    for n in 100..110u8 {
        recorder.record(&[n; 50]);
    }
    assert!(recorder.is_frozen());
    assert_eq!(
        recorder.events().map(|e| e[0]).collect::<Vec<_>>(),
        (92..102).collect::<Vec<_>>()
    );
    recorder.rearm();
    assert_eq!(recorder.events().count(), 0);
}

/// A stream of numbers that is the same in every run.
fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    }
}

/// 20,000 files cut short, with bits turned, bytes put in or doubled: each is read, or refused in words; every event in them is decoded, or refused.
#[test]
fn broken_files_are_refused_without_a_panic() {
    let whole = file();
    let mut next = numbers(0x1234_5678_9abc_def1);
    let (mut refused, mut damaged, mut good, mut bad) = (0, 0, 0, 0);
    let mut event = Event::new();
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        for _ in 0..=next(3) {
            break_at(&mut bytes, &mut next);
        }
        match read(&bytes) {
            Ok(capture) => {
                damaged += capture.damaged + usize::from(capture.cut);
                let _its_figures = profile(&capture);
            }
            Err(why) => {
                assert!(!why.to_string().is_empty());
                refused += 1;
            }
        }
        // Behind the checksum: an event whose own bytes are broken.
        let mut bytes = event_of(next(8));
        break_at(&mut bytes, &mut next);
        match event.decode(&bytes) {
            Ok(()) => {
                let _ = (event.kind(), event.subject(), event.extra(), event.mfa(0));
                good += 1;
            }
            Err(_) => bad += 1,
        }
    }
    assert!(
        refused > 100 && damaged > 1000 && good > 1000 && bad > 1000,
        "{refused} files refused, {damaged} records damaged; {good} events read, {bad} not"
    );
}

fn event_of(number: usize) -> Vec<u8> {
    run().swap_remove(number)
}

fn break_at(bytes: &mut Vec<u8>, next: &mut impl FnMut(usize) -> usize) {
    let at = next(bytes.len());
    match next(4) {
        0 => bytes.truncate(at.max(1)),
        1 => bytes[at] ^= 1 << next(8),
        2 => bytes.insert(at, next(256) as u8),
        _ => bytes.extend_from_within(at..),
    }
}
