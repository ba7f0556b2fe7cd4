%% Earlier commands of a shell: what v/1 and e/1 stand for, how many are kept, how h/0 shows them.
-module(shell_history).

-export([expand/3, add/6, shown/2]).
-export_type([command/0]).

-type result() :: {value, term()} | {'EXIT', term()} | dropped.
-type command() :: {pos_integer(), [erl_parse:abstract_expr()], result()}.

%% Puts earlier results and commands in their places. Answers the expressions to evaluate and those to remember, in which v(-1) has become
%% v(N), or the complaint about a command that is not there.
-spec expand([erl_parse:abstract_expr()], pos_integer(), [command()]) ->
    {ok, [erl_parse:abstract_expr()], [erl_parse:abstract_expr()]} | {error, unicode:chardata()}.
expand(Es, Next, Commands) ->
    try
        Shown = [inside(E, Next, Commands) || E <- Es],
        {ok, [values(E, Commands) || E <- Shown], Shown}
    catch throw:{no_command, Arg} -> {error, ["* ", argument(Arg), ": command not found"]}
    end.

%% e(N) stands for the expressions of that command, several of them for a block.
inside({call, L, {atom, _, e}, [Arg]}, Next, Commands) ->
    case command(Arg, Next, Commands) of
        {_, [E], _} -> E;
        {_, Es, _} -> {block, L, Es}
    end;
inside({call, L, {atom, _, v} = V, [Arg]}, Next, Commands) ->
    case command(Arg, Next, Commands) of
        {_, _, dropped} -> throw({no_command, Arg});
        {N, _, _} -> {call, L, V, [{integer, L, N}]}
    end;
%% Nothing in the characters of a text, which may be many.
inside({string, _, _} = E, _, _) -> E;
inside(T, Next, Commands) when is_tuple(T) -> list_to_tuple([inside(X, Next, Commands) || X <- tuple_to_list(T)]);
inside([H | T], Next, Commands) -> [inside(H, Next, Commands) | inside(T, Next, Commands)];
inside(X, _, _) -> X.

values({call, L, {atom, _, v}, [{integer, _, N}]}, Commands) ->
    case lists:keyfind(N, 1, Commands) of
        {_, _, {value, V}} -> {value, L, V};
        {_, _, {'EXIT', _} = Exit} -> {value, L, Exit};
        _ -> {value, L, undefined}
    end;
values({value, _, _} = E, _) -> E;
values({string, _, _} = E, _) -> E;
values(T, Commands) when is_tuple(T) -> list_to_tuple([values(X, Commands) || X <- tuple_to_list(T)]);
values([H | T], Commands) -> [values(H, Commands) | values(T, Commands)];
values(X, _) -> X.

command(Arg, Next, Commands) ->
    N = case Arg of
        {integer, _, I} -> I;
        {op, _, '-', {integer, _, I}} -> Next - I;
        _ -> throw({no_command, Arg})
    end,
    case lists:keyfind(N, 1, Commands) of
        false -> throw({no_command, Arg});
        Found -> Found
    end.

argument({integer, _, I}) -> integer_to_list(I);
argument({op, _, '-', {integer, _, I}}) -> integer_to_list(-I);
argument(Arg) -> erl_pp:expr(Arg).

%% The newest first; `History` commands are kept, of `Results` of them what they answered.
-spec add(pos_integer(), [erl_parse:abstract_expr()], result(), [command()], non_neg_integer(), non_neg_integer()) -> [command()].
add(N, Es, Result, Commands, History, Results) ->
    Kept = lists:sublist([{N, Es, Result} | Commands], max(History, Results)),
    {Fresh, Old} = lists:split(min(Results, length(Kept)), Kept),
    Fresh ++ [{M, Es1, dropped} || {M, Es1, _} <- Old].

%% A command as h/0 prints it.
-spec shown(command(), ets:table()) -> unicode:chardata().
shown({N, Es, Result}, Table) ->
    Number = io_lib:format("~w: ", [N]),
    [Number, erl_pp:exprs(Es, lists:flatlength(Number), none), $\n, answer(Result, Table)].

answer({value, V}, Table) -> ["-> ", shell_text:value(V, 4, Table), $\n];
answer({'EXIT', _} = Exit, Table) -> ["-> ", shell_text:value(Exit, 4, Table), $\n];
answer(dropped, _) -> "".
