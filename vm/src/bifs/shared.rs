//! What processes share outside ETS: `persistent_term`, `counters`, `atomics`.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{
    Kind, LiteralBlock, OwnedTerm, Resource, ResourceBox, Term, eq_exact, hash, size_words,
};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("persistent_term", "put", 2, pt_put),
    BifRow::new("persistent_term", "put_new", 2, pt_put_new),
    BifRow::new("persistent_term", "get", 0, pt_all),
    BifRow::new("persistent_term", "get", 1, pt_get),
    BifRow::new("persistent_term", "get", 2, pt_get_default),
    BifRow::new("persistent_term", "erase", 1, pt_erase),
    BifRow::new("persistent_term", "info", 0, pt_info),
    BifRow::new("atomics", "new", 2, atomics_new),
    BifRow::new("atomics", "put", 3, put),
    BifRow::new("atomics", "get", 2, get),
    BifRow::new("atomics", "add", 3, add),
    BifRow::new("atomics", "add_get", 3, add_get),
    BifRow::new("atomics", "sub", 3, sub),
    BifRow::new("atomics", "sub_get", 3, sub_get),
    BifRow::new("atomics", "exchange", 3, exchange),
    BifRow::new("atomics", "compare_exchange", 4, compare_exchange),
    BifRow::new("atomics", "info", 1, atomics_info),
    BifRow::new("counters", "new", 2, counters_new),
    BifRow::new("counters", "put", 3, put),
    BifRow::new("counters", "get", 2, get),
    BifRow::new("counters", "add", 3, add),
    BifRow::new("counters", "sub", 3, sub),
    BifRow::new("counters", "info", 1, counters_info),
];

// ---- persistent terms

/// The persistent terms of one VM. Small ones are copied to who reads them: so a reader never holds what a writer replaces. Large ones are literals,
/// which are read in no time; one that is replaced or erased is retired, and freed once every process has given it up ([`Leaving`]).
///
/// [`Leaving`]: crate::code::Leaving
#[derive(Default)]
pub struct PersistentTerms {
    entries: RwLock<HashMap<u64, Vec<(OwnedTerm, Stored)>>>,
}

enum Stored {
    Copied(OwnedTerm),
    Shared(LiteralBlock),
}

/// Words from which a term is shared: a copy of fewer takes some nanoseconds, and a replacement costs nobody anything.
const SHARED_WORDS: usize = 16;

impl Stored {
    fn new(cx: &Cx<'_>, value: Term<'_>) -> Stored {
        let literals = &cx.heap().env().literals;
        let words = match value.as_immediate() {
            Some(_) => 0,
            None => size_words(value),
        };
        // A full area is no reason to fail, and code goes first.
        let block = (words >= SHARED_WORDS && literals.has_spare(words))
            .then(|| literals.place(&[value]))
            .flatten();
        match block {
            Some(block) => Stored::Shared(block),
            None => Stored::Copied(OwnedTerm::new(value)),
        }
    }

    fn term(&self) -> Term<'_> {
        match self {
            Stored::Copied(t) => t.term(),
            Stored::Shared(block) => block.get(0).expect("invariant: a block of one term"),
        }
    }

    fn read<'h>(&self, cx: &Cx<'h>) -> Term<'h> {
        match self {
            Stored::Copied(t) => t.copy_to(cx.heap()),
            Stored::Shared(block) => block
                .lend(0, cx.heap())
                .expect("invariant: a block of one term"),
        }
    }

    fn words(&self) -> usize {
        match self {
            Stored::Copied(t) => t.words(),
            Stored::Shared(block) => block.words(),
        }
    }

    /// What becomes of a term that is no more. Answers whether retired terms should be buried.
    fn retire(self, cx: &Cx<'_>) -> bool {
        match self {
            Stored::Copied(_) => false,
            Stored::Shared(block) => cx.vm().code().retire(block),
        }
    }
}

