//! The chunks that are tables of a module: how each is written and read.

use super::constants::{get_const, put_const};
use crate::module::*;
use crate::operand::{AtomIx, FnIx, LineIx, Operand};
use crate::ops::Insn;
use crate::reader::{DecodeError, Reader, put_blob, put_uint};

pub(super) fn put_all<T>(items: &[T], out: &mut Vec<u8>, put: impl Fn(&T, &mut Vec<u8>)) {
    put_uint(out, items.len() as u64);
    for i in items {
        put(i, out);
    }
}

pub(super) fn put_atoms(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.atoms, out, |a, out| put_blob(out, a.as_bytes()));
    m.name.encode(out);
}

pub(super) fn put_imports(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.imports, out, |i, out| {
        i.module.encode(out);
        i.name.encode(out);
        out.push(i.arity);
    });
}

pub(super) fn get_imports(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.imports = r.list(3, |r| {
        Ok(Import {
            module: AtomIx::decode(r)?,
            name: AtomIx::decode(r)?,
            arity: r.byte()?,
        })
    })?;
    Ok(())
}

pub(super) fn put_exports(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.exports, out, |e, out| {
        e.name.encode(out);
        out.push(e.arity);
        e.function.encode(out);
    });
}

pub(super) fn get_exports(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.exports = r.list(3, |r| {
        Ok(Export {
            name: AtomIx::decode(r)?,
            arity: r.byte()?,
            function: FnIx::decode(r)?,
        })
    })?;
    Ok(())
}

pub(super) fn put_functions(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.functions, out, |f, out| {
        f.name.encode(out);
        out.push(f.arity);
        f.line.encode(out);
        put_all(&f.code, out, Insn::encode);
    });
}

pub(super) fn get_functions(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
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

pub(super) fn put_lambdas(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.lambdas, out, |l, out| {
        l.function.encode(out);
        out.push(l.free);
        put_uint(out, u64::from(l.uniq));
    });
}

pub(super) fn get_lambdas(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.lambdas = r.list(3, |r| {
        Ok(Lambda {
            function: FnIx::decode(r)?,
            free: r.byte()?,
            uniq: r.u32()?,
        })
    })?;
    Ok(())
}

pub(super) fn put_lines(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.files, out, |f, out| put_blob(out, f.as_bytes()));
    put_all(&m.lines, out, |l, out| {
        put_uint(out, u64::from(l.file));
        put_uint(out, u64::from(l.line));
    });
}

pub(super) fn get_lines(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.files = r.list(1, Reader::string)?;
    m.lines = r.list(2, |r| {
        Ok(Line {
            file: r.u32()?,
            line: r.u32()?,
        })
    })?;
    Ok(())
}

pub(super) fn put_records(m: &Module, out: &mut Vec<u8>) {
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

pub(super) fn get_records(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
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

pub(super) fn put_extra(m: &Module, out: &mut Vec<u8>) {
    put_all(&m.extra, out, |c, out| {
        put_blob(out, c.name.as_bytes());
        put_blob(out, &c.bytes);
    });
}

pub(super) fn get_extra(m: &mut Module, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    m.extra = r.list(2, |r| {
        Ok(ExtraChunk {
            name: r.string()?,
            bytes: r.blob()?.to_vec(),
        })
    })?;
    Ok(())
}
