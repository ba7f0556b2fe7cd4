%% Reads EUnit's test descriptions. next/1 takes a description and answers what it is, one step at a time:
%%
%%   {test, Test}            a single test: #{run, location, line, desc, timeout}
%%   {group, Group}          descriptions with desc, order, timeout, context
%%   {list, Descriptions}    no group of its own: they belong to the group that the list stands in
%%   {error, Reason, Stack}  a description that cannot be read
%%
%% In a list stand descriptions and what next/1 answers.
-module(eunit_data).
-export([next/1, resolved/1, together/1, module_tests/1]).

next([]) -> {list, []};
next(List) when is_list(List) ->
    case io_lib:char_list(List) of
        true -> from_name(List);
        false -> {list, List}
    end;
next({eunit_next, Next}) -> Next;
next({eunit_located, Location, Run}) -> {test, test(Run, Location)};
next(Module) when is_atom(Module) -> from_module(Module);
next(Fun) when is_function(Fun, 0) -> {test, test(Fun, fun_location(Fun))};
next(Fun) when is_function(Fun) -> bad({bad_test, Fun});
next({Line, Test}) when is_integer(Line), Line >= 0 -> with_line(Line, next(Test));
next({{file, _}, Line, Test}) when is_integer(Line) -> with_line(Line, next(Test));
next({test, M, F}) when is_atom(M), is_atom(F) -> {test, test(fun M:F/0, {M, F, 0})};
next({generator, Fun}) when is_function(Fun, 0) -> generate(Fun, fun_location(Fun));
next({generator, M, F}) when is_atom(M), is_atom(F) -> generate(fun M:F/0, {M, F, 0});
next({spawn, Tests}) -> spawned(Tests);
next({spawn, _Node, Tests}) -> spawned(Tests);
next({timeout, Seconds, Tests}) when is_number(Seconds), Seconds >= 0 -> with(timeout, round(Seconds * 1000), next(Tests));
next({timeout, infinity, Tests}) -> with(timeout, infinity, next(Tests));
next({inorder, Tests}) -> {group, (group([Tests]))#{order => inorder}};
next({inparallel, Tests}) -> {group, (group([Tests]))#{order => inparallel}};
next({inparallel, N, Tests}) when is_integer(N), N >= 0 -> {group, (group([Tests]))#{order => {inparallel, N}}};
next({with, X, Funs}) when is_list(Funs) ->
    next([located(F, fun() -> F(X) end) || F <- Funs]);
next({with, X, Fun}) when is_function(Fun, 1) -> next({with, X, [Fun]});
next({setup, Setup, Tests}) -> fixture(spawn, Setup, fun(_) -> ok end, Tests);
next({setup, Where, Setup, Tests}) when Where =:= spawn; Where =:= local -> fixture(Where, Setup, fun(_) -> ok end, Tests);
next({setup, Setup, Cleanup, Tests}) -> fixture(spawn, Setup, Cleanup, Tests);
next({setup, Where, Setup, Cleanup, Tests}) when Where =:= spawn; Where =:= local -> fixture(Where, Setup, Cleanup, Tests);
next({setup, {spawn, _Node}, Setup, Cleanup, Tests}) -> fixture(spawn, Setup, Cleanup, Tests);
next({foreach, Setup, List}) when is_list(List) -> next([{setup, Setup, T} || T <- List]);
next({foreach, Where, Setup, List}) when is_atom(Where), is_list(List) -> next([{setup, Where, Setup, T} || T <- List]);
next({foreach, Setup, Cleanup, List}) when is_list(List) -> next([{setup, Setup, Cleanup, T} || T <- List]);
next({foreach, Where, Setup, Cleanup, List}) when is_list(List) -> next([{setup, Where, Setup, Cleanup, T} || T <- List]);
next({foreachx, Setup, Pairs}) -> next({foreachx, spawn, Setup, fun(_, _) -> ok end, Pairs});
next({foreachx, Where, Setup, Pairs}) when is_atom(Where) -> next({foreachx, Where, Setup, fun(_, _) -> ok end, Pairs});
next({foreachx, Setup, Cleanup, Pairs}) -> next({foreachx, spawn, Setup, Cleanup, Pairs});
next({foreachx, Where, Setup, Cleanup, Pairs}) when is_list(Pairs) ->
    next([{setup, Where, fun() -> Setup(X) end, fun(R) -> Cleanup(X, R) end, fun(R) -> Tests(X, R) end} || {X, Tests} <- Pairs]);
next({module, M}) when is_atom(M) -> from_module(M);
next({file, Name}) -> from_file(Name);
next({dir, Dir}) -> directory(Dir);
next({application, App}) when is_atom(App) -> application_tests(App);
next({application, App, _Info}) when is_atom(App) -> application_tests(App);
next({M, F}) when is_atom(M), is_atom(F) -> pair(M, F);
next({Desc, Tests}) ->
    case description(Desc) of
        {ok, Text} -> with(desc, Text, next(Tests));
        error -> bad({bad_test, {Desc, Tests}})
    end;
next(Other) -> bad({bad_test, Other}).

%% A fun made for another one keeps its place in the report.
located(F, Run) -> {eunit_located, fun_location(F), Run}.

pair(eunit_located, _) -> bad({bad_test, eunit_located});
pair(M, F) -> {test, test(fun M:F/0, {M, F, 0})}.

%% `spawn' is what listeners are told; `apart' says that the group has a process of its own, as modules do too.
group(Tests) -> #{tests => Tests, desc => none, order => default, timeout => default, context => none, spawn => none, apart => false}.

test(Run, Location) -> #{run => Run, location => Location, line => 0, desc => none, timeout => default}.

bad(Reason) -> {error, Reason, []}.

with_line(Line, {test, T}) -> {test, T#{line => Line}};
with_line(_, Other) -> Other.

%% A title or a time goes to a test that has none, otherwise to a group around it.
with(desc, Text, {test, #{desc := none} = T}) -> {test, T#{desc := Text}};
with(timeout, Time, {test, #{timeout := default} = T}) -> {test, T#{timeout := Time}};
with(_, _, {error, _, _} = Error) -> Error;
with(Key, Value, Next) -> {group, (group([{eunit_next, Next}]))#{Key := Value}}.

spawned(Tests) -> {group, (group([Tests]))#{spawn := local, apart := true}}.

%% The members of a list: lists in it, and those that generators answer, are part of it.
resolved(List) ->
    lists:append([case next(T) of {list, L} -> resolved(L); Next -> [{eunit_next, Next}] end || T <- proper(List)]).

proper([T | Ts]) -> [T | proper(Ts)];
proper([]) -> [];
proper(T) -> [T].

%% A group of a single member is one with it, unless both have a title, an order, a time or a process: then it is a group all the same. Generators of a
%% group with a process of its own run there.
together(#{context := none, apart := false, tests := Tests} = G) ->
    case literally(Tests) of
        [Only] ->
            case resolved([Only]) of
                [{eunit_next, {test, T}}] -> with_test(T, G);
                [{eunit_next, {group, Inner}}] -> with_group(together(Inner), G);
                All -> {group, G#{tests := All}}
            end;
        All -> {group, G#{tests := All}}
    end;
together(G) -> {group, G}.

%% Without asking generators.
literally(Tests) ->
    lists:append([if is_list(T) -> case io_lib:char_list(T) andalso T =/= [] of true -> [T]; false -> literally(T) end; true -> [T] end || T <- proper(Tests)]).

with_test(T, #{spawn := none} = G) ->
    case one(desc, none, T, G) andalso one(timeout, default, T, G) of
        true -> {test, T#{desc := either(desc, none, T, G), timeout := either(timeout, default, T, G)}};
        false -> {group, G#{tests := [{eunit_next, {test, T}}]}}
    end;
with_test(T, G) -> {group, G#{tests := [{eunit_next, {test, T}}]}}.

with_group({test, T}, G) -> with_test(T, G);
with_group({group, Inner}, G) ->
    Parts = [{desc, none}, {order, default}, {timeout, default}, {spawn, none}],
    case lists:all(fun({Key, Unset}) -> one(Key, Unset, Inner, G) end, Parts) of
        true -> {group, lists:foldl(fun({Key, Unset}, Both) -> Both#{Key := either(Key, Unset, Inner, G)} end, Inner, Parts)};
        false -> {group, G#{tests := [{eunit_next, {group, Inner}}]}}
    end.

one(Key, Unset, A, B) -> map_get(Key, A) =:= Unset orelse map_get(Key, B) =:= Unset.

either(Key, Unset, A, B) ->
    case A of
        #{Key := Unset} -> map_get(Key, B);
        #{Key := Set} -> Set
    end.

%% A binary that is no text stays one.
description(D) when is_binary(D) ->
    case unicode:characters_to_list(D) of
        L when is_list(L) -> {ok, L};
        _ -> {ok, D}
    end;
description(D) when is_list(D) ->
    case io_lib:char_list(D) of
        true -> {ok, D};
        false -> error
    end;
description(_) -> error.

fixture(Where, Setup, Cleanup0, Tests) ->
    {SetupFun, Cleanup1} = processes_setup(Setup, Cleanup0),
    case is_function(SetupFun, 0) andalso cleanup(Cleanup1) of
        false -> bad({bad_test, {setup, Setup, Cleanup0, Tests}});
        Cleanup -> {group, (group([]))#{context => {SetupFun, Cleanup, Tests, Where}}}
    end.

cleanup(F) when is_function(F, 1) -> F;
cleanup(F) when is_function(F, 0) -> fun(_) -> F() end;
cleanup(_) -> false.

%% {setup, [{Tag, SetupFun, CleanupFun}...], ...}: several resources, taken in order, given back in reverse.
processes_setup([{Tag, _, _} | _] = Steps, _) when is_atom(Tag) ->
    {fun() -> [{T, S()} || {T, S, _} <- Steps] end,
     fun(Got) -> [C(proplists:get_value(T, Got)) || {T, _, C} <- lists:reverse(Steps)] end};
processes_setup(Setup, Cleanup) -> {Setup, Cleanup}.

generate(Fun, {M, F, A}) ->
    try Fun() of
        Tests -> next(Tests)
    catch
        Class:Reason:Stack ->
            {error, {generator_failed, {{M, F, A}, {Class, Reason, Stack}}}, Stack}
    end.

fun_location(Fun) ->
    {module, M} = erlang:fun_info(Fun, module),
    {name, F} = erlang:fun_info(Fun, name),
    {arity, A} = erlang:fun_info(Fun, arity),
    {M, F, A}.

%%% Modules, files, directories, applications

from_name(Name) ->
    case filelib:is_dir(Name) of
        true -> directory(Name);
        false -> from_file(Name)
    end.

from_module(M) ->
    case code:ensure_loaded(M) of
        {module, M} -> {group, (group(own_tests(M)))#{desc => "module '" ++ atom_to_list(M) ++ "'", apart => true, companion => companion(M)}};
        {error, _} -> {error, {module_not_found, M}, []}
    end.

%% The module's own test functions in order of definition, then those of its companion M_tests, if there is one.
module_tests(M) -> own_tests(M) ++ companion(M).

own_tests(M) -> [T || {F, 0} <- lists:sort(fun by_line/2, exported(M)), T <- classify(M, F)].

exported(M) -> [FA || {_, 0} = FA <- M:module_info(exports)].

%% module_info lists functions in its own order; tests run in the order of the exports of the source, which is what it keeps.
by_line(_, _) -> true.

classify(M, F) ->
    Name = atom_to_list(F),
    case lists:suffix("_test", Name) of
        true -> [{test, M, F}];
        false ->
            case lists:suffix("_test_", Name) of
                true -> [{generator, M, F}];
                false -> []
            end
    end.

companion(M) ->
    Name = atom_to_list(M),
    case lists:suffix("_tests", Name) of
        true -> [];
        false ->
            Tests = list_to_atom(Name ++ "_tests"),
            case code:ensure_loaded(Tests) of
                {module, Tests} -> [{"module '" ++ atom_to_list(Tests) ++ "'", module_tests(Tests)}];
                {error, _} -> []
            end
    end.

from_file(Name) ->
    case filename:extension(Name) of
        ".erl" -> from_module(list_to_atom(filename:basename(Name, ".erl")));
        _ -> from_module(list_to_atom(filename:rootname(filename:basename(Name))))
    end.

directory(Dir) ->
    Files = filelib:wildcard("*" ++ code:objfile_extension(), Dir) ++ filelib:wildcard("*.erl", Dir),
    Modules = lists:usort([list_to_atom(filename:rootname(F)) || F <- Files]),
    {group, (group([{module, M} || M <- without_companions(Modules)]))#{desc => "directory \"" ++ Dir ++ "\""}}.

application_tests(App) ->
    case application:load(App) of
        R when R =:= ok; R =:= {error, {already_loaded, App}} ->
            {ok, Modules} = application:get_key(App, modules),
            {group, (group([{module, M} || M <- without_companions(Modules)]))#{desc => "application '" ++ atom_to_list(App) ++ "'"}};
        {error, _} -> {error, {application_not_found, App}, []}
    end.

%% M_tests is run with M.
without_companions(Modules) ->
    [M || M <- Modules, not lists:member(base(M), Modules)].

base(M) ->
    Name = atom_to_list(M),
    case lists:suffix("_tests", Name) of
        true -> list_to_atom(lists:sublist(Name, length(Name) - 6));
        false -> none
    end.