impl PersistentTerms {
    fn get<'h>(&self, cx: &Cx<'h>, key: Term<'_>) -> Option<Term<'h>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let bucket = entries.get(&hash::internal(key))?;
        bucket
            .iter()
            .find(|(k, _)| eq_exact(k.term(), key))
            .map(|(_, v)| v.read(cx))
    }

    /// Whether the key has just this value.
    fn has(&self, key: Term<'_>, value: Term<'_>) -> bool {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let bucket = entries.get(&hash::internal(key));
        bucket
            .into_iter()
            .flatten()
            .any(|(k, v)| eq_exact(k.term(), key) && eq_exact(v.term(), value))
    }

    /// Answers what the key had before. The same value again changes nothing.
    fn put(&self, cx: &Cx<'_>, key: Term<'_>, value: Term<'_>) -> Option<Stored> {
        if self.has(key, value) {
            return None;
        }
        // Readers wait for no copy.
        let (new_key, new) = (OwnedTerm::new(key), Stored::new(cx, value));
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let bucket = entries.entry(hash::internal(key)).or_default();
        match bucket.iter_mut().find(|(k, _)| eq_exact(k.term(), key)) {
            Some((_, v)) => Some(std::mem::replace(v, new)),
            None => {
                bucket.push((new_key, new));
                None
            }
        }
    }

    /// Shows every key with its value, in no particular order.
    pub fn each(&self, see: &mut dyn FnMut(Term<'_>, Term<'_>)) {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in entries.values().flatten() {
            see(key.term(), value.term());
        }
    }

    fn erase(&self, key: Term<'_>) -> Option<Stored> {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let h = hash::internal(key);
        let bucket = entries.get_mut(&h)?;
        let at = bucket.iter().position(|(k, _)| eq_exact(k.term(), key))?;
        let (_, old) = bucket.swap_remove(at);
        if bucket.is_empty() {
            entries.remove(&h);
        }
        Some(old)
    }
}

/// The answer, while a burial begins if one is due: it waits for processes that run, which is nothing to the caller.
fn beside_burial<'h>(cx: &Cx<'h>, is_due: bool, answer: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    if !is_due {
        return Ok(answer);
    }
    let (purger, begin) = (cx.atom("erts_code_purger")?, cx.atom("begin_burial")?);
    Err(Raise::trap(purger, begin, &[answer]))
}

fn pt_put<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let old = cx.vm().persistent_terms.put(cx, args[0], args[1]);
    let is_due = old.is_some_and(|old| old.retire(cx));
    beside_burial(cx, is_due, Term::atom(atoms::OK))
}

/// badarg if the key has another value.
fn pt_put_new<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match cx.vm().persistent_terms.get(cx, args[0]) {
        Some(old) if !eq_exact(old, args[1]) => Err(Raise::badarg()),
        Some(_) => Ok(Term::atom(atoms::OK)),
        None => pt_put(cx, args),
    }
}

fn pt_get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.vm()
        .persistent_terms
        .get(cx, args[0])
        .ok_or_else(Raise::badarg)
}

fn pt_get_default<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.vm().persistent_terms.get(cx, args[0]).unwrap_or(args[1]))
}

fn pt_erase<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let old = cx.vm().persistent_terms.erase(args[0]);
    let found = Term::bool(old.is_some());
    beside_burial(cx, old.is_some_and(|old| old.retire(cx)), found)
}

fn pt_all<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let entries = cx
        .vm()
        .persistent_terms
        .entries
        .read()
        .unwrap_or_else(PoisonError::into_inner);
    let pairs: Vec<Term<'h>> = entries
        .values()
        .flatten()
        .map(|(k, v)| heap.tuple(&[k.copy_to(heap), v.read(cx)]))
        .collect();
    Ok(heap.list(&pairs))
}

