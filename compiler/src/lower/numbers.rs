//! The numbers in the names of generated functions, `-f/1-fun-0-` and `-f/1-lc$^0/1-0-`: those that Erlang/OTP's compiler would give. They show in
//! stack traces and in `fun_info`, and are given in orders of their own, which are not that of lowering; so each source function is walked for them
//! first. (The orders were found by comparing names; `stack_trace_edge_numbers_side_by_side.erl` records them.)

use std::collections::{BTreeSet, HashMap};

use super::free;
use super::unit::Unit;
use crate::ast::{BinOp, Clause, Expr, ExprKind, Name, Qualifier, RecordField};

/// What a number belongs to: a fun or a generator by its address, which is good while the forms are lent, and the records whose defaults it is met in.
type Key = (usize, usize);

/// The numbers of the funs and comprehensions of one function.
#[derive(Debug, Default)]
pub struct Numbers {
    generated: HashMap<Key, u32>,
    places: HashMap<Key, u32>,
    /// Tells the fields apart that evaluate the same expression.
    pub site: usize,
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

/// The site of a record's field within another site.
pub fn field_site(site: usize, record: &Expr, field: usize) -> usize {
    (site ^ address(record))
        .wrapping_mul(31)
        .wrapping_add(field)
}

impl Numbers {
    /// The numbers of a function's clauses.
    pub fn of(unit: &Unit<'_>, clauses: &[Clause]) -> Numbers {
        let walk = |order| {
            let mut walk = Walk {
                unit,
                order,
                site: 0,
                found: HashMap::new(),
                next: 0,
            };
            walk.clauses(clauses);
            walk.found
        };
        Numbers {
            generated: walk(Order::Generated),
            places: walk(Order::Places),
            site: 0,
        }
    }

    /// The number among all generated functions.
    pub fn generated<T>(&self, of: &T) -> u32 {
        let found = self.generated.get(&(self.site, address(of)));
        found.copied().unwrap_or_default()
    }

    /// The number among comprehensions and funs with names.
    pub fn place<T>(&self, of: &T) -> u32 {
        let found = self.places.get(&(self.site, address(of)));
        found.copied().unwrap_or_default()
    }
}

/// Whether a fun calls itself, or gives itself away, by its name.
fn is_recursive(name: &Name, clauses: &[Clause]) -> bool {
    let mut names = BTreeSet::new();
    free::in_clauses(clauses, &mut names);
    names.contains(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// From right to left in lists, tuples and calls; what is inside first.
    Generated,
    /// As it is evaluated; what is outside first.
    Places,
}

struct Walk<'w, 'a> {
    unit: &'w Unit<'a>,
    order: Order,
    site: usize,
    found: HashMap<Key, u32>,
    next: u32,
}

impl<'a> Walk<'_, 'a> {
    fn give<T>(&mut self, to: &T) {
        self.found.insert((self.site, address(to)), self.next);
        self.next = self.next.wrapping_add(1);
    }

    fn clauses(&mut self, clauses: &[Clause]) {
        clauses.iter().for_each(|c| self.sequence(&c.body));
    }

    fn sequence(&mut self, es: &[Expr]) {
        es.iter().for_each(|e| self.expr(e));
    }

    /// Expressions side by side.
    fn beside<'e>(&mut self, es: impl DoubleEndedIterator<Item = &'e Expr>) {
        match self.order {
            Order::Generated => es.rev().for_each(|e| self.expr(e)),
            Order::Places => es.for_each(|e| self.expr(e)),
        }
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::List { elements, tail, .. } => {
                self.beside(elements.iter().chain(tail.as_deref()));
            }
            ExprKind::Tuple(es) => self.beside(es.iter()),
            ExprKind::Map { base, fields } => {
                base.iter().for_each(|b| self.expr(b));
                for f in fields {
                    self.expr(&f.key);
                    self.expr(&f.value);
                }
            }
            ExprKind::Bin(segments) => {
                let parts =
                    |at: usize| std::iter::once(&segments[at].value).chain(&segments[at].size);
                let count = segments.len();
                for n in 0..count {
                    let at = match self.order {
                        Order::Generated => count - 1 - n,
                        Order::Places => n,
                    };
                    parts(at).for_each(|e| self.expr(e));
                }
            }
            ExprKind::Match(_, value) | ExprKind::MaybeMatch(_, value) => self.expr(value),
            ExprKind::Binary(BinOp::AndAlso | BinOp::OrElse, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Binary(_, a, b) => self.beside([&**a, &**b].into_iter()),
            ExprKind::Unary(_, a) | ExprKind::Catch(a) => self.expr(a),
            ExprKind::Call(f, args) => match &f.kind {
                ExprKind::Remote(m, f) => self.beside([&**m, &**f].into_iter().chain(args)),
                _ => {
                    self.expr(f);
                    self.beside(args.iter());
                }
            },
            ExprKind::FunRemote(m, f, a) => self.beside([&**m, &**f, &**a].into_iter()),
            ExprKind::Record { name, fields } => self.record(e, name, fields),
            ExprKind::RecordUpdate { base, fields, .. } => {
                fields.iter().for_each(|f| self.expr(&f.value));
                self.expr(base);
            }
            ExprKind::RecordGet { base, .. } => self.expr(base),
            ExprKind::Block(es) => self.sequence(es),
            ExprKind::If(clauses) => self.clauses(clauses),
            ExprKind::Case(of, clauses) => {
                self.expr(of);
                self.clauses(clauses);
            }
            ExprKind::Receive { clauses, after } => {
                if let Some(after) = after {
                    self.expr(&after.timeout);
                    self.sequence(&after.body);
                }
                self.clauses(clauses);
            }
            ExprKind::Try {
                body,
                of,
                catch,
                after,
            } => {
                self.sequence(body);
                self.clauses(of);
                self.clauses(catch);
                let before = self.next;
                self.sequence(after);
                // OTP has it twice, for the two ways out, and the first is the better known.
                if self.order == Order::Places {
                    self.next = self.next.wrapping_add(self.next.wrapping_sub(before));
                }
            }
            ExprKind::Maybe {
                body, else_clauses, ..
            } => {
                self.sequence(body);
                self.clauses(else_clauses);
            }
            ExprKind::FunLocal(name, arity) => {
                let local = self.unit.locals.contains_key(&(name.clone(), *arity));
                if self.order == Order::Generated && local {
                    self.give(e);
                }
            }
            ExprKind::Fun { name, clauses } => self.fun(e, name.as_ref(), clauses),
            ExprKind::ListComp(body, quals) => self.comprehension(&[&**body], false, quals),
            ExprKind::BinComp(body, quals) => self.comprehension(&[&**body], true, quals),
            ExprKind::MapComp(field, quals) => {
                self.comprehension(&[&field.key, &field.value], false, quals);
            }
            ExprKind::Remote(..)
            | ExprKind::Var(_)
            | ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::RecordIndex { .. } => {}
        }
    }

