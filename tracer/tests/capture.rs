//! Captured terms: what fits is kept whole, what does not is cut with its true size, any bytes are safe to read.

use transom_pretty::{Options, print, write};
use transom_tracer::capture::{Arena, Limits, Writer};
use transom_tracer::event::{Event, Header, Kind, Stamp, capture, capture_terms};
use transom_tracer::redact::Redactor;
use transom_tracer::term::Tree;

fn captured(tree: &Tree, limits: Limits) -> (String, usize) {
    let mut bytes = Vec::new();
    Writer::new(&mut bytes, limits, None).term(tree.view());
    let mut arena = Arena::new();
    arena.parse(&bytes).expect("what was written can be read");
    (
        print(
            arena.root(0).expect("one term"),
            &Options {
                line_length: 10_000,
                ..Options::default()
            },
        ),
        bytes.len(),
    )
}

fn ints(count: i64) -> Tree {
    Tree::list((0..count).map(|n| Tree::Int(n + 300)).collect())
}

#[test]
fn what_fits_is_whole() {
    let tree = Tree::Tuple(vec![
        Tree::atom("ok"),
        Tree::Float(1.5),
        Tree::Int(-12_345_678_901),
        Tree::Big("123456789012345678901234567890".into()),
        Tree::string("text"),
        Tree::List(vec![Tree::atom("a")], Some(Box::new(Tree::atom("b")))),
        Tree::Map(vec![(Tree::atom("k"), Tree::Tuple(vec![]))]),
        Tree::Binary(b"bin".to_vec()),
        Tree::Opaque("<0.9.0>".into()),
        Tree::nil(),
    ]);
    let text = r#"{ok,1.5,-12345678901,123456789012345678901234567890,"text",[a|b],#{k => {}},<<"bin">>,<0.9.0>,[]}"#;
    assert_eq!(captured(&tree, Limits::default()).0, text);
}

#[test]
fn what_does_not_fit_is_cut_with_its_size() {
    let small = Limits {
        bytes: 100,
        depth: 10,
        ..Limits::default()
    };
    let (text, bytes) = captured(&ints(1000), small);
    assert!(
        bytes <= 100 && text.starts_with("[300,301,") && text.contains("|...+9"),
        "{bytes} {text}"
    );
    let (text, bytes) = captured(&Tree::Binary(vec![b'x'; 65_536]), small);
    assert!(
        bytes <= 100 && text.starts_with("<<\"xxxx") && text.contains("\"...+65"),
        "{bytes} {text}"
    );
    let (text, bytes) = captured(&Tree::string(&"s".repeat(5000)), small);
    assert!(
        bytes <= 100 && text.starts_with("\"ssss") && text.contains("\"...+49"),
        "{bytes} {text}"
    );
    let deep = (0..30).fold(Tree::atom("x"), |inner, _| {
        Tree::Tuple(vec![inner, Tree::Int(1)])
    });
    let (text, _) = captured(
        &deep,
        Limits {
            bytes: 10_000,
            depth: 3,
            ..Limits::default()
        },
    );
    assert_eq!(text, "{{{{...+2},1},1},1}");
    let map = Tree::Map((0..100).map(|n| (Tree::Int(n), Tree::Int(n))).collect());
    let (text, bytes) = captured(&map, small);
    assert!(bytes <= 100 && text.contains("...+"), "{bytes} {text}");
}

#[test]
fn a_binary_has_a_bound_of_its_own() {
    let limits = Limits {
        binary: 4,
        ..Limits::default()
    };
    let pair = Tree::Tuple(vec![
        Tree::Binary(b"payload".to_vec()),
        Tree::Binary(b"four".to_vec()),
    ]);
    assert_eq!(
        captured(&pair, limits).0,
        "{<<\"payl\"...+3 B>>,<<\"four\">>}"
    );
}

#[test]
fn no_term_of_any_shape_breaks_the_bound() {
    let shapes: Vec<Tree> = vec![
        ints(5000),
        (0..200).fold(Tree::nil(), |inner, _| {
            Tree::list(vec![inner, Tree::string("abc")])
        }),
        Tree::Tuple(
            (0..300)
                .map(|n| Tree::Map(vec![(Tree::Int(n), ints(n))]))
                .collect(),
        ),
        Tree::Binary(vec![1; 100_000]),
        Tree::Big("9".repeat(10_000)),
        Tree::atom(&"a".repeat(255)),
    ];
    for limit in [64, 65, 100, 200, 1000, 4096, 65_536] {
        for shape in &shapes {
            let (_, bytes) = captured(
                shape,
                Limits {
                    bytes: limit,
                    depth: 256,
                    ..Limits::default()
                },
            );
            // The innermost level may spend one more mark than was kept back.
            assert!(bytes <= limit + 64, "{bytes} of {limit}");
        }
    }
}

