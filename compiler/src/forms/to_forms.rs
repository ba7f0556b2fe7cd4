//! Forms to terms.

use super::{Make, Writer};
use crate::ast::*;

impl<M: Make> Writer<M> {
    pub(super) fn form(&self, form: &Form) -> M::Term {
        let s = form.span;
        let attribute =
            |name: &str, value: M::Term| self.node("attribute", s, [self.make.atom(name), value]);
        match &form.kind {
            FormKind::Module(m) => attribute("module", self.make.atom(m)),
            FormKind::Export(l) => attribute("export", self.refs(l)),
            FormKind::ExportType(l) => attribute("export_type", self.refs(l)),
            FormKind::OptionalCallbacks(l) => attribute("optional_callbacks", self.refs(l)),
            FormKind::Import(m, l) => {
                attribute("import", self.make.tuple([self.make.atom(m), self.refs(l)]))
            }
            FormKind::Record(r) => {
                let fields = r.fields.iter().map(|f| self.field_def(f)).collect();
                attribute(
                    "record",
                    self.make
                        .tuple([self.make.atom(&r.name), self.make.list(fields)]),
                )
            }
            FormKind::TypeDef(t) => {
                let tag = match t.kind {
                    TypeDefKind::Type => "type",
                    TypeDefKind::Opaque => "opaque",
                    TypeDefKind::Nominal => "nominal",
                };
                attribute(
                    tag,
                    self.make.tuple([
                        self.make.atom(&t.name),
                        self.ty(&t.body),
                        self.types(&t.params),
                    ]),
                )
            }
            FormKind::Spec(spec) => {
                let (name, arity) = (self.make.atom(&spec.name), self.make.int(spec.arity));
                let who = match &spec.module {
                    None => self.make.tuple([name, arity]),
                    Some(m) => self.make.tuple([self.make.atom(m), name, arity]),
                };
                let tag = if spec.callback { "callback" } else { "spec" };
                attribute(tag, self.make.tuple([who, self.types(&spec.clauses)]))
            }
            FormKind::File(name, line) => attribute(
                "file",
                self.make
                    .tuple([self.make.string(name), self.make.int(*line)]),
            ),
            FormKind::Attribute(name, value) => attribute(name, self.make.term(value)),
            FormKind::Function(f) => {
                let parts = [
                    self.make.atom(&f.name),
                    self.make.int(f.arity),
                    self.clauses(&f.clauses),
                ];
                self.node("function", s, parts)
            }
            FormKind::Eof => self.node("eof", s, []),
        }
    }

    fn field_def(&self, f: &RecordFieldDef) -> M::Term {
        let name = self.atom(&f.name, f.span);
        let field = match &f.default {
            None => self.node("record_field", f.span, [name]),
            Some(e) => self.node("record_field", f.span, [name, self.expr(e)]),
        };
        match &f.ty {
            None => field,
            Some(t) => self
                .make
                .tuple([self.make.atom("typed_record_field"), field, self.ty(t)]),
        }
    }

    fn refs(&self, list: &[FunRef]) -> M::Term {
        self.make.list(
            list.iter()
                .map(|r| {
                    self.make
                        .tuple([self.make.atom(&r.name), self.make.int(r.arity)])
                })
                .collect(),
        )
    }
}
