//! Parsing and compiling in one pass: heads become match heads, guards become conditions, actions become a body.

use super::lexer::{Token, tokens};
use super::{Comparison, Compiled, Definitions, Predicate, SyntaxError};
use crate::term::Tree;

/// Terms and guards nested deeper are refused.
const MAX_DEPTH: usize = 200;

/// Compiles one pattern.
pub fn parse(text: &str, definitions: &dyn Definitions) -> Result<Compiled, SyntaxError> {
    parse_with(text, &[], definitions).map(|(compiled, _)| compiled)
}

/// Compiles a pattern, and expressions over its variables: what may stand in a match specification's body. An error in an expression has its
/// place in that expression.
pub fn parse_with(
    text: &str,
    expressions: &[&str],
    definitions: &dyn Definitions,
) -> Result<(Compiled, Vec<Tree>), SyntaxError> {
    let pattern = tokens(text)?;
    let mut parser = Parser::new(&pattern, text, definitions);
    let compiled = parser.pattern()?;
    let variables = parser.variables;
    let mut values = Vec::with_capacity(expressions.len());
    for text in expressions {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            variables: variables.clone(),
            binding: false,
            ..Parser::new(&tokens, text, definitions)
        };
        values.push(parser.joined()?);
        if parser.peek().is_some() {
            return parser.unexpected();
        }
    }
    Ok((compiled, values))
}

pub(super) struct Parser<'p> {
    tokens: &'p [(Token, usize)],
    pub(super) at: usize,
    end: usize,
    depth: usize,
    /// In the order of their numbers.
    pub(super) variables: Vec<String>,
    /// Whether a new variable is bound (in the head) or an error (in guards).
    pub(super) binding: bool,
    pub(super) definitions: &'p dyn Definitions,
}

const TESTS: &[&str] = &[
    "is_atom",
    "is_integer",
    "is_list",
    "is_number",
    "is_pid",
    "is_port",
    "is_reference",
    "is_tuple",
    "is_map",
    "is_binary",
    "is_bitstring",
    "is_function",
    "is_float",
    "is_boolean",
];
const FUNCTIONS: &[(&str, &[usize])] = &[
    ("self", &[0]),
    ("abs", &[1]),
    ("hd", &[1]),
    ("length", &[1]),
    ("node", &[0, 1]),
    ("float", &[1]),
    ("round", &[1]),
    ("floor", &[1]),
    ("ceil", &[1]),
    ("trunc", &[1]),
    ("size", &[1]),
    ("bit_size", &[1]),
    ("byte_size", &[1]),
    ("tuple_size", &[1]),
    ("map_size", &[1]),
    ("tl", &[1]),
    ("element", &[2]),
    ("is_map_key", &[2]),
    ("map_get", &[2]),
    ("min", &[2]),
    ("max", &[2]),
    ("binary_part", &[2, 3]),
];
const COMPARISONS: &[&str] = &[">", ">=", "<", "=<", "=:=", "==", "=/=", "/="];
const JOINERS: &[&str] = &["and", "or", "andalso", "orelse", "xor"];

