//! Forms from terms.

use super::{Read, Reader};
use crate::abstract_term::Term;
use crate::ast::*;

impl Reader {
    pub(super) fn form(&self, t: &Term) -> Read<Form> {
        let (tag, span, rest) = self.split(t, "a form")?;
        let kind = match (tag, rest) {
            ("attribute", [name, value]) => self.attribute(t, &self.name(name)?, value, span)?,
            ("function", [name, arity, clauses]) => FormKind::Function(Function {
                name: self.name(name)?,
                arity: self.arity(arity)?,
                clauses: self.function_clauses(t, self.arity(arity)?, clauses)?,
            }),
            ("eof", []) => FormKind::Eof,
            _ => return self.bad("a form", t),
        };
        Ok(Form { span, kind })
    }

    /// Clauses with as many arguments as the function has: later passes rely on it.
    fn function_clauses(&self, t: &Term, arity: u32, clauses: &Term) -> Read<Vec<Clause>> {
        let clauses = self.clauses(clauses)?;
        if clauses.is_empty() || clauses.iter().any(|c| c.patterns.len() != arity as usize) {
            return self.bad("a function whose clauses have its arity", t);
        }
        Ok(clauses)
    }

    fn attribute(&self, t: &Term, name: &Name, value: &Term, span: Span) -> Read<FormKind> {
        let own = || FormKind::Attribute(name.clone(), value.clone());
        Ok(match (&**name, value) {
            ("module", Term::Atom(m)) => FormKind::Module(m.clone()),
            ("export", _) => FormKind::Export(self.refs(value, span)?),
            ("export_type", _) => FormKind::ExportType(self.refs(value, span)?),
            ("optional_callbacks", _) => FormKind::OptionalCallbacks(self.refs(value, span)?),
            (
                "import" | "file" | "record" | "type" | "opaque" | "nominal" | "spec" | "callback",
                Term::Tuple(parts),
            ) => self.structured(t, name, parts, span)?,
            (
                "module" | "import" | "file" | "record" | "type" | "opaque" | "nominal" | "spec"
                | "callback",
                _,
            ) => {
                return self.bad("an attribute", t);
            }
            _ => own(),
        })
    }

    fn structured(&self, t: &Term, name: &Name, parts: &[Term], span: Span) -> Read<FormKind> {
        Ok(match (&**name, parts) {
            ("import", [m, l]) => FormKind::Import(self.name(m)?, self.refs(l, span)?),
            ("file", [file, line]) => match file.to_text() {
                Some(text) => FormKind::File(text.into(), self.arity(line)?),
                None => return self.bad("a file name", t),
            },
            ("record", [record, fields]) => {
                let fields = self.list(fields, |f| self.field_def(f))?;
                FormKind::Record(RecordDef {
                    name: self.name(record)?,
                    fields,
                })
            }
            ("spec" | "callback", [who, clauses]) => {
                let (module, f, a) = match who.as_tuple() {
                    Some([f, a]) => (None, f, a),
                    Some([m, f, a]) => (Some(self.name(m)?), f, a),
                    _ => return self.bad("a spec", t),
                };
                FormKind::Spec(Spec {
                    callback: &**name == "callback",
                    module,
                    name: self.name(f)?,
                    arity: self.arity(a)?,
                    clauses: self.types(clauses)?,
                })
            }
            ("type" | "opaque" | "nominal", [ty, body, params]) => {
                let kind = match &**name {
                    "type" => TypeDefKind::Type,
                    "opaque" => TypeDefKind::Opaque,
                    _ => TypeDefKind::Nominal,
                };
                let (name, params, body) = (self.name(ty)?, self.types(params)?, self.ty(body)?);
                FormKind::TypeDef(TypeDef {
                    kind,
                    name,
                    params,
                    body,
                })
            }
            _ => return self.bad("an attribute", t),
        })
    }

    fn refs(&self, t: &Term, span: Span) -> Read<Vec<FunRef>> {
        self.list(t, |r| match r.as_tuple() {
            Some([name, arity]) => Ok(FunRef {
                name: self.name(name)?,
                arity: self.arity(arity)?,
                span,
            }),
            _ => self.bad("name and arity", r),
        })
    }

    fn field_def(&self, t: &Term) -> Read<RecordFieldDef> {
        if let Some([tag, field, ty]) = t.as_tuple()
            && tag.is_atom("typed_record_field")
        {
            let mut field = self.field_def(field)?;
            field.ty = Some(self.ty(ty)?);
            return Ok(field);
        }
        let ("record_field", span, [name, default @ ..]) = self.split(t, "a record field")? else {
            return self.bad("a record field", t);
        };
        let default = match default {
            [] => None,
            [e] => Some(self.expr(e)?),
            _ => return self.bad("a record field", t),
        };
        Ok(RecordFieldDef {
            span,
            name: self.tagged(name, "atom")?.0,
            default,
            ty: None,
        })
    }
}
