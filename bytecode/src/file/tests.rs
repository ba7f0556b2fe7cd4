//! Module files: round trips, clear errors, and thousands of damaged inputs that must neither panic nor eat memory.

use super::constants::{NIL, TUPLE};
use super::*;
use crate::Insn;
use crate::samples::{self, Rng};

#[test]
fn modules_survive_the_round_trip() {
    for seed in 1..300 {
        let m = samples::module(seed);
        assert_eq!(Module::from_bytes(&m.to_bytes()), Ok(m), "seed {seed}");
    }
}

#[test]
fn every_instruction_survives_the_round_trip() {
    let mut rng = Rng(7);
    for op in 0..crate::OPS.len() as u8 {
        for _ in 0..20 {
            let insn = samples::insn(&mut rng, op);
            let mut bytes = Vec::new();
            insn.encode(&mut bytes);
            let mut r = Reader::new(&bytes);
            assert_eq!(Insn::decode(&mut r).as_ref(), Ok(&insn));
            assert_eq!(r.remaining(), 0);
        }
    }
}

#[test]
fn errors_are_clear() {
    let bytes = samples::module(3).to_bytes();
    let error = |b: &[u8]| Module::from_bytes(b).expect_err("no module").to_string();
    assert_eq!(error(b""), "corrupt file header");
    assert_eq!(error(b"hello, this is a text file"), "corrupt file header");
    assert_eq!(
        error(&bytes[..bytes.len() - 1]),
        "damaged or incomplete file"
    );
    let mut other = bytes.clone();
    other[4] = 99;
    assert_eq!(
        error(&other),
        "format version 99, this VM reads 1: compile it again"
    );
    other[4] = 1;
    other[40] ^= 1;
    assert_eq!(error(&other), "damaged or incomplete file");
    assert_eq!(error(&sealed(&[])), "missing ATOM chunk");
    // A chunk of a tool is none of ours.
    assert_eq!(error(&sealed(b"Nope\0\0\0\0")), "missing ATOM chunk");
    assert_eq!(
        error(&sealed(b"ATOM\x02\0\0\0\x7f\0")),
        "corrupt ATOM chunk: count larger than the input at byte 1"
    );
}

/// A file with a proper header around any chunks.
fn sealed(chunks: &[u8]) -> Vec<u8> {
    let mut out = b"TBC\n\x01\0\0\0".to_vec();
    out.extend(hash128(chunks));
    out.extend(chunks);
    out
}

/// Mutations get a fresh hash, or the first check would hide everything behind it. `TRANSOM_MUTATIONS` sets their number.
#[test]
fn mutated_files_are_refused_or_read() {
    let count = std::env::var("TRANSOM_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(6_000);
    let mut rng = Rng(11);
    let seeds: Vec<Vec<u8>> = (1..20)
        .map(|s| samples::module(s).to_bytes()[HEADER..].to_vec())
        .collect();
    let (mut read, mut refused) = (0, 0);
    for _ in 0..count {
        let mut bytes = seeds[rng.below(seeds.len())].clone();
        for _ in 0..=rng.below(4) {
            mutate(&mut rng, &mut bytes);
        }
        match Module::from_bytes(&sealed(&bytes)) {
            Ok(m) => {
                read += 1;
                // Whatever can be read can be checked, listed and written.
                let _ = crate::verify::check(&m);
                let _ = crate::listing::module_text(&m);
                assert_eq!(Module::from_bytes(&m.to_bytes()), Ok(m));
            }
            Err(_) => refused += 1,
        }
    }
    assert!(
        read > count / 100 && refused > count / 4,
        "{read} read, {refused} refused"
    );
}

fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = rng.below(bytes.len());
    match rng.below(6) {
        0 => bytes[at] = rng.next() as u8,
        1 => bytes[at] ^= 1 << rng.below(8),
        2 => bytes.truncate(at),
        3 => drop(bytes.remove(at)),
        4 => bytes.insert(at, rng.next() as u8),
        _ => bytes[at] = 0xff,
    }
}

#[test]
fn deep_and_huge_claims_are_refused() {
    let nested = |n| {
        let mut body = b"CONS\0\0\0\0".to_vec();
        body.push(1);
        body.extend([TUPLE, 1].repeat(n));
        body.push(NIL);
        let len = (body.len() - 8) as u32;
        body[4..8].copy_from_slice(&len.to_le_bytes());
        Module::from_bytes(&sealed(&body))
            .expect_err("no module")
            .to_string()
    };
    assert!(nested(1_000_000).contains("nested too deeply"));
    assert_eq!(nested(1_000), "missing ATOM chunk");
}

#[test]
fn the_code_hash_ignores_what_does_not_run() {
    let m = samples::module(5);
    let mut other = m.clone();
    other.source = Some("elsewhere".into());
    other.docs = None;
    other.compile_info = Const::Nil;
    other.lines.push(Line { file: 0, line: 12 });
    assert_eq!(code_hash(&m), code_hash(&other));
    other.atoms[4].push('x');
    assert_ne!(code_hash(&m), code_hash(&other));
}
