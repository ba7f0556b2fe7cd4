%% What file:read_file_info/1 and read_link_info/1 answer, and write_file_info/2 takes.
-ifndef(FILE_HRL_).
-define(FILE_HRL_, 1).

-record(file_info, {
    size,            % bytes
    type,            % device | directory | regular | symlink | other | undefined
    access,          % read | write | read_write | none
    atime,           % last read
    mtime,           % last written
    ctime,           % last change of the inode
    mode,            % permission bits
    links,           % number of names
    major_device,
    minor_device,
    inode,
    uid,
    gid
}).

-record(file_descriptor, {
    module,          % handles the requests
    data             % its own
}).

-endif.
