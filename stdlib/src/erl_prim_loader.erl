%% Files as the code loader sees them: those on disk, and those inside archives, whose names go on behind the name of the archive
%% (`tool.escript/app/priv/page.html', `lib.ez/app/ebin/app.app'). code:priv_dir/1 answers such names in a script that is an archive.
-module(erl_prim_loader).

-export([get_file/1, get_path/0, list_dir/1, read_file_info/1, read_link_info/1, set_path/1]).

-include_lib("kernel/include/file.hrl").
-include_lib("stdlib/include/zip.hrl").

-define(PATH, {?MODULE, path}).

%% A name without a directory is looked for along the path.
-spec get_file(atom() | string()) -> {ok, binary(), string()} | error.
get_file(Name) when is_atom(Name) -> get_file(atom_to_list(Name));
get_file(Name) ->
    {ok, Path} = get_path(),
    Names = case filename:basename(Name) of
        Name -> [filename:join(Dir, Name) || Dir <- Path];
        _ -> [filename:absname(Name)]
    end,
    first(Names).

first([]) -> error;
first([Name | Rest]) ->
    case content(Name) of
        {ok, Bytes} -> {ok, Bytes, Name};
        error -> first(Rest)
    end.

content(Name) ->
    case file:read_file(Name) of
        {ok, Bytes} -> {ok, Bytes};
        {error, enotdir} -> inside(Name, fun packed/3);
        {error, _} -> error
    end.

packed(Inside, Archive, _) ->
    case zip:unzip(Archive, [memory, {file_list, [Inside]}]) of
        {ok, [{_, Bytes}]} -> {ok, Bytes};
        _ -> error
    end.

-spec list_dir(string()) -> {ok, [string()]} | error.
list_dir(Dir) ->
    case file:list_dir(Dir) of
        {ok, Names} -> {ok, Names};
        {error, enotdir} ->
            %% The archive itself, or a directory in it.
            case is_archive(Dir) of
                true -> inside(filename:join(Dir, "."), fun(_, Archive, Files) -> names("", Archive, Files) end);
                false -> inside(Dir, fun names/3)
            end;
        {error, _} -> error
    end.

names(Dir, _, Files) ->
    Prefix = case Dir of "" -> ""; _ -> Dir ++ "/" end,
    case [hd(string:split(Rest, "/")) || #zip_file{name = Name} <- Files, "" =/= (Rest = below(Prefix, Name))] of
        [] -> error;
        Names -> {ok, lists:usort(Names)}
    end.

below(Prefix, Name) ->
    case string:prefix(Name, Prefix) of
        nomatch -> "";
        Rest -> Rest
    end.

%% An archive is a directory here.
-spec read_file_info(string()) -> {ok, file:file_info()} | error.
read_file_info(Name) -> info(Name, file:read_file_info(Name)).

-spec read_link_info(string()) -> {ok, file:file_info()} | error.
read_link_info(Name) -> info(Name, file:read_link_info(Name)).

info(Name, {error, enotdir}) -> inside(Name, fun info_inside/3);
info(_, {error, _}) -> error;
info(Name, {ok, #file_info{type = regular} = Info}) ->
    case is_archive(Name) of
        true -> {ok, Info#file_info{type = directory}};
        false -> {ok, Info}
    end;
info(_, Found) -> Found.

info_inside(Inside, Archive, Files) ->
    case lists:keyfind(Inside, #zip_file.name, Files) of
        #zip_file{info = Info} -> {ok, Info};
        false ->
            case names(Inside, Archive, Files) of
                {ok, _} ->
                    {ok, Info} = file:read_file_info(Archive),
                    {ok, Info#file_info{type = directory}};
                error -> error
            end
    end.

-spec get_path() -> {ok, [string()]}.
get_path() -> {ok, persistent_term:get(?PATH, code:get_path())}.

-spec set_path([string()]) -> ok.
set_path(Path) when is_list(Path) -> persistent_term:put(?PATH, Path).

%% Calls with the name inside the archive, that of the archive, and what the archive holds.
inside(Name, Fun) -> inside(filename:split(filename:dirname(Name)), [filename:basename(Name)], Fun).

inside([], _, _) -> error;
inside(Parts, Inside, Fun) ->
    Archive = filename:join(Parts),
    case file:read_file_info(Archive) of
        {ok, #file_info{type = regular}} ->
            case zip:list_dir(Archive) of
                {ok, [_ | Files]} -> Fun(filename:join(Inside), Archive, Files);
                {error, _} -> error
            end;
        {ok, _} -> error;
        {error, _} -> inside(lists:droplast(Parts), [lists:last(Parts) | Inside], Fun)
    end.

is_archive(Name) ->
    case file:open(Name, [read, raw, binary]) of
        {ok, Device} ->
            Head = file:read(Device, 2),
            ok = file:close(Device),
            (Head =:= {ok, <<"PK">>} orelse Head =:= {ok, <<"#!">>}) andalso element(1, zip:list_dir(Name)) =:= ok;
        {error, _} -> false
    end.
