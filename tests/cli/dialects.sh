#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Text that is not written as RFC 4180 says: escapes, quotes that are not doubled, guards, lines around the table. Each is
# found out, said, recorded, can be said otherwise, and is read again; what reads well without is read as it was.
. "${srcdir:-.}/tests/lib.sh"

map='-k call -r GB -m started=when -m account=who -m presented=shown -m dialled=called -m talk=spoken'

# taken NAME FILE [OPTION...]: ingested, with the usual columns; its rows are in got; they hold when they are read again,
# on any number of threads, and where a byte is changed they do not.
taken() {
    name=$1
    file=$2
    shift 2
    rm -f case case.log
    # shellcheck disable=SC2086
    try "$unspoof" ingest $map "$@" case "$file"
    cp err said
    status_is 0 "$name: ingested"
    "$unspoof" query -q -f jsonl case 'SELECT line, account, presented, dialled, talk FROM call' >got
    sqlite3 case .dump | grep -v '^INSERT INTO run ' >dump
    must "$unspoof" query -q -f tsv case 'SELECT rows_read, accepted, rejected, skipped FROM source'
    "$unspoof" query -q -f tsv case 'SELECT rows_read - accepted - rejected - skipped FROM source' | tail -n 1 >sum
    echo 0 >zero
    same "$name: all rows are counted" zero sum
    try "$unspoof" verify --rows all case
    status_is 0 "$name: its rows hold"
    says out ' 0 sources could not be$' "$name: they were read again"
    for n in 1 2 3 8; do
        rm -f other
        # shellcheck disable=SC2086
        must "$unspoof" ingest -q $map "$@" --threads $n other "$file"
        sqlite3 other .dump | grep -v '^INSERT INTO run ' >dump.$n
        same "$name: --threads $n" dump dump.$n
    done
}

# forged NAME FILE FROM TO: a case that says it is of the file, and was made of another.
forged() {
    cp "$2" kept
    sed "s/$3/$4/" kept >"$2"
    cmp -s kept "$2" && echo "# nothing changed"
    rm -f case case.log
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q $map case "$2"
    cp kept "$2"
    hash=$(sha256sum <"$2" | cut -d' ' -f1)
    must sqlite3 case "UPDATE source SET sha256 = '$hash', member_sha256 = '$hash'; DELETE FROM run"
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q $map case "$2"
    try "$unspoof" verify --rows all case
    status_is 4 "$1: a changed byte is told"
}

