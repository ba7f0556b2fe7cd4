%% process_flag: edge.
% reference: OTP 27: max_heap_size has include_shared_binaries
-module(bif_process_flag_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_flag(priority, normal) end),  % expect: normal
    show(fun() -> process_flag(min_heap_size, 500) >= 233 end),  % expect: true
    show(fun() -> process_flag(message_queue_data, off_heap) end),  % expect: on_heap
    show(fun() -> process_flag(error_handler, error_handler) end),  % expect: error_handler
    show(fun() -> process_flag(save_calls, 10) end),  % expect: 0
    show(fun() -> process_flag(sensitive, false) end),  % expect: false
    show(fun() -> process_flag(max_heap_size, 0) end).  % expect: #{error_logger => true,include_shared_binaries => false,kill => true,
    % expect:   size => 0}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
