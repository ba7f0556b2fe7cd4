%% redbug_compiler: the text of a pattern to the arguments of `erlang:trace_pattern/3', with errors in the shape `redbug' gives them.
-module(redbug_compiler).

-export([compile/1]).

%% `{{M, F, A}, MatchSpec, Flags}'. Predicates on the outcome need the virtual machine's own sessions, so they are an error here.
-spec compile(string()) -> transom_pattern:pattern().
compile(Text) ->
    case transom_pattern:parse(Text) of
        {ok, Pattern, []} -> Pattern;
        {ok, _, _} -> exit({syntax_error, "predicates on the outcome: only for transom trace"});
        {event, Event} -> exit({syntax_error, "no function: " ++ atom_to_list(Event)});
        {error, {What, _}} -> exit({syntax_error, What})
    end.
