%% What logger:i/0,1 prints, and in which order filters are called.
-module(logger_listing_printed).
-export([log/2, keep/2, note/2]).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, notice),
    show(fun() -> lines(fun() -> logger:i() end) end),  % expect: {ok,["Primary configuration: ","    Level: notice","    Filter Default: log","    Filters: ","        (none)","Handler configuration: ","    (none)","Proxy configuration: ","    burst_limit_enable: false","    burst_limit_max_count: 500","    burst_limit_window_time: 1000","    drop_mode_qlen: 1000","    flush_qlen: 5000","    overload_kill_enable: false","    overload_kill_mem_size: 3000000","    overload_kill_qlen: 20000","    overload_kill_restart_after: 5000","    sync_mode_qlen: 500","Level set per module: ","    (none)",[]]}
    show(fun() -> lines(fun() -> logger:i(primary) end) end),  % expect: {ok,["Primary configuration: ","    Level: notice","    Filter Default: log","    Filters: ","        (none)",[]]}
    show(fun() -> lines(fun() -> logger:i(handlers) end) end),  % expect: {ok,["Handler configuration: ","    (none)",[]]}
    show(fun() -> lines(fun() -> logger:i(modules) end) end),  % expect: {ok,["Level set per module: ","    (none)",[]]}
    show(fun() -> lines(fun() -> logger:i(proxy) end) end),  % expect: {ok,["Proxy configuration: ","    burst_limit_enable: false","    burst_limit_max_count: 500","    burst_limit_window_time: 1000","    drop_mode_qlen: 1000","    flush_qlen: 5000","    overload_kill_enable: false","    overload_kill_mem_size: 3000000","    overload_kill_qlen: 20000","    overload_kill_restart_after: 5000","    sync_mode_qlen: 500",[]]}
    show(fun() -> lines(fun() -> logger:i(no_such_handler) end) end),  % expect: {{error,{not_found,no_such_handler}},[[]]}
    show(fun() -> printed(fun() -> logger:i("text") end) end),  % expect: {{error,badarg},[]}
    show(fun() -> logger:add_handler(h1, ?MODULE, #{config => [a, b], level => info, my_key => [{a, b}, #{x => y}], nested => #{a => #{b => c, d => "str"}}}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(h1) end) end),  % expect: {ok,["Handler configuration: ","    Id: h1","        Module: logger_listing_printed","        Level:  info","        Formatter:","            Module: logger_formatter","            Config:","                []","        Filter Default: log","        Filters:","            (none)","        Handler Config:","            [a,b]","        Custom Config:","            my_key: [{a,b},#{x => y}]","            nested: #{a => #{b => c,d => \"str\"}}",[]]}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{config => #{}, formatter => {?MODULE, foo}, x => #{}, long => lists:seq(1, 60)}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(h2) end) end),  % expect: {ok,["Handler configuration: ","    Id: h2","        Module: logger_listing_printed","        Level:  all","        Formatter:","            Module: logger_listing_printed","            Config:","                foo","        Filter Default: log","        Filters:","            (none)","        Handler Config:","            []","        Custom Config:","            long: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,","                   23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,","                   42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60]","            x: #{}",[]]}
    show(fun() -> logger:add_handler(h3, ?MODULE, #{formatter => {?MODULE, #{q => #{z => 1}}}, config => #{a => #{b => 1}, "k" => x, 'Q q' => 1}}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(h3) end) end),  % expect: {ok,["Handler configuration: ","    Id: h3","        Module: logger_listing_printed","        Level:  all","        Formatter:","            Module: logger_listing_printed","            Config:","                q: #{z => 1}","        Filter Default: log","        Filters:","            (none)","        Handler Config:","            'Q q': 1","            a: #{b => 1}","            \"k\": x",[]]}
    show(fun() -> [logger:get_handler_ids(), [maps:get(id, H) || H <- logger:get_handler_config()]] end),  % expect: [[h3,h2,h1],[h3,h2,h1]]
    show(fun() -> [logger:notice("text"), noted()] end),  % expect: [ok,[h3,h2,h1]]
    show(fun() -> [logger:remove_handler(h2), logger:remove_handler(h3)] end),  % expect: [ok,ok]
    show(fun() -> logger:add_primary_filter(first, {fun ?MODULE:note/2, one}) end),  % expect: ok
    show(fun() -> logger:add_primary_filter(second, {fun ?MODULE:note/2, two}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(primary) end) end),  % expect: {ok,["Primary configuration: ","    Level: notice","    Filter Default: log","    Filters: ","        Id: second","            Fun: fun logger_listing_printed:note/2","            Arg: two","        Id: first","            Fun: fun logger_listing_printed:note/2","            Arg: one",[]]}
    show(fun() -> logger:add_handler_filter(h1, first, {fun ?MODULE:note/2, three}) end),  % expect: ok
    show(fun() -> logger:add_handler_filter(h1, second, {fun ?MODULE:note/2, lists:seq(1, 40)}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(h1) end) end),  % expect: {ok,["Handler configuration: ","    Id: h1","        Module: logger_listing_printed","        Level:  info","        Formatter:","            Module: logger_formatter","            Config:","                []","        Filter Default: log","        Filters:","            Id: second","                Fun: fun logger_listing_printed:note/2","                Arg: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,","                      22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,","                      40]","            Id: first","                Fun: fun logger_listing_printed:note/2","                Arg: three","        Handler Config:","            [a,b]","        Custom Config:","            my_key: [{a,b},#{x => y}]","            nested: #{a => #{b => c,d => \"str\"}}",[]]}
    show(fun() -> [logger:notice("text"), noted()] end),  % expect: [ok,[two,one,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40],three,h1]]
    show(fun() -> [Id || {Id, _} <- maps:get(filters, logger:get_primary_config())] end),  % expect: [second,first]
    show(fun() -> logger:set_module_level([maps, lists], error) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i(modules) end) end),  % expect: {ok,["Level set per module: ","    Module: lists","        Level: error","    Module: maps","        Level: error",[]]}
    show(fun() -> logger:update_primary_config(#{metadata => #{k => v}}) end),  % expect: ok
    show(fun() -> lines(fun() -> logger:i() end) end).  % expect: {ok,["Primary configuration: ","    Level: notice","    Filter Default: log","    Filters: ","        Id: second","            Fun: fun logger_listing_printed:note/2","            Arg: two","        Id: first","            Fun: fun logger_listing_printed:note/2","            Arg: one","Handler configuration: ","    Id: h1","        Module: logger_listing_printed","        Level:  info","        Formatter:","            Module: logger_formatter","            Config:","                []","        Filter Default: log","        Filters:","            Id: second","                Fun: fun logger_listing_printed:note/2","                Arg: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,","                      22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,","                      40]","            Id: first","                Fun: fun logger_listing_printed:note/2","                Arg: three","        Handler Config:","            [a,b]","        Custom Config:","            my_key: [{a,b},#{x => y}]","            nested: #{a => #{b => c,d => \"str\"}}","Proxy configuration: ","    burst_limit_enable: false","    burst_limit_max_count: 500","    burst_limit_window_time: 1000","    drop_mode_qlen: 1000","    flush_qlen: 5000","    overload_kill_enable: false","    overload_kill_mem_size: 3000000","    overload_kill_qlen: 20000","    overload_kill_restart_after: 5000","    sync_mode_qlen: 500","Level set per module: ","    Module: lists","        Level: error","    Module: maps","        Level: error",[]]}

lines(F) ->
    {Answer, Text} = printed(F),
    {Answer, string:split(Text, "\n", all)}.

log(Event, #{id := Id}) -> note(Event, Id).

keep(Event, _) -> Event.

note(Event, What) ->
    put(noted, [What | case get(noted) of undefined -> []; L -> L end]),
    Event.

noted() -> lists:reverse(erase(noted)).
