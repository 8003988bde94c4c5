# SPDX-License-Identifier: Apache-2.0
"""The files that servers.sh needs and no database writes: clean dumps, exports to compare, workbooks.

ways.py clean SYNTH OUT          the dumps of synth without the rows that it broke
ways.py rows FILE                an export without what says where a row stood, sorted
ways.py json OUT TABLE.csv...    lines, an array each, and one document of all tables
ways.py xml OUT TABLE.csv...     a document each
ways.py xlsx FILE TABLE.csv...   one workbook, a sheet a table, each cell a text
ways.py csv OUT TABLE.csv...     the same tables in other dialects, a folder each
"""
import csv
import json
import os
import re
import sys
import zipfile
from xml.sax.saxutils import escape

PLACES = {"call", "source", "line", "offset", "length", "member", "call_source", "call_line", "rate_source", "rate_line",
          "source_a", "row_a", "source_b", "row_b"}


def clean(synth, out):
    broken = {}
    with open(os.path.join(synth, "truth", "rejects.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            broken.setdefault(row["file"], set()).add(int(row["line"]))
    os.makedirs(out, exist_ok=True)
    for name in sorted(os.listdir(synth)):
        if not name.endswith(".csv"):
            continue
        with open(os.path.join(synth, name), "rb") as file, open(os.path.join(out, name), "wb") as to:
            for number, line in enumerate(file, 1):
                if number not in broken.get(name, ()) and line.strip():
                    to.write(line)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    kept = [i for i, name in enumerate(table[0]) if name not in PLACES]
    lines = [re.sub(r" \(line \d+\)", "", json.dumps([row[i] for i in kept], ensure_ascii=False)) for row in table]
    print("\n".join(lines[:1] + sorted(lines[1:])))


def tables(paths):
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        yield os.path.basename(path)[:-4], table[0], table[1:]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def to_json(out, paths):
    document = []
    for name, header, lines in tables(paths):
        objects = [json.dumps(dict(zip(header, row)), ensure_ascii=len(name) % 2 == 0) for row in lines]
        write(f"{out}/jsonl/{name}.jsonl", "".join(o + "\n" for o in objects))
        write(f"{out}/array/{name}.json", "[" + ",".join(objects) + "]")
        document.append(json.dumps(name) + ": [\n  " + ",\n  ".join(objects) + "\n]")
    write(f"{out}/document/service.json", "{" + ",\n".join(document) + "}\n")


def to_xml(out, paths):
    for name, header, lines in tables(paths):
        text = ['<?xml version="1.0" encoding="UTF-8"?>\n<rows>\n']
        for row in lines:
            cells = "".join(f"<{column}>{escape(value)}</{column}>" for column, value in zip(header, row))
            text.append(f"<{name}>{cells}</{name}>\n")
        write(f"{out}/xml/{name}.xml", "".join(text) + "</rows>\n")


def column(number):
    name = ""
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(65 + digit) + name
    return name


def sheet(header, lines):
    text = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for number, row in enumerate([header] + lines, 1):
        cells = "".join(f'<c r="{column(i)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
                        for i, value in enumerate(row, 1) if value)
        text.append(f'<row r="{number}">{cells}</row>')
    return "".join(text) + "</sheetData></worksheet>"


def to_xlsx(path, paths):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheets = list(tables(paths))
    count = range(1, len(sheets) + 1)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="{package}/content-types">'
                      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      '<Override PartName="/xl/workbook.xml" '
                      'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
                      "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType='
                              '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
                              for i in count) + "</Types>")
        book.writestr("_rels/.rels", f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships">'
                      f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{relations}"><sheets>' +
                      "".join(f'<sheet name="{s[0]}" sheetId="{i}" r:id="rId{i}"/>' for i, s in zip(count, sheets)) +
                      "</sheets></workbook>")
        book.writestr("xl/_rels/workbook.xml.rels", f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships">' +
                      "".join(f'<Relationship Id="rId{i}" Type="{relations}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                              for i in count) + "</Relationships>")
        for i, (_, header, lines) in zip(count, sheets):
            book.writestr(f"xl/worksheets/sheet{i}.xml", sheet(header, lines))


def to_csv(out, paths):
    for name, header, lines in tables(paths):
        for manner, options, encoding in (
                ("semicolon", {"delimiter": ";", "lineterminator": "\n"}, "utf-8"),
                ("tab", {"delimiter": "\t", "lineterminator": "\r\n"}, "utf-8-sig"),
                ("quoted", {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}, "utf-8"),
                ("utf16", {"lineterminator": "\r\n"}, "utf-16")):
            os.makedirs(f"{out}/{manner}", exist_ok=True)
            with open(f"{out}/{manner}/{name}.csv", "w", encoding=encoding, newline="") as file:
                csv.writer(file, **options).writerows([header] + lines)


if __name__ == "__main__":
    what, *operands = sys.argv[1:]
    if what in ("clean", "rows"):
        {"clean": clean, "rows": rows}[what](*operands)
    else:
        {"json": to_json, "xml": to_xml, "xlsx": to_xlsx, "csv": to_csv}[what](operands[0], operands[1:])
