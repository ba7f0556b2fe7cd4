//! Match specifications over tables: `select/1,2,3`, `select_reverse`, `select_count`, `select_delete`, `select_replace`, compiled specifications.
//!
//! An object is matched where it lies, under its lock. There most specifications are decided as a whole (`matchspec::direct`); for the others an
//! object that matches is copied to a scratch heap, where guards and body run. Only results reach the heap of the caller.

use std::cell::Cell;
use std::sync::Arc;

use super::access::{Want, end_of_table, handle, table};
use super::keys::{bound_key, start};
use super::retained::keeps_keys;
use crate::atoms;
use crate::bifs::cx::LONG_STEPS;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::ets::{Kind, Place, Position, Table, TableRef};
use crate::heap::{Heap, HeapOptions, OwnedTerm, ResourceBox, Term};
use crate::matchspec::direct::{self, Matched};
use crate::matchspec::{
    Clause, Evaluation, MatchSpec, NoActions, Purpose, Whole, compile, matches, run_body,
    run_guards,
};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("ets", "select", 1, select_more),
    BifRow::new("ets", "select", 2, select),
    BifRow::new("ets", "select", 3, select_limit),
    BifRow::new("ets", "select_reverse", 1, select_more),
    BifRow::new("ets", "select_reverse", 2, select_reverse),
    BifRow::new("ets", "select_reverse", 3, select_reverse_limit),
    BifRow::new("ets", "select_count", 2, select_count),
    BifRow::new("ets", "select_delete", 2, select_delete),
    BifRow::new("ets", "select_replace", 2, select_replace),
    BifRow::new("ets", "match_spec_compile", 1, match_spec_compile),
    BifRow::new("ets", "match_spec_run_r", 3, match_spec_run_r),
    BifRow::new("ets", "is_compiled_ms", 1, is_compiled_ms),
];

/// Objects looked at per lock.
const BATCH: usize = 1_000;

/// Words after which a scratch heap is thrown away.
const SCRATCH_WORDS: usize = 64 * 1024;

/// A walk of many objects is no scheduler's work.
fn walks<'h>(
    cx: &Cx<'h>,
    table: &Table,
    spec: &MatchSpec,
    args: &[Term<'h>],
) -> Result<(), Raise<'h>> {
    const MANY: usize = LONG_STEPS / 4;
    if table.len() <= MANY || bound_key(table, spec).is_some() {
        return Ok(());
    }
    // How many keys a range has, only a look at it tells.
    let is_long = match start(table, spec, false) {
        mut range @ Position::Within(..) => table.walk(&mut range, MANY, |_| ()),
        _ => true,
    };
    if is_long {
        cx.long(args)?;
    }
    Ok(())
}

fn spec<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Arc<MatchSpec>, Raise<'h>> {
    if let Some(compiled) = compiled(t) {
        return Ok(compiled);
    }
    compile(cx.atoms(), t, Purpose::Table)
        .map(Arc::new)
        .map_err(|_| Raise::badarg())
}

/// A specification behind a reference made by `match_spec_compile/1`.
fn compiled(t: Term<'_>) -> Option<Arc<MatchSpec>> {
    let resource = t.as_ref()?.resource()?;
    resource.0.downcast_ref::<Arc<MatchSpec>>().cloned()
}

/// Runs a specification on one object. `Some` is the value of the body of the first clause that takes it.
fn apply<'s>(cx: &Cx<'s>, spec: &MatchSpec, object: Term<'_>) -> Option<Term<'s>> {
    for clause in &spec.clauses {
        if matches(clause, object).is_none() {
            continue;
        }
        let copy = cx.heap().copy_in(object);
        let Some(bindings) = matches(clause, copy) else {
            continue;
        };
        let evaluation = Evaluation {
            cx,
            whole: Whole::Term(copy),
            bindings: &bindings,
        };
        if run_guards(&evaluation, clause, &mut NoActions) {
            return Some(run_body(&evaluation, clause, &mut NoActions));
        }
    }
    None
}

/// Runs `work` with a context on a scratch heap.
fn on_scratch<'h, R>(cx: &Cx<'h>, work: impl for<'s> FnOnce(&Cx<'s>) -> R) -> R {
    let heap = Heap::new(cx.heap().env(), HeapOptions::default());
    let reductions = Cell::new(cx.reductions_left());
    let scratch = Cx::new(&heap, cx.process(), cx.vm(), &reductions);
    work(&scratch)
}