# ---- quotes that are not doubled ----
cat >outfile.csv <<'END'
id,shown,who,called,when,spoken
1,""Anna Example" <02079460115>",u1,07700900123,"2022-03-01 10:00:00",70
2,""Example, Anna" <02079460115>",u1,07700900124,"2022-03-01 10:00:01",71
3,""" <02079460116>",u2,07700900125,"2022-03-01 10:00:02",72
4,NULL,u2,07700900126,"2022-03-01 10:00:03",73
END
cat >wanted <<'END'
{"line":2,"account":"u1","presented":"\"Anna Example\" <02079460115>","dialled":"07700900123","talk":"70"}
{"line":3,"account":"u1","presented":"\"Example, Anna\" <02079460115>","dialled":"07700900124","talk":"71"}
{"line":4,"account":"u2","presented":"\"\" <02079460116>","dialled":"07700900125","talk":"72"}
{"line":5,"account":"u2","presented":"NULL","dialled":"07700900126","talk":"73"}
END
taken 'MySQL OUTFILE' outfile.csv
same 'MySQL OUTFILE: its rows' wanted got
says said '^outfile\.csv: quotes inside fields are not doubled.*--inner-quotes doubled' 'MySQL OUTFILE: said'
"$unspoof" query -q -f tsv case "SELECT topic, count FROM source_remark" >remarks
says remarks '^dialect	2$' 'MySQL OUTFILE: kept'
try "$unspoof" sniff -k call outfile.csv
says out 'dialect: .*inner quotes bare' 'sniff tells inner quotes'
says out 'found out: quotes inside fields' 'sniff tells what shows them'
forged 'MySQL OUTFILE' outfile.csv 'Anna E' 'Anne E'
# shellcheck disable=SC2086
try "$unspoof" ingest $map --inner-quotes doubled plain.case outfile.csv
says err 'read 4, accepted 2, rejected 2' 'it can be said that they are doubled'
says err '2 rows rejected for quotes .*--inner-quotes bare' 'and then what to say is told'
# A row that lacks a quote takes nothing of the next.
sed 's/^2,.*/2,""Anna <1>,u1,07700900124,2022-03-01 10:00:01,71/' outfile.csv >broken.csv
# shellcheck disable=SC2086
try "$unspoof" ingest $map --inner-quotes bare broken.case broken.csv
says err 'read 4, accepted 3, rejected 1' 'a quote that is not closed costs its line alone'
says err 'broken\.csv:3: the quote opened in column 2 is not closed on its line' 'which is told'
# One row with a quote out of place, or a text whose quotes are doubled, shows nothing.
cat >strict.csv <<'END'
when,who,shown,called,spoken
2022-03-01 10:00:00,u1,"""HMRC"" <0300 200 3300>",07700900124,5
2022-03-01 10:00:01,u1,"""HMRC"" <0300 200 3300>",07700900124,5
2022-03-01 10:00:02,u1,"""HMRC"" <0300 200 3300>",07700900124,5
2022-03-01 10:00:03,u1,""HMRC" <0300 200 3300>",07700900124,5
2022-03-01 10:00:03,u1,""HMRC" <0300 200 3300>",07700900124,5
END
# shellcheck disable=SC2086
try "$unspoof" ingest $map strict.case strict.csv
says err 'read 5, accepted 3, rejected 2' 'doubled quotes stay doubled quotes'

# ---- quotes around a part ----
cat >part.csv <<'END'
when,shown,who,called,channel,data,spoken
2022-03-01 10:00:11,"Desk 1" <201>,u1,07700900000,Local/1@x;1,"SIP/trunk/07700900000,60,rI",0
2022-03-01 10:00:22,"Example, B" <202>,u2,07700900001,Local/1@x;2,"SIP/trunk/07700900001,60,rI",7
2022-03-01 10:00:33,"" <203>,u3,07700900002,Local/1@x;2,,14
2022-03-01 10:00:44,204,u3,07700900003,Local/1@x;1,"200@default,u",15
END
cat >wanted <<'END'
{"line":2,"account":"u1","presented":"\"Desk 1\" <201>","dialled":"07700900000","talk":"0"}
{"line":3,"account":"u2","presented":"\"Example, B\" <202>","dialled":"07700900001","talk":"7"}
{"line":4,"account":"u3","presented":"\"\" <203>","dialled":"07700900002","talk":"14"}
{"line":5,"account":"u3","presented":"204","dialled":"07700900003","talk":"15"}
END
taken 'FreePBX' part.csv
same 'FreePBX: its rows' wanted got
says said 'quotes stand around a part of fields' 'FreePBX: said'
forged 'FreePBX' part.csv 'Desk 1' 'Desk 7'

# ---- backslashes ----
printf '%s\n' 'who,shown,called,when,spoken,note' \
    'u1,"\"Anna\" <02079460101>",07700900123,2022-03-01 10:00:00,70,a\,b' \
    'u1,"\"B, C\" <02079460101>",07700900124,2022-03-01 10:00:01,71,"x\' 'y"' \
    'u\\2,"\N",07700900125,2022-03-01 10:00:02,72,\N' \
    'u\t3,02079460103,07700900126,2022-03-01 10:00:03,73,C:\Xyz' >slashes.csv
