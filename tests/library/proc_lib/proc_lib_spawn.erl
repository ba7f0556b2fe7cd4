%% The spawning functions: ancestors, initial calls, links, exits.
-module(proc_lib_spawn).
-export([tell/1, fails/1]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> [proc_lib:spawn(fun() -> say(Me) end) || Me <- [self()]] end),  % expect: [pid]
    show(fun() -> next() end),  % expect: {true,proc_lib_spawn,0,true,[]}
    show(fun() -> [proc_lib:spawn(?MODULE, tell, [self()]), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}}]
    show(fun() -> [proc_lib:spawn(node(), fun() -> say(Me) end) || Me <- [self()]] end),  % expect: [pid]
    show(fun() -> next() end),  % expect: {true,proc_lib_spawn,0,true,[]}
    show(fun() -> [proc_lib:spawn(node(), ?MODULE, tell, [self()]), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}}]
    show(fun() -> [proc_lib:spawn_link(?MODULE, tell, [self()]), next(), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}},{'EXIT',pid,normal}]
    show(fun() -> [proc_lib:spawn_link(node(), ?MODULE, tell, [self()]), next(), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}},{'EXIT',pid,normal}]
    show(fun() -> [proc_lib:spawn_link(node(), fun() -> exit(by_fun) end), next()] end),  % expect: [pid,{'EXIT',pid,by_fun}]
    show(fun() -> [proc_lib:spawn_link(fun() -> exit(by_fun) end), next()] end),  % expect: [pid,{'EXIT',pid,by_fun}]
    show(fun() -> [proc_lib:spawn_link(?MODULE, fails, [error]), next()] end),  % expect: [pid,{'EXIT',pid,{wrong,{at,proc_lib_spawn,fails,1}}}]
    show(fun() -> [proc_lib:spawn_link(?MODULE, fails, [throw]), next()] end),  % expect: [pid,{'EXIT',pid,{{nocatch,ball},{at,proc_lib_spawn,fails,1}}}]
    show(fun() -> [proc_lib:spawn_link(?MODULE, fails, [exit]), next()] end),  % expect: [pid,{'EXIT',pid,gone}]
    show(fun() -> [proc_lib:spawn_opt(fun() -> exit(opt) end, [link]), next()] end),  % expect: [pid,{'EXIT',pid,opt}]
    show(fun() -> [proc_lib:spawn_opt(fun() -> exit(opt) end, [monitor]), next()] end),  % expect: [{pid,ref},{'DOWN',ref,process,pid,opt}]
    show(fun() -> [proc_lib:spawn_opt(node(), fun() -> exit(opt) end, [monitor, link]), sorted()] end),  % expect: [{pid,ref},[{'EXIT',pid,opt},{'DOWN',ref,process,pid,opt}]]
    show(fun() -> [proc_lib:spawn_opt(?MODULE, tell, [self()], [{priority, high}]), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}}]
    show(fun() -> [proc_lib:spawn_opt(node(), ?MODULE, tell, [self()], [link]), next(), next()] end),  % expect: [pid,{true,1,{proc_lib_spawn,tell,1},{proc_lib_spawn,tell,['Argument__1']},{proc_lib_spawn,tell,1},{initial_call,{proc_lib,init_p,5}}},{'EXIT',pid,normal}]
    show(fun() -> proc_lib:spawn(x) end),  % expect: error function_clause
    show(fun() -> proc_lib:spawn(a, b, c) end),  % expect: error function_clause
    show(fun() -> proc_lib:spawn_link("m", f, []) end),  % expect: error function_clause
    show(fun() -> proc_lib:spawn_opt(fun() -> ok end, [nonsense]) end),  % expect: error badarg
    show(fun() -> proc_lib:spawn_opt(fun() -> ok end, foo) end),  % expect: error badarg
    show(fun() -> proc_lib:spawn_opt(m, f, nolist, []) end),  % expect: error function_clause
    show(fun() -> nested() end).  % expect: [mid,outer_one]

tell(To) ->
    [First | _] = get('$ancestors'),
    To ! {First =:= To, length(get('$ancestors')), get('$initial_call'), proc_lib:initial_call(self()),
          proc_lib:translate_initial_call(self()), process_info(self(), initial_call)}.

%% The names of funs differ between compilers: only what is around them.
say(To) ->
    {M, F, A} = get('$initial_call'),
    {M, F2, Args} = proc_lib:initial_call(self()),
    To ! {hd(get('$ancestors')) =:= To, M, A, F =:= F2, Args}.

fails(error) -> error(wrong);
fails(throw) -> throw(ball);
fails(exit) -> exit(gone).

sorted() -> lists:sort([plain(next()), plain(next())]).

%% Ancestors are listed nearest first, by their names if they have one.
nested() ->
    Me = self(),
    register(outer_one, Me),
    proc_lib:spawn(fun() ->
        Mid = self(),
        proc_lib:spawn(fun() -> Me ! [case A of Mid -> mid; _ -> A end || A <- get('$ancestors')] end)
    end),
    R = next(),
    unregister(outer_one),
    R.
