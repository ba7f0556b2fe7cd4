//! The module file, `.tbc`: header and chunks, each length-checked; and [`code_hash`], by which the VM knows equal code.
//!
//! ```text
//! "TBC\n"   format version: u32   hash of all that follows: 16 bytes
//! chunk*    name: 4 bytes   length: u32   bytes          (numbers little-endian; inside chunks LEB128)
//! ```
//! Reading never panics, and memory stays within a fixed multiple of the input's size. What is read is not trusted: the
//! verifier comes next. The hash finds damaged files; it is no defence against an attacker.

use std::fmt;

use crate::module::*;
use crate::operand::{AtomIx, FnIx, LineIx, Operand};
use crate::ops::Insn;
use crate::reader::{DecodeError, Reader, put_blob, put_int, put_uint};

const MAGIC: &[u8; 4] = b"TBC\n";

/// Changes whenever the instruction table or a chunk changes.
pub const FORMAT_VERSION: u32 = 1;

const HEADER: usize = 4 + 4 + 16;

/// Why a file is no module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It does not start like a module file.
    NotAModule,
    /// It was written for another version of the format.
    Version(u32),
    /// Its bytes are not those that were written: damaged or cut off.
    Damaged,
    /// A chunk that must be there is missing.
    MissingChunk(&'static str),
    /// A chunk stands twice, or nobody knows its name.
    UnexpectedChunk(String),
    /// The contents of a chunk make no sense.
    BadChunk(String, DecodeError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::NotAModule => f.write_str("corrupt file header"),
            FileError::Version(v) => write!(
                f,
                "format version {v}, this VM reads {FORMAT_VERSION}: compile it again"
            ),
            FileError::Damaged => f.write_str("damaged or incomplete file"),
            FileError::MissingChunk(c) => write!(f, "missing {c} chunk"),
            FileError::UnexpectedChunk(c) => write!(f, "unexpected chunk {c:?}"),
            FileError::BadChunk(c, e) => write!(f, "corrupt {c} chunk: {e}"),
        }
    }
}

impl std::error::Error for FileError {}

