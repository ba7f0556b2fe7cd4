%% File names as text, under the rules of Unix. Names are lists, deep lists with atoms, or binaries; a binary among the arguments makes
%% the answer a binary.
-module(filename).

-export([absname/1, absname/2, absname_join/2, append/2, basedir/2, basedir/3, basename/1, basename/2, dirname/1,
         extension/1, flatten/1, join/1, join/2, nativename/1, pathtype/1, rootname/1, rootname/2, split/1, validate/1,
         safe_relative_path/1, find_src/1, find_src/2]).

flatten(Name) when is_binary(Name) -> Name;
flatten(Name) -> flat(Name, []).

flat([H | T], Tail) when is_list(H) -> flat(H, flat(T, Tail));
flat([H | T], Tail) when is_atom(H) -> atom_to_list(H) ++ flat(T, Tail);
flat([H | T], Tail) -> [H | flat(T, Tail)];
flat([], Tail) -> Tail;
flat(Atom, Tail) when is_atom(Atom) -> atom_to_list(Atom) ++ Tail.

%% Runs F over the name as a list and answers in the form that came.
with(Name, F) when is_binary(Name) -> to_binary(F(to_list(Name)));
with(Name, F) -> F(characters(flatten(Name))).

characters(L) ->
    lists:all(fun is_integer/1, L) orelse erlang:error(function_clause, [L]),
    L.

%% Of a binary the bytes count, whatever they stand for: slashes and dots are ASCII.
to_list(B) -> binary_to_list(B).

to_binary(L) when is_list(L) -> list_to_binary(L);
to_binary(Other) -> Other.

%% ---- Parts of one name ----

basename(Name) -> with(Name, fun base/1).

base(L) -> last_part(L, [], []).

%% The part after the last slash; slashes at the end do not count.
last_part("/", [], []) -> "";
last_part([$/ | T], [], Best) -> last_part(T, [], Best);
last_part([$/ | T], Part, _) -> last_part(T, [], lists:reverse(Part));
last_part([C | T], Part, Best) -> last_part(T, [C | Part], Best);
last_part([], [], Best) -> Best;
last_part([], Part, _) -> lists:reverse(Part).

basename(Name, Ext) when is_atom(Name), is_binary(Ext) -> basename(Name);
basename(Name, Ext) when is_binary(Name); is_binary(Ext) ->
    to_binary(base_without(as_list(Name), as_list(Ext)));
basename(Name, Ext) -> base_without(flatten(Name), flatten(Ext)).

%% Beside a binary: what is no text cannot become one.
as_list(N) when is_binary(N) -> to_list(N);
as_list(N) ->
    case unicode:characters_to_binary(flatten(N)) of
        B when is_binary(B) -> binary_to_list(B);
        _ -> erlang:error(badarg)
    end.

base_without(L, Ext) ->
    Base = base(L),
    case lists:suffix(Ext, L) andalso lists:suffix(Ext, Base) of
        true -> lists:sublist(Base, length(Base) - length(Ext));
        false -> Base
    end.

dirname(Name) -> with(Name, fun dir/1).

dir(L) ->
    case lists:dropwhile(fun(C) -> C =/= $/ end, lists:reverse(L)) of
        [] -> ".";
        R ->
            case lists:dropwhile(fun(C) -> C =:= $/ end, R) of
                [] -> "/";
                D -> lists:reverse(D)
            end
    end.

extension(Name) -> with(Name, fun ext/1).

%% From the last dot of the last part; a part that only begins with a dot has none.
ext(L) ->
    case dot_at(L) of
        none -> "";
        N -> lists:nthtail(N, L)
    end.

rootname(Name) -> with(Name, fun root/1).

root(L) ->
    case dot_at(L) of
        none -> L;
        N -> lists:sublist(L, N)
    end.

dot_at(L) -> dot_at(L, 0, none, start).

dot_at([$/ | T], N, _, _) -> dot_at(T, N + 1, none, start);
dot_at([$. | T], N, Dot, start) -> dot_at(T, N + 1, Dot, inside);
dot_at([$. | T], N, _, inside) -> dot_at(T, N + 1, N, inside);
dot_at([_ | T], N, Dot, _) -> dot_at(T, N + 1, Dot, inside);
dot_at([], _, Dot, _) -> Dot.

rootname(Name, Ext) when is_binary(Name); is_binary(Ext) ->
    to_binary(root_without(as_list(Name), as_list(Ext)));
rootname(Name, Ext) -> root_without(flatten(Name), flatten(Ext)).

root_without(L, Ext) ->
    case lists:suffix(Ext, L) of
        true -> lists:sublist(L, length(L) - length(Ext));
        false -> characters(L)
    end.

pathtype(Name) ->
    case if is_binary(Name) -> to_list(Name); true -> flatten(Name) end of
        [$/ | _] -> absolute;
        _ -> relative
    end.

split(Name) when is_binary(Name) -> [to_binary(P) || P <- parts(to_list(Name))];
split(Name) -> parts(characters(flatten(Name))).

parts([$/ | T]) -> ["/" | string:tokens(T, "/")];
parts(L) -> string:tokens(L, "/").

