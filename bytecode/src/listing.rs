//! The disassembler: a module as text, for `transom dump --stage bytecode`, error messages and golden tests.

use std::fmt::Write;

use crate::module::{Const, Module};
use crate::operand::*;
use crate::ops::Insn;

/// Collects the text of operands; knows the module for names and constants.
pub(crate) struct Shower<'m> {
    module: &'m Module,
    out: String,
}

/// How an operand looks in a listing; each writes a leading space.
pub(crate) trait Show {
    fn show(&self, s: &mut Shower<'_>);
}

/// One instruction as text, without indentation and line end.
pub fn insn_text(module: &Module, insn: &Insn) -> String {
    let mut s = Shower {
        module,
        out: insn.mnemonic().to_owned(),
    };
    insn.show_operands(&mut s);
    s.out
}

/// The whole module as text.
pub fn module_text(m: &Module) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "module {}", quoted_atom(m.name_text()));
    if let Some(source) = &m.source {
        let _ = writeln!(out, "source {source:?}");
    }
    for e in &m.exports {
        let _ = writeln!(out, "export {}/{}", quoted_atom(m.atom(e.name)), e.arity);
    }
    if let Some(f) = m.on_load.and_then(|f| m.functions.get(f.index())) {
        let _ = writeln!(out, "on_load {}/{}", quoted_atom(m.atom(f.name)), f.arity);
    }
    for r in &m.records {
        let fields: Vec<_> = r
            .fields
            .iter()
            .map(|f| quoted_atom(m.atom(f.name)))
            .collect();
        let _ = writeln!(
            out,
            "record {} {{{}}}",
            quoted_atom(m.atom(r.name)),
            fields.join(", ")
        );
    }
    for f in &m.functions {
        let _ = write!(
            out,
            "\nfunction {}/{}",
            quoted_atom(m.atom(f.name)),
            f.arity
        );
        match m.lines.get(f.line.index()) {
            Some(l) if l.line > 0 => {
                let _ = writeln!(out, "  % line {}", l.line);
            }
            _ => out.push('\n'),
        }
        for insn in &f.code {
            let indent = if matches!(insn, Insn::Label { .. }) {
                "  "
            } else {
                "    "
            };
            let _ = writeln!(out, "{indent}{}", insn_text(m, insn));
        }
    }
    out
}

/// A constant in Erlang syntax.
pub fn const_text(m: &Module, c: &Const) -> String {
    let mut out = String::new();
    write_const(m, c, &mut out, 0);
    out
}

// Listings are for people: what is nested deeper than this is shown as "...", so that no input can exhaust the native stack.
const SHOWN_DEPTH: usize = 200;

fn write_const(m: &Module, c: &Const, out: &mut String, depth: usize) {
    if depth > SHOWN_DEPTH {
        out.push_str("...");
        return;
    }
    match c {
        Const::Nil => out.push_str("[]"),
        Const::Int(n) => {
            let _ = write!(out, "{n}");
        }
        Const::Big {
            negative,
            magnitude,
        } => {
            out.push_str(if *negative { "-16#" } else { "16#" });
            for b in magnitude.iter().rev() {
                let _ = write!(out, "{b:02X}");
            }
        }
        Const::Float(f) => {
            let _ = write!(out, "{:?}", f.get());
        }
        Const::Atom(a) => out.push_str(&quoted_atom(m.atom(*a))),
        Const::Bits { bytes, last } => write_bits(bytes, *last, out),
        Const::List { items, tail } => {
            if let Some(text) = printable(items).filter(|_| **tail == Const::Nil) {
                let _ = write!(out, "{text:?}");
                return;
            }
            out.push('[');
            write_consts(m, items, out, depth);
            if **tail != Const::Nil {
                out.push('|');
                write_const(m, tail, out, depth + 1);
            }
            out.push(']');
        }
        Const::Tuple(items) => {
            out.push('{');
            write_consts(m, items, out, depth);
            out.push('}');
        }
        Const::Map(pairs) => {
            out.push_str("#{");
            for (i, (k, v)) in pairs.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_const(m, k, out, depth + 1);
                out.push_str(" => ");
                write_const(m, v, out, depth + 1);
            }
            out.push('}');
        }
        Const::ExportFun {
            module,
            name,
            arity,
        } => {
            let _ = write!(
                out,
                "fun {}:{}/{arity}",
                quoted_atom(m.atom(*module)),
                quoted_atom(m.atom(*name))
            );
        }
    }
}

