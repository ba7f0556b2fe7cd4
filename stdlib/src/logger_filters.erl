%% The ready-made log filters.
-module(logger_filters).

-export([domain/2, level/2, progress/2, remote_gl/2]).

domain(#{meta := Meta} = Event, {Action, Compare, Domain} = Arg) when Action =:= log orelse Action =:= stop, is_list(Domain) ->
    Own = maps:get(domain, Meta, undefined),
    Hit = case Compare of
        super -> is_list(Own) andalso lists:prefix(Own, Domain);
        sub -> is_list(Own) andalso lists:prefix(Domain, Own);
        equal -> Own =:= Domain;
        not_equal -> is_list(Own) andalso Own =/= Domain orelse Own =:= undefined;
        undefined -> Own =:= undefined;
        _ -> error(badarg, [Event, Arg])
    end,
    outcome(Hit, Action, Event);
domain(Event, Arg) -> error(badarg, [Event, Arg]).

level(#{level := Level} = Event, {Action, Op, Limit}) when Action =:= log; Action =:= stop ->
    Order = logger:compare_levels(Level, Limit),
    Hit = case Op of
        _ when not (Op =:= neq orelse Op =:= eq orelse Op =:= lt orelse Op =:= gt orelse Op =:= lteq orelse Op =:= gteq) ->
            error(badarg, [Event, {Action, Op, Limit}]);
        neq -> Order =/= eq;
        eq -> Order =:= eq;
        lt -> Order =:= lt;
        gt -> Order =:= gt;
        lteq -> Order =/= gt;
        gteq -> Order =/= lt
    end,
    outcome(Hit, Action, Event);
level(Event, Arg) -> error(badarg, [Event, Arg]).

progress(#{msg := {report, #{label := {_, progress}}}} = Event, Action) when Action =:= log; Action =:= stop ->
    outcome(true, Action, Event);
progress(#{msg := _}, Action) when Action =:= log; Action =:= stop -> ignore;
progress(Event, Action) -> error(badarg, [Event, Action]).

remote_gl(#{meta := #{gl := GL}} = Event, Action) when is_pid(GL), Action =:= log orelse Action =:= stop ->
    outcome(node(GL) =/= node(), Action, Event);
remote_gl(#{meta := _}, Action) when Action =:= log; Action =:= stop -> ignore;
remote_gl(Event, Action) -> error(badarg, [Event, Action]).

outcome(false, _, _) -> ignore;
outcome(true, log, Event) -> Event;
outcome(true, stop, _) -> stop.
