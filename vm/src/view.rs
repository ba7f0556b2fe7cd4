//! Terms as the printer sees them: the VM's side of `pretty::View`.

use std::borrow::Cow;

use transom_pretty::{MapOrder, Shape, View};

use crate::atoms::AtomTable;
use crate::heap::{Fun, Kind, Term, cmp_exact};

/// A term with the atom table that its names are in.
#[derive(Clone, Copy)]
pub struct TermView<'h> {
    /// The term.
    pub term: Term<'h>,
    atoms: &'h AtomTable,
}

impl<'h> TermView<'h> {
    /// A view of a term.
    pub fn new(term: Term<'h>, atoms: &'h AtomTable) -> TermView<'h> {
        TermView { term, atoms }
    }

    fn of(&self, term: Term<'h>) -> TermView<'h> {
        TermView {
            term,
            atoms: self.atoms,
        }
    }
}

/// `#Fun<m.index.uniq>`, or `fun m:f/a` for an external one.
pub fn fun_text(fun: Fun<'_>, atoms: &AtomTable) -> String {
    let quoted = |a| transom_pretty::atom_text(atoms.text(a), transom_pretty::Encoding::Unicode);
    match (fun.export(), fun.info()) {
        (Some((module, function)), _) => format!(
            "fun {}:{}/{}",
            quoted(module),
            quoted(function),
            fun.arity()
        ),
        (None, Some(info)) => info
            .text(|| {
                let module = quoted(info.module);
                format!("#Fun<{module}.{}.{}>", info.index, info.old_uniq)
            })
            .to_owned(),
        (None, None) => format!("#Fun<{}>", quoted(fun.module())),
    }
}

impl View for TermView<'_> {
    fn shape(&self) -> Shape<'_, Self> {
        match self.term.kind() {
            Kind::Small(n) => Shape::Small(n),
            Kind::Big(_) => Shape::Big,
            Kind::Float(f) => Shape::Float(f),
            Kind::Atom(a) => Shape::Atom(Cow::Borrowed(self.atoms.text(a))),
            Kind::Nil => Shape::Nil,
            Kind::Cons(c) => Shape::Cons(self.of(c.head()), self.of(c.tail())),
            Kind::Tuple(t) => Shape::Tuple(t.len()),
            Kind::Map(m) => Shape::Map(m.len()),
            Kind::Bits(b) | Kind::MatchCtx(b) => Shape::Bits {
                bytes: b.bytes(),
                bits: b.bit_len(),
                cut: 0,
            },
            Kind::Fun(f) => Shape::Opaque(fun_text(f, self.atoms).into()),
            Kind::Pid(p) => Shape::Opaque(p.to_string().into()),
            Kind::Port(p) => Shape::Opaque(p.to_string().into()),
            Kind::Ref(r) => {
                let n = r.id().numbers();
                Shape::Opaque(format!("#Ref<0.{}.{}.{}>", n[0], n[1], n[2]).into())
            }
        }
    }

    fn element(&self, at: usize) -> Self {
        let element = self.term.as_tuple().and_then(|t| t.get(at));
        self.of(element.expect("invariant: a printer asks only for elements that are there"))
    }

    fn pairs(&self, order: MapOrder) -> Vec<(Self, Self)> {
        let map = self
            .term
            .as_map()
            .expect("invariant: a printer asks only maps for pairs");
        let mut pairs: Vec<_> = map.iter().map(|(k, v)| (self.of(k), self.of(v))).collect();
        match order {
            MapOrder::Internal => {}
            MapOrder::Ascending => pairs.sort_by(|a, b| cmp_exact(self.atoms, a.0.term, b.0.term)),
            MapOrder::Descending => pairs.sort_by(|a, b| cmp_exact(self.atoms, b.0.term, a.0.term)),
        }
        pairs
    }

    fn digits(&self, base: u32) -> String {
        crate::heap::Int::of(self.term).map_or_else(String::new, |i| i.to_text(base).to_lowercase())
    }
}