nativename(Name) ->
    case join([Name]) of
        N -> N
    end.

%% ---- Joining ----

join([Name]) -> with(named(Name), fun(L) -> squeeze(L) end);
join([A, B | T]) -> join([join(A, B) | T]);
join([]) -> erlang:error(function_clause, [[]]).

join(A, B) when is_binary(A); is_binary(B) -> to_binary(joined(as_list(A), as_list(B)));
join(A, B) -> joined(flatten(named(A)), flatten(named(B))).

%% What names are made of: characters, and atoms as whole names, before the last of a list.
named(Name) when is_binary(Name); is_atom(Name) -> Name;
named(Name) ->
    is_named(Name) orelse erlang:error(function_clause, [Name]),
    Name.

is_named([Part | Rest]) -> (is_integer(Part) orelse is_atom(Part) orelse is_named(Part)) andalso is_named(Rest);
is_named(End) -> End =:= [].

joined([], []) -> [];
joined(_, [$/ | _] = B) -> squeeze(B);
joined(A, B) -> squeeze(A ++ "/" ++ B).

%% No doubled slashes, none at the end, no "./" between parts.
squeeze("/") -> "/";
squeeze(L) -> squeeze_1(L, []).

squeeze_1([$/, $/ | T], Acc) -> squeeze_1([$/ | T], Acc);
squeeze_1([$/, $., $/ | T], Acc) -> squeeze_1([$/ | T], Acc);
squeeze_1("/", []) -> "/";
squeeze_1("/", Acc) -> lists:reverse(Acc);
squeeze_1([C | T], Acc) -> squeeze_1(T, [C | Acc]);
squeeze_1([], Acc) -> lists:reverse(Acc).

append(Dir, Name) when is_binary(Dir); is_binary(Name) -> to_binary(as_list(Dir) ++ "/" ++ as_list(Name));
append(Dir, Name) -> Dir ++ [$/ | Name].

absname(Name) ->
    {ok, Cwd} = file:get_cwd(),
    absname(Name, Cwd).

absname(Name, Dir) ->
    case pathtype(Name) of
        absolute -> join([flatten(Name)]);
        relative -> absname_join(Dir, Name)
    end.

absname_join(Dir, Name) -> join(Dir, flatten(Name)).

validate(Name) when is_binary(Name) -> binary:match(Name, <<0>>) =:= nomatch;
validate(Name) when is_atom(Name); is_list(Name) ->
    try unicode:characters_to_binary(flatten(Name)) of
        B when is_binary(B) -> B =/= <<>> andalso binary:match(B, <<0>>) =:= nomatch;
        _ -> false
    catch error:_ -> false
    end.

%% The path without "." and "..", or `unsafe` where it would leave the directory it starts in.
safe_relative_path(Name) ->
    case pathtype(Name) of
        absolute -> unsafe;
        relative ->
            case climb([if is_binary(P) -> to_list(P); true -> P end || P <- split(Name)], []) of
                unsafe -> unsafe;
                [] when is_binary(Name) -> <<>>;
                [] -> [];
                Parts when is_binary(Name) -> to_binary(join(Parts));
                Parts -> join(Parts)
            end
    end.

climb(["." | T], Acc) -> climb(T, Acc);
climb([".." | _], []) -> unsafe;
climb([".." | T], [_ | Acc]) -> climb(T, Acc);
climb([P | T], Acc) -> climb(T, [P | Acc]);
climb([], Acc) -> lists:reverse(Acc).

find_src(Mod) -> find_src(Mod, []).

find_src(Mod, _Rules) ->
    case code:which(Mod) of
        File when is_list(File) -> {rootname(File), []};
        _ -> {error, {non_existing, Mod}}
    end.

%% ---- The directories of the XDG specification ----

basedir(Type, Application) when is_atom(Type), is_list(Application) orelse is_binary(Application) -> basedir(Type, Application, #{}).

basedir(Type, Application, Opts) when is_atom(Type), is_list(Application) orelse is_binary(Application), is_map(Opts) ->
    Home = fun() ->
        case os:getenv("HOME") of
            false -> "/";
            H -> H
        end
    end,
    Author = case Opts of
        #{version := V} -> [Application, V];
        #{} -> [Application]
    end,
    One = fun(Var, Default) ->
        case os:getenv(Var) of
            false -> join([Home() | Default] ++ Author);
            Dir -> join([Dir | Author])
        end
    end,
    Many = fun(Var, Defaults) ->
        Dirs = case os:getenv(Var) of
            false -> Defaults;
            L -> string:tokens(L, ":")
        end,
        [join([D | Author]) || D <- Dirs]
    end,
    case Type of
        user_cache -> One("XDG_CACHE_HOME", [".cache"]);
        user_config -> One("XDG_CONFIG_HOME", [".config"]);
        user_data -> One("XDG_DATA_HOME", [".local/share"]);
        user_log -> join(One("XDG_CACHE_HOME", [".cache"]), "logs");
        site_data -> Many("XDG_DATA_DIRS", ["/usr/local/share/", "/usr/share/"]);
        site_config -> Many("XDG_CONFIG_DIRS", ["/etc/xdg"])
    end.
