%% What a reload, a plan or a rollback has to say, as text and as JSON.
-module(transom_reload_text).

-export([format/1, json/1, guard_json/1, place/1, rehearsal/2, text/2, failed/2]).

format(#{result := Result} = R) ->
    [[[T, $\n] || {_, Said} <- maps:get(broken, R, []), {T, _} <- Said],
     [[W, $\n] || {W, _} <- maps:get(warnings, R, [])],
     [["error: ", U, $\n] || U <- maps:get(unknown, R, [])],
     [module(M) || M <- maps:get(modules, R, [])],
     [process(P) || P <- maps:get(processes, R, [])],
     [server(S) || S <- maps:get(servers, R, [])],
     [supervisor(S) || S <- maps:get(supervisors, R, [])],
     [fun_held(F) || F <- maps:get(funs, R, [])],
     [["rehearsal: ", rehearsal(M, H), $\n] || {M, H} <- lists:sort(maps:to_list(maps:get(rehearsal, R, #{})))],
     [io_lib:format("trace of ~ts:~ts/~w affected: the function is ~ts~n", [M, F, A, C]) || {M, F, A, C} <- maps:get(traces, R, [])],
     [[io_lib:format("~ts: ~ts~n", [Code, Text]), [["  mend: ", M, $\n] || M <- mend(Code)]] || {Code, _, _, Text} <- maps:get(refusals, R, [])],
     [["  ", place(P), $\n] || {_, _, _, _, _, old} = P <- case Result of refused -> maps:get(places, R, []); _ -> [] end],
     last(Result, R)].

%% What helps against a refusal; the codes are stable.
mend('R001') -> ["wait until nobody is in it (--wait), or let them be killed (--force)"];
mend('R002') -> ["reload the callers in the same step, or keep the exports"];
mend('R003') -> ["a code_change; transom_reload:migrate/2 converts records by the names of their fields"];
mend('R004') -> [];
mend('R005') -> ["mend code_change and reload again"];
mend('R006') -> ["mend the on_load function and reload again"];
mend('R007') -> ["--timeout MS, or try again when it is less busy"];
mend('R008') -> ["a clause code_change({down, Vsn}, ...), or reload the old source"];
mend('R009') -> ["reload the source"];
mend('R010') -> ["mend the source"];
mend('R011') -> ["a clause code_change({down, Vsn}, ...), or reload without --guard"];
mend(_) -> [].

last(unchanged, _) -> "nothing to do: all code is that of its source\n";
last(plan, #{refusals := []}) -> "plan only, nothing was changed\n";
last(plan, _) -> "plan only; the reload would be refused\n";
last(refused, _) -> "refused, nothing was changed\n";
last(failed, _) -> "failed\n";
last(rolled_back, _) -> "failed and undone: old code, old states, everybody runs on\n";
last(reloaded, #{modules := Ms} = R) -> done(["reloaded ", count(length([1 || #{unchanged := false} <- Ms]), "module")], R);
last(rolled_back_to, #{number := N} = R) -> done(io_lib:format("rolled back reload ~w", [N]), R).

done(What, #{switch_us := Us, converted := C} = R) ->
    Killed = case R of
                 #{killed := [_ | _] = Ps} -> io_lib:format(", ~w killed", [length(Ps)]);
                 #{} -> ""
             end,
    Old = [[io_lib:format("~w process(es) still in old code of ~ts~n", [length(In), M]),
            [["  ", place(P), $\n] || {_, M1, _, _, _, old} = P <- maps:get(places, R, []), M1 =:= M]]
           || {M, [_ | _] = In} <- maps:get(in_old, R, [])],
    [What, io_lib:format(" in ~.2f ms, ~ts converted", [Us / 1000, count(C, "state")]), Killed, $\n, Old].

count(1, What) -> ["1 ", What];
count(N, What) -> io_lib:format("~w ~ts~ts", [N, What, "s"]).

module(#{module := M, unchanged := true}) -> io_lib:format("module ~ts: unchanged~n", [M]);
module(#{module := M, from := From, to := To, functions := Fs, records := Rs, lost := Lost}) ->
    Same = length([1 || {_, _, same, _} <- Fs]),
    [case From of
         none -> io_lib:format("module ~ts: new, version ~w~n", [M, To]);
         _ -> io_lib:format("module ~ts: version ~w to ~w~n", [M, From, To])
     end,
     [io_lib:format("  ~ts ~tw/~w  ~ts~n", [C, F, A, short(H)]) || {F, A, C, H} <- Fs, C =/= same, From =/= none],
     io_lib:format("  same: ~w function(s)~n", [Same]),
     [["  record ", atom_to_list(N), " ", lists:join(", ", shape(Added, Removed, Moved)), $\n] || {N, Added, Removed, Moved} <- Rs],
     [["  export ", io_lib:format("~tw/~w vanishes", [F, A]),
       case Callers of [] -> ""; _ -> [", called by ", lists:join(", ", [caller(C) || C <- Callers])] end, $\n]
      || {F, A, Callers} <- Lost]].

%% Enough of a hash to tell versions of a function apart.
short(Hash) -> binary:encode_hex(binary:part(Hash, 0, 4), lowercase).

caller({M, F, A}) -> io_lib:format("~tw:~tw/~w", [M, F, A]);
caller(M) -> atom_to_list(M).

shape(Added, Removed, Moved) ->
    ["gains " ++ names(Added) || Added =/= []] ++ ["loses " ++ names(Removed) || Removed =/= []] ++
        ["changes the order of its fields" || Moved].

names(Atoms) -> lists:append(lists:join(", ", [atom_to_list(A) || A <- Atoms])).

process({_, _, _, _, _, Fate} = P) -> [place(P), ": ", fate(Fate), $\n].

%% "process <0.90.0> (name) in m@1 loop/1 line 12"
place({Pid, M, V, {F, A}, Line, _}) ->
    Where = case Line of
                undefined -> "";
                _ -> io_lib:format(" line ~w", [Line])
            end,
    io_lib:format("process ~ts in ~ts@~w ~tw/~w~ts", [named(Pid), M, V, F, A, Where]).

named(Pid) ->
    case process_info(Pid, registered_name) of
        {registered_name, Name} -> io_lib:format("~tp (~tw)", [Pid, Name]);
        _ -> io_lib:format("~tp", [Pid])
    end.

server({Pid, M, B, V, Fate}) ->
    Made = case V of
               0 -> "";
               _ -> io_lib:format(", made by version ~w", [V])
           end,
    io_lib:format("state of ~ts (~ts ~ts~ts): ~ts~n", [named(Pid), B, M, Made, state(Fate)]).

state(converts) -> "converts by code_change";
state(stays) -> "stays as it is".

%% OTP's rule: a supervisor that changes starts and stops nobody.
supervisor({Pid, M, {failed, Why}}) -> io_lib:format("supervisor ~ts (~ts): init/1 of the new code fails: ~ts~n", [named(Pid), M, reason(Why)]);
supervisor({Pid, M, Changes}) -> [io_lib:format("supervisor ~ts (~ts): child ~tp ~ts~n", [named(Pid), M, Id, child(C)]) || {Id, C} <- Changes].

child(added) -> "comes, not started: supervisor:restart_child/2 does";
child(removed) -> "goes from the specifications and runs on";
child(changed) -> "is specified anew, from its next start on".

fun_held({Holder, Place, M, F, A, V, N, Fate}) ->
    io_lib:format("~w fun(s) ~tw:~tw/~w of version ~w held in ~ts: ~ts~n", [N, M, F, A, V, holder(Holder, Place), held(Fate)]).

holder(Pid, Place) when is_pid(Pid) -> io_lib:format("the ~ts of process ~ts", [Place, named(Pid)]);
holder({ets, Name}, _) -> io_lib:format("ETS table ~tw", [Name]);
holder({persistent_term, Key}, _) -> io_lib:format("persistent term ~tp", [Key]).

held(carried) -> "carried over";
held(until_purge) -> "runs its version until that is purged";
held(dead) -> "its code is gone".

fate(unaffected) -> "is carried over";
fate(moves) -> "moves at its next message";
fate(stays) -> "stays in its version";
fate(would_die) -> "would die".

%% "412 of 415 states convert; 3 fail: function_clause at line 40"
rehearsal(M, #{converted := N, failed := F, silent := S}) ->
    All = N + length(F) + length(S),
    [io_lib:format("~ts: ~w of ~w states convert", [M, N, All]),
     [io_lib:format("; ~w fail: ~ts", [length(F), reasons([W || {_, W} <- F])]) || F =/= []],
     [io_lib:format("; ~w did not answer: ~tp", [length(S), S]) || S =/= []]].

reasons(Whys) -> lists:join(", ", lists:usort([lists:flatten(reason(W)) || W <- Whys])).

reason({Class, Reason, Stack}) ->
    Line = case [L || {_, _, _, Info} <- Stack, {line, L} <- Info] of
               [L | _] -> io_lib:format(" at line ~w", [L]);
               [] -> ""
           end,
    What = if is_atom(Reason), Class =:= error -> atom_to_list(Reason);
              true -> io_lib:format("~ts ~0tP", [Class, Reason, 12])
           end,
    [What, Line];
reason({bad_return, Term}) -> io_lib:format("code_change returned ~0tP", [Term, 12]);
reason(Other) -> io_lib:format("~0tp", [Other]).

%%% Refusals

%% Why a step was undone.
failed(suspend, {P, Why}) -> {'R007', P, 1, text("~tp did not stand still: ~tp; nothing was changed, everybody runs on", [P, Why])};
failed(code_change, {P, M, Why}) ->
    {'R005', M, 1, text("code_change of ~tp in ~ts failed: ~tp; old code, old states", [P, M, Why])};
failed(switch, Why) -> {'R001', undefined, 1, text("the switch was not made: ~tp", [Why])}.

%% The text of a refusal.
text(Format, Args) -> unicode:characters_to_binary(io_lib:format(Format, Args)).

%%% JSON

json(#{result := Result} = R) ->
    json:encode(maps:map(fun value/2, maps:with([result, modules, processes, refusals, warnings, broken, unknown, rehearsal, number,
                                                  switch_us, compile_us, converted, killed, in_old, places, unchanged, servers, supervisors, funs, traces], R#{result => Result}))).

value(modules, Ms) -> [plan(M) || M <- Ms];
value(processes, Ps) ->
    [#{pid => pid(P), module => M, version => V, function => name(F, A), line => null(L), fate => Fate} || {P, M, V, {F, A}, L, Fate} <- Ps];
value(refusals, Rs) -> [#{code => C, subject => subject(S), count => N, text => T, mend => bin(mend(C))} || {C, S, N, T} <- Rs];
value(broken, Bs) -> [#{file => bin(P), diagnostics => [Parts || {_, Parts} <- Said]} || {P, Said} <- Bs];
value(warnings, Said) -> [Parts || {_, Parts} <- Said];
value(unknown, Us) -> [bin(U) || U <- Us];
value(rehearsal, H) ->
    maps:map(fun(_, #{converted := N, failed := F, silent := S}) ->
                     #{converted => N, failed => [#{pid => pid(P), why => bin(reason(W))} || {P, W} <- F], silent => [pid(P) || P <- S]}
             end, H);
value(killed, Ps) -> [pid(P) || P <- Ps];
value(in_old, L) -> [#{module => M, processes => [pid(P) || P <- Ps]} || {M, Ps} <- L];
value(places, L) -> [#{pid => pid(P), module => M, version => V, function => name(F, A), line => null(Li)} || {P, M, V, {F, A}, Li, _} <- L];
value(servers, L) -> [#{pid => pid(P), module => M, behaviour => B, version => V, state => Fate} || {P, M, B, V, Fate} <- L];
value(supervisors, L) ->
    [case Plan of
         {failed, Why} -> #{pid => pid(P), module => M, failed => bin(reason(Why))};
         _ -> #{pid => pid(P), module => M, children => [#{id => bin(io_lib:format("~tp", [Id])), change => C} || {Id, C} <- Plan]}
     end || {P, M, Plan} <- L];
value(funs, L) ->
    [#{holder => bin(holder(H, Pl)), place => Pl, module => M, function => name(F, A), version => V, count => N, fate => Fate}
     || {H, Pl, M, F, A, V, N, Fate} <- L];
value(traces, L) -> [#{module => M, function => name(F, A), change => C} || {M, F, A, C} <- L];
value(_, V) -> V.

plan(#{functions := Fs, records := Rs, lost := Ls, from := From} = M) ->
    M#{from := null(From),
       functions := [#{function => name(F, A), change => C, hash => binary:encode_hex(H, lowercase)} || {F, A, C, H} <- Fs],
       records := [#{record => N, added => Ad, removed => Re, reordered => Mo} || {N, Ad, Re, Mo} <- Rs],
       lost := [#{function => name(F, A), callers => [bin(caller(C)) || C <- Cs]} || {F, A, Cs} <- Ls]}.

%% The end of a guard.
guard_json(#{verdict := Verdict, ms := Ms} = R) ->
    Figures = fun(#{calls := Calls, errors := Errors}) ->
                      [#{function => bin(transom_guard:name(F)), calls => N, errors => maps:get(F, Errors, 0), p90_ns => P}
                       || F <- lists:usort(maps:keys(Calls) ++ maps:keys(Errors)), {N, P} <- [maps:get(F, Calls, {0, 0})]]
              end,
    json:encode(#{guard => Verdict, ms => Ms, why => [bin(transom_guard:finding(W)) || W <- maps:get(why, R, [])],
                  old => Figures(maps:get(old, R)), new => Figures(maps:get(new, R))}).

null(none) -> null;
null(undefined) -> null;
null(V) -> V.

subject(S) when is_atom(S) -> S;
subject(S) ->
    case io_lib:printable_unicode_list(S) of
        true -> bin(S);
        false -> bin(io_lib:format("~tp", [S]))
    end.

pid(P) -> list_to_binary(pid_to_list(P)).
name(F, A) -> bin(io_lib:format("~tw/~w", [F, A])).
bin(Chars) -> unicode:characters_to_binary(Chars).