/// [`run`] over the whole table, or over the objects of the key that the specification demands.
fn run_all<'h>(
    cx: &Cx<'h>,
    table: &Table,
    spec: &MatchSpec,
    mut each: impl FnMut(&OwnedTerm, Term<'_>),
) {
    if let Some(key) = bound_key(table, spec) {
        let objects: Vec<OwnedTerm> = table.get(key, |objects| objects.to_vec());
        return on_scratch(cx, |scratch| {
            for object in &objects {
                if let Some(value) = apply(scratch, spec, object.term()) {
                    each(object, value);
                }
            }
        });
    }
    run(
        cx,
        table,
        spec,
        &mut start(table, spec, false),
        BATCH,
        each,
        || false,
    );
}

/// Walks (part of) a table: `each` gets the object and what the specification made of it; `false` stops.
fn run<'h>(
    cx: &Cx<'h>,
    table: &Table,
    spec: &MatchSpec,
    position: &mut Position,
    batch: usize,
    mut each: impl FnMut(&OwnedTerm, Term<'_>),
    mut enough: impl FnMut() -> bool,
) -> bool {
    loop {
        // Objects are gathered under the lock and looked at outside it: guards may be slow, and `each` may change the table.
        let mut candidates: Vec<OwnedTerm> = Vec::new();
        let mut seen = 0i64;
        let more = table.walk(position, batch, |object| {
            seen += 1;
            if may_take(cx, spec, object.term()) {
                candidates.push(object.clone());
            }
        });
        cx.bump(seen);
        cx.breathe();
        let mut rest = candidates.as_slice();
        while !rest.is_empty() {
            rest = on_scratch(cx, |scratch| {
                for (at, object) in rest.iter().enumerate() {
                    if let Some(value) = apply(scratch, spec, object.term()) {
                        each(object, value);
                    }
                    if scratch.heap().used_words() > SCRATCH_WORDS {
                        return &rest[at + 1..];
                    }
                }
                &[]
            });
        }
        if !more {
            return false;
        }
        if enough() {
            return true;
        }
    }
}

/// As [`run`], for a specification whose clauses are all direct: objects are decided under the lock, and only results are made.
fn run_direct(
    cx: &Cx<'_>,
    table: &Table,
    spec: &MatchSpec,
    position: &mut Position,
    mut each: impl FnMut(&Clause, &Matched<'_, '_>),
) {
    loop {
        let mut seen = 0i64;
        let more = table.walk(position, BATCH, |object| {
            seen += 1;
            let object = object.term();
            for clause in &spec.clauses {
                let Some(bindings) = matches(clause, object) else {
                    continue;
                };
                let matched = Matched {
                    object,
                    bindings: &bindings,
                };
                if direct::guards(cx.atoms(), clause, &matched) == Some(true) {
                    each(clause, &matched);
                    break;
                }
            }
        });
        cx.bump(seen);
        cx.breathe();
        if !more {
            return;
        }
    }
}

/// May a clause take this object? Guards that must be evaluated are not asked here.
fn may_take(cx: &Cx<'_>, spec: &MatchSpec, object: Term<'_>) -> bool {
    spec.clauses.iter().any(|clause| {
        matches(clause, object).is_some_and(|bindings| {
            let matched = Matched {
                object,
                bindings: &bindings,
            };
            direct::guards(cx.atoms(), clause, &matched) != Some(false)
        })
    })
}

fn select_all<'h>(cx: &Cx<'h>, args: &[Term<'h>], reverse: bool) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let spec = spec(cx, args[1])?;
    walks(cx, &found, &spec, args)?;
    let mut position = start(&found, &spec, reverse);
    let mut values = Vec::new();
    if bound_key(&found, &spec).is_some() {
        run_all(cx, &found, &spec, |_, v| values.push(cx.heap().copy_in(v)));
    } else if spec.clauses.iter().all(direct::is_direct) {
        run_direct(cx, &found, &spec, &mut position, |clause, matched| {
            values.push(direct::body(cx.heap(), clause, matched));
        });
    } else {
        run(
            cx,
            &found,
            &spec,
            &mut position,
            BATCH,
            |_, v| values.push(cx.heap().copy_in(v)),
            || false,
        );
    }
    Ok(cx.heap().list(&values))
}

