"""What the options of everyday tools are called, so that `-rf`, `-r -f` and `--recursive --force` are one thing.

Taken from the tools' own `--help` and manual pages (GNU coreutils, git, curl, docker, kubectl, npm, pip, …). Each entry
lists options separated by spaces: their spellings joined with commas, the last one being the name we use; `=` at the
end takes a value, `?` only an attached one, `a+b` is short for both. `"git push"` holds what follows `push`.
A tool that is not listed still works: letters may be grouped, and a word after an option may be its value or not.
"""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Option = tuple[str, str | None, bool]
    Meaning = tuple[tuple[str, ...], str, bool]

_COPY = "r,R,recursive f,force i,interactive n,no-clobber v,verbose u,update b,backup S,suffix= t,target-directory= T"
_OWNER = "R,recursive f,silent,quiet v,verbose c,changes h,no-dereference H L P from= reference="
_FORCE = "f,force a,all filter= q,quiet v,volumes"
_SHELL = "c o= O= rcfile= init-file= l,login"

_TOOLS = {
    "rm": "r,R,recursive f,force i I d,dir v,verbose",
    "cp": _COPY + " a,archive p,preserve l,link s,symbolic-link d L,dereference P,no-dereference",
    "mv": _COPY,
    "ln": "s,symbolic f,force n,no-dereference r,relative v,verbose i,interactive S,suffix= t,target-directory= T",
    "mkdir": "p,parents m,mode= v,verbose",
    "chmod": _OWNER,
    "chown": _OWNER,
    "git": "C= c= git-dir= work-tree= namespace= super-prefix= config-env= p,paginate P,no-pager bare exec-path?",
    "git push": "f,force u,set-upstream d,delete n,dry-run q,quiet v,verbose o,push-option= repo= receive-pack= exec=",
    "git branch": "d,delete D,delete+force m,move M,move+force c,copy C,copy+force f,force a,all r,remotes l,list "
    "q,quiet v,verbose u,set-upstream-to= t,track? sort= format= points-at=",
    "git clean": "f,force d x X n,dry-run q,quiet i,interactive e,exclude=",
    "git reset": "q,quiet p,patch N,intent-to-add pathspec-from-file=",
    "git commit": "m,message= F,file= C,reuse-message= c,reedit-message= t,template= author= date= fixup= squash= "
    "trailer= cleanup= a,all n,no-verify s,signoff S,gpg-sign? u,untracked-files? e,edit p,patch o,only i,include "
    "q,quiet v,verbose",
    "git checkout": "b= B= orphan= conflict= f,force m,merge d,detach p,patch q,quiet t,track?",
    "git switch": "c,create= C,force-create= orphan= f,force,discard-changes m,merge d,detach q,quiet t,track?",
    "git rebase": "onto= x,exec= s,strategy= X,strategy-option= i,interactive m,merge r,rebase-merges? f,force-rebase",
    "git merge": "m,message= F,file= s,strategy= X,strategy-option= S,gpg-sign? n,no-stat q,quiet v,verbose e,edit",
    "git tag": "m,message= F,file= u,local-user= d,delete f,force a,annotate s,sign l,list v,verify",
    "git add": "A,all f,force u,update p,patch n,dry-run i,interactive v,verbose",
    "git rm": "r f,force n,dry-run q,quiet",
    "git stash": "m,message= u,include-untracked a,all k,keep-index p,patch q,quiet",
    "docker": "H,host= c,context= l,log-level= config= D,debug",
    "docker run": "d,detach i,interactive t,tty v,volume= e,env= p,publish= P,publish-all w,workdir= u,user= m,memory= "
    "h,hostname= l,label= net,network= name= entrypoint= mount= env-file= platform= cap-add= security-opt= pid=",
    "docker exec": "d,detach i,interactive t,tty e,env= u,user= w,workdir= privileged",
    "docker build": "t,tag= f,file= q,quiet build-arg= target= platform= network= progress= no-cache pull",
    "docker rm": "f,force v,volumes l,link",
    "docker rmi": "f,force",
    "docker system": _FORCE,
    "docker image": _FORCE,
    "docker volume": _FORCE,
    "docker container": _FORCE,
    "docker compose": "f,file= p,project-name= profile= env-file= d,detach v,volumes rmi= t,timeout= build",
    "kubectl": "n,namespace= f,filename= l,selector= o,output= c,container= k,kustomize= s,server= context= "
    "kubeconfig= cluster= user= as= grace-period= timeout= A,all-namespaces R,recursive i,stdin t,tty w,watch",
    "helm": "n,namespace= f,values= kube-context= kubeconfig= set= version= i,install",
    "npm": "g,global D,save-dev S,save P,save-prod O,save-optional B,save-bundle E,save-exact f,force y,yes s,silent "
    "C,prefix= w,workspace= registry= loglevel= tag= otp=",
    "pip": "r,requirement= c,constraint= e,editable= t,target= i,index-url= f,find-links= C,config-settings= "
    "extra-index-url= trusted-host= U,upgrade I,ignore-installed y,yes q,quiet v,verbose",
    "grep": "e,regexp= f,file= A,after-context= B,before-context= C,context= m,max-count= d,directories= D,devices= "
    "include= exclude= exclude-dir= i,ignore-case v,invert-match r,recursive R,dereference-recursive E,extended-regexp "
    "F,fixed-strings P,perl-regexp n,line-number l,files-with-matches c,count o,only-matching q,silent,quiet",
    "sed": "e,expression= f,file= i,in-place? n,silent,quiet E,r,regexp-extended",
    "curl": "o,output= X,request= H,header= d,data= F,form= u,user= A,user-agent= e,referer= b,cookie= c,cookie-jar= "
    "x,proxy= T,upload-file= m,max-time= w,write-out= E,cert= K,config= C,continue-at= r,range= data-raw= data-binary= "
    "url= retry= cacert= connect-timeout= k,insecure L,location f,fail s,silent S,show-error O,remote-name I,head "
    "v,verbose g,globoff G,get i,include",
    "wget": "O,output-document= o,output-file= P,directory-prefix= U,user-agent= t,tries= T,timeout= e,execute= "
    "post-data= header= user= password= q,quiet c,continue r,recursive no-check-certificate",
    "tar": "f,file= C,directory= T,files-from= X,exclude-from= I,use-compress-program= exclude= strip-components= "
    "c,create x,get,extract t,list r,append u,update z,gunzip,ungzip,gzip j,bzip2 J,xz v,verbose k,keep-old-files "
    "p,same-permissions,preserve-permissions P,absolute-names",
    "rsync": "e,rsh= f,filter= exclude= include= exclude-from= files-from= a,archive r,recursive n,dry-run v,verbose",
    "make": "C,directory= f,file,makefile= j,jobs? B,always-make k,keep-going n,just-print,dry-run s,quiet,silent",
    "kill": "9,KILL,SIGKILL 15,TERM,SIGTERM 1,HUP,SIGHUP 2,INT,SIGINT 3,QUIT,SIGQUIT s=",
    "gh": "R,repo= t,title= b,body= F,body-file= B,base= H,head= m,method= f,raw-field=",
    "apt-get": "y,assume-yes,yes q,quiet t,target-release= o,option= f,fix-broken",
    "psql": "c,command= f,file= d,dbname= h,host= p,port= U,username= v,variable= o,output=",
    "ssh": "p= i= o= l= F= L= R= D= J= b= c= E= e= I= m= O= Q= S= W= w=",
    # the wrappers and shells that _starts.py looks through
    "sudo": "u,user= g,group= h,host= p,prompt= C,close-from= r,role= t,type= T,command-timeout= U,other-user= "
    "D,chdir= R,chroot= l,list e,edit",
    "doas": "u= C=",
    "env": "u,unset= C,chdir= S,split-string= i,ignore-environment",
    "nice": "n,adjustment=",
    "ionice": "c,class= n,classdata= p,pid= t,ignore",
    "time": "f,format= o,output= p",
    "timeout": "s,signal= k,kill-after= v,verbose foreground preserve-status",
    "exec": "a= c l",
    "xargs": "I= n,max-args= P,max-procs= L,max-lines= a,arg-file= d,delimiter= E= s,max-chars= i,replace? l? e,eof? "
    "0,null r,no-run-if-empty t,verbose p,interactive x,exit o,open-tty",
    "stdbuf": "i,input= o,output= e,error=",
    "flock": "w,timeout= E,conflict-exit-code= c,command= n,nonblock s,shared x,exclusive",
    "watch": "n,interval= d,differences? t,no-title",
    "chroot": "groups= userspec=",
    "su": "c,command= s,shell= g,group= G,supp-group= l,login",
    "script": "c,command= q,quiet",
    "bash": _SHELL,
    "sh": _SHELL,
    "zsh": _SHELL,
    "dash": _SHELL,
    "ksh": _SHELL,
    "ash": _SHELL,
}
_SAME = {"podman": "docker", "docker-compose": "docker compose", "pip3": "pip", "apt": "apt-get", "pnpm": "npm"}
_SAME |= {"egrep": "grep", "fgrep": "grep", "gsed": "sed", "gtar": "tar", "chgrp": "chown", "pkill": "kill"}
_NPM = {"i": "install", "in": "install", "add": "install", "un": "uninstall", "rm": "uninstall", "remove": "uninstall"}
_SUBCOMMANDS: dict[str, dict[str, str]] = {"npm": _NPM, "git": {}, "docker": {}}
# tools whose options are whole words behind one dash: -delete is not -d -e -l
WHOLE_WORDS = frozenset(
    (
        "find",
        "kill",
        "java",
        "javac",
        "go",
        "terraform",
        "tofu",
        "openssl",
        "ffmpeg",
        "gcc",
        "g++",
        "cc",
        "clang",
        "dotnet",
    )
)


