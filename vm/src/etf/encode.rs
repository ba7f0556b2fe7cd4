//! Writing the external term format.

use super::{VERSION, tag};
use crate::atoms::{Atom, AtomTable};
use crate::heap::{Big, Bits, Fun, Kind, ListIter, Map, Pid, Ref, Term, cmp_exact};
use crate::sync::breath::Breath;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// The options of `term_to_binary/2`.
#[derive(Clone, Copy, Debug)]
pub struct EncodeOptions<'a> {
    /// zlib level, 0 for none.
    pub compressed: u32,
    /// 0 writes floats as text, the others as 8 bytes. Only 2 writes atoms of Latin-1 characters as UTF-8.
    pub minor_version: u8,
    /// Large maps in the order of their keys.
    pub deterministic: bool,
    /// The node in pids, ports and references.
    pub node: &'a str,
}

impl Default for EncodeOptions<'_> {
    fn default() -> Self {
        EncodeOptions {
            compressed: 0,
            minor_version: 2,
            deterministic: false,
            node: "nonode@nohost",
        }
    }
}

/// What is still to be written, next one last.
enum Todo<'h> {
    Term(Term<'h>),
    Rest(ListIter<'h>),
    Tuple(crate::heap::Tuple<'h>, usize),
    Pairs(std::vec::IntoIter<(Term<'h>, Term<'h>)>),
    /// A fun's size field to be filled in, at this place.
    FunEnd(usize),
}

struct Writer<'a, 'h> {
    out: Vec<u8>,
    atoms: &'a AtomTable,
    options: EncodeOptions<'a>,
    todo: Vec<Todo<'h>>,
}

/// The term in external form, version byte first.
pub fn encode(atoms: &AtomTable, t: Term<'_>, options: EncodeOptions<'_>) -> Vec<u8> {
    let mut w = Writer {
        out: vec![VERSION],
        atoms,
        options,
        todo: vec![Todo::Term(t)],
    };
    let mut breath = Breath::default();
    while let Some(next) = w.todo.pop() {
        breath.step();
        match next {
            Todo::Term(t) => w.term(t),
            Todo::Rest(mut it) => match it.next() {
                Some(e) => {
                    w.todo.push(Todo::Rest(it));
                    w.todo.push(Todo::Term(e));
                }
                None => w.todo.push(Todo::Term(it.tail())),
            },
            Todo::Tuple(t, i) => {
                if let Some(e) = t.get(i) {
                    w.todo.push(Todo::Tuple(t, i + 1));
                    w.todo.push(Todo::Term(e));
                }
            }
            Todo::Pairs(mut it) => {
                if let Some((k, v)) = it.next() {
                    w.todo.push(Todo::Pairs(it));
                    w.todo.push(Todo::Term(v));
                    w.todo.push(Todo::Term(k));
                }
            }
            Todo::FunEnd(at) => {
                let size = (w.out.len() - at) as u32;
                w.out[at..at + 4].copy_from_slice(&size.to_be_bytes());
            }
        }
    }
    if options.compressed > 0 {
        compress(w.out, options.compressed)
    } else {
        w.out
    }
}

/// Keeps the plain form when compression does not make it smaller.
fn compress(plain: Vec<u8>, level: u32) -> Vec<u8> {
    let size = (plain.len() - 1) as u32;
    let mut out = vec![VERSION, tag::COMPRESSED];
    out.extend_from_slice(&size.to_be_bytes());
    let mut z = ZlibEncoder::new(out, Compression::new(level.min(9)));
    match z.write_all(&plain[1..]).and_then(|()| z.finish()) {
        Ok(packed) if packed.len() < plain.len() => packed,
        _ => plain,
    }
}

impl<'h> Writer<'_, 'h> {
    fn term(&mut self, t: Term<'h>) {
        match t.kind() {
            Kind::Small(i) => self.small(i),
            Kind::Big(b) => self.big(b),
            Kind::Float(f) => self.float(f),
            Kind::Atom(a) => self.atom(a),
            Kind::Nil => self.out.push(tag::NIL),
            Kind::Cons(_) => self.list(t),
            Kind::Tuple(t) => {
                if t.len() < 256 {
                    self.out
                        .extend_from_slice(&[tag::SMALL_TUPLE, t.len() as u8]);
                } else {
                    self.tagged_u32(tag::LARGE_TUPLE, t.len() as u32);
                }
                self.todo.push(Todo::Tuple(t, 0));
            }
            Kind::Map(m) => self.map(m),
            Kind::Bits(b) | Kind::MatchCtx(b) => self.bits(b),
            Kind::Fun(f) => self.fun(f),
            Kind::Pid(p) => self.pid(p),
            Kind::Port(p) => match u32::try_from(p.number()) {
                Ok(n) if n < 1 << 28 => {
                    self.out.push(tag::NEW_PORT);
                    self.node();
                    self.u32(n);
                    self.u32(0);
                }
                _ => {
                    self.out.push(tag::V4_PORT);
                    self.node();
                    self.out.extend_from_slice(&p.number().to_be_bytes());
                    self.u32(0);
                }
            },
            Kind::Ref(r) => self.reference(r),
        }
    }

    fn u32(&mut self, n: u32) {
        self.out.extend_from_slice(&n.to_be_bytes());
    }

    fn tagged_u32(&mut self, tag: u8, n: u32) {
        self.out.push(tag);
        self.u32(n);
    }

    fn small(&mut self, i: i64) {
        if let Ok(b) = u8::try_from(i) {
            self.out.extend_from_slice(&[tag::SMALL_INTEGER, b]);
        } else if let Ok(n) = i32::try_from(i) {
            self.tagged_u32(tag::INTEGER, n as u32);
        } else {
            self.magnitude(i < 0, &[i.unsigned_abs()]);
        }
    }

    fn big(&mut self, b: Big<'h>) {
        self.magnitude(b.is_negative(), b.limbs());
    }

    fn magnitude(&mut self, negative: bool, limbs: &[u64]) {
        let bytes: Vec<u8> = limbs.iter().flat_map(|l| l.to_le_bytes()).collect();
        let n = bytes.iter().rposition(|b| *b != 0).map_or(0, |i| i + 1);
        if n < 256 {
            self.out.extend_from_slice(&[tag::SMALL_BIG, n as u8]);
        } else {
            self.tagged_u32(tag::LARGE_BIG, n as u32);
        }
        self.out.push(negative as u8);
        self.out.extend_from_slice(&bytes[..n]);
    }

    fn float(&mut self, f: f64) {
        if self.options.minor_version > 0 {
            self.out.push(tag::NEW_FLOAT);
            self.out.extend_from_slice(&f.to_bits().to_be_bytes());
        } else {
            let mut text = format!("{}", Scientific(f)).into_bytes();
            text.resize(31, 0);
            self.out.push(tag::FLOAT);
            self.out.extend_from_slice(&text);
        }
    }

    fn atom(&mut self, a: Atom) {
        let text = self.atoms.text(a);
        self.atom_text(text);
    }

    fn atom_text(&mut self, text: &str) {
        if self.options.minor_version < 2 && text.chars().all(|c| u32::from(c) < 256) {
            return self.latin1_atom(text);
        }
        let text = text.as_bytes();
        if text.len() < 256 {
            self.out
                .extend_from_slice(&[tag::SMALL_ATOM_UTF8, text.len() as u8]);
        } else {
            self.out.push(tag::ATOM_UTF8);
            self.out
                .extend_from_slice(&(text.len() as u16).to_be_bytes());
        }
        self.out.extend_from_slice(text);
    }

    fn latin1_atom(&mut self, text: &str) {
        let bytes = text.chars().map(|c| u32::from(c) as u8);
        let len = bytes.clone().count() as u16;
        self.out.push(tag::ATOM);
        self.out.extend_from_slice(&len.to_be_bytes());
        self.out.extend(bytes);
    }

    fn node(&mut self) {
        let node = self.options.node;
        self.atom_text(node);
    }

    /// A proper list of at most 65,535 bytes is written as a string.
    fn list(&mut self, t: Term<'h>) {
        let mut it = t.iter_list();
        let (mut n, mut bytes) = (0usize, true);
        for e in it.by_ref() {
            n += 1;
            bytes &= e.as_small().is_some_and(|i| (0..256).contains(&i));
        }
        if bytes && n <= 0xffff && it.tail().is_nil() {
            self.out.push(tag::STRING);
            self.out.extend_from_slice(&(n as u16).to_be_bytes());
            self.out
                .extend(t.iter_list().map(|e| e.as_small().unwrap_or(0) as u8));
            return;
        }
        self.tagged_u32(tag::LIST, n as u32);
        self.todo.push(Todo::Rest(t.iter_list()));
    }

    fn map(&mut self, m: Map<'h>) {
        self.tagged_u32(tag::MAP, m.len() as u32);
        let mut all: Vec<_> = m.iter().collect();
        if self.options.deterministic {
            all.sort_by(|a, b| cmp_exact(self.atoms, a.0, b.0));
        }
        self.todo.push(Todo::Pairs(all.into_iter()));
    }

    fn bits(&mut self, b: Bits<'h>) {
        let odd = b.bit_len() % 8;
        if odd == 0 {
            self.tagged_u32(tag::BINARY, b.byte_len() as u32);
        } else {
            self.tagged_u32(tag::BIT_BINARY, b.byte_len() as u32);
            self.out.push(odd as u8);
        }
        self.out.extend_from_slice(&b.bytes());
    }

    fn pid(&mut self, p: Pid) {
        self.out.push(tag::NEW_PID);
        self.node();
        self.u32(p.slot());
        self.u32(p.serial());
        self.u32(0);
    }

    fn reference(&mut self, r: Ref<'h>) {
        let n = r.id().numbers();
        self.out.extend_from_slice(&[tag::NEWER_REFERENCE, 0, 3]);
        self.node();
        self.u32(0);
        for x in [n[2], n[1], n[0]] {
            self.u32(x);
        }
    }

    fn fun(&mut self, f: Fun<'h>) {
        let Some(info) = f.info() else {
            let (m, n) = f.export().expect("invariant: a fun is local or external");
            self.out.push(tag::EXPORT);
            self.atom(m);
            self.atom(n);
            self.small(f.arity() as i64);
            return;
        };
        self.out.push(tag::NEW_FUN);
        let at = self.out.len();
        self.u32(0);
        self.out.push(info.arity);
        self.out.extend_from_slice(&info.uniq);
        self.u32(info.index);
        self.u32(f.free().len() as u32);
        self.atom(info.module);
        self.small(info.index as i64);
        self.small(info.old_uniq as i64);
        self.pid(f.creator().unwrap_or(Pid::new(0, 0)));
        self.todo.push(Todo::FunEnd(at));
        let free: Vec<_> = f.free().collect();
        self.todo.extend(free.into_iter().rev().map(Todo::Term));
    }
}

/// C's `%.20e`, the form of floats in minor version 0.
struct Scientific(f64);

impl std::fmt::Display for Scientific {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.20e}", self.0);
        let (mantissa, exponent) = text
            .split_once('e')
            .expect("Rust's {:e} always writes an exponent");
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(d) => ('-', d),
            None => ('+', exponent),
        };
        write!(f, "{mantissa}e{sign}{digits:0>2}")
    }
}
