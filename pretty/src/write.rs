//! `~w` and `~W`: a term on one line, as it would be written in source.

use crate::chars::push_atom;
use crate::float::short_text;
use crate::options::{Encoding, Options};
use crate::view::{Shape, View};

/// What is still to be written; a stack of these takes the place of recursion.
enum Todo<V> {
    Term(V, i64),
    Text(&'static str),
    /// The rest of a list whose next element has this depth left.
    Tail(V, i64),
    /// A tuple from element `.1` of `.2` on.
    Elements(V, usize, usize, i64),
    /// The remaining pairs of a map, last first; whether none was written yet; how many more may be shown; their depth.
    Pairs(Vec<(V, V)>, bool, i64, i64),
}

pub(crate) fn write<V: View>(out: &mut String, term: V, depth: i64, options: &Options<'_>) {
    let mut todo = vec![Todo::Term(term, depth)];
    while let Some(next) = todo.pop() {
        match next {
            Todo::Text(text) => out.push_str(text),
            Todo::Term(view, depth) => open(out, view, depth, options, &mut todo),
            Todo::Tail(view, depth) => tail(out, view, depth, &mut todo),
            Todo::Elements(view, at, size, depth) => {
                if at == size {
                    out.push('}');
                } else if depth == 0 {
                    out.push_str(",...}");
                } else {
                    out.push(',');
                    todo.push(Todo::Elements(view, at + 1, size, depth - 1));
                    todo.push(Todo::Term(view.element(at), depth));
                }
            }
            Todo::Pairs(mut pairs, first, more, depth) => {
                if more == 0 {
                    // The reference marks a cut here even when the last pair was just shown.
                    out.push_str(if first { "}" } else { ",...}" });
                } else if let Some((key, value)) = pairs.pop() {
                    if !first {
                        out.push(',');
                    }
                    todo.push(Todo::Pairs(pairs, false, more - 1, depth));
                    todo.extend([
                        Todo::Term(value, depth),
                        Todo::Text(" => "),
                        Todo::Term(key, depth),
                    ]);
                } else {
                    out.push('}');
                }
            }
        }
    }
}

fn open<V: View>(
    out: &mut String,
    view: V,
    depth: i64,
    options: &Options<'_>,
    todo: &mut Vec<Todo<V>>,
) {
    if depth == 0 {
        out.push_str("...");
        return;
    }
    match view.shape() {
        Shape::Cons(head, rest) => {
            if depth == 1 {
                out.push_str("[...]");
            } else {
                out.push('[');
                todo.push(Todo::Tail(rest, depth - 2));
                todo.push(Todo::Term(head, depth - 1));
            }
        }
        Shape::Tuple(0) => out.push_str("{}"),
        Shape::Tuple(size) => {
            if depth == 1 {
                out.push_str("{...}");
            } else {
                out.push('{');
                todo.push(Todo::Elements(view, 1, size, depth - 2));
                todo.push(Todo::Term(view.element(0), depth - 1));
            }
        }
        Shape::Map(0) => out.push_str("#{}"),
        Shape::Map(_) => {
            out.push_str("#{");
            let mut pairs = view.pairs(options.order);
            pairs.reverse();
            todo.push(Todo::Pairs(pairs, true, depth - 1, depth - 1));
        }
        Shape::Bits { bytes, bits, cut } => push_bits(out, &bytes, bits, depth, cut),
        _ => push_atomic(out, view, options.encoding),
    }
}

fn tail<V: View>(out: &mut String, rest: V, depth: i64, todo: &mut Vec<Todo<V>>) {
    match rest.shape() {
        Shape::Nil => out.push(']'),
        _ if depth == 0 => out.push_str("|...]"),
        Shape::Cons(head, rest) => {
            out.push(',');
            todo.push(Todo::Tail(rest, depth - 1));
            todo.push(Todo::Term(head, depth));
        }
        _ => {
            out.push('|');
            todo.push(Todo::Text("]"));
            todo.push(Todo::Term(rest, depth));
        }
    }
}

/// Whether a term has no parts and so prints the same in every way.
pub(crate) fn is_atomic<V: View>(view: V) -> bool {
    match view.shape() {
        Shape::Small(_)
        | Shape::Float(_)
        | Shape::Atom(_)
        | Shape::Nil
        | Shape::Opaque(_)
        | Shape::Cut(_) => true,
        // A long integer may have to be left out under a limit.
        Shape::Big | Shape::Cons(..) | Shape::Tuple(_) | Shape::Map(_) | Shape::Bits { .. } => {
            false
        }
    }
}

/// Anything that has no parts. Containers and bitstrings print nothing here: their callers handle them.
pub(crate) fn push_atomic<V: View>(out: &mut String, view: V, encoding: Encoding) {
    match view.shape() {
        Shape::Small(value) => push_int(out, value),
        Shape::Big => out.push_str(&view.digits(10)),
        Shape::Float(value) => out.push_str(&short_text(value)),
        Shape::Atom(text) => push_atom(out, &text, encoding),
        Shape::Nil => out.push_str("[]"),
        Shape::Opaque(text) | Shape::Cut(text) => out.push_str(&text),
        Shape::Cons(..) | Shape::Tuple(_) | Shape::Map(_) | Shape::Bits { .. } => {}
    }
}

fn push_int(out: &mut String, value: i64) {
    use std::fmt::Write as _;
    write!(out, "{value}").expect("writing to a String cannot fail");
}

/// `<<1,2,3:3>>`; a bitstring shows one byte less than its depth.
pub(crate) fn push_bits(out: &mut String, bytes: &[u8], bits: usize, depth: i64, cut: u64) {
    let whole = bits / 8;
    let odd = bits % 8;
    if bits == 0 && cut == 0 {
        out.push_str("<<>>");
        return;
    }
    if depth == 1 {
        out.push_str("<<...>>");
        return;
    }
    let segments = whole + usize::from(odd > 0);
    let shown = if depth < 0 {
        segments
    } else {
        segments.min(usize::try_from(depth - 1).unwrap_or(usize::MAX))
    };
    out.push_str("<<");
    for (at, byte) in bytes[..shown.min(whole)].iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_int(out, i64::from(*byte));
    }
    if shown > whole {
        if whole > 0 {
            out.push(',');
        }
        out.push_str(&format!("{}:{odd}", bytes[whole] >> (8 - odd)));
    }
    if shown < segments {
        out.push_str(",...");
    } else if cut > 0 {
        out.push_str(&format!("...+{cut} B"));
    }
    out.push_str(">>");
}
