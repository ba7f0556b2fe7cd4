//! Pattern-match compilation. Clauses are rows of tests; rows are taken in groups that begin with the same question, each group
//! becomes one switch whose arms are smaller problems of the same kind, and a group that fails goes on with the rows after it.
//!
//! ```text
//! f([],    Y) when G1 -> A;        group 1 (first argument): is_nil? -> guard G1 -> A
//! f([H|T], 1)         -> B;                                  is_cons? -> hd, tl; then y = 1? -> B
//! f(X,     Y)         -> C.        group 2: C                (group 1's failures arrive here)
//! ```
//! A row is never copied, so no clause body is ever duplicated and the code is as long as the patterns (Wadler's and Augustsson's
//! scheme, as against decision trees that copy rows and can explode). Tests that are repeated along a path are removed later by
//! [`crate::types`].

pub mod bits;
pub mod pattern;

use std::collections::HashMap;

use crate::ast::{Expr, Name};
use crate::core::{BlockId, End, Kind, OpKind, Test, Val};
use crate::lower::Lower;
use pattern::Pat;

/// A clause on its way: what is still to be tested, and what is bound so far.
pub struct Row<'p> {
    pub tests: Vec<(Val, Pat<'p>)>,
    pub binds: Vec<(Name, Val)>,
    /// Values that must be equal: a variable that occurs twice, or was bound before.
    pub equal: Vec<(Val, Val)>,
    pub guards: &'p [Vec<Expr>],
    /// Pattern variables are new even when the name is in scope (heads of funs, generators).
    pub shadow: bool,
    pub clause: usize,
}

/// Called where a row has matched: index of the clause, and the scope's mark before the row's variables were bound.
pub type Leaf<'l> = &'l mut dyn FnMut(&mut Lower<'_, '_>, usize, usize);

impl<'p> Row<'p> {
    /// A row of a clause that nothing has been asked of yet.
    pub fn new(clause: usize, guards: &'p [Vec<Expr>], shadow: bool) -> Row<'p> {
        Row {
            tests: Vec::new(),
            binds: Vec::new(),
            equal: Vec::new(),
            guards,
            shadow,
            clause,
        }
    }

    /// Demands that a value match a pattern. Variables are bound at once, only questions are kept.
    pub fn add(&mut self, l: &Lower<'_, '_>, v: Val, pat: Pat<'p>) {
        match pat {
            Pat::Any => {}
            Pat::Var(name) => {
                let known = self.binds.iter().find(|b| b.0 == name).map(|b| b.1);
                let known = known.or_else(|| {
                    if self.shadow {
                        None
                    } else {
                        l.scope.get(&name)
                    }
                });
                match known {
                    Some(other) => self.equal.push((v, other)),
                    None => self.binds.push((name, v)),
                }
            }
            Pat::And(a, b) => {
                self.add(l, v, *a);
                self.add(l, v, *b);
            }
            other => self.tests.push((v, other)),
        }
    }

    fn position(&self, v: Val) -> Option<usize> {
        self.tests.iter().position(|t| t.0 == v)
    }

    fn take(&mut self, v: Val) -> Pat<'p> {
        match self.position(v) {
            Some(i) => self.tests.remove(i).1,
            None => Pat::Any,
        }
    }
}

impl Lower<'_, '_> {
    /// Matches rows in order; where none does, goes to `fail`. Ends the current block.
    pub fn match_rows(&mut self, rows: Vec<Row<'_>>, fail: BlockId, leaf: Leaf<'_>) {
        let mut rows = rows.into_iter();
        // Rows that are left are looked at as a slice and consumed from the front, so that long clause lists stay linear.
        while let Some(first) = rows.as_slice().first() {
            if first.tests.is_empty() {
                let Some(row) = rows.next() else { return };
                let certain = row.equal.is_empty() && crate::lower::cond::always_true(row.guards);
                let more = !certain && !rows.as_slice().is_empty();
                let next = if more { self.new_block() } else { fail };
                self.matched(row, next, leaf);
                if !more {
                    return;
                }
                self.cur = next;
                continue;
            }
            let (v, n) = choose(rows.as_slice());
            let group: Vec<Row<'_>> = rows.by_ref().take(n).collect();
            if rows.as_slice().is_empty() {
                return self.group(v, group, fail, leaf);
            }
            let next = self.new_block();
            let saved = self.save_positions(&group, rows.as_slice());
            self.group(v, group, next, leaf);
            self.cur = next;
            for (ctx, position) in saved {
                self.effect(OpKind::BsSetPos(ctx, position));
            }
        }
        self.jump(fail);
    }

