# SPDX-License-Identifier: Apache-2.0
"""The pages of an SQLite file, walked by its file format alone (sqlite.org/fileformat.html):
what each byte is, and which carry no meaning. Shares no code with unspoof or SQLite."""
import struct

FREE = 'free'          # kinds of bytes that carry no meaning begin so


def varint(data, at):
    """A value and where it ends."""
    value = 0
    for i in range(8):
        byte = data[at + i]
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at + i + 1
    return value << 8 | data[at + 8], at + 9


SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0]


def size_of(serial):
    return SIZES[serial] if serial < 12 else (serial - 12) // 2


def value_of(serial, data):
    """A value as SQLite gives it: types 10 and 11 are kept for later, and read as NULL."""
    if serial in (0, 10, 11):
        return None
    if serial in (8, 9):
        return serial - 8
    if serial < 7:
        return int.from_bytes(data, 'big', signed=True)
    if serial == 7:
        return ('real', bytes(data))
    return ('text' if serial & 1 else 'blob', bytes(data))


def record(payload):
    """The values of a record."""
    end, at = varint(payload, 0)
    serials, values, body = [], [], end
    while at < end:
        serial, at = varint(payload, at)
        serials.append(serial)
    if at != end:
        raise ValueError('the head of a record ends within a number')
    for serial in serials:
        size = size_of(serial)
        if body + size > len(payload):
            raise ValueError('a record is too short')
        values.append(value_of(serial, payload[body:body + size]))
        body += size
    return values


class Cell:
    """Where the bytes of a cell lie, and its payload."""
    def __init__(self):
        self.head, self.spans, self.links, self.tails = [], [], [], []
        self.start = self.end = 0
        self.payload, self.rowid, self.left = b'', None, None

    def values(self, alias):
        values = record(self.payload) if self.payload else []
        if alias is not None and alias < len(values):
            values[alias] = self.rowid       # what is stored there is not read
        return (self.left, self.rowid, values)

    def told(self, alias):
        """The same without the columns that a record may end before: they are NULL."""
        left, rowid, values = self.values(alias)
        while values and values[-1] is None:
            values.pop()
        return (left, rowid, values)


class File:
    def __init__(self, data):
        self.data = data
        self.page_size = struct.unpack('>H', data[16:18])[0]
        self.usable = self.page_size - data[20]
        self.pages = len(data) // self.page_size

    def at(self, page):
        return (page - 1) * self.page_size

    def spill(self, cell, size, at, local):
        """Follows the payload over its pages."""
        cell.spans.append((at, at + local))
        rest = size - local
        if not rest:
            return
        cell.links.append((at + local, at + local + 4))
        page = struct.unpack('>I', self.data[at + local:at + local + 4])[0]
        while rest > 0:
            if not 1 <= page <= self.pages:
                raise ValueError('an overflow page that is not there')
            start = self.at(page)
            take = min(rest, self.usable - 4)
            cell.links.append((start, start + 4))
            cell.spans.append((start + 4, start + 4 + take))
            cell.tails.append((start + 4 + take, start + self.page_size))
            page = struct.unpack('>I', self.data[start:start + 4])[0]
            rest -= take

    def cell(self, page, kind, pointer):
        start = at = self.at(page) + pointer
        cell, size = Cell(), 0
        cell.start = start
        if kind in (2, 5):
            cell.left = struct.unpack('>I', self.data[at:at + 4])[0]
            at += 4
        if kind != 5:
            size, at = varint(self.data, at)
        if kind in (5, 13):
            cell.rowid, at = varint(self.data, at)
        cell.head = [(start, at)]
        if kind != 5:
            most = self.usable - 35 if kind == 13 else (self.usable - 12) * 64 // 255 - 23
            least = (self.usable - 12) * 32 // 255 - 23
            local = size
            if size > most:
                local = least + (size - least) % (self.usable - 4)
                if local > most:
                    local = least
            self.spill(cell, size, at, local)
            at += local + (4 if size > local else 0)
        cell.payload = b''.join(bytes(self.data[a:b]) for a, b in cell.spans)
        cell.end = at
        return cell

    def head(self, page):
        """Kind, cells, and where the page's own header begins and ends."""
        start = self.at(page) + (100 if page == 1 else 0)
        kind = self.data[start]
        if kind not in (2, 5, 10, 13):
            raise ValueError('no page of a tree')
        count = struct.unpack('>H', self.data[start + 3:start + 5])[0]
        return kind, count, start, start + (12 if kind in (2, 5) else 8)

    def pointers(self, page):
        kind, count, _, end = self.head(page)
        return kind, list(struct.unpack('>%dH' % count, self.data[end:end + 2 * count]))

    def tree(self, root):
        """All pages of a tree."""
        todo, seen = [root], []
        while todo:
            page = todo.pop()
            if page in seen:
                raise ValueError('a page is there twice')
            seen.append(page)
            kind, pointers = self.pointers(page)
            if kind in (2, 5):
                start = self.head(page)[2]
                todo.append(struct.unpack('>I', self.data[start + 8:start + 12])[0])
                todo += [self.cell(page, kind, p).left for p in pointers]
        return seen

    def objects(self):
        """Name, table, first page and SQL of each table and index."""
        rows = [('sqlite_schema', 'sqlite_schema', 1, '')]
        for page in self.tree(1):
            kind, pointers = self.pointers(page)
            if kind == 13:
                for pointer in pointers:
                    values = self.cell(page, kind, pointer).values(None)[2]
                    sql = values[4][1].decode() if values[4] else ''
                    rows.append((values[1][1].decode(), values[2][1].decode(), values[3], sql))
        return rows


