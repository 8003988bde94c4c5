/* SPDX-License-Identifier: Apache-2.0 */
/* The formats that are known. */
#include "ingest/format/format.h"

const struct format *const formats[] = {
	&format_json,
	&format_xml,
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

enum status layout_announce(struct layout *layout, struct stream *stream,
			    struct error *error)
{
	stream->number = layout->streams++;
	return layout->input->announce(layout->input->context, stream, error);
}
