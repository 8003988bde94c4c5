/* SPDX-License-Identifier: Apache-2.0 */
/* What the run of an ingest says. */
#include "cmd/ingest_record.h"

#include "base/json.h"
#include "ingest/encoding/encoding.h"

/* The lines of a text, as a list; nothing where there are none. */
static void add_lines(struct buf *out, const char *name, const char *lines)
{
	struct text rest = text_of(lines ? lines : "");
	const bool any = rest.len > 0;

	if (any)
		buf_format(out, ",\"%s\":[", name);
	for (const char *comma = ""; rest.len > 0; comma = ",") {
		buf_text(out, comma);
		json_string(out, text_take_line(&rest));
	}
	buf_text(out, any ? "]" : "");
}

void ingest_input_json(const struct source_row *source, struct buf *out)
{
	buf_format(out, "%s{\"source\":%lld,\"path\":", out->len ? "," : "", (long long)source->id);
	json_string(out, text_of(source->path));
	buf_text(out, ",\"member\":");
	json_string(out, text_of(source->member));
	buf_format(out, ",\"sha256\":\"%s\"", source->sha256);
	add_lines(out, "measured", source->measured);
	add_lines(out, "zones", source->zones);
	buf_byte(out, '}');
}

static void add_setting(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_format(out, "%s\"%s\":", out->len > 1 ? "," : "", name);
	json_string(out, text_of(value));
}

static void add_list(struct buf *out, const char *name, const char *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i == 0)
			buf_format(out, "%s\"%s\":[", out->len > 1 ? "," : "", name);
		buf_text(out, i ? "," : "");
		json_string(out, text_of(items[i]));
	}
	buf_text(out, count ? "]" : "");
}

void ingest_settings_json(const struct ingest_options *options, const char *reference, struct buf *out)
{
	buf_byte(out, '{');
	add_setting(out, "kind", options->kind);
	add_setting(out, "profile", options->profile);
	add_setting(out, "table", options->table);
	add_setting(out, "region", options->region);
	add_setting(out, "tech_prefixes", options->tech_prefixes);
	add_setting(out, "bare", options->bare);
	add_setting(out, "zone", options->zone);
	add_setting(out, "currency", options->currency);
	add_list(out, "regions", options->regions.items, options->regions.count);
	add_list(out, "zones", options->zones.items, options->zones.count);
	add_list(out, "currencies", options->currencies.items, options->currencies.count);
	add_list(out, "words", options->words, options->word_count);
	add_setting(out, "service", options->service);
	add_setting(out, "date_order", options->date_order);
	add_setting(out, "decimal", options->decimal);
	add_setting(out, "encoding", options->dumps.encoding ? encoding_name(options->dumps.encoding) : NULL);
	add_setting(out, "with_wal", options->with_wal ? "yes" : NULL);
	add_setting(out, "exhibit", options->exhibit);
	add_setting(out, "case", reference);
	buf_byte(out, '}');
}

void ingest_outputs_json(const struct ingest_told *told, struct text dropped, struct buf *out)
{
	const struct ingest_counts *counts = told->counts;

	buf_format(out,
		   "{\"sources\":%llu,\"known\":%llu,\"read\":%llu,"
		   "\"accepted\":%llu,\"rejected\":%llu,\"skipped\":%llu%s%s%s%s}",
		   (unsigned long long)counts->sources,
		   (unsigned long long)told->known,
		   (unsigned long long)counts->read,
		   (unsigned long long)counts->accepted,
		   (unsigned long long)counts->rejected,
		   (unsigned long long)counts->skipped,
		   told->discarded ? ",\"discarded\":1" : "",
		   dropped.len ? ",\"dropped\":[" : "",
		   dropped.len ? dropped.data : "",
		   dropped.len ? "]" : "");
}