type Put = fn(&Module, &mut Vec<u8>);
type Get = fn(&mut Module, &mut Reader<'_>) -> Result<(), DecodeError>;

struct Chunk {
    name: &'static str,
    /// Without it there is no module.
    required: bool,
    /// Does it count for [`code_hash`]? Positions do not: an edit elsewhere in a file moves them.
    code: bool,
    /// Left out when the module has nothing for it.
    present: fn(&Module) -> bool,
    put: Put,
    get: Get,
}

const fn chunk(name: &'static str, code: bool, put: Put, get: Get) -> Chunk {
    Chunk {
        name,
        required: true,
        code,
        present: |_| true,
        put,
        get,
    }
}

const CHUNKS: &[Chunk] = &[
    chunk("ATOM", true, put_atoms, |m, r| {
        m.atoms = r.list(1, Reader::string)?;
        m.name = AtomIx::decode(r)?;
        Ok(())
    }),
    chunk(
        "CONS",
        true,
        |m, out| put_all(&m.consts, out, put_const),
        |m, r| {
            m.consts = r.list(1, get_const)?;
            Ok(())
        },
    ),
    chunk("IMPT", true, put_imports, get_imports),
    chunk("EXPT", true, put_exports, get_exports),
    chunk("CODE", true, put_functions, get_functions),
    chunk("FUNS", true, put_lambdas, get_lambdas),
    chunk("LINE", false, put_lines, get_lines),
    chunk(
        "ATTR",
        // As in OTP: the version that `-vsn` is by default is this very hash.
        false,
        |m, out| put_const(&m.attributes, out),
        |m, r| {
            m.attributes = get_const(r)?;
            Ok(())
        },
    ),
    chunk(
        "CINF",
        false,
        |m, out| put_const(&m.compile_info, out),
        |m, r| {
            m.compile_info = get_const(r)?;
            Ok(())
        },
    ),
    Chunk {
        required: false,
        present: |m| !m.records.is_empty(),
        ..chunk("RECS", false, put_records, get_records)
    },
    Chunk {
        required: false,
        present: |m| m.on_load.is_some(),
        ..chunk(
            "LOAD",
            true,
            |m, out| m.on_load.unwrap_or_default().encode(out),
            |m, r| {
                m.on_load = Some(FnIx::decode(r)?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| m.source.is_some(),
        ..chunk(
            "PATH",
            false,
            |m, out| put_blob(out, m.source.as_deref().unwrap_or_default().as_bytes()),
            |m, r| {
                m.source = Some(r.string()?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| m.docs.is_some(),
        ..chunk(
            "DOCS",
            false,
            |m, out| put_const(m.docs.as_ref().unwrap_or(&Const::Nil), out),
            |m, r| {
                m.docs = Some(get_const(r)?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| !m.extra.is_empty(),
        ..chunk("XTRA", false, put_extra, get_extra)
    },
];

impl Module {
    /// The file form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut chunks = Vec::new();
        for c in CHUNKS.iter().filter(|c| (c.present)(self)) {
            put_chunk(self, c, &mut chunks);
        }
        with_header(&chunks)
    }

    /// Reads the file form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Module, FileError> {
        if bytes.len() < HEADER || &bytes[..4] != MAGIC {
            return Err(FileError::NotAModule);
        }
        let version = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        if version != FORMAT_VERSION {
            return Err(FileError::Version(version));
        }
        if hash128(&bytes[HEADER..]) != bytes[8..HEADER] {
            return Err(FileError::Damaged);
        }
        read_chunks(&bytes[HEADER..])
    }

    /// The file form of a module of an image, which is part of an executable: its code hash is computed here, once, and not at every start.
    pub fn to_image_bytes(mut self) -> Vec<u8> {
        let bytes = code_hash(&self).to_vec();
        let name = IMAGE_HASH.to_owned();
        self.extra.push(ExtraChunk { name, bytes });
        self.to_bytes()
    }

    /// Reads what [`Module::to_image_bytes`] wrote, with its code hash. Never for a file: anybody could have changed it, while damage to the
    /// image is damage to the executable. Debug builds check all the same.
    pub fn from_image_bytes(bytes: &[u8]) -> Result<(Module, [u8; 16]), FileError> {
        let mut m = if cfg!(debug_assertions) {
            Module::from_bytes(bytes)?
        } else {
            read_chunks(bytes.get(HEADER..).ok_or(FileError::NotAModule)?)?
        };
        let at = m.extra.iter().position(|c| c.name == IMAGE_HASH);
        let found = at.map(|at| m.extra.swap_remove(at).bytes);
        let hash = match found.and_then(|b| <[u8; 16]>::try_from(b).ok()) {
            Some(hash) => hash,
            None => code_hash(&m),
        };
        debug_assert_eq!(hash, code_hash(&m));
        Ok((m, hash))
    }
}

/// The file of these chunks, each with its name and length; whether they make a module is not looked at.
pub fn with_header(chunks: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER + chunks.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    out.extend_from_slice(&hash128(chunks));
    out.extend_from_slice(chunks);
    out
}

/// The extra chunk with the code hash of a module of an image.
const IMAGE_HASH: &str = "HASH";

/// Tells code apart: equal for two modules that run alike, whatever their paths, positions, documentation and compile options.
pub fn code_hash(m: &Module) -> [u8; 16] {
    let mut out = Vec::new();
    for c in CHUNKS.iter().filter(|c| c.code && (c.present)(m)) {
        put_chunk(m, c, &mut out);
    }
    hash128(&out)
}

/// FNV-1a over 128 bits.
pub fn hash128(bytes: &[u8]) -> [u8; 16] {
    let mut h = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for &b in bytes {
        h ^= u128::from(b);
        h = h.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    h.to_le_bytes()
}

fn put_chunk(m: &Module, c: &Chunk, out: &mut Vec<u8>) {
    out.extend_from_slice(c.name.as_bytes());
    let at = out.len();
    out.extend_from_slice(&[0; 4]);
    (c.put)(m, out);
    let len = u32::try_from(out.len() - at - 4).expect("invariant: a chunk is smaller than 4 GiB");
    out[at..at + 4].copy_from_slice(&len.to_le_bytes());
}

fn read_chunks(mut rest: &[u8]) -> Result<Module, FileError> {
    let mut m = Module::default();
    let mut seen = [false; CHUNKS.len()];
    while !rest.is_empty() {
        let Some((head, body)) = rest.split_at_checked(8) else {
            return Err(FileError::Damaged);
        };
        let name = String::from_utf8_lossy(&head[..4]).into_owned();
        let len = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let Some((body, after)) = body.split_at_checked(len) else {
            return Err(FileError::Damaged);
        };
        rest = after;
        match CHUNKS.iter().position(|c| c.name == name) {
            Some(i) if !seen[i] => {
                seen[i] = true;
                let mut r = Reader::new(body);
                (CHUNKS[i].get)(&mut m, &mut r)
                    .and_then(|()| r.end())
                    .map_err(|e| FileError::BadChunk(name, e))?;
            }
            _ => return Err(FileError::UnexpectedChunk(name)),
        }
    }
    match CHUNKS
        .iter()
        .zip(seen)
        .find(|(c, seen)| c.required && !seen)
    {
        Some((c, _)) => Err(FileError::MissingChunk(c.name)),
        None => Ok(m),
    }
}

fn put_all<T>(items: &[T], out: &mut Vec<u8>, put: impl Fn(&T, &mut Vec<u8>)) {
    put_uint(out, items.len() as u64);
    for i in items {
        put(i, out);
    }
}

fn put_atoms(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.atoms, out, |a, out| put_blob(out, a.as_bytes()));
    m.name.encode(out);
}

fn put_imports(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.imports, out, |i, out| {
        i.module.encode(out);
        i.name.encode(out);
        out.push(i.arity);
    });
}

fn get_imports(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.imports = r.list(3, |r| {
        Ok(Import {
            module: AtomIx::decode(r)?,
            name: AtomIx::decode(r)?,
            arity: r.byte()?,
        })
    })?;
    Ok(())
}

fn put_exports(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.exports, out, |e, out| {
        e.name.encode(out);
        out.push(e.arity);
        e.function.encode(out);
    });
}

fn get_exports(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.exports = r.list(3, |r| {
        Ok(Export {
            name: AtomIx::decode(r)?,
            arity: r.byte()?,
            function: FnIx::decode(r)?,
        })
    })?;
    Ok(())
}

fn put_functions(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.functions, out, |f, out| {
        f.name.encode(out);
        out.push(f.arity);
        f.line.encode(out);
        put_all(&f.code, out, Insn::encode);
    });
}

fn get_functions(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.functions = r.list(4, |r| {
        Ok(Function {
            name: AtomIx::decode(r)?,
            arity: r.byte()?,
            line: LineIx::decode(r)?,
            code: r.list(1, Insn::decode)?,
        })
    })?;
    Ok(())
}

fn put_lambdas(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.lambdas, out, |l, out| {
        l.function.encode(out);
        out.push(l.free);
        put_uint(out, u64::from(l.uniq));
    });
}

fn get_lambdas(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.lambdas = r.list(3, |r| {
        Ok(Lambda {
            function: FnIx::decode(r)?,
            free: r.byte()?,
            uniq: r.u32()?,
        })
    })?;
    Ok(())
}

fn put_lines(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.files, out, |f, out| put_blob(out, f.as_bytes()));
    put_all(&m.lines, out, |l, out| {
        put_uint(out, u64::from(l.file));
        put_uint(out, u64::from(l.line));
    });
}

fn get_lines(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.files = r.list(1, Reader::string)?;
    m.lines = r.list(2, |r| {
        Ok(Line {
            file: r.u32()?,
            line: r.u32()?,
        })
    })?;
    Ok(())
}

fn put_records(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.records, out, |rec, out| {
        rec.name.encode(out);
        put_all(&rec.fields, out, |f, out| {
            f.name.encode(out);
            out.push(u8::from(f.default.is_some()));
            if let Some(c) = &f.default {
                put_const(c, out);
            }
        });
    });
}

fn get_records(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.records = r.list(2, |r| {
        let name = AtomIx::decode(r)?;
        let field = |r: &mut Reader<'_>| {
            Ok(RecordField {
                name: AtomIx::decode(r)?,
                default: r.option(get_const)?,
            })
        };
        Ok(RecordDef {
            name,
            fields: r.list(2, field)?,
        })
    })?;
    Ok(())
}

fn put_extra(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.extra, out, |c, out| {
        put_blob(out, c.name.as_bytes());
        put_blob(out, &c.bytes);
    });
}

