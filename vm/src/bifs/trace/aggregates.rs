//! Aggregates of native sessions: what their options ask for, and their rows as terms.

use std::sync::Arc;

use transom_tracer::aggregate::Measure;
use transom_tracer::pattern::{SyntaxError, Target, parse_target, parse_with};
use transom_tracer::term::Tree;

use super::options::{BadOption, Options};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::trace::aggregation::{Aggregation, By, Of};
use crate::trace::records::OfModules;
use crate::trace::session::Session;
use crate::vm::Vm;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new(
    "erts_internal",
    "native_trace_aggregates",
    1,
    aggregates,
)];

/// What is to be aggregated, by which key.
struct Aggregate {
    measure: Measure,
    by: By,
    of: Of,
}

/// The options `aggregate`, `by`, `of` and `argument` of a pattern.
pub struct Aggregated {
    /// None: events are shown.
    what: Option<Aggregate>,
    /// Expressions over the pattern's variables for key and value.
    key: Option<String>,
    value: Option<String>,
}

impl Aggregated {
    /// Reads the options.
    ///
    /// # Errors
    /// A value that is none of those known.
    pub fn of(options: &Options<'_, '_>) -> Result<Aggregated, BadOption> {
        let bad = |key: &str| BadOption(key.to_owned());
        let value = options.given("of")?;
        let (measure, of) = match options.text("aggregate", "none")?.as_str() {
            "none" => {
                return Ok(Aggregated {
                    what: None,
                    key: None,
                    value: None,
                });
            }
            "count" => (Measure::Count, Of::Calls),
            "time" => (Measure::Sum, Of::Duration),
            "hist" if value.is_none() => (Measure::Histogram, Of::Duration),
            "hist" => (Measure::Histogram, Of::Message),
            "sum" if value.is_some() => (Measure::Sum, Of::Message),
            "size" => (Measure::Histogram, Of::Size(argument(options)?)),
            _ => return Err(bad("aggregate")),
        };
        if value.is_some() && of != Of::Message {
            return Err(bad("of"));
        }
        let (by, key) = match options.text("by", "function")?.as_str() {
            "function" => (By::Function, None),
            "version" => (By::Version, None),
            "process" => (By::Process, None),
            "caller" => (By::Caller, None),
            expression => (By::Message, Some(expression.to_owned())),
        };
        Ok(Aggregated {
            what: Some(Aggregate { measure, by, of }),
            key,
            value,
        })
    }

    /// Compiles a pattern whose specification says key and value.
    ///
    /// # Errors
    /// The pattern's, or that of an expression.
    pub fn parse(&self, vm: &Vm, source: &str) -> Result<Target, SyntaxError> {
        let expressions: Vec<&str> = [&self.key, &self.value]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        if expressions.is_empty() {
            return parse_target(source, &OfModules(vm));
        }
        let (mut compiled, values) = parse_with(source, &expressions, &OfModules(vm))?;
        let said = match <[Tree; 1]>::try_from(values) {
            Ok([one]) => one,
            Err(both) => Tree::Tuple(vec![Tree::Tuple(both)]),
        };
        compiled.say(said);
        Ok(Target::Calls(compiled))
    }

    /// Tables for it, if anything is aggregated.
    pub fn start(&self, vm: &Vm) -> Option<Arc<Aggregation>> {
        let what = self.what.as_ref()?;
        Some(Arc::new(Aggregation::new(
            vm,
            what.measure,
            what.by,
            what.of,
        )))
    }
}

/// The option `argument`, counted from 1; from 0 here.
fn argument(options: &Options<'_, '_>) -> Result<Option<u8>, BadOption> {
    match options.get("argument").map(|n| n.as_usize()) {
        None => Ok(None),
        Some(Some(n)) if (1..=255).contains(&n) => Ok(Some((n - 1) as u8)),
        Some(_) => Err(BadOption("argument".to_owned())),
    }
}

/// `[{Key, Count, Sum, Min, Max, P50, P90, P99, [{Least, Count}]}]` of all aggregates of a session.
fn aggregates<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::any_session(cx, args[0])?;
    Ok(session.map_or(Term::NIL, |session| rows(cx, &session)))
}

/// The same of a session at hand.
pub fn rows<'h>(cx: &Cx<'h>, session: &Session) -> Term<'h> {
    let heap = cx.heap();
    let mut rows = Vec::new();
    for aggregation in session.aggregations() {
        let merged = aggregation.merged();
        for (key, cell) in merged.rows() {
            let powers: Vec<Term<'h>> = cell
                .powers()
                .iter()
                .map(|(least, count)| heap.tuple(&[heap.uint(*least), heap.uint(*count)]))
                .collect();
            let mut row = vec![heap.binary(aggregation.key_text(cx.vm(), key).as_bytes())];
            row.extend(
                [
                    cell.count,
                    cell.sum,
                    cell.min,
                    cell.max,
                    cell.percentile(50.0),
                    cell.percentile(90.0),
                    cell.percentile(99.0),
                ]
                .map(|n| heap.uint(n)),
            );
            row.push(heap.list(&powers));
            rows.push(heap.tuple(&row));
        }
    }
    heap.list(&rows)
}
