%% Whose state a reload converts, and the rehearsal: the conversion of copies of all live states, in throwaway processes (`transom_upgrade`), before
%% anything is switched. Answers are {#{Module => Counts}, Refusals}.
-module(transom_rehearsal).

-export([converters/3, has_code_change/2, there/5, there_and_back/4, back/3, supervisors/3, vsn_of/1]).

%% Whose code_change runs: servers of modules that have one and another version. A record that changes shape without one is a refusal.
converters(Servers, Plans, Prepared) ->
    Has = fun(M, B) ->
                  {_, P, _} = lists:keyfind(M, 1, Prepared),
                  B =:= supervisor orelse erts_internal:prepared_exports(P, code_change, arity(B))
          end,
    Convert = [{P, M, B, vsn(M)} || {P, M, B, _} <- Servers, Has(M, B)],
    R3 = [{'R003', M, length(Rs), transom_reload_text:text("~w record(s) of ~ts change shape (~ts) while ~w process(es) keep its state; give it a code_change that"
                                       " converts the state", [length(Rs), M, lists:join(", ", [atom_to_list(element(1, R)) || R <- Rs]), N])}
          || #{module := M, records := [_ | _] = Rs, unchanged := false} <- Plans,
             N <- [length([P || {P, M1, B, _} <- Servers, M1 =:= M, not Has(M, B)])], N > 0],
    {Convert, R3}.

arity(gen_statem) -> 4;
arity(_) -> 3.

%% Of a module that is gone, while servers of it run on, nothing is known.
vsn(M) ->
    Attributes = case erlang:module_loaded(M) of
                     true -> erlang:get_module_info(M, attributes);
                     false -> []
                 end,
    vsn_of(proplists:get_value(vsn, Attributes, undefined)).

%% The version that an attribute says: lists stay lists, so that `-vsn("1")` and `-vsn(49)` look alike; a text is a text.
vsn_of([V] = List) ->
    case io_lib:printable_list(List) of
        true -> List;
        false -> V
    end;
vsn_of(V) -> V.

%% The new code converts copies of all live states.
there(Servers, Convert, Prepared, Extra, Timeout) ->
    Call = fun(M, B, State) ->
                   {_, P, _} = lists:keyfind(M, 1, Prepared),
                   transom_reload_records:rehearsing(M, P),
                   transom_upgrade:in_known_state(B, P, conversion(B, State, vsn(M), Extra, fun(Args) -> erts_internal:call_prepared(P, code_change, Args) end))
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert, B =/= supervisor], Call, min(Timeout, 2000)),
    Stay = [{P, M, gen_statem} || {P, M, gen_statem, _} <- Servers, not lists:any(fun({P1, M1, _, _}) -> P1 =:= P andalso M1 =:= M end, Convert)],
    All = maps:merge(machines(Stay, Prepared, Timeout), Result),
    {All, failures('R005', All)}.

%% Machines whose state nobody converts must find the function of their state as well. Those that do are not worth a word.
machines(Machines, Prepared, Timeout) ->
    Call = fun(M, B, {S, D}) ->
                   {_, P, _} = lists:keyfind(M, 1, Prepared),
                   transom_upgrade:in_known_state(B, P, {ok, S, D})
           end,
    maps:filter(fun(_, #{failed := F}) -> F =/= [] end, transom_upgrade:rehearse(Machines, Call, min(Timeout, 2000))).

%% What the new init/1 of each supervisor means for its children: [{Pid, Module, [{Id, added | removed | changed}] | {failed, Why}}]. It is code_change
%% of supervisors that asks init/1.
supervisors(Servers, Prepared, Timeout) ->
    [{P, M, Plan} || {P, M, supervisor, _} <- Servers, Plan <- [supervisor_plan(P, M, Prepared, min(Timeout, 2000))], Plan =/= []].

supervisor_plan(P, M, Prepared, Timeout) ->
    {_, Code, _} = lists:keyfind(M, 1, Prepared),
    {Me, Tag} = {self(), make_ref()},
    Call = fun(_, _, State) ->
                   {M, Args} = supervisor:'$plan'(State),
                   Me ! {Tag, supervisor:'$plan'(State, erts_internal:call_prepared(Code, init, [Args]))},
                   {ok, planned}
           end,
    Result = transom_upgrade:rehearse([{P, M, supervisor}], Call, Timeout),
    receive {Tag, Plan} -> Plan
    after 0 ->
        case Result of
            #{M := #{failed := [{_, Why}]}} -> {failed, Why};
            _ -> []
        end
    end.

%% A guard may go back: that the converted states convert back is tried beforehand, with the new code on copies of copies.
there_and_back(Convert, Prepared, Extra, Timeout) ->
    There = fun(M, B, State, Vsn) ->
                    {_, P, _} = lists:keyfind(M, 1, Prepared),
                    transom_reload_records:rehearsing(M, P),
                    conversion(B, State, Vsn, Extra, fun(Args) -> erts_internal:call_prepared(P, code_change, Args) end)
            end,
    Call = fun(M, B, State) ->
                   New = case There(M, B, State, vsn(M)) of
                             {ok, S, D} -> {S, D};
                             {ok, S} -> S
                         end,
                   transom_reload_records:backwards(),
                   There(M, B, New, {down, vsn(M)})
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert, B =/= supervisor], Call, min(Timeout, 2000)),
    failures('R011', Result).

failures(Code, Result) ->
    [{Code, M, length(F) + length(S), transom_reload_text:text("~ts", [transom_reload_text:rehearsal(M, R)])}
     || {M, #{failed := F, silent := S} = R} <- lists:sort(maps:to_list(Result)), F =/= [] orelse S =/= []].

conversion(gen_statem, {S, D}, Vsn, Extra, Call) -> Call([Vsn, S, D, Extra]);
conversion(gen_event, States, Vsn, Extra, Call) ->
    {ok, [begin {ok, N} = Call([Vsn, S, Extra]), N end || S <- States]};
conversion(_, State, Vsn, Extra, Call) -> Call([Vsn, State, Extra]).

%% The current code converts copies back, before a rollback.
back(Convert, Extra, Timeout) ->
    Call = fun(M, B, State) ->
                   {_, _, _, Vsn} = lists:keyfind(M, 2, Convert),
                   conversion(B, State, Vsn, Extra, fun(Args) -> apply(M, code_change, Args) end)
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert], Call, min(Timeout, 2000)),
    {Result, failures('R008', Result)}.

has_code_change(_, supervisor) -> false;
has_code_change(M, B) -> erlang:function_exported(M, code_change, arity(B)).