def alias_of(sql):
    """Which column of a table is its row id; all of ours that are have the first."""
    return 0 if 'WITHOUT ROWID' not in sql and ' INTEGER PRIMARY KEY' in sql.split(',')[0] else None


class Map:
    """Every byte of a file: of which object and of what kind."""
    def __init__(self, data):
        self.file = File(data)
        self.spans = {}            # (object, kind): spans
        self.where = {}            # page: object, for those of trees
        self.aliases, self.tables = {}, {}
        self.add_header()
        for name, table, root, sql in self.file.objects():
            self.aliases[name] = alias_of(sql)
            self.tables[name] = table
            for page in self.file.tree(root):
                self.where[page] = name
                self.add_page(name, page)
        self.add_free()

    def add(self, name, kind, start, end):
        if end > start:
            self.spans.setdefault((name, kind), []).append((start, end))

    def add_header(self):
        """The schema cookie tells connections that the schema changed, and the version is
        that of the SQLite that wrote last: neither says anything of what is there."""
        for start, end, kind in ((0, 24, 'file header'), (24, 40, 'file header'), (40, 44, FREE + ' cookie'),
                                 (44, 96, 'file header'), (96, 100, FREE + ' version')):
            self.add('header', kind, start, end)

    def add_cell(self, name, cell, size):
        for start, end in cell.head:
            self.add(name, 'cell head', start, end)
        if cell.spans:
            first = cell.spans[0][0]
            body = varint(self.file.data, first)[0]
            self.add(name, 'record head', first, min(first + body, cell.spans[0][1]))
            self.add(name, 'record', min(first + body, cell.spans[0][1]), cell.spans[0][1])
        for start, end in cell.spans[1:]:
            self.add(name, 'overflow', start, end)
        for start, end in cell.links:
            self.add(name, 'overflow link', start, end)
        for start, end in cell.tails:
            self.add(name, FREE + ' overflow tail', start, end)
        self.add(name, FREE + ' cell', cell.end, cell.start + size)

    def add_page(self, name, page):
        """What is left between cells, free blocks and the header is a fragment."""
        file, base = self.file, self.file.at(page)
        kind, count, start, end = file.head(page)
        _, pointers = file.pointers(page)
        content = struct.unpack('>H', file.data[start + 5:start + 7])[0] or 65536
        used = []
        self.add(name, 'page header', start, end)
        self.add(name, 'pointers', end, end + 2 * count)
        self.add(name, FREE + ' gap', end + 2 * count, base + content)
        for pointer in pointers:
            cell = file.cell(page, kind, pointer)
            size = max(cell.end - cell.start, 4)
            self.add_cell(name, cell, size)
            used.append((cell.start, cell.start + size))
        block = struct.unpack('>H', file.data[start + 1:start + 3])[0]
        while block:
            following, size = struct.unpack('>HH', file.data[base + block:base + block + 4])
            self.add(name, 'free block head', base + block, base + block + 4)
            self.add(name, FREE + ' block', base + block + 4, base + block + size)
            used.append((base + block, base + block + size))
            block = following
        at = base + content
        for low, high in sorted(used) + [(base + file.usable, 0)]:
            self.add(name, FREE + ' fragment', at, low)
            at = max(at, high)

    def add_free(self):
        file = self.file
        trunk = struct.unpack('>I', file.data[32:36])[0]
        while trunk:
            base = file.at(trunk)
            following, count = struct.unpack('>II', file.data[base:base + 8])
            self.add('free list', 'trunk', base, base + 8 + 4 * count)
            self.add('free list', FREE + ' trunk', base + 8 + 4 * count, base + file.page_size)
            for i in range(count):
                leaf = file.at(struct.unpack('>I', file.data[base + 8 + 4 * i:base + 12 + 4 * i])[0])
                self.add('free list', FREE + ' page', leaf, leaf + file.page_size)
            trunk = following

    def counted(self):
        """Bytes of meaning, bytes without, and whether every byte is one of them, and one only."""
        marks, counts = bytearray(len(self.file.data)), [0, 0]
        for (_, kind), spans in self.spans.items():
            for start, end in spans:
                if any(marks[start:end]):
                    return 0, 0, False
                marks[start:end] = b'\1' * (end - start)
                counts[kind.startswith(FREE)] += end - start
        return counts[0], counts[1], all(marks)

    def alike(self, data, name):
        """Whether a tree of changed data reads as it did: every cell the same values."""
        before, after = self.file, File(data)
        root = dict((n, r) for n, _, r, _ in before.objects())[name]
        try:
            pages = before.tree(root)
            if after.tree(root) != pages:
                return False
            for page in pages:
                kind, pointers = before.pointers(page)
                if after.pointers(page) != (kind, pointers):
                    return False
                for pointer in pointers:
                    if before.cell(page, kind, pointer).told(self.aliases[name]) != \
                       after.cell(page, kind, pointer).told(self.aliases[name]):
                        return False
        except (ValueError, IndexError, struct.error):
            return False
        return True
