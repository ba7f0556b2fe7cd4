%% Checks of one module and of a directory: calls that lead nowhere, deprecated ones, functions that nothing calls.
-module(xref_modules).
-include("../show.hrl").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "xref_modules_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    [{ok, _} = made(Dir, Name, Text) || {Name, Text} <- [{"xref_one", one()}, {"xref_two", two()}, {"xref_old", old()}]],
    true = code:add_patha(Dir),
    show(fun() -> xref:m(xref_one) end),  % expect: [{deprecated,[{{xref_one,t,1},{erlang,now,0}},{{xref_one,t,1},{random,uniform,0}}]},{undefined,[{{xref_one,inner,1},{nomod,i,0}},{{xref_one,inner,1},{nomod,lc,1}},{{xref_one,t,1},{erlang,nobif,1}},{{xref_one,t,1},{lists,nope,1}},{{xref_one,t,1},{nomod,f,1}},{{xref_one,t,1},{xref_one,t2,1}},{{xref_one,u,0},{lists,seqq,2}},{{xref_one,u,0},{lists,zork,1}},{{xref_one,u,0},{m,f,1}},{{xref_one,u,0},{nomod,g,0}},{{xref_one,u,0},{nomod,h,0}},{{xref_one,u,0},{xref_one,sp,1}},{{xref_one,v,1},{lists,hook,0}},{{xref_one,v,1},{nomod,f,2}},{{xref_one,v,1},{nomod,so,0}},{{xref_one,v,1},{nomod,try_,0}}]},{unused,[{xref_one,m1,0},{xref_one,m2,0},{xref_one,rec,1},{xref_one,t2,1}]}]
    show(fun() -> xref:m(filename:join(Dir, "xref_one")) =:= xref:m(xref_one) end),  % expect: true
    show(fun() -> xref:m(filename:join(Dir, "xref_one" ++ code:objfile_extension())) =:= xref:m(xref_one) end),  % expect: true
    show(fun() -> xref:m(xref_two) end),  % expect: [{deprecated,[{{xref_two,t,1},{xref_old,gone,1}}]},{undefined,[{{xref_two,t,1},{error_logger,nofun,0}},{{xref_two,t,1},{lists,nothere,1}},{{xref_two,t,1},{nomod,af,0}},{{xref_two,t,1},{nomod,ap,1}},{{xref_two,t,1},{nomod,bin,0}},{{xref_two,t,1},{nomod,cs,0}},{{xref_two,t,1},{nomod,direct,0}},{{xref_two,t,1},{nomod,gen,0}},{{xref_two,t,1},{nomod,module_info,0}},{{xref_two,t,1},{nomod,mp,0}},{{xref_two,t,1},{nomod,rc,1}},{{xref_two,t,1},{nomod,sln,0}},{{xref_two,t,1},{nomod,sn,1}},{{xref_two,t,1},{nomod,son,2}},{{xref_two,t,1},{nomod,tm,0}}]},{unused,[{xref_two,sp,0}]}]
    show(fun() -> xref:d(Dir) =:= both(xref:m(xref_one), both(xref:m(xref_two), xref:m(xref_old))) end),  % expect: true
    show(fun() -> c:xm(xref_two) =:= xref:m(xref_two) end),  % expect: true
    %% Without abstract code: what is called, not from where.
    show(fun() -> bare(Dir) end),  % expect: [{deprecated,[{erlang,now,0}]},{undefined,[{erlang,zork,1},{lists,nope,0},{nomod,g,1}]}]
    show(fun() -> xref:m(lists) end),  % expect: [{deprecated,[]},{undefined,[]},{unused,[]}]
    show(fun() -> xref:m(no_such_module_here) end),  % expect: {error,xref_utils,{no_such_module,no_such_module_here}}
    show(fun() -> element(1, xref:m(filename:join(Dir, "nofile"))) end),  % expect: error
    show(fun() -> xref:m(5) end),  % expect: {error,xref_base,{invalid_filename,5}}
    show(fun() -> xref:d("/nonexistent/dir") end),  % expect: {error,xref_utils,{file_error,"/nonexistent/dir",enoent}}
    show(fun() -> lists:flatten(xref:format_error(xref:m(no_such_module_here))) end),  % expect: "Cannot find module no_such_module_here using the code path\n"
    code:del_path(Dir),
    file:del_dir_r(Dir).