/// `#{count, memory}`, memory in bytes.
fn pt_info<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let entries = cx
        .vm()
        .persistent_terms
        .entries
        .read()
        .unwrap_or_else(PoisonError::into_inner);
    let (count, words) = entries
        .values()
        .flatten()
        .fold((0, 0), |(n, w), (k, v)| (n + 1, w + k.words() + v.words()));
    Ok(heap.map_from_pairs(&[
        (Term::atom(atoms::COUNT), heap.int(count)),
        (Term::atom(atoms::MEMORY), heap.int(words as i64 * 8)),
    ]))
}

// ---- arrays of 64-bit integers

/// An array behind a reference. Counters are the same array; every operation on one cell is atomic.
struct Cells {
    signed: bool,
    cells: Box<[AtomicI64]>,
}

fn resource<'h>(t: Term<'h>) -> Result<Resource, Raise<'h>> {
    t.as_ref()
        .and_then(|r| r.resource())
        .ok_or_else(Raise::badarg)
}

/// Runs `work` on the cell that the first two arguments name.
fn on_cell<'h, R>(
    args: &[Term<'h>],
    work: impl FnOnce(&Cells, &AtomicI64) -> Result<R, Raise<'h>>,
) -> Result<R, Raise<'h>> {
    let resource = resource(args[0])?;
    let cells = resource
        .0
        .downcast_ref::<Cells>()
        .ok_or_else(Raise::badarg)?;
    let index = args[1]
        .as_usize()
        .filter(|i| *i >= 1)
        .ok_or_else(Raise::badarg)?;
    work(cells, cells.cells.get(index - 1).ok_or_else(Raise::badarg)?)
}

/// A 64-bit value, signed or not, as the bits of an `i64`.
fn word<'h>(cells: &Cells, t: Term<'h>) -> Result<i64, Raise<'h>> {
    match t.kind() {
        Kind::Small(n) if cells.signed || n >= 0 => Ok(n),
        Kind::Big(b) => match (b.limbs(), b.is_negative(), cells.signed) {
            ([limb], false, false) => Ok(*limb as i64),
            ([limb], false, true) => i64::try_from(*limb).map_err(|_| Raise::badarg()),
            ([limb], true, true) if *limb <= i64::MIN.unsigned_abs() => {
                Ok((*limb as i64).wrapping_neg())
            }
            _ => Err(Raise::badarg()),
        },
        _ => Err(Raise::badarg()),
    }
}

/// An increment may be any 64-bit integer; sums wrap.
fn increment<'h>(t: Term<'h>) -> Result<i64, Raise<'h>> {
    let either = |signed| {
        word(
            &Cells {
                signed,
                cells: Box::new([]),
            },
            t,
        )
    };
    either(true).or_else(|_| either(false))
}

fn value<'h>(cx: &Cx<'h>, cells: &Cells, n: i64) -> Term<'h> {
    if cells.signed {
        cx.heap().int(n)
    } else {
        cx.heap().uint(n as u64)
    }
}

/// Cells of the largest array.
const MAX_CELLS: usize = 1 << 28;

fn make<'h>(cx: &Cx<'h>, size: Term<'h>, signed: bool) -> Result<Term<'h>, Raise<'h>> {
    let size = size
        .as_usize()
        .filter(|n| *n >= 1)
        .ok_or_else(Raise::badarg)?;
    if size > MAX_CELLS {
        return Err(Raise::system_limit());
    }
    let cells = Cells {
        signed,
        cells: (0..size).map(|_| AtomicI64::new(0)).collect(),
    };
    Ok(cx.heap().magic_ref(
        cx.heap().env().fresh_ref(),
        Arc::new(ResourceBox(Box::new(cells))),
    ))
}

