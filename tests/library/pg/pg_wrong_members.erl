%% Only processes of this node are members.
-module(pg_wrong_members).
-include("../show.hrl").

start() ->
    show(fun() -> begin {ok, _} = pg:start(wrong_members), ok end end),  % expect: ok
    show(fun() -> pg:join(wrong_members, g, [foo]) end),  % expect: error {nolocal,foo}
    show(fun() -> pg:join(wrong_members, g, foo) end),  % expect: error function_clause
    show(fun() -> pg:leave(wrong_members, g, [self(), foo]) end),  % expect: error {nolocal,foo}
    show(fun() -> pg:get_members(wrong_members, g) end),  % expect: []
    show(fun() -> pg:join(no_such_scope, g, self()) end),  % expect: exit {noproc,{gen_server,call,[no_such_scope,{join_local,g,pid},infinity]}}
    show(fun() -> pg:leave(no_such_scope, g, self()) end).  % expect: exit {noproc,{gen_server,call,[no_such_scope,{leave_local,g,pid},infinity]}}
