%% uri_string: URIs by RFC 3986, and the query strings of HTML forms.
%%
%% Work is done on lists of characters; what came as a binary goes back as
%% one. Helpers throw the error tuples the callers answer.
-module(uri_string).

-export([parse/1, recompose/1, normalize/1, normalize/2, resolve/2, resolve/3,
         compose_query/1, compose_query/2, dissect_query/1, transcode/2,
         percent_decode/1, quote/1, quote/2, unquote/1, allowed_characters/0,
         is_host/1, is_path/1]).

-export_type([uri_string/0, uri_map/0, error/0]).

-type uri_string() :: iodata().
-type error() :: {error, atom(), term()}.
-type uri_map() :: map().

%% Characters

unreserved(C) ->
    alpha(C) orelse digit(C) orelse lists:member(C, "-._~").

alpha(C) -> (C >= $a andalso C =< $z) orelse (C >= $A andalso C =< $Z).

digit(C) -> C >= $0 andalso C =< $9.

hex(C) ->
    digit(C) orelse (C >= $a andalso C =< $f) orelse (C >= $A andalso C =< $F).

allowed(scheme, C) -> alpha(C) orelse digit(C) orelse lists:member(C, "+-.");
allowed(ipv4, C) -> digit(C) orelse C =:= $.;
allowed(ipv6, C) -> hex(C) orelse C =:= $: orelse C =:= $.;
allowed(reserved, C) -> lists:member(C, "!#$&'()*+,/:;=?@[]");
allowed(unreserved, C) -> unreserved(C);
allowed(Part, C) ->
    unreserved(C) orelse lists:member(C, "!$%&'()*+,;=")
        orelse lists:member(C, more(Part)).

more(regname) -> "";
more(userinfo) -> ":";
more(host) -> ":";
more(path) -> "/:@";
more(_) -> "/:?@".

allowed_characters() ->
    [{Part, [C || C <- lists:seq(0, 127), Part =/= host orelse C =/= $%,
                  allowed(Part, C)]}
     || Part <- [scheme, userinfo, host, ipv4, ipv6, regname, path, query,
                 fragment, reserved, unreserved]].

%% May a character stand in a host, an address of IPv6 included, or in a path?
is_host(C) -> is_integer(C) andalso C >= 0 andalso C =< 16#10FFFF andalso is_host_character(C).

is_host_character(C) -> C =:= $: orelse (C =/= $% andalso allowed(regname, C)).

is_path(C) -> is_integer(C) andalso C >= 0 andalso C =< 16#10FFFF andalso allowed(path, C).

all_allowed(Text, Part) ->
    lists:all(fun(C) -> allowed(Part, C) end, chars(Text)).

ipv6(Text) ->
    L = chars(Text),
    lists:member($:, L) andalso all_allowed(L, ipv6).

chars(Text) when is_binary(Text) ->
    case unicode:characters_to_list(Text) of
        L when is_list(L) -> L;
        _ -> throw({error, invalid_utf8, Text})
    end;
chars(Text) when is_list(Text) ->
    case unicode:characters_to_list(Text) of
        L when is_list(L) -> L;
        _ -> throw({error, invalid_input, Text})
    end.

like(B, L) when is_binary(B) -> unicode:characters_to_binary(L);
like(_, L) -> L.

%% Parsing

parse(URI) when is_binary(URI); is_list(URI) ->
    Text = chars(URI),
    try
        maps:map(fun(_, V) when is_list(V) -> like(URI, V);
                    (_, V) -> V
                 end, parts(Text))
    catch
        throw:{error, invalid_uri, What} ->
            %% Whatever is wrong, a colon in the text is named as the place.
            case lists:member($:, Text) of
                true -> {error, invalid_uri, ":"};
                false -> {error, invalid_uri, What}
            end;
        throw:{error, _, _} = Error -> Error
    end.

