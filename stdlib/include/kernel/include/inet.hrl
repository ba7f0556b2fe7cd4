%% What inet:gethostbyname/1 and its relatives answer.
-ifndef(INET_HRL_).
-define(INET_HRL_, 1).

-record(hostent, {
    h_name,              % official name
    h_aliases = [],      % other names
    h_addrtype,          % inet | inet6
    h_length,            % bytes of an address
    h_addr_list = []     % addresses as tuples
}).

-endif.