impl<'p> Parser<'p> {
    fn new(
        tokens: &'p [(Token, usize)],
        text: &str,
        definitions: &'p dyn Definitions,
    ) -> Parser<'p> {
        Parser {
            tokens,
            at: 0,
            end: text.chars().count(),
            depth: 0,
            variables: Vec::new(),
            binding: true,
            definitions,
        }
    }
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, at)| *at)
    }

    pub(super) fn error<T>(&self, text: String) -> Result<T, SyntaxError> {
        Err(SyntaxError {
            text,
            at: self.position(),
        })
    }

    pub(super) fn unexpected<T>(&self) -> Result<T, SyntaxError> {
        let shown = self.peek().map_or(String::new(), Token::shown);
        self.error(format!("syntax error before: {shown}"))
    }

    pub(super) fn symbol(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(symbol)) if *symbol == wanted);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), SyntaxError> {
        if self.symbol(wanted) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    pub(super) fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Atom(word)) if word == wanted);
        self.at += usize::from(found);
        found
    }

    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return self.error("nested too deep".into());
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// A module or function: `None` for a variable, `_` or `'_'`.
    fn name(&mut self) -> Result<Option<String>, SyntaxError> {
        let name = match self.peek() {
            Some(Token::Atom(text)) if text == "_" => None,
            Some(Token::Atom(text)) => Some(text.clone()),
            Some(Token::Variable(_)) => None,
            _ => return self.unexpected(),
        };
        self.at += 1;
        Ok(name)
    }

    fn pattern(&mut self) -> Result<Compiled, SyntaxError> {
        let module = self.name()?;
        let (mut function, mut wild_function) = (None, false);
        let mut arity = None;
        let mut head = None;
        if self.symbol(":") {
            function = self.name()?;
            wild_function = function.is_none();
            if self.symbol("/") {
                arity = Some(self.arity()?);
            } else if self.symbol("(") {
                let args = self.terms(")")?;
                arity = Some(
                    u8::try_from(args.len())
                        .or_else(|_| self.error("too many arguments".into()))?,
                );
                head = Some(args);
            }
        }
        self.binding = false;
        let condition = if self.word("when") {
            Some(self.guards()?)
        } else {
            None
        };
        let mut compiled = Compiled {
            module,
            function,
            arity,
            spec: Tree::nil(),
            global: wild_function,
            call_count: false,
            call_time: false,
            predicates: Vec::new(),
        };
        let mut body = Vec::new();
        if self.symbol("->") {
            self.actions(&mut compiled, &mut body, head.as_deref())?;
        }
        if self.peek().is_some() {
            return self.unexpected();
        }
        let wildcard_args = || Tree::list(vec![Tree::atom("_"); usize::from(arity.unwrap_or(0))]);
        // For any function of a module the arity is told by the head alone.
        if wild_function && head.is_none() {
            compiled.arity = None;
        }
        let head = match head {
            Some(args) => Tree::list(args),
            None if wild_function && arity.is_some() => wildcard_args(),
            None => Tree::atom("_"),
        };
        compiled.spec = clause(head, condition.into_iter().collect(), body);
        Ok(compiled)
    }

    fn arity(&mut self) -> Result<u8, SyntaxError> {
        if let Some(Token::Int(value)) = self.peek()
            && let Ok(arity) = u8::try_from(*value)
        {
            self.at += 1;
            return Ok(arity);
        }
        self.unexpected()
    }

    fn actions(
        &mut self,
        compiled: &mut Compiled,
        body: &mut Vec<Tree>,
        head: Option<&[Tree]>,
    ) -> Result<(), SyntaxError> {
        let (exception_trace, mut stack) =
            (Tree::Tuple(vec![Tree::atom("exception_trace")]), false);
        let mut returns = false;
        loop {
            let at = self.at;
            let name = match self.peek() {
                Some(Token::Atom(name)) => name.clone(),
                _ => return self.unexpected(),
            };
            self.at += 1;
            match name.as_str() {
                "return" => {
                    returns = true;
                    if self.symbol("(") {
                        compiled.predicates.push(self.return_predicate(head)?);
                    }
                }
                "duration" => {
                    returns = true;
                    compiled.predicates.push(self.duration_predicate()?);
                }
                "exception" => {
                    returns = true;
                    compiled.predicates.push(Predicate::Exception);
                }
                "stack" => stack = true,
                "time" => compiled.call_time = true,
                "count" => compiled.call_count = true,
                other => {
                    self.at = at;
                    return self.error(format!("illegal action: {other}"));
                }
            }
            if !(self.symbol(",") || self.symbol(";")) {
                break;
            }
        }
        if returns {
            body.push(exception_trace);
        }
        if stack {
            body.push(Tree::Tuple(vec![
                Tree::atom("message"),
                Tree::Tuple(vec![Tree::atom("process_dump")]),
            ]));
        }
        Ok(())
    }

    /// `R) when Guard`: a match specification over the arguments and the value.
    fn return_predicate(&mut self, head: Option<&[Tree]>) -> Result<Predicate, SyntaxError> {
        let outer = self.variables.len();
        self.binding = true;
        let value = self.term()?;
        self.binding = false;
        self.expect(")")?;
        let condition = if self.word("when") {
            vec![self.joined()?]
        } else {
            Vec::new()
        };
        self.variables.truncate(outer);
        let mut target = head.map_or(Vec::new(), <[Tree]>::to_vec);
        target.push(value);
        let spec = clause(Tree::list(target), condition, Vec::new());
        Ok(Predicate::Return {
            spec,
            arguments: head.is_some(),
        })
    }

    fn duration_predicate(&mut self) -> Result<Predicate, SyntaxError> {
        let comparison = match self.peek() {
            Some(Token::Symbol(">")) => Comparison::Greater,
            Some(Token::Symbol(">=")) => Comparison::GreaterEq,
            Some(Token::Symbol("<")) => Comparison::Less,
            Some(Token::Symbol("=<")) => Comparison::LessEq,
            _ => return self.unexpected(),
        };
        self.at += 1;
        match self.peek() {
            Some(Token::Duration(ns)) => {
                let ns = *ns;
                self.at += 1;
                Ok(Predicate::Duration(comparison, ns))
            }
            _ => self.error("expected a duration with a unit: ns, us, ms or s".into()),
        }
    }

    /// `guard, guard; guard`.
    fn guards(&mut self) -> Result<Tree, SyntaxError> {
        let mut either = self.all_of()?;
        while self.symbol(";") {
            let other = self.all_of()?;
            either = call("orelse", vec![either, other]);
        }
        Ok(either)
    }

    fn all_of(&mut self) -> Result<Tree, SyntaxError> {
        let mut both = self.joined()?;
        while self.symbol(",") {
            let other = self.joined()?;
            both = call("andalso", vec![both, other]);
        }
        Ok(both)
    }

    /// Tests joined by `and`, `orelse` and the like, all of one strength, from the left.
    fn joined(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.negated()?;
        while let Some(Token::Atom(word)) = self.peek()
            && let Some(joiner) = JOINERS.iter().find(|joiner| *joiner == word)
        {
            self.at += 1;
            let right = self.negated()?;
            left = call(joiner, vec![left, right]);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Tree, SyntaxError> {
        if self.word("not") {
            let inner = self.nested(Self::negated)?;
            return Ok(call("not", vec![inner]));
        }
        let left = self.sum()?;
        if let Some(Token::Symbol(symbol)) = self.peek()
            && COMPARISONS.contains(symbol)
        {
            let symbol = *symbol;
            self.at += 1;
            let right = self.sum()?;
            return Ok(call(symbol, vec![left, right]));
        }
        Ok(left)
    }

    fn operator(&mut self, wanted: &[&'static str]) -> Option<&'static str> {
        let found = match self.peek()? {
            Token::Symbol(symbol) => wanted.iter().copied().find(|w| w == symbol)?,
            Token::Atom(word) => wanted.iter().copied().find(|w| w == word)?,
            _ => return None,
        };
        self.at += 1;
        Some(found)
    }

    fn sum(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&["+", "-", "bor", "bxor", "bsl", "bsr"]) {
            let right = self.product()?;
            left = call(operator, vec![left, right]);
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Tree, SyntaxError> {
        let mut left = self.value()?;
        while let Some(operator) = self.operator(&["*", "div", "rem", "band"]) {
            let right = self.value()?;
            left = call(operator, vec![left, right]);
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Tree, SyntaxError> {
        if self.symbol("(") {
            let inner = self.nested(Self::guards)?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.word("bnot") {
            let inner = self.nested(Self::value)?;
            return Ok(call("bnot", vec![inner]));
        }
        if let (Some(Token::Atom(name)), Some((Token::Symbol("("), _))) =
            (self.peek(), self.tokens.get(self.at + 1))
        {
            let name = name.clone();
            return self.nested(|parser| parser.function(&name));
        }
        self.term()
    }

    fn function(&mut self, name: &str) -> Result<Tree, SyntaxError> {
        let start = self.at;
        self.at += 2;
        if name == "is_record" {
            return self.is_record();
        }
        let mut args = Vec::new();
        if !self.symbol(")") {
            loop {
                args.push(self.sum()?);
                if self.symbol(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        let known = (TESTS.contains(&name) && args.len() == 1)
            || FUNCTIONS
                .iter()
                .any(|(known, arities)| *known == name && arities.contains(&args.len()));
        if !known {
            self.at = start + 1;
            return self.unexpected();
        }
        Ok(call(name, args))
    }

    /// Behind `is_record(`: `mod#name, Var)`.
    fn is_record(&mut self) -> Result<Tree, SyntaxError> {
        let Some(Token::Atom(module)) = self.peek().cloned() else {
            return self.unexpected();
        };
        self.at += 1;
        self.expect("#")?;
        let (name, fields) = self.record_name(&module)?;
        self.expect(",")?;
        let value = self.term()?;
        self.expect(")")?;
        let size = i64::try_from(fields.len() + 1).expect("a record's size");
        // With the tag. (`redbug` counts without it, so its test is never true.)
        Ok(call(
            "is_record",
            vec![value, Tree::Atom(name), Tree::Int(size)],
        ))
    }
}

fn call(name: &str, args: Vec<Tree>) -> Tree {
    Tree::Tuple(std::iter::once(Tree::atom(name)).chain(args).collect())
}

/// A specification of one clause.
fn clause(head: Tree, conditions: Vec<Tree>, body: Vec<Tree>) -> Tree {
    Tree::list(vec![Tree::Tuple(vec![
        head,
        Tree::list(conditions),
        Tree::list(body),
    ])])
}