    /// All of a row's patterns match: equalities, guard, body.
    fn matched(&mut self, row: Row<'_>, fail: BlockId, leaf: Leaf<'_>) {
        let line = self.line;
        let mark = self.scope.mark();
        for (name, v) in row.binds {
            self.scope.bind(name, v);
        }
        for (a, b) in row.equal {
            self.require(Test::EqExact(a, b), fail);
        }
        self.guards(row.guards, fail);
        leaf(self, row.clause, mark);
        self.scope.restore(mark);
        self.line = line;
    }

    /// Rows that all ask about `v`.
    fn group(&mut self, v: Val, rows: Vec<Row<'_>>, fail: BlockId, leaf: Leaf<'_>) {
        if rows.first().is_some_and(|r| {
            r.tests
                .iter()
                .any(|t| t.0 == v && matches!(t.1, Pat::Segs(_)))
        }) {
            return self.segment_group(v, rows, fail, leaf);
        }
        let mut kinds: Vec<Bucket<'_>> = Vec::new();
        for mut row in rows {
            let pat = row.take(v);
            add_to_bucket(&mut kinds, row, pat);
        }
        // Most lists that are looked at are not at their end.
        let nil = kinds
            .iter()
            .position(|k| matches!(k, Bucket::Other(Val::Nil, _)));
        let cons = kinds.iter().position(|k| matches!(k, Bucket::Cons(_)));
        if let (Some(nil), Some(cons)) = (nil, cons)
            && nil < cons
        {
            kinds.swap(nil, cons);
        }
        let last = kinds.len().saturating_sub(1);
        for (i, bucket) in kinds.into_iter().enumerate() {
            let no = if i == last { fail } else { self.new_block() };
            self.bucket(v, bucket, no, fail, leaf);
            self.cur = no;
        }
    }

    /// Rows of one kind. `no` is where values of other kinds go, `fail` where values of this kind go when no row takes them.
    fn bucket(&mut self, v: Val, bucket: Bucket<'_>, no: BlockId, fail: BlockId, leaf: Leaf<'_>) {
        match bucket {
            Bucket::Values { mut arms, .. } if arms.len() == 1 => {
                if let Some((value, rows)) = arms.pop() {
                    self.require(Test::EqExact(v, value), no);
                    self.match_rows(rows, fail, leaf);
                }
            }
            Bucket::Values { arms, .. } => {
                let arms: Vec<(Val, BlockId, Vec<Row<'_>>)> = arms
                    .into_iter()
                    .map(|(value, rows)| (value, self.new_block(), rows))
                    .collect();
                let jumps = arms.iter().map(|(value, b, _)| (*value, *b)).collect();
                self.end(End::SelectVal(v, jumps, no));
                for (_, b, rows) in arms {
                    self.cur = b;
                    self.match_rows(rows, fail, leaf);
                }
            }
            Bucket::Other(value, rows) => {
                match value {
                    Val::Nil => self.require_is(Kind::Nil, v, no),
                    _ => self.require(Test::EqExact(v, value), no),
                }
                self.match_rows(rows, fail, leaf);
            }
            Bucket::Cons(rows) => self.cons_rows(v, rows, no, fail, leaf),
            Bucket::Tuple { arms, .. } => self.tuple_rows(v, arms, no, fail, leaf),
            Bucket::Map(rows) => self.map_rows(v, rows, no, fail, leaf),
            Bucket::Bin(rows) => {
                let ctx = self.op_or(OpKind::BsStart(v), no);
                let rows = rows
                    .into_iter()
                    .map(|(mut row, segs)| {
                        row.tests.insert(0, (ctx, Pat::Segs(segs)));
                        row
                    })
                    .collect();
                self.match_rows(rows, fail, leaf);
            }
        }
    }

    fn cons_rows(
        &mut self,
        v: Val,
        rows: Vec<(Row<'_>, [Pat<'_>; 2])>,
        no: BlockId,
        fail: BlockId,
        leaf: Leaf<'_>,
    ) {
        self.require_is(Kind::Cons, v, no);
        let wanted = |i: usize| rows.iter().any(|(_, p)| !matches!(p[i], Pat::Any));
        let (want_head, want_tail) = (wanted(0), wanted(1));
        let head = if want_head {
            self.op(OpKind::GetHd(v))
        } else {
            Val::Nil
        };
        let tail = if want_tail {
            self.op(OpKind::GetTl(v))
        } else {
            Val::Nil
        };
        let rows = rows
            .into_iter()
            .map(|(row, [h, t])| self.replaced(row, [(head, h), (tail, t)]))
            .collect();
        self.match_rows(rows, fail, leaf);
    }