fn get_extra(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.extra = r.list(2, |r| {
        Ok(ExtraChunk {
            name: r.string()?,
            bytes: r.blob()?.to_vec(),
        })
    })?;
    Ok(())
}

// ---- constants: a tag byte and the contents

const NIL: u8 = 0;
const INT: u8 = 1;
const BIG_PLUS: u8 = 2;
const BIG_MINUS: u8 = 3;
const FLOAT: u8 = 4;
const ATOM: u8 = 5;
const BITS: u8 = 6;
const LIST: u8 = 7;
const IMPROPER: u8 = 8;
const TUPLE: u8 = 9;
const MAP: u8 = 10;
const EXPORT: u8 = 11;

/// The deepest constant that is read; the verifier allows fewer levels, but reading must survive first.
const READ_DEPTH: usize = 1_024;

fn put_const(c: &Const, out: &mut Vec<u8>) {
    // An explicit stack: the compiler may hold deeper constants than the native stack of this thread could walk.
    let mut todo = vec![c];
    while let Some(c) = todo.pop() {
        match c {
            Const::Nil => out.push(NIL),
            Const::Int(n) => {
                out.push(INT);
                put_int(out, *n);
            }
            Const::Big {
                negative,
                magnitude,
            } => {
                out.push(if *negative { BIG_MINUS } else { BIG_PLUS });
                put_blob(out, magnitude);
            }
            Const::Float(f) => {
                out.push(FLOAT);
                out.extend_from_slice(&f.0.to_le_bytes());
            }
            Const::Atom(a) => {
                out.push(ATOM);
                a.encode(out);
            }
            Const::Bits { bytes, last } => {
                out.push(BITS);
                out.push(*last);
                put_blob(out, bytes);
            }
            Const::List { items, tail } => {
                let proper = **tail == Const::Nil;
                out.push(if proper { LIST } else { IMPROPER });
                put_uint(out, items.len() as u64);
                if !proper {
                    todo.push(tail);
                }
                todo.extend(items.iter().rev());
            }
            Const::Tuple(items) => {
                out.push(TUPLE);
                put_uint(out, items.len() as u64);
                todo.extend(items.iter().rev());
            }
            Const::Map(pairs) => {
                out.push(MAP);
                put_uint(out, pairs.len() as u64);
                todo.extend(pairs.iter().rev().flat_map(|(k, v)| [v, k]));
            }
            Const::ExportFun {
                module,
                name,
                arity,
            } => {
                out.push(EXPORT);
                module.encode(out);
                name.encode(out);
                out.push(*arity);
            }
        }
    }
}

