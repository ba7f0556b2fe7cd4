//! Reading the external term format. A container is only begun when the input is long enough to hold that many elements, so what is
//! allocated is bounded by the input; nesting costs a frame in a vector.

use super::{VERSION, tag};
use crate::atoms::{Atom, MAX_CHARS};
use crate::heap::{FunInfo, Heap, MAX_BITS, Pid, Port, RefId, Term};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// The input is no external term (or not an allowed one): an Erlang `badarg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bad;

/// The options of `binary_to_term/2`, and what only the VM knows.
#[derive(Clone, Copy)]
pub struct DecodeOptions<'a> {
    /// No new atoms, no funs that are not there.
    pub safe: bool,
    /// The node whose pids are local.
    pub node: &'a str,
    /// The code server's word for `fun m:f/a`; none if `safe` and it does not exist.
    pub export: &'a dyn Fn(Atom, Atom, u8, bool) -> Option<u64>,
}

type R<T> = Result<T, Bad>;

/// A container being filled.
enum Frame<'h> {
    List {
        items: Vec<Term<'h>>,
        left: usize,
    },
    Tuple {
        items: Vec<Term<'h>>,
        left: usize,
    },
    Map {
        items: Vec<Term<'h>>,
        left: usize,
    },
    Fun {
        info: crate::heap::FunRef,
        creator: Pid,
        items: Vec<Term<'h>>,
        left: usize,
    },
}

struct Reader<'a, 'h> {
    bytes: &'a [u8],
    at: usize,
    heap: &'h Heap,
    options: DecodeOptions<'a>,
}

/// Reads one term; answers it and how many bytes it took.
pub fn decode<'h>(
    heap: &'h Heap,
    bytes: &[u8],
    options: DecodeOptions<'_>,
) -> Result<(Term<'h>, usize), Bad> {
    let [VERSION, rest @ ..] = bytes else {
        return Err(Bad);
    };
    if rest.first() != Some(&tag::COMPRESSED) {
        let mut r = Reader {
            bytes: rest,
            at: 0,
            heap,
            options,
        };
        let t = r.whole()?;
        return Ok((t, r.at + 1));
    }
    let mut r = Reader {
        bytes: rest,
        at: 1,
        heap,
        options,
    };
    let size = r.u32()? as usize;
    // Deflate packs at most 1,032 to 1, so a larger claim is a lie.
    if size / 1_100 > bytes.len() || !heap.env().budget.has_room(size) {
        return Err(Bad);
    }
    let mut z = ZlibDecoder::new(&rest[5..]);
    let mut plain = Vec::new();
    z.by_ref()
        .take(size as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| Bad)?;
    if plain.len() != size {
        return Err(Bad);
    }
    let used = 1 + 5 + z.total_in() as usize;
    let mut r = Reader {
        bytes: &plain,
        at: 0,
        heap,
        options,
    };
    let t = r.whole()?;
    if r.at == plain.len() {
        Ok((t, used))
    } else {
        Err(Bad)
    }
}

