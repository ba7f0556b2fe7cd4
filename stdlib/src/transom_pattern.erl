%% transom_pattern: the text of a trace pattern to match specifications.
%%
%% The language is compiled by the virtual machine, which `transom trace' uses too. What is added here: modules named in `mod#record' are loaded when
%% their records are asked for. It stands apart from `redbug_compiler', which a program may replace by its own.
-module(transom_pattern).

-export([parse/1]).

-export_type([pattern/0, predicate/0]).

-type pattern() :: {{module() | '_', atom() | '_', arity() | '_'}, [tuple()], [atom()]}.
-type predicate() :: {return, [tuple()], boolean()} | {duration, '>' | '>=' | '<' | '=<', non_neg_integer()} | exception.

%% `{ok, {{M, F, A}, MatchSpec, Flags}, Predicates}'; an error says what is wrong and at which character, from 0.
-spec parse(unicode:chardata()) -> {ok, pattern(), [predicate()]} | {event, send | 'receive' | procs} | {error, {string(), non_neg_integer()}}.
parse(Text) -> parse(Text, []).

parse(Text, Tried) ->
    case erts_internal:trace_compile(Text) of
        {error, {"no such record: " ++ Name, _}} = Error ->
            [Module | _] = string:split(Name, "#"),
            case lists:member(Module, Tried) of
                true -> Error;
                false -> _ = code:ensure_loaded(list_to_atom(Module)), parse(Text, [Module | Tried])
            end;
        Answer -> Answer
    end.
