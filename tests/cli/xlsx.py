# SPDX-License-Identifier: Apache-2.0
# The workbooks of xlsx.sh.
import zipfile
from xml.sax.saxutils import escape

HEAD = ['call_id', 'started', 'account', 'presented', 'dialled', 'duration', 'talk', 'status', 'cost', 'currency']
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/></Types>')
STYLES = ('<styleSheet xmlns="%s"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
          '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="&quot;day &quot;0.00;[Red]d"/>'
          '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
          '<xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
          '</cellXfs></styleSheet>' % MAIN)


def name_of(column):
    name = ''
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


# A cell is a text, a number with a style, or XML.
class Raw(str):
    pass


class Book:
    def __init__(self, shared=True):
        self.texts, self.sheets, self.shared, self.date1904 = {}, [], shared, False
        self.extra = {}

    def cell(self, where, value):
        if value is None or value == '':
            return ''
        if isinstance(value, Raw):
            return value.replace('@', where)
        if isinstance(value, tuple):
            return '<c r="%s" s="%d"><v>%s</v></c>' % (where, value[1], value[0])
        if not self.shared:
            return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (where, escape(value))
        return '<c r="%s" t="s"><v>%d</v></c>' % (where, self.texts.setdefault(value, len(self.texts)))

    def add(self, name, rows, state='visible', first=1, hidden=(), tail='', before='', dimension='A1'):
        body = ''.join('<row r="%d"%s>%s</row>\n' % (
            i, ' hidden="1"' if i in hidden else '',
            ''.join(self.cell('%s%d' % (name_of(k), i), value) for k, value in enumerate(row)))
            for i, row in enumerate(rows, first))
        self.sheets.append((name, state, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s">'
                            '<dimension ref="%s"/>%s<sheetData>%s</sheetData>%s</worksheet>'
                            % (MAIN, dimension, before, body, tail)))

    def write(self, path, **parts):
        book = '<workbook xmlns="%s" xmlns:r="%s"><workbookPr%s/><sheets>%s</sheets></workbook>' % (
            MAIN, OFFICE, ' date1904="1"' if self.date1904 else '', ''.join(
                '<sheet name="%s" sheetId="%d" state="%s" r:id="rId%d"/>' % (escape(name), i, state, i)
                for i, (name, state, _) in enumerate(self.sheets, 1)))
        relation = '<Relationship Id="%s" Type="' + OFFICE + '/%s" Target="%s"/>'
        relations = ''.join(relation % ('rId%d' % i, 'worksheet', 'worksheets/sheet%d.xml' % i)
                            for i in range(1, len(self.sheets) + 1))
        relations += relation % ('rS', 'styles', 'styles.xml') + relation % ('rT', 'sharedStrings', '/xl/sharedStrings.xml')
        wrap = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        strings = '<sst xmlns="%s">%s</sst>' % (MAIN, ''.join(
            '<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in self.texts))
        everything = {
            '[Content_Types].xml': TYPES,
            '_rels/.rels': wrap % (relation % ('r1', 'officeDocument', 'xl/workbook.xml')),
            'xl/workbook.xml': book,
            'xl/_rels/workbook.xml.rels': wrap % relations,
        }
        for i, (_, _, text) in enumerate(self.sheets, 1):
            everything['xl/worksheets/sheet%d.xml' % i] = text
        everything.update({'xl/styles.xml': STYLES, 'xl/sharedStrings.xml': strings})
        everything.update(self.extra)
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
            for part, text in everything.items():
                if text is not None:
                    out.writestr(part, text)


def calls(count, start=0, started=None, **changes):
    rows = []
    for i in range(start, start + count):
        row = ['%d' % i, started(i) if started else '2022-03-01 10:%02d:%02d' % (i // 60 % 60, i % 60), 'u%d' % (i % 7),
               '+442079460001', '+4477009%05d' % (i % 1000), '60', '50', 'answered', '0.10', 'GBP']
        for column, value in changes.items():
            row[HEAD.index(column)] = value
        rows.append(row)
    return rows


def csv(path, rows):
    with open(path, 'w') as out:
        for row in [HEAD] + rows:
            out.write(','.join(row) + '\n')


def book(path, rows, **more):
    made = Book(more.pop('shared', True))
    made.add('calls', [HEAD] + rows, **more)
    made.write(path)


book('text.xlsx', calls(50))
book('inline.xlsx', calls(50), shared=False)
csv('text.csv', calls(50))
# Two sheets, one of them hidden, and one of another kind.
made = Book()
made.add('march', [HEAD] + calls(10))
made.add('april & more', [HEAD] + calls(10, 100), state='hidden', hidden=(3, 4))
made.add('payments', [['payment_id', 'account', 'paid', 'amount', 'currency'], ['P1', 'u1', '2022-03-02 10:00:00', '5.00', 'GBP']],
         tail='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
made.add('empty', [])
made.write('sheets.xlsx')
# Times as numbers of days; 44621.4173611111 is 2022-03-01 10:01:00.
serial = lambda i: ('%.10f' % (44621 + (36000 + i) / 86400), 1)
book('dates.xlsx', calls(30, started=serial))
csv('dates.csv', calls(30, started=lambda i: '2022-03-01 10:%02d:%02d' % (i // 60, i % 60)))
made = Book()
made.date1904 = True
made.add('calls', [HEAD] + calls(30, started=lambda i: ('%.10f' % (44621 - 1462 + (36000 + i) / 86400), 2)))
made.write('dates1904.xlsx')
book('minutes.xlsx', calls(30, started=lambda i: ('%.10f' % (44621 + (36000 + 60 * i) / 86400), 2)))
book('leap.xlsx', calls(1, started=lambda i: ('60', 1)) + calls(1, 1, started=lambda i: ('59', 1)) + calls(1, 2, started=lambda i: ('61', 1)))
book('elapsed.xlsx', calls(1, duration=('0.00069444444444444447', 3), talk=('5.7870370370370366E-4', 3)))
# What a spreadsheet does to numbers.
book('spoilt.xlsx', calls(2, dialled=('4.42E+11', 0)) + calls(1, 2, dialled=('447700900001', 0)) +
     calls(1, 3, call_id=('12345678901234567', 0)))
# Other cells.
book('cells.xlsx', calls(1, status=Raw('<c r="@" t="str"><f>A1&amp;"x"</f><v>answered</v></c>')) +
     calls(1, 1, account=Raw('<c r="@" t="b"><v>1</v></c>')) + calls(1, 2, account=Raw('<c r="@" t="e"><v>#N/A</v></c>')) +
     calls(1, 3, account='a_x000D_b & <c>') + calls(1, 4, account=Raw(
         '<c r="@" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c>')))
# A title above the table, rows that end early, empty rows.
book('head.xlsx', calls(3)[:1] + [[]] + calls(2, 1) + [r[:7] for r in calls(1, 3)])
made = Book()
made.add('calls', [['Calls of March'], []] + [HEAD] + calls(3))
made.write('title.xlsx')
made = Book()
made.add('calls', [['Calls of March'], ['By', 'nobody'], [], HEAD] + calls(3) + [r[:7] for r in calls(1, 3)])
made.add('others', [['More calls']] + [HEAD] + calls(2, 10))
made.add('accounts', [['account', 'login'], ['u1', 'one']])
made.write('titles.xlsx')
made = Book()
made.add('calls', [['Calls', 'of', 'March', 'by', 'nobody', 'on', '2022-04-01']] + [HEAD] + calls(3))
made.write('either.xlsx')
made = Book()
made.add('accounts', [['account', 'login'], ['u1', 'one'], ['account', 'login'], ['u2', 'two']])
made.write('again.xlsx')
made = Book()
made.add('accounts', [['account', 'login'], ['u1', 'one'], ['login', 'account'], ['two', 'u2']])
made.write('other.xlsx')
made = Book()
made.add('calls', [['A title', 'over', 'them'], HEAD] + calls(70000))
made.write('long.xlsx')
# Hostile ones.
book('lies.xlsx', calls(3), dimension='A1:XFD1048576')
book('index.xlsx', calls(2, account=Raw('<c r="@" t="s"><v>99999</v></c>')) + calls(2, 2))
book('column.xlsx', calls(1) + [calls(1, 1)[0] + [Raw('<c r="XFE3"><v>1</v></c>')]] + calls(1, 2))
book('back.xlsx', calls(1) + [calls(1, 1)[0] + [Raw('<c r="A3"><v>1</v></c>')]] + calls(1, 2))
book('row.xlsx', calls(2) + [[Raw('</row><row r="1048577"><c r="A1048577"><v>1</v></c>')]])
made = Book()
made.add('calls', [HEAD] + calls(2))
made.sheets[0] = made.sheets[0][:2] + (made.sheets[0][2].replace('?>\n', '?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ''.join(
    '<!ENTITY %s "%s">' % (chr(98 + i), ('&%s;' % chr(97 + i)) * 10) for i in range(9)) + ']>').replace('u1', '&j;'),)
made.write('entities.xlsx')
made = Book()
made.add('calls', [HEAD] + calls(2))
made.sheets[0] = made.sheets[0][:2] + (made.sheets[0][2][:-60],)
made.write('cut.xlsx')
made = Book()
made.add('calls', [HEAD] + calls(2))
made.extra['xl/sharedStrings.xml'] = '<sst><si><t>' + 'a' * (200 << 20) + '</t></si></sst>'
made.write('bomb.xlsx')
made = Book()
made.add('calls', [[Raw('<c t="inlineStr"><is><t>x</t></is></c>')] * 100000] + calls(2))
made.write('wide.xlsx')
made = Book()
made.extra['xl/workbook.xml'] = None
made.extra['word/document.xml'] = '<d/>'
made.write('none.xlsx')
book('big.xlsx', calls(70000))
csv('big.csv', calls(70000))
