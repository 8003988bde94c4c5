#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# unspoof ingest: what it says, all of it, and what it keeps.
. "${srcdir:-.}/tests/lib.sh"
twins

# said NAME: the last standard error is the text on standard input.
said() {
    cat >wanted
    same "$1" wanted err
}

# kept NAME SQL: what the query gives is the text on standard input.
kept() {
    cat >wanted
    sqlite3 case "$2" >got 2>&1
    same "$1" wanted got
}

# again STATUS NAME: what verify says of all rows of the case.
again() {
    try "$unspoof" verify -q --rows all case
    status_is "$1" "$2"
}

# Rows of every fate, in one file.
cat >calls.csv <<'EOF'
started,account,presented,dialled,duration,talk,status,cost
2022-03-01 10:00:00,u1,02079460101,07700900123,75,70,ANSWERED,0.05

2022-03-01 10:00:01,u1,"""HMRC"" <0300 200 3300>",07700900124,5,0,NO ANSWER,
32/13/2022,u1,02079460101,07700900123,75,70,ANSWERED,0.05
,u1,02079460101,07700900123,75,70,ANSWERED,0.05
0000-00-00 00:00:00,u1,02079460101,07700900123,75,70,ANSWERED,0.05
2022-03-01 10:00:02,u1,02079460101,07700900123,75,minus,ANSWERED,0.05
2022-03-01 10:00:03,u1,02079460101,07700900123,75,70,ANSWERED,1.2.3
2022-03-01 10:00:04,u1,02079460101
2022-03-01 10:00:05,u1,02079460101,07700900123,75,70,ANSWERED,0.05,more
2022-03-01 10:00:06,u1,02079460101,07700900123,75,70,ANSWERED,"0.05
started,account,presented,dialled,duration,talk,status,cost
2022-03-01 10:00:07,u2,"a
b",07700900125,75,70,ANSWERED,0.05
2022-03-01 10:00:08,u2,02"07,07700900125,75,70,ANSWERED,0.05
EOF
try "$unspoof" ingest case calls.csv
status_is 0 'rows of every fate'
said 'what is said of them' <<'EOF'
calls.csv: kind call, profile canonical, separator comma, quote ", header, line ends LF
calls.csv:5: started '32/13/2022': is no time: no such day, month or year
calls.csv:6: started '': needed, and empty
calls.csv:7: started '0000-00-00 00:00:00': is no time: it stands for none, and one is needed
calls.csv:8: talk 'minus': is no duration
calls.csv:9: cost '1.2.3': has two points
calls.csv:10: has 3 fields where the header has 8
calls.csv:11: has 9 fields where the header has 8
calls.csv:12: the quote opened in column 8 is not closed
calls.csv:16: a quote in column 3 is out of place
calls.csv: 2 rows rejected for quotes that are out of place or not closed; where quotes inside fields are not doubled say --inner-quotes bare, where they are around a part --inner-quotes part, and without any --quote none
calls.csv: times from 2022-03-01 10:00:00 to 2022-03-01 10:00:07
calls.csv: its times tell no zone: UTC is assumed (-z)
calls.csv: read 14, accepted 3, rejected 9, skipped 2
EOF
kept 'what is kept of the source' "SELECT path, member, compression, kind, service, profile, region, zone, currency,
    date_order, legs, dialect, rows_read, accepted, rejected, skipped, size = member_size, sha256 = member_sha256 FROM source" <<'EOF'
calls.csv||none|call||canonical||UTC||||separator comma, quote ", header, line ends LF, 8 columns|14|3|9|2|1|1
EOF
kept 'and its mapping' 'SELECT mapping FROM source' <<'EOF'
started=started
account=account
presented=presented
dialled=dialled
duration=duration
talk=talk
status=status
cost=cost

EOF
[ "$(sqlite3 case 'SELECT sha256 FROM source')" = "$(sha256sum <calls.csv | cut -d' ' -f1)" ]
ok 'its hash is that of the file'
# Every rejected row, cut out of the file by its offset and length, is the text that was kept.
sqlite3 -separator ' ' case 'SELECT id, offset, length FROM reject' | while read -r id offset length; do
    tail -c +$((offset + 1)) calls.csv | head -c "$length" >cut
    sqlite3 case "SELECT writefile('kept', text) FROM reject WHERE id = $id" >/dev/null
    cmp -s cut kept || echo "$id"
done >misplaced
: >nothing
same 'rejects lie where they say' nothing misplaced

# More rejects than are told.
{
    echo 'account,login'
    i=0
    while [ $i -lt 12 ]; do
        echo ",l$i"
        i=$((i + 1))
    done
    echo a,b
} >accounts.csv
again 0 'rows and rejects hold when they are read again'
rm -f case
try "$unspoof" ingest case accounts.csv
[ "$(grep -c "needed, and empty" err)" = 10 ]
ok 'ten rejects are told'
says err '^accounts.csv: 2 more rejected rows; see export rejects$' 'and the others are counted'
try "$unspoof" ingest -q case accounts.csv
[ ! -s err ]
ok '-q says nothing'

# What is in the case already.
try "$unspoof" ingest case accounts.csv
said 'a source twice' <<'EOF'
accounts.csv: already in the case as source 1; nothing added
EOF
gzip -c accounts.csv >accounts.csv.gz
try "$unspoof" ingest case accounts.csv.gz
said 'its content in another file' <<'EOF'
accounts.csv.gz: kind account, profile canonical, separator comma, quote ", header, line ends LF
accounts.csv.gz:2: account '': needed, and empty
accounts.csv.gz:3: account '': needed, and empty
accounts.csv.gz:4: account '': needed, and empty
accounts.csv.gz:5: account '': needed, and empty
accounts.csv.gz:6: account '': needed, and empty
accounts.csv.gz:7: account '': needed, and empty
accounts.csv.gz:8: account '': needed, and empty
accounts.csv.gz:9: account '': needed, and empty
accounts.csv.gz:10: account '': needed, and empty
accounts.csv.gz:11: account '': needed, and empty
accounts.csv.gz: already in the case as source 1; nothing added
EOF
kept 'one source, one run' 'SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM run), (SELECT count(*) FROM reject)' <<'EOF'
1|1|12
EOF
again 0 'so do those of a source that was offered again'
rm -f case

# No row at all, for a mapping that is wrong.
try "$unspoof" ingest -k call -m started=account -m account=started -m presented=3 -m dialled=4 case calls.csv
status_is 1 'no row that can be taken'
says err "^unspoof ingest: calls.csv: no row was accepted: of 13 rejected, 8 for role started, which is column 'account': is it the right one\\? \\(-m started=COLUMN\\)$" 'the likely cause'
again 0 'and rejects alone'
rm -f case

# Dialects.
printf '\357\273\277sep=;\r\naccount;login\r\n"a;1";b\r\n\r\nc;d\r\n' >marks.csv
try "$unspoof" ingest case marks.csv
said 'byte order mark, declaration, CR LF' <<'EOF'
marks.csv: kind account, profile canonical, separator semicolon, quote ", header, line ends CRLF, byte order mark
marks.csv: read 4, accepted 2, rejected 0, skipped 2
EOF
kept 'its rows and their places' 'SELECT account, login, line, offset, length FROM account' <<'EOF'
a;1|b|3|25|9
c|d|5|36|5
EOF
printf 'account|login\ra|b\rc|d\r' >bars.csv
try "$unspoof" ingest case bars.csv
said 'bars, CR' <<'EOF'
bars.csv: kind account, profile canonical, separator bar, quote ", header, line ends CR
bars.csv: read 2, accepted 2, rejected 0, skipped 0
EOF
printf '"u1", "2022-06-01 14:02:11", "x, y"\n"u2", "2022-06-01 14:02:12", ""\n' >blanks.csv
try "$unspoof" ingest -k login -m account=1 -m at=2 -m device=3 -z Europe/London case blanks.csv
said 'blanks before quotes, positions, a zone' <<'EOF'
blanks.csv: kind login, profile canonical, separator comma, quote ", no header, line ends LF, blanks around quotes
blanks.csv: times from 2022-06-01 14:02:11 to 2022-06-01 14:02:12
blanks.csv: read 2, accepted 2, rejected 0, skipped 0
EOF
kept 'fields are as they are' "SELECT account, at, device, zone FROM login, source WHERE source.id = login.source" <<'EOF'
u1|2022-06-01 14:02:11|x, y|Europe/London
u2|2022-06-01 14:02:12||Europe/London
EOF
printf ' account , login \n a , b \n' >spaced.csv
try "$unspoof" ingest -q case spaced.csv
try "$unspoof" ingest -q --trim --separator , case spaced.csv
printf ' account , login \n c , d \n' >spaced.csv
try "$unspoof" ingest -q --trim case spaced.csv
kept 'blanks stay, but with --trim' "SELECT '[' || account || '|' || login || ']' FROM account WHERE source > 3" <<'EOF'
[ a | b ]
[c|d]
EOF
printf 'x;"y\nz;w\n' >quoteless.csv
try "$unspoof" ingest -q --separator semicolon --quote none --no-header -k account -m account=1 -m login=2 case quoteless.csv
kept '--quote none' "SELECT account, login FROM account WHERE source > 5" <<'EOF'
x|"y
z|w
EOF
again 6 'and dialects, but for a file that was written over'
rm -f case

# Asterisk: rows of several widths in one file.
row='"u1","02079460101","s","ctx","""N"" <02079460101>","SIP/a-1","SIP/b-2","Dial","SIP/trunk/447700900123,60","2022-03-27 00:59:58",,"2022-03-27 01:00:09",11,9,"ANSWERED","BILLING"'
printf '%s\n' "$row" "$row" "$row" "$row" "$row" "$row,\"1648342798.1\"" "$row,\"a user's field\"" "$row,\"1648342798.2\",\"\"" \
    "$row,\"1648342798.3\",\"\",\"\",\"1648342798.2\",7" "$row,1,2,3,4,5,6" >Master.csv
