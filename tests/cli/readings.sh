#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Numbers that can be read in two ways, and fields with two numbers: taken by a
# documented rule, flagged, both shown, counted, and decided by --bare.
. "${srcdir:-.}/tests/lib.sh"
twins

tab=$(printf '\t')

# column CASE TABLE COLUMNS: some columns of a table.
column() {
    "$unspoof" export -q -f csv "$1" "$2" | sqlite3 :memory: '.import --csv /dev/stdin t' "SELECT $3 FROM t"
}

# value CASE KEY: of the summary.
value() { "$unspoof" summary -q -f tsv "$1" | sed -n "s/^$2$tab//p"; }

# ---- one number ----

# reads WANT NAME ARGUMENT...: E.164, rule, flags, and the other reading.
reads() {
    want=$1 name=$2
    shift 2
    "$unspoof" number -q --readings "$@" | cut -f 3,10,11,13,14 | tr '\t' ' ' >got
    printf '%s\n' "$want" >want
    same "$name" want got
}

reads '+491713920012 own-code unsure +49491713920012 national' 'the own code first' -r DE 491713920012
reads '+49491713920012 national   ' 'unless national numbers go first' -r DE --bare national 491713920012
reads '+491713920012 own-code   ' 'and sure where it is said' -r DE --bare own-code 491713920012
reads '+442079460101 bare-international ofcom-fiction  ' 'international first' -r DE --bare international 442079460101
reads '+912125550123 bare-international unsure +12125550123 tech-prefix' 'a 9 before it' -r US 912125550123
reads '+12125550123 tech-prefix nanp-fiction,unsure +912125550123 bare-international' 'the prefix that was named' \
    -r US --tech-prefix 9 912125550123
reads '  not-possible  ' 'brackets are not digits alone' -r US '(917) 555-12345'
reads '+447400123456 tech-prefix   ' 'a caller who hides the number' -r GB 14107400123456
reads '+447700900123 national not-in-plan,ofcom-fiction  ' 'a control byte before it' -r GB "$(printf '\037')07700900123"
reads '  several-numbers  ' 'two numbers' -r GB 02079460101/07700900123
try "$unspoof" number -r US 912125550123
says err "^number 1, '912125550123', is unsure: it may be \+12125550123 \(tech-prefix\) as well$" 'a notice has the other reading'
"$unspoof" number -r US 912125550123 2>err | awk -F '\t' '{ print NF }' >got
echo 12 >want
same 'and the columns are those of before' want got
"$unspoof" number --strict -r DE 491713920012 2>err | cut -f 3 >got
echo +49491713920012 >want
same '--strict is libphonenumber' want got
try "$unspoof" number --bare none 1
status_is 2 'what is no reading is a usage error'

# ---- a case ----

cat >calls.csv <<'END'
started,account,presented,dialled,talk,status
2022-03-01 10:00:00Z,u1,493023125000,491713920012,90,ANSWERED
2022-03-01 11:00:00Z,u1,493023125000,0171 3920012,90,ANSWERED
2022-03-01 12:00:00Z,u1,+493023125000,+491713920012,90,ANSWERED
2022-03-01 13:00:00Z,u1,+493023125000,491713920013,5,ANSWERED
END
cat >reports.csv <<'END'
reference,victim,at,loss,currency
R1,+491713920012,2022-03-01 10:05:00Z,500,EUR
END

# made CASE OPTION...: the case of both, understood and concluded.
made() {
    case=$1
    shift
    must "$unspoof" ingest -q -r DE "$@" "$case" calls.csv
    must "$unspoof" ingest -q -r DE "$case" reports.csv
    try "$unspoof" normalise "$case"
    must "$unspoof" correlate -q --currency EUR "$case"
}

made two.case
says err '^calls.csv: 2 of 4 dialled numbers can be read in two ways' 'how many, of what'
says err 'of the 2 that can be read in one way only, 50 % have a plus .*, 50 % are national; --bare national' \
    'how the rest is written, and what decides'
cp err said
column two.case victims 'number, calls, unsure' >got
echo '+491713920012|3|1' >want
same 'one victim, and what rests on unsure calls' want got
column two.case reports 'victim, verdict, "value", unsure' >got
echo '+491713920012|matched|500.00|1' >want
same 'the report is matched, and says so' want got
column two.case calls 'dialled, dialled_rule, dialled_other, presented_other' >got
cat >want <<'END'
+491713920012|own-code|+49491713920012|
+491713920012|national||
+491713920012|plus||
+491713920013|own-code|+49491713920013|
END
same 'calls have both readings' want got
column two.case quality 'stage, role, value, count, remedy <> '"''" >got
cat >want <<'END'
normalise|dialled|own-code or national|2|1
END
grep 'own-code or' got >got.unsure
same 'the remark is kept' want got.unsure
printf '%s %s %s\n' "$(value two.case unsure_calls)" "$(value two.case unsure_victims)" "$(value two.case unsure_reports)" >got
echo '2 1 1' >want
same 'the summary counts them' want got
"$unspoof" show -q -f tsv two.case call 65536 | grep 'or else' | cut -f 2,3 >got
printf 'dialled, or else\t+49491713920012\n' >want
same 'show call has both' want got
"$unspoof" show -q -f tsv two.case number +49491713920012 | cut -f 2,3,6 >got
printf 'fact\tvalue\tline\ndialled, or else\t491713920012\t2\n' >want
sed 1d want >want.rows
grep 'or else' got >got.rows
same 'show number finds a call by its other reading' want.rows got.rows

