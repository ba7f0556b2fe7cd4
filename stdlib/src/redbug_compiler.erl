%% redbug_compiler: the text of a pattern to the arguments of `erlang:trace_pattern/3'.
%%
%% The language is compiled by the virtual machine, which `transom trace' uses too. What is added here: modules named in `mod#record' are loaded when their
%% records are asked for, and errors take the shape `redbug' gives them.
-module(redbug_compiler).

-export([compile/1, parse/1]).

-type pattern() :: {{module() | '_', atom() | '_', arity() | '_'}, [tuple()], [atom()]}.
-type predicate() :: {return, [tuple()], boolean()} | {duration, '>' | '>=' | '<' | '=<', non_neg_integer()} | exception.

%% `{{M, F, A}, MatchSpec, Flags}'. Predicates on the outcome need the virtual machine's own sessions, so they are an error here.
-spec compile(string()) -> pattern().
compile(Text) ->
    case parse(Text) of
        {ok, Pattern, []} -> Pattern;
        {ok, _, _} -> exit({syntax_error, "predicates on the outcome: only for transom trace"});
        {event, Event} -> exit({syntax_error, "no function: " ++ atom_to_list(Event)});
        {error, {What, _}} -> exit({syntax_error, What})
    end.

-spec parse(string()) -> {ok, pattern(), [predicate()]} | {event, send | 'receive' | procs} | {error, {string(), non_neg_integer()}}.
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
