//! Comprehensions. Every generator becomes a function that walks its input:
//!
//! ```text
//! [E || P <- L, F]      lc(L, Free...):  [P|T] when F -> [E | lc(T, Free...)]
//!                                        [_|T]        -> lc(T, Free...)
//!                                        []           -> Rest
//!                                        other        -> error({bad_generator, other})
//! ```
//! `Rest` is `[]` for the outermost generator and the call of the enclosing one for those inside it, so the list is built
//! without intermediate lists; the functions of a binary comprehension return what they made instead. What a walk ends with (`[]`, or the end of `[...] ++ End`) is its last argument if it is no
//! constant; a binary comprehension carries the binary made so far there. Filters before the first generator are tested where the
//! comprehension stands. A map comprehension is a list of pairs that becomes a map at the end. Variables `%...` (no source can name them) hold what an inner
//! function needs to go on with the outer one.

use std::collections::BTreeSet;

use transom_bytecode::{Const, FnIx, MAX_ARITY, SegFlags, SegKind};

use super::{Dest, Lower, free};
use crate::ast::{Expr, ExprKind, Generator, GeneratorSource, MapField, Name, Qualifier};
use crate::core::{BlockId, Callee, End, Kind, OpKind, Raise, Seg, Test, Val};
use crate::matching::Row;
use crate::matching::bits::SegPat;
use crate::matching::pattern::Pat;