try "$unspoof" ingest --service example case Master.csv
said 'Asterisk is found out' <<'EOF'
Master.csv: kind call, profile asterisk-cdr-csv, separator comma, quote ", no header, line ends LF
Master.csv:10: has 22 fields where the profile knows 16 to 21
Master.csv: such dumps cannot say: a number that the dialplan set after the row was begun: src is that of its beginning; look for it elsewhere, and take nothing else for it
Master.csv: such dumps cannot say: calls whose record has more than 1,024 bytes: Asterisk drops them, and gaps in sequence show it; look for it elsewhere, and take nothing else for it
Master.csv: its clocks were UTC+00:00 from 2022-03-27T00:59:58Z to 2022-03-27T00:59:58Z, by column 17 of 3 rows; 6 rows have it not; where that column is no such time, take a profile without its line `epoch`
Master.csv: times from 2022-03-27 00:59:58 to 2022-03-27 00:59:58; columns not read: 4 (ctx), 6 (SIP/a-1), 8 (Dial), 16 (BILLING)
Master.csv: read 10, accepted 9, rejected 1, skipped 0
EOF
kept 'its legs and words' "SELECT service, profile, legs, dialect, words FROM source" <<'EOF'
example|asterisk-cdr-csv|call_id|separator comma, quote ", no header, line ends LF, 16 to 21 columns|answered=ANSWERED
unanswered=NO ANSWER
unanswered=FAILED
unanswered=BUSY
unanswered=CONGESTION
unanswered=CANCEL
unanswered=UNKNOWN

