//! The natives of `zlib`: compression streams behind references, and compression of a whole at once. Formats are the three of zlib: with its own
//! header, gzip, or bare ("raw"). The Erlang side (`stdlib/src/zlib.erl`) checks options and keeps a stream's owner.

use parking_lot::Mutex;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::bifs::data::{Answer, iodata_bytes, pair, spend, usize_arg};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Resource, ResourceBox, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("zlib", "deflate_new_native", 2, deflate_new),
    BifRow::new("zlib", "deflate_native", 3, deflate).long_if(weight::second),
    BifRow::new("zlib", "deflate_dictionary_native", 2, deflate_dictionary),
    BifRow::new("zlib", "deflate_level_native", 2, deflate_level),
    BifRow::new("zlib", "inflate_new_native", 1, inflate_new),
    BifRow::new("zlib", "inflate_native", 3, inflate).long_if(weight::second),
    BifRow::new("zlib", "inflate_dictionary_native", 2, inflate_dictionary),
    BifRow::new("zlib", "end_native", 1, end),
];

/// The state of a stream, none once it has ended: it is much larger than the reference that the collector sees, so it does not wait for that to go.
struct Stream<S>(Mutex<Option<S>>);

/// What the window bits of zlib's interface say.
enum Format {
    Raw(u8),
    Zlib(u8),
    Gzip(u8),
}

/// 8..15: zlib, -8..-15: raw, 24..31: gzip.
fn format<'h>(t: Term<'h>) -> Result<Format, Raise<'h>> {
    match t.as_small() {
        Some(bits @ 8..=15) => Ok(Format::Zlib((bits as u8).max(9))),
        Some(bits @ -15..=-8) => Ok(Format::Raw((-bits as u8).max(9))),
        Some(bits @ 24..=31) => Ok(Format::Gzip((bits as u8 - 16).max(9))),
        _ => Err(Raise::badarg()),
    }
}

fn resource<'h, T: Send + Sync + 'static>(cx: &Cx<'h>, value: T) -> Term<'h> {
    let resource = Resource::new(ResourceBox(Box::new(value)));
    cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource)
}

fn kept<'h>(t: Term<'h>) -> Result<Resource, Raise<'h>> {
    t.as_ref()
        .and_then(|r| r.resource())
        .ok_or_else(Raise::badarg)
}

fn level<'h>(t: Term<'h>) -> Result<Compression, Raise<'h>> {
    match t.as_small() {
        Some(-1) => Ok(Compression::default()),
        Some(n @ 0..=9) => Ok(Compression::new(n as u32)),
        _ => Err(Raise::badarg()),
    }
}

/// `deflate_new_native(Level, WindowBits)`
fn deflate_new<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let level = level(a[0])?;
    let state = match format(a[1])? {
        Format::Raw(bits) => Compress::new_with_window_bits(level, false, bits),
        Format::Zlib(bits) => Compress::new_with_window_bits(level, true, bits),
        Format::Gzip(bits) => Compress::new_gzip(level, bits),
    };
    Ok(resource(cx, Stream(Mutex::new(Some(state)))))
}

/// Runs `work` on the stream behind a reference.
fn on<'h, S: 'static, R>(
    t: Term<'h>,
    work: impl FnOnce(&mut S) -> Result<R, Raise<'h>>,
) -> Result<R, Raise<'h>> {
    let kept = kept(t)?;
    let stream = kept.0.downcast_ref::<Stream<S>>();
    let mut state = stream.ok_or_else(Raise::badarg)?.0.lock();
    work(state.as_mut().ok_or_else(Raise::badarg)?)
}

/// `deflate_native(State, Data, none | sync | full | finish)`: the compressed bytes.
fn deflate<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let input = iodata_bytes(a[1])?;
    let flush = match a[2].as_atom().map(|f| cx.atoms().text(f)) {
        Some("none") => FlushCompress::None,
        Some("sync") => FlushCompress::Sync,
        Some("full") => FlushCompress::Full,
        Some("finish") => FlushCompress::Finish,
        _ => return Err(Raise::badarg()),
    };
    let out = on::<Compress, _>(a[0], |state| {
        let mut out = Vec::with_capacity(input.len() / 2 + 64);
        let start = state.total_in();
        loop {
            let read = (state.total_in() - start) as usize;
            let before = out.len();
            let status = state
                .compress_vec(&input[read..], &mut out, flush)
                .map_err(|_| Raise::badarg())?;
            let read = (state.total_in() - start) as usize;
            let full = out.len() == out.capacity();
            if matches!(status, Status::StreamEnd) || (read == input.len() && !full) {
                return Ok(out);
            }
            if !full && out.len() == before {
                return Ok(out);
            }
            out.reserve(out.len().max(64));
        }
    })?;
    spend(cx, input.len() * 4);
    Ok(cx.heap().binary(&out))
}

