# SPDX-License-Identifier: Apache-2.0
"""forge.py CASE LAYER SQL...: a forger who knows unspoof-case(5) and has none of the program.

Changes a case by SQL, then makes the digests of its tables, the seal of the layer and all of
the chain of runs anew. LAYER none: the chain alone.
"""
import hashlib
import json
import sqlite3
import sys

case, layer, statements = sys.argv[1], sys.argv[2], sys.argv[3:]
db = sqlite3.connect(case, isolation_level=None)
db.text_factory = bytes


def coded(value):
    if value is None:
        return b"n0:"
    if isinstance(value, int):
        letter, value = b"i", b"%d" % value
    elif isinstance(value, Blob):
        letter, value = b"b", value.data
    else:
        letter = b"t"
    return letter + b"%d:" % len(value) + value


class Blob:
    def __init__(self, data):
        self.data = data


def columns(table):
    rows = db.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (table,)).fetchall()
    keys = [name for name, pk in rows if pk] or [rows[0][0]]
    return [name.decode() for name, _ in rows], [name.decode() for name in keys]


# What of a table the digests in a run have, where that is not all of it.
REMARK = ["id", "source", "role", "topic", "value", "count", "line"]
SHARED = {
    "source_remark": REMARK, "remark": REMARK, "conclusion_remark": REMARK,
    "source": [name for name in columns("source")[0] if name != "path"],
    "setting": ["key", "CASE WHEN key IN ('score', 'never_name') THEN '' ELSE value END"],
    "decision": ["id", "run", "command", "source", "key", "item", "substr(value, instr(value, char(10)) + 1)", "reason",
                 "undone_by"],
}


def rows_of(table, values=None):
    names, keys = columns(table)
    typed = ", ".join(f"{value}, typeof({value})" for value in values or [f"[{name}]" for name in names])
    for row in db.execute(f"SELECT {typed} FROM {table} ORDER BY " + ", ".join(f"[{key}]" for key in keys)):
        yield [Blob(value) if kind == b"blob" else value for value, kind in zip(row[::2], row[1::2])]


def digest(values):
    sha = hashlib.sha256()
    for value in values:
        sha.update(coded(value))
    return sha.hexdigest()


def digest_segments():
    for (segment,) in db.execute("SELECT id FROM segment_read").fetchall():
        values = []
        for at, base, slope, unit, width, few, data in db.execute(
                "SELECT * FROM understood WHERE id / 256 = ? ORDER BY id", (segment,)):
            values += [at % 256, base, slope, unit, width, few, Blob(data)]
        db.execute("UPDATE segment_read SET sha256 = ? WHERE id = ?", (digest(values), segment))


def seal():
    """The digests of the tables, by name, and that of the layer."""
    hexes = {}
    for (name,) in db.execute("SELECT name FROM table_digest WHERE layer = ? ORDER BY name", (layer,)).fetchall():
        name = name.decode()
        hexes[name] = digest(value for row in rows_of(name) for value in row)
        db.execute("UPDATE table_digest SET sha256 = ? WHERE layer = ? AND name = ?", (hexes[name], layer, name))
    return hexes, digest(text.encode() for pair in sorted(hexes.items()) for text in pair)


def put_seal(hexes, hexadecimal):
    run, text = db.execute("SELECT id, seal FROM run WHERE seal LIKE ?1 || ' %' OR seal LIKE '% ' || ?1 || ' %'"
                           " ORDER BY id DESC LIMIT 1", (layer,)).fetchone()
    words = text.decode().split(" ")
    words[words.index(layer) + 3] = hexadecimal
    db.execute("UPDATE run SET seal = ? WHERE id = ?", (" ".join(words), run))
    if "tables" in columns("run")[0]:
        told = json.loads(db.execute("SELECT tables FROM run WHERE id = ?", (run,)).fetchone()[0])
        for name in told:
            shared = SHARED.get(name)
            told[name] = digest(value for row in rows_of(name, shared) for value in row) if shared else hexes.get(name, told[name])
        db.execute("UPDATE run SET tables = ? WHERE id = ?", (json.dumps(told, separators=(",", ":")), run))


def chain():
    names = columns("run")[0]
    texts = names[1:names.index("hash")]
    previous = ""
    for (run,) in db.execute("SELECT id FROM run ORDER BY id").fetchall():
        db.execute("UPDATE run SET previous = ? WHERE id = ?", (previous, run))
        row = db.execute(f"SELECT {', '.join(texts)} FROM run WHERE id = ?", (run,)).fetchone()
        previous = hashlib.sha256(b"".join(b"%d:%s" % (len(text), text) for text in row)).hexdigest()
        db.execute("UPDATE run SET hash = ? WHERE id = ?", (previous, run))


db.execute("BEGIN")
changed = 0
for statement in statements:
    changed += db.execute(statement).rowcount
if changed == 0:
    sys.exit("forge.py: nothing was changed")
if layer != "none":
    if layer == "understood":
        digest_segments()
        # It only saves time, and would not be that of other columns.
        db.execute("DROP TABLE IF EXISTS segment_filter")
    put_seal(*seal())
chain()
db.execute("COMMIT")