EOF
again 0 'and rows of several widths'
rm -f case

# A call log that has no column for the presented number.
printf 'started,account,dialled,talk\n2022-03-01 10:00:00,u1,07700900123,70\n' >origin.csv
try "$unspoof" ingest case origin.csv
status_is 2 'a call log without presented is not taken for accounts'
try "$unspoof" ingest -k call case origin.csv
status_is 2 'nor for calls in silence'
says err 'needs role presented.*nothing after the =' 'how to go without it is said'
try "$unspoof" ingest -q -r GB -k call -m presented= case origin.csv
status_is 0 'presented unknown'
must "$unspoof" normalise -q case
must "$unspoof" correlate -q case
"$unspoof" export -q -f csv case presentations >presentations
[ "$(wc -l <presentations)" = 1 ]
ok 'an unknown presented number is no presentation'
"$unspoof" export -q -f csv case victims >victims
says victims '^\+447700900123,GB,1,1,70,' 'and its call has a victim all the same'
try "$unspoof" ingest -k call -m started= case origin.csv
status_is 2 'a role that every row needs cannot be left out'
again 0 'and rows without a role'
rm -f case

# Folders, archives, standard input.
mkdir -p folder/sub
printf 'account\nb\n' >folder/b.csv
printf 'account\na\n' >folder/sub/a.csv
printf 'account\nz\n' >folder/z.csv
ln -s b.csv folder/link.csv
echo 'dear all' >folder/note.txt
try "$unspoof" ingest case folder
said 'a folder' <<'EOF'
folder/b.csv: kind account, profile canonical, separator comma, quote ", header, line ends LF
folder/note.txt: not a dump that is known; its header is: dear all; say what it is with -k KIND, and which columns play which roles with -m ROLE=COLUMN
folder: 3 members, read 3, accepted 3, rejected 0, skipped 0
unspoof ingest: folder/link.csv: a link or device (and 1 more failed)
EOF
status_is 1 'what a folder holds and is no dump is a failure'
rm folder/link.csv folder/note.txt
try "$unspoof" ingest folder/case folder
status_is 0 'a folder of dumps'
says err '^left out: folder/case: is the case itself$' 'a case in the folder is no source'
[ "$(sqlite3 folder/case 'SELECT group_concat(path) FROM member')" = b.csv,sub/a.csv,z.csv ]
ok 'and its dumps are loaded'
again 0 'and those of folders'
rm -f case folder/case
(cd folder && ln -s b.csv link.csv && tar cf ../some.tar b.csv sub/a.csv link.csv)
try "$unspoof" ingest -q case some.tar
status_is 0 'an archive'
kept 'its members' 'SELECT s.path, m.path, s.compression, m.accepted FROM source s JOIN member m ON m.source = s.id' <<'EOF'
some.tar|b.csv|tar|1
some.tar|sub/a.csv|tar|1
EOF
[ "$(sqlite3 case 'SELECT DISTINCT sha256 FROM source')" = "$(sha256sum <some.tar | cut -d' ' -f1)" ]
ok 'their source has the hash of the archive'
[ "$(sqlite3 case "SELECT sha256 FROM member WHERE path = 'b.csv'")" = "$(sha256sum <folder/b.csv | cut -d' ' -f1)" ]
ok 'and each its own'
"$unspoof" ingest case - <some.tar >out 2>err
[ $? = 2 ]
ok 'an archive on standard input is a usage error'
says err '^unspoof ingest: -: an archive that is not read from a file' 'and is named'
printf 'account\nq\n' | gzip | "$unspoof" ingest case - >out 2>err
ok 'compressed standard input'
says err '^-: read 1, accepted 1, rejected 0, skipped 0$' 'its counts'
again 6 'and of archives, but not of standard input'
rm -f case

# One source that fails does not stop the others, and leaves nothing in a new case.
{ printf 'account\n'; i=0; while [ $i -lt 3000 ]; do echo "account$i"; i=$((i + 1)); done; } | gzip | head -c 4000 >cut.csv.gz
try "$unspoof" ingest case absent.csv cut.csv.gz folder/b.csv
status_is 1 'the worst status is the status'
says err '^unspoof ingest: absent.csv: No such file or directory$' 'a missing file is named'
says err '^unspoof ingest: cut.csv.gz: cannot be read to its end, so nothing of it is kept: truncated gzip input$' 'a truncated one too'
kept 'the other is kept, and nothing else' 'SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM account)' <<'EOF'
1|1
EOF
again 0 'and what other sources left'
rm -f case
twins_agree
done_testing
