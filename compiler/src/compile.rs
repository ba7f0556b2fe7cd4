//! The compiler's driver: reads, checks, lowers a module and puts its tables together.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use transom_bytecode as bc;
use transom_bytecode::{Const, FnIx};

use crate::abstract_term::Term;
use crate::ast::{Form, FormKind, FunRef, Function, Name, RecordDef};
use crate::core::pool::{Pool, int_const};
use crate::core::{Func, Raise};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::host::Host;
use crate::lost::Lost;
use crate::lower::clauses::Use;
use crate::lower::numbers::Numbers;
use crate::lower::unit::{Record, Unit};
use crate::lower::{Dest, Lower};
use crate::span::{Files, Span};
use crate::transform::Input;

/// What the caller of the compiler may set.
#[derive(Clone, Debug, Default)]
pub struct CompileOptions {
    /// Macros from outside, the default module name.
    pub parse: crate::parse::Options,
    /// Options as Erlang terms (`export_all`, `warnings_as_errors`, `{parse_transform, M}`, ...); those of the module's own
    /// `-compile` attributes come on top.
    pub options: Vec<Term>,
    /// Path of the source for `module_info(compile)`, if it should be there.
    pub source: Option<String>,
    /// Keep Core as text in [`Compiled::core`].
    pub dump_core: bool,
    /// Keep the forms in [`Compiled::forms`].
    pub keep_forms: bool,
}

/// A module that compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub module: bc::Module,
    pub warnings: Vec<Diagnostic>,
    /// What the positions of the warnings refer to.
    pub files: Files,
    /// Core as text, when [`CompileOptions::dump_core`] asks for it.
    pub core: Option<String>,
    /// The forms that were compiled, when `debug_info` or [`CompileOptions::keep_forms`] asks for them.
    pub forms: Option<Vec<Form>>,
    /// The file is to hold them (`debug_info`, of the options or of the source).
    pub debug_info: bool,
}

/// A module that did not.
#[derive(Clone, Debug)]
pub struct Failed {
    /// At least one of them is an error.
    pub diagnostics: Vec<Diagnostic>,
    pub files: Files,
}

/// Compiles source text. Runs on a thread of its own with a large stack.
pub fn compile(
    source: &[u8],
    file_name: &str,
    options: &CompileOptions,
    host: &dyn Host,
) -> Result<Compiled, Failed> {
    crate::stack::with_large_stack(|| {
        let parsed = crate::parse::parse_module(source, file_name, &options.parse, host);
        let input = Input {
            forms: parsed.forms,
            files: parsed.files,
            diagnostics: parsed.diagnostics,
            lost: parsed.lost,
        };
        forms_to_module(input, options, host)
    })
}

/// Compiles forms in the abstract format (from `epp`, `erl_parse` or a program). `file_name` is where forms lie before the first `file` attribute.
pub fn compile_forms(
    terms: &[Term],
    file_name: &str,
    options: &CompileOptions,
    host: &dyn Host,
) -> Result<Compiled, Failed> {
    crate::stack::with_large_stack(|| {
        let mut files = Files::default();
        let main = files.add(file_name, "");
        match crate::transform::read(terms, &mut files, main) {
            Ok(forms) => {
                let input = Input {
                    forms,
                    files,
                    diagnostics: Vec::new(),
                    lost: Lost::default(),
                };
                forms_to_module(input, options, host)
            }
            Err((span, text)) => Err(Failed {
                diagnostics: vec![Diagnostic::error("bad_form", span, text)],
                files,
            }),
        }
    })
}

/// Checks forms without compiling them: what the linter finds, and the files that its positions refer to.
pub fn check_forms(
    terms: &[Term],
    file_name: &str,
    options: &[Term],
    host: &dyn Host,
) -> Result<(Vec<Diagnostic>, Files), Failed> {
    let mut files = Files::default();
    let main = files.add(file_name, "");
    match crate::transform::read(terms, &mut files, main) {
        Ok(forms) => Ok((crate::lint::check(&forms, options, Some(host)), files)),
        Err((span, text)) => Err(Failed {
            diagnostics: vec![Diagnostic::error("bad_form", span, text)],
            files,
        }),
    }
}

