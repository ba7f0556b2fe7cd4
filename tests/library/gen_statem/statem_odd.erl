%% Time-outs of zero set twice, replies in the debug log, what terminate/3 hears of an answer that is none, where one stands that hibernates.
-module(statem_odd).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, handle_event/4, terminate/3]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    show(fun() -> events([{state_timeout, 10, a}, {state_timeout, 20, b}, {timeout, 0, x}, {timeout, 0, y}, {{timeout, n}, 0, z}], 3) end),  % expect: [{timeout,y},{{timeout,n},z},{state_timeout,b}]
    show(fun() -> events([{timeout, 0, x}, {timeout, 0, y}], 1) end),  % expect: [{timeout,y}]
    show(fun() -> events([{{timeout, n}, 0, z}, {{timeout, m}, 0, w}], 2) end),  % expect: [{{timeout,n},z},{{timeout,m},w}]
    show(fun() -> {ok, P} = machine([]), sys:log(P, true), sys:get_state(P), ok = gen_statem:call(P, {reply, ok}), {ok, L} = sys:log(P, get), [element(1, E) || E <- L] end),  % expect: [in,out,consume]
    show(fun() -> [ended(A) || A <- [foo, {keep_state_and_data, [foo]}, {keep_state_and_data, {state_timeout, foo, x}}, {stop_and_reply, normal, [foo]}]] end),  % expect: [{bad_return_from_state_function,foo},{bad_action_from_state_function,foo},{bad_action_from_state_function,{state_timeout,foo,x}},{bad_reply_action_from_state_function,foo}]
    show(fun() -> ended(fail) end),  % expect: failed
    show(fun() -> {ok, P} = machine([]), gen_statem:cast(P, {answer, {keep_state_and_data, [hibernate]}}), settled(P, 300), process_info(P, [current_function, current_location, current_stacktrace]) end).  % expect: [{current_function,{erlang,hibernate,3}},{current_location,{erlang,hibernate,3,[]}},{current_stacktrace,[]}]

machine(Actions) -> gen_statem:start(?MODULE, {self(), Actions}, []).

events(Actions, N) ->
    {ok, _} = machine(Actions),
    [receive {event, T, C} -> {T, C} after 30000 -> none end || _ <- lists:seq(1, N)].

ended(Answer) ->
    {ok, P} = machine([]),
    gen_statem:cast(P, {answer, Answer}),
    receive {ended, Reason} -> case Reason of {R, [{_, _, _, _} | _]} -> {with_stack, R}; _ -> Reason end after 30000 -> none end.

settled(P, 0) -> {still_running, P};
settled(P, N) ->
    case process_info(P, current_function) of
        {_, {erlang, hibernate, 3}} -> ok;
        _ -> receive after 100 -> settled(P, N - 1) end
    end.

callback_mode() -> handle_event_function.
init({P, Actions}) -> {ok, s, P, Actions}.
handle_event({call, From}, {reply, R}, _, _) -> {keep_state_and_data, [{reply, From, R}]};
handle_event(cast, {answer, fail}, _, _) -> error(failed);
handle_event(cast, {answer, A}, _, _) -> A;
handle_event(T, C, _, P) -> P ! {event, T, C}, keep_state_and_data.
terminate(Reason, _, P) -> P ! {ended, Reason}.
