//! A plain rendering of terms for VM bugs and tests; what users see is printed by the `pretty` crate.

use super::{Kind, Term};
use std::fmt;

/// At most this deep: Rust's stack bounds it.
const DEPTH: usize = 40;

pub(super) fn write(f: &mut fmt::Formatter<'_>, t: Term<'_>) -> fmt::Result {
    go(f, t, DEPTH)
}

fn go(f: &mut fmt::Formatter<'_>, t: Term<'_>, depth: usize) -> fmt::Result {
    if depth == 0 {
        return f.write_str("...");
    }
    let d = depth - 1;
    match t.kind() {
        Kind::Small(i) => write!(f, "{i}"),
        Kind::Big(b) => write!(
            f,
            "big({}{:x?})",
            if b.is_negative() { "-" } else { "" },
            b.limbs()
        ),
        Kind::Float(x) => write!(f, "{x:?}"),
        Kind::Atom(a) => write!(f, "{a:?}"),
        Kind::Nil => f.write_str("[]"),
        Kind::Cons(c) => {
            f.write_str("[")?;
            go(f, c.head(), d)?;
            let mut it = c.tail().iter_list();
            for e in it.by_ref() {
                f.write_str(",")?;
                go(f, e, d)?;
            }
            if !it.tail().is_nil() {
                f.write_str("|")?;
                go(f, it.tail(), d)?;
            }
            f.write_str("]")
        }
        Kind::Tuple(t) => {
            f.write_str("{")?;
            for (i, e) in t.iter().enumerate() {
                f.write_str(if i > 0 { "," } else { "" })?;
                go(f, e, d)?;
            }
            f.write_str("}")
        }
        Kind::Map(m) => {
            f.write_str("#{")?;
            for (i, (k, v)) in m.iter().enumerate() {
                f.write_str(if i > 0 { "," } else { "" })?;
                go(f, k, d)?;
                f.write_str("=>")?;
                go(f, v, d)?;
            }
            f.write_str("}")
        }
        Kind::Bits(b) | Kind::MatchCtx(b) => write!(f, "<<{:?}:{}>>", b.bytes(), b.bit_len()),
        Kind::Fun(x) => write!(f, "#Fun<{:?}/{}>", x.module(), x.arity()),
        Kind::Pid(p) => write!(f, "{p}"),
        Kind::Port(p) => write!(f, "{p}"),
        Kind::Ref(r) => {
            let n = r.id().numbers();
            write!(f, "#Ref<0.{}.{}.{}>", n[0], n[1], n[2])
        }
    }
}

impl fmt::Debug for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, *self)
    }
}
