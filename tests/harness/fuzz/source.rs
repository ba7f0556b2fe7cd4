//! Mutated source files: the compiler answers with a module that the verifier accepts, or with errors that have a place; it never panics or hangs.

use std::sync::Arc;
use std::time::Duration;

use transom_compiler::host::NoHost;
use transom_compiler::lexer::Lexer;
use transom_compiler::span::FileId;
use transom_compiler::{CompileOptions, compile};

use super::corpus::Source;
use super::{Random, mutate_bytes, watched};
use pieces::PIECES;

#[path = "../../../compiler/tests/support/pieces.rs"]
mod pieces;

/// No file that small may take longer.
const LIMIT: Duration = Duration::from_secs(5);

/// The text of a case.
pub fn mutated(sources: &[Source], seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::of(seed, number);
    let source = random.pick(sources);
    if random.below(2) == 0 {
        let mut bytes = source.text.clone().into_bytes();
        if random.below(3) == 0 {
            let at = random.below(bytes.len());
            let piece = random.pick(PIECES).bytes();
            bytes.splice(at..at, piece);
        }
        mutate_bytes(&mut bytes, &mut random);
        return bytes;
    }
    let other = random.pick(sources);
    mutate_tokens(&source.text, &other.text, &mut random).into_bytes()
}

/// Tokens with the white space and comments between them, as slices of the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut lexer = Lexer::new(text, FileId::default());
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(next) = lexer.next_with_trivia() {
        let end = match next {
            Ok(token) => token.span.end as usize,
            Err((_, span)) => span.end as usize,
        };
        if let Some(piece) = text.get(from..end).filter(|p| !p.is_empty()) {
            pieces.push(piece);
            from = end;
        }
    }
    pieces
}

/// Leaves out, doubles, exchanges, replaces tokens, or brings some from another file.
fn mutate_tokens(text: &str, other: &str, random: &mut Random) -> String {
    let mut pieces = tokens(text);
    let foreign = tokens(other);
    for _ in 0..=random.below(5) {
        if pieces.is_empty() {
            break;
        }
        let at = random.below(pieces.len());
        match random.below(6) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(at, pieces[at]),
            2 => {
                let with = random.below(pieces.len());
                pieces.swap(at, with);
            }
            3 => pieces[at] = *random.pick::<&str>(PIECES),
            4 if !foreign.is_empty() => pieces[at] = *random.pick::<&str>(&foreign),
            _ if !foreign.is_empty() => {
                let from = random.below(foreign.len());
                let some = &foreign[from..(from + 1 + random.below(12)).min(foreign.len())];
                pieces.splice(at..at, some.iter().copied());
            }
            _ => {}
        }
    }
    pieces.concat()
}

/// Compiles the text of a case and says what came of it.
pub fn judge(text: Arc<Vec<u8>>) -> Result<String, String> {
    watched(LIMIT, move || {
        match compile(&text, "fuzz.erl", &CompileOptions::default(), &NoHost) {
            Ok(compiled) => {
                let unplaced = compiled
                    .warnings
                    .iter()
                    .find(|w| w.span.is_none_or(|s| s.line == 0));
                if let Some(warning) = unplaced {
                    return Err(format!("a warning without a place: {}", warning.message));
                }
                match transom_bytecode::verify(compiled.module) {
                    Ok(_) => Ok("compiled".into()),
                    Err(e) => Err(format!("the verifier refuses what the compiler made: {e}")),
                }
            }
            Err(failed) => {
                if !failed.diagnostics.iter().any(|d| d.is_error()) {
                    return Err("refused without an error".into());
                }
                let unplaced = failed
                    .diagnostics
                    .iter()
                    .find(|d| d.span.is_none_or(|s| s.line == 0));
                if let Some(d) = unplaced {
                    return Err(format!("no place: {}", d.message));
                }
                failed
                    .diagnostics
                    .iter()
                    .for_each(|d| drop(d.short(&failed.files)));
                Ok("refused with a diagnostic".into())
            }
        }
    })
}

/// One case.
pub fn one(sources: &[Source], seed: u64, number: u64) -> Result<String, String> {
    judge(Arc::new(mutated(sources, seed, number)))
}
