//! Funs and comprehensions: scopes of their own, whose heads shadow what is outside.

use super::Linter;
use super::vars::{State, Var};
use crate::ast::*;

impl Linter<'_> {
    pub(super) fn fun(&mut self, name: Option<&Name>, clauses: &[Clause], span: Span) {
        let point = self.vars.point();
        if let Some(n) = name.filter(|n| &***n != "_") {
            let outer = self.vars.get(n).cloned();
            if outer.as_ref().is_some_and(|v| v.state == State::Bound) {
                self.warn(
                    "shadow_vars",
                    "shadowed_var",
                    span,
                    format!("variable '{n}' shadowed in 'named fun'"),
                );
            }
            // A use of the name counts for the hidden variable too.
            let mut ids = outer.map(|v| v.ids).unwrap_or_default();
            ids.push(self.vars.binding(n, span));
            self.vars.set(
                n,
                Var {
                    state: State::Bound,
                    ids,
                },
            );
        }
        self.order(clauses, true, None, span);
        for c in clauses {
            self.branch(|s| s.clause(c, Some("'fun'")));
        }
        self.vars.take(point);
    }

    pub(super) fn comprehension(&mut self, qualifiers: &[Qualifier], body: impl FnOnce(&mut Self)) {
        let point = self.vars.point();
        self.qualifiers(qualifiers);
        body(self);
        self.vars.take(point);
    }

    fn qualifiers(&mut self, qualifiers: &[Qualifier]) {
        for q in qualifiers {
            match q {
                Qualifier::Filter(e) => self.filter(e),
                Qualifier::Generator(g) => {
                    self.expr(&g.expr);
                    self.generator(g);
                }
                Qualifier::Zip(_, all) => {
                    // The lists of a zip are all there before any element is taken.
                    let generators = || {
                        all.iter().filter_map(|q| match q {
                            Qualifier::Generator(g) => Some(g),
                            Qualifier::Zip(..) | Qualifier::Filter(_) => None,
                        })
                    };
                    self.par(generators().map(|g| &g.expr));
                    generators().for_each(|g| self.generator(g));
                }
            }
        }
    }

    fn filter(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Call(_, args) if self.old_test(e) => self.par(args),
            _ => self.expr(e),
        }
    }

    fn generator(&mut self, g: &Generator) {
        match &g.source {
            GeneratorSource::List(p) => self.patterns([p], Some("generate")),
            GeneratorSource::Binary(p) => {
                self.generator_segments(p);
                self.patterns([p], Some("generate"));
            }
            GeneratorSource::Map { key, value, .. } => {
                self.patterns([key, value], Some("generate"))
            }
        }
    }

    /// The last field of a binary generator's pattern cannot mean "the rest".
    fn generator_segments(&mut self, p: &Expr) {
        let ExprKind::Bin(elements) = &p.kind else {
            return;
        };
        if let Some(e) = elements.last() {
            let whole = e.specs.iter().any(
                |s| matches!(s, BinSpec::Word(w) if matches!(&**w, "binary" | "bytes" | "bitstring" | "bits")),
            );
            if whole && e.size.is_none() {
                let text = "binary fields without size are not allowed in patterns of bit string generators";
                self.error("unsized_binary_in_bin_gen_pattern", e.span, text);
            }
        }
    }
}
