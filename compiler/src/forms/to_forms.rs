//! Forms to terms.

use super::Writer;
use crate::abstract_term::Term;
use crate::ast::*;

impl Writer {
    pub(super) fn form(&self, form: &Form) -> Term {
        let s = form.span;
        let attribute =
            |name: &str, value: Term| self.node("attribute", s, [Term::atom(name), value]);
        match &form.kind {
            FormKind::Module(m) => attribute("module", Term::Atom(m.clone())),
            FormKind::Export(l) => attribute("export", refs(l)),
            FormKind::ExportType(l) => attribute("export_type", refs(l)),
            FormKind::OptionalCallbacks(l) => attribute("optional_callbacks", refs(l)),
            FormKind::Import(m, l) => {
                attribute("import", Term::tuple([Term::Atom(m.clone()), refs(l)]))
            }
            FormKind::Record(r) => {
                let fields = r.fields.iter().map(|f| self.field_def(f)).collect();
                attribute(
                    "record",
                    Term::tuple([Term::Atom(r.name.clone()), Term::List(fields)]),
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
                    Term::tuple([
                        Term::Atom(t.name.clone()),
                        self.ty(&t.body),
                        self.types(&t.params),
                    ]),
                )
            }
            FormKind::Spec(spec) => {
                let (name, arity) = (Term::Atom(spec.name.clone()), Term::int(spec.arity));
                let who = match &spec.module {
                    None => Term::tuple([name, arity]),
                    Some(m) => Term::tuple([Term::Atom(m.clone()), name, arity]),
                };
                let tag = if spec.callback { "callback" } else { "spec" };
                attribute(tag, Term::tuple([who, self.types(&spec.clauses)]))
            }
            FormKind::File(name, line) => {
                attribute("file", Term::tuple([Term::string(name), Term::int(*line)]))
            }
            FormKind::Attribute(name, value) => attribute(name, value.clone()),
            FormKind::Function(f) => {
                let parts = [
                    Term::Atom(f.name.clone()),
                    Term::int(f.arity),
                    self.clauses(&f.clauses),
                ];
                self.node("function", s, parts)
            }
            FormKind::Eof => self.node("eof", s, []),
        }
    }

    fn field_def(&self, f: &RecordFieldDef) -> Term {
        let name = self.atom(&f.name, f.span);
        let field = match &f.default {
            None => self.node("record_field", f.span, [name]),
            Some(e) => self.node("record_field", f.span, [name, self.expr(e)]),
        };
        match &f.ty {
            None => field,
            Some(t) => Term::tuple([Term::atom("typed_record_field"), field, self.ty(t)]),
        }
    }
}

fn refs(list: &[FunRef]) -> Term {
    Term::List(
        list.iter()
            .map(|r| Term::tuple([Term::Atom(r.name.clone()), Term::int(r.arity)]))
            .collect(),
    )
}