fn select<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    select_all(cx, args, false)
}

fn select_reverse<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    select_all(cx, args, true)
}

// ---- in portions

/// Where a `select/3` stands, as its continuation says: `{Table, Place, Limit, Spec, Left}`. All of it but the compiled specification
/// survives the external term format; `ets:repair_continuation/2` puts a new one in.
struct Portions<'h> {
    table: TableRef,
    spec: Arc<MatchSpec>,
    /// The reference the specification is behind, if there is one already.
    spec_term: Option<Term<'h>>,
    limit: usize,
    /// `None` when the walk is over and only values wait.
    position: Option<Position>,
    /// Values that a batch gave beyond the last portion.
    left: Vec<OwnedTerm>,
}

fn select_limit<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    begin(cx, args, false)
}

fn select_reverse_limit<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    begin(cx, args, true)
}

fn begin<'h>(cx: &Cx<'h>, args: &[Term<'h>], reverse: bool) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let spec = spec(cx, args[1])?;
    let limit = args[2]
        .as_usize()
        .filter(|n| *n > 0)
        .ok_or_else(Raise::badarg)?;
    let position = Some(found.start(reverse));
    let portions = Portions {
        table: found,
        spec,
        spec_term: None,
        limit,
        position,
        left: Vec::new(),
    };
    Ok(portions.next(cx))
}

impl<'h> Portions<'h> {
    /// Gathers up to `limit` values; what a batch gave beyond that waits in the continuation.
    fn next(mut self, cx: &Cx<'h>) -> Term<'h> {
        let values = std::cell::RefCell::new(std::mem::take(&mut self.left));
        let limit = self.limit;
        if let Some(place) = &mut self.position {
            let more = run(
                cx,
                &self.table,
                &self.spec,
                place,
                limit.min(BATCH),
                |_, v| values.borrow_mut().push(OwnedTerm::new(v)),
                || values.borrow().len() >= limit,
            );
            if !more {
                self.position = None;
            }
        }
        let mut values = values.into_inner();
        if values.is_empty() {
            return end_of_table();
        }
        self.left = values.split_off(values.len().min(limit));
        let list = on_heap(cx, &values);
        let continuation = if self.position.is_none() && self.left.is_empty() {
            end_of_table()
        } else {
            self.continuation(cx)
        };
        cx.heap().tuple(&[list, continuation])
    }

    fn continuation(&self, cx: &Cx<'h>) -> Term<'h> {
        let heap = cx.heap();
        let small = |n: u64| heap.int(n as i64);
        let place = match &self.position {
            None => Term::NIL,
            Some(Position::Hash(place)) => match place.parts() {
                (stripe, None) => heap.tuple(&[small(stripe as u64)]),
                // Small integers whatever the hash.
                (stripe, Some(hash)) => heap.tuple(&[
                    small(stripe as u64),
                    small(hash >> 32),
                    small(hash & u64::from(u32::MAX)),
                ]),
            },
            Some(Position::Ordered(key, reverse) | Position::Within(_, key, reverse)) => {
                let key = key.as_ref().map_or(Term::NIL, |key| key.copy_to(heap));
                heap.tuple(&[Term::bool(*reverse), key])
            }
        };
        let spec = self.spec_term.unwrap_or_else(|| {
            let resource = Arc::new(ResourceBox(Box::new(self.spec.clone())));
            heap.magic_ref(heap.env().fresh_ref(), resource)
        });
        heap.tuple(&[
            handle(cx, &self.table),
            place,
            heap.int(self.limit as i64),
            spec,
            on_heap(cx, &self.left),
        ])
    }

    /// Reads a continuation; `None` when it is none, or its specification has been lost.
    fn of(cx: &Cx<'h>, continuation: Term<'h>) -> Option<Portions<'h>> {
        let parts = continuation.as_tuple().filter(|t| t.len() == 5)?;
        let part = |i| parts.get(i);
        let table = table(cx, part(0)?, Want::Read).ok()?;
        let left = part(4)?;
        left.list_len()?;
        Some(Portions {
            position: match part(1)? {
                place if place.is_nil() => None,
                place => Some(position(&table, place)?),
            },
            table,
            spec: compiled(part(3)?)?,
            spec_term: part(3),
            limit: part(2)?.as_usize().filter(|n| *n > 0)?,
            left: left.iter_list().map(OwnedTerm::new).collect(),
        })
    }
}

/// A place as [`Portions::continuation`] writes it.
fn position(table: &Table, place: Term<'_>) -> Option<Position> {
    let parts = place.as_tuple()?;
    let number = |i| parts.get(i).and_then(|n| n.as_usize());
    if table.options.kind == Kind::OrderedSet {
        let (reverse, key) = (parts.get(0)?, parts.get(1)?);
        return Some(Position::Ordered(
            Some(OwnedTerm::new(key)),
            reverse.is_atom(atoms::TRUE),
        ));
    }
    let hash = match parts.len() {
        1 => None,
        3 => Some((number(1)? as u64) << 32 | number(2)? as u64),
        _ => return None,
    };
    Some(Position::Hash(Place::of_parts(number(0)?, hash)))
}

fn on_heap<'h>(cx: &Cx<'h>, values: &[OwnedTerm]) -> Term<'h> {
    let terms: Vec<Term<'h>> = values.iter().map(|v| v.copy_to(cx.heap())).collect();
    cx.heap().list(&terms)
}

