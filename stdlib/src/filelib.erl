%% filelib: what can be told of files, and found among them, over module file.
%%
%% The last argument of most functions, for callers that read archives or
%% boot images, names a module that answers list_dir and read_file_info in
%% file's place.
-module(filelib).

-export([wildcard/1, wildcard/2, wildcard/3, compile_wildcard/1,
         is_dir/1, is_dir/2, is_file/1, is_file/2, is_regular/1, is_regular/2,
         file_size/1, file_size/2, last_modified/1, last_modified/2,
         ensure_dir/1, ensure_path/1, fold_files/5, fold_files/6,
         safe_relative_path/2, find_file/2, find_file/3,
         find_source/1, find_source/2, find_source/3]).

-export_type([find_file_rule/0, find_source_rule/0]).

-type find_file_rule() :: {string(), string()}.
-type find_source_rule() :: {string(), string(), [find_file_rule()]}.

%% Facts. Of a #file_info{} only the fields at the front are looked at.

is_dir(Name) -> is_dir(Name, file).

is_dir(Name, Mod) when is_atom(Mod) -> type(Name, Mod) =:= directory.

is_file(Name) -> is_file(Name, file).

is_file(Name, Mod) when is_atom(Mod) ->
    Type = type(Name, Mod),
    Type =:= regular orelse Type =:= directory.

is_regular(Name) -> is_regular(Name, file).

is_regular(Name, Mod) when is_atom(Mod) -> type(Name, Mod) =:= regular.

type(Name, Mod) ->
    case Mod:read_file_info(Name) of
        {ok, Info} -> element(3, Info);
        _ -> none
    end.

file_size(Name) -> file_size(Name, file).

file_size(Name, Mod) when is_atom(Mod) ->
    case Mod:read_file_info(Name) of
        {ok, Info} -> element(2, Info);
        _ -> 0
    end.

last_modified(Name) -> last_modified(Name, file).

last_modified(Name, Mod) when is_atom(Mod) ->
    case Mod:read_file_info(Name) of
        {ok, Info} -> element(6, Info);
        _ -> 0
    end.

%% Directories made on the way

ensure_dir(Name) -> ensure_path(filename:dirname(Name)).

ensure_path(Path) ->
    case is_dir(Path) of
        true -> ok;
        false ->
            case filename:dirname(Path) of
                Path -> {error, einval};
                Parent ->
                    case ensure_path(Parent) of
                        ok -> make(Path);
                        Error -> Error
                    end
            end
    end.

%% Somebody else may make the directory at the same time.
make(Path) ->
    case file:make_dir(Path) of
        {error, eexist} = Error ->
            case is_dir(Path) of
                true -> ok;
                false -> Error
            end;
        Answer -> Answer
    end.

%% Folding

fold_files(Dir, RegExp, Recursive, F, Acc) ->
    fold_files(Dir, RegExp, Recursive, F, Acc, file).

fold_files(Dir, RegExp, Recursive, F, Acc, Mod) when is_atom(Mod) ->
    {ok, RE} = re:compile(RegExp, [unicode]),
    fold_dir(Dir, RE, Recursive, F, Acc, Mod).

fold_dir(Dir, RE, Recursive, F, Acc, Mod) ->
    case Mod:list_dir(Dir) of
        {ok, Names} ->
            lists:foldl(
              fun(Name, Acc0) ->
                      Path = filename:join(Dir, Name),
                      fold_file(type(Path, Mod), Name, Path, RE, Recursive, F,
                                Acc0, Mod)
              end, Acc, Names);
        _ -> Acc
    end.

fold_file(regular, Name, Path, RE, _, F, Acc, _) ->
    case re:run(Name, RE, [{capture, none}]) of
        match -> F(Path, Acc);
        nomatch -> Acc
    end;
fold_file(directory, _, Path, RE, true, F, Acc, Mod) ->
    fold_dir(Path, RE, true, F, Acc, Mod);
fold_file(_, _, _, _, _, _, Acc, _) -> Acc.

%% Wildcards

wildcard(Pattern) -> wildcard(Pattern, ".", file).

wildcard(Pattern, Mod) when is_atom(Mod) -> wildcard(Pattern, ".", Mod);
wildcard(Pattern, Cwd) -> wildcard(Pattern, Cwd, file).

wildcard({compiled_wildcard, Parts}, Cwd, Mod)
  when is_list(Parts), is_atom(Mod) ->
    lists:sort(expand(Parts, "", Cwd, Mod));
wildcard(Pattern, Cwd, Mod)
  when is_list(Pattern), is_atom(Mod), is_list(Cwd) orelse is_binary(Cwd) ->
    wildcard(compile_wildcard(Pattern), Cwd, Mod).

