/* SPDX-License-Identifier: Apache-2.0 */
/* The formats that are known. */
#include "ingest/format/format.h"

#include "ingest/encoding/encoding.h"
#include "ingest/reread/recipe/recipe.h"

const struct format *const formats[] = {
	&format_sqlite,
	&format_sql,
	&format_json,
	&format_xml,
	&format_xml_tables,
	&format_xlsx,
	&format_pattern,
	/* Text has no magic number: it comes last, and bids least. */
	&format_delimited,
	NULL,
};

enum status format_choose(const struct format *const *table,
			  const struct format_input *input,
			  const struct format **format, struct error *error)
{
	const struct peek *peek = &input->peek;
	const char *what;
	unsigned best = 0;

	bool said = false;
	enum status status;

	*format = NULL;
	if (peek->bytes.len == 0)
		return error_set(error, STATUS_SKIP, "%s: is empty", input->shown);
	status = format_pattern_said(input, &said, error);
	if (said)
		*format = &format_pattern;
	if (said || status != STATUS_OK)
		return status;
	for (; *table; table++) {
		const unsigned bid = (*table)->bid(peek);

		if (bid > best) {
			best = bid;
			*format = *table;
		}
	}
	/* What bids least takes anything. */
	what = best > 1 ? NULL : format_foreign(peek->bytes);
	if (what || !*format)
		return error_set(error, STATUS_SKIP, "%s: is %s, not delimited text",
				 input->shown, what ? what : "of no known format");
	return STATUS_OK;
}

void layout_describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct encoding *encoding = layout->input->encoding;

	layout->format->describe(layout, stream, out);
	if (encoding)
		buf_format(out, ", encoding %s", encoding_name(encoding));
}

void layout_recipe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct encoding *encoding = layout->input->encoding;
	const struct format *format = layout->format;

	if (format->recipe)
		format->recipe(layout, stream, out);
	else
		recipe_write_stream(stream, format->name, out);
	if (format->opening)
		format->opening(layout, stream, out);
	if (encoding)
		buf_format(out, "encoding %s\n", encoding_name(encoding));
}

enum status layout_announce(struct layout *layout, struct stream *stream,
			    struct error *error)
{
	const struct dump *dump = layout->input->dump;

	stream->number = layout->streams++;
	if (stream->name.len == 0 && stream->file.len == 0 && dump) {
		const struct text name = dump_table_name(dump);

		buf_add(&stream->file, name.data, name.len);
	}
	/* Patterns of table names are matched with it; views of a name may be held already. */
	if (stream->name.len == 0)
		buf_pad(&stream->file);
	if (stream->file.failed)
		return error_memory(error);
	return layout->input->announce(layout->input->context, stream, error);
}
