%% stack_trace: edge, numbers of funs and comprehensions side by side: in lists, tuples, calls and records they are counted from right to left.
-module(stack_trace_edge_numbers_side_by_side).
-export([start/0]).
-compile([export_all, nowarn_export_all, nowarn_unused_vars]).
-record(r, {a, b, c}).
-record(d, {a = fun() -> 1 end, b = fun() -> 2 end, c}).

start() ->
    show(fun() -> list_() end),  % expect: ['-list_/0-fun-2-','-list_/0-fun-1-','-list_/0-fun-0-']
    show(fun() -> listtail_() end),  % expect: ['-listtail_/0-fun-2-','-listtail_/0-fun-1-','-listtail_/0-fun-0-']
    show(fun() -> tuple_() end),  % expect: ['-tuple_/0-fun-2-','-tuple_/0-fun-1-','-tuple_/0-fun-0-']
    show(fun() -> call_() end),  % expect: ['-call_/0-fun-2-','-call_/0-fun-1-','-call_/0-fun-0-']
    show(fun() -> remote_() end),  % expect: ['-remote_/0-fun-2-','-remote_/0-fun-1-','-remote_/0-fun-0-']
    show(fun() -> apply_() end),  % expect: ['-apply_/0-fun-2-','-apply_/0-fun-1-','-apply_/0-fun-0-']
    show(fun() -> callee_() end),  % expect: ['-callee_/0-fun-3-','-callee_/0-fun-2-','-callee_/0-fun-0-']
    show(fun() -> send_() end),  % expect: ['-send_/0-fun-1-','-send_/0-fun-0-']
    show(fun() -> map_() end),  % expect: ['-map_/0-fun-0-','-map_/0-fun-1-']
    show(fun() -> mapkey_() end),  % expect: ['-mapkey_/0-fun-0-','-mapkey_/0-fun-1-','-mapkey_/0-fun-2-','-mapkey_/0-fun-3-']
    show(fun() -> mapup_() end),  % expect: ['-mapup_/0-fun-1-','-mapup_/0-fun-0-']
    show(fun() -> rec_() end),  % expect: ['-rec_/0-fun-2-','-rec_/0-fun-1-','-rec_/0-fun-0-']
    show(fun() -> recdef_() end),  % expect: ['-recdef_/0-fun-2-','-recdef_/0-fun-1-','-recdef_/0-fun-0-']
    show(fun() -> recup_() end),  % expect: ['-recup_/0-fun-1-',undefined,'-recup_/0-fun-0-']
    show(fun() -> recall_() end),  % expect: ['-recall_/0-fun-2-','-recall_/0-fun-1-','-recall_/0-fun-0-']
    show(fun() -> nest_() end),  % expect: ['-nest_/0-fun-4-','-nest_/0-fun-3-','-nest_/0-fun-2-','-nest_/0-fun-1-','-nest_/0-fun-0-']
    show(fun() -> inlist_() end),  % expect: ['-inlist_/0-fun-5-','-inlist_/0-fun-2-','-inlist_/0-fun-4-','-inlist_/0-fun-3-','-inlist_/0-fun-1-','-inlist_/0-fun-0-']
    show(fun() -> append_() end),  % expect: ['-append_/0-fun-1-','-append_/0-fun-0-']
    show(fun() -> case_() end),  % expect: ['-case_/0-fun-2-','-case_/0-fun-0-']
    show(fun() -> casearg_() end),  % expect: ['-casearg_/0-fun-1-','-casearg_/0-fun-0-','-casearg_/0-fun-2-']
    show(fun() -> comp_() end),  % expect: ['-comp_/0-fun-5-','-comp_/0-fun-5-']
    show(fun() -> comp3_() end),  % expect: ['-comp3_/0-fun-3-','-comp3_/0-fun-1-']
    show(fun() -> catch_() end),  % expect: ['-catch_/0-fun-1-','-catch_/0-fun-0-']
    show(fun() -> match_() end),  % expect: ['-match_/0-fun-1-','-match_/0-fun-0-']
    show(fun() -> receive_() end),  % expect: ['-receive_/0-fun-2-','-receive_/0-fun-0-']
    show(fun() -> andalso_() end),  % expect: ['-andalso_/0-fun-2-','-andalso_/0-fun-0-']
    show(fun() -> if_() end),  % expect: ['-if_/0-fun-1-','-if_/0-fun-0-']
    show(fun() -> clos_() end),  % expect: ['-clos_/0-fun-3-','-clos_/0-fun-2-','-clos_/0-fun-0-']
    show(fun() -> guard_() end),  % expect: ['-guard_/0-fun-2-','-guard_/0-fun-1-','-guard_/0-fun-0-','-guard_/0-fun-3-']
    show(fun() -> unary_() end),  % expect: ['-unary_/0-fun-1-']
    show(fun() -> mod_() end),  % expect: ['-mod_/0-fun-1-','-mod_/0-fun-0-']
    show(fun() -> external_() end),  % expect: ['-external_/0-fun-3-']
    show(fun() -> localfun_() end),  % expect: [true,'-localfun_/0-fun-1-',true,'-localfun_/0-fun-3-']
    show(fun() -> lcf_() end),  % expect: [[{'-lcf_/0-lc$^2/1-0-','-lcf_/0-fun-3-'}],'-lcf_/0-fun-1-',[{'-lcf_/0-lc$^0/1-1-'}]]
    show(fun() -> named3_() end),  % expect: ['-named3_/0-F/0-0-','-named3_/0-G/0-2-',['-named3_/0-F/0-0-','-named3_/0-H/0-1-'],['-named3_/0-G/0-2-','-named3_/0-K/0-3-']]
    show(fun() -> block_() end),  % expect: [['-block_/0-fun-1-','-block_/0-fun-2-'],'-block_/0-fun-0-']
    show(fun() -> callnest_() end),  % expect: [['-callnest_/0-fun-3-','-callnest_/0-fun-2-'],['-callnest_/0-fun-1-','-callnest_/0-fun-0-']]
    show(fun() -> fun2_() end),  % expect: ['-fun2_/0-fun-3-','-fun2_/0-fun-1-']
    show(fun() -> lcnest_() end),  % expect: [[{'-lcnest_/0-lc$^3/1-1-','-lcnest_/0-fun-4-'}]]
    show(fun() -> lcgen_() end),  % expect: [{{'-lcgen_/0-lc$^0/1-4-','-lcgen_/0-fun-1-'},'-lcgen_/0-lc$^5/1-1-'}]
    show(fun() -> after4_() end),  % expect: ['-after4_/0-fun-0-',['-after4_/0-lc$^2/1-0-'],'-after4_/0-fun-4-',['-after4_/0-lc$^3/1-2-']]
    show(fun() -> after5_() end),  % expect: ['-after5_/0-fun-0-',['-after5_/0-lc$^1/1-0-'],'-after5_/0-fun-3-',['-after5_/0-lc$^2/1-2-']]
    show(fun() -> comp5_() end),  % expect: [{'-comp5_/0-fun-7-','-comp5_/0-fun-6-'}]
    show(fun() -> filter_() end),  % expect: [{'-filter_/0-lc$^3/1-0-','-filter_/0-fun-4-'}]
    show(fun() -> bc_() end),  % expect: [['-bc_/0-lc$^2/1-2-'],'-bc_/0-lbc$^1/2-1-','-bc_/0-fun-3-','-bc_/0-fun-4-']
    show(fun() -> mixed_() end),  % expect: [{1,'-mixed_/0-lc$^5/1-2-'}]
    show(fun() -> recup3_() end),  % expect: {r,'-recup3_/0-fun-2-','-recup3_/0-fun-1-','-recup3_/0-fun-0-'}
    show(fun() -> named2_() end),  % expect: {'-named2_/0-F/0-0-',[{'-named2_/0-lc$^2/1-2-'}],'-named2_/0-G/0-3-'}
    show(fun() -> named5_() end),  % expect: ['-named5_/0-F/1-0-',['-named5_/0-fun-0-','-named5_/0-F/1-0-'],['-named5_/0-fun-1-'],'-named5_/0-fun-3-','-named5_/0-fun-4-']
    show(fun() -> applyf_() end),  % expect: [['-applyf_/0-fun-1-','-applyf_/0-fun-2-'],'-applyf_/0-fun-0-']
    show(fun() -> binop_() end),  % expect: [3,'-binop_/0-fun-1-','-binop_/0-fun-0-']
    show(fun() -> rcv_() end),  % expect: [['-rcv_/0-lc$^4/1-2-'],'-rcv_/0-fun-3-']
    show(fun() -> rcv2_() end),  % expect: [['-rcv2_/0-lc$^2/1-1-'],'-rcv2_/0-fun-1-']
    show(fun() -> try2_() end).  % expect: [['-try2_/0-lc$^0/1-0-'],['-try2_/0-lc$^3/1-2-'],'-try2_/0-fun-2-']