fn forms_to_module(
    input: Input,
    options: &CompileOptions,
    host: &dyn Host,
) -> Result<Compiled, Failed> {
    let unread = has_errors(&input.diagnostics);
    let Input {
        forms,
        files,
        diagnostics,
        lost,
    } = crate::transform::run(input, &options.options, host);
    if !unread && has_errors(&diagnostics) {
        // A transform gave up: what its forms would have been is not known, so there is nothing to check.
        return Err(Failed { diagnostics, files });
    }
    // One run says all there is to say: what could be parsed is checked although something could not.
    let diagnostics =
        crate::lint::check_parsed(&forms, diagnostics, &lost, &options.options, Some(host));
    if has_errors(&diagnostics) {
        return Err(Failed { diagnostics, files });
    }
    let (result, mut diagnostics) = lower_module(&forms, &files, diagnostics, options);
    let all = all_options(&forms, &options.options);
    if flag(&all, "warnings_as_errors") && !diagnostics.is_empty() {
        for d in &mut diagnostics {
            d.severity = crate::diagnostic::Severity::Error;
        }
    }
    if has_errors(&diagnostics) {
        return Err(Failed { diagnostics, files });
    }
    let (module, core) = result;
    let debug_info = flag(&all, "debug_info");
    let keep = options.keep_forms || debug_info;
    Ok(Compiled {
        module,
        warnings: diagnostics,
        files,
        core,
        forms: keep.then_some(forms),
        debug_info,
    })
}

fn lower_module(
    forms: &[Form],
    files: &Files,
    diagnostics: Vec<Diagnostic>,
    options: &CompileOptions,
) -> ((bc::Module, Option<String>), Vec<Diagnostic>) {
    let all = all_options(forms, &options.options);
    let mut unit = new_unit(forms, files, diagnostics, &all);
    unit.dump = options.dump_core.then(String::new);
    // The module's own file is the first of the table.
    let first = forms
        .iter()
        .map(|f| f.span)
        .find(|s| s.line > 0)
        .unwrap_or_default();
    unit.pool.line(files, first);
    let functions: Vec<(&Function, Span)> = forms
        .iter()
        .filter_map(|f| match &f.kind {
            FormKind::Function(fun) => Some((fun, f.span)),
            _ => None,
        })
        .collect();
    let mut heads: Vec<(Name, u32, FnIx)> = Vec::new();
    for (f, _) in &functions {
        let ix = unit.pool.declare();
        unit.locals.insert((f.name.clone(), f.arity), ix);
        heads.push((f.name.clone(), f.arity, ix));
    }
    for ((f, span), (_, _, ix)) in functions.iter().zip(heads.clone()) {
        function(&mut unit, f, *span, ix);
    }
    let extra = implicit_functions(&mut unit, forms);
    let export_all = flag(&all, "export_all");
    let exports = exports(&mut unit, forms, &heads, &extra, export_all);
    let on_load = forms.iter().find_map(|f| match &f.kind {
        FormKind::Attribute(name, value) if &**name == "on_load" => on_load(&unit, value),
        _ => None,
    });
    let dump = unit.dump.take();
    let diagnostics = std::mem::take(&mut unit.diagnostics);
    let module = finish_module(unit, forms, exports, on_load, options);
    ((module, dump), diagnostics)
}

