//! Round trips, recorded answers, and mutations that must end in `Bad`.

use super::*;
use crate::atoms::{Atom, AtomTable};
use crate::heap::{Heap, HeapEnv, HeapOptions, Term, eq_exact};
use std::sync::Arc;

fn heap() -> Heap {
    Heap::new(
        &HeapEnv::new(Arc::new(AtomTable::default())),
        HeapOptions::default(),
    )
}

fn no_exports(_: Atom, _: Atom, _: u8, _: bool) -> Option<u64> {
    Some(0)
}

fn options() -> DecodeOptions<'static> {
    DecodeOptions {
        safe: false,
        node: "nonode@nohost",
        export: &no_exports,
    }
}

fn samples<'h>(h: &'h Heap) -> Vec<Term<'h>> {
    let a = |s: &str| Term::atom(h.env().atoms.intern(s).expect("room"));
    let deep = (0..100_000).fold(Term::NIL, |t, i| {
        if i % 2 == 0 {
            h.list(&[t])
        } else {
            h.tuple(&[t])
        }
    });
    let wide: Vec<_> = (0..100).map(|i| (h.int(i), a("v"))).collect();
    vec![
        h.int(0),
        h.int(255),
        h.int(256),
        h.int(-1),
        h.int(i32::MIN as i64),
        h.int(1 << 40),
        h.big(true, &[1, 2, 3]),
        h.big(false, &vec![7; 40]),
        h.float(1.5),
        a("hello"),
        a("größe"),
        Term::NIL,
        h.string("text"),
        h.list_with_tail(&[h.int(1)], h.int(2)),
        h.list(&[h.int(1000), a("x")]),
        h.binary(b"bytes"),
        h.binary(&[9; 1000]),
        h.bitstring(&[0b1010_0000], 3),
        h.tuple(&[]),
        h.tuple(&vec![Term::NIL; 300]),
        h.map_from_pairs(&[(a("k"), h.int(1)), (h.float(2.0), h.string("v"))]),
        h.map_from_pairs(&wide),
        Term::pid(crate::heap::Pid::new(7, 3)),
        Term::port(crate::heap::Port::new(5)),
        h.make_ref(),
        h.export_fun(crate::atoms::ERROR, crate::atoms::OK, 2, 0),
        deep,
    ]
}

#[test]
fn terms_survive_the_round_trip() {
    let h = heap();
    for t in samples(&h) {
        for (compressed, deterministic) in [(0, false), (6, false), (0, true)] {
            let bytes = encode(
                &h.env().atoms,
                t,
                EncodeOptions {
                    compressed,
                    deterministic,
                    ..EncodeOptions::default()
                },
            );
            let (back, used) = decode(&h, &bytes, options()).expect("valid");
            assert!(eq_exact(back, t));
            assert_eq!(used, bytes.len());
            let mut more = bytes.clone();
            more.extend([1, 2, 3]);
            assert_eq!(decode(&h, &more, options()).map(|r| r.1), Ok(bytes.len()));
        }
    }
}

/// Recorded from `erl` (OTP 25; atoms as OTP 26 writes them).
#[test]
fn bytes_are_those_of_erlang() {
    let h = heap();
    let bytes = |t| encode(&h.env().atoms, t, EncodeOptions::default());
    assert_eq!(bytes(h.int(1 << 31)), [131, 110, 4, 0, 0, 0, 0, 128]);
    assert_eq!(bytes(h.int(-129)), [131, 98, 255, 255, 255, 127]);
    assert_eq!(bytes(h.string("ab")), [131, 107, 0, 2, 97, 98]);
    assert_eq!(bytes(h.float(1.5)), [131, 70, 63, 248, 0, 0, 0, 0, 0, 0]);
    assert_eq!(
        bytes(h.bitstring(&[0b1010_0000], 3)),
        [131, 77, 0, 0, 0, 1, 3, 160]
    );
    assert_eq!(bytes(Term::atom(crate::atoms::OK)), [131, 119, 2, 111, 107]);
    assert_eq!(
        bytes(h.map_from_pairs(&[(h.int(1), h.int(2))])),
        [131, 116, 0, 0, 0, 1, 97, 1, 97, 2]
    );
}

#[test]
fn safe_makes_no_atoms() {
    let h = heap();
    let n = h.env().atoms.count();
    let bytes = [131, 119, 3, b'q', b'q', b'z'];
    let safe = DecodeOptions {
        safe: true,
        ..options()
    };
    assert_eq!(decode(&h, &bytes, safe).map(|_| ()), Err(Bad));
    assert_eq!(h.env().atoms.count(), n);
    assert!(decode(&h, &bytes, options()).is_ok());
}

/// `TRANSOM_FUZZ` sets the number of mutations.
#[test]
fn mutations_are_refused_or_read_but_never_break() {
    let count: u64 = std::env::var("TRANSOM_FUZZ")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20_000);
    let mut h = heap();
    let seeds: Vec<Vec<u8>> = {
        let all = samples(&h);
        let mut seeds: Vec<_> = all[..all.len() - 1]
            .iter()
            .map(|t| encode(&h.env().atoms, *t, EncodeOptions::default()))
            .collect();
        let list = h.list(&all[..all.len() - 1]);
        seeds.push(encode(&h.env().atoms, list, EncodeOptions::default()));
        seeds.push(encode(
            &h.env().atoms,
            list,
            EncodeOptions {
                compressed: 9,
                ..EncodeOptions::default()
            },
        ));
        seeds
    };
    let mut x = 88_172_645_463_325_252u64;
    let mut next = |n: usize| {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x % n as u64) as usize
    };
    for i in 0..count {
        let mut bytes = seeds[next(seeds.len())].clone();
        for _ in 0..1 + next(4) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes[at] = next(256) as u8,
                1 => bytes[at] ^= 1 << next(8),
                2 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, next(128) as u8),
            }
        }
        if let Ok((t, used)) = decode(
            &h,
            &bytes,
            DecodeOptions {
                safe: true,
                ..options()
            },
        ) {
            assert!(used <= bytes.len());
            let again = encode(&h.env().atoms, t, EncodeOptions::default());
            assert!(decode(&h, &again, options()).is_ok());
        }
        if i % 500 == 0 {
            h.collect_full(0, &mut []);
        }
    }
}

#[test]
fn claims_of_size_are_not_believed() {
    let h = heap();
    for tag in [
        tag::LIST,
        tag::LARGE_TUPLE,
        tag::MAP,
        tag::BINARY,
        tag::LARGE_BIG,
        tag::COMPRESSED,
    ] {
        let bytes = [131, tag, 255, 255, 255, 255, 0, 0];
        assert_eq!(decode(&h, &bytes, options()).map(|_| ()), Err(Bad), "{tag}");
    }
}