cat >wanted <<'END'
{"line":2,"account":"u1","presented":"\"Anna\" <02079460101>","dialled":"07700900123","talk":"70"}
{"line":3,"account":"u1","presented":"\"B, C\" <02079460101>","dialled":"07700900124","talk":"71"}
{"line":5,"account":"u\\2","presented":"\\N","dialled":"07700900125","talk":"72"}
{"line":6,"account":"u\u00093","presented":"02079460103","dialled":"07700900126","talk":"73"}
END
taken 'backslashes' slashes.csv
same 'backslashes: its rows' wanted got
says said 'a backslash gives what follows' 'backslashes: said'
forged 'backslashes' slashes.csv 'B, C' 'B, D'
# shellcheck disable=SC2086
try "$unspoof" ingest $map --escape none none.case slashes.csv
says err 'read [5-9], accepted [0-3], rejected [2-9]' '--escape none'
# Tabs and line ends, as without an option of OUTFILE.
printf '%s\t%s\t%s\t%s\t%s\n' when who shown called spoken \
    '2022-03-01 10:00:00' 'a\	b' '\N' 07700900123 70 \
    '2022-03-01 10:00:01' 'a\
b' '02079460101' 07700900124 71 \
    '2022-03-01 10:00:02' 'a\\b' '02079460101' 07700900125 72 \
    '2022-03-01 10:00:03' 'a\	c' '\N' 07700900126 73 >tabs.tsv
cat >wanted <<'END'
{"line":2,"account":"a\u0009b","presented":"\\N","dialled":"07700900123","talk":"70"}
{"line":3,"account":"a\u000ab","presented":"02079460101","dialled":"07700900124","talk":"71"}
{"line":5,"account":"a\\b","presented":"02079460101","dialled":"07700900125","talk":"72"}
{"line":6,"account":"a\u0009c","presented":"\\N","dialled":"07700900126","talk":"73"}
END
taken 'tabs' tabs.tsv
same 'tabs: its rows' wanted got
forged 'tabs' tabs.tsv '900126' '900127'
# A folder with a backslash at the end of a value is none of it.
printf '%s\n' 'when,who,shown,called,spoken,path' '2022-03-01 10:00:00,u1,1,07700900123,70,"C:\dumps\"' \
    '2022-03-01 10:00:01,u1,1,07700900123,70,"C:\dumps\"' '2022-03-01 10:00:01,u1,1,07700900123,70,"C:\new\"' >folder.csv
# shellcheck disable=SC2086
try "$unspoof" ingest $map folder.case folder.csv
says err 'line ends LF$' 'backslashes in sound rows mean nothing'

# ---- Cloud SQL ----
printf '%s\n' '"2022-03-01 10:00:00","u1","02079460101","07700900123","70","N' \
    '"2022-03-01 10:00:01","u1","N,"07700900124","71","N, ""x"""' \
    '"2022-03-01 10:00:02","u2","N,"07700900125","72","North"' \
    '"2022-03-01 10:00:03","u2","02079460101","07700900126","73","N' >cloud.csv
cat >wanted <<'END'
{"line":1,"account":"u1","presented":"02079460101","dialled":"07700900123","talk":"70"}
{"line":3,"account":"u2","presented":"\"N","dialled":"07700900125","talk":"72"}
{"line":4,"account":"u2","presented":"02079460101","dialled":"07700900126","talk":"73"}
END
usual=$map
map='-k call -r GB --no-header -m started=1 -m account=2 -m presented=3 -m dialled=4 -m talk=5'
taken 'Cloud SQL' cloud.csv
same 'Cloud SQL: its rows' wanted got
says said '"N is no value' 'Cloud SQL: said'
says said 'read 4, accepted 3, rejected 1' 'Cloud SQL: what may be either is not guessed'
must "$unspoof" normalise -q case
"$unspoof" query -q -f tsv case "SELECT count(*) FROM call WHERE presented = '\"N' AND presented_e164 IS NULL" | tail -n 1 >got
echo 1 >wanted
same 'Cloud SQL: "N presents nothing' wanted got
forged 'Cloud SQL' cloud.csv 'North' 'South,'
map=$usual

