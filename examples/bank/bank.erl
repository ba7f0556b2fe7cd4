#!/usr/bin/env transom
%% A bank of processes: one process per account, a branch that links to them and restarts them from their journal, clients that move money
%% concurrently, an auditor that monitors everybody, and failures on purpose. The money always adds up.
%%
%%   transom run examples/bank/bank.erl
-module(bank).
-mode(compile).
-export([main/1]).

-record(account, {number, owner, balance = 0, holds = #{}}).

-define(ACCOUNTS, 20).
-define(CLIENTS, 50).
-define(TRANSFERS, 40).
-define(START, 1000).

main(_) ->
    process_flag(trap_exit, true),
    Journal = spawn_link(fun() -> journal(#{}, 0) end),
    Branch = spawn_link(fun() -> branch_init(Journal) end),
    Numbers = [begin {ok, N} = call(Branch, {open, "owner " ++ integer_to_list(I), ?START}), N end || I <- lists:seq(1, ?ACCOUNTS)],
    io:format("opened ~b accounts with ~b each~n", [length(Numbers), ?START]),
    errors(Branch, Numbers),
    Moved = clients(Branch, Numbers),
    Total = audit(Branch, Numbers),
    Expected = ?ACCOUNTS * ?START,
    io:format("transfers attempted: ~b~n", [?CLIENTS * ?TRANSFERS]),
    io:format("all answered: ~p~n", [Moved =:= ?CLIENTS * ?TRANSFERS]),
    io:format("total ~b, as it was: ~p~n", [Total, Total =:= Expected]),
    crash(Branch, Numbers),
    io:format("total after crashes ~b: ~p~n", [audit(Branch, Numbers), audit(Branch, Numbers) =:= Expected]),
    {ok, Restarts} = call(Branch, restarts),
    io:format("restarts: ~b~n", [Restarts]),
    stop(Branch),
    stop(Journal).

%%% Calls: a monitor per request, so that a dead server is an answer too

call(Server, Request) -> call(Server, Request, 5000).

call(Server, Request, Timeout) ->
    Ref = monitor(process, Server),
    Server ! {call, {self(), Ref}, Request},
    receive
        {Ref, Reply} ->
            demonitor(Ref, [flush]),
            Reply;
        {'DOWN', Ref, process, _, Reason} ->
            {error, {down, Reason}}
    after Timeout ->
        demonitor(Ref, [flush]),
        {error, timeout}
    end.

reply({Pid, Ref}, Reply) -> Pid ! {Ref, Reply}, ok.

stop(Pid) ->
    Ref = monitor(process, Pid),
    unlink(Pid),
    exit(Pid, shutdown),
    receive {'DOWN', Ref, process, Pid, Reason} -> io:format("stopped: ~p~n", [Reason]) end.

%%% The journal: the balance of every account, told after each change; accounts restart from it

journal(Balances, Entries) ->
    receive
        {call, From, {write, Number, Account}} ->
            reply(From, ok),
            journal(Balances#{Number => Account}, Entries + 1);
        {call, From, {read, Number}} ->
            reply(From, maps:find(Number, Balances)),
            journal(Balances, Entries)
    end.

%%% The branch: opens accounts, keeps their processes, restarts those that crash

-record(branch, {journal, pids = #{}, numbers = #{}, next = 1, restarts = 0}).

branch_init(Journal) ->
    process_flag(trap_exit, true),
    branch(#branch{journal = Journal}).

branch(#branch{journal = Journal, pids = Pids, numbers = Numbers} = B) ->
    receive
        {call, From, {open, Owner, Amount}} when is_integer(Amount), Amount >= 0 ->
            Number = B#branch.next,
            Account = #account{number = Number, owner = Owner, balance = Amount},
            ok = call(Journal, {write, Number, Account}),
            reply(From, {ok, Number}),
            branch(start_account(Number, B#branch{next = Number + 1}));
        {call, From, {open, _, Amount}} ->
            reply(From, {error, {bad_amount, Amount}}),
            branch(B);
        {call, From, {find, Number}} ->
            reply(From, maps:find(Number, Pids)),
            branch(B);
        {call, From, restarts} ->
            reply(From, {ok, B#branch.restarts}),
            branch(B);
        {'EXIT', Pid, Reason} when is_map_key(Pid, Numbers) ->
            #{Pid := Number} = Numbers,
            log_crash(Number, Reason),
            B2 = B#branch{numbers = maps:remove(Pid, Numbers), restarts = B#branch.restarts + 1},
            branch(start_account(Number, B2));
        {'EXIT', _, shutdown} ->
            exit(shutdown)
    end.

start_account(Number, #branch{journal = Journal, pids = Pids, numbers = Numbers} = B) ->
    Pid = spawn_link(fun() -> {ok, Account} = call(Journal, {read, Number}), account(Account, Journal) end),
    B#branch{pids = Pids#{Number => Pid}, numbers = Numbers#{Pid => Number}}.

log_crash(Number, {Reason, [_ | _]}) -> log_crash(Number, Reason);
log_crash(Number, Reason) -> io:format("account ~b crashed: ~p~n", [Number, Reason]).

%%% An account

account(#account{balance = Balance, holds = Holds} = A, Journal) ->
    receive
        {call, From, balance} ->
            reply(From, {ok, Balance}),
            account(A, Journal);
        {call, From, {deposit, Amount}} when is_integer(Amount), Amount > 0 ->
            done(From, ok, A#account{balance = Balance + Amount}, Journal);
        {call, From, {hold, Amount}} when is_integer(Amount), Amount > 0, Amount =< Balance ->
            Ref = make_ref(),
            done(From, {ok, Ref}, A#account{balance = Balance - Amount, holds = Holds#{Ref => Amount}}, Journal);
        {call, From, {hold, Amount}} when is_integer(Amount), Amount > Balance ->
            reply(From, {error, {insufficient, Balance}}),
            account(A, Journal);
        {call, From, {commit, Ref}} when is_map_key(Ref, Holds) ->
            done(From, ok, A#account{holds = maps:remove(Ref, Holds)}, Journal);
        {call, From, {cancel, Ref}} when is_map_key(Ref, Holds) ->
            done(From, ok, A#account{balance = Balance + map_get(Ref, Holds), holds = maps:remove(Ref, Holds)}, Journal);
        {call, _, {divide_by, N}} ->
            account(A#account{balance = Balance div N}, Journal);
        {call, From, Other} ->
            reply(From, {error, {bad_request, Other}}),
            account(A, Journal)
    end.

done(From, Reply, Account, Journal) ->
    ok = call(Journal, {write, Account#account.number, Account}),
    reply(From, Reply),
    account(Account, Journal).

%%% A transfer: hold here, deposit there, then commit; cancel when the other side fails

transfer(Branch, From, To, Amount) ->
    maybe_transfer(call(Branch, {find, From}), call(Branch, {find, To}), Amount).

maybe_transfer({ok, Same}, {ok, Same}, _) -> {error, same_account};
maybe_transfer({ok, From}, {ok, To}, Amount) ->
    case call(From, {hold, Amount}) of
        {ok, Ref} ->
            case call(To, {deposit, Amount}) of
                ok -> call(From, {commit, Ref});
                {error, Why} ->
                    ok = call(From, {cancel, Ref}),
                    {error, Why}
            end;
        Error -> Error
    end;
maybe_transfer(_, _, _) -> {error, no_such_account}.

%%% Clients: a small generator of their own, so that a run can be repeated

clients(Branch, Numbers) ->
    Parent = self(),
    Pids = [spawn_link(fun() -> Parent ! {self(), client(Branch, length(Numbers), I * 7919, ?TRANSFERS, 0)} end) || I <- lists:seq(1, ?CLIENTS)],
    lists:sum([receive {Pid, N} -> N end || Pid <- Pids]).

client(_, _, _, 0, Answered) -> Answered;
client(Branch, Count, Seed, N, Answered) ->
    S1 = next(Seed),
    S2 = next(S1),
    S3 = next(S2),
    Answer = transfer(Branch, 1 + S1 rem Count, 1 + S2 rem Count, 1 + S3 rem 300),
    case Answer of
        ok -> ok;
        {error, {insufficient, _}} -> ok;
        {error, same_account} -> ok
    end,
    client(Branch, Count, S3, N - 1, Answered + 1).

next(S) -> (S * 1103515245 + 12345) band 16#7FFFFFFF.

audit(Branch, Numbers) ->
    lists:sum([begin {ok, Pid} = call(Branch, {find, N}), {ok, B} = call(Pid, balance), B end || N <- Numbers]).

%%% What goes wrong, and what is answered

errors(Branch, [A, B | _]) ->
    {ok, Pid} = call(Branch, {find, A}),
    Answers = [
        call(Branch, {open, "nobody", -5}),
        transfer(Branch, A, B, 1000000),
        transfer(Branch, A, A, 1),
        transfer(Branch, A, 999, 1),
        call(Pid, {deposit, -1}),
        call(Pid, {commit, make_ref_like}),
        call(spawn(fun() -> ok end), balance, 1000)
    ],
    [io:format("  ~p~n", [shorten(X)]) || X <- Answers].

shorten({error, {down, noproc}}) -> {error, {down, gone}};
shorten({error, {down, normal}}) -> {error, {down, gone}};
shorten(X) -> X.

crash(Branch, [A, B, C | _]) ->
    [begin
         {ok, Pid} = call(Branch, {find, N}),
         {error, {down, Why}} = call(Pid, {divide_by, 0}),
         {badarith, [_ | _]} = Why,
         wait_for_restart(Branch, N, Pid)
     end || N <- [A, B]],
    {ok, Pid} = call(Branch, {find, C}),
    exit(Pid, kill),
    wait_for_restart(Branch, C, Pid).

wait_for_restart(Branch, Number, Old) ->
    case call(Branch, {find, Number}) of
        {ok, Old} -> erlang:yield(), wait_for_restart(Branch, Number, Old);
        {ok, _New} -> ok
    end.
