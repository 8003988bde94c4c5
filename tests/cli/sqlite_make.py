# SPDX-License-Identifier: Apache-2.0
"""Makes the databases of tests/cli/sqlite.sh: sqlite_make.py NAME FILE. People and numbers are invented."""
import csv
import os
import shutil
import sqlite3
import sys

COLUMNS = "account, started, presented, dialled, talk, cost"
TABLE = ("CREATE TABLE cdr(id INTEGER PRIMARY KEY, account TEXT, started TEXT, presented TEXT, dialled TEXT,"
         " talk INTEGER, cost REAL)")


def calls(count):
    for i in range(count):
        yield (f"user{i % 7}", f"2022-03-{1 + i // 1440 % 28:02} {i // 60 % 24:02}:{i % 60:02}:{i * 7 % 60:02}Z",
               f"0207946{i % 1000:04}" if i % 3 else None, f"07700900{i % 1000:03}", i % 600, i % 250 / 100)


def open_new(path, *pragmas):
    if os.path.exists(path):
        os.remove(path)
    return open_again(path, *pragmas)


def open_again(path, *pragmas):
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas:
        db.execute("PRAGMA " + pragma)
    return db


def fill(db, rows, table="cdr"):
    db.execute("BEGIN")
    db.executemany(f"INSERT INTO {table}({COLUMNS}) VALUES(?,?,?,?,?,?)", rows)
    db.execute("COMMIT")


def plain(path, *pragmas):
    db = open_new(path, *pragmas)
    db.execute(TABLE)
    fill(db, calls(2000))
    db.close()


def as_csv(path):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id"] + COLUMNS.split(", "))
        for i, row in enumerate(calls(2000)):
            out.writerow((i + 1,) + row)


def without_rowid(path):
    db = open_new(path)
    db.execute("CREATE TABLE cdr(id TEXT PRIMARY KEY, account, started, presented, dialled, talk, cost) WITHOUT ROWID")
    db.executemany("INSERT INTO cdr VALUES(?,?,?,?,?,?,?)", [(f"{i:06}",) + row for i, row in enumerate(calls(2000))])
    db.close()


def named_rowid(path):
    """Columns that have the names of the row's number."""
    db = open_new(path)
    db.execute("CREATE TABLE cdr(rowid TEXT, _rowid_ TEXT, account, started, presented, dialled, talk, cost)")
    db.execute("BEGIN")
    db.executemany(f"INSERT INTO cdr(rowid, _rowid_, {COLUMNS}) VALUES('x','y',?,?,?,?,?,?)", calls(2000))
    db.execute("COMMIT")
    db.close()


def hostile(path):
    db = open_new(path)
    db.execute(TABLE)
    fill(db, calls(10))
    db.execute("CREATE TABLE \"na\"\"me; DROP TABLE cdr--\"(x)")
    db.execute("CREATE TABLE \x1b_escape(x)".replace("\x1b_escape", "\"\x1b[31mred\""))
    db.execute("CREATE VIEW calls AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c")
    db.execute("CREATE TRIGGER t AFTER INSERT ON cdr BEGIN DELETE FROM cdr; END")
    db.execute("CREATE VIRTUAL TABLE texts USING fts4(x)")
    db.execute("CREATE TABLE made(a TEXT, started, presented, dialled, talk, twice AS (talk * 2) VIRTUAL,"
               " account TEXT GENERATED ALWAYS AS (a) STORED)")
    db.execute("INSERT INTO made(a, started, presented, dialled, talk) VALUES('u','2022-03-01 10:00:00Z',"
               "'02079460001','07700900001',3)")
    db.close()


def junk_schema(path):
    """Entries of the schema that are none, one that lies about its name, one that is a view called a table."""
    plain(path)
    db = open_again(path, "writable_schema=ON")
    put = "INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql) VALUES(?,?,?,?,?)"
    db.execute(put, ("table", "junk", "junk", 99999, "CREATE TABLE junk(a"))
    db.execute(put, ("table", None, None, None, None))
    db.execute(put, (b"\0\1", 5, 5.5, "x", "SELECT 1"))
    db.execute(put, ("table", "cloak", "cloak", 0, "CREATE VIEW cloak AS SELECT * FROM cdr"))
    db.execute(put, ("table", "liar", "liar", 2, "CREATE TABLE other(a, b)"))
    db.close()


