%% What the recorded tests of the library share: printing one answer a statement. `tests/record` writes Erlang's answers beside the statements.
-export([start/0]).
-compile([nowarn_unused_function, nowarn_deprecated_function]).

show(F) ->
    try F() of
        V -> io:format("~0tp~n", [plain(V)])
    catch
        C:R -> io:format("~0tp ~0tp~n", [C, plain(R)])
    end.

%% Pids, references, ports and funs by their kind, a stack trace as its first frame: what stays is the same in every run.
plain(P) when is_pid(P) -> pid;
plain(R) when is_reference(R) -> ref;
plain(P) when is_port(P) -> port;
plain(F) when is_function(F) ->
    case erlang:fun_info(F, type) of
        {type, external} -> F;
        _ -> {'fun', element(2, erlang:fun_info(F, arity))}
    end;
plain([{M, F, A, I} | _]) when is_atom(M), is_atom(F), is_list(I), is_list(A) -> {at, M, F, length(A)};
plain([{M, F, A, I} | _]) when is_atom(M), is_atom(F), is_list(I), is_integer(A) -> {at, M, F, A};
plain([H | T]) -> [plain(H) | plain(T)];
plain(T) when is_tuple(T) -> list_to_tuple([plain(E) || E <- tuple_to_list(T)]);
plain(M) when is_map(M) -> maps:from_list([{plain(K), plain(V)} || {K, V} <- maps:to_list(M)]);
plain(X) -> X.

%% The next message. One that is to come may be late on a busy machine, so it is waited for long; where none should come, next/1 says for how long to listen.
next() -> next(30000).
next(Ms) -> receive M -> M after Ms -> nothing end.

%% How a process ends.
ends(Pid) ->
    M = erlang:monitor(process, Pid),
    receive {'DOWN', M, process, _, R} -> R after 30000 -> alive end.

%% Until every other process waits for a message that is not there, or has waited for too long.
settled() -> looked(1000, 0).

looked(0, _) -> ok;
%% One look goes from process to process: who waits for another may be seen waiting and the other when it has answered.
looked(_, 3) -> ok;
looked(N, Quiet) ->
    receive after 10 -> ok end,
    case [P || P <- processes(), P =/= self(), is_at_work(P)] of [] -> looked(N - 1, Quiet + 1); _ -> looked(N - 1, 0) end.

is_at_work(P) ->
    case process_info(P, status) of
        {status, Status} -> not lists:member(Status, [waiting, suspended]);
        undefined -> false
    end.

%% Throws away what has come.
drain() -> settled(), thrown_away().
thrown_away() -> receive _ -> thrown_away() after 0 -> drained end.