#[test]
fn events_go_through_bytes() {
    let header = Header {
        session: 3,
        pattern: 2,
        scheduler: 1,
        version: 7,
        sequence: 99,
        wall_us: 1_795_409_189_277_210,
        monotonic_ns: -576_460_748_343_949_942,
        stamp: Stamp::Strict(-5, 6),
        extra: true,
        ends: true,
        request: 7,
        ..Header::new(Kind::Call)
    };
    let mut bytes = Vec::new();
    let args = [Tree::Int(1), Tree::atom("b")];
    let views: Vec<_> = args.iter().map(Tree::view).collect();
    capture(&mut bytes, &header, Limits::default(), None, |writer| {
        writer.opaque("<0.81.0>");
        writer.call("tt", "add", &views);
        writer.term(Tree::atom("extra").view());
    });
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    assert_eq!(event.header, header);
    let mfa = event.mfa(0).expect("a function");
    assert_eq!((mfa.module, mfa.function, mfa.arity()), ("tt", "add", 2));
    assert_eq!(event.subject().as_opaque(), Some("<0.81.0>"));
    assert_eq!(
        event.extra().and_then(|extra| extra.as_atom()),
        Some("extra")
    );
    for cut in 0..bytes.len() {
        assert!(
            event.decode(&bytes[..cut]).is_err(),
            "a cut event is no event ({cut})"
        );
    }
}

#[test]
fn any_bytes_are_safe() {
    let mut state = 1u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as u8
    };
    let mut valid = Vec::new();
    let terms = [
        Tree::Opaque("<0.1.0>".into()),
        Tree::Tuple(vec![
            ints(3),
            Tree::string("x"),
            Tree::Map(vec![(Tree::Int(1), ints(2))]),
        ]),
    ];
    let views: Vec<_> = terms.iter().map(Tree::view).collect();
    capture_terms(
        &mut valid,
        &Header::new(Kind::Exit),
        Limits::default(),
        None,
        &views,
    );
    let mut event = Event::new();
    let mut read = 0;
    for round in 0..200_000 {
        let bytes: Vec<u8> = if round % 2 == 0 {
            let mut bytes = valid.clone();
            for _ in 0..1 + random() % 4 {
                let at = usize::from(random()) % bytes.len();
                bytes[at] = random();
            }
            bytes
        } else {
            (0..random() % 40).map(|_| random() % 16).collect()
        };
        if event.decode(&bytes).is_ok() {
            read += 1;
            for at in 0..event.kind().payload() {
                let _ = print(event.payload(at), &Options::default());
                let _ = write(event.payload(at), &Options::default());
            }
        }
    }
    assert!(read > 1000, "some changed events are still events: {read}");
}

#[test]
fn redaction_happens_before_the_copy() {
    let mut rules = Redactor::default();
    let records =
        |tag: &str| (tag == "user").then(|| vec!["name".to_owned(), "password".to_owned()]);
    for rule in ["#user.password", "token", "m:login/2#2"] {
        rules.add(rule, &records).expect("a rule");
    }
    assert!(rules.add("#nope.x", &records).is_err());
    assert!(rules.add("m:f/1#2", &records).is_err());
    let secret = Tree::Binary(b"secret".to_vec());
    let args = [
        Tree::Map(vec![
            (Tree::Binary(b"token".to_vec()), secret.clone()),
            (Tree::atom("ok"), Tree::Int(1)),
        ]),
        secret.clone(),
    ];
    let views: Vec<_> = args.iter().map(Tree::view).collect();
    let mut bytes = Vec::new();
    capture(
        &mut bytes,
        &Header::new(Kind::Call),
        Limits::default(),
        Some(&rules),
        |writer| {
            writer.opaque("<0.1.0>");
            writer.call("m", "login", &views);
        },
    );
    capture(
        &mut bytes,
        &Header::new(Kind::Exit),
        Limits::default(),
        Some(&rules),
        |writer| {
            writer.opaque("<0.1.0>");
            writer.term(
                Tree::list(vec![Tree::Tuple(vec![
                    Tree::atom("user"),
                    Tree::string("bob"),
                    secret.clone(),
                ])])
                .view(),
            );
        },
    );
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        !text.contains("secret") && text.matches("<redacted>").count() == 3,
        "{text}"
    );
}