impl<'h> Reader<'_, 'h> {
    fn take(&mut self, n: usize) -> R<&[u8]> {
        let part = self
            .bytes
            .get(self.at..)
            .and_then(|b| b.get(..n))
            .ok_or(Bad)?;
        self.at += n;
        Ok(part)
    }
    fn array<const N: usize>(&mut self) -> R<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| Bad)
    }
    fn u8(&mut self) -> R<u8> {
        Ok(self.array::<1>()?[0])
    }
    fn u16(&mut self) -> R<usize> {
        Ok(u16::from_be_bytes(self.array()?) as usize)
    }
    fn u32(&mut self) -> R<u32> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// A number of elements of at least `each` bytes that may still come.
    fn count(&mut self, each: usize) -> R<usize> {
        let n = self.u32()? as usize;
        self.fits(n, each)
    }
    fn fits(&self, n: usize, each: usize) -> R<usize> {
        if n > (self.bytes.len() - self.at) / each {
            Err(Bad)
        } else {
            Ok(n)
        }
    }

    fn whole(&mut self) -> R<Term<'h>> {
        let mut frames: Vec<Frame<'h>> = Vec::new();
        loop {
            let mut value = self.begin(&mut frames)?;
            // A finished value completes containers, each of which is a finished value.
            #[allow(clippy::while_let_loop)] // The frame is looked at again inside.
            loop {
                let Some(v) = value else { break };
                let Some(top) = frames.pop() else {
                    return Ok(v);
                };
                value = self.add(&mut frames, top, v)?;
            }
        }
    }

    fn add(
        &self,
        frames: &mut Vec<Frame<'h>>,
        mut frame: Frame<'h>,
        v: Term<'h>,
    ) -> R<Option<Term<'h>>> {
        let h = self.heap;
        let done = match &mut frame {
            Frame::List { items, left }
            | Frame::Tuple { items, left }
            | Frame::Map { items, left }
            | Frame::Fun { items, left, .. } => {
                items.push(v);
                *left -= 1;
                *left == 0
            }
        };
        if !done {
            frames.push(frame);
            return Ok(None);
        }
        Ok(Some(match frame {
            Frame::List { mut items, .. } => {
                let tail = items.pop().ok_or(Bad)?;
                h.list_with_tail(&items, tail)
            }
            Frame::Tuple { items, .. } => h.tuple(&items),
            Frame::Map { items, .. } => {
                let pairs: Vec<_> = items.chunks_exact(2).map(|p| (p[0], p[1])).collect();
                let m = h.map_from_pairs(&pairs);
                // The same key twice is malformed.
                if m.as_map().map(|m| m.len()) != Some(pairs.len()) {
                    return Err(Bad);
                }
                m
            }
            Frame::Fun {
                info,
                creator,
                items,
                ..
            } => h.fun(info, creator, &items),
        }))
    }

    /// Reads a leaf, or opens a container (no value yet).
    fn begin(&mut self, frames: &mut Vec<Frame<'h>>) -> R<Option<Term<'h>>> {
        let h = self.heap;
        let tag = self.u8()?;
        Ok(Some(match tag {
            tag::SMALL_INTEGER => h.int(self.u8()? as i64),
            tag::INTEGER => h.int(self.u32()? as i32 as i64),
            tag::SMALL_BIG => {
                let n = self.u8()? as usize;
                self.big(n)?
            }
            tag::LARGE_BIG => {
                let n = self.u32()? as usize;
                self.big(n)?
            }
            tag::NEW_FLOAT => {
                let f = f64::from_bits(u64::from_be_bytes(self.array()?));
                if !f.is_finite() {
                    return Err(Bad);
                }
                h.float(f)
            }
            tag::FLOAT => self.text_float()?,
            tag::ATOM | tag::SMALL_ATOM | tag::ATOM_UTF8 | tag::SMALL_ATOM_UTF8 => {
                Term::atom(self.atom_of(tag)?)
            }
            tag::NIL => Term::NIL,
            tag::STRING => {
                let n = self.u16()?;
                let items: Vec<Term<'h>> = self.take(n)?.iter().map(|b| h.int(*b as i64)).collect();
                h.list(&items)
            }
            tag::BINARY => {
                let n = self.count(1)?;
                h.binary(self.take(n)?)
            }
            tag::BIT_BINARY => self.bit_binary()?,
            tag::PID | tag::NEW_PID => Term::pid(self.pid_of(tag)?),
            tag::PORT | tag::NEW_PORT | tag::V4_PORT => self.port(tag)?,
            tag::NEW_REFERENCE | tag::NEWER_REFERENCE => self.reference(tag)?,
            tag::EXPORT => self.export()?,
            tag::LIST => {
                let n = self.count(1)?;
                frames.push(Frame::List {
                    items: Vec::with_capacity(n + 1),
                    left: n + 1,
                });
                return Ok(None);
            }
            tag::SMALL_TUPLE | tag::LARGE_TUPLE => {
                let n = if tag == tag::SMALL_TUPLE {
                    self.u8()? as usize
                } else {
                    self.u32()? as usize
                };
                let n = self.fits(n, 1)?;
                if n == 0 {
                    return Ok(Some(h.tuple(&[])));
                }
                frames.push(Frame::Tuple {
                    items: Vec::with_capacity(n),
                    left: n,
                });
                return Ok(None);
            }
            tag::MAP => {
                let n = self.count(2)?;
                if n == 0 {
                    return Ok(Some(h.map_from_pairs(&[])));
                }
                frames.push(Frame::Map {
                    items: Vec::with_capacity(2 * n),
                    left: 2 * n,
                });
                return Ok(None);
            }
            tag::NEW_FUN => return self.fun(frames),
            _ => return Err(Bad),
        }))
    }

    fn big(&mut self, n: usize) -> R<Term<'h>> {
        let negative = match self.u8()? {
            0 => false,
            1 => true,
            _ => return Err(Bad),
        };
        let heap = self.heap;
        let bytes = self.take(n)?;
        let used = bytes.iter().rposition(|b| *b != 0).map_or(0, |i| i + 1);
        if used > MAX_BITS / 8 {
            return Err(Bad);
        }
        let limbs: Vec<u64> = bytes[..used]
            .chunks(8)
            .map(|c| c.iter().rev().fold(0, |w, b| (w << 8) | *b as u64))
            .collect();
        Ok(heap.big(negative, &limbs))
    }

    fn text_float(&mut self) -> R<Term<'h>> {
        let heap = self.heap;
        let text = self.take(31)?;
        let text = &text[..text.iter().position(|b| *b == 0).unwrap_or(31)];
        let f: f64 = std::str::from_utf8(text)
            .map_err(|_| Bad)?
            .trim()
            .parse()
            .map_err(|_| Bad)?;
        if f.is_finite() {
            Ok(heap.float(f))
        } else {
            Err(Bad)
        }
    }

    fn bit_binary(&mut self) -> R<Term<'h>> {
        let n = self.u32()? as usize;
        let odd = self.u8()? as usize;
        let heap = self.heap;
        let mut bytes = self.take(n)?.to_vec();
        match (bytes.last_mut(), odd) {
            (None, 0) => Ok(heap.binary(&[])),
            (Some(last), 1..=8) => {
                *last &= (0xff00u16 >> odd) as u8;
                Ok(heap.bitstring(&bytes, (n - 1) * 8 + odd))
            }
            _ => Err(Bad),
        }
    }

    fn atom(&mut self) -> R<Atom> {
        let tag = self.u8()?;
        self.atom_of(tag)
    }

    fn atom_of(&mut self, tag: u8) -> R<Atom> {
        let n = match tag {
            tag::ATOM | tag::ATOM_UTF8 => self.u16()?,
            tag::SMALL_ATOM | tag::SMALL_ATOM_UTF8 => self.u8()? as usize,
            _ => return Err(Bad),
        };
        let bytes = self.take(n)?;
        let text = if matches!(tag, tag::ATOM | tag::SMALL_ATOM) {
            bytes.iter().map(|b| *b as char).collect()
        } else {
            String::from_utf8(bytes.to_vec()).map_err(|_| Bad)?
        };
        if text.chars().count() > MAX_CHARS {
            return Err(Bad);
        }
        let atoms = &self.heap.env().atoms;
        if self.options.safe {
            atoms.existing(&text).ok_or(Bad)
        } else {
            atoms.intern(&text).map_err(|_| Bad)
        }
    }

    /// Only identities of this node can be represented.
    fn node(&mut self) -> R<()> {
        let a = self.atom()?;
        if self.heap.env().atoms.text(a) == self.options.node {
            Ok(())
        } else {
            Err(Bad)
        }
    }

    fn creation(&mut self, wide: bool) -> R<u32> {
        if wide {
            self.u32()
        } else {
            self.u8().map(u32::from)
        }
    }

    fn pid_of(&mut self, tag: u8) -> R<Pid> {
        self.node()?;
        let (slot, serial) = (self.u32()?, self.u32()?);
        self.creation(tag == tag::NEW_PID)?;
        if slot >= 1 << 28 || serial >= 1 << 28 {
            Err(Bad)
        } else {
            Ok(Pid::new(slot, serial))
        }
    }

    fn port(&mut self, tag: u8) -> R<Term<'h>> {
        self.node()?;
        let n = if tag == tag::V4_PORT {
            u64::from_be_bytes(self.array()?)
        } else {
            self.u32()? as u64
        };
        self.creation(tag != tag::PORT)?;
        if n >> 56 != 0 {
            Err(Bad)
        } else {
            Ok(Term::port(Port::new(n)))
        }
    }

    fn reference(&mut self, tag: u8) -> R<Term<'h>> {
        let n = self.u16()?;
        self.node()?;
        self.creation(tag == tag::NEWER_REFERENCE)?;
        if !(1..=5).contains(&n) {
            return Err(Bad);
        }
        let mut words = [0u32; 5];
        for w in &mut words[..n] {
            *w = self.u32()?;
        }
        if words[0] >= 1 << 18 || words[2] >= 1 << 14 || words[3..] != [0, 0] {
            return Err(Bad);
        }
        Ok(self
            .heap
            .reference(RefId::from_numbers([words[2], words[1], words[0]]), None))
    }

    /// A small integer in its own external form.
    fn inner_int(&mut self) -> R<i64> {
        match self.u8()? {
            tag::SMALL_INTEGER => self.u8().map(i64::from),
            tag::INTEGER => Ok(self.u32()? as i32 as i64),
            tag::SMALL_BIG => {
                let n = self.u8()? as usize;
                self.big(n)?.as_small().ok_or(Bad)
            }
            _ => Err(Bad),
        }
    }

    fn export(&mut self) -> R<Term<'h>> {
        let (m, f) = (self.atom()?, self.atom()?);
        let arity = u8::try_from(self.inner_int()?).map_err(|_| Bad)?;
        let word = (self.options.export)(m, f, arity, self.options.safe).ok_or(Bad)?;
        Ok(self.heap.export_fun(m, f, arity, word))
    }

    fn fun(&mut self, frames: &mut Vec<Frame<'h>>) -> R<Option<Term<'h>>> {
        let begin = self.at;
        let size = self.u32()? as usize;
        if size > self.bytes.len() - begin {
            return Err(Bad);
        }
        let arity = self.u8()?;
        let uniq: [u8; 16] = self.array()?;
        let index = self.u32()?;
        let free = self.count(1)?;
        let module = self.atom()?;
        self.inner_int()?;
        let old_uniq = u32::try_from(self.inner_int()?).map_err(|_| Bad)?;
        let tag = self.u8()?;
        if !matches!(tag, tag::PID | tag::NEW_PID) {
            return Err(Bad);
        }
        let creator = self.pid_of(tag)?;
        let funs = &self.heap.env().funs;
        let known = funs.find(module, index, uniq, old_uniq);
        let info = match known {
            Some(i) if i.arity == arity && i.free as usize == free => i,
            Some(_) => return Err(Bad),
            None if self.options.safe || free > 255 => return Err(Bad),
            None => funs.intern(FunInfo::new(
                module,
                module,
                arity,
                free as u16,
                index,
                uniq,
                old_uniq,
            )),
        };
        if free == 0 {
            return Ok(Some(self.heap.fun(info, creator, &[])));
        }
        frames.push(Frame::Fun {
            info,
            creator,
            items: Vec::with_capacity(free),
            left: free,
        });
        Ok(None)
    }
}