list_() -> [fun() -> 1 end, fun() -> 2 end, fun() -> 3 end].
listtail_() -> [A, B | C] = [fun() -> 1 end, fun() -> 2 end | fun() -> 3 end], [A, B, C].
tuple_() -> T = {fun() -> 1 end, fun() -> 2 end, fun() -> 3 end}, tuple_to_list(T).
call_() -> t3(fun() -> 1 end, fun() -> 2 end, fun() -> 3 end).
remote_() -> ?MODULE:t3(fun() -> 1 end, fun() -> 2 end, fun() -> 3 end).
apply_() -> F = fun ?MODULE:t3/3, F(fun() -> 1 end, fun() -> 2 end, fun() -> 3 end).
callee_() -> (fun(A, B) -> [A, B, fun() -> 0 end] end)(fun() -> 1 end, fun() -> 2 end).
send_() -> A = self() ! [fun() -> 1 end, fun() -> 2 end], A.
map_() -> #{a := A, b := B} = #{a => fun() -> 1 end, b => fun() -> 2 end}, [A, B].
mapkey_() -> M = #{fun() -> 1 end => fun() -> 2 end, fun() -> 3 end => fun() -> 4 end}, lists:append([[K, V] || {K, V} <- lists:sort(maps:to_list(M))]).
mapup_() -> M0 = #{a => 1}, #{a := A, b := B} = (M0#{b => fun() -> 1 end})#{a => fun() -> 2 end}, [A, B].
rec_() -> #r{a = A, b = B, c = C} = #r{b = fun() -> 1 end, a = fun() -> 2 end, c = fun() -> 3 end}, [A, B, C].
recdef_() -> #d{a = A, b = B, c = C} = #d{c = fun() -> 3 end}, [A, B, C].
recup_() -> R0 = #r{}, #r{a = A, b = B, c = C} = R0#r{c = fun() -> 1 end, a = fun() -> 2 end}, [A, B, C].
recall_() -> #d{a = A, b = B, c = C} = #d{_ = fun() -> 1 end}, [A, B, C].
nest_() -> {A, [B, {C, D}], E} = {fun() -> 1 end, [fun() -> 2 end, {fun() -> 3 end, fun() -> 4 end}], fun() -> 5 end}, [A, B, C, D, E].
inlist_() -> [A, B] = [fun() -> [fun() -> 1 end, fun() -> 2 end] end, fun() -> [fun() -> 3 end, fun() -> 4 end] end], [A, B | A() ++ B()].
append_() -> [fun() -> 1 end] ++ [fun() -> 2 end].
case_() -> [case self() of a -> fun() -> 1 end; _ -> fun() -> 2 end end, fun() -> 3 end].
casearg_() -> case {fun() -> 1 end, fun() -> 2 end} of {A, B} -> [A, B, fun() -> 3 end] end.
comp_() -> [fun() -> X end || X <- [fun() -> 1 end, fun() -> 2 end], [fun() -> 3 end, fun() -> 4 end] =/= []].
comp3_() -> [A, B] = [[fun() -> X end || X <- [1]], [fun() -> X end || X <- [1]]], A ++ B.
catch_() -> [(catch fun() -> 1 end), fun() -> 2 end].
match_() -> _ = [A = fun() -> 1 end, B = fun() -> 2 end], [A, B].
receive_() -> [receive a -> fun() -> 1 end after (fun() -> 0 end)() -> fun() -> 2 end end, fun() -> 3 end].
andalso_() -> [is_function(fun() -> 1 end) andalso fun() -> 2 end, fun() -> 3 end].
if_() -> [if true -> fun() -> 1 end end, fun() -> 2 end].
clos_() -> X = self(), [fun() -> X end, fun(A) -> fun() -> {X, A} end end, fun() -> ok end].
guard_() -> F = fun(A) when A > 1 -> fun() -> 1 end; (_) -> fun() -> 2 end end, [F, F(1), F(2), fun() -> 3 end].
unary_() -> try - (fun() -> 1 end) catch _:_ -> [fun() -> 2 end] end.
mod_() -> (element(1, {?MODULE, fun() -> 0 end})):t2(fun() -> 1 end, fun() -> 2 end).
external_() -> [fun ?MODULE:t2/2, fun t2/2, fun() -> 1 end, fun t3/3] -- [fun ?MODULE:t2/2, fun t2/2, fun t3/3].
localfun_() -> A = fun t2/2, B = fun() -> 1 end, C = fun t2/2, [is_function(A), B, is_function(C), fun() -> 2 end].
lcf_() -> [[{here(), fun() -> 1 end} || _ <- [1]], fun() -> 2 end, [{here()} || _ <- [1]]].
named3_() -> [A, B] = [fun F() -> [F, fun H() -> H end] end, fun G() -> [G, fun K() -> K end] end], [A, B, A(), B()].
block_() -> [begin A = fun() -> 1 end, B = fun() -> 2 end, [A, B] end, fun() -> 3 end].
callnest_() -> t2(t2(fun() -> 1 end, fun() -> 2 end), t2(fun() -> 3 end, fun() -> 4 end)).
fun2_() -> [fun(A) -> [A, fun() -> 1 end] end, fun(B) -> [B, fun() -> 2 end] end].
lcnest_() -> [[{here(), fun() -> Y end} || Y <- [{here()} || _ <- [1]]] || _ <- [{here()} || _ <- [1]]].
lcgen_() -> [{X, here()} || X <- [{here(), fun() -> 1 end} || _ <- [1]], _ <- [{here()} || _ <- [1]], [{here()} || _ <- [1]] =/= []].
after4_() -> F = try fun() -> 1 end of X -> X catch _:_ -> fun() -> 2 end after put(a, [here() || _ <- [1]]), put(c, lists:reverse([1])) end, [F, get(a), fun() -> 4 end, [here() || _ <- [1]]].
after5_() -> F = try exit(x) of X -> X catch _:_ -> fun() -> 2 end after put(a, [here() || _ <- [1]]) end, [F, get(a), fun() -> 4 end, [here() || _ <- [1]]].
comp5_() -> [{fun() -> X end, fun() -> F end} || X <- [fun() -> 1 end], F <- [fun() -> 2 end], (fun() -> true end)(), is_function(fun() -> X end)].
filter_() -> [{here(), fun() -> 1 end} || is_list([fun() -> 0 end]), is_function(fun() -> 2 end), _ <- [fun() -> 3 end]].
bc_() -> << <<(begin put(h, [here() || _ <- [1]]), put(g, here()), put(f, fun() -> X end), 1 end)>> || <<X>> <= <<(length([here() || _ <- [1]]))>> >>, [get(h), get(g), get(f), fun() -> 1 end].
mixed_() -> [{X, here()} || X <- [1], fun() -> a end =/= b, <<_>> <= <<1>>, fun() -> X end =/= b, _ <- [[here() || _ <- [1]]]].
recup3_() -> R0 = #r{}, R = R0#r{c = fun() -> 1 end, b = fun() -> 2 end, a = fun() -> 3 end}, R.
named2_() -> {fun F() -> [F, fun H() -> H end] end, [{here()} || _ <- [1]], fun G() -> [G, fun() -> 1 end] end}.
named5_() -> F = fun F(0) -> [fun() -> 1 end, F]; F(1) -> [fun() -> F end] end, G = fun G2() -> 1 end, [F, F(0), F(1), G, fun() -> x end].
applyf_() -> [apply(fun(X) -> [X, fun() -> 1 end] end, [fun() -> 2 end]), fun() -> 3 end].
binop_() -> [(begin put(a, fun() -> 1 end), 1 end) + (begin put(b, fun() -> 2 end), 2 end), get(a), get(b)].
rcv_() -> self() ! a, receive a -> [[here() || _ <- [1]], fun() -> 1 end] after length([here() || _ <- [1]]) -> [[here() || _ <- [1]], fun() -> 2 end] end.
rcv2_() -> receive a -> [[here() || _ <- [1]], fun() -> 1 end] after length([here() || _ <- [1]]) -> [[here() || _ <- [1]], fun() -> 2 end] end.
try2_() -> try exit([here() || _ <- [1]]) of X -> [X, [here() || _ <- [1]]] catch _:X -> [X, [here() || _ <- [1]], fun() -> 1 end] end.

t2(A, B) -> [A, B].
t3(A, B, C) -> [A, B, C].

here() -> try error(x) catch _:_:S -> element(2, lists:nth(2, S)) end.

n(F) when is_function(F) -> element(2, erlang:fun_info(F, name));
n([H | T]) -> [n(H) | n(T)];
n(T) when is_tuple(T) -> list_to_tuple(n(tuple_to_list(T)));
n(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~0p~n", [n(V)])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