/// `end_native(State)`: the stream is not used any more.
fn end<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let kept = kept(a[0])?;
    if let Some(Stream(state)) = kept.0.downcast_ref::<Stream<Compress>>() {
        *state.lock() = None;
    } else if let Some(Stream(state)) = kept.0.downcast_ref::<Stream<Decompress>>() {
        *state.lock() = None;
    } else {
        return Err(Raise::badarg());
    }
    Ok(Term::atom(crate::atoms::OK))
}

/// The dictionary's checksum.
fn deflate_dictionary<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let dictionary = iodata_bytes(a[1])?;
    let sum = on::<Compress, _>(a[0], |state| {
        state
            .set_dictionary(&dictionary)
            .map_err(|_| Raise::badarg())
    })?;
    Ok(cx.heap().int(i64::from(sum)))
}

fn deflate_level<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let level = level(a[1])?;
    on::<Compress, _>(a[0], |state| {
        state.set_level(level).map_err(|_| Raise::badarg())
    })?;
    Ok(Term::atom(crate::atoms::OK))
}

/// `inflate_new_native(WindowBits)`
fn inflate_new<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let state = match format(a[0])? {
        Format::Raw(bits) => Decompress::new_with_window_bits(false, bits),
        Format::Zlib(bits) => Decompress::new_with_window_bits(true, bits),
        Format::Gzip(bits) => Decompress::new_gzip(bits),
    };
    Ok(resource(cx, Stream(Mutex::new(Some(state)))))
}

/// `inflate_native(State, Data, Most)`: `{more | full | finished, Output, BytesRead}`, at most about `Most` bytes of output;
/// `{need_dictionary, Checksum, BytesRead}`; `data_error`.
fn inflate<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let input = iodata_bytes(a[1])?;
    let most = usize_arg(a[2])?.clamp(1, 1 << 30);
    let answer = on::<Decompress, _>(a[0], |state| {
        let mut out = Vec::with_capacity(most.min(input.len() * 4 + 64));
        let start = state.total_in();
        loop {
            let read = (state.total_in() - start) as usize;
            let before = out.len();
            let status = state.decompress_vec(&input[read..], &mut out, FlushDecompress::None);
            let read = (state.total_in() - start) as usize;
            match status {
                Err(error) => {
                    return Ok(match error.needs_dictionary() {
                        Some(sum) => Inflated::NeedDictionary(sum, read),
                        None => Inflated::DataError,
                    });
                }
                Ok(Status::StreamEnd) => return Ok(Inflated::Some("finished", out, read)),
                Ok(Status::Ok | Status::BufError) => {}
            }
            let full = out.len() == out.capacity();
            if full && out.len() >= most {
                return Ok(Inflated::Some("full", out, read));
            }
            if !full && (read == input.len() || out.len() == before) {
                return Ok(Inflated::Some("more", out, read));
            }
            let room = (out.len().max(64)).min(most.saturating_sub(out.len()).max(1));
            out.reserve_exact(room);
        }
    })?;
    let heap = cx.heap();
    Ok(match answer {
        Inflated::DataError => cx.atom_term("data_error")?,
        Inflated::NeedDictionary(sum, read) => heap.tuple(&[
            cx.atom_term("need_dictionary")?,
            heap.int(i64::from(sum)),
            heap.int(read as i64),
        ]),
        Inflated::Some(how, out, read) => {
            spend(cx, out.len() * 2);
            heap.tuple(&[cx.atom_term(how)?, heap.binary(&out), heap.int(read as i64)])
        }
    })
}

enum Inflated {
    Some(&'static str, Vec<u8>, usize),
    NeedDictionary(u32, usize),
    DataError,
}

fn inflate_dictionary<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let dictionary = iodata_bytes(a[1])?;
    let done = on::<Decompress, _>(a[0], |state| Ok(state.set_dictionary(&dictionary).is_ok()))?;
    let name = if done { "ok" } else { "data_error" };
    Ok(pair(cx, cx.atom_term(name)?, Term::NIL))
}