parts(Text) ->
    {NoFragment, M1} = cut(Text, $#, fragment, #{}),
    {NoQuery, M2} = cut(NoFragment, $?, query, M1),
    case lists:splitwith(fun(C) -> C =/= $: andalso C =/= $/ end, NoQuery) of
        {[C | _] = Scheme, [$: | Rest]} ->
            alpha(C) orelse invalid(":"),
            authority(Rest, M2#{scheme => checked(scheme, Scheme)});
        {[], [$: | _]} -> invalid(":");
        _ -> authority(NoQuery, M2)
    end.

invalid(What) -> throw({error, invalid_uri, What}).

cut(Text, Mark, Part, Map) ->
    case lists:splitwith(fun(C) -> C =/= Mark end, Text) of
        {Before, [_ | After]} -> {Before, Map#{Part => checked(Part, After)}};
        {_, []} -> {Text, Map}
    end.

checked(Part, Text) ->
    case [C || C <- Text, not allowed(Part, C)] of
        [] -> Text;
        [C | _] -> invalid([C])
    end.

authority([$/, $/ | Rest], Map) ->
    {Authority, Path} = lists:splitwith(fun(C) -> C =/= $/ end, Rest),
    {HostPort, M} =
        case lists:splitwith(fun(C) -> C =/= $@ end, Authority) of
            {User, [$@ | After]} ->
                {After, Map#{userinfo => checked(userinfo, User)}};
            _ -> {Authority, Map}
        end,
    host(HostPort, M#{path => checked(path, Path)});
authority(Path, Map) ->
    Map#{path => checked(path, Path)}.

host([$[ | Rest], Map) ->
    case lists:splitwith(fun(C) -> C =/= $] end, Rest) of
        {Host, [$] | After]} ->
            ipv6(Host) orelse invalid(":"),
            port(After, Map#{host => Host});
        _ -> invalid(":")
    end;
host(Text, Map) ->
    {Host, After} = lists:splitwith(fun(C) -> C =/= $: end, Text),
    port(After, Map#{host => checked(regname, Host)}).

port([], Map) -> Map;
port(":", Map) -> Map#{port => undefined};
port([$: | Digits], Map) ->
    lists:all(fun digit/1, Digits) orelse invalid(":"),
    Map#{port => list_to_integer(Digits)};
port(_, _) -> invalid(":").

%% Recomposing

recompose(Map) when is_map(Map) ->
    case valid(Map) of
        false -> {error, invalid_map, Map};
        true ->
            Texts = [V || {K, V} <- maps:to_list(Map), K =/= port],
            try compose(Map) of
                Text ->
                    case lists:any(fun is_list/1, Texts) of
                        true -> Text;
                        false -> unicode:characters_to_binary(Text)
                    end
            catch throw:{error, _, _} = Error -> Error
            end
    end.

valid(#{path := _} = Map) ->
    Host = is_map_key(host, Map),
    Host orelse not (is_map_key(userinfo, Map) orelse is_map_key(port, Map));
valid(_) -> false.

compose(#{path := P} = Map) ->
    Path = chars(P),
    Scheme = case Map of #{scheme := S} -> chars(S) ++ ":"; _ -> "" end,
    Authority =
        case Map of
            #{host := H} ->
                User = case Map of
                           #{userinfo := U} -> escape(userinfo, chars(U)) ++ "@";
                           _ -> ""
                       end,
                "//" ++ User ++ host_text(chars(H)) ++ port_text(Map);
            _ -> ""
        end,
    Slash = case Path of
                [C | _] when C =/= $/, Authority =/= "" -> "/";
                _ -> ""
            end,
    Query = case Map of #{query := Q} -> "?" ++ escape(query, chars(Q)); _ -> "" end,
    Fragment = case Map of
                   #{fragment := F} -> "#" ++ escape(fragment, chars(F));
                   _ -> ""
               end,
    Scheme ++ Authority ++ Slash ++ escape(path, Path) ++ Query ++ Fragment.

host_text(Host) ->
    case ipv6(Host) of
        true -> "[" ++ Host ++ "]";
        false -> escape(regname, Host)
    end.

port_text(#{port := undefined}) -> ":";
port_text(#{port := Port}) -> ":" ++ integer_to_list(Port);
port_text(_) -> "".

escape(Part, [C | Text]) ->
    case allowed(Part, C) of
        true -> [C | escape(Part, Text)];
        false -> escaped(C) ++ escape(Part, Text)
    end;
escape(_, []) -> [].

escaped(C) -> lists:append([byte(B) || <<B>> <= <<C/utf8>>]).

byte(B) -> [$%, digit_of(B bsr 4), digit_of(B band 15)].

digit_of(N) when N < 10 -> $0 + N;
digit_of(N) -> $A + N - 10.

%% Normalizing

normalize(URI) -> normalize(URI, []).

normalize(URI, Options) when Options =:= []; Options =:= [return_map] ->
    case as_map(URI) of
        {error, _, _} = Error -> Error;
        #{path := _} = Map ->
            try answer(normal(Map), Options)
            catch throw:{error, _, _} = Error -> Error
            end;
        Map -> erlang:error(function_clause, [Map, Options])
    end.

as_map(URI) when is_map(URI) -> URI;
as_map(URI) -> parse(URI).

answer(Map, Options) ->
    case lists:member(return_map, Options) of
        true -> Map;
        false -> recompose(Map)
    end.

normal(Map) ->
    M1 = maps:map(fun(K, V) -> normal_part(K, V) end, Map),
    M2 = case M1 of
             #{scheme := S, port := P} ->
                 Default = proplists:get_value(
                             chars(S), [{"http", 80}, {"https", 443}, {"ftp", 21},
                                        {"ssh", 22}, {"sftp", 22}, {"tftp", 69}]),
                 case P =:= undefined orelse P =:= Default of
                     true -> maps:remove(port, M1);
                     false -> M1
                 end;
             _ -> M1
         end,
    case M2 of
        #{scheme := Sc, host := _, path := Path} when Path =:= []; Path =:= <<>> ->
            case lists:member(chars(Sc), ["http", "https"]) of
                true -> M2#{path => like(Path, "/")};
                false -> M2
            end;
        _ -> M2
    end.

normal_part(port, V) -> V;
normal_part(scheme, V) -> like(V, string:lowercase(chars(V)));
normal_part(Part, V) ->
    %% A host's letters are lowered before its escapes are decoded.
    Text = case Part of
               host -> string:lowercase(chars(V));
               _ -> chars(V)
           end,
    Decoded = decode(Text, fun unreserved/1),
    like(V, case Part of
                path -> remove_dots(Decoded);
                _ -> Decoded
            end).

remove_dots(Path) -> dots(Path, []).

%% RFC 3986, 5.2.4. Out holds the segments so far, the last first, each with
%% the slash before it.
dots("../" ++ Rest, Out) -> dots(Rest, Out);
dots("./" ++ Rest, Out) -> dots(Rest, Out);
dots("/./" ++ Rest, Out) -> dots([$/ | Rest], Out);
dots("/.", Out) -> dots("/", Out);
dots("/../" ++ Rest, Out) -> dots([$/ | Rest], drop(Out));
dots("/..", Out) -> dots("/", drop(Out));
dots(".", Out) -> dots("", Out);
dots("..", Out) -> dots("", Out);
dots("", Out) -> lists:append(lists:reverse(Out));
dots([C | Rest], Out) ->
    {Segment, After} = lists:splitwith(fun(X) -> X =/= $/ end, Rest),
    case C of
        $/ -> dots(After, [[$/ | Segment] | Out]);
        _ -> dots(After, [[C | Segment] | Out])
    end.

drop([]) -> [];
drop([_ | Out]) -> Out.

%% Resolving (RFC 3986, 5.2.2)

resolve(Ref, Base) -> resolve(Ref, Base, []).

resolve(Ref, Base, Options) ->
    case as_map(Ref) of
        {error, _, _} = Error -> Error;
        #{scheme := _, path := P} = R ->
            answer(R#{path => like(P, remove_dots(chars(P)))}, Options);
        R ->
            case as_map(Base) of
                {error, _, _} = Error -> Error;
                #{scheme := _} = B -> answer(against(R, B), Options);
                _ -> {error, invalid_scheme, ""}
            end
    end.

against(#{host := _, path := P} = R, #{scheme := S}) ->
    R#{scheme => S, path => like(P, remove_dots(chars(P)))};
against(#{path := P} = R, #{path := BasePath} = B) ->
    Kept = maps:with([scheme, userinfo, host, port], B),
    Own = maps:with([query, fragment], R),
    case chars(P) of
        [] ->
            Query = maps:merge(maps:with([query], B), Own),
            maps:merge(maps:merge(Kept, Query), #{path => BasePath});
        [$/ | _] = Path ->
            maps:merge(maps:merge(Kept, Own), #{path => like(P, remove_dots(Path))});
        Path ->
            Merged = merge(Path, chars(BasePath), is_map_key(host, B)),
            maps:merge(maps:merge(Kept, Own), #{path => like(P, remove_dots(Merged))})
    end.

merge(Path, "", true) -> [$/ | Path];
merge(Path, Base, _) ->
    lists:reverse(lists:dropwhile(fun(C) -> C =/= $/ end, lists:reverse(Base))) ++ Path.

%% Percent-encoding

percent_decode(Map) when is_map(Map) ->
    Encoded = [userinfo, host, path, query, fragment],
    try maps:map(fun(K, V) ->
                         case lists:member(K, Encoded) andalso percent_decode(V) of
                             false -> V;
                             {error, Why, What} ->
                                 throw({error, {invalid, {K, {Why, What}}}});
                             Decoded -> Decoded
                         end
                 end, Map)
    catch throw:{error, _} = Error -> Error
    end;
percent_decode(Text) when is_list(Text); is_binary(Text) ->
    try like(Text, decode(chars(Text), fun(_) -> true end))
    catch throw:{error, _, _} = Error -> Error
    end.

unquote(Text) when not is_map(Text) -> percent_decode(Text).

%% Escapes of what Wanted refuses stay escapes.
decode([$%, A, B | _] = Text, Wanted) ->
    case hex(A) andalso hex(B) of
        true -> decode_run(Text, [], Wanted);
        false ->
            throw({error, invalid_percent_encoding,
                   unicode:characters_to_binary([$%, A, B])})
    end;
decode([C | Rest], Wanted) -> [C | decode(Rest, Wanted)];
decode([], _) -> [].

decode_run([$%, A, B | Rest] = Text, Bytes, Wanted) ->
    case hex(A) andalso hex(B) of
        true -> decode_run(Rest, [list_to_integer([A, B], 16) | Bytes], Wanted);
        false -> run(Bytes, Wanted) ++ decode(Text, Wanted)
    end;
decode_run(Text, Bytes, Wanted) -> run(Bytes, Wanted) ++ decode(Text, Wanted).

run(Bytes, Wanted) ->
    Bin = list_to_binary(lists:reverse(Bytes)),
    lists:append([case Wanted(C) of
                      true -> [C];
                      false -> escaped(C)
                  end || C <- chars(Bin)]).

quote(Text) -> quote(Text, "").

quote(Text, Safe) when is_binary(Text) ->
    %% Byte by byte: the bytes of a character beyond ASCII are escaped each for itself.
    case unicode:characters_to_binary(Text) =:= Text andalso is_ascii(Safe) of
        true ->
            << <<(case unreserved(B) orelse lists:member(B, Safe) of
                      true -> <<B>>;
                      false -> <<$%, (digit_of(B bsr 4)), (digit_of(B band 15))>>
                  end)/binary>> || <<B>> <= Text >>;
        false ->
            case unicode:characters_to_list(Text) of
                Chars when is_list(Chars) -> unicode:characters_to_binary(quoted(Chars, Safe));
                {_, _, Bad} -> throw({error, invalid_input, Bad})
            end
    end;
quote(Text, Safe) when is_list(Text) ->
    case unicode:characters_to_list(Text) of
        Chars when is_list(Chars) -> quoted(Chars, Safe);
        _ -> erlang:error(function_clause, [Text, Safe])
    end.

is_ascii([C | Rest]) -> C < 16#80 andalso is_ascii(Rest);
is_ascii(_) -> true.

quoted([C | Rest], Safe) ->
    case unreserved(C) orelse lists:member(C, Safe) of
        true -> [C | quoted(Rest, Safe)];
        false -> escaped(C) ++ quoted(Rest, Safe)
    end;
quoted([], _) -> [].

transcode(Text, Options) when is_list(Text); is_binary(Text) ->
    In = proplists:get_value(in_encoding, Options, utf8),
    Out = proplists:get_value(out_encoding, Options, utf8),
    try
        Chars = case Text of
                    _ when is_binary(Text) -> from_bytes(Text, In);
                    _ -> plain(Text, In)
                end,
        Recoded = recode(Chars, [], In, Out),
        case Text of
            _ when is_binary(Text) -> to_bytes(Recoded, Out);
            _ -> Recoded
        end
    catch throw:{error, _, _} = Error -> Error
    end.

recode([$%, A, B | Rest], Bytes, In, Out) ->
    case hex(A) andalso hex(B) of
        true -> recode(Rest, [list_to_integer([A, B], 16) | Bytes], In, Out);
        false -> throw({error, invalid_percent_encoding, [$%, A, B]})
    end;
recode(Text, [_ | _] = Bytes, In, Out) ->
    Chars = from_bytes(list_to_binary(lists:reverse(Bytes)), In),
    lists:append([byte(B) || <<B>> <= to_bytes(Chars, Out)])
        ++ recode(Text, [], In, Out);
recode([C | Rest], [], In, Out) -> [C | recode(Rest, [], In, Out)];
recode([], [], _, _) -> [].

%% Binaries in a list are in its encoding.
plain(Text, In) ->
    lists:append([if is_binary(T) -> from_bytes(T, In); true -> [T] end || T <- lists:flatten(Text)]).

from_bytes(Bin, In) ->
    case unicode:characters_to_list(Bin, In) of
        L when is_list(L) -> L;
        _ -> throw({error, invalid_input, Bin})
    end.

to_bytes(Chars, Out) ->
    case unicode:characters_to_binary(Chars, utf8, Out) of
        B when is_binary(B) -> B;
        _ -> throw({error, invalid_input, unicode:characters_to_binary(Chars)})
    end.

%% Forms

fields([Pair | Pairs], Encoding) -> [field(Pair, Encoding) | fields(Pairs, Encoding)];
fields([], _) -> [].

compose_query(Pairs) -> compose_query(Pairs, [{encoding, utf8}]).

compose_query([], _) -> [];
compose_query(Pairs, Options) ->
    Encoding = case is_list(Options) of
        true -> proplists:get_value(encoding, Options, utf8);
        false -> utf8
    end,
    try
        Fields = fields(Pairs, Encoding),
        Text = lists:append(lists:join("&", Fields)),
        Binary = lists:all(fun({K, V}) -> is_binary(K) andalso
                                              (is_binary(V) orelse V =:= true)
                           end, Pairs),
        case Binary of
            true -> list_to_binary(Text);
            false -> Text
        end
    catch throw:{error, _, _} = Error -> Error
    end.

field({K, true}, Enc) -> form(K, Enc);
field({K, V}, Enc) -> form(K, Enc) ++ "=" ++ form(V, Enc).

form(Text, Enc) when is_list(Text); is_binary(Text) ->
    Enc =:= utf8 orelse Enc =:= unicode orelse Enc =:= latin1
        orelse throw({error, invalid_encoding, Enc}),
    lists:append([form_char(C, Enc) || C <- chars(Text)]);
form(Other, _) -> throw({error, invalid_input, Other}).

form_char($\s, _) -> "+";
form_char(C, Enc) ->
    case alpha(C) orelse digit(C) orelse lists:member(C, "*-._") of
        true -> [C];
        false when Enc =:= latin1, C > 255 ->
            "%26%23" ++ integer_to_list(C) ++ "%3B";
        false when Enc =:= latin1 -> byte(C);
        false -> escaped(C)
    end.

dissect_query(Query) when Query =:= <<>>; Query =:= [] -> [];
dissect_query(Query) ->
    try
        Fields = string:split(chars(Query), "&", all),
        [case string:split(F, "=") of
             [K, V] -> {unform(K, Query), unform(V, Query)};
             [K] -> {unform(K, Query), true}
         end || F <- Fields]
    catch throw:{error, _, _} = Error -> Error
    end.

unform(Text, Query) ->
    Bytes = list_to_binary(form_bytes(Text)),
    case unicode:characters_to_list(Bytes) of
        L when is_list(L) -> like(Query, references(L));
        _ -> throw({error, invalid_input, Bytes})
    end.

form_bytes([$+ | Rest]) -> [$\s | form_bytes(Rest)];
form_bytes([$%, A, B | Rest]) ->
    case hex(A) andalso hex(B) of
        true -> [list_to_integer([A, B], 16) | form_bytes(Rest)];
        false -> throw({error, invalid_percent_encoding, [$%, A, B]})
    end;
form_bytes([C | Rest]) -> [<<C/utf8>> | form_bytes(Rest)];
form_bytes([]) -> [].

%% What an encoding lacked was written &#N;.
references("&#" ++ Rest) ->
    case lists:splitwith(fun digit/1, Rest) of
        {[_ | _] = Digits, [$; | After]} ->
            [list_to_integer(Digits) | references(After)];
        _ -> "&#" ++ references(Rest)
    end;
references([C | Rest]) -> [C | references(Rest)];
references([]) -> [].
