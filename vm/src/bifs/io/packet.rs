//! `erlang:decode_packet/3`, and the terms of packets.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, Term};
use crate::io::net::stream::data_term;
use crate::io::packet::http::{METHODS, Uri};
use crate::io::packet::{Cut, Framing, Http, Limits, http};
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "decode_packet", 3, decode_packet)];

/// `raw`, 0, 1, 2, 4, `line` ...
pub fn framing_of(vm: &Vm, term: Term<'_>) -> Option<Framing> {
    match (term.as_small(), term.as_atom()) {
        (Some(number), _) => Framing::numbered(number),
        (None, Some(name)) => Framing::named(vm.atoms().text(name)),
        (None, None) => None,
    }
}

fn limits_of(cx: &Cx<'_>, list: Term<'_>) -> Option<Limits> {
    let mut limits = Limits::default();
    let mut items = list.iter_list();
    for item in items.by_ref() {
        let pair = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
        let value = u32::try_from(pair.get(1)?.as_usize()?).ok()? as usize;
        match cx.atoms().text(pair.get(0)?.as_atom()?) {
            "packet_size" => limits.packet_size = value,
            "line_length" => limits.line_length = value,
            "line_delimiter" => limits.delimiter = u8::try_from(value).ok()?,
            _ => return None,
        }
    }
    items.tail().is_nil().then_some(limits)
}

/// `{ok, Packet, Rest} | {more, Length | undefined} | {error, invalid}`
fn decode_packet<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let erl_erts_errors = cx.atom("erl_erts_errors")?;
    let framing = framing_of(cx.vm(), args[0])
        .ok_or_else(|| Raise::badarg().with_info(erl_erts_errors, cx.atom("badopt").ok()))?;
    let bad = || Raise::badarg().with_info(erl_erts_errors, None);
    let bits = args[1].as_bits().ok_or_else(bad)?;
    let limits = limits_of(cx, args[2]).ok_or_else(bad)?;
    let whole = bits.bytes();
    let bytes = &whole[..bits.bit_len() / 8];
    let heap = cx.heap();
    match framing.cut(bytes, limits, false) {
        Cut::Invalid => Ok(heap.tuple(&[Term::atom(atoms::ERROR), cx.atom_term("invalid")?])),
        Cut::More(length) => {
            let length = length.map_or(Term::atom(atoms::UNDEFINED), |n| heap.uint(n as u64));
            Ok(heap.tuple(&[Term::atom(atoms::MORE), length]))
        }
        Cut::Packet { start, end, taken } => {
            let content = &bytes[start..end];
            let packet = match framing {
                Framing::Http { binary, headers } => {
                    http_term(cx.vm(), heap, &http::parse(content, headers), binary)
                }
                Framing::Tls => tls_term(cx, content)?,
                _ => heap.sub_bits(bits, start * 8, (end - start) * 8),
            };
            let rest = heap.sub_bits(bits, taken * 8, bits.bit_len() - taken * 8);
            Ok(heap.tuple(&[Term::atom(atoms::OK), packet, rest]))
        }
    }
}

/// `{ssl_tls, [], ContentType, {Major, Minor}, Data}`
fn tls_term<'h>(cx: &Cx<'h>, record: &[u8]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let byte = |at: usize| heap.int(i64::from(record[at]));
    Ok(heap.tuple(&[
        cx.atom_term("ssl_tls")?,
        Term::NIL,
        byte(0),
        heap.tuple(&[byte(1), byte(2)]),
        heap.binary(&record[5..]),
    ]))
}

/// A line of HTTP. Texts are lists or binaries.
pub fn http_term<'h>(vm: &Vm, heap: &'h Heap, line: &Http, binary: bool) -> Term<'h> {
    let text = |bytes: &[u8]| data_term(heap, bytes, binary, 0);
    // Names of a fixed set: the table has room for them unless the program has filled it.
    let word = |name: &str| vm.atoms().intern(name).map_or(Term::NIL, Term::atom);
    let version = |(major, minor): (u32, u32)| {
        heap.tuple(&[heap.int(i64::from(major)), heap.int(i64::from(minor))])
    };
    match line {
        Http::Request {
            method,
            uri,
            version: v,
        } => {
            let known = METHODS.iter().find(|known| known.as_bytes() == method);
            let method = known.map_or_else(|| text(method), |name| word(name));
            let uri = uri_term(heap, uri, &text, &word);
            heap.tuple(&[word("http_request"), method, uri, version(*v)])
        }
        Http::Response {
            version: v,
            status,
            phrase,
        } => heap.tuple(&[
            word("http_response"),
            version(*v),
            heap.int(i64::from(*status)),
            text(phrase),
        ]),
        Http::Header {
            number,
            name,
            original,
            value,
        } => {
            let field = match number.checked_sub(1) {
                Some(at) => word(http::NAMES[at as usize]),
                None => text(name),
            };
            heap.tuple(&[
                word("http_header"),
                heap.int(i64::from(*number)),
                field,
                text(original),
                text(value),
            ])
        }
        Http::EndOfHeaders => word("http_eoh"),
        Http::Error(line) => heap.tuple(&[word("http_error"), text(line)]),
    }
}

fn uri_term<'h>(
    heap: &'h Heap,
    uri: &Uri,
    text: &dyn Fn(&[u8]) -> Term<'h>,
    word: &dyn Fn(&str) -> Term<'h>,
) -> Term<'h> {
    match uri {
        Uri::Star => word("*"),
        Uri::Path(path) => heap.tuple(&[word("abs_path"), text(path)]),
        Uri::Absolute {
            secure,
            host,
            port,
            path,
        } => heap.tuple(&[
            word("absoluteURI"),
            word(if *secure { "https" } else { "http" }),
            text(host),
            port.map_or(word("undefined"), |port| heap.int(i64::from(port))),
            text(path),
        ]),
        Uri::Scheme(scheme, rest) => heap.tuple(&[word("scheme"), text(scheme), text(rest)]),
        Uri::Other(other) => text(other),
    }
}
