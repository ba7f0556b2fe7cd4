%% The functions of dbg that set, remove, list, save and read patterns, and what is traced then.
-module(dbg_patterns).
-export([f/1, g/1, h/2]).
-include("../show.hrl").
-include("../printed.hrl").
-include_lib("stdlib/include/ms_transform.hrl").

start() ->
    catch transom_trace:compat(true),
    show(fun() -> dbg:tp(?MODULE, f, []) end),  % expect: {ok,[]}
    show(fun() -> dbg:ctp(?MODULE, f) end),  % expect: {ok,[]}
    show(fun() -> dbg:stop_clear() end),  % expect: ok
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, []), dbg:tp(?MODULE, f, []), dbg:tp(?MODULE, f, 1, []), dbg:tp({?MODULE, f, 1}, []), dbg:tp({?MODULE, '_', 1}, [])] end) end),  % expect: [{ok,[{matched,nonode@nohost,6}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,0,{badrpc,{'EXIT',{badarg,{at,erlang,trace_pattern,3}}}}}]}]
    show(fun() -> tracing(fun() -> [dbg:tpl(?MODULE, []) =:= dbg:tpl(?MODULE, '_', []), dbg:tpl(?MODULE, f, []), dbg:tpl(?MODULE, f, 1, []), dbg:tpl({?MODULE, f, 1}, []), dbg:tpl(?MODULE, nosuch, [])] end) end),  % expect: [true,{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,0}]}]
    show(fun() -> tracing(fun() -> [dbg:tpe(send, []), dbg:tpe('receive', []), dbg:tpe(send, [{['_', '$1'], [{is_atom, '$1'}], []}]), dbg:tpe(call, [])] end) end),  % expect: error function_clause
    show(fun() -> tracing(fun() -> [dbg:tp(send, []), dbg:tp('receive', [])] end) end),  % expect: [{ok,[{matched,nonode@nohost,0}]},{ok,[{matched,nonode@nohost,0}]}]
    show(fun() -> tracing(fun() -> [dbg:ctpe(send), dbg:ctpe('receive'), dbg:ctpe(call)] end) end),  % expect: error function_clause
    show(fun() -> seen([{tp, f}]) end),  % expect: [f]
    show(fun() -> seen([{tpl, f}, {tpl, g}]) end),  % expect: [f,g]
    show(fun() -> seen([{tp, f}, {tpl, g}, {ctpl, f}]) end),  % expect: [f,g]
    show(fun() -> seen([{tp, f}, {tpl, g}, {ctpl, g}]) end),  % expect: [f]
    show(fun() -> seen([{tp, f}, {tpl, g}, {ctpg, f}]) end),  % expect: [g]
    show(fun() -> seen([{tp, f}, {tpl, g}, {ctpg, g}]) end),  % expect: [f,g]
    show(fun() -> seen([{tp, f}, {tpl, g}, {ctp, f}, {ctp, g}]) end),  % expect: []
    show(fun() -> seen([{tpl, f}, {tp, f}]) end),  % expect: [f]
    show(fun() -> seen([{tp, f}, {tpl, f}]) end),  % expect: [f]
    show(fun() -> tracing(fun() -> [matches(dbg:ctp()), matches(dbg:ctp(?MODULE)), dbg:ctp(?MODULE, f), dbg:ctp(?MODULE, f, 1), dbg:ctp({?MODULE, f, 1})] end) end),  % expect: [true,true,{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]}]
    show(fun() -> tracing(fun() -> [dbg:ctpl(?MODULE, f), dbg:ctpl(?MODULE, f, 1), dbg:ctpl({?MODULE, f, 1}), dbg:ctpl(?MODULE, nosuch)] end) end),  % expect: [{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,0}]}]
    show(fun() -> tracing(fun() -> [dbg:ctpg(?MODULE), dbg:ctpg(?MODULE, f), dbg:ctpg(?MODULE, f, 1), dbg:ctpg({?MODULE, f, 1})] end) end),  % expect: [{ok,[{matched,nonode@nohost,6}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]},{ok,[{matched,nonode@nohost,1}]}]
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, f, A) || A <- [x, c, cx, exception_trace, caller_trace, caller_exception_trace, nosuch, 17]] end) end),  % expect: [{ok,[{matched,nonode@nohost,1},{saved,x}]},{ok,[{matched,nonode@nohost,1},{saved,c}]},{ok,[{matched,nonode@nohost,1},{saved,cx}]},{ok,[{matched,nonode@nohost,1},{saved,x}]},{ok,[{matched,nonode@nohost,1},{saved,c}]},{ok,[{matched,nonode@nohost,1},{saved,cx}]},{error,unknown_pattern},{error,unknown_pattern}]
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, f, S) || S <- [spec(1), spec(2), spec(1), 1, 2, 3]] end) end),  % expect: [{ok,[{matched,nonode@nohost,1},{saved,1}]},{ok,[{matched,nonode@nohost,1},{saved,2}]},{ok,[{matched,nonode@nohost,1},{saved,1}]},{ok,[{matched,nonode@nohost,1},{saved,1}]},{ok,[{matched,nonode@nohost,1},{saved,2}]},{error,unknown_pattern}]
    show(fun() -> tracing(fun() -> dbg:tp(?MODULE, f, spec(1)), output(fun() -> dbg:ltp() end) end) end),  % expect: "1: [{['$1'],[{'>','$1',1}],[{return_trace}]}]\nc: [{'_',[],[{message,{caller}}]}]\ncaller_exception_trace: cx\ncaller_trace: c\ncx: [{'_',[],[{exception_trace},{message,{caller}}]}]\nexception_trace: x\nx: [{'_',[],[{exception_trace}]}]\n"
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, f, spec(N)) || N <- [1, 2, 3]], A = dbg:dtp(2), B = numbers(), [A, B, dbg:dtp(17), dbg:dtp(x), dbg:tp(?MODULE, f, x), dbg:dtp(), numbers(), dbg:tp(?MODULE, f, spec(4))] end) end),  % expect: [ok,[1,3],ok,ok,{ok,[{matched,nonode@nohost,1},{saved,x}]},ok,[],{ok,[{matched,nonode@nohost,1},{saved,1}]}]
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, f, spec(N)) || N <- [1, 2]], A = dbg:wtp(file()), dbg:dtp(), B = dbg:rtp(file()), [A, B, length(numbers()), element(2, dbg:tp(?MODULE, f, spec(2)))] end) end),  % expect: [ok,ok,2,[{matched,nonode@nohost,1},{saved,2}]]
    show(fun() -> tracing(fun() -> [dbg:rtp("no/such/file"), dbg:wtp("no/such/folder/file")] end) end),  % expect: [{error,{read_error,enoent}},{error,enoent}]
    show(fun() -> [begin ok = file:write_file(file(), Text), tracing(fun() -> dbg:rtp(file()) end) end || Text <- ["", "[{'_',[],[]}].", "[{'_',[],[{nosuch}]}].", "foo.", "[{'_',[],[]", "{a,b}."]] end),  % expect: [ok,ok,{error,{file_format_error,bad_match_spec}},{error,{file_format_error,bad_match_spec}},{error,{read_error,{1,erl_parse,["syntax error before: ",[]]}}},{error,{file_format_error,bad_match_spec}}]
    show(fun() -> tracing(fun() -> [dbg:tp(?MODULE, f, S) || S <- [[{'_', [], [{nosuch}]}], [{['$1'], [{'>', '$2', 1}], []}], [foo], "text", [{'_', []}]]] end) end),  % expect: [{error,[{error,"Function nosuch/0 does_not_exist."}]},{error,[{error,"Variable $2 is unbound."}]},{error,[{error,"Match program part is not a tuple of arity 3."}]},{error,[{error,"Match program part is not a tuple of arity 3."}]},{error,[{error,"Match program part is not a tuple of arity 3."}]}]
    show(fun() -> catch dbg:tp(?MODULE, f, "a" ++ b) end),  % expect: {error,[{error,"Match programs are not in a proper list."}]}
    show(fun() -> catch dbg:tp("text", []) end),  % expect: {'EXIT',{function_clause,{at,dbg,tp,2}}}
    show(fun() -> catch dbg:tp(?MODULE, f, -1, []) end),  % expect: {ok,[]}
    show(fun() -> tracing(fun() -> dbg:tp(?MODULE, '_', 1, []) end) end),  % expect: {ok,[{matched,nonode@nohost,0,{badrpc,{'EXIT',{badarg,{at,erlang,trace_pattern,3}}}}}]}
    show(fun() -> dbg:fun2ms(fun([X, Y]) when X > Y -> return_trace(); ([X]) -> message(caller()), exception_trace(), message(X) end) end),  % expect: [{['$1','$2'],[{'>','$1','$2'}],[{return_trace}]},{['$1'],[],[{message,{caller}},{exception_trace},{message,'$1'}]}]
    show(fun() -> dbg:fun2ms(fun(_) -> return_trace() end) end),  % expect: [{'_',[],[{return_trace}]}]
    show(fun() -> dbg:fun2ms(fun([#{k := V} | _]) when is_atom(V), V =/= a; is_list(V) -> silent(true), set_tcw(V), message({V, get_tcw(), bindings(), object()}) end) end),  % expect: [{[#{k => '$1'}|'_'],[{is_atom,'$1'},{'=/=','$1',a}],[{silent,true},{set_tcw,'$1'},{message,{{'$1',{get_tcw},'$*','$_'}}}]},{[#{k => '$1'}|'_'],[{is_list,'$1'}],[{silent,true},{set_tcw,'$1'},{message,{{'$1',{get_tcw},'$*','$_'}}}]}]
    show(fun() -> N = 5, dbg:fun2ms(fun([X]) when X =:= N -> message(N), enable_trace(send), disable_trace([call]), trace([call], [send]), display(X), process_dump() end) end),  % expect: [{['$1'],[{'=:=','$1',{const,5}}],[{message,{const,5}},{enable_trace,send},{disable_trace,[call]},{trace,[call],[send]},{display,'$1'},{process_dump}]}]
    show(fun() -> dbg:fun2ms(fun([From, _]) when is_seq_trace(), From =:= self() -> set_seq_token(label, 5), message(get_seq_token()) end) end),  % expect: [{['$1','_'],[{is_seq_trace},{'=:=','$1',{self}}],[{set_seq_token,label,5},{message,{get_seq_token}}]}]
    show(fun() -> catch apply(dbg, fun2ms, [fun([_]) -> yes end]) end),  % expect: {'EXIT',{badarg,{dbg,fun2ms,[function,called,with,real,'fun',should,be,transformed,with,parse_transform,'or',called,with,a,'fun',generated,in,the,shell]}}}
    show(fun() -> transformed(dbg:fun2ms(fun([X]) when X > 3 -> message({big, X}), return_trace() end)) end),  % expect: [[call,{dbg_patterns,g,[4]},{big,4}],[return_from,{dbg_patterns,g,1},{4}]]
    show(fun() -> file:delete(file()) end).  % expect: ok

f(X) -> g(X).
g(X) -> {X}.
h(X, Y) -> f(X) =:= Y.

file() -> "dbg_patterns.ms".
%% Whether there was one at all: how many functions a module has inside is the compiler's affair.
matches({ok, [{matched, _, N}]}) -> N > 0.

spec(N) -> [{['$1'], [{'>', '$1', N}], [{return_trace}]}].

%% Runs F while there is a tracer that throws everything away.
tracing(F) ->
    {ok, _} = dbg:tracer(process, {fun(_, _) -> none end, none}),
    try F() after dbg:stop_clear() end.

%% Which functions are seen when this process calls f/1 from outside of the module, after these pattern functions.
seen(Steps) ->
    Me = self(),
    {ok, _} = dbg:tracer(process, {fun({trace, _, call, {_, F, _}}, _) -> Me ! {seen, F} end, none}),
    [dbg:F(?MODULE, A, []) || {F, A} <- Steps, lists:prefix("tp", atom_to_list(F))],
    [dbg:F(?MODULE, A) || {F, A} <- Steps, lists:prefix("ctp", atom_to_list(F))],
    Worker = spawn(fun() -> receive go -> ?MODULE:f(1), Me ! called, receive stop -> ok end end end),
    dbg:p(Worker, c),
    Worker ! go,
    receive called -> ok end,
    Ref = erlang:trace_delivered(Worker),
    receive {trace_delivered, Worker, Ref} -> ok end,
    settled(),
    dbg:stop_clear(),
    exit(Worker, kill),
    names().

names() -> receive {seen, F} -> [F | names()] after 0 -> [] end.

%% What a specification of this module's transform makes of calls.
transformed(Spec) ->
    Me = self(),
    {ok, _} = dbg:tracer(process, {fun(E, _) -> Me ! {event, tl(tl(tuple_to_list(E)))} end, none}),
    {ok, _} = dbg:tp(?MODULE, g, Spec),
    Worker = spawn(fun() -> receive go -> [?MODULE:g(X) || X <- [1, 4]], Me ! called, receive stop -> ok end end end),
    dbg:p(Worker, c),
    Worker ! go,
    receive called -> ok end,
    Ref = erlang:trace_delivered(Worker),
    receive {trace_delivered, Worker, Ref} -> ok end,
    settled(),
    dbg:stop_clear(),
    exit(Worker, kill),
    events().

events() -> receive {event, E} -> [E | events()] after 0 -> [] end.

%% The numbers of saved specifications.
numbers() ->
    [N || Line <- string:lexemes(output(fun() -> dbg:ltp() end), "\n"), {N, ":" ++ _} <- [string:to_integer(Line)], is_integer(N)].