fn write_consts(m: &Module, items: &[Const], out: &mut String, depth: usize) {
    for (i, c) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_const(m, c, out, depth + 1);
    }
}

fn write_bits(bytes: &[u8], last: u8, out: &mut String) {
    if last == 8 && !bytes.is_empty() && bytes.iter().all(|b| (0x20..0x7f).contains(b)) {
        let text: String = bytes.iter().map(|&b| char::from(b)).collect();
        let _ = write!(out, "<<{text:?}>>");
        return;
    }
    out.push_str("<<");
    for (i, b) in bytes.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        if i + 1 == bytes.len() && (1..8).contains(&last) {
            let _ = write!(out, "{}:{last}", b >> (8 - last));
        } else {
            let _ = write!(out, "{b}");
        }
    }
    out.push_str(">>");
}

fn printable(items: &[Const]) -> Option<String> {
    items
        .iter()
        .map(|c| match c {
            Const::Int(n) if (0x20..0x7f).contains(n) => char::from_u32(*n as u32),
            _ => None,
        })
        .collect()
}

/// An atom as Erlang writes it.
pub fn quoted_atom(text: &str) -> String {
    let mut chars = text.chars();
    let plain = chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '@');
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

impl Shower<'_> {
    fn word(&mut self, text: &str) {
        self.out.push(' ');
        self.out.push_str(text);
    }

    /// Writes a bracketed list; items write their own leading space, which the first one loses.
    fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&T, &mut Self)) {
        self.out.push_str(" [");
        for (i, x) in items.iter().enumerate() {
            if i > 0 {
                self.out.push(',');
            }
            let at = self.out.len();
            item(x, self);
            if i == 0 && self.out[at..].starts_with(' ') {
                self.out.remove(at);
            }
        }
        self.out.push(']');
    }

    fn src_text(&self, s: &Src) -> String {
        match s {
            Src::Reg(r) => reg_text(*r),
            Src::Small(n) => n.to_string(),
            Src::Atom(a) => quoted_atom(self.module.atom(*a)),
            Src::Nil => "[]".into(),
            Src::Const(c) => match self.module.consts.get(c.index()) {
                Some(c) => format!("`{}`", const_text(self.module, c)),
                None => format!("const#{}", c.0),
            },
        }
    }

    fn label_text(l: Label) -> String {
        if l.raises() {
            "raise".into()
        } else {
            format!("L{}", l.0)
        }
    }
}

fn reg_text(r: Reg) -> String {
    match r {
        Reg::X(n) => format!("x{n}"),
        Reg::Y(n) => format!("y{n}"),
    }
}

impl Show for Reg {
    fn show(&self, s: &mut Shower<'_>) {
        s.word(&reg_text(*self));
    }
}

impl Show for Src {
    fn show(&self, s: &mut Shower<'_>) {
        let text = s.src_text(self);
        s.word(&text);
    }
}

impl Show for Label {
    fn show(&self, s: &mut Shower<'_>) {
        s.word(&Shower::label_text(*self));
    }
}

impl Show for FnIx {
    fn show(&self, s: &mut Shower<'_>) {
        let text = match s.module.functions.get(self.index()) {
            Some(f) => format!("{}/{}", quoted_atom(s.module.atom(f.name)), f.arity),
            None => format!("function#{}", self.0),
        };
        s.word(&text);
    }
}