# ---- guards ----
printf '%s\n' 'when,who,shown,called,spoken' '="2022-03-01 10:00:00",="007",="02079460101",="07700900123",70' \
    '2022-03-01 10:00:01,="a,b","=""02079460102""",07700900124,71' '2022-03-01 10:00:02,u3,="02079460103","07700900125",72' >guards.csv
cat >wanted <<'END'
{"line":2,"account":"007","presented":"02079460101","dialled":"07700900123","talk":"70"}
{"line":3,"account":"a,b","presented":"02079460102","dialled":"07700900124","talk":"71"}
{"line":4,"account":"u3","presented":"02079460103","dialled":"07700900125","talk":"72"}
END
taken 'guards' guards.csv
same 'guards: its rows' wanted got
says said '="\.\.\." around values is taken off' 'guards: said'
forged 'guards' guards.csv '="007' '="008'

# ---- lines around the table ----
rows='u1,2022-03-01 10:00:00,02079460101,07700900123,70
u1,2022-03-01 10:00:01,02079460101,07700900124,71
u2,2022-03-01 10:00:02,02079460101,07700900125,72'
cat >wanted <<'END'
{"line":5,"account":"u1","presented":"02079460101","dialled":"07700900123","talk":"70"}
{"line":6,"account":"u1","presented":"02079460101","dialled":"07700900124","talk":"71"}
{"line":7,"account":"u2","presented":"02079460101","dialled":"07700900125","talk":"72"}
END
printf '%s\n' 'Call report, London' '' '# by nobody' who,when,shown,called,spoken "$rows" '' '(3 rows)' 'Total,,213' >around.csv
taken 'a banner' around.csv
same 'a banner: its rows' wanted got
says said '3 lines before the table are no rows; line 4 is its first.*--skip-head N' 'a banner: its head is said'
says said '2 lines around the table, the first in line 9, are skipped as no rows.*--keep-foot' 'a banner: and its foot'
says said 'read 9, accepted 3, rejected 0, skipped 6' 'a banner: counted'
"$unspoof" query -q -f tsv case "SELECT topic, count, line FROM source_remark WHERE topic <> 'coverage' ORDER BY topic" >remarks
printf 'topic\tcount\tline\nfoot\t2\t9\nhead\t3\t1\n' >wanted.remarks
same 'a banner: kept' wanted.remarks remarks
forged 'a banner' around.csv '71$' '77'
# shellcheck disable=SC2086
must "$unspoof" ingest $map --keep-foot foot.case around.csv
"$unspoof" query -q -f tsv foot.case 'SELECT rejected, skipped FROM source' | tail -n 1 >got
printf '2\t4\n' >wanted.counts
same '--keep-foot' wanted.counts got
taken 'a head that is said' around.csv --skip-head 3
same 'a head that is said: its rows' wanted got
map='-k call -r GB -m started=2 -m account=1 -m presented=3 -m dialled=4 -m talk=5'
taken 'a head with the header' around.csv --skip-head 4 --no-header
same 'a head with the header: its rows' wanted got
map=$usual
printf '%s\n' 'Call report,,,,' ',,,,' 'By,nobody,,,' who,when,shown,called,spoken "$rows" >padded.csv
taken 'a banner as wide as the table' padded.csv
same 'a banner as wide as the table: its rows' wanted got
# Titles of as many fields as they have, above a header of words alone.
printf '%s\n' 'Calls,March,2022-03-01' 'By,nobody,on,2022-04-01' who,when,shown,called,spoken "$rows" >titles.csv
taken 'titles of several fields' titles.csv
sed 's/"line":5/"line":4/; s/"line":6/"line":5/; s/"line":7/"line":6/' wanted >wanted.titles
same 'titles of several fields: the rows' wanted.titles got
says said '2 lines before the table are no rows; line 3 is its first' 'titles of several fields: said'
says said 'read 5, accepted 3, rejected 0, skipped 2' 'titles of several fields: counted'
forged 'titles of several fields' titles.csv '71$' '77'
# Two lines that could be the header: nobody guesses.
printf '%s\n' 'By,nobody,on,2022-04-01,x' who,when,shown,called,spoken "$rows" >either.csv
rm -f either.case
# shellcheck disable=SC2086
try "$unspoof" ingest $map either.case either.csv
status_is 2 'two lines could be the header'
says err "there is no column 'when'.*the table may begin further down: --skip-head 1 goes over the lines before that" \
    'two lines could be the header: which option decides'
