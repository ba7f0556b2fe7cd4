%% Errors as text, and the transform as a function.
-module(ms_transform_more).
-include("../show.hrl").

start() ->
    show(fun() -> lists:flatten(ms_transform:format_error({?LINE, foo})) =/= "" end),  % expect: true
    show(fun() -> ms_transform:parse_transform([{attribute, 1, module, m}], []) end),  % expect: [{attribute,1,module,m}]
    show(fun() -> is_map(ms_transform:parse_transform_info()) end).  % expect: true