made(Dir, Name, Text) -> made(Dir, Name, Text, [debug_info, nowarn_unused_function, nowarn_deprecated_function]).

made(Dir, Name, Text, Options) ->
    File = filename:join(Dir, Name),
    ok = file:write_file(File ++ ".erl", Text),
    compile:file(File, [{outdir, Dir} | Options]).

bare(Dir) ->
    {ok, _} = made(Dir, "xref_bare", "-module(xref_bare).\n-export([f/1]).\nf(X) -> nomod:g(X), lists:nope(), erlang:now(), X:y(), io:nl(), erlang:zork(1).\n", []),
    xref:m(xref_bare).

both(A, B) -> [{K, lists:usort(V ++ proplists:get_value(K, B))} || {K, V} <- A].

%% Calls of every kind, by name.
one() ->
    "-module(xref_one).\n-export([t/1, u/0, v/1]).\n-on_load(init/0).\n-record(r, {a = default(), b}).\n"
    "init() -> ok.\ndefault() -> 1.\n"
    "t(A) -> xref_one:t2(A), #r{b = 1}, lists:nope(A), A:foo(), nomod:f(1), random:uniform(), erlang:now(), erlang:nobif(1), self(), io:nl().\n"
    "t2(_) -> true.\n"
    "rec(0) -> 0; rec(N) -> rec(N - 1).\nm1() -> m2().\nm2() -> m1().\n"
    "u() -> F = fun lists:zork/1, G = fun used/1, apply(m, f, [1]), spawn(xref_one, sp, [a]), spawn_link(nomod, g, []), apply(xref_one, x, [F | G]),\n"
    "  lists:map(fun(X) -> inner(X), nomod:h() end, []), erlang:apply(lists, seqq, [1, 2]).\n"
    "used(_) -> ok.\n"
    "inner(_) -> nomod:i(), catch nomod:i(), [nomod:lc(X) || X <- [1]].\n"
    "v(X) -> M = nomod, M:zz(X), fun M:f/2, F = inner, ?MODULE:F(1), try nomod:try_() catch _:_ -> dict:fetch(1, 2) end, spawn(fun() -> lists:hook() end),\n"
    "  proc_lib:spawn_link(nomod, pl, []), spawn_opt(nomod, so, [], []), erlang:hibernate(nomod, hib, []), nomod:f(X, X).\n".

%% Imported functions, parts of expressions, processes on nodes.
two() ->
    "-module(xref_two).\n-export([t/1]).\n-import(lists, [nothere/1, map/2]).\n"
    "t(A) -> spawn_monitor(nomod, sm, []), spawn(node(), nomod, sn, [1]), spawn_opt(node(), nomod, son, [1, 2], []), spawn_link(node(), nomod, sln, []),\n"
    "  apply(fun nomod:ap/1, [A]), apply(fun loc/1, [A]), nothere(1), map(1, 2), apply(nomod, aa, A), apply(A, ac, []), (fun nomod:direct/0)(),\n"
    "  B = <<(nomod:bin()):8>>, #{k => nomod:mp(), l => B}, case A of X when is_list(X) -> nomod:cs() end, [E || E <- nomod:gen()],\n"
    "  receive Y -> nomod:rc(Y) after nomod:tm() -> nomod:af() end, error_logger:nofun(), xref_two:module_info(), nomod:module_info(), spawn(fun loc2/0),\n"
    "  lists:module_info(exports), xref_old:gone(1), xref_old:fine().\n"
    "loc(_) -> ok.\nloc2() -> ok.\n-spec sp() -> nomod:type().\nsp() -> ok.\n".

%% Its own functions say that they are on their way out.
old() -> "-module(xref_old).\n-export([gone/1, fine/0]).\n-deprecated([{gone, 1}]).\ngone(_) -> ok.\nfine() -> ok.\n".