class Arguments:
    """What follows a tool's name, as `split` reads it.

    `options` are (name, value, whether the value is certain), `operands` are (word, whether it may be the first one),
    `rest` is the index of the first word that was not read, `key` the entry of the table in force at the end.
    """

    __slots__ = ("key", "operands", "options", "rest")

    def __init__(self, key: str) -> None:
        self.key = key
        self.options: list[Option] = []
        self.operands: list[tuple[str, bool]] = []
        self.rest = 1


def split(words: Sequence[str], tool: str, limit: int | None = None) -> Arguments:
    """`words[1:]` as `tool` reads them; with a `limit`, up to the operand after that many (assignments not counted)."""
    read = Arguments(_SAME.get(tool, tool))
    if read.key == "tar" and len(words) > 1 and words[1][:1] not in ("-", "\0"):
        words = [words[0], "-" + words[1], *words[2:]]
    first, guess, ended = True, False, False
    while read.rest < len(words):
        word = words[read.rest]
        if word == "--" and not ended:
            ended = True
        elif not ended and word[:1] == "-" and len(word) > 1:
            guess = _take_option(read, words)
        elif limit is None or len(read.operands) < limit or is_assignment(word):
            first, guess = _take_operand(read, word, first, guess), False
        else:
            break
        read.rest += 1
    return read