taken 'the second of them' either.csv --skip-head 1
says said 'read 4, accepted 3, rejected 0, skipped 1' 'the second of them: counted'
# As clients of databases draw them.
printf '%s\n' '+-----+---------------------+-------------+-------------+--------+' '| who | when                | shown       | called      | spoken |' \
    '+-----+---------------------+-------------+-------------+--------+' >drawn.txt
echo "$rows" | sed 's/^/| /; s/,/ | /g; s/$/ |/' >>drawn.txt
printf '%s\n' '+-----+---------------------+-------------+-------------+--------+' '3 rows in set (0.00 sec)' >>drawn.txt
taken 'a table that is drawn' drawn.txt
sed 's/"line":5/"line":4/; s/"line":6/"line":5/; s/"line":7/"line":6/' wanted >wanted.drawn
same 'a table that is drawn: its rows' wanted.drawn got
printf '%s\n' ' who |        when         |    shown    |   called    | spoken' '-----+---------------------+-------------+-------------+--------' >aligned.txt
echo "$rows" | sed 's/^/ /; s/,/ | /g; s/|\( *[0-9]*\)$/|     \1/' >>aligned.txt
echo '(3 rows)' >>aligned.txt
taken 'a table of psql' aligned.txt
sed 's/"line":5/"line":3/; s/"line":6/"line":4/; s/"line":7/"line":5/' wanted >wanted.aligned
same 'a table of psql: its rows' wanted.aligned got

# ---- a sound text is read as ever ----
printf '%s\n' who,when,shown,called,spoken "$rows" >sound.csv
taken 'a sound text' sound.csv
says said '^sound\.csv: kind call, profile canonical, separator comma, quote ", header, line ends LF$' 'a sound text: nothing is found of it'
sqlite3 case 'SELECT recipe FROM source' >recipe
! grep -E '^(manner|head) ' recipe
ok 'a sound text: nor recorded'
[ "$(sqlite3 case "SELECT count(*) FROM source_remark WHERE topic <> 'coverage'")" = 0 ]
ok 'a sound text: nor said'

# ---- files of a folder ----
mkdir mixed
printf '%s\n' when,who,shown,called,spoken '2022-03-01 10:00:00,u1,"02079460101",07700900123,70' >mixed/1.csv
printf '%s\n' when,who,shown,called,spoken '2022-03-01 10:00:01,u1,""A" <02079460101>",07700900124,71' \
    '2022-03-01 10:00:02,u1,""B" <02079460101>",07700900125,72' >mixed/2.csv
printf '%s\n' when,who,shown,called,spoken '2022-03-01 10:00:03,u1,""C" <02079460101>",07700900126,73' >mixed/3.csv
rm -f case
# shellcheck disable=SC2086
try "$unspoof" ingest $map case mixed
status_is 0 'files of a folder that are not written alike'
"$unspoof" query -q -f tsv case 'SELECT count(*), sum(rejected) FROM source' | tail -n 1 >got
printf '2\t0\n' >wanted
same 'are two sources, and no row is lost' wanted got
try "$unspoof" verify --rows all case
status_is 0 'and all rows hold'

