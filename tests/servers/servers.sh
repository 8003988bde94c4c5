#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# servers.sh [SCALE [WAY...]]: the same service, every way. A made-up service without broken rows goes into a MariaDB
# and a PostgreSQL that are started here, and is dumped by their own tools, by sqlite3, and as JSON, XML and workbooks;
# each dump, plain, compressed, and inside a zip, must come to what the CSV comes to.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"

scale=${1:-1/10000}
[ $# = 0 ] || shift
only=$*
tables='accounts calls logins organisations payments rates reports'
export_tables='suspects accounts presentations victims calls payments reports links rejects quality decisions'
dumps=$scratch/dumps
ways=$here/ways.py
server=

for program in mariadbd mariadb-install-db mariadb-dump sqlite3 python3 zip; do
    command -v "$program" >/dev/null || {
        echo "Bail out! $program is missing: sh build-aux/setup.sh --tests"
        exit 1
    }
done
# Newest last; a distribution keeps those programs off the path.
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -z "$postgres" ] || PATH=$postgres:$PATH
command -v initdb >/dev/null || {
    echo "Bail out! PostgreSQL is missing: sh build-aux/setup.sh --tests"
    exit 1
}

# Neither server runs as root, and their folders are short: the name of a socket has 107 bytes.
data=$(mktemp -d /tmp/unspoof-db.XXXXXX) || exit 1
as=
if [ "$(id -u)" = 0 ]; then
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups'
    chown nobody:nogroup "$data"
    chmod 711 "$scratch"
fi
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    [ ! -e "$data/pg/postmaster.pid" ] || $as pg_ctl -D "$data/pg" -m immediate stop >/dev/null 2>&1
    [ -z "$server" ] || wait "$server" 2>/dev/null
    rm -rf "$data"
    tidy
}
trap stop EXIT
trap 'exit 1' INT TERM HUP

# ---- the service ----

must "$synth" --scale "$scale" --seed 7 --header canonical service
must python3 "$ways" clean service clean
chmod -R a+rX clean
mkdir dumps
csvs=
for table in $tables; do csvs="$csvs clean/$table.csv"; done

# Columns of a table, each as TYPE would have it: `a TEXT, b TEXT`; seconds are whole numbers.
columns() {
    head -n 1 "clean/$1.csv" | tr ',' '\n' | awk -v type="$2" '
        { printf("%s%s %s", (NR > 1 ? ", " : ""), $0, ($0 == "duration" || $0 == "talk" ? "INTEGER" : type)) }'
}

# ---- MariaDB ----

start_mariadb() {
    must $as mariadb-install-db --no-defaults --datadir="$data/my" --auth-root-authentication-method=normal --skip-test-db
    $as mariadbd --no-defaults --datadir="$data/my" --socket="$data/my.sock" --pid-file="$data/my.pid" \
        --skip-networking --secure-file-priv= --local-infile=1 >mariadb.log 2>&1 &
    server=$!
    for _ in $(seq 100); do
        mariadb-admin --no-defaults --socket="$data/my.sock" -u root ping >/dev/null 2>&1 && return
        sleep 0.2
    done
    tail -n 5 mariadb.log
    echo 'Bail out! MariaDB does not start'
    exit 1
}
my() { mariadb --no-defaults --socket="$data/my.sock" -u root --local-infile=1 --default-character-set=utf8mb4 "$@"; }
my_dump() { mariadb-dump --no-defaults --socket="$data/my.sock" -u root "$@"; }

fill_mariadb() {
    must my -e 'CREATE DATABASE service CHARACTER SET utf8mb4'
    for table in $tables; do
        type='VARCHAR(400)'
        # Bytes, which --hex-blob writes as digits.
        [ "$table" != payments ] || type='VARBINARY(400)'
        must my service -e "CREATE TABLE $table ($(columns $table "$type"))"
        must my service -e "LOAD DATA LOCAL INFILE 'clean/$table.csv' INTO TABLE $table FIELDS TERMINATED BY ','
            OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' IGNORE 1 LINES"
    done
}