    fn tuple_rows(
        &mut self,
        v: Val,
        arms: Vec<(usize, TupleRows<'_>)>,
        no: BlockId,
        fail: BlockId,
        leaf: Leaf<'_>,
    ) {
        self.require_is(Kind::Tuple, v, no);
        let single = arms.len() == 1;
        let arms: Vec<(usize, BlockId, TupleRows<'_>)> = arms
            .into_iter()
            .map(|(n, rows)| (n, self.new_block(), rows))
            .collect();
        if let (true, Some((n, b, _))) = (single, arms.first()) {
            self.end(End::Test(Test::Arity(v, *n as u32), *b, no));
        } else {
            let jumps = arms.iter().map(|(n, b, _)| (*n as u32, *b)).collect();
            self.end(End::SelectArity(v, jumps, no));
        }
        for (n, b, rows) in arms {
            self.cur = b;
            let mut wanted = vec![false; n];
            for (_, pats) in &rows {
                for (w, p) in wanted.iter_mut().zip(pats) {
                    *w |= !matches!(p, Pat::Any);
                }
            }
            let elems: Vec<Val> = wanted
                .iter()
                .enumerate()
                .map(|(i, w)| {
                    if *w {
                        self.op(OpKind::GetElem(v, i as u32))
                    } else {
                        Val::Nil
                    }
                })
                .collect();
            let rows = rows
                .into_iter()
                .map(|(row, pats)| self.replaced(row, elems.iter().copied().zip(pats)))
                .collect();
            self.match_rows(rows, fail, leaf);
        }
    }

    /// Puts the parts of what was tested before the tests that a row still has.
    fn replaced<'p>(
        &self,
        mut row: Row<'p>,
        parts: impl IntoIterator<Item = (Val, Pat<'p>)>,
    ) -> Row<'p> {
        let rest = std::mem::take(&mut row.tests);
        for (v, p) in parts {
            row.add(self, v, p);
        }
        row.tests.extend(rest);
        row
    }

    fn map_rows(
        &mut self,
        v: Val,
        rows: Vec<(Row<'_>, MapPat<'_>)>,
        no: BlockId,
        fail: BlockId,
        leaf: Leaf<'_>,
    ) {
        self.require_is(Kind::Map, v, no);
        let mut rows = rows.into_iter().peekable();
        while let Some((row, pairs)) = rows.next() {
            // Following rows with the same literal keys share the look-up.
            let keys: Vec<&Expr> = pairs.iter().map(|p| p.0).collect();
            let mut same = vec![(row, pairs)];
            while let Some(next) = rows.next_if(|(_, p)| same_keys(&keys, p)) {
                same.push(next);
            }
            let next = if rows.peek().is_some() {
                self.new_block()
            } else {
                fail
            };
            let outer = self.guard.replace(next);
            let mark = self.scope.mark();
            // Keys are guard expressions over variables that were bound before the match.
            let key_vals: Vec<Val> = keys.iter().map(|k| self.value_of(k)).collect();
            self.scope.restore(mark);
            self.guard = outer;
            let elems: Vec<Val> = key_vals.iter().map(|_| Val::Var(self.new_var())).collect();
            if !keys.is_empty() {
                let fetch = key_vals
                    .into_iter()
                    .zip(elems.iter().filter_map(|e| e.var()))
                    .collect();
                self.step_or(None, OpKind::Fetch(v, fetch), next);
            }
            let same = same
                .into_iter()
                .map(|(row, pairs)| {
                    self.replaced(
                        row,
                        elems.iter().copied().zip(pairs.into_iter().map(|p| p.1)),
                    )
                })
                .collect();
            self.match_rows(same, next, leaf);
            self.cur = next;
        }
    }
}

type MapPat<'p> = Vec<(&'p Expr, Pat<'p>)>;
type TupleRows<'p> = Vec<(Row<'p>, Vec<Pat<'p>>)>;

/// Rows of a group whose patterns exclude those of all other buckets.
enum Bucket<'p> {
    /// Atoms and small integers: one arm per value.
    Values {
        arms: Vec<(Val, Vec<Row<'p>>)>,
        index: HashMap<Val, usize>,
    },
    /// `[]`, a float, a big integer, another constant.
    Other(Val, Vec<Row<'p>>),
    Cons(Vec<(Row<'p>, [Pat<'p>; 2])>),
    Tuple {
        arms: Vec<(usize, TupleRows<'p>)>,
        index: HashMap<usize, usize>,
    },
    Map(Vec<(Row<'p>, MapPat<'p>)>),
    Bin(Vec<(Row<'p>, Vec<bits::SegPat<'p>>)>),
}

fn add_to_bucket<'p>(kinds: &mut Vec<Bucket<'p>>, row: Row<'p>, pat: Pat<'p>) {
    match pat {
        Pat::Value(v @ (Val::Atom(_) | Val::Small(_))) => {
            for k in kinds.iter_mut() {
                if let Bucket::Values { arms, index } = k {
                    let at = *index.entry(v).or_insert(arms.len());
                    match arms.get_mut(at) {
                        Some(arm) => arm.1.push(row),
                        None => arms.push((v, vec![row])),
                    }
                    return;
                }
            }
            kinds.push(Bucket::Values {
                arms: vec![(v, vec![row])],
                index: HashMap::from([(v, 0)]),
            });
        }
        Pat::Value(v) => {
            for k in kinds.iter_mut() {
                match k {
                    Bucket::Other(w, rows) if *w == v => return rows.push(row),
                    _ => {}
                }
            }
            kinds.push(Bucket::Other(v, vec![row]));
        }
        Pat::Cons(h, t) => {
            for k in kinds.iter_mut() {
                if let Bucket::Cons(rows) = k {
                    return rows.push((row, [*h, *t]));
                }
            }
            kinds.push(Bucket::Cons(vec![(row, [*h, *t])]));
        }
        Pat::Tuple(ps) => {
            let n = ps.len();
            for k in kinds.iter_mut() {
                if let Bucket::Tuple { arms, index } = k {
                    let at = *index.entry(n).or_insert(arms.len());
                    match arms.get_mut(at) {
                        Some(arm) => arm.1.push((row, ps)),
                        None => arms.push((n, vec![(row, ps)])),
                    }
                    return;
                }
            }
            kinds.push(Bucket::Tuple {
                arms: vec![(n, vec![(row, ps)])],
                index: HashMap::from([(n, 0)]),
            });
        }
        Pat::Map(pairs) => {
            for k in kinds.iter_mut() {
                if let Bucket::Map(rows) = k {
                    return rows.push((row, pairs));
                }
            }
            kinds.push(Bucket::Map(vec![(row, pairs)]));
        }
        Pat::Bin(segs) => {
            for k in kinds.iter_mut() {
                if let Bucket::Bin(rows) = k {
                    return rows.push((row, segs));
                }
            }
            kinds.push(Bucket::Bin(vec![(row, segs)]));
        }
        // Bound when they were added to a row, or another group's business.
        Pat::Any | Pat::Var(_) | Pat::And(..) | Pat::Segs(_) => {}
    }
}

/// The question to ask first, and how many rows from the first on ask it: the one that most rows share.
fn choose(rows: &[Row<'_>]) -> (Val, usize) {
    let mut best = (Val::Nil, 0);
    let Some(first) = rows.first() else {
        return best;
    };
    for (v, pat) in &first.tests {
        let n = match pat {
            Pat::Segs(segs) => bits::run(rows, *v, segs),
            _ => rows.iter().take_while(|r| r.position(*v).is_some()).count(),
        };
        if n > best.1 {
            best = (*v, n);
        }
        if n == rows.len() {
            break;
        }
    }
    best
}

fn same_keys(keys: &[&Expr], pairs: &MapPat<'_>) -> bool {
    use crate::ast::ExprKind as K;
    keys.len() == pairs.len()
        && keys
            .iter()
            .zip(pairs)
            .all(|(a, (b, _))| match (&a.kind, &b.kind) {
                (K::Atom(x), K::Atom(y)) => x == y,
                (K::Int(x), K::Int(y)) => x == y,
                (K::Str(x), K::Str(y)) => x == y,
                (K::Var(x), K::Var(y)) => x == y,
                _ => false,
            })
}
