//! `term_to_binary` and its relatives.

use crate::atoms;
use crate::bifs::data::{Answer, list_arg, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::etf::{DecodeOptions, EncodeOptions, decode, encode, external_size};
use crate::heap::{Kind, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "term_to_binary", 1, |cx, a| {
        written(cx, a[0], plain(cx))
    })
    .long_if(weight::first),
    BifRow::new("erlang", "term_to_binary", 2, |cx, a| {
        written(cx, a[0], write_options(cx, a[1])?)
    })
    .long_if(weight::first),
    BifRow::new("erlang", "term_to_iovec", 1, |cx, a| {
        Ok(cx.heap().list(&[written(cx, a[0], plain(cx))?]))
    })
    .long_if(weight::first),
    BifRow::new("erlang", "term_to_iovec", 2, |cx, a| {
        Ok(cx
            .heap()
            .list(&[written(cx, a[0], write_options(cx, a[1])?)?]))
    })
    .long_if(weight::first),
    BifRow::new("erlang", "external_size", 1, |cx, a| {
        size(cx, a[0], plain(cx))
    })
    .long_if(weight::first),
    BifRow::new("erlang", "external_size", 2, |cx, a| {
        size(cx, a[0], write_options(cx, a[1])?)
    })
    .long_if(weight::first),
    BifRow::new("erlang", "binary_to_term", 1, |cx, a| {
        read(cx, a[0], false).map(|r| r.0)
    })
    .long_if(weight::first),
    BifRow::new("erlang", "binary_to_term", 2, binary_to_term2).long_if(weight::first),
];

fn plain<'h>(cx: &Cx<'h>) -> EncodeOptions<'h> {
    EncodeOptions {
        node: &cx.vm().options.node,
        ..EncodeOptions::default()
    }
}

fn write_options<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<EncodeOptions<'h>, Raise<'h>> {
    let mut options = plain(cx);
    for o in list_arg(t)? {
        match o.kind() {
            Kind::Atom(atoms::COMPRESSED) => options.compressed = 6,
            Kind::Atom(atoms::DETERMINISTIC) => options.deterministic = true,
            Kind::Atom(atoms::LOCAL) => {}
            Kind::Tuple(p) if p.len() == 2 => {
                let value = p
                    .get(1)
                    .and_then(|v| v.as_usize())
                    .ok_or_else(Raise::badarg)?;
                match p.get(0).and_then(|k| k.as_atom()) {
                    Some(atoms::COMPRESSED) if value <= 9 => options.compressed = value as u32,
                    Some(atoms::MINOR_VERSION) if value <= 2 => options.minor_version = value as u8,
                    _ => return Err(Raise::badarg()),
                }
            }
            _ => return Err(Raise::badarg()),
        }
    }
    Ok(options)
}

fn written<'h>(cx: &Cx<'h>, t: Term<'h>, options: EncodeOptions<'_>) -> Answer<'h> {
    let bytes = encode(cx.atoms(), t, options);
    spend(cx, bytes.len() / 4);
    Ok(cx.heap().binary(&bytes))
}

fn size<'h>(cx: &Cx<'h>, t: Term<'h>, options: EncodeOptions<'_>) -> Answer<'h> {
    Ok(cx.heap().int(external_size(cx.atoms(), t, options) as i64))
}

fn read<'h>(cx: &Cx<'h>, t: Term<'h>, safe: bool) -> Result<(Term<'h>, usize), Raise<'h>> {
    let bits = t
        .as_bits()
        .filter(|b| b.is_binary())
        .ok_or_else(Raise::badarg)?;
    let bytes = bits.bytes();
    spend(cx, bytes.len() / 4);
    let cells = &cx.vm().code().cells();
    let export = |m, f, a, safe: bool| {
        if safe {
            cells.get(m, f, a).map(|c| c.word())
        } else {
            Some(cells.ensure(m, f, a).word())
        }
    };
    decode(
        cx.heap(),
        &bytes,
        DecodeOptions {
            safe,
            node: &cx.vm().options.node,
            export: &export,
        },
    )
    .map_err(|_| Raise::badarg())
}

fn binary_to_term2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let (mut safe, mut used) = (false, false);
    for o in list_arg(a[1])? {
        match o.as_atom() {
            Some(atoms::SAFE) => safe = true,
            Some(atoms::USED) => used = true,
            _ => return Err(Raise::badarg()),
        }
    }
    let (t, n) = read(cx, a[0], safe)?;
    Ok(if used {
        cx.heap().tuple(&[t, cx.heap().int(n as i64)])
    } else {
        t
    })
}
