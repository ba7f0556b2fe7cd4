%% Names and passwords from the file given with `--users FILE`: a line `name:password` each. A user may publish and subscribe below `users/NAME/`
%% and `public/`. Users behind a line `[MOUNTPOINT]` have topics of their own: they and the others never see each other's messages.
-module(mqtt_hooks_file).
-behaviour(mqtt_hooks).

-export([auth_on_register/5, auth_on_publish/6, auth_on_subscribe/3]).

auth_on_register(_, _, User, Password, _) when is_binary(User), is_binary(Password) ->
    case users() of
        #{User := {Password, <<>>}} -> ok;
        #{User := {Password, Mountpoint}} -> {ok, [{mountpoint, Mountpoint}]};
        #{} -> {error, invalid_credentials}
    end;
auth_on_register(_, _, _, _, _) -> {error, invalid_credentials}.

auth_on_publish(User, _, _, Topic, _, _) -> allowed(User, mqtt_topic:words(Topic)).

auth_on_subscribe(User, _, Topics) ->
    case [T || {T, _} <- Topics, may_subscribe(User, T) =/= ok] of
        [] -> ok;
        _ -> {error, not_allowed}
    end.

may_subscribe(User, Filter) ->
    case mqtt_topic:share(Filter) of
        {_, Real} -> may_subscribe(User, Real);
        _ -> allowed(User, mqtt_topic:words(Filter))
    end.

allowed(_, [<<"public">> | _]) -> ok;
allowed(User, [<<"users">>, User | _]) -> ok;
allowed(_, _) -> {error, not_allowed}.

users() ->
    {ok, Text} = file:read_file(mqtt_config:get(users)),
    {_, Users} = lists:foldl(fun line/2, {<<>>, #{}}, binary:split(Text, [<<"\n">>, <<"\r">>], [global])),
    Users.

line(<<"[", Rest/binary>>, {_, Users}) -> {hd(binary:split(Rest, <<"]">>)), Users};
line(Line, {Mountpoint, Users}) ->
    case binary:split(Line, <<":">>) of
        [User, Password] -> {Mountpoint, Users#{User => {Password, Mountpoint}}};
        [_] -> {Mountpoint, Users}
    end.