/// What is made for each combination.
#[derive(Clone, Copy)]
enum Yield<'e> {
    Item(&'e Expr),
    /// Nobody wants the list: no list is made, and the walk is a loop.
    Nothing(&'e Expr),
    Pair(&'e MapField),
    Bits(&'e Expr),
}

impl Yield<'_> {
    fn is_bits(self) -> bool {
        matches!(self, Yield::Bits(_))
    }

    fn word(self) -> &'static str {
        match self {
            Yield::Item(_) | Yield::Nothing(_) => "lc",
            Yield::Pair(_) => "mc",
            Yield::Bits(_) => "lbc",
        }
    }
}

/// How the walk goes on when this combination is done: nothing more to do, or a call.
#[derive(Clone)]
enum Rest {
    /// The function's result is what was made.
    End,
    /// What was made is wanted by the code around the comprehension.
    Join(BlockId),
    Call(FnIx, Vec<Name>),
}

/// Name of the end of the list, or of the accumulator of a binary comprehension.
const ACC: &str = "%acc";

impl Lower<'_, '_> {
    /// `[E || ...]`.
    pub fn list_comp(&mut self, e: &Expr, body: &Expr, quals: &[Qualifier], dest: Dest) -> Val {
        self.comprehension(e, Yield::Item(body), quals, dest)
    }

    /// `[E || ...] ++ End`: the list is built in front of its end.
    pub fn list_comp_onto(
        &mut self,
        e: &Expr,
        body: &Expr,
        quals: &[Qualifier],
        end: Val,
        dest: Dest,
    ) -> Val {
        self.comprehension_onto(e, Yield::Item(body), quals, end, dest)
    }

    /// A list comprehension whose value nobody wants.
    pub fn run_comp(&mut self, e: &Expr, body: &Expr, quals: &[Qualifier]) {
        self.comprehension(e, Yield::Nothing(body), quals, Dest::Value);
    }

    /// `#{K => V || ...}`.
    pub fn map_comp(&mut self, e: &Expr, field: &MapField, quals: &[Qualifier], dest: Dest) -> Val {
        let pairs = self.comprehension(e, Yield::Pair(field), quals, Dest::Value);
        self.at(e.span);
        self.call_ext("maps", "from_list", vec![pairs], dest)
    }

    /// `<<E || ...>>`.
    pub fn bin_comp(&mut self, e: &Expr, body: &Expr, quals: &[Qualifier], dest: Dest) -> Val {
        self.comprehension(e, Yield::Bits(body), quals, dest)
    }

    fn comprehension(&mut self, e: &Expr, what: Yield<'_>, quals: &[Qualifier], dest: Dest) -> Val {
        let end = if what.is_bits() {
            self.value(Const::binary(Vec::new()))
        } else {
            Val::Nil
        };
        self.comprehension_onto(e, what, quals, end, dest)
    }

    /// With what there is at the end of the walk.
    fn comprehension_onto(
        &mut self,
        e: &Expr,
        what: Yield<'_>,
        quals: &[Qualifier],
        end: Val,
        dest: Dest,
    ) -> Val {
        let mark = self.scope.mark();
        let line = self.line;
        self.scope.bind(ACC.into(), end);
        let v = if let Some(Qualifier::Generator(_) | Qualifier::Zip(..)) = quals.first() {
            self.generator(e, what, quals, Rest::End, dest)
        } else {
            self.filtered_first(e, what, quals, dest)
        };
        self.line = line;
        self.scope.restore(mark);
        v
    }

    /// No generator in front: what comes before the first one is done here.
    fn filtered_first(
        &mut self,
        e: &Expr,
        what: Yield<'_>,
        quals: &[Qualifier],
        dest: Dest,
    ) -> Val {
        if dest == Dest::Tail {
            self.qualifiers(e, what, quals, &Rest::End);
            return Val::Nil;
        }
        let (join, params) = self.new_join(1);
        self.qualifiers(e, what, quals, &Rest::Join(join));
        self.cur = join;
        Val::Var(params[0])
    }

    /// With its number among all generated functions and its place among the comprehensions.
    fn comprehension_name(&self, first: &Qualifier, what: Yield<'_>) -> String {
        let numbers = &self.unit.numbers;
        let (number, place) = (numbers.generated(first), numbers.place(first));
        let arity = if what.is_bits() { 2 } else { 1 };
        let (f, a) = &self.unit.outer;
        format!("-{f}/{a}-{}$^{number}/{arity}-{place}-", what.word())
    }

    /// Binds names to the function's parameters from `first` on.
    fn bind_params(&mut self, names: &[Name], first: usize) {
        let params = self.params();
        for (n, v) in names.iter().zip(&params[first..]) {
            self.scope.bind(n.clone(), *v);
            if self.self_funs.contains_key(n) {
                self.scope.bind(super::calls::self_mark(n).into(), *v);
            }
        }
    }

    fn names_of(&self, what: Yield<'_>, quals: &[Qualifier], rest: &Rest) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        match what {
            Yield::Item(e) | Yield::Bits(e) => free::in_expr(e, &mut names),
            Yield::Nothing(e) => free::in_discarded(e, &mut names),
            Yield::Pair(f) => {
                free::in_expr(&f.key, &mut names);
                free::in_expr(&f.value, &mut names);
            }
        }
        quals.iter().for_each(|q| free::in_qualifier(q, &mut names));
        if let Rest::Call(_, args) = rest {
            names.extend(args.iter().cloned());
        }
        names
    }

    /// What follows `||` from here on, in tail position.
    fn qualifiers(&mut self, e: &Expr, what: Yield<'_>, quals: &[Qualifier], rest: &Rest) {
        let Some((first, more)) = quals.split_first() else {
            return self.yield_value(e, what, rest);
        };
        match first {
            Qualifier::Filter(f) => {
                let (yes, no) = (self.new_block(), self.new_block());
                self.filter(f, yes, no);
                self.cur = no;
                self.go_on(rest);
                self.cur = yes;
                self.qualifiers(e, what, more, rest);
            }
            Qualifier::Generator(_) | Qualifier::Zip(..) => match rest {
                Rest::End => {
                    self.generator(e, what, quals, Rest::End, Dest::Tail);
                }
                Rest::Call(..) if !what.is_bits() => {
                    self.generator(e, what, quals, rest.clone(), Dest::Tail);
                }
                Rest::Join(_) | Rest::Call(..) => {
                    let made = self.generator(e, what, quals, Rest::End, Dest::Value);
                    self.scope.bind(ACC.into(), made);
                    self.go_on(rest);
                }
            },
        }
    }

    fn filter(&mut self, f: &Expr, yes: BlockId, no: BlockId) {
        let f = &*self.guard_test(f);
        if self.is_guard_expr(f) {
            let outer = self.guard.replace(no);
            self.cond(f, yes, no);
            self.guard = outer;
            return;
        }
        if self.is_boolean_expr(f) {
            return self.cond(f, yes, no);
        }
        let v = self.value_of(f);
        let (t, n) = (self.atom("true"), self.atom("false"));
        let bad = self.new_block();
        let at = self.cur;
        self.cur = bad;
        self.at(f.span);
        self.raise_tagged("bad_filter", v);
        self.cur = at;
        self.end(End::SelectVal(v, vec![(t, yes), (n, no)], bad));
    }

    /// Everything is tested and bound: make the item and go on.
    fn yield_value(&mut self, e: &Expr, what: Yield<'_>, rest: &Rest) {
        let item = match what {
            Yield::Item(body) => self.value_of(body),
            Yield::Nothing(body) => {
                self.discard(body);
                return self.go_on(rest);
            }
            Yield::Pair(f) => {
                let k = self.value_of(&f.key);
                let v = self.value_of(&f.value);
                self.make_tuple(vec![k, v])
            }
            Yield::Bits(body) => {
                let acc = self.made();
                let mut segs = vec![Seg {
                    kind: SegKind::Binary,
                    value: acc,
                    size: None,
                    unit: 1,
                    flags: SegFlags::NONE,
                }];
                match &body.kind {
                    ExprKind::Bin(elements) => segs.extend(self.segments(elements)),
                    _ => {
                        let value = self.value_of(body);
                        let first = segs[0];
                        segs.push(Seg { value, ..first });
                    }
                }
                self.at(e.span);
                let acc = self.create_bin(segs);
                self.scope.bind(ACC.into(), acc);
                return self.go_on(rest);
            }
        };
        self.at(e.span);
        let tail = match rest {
            Rest::End | Rest::Join(_) => self.made(),
            Rest::Call(f, names) => {
                let args = self.scoped(names);
                self.op(OpKind::Call(Callee::Local(*f), args))
            }
        };
        let list = self.op(OpKind::PutList(item, tail));
        match rest {
            Rest::Join(join) => self.end(End::Jump(*join, vec![list])),
            Rest::End | Rest::Call(..) => self.end(End::Return(list)),
        }
    }

    /// The binary made so far, or the end of the list.
    fn made(&self) -> Val {
        self.scope.get(ACC).unwrap_or(Val::Nil)
    }

    /// Goes on without an item.
    fn go_on(&mut self, rest: &Rest) {
        match rest {
            Rest::End => self.end(End::Return(self.made())),
            Rest::Join(join) => self.end(End::Jump(*join, vec![self.made()])),
            Rest::Call(f, names) => {
                let args = self.scoped(names);
                self.end(End::TailCall(Callee::Local(*f), args));
            }
        }
    }

    /// The first qualifier is a generator: makes its function and calls it with the evaluated input.
    fn generator(
        &mut self,
        e: &Expr,
        what: Yield<'_>,
        quals: &[Qualifier],
        rest: Rest,
        dest: Dest,
    ) -> Val {
        let Some((first, more)) = quals.split_first() else {
            return Val::Nil;
        };
        let gens: Vec<&Generator> = match first {
            Qualifier::Generator(g) => vec![g],
            Qualifier::Zip(_, gs) => gs
                .iter()
                .filter_map(|q| match q {
                    Qualifier::Generator(g) => Some(g),
                    Qualifier::Zip(..) | Qualifier::Filter(_) => None,
                })
                .collect(),
            Qualifier::Filter(_) => Vec::new(),
        };
        let inputs: Vec<Val> = gens.iter().map(|g| self.generator_input(g)).collect();
        let mut names = self.names_of(what, more, &rest);
        free::in_patterns(first, &mut names);
        names.remove(ACC);
        let free = self.captured(names);
        let made = self.made();
        let carried = what.is_bits() || made.var().is_some();
        let n = gens.len();
        let function = self.unit.pool.declare();
        let room = (MAX_ARITY as usize - 2).saturating_sub(n);
        let (mut free, packed) = self.packed(free, room, function);
        if carried {
            free.push(ACC.into());
        }
        if free.len() + n > MAX_ARITY as usize {
            self.too_many(e);
            return Val::Nil;
        }
        let name = self.comprehension_name(first, what);
        let self_funs = self.self_funs.clone();
        let line = self.line;
        let mut l = Lower::new(self.unit, (n + free.len()) as u32, line);
        l.self_funs = self_funs;
        if !carried {
            l.scope.bind(ACC.into(), made);
        }
        l.bind_params(&free, n);
        let taken = l.params();
        l.unpack(&packed, &taken[n..]);
        let span = match first {
            Qualifier::Generator(g) => g.span,
            Qualifier::Zip(s, _) => *s,
            Qualifier::Filter(f) => f.span,
        };
        l.at(span);
        l.walk(e, what, &gens, more, function, &free, &rest);
        l.finish(function, &name);
        self.at(e.span);
        let mut args = inputs;
        args.extend(self.scoped(&free));
        self.call(Callee::Local(function), args, dest)
    }

    /// The value that a generator walks; maps become lists of pairs.
    fn generator_input(&mut self, g: &Generator) -> Val {
        let v = self.value_of(&g.expr);
        let GeneratorSource::Map { .. } = g.source else {
            return v;
        };
        // Iterators are walked as well as maps; `maps:to_list/1` takes both.
        let v = self.in_var(v);
        self.at(g.span);
        let bad = self.new_block();
        let at = self.cur;
        self.cur = bad;
        self.raise_tagged("bad_generator", v);
        self.cur = at;
        let (ok, other) = (self.new_block(), self.new_block());
        self.end(End::Test(Test::Is(Kind::Map, v), ok, other));
        self.cur = other;
        let none = self.atom("none");
        let third = self.new_block();
        self.end(End::Test(Test::Is(Kind::Cons, v), ok, third));
        self.cur = third;
        let fourth = self.new_block();
        self.end(End::Test(Test::EqExact(v, none), ok, fourth));
        self.cur = fourth;
        self.end(End::Test(Test::Is(Kind::Tuple, v), ok, bad));
        self.cur = ok;
        self.call_ext("maps", "to_list", vec![v], Dest::Value)
    }

    /// The body of a generator's function.
    #[allow(clippy::too_many_arguments)]
    fn walk(
        &mut self,
        e: &Expr,
        what: Yield<'_>,
        gens: &[&Generator],
        more: &[Qualifier],
        function: FnIx,
        free: &[Name],
        outer: &Rest,
    ) {
        let params = self.params();
        let tails: Vec<Name> = (0..gens.len())
            .map(|i| Name::from(format!("%tail {} {i}", function.0)))
            .collect();
        let mut again = tails.clone();
        again.extend(free.iter().cloned());
        let again = Rest::Call(function, again);
        let (all, skip, end) = (0, 1, 2);
        let mut rows: Vec<Row<'_>> = Vec::new();
        for kind in [all, skip] {
            let mut row = Row::new(kind, &[], true);
            for (i, g) in gens.iter().enumerate() {
                self.generator_row(&mut row, g, params[i], &tails[i], kind == skip);
            }
            rows.push(row);
            // Strict generators do not skip.
            if gens.iter().all(|g| g.strict) {
                break;
            }
        }
        let mut row = Row::new(end, &[], true);
        for (i, g) in gens.iter().enumerate() {
            self.end_row(&mut row, g, params[i]);
        }
        rows.push(row);
        let bad = self.bad_generator(gens, &params);
        self.match_rows(rows, bad, &mut |l, kind, _| match kind {
            0 => l.qualifiers(e, what, more, &again),
            1 => l.go_on(&again),
            _ => l.go_on(outer),
        });
    }

    /// One more element of a generator: its pattern (or, to skip it, anything of its shape), and the rest.
    fn generator_row<'p>(
        &mut self,
        row: &mut Row<'p>,
        g: &'p Generator,
        v: Val,
        tail: &Name,
        skip: bool,
    ) {
        // Elements that do not fit are skipped by lax generators only; in a zip a strict one must still fit.
        let skip = skip && !g.strict;
        let pat = match &g.source {
            GeneratorSource::List(p) => {
                let head = if skip { Pat::Any } else { self.pattern(p) };
                Pat::Cons(Box::new(head), Box::new(Pat::Var(tail.clone())))
            }
            GeneratorSource::Map { key, value, .. } => {
                let head = if skip {
                    Pat::Any
                } else {
                    Pat::Tuple(vec![self.pattern(key), self.pattern(value)])
                };
                Pat::Cons(Box::new(head), Box::new(Pat::Var(tail.clone())))
            }
            GeneratorSource::Binary(p) => {
                let mut segs = match &p.kind {
                    ExprKind::Bin(elements) => self.bin_pattern(elements),
                    _ => Vec::new(),
                };
                if skip {
                    forget_values(&mut segs);
                }
                segs.insert(0, rest_segment(Pat::Var(tail.clone())));
                Pat::Bin(segs)
            }
        };
        row.add(self, v, pat);
    }

    /// A generator at its end.
    fn end_row<'p>(&mut self, row: &mut Row<'p>, g: &Generator, v: Val) {
        let pat = match &g.source {
            GeneratorSource::List(_) | GeneratorSource::Map { .. } => Pat::Value(Val::Nil),
            // A lax one leaves bits over that are too few for another element.
            GeneratorSource::Binary(_) if g.strict => Pat::Bin(Vec::new()),
            GeneratorSource::Binary(_) => Pat::Bin(vec![rest_segment(Pat::Any)]),
        };
        row.add(self, v, pat);
    }

    /// Where inputs go that are no lists (or binaries), or, in a strict generator, do not fit.
    fn bad_generator(&mut self, gens: &[&Generator], params: &[Val]) -> BlockId {
        let at = self.cur;
        let b = self.new_block();
        self.cur = b;
        if let [g] = gens {
            if g.strict {
                self.strict_mismatch(g, params[0]);
            }
            self.raise_tagged("bad_generator", params[0]);
        } else {
            let all = self.op(OpKind::PutTuple(params[..gens.len()].to_vec()));
            self.raise_tagged("bad_generators", all);
        }
        self.cur = at;
        b
    }

    /// An element that does not fit a strict generator is a `badmatch`.
    fn strict_mismatch(&mut self, g: &Generator, v: Val) {
        let other = self.new_block();
        match g.source {
            GeneratorSource::Binary(_) => {
                self.require_is(Kind::Bitstring, v, other);
                self.raise(Raise::Badmatch(v));
            }
            GeneratorSource::List(_) | GeneratorSource::Map { .. } => {
                self.require_is(Kind::Cons, v, other);
                let head = self.op(OpKind::GetHd(v));
                self.raise(Raise::Badmatch(head));
            }
        }
        self.cur = other;
    }
}

/// The segments keep their sizes (and the variables that later sizes need), but any value will do.
fn forget_values(segs: &mut [SegPat<'_>]) {
    let mut seen: Vec<Name> = Vec::new();
    for s in segs.iter_mut().rev() {
        let keep = match &s.value {
            Pat::Var(n) if !seen.contains(n) => {
                seen.push(n.clone());
                true
            }
            _ => false,
        };
        if !keep {
            s.value = Pat::Any;
        }
    }
}

/// `_/bitstring` at the end of a binary.
fn rest_segment<'p>(value: Pat<'p>) -> SegPat<'p> {
    SegPat {
        value,
        what: crate::core::Take::Binary,
        size: crate::matching::bits::Size::None,
        unit: 1,
        flags: SegFlags::NONE,
    }
}
