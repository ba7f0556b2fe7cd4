//! Which variables an expression mentions: what funs and comprehensions must take with them.

use std::collections::BTreeSet;

use crate::ast::{Clause, Expr, ExprKind, GeneratorSource, Name, Qualifier};

/// Names mentioned in a fun's clauses that do not belong to the clauses' own heads.
pub fn in_clauses(clauses: &[Clause], out: &mut BTreeSet<Name>) {
    for c in clauses {
        let mut own = BTreeSet::new();
        let mut outer = BTreeSet::new();
        for p in &c.patterns {
            in_head(p, &mut own, &mut outer);
        }
        let mut inner = BTreeSet::new();
        c.guards
            .iter()
            .flatten()
            .chain(&c.body)
            .for_each(|e| in_expr(e, &mut inner));
        out.extend(inner.into_iter().filter(|n| !own.contains(n)));
        out.extend(outer);
    }
}

/// All names in a clause.
pub fn in_clause(c: &Clause) -> BTreeSet<Name> {
    let mut out = BTreeSet::new();
    clause_children(c, &mut |e| in_expr(e, &mut out));
    out
}

/// Variables of a head; sizes and keys may mean outer variables.
fn in_head(p: &Expr, own: &mut BTreeSet<Name>, outer: &mut BTreeSet<Name>) {
    match &p.kind {
        ExprKind::Bin(segs) => {
            for s in segs {
                in_head(&s.value, own, outer);
                s.size.iter().for_each(|e| in_expr(e, outer));
            }
        }
        ExprKind::Map { fields, .. } => {
            for f in fields {
                in_expr(&f.key, outer);
                in_head(&f.value, own, outer);
            }
        }
        ExprKind::Var(name) => {
            own.insert(name.clone());
        }
        _ => children(p, &mut |e| in_head(e, own, outer)),
    }
}

/// Names mentioned in an expression, its own new ones included (they are not in the scope outside).
pub fn in_expr(e: &Expr, out: &mut BTreeSet<Name>) {
    match &e.kind {
        ExprKind::Var(name) => {
            out.insert(name.clone());
        }
        ExprKind::Fun { clauses, .. } => in_clauses(clauses, out),
        _ => children(e, &mut |c| in_expr(c, out)),
    }
}

/// The same where nobody wants the value: what is only named is not needed.
pub fn in_discarded(e: &Expr, out: &mut BTreeSet<Name>) {
    match &e.kind {
        ExprKind::Var(_) => {}
        ExprKind::Tuple(_) | ExprKind::List { .. } => children(e, &mut |c| in_discarded(c, out)),
        _ => in_expr(e, out),
    }
}

/// Names mentioned in a part of a comprehension behind `||`.
pub fn in_qualifier(q: &Qualifier, out: &mut BTreeSet<Name>) {
    qualifier(q, &mut |e| in_expr(e, out));
}

/// Names mentioned in the patterns of a generator.
pub fn in_patterns(q: &Qualifier, out: &mut BTreeSet<Name>) {
    match q {
        Qualifier::Generator(g) => patterns(&g.source, &mut |e| in_expr(e, out)),
        Qualifier::Zip(_, gs) => gs.iter().for_each(|g| in_patterns(g, out)),
        Qualifier::Filter(_) => {}
    }
}

fn qualifier(q: &Qualifier, see: &mut dyn FnMut(&Expr)) {
    match q {
        Qualifier::Generator(g) => {
            patterns(&g.source, see);
            see(&g.expr);
        }
        Qualifier::Zip(_, gs) => gs.iter().for_each(|g| qualifier(g, see)),
        Qualifier::Filter(e) => see(e),
    }
}

fn patterns(source: &GeneratorSource, see: &mut dyn FnMut(&Expr)) {
    match source {
        GeneratorSource::List(p) | GeneratorSource::Binary(p) => see(p),
        GeneratorSource::Map { key, value, .. } => {
            see(key);
            see(value);
        }
    }
}

fn clause_children(c: &Clause, see: &mut dyn FnMut(&Expr)) {
    c.patterns.iter().for_each(&mut *see);
    c.guards.iter().flatten().for_each(&mut *see);
    c.body.iter().for_each(see);
}

/// Shows every expression directly below this one.
pub fn children(e: &Expr, see: &mut dyn FnMut(&Expr)) {
    match &e.kind {
        ExprKind::Var(_)
        | ExprKind::Atom(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Char(_)
        | ExprKind::Str(_)
        | ExprKind::Nil
        | ExprKind::FunLocal(..)
        | ExprKind::RecordIndex { .. } => {}
        ExprKind::List { elements, tail, .. } => {
            elements.iter().for_each(&mut *see);
            tail.iter().for_each(|t| see(t));
        }
        ExprKind::Tuple(es) | ExprKind::Block(es) => es.iter().for_each(see),
        ExprKind::Map { base, fields } => {
            base.iter().for_each(|b| see(b));
            for f in fields {
                see(&f.key);
                see(&f.value);
            }
        }
        ExprKind::Bin(segs) => {
            for s in segs {
                see(&s.value);
                s.size.iter().for_each(&mut *see);
            }
        }
        ExprKind::Match(a, b)
        | ExprKind::MaybeMatch(a, b)
        | ExprKind::Binary(_, a, b)
        | ExprKind::Remote(a, b) => {
            see(a);
            see(b);
        }
        ExprKind::Unary(_, a) | ExprKind::Catch(a) => see(a),
        ExprKind::Call(f, args) => {
            see(f);
            args.iter().for_each(see);
        }
        ExprKind::Record { fields, .. } => fields.iter().for_each(|f| see(&f.value)),
        ExprKind::RecordUpdate { base, fields, .. } => {
            see(base);
            fields.iter().for_each(|f| see(&f.value));
        }
        ExprKind::RecordGet { base, .. } => see(base),
        ExprKind::If(cs) | ExprKind::Fun { clauses: cs, .. } => {
            cs.iter().for_each(|c| clause_children(c, see))
        }
        ExprKind::Case(s, cs) => {
            see(s);
            cs.iter().for_each(|c| clause_children(c, see));
        }
        ExprKind::Receive { clauses, after } => {
            clauses.iter().for_each(|c| clause_children(c, see));
            if let Some(a) = after {
                see(&a.timeout);
                a.body.iter().for_each(see);
            }
        }
        ExprKind::Try {
            body,
            of,
            catch,
            after,
        } => {
            body.iter().for_each(&mut *see);
            of.iter().chain(catch).for_each(|c| clause_children(c, see));
            after.iter().for_each(see);
        }
        ExprKind::Maybe {
            body, else_clauses, ..
        } => {
            body.iter().for_each(&mut *see);
            else_clauses.iter().for_each(|c| clause_children(c, see));
        }
        ExprKind::FunRemote(a, b, c) => [a, b, c].into_iter().for_each(|x| see(x)),
        ExprKind::ListComp(b, quals) | ExprKind::BinComp(b, quals) => {
            see(b);
            quals.iter().for_each(|q| qualifier(q, see));
        }
        ExprKind::MapComp(f, quals) => {
            see(&f.key);
            see(&f.value);
            quals.iter().for_each(|q| qualifier(q, see));
        }
    }
}