# ---- profiles ----
cat >mine.profile <<'END'
name mine
kind call
escape backslash
inner-quotes doubled
guard none
skip-head 3
header yes
roles header
role account who
role started when
role presented shown
role dialled called
role talk spoken
END
try "$unspoof" ingest -p mine.profile profile.case around.csv
says err 'escape backslash, head of 3 lines' 'a profile says how it is written'
for line in 'escape slash' 'inner-quotes some' 'guard tin' 'skip-head -1' 'skip-head many'; do
    sed "s/^${line%% *} .*/$line/" mine.profile >wrong.profile
    try "$unspoof" sniff -p wrong.profile around.csv
    status_is 2 "a profile with $line"
done

# ---- nothing is stored ----
# checked NAME STATUS [OPTION...] FILE: --check says what ingest says, ends as it does, and leaves nothing.
checked() {
    name=$1
    wanted=$2
    shift 2
    rm -rf there && mkdir there
    # shellcheck disable=SC2086
    try "$unspoof" ingest $map there/case "$@"
    status_is "$wanted" "$name: ingest"
    grep -v 'no row was accepted\|--max-rejects allows' err >as.ingest
    rm -rf there && mkdir there
    # shellcheck disable=SC2086
    try "$unspoof" ingest --check $map "$@"
    status_is "$wanted" "--check of $name ends as ingest does"
    grep -v 'no row was accepted\|--max-rejects allows\|nothing of this is stored' err >as.check
    same "--check of $name says what ingest says" as.ingest as.check
    says err 'nothing of this is stored: --check' "--check of $name: nothing is stored"
    # shellcheck disable=SC2086
    try "$unspoof" ingest --check $map there/case "$@"
    status_is "$wanted" "--check of $name may have a CASE"
    says err '^there/case: is the case, and is neither read nor made' "--check of $name: that is said"
    [ -z "$(ls there)" ]
    ok "--check of $name leaves nothing"
}
checked 'a sound text' 0 sound.csv
checked 'a banner' 0 around.csv
checked 'rejected rows' 0 strict.csv
checked 'more rejected rows than may be' 3 --max-rejects 1 strict.csv
sed 's/2022-03-01/yesterday/' sound.csv >none.csv
checked 'no row' 1 none.csv
checked 'two files' 0 sound.csv around.csv
mkdir -p folder && cp sound.csv folder/1.csv && cp sound.csv folder/2.csv && echo u9,2022-03-01,1,2,3 >>folder/2.csv
checked 'a folder' 0 folder
awk 'BEGIN { print "who,when,shown,called,spoken"; for (i = 0; i < 200000; i++) printf "u%d,2022-03-01 10:00:00,02079460101,07700900%03d,%d\n", i % 7, i % 1000, i % 100 }' >many.csv
checked 'more rows than a segment has' 0 many.csv
must "$unspoof" ingest -q -k call -r GB -m started=when -m account=who -m presented=shown -m dialled=called -m talk=spoken was.case sound.csv
before=$(sha256sum <was.case)
# shellcheck disable=SC2086
try "$unspoof" ingest --check $map was.case sound.csv
status_is 0 '--check of what the case has'
says err 'read 3, accepted 3' '--check reads what the case has'
[ "$before" = "$(sha256sum <was.case)" ]
ok '--check leaves the case as it was'
for wrong in '--check --replace' '--check --discard-unfinished' '--check'; do
    # shellcheck disable=SC2086
    try "$unspoof" ingest $wrong
    status_is 2 "$wrong alone is refused"
done
# shellcheck disable=SC2086
try "$unspoof" ingest $map --check --replace case sound.csv
status_is 2 '--check --replace is refused'

# ---- wrong options ----
for wrong in '--escape slash' '--escape' '--inner-quotes twice' '--guard word' '--skip-head x' '--skip-head -1' '--skip-head 10001' \
    '--quote none --inner-quotes bare' '--quote none --escape quote' \
    '--inner-quotes part --escape backslash'; do
    rm -f wrong.case
    # shellcheck disable=SC2086
    try "$unspoof" ingest $map $wrong wrong.case sound.csv
    status_is 2 "$wrong is refused"
    [ ! -e wrong.case ]
    ok "$wrong: no case is made"
