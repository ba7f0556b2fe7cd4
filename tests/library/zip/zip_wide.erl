%% Archives with more files than 16 bits count, and with sizes and offsets in 64 bits (APPNOTE 4.3.14 to 4.5.3).
% timed
% reference: OTP 27
-module(zip_wide).
-include("../show.hrl").
-include_lib("stdlib/include/zip.hrl").
-include_lib("kernel/include/file.hrl").

start() ->
    {ok, {_, Many}} = zip:create("many.zip", [{integer_to_list(N), <<>>} || N <- lists:seq(1, 65536)], [memory]),
    show(fun() -> {ok, [_ | Files]} = zip:list_dir(Many), {length(Files), (lists:last(Files))#zip_file.name} end),  % expect: {65536,"65536"}
    show(fun() -> {ok, Files} = zip:unzip(Many, [memory, {file_list, ["1", "65535", "65536"]}]), Files end),  % expect: [{"1",<<>>},{"65535",<<>>},{"65536",<<>>}]
    show(fun() -> end_of(Many) end),  % expect: {65536,65535}
    %% Written by others: every number in the extra field.
    show(fun() -> zip:unzip(by_others(<<>>), [memory]) end),  % expect: {ok,[{"a",<<"wide">>}]}
    show(fun() -> {ok, [_, #zip_file{comp_size = P, offset = O, info = #file_info{size = S}}]} = zip:list_dir(by_others(<<>>)), {P, O, S} end),  % expect: {4,0,4}
    show(fun() -> zip:unzip(by_others(<<"#!head\n">>), [memory]) end),  % expect: {ok,[{"a",<<"wide">>}]}
    %% A locator that points nowhere.
    show(fun() -> zip:unzip(binary:replace(by_others(<<>>), <<16#06064b50:32/little>>, <<"....">>), [memory]) end).  % expect: {error,bad_eocd}

%% How many files the two end records say.
end_of(Archive) ->
    <<16#06054b50:32/little, _:6/binary, Narrow:16/little, _/binary>> = binary:part(Archive, byte_size(Archive), -22),
    case binary:part(Archive, byte_size(Archive) - 22, -20) of
        <<16#07064b50:32/little, _:32, At:64/little, _/binary>> ->
            <<_:At/binary, 16#06064b50:32/little, _:28/binary, Wide:64/little, _/binary>> = Archive,
            {Wide, Narrow};
        _ -> {narrow, Narrow}
    end.

by_others(Head) ->
    Data = <<"wide">>,
    Crc = erlang:crc32(Data),
    Wide = 16#ffffffff,
    Local = <<16#04034b50:32/little, 45:16/little, 0:16, 0:16, 0:16, 33:16/little, Crc:32/little, Wide:32/little, Wide:32/little, 1:16/little, 20:16/little, "a",
              1:16/little, 16:16/little, 4:64/little, 4:64/little, Data/binary>>,
    Central = <<16#02014b50:32/little, 45, 3, 45:16/little, 0:16, 0:16, 0:16, 33:16/little, Crc:32/little, Wide:32/little, Wide:32/little, 1:16/little, 36:16/little,
                0:16, 0:16, 0:16, 0:32, Wide:32/little, "a", 16#5455:16/little, 4:16/little, 0:32, 1:16/little, 24:16/little, 4:64/little, 4:64/little, 0:64>>,
    {Offset, Size} = {byte_size(Local), byte_size(Central)},
    <<Head/binary, Local/binary, Central/binary, 16#06064b50:32/little, 44:64/little, 45, 3, 45:16/little, 0:64, 1:64/little, 1:64/little, Size:64/little, Offset:64/little,
      16#07064b50:32/little, 0:32, (Offset + Size):64/little, 1:32/little,
      16#06054b50:32/little, 0:32, 16#ffff:16, 16#ffff:16, Wide:32, Wide:32, 0:16>>.