made national.case --bare national
grep -q 'two ways' err && false
[ $? = 1 ]
ok 'decided: nothing is said'
column national.case victims 'number, unsure' >got
printf '+491713920012|0\n+49491713920012|0\n' >want
same 'as national numbers' want got
made own.case --bare own-code
column own.case victims 'number, calls, unsure' >got
echo '+491713920012|3|0' >want
same 'as the own code' want got
column own.case sources 'bare' >got
printf 'own-code\n\n' >want
same 'the source says what was decided' want got
try "$unspoof" ingest -r DE --bare nothing other.case calls.csv
status_is 2 'another word is refused'

cat >own.profile <<'END'
name own
kind any
bare own-code
roles header
END
made profile.case -p own.profile -k call
column profile.case victims 'number, calls, unsure' >got
echo '+491713920012|3|0' >want
same 'a profile decides' want got
sed 's/own-code/nothing/' own.profile >bad.profile
try "$unspoof" ingest -r DE -p bad.profile other.case calls.csv
status_is 2 'a profile with another word is refused'

# Without such numbers nothing is said, and nothing is counted.
sed 's/,4917/,+4917/' calls.csv >clean.csv
must "$unspoof" ingest -q -r DE clean.case clean.csv
try "$unspoof" normalise clean.case
grep -q 'two ways' err && false
[ $? = 1 ]
ok 'clean numbers: nothing is said'

# ---- numbers in one field ----

cat >several.csv <<'END'
started,account,presented,dialled,talk
2022-03-01 10:00:00Z,u1,02079460111,02079460101/07700900123,90
2022-03-01 10:01:00Z,u1,"02079460111, 02079460112",02079460101,90
END
cat >phones.csv <<'END'
account,phone
u1,020 7946 0101 or 020 7946 0102
END
must "$unspoof" ingest -q -r GB several.case several.csv
must "$unspoof" ingest -q -r GB -k account several.case phones.csv
try "$unspoof" normalise several.case
says err '^several.csv: 1 of 2 dialled numbers are more than one number in a field, and none of them is taken' 'dialled'
says err '^several.csv: 1 of 2 presented numbers are more than one' 'presented'
says err '^phones.csv: 1 of 1 telephones of accounts are more than one' 'telephones'
must "$unspoof" correlate -q several.case
column several.case calls 'dialled, dialled_class, dialled_other, presented_other' | tr -d "'" >got
printf '|several|+442079460101;+447700900123|\n+442079460101|number||+442079460111;+442079460112\n' >want
same 'both numbers are shown' want got
for number in +442079460101 07700900123 '020 7946 0102' +442079460112; do
    "$unspoof" show -q -f tsv several.case number "$number" | grep -c 'several numbers' >got
    [ "$(cat got)" -ge 1 ]
    ok "found by $number"
done

# In dial strings and URIs too, but not one number twice.
cat >strings.csv <<'END'
started,account,presented,dialled,talk
2022-03-01 10:00:00Z,u1,sip:+442079460111@a.example;user=phone,SIP/trunk/02079460101&SIP/trunk/07700900123,90
2022-03-01 10:01:00Z,u1,"<sip:+442079460111@a.example>, <tel:+442079460112>",02079460101/02079460101,90
2022-03-01 10:02:00Z,u1,+442079460111,"02079460101,,07700900123",90
END
must "$unspoof" ingest -q -r GB strings.case strings.csv
try "$unspoof" normalise strings.case
says err '^strings.csv: 1 of 3 dialled numbers are more than one number in a field' 'dial strings'
says err '^strings.csv: 1 of 3 presented numbers are more than one' 'URIs'
must "$unspoof" correlate -q strings.case
column strings.case calls 'dialled, dialled_class, dialled_other, presented_other' | tr -d "'" >got
printf '|several|+442079460101;+447700900123|\n+442079460101|number||+442079460111;+442079460112\n+442079460101|number||\n' >want
same 'both numbers are shown, and one that is there twice is that number' want got
for number in 02079460101 07700900123 +442079460112; do
    "$unspoof" show -q -f tsv strings.case number "$number" | grep -c 'several numbers' >got
    [ "$(cat got)" = 1 ]
    ok "found by $number"
done

# ---- numbers shown ----

try "$unspoof" show several.case number +447000000000
status_is 1 'a number that is not in the case'
says err "there is no number '\+447000000000' in the case" 'said'
[ ! -s out ]
ok 'and nothing is printed'
try "$unspoof" show -r DE two.case number '0171 3920012'
status_is 0 'a national number, with its region'
cp out want
try "$unspoof" show two.case number '0171 3920012'
same 'or in the region of the sources' want out
try "$unspoof" show two.case number +491713920012
same 'as in E.164' want out
try "$unspoof" show -r XX two.case number 0171
status_is 2 'no such region'
try "$unspoof" show two.case number nobody
status_is 2 'what is no number'

awk 'BEGIN {
    print "started,account,presented,dialled,talk"
    for (i = 0; i < 25; i++) printf "2022-03-01 10:00:%02dZ,u1,02079460111,02079460101,90\n", i
}' >many.csv
must "$unspoof" ingest -q -r GB many.case many.csv
must "$unspoof" normalise -q many.case
"$unspoof" show -q -f tsv many.case number +442079460101 >got
[ "$(grep -c '^found.call' got)" = 20 ]
ok 'the first twenty calls'
says got "calls shown${tab}20 of 25 shown${tab}dialled; 5 more" 'and that there are more'
"$unspoof" show -q -f tsv two.case number +491713920012 >got
grep -q 'calls shown' got && false
[ $? = 1 ]
ok 'but only where there are'

twins_agree
done_testing