fn new_unit<'a>(
    forms: &'a [Form],
    files: &'a Files,
    diagnostics: Vec<Diagnostic>,
    options: &[Term],
) -> Unit<'a> {
    let mut unit = Unit {
        pool: Pool::new(),
        files,
        module: "nomodule".into(),
        records: HashMap::new(),
        imports: HashMap::new(),
        locals: HashMap::new(),
        no_auto_import: HashSet::new(),
        no_auto_import_all: flag(options, "no_auto_import"),
        diagnostics,
        outer: ("".into(), 0),
        numbers: Numbers::default(),
        dump: None,
    };
    for o in options {
        if let Some([tag, list]) = o.as_tuple()
            && tag.is_atom("no_auto_import")
        {
            unit.no_auto_import.extend(
                list.to_list()
                    .unwrap_or_default()
                    .iter()
                    .filter_map(name_and_arity),
            );
        }
    }
    for form in forms {
        match &form.kind {
            FormKind::Module(name) => unit.module = name.clone(),
            FormKind::Import(module, funs) => {
                let keys = funs
                    .iter()
                    .map(|f| ((f.name.clone(), f.arity), module.clone()));
                unit.imports.extend(keys);
            }
            FormKind::Record(def) => {
                unit.records.insert(def.name.clone(), Rc::new(record(def)));
            }
            _ => {}
        }
    }
    unit
}

fn record(def: &RecordDef) -> Record<'_> {
    Record {
        name: def.name.clone(),
        fields: &def.fields,
        index: def
            .fields
            .iter()
            .enumerate()
            .map(|(i, f)| (f.name.clone(), i))
            .collect(),
    }
}

/// `{Name, Arity}`.
fn name_and_arity(t: &Term) -> Option<(Name, u32)> {
    match t.as_tuple()? {
        [n, a] => Some((n.as_atom()?.clone(), u32::try_from(a.as_i64()?).ok()?)),
        _ => None,
    }
}

/// The caller's options and those of `-compile` attributes.
pub(crate) fn all_options(forms: &[Form], outer: &[Term]) -> Vec<Term> {
    let mut all = outer.to_vec();
    for form in forms {
        if let FormKind::Attribute(name, value) = &form.kind
            && &**name == "compile"
        {
            match value.to_list() {
                Some(list) => all.extend(list),
                None => all.push(value.clone()),
            }
        }
    }
    all
}

fn flag(options: &[Term], name: &str) -> bool {
    options.iter().any(|o| o.is_atom(name))
}

fn function(unit: &mut Unit<'_>, f: &Function, span: Span, ix: FnIx) {
    unit.outer = (f.name.clone(), f.arity);
    unit.numbers = Numbers::of(unit, &f.clauses);
    let line = unit.pool.line(unit.files, span);
    let mut l = Lower::new(unit, f.arity, line);
    let params = l.params();
    let fail = l.raise_block(Raise::FuncClause(params.clone()));
    l.clauses(&params, &f.clauses, Use::default(), fail, Dest::Tail);
    l.finish(ix, &f.name);
}

/// The later passes, one function at a time.
pub fn finish_function(unit: &mut Unit<'_>, mut func: Func, ix: FnIx) {
    crate::core::simplify::simplify(&mut func);
    crate::types::optimize(&mut func, &unit.pool);
    crate::core::tails::tail_calls(&mut func, &unit.pool);
    crate::core::marks::add(&mut func, &unit.pool);
    if let Some(dump) = &mut unit.dump {
        dump.push_str(&crate::core::dump::func_text(&func, &unit.pool));
        dump.push('\n');
    }
    let alloc = crate::regs::allocate(&mut func);
    let code = crate::emit::emit(&func, &alloc);
    if let Some(place) = unit.pool.functions.get_mut(ix.index()) {
        *place = Some(code);
    }
}

/// `module_info/0,1` and, when there are callbacks, `behaviour_info/1`.
fn implicit_functions(unit: &mut Unit<'_>, forms: &[Form]) -> Vec<(Name, u32, FnIx)> {
    let mut made = Vec::new();
    behaviour_info(unit, forms, &mut made);
    for arity in 0..2u32 {
        let key = (Name::from("module_info"), arity);
        if unit.locals.contains_key(&key) {
            continue;
        }
        let ix = unit.pool.declare();
        let mut l = Lower::new(unit, arity, bc::LineIx(0));
        let module = l.unit.module.clone();
        let mut args = vec![l.atom(&module)];
        args.extend(l.params());
        l.call_ext("erlang", "get_module_info", args, Dest::Tail);
        l.finish(ix, "module_info");
        made.push((key.0, arity, ix));
    }
    made
}