def values(path):
    db = open_new(path)
    db.execute("CREATE TABLE login(n INTEGER PRIMARY KEY, account, at, ip)")
    at = "2022-03-01 10:00:00Z"
    for account in (9223372036854775807, -5, 12.0, 0.1 + 0.2, 1e-8, 1e300, float("inf"), b"blob text", b"\x00\xff",
                    "44\u20ac", "nul\0inside", "x" * 70000):
        db.execute("INSERT INTO login(account, at, ip) VALUES(?,?,'192.0.2.1')", (account, at))
    db.close()


def deleted(path):
    db = open_new(path)
    db.execute(TABLE.replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT"))
    fill(db, calls(2000))
    db.execute("DELETE FROM cdr WHERE id > 1500")
    db.close()


def with_wal(path):
    db = open_new("being.db", "journal_mode=WAL", "wal_autocheckpoint=0")
    db.execute(TABLE)
    fill(db, calls(1500))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fill(db, list(calls(2000))[1500:])
    shutil.copy("being.db", path)
    shutil.copy("being.db-wal", path + "-wal")
    db.close()


def with_journal(path):
    plain("being.db")
    db = open_again("being.db", "cache_size=1", "cache_spill=1")
    db.execute("BEGIN")
    db.execute("UPDATE cdr SET account = 'half done'")
    shutil.copy("being.db", path)
    shutil.copy("being.db-journal", path + "-journal")
    db.execute("ROLLBACK")
    db.close()


def damaged(path):
    """Three leaves of the table are overwritten, far from each other."""
    plain("being.db")
    data = bytearray(open("being.db", "rb").read())
    leaves = [at for at in range(4096, len(data), 4096) if data[at] == 13]
    for which in (5, 10, 11):
        data[leaves[which]:leaves[which] + 4096] = b"\xa5" * 4096
    open(path, "wb").write(data)


def damaged_keyed(path):
    without_rowid("being.db")
    data = bytearray(open("being.db", "rb").read())
    leaves = [at for at in range(4096, len(data), 4096) if data[at] == 10]
    data[leaves[9]:leaves[9] + 4096] = b"\xa5" * 4096
    open(path, "wb").write(data)


def cut(path):
    plain("being.db")
    data = open("being.db", "rb").read()
    open(path, "wb").write(data[:len(data) // 2 // 4096 * 4096])


def endless(path):
    """An inner page whose every child is the same leaf: its rows would come again and again."""
    plain("being.db")
    data = bytearray(open("being.db", "rb").read())
    root = next(at for at in range(4096, len(data), 4096) if data[at] == 5)
    count = int.from_bytes(data[root + 3:root + 5], "big")
    first = int.from_bytes(data[root + 12:root + 14], "big")
    for i in range(count):
        cell = root + int.from_bytes(data[root + 12 + 2 * i:root + 14 + 2 * i], "big")
        data[cell:cell + 4] = data[root + first:root + first + 4]
    data[root + 8:root + 12] = data[root + first:root + first + 4]
    open(path, "wb").write(data)


def encrypted(path):
    plain("being.db")
    data = bytearray(open("being.db", "rb").read())
    for i in range(16, len(data)):
        data[i] = data[i] * 167 + i * 13 & 255
    open(path, "wb").write(data)


MAKERS = {
    "csv": as_csv, "plain": plain, "utf16": lambda path: plain(path, "encoding='UTF-16be'"),
    "pages": lambda path: plain(path, "page_size=65536"), "small": lambda path: plain(path, "page_size=512"),
    "keyed": without_rowid, "rowid": named_rowid, "hostile": hostile, "junk": junk_schema, "values": values,
    "deleted": deleted, "wal": with_wal, "journal": with_journal, "damaged": damaged,
    "damaged_keyed": damaged_keyed, "cut": cut, "endless": endless, "encrypted": encrypted,
}
MAKERS[sys.argv[1]](sys.argv[2])
