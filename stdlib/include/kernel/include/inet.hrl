%% What inet:gethostbyname/1 and its relatives answer.
-ifndef(INET_HRL_).
-define(INET_HRL_, 1).

-record(hostent, {
    h_name :: inet:hostname(),              % official name
    h_aliases = [] :: [inet:hostname()],    % other names
    h_addrtype :: inet | inet6,
    h_length :: non_neg_integer(),          % bytes of an address
    h_addr_list = [] :: [inet:ip_address()]
}).

-endif.
