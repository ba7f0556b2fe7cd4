%% Which descriptions make a group and which do not: lists belong to what they stand in; a group of one test or group is one with it unless both have a title,
%% an order or a time. The place of each in the whole, and how long tests may take.
-module(eunit_groups).
-behaviour(eunit_listener).
-export([start/1, init/1, handle_begin/3, handle_end/3, handle_cancel/3, terminate/2]).
-include("../show.hrl").

start() ->
    register(?MODULE, self()),
    T = fun() -> ok end,
    show(fun() -> told([[T, T], [], T, [[T], [[T]]]]) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{test,[2],undefined,ok},{test,[3],undefined,ok},{test,[4],undefined,ok},{test,[5],undefined,ok},{'end',[],5},[{cancel,0},{fail,0},{pass,5},{skip,0}]]}
    show(fun() -> told({"d", [T]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],<<"d">>,ok},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", [[], [T]]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],<<"d">>,ok},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", [{"e", T}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{test,[1,1],<<"e">>,ok},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", [{"e", [T, T]}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{group,[1,1],<<"e">>,undefined,undefined},{test,[1,1,1],undefined,ok},{test,[1,1,2],undefined,ok},{'end',[1,1],2},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({"d", []}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{'end',[1],0},{'end',[],1},[{cancel,0},{fail,0},{pass,0},{skip,0}]]}
    show(fun() -> told([]) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{'end',[],0},[{cancel,0},{fail,0},{pass,0},{skip,0}]]}
    show(fun() -> told({"d", [{inorder, [T, T]}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,inorder,undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({inorder, [{inparallel, [T, T]}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,inorder,undefined},{group,[1,1],undefined,{inparallel,0},undefined},{test,[1,1,1],undefined,ok},{test,[1,1,2],undefined,ok},{'end',[1,1],2},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({inorder, T}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({inparallel, 2, [T]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({inparallel, [[T], [], T]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,{inparallel,0},undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({"d", {generator, fun() -> [T] end}}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],<<"d">>,ok},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", [{generator, fun() -> [T, T] end}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({"d", [{generator, fun() -> {inorder, [T, T]} end}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,inorder,undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told([{generator, fun() -> [T, T] end}, T]) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{test,[2],undefined,ok},{test,[3],undefined,ok},{'end',[],3},[{cancel,0},{fail,0},{pass,3},{skip,0}]]}
    show(fun() -> told({timeout, 60, [T, T]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,undefined,undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({timeout, 60, [{"e", [T, T]}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"e">>,undefined,undefined},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({timeout, 60, [{timeout, 50, T}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,undefined,undefined},{test,[1,1],undefined,ok},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", {timeout, 60, {"e", T}}}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{test,[1,1],<<"e">>,ok},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"d", [{spawn, {inorder, [T, T]}}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,inorder,local},{test,[1,1],undefined,ok},{test,[1,2],undefined,ok},{'end',[1],2},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({spawn, {"d", T}}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,undefined,local},{test,[1,1],<<"d">>,ok},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({with, 1, [fun(1) -> ok end, fun(1) -> ok end]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{test,[2],undefined,ok},{'end',[],2},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({"d", [{setup, T, [T]}]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"d">>,undefined,undefined},{group,[1,1],undefined,undefined,local},{test,[1,1,1],undefined,ok},{'end',[1,1],1},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({setup, T, {"d", [T, T]}}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,undefined,undefined},{group,[1,1],<<"d">>,undefined,local},{test,[1,1,1],undefined,ok},{test,[1,1,2],undefined,ok},{'end',[1,1],2},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,2},{skip,0}]]}
    show(fun() -> told({setup, local, T, [T]}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],undefined,undefined,undefined},{test,[1,1],undefined,ok},{'end',[1],1},{'end',[],1},[{cancel,0},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"f", {foreach, T, [T, [T, T], []]}}) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{group,[1],<<"f">>,undefined,undefined},{group,[1,1],undefined,undefined,undefined},{group,[1,1,1],undefined,undefined,local},{test,[1,1,1,1],undefined,ok},{'end',[1,1,1],1},{'end',[1,1],1},{group,[1,2],undefined,undefined,undefined},{group,[1,2,1],undefined,undefined,local},{test,[1,2,1,1],undefined,ok},{test,[1,2,1,2],undefined,ok},{'end',[1,2,1],2},{'end',[1,2],1},{group,[1,3],undefined,undefined,undefined},{group,[1,3,1],undefined,undefined,local},{'end',[1,3,1],0},{'end',[1,3],1},{'end',[1],3},{'end',[],1},[{cancel,0},{fail,0},{pass,3},{skip,0}]]}
    show(fun() -> told([{<<255, 0>>, T}, {<<"é"/utf8>>, T}, {"", T}, {[1024], T}]) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],<<255,0>>,ok},{test,[2],<<"é"/utf8>>,ok},{test,[3],<<>>,ok},{test,[4],<<208,128>>,ok},{'end',[],4},[{cancel,0},{fail,0},{pass,4},{skip,0}]]}
    %% A tenth of the usual time, and ten times of it.
    show(fun() -> told([{timeout, 600, [fun slow/0]}, {"d", {timeout, 600, fun slow/0}}, {"e", [{timeout, 600, [fun slow/0]}]}], [{scale_timeouts, 0.1}]) end),  % expect: {ok,[{group,[],undefined,undefined,undefined},{test,[1],undefined,ok},{test,[2],<<"d">>,ok},{test,[3],<<"e">>,ok},{'end',[],3},[{cancel,0},{fail,0},{pass,3},{skip,0}]]}
    show(fun() -> told({timeout, 0.01, [fun never/0]}) end).  % expect: {error,[{group,[],undefined,undefined,undefined},{cancel,test,[1]},{cancel,group,[]},[{cancel,2},{fail,0},{pass,0},{skip,0}]]}

slow() -> timer:sleep(600).
never() -> receive never -> ok end.

told(Tests) -> told(Tests, []).

told(Tests, Options) ->
    Answer = eunit:test(Tests, [no_tty, {report, {?MODULE, []}} | Options]),
    {Answer, all()}.

all() ->
    receive
        {?MODULE, terminated, Counts} -> [Counts];
        {?MODULE, Event} -> [Event | all()]
    end.

start(Options) -> eunit_listener:start(?MODULE, Options).

init(_) -> none.

handle_begin(group, Data, S) -> tell({group, id(Data), desc(Data), proplists:get_value(order, Data), proplists:get_value(spawn, Data)}, S);
handle_begin(test, _, S) -> S.

handle_end(group, Data, S) -> tell({'end', id(Data), proplists:get_value(size, Data)}, S);
handle_end(test, Data, S) -> tell({test, id(Data), desc(Data), proplists:get_value(status, Data)}, S).

handle_cancel(What, Data, S) -> tell({cancel, What, id(Data)}, S).

terminate({ok, Counts}, _) -> ?MODULE ! {?MODULE, terminated, lists:sort(Counts)}.

id(Data) -> proplists:get_value(id, Data).
desc(Data) -> proplists:get_value(desc, Data).

tell(Event, S) ->
    ?MODULE ! {?MODULE, Event},
    S.