fn behaviour_info(unit: &mut Unit<'_>, forms: &[Form], made: &mut Vec<(Name, u32, FnIx)>) {
    let mut callbacks = Vec::new();
    let mut optional = Vec::new();
    for form in forms {
        match &form.kind {
            FormKind::Spec(spec) if spec.callback => {
                callbacks.push((spec.name.clone(), spec.arity))
            }
            FormKind::OptionalCallbacks(refs) => {
                optional.extend(refs.iter().map(|r| (r.name.clone(), r.arity)))
            }
            _ => {}
        }
    }
    if callbacks.is_empty() || unit.locals.contains_key(&("behaviour_info".into(), 1)) {
        return;
    }
    let ix = unit.pool.declare();
    let mut l = Lower::new(unit, 1, bc::LineIx(0));
    let params = l.params();
    let fail = l.raise_block(Raise::FuncClause(params.clone()));
    let mut arms = Vec::new();
    for (key, list) in [("callbacks", callbacks), ("optional_callbacks", optional)] {
        let items = list
            .iter()
            .map(|(n, a)| {
                Const::Tuple(vec![
                    Const::Atom(l.unit.pool.atom(n)),
                    Const::Int(i64::from(*a)),
                ])
            })
            .collect();
        let v = l.value(Const::list(items));
        let at = l.cur;
        let b = l.new_block();
        l.cur = b;
        l.deliver(v, Dest::Tail);
        l.cur = at;
        arms.push((l.atom(key), b));
    }
    l.end(crate::core::End::SelectVal(params[0], arms, fail));
    l.finish(ix, "behaviour_info");
    made.push(("behaviour_info".into(), 1, ix));
}

fn exports(
    unit: &mut Unit<'_>,
    forms: &[Form],
    heads: &[(Name, u32, FnIx)],
    extra: &[(Name, u32, FnIx)],
    export_all: bool,
) -> Vec<bc::Export> {
    let wanted: HashSet<(Name, u32)> = forms
        .iter()
        .filter_map(|f| match &f.kind {
            FormKind::Export(refs) => Some(refs),
            _ => None,
        })
        .flatten()
        .map(|r: &FunRef| (r.name.clone(), r.arity))
        .collect();
    let own = heads
        .iter()
        .filter(|h| export_all || wanted.contains(&(h.0.clone(), h.1)));
    let mut seen = HashSet::new();
    own.chain(extra)
        .filter(|h| seen.insert((h.0.clone(), h.1)))
        .map(|(name, arity, ix)| bc::Export {
            name: unit.pool.atom(name),
            arity: *arity as u8,
            function: *ix,
        })
        .collect()
}

fn on_load(unit: &Unit<'_>, value: &Term) -> Option<FnIx> {
    let list = value.to_list();
    let item = list.as_ref().and_then(|l| l.first()).unwrap_or(value);
    unit.locals.get(&name_and_arity(item)?).copied()
}

/// Attributes that do not show in `module_info(attributes)`.
const HIDDEN: &[&str] = &[
    "compile",
    "on_load",
    "file",
    "doc",
    "moduledoc",
    "feature",
    "nifs",
    "dialyzer",
];

