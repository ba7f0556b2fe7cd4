%% What the parts of the parser generator tell each other: transom_yecc_grammar reads a grammar, transom_yecc_states makes its states,
%% transom_yecc_actions says what a parser does in them, transom_yecc_parser writes it down.

%% `body' is the right hand side, `code' the tokens of the associated code.
-record(rule, {number :: pos_integer(), head, body = [] :: [term()], code = [], location}).

-record(grammar, {header = [] :: [string()], nonterminals = [], terminals = [], root, endsymbol = '$end', expect,
                  %% As declared, and checked when all symbols are known.
                  operators = [] :: [{Symbol :: term(), erl_anno:location(), {integer(), left | right | nonassoc | unary}}],
                  precedences = #{} :: #{term() => {integer(), left | right | nonassoc | unary}},
                  rules = [] :: [#rule{}],
                  %% What follows `Erlang code.', with the line it begins on.
                  code = none :: none | {pos_integer(), string()}}).