compile_wildcard(Pattern) when is_list(Pattern) ->
    [First | _] = Split = filename:split(Pattern),
    Parts = case [Part || Part <- Split, Part =/= "."] of
                [] -> [First];
                Named -> Named
            end,
    {compiled_wildcard, [part(P) || P <- Parts]}.

part("**") -> any_depth;
part(P) ->
    {Tokens, []} = tokens(P, [], top),
    case lists:all(fun is_integer/1, Tokens) of
        true -> {literal, Tokens};
        false -> {match, Tokens}
    end.

%% In braces a comma or the closing brace ends an alternative.
tokens([], Done, top) -> {lists:reverse(Done), []};
tokens([], _, braces) -> erlang:error({badpattern, missing_delimiter});
tokens([C | _] = Rest, Done, braces) when C =:= $,; C =:= $} ->
    {lists:reverse(Done), Rest};
tokens([$\\, C | Rest], Done, In) -> tokens(Rest, [C | Done], In);
tokens([$*, $* | Rest], Done, In) -> tokens([$* | Rest], Done, In);
tokens([$* | Rest], Done, In) -> tokens(Rest, [star | Done], In);
tokens([$? | Rest], Done, In) -> tokens(Rest, [one | Done], In);
tokens([${ | Rest], Done, In) ->
    {Choices, After} = choices(Rest),
    tokens(After, [{any, Choices} | Done], In);
tokens([$[ | Rest], Done, In) ->
    case set(Rest, []) of
        {Set, After} -> tokens(After, [{set, Set} | Done], In);
        none -> tokens(Rest, [$[ | Done], In)
    end;
tokens([C | Rest], Done, In) -> tokens(Rest, [C | Done], In).

choices(Text) ->
    case tokens(Text, [], braces) of
        {Choice, [$} | Rest]} -> {[Choice], Rest};
        {Choice, [$, | Rest]} ->
            {More, After} = choices(Rest),
            {[Choice | More], After}
    end.

set([], _) -> none;
set([$] | Rest], Set) when Set =/= [] -> {Set, Rest};
set([$\\, C | Rest], Set) -> set(Rest, [{C, C} | Set]);
set([Low, $-, High | Rest], Set) when High =/= $] ->
    set(Rest, [{Low, High} | Set]);
set([C | Rest], Set) -> set(Rest, [{C, C} | Set]).

%% The paths below Base that the parts match.
expand([], "", _, _) -> [];
expand([], Base, Cwd, Mod) ->
    case exists(filename:join(Cwd, Base), Mod) of
        true -> [Base];
        false -> []
    end;
expand([{literal, Name} | Rest], Base, Cwd, Mod) ->
    expand(Rest, below(Base, Name), Cwd, Mod);
expand([{match, Tokens} | Rest], Base, Cwd, Mod) ->
    Paths = [below(Base, N) || N <- names(Base, Cwd, Mod), match(Tokens, N)],
    case Rest of
        %% What was listed exists.
        [] -> Paths;
        _ -> lists:append([expand(Rest, P, Cwd, Mod) || P <- Paths])
    end;
expand([any_depth, any_depth | Rest], Base, Cwd, Mod) ->
    expand([any_depth | Rest], Base, Cwd, Mod);
expand([any_depth], Base, Cwd, Mod) ->
    Paths = [below(Base, N) || N <- names(Base, Cwd, Mod)],
    Paths ++ lists:append([expand([any_depth], P, Cwd, Mod) || P <- Paths]);
expand([any_depth | Rest] = Parts, Base, Cwd, Mod) ->
    Paths = [below(Base, N) || N <- names(Base, Cwd, Mod)],
    expand(Rest, Base, Cwd, Mod)
        ++ lists:append([expand(Parts, P, Cwd, Mod) || P <- Paths]).

below("", Name) -> Name;
below("/", Name) -> [$/ | Name];
below(Base, Name) -> Base ++ [$/ | Name].

%% A link to nothing is there too; only file can tell of links.
exists(Path, file) -> element(1, file:read_link_info(Path)) =:= ok;
exists(Path, Mod) -> type(Path, Mod) =/= none.

names(Base, Cwd, Mod) ->
    Dir = case Base of
              "" -> Cwd;
              _ -> filename:join(Cwd, Base)
          end,
    case Mod:list_dir(Dir) of
        {ok, Names} -> [N || N <- Names, is_list(N)];
        _ -> []
    end.

match([], Name) -> Name =:= [];
match([star], _) -> true;
match([star | Rest] = Tokens, Name) ->
    match(Rest, Name) orelse (Name =/= [] andalso match(Tokens, tl(Name)));
match([{any, Choices} | Rest], Name) ->
    lists:any(fun(Choice) -> match(Choice ++ Rest, Name) end, Choices);
match([one | Rest], [_ | Name]) -> match(Rest, Name);
match([{set, Set} | Rest], [C | Name]) ->
    lists:any(fun({Low, High}) -> Low =< C andalso C =< High end, Set)
        andalso match(Rest, Name);