fn finish_module(
    mut unit: Unit<'_>,
    forms: &[Form],
    exports: Vec<bc::Export>,
    on_load: Option<FnIx>,
    options: &CompileOptions,
) -> bc::Module {
    let pool = &mut unit.pool;
    let name = pool.atom(&unit.module);
    let records = forms
        .iter()
        .filter_map(|f| match &f.kind {
            FormKind::Record(def) => Some(record_def(pool, def)),
            _ => None,
        })
        .collect();
    let mut attributes: Vec<Const> = Vec::new();
    let mut has_vsn = false;
    for form in forms {
        if let FormKind::Attribute(name, value) = &form.kind
            && !HIDDEN.contains(&&**name)
        {
            has_vsn |= &**name == "vsn";
            let value = term_const(pool, value);
            let value = match value {
                list @ (Const::List { .. } | Const::Nil) => list,
                other => Const::list(vec![other]),
            };
            attributes.push(Const::Tuple(vec![Const::Atom(pool.atom(name)), value]));
        }
    }
    let mut compile_info = vec![
        pair(pool, "version", string(env!("CARGO_PKG_VERSION"))),
        pair(pool, "options", Const::Nil),
    ];
    if let Some(source) = &options.source {
        compile_info.push(pair(pool, "source", string(source)));
    }
    let vsn_atom = pool.atom("vsn");
    let functions: Vec<bc::Function> = std::mem::take(&mut pool.functions)
        .into_iter()
        .flatten()
        .collect();
    let mut module = bc::Module {
        name,
        atoms: std::mem::take(&mut pool.atoms),
        consts: std::mem::take(&mut pool.consts),
        imports: std::mem::take(&mut pool.imports),
        exports,
        functions,
        lambdas: std::mem::take(&mut pool.lambdas),
        files: std::mem::take(&mut pool.files),
        lines: std::mem::take(&mut pool.lines),
        attributes: Const::Nil,
        compile_info: Const::list(compile_info),
        records,
        on_load,
        source: options.source.clone(),
        ..bc::Module::default()
    };
    if module.files.is_empty() {
        module.files.push("nofile".into());
    }
    let hash = bc::file::code_hash(&module);
    let uniq = u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3] & 0x07]);
    for l in &mut module.lambdas {
        l.uniq = uniq;
    }
    if !has_vsn {
        let hash = bc::file::code_hash(&module);
        // As in OTP: `<<Vsn:128>>` is what `module_info(md5)` says.
        let mut magnitude: Vec<u8> = hash.iter().rev().copied().collect();
        while magnitude.last() == Some(&0) {
            magnitude.pop();
        }
        let limb = |b: &[u8]| b.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
        let limbs = magnitude.chunks(8).map(limb).collect();
        let number = int_const(&crate::integer::Int::from_limbs(false, limbs));
        attributes.insert(
            0,
            Const::Tuple(vec![Const::Atom(vsn_atom), Const::list(vec![number])]),
        );
    }
    module.attributes = Const::list(attributes);
    module
}

fn string(s: &str) -> Const {
    crate::lower::literals::string(s)
}

fn pair(pool: &mut Pool, key: &str, value: Const) -> Const {
    Const::Tuple(vec![Const::Atom(pool.atom(key)), value])
}

fn record_def(pool: &mut Pool, def: &RecordDef) -> bc::RecordDef {
    bc::RecordDef {
        name: pool.atom(&def.name),
        fields: def
            .fields
            .iter()
            .map(|f| bc::RecordField {
                name: pool.atom(&f.name),
                default: match &f.default {
                    None => Some(Const::Atom(pool.atom("undefined"))),
                    Some(e) => crate::lower::literals::literal(pool, e),
                },
            })
            .collect(),
    }
}

/// A term as a constant.
pub fn term_const(pool: &mut Pool, t: &Term) -> Const {
    match t {
        Term::Atom(a) => Const::Atom(pool.atom(a)),
        Term::Int(i) => int_const(i),
        Term::Float(f) => Const::float(*f),
        Term::Str(s) => string(s),
        Term::List(items) => {
            let items = items.iter().map(|t| term_const(pool, t)).collect();
            Const::list(items)
        }
        Term::Improper(items, tail) => {
            let items = items.iter().map(|t| term_const(pool, t)).collect();
            let tail = term_const(pool, tail);
            crate::lower::literals::cons(items, tail)
        }
        Term::Tuple(items) => Const::Tuple(items.iter().map(|t| term_const(pool, t)).collect()),
        Term::Binary(bytes) => Const::binary(bytes.clone()),
        Term::Bits(bytes, last) => Const::Bits {
            bytes: bytes.clone(),
            last: *last,
        },
        Term::ExportFun(module, name, arity) => Const::ExportFun {
            module: pool.atom(module),
            name: pool.atom(name),
            arity: *arity,
        },
        Term::Map(pairs) => Const::Map(
            pairs
                .iter()
                .map(|(k, v)| (term_const(pool, k), term_const(pool, v)))
                .collect(),
        ),
    }
}