/// A compound constant that still waits for some of its parts.
struct Open {
    tag: u8,
    missing: usize,
    parts: Vec<Const>,
}

fn get_const(r: &mut Reader<'_>) -> Result<Const, DecodeError> {
    let mut open: Vec<Open> = Vec::new();
    loop {
        let mut done = match r.byte()? {
            NIL => Const::Nil,
            INT => Const::Int(r.int()?),
            tag @ (BIG_PLUS | BIG_MINUS) => Const::Big {
                negative: tag == BIG_MINUS,
                magnitude: r.blob()?.to_vec(),
            },
            FLOAT => {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(r.take(8)?);
                Const::Float(FloatBits(u64::from_le_bytes(bytes)))
            }
            ATOM => Const::Atom(AtomIx::decode(r)?),
            BITS => {
                let last = r.byte()?;
                Const::Bits {
                    bytes: r.blob()?.to_vec(),
                    last,
                }
            }
            EXPORT => Const::ExportFun {
                module: AtomIx::decode(r)?,
                name: AtomIx::decode(r)?,
                arity: r.byte()?,
            },
            tag @ (LIST | IMPROPER | TUPLE | MAP) => {
                let n = r.count(if tag == MAP { 2 } else { 1 })?;
                let missing = match tag {
                    MAP => 2 * n,
                    IMPROPER => n + 1,
                    _ => n,
                };
                if open.len() >= READ_DEPTH {
                    return Err(r.error("constant nested too deeply"));
                }
                let next = Open {
                    tag,
                    missing,
                    parts: Vec::new(),
                };
                if missing > 0 {
                    open.push(next);
                    continue;
                }
                close(next)
            }
            _ => return Err(r.error("unknown kind of constant")),
        };
        // Hand the finished constant to what waits for it, which may finish that one too.
        loop {
            let Some(top) = open.last_mut() else {
                return Ok(done);
            };
            top.parts.push(done);
            top.missing -= 1;
            if top.missing > 0 {
                break;
            }
            let Some(full) = open.pop() else { break };
            done = close(full);
        }
    }
}

fn close(open: Open) -> Const {
    let Open { tag, mut parts, .. } = open;
    match tag {
        LIST => Const::list(parts),
        IMPROPER => {
            let tail = Box::new(parts.pop().unwrap_or_default());
            Const::List { items: parts, tail }
        }
        TUPLE => Const::Tuple(parts),
        _ => {
            let mut pairs = Vec::with_capacity(parts.len() / 2);
            let mut parts = parts.into_iter();
            while let (Some(k), Some(v)) = (parts.next(), parts.next()) {
                pairs.push((k, v));
            }
            Const::Map(pairs)
        }
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