done
# shellcheck disable=SC2086
try "$unspoof" ingest $map --skip-head 100 wrong.case sound.csv
status_is 2 'a head longer than the file is refused'
says err 'a head of 100 lines is more than there are' 'and said'

# --check that is interrupted, wherever it is: nothing is left, with the status of an interrupt.
mkdir stopped stopped/there stopped/tmp
mkfifo stopped/slow
(awk 'BEGIN { print "started,account,presented,dialled,talk"
    for (i = 0; i < 200000; i++) printf "2022-03-%02d 10:00:00Z,u%d,02079460001,07700900001,90\n", i % 28 + 1, i % 977 }'; exec sleep 20) >stopped/slow &
feeder=$!
(cd stopped/there && TMPDIR=$scratch/stopped/tmp exec "$unspoof" ingest --check -r GB new.case - <../slow >../../out 2>../../err) &
checking=$!
i=0
while ! grep -q '^-: kind call' err && [ $i -lt 100 ]; do sleep 0.1 && i=$((i + 1)); done
sleep 0.3
kill -INT $checking
wait $checking
status=$?
kill $feeder
wait $feeder 2>/dev/null
status_is 5 '--check that is interrupted'
says err '^unspoof ingest: -: interrupted; nothing of it is kept, and the same command starts it again$' 'is said'
says err '^nothing of this is stored: --check$' 'with the rest'
[ "$(find stopped | sort | tr '\n' ' ')" = 'stopped stopped/slow stopped/there stopped/tmp ' ]
ok 'and leaves nothing'

# ---- headers ----

# Two files put together, whose columns are in another order: half of the rows would be read as what they are not.
printf '%s\n' account,login,email a1,one,x@example.net login,account,email two,b,y@example.net >order.csv
for quoted in order quoted; do
    sed 's/[a-z0-9@.]\{1,\}/"&"/g' order.csv >quoted.csv
    rm -f order.case
    try "$unspoof" ingest order.case $quoted.csv
    status_is 2 "$quoted.csv: a second header in another order"
    says err "^unspoof ingest: $quoted.csv: line 3 names the columns again, in another order: .*; nothing of it is kept: cut the file there" \
        "$quoted.csv: is said"
    [ ! -e order.case ]
    ok "$quoted.csv: nothing of it is kept"
done
mkdir order
cp order.csv order/b.csv
sed 2q order.csv >order/a.csv
rm -f order.case
try "$unspoof" ingest order.case order
status_is 2 'one in a folder'
says err 'line 3 of order/b.csv names the columns again' 'is named'
try "$unspoof" rows -f csv order.csv
says err '^order.csv:3: names the columns again' 'rows tells of it'
# A value that is a name of a column is no header, nor is the same header again; one with another name in its place is
# a row, and no column is moved by it.
printf '%s\n' account,login,email a1,login,account a2,two,y@example.net account,login,email a3,email,x account,login,mail >names.csv
rm -f names.case
try "$unspoof" ingest names.case names.csv
says err 'names.csv: read 5, accepted 4, rejected 0, skipped 1' 'values that are names of columns'

printf '\357\273\277%s\n' account,login a1,one >mark.csv
cat mark.csv mark.csv >marks.csv
rm -f names.case
try "$unspoof" ingest names.case marks.csv
says err 'marks.csv: read 3, accepted 2, rejected 0, skipped 1' 'the same header again behind a byte order mark'

