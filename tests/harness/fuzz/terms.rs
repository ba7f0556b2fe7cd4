//! Mutated external terms: read, or refused with `badarg`, in memory bounded by the input. What was read can be written and read again.

use std::sync::Arc;

use transom_vm::atoms::{Atom, AtomTable};
use transom_vm::etf::{DecodeOptions, EncodeOptions, decode, encode};
use transom_vm::heap::{Heap, HeapEnv, HeapOptions, Pid, Term};

use super::{Random, mutate_bytes};

/// Words on the heap that a byte of input may cost at most: a list of empty lists takes two words for each of its bytes, maps somewhat more.
const WORDS_A_BYTE: usize = 16;
/// Deflate packs at most that much to 1.
const UNPACKED: usize = 1_032;
/// First block, fragments' own room.
const WORDS_BESIDES: usize = 64 * 1024;

/// Terms of every kind, written, and the heap that cases are read to.
pub struct Bench {
    env: Arc<HeapEnv>,
    heap: Heap,
    seeds: Vec<Vec<u8>>,
}

fn no_exports(_: Atom, _: Atom, _: u8, _: bool) -> Option<u64> {
    Some(0)
}

fn options() -> DecodeOptions<'static> {
    DecodeOptions {
        safe: true,
        node: "nonode@nohost",
        export: &no_exports,
    }
}

fn samples<'h>(h: &'h Heap) -> Vec<Term<'h>> {
    let a = |s: &str| {
        Term::atom(
            h.env()
                .atoms
                .intern(s)
                .expect("there is room for a few atoms"),
        )
    };
    let wide: Vec<_> = (0..100).map(|i| (h.int(i), a("v"))).collect();
    let deep = (0..50).fold(Term::NIL, |t, i| {
        if i % 2 == 0 {
            h.list(&[t])
        } else {
            h.tuple(&[t])
        }
    });
    vec![
        h.int(0),
        h.int(-1),
        h.int(1 << 40),
        h.big(true, &[1, 2, 3]),
        h.big(false, &[7; 40]),
        h.float(1.5),
        a("hello"),
        a("größe"),
        h.string("text"),
        h.list_with_tail(&[h.int(1)], h.int(2)),
        h.list(&[h.int(1000), a("x"), h.float(-0.0)]),
        h.binary(&[9; 1000]),
        h.bitstring(&[0b1010_0000], 3),
        h.tuple(&[Term::NIL; 300]),
        h.map_from_pairs(&[(a("k"), h.int(1)), (h.float(2.0), h.string("v"))]),
        h.map_from_pairs(&wide),
        Term::pid(Pid::new(7, 3)),
        h.make_ref(),
        h.export_fun(Atom(1), Atom(2), 3, 0),
        deep,
    ]
}

impl Bench {
    pub fn new() -> Bench {
        let env = HeapEnv::new(Arc::new(AtomTable::default()));
        let heap = Heap::new(&env, HeapOptions::default());
        let all = samples(&heap);
        let list = heap.list(&all);
        let written = |t, compressed| {
            encode(
                &env.atoms,
                t,
                EncodeOptions {
                    compressed,
                    ..EncodeOptions::default()
                },
            )
        };
        let mut seeds: Vec<Vec<u8>> = all.iter().map(|t| written(*t, 0)).collect();
        seeds.extend([written(list, 0), written(list, 9)]);
        Bench {
            heap: Heap::new(&env, HeapOptions::default()),
            env,
            seeds,
        }
    }

    /// One case.
    pub fn one(&mut self, seed: u64, number: u64) -> Result<String, String> {
        let mut random = Random::of(seed, number);
        let mut bytes = random.pick(&self.seeds).clone();
        mutate_bytes(&mut bytes, &mut random);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.read(&bytes)));
        self.heap = Heap::new(&self.env, HeapOptions::default());
        outcome.unwrap_or_else(|panic| Err(format!("panic: {}", super::text_of(&*panic))))
    }

    fn read(&self, bytes: &[u8]) -> Result<String, String> {
        let answer = decode(&self.heap, bytes, options());
        let packed = bytes.get(1) == Some(&80);
        let bound = bytes.len() * WORDS_A_BYTE * if packed { UNPACKED } else { 1 } + WORDS_BESIDES;
        let used = self.heap.used_words();
        if used > bound {
            return Err(format!("{used} words for {} bytes", bytes.len()));
        }
        let Ok((term, read)) = answer else {
            return Ok("badarg".into());
        };
        if read > bytes.len() {
            return Err(format!("read {read} of {} bytes", bytes.len()));
        }
        let again = encode(&self.env.atoms, term, EncodeOptions::default());
        match decode(&self.heap, &again, options()) {
            Ok((same, _)) if transom_vm::heap::eq_exact(term, same) => Ok("read".into()),
            Ok(_) => Err("writing and reading again gives another term".into()),
            Err(_) => Err("what was written cannot be read".into()),
        }
    }
}

impl Default for Bench {
    fn default() -> Self {
        Bench::new()
    }
}