    fn fun(&mut self, e: &Expr, name: Option<&Name>, clauses: &[Clause]) {
        match self.order {
            Order::Generated => {
                self.clauses(clauses);
                self.give(e);
            }
            Order::Places => {
                if name.is_some_and(|name| is_recursive(name, clauses)) {
                    self.give(e);
                }
                self.clauses(clauses);
            }
        }
    }

    /// As the tuple it is, in the order of the definition.
    fn record(&mut self, e: &Expr, name: &Name, fields: &[RecordField]) {
        let Some(record) = self.unit.records.get(name).cloned() else {
            return;
        };
        let site = self.site;
        let wildcard = fields.iter().find(|f| f.wildcard);
        let count = record.fields.len();
        for n in 0..count {
            let at = match self.order {
                Order::Generated => count - 1 - n,
                Order::Places => n,
            };
            let def = &record.fields[at];
            let given = fields.iter().find(|f| !f.wildcard && f.name == def.name);
            self.site = field_site(site, e, at);
            let value = given.or(wildcard).map(|f| &f.value);
            value
                .or(def.default.as_ref())
                .into_iter()
                .for_each(|v| self.expr(v));
        }
        self.site = site;
    }

    fn comprehension(&mut self, body: &[&Expr], bits: bool, quals: &[Qualifier]) {
        match self.order {
            Order::Generated => {
                quals.iter().for_each(|q| self.input(q));
                for q in quals.iter().filter(|q| !matches!(q, Qualifier::Filter(_))) {
                    self.give(q);
                }
                self.beside(body.iter().copied());
            }
            Order::Places => self.nested(body, bits, quals),
        }
    }

    /// A list's loop is there before its list, a binary's behind it.
    fn nested(&mut self, body: &[&Expr], bits: bool, quals: &[Qualifier]) {
        let Some((first, rest)) = quals.split_first() else {
            return self.beside(body.iter().copied());
        };
        if matches!(first, Qualifier::Filter(_)) {
            self.input(first);
            return self.nested(body, bits, rest);
        }
        if bits {
            self.input(first);
        }
        self.give(first);
        self.nested(body, bits, rest);
        if !bits {
            self.input(first);
        }
    }

    fn input(&mut self, q: &Qualifier) {
        match q {
            Qualifier::Generator(g) => self.expr(&g.expr),
            Qualifier::Zip(_, all) => all.iter().for_each(|q| self.input(q)),
            Qualifier::Filter(e) => self.expr(e),
        }
    }
}