dump_mariadb() {
    my_dump service >dumps/my.sql
    my_dump --databases service >dumps/my-databases.sql
    my_dump --skip-extended-insert service >dumps/my-single.sql
    my_dump --complete-insert service >dumps/my-complete.sql
    my_dump --hex-blob service >dumps/my-hex.sql
    my_dump --compact --skip-opt service >dumps/my-compact.sql
    # Names in double quotes; it writes Latin-1 then, and does not say so.
    my_dump --compatible=ansi service >dumps/my-ansi.sql
    my_dump --replace --add-locks service >dumps/my-replace.sql
    my_dump --insert-ignore --no-create-info --complete-insert service >dumps/my-nocreate.sql
    mkdir dumps/my-batch tab
    for table in $tables; do
        my -B service -e "SELECT * FROM $table" >"dumps/my-batch/$table.tsv"
    done
    [ -z "$as" ] || chown nobody tab
    my_dump --tab=tab service
    cp -r tab dumps/my-tab
    rm dumps/my-tab/*.sql
}

# ---- PostgreSQL ----

start_postgres() {
    must $as initdb -D "$data/pg" -U postgres -A trust -E UTF8 --locale=C
    must $as pg_ctl -D "$data/pg" -w -l "$data/pg.log" -o "-c listen_addresses= -k $data" start
}
pg() { psql -X -q -h "$data" -U postgres -v ON_ERROR_STOP=1 "$@"; }
pg_tool() { pg_dump -h "$data" -U postgres "$@" service; }

fill_postgres() {
    must pg -c 'CREATE DATABASE service'
    for table in $tables; do
        must pg -d service -c "CREATE TABLE $table ($(columns $table TEXT))"
        must pg -d service -c "\\copy $table FROM 'clean/$table.csv' WITH (FORMAT csv, HEADER true, NULL '\\N')"
    done
}

dump_postgres() {
    pg_tool >dumps/pg.sql
    pg_tool --inserts >dumps/pg-inserts.sql
    pg_tool --column-inserts >dumps/pg-columns.sql
    pg_tool --rows-per-insert=100 >dumps/pg-hundred.sql
    pg_tool --data-only --quote-all-identifiers >dumps/pg-data.sql
    mkdir dumps/pg-json dumps/pg-csv
    for table in $tables; do
        pg -d service -At -c "SELECT row_to_json(t) FROM $table t" >"dumps/pg-json/$table.jsonl"
        pg -d service -c "\\copy $table TO 'dumps/pg-csv/$table.csv' WITH (FORMAT csv, HEADER true, FORCE_QUOTE *)"
    done
}

# ---- the rest ----

dump_sqlite() {
    for table in $tables; do
        must sqlite3 dumps/lite.db "CREATE TABLE $table ($(columns $table TEXT))"
        must sqlite3 dumps/lite.db -cmd '.mode csv' ".import --skip 1 clean/$table.csv $table"
    done
    sqlite3 dumps/lite.db .dump >dumps/lite.sql
}

dump_rest() {
    must python3 "$ways" json dumps $csvs
    must python3 "$ways" xml dumps $csvs
    must python3 "$ways" csv dumps $csvs
    must python3 "$ways" xlsx dumps/service.xlsx $csvs
}

# What each was written as, compressed, and inside a zip.
wrap() {
    n=0
    for dump in dumps/*; do
        n=$((n + 1))
        name=${dump#dumps/}
        (cd dumps && zip -q -r "../$name.zip" "$name")
        [ -f "$dump" ] || continue
        case $((n % 4)) in
        0) gzip -k "$dump" ;;
        1) xz -0 -k "$dump" ;;
        2) bzip2 -k "$dump" ;;
        3) zstd -q "$dump" ;;
        esac
    done
    mv ./*.zip dumps/
}

# ---- what each comes to ----

# conclude CASE [OPTION]... SOURCE...: the four steps, and what is exported of them.
conclude() {
    case=$1
    shift
    "$unspoof" ingest -r GB "$case" "$@" >"$case.log" 2>&1 &&
        "$unspoof" normalise "$case" >>"$case.log" 2>&1 &&
        "$unspoof" correlate "$case" >>"$case.log" 2>&1 || return
    for table in $export_tables; do
        "$unspoof" export -q -f csv "$case" "$table" >table.csv || return
        echo "== $table"
        python3 "$ways" rows table.csv || return
    done >"$case.rows"
}

# As the CSV, or say where it is not.
way() {
    name=$1
    shift
    if [ -n "$only" ] && ! echo " $only " | grep -q " $name "; then return; fi
    conclude "$name.case" "$@" || tail -n 5 "$name.case.log" | sed 's/^/# /'
    same "$name" csv.case.rows "$name.case.rows"
    rm -f "$name.case" "$name.case.rows"
}

start_mariadb
fill_mariadb
dump_mariadb
start_postgres
fill_postgres
dump_postgres
dump_sqlite
dump_rest
wrap
conclude csv.case $csvs
ok 'the CSV is read'
[ "$(grep -c '' csv.case.rows)" -gt 1000 ]
ok 'and comes to something'
for dump in dumps/*; do
    name=${dump#dumps/}
    case $name in
    my-tab*) way "$name" -p "$here/tab.profile" "$dump" ;;
    my-ansi*) way "$name" --encoding latin1 "$dump" ;;
    my-batch*) way "$name" --quote none --escape backslash "$dump" ;;
    *) way "$name" "$dump" ;;
    esac
done
done_testing