/// A continuation used twice goes on twice from the same place.
fn select_more<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].is_atom(atoms::DOLLAR_END_OF_TABLE) {
        return Ok(end_of_table());
    }
    let portions = Portions::of(cx, args[0]).ok_or_else(Raise::badarg)?;
    Ok(portions.next(cx))
}

// ---- counting, deleting, replacing: the body decides by being `true` or an object

fn select_count<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let spec = spec(cx, args[1])?;
    walks(cx, &found, &spec, args)?;
    let mut count = 0i64;
    if spec.clauses.iter().all(direct::is_direct) && bound_key(&found, &spec).is_none() {
        run_direct(
            cx,
            &found,
            &spec,
            &mut start(&found, &spec, false),
            |clause, matched| {
                count += i64::from(direct::is_true(clause, matched));
            },
        );
        return Ok(cx.heap().int(count));
    }
    run_all(cx, &found, &spec, |_, v| {
        count += i64::from(v.is_atom(atoms::TRUE))
    });
    Ok(cx.heap().int(count))
}

fn select_delete<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    let spec = spec(cx, args[1])?;
    walks(cx, &found, &spec, args)?;
    let mut count = 0;
    run_all(cx, &found, &spec, |object, v| {
        if v.is_atom(atoms::TRUE) {
            count += found.delete_object(object.term(), found.key(object));
        }
    });
    Ok(cx.heap().int(count as i64))
}

fn select_replace<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    if matches!(found.options.kind, Kind::Bag) {
        return Err(Raise::badarg());
    }
    let is_written = compiled(args[1]).is_none();
    let spec = spec(cx, args[1])?;
    if is_written && !keeps_keys(cx.atoms(), args[1], found.key_index()) {
        return Err(Raise::badarg());
    }
    walks(cx, &found, &spec, args)?;
    let (mut count, mut bad) = (0i64, false);
    run_all(cx, &found, &spec, |object, v| {
        let new = OwnedTerm::new(v);
        let same = v
            .as_tuple()
            .and_then(|t| t.get(found.key_index()))
            .is_some_and(|k| found.same_key(k, found.key(object)));
        if !same {
            bad = true;
        } else if found.exchange(object.term(), found.key(object), new) {
            count += 1;
        }
    });
    if bad {
        Err(Raise::badarg())
    } else {
        Ok(cx.heap().int(count))
    }
}

// ---- compiled specifications

fn match_spec_compile<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let spec = spec(cx, args[0])?;
    Ok(cx.heap().magic_ref(
        cx.heap().env().fresh_ref(),
        Arc::new(ResourceBox(Box::new(spec))),
    ))
}

fn is_compiled_ms<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(compiled(args[0]).is_some()))
}

/// `match_spec_run_r(List, Compiled, Accumulator)`: results in reverse before the accumulator.
fn match_spec_run_r<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let spec = compiled(args[1]).ok_or_else(Raise::badarg)?;
    let mut result = args[2];
    for element in elements(args[0])? {
        if element.as_tuple().is_none() {
            return Err(Raise::badarg());
        }
        if let Some(value) = apply(cx, &spec, element) {
            result = cx.heap().cons(value, result);
        }
    }
    Ok(result)
}