# Rows end with a separator that the header has not.
printf '%s\n' 'account;login;email' 'a1;one;x@example.net;' 'b;two;y@example.net;' >trailing.csv
rm -f trailing.case
try "$unspoof" ingest trailing.case trailing.csv
status_is 0 'rows that end with a separator'
says err 'rows end with a separator, which the header does not: the last field of each is of no column' 'is said'
says err 'read 2, accepted 2, rejected 0' 'and they are rows'
[ "$(sqlite3 trailing.case "SELECT group_concat(email) FROM account")" = x@example.net,y@example.net ]
ok 'what they have'
try "$unspoof" verify --rows all trailing.case
status_is 0 'and they hold when they are read again'
printf '%s\n' 'account;login;email' 'a1;one;x@example.net;' 'b;two;y@example.net;more' >more.csv
rm -f trailing.case
try "$unspoof" ingest trailing.case more.csv
says err 'read 2, accepted 0, rejected 2' 'one with something behind it is not taken for that'
# In a folder each is as it is.
mkdir trails
cp trailing.csv trails/a.csv
printf '%s\n' 'account;login;email' 'c;three;z@example.net' >trails/b.csv
printf '%s\n' 'account;login;email' 'd;four;' >trails/c.csv
rm -f trailing.case
try "$unspoof" ingest trailing.case trails
status_is 0 'a folder of both'
[ "$(sqlite3 trailing.case "SELECT group_concat(account) FROM account")" = a1,b,c,d ]
ok 'each with its rows'

# ---- backslashes that nothing settles ----

printf 'account\tlogin\temail\na1\tone\tx@example.net\nback\\\\slash\ttwo\ty@example.net\n' >batch.tsv
rm -f batch.case
try "$unspoof" ingest batch.case batch.tsv
says err '^batch.tsv: backslashes are taken as they stand, but could give what follows them another meaning: 1 of the first rows show some; if they do, as mysql -B writes: --escape backslash --quote none$' 'what could be an escape is said'
try "$unspoof" ingest --replace --escape backslash --quote none batch.case batch.tsv
! grep 'backslashes are' err
ok 'and not where it was told'
[ "$(sqlite3 batch.case 'SELECT account FROM account ORDER BY id DESC LIMIT 1')" = 'back\slash' ]
ok 'what it gives'
# The word NULL, and nothing that is no escape: mysql -B, which has no quotes.
printf 'account\tlogin\temail\tname\na1\tNULL\tx@example.net\t"one\nback\\\\slash\ttwo\tNULL\tt\\tab\nc\tthree\tNULL\tline\\nend\n' >batch.tsv
rm -f batch.case
try "$unspoof" ingest batch.case batch.tsv
status_is 0 'mysql -B'
says err 'separator tab, quote none, header, line ends LF, escape backslash' 'is found out'
says err 'a backslash gives what follows it another meaning, as MySQL writes: 2 of the first rows show it; if it does not: --escape none' 'and said'
sqlite3 batch.case 'SELECT hex(account), hex(name) FROM account' >got
printf '6131|226F6E65\n6261636B5C736C617368|74096162\n63|6C696E650A656E64\n' >wanted
same 'what it has' wanted got
try "$unspoof" verify --rows all batch.case
status_is 0 'and its rows hold when they are read again'
# Paths of Windows beside the word, and a quote that holds a TAB, are not that.
printf 'account\tlogin\na1\tDOM\\tom\nb\tNULL\nc\tNULL\nd\tDOM\\new\ne\tDOM\\user\n' >windows.tsv
rm -f batch.case
try "$unspoof" ingest batch.case windows.tsv
says err 'separator tab, quote ", header, line ends LF$' 'other backslashes are none'
printf 'account\tlogin\na1\t"x\ty"\nb\tNULL\nc\tNULL\n' >quoted.tsv
try "$unspoof" ingest batch.case quoted.tsv
says err 'separator tab, quote ", header, line ends LF$' 'nor is a text with quotes'
printf 'account\tlogin\na1\tDOM\\user\nb\tDOM\\two\n' >windows.tsv
rm -f batch.case
try "$unspoof" ingest batch.case windows.tsv
! grep 'backslashes are' err
ok 'others are none'

done_testing