impl Show for ImportIx {
    fn show(&self, s: &mut Shower<'_>) {
        let text = match s.module.imports.get(self.index()) {
            Some(i) => {
                format!(
                    "{}:{}/{}",
                    quoted_atom(s.module.atom(i.module)),
                    quoted_atom(s.module.atom(i.name)),
                    i.arity
                )
            }
            None => format!("import#{}", self.0),
        };
        s.word(&text);
    }
}

impl Show for LambdaIx {
    fn show(&self, s: &mut Shower<'_>) {
        match s.module.lambdas.get(self.index()) {
            Some(l) => l.function.show(s),
            None => s.word(&format!("lambda#{}", self.0)),
        }
    }
}

impl Show for LineIx {
    fn show(&self, s: &mut Shower<'_>) {
        let text = match s.module.lines.get(self.index()) {
            Some(l) if l.file == 0 => l.line.to_string(),
            Some(l) => {
                format!(
                    "{}:{}",
                    s.module
                        .files
                        .get(l.file as usize)
                        .map_or("?", String::as_str),
                    l.line
                )
            }
            None => format!("line#{}", self.0),
        };
        s.word(&text);
    }
}

impl Show for AtomIx {
    fn show(&self, s: &mut Shower<'_>) {
        let text = quoted_atom(s.module.atom(*self));
        s.word(&text);
    }
}

impl Show for ConstIx {
    fn show(&self, s: &mut Shower<'_>) {
        Src::Const(*self).show(s);
    }
}

impl Show for u32 {
    fn show(&self, s: &mut Shower<'_>) {
        s.word(&self.to_string());
    }
}

impl Show for u16 {
    fn show(&self, s: &mut Shower<'_>) {
        s.word(&self.to_string());
    }
}

impl Show for SegFlags {
    fn show(&self, s: &mut Shower<'_>) {
        let mut names = Vec::new();
        for (flag, name) in [(1, "little"), (2, "signed"), (4, "native")] {
            if self.0 & flag != 0 {
                names.push(name);
            }
        }
        let text = if names.is_empty() {
            "-".to_owned()
        } else {
            names.join("-")
        };
        s.word(&text);
    }
}

impl Show for Option<Src> {
    fn show(&self, s: &mut Shower<'_>) {
        match self {
            Some(v) => v.show(s),
            None => s.word("all"),
        }
    }
}

impl Show for Vec<Src> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |v, s| v.show(s));
    }
}

impl Show for Vec<ValueArm> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |a, s| {
            let text = format!(
                "{} -> {}",
                s.src_text(&a.value),
                Shower::label_text(a.label)
            );
            s.word(&text);
        });
    }
}

impl Show for Vec<ArityArm> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |a, s| {
            s.word(&format!("{} -> {}", a.arity, Shower::label_text(a.label)))
        });
    }
}

impl Show for Vec<MapPair> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |p, s| {
            let text = format!("{} => {}", s.src_text(&p.key), s.src_text(&p.value));
            s.word(&text);
        });
    }
}

impl Show for Vec<MapFetch> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |p, s| {
            let text = format!("{} -> {}", s.src_text(&p.key), reg_text(p.dst));
            s.word(&text);
        });
    }
}

impl Show for Vec<Segment> {
    fn show(&self, s: &mut Shower<'_>) {
        s.list(self, |g, s| {
            let size = g
                .size
                .map_or(String::new(), |z| format!(":{}", s.src_text(&z)));
            let mut text = format!(
                "{}{size}/{}-unit:{}",
                s.src_text(&g.value),
                g.kind.name(),
                g.unit
            );
            for (flag, name) in [(1, "-little"), (2, "-signed"), (4, "-native")] {
                if g.flags.0 & flag != 0 {
                    text.push_str(name);
                }
            }
            s.word(&text);
        });
    }
}
