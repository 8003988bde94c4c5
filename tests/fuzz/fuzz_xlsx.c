/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes parts of workbooks: any bytes are a sheet, texts or styles, given in one piece or in
 * several, or are none; what is read is the same. The first byte says what they are and how long a
 * piece is. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "ingest/format/record.h"
#include "ingest/xlsx/sheet_rows.h"

struct sum {
	uint64_t rows, refused, bytes;
	bool good;              /* all was read */
};

/* Whether all of it was read. */
static bool give(struct part *part, const uint8_t *data, size_t size, size_t piece)
{
	bool good = true;

	for (size_t at = 0; good && at < size; at += piece)
		good = part_give(part, (const char *)data + at, size - at < piece ? size - at : piece, false);
	if (good)
		good = part_give(part, "", 0, true);
	FUZZ_MUST(good || part_stopped(part) || part_failed(part));
	return good;
}

static void take(struct sheet_rows *rows, struct sum *sum)
{
	struct sheet_row row;
	uint64_t line = 0;

	while (sheet_rows_take(rows, &row)) {
		FUZZ_MUST(row.line > line && row.line <= SHEET_ROWS + 1 + sum->refused);
		FUZZ_MUST(row.count <= SHEET_COLUMNS && row.at + row.len <= rows->bytes.len);
		for (size_t i = 0; i < row.count; i++) {
			const struct text cell = sheet_rows_cell(rows, &row, i);

			for (size_t k = 0; k < cell.len + RECORD_READ; k++)
				sum->bytes += k < cell.len ? (unsigned char)cell.data[k] : 0u;
		}
		line = row.line;
		sum->rows++;
		sum->refused += row.reason != NULL;
	}
}

static struct sum read_sheet(const uint8_t *data, size_t size, size_t piece)
{
	static const char texts[] = "<sst><si><t>one</t></si><si><r><t>t</t></r><rPh><t>x</t></rPh></si></sst>";
	static const char formats[] = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"46\"/>"
				      "</cellXfs></styleSheet>";
	struct shared_strings strings = { 0 };
	struct styles styles = { 0 };
	struct sheet_rows rows;
	struct sum sum = { 0 };
	struct part *part;

	part = part_new(&shared_strings_handler, &strings);
	(void)give(part, (const uint8_t *)texts, sizeof(texts) - 1, 7);
	part_free(part);
	part = part_new(&styles_handler, &styles);
	(void)give(part, (const uint8_t *)formats, sizeof(formats) - 1, 7);
	part_free(part);
	sheet_rows_begin(&rows, &strings, &styles, false);
	part = part_new(&sheet_rows_handler, &rows);
	sum.good = give(part, data, size, piece);
	part_free(part);
	take(&rows, &sum);
	sheet_rows_close(&rows);
	shared_strings_release(&strings);
	styles_release(&styles);
	return sum;
}

static void read_strings(const uint8_t *data, size_t size, size_t piece)
{
	struct shared_strings strings = { 0 };
	struct part *part = part_new(&shared_strings_handler, &strings);
	struct buf plain = { 0 };
	struct text text;
	size_t total = 0;

	(void)give(part, data, size, piece);
	part_free(part);
	for (size_t i = 0; i < strings.count; i++) {
		FUZZ_MUST(shared_strings_at(&strings, i, &text));
		buf_clear(&plain);
		shared_strings_plain(text, &plain);
		FUZZ_MUST(plain.len <= text.len);
		total += text.len;
	}
	FUZZ_MUST(total <= strings.bytes.len && !shared_strings_at(&strings, strings.count, &text));
	buf_release(&plain);
	shared_strings_release(&strings);
}

static void read_styles(const uint8_t *data, size_t size, size_t piece)
{
	struct styles styles = { 0 };
	struct part *part = part_new(&styles_handler, &styles);

	(void)give(part, data, size, piece);
	part_free(part);
	for (size_t i = 0; i <= styles.count; i++)
		FUZZ_MUST(styles_at(&styles, i) <= STYLE_ELAPSED);
	styles_release(&styles);
}

static void read_date(const uint8_t *data, size_t size)
{
	char room[SERIAL_DATE_ROOM];
	bool exact, seconds;

	for (int style = STYLE_DATE; style <= STYLE_ELAPSED; style++)
		if (serial_date((struct text){ (const char *)data, size }, (enum number_style)style, size & 1, room,
				&exact, &seconds))
			FUZZ_MUST(strlen(room) >= 7 && strlen(room) < SERIAL_DATE_ROOM);
	(void)style_of((struct text){ (const char *)data, size });
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t piece;
	struct sum whole, parts;

	if (size == 0)
		return 0;
	piece = 1 + data[0] / 4;
	switch (data[0] % 4) {
	case 0:
		whole = read_sheet(data + 1, size - 1, size);
		parts = read_sheet(data + 1, size - 1, piece);
		if (whole.good && parts.good)
			FUZZ_MUST(whole.rows == parts.rows && whole.refused == parts.refused &&
				  whole.bytes == parts.bytes);
		break;
	case 1:
		read_strings(data + 1, size - 1, piece);
		break;
	case 2:
		read_styles(data + 1, size - 1, piece);
		break;
	default:
		read_date(data + 1, size - 1);
	}
	return 0;
}