match([C | Rest], [C | Name]) -> match(Rest, Name);
match(_, _) -> false.

%% Paths that stay inside a directory, links followed. The number of links
%% is bounded, as they may go in circles.

safe_relative_path(Path, Cwd) ->
    case filename:pathtype(Path) of
        relative -> safe(filename:split(Path), [], Cwd, 40);
        _ -> unsafe
    end.

safe([], [], _, _) -> [];
safe([], Done, _, _) -> filename:join(lists:reverse(Done));
safe([Dot | Rest], Done, Cwd, Links) when Dot =:= "."; Dot =:= <<".">> ->
    safe(Rest, Done, Cwd, Links);
safe([Up | Rest], Done, Cwd, Links) when Up =:= ".."; Up =:= <<"..">> ->
    case Done of
        [] -> unsafe;
        [_ | Above] -> safe(Rest, Above, Cwd, Links)
    end;
safe([Name | Rest], Done, Cwd, Links) ->
    Here = filename:join(lists:reverse([Name | Done])),
    case file:read_link(filename:join(Cwd, Here)) of
        {ok, _} when Links =:= 0 -> unsafe;
        {ok, Target} ->
            case filename:pathtype(Target) of
                relative ->
                    safe(filename:split(Target) ++ Rest, Done, Cwd, Links - 1);
                _ -> unsafe
            end;
        _ -> safe(Rest, [Name | Done], Cwd, Links)
    end.

%% Files and their sources: a rule {From, To} turns a directory whose end is
%% From into one whose end is To.

find_file(Name, Dir) -> find_file(Name, Dir, []).

find_file(Name, Dir, []) ->
    case [Rule || {_, _} = Rule <- system_rules()] of
        [] -> {error, not_found};
        Rules -> find_file(Name, Dir, Rules)
    end;
find_file(Name, Dir, Rules) -> look([Rule || {_, _} = Rule <- Rules], Name, Dir).

%% Pairs are for find_file, triples for find_source.
system_rules() ->
    case application:get_env(kernel, source_search_rules) of
        {ok, [_ | _] = Rules} -> Rules;
        _ ->
            [{"", ""} | erlang_dirs()] ++
                [{".beam", ".erl", erlang_dirs()},
                 {".beam", ".asn1", [{"ebin", "src"}]},
                 {code:objfile_extension(), ".erl", erlang_dirs()},
                 {".erl", ".yrl", []},
                 {"", ".src", erlang_dirs()},
                 {"", ".c", native_dirs()},
                 {"", ".in", native_dirs() ++ erlang_dirs()},
                 {".o", ".c", native_dirs()},
                 {".so", ".c", native_dirs()}]
    end.

erlang_dirs() -> [{"ebin", "src"}, {"ebin", "esrc"}, {"ebin", "src/*"}].

native_dirs() -> [{"priv", "c_src"}, {"priv", "src"}, {"ebin", "esrc"}].

look([{From, To} | Rules], Name, Dir) ->
    case replaced(Dir, From, To) of
        {ok, Other} ->
            case [F || F <- matches(filename:join(Other, Name)), is_regular(F)] of
                [File | _] -> {ok, File};
                [] -> look(Rules, Name, Dir)
            end;
        no -> look(Rules, Name, Dir)
    end;
look([], _, _) -> {error, not_found}.

matches(Path) ->
    case lists:any(fun(C) -> lists:member(C, "*?[{\\") end, Path) of
        true -> wildcard(Path);
        false -> [Path]
    end.

replaced(Dir, From, To) ->
    case lists:suffix(From, Dir) of
        true -> {ok, lists:sublist(Dir, length(Dir) - length(From)) ++ To};
        false -> no
    end.

find_source(Path) -> find_source(filename:basename(Path), filename:dirname(Path)).

find_source(Name, Dir) -> find_source(Name, Dir, []).

find_source(Name, Dir, []) ->
    case [Rule || {_, _, _} = Rule <- system_rules()] of
        [] -> {error, not_found};
        Rules -> find_source(Name, Dir, Rules)
    end;
find_source(Name, Dir, Rules) -> look_source([Rule || {_, _, _} = Rule <- Rules], filename:extension(Name), Name, Dir).

%% The directory of the object file comes first.
look_source([{Extension, To, Dirs} | Rules], Extension, Name, Dir) ->
    case look([{"", ""} | Dirs], filename:rootname(Name, Extension) ++ To, Dir) of
        {ok, File} -> {ok, File};
        _ -> look_source(Rules, Extension, Name, Dir)
    end;
look_source([_ | Rules], Extension, Name, Dir) -> look_source(Rules, Extension, Name, Dir);
look_source([], _, _, _) -> {error, not_found}.