def is_assignment(word: str) -> bool:
    """Whether `word` has the form `NAME=value`."""
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()


def respelled(tool: str) -> frozenset[str]:
    """The options and subcommands of `tool` that have more than one spelling, in all of them."""
    key = _SAME.get(tool, tool)
    tables = (_table(name) for name in _TOOLS if name == key or name.startswith(key + " "))
    names = {
        name for table in tables for name, (meaning, _, single) in table.items() if not single or name not in meaning
    }
    aliases = _SUBCOMMANDS.get(key, {})
    return frozenset((*names, *aliases, *aliases.values()))


def _take_operand(read: Arguments, word: str, first: bool, guess: bool) -> bool:
    """Add an operand; returns whether the next one may be the first too, because this one may be an option's value."""
    if first and read.key in _SUBCOMMANDS:
        word = _SUBCOMMANDS[read.key].get(word, word)
        key = f"{read.key} {word}"
        guess = guess and key not in _TOOLS
        if read.key != "npm" and not guess:
            read.key = key
    read.operands.append((word, first))
    return first and guess


def _take_option(read: Arguments, words: Sequence[str]) -> bool:
    """Add the options of one word and the next word where that is their value; returns whether it may be one."""
    found, arity = _options(words[read.rest], _table(read.key), read.key in WHOLE_WORDS)
    value = words[read.rest + 1] if read.rest + 1 < len(words) else None
    unsure = arity == "unknown" and value is not None and value[:1] != "-"
    if unsure or (arity == "=" and value is not None):
        found[-1] = (found[-1][0], value, not unsure)
        read.rest += not unsure
    read.options += found
    return unsure


def _options(word: str, table: Mapping[str, Meaning], whole: bool) -> tuple[list[Option], str]:
    """The options one word stands for, and what the last one still takes: empty if nothing."""
    if whole or word.startswith("--"):
        name, equals, value = word.lstrip("-").partition("=")
        names, arity, _ = table.get(name, ((name,), "unknown", True))
        return [(name, value if equals else None, True) for name in names], "" if equals else arity
    found: list[Option] = []
    arity = ""
    for at, letter in enumerate(word[1:], 2):
        names, arity, _ = table.get(letter, ((letter,), "unknown", True))
        follows = word[at : at + 1]
        if follows and (arity in ("=", "?") or (arity == "unknown" and not follows.isalpha())):
            return [*found, (names[-1], word[at:].removeprefix("="), True)], ""
        found += [(name, None, True) for name in names]
    return found, arity


@functools.lru_cache(maxsize=256)
def _table(key: str) -> dict[str, Meaning]:
    """Spelling -> the names it stands for, what it takes, and whether that is its only spelling."""
    table: dict[str, Meaning] = {}
    for entry in _TOOLS.get(key, "").split():
        spellings = entry.rstrip("=?").split(",")
        names = tuple(spellings[-1].split("+"))
        arity = entry[-1] if entry[-1] in "=?" else ""
        table |= dict.fromkeys(spellings, (names, arity, len(spellings) == 1))
    return table
