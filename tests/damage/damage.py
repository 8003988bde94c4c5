# SPDX-License-Identifier: Apache-2.0
"""damage.py UNSPOOF CASE COUNT SEED: damages copies of a case, and asks `unspoof verify` of each.
What it misses must lie where no byte carries meaning. Prints TAP lines without numbers."""
import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pages                                       # noqa: E402

MISSED_SHOWN = 12


class Sweep:
    def __init__(self, unspoof, case, seed):
        self.unspoof = unspoof
        with open(case, 'rb') as file:
            self.data = file.read()
        self.map = pages.Map(self.data)
        self.random = random.Random(seed)
        self.counts, self.missed = Counter(), []

    def verify(self, data=None):
        """Its status, and what it said."""
        if data is not None:
            with open('damaged.case', 'wb') as file:
                file.write(data)
        done = subprocess.run([self.unspoof, 'verify', '--rows', '0', '--threads', '1', 'damaged.case'],
                              capture_output=True, check=False)
        for left in ('damaged.case-journal', 'damaged.case-wal', 'damaged.case-shm'):
            if os.path.exists(left):
                os.remove(left)
        return done.returncode, done.stdout + done.stderr

    def judge(self, what, meaning, data=None, named=(b'',)):
        """meaning: called where it was missed; gives why it carries none, or nothing. named:
        one of these must be said."""
        status, said = self.verify(data)
        why = None
        meaning = (lambda: 'the same bytes') if data == self.data else meaning
        if b'Sanitizer' in said or b'runtime error' in said or status not in (0, 1, 4, 6):
            self.missed.append('%s: status %d: %s' % (what, status, said[-200:].decode('utf-8', 'replace')))
        elif status in (1, 4) and said:
            self.counts['found'] += 1
            if not any(name in said for name in named):
                self.missed.append('%s: found, but not named: %s' % (what, said[:300]))
        else:
            why = meaning()
            self.counts[why or 'missed'] += 1
            if not why:
                self.missed.append('%s: status %d' % (what, status))

    # ---- single bytes ----

    def flip(self):
        (name, kind), spans = self.random.choice(self.kinds)
        start, end = self.random.choice(spans)
        at = self.random.randrange(start, end)
        data = bytearray(self.data)
        data[at] ^= self.random.choice((1, 2, 4, 8, 16, 32, 64, 128, self.random.randrange(1, 256)))
        return name, kind, at, data

    def meaning_of(self, name, kind, data):
        if kind.startswith(pages.FREE):
            return kind
        if name in self.map.aliases and self.map.alike(data, name):
            return 'reads alike'
        return None

    def flips(self, count):
        self.kinds = sorted(self.map.spans.items())
        live = [entry for entry in self.kinds if not entry[0][1].startswith(pages.FREE)]
        everything = self.kinds
        for i in range(count):
            self.kinds = everything if i % 10 == 9 else live
            name, kind, at, data = self.flip()
            self.judge('byte %d, %s of %s: %02x became %02x' % (at, kind, name, self.data[at], data[at]),
                       lambda: self.meaning_of(name, kind, data), data, self.name_of(name))

    def name_of(self, name):
        """How a table is named: columns of segments also by these."""
        table = self.map.tables.get(name, '')
        if table == 'sqlite_schema':
            return (b'',)
        return (table.encode(), b'segment ') if table in ('found', 'understood') else (table.encode(),)

    # ---- pages ----

    def page(self, number):
        start = self.map.file.at(number)
        return slice(start, start + self.map.file.page_size)

    def is_free(self, number):
        """Whether a page is one of the free list that holds nothing."""
        span = self.page(number)
        return (span.start, span.stop) in self.map.spans.get(('free list', pages.FREE + ' page'), [])

    def meaning_of_pages(self, numbers, data):
        """Pages that hold nothing may change; so may those of empty tables, which differ in what is
        free in them."""
        if all(self.is_free(number) for number in numbers):
            return pages.FREE + ' page'
        return 'reads alike' if all(self.map.alike(data, name) for name in self.map.aliases) else None

    def zeroed(self):
        number = self.random.randrange(1, self.map.file.pages + 1)
        data = bytearray(self.data)
        data[self.page(number)] = bytes(self.map.file.page_size)
        self.judge('page %d as zeros' % number,
                   lambda: pages.FREE + ' page' if self.is_free(number) else None, data)

    def swapped(self):
        a, b = self.random.sample(range(1, self.map.file.pages + 1), 2)
        data = bytearray(self.data)
        data[self.page(a)], data[self.page(b)] = data[self.page(b)], data[self.page(a)]
        self.judge('pages %d and %d change places' % (a, b),
                   lambda: self.meaning_of_pages((a, b), data), data)

    def copied(self):
        a, b = self.random.sample(range(1, self.map.file.pages + 1), 2)
        data = bytearray(self.data)
        data[self.page(a)] = data[self.page(b)]
        self.judge('page %d as page %d' % (a, b), lambda: self.meaning_of_pages((a,), data), data)

    def cut(self):
        size = self.random.randrange(len(self.data))
        self.judge('cut to %d bytes' % size, lambda: None, self.data[:size])

    def longer(self):
        more = self.random.choice((1, 100, self.map.file.page_size))
        self.judge('%d bytes more' % more, lambda: None, self.data + bytes(more))

    # ---- rows ----

    def edit(self):
        """A value changed, a row deleted or a row added, by SQLite."""
        with open('damaged.case', 'wb') as file:
            file.write(self.data)
        db = sqlite3.connect('damaged.case', isolation_level=None)
        db.text_factory = lambda text: text.decode('utf-8', 'surrogateescape')
        db.execute('PRAGMA ignore_check_constraints = 1')
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        filled = [t for t in tables if db.execute('SELECT count(*) FROM %s' % t).fetchone()[0]]
        said = None
        while not said:
            said = self.insert_one(db, self.random.choice(tables)) if self.random.random() < 0.2 \
                else self.edit_one(db, self.random.choice(filled))
        db.close()
        self.judge(said, lambda: None)

    def columns(self, db, table):
        """Name, type, and whether it is of the key."""
        return [(r[1], r[2], r[5]) for r in db.execute('PRAGMA table_info(%s)' % table)]

    def insert_one(self, db, table):
        """A row like another, or of nothing, under a key of its own."""
        columns = self.columns(db, table)
        nothing = {'INTEGER': 1, 'TEXT': '', 'BLOB': b'', 'ANY': 0}
        row = db.execute('SELECT * FROM %s ORDER BY random() LIMIT 1' % table).fetchone()
        row = list(row or [nothing[c[1]] for c in columns])
        key = max(i for i, c in enumerate(columns) if c[2])
        if columns[key][1] == 'INTEGER':
            row[key] = db.execute('SELECT coalesce(max(%s), 0) + 1 FROM %s' % (columns[key][0], table)).fetchone()[0]
        else:
            row[key] += 'x'
        try:
            db.execute('INSERT INTO %s VALUES(%s)' % (table, ','.join('?' * len(row))), row)
        except sqlite3.Error:
            return None
        return 'a row of %s added: %s' % (table, str(row)[:200])

    def edit_one(self, db, table):
        columns = self.columns(db, table)
        keys = [c[0] for c in columns if c[2]] or ['rowid']
        row = db.execute('SELECT %s FROM %s ORDER BY random() LIMIT 1' % (','.join(keys), table)).fetchone()
        where = ' AND '.join('%s IS ?' % k for k in keys)
        if self.random.random() < 0.15:
            done = db.execute('DELETE FROM %s WHERE %s' % (table, where), row).rowcount
            return 'a row of %s deleted' % table if done else None
        name, kind, _ = self.random.choice(columns)
        change = {'INTEGER': '%s + 1', 'TEXT': "%s || 'x'", 'BLOB': "CAST(%s || 'x' AS BLOB)", 'ANY': '%s + 1'}[kind] % name
        if self.random.random() < 0.3:
            change = {'INTEGER': '-1 - %s', 'TEXT': "substr(%s, 2) || '0'", 'BLOB': "zeroblob(length(%s) + 1)", 'ANY': "'1'"}[kind]
            change = change % name if '%' in change else change
        sql = 'UPDATE %s SET %s = %s WHERE %s AND %s IS NOT (%s)' % (table, name, change, where, name, change)
        try:
            done = db.execute(sql, row).rowcount
        except sqlite3.Error:
            return None
        return '%s.%s of a row %s' % (table, name, change) if done else None

    def all(self, count):
        self.flips(count * 7 // 10)
        rest = [self.zeroed, self.swapped, self.copied, self.cut, self.longer] + [self.edit] * 5
        for i in range(count - count * 7 // 10):
            rest[i % len(rest)]()


def say(good, name):
    print('%s - %s' % ('ok' if good else 'not ok', name))


def main():
    unspoof, case, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sweep = Sweep(unspoof, case, seed)
    live, free, whole = sweep.map.counted()
    say(whole, 'every byte of the case is known: %d carry meaning, %d do not' % (live, free))
    status, _ = sweep.verify(sweep.data)
    say(status == 6, 'the case holds, without its sources')
    sweep.all(count)
    for missed in sweep.missed[:MISSED_SHOWN]:
        print('# missed: ' + missed)
    counts = ', '.join('%s %d' % (k, n) for k, n in sorted(sweep.counts.items()))
    say(not sweep.missed and sweep.counts['found'] > count * 3 // 4, '%d damages from seed %d: %s' % (count, seed, counts))


main()
