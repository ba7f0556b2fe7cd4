//! Values that nobody takes: terms that are made for nothing, calls without effect.

use super::Linter;
use super::useless::literal;
use crate::ast::*;
use crate::lower::free::children;

const SUPPRESS: &str = "(suppress the warning by assigning the expression to the _ variable)";

/// Functions of module erlang without effect that cannot fail.
const PURE: &str = " date/0 get/0 get/1 get_keys/1 group_leader/0 is_alive/0 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 \
    is_float/1 is_function/1 is_integer/1 is_list/1 is_map/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 \
    make_ref/0 max/2 min/2 node/0 nodes/0 pre_loaded/0 processes/0 registered/0 self/0 term_to_binary/1 time/0 ";

/// Functions of module erlang without effect, apart from failing.
const CHECKED: &str = " abs/1 atom_to_binary/1 atom_to_binary/2 atom_to_list/1 binary_part/2 binary_part/3 binary_to_atom/1 \
    binary_to_atom/2 binary_to_float/1 binary_to_integer/1 binary_to_list/1 binary_to_list/3 bit_size/1 byte_size/1 ceil/1 \
    element/2 float/1 float_to_binary/1 float_to_list/1 floor/1 hd/1 integer_to_binary/1 integer_to_list/1 is_function/2 \
    is_map_key/2 is_record/3 length/1 list_to_atom/1 list_to_binary/1 list_to_float/1 list_to_integer/1 list_to_integer/2 \
    list_to_pid/1 list_to_tuple/1 map_get/2 pid_to_list/1 round/1 setelement/3 size/1 split_binary/2 tl/1 trunc/1 \
    tuple_size/1 tuple_to_list/1 ";

impl Linter<'_> {
    /// The value of this expression is not taken.
    pub(super) fn ignored(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Str(s) if s.is_empty() => {}
            ExprKind::Tuple(_)
            | ExprKind::List { .. }
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Bin(_)
            | ExprKind::Map { .. }
            | ExprKind::Record { .. }
            | ExprKind::Fun { .. } => {
                self.useless("ignored", e.span, "a term is constructed, but never used");
                self.inside_ignored(e);
            }
            ExprKind::ListComp(body, quals) => {
                let loops = quals.iter().any(|q| !matches!(q, Qualifier::Filter(_)));
                if loops || !literal(body) {
                    self.ignored(body);
                }
            }
            ExprKind::FunRemote(m, f, a) if literal(m) && literal(f) && literal(a) => {
                let text = format!("the result of fun construction is ignored {SUPPRESS}");
                self.useless("ignored", e.span, text);
            }
            ExprKind::Unary(op, _) => self.ignored_operator(op.as_str(), 1, e.span),
            ExprKind::Binary(BinOp::AndAlso | BinOp::OrElse | BinOp::Send, ..) => {}
            ExprKind::Binary(op, ..) => self.ignored_operator(op.as_str(), 2, e.span),
            ExprKind::Call(f, args) => {
                if let Some((name, span)) = self.of_erlang(f, args.len()) {
                    self.ignored_call(&name, args.len(), span);
                }
            }
            _ => {}
        }
    }

    /// What a term that nobody takes has in it, but for tuples and lists, is made by operations of their own, whose results nobody takes either.
    fn inside_ignored(&mut self, e: &Expr) {
        if matches!(
            e.kind,
            ExprKind::Tuple(_) | ExprKind::List { .. } | ExprKind::Map { .. }
        ) {
            children(e, &mut |child| self.part_ignored(child));
        }
    }

    fn part_ignored(&mut self, e: &Expr) {
        match &e.kind {
            _ if literal(e) => {}
            ExprKind::Tuple(_) | ExprKind::List { .. } => self.inside_ignored(e),
            ExprKind::Block(es) => es.last().into_iter().for_each(|e| self.part_ignored(e)),
            ExprKind::If(clauses) | ExprKind::Case(_, clauses) => self.results_ignored(clauses),
            ExprKind::Receive { clauses, after } => {
                self.results_ignored(clauses);
                let last = after.as_ref().and_then(|after| after.body.last());
                last.into_iter().for_each(|e| self.ignored(e));
            }
            ExprKind::Binary(BinOp::AndAlso | BinOp::OrElse, _, b) => self.ignored(b),
            ExprKind::Binary(_, a, b) if literal(a) && literal(b) => {}
            ExprKind::Map { .. }
            | ExprKind::Bin(_)
            | ExprKind::Fun { .. }
            | ExprKind::ListComp(..)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::Call(..) => self.ignored(e),
            _ => {}
        }
    }

    fn results_ignored(&mut self, clauses: &[Clause]) {
        let last = clauses.iter().filter_map(|c| c.body.last());
        last.for_each(|e| self.ignored(e));
    }

    /// A called function of module erlang, and where the call begins.
    pub(super) fn of_erlang(&self, f: &Expr, arity: usize) -> Option<(Name, Span)> {
        let arity = u32::try_from(arity).ok()?;
        match &f.kind {
            ExprKind::Atom(name) => {
                let key = (name.clone(), arity);
                let own = self.functions.contains_key(&key) || self.imports.contains_key(&key);
                let auto = super::tables::is_auto_imported(name, arity)
                    && !self.flags.no_auto_import(name, arity);
                (auto && !own).then(|| (name.clone(), f.span))
            }
            ExprKind::Remote(m, g) if m.as_atom().is_some_and(|m| &**m == "erlang") => {
                Some((g.as_atom()?.clone(), m.span))
            }
            _ => None,
        }
    }

    fn ignored_call(&mut self, name: &Name, arity: usize, span: Span) {
        let operator = match arity {
            1 => UnOp::from_name(name).is_some(),
            2 => BinOp::from_name(name).is_some_and(|o| o != BinOp::Send),
            _ => false,
        };
        if operator {
            return self.ignored_operator(name, arity, span);
        }
        let key = format!(" {name}/{arity} ");
        if PURE.contains(&key) {
            let text = format!("the call to {name}/{arity} has no effect");
            self.useless("ignored", span, text);
        } else if CHECKED.contains(&key) {
            let text = format!("the result of calling {name}/{arity} is ignored {SUPPRESS}");
            self.useless("ignored", span, text);
        }
    }

    fn ignored_operator(&mut self, op: &str, arity: usize, span: Span) {
        let compares = matches!(op, "==" | "/=" | "=:=" | "=/=" | "<" | "=<" | ">" | ">=");
        let text = if compares && arity == 2 {
            format!("use of operator '{op}' has no effect")
        } else {
            format!("the result of evaluating operator '{op}'/{arity} is ignored {SUPPRESS}")
        };
        self.useless("ignored", span, text);
    }
}