fn atomics_new<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut signed = true;
    for option in elements(args[1])? {
        let pair = option
            .as_tuple()
            .filter(|t| t.len() == 2)
            .ok_or_else(Raise::badarg)?;
        match (
            pair.get(0).and_then(|k| k.as_atom()),
            pair.get(1).and_then(|v| v.as_atom()),
        ) {
            (Some(atoms::SIGNED), Some(atoms::TRUE)) => signed = true,
            (Some(atoms::SIGNED), Some(atoms::FALSE)) => signed = false,
            _ => return Err(Raise::badarg()),
        }
    }
    make(cx, args[0], signed)
}

fn counters_new<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    for option in elements(args[1])? {
        if !matches!(
            option.as_atom(),
            Some(atoms::ATOMICS | atoms::WRITE_CONCURRENCY)
        ) {
            return Err(Raise::badarg());
        }
    }
    make(cx, args[0], true)
}

fn put<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |cells, cell| {
        cell.store(word(cells, args[2])?, Ordering::SeqCst);
        Ok(Term::atom(atoms::OK))
    })
}

fn get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |cells, cell| {
        Ok(value(cx, cells, cell.load(Ordering::SeqCst)))
    })
}

fn add<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |_, cell| {
        cell.fetch_add(increment(args[2])?, Ordering::SeqCst);
        Ok(Term::atom(atoms::OK))
    })
}

/// Taking away is adding what the negated number is: what has none fails there, whatever else is wrong.
fn negatable<'h>(t: Term<'h>) -> Result<(), Raise<'h>> {
    match t.kind() {
        Kind::Small(_) | Kind::Big(_) | Kind::Float(_) => Ok(()),
        _ => Err(Raise::badarith()),
    }
}

fn sub<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    negatable(args[2])?;
    on_cell(args, |_, cell| {
        cell.fetch_sub(increment(args[2])?, Ordering::SeqCst);
        Ok(Term::atom(atoms::OK))
    })
}

fn add_get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |cells, cell| {
        let n = increment(args[2])?;
        Ok(value(
            cx,
            cells,
            cell.fetch_add(n, Ordering::SeqCst).wrapping_add(n),
        ))
    })
}

fn sub_get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    negatable(args[2])?;
    on_cell(args, |cells, cell| {
        let n = increment(args[2])?;
        Ok(value(
            cx,
            cells,
            cell.fetch_sub(n, Ordering::SeqCst).wrapping_sub(n),
        ))
    })
}

fn exchange<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |cells, cell| {
        Ok(value(
            cx,
            cells,
            cell.swap(word(cells, args[2])?, Ordering::SeqCst),
        ))
    })
}

/// `ok`, or the value that was there instead.
fn compare_exchange<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_cell(args, |cells, cell| {
        let (expected, new) = (word(cells, args[2])?, word(cells, args[3])?);
        Ok(
            match cell.compare_exchange(expected, new, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => Term::atom(atoms::OK),
                Err(found) => value(cx, cells, found),
            },
        )
    })
}

fn atomics_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let resource = resource(args[0])?;
    let cells = resource
        .0
        .downcast_ref::<Cells>()
        .ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    let (min, max) = if cells.signed {
        (heap.int(i64::MIN), heap.int(i64::MAX))
    } else {
        (heap.int(0), heap.uint(u64::MAX))
    };
    Ok(heap.map_from_pairs(&[
        (Term::atom(atoms::SIZE), heap.int(cells.cells.len() as i64)),
        (Term::atom(atoms::MAX), max),
        (Term::atom(atoms::MIN), min),
        (
            Term::atom(atoms::MEMORY),
            heap.int(cells.cells.len() as i64 * 8 + 40),
        ),
    ]))
}

fn counters_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let resource = resource(args[0])?;
    let cells = resource
        .0
        .downcast_ref::<Cells>()
        .ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    Ok(heap.map_from_pairs(&[
        (Term::atom(atoms::SIZE), heap.int(cells.cells.len() as i64)),
        (
            Term::atom(atoms::MEMORY),
            heap.int(cells.cells.len() as i64 * 8 + 40),
        ),
    ]))
}
